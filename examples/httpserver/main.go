// Command httpserver is the reference app: a help desk with a JSON API, on SQLite and the offline
// classifier unless the environment says otherwise.
//
//	go run ./examples/httpserver                        serve on 127.0.0.1:8080
//	go run ./examples/httpserver -demo                  the same, with a month of tickets to look at
//	go run ./examples/httpserver -import tickets.csv    import tickets: CSV, JSON Lines, Zendesk, Freshdesk
//	go run ./examples/httpserver -export desk.jsonl     write the whole desk, for -import into an empty one
//	go run ./examples/httpserver -person kim@example.com -export kim.zip    what the desk holds of a person
//
// DATABASE_URL switches to PostgreSQL. OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL switch to a
// model. SMTP_URL sends real mails, which are files in ./outbox otherwise. See mail.go for incoming
// mail. The settings pages keep webhooks, which may be at public addresses: see hooks.go. The login
// is a header, for trying things out only: see actor.go.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/archive"
	"github.com/helpdesk-go/helpdesk/classify/openaiclassify"
	"github.com/helpdesk-go/helpdesk/httpapi"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
	"github.com/helpdesk-go/helpdesk/standard"
	"github.com/helpdesk-go/helpdesk/store/blobs"
	"github.com/helpdesk-go/helpdesk/webui"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "httpserver:", err)
		os.Exit(1)
	}
}

// siteOf returns where a server on an address is reached from its own machine.
func siteOf(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); err != nil || host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	if port == "" {
		return "http://" + host
	}
	return "http://" + net.JoinHostPort(host, port)
}

// run is main with its surroundings passed in.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("httpserver", flag.ContinueOnError)
	flags.SetOutput(stderr)
	addr := flags.String("addr", "127.0.0.1:8080", "address to serve on; \":8080\" is reachable from everywhere")
	path := flags.String("db", "helpdesk.db", "SQLite file, or the URL of a PostgreSQL, which DATABASE_URL may name too")
	file := flags.String("import", "", "import the tickets of a file, print the overview, and end; CSV, JSON Lines, or an export of Zendesk or Freshdesk")
	source := flags.String("import-source", "", "name of the desk that the file is from; empty is the name of the file. A later file of the same desk needs the same")
	people := flags.String("import-people", "", "files of users and organisations beside -import, with commas between them")
	out := flags.String("export", "", "write the desk to this file as JSON Lines, and end")
	person := flags.String("person", "", "with -export: write what the desk holds of the person with this mail address, as a zip")
	mail := &mailFlags{}
	flags.StringVar(&mail.address, "mail", demoMailbox, "mail address that customers write to")
	flags.StringVar(&mail.outbox, "outbox", "outbox", "folder that mails are written to when SMTP_URL is not set")
	flags.StringVar(&mail.site, "url", "", "where this server is reached, for links in mails; empty is the address it serves on")
	flags.StringVar(&mail.lmtp, "lmtp", "", "address to take mails on by LMTP, such as 127.0.0.1:2424; empty for none")
	flags.BoolVar(&mail.smtp, "smtp", false, "speak SMTP on the -lmtp address instead")
	flags.StringVar(&mail.imap, "imap", "", "mailbox to take mails from, imaps://user:password@host/folder; empty for none")
	flags.DurationVar(&mail.survey, "survey", time.Hour, "how long after a resolution the customer is asked for a rating")
	networks := flags.String("webhook-networks", "", "networks that webhooks may go to although they are not public, such as 127.0.0.0/8,10.0.0.0/8; empty for none")
	reads := flags.Bool("record-reads", false, "record which agent, lead or admin reads which ticket; admins list it at /api/reads")
	folder := flags.String("archive", "", "folder for closed tickets that are taken out of the database; empty for none")
	age := 365 * 24 * time.Hour
	flags.Func("archive-after", "how long a month of closed tickets stays in the database (default 365d)", func(s string) (err error) {
		age, err = days(s)
		return err
	})
	demo := flags.Bool("demo", false, "fill an empty desk with a month of tickets before serving")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unknown argument %q", flags.Arg(0))
	}
	if mail.site == "" {
		mail.site = siteOf(*addr)
	}
	url := os.Getenv("DATABASE_URL")
	if strings.HasPrefix(*path, "postgres://") || strings.HasPrefix(*path, "postgresql://") {
		url, *path = *path, "helpdesk.db"
	}
	logger := slog.New(slog.NewTextHandler(stderr, nil))
	command := *file != "" || *out != ""
	if command {
		logger = slog.New(slog.DiscardHandler) // thousands of notices would hide the progress
	}
	store, err := openStore(ctx, url, *path)
	if err != nil {
		return err
	}
	defer store.Close()
	if *demo {
		if err := fillDemo(ctx, store, time.Now(), stderr); err != nil {
			return err
		}
	}
	hooks, err := newHooks(store, *networks, logger)
	if err != nil {
		return err
	}
	mail.keys = *path + ".key"
	var mails helpdesk.Config
	if !command { // an import writes no mails
		if mails, err = mail.desk(store, logger, hooks); err != nil {
			return err
		}
	}
	old, err := newArchive(*folder, age, logger)
	if err != nil {
		return err
	}
	desk, err := newDesk(store, logger, func(c *helpdesk.Config) {
		if old != nil {
			c.Archive = old
		}
		c.Mail, c.Notifier, c.RecordReads = mails.Mail, mails.Notifier, *reads
	})
	if err != nil {
		return err
	}
	if err := seed(ctx, desk); err != nil {
		return err
	}
	switch {
	case *file != "":
		return importFile(ctx, desk, *file, *source, *people, stdout, stderr)
	case *out != "":
		return exportFile(ctx, desk, old, *out, *person)
	}
	if old != nil {
		ctx, stop := context.WithCancel(ctx)
		done := make(chan struct{})
		go func() { defer close(done); _ = old.Run(ctx, desk) }()
		defer func() { stop(); <-done }()
	}
	return serve(ctx, desk, store, mail, hooks, *addr, stderr)
}

