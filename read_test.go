package helpdesk_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

// stuck is a Store whose pages never end: it does not look at the cursor.
type stuck struct{ helpdesk.Store }

func (s stuck) Tickets(ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
	q.After = ""
	return s.Store.Tickets(ctx, q)
}

func TestPagesThatLeadToThemselvesAreAnError(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	open(t, d, helpdesk.OpenParams{})
	open(t, d, helpdesk.OpenParams{})
	q := helpdesk.Query{Tenant: d.Tenant(), Limit: 1}
	n, err := helpdesk.Count(t.Context(), plainStore{d.Store}, q, 100)
	require.NoError(t, err)
	require.Equal(t, 2, n)
	_, err = helpdesk.Count(t.Context(), stuck{plainStore{d.Store}}, q, 100)
	require.ErrorContains(t, err, "leads to itself")
}
