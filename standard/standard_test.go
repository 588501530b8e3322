package standard_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
	"github.com/helpdesk-go/helpdesk/standard"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

func TestTheStandardDeskTellsWebhooksButNothingInside(t *testing.T) {
	t.Parallel()
	var calls atomic.Int64
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { calls.Add(1) }))
	defer inside.Close()
	var log bytes.Buffer
	desk, err := standard.Desk(memstore.New(), &standard.Config{Config: helpdesk.Config{
		Clock: helpdesktest.NewClock(helpdesktest.Start), Logger: slog.New(slog.NewTextHandler(&log, nil)),
	}})
	require.NoError(t, err)
	_, err = desk.SaveAgent(t.Context(), helpdesk.Agent{Name: "Ana", Email: "ana@example.com", Skills: map[helpdesk.Skill]int{"billing": 4, "general": 3}})
	require.NoError(t, err)
	_, err = webhook.Of(desk).Save(t.Context(), webhook.Endpoint{ID: "crm", Name: "CRM", URL: inside.URL + "/t0ken", Kinds: []helpdesk.NoticeKind{helpdesk.NoticeAssigned}})
	require.NoError(t, err)
	opened, err := desk.Open(t.Context(), helpdesk.OpenParams{Subject: "Charged twice", Customer: helpdesk.Contact{Email: "kim@example.com"}})
	require.NoError(t, err)
	_, err = desk.Reassign(t.Context(), opened.ID, "ana@example.com")
	require.NoError(t, err)
	for {
		n, err := desk.Tick(t.Context())
		require.NoError(t, err)
		if n == 0 {
			break
		}
	}
	require.Contains(t, log.String(), "notice", "the log is told")
	require.Contains(t, log.String(), `webhook \"crm\" at 127.0.0.1`)
	require.Contains(t, log.String(), "address is not public")
	require.NotContains(t, log.String(), "t0ken")
	require.NotContains(t, log.String(), "whsec_")
	require.Zero(t, calls.Load())
}

func TestNewRefusesTheSchemaOfANewerBuild(t *testing.T) {
	t.Parallel()
	db := dbtest.SQLite(t)
	_, _, err := standard.New(t.Context(), db, nil)
	require.ErrorContains(t, err, "run Migrate")
	_, _, err = standard.New(t.Context(), db, &standard.Config{Migrate: true})
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), "INSERT INTO helpdesk_migrations (version) VALUES (99)")
	require.NoError(t, err)
	for _, migrate := range []bool{false, true} {
		_, _, err = standard.New(t.Context(), db, &standard.Config{Migrate: migrate})
		require.ErrorContains(t, err, "the schema is at version 99, this build knows only ")
	}
}
