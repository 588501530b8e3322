package transfer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"strings"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Config says how Import reads a file. Nil is the zero Config.
type Config struct {
	// Source names the other desk. With the id in the file it is the identity of a ticket, so a
	// later file of the same desk needs the same Source. Empty: the name of the format.
	Source string

	// Agents, Statuses, Priorities and Categories translate values of the file, in lower case. A
	// key of Agents is an id, a mail address or a name there. Values that they do not name are
	// looked up in the desk: an agent by id, mail address or name. A category that the desk does
	// not have is left out, and counts in Result.Ignored.
	Agents     map[string]helpdesk.AgentID
	Statuses   map[string]helpdesk.Status
	Priorities map[string]helpdesk.Priority
	Categories map[string]helpdesk.Category

	// Zone is that of times without one; nil: UTC. Layout is that of times, in the form of package
	// time, where the file has another than those that docs/transfer.md lists.
	Zone   *time.Location
	Layout string

	// People is files of users and organisations, which Import reads first.
	People []io.Reader

	MaxErrors int // so many rows may be bad, then Import ends; 0: 1000, negative: no limit
	MaxRow    int // bytes of a row; 0: 32 MiB
	Workers   int // rows at once; 0: 4

	// Progress is called from time to time, and at the end, by one goroutine at a time.
	Progress func(Result)
}

// Result tells what an import did.
type Result struct {
	Format string // "csv", "jsonl", "zendesk" or "freshdesk"; "desk" of a file of Tenant

	Bytes     int64 // read so far
	Rows      int   // tickets in the file
	Added     int
	Updated   int
	Unchanged int // were here already
	Skipped   int // deleted, or spam, in the other desk
	Failed    int
	People    int // customers and organisations added, of a file of Tenant
	Settings  int // agents, teams and others, of such a file

	// Problems are those of rows that failed, at most 1000 of them.
	Problems []Problem
	// Ignored counts, for each column or field that is not kept, the rows with a value in it.
	Ignored map[string]int
	// Strangers counts the tickets of each agent whom the desk does not have.
	Strangers map[string]int
}

// Problem is what is wrong with a row.
type Problem struct {
	Line  int    // of the file, 1 for the first
	ID    string // of the ticket in the file; may be empty
	Field string // empty when it is not one field's fault
	Err   error
}

// Error says all of it.
func (p Problem) Error() string {
	if p.ID != "" {
		return fmt.Sprintf("line %d, ticket %s: %v", p.Line, p.ID, p.Err)
	}
	return fmt.Sprintf("line %d: %v", p.Line, p.Err)
}

// Unwrap returns Err.
func (p Problem) Unwrap() error { return p.Err }

// ErrTooMany ends an import with more bad rows than Config.MaxErrors.
var ErrTooMany = errors.New("too many bad rows")

const (
	mostProblems = 1000
	mostNames    = 1000 // in Ignored and Strangers, which a hostile file could fill
	reportEvery  = 100  // rows
)

// Import adds the tickets of a file to the desk. A bad row is reported in the Result and does not
// stop the rest. An error that is not a row's fault ends the import; what was imported stays, and
// the same call goes on from there. Import never holds the whole file. Where r is an io.Seeker it
// may read the file twice, to find people that stand behind their tickets.
//
// The desk acts for an admin or the host: see [helpdesk.Desk.Import].
func Import(ctx context.Context, desk *helpdesk.Desk, r io.Reader, cfg *Config) (Result, error) {
	if cfg == nil {
		cfg = &Config{}
	}
	m := &importer{desk: desk, cfg: *cfg, people: newPeople(), files: &spool{}}
	m.result.Ignored, m.result.Strangers = map[string]int{}, map[string]int{}
	m.cfg.MaxErrors, m.cfg.MaxRow, m.cfg.Workers = cmp.Or(cfg.MaxErrors, 1000), cmp.Or(cfg.MaxRow, 32<<20), max(1, cmp.Or(cfg.Workers, 4))
	if m.cfg.Zone == nil {
		m.cfg.Zone = time.UTC
	}
	defer m.files.close()
	err := m.run(ctx, r)
	result := m.snapshot()
	if cfg.Progress != nil {
		cfg.Progress(result)
	}
	if err != nil {
		err = fmt.Errorf("transfer: import: %w", err)
	}
	return result, err
}

// importer is one call of Import.
type importer struct {
	desk   *helpdesk.Desk
	cfg    Config
	people *people
	agents []helpdesk.Agent
	known  map[helpdesk.Category]bool
	files  *spool

	lanes []chan job
	stop  context.CancelCauseFunc

	mu     sync.Mutex
	result Result
}

// job is a ticket that is to be imported.
type job struct {
	line int
	in   helpdesk.Imported
	done func() // after the import; may be nil
}

