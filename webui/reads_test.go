package webui_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/webui"
)

// keeping is the workspace of a site, with reports that are kept for minutes.
func (s *site) keeping(zone func(*http.Request) *time.Location) *site {
	s.t.Helper()
	pages, err := webui.New(s.Desk.Desk, &webui.Config{Actor: who, Clock: s.Clock, Logger: quiet, Zone: zone, Tenant: func(r *http.Request) (helpdesk.TenantID, error) {
		return helpdesk.TenantID(r.Header.Get("X-Tenant")), nil
	}})
	require.NoError(s.t, err)
	webui.Keep(pages)
	return mounted(s, pages)
}

// TestKeptReportsAreForThoseWhoMaySeeThem has an agent of one tenant ask for another's reports
// after somebody there did.
func TestKeptReportsAreForThoseWhoMaySeeThem(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	boss := helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss@b.example"}
	_, err := s.ForTenant("b").As(boss).Open(t.Context(), helpdesk.OpenParams{Subject: "Theirs", Description: "x", Customer: helpdesk.Contact{Email: "c@b.example"}})
	require.NoError(t, err)
	s.Clock.Advance(time.Minute)
	s = s.keeping(nil)
	at := func(by, path string) *answer {
		r := s.request(by, "GET", path, nil)
		r.Header.Set("X-Tenant", "b")
		return s.send(r)
	}
	for _, path := range []string{"/dashboard", "/dashboard/category.csv", "/dashboard/attainment", "/dashboard/flow.json", "/dashboard/backlog", "/dashboard/arrivals.csv", "/dashboard/agents.csv", "/dashboard/model"} {
		at(ana, path).is(403)
		at("admin:boss@b.example", path).is(200)
		at(ana, path).is(403)
		at("guest:ana@example.com", path).is(403)
	}
}

// TestWhatChangesIsToldToThoseWhoMaySeeIt asks without reading on: a stream that was let through
// has no end.
func TestWhatChangesIsToldToThoseWhoMaySeeIt(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for by, status := range map[string]int{ana: 403, "guest:ana@example.com": 403, "admin:boss@b.example": 200} {
		r := s.request(by, "GET", prefix+"/events", nil)
		r.Header.Set("X-Tenant", "b")
		res, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		require.Equal(t, status, res.StatusCode, by)
	}
}

// TestReportsAreKeptWhileSomebodyWrites has a ticket come in that no page knows of.
func TestReportsAreKeptWhileSomebodyWrites(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	path := "/tickets/" + s.open("One", "Please.").Ref
	s.Clock.Advance(time.Minute)
	s = s.keeping(nil)
	const report = "/dashboard/flow.csv?days=1"
	kept := s.get(ana, report).has("2026-03-02,1,").body
	s.open("Two", "Please.")
	s.Clock.Advance(time.Minute)
	s.post(ana, path+"/writing").is(204)
	require.Equal(t, kept, s.get(ana, report).body)
	s.post(ana, path+"/note", "body", "Asked the bank.").is(303)
	s.get(ana, report).has("2026-03-02,2,")
}

// TestZonesThatAreCalledAlikeAreKeptApart has two offices whose midnights are the same moment, of
// different days.
func TestZonesThatAreCalledAlikeAreKeptApart(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.open("One", "Please.") // on Monday, 2026-03-02 at 09:00 UTC
	s.Clock.Advance(time.Minute)
	s = s.keeping(func(r *http.Request) *time.Location {
		if r.Header.Get("X-Who") == ana {
			return time.FixedZone("office", 13*3600)
		}
		return time.FixedZone("office", -11*3600)
	})
	s.get(ana, "/dashboard/arrivals.csv?days=7").has("Mon,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0")
	s.get(admin, "/dashboard/arrivals.csv?days=7").has("Sun,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0")
}