// days reads a number of days such as 365d.
func days(s string) (time.Duration, error) {
	n, err := strconv.Atoi(strings.TrimSuffix(s, "d"))
	if err != nil || n < 1 {
		return 0, fmt.Errorf("%q is not a number of days such as 365d", s)
	}
	return time.Duration(n) * 24 * time.Hour, nil
}

// newArchive returns an archive in a folder, or nil without one.
func newArchive(folder string, age time.Duration, logger *slog.Logger) (*archive.Archive, error) {
	if folder == "" {
		return nil, nil
	}
	files, err := blobs.Dir(folder)
	if err != nil {
		return nil, err
	}
	return archive.New(&archive.Config{Blobs: files, After: age, Logger: logger})
}

// newDesk puts the standard desk on a store. change, if any, has the last word.
func newDesk(store helpdesk.Store, logger *slog.Logger, change func(*helpdesk.Config)) (*helpdesk.Desk, error) {
	cfg := helpdesk.Config{Logger: logger}
	if change != nil {
		change(&cfg)
	}
	return standard.Desk(store, &standard.Config{
		Config:    cfg,
		OpenAIKey: os.Getenv("OPENAI_API_KEY"),
		OpenAI:    &openaiclassify.Config{BaseURL: os.Getenv("OPENAI_BASE_URL"), Model: os.Getenv("OPENAI_MODEL")},
	})
}

// seed gives an empty desk four agents to work with.
func seed(ctx context.Context, desk *helpdesk.Desk) error {
	agents, err := desk.Agents(ctx)
	if err != nil || len(agents) > 0 {
		return err
	}
	for _, a := range []helpdesk.Agent{
		{Name: "Ana Silva", Email: "ana@example.com", Skills: map[helpdesk.Skill]int{"billing": 4, "general": 3}, Capacity: 20},
		{Name: "Ben Okafor", Email: "ben@example.com", Skills: map[helpdesk.Skill]int{"technical": 5, "general": 2}, Capacity: 20},
		{Name: "Chloe Martin", Email: "chloe@example.com", Skills: map[helpdesk.Skill]int{"account": 4, "billing": 2, "general": 3}, Capacity: 20},
		{Name: "Dev Patel", Email: "dev@example.com", Skills: map[helpdesk.Skill]int{"technical": 3, "account": 3, "general": 3}, Capacity: 20, Manager: true},
	} {
		if _, err := desk.SaveAgent(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

// serve answers requests and does the desk's tasks until ctx ends, and then finishes
// what has begun.
func serve(ctx context.Context, desk *helpdesk.Desk, store closer, mail *mailFlags, hooks *webhook.Notifier, addr string, stderr io.Writer) error {
	api, err := httpapi.New(desk, &httpapi.Config{Actor: demoActor, Ready: store.Check})
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/api/", http.StripPrefix("/api", api))
	pages, err := webui.New(desk, &webui.Config{Actor: demoActor, TestWebhook: hooks.Test, Mails: mail.mails})
	if err != nil {
		return err
	}
	mux.Handle("/support/", http.StripPrefix("/support", pages))
	inbound, err := providers(desk)
	if err != nil {
		return err
	}
	mux.Handle("/api/inbound/", http.StripPrefix("/api/inbound", inbound))
	form, err := webui.NewForm(desk, &webui.FormConfig{Config: webui.Config{Actor: demoActor}})
	if err != nil {
		return err
	}
	mux.Handle("/help/", http.StripPrefix("/help", form))
	mux.HandleFunc("/login", login)
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.Header.Get("Accept"), "text/html") { // a browser
			http.Redirect(w, r, "/login", http.StatusSeeOther)
			return
		}
		io.WriteString(w, welcome)
	})
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	reach := "from everywhere, with a login that anybody can claim"
	if listener.Addr().(*net.TCPAddr).IP.IsLoopback() {
		reach = "from this machine only; -addr :8080 opens it to others"
	}
	fmt.Fprintf(stderr, "help desk on http://%s/ (%s)\n", listener.Addr(), reach)

	server := newServer(mux, patience)
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	mails, err := mail.listen(work, desk, func(format string, args ...any) { fmt.Fprintf(stderr, format, args...) })
	if err != nil {
		return err
	}
	worked := make(chan error, 1)
	go func() { worked <- desk.Run(work) }()
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err = <-failed:
	case <-ctx.Done():
		grace, done := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer done()
		err = errors.Join(api.Shutdown(grace), pages.Shutdown(grace), form.Shutdown(grace), server.Shutdown(grace))
		fmt.Fprintln(stderr, "help desk stopped")
	}
	cancel()
	return errors.Join(err, <-worked, mails())
}

const welcome = `This is a help desk. Its API is under /api, described by /api/openapi.json.

Open a ticket:
  curl localhost:8080/api/tickets -H 'X-Demo-Actor: customer:kim@example.com' -H 'Content-Type: application/json' \
    -d '{"subject":"Charged twice","description":"Please refund the second payment.","source":"web_form"}'

See the queue, and the numbers:
  curl -H 'X-Demo-Actor: agent:ana@example.com' 'localhost:8080/api/tickets?sort=urgency'
  curl -H 'X-Demo-Actor: admin:boss@example.com' 'localhost:8080/api/reports/overview?days=30'
`
