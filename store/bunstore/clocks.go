package bunstore

import (
	"database/sql/driver"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

type clockRow struct {
	bun.BaseModel `bun:"table:helpdesk_clocks,alias:c"`

	Tenant       string    `bun:"tenant_id,type:text"`
	Ticket       string    `bun:"ticket_id,type:uuid"`
	Metric       string    `bun:"metric,type:text"`
	Instance     int       `bun:"instance,type:integer"`
	Position     int       `bun:"position,type:integer"`
	Policy       string    `bun:"policy,type:text"`
	Version      int64     `bun:"version,type:bigint"`
	Target       int64     `bun:"target,type:bigint"`
	Ran          stretches `bun:"ran,type:jsonb"`
	Consumed     int64     `bun:"consumed,type:bigint"`
	StartedAt    instant   `bun:"started_at,type:timestamptz"`
	RunningSince instant   `bun:"running_since,type:timestamptz"`
	DueAt        instant   `bun:"due_at,type:timestamptz"`
	BreachedAt   instant   `bun:"breached_at,type:timestamptz"`
	DetectedAt   instant   `bun:"detected_at,type:timestamptz"`
	Cause        string    `bun:"cause,type:text"`
	VoidedAt     instant   `bun:"voided_at,type:timestamptz"`
	MetAt        instant   `bun:"met_at,type:timestamptz"`
	CancelledAt  instant   `bun:"cancelled_at,type:timestamptz"`
	Fired        list      `bun:"fired,type:jsonb"`
}

// ticketClocks names the clocks that a ticket keeps, each as metric/instance.
type ticketClocks struct {
	bun.BaseModel `bun:"table:helpdesk_clocks,alias:c"`

	Tenant string `bun:"tenant_id,type:text"`
	Ticket string `bun:"ticket_id,type:uuid"`
	Kept   list   `bun:"kept,type:jsonb"`
}

func keptClocks(t *helpdesk.Ticket) list {
	kept := make(list, len(t.Clocks))
	for i, c := range t.Clocks {
		kept[i] = string(c.Metric) + "/" + strconv.Itoa(c.Instance)
	}
	return kept
}

// dropClocks deletes the other clocks of the tickets in v.
func (d dialect) dropClocks() string {
	if d == sqlite {
		return `DELETE FROM helpdesk_clocks AS c WHERE (c.tenant_id, c.ticket_id) IN (SELECT tenant_id, ticket_id FROM v)
AND c.metric || '/' || c.instance NOT IN (SELECT k.value FROM v, json_each(v.kept) AS k WHERE v.tenant_id = c.tenant_id AND v.ticket_id = c.ticket_id)`
	}
	return `DELETE FROM helpdesk_clocks AS c USING v WHERE c.tenant_id = v.tenant_id AND c.ticket_id = v.ticket_id
AND NOT v.kept @> to_jsonb(c.metric || '/' || c.instance)`
}

// clockKey and clockState are the columns of a clock that a Ticket shows, in the order in which
// clocksOf reads them.
var (
	clockKey   = []string{"metric", "instance", "position"}
	clockState = []string{
		"policy", "version", "target", "ran", "consumed", "started_at", "running_since", "due_at", "breached_at", "detected_at", "cause",
		"voided_at", "met_at", "cancelled_at", "fired",
	}
)

// withClocks is a column with the clocks of t as JSON. They come in the statement that
// reads the ticket because a second one could see a later version of them.
func (d dialect) withClocks() string { return d.clocks() + " AS clocks" }

func (d dialect) clocks() string {
	columns := append(append([]string(nil), clockKey...), clockState...)
	return "(SELECT " + d.jsonRows(columns, "ran", "fired") +
		" FROM helpdesk_clocks AS c WHERE c.tenant_id = t.tenant_id AND c.ticket_id = t.id)"
}

func clockRows(tenant string, t *helpdesk.Ticket) []clockRow {
	rows := make([]clockRow, len(t.Clocks))
	for i, c := range t.Clocks {
		rows[i] = clockRow{
			Tenant: tenant, Ticket: string(t.ID), Metric: string(c.Metric), Instance: c.Instance, Position: i, Policy: c.Policy,
			Version: c.Version, Target: int64(c.Target), Ran: stretchesOf(c.Ran), Consumed: int64(c.Consumed), StartedAt: at(c.StartedAt), RunningSince: at(c.RunningSince),
			DueAt: at(c.DueAt), BreachedAt: at(c.BreachedAt), DetectedAt: at(c.DetectedAt), Cause: c.Cause,
			VoidedAt: at(c.VoidedAt), MetAt: at(c.MetAt), CancelledAt: at(c.CancelledAt), Fired: c.Fired,
		}
	}
	return rows
}

// clocksOf reads the column of withClocks.
func clocksOf(text document) ([]helpdesk.SLAClock, error) {
	if len(text) == 0 {
		return nil, nil
	}
	clocks := make([]helpdesk.SLAClock, 0, 4)
	position := make([]int64, 0, 4)
	for list := elementsOf(text); ; {
		one := list.next()
		if one == nil {
			if list.err != nil || len(clocks) == 0 {
				return nil, list.err
			}
			break
		}
		e := elementsOf(one)
		var at int64
		c := helpdesk.SLAClock{Metric: helpdesk.Metric(e.text()), Instance: int(e.number())}
		at, c.Policy, c.Version, c.Target = e.number(), e.text(), e.number(), time.Duration(e.number())
		e.list(&c.Ran)
		c.Consumed, c.StartedAt, c.RunningSince, c.DueAt = time.Duration(e.number()), e.at().Time, e.at().Time, e.at().Time
		c.BreachedAt, c.DetectedAt, c.Cause = e.at().Time, e.at().Time, e.text()
		c.VoidedAt, c.MetAt, c.CancelledAt = e.at().Time, e.at().Time, e.at().Time
		e.list(&c.Fired)
		if e.err != nil {
			return nil, e.err
		}
		i, _ := slices.BinarySearch(position, at)
		clocks, position = slices.Insert(clocks, i, c), slices.Insert(position, i, at)
	}
	return clocks, nil
}

// stretches is a JSON array of stretches.
type stretches []helpdesk.RunPeriod

func stretchesOf(ran []helpdesk.RunPeriod) stretches {
	rows := make(stretches, len(ran))
	for i, s := range ran {
		rows[i] = helpdesk.RunPeriod{From: store.Instant(s.From), To: store.Instant(s.To), Until: s.Until}
	}
	return rows
}

// Value is what a statement holds.
func (v stretches) Value() (driver.Value, error) {
	if len(v) == 0 {
		return "[]", nil
	}
	text, err := json.Marshal([]helpdesk.RunPeriod(v))
	return string(text), err
}

// slice returns the stretches, nil for none.
func (v stretches) slice() []helpdesk.RunPeriod {
	if len(v) == 0 {
		return nil
	}
	return v
}
