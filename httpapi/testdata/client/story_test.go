package client_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/httpapi"
	"github.com/helpdesk-go/helpdesk/httpapi/testdata/client/desk"
	"github.com/helpdesk-go/helpdesk/store/sqlitestore"
)

// serve starts the API of a desk on SQLite and returns a client for somebody of a role.
func serve(t *testing.T) func(role helpdesk.Role, id string) *desk.ClientWithResponses {
	store, err := sqlitestore.Open(filepath.Join(t.TempDir(), "desk.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	d, err := helpdesk.New(store, &helpdesk.Config{Classifier: classify.Offline()})
	require.NoError(t, err)
	_, err = d.SaveAgent(t.Context(), helpdesk.Agent{Name: "Ana", Email: "ana@example.com"})
	require.NoError(t, err)
	api, err := httpapi.New(d, &httpapi.Config{Poll: 10 * time.Millisecond, Actor: func(r *http.Request) (helpdesk.Actor, error) {
		role, id, ok := strings.Cut(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), " ")
		if !ok {
			return helpdesk.Actor{}, errors.New("no token")
		}
		return helpdesk.Actor{Role: helpdesk.Role(role), ID: id}, nil
	}})
	require.NoError(t, err)
	mux := http.NewServeMux()
	mux.Handle("/api/", http.StripPrefix("/api", api))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return func(role helpdesk.Role, id string) *desk.ClientWithResponses {
		c, err := desk.NewClientWithResponses(server.URL+"/api", desk.WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
			r.Header.Set("Authorization", fmt.Sprintf("Bearer %s %s", role, id))
			return nil
		}))
		require.NoError(t, err)
		return c
	}
}

func ptr[T any](v T) *T { return &v }

func TestAGeneratedClientSeesATicketThrough(t *testing.T) {
	ctx := t.Context()
	as := serve(t)
	carol, ana := as(helpdesk.RoleCustomer, "carol@customer.example"), as(helpdesk.RoleAgent, "ana@example.com")

	opened, err := carol.OpenTicketWithResponse(ctx, &desk.OpenTicketParams{Prefer: ptr("wait=5")}, desk.NewTicket{
		Subject: "Refund for order 17", Description: ptr("I was charged twice on my invoice."),
	})
	require.NoError(t, err)
	require.NotNil(t, opened.JSON201, string(opened.Body))
	require.Equal(t, "billing", *opened.JSON201.Category)
	id := opened.JSON201.Ref

	listed, err := ana.ListTicketsWithResponse(ctx, &desk.ListTicketsParams{View: ptr(desk.ListTicketsParamsViewOpen), Q: ptr("refund")})
	require.NoError(t, err)
	require.NotNil(t, listed.JSON200, string(listed.Body))
	require.Len(t, listed.JSON200.Tickets, 1)
	require.Equal(t, opened.JSON201.Id, listed.JSON200.Tickets[0].Id)
	require.Nil(t, listed.JSON200.NextCursor)

	replied, err := ana.ReplyWithResponse(ctx, id, &desk.ReplyParams{IdempotencyKey: ptr("1")}, desk.NewReply{Body: "We pay it back."})
	require.NoError(t, err)
	require.NotNil(t, replied.JSON201, string(replied.Body))
	seen := replied.HTTPResponse.Header.Get("ETag")
	require.Equal(t, fmt.Sprintf("%q", fmt.Sprint(replied.JSON201.Version)), seen)

	tagged, err := ana.SetTagsWithResponse(ctx, id, &desk.SetTagsParams{IfMatch: &seen}, desk.NewTags{Tags: []string{"refund"}})
	require.NoError(t, err)
	require.NotNil(t, tagged.JSON200, string(tagged.Body))
	require.Equal(t, []string{"refund"}, *tagged.JSON200.Tags)

	stale, err := ana.ResolveTicketWithResponse(ctx, id, &desk.ResolveTicketParams{IfMatch: &seen}, desk.Resolution{ResolutionNote: "Paid back."})
	require.NoError(t, err)
	require.Nil(t, stale.JSON200)
	require.NotNil(t, stale.ApplicationproblemJSON412, string(stale.Body))
	require.EqualValues(t, 412, *stale.ApplicationproblemJSON412.Status)

	seen = tagged.HTTPResponse.Header.Get("ETag")
	resolved, err := ana.ResolveTicketWithResponse(ctx, id, &desk.ResolveTicketParams{IfMatch: &seen}, desk.Resolution{ResolutionNote: "Paid back."})
	require.NoError(t, err)
	require.NotNil(t, resolved.JSON200, string(resolved.Body))
	require.Equal(t, desk.TicketStatusResolved, resolved.JSON200.Status)

	thread, err := carol.GetTicketWithResponse(ctx, id)
	require.NoError(t, err)
	require.NotNil(t, thread.JSON200, string(thread.Body))
	require.Len(t, thread.JSON200.Messages, 2)
	require.Nil(t, thread.JSON200.AssignedTo, "not for customers")

	rated, err := carol.RateTicketWithResponse(ctx, id, nil, desk.NewRating{Score: 5})
	require.NoError(t, err)
	require.NotNil(t, rated.JSON200, string(rated.Body))
	require.EqualValues(t, 5, rated.JSON200.Rating.Score)
}

