package chaos

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/similar"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// A process of this test binary with these variables serves commands and runs the tasks of the
// desk.
const (
	processURL     = "HELPDESK_CHAOS_URL"     // of the database
	processName    = "HELPDESK_CHAOS_NAME"    // unique
	processChecker = "HELPDESK_CHAOS_CHECKER" // URL of the test, which has the host's parts: see parts
)

func TestMain(m *testing.M) {
	if os.Getenv(processURL) == "" {
		os.Exit(m.Run())
	}
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// The staff of each tenant: see also the table chaos_agents.
const (
	agents   = 8
	capacity = 5
	customer = "kim@mail.example"
)

var tenants = []helpdesk.TenantID{"acme", "bolt", "cyan"}

func staff(tenant helpdesk.TenantID) []helpdesk.Agent {
	all := make([]helpdesk.Agent, agents)
	for i := range all {
		id := fmt.Sprintf("agent%d@%s.example", i, tenant)
		all[i] = helpdesk.Agent{ID: helpdesk.AgentID(id), Name: id, Email: id, Skills: map[helpdesk.Skill]int{"general": 3}, Capacity: capacity, Manager: i == 0}
	}
	return all
}

// policies have targets of seconds, so that clocks warn and breach while the test lasts.
func policies(_ context.Context, t *helpdesk.Ticket) (*helpdesk.Policy, error) {
	target := 14 * time.Second
	if t.Priority >= helpdesk.High {
		target = 7 * time.Second
	}
	return &helpdesk.Policy{
		Name: t.Priority.String(), FirstResponse: target, NextResponse: target, Resolution: 2 * target,
		Steps: []helpdesk.EscalationStep{{Name: "at_risk", Before: 3 * time.Second, Level: 1}, {Name: "due", Level: 2}},
	}, nil
}

// wrong is the clock of a machine that runs ahead. Only the wall clock differs: a time.Time holds
// its seconds from bit 30 on, beside those of the monotonic clock.
type wrong struct{ ahead atomic.Int64 } // seconds

func (w *wrong) Now() time.Time {
	t := time.Now()
	*(*uint64)(unsafe.Pointer(&t)) += uint64(w.ahead.Load() << 30)
	return t
}

// serve is a process of the host: an API and a worker.
func serve() error {
	name, host := os.Getenv(processName), parts{os.Getenv(processChecker)}
	clock := &wrong{}
	helpdesk.SystemClock = clock
	if ahead, err := host.number("clock/" + name); err == nil {
		clock.ahead.Store(ahead)
	}
	go func() {
		failed := 0
		for range time.Tick(200 * time.Millisecond) {
			ahead, err := host.number("clock/" + name)
			if err == nil {
				clock.ahead.Store(ahead)
				failed = 0
			} else if failed++; failed == 50 {
				os.Exit(1) // the test is gone
			}
		}
	}()
	db, err := dbtest.Connect(os.Getenv(processURL) + "&application_name=" + name)
	if err != nil {
		return err
	}
	store, err := bunstore.New(db, nil)
	if err != nil {
		return err
	}
	desk, err := helpdesk.New(store, host.config(name))
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	ran := make(chan error)
	go func() { ran <- desk.Run(ctx) }()
	for desk.Now().Sub(time.Now()).Abs() > 11*time.Second { // it has yet to look at the database's clock
		time.Sleep(10 * time.Millisecond)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	server := &http.Server{Handler: api{desk}}
	go server.Serve(listener)
	err = <-ran
	server.Close()
	return err
}

// parts are the parts of the host, which are in the test, so that the test can break them for all
// processes at once.
type parts struct{ checker string }

// ask returns the answer of a part. A part that hangs does not even heed its context.
func (p parts) ask(path string) (string, error) {
	res, err := http.Get(p.checker + "/" + path)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	switch {
	case err != nil:
		return "", err
	case string(answer) == hangs:
		select {}
	case res.StatusCode != http.StatusOK:
		return "", errors.New(string(answer))
	}
	return string(answer), nil
}

func (p parts) number(path string) (int64, error) {
	text, err := p.ask(path)
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(text, 10, 64)
}

func (p parts) config(name string) *helpdesk.Config {
	bySkill := assign.BySkill(nil)
	return &helpdesk.Config{
		Logger: slog.New(slog.NewTextHandler(os.Stderr, nil)).With("process", name),
		Poll:   300 * time.Millisecond, CloseAfter: -1, Similar: similar.New(nil),
		SLA: helpdesk.SLAFunc(policies),
		Roster: helpdesk.RosterFunc(func(_ context.Context, tenant helpdesk.TenantID) ([]helpdesk.Agent, error) {
			_, err := p.ask("part/roster")
			return staff(tenant), err
		}),
		Classifier: helpdesk.ClassifierFunc(func(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
			_, err := p.ask("part/classifier")
			return nil, cmp.Or(err, helpdesk.ErrAbstain)
		}),
		Assigner: helpdesk.AssignerFunc(func(ctx context.Context, t *helpdesk.Ticket, free []helpdesk.Candidate) ([]helpdesk.Candidate, error) {
			if _, err := p.ask("part/assigner"); err != nil {
				return nil, err
			}
			return bySkill.Rank(ctx, t, free)
		}),
		Notifier: helpdesk.NotifierFunc(func(ctx context.Context, n *helpdesk.Notification) error {
			if _, err := p.ask("part/notifier"); err != nil {
				return err
			}
			return p.deliver(ctx, name, n)
		}),
	}
}

// deliver is a mail or a webhook: the other end may not answer.
func (p parts) deliver(ctx context.Context, name string, n *helpdesk.Notification) error {
	to := ""
	if len(n.To) > 0 {
		to = n.To[0].Email
	}
	body, err := json.Marshal(delivered{Tenant: string(n.Tenant), Key: n.Key, To: to, Process: name})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.checker+"/deliver", bytes.NewReader(body))
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return errors.New(res.Status)
	}
	return nil
}