func (m *importer) run(ctx context.Context, r io.Reader) error {
	if _, err := m.desk.Admin(ctx); err != nil {
		return err
	}
	if err := m.roster(ctx); err != nil {
		return err
	}
	m.known = map[helpdesk.Category]bool{}
	for _, c := range m.desk.Categories() {
		m.known[c.Name] = true
	}
	for _, p := range m.cfg.People {
		if err := (&reader{importer: m, only: true}).read(ctx, p); err != nil {
			return err
		}
	}
	ctx, m.stop = context.WithCancelCause(ctx)
	defer m.stop(nil)
	var wg sync.WaitGroup
	m.lanes = make([]chan job, m.cfg.Workers)
	for i := range m.lanes {
		m.lanes[i] = make(chan job, 8)
		wg.Go(func() {
			for j := range m.lanes[i] {
				m.one(ctx, j)
			}
		})
	}
	err := (&reader{importer: m}).read(ctx, r)
	for _, lane := range m.lanes {
		close(lane)
	}
	wg.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// roster reads the agents.
func (m *importer) roster(ctx context.Context) (err error) {
	m.agents, err = m.desk.Agents(ctx)
	return err
}

// put hands a ticket to a worker. Rows with the same id have the same worker, so that they stay in
// order.
func (m *importer) put(ctx context.Context, j job) {
	h := fnv.New32a()
	io.WriteString(h, j.in.External)
	select {
	case m.lanes[h.Sum32()%uint32(len(m.lanes))] <- j:
	case <-ctx.Done():
	}
}

func (m *importer) one(ctx context.Context, j job) {
	if j.done != nil {
		defer j.done()
	}
	if ctx.Err() != nil {
		return
	}
	_, what, err := m.desk.Import(ctx, j.in)
	m.settle(j.line, j.in.External, what, err)
}

// settle counts what became of a row. An error that is not the row's ends the import.
func (m *importer) settle(line int, id string, what helpdesk.ImportOutcome, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := &m.result
	s.Rows++
	switch {
	case err == nil && what == helpdesk.ImportAdded:
		s.Added++
	case err == nil && what == helpdesk.ImportUpdated:
		s.Updated++
	case err == nil && what == "":
		s.Skipped++
	case err == nil:
		s.Unchanged++
	case errors.Is(err, helpdesk.ErrInvalid) || errors.Is(err, helpdesk.ErrNotFound) || errors.Is(err, helpdesk.ErrConflict):
		s.Failed++
		m.problem(line, id, err)
	default:
		m.stop(fmt.Errorf("line %d: %w", line, err))
	}
	if s.Rows%reportEvery == 0 && m.cfg.Progress != nil {
		m.cfg.Progress(m.copy())
	}
}

// problem adds what is wrong with a row, once for each field. The lock is held.
func (m *importer) problem(line int, id string, err error) {
	s := &m.result
	fields := helpdesk.Fields(err)
	if len(fields) == 0 {
		fields = []*helpdesk.FieldError{nil}
	}
	for _, f := range fields {
		p := Problem{Line: line, ID: id, Err: err}
		if f != nil {
			p.Field, p.Err = f.Field, f
		}
		if len(s.Problems) < mostProblems {
			s.Problems = append(s.Problems, p)
		}
	}
	if m.cfg.MaxErrors > 0 && s.Failed > m.cfg.MaxErrors && m.stop != nil {
		m.stop(fmt.Errorf("%w: the last is %w", ErrTooMany, s.Problems[len(s.Problems)-1]))
	}
}

// bad reports a row that could not be read.
func (m *importer) bad(line int, id string, err error) {
	m.settle(line, id, "", errors.Join(helpdesk.ErrInvalid, err))
}

// ignore counts a field that is not kept.
func (m *importer) ignore(names ...string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, name := range names {
		count(m.result.Ignored, name)
	}
}

func count(names map[string]int, name string) {
	if _, ok := names[name]; !ok && len(names) >= mostNames {
		name = "(others)"
	}
	names[name]++
}

func (m *importer) snapshot() Result {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.copy()
}

// copy returns the result so far. The lock is held.
func (m *importer) copy() Result {
	s := m.result
	s.Problems = append([]Problem(nil), s.Problems...)
	s.Ignored, s.Strangers = maps.Clone(s.Ignored), maps.Clone(s.Strangers)
	return s
}

// agent returns the id of an agent whom the file knows by one of some names, and whether the desk
// has that agent.
func (m *importer) agent(names ...string) (helpdesk.AgentID, bool) {
	for _, name := range names {
		if id, ok := m.cfg.Agents[strings.ToLower(strings.TrimSpace(name))]; ok {
			return id, true
		}
	}
	for _, name := range names {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		var found []helpdesk.AgentID
		for _, a := range m.agents {
			if string(a.ID) == name || strings.EqualFold(a.Email, name) || strings.EqualFold(a.Name, name) {
				found = append(found, a.ID)
			}
		}
		if len(found) == 1 {
			return found[0], true
		}
	}
	for _, name := range names {
		if strings.Contains(name, "@") {
			return helpdesk.AgentID(strings.ToLower(strings.TrimSpace(name))), false
		}
	}
	for _, name := range names {
		if name = strings.TrimSpace(name); name != "" {
			return helpdesk.AgentID(name), false
		}
	}
	return "", false
}
