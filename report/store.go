package report

import (
	"context"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Overviewer is a Store that computes Overviews where the rows are: one for each step between
// bounds, which are those of [ComputeFlows]. Each answers as [ComputeOverview] over all tickets that
// the filter selects. Overviewer also returns when the tenant's first ticket was created; zero
// without tickets.
type Overviewer interface {
	Overviews(ctx context.Context, tenant helpdesk.TenantID, f Filter, bounds []time.Time, now time.Time) ([]*Overview, time.Time, error)
}

// Plotter is a Store that computes a series where the rows are.
// It answers as [ComputeSeries] over all tickets that the filter selects.
type Plotter interface {
	Series(ctx context.Context, tenant helpdesk.TenantID, f Filter, bounds []time.Time, now time.Time) ([]SeriesPoint, error)
}

// FlowCounter is a Store that counts flows where the rows are.
// It answers as [ComputeFlows] over all tickets that the filter selects.
type FlowCounter interface {
	Flows(ctx context.Context, tenant helpdesk.TenantID, f Filter, bounds []time.Time) ([]Flow, error)
}