// command is one request of a client. Token is its only text, and its idempotency key.
type command struct {
	Kind   string
	Tenant helpdesk.TenantID
	Ticket helpdesk.TicketID // empty to open one
	Token  string
	Level  helpdesk.Priority
}

// The kinds of command.
const (
	opens    = "open"
	asks     = "ask"    // the customer writes
	answers  = "answer" // the agent who holds the ticket writes
	waits    = "wait"   // the same, and waits for the customer
	resolves = "resolve"
	reopens  = "reopen"
	raises   = "raise"
)

var errIdle = errors.New("the ticket is with nobody: nothing to do")

// api does commands over HTTP.
type api struct{ desk *helpdesk.Desk }

func (a api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var c command
	err := json.NewDecoder(r.Body).Decode(&c)
	var t *helpdesk.Ticket
	if err == nil {
		t, err = a.do(r.Context(), &c)
	}
	switch {
	case err == nil:
		_ = json.NewEncoder(w).Encode(t.ID)
	case slices.ContainsFunc([]error{helpdesk.ErrConflict, helpdesk.ErrInvalid, helpdesk.ErrForbidden, errIdle}, func(e error) bool { return errors.Is(err, e) }):
		http.Error(w, err.Error(), http.StatusConflict)
	default:
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
	}
}

func (a api) do(ctx context.Context, c *command) (*helpdesk.Ticket, error) {
	desk := a.desk.ForTenant(c.Tenant)
	kim := desk.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: customer})
	switch c.Kind {
	case opens:
		return desk.Open(ctx, helpdesk.OpenParams{
			Subject: c.Token, Description: c.Token, Customer: helpdesk.Contact{Email: customer}, Priority: c.Level, IdempotencyKey: c.Token,
		})
	case asks:
		return kim.Reply(ctx, c.Ticket, helpdesk.ReplyParams{Body: c.Token, IdempotencyKey: c.Token})
	case reopens:
		return kim.Reopen(ctx, c.Ticket)
	case raises:
		return desk.SetPriority(ctx, c.Ticket, c.Level)
	}
	t, err := desk.Ticket(ctx, c.Ticket)
	if err != nil {
		return nil, err
	}
	if t.Assignee == "" || !t.Status.Loads() {
		return nil, errIdle
	}
	agent := desk.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: string(t.Assignee)}).IfVersion(t.Version)
	if c.Kind == resolves {
		return agent.Resolve(ctx, t.ID, c.Token)
	}
	return agent.Reply(ctx, t.ID, helpdesk.ReplyParams{Body: c.Token, Waiting: c.Kind == waits, IdempotencyKey: c.Token})
}

// process is a running process, as the test sees it.
type process struct {
	name   string
	addr   string // of its API
	cmd    *exec.Cmd
	proxy  *proxy    // between it and the database
	harmed bool      // has a fault
	avoid  time.Time // clients do not ask it before
}

// start runs another process.
func (w *world) start() *process {
	proxy, url := newProxy(w.t, w.url)
	name := fmt.Sprintf("p%03d", w.started.Add(1))
	self, err := os.Executable()
	require.NoError(w.t, err)
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), processURL+"="+url, processName+"="+name, processChecker+"="+w.checker)
	cmd.Stderr = w.log
	out, err := cmd.StdoutPipe()
	require.NoError(w.t, err)
	require.NoError(w.t, cmd.Start())
	addr, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(w.t, err, "the process says where it listens: see the log %s", w.log.Name())
	p := &process{name: name, addr: strings.TrimSpace(addr), cmd: cmd, proxy: proxy}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.live = append(w.live, p)
	return p
}

// end waits for the end of a process that has been told to end.
func (w *world) end(p *process) {
	w.mu.Lock()
	w.live = slices.DeleteFunc(w.live, func(q *process) bool { return q == p })
	w.mu.Unlock()
	_ = p.cmd.Wait()
	p.proxy.close()
}