func TestAGeneratedClientReadsEveryFieldAtFault(t *testing.T) {
	as := serve(t)
	carol, boss := as(helpdesk.RoleCustomer, "carol@customer.example"), as(helpdesk.RoleAdmin, "boss@example.com")
	bad, err := boss.OpenTicketWithResponse(t.Context(), nil, desk.NewTicket{Subject: "", CustomerEmail: ptr("nobody")})
	require.NoError(t, err)
	require.NotNil(t, bad.ApplicationproblemJSON422, string(bad.Body))
	at := map[string]string{}
	for _, e := range *bad.ApplicationproblemJSON422.Errors {
		at[*e.Location] = *e.Message
	}
	require.Equal(t, map[string]string{"body.subject": "is empty", "body.customer_email": "is not a mail address"}, at)

	no, err := carol.ListAgentsWithResponse(t.Context())
	require.NoError(t, err)
	require.NotNil(t, no.ApplicationproblemJSON403, string(no.Body))
	none, err := carol.GetTicketWithResponse(t.Context(), "0000-0000")
	require.NoError(t, err)
	require.NotNil(t, none.ApplicationproblemJSON404, string(none.Body))
}

func TestAGeneratedClientActsOnManyAndPagesThroughThem(t *testing.T) {
	ctx := t.Context()
	boss := serve(t)(helpdesk.RoleAdmin, "boss@example.com")
	command := desk.BulkCommand{Action: desk.SetTags, Tags: &[]string{"batch"}}
	for i := range 5 {
		opened, err := boss.OpenTicketWithResponse(ctx, nil, desk.NewTicket{Subject: fmt.Sprint("Ticket ", i)})
		require.NoError(t, err)
		command.Tickets = append(command.Tickets, desk.BulkTicket{Id: opened.JSON201.Id, Version: &opened.JSON201.Version})
	}
	*command.Tickets[4].Version += 7
	done, err := boss.BulkWithResponse(ctx, command)
	require.NoError(t, err)
	require.NotNil(t, done.JSON200, string(done.Body))
	require.EqualValues(t, 4, done.JSON200.Done)
	require.EqualValues(t, 412, *done.JSON200.Results[4].Problem.Status)

	var found []string
	params := &desk.ListTicketsParams{Tag: ptr("batch"), Limit: ptr(int64(3)), Sort: ptr("oldest")}
	for {
		page, err := boss.ListTicketsWithResponse(ctx, params)
		require.NoError(t, err)
		for _, ticket := range page.JSON200.Tickets {
			found = append(found, ticket.Subject)
		}
		if params.Cursor = page.JSON200.NextCursor; params.Cursor == nil {
			break
		}
	}
	require.Equal(t, []string{"Ticket 0", "Ticket 1", "Ticket 2", "Ticket 3"}, found)
	count, err := boss.CountTicketsWithResponse(ctx, &desk.CountTicketsParams{Most: ptr(int64(4))})
	require.NoError(t, err)
	require.True(t, count.JSON200.More)
}

func TestAGeneratedClientFollowsTheEvents(t *testing.T) {
	as := serve(t)
	boss := as(helpdesk.RoleAdmin, "boss@example.com")
	stream, err := boss.StreamEvents(t.Context(), nil)
	require.NoError(t, err)
	defer stream.Body.Close()
	opened, err := boss.OpenTicketWithResponse(t.Context(), nil, desk.NewTicket{Subject: "Refund"})
	require.NoError(t, err)
	for lines := bufio.NewScanner(stream.Body); ; {
		require.True(t, lines.Scan(), "the stream ended: %v", lines.Err())
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			require.Contains(t, data, opened.JSON201.Id)
			return
		}
	}
}
