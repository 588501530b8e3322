package webui_test

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store/memstore"
	"github.com/helpdesk-go/helpdesk/webui"
)

func TestShutdownEndsLiveUpdatesAndLeavesThePages(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		desk, err := helpdesk.New(memstore.New(), nil)
		require.NoError(t, err)
		pages, err := webui.New(desk, &webui.Config{Logger: quiet, Actor: func(*http.Request) (helpdesk.Actor, error) {
			return helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss@example.com"}, nil
		}})
		require.NoError(t, err)
		get := func(path string) int {
			w := httptest.NewRecorder()
			pages.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
			return w.Code
		}
		require.Equal(t, 200, get("/dashboard"))
		began := time.Now()
		var open sync.WaitGroup
		for range 3 {
			open.Go(func() { get("/events") })
		}
		time.Sleep(time.Minute)
		require.NoError(t, pages.Shutdown(t.Context()))
		open.Wait()
		require.Equal(t, time.Minute, time.Since(began), "a stream would last for 15 minutes")
		for _, path := range []string{"/", "/dashboard", "/dashboard/agents", "/settings", "/events"} {
			require.Equal(t, 200, get(path), path)
		}
		require.Equal(t, time.Minute, time.Since(began))
	}) // which fails if a goroutine is left
}
