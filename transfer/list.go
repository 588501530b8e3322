package transfer

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
)

// cell is a column of a list.
type cell struct {
	name  string
	staff bool // it tells what customers do not see
	text  func(t *helpdesk.Ticket) string
}

func at(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// cells are the columns of a list. Import knows their names.
var cells = []cell{
	{"id", false, func(t *helpdesk.Ticket) string { return string(t.ID) }},
	{"reference", false, func(t *helpdesk.Ticket) string { return t.Ref }},
	{"subject", false, func(t *helpdesk.Ticket) string { return t.Subject }},
	{"status", false, func(t *helpdesk.Ticket) string { return string(t.Status) }},
	{"priority", false, func(t *helpdesk.Ticket) string { return t.Priority.String() }},
	{"category", false, func(t *helpdesk.Ticket) string { return string(t.Category) }},
	{"customer_name", false, func(t *helpdesk.Ticket) string { return t.Customer.Name }},
	{"customer_email", false, func(t *helpdesk.Ticket) string { return t.Customer.Email }},
	{"agent", true, func(t *helpdesk.Ticket) string { return string(t.Assignee) }},
	{"tags", true, func(t *helpdesk.Ticket) string { return strings.Join(t.Tags, ", ") }},
	{"source", false, func(t *helpdesk.Ticket) string { return string(t.Source) }},
	{"created_at", false, func(t *helpdesk.Ticket) string { return at(t.CreatedAt) }},
	{"updated_at", false, func(t *helpdesk.Ticket) string { return at(t.UpdatedAt) }},
	{"first_reply_at", false, func(t *helpdesk.Ticket) string { return at(t.FirstReplyAt) }},
	{"resolved_at", false, func(t *helpdesk.Ticket) string { return at(t.ResolvedAt) }},
	{"closed_at", false, func(t *helpdesk.Ticket) string { return at(t.ClosedAt) }},
	{"due_at", true, func(t *helpdesk.Ticket) string { return at(t.Due()) }},
	{"escalation_level", true, func(t *helpdesk.Ticket) string { return strconv.Itoa(t.EscalationLevel) }},
	{"rating", false, func(t *helpdesk.Ticket) string {
		if t.Rating == nil {
			return ""
		}
		return strconv.Itoa(t.Rating.Score)
	}},
}

// List writes the tickets of a query as CSV (RFC 4180) with a header, each page as it is read.
// Words, unless they are empty, are searched for as by [helpdesk.Desk.Search]. The Limit and After
// of q do not count. The actor of the desk gets the tickets of a list, and what a list shows of
// them. A text that a spreadsheet would take for a formula gets an apostrophe. Times are in UTC.
func List(ctx context.Context, desk *helpdesk.Desk, w io.Writer, words string, q helpdesk.Query, role helpdesk.Role) error {
	mine := slices.DeleteFunc(slices.Clone(cells), func(c cell) bool { return c.staff && role == helpdesk.RoleCustomer })
	c := csv.NewWriter(w)
	c.UseCRLF = true
	row := make([]string, len(mine))
	q.Limit, q.After = helpdesk.MaxLimit, ""
	for first := true; ; first = false {
		page, err := helpdesk.Page{}, error(nil)
		if words == "" {
			page, err = desk.Tickets(ctx, q)
		} else {
			page, err = desk.Search(ctx, words, q)
		}
		if err != nil {
			return fmt.Errorf("transfer: list: %w", err) // of the first page: nothing is written yet
		}
		if first {
			for i := range mine {
				row[i] = mine[i].name
			}
			_ = c.Write(row) // Flush has its error
		}
		for _, t := range page.Tickets {
			for i := range mine {
				row[i] = report.Inert(mine[i].text(t))
			}
			_ = c.Write(row)
		}
		c.Flush()
		if err := c.Error(); err != nil {
			return fmt.Errorf("transfer: list: %w", err)
		}
		if q.After = page.Next; q.After == "" {
			return nil
		}
	}
}
