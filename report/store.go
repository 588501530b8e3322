package report

import (
	"context"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Overviewer is a Store that computes an Overview where the rows are.
// It answers as [ComputeOverview] over all tickets does.
type Overviewer interface {
	Overview(ctx context.Context, tenant helpdesk.TenantID, p Period, now time.Time) (*Overview, error)
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
