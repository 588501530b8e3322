package chaos

import (
	"context"

	"github.com/helpdesk-go/helpdesk"
)

// reader follows the stream of all tenants' events from the beginning.
type reader struct {
	events helpdesk.EventStreamer
	place  string
}

func newReader(ctx context.Context, store helpdesk.EventStreamer) (*reader, error) {
	page, err := store.EventsAfter(ctx, helpdesk.StreamQuery{})
	return &reader{store, page.Next}, err
}

// read writes down the events up to the present.
func (r *reader) read(ctx context.Context, b *book) error {
	for {
		page, err := r.events.EventsAfter(ctx, helpdesk.StreamQuery{After: r.place, Limit: 500})
		if err != nil {
			return err
		}
		for _, e := range page.Events {
			b.add("INSERT INTO chaos_streamed (tenant_id, event_id) VALUES (?, ?)", string(e.Tenant), e.Event.ID)
		}
		if r.place = page.Next; !page.More {
			return nil
		}
	}
}
