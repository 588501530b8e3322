// Command triage-eval measures how well a classifier triages tickets that people have labelled.
//
//	go run ./examples/triage-eval -data tickets.csv
//	go run ./examples/triage-eval -data new.csv -train old.csv
//	go run ./examples/triage-eval -data tickets.csv -classifier keywords
//	go run ./examples/triage-eval -data tickets.csv -classifier openai -limit 200
//	go run ./examples/triage-eval -data tickets.csv -similar pairs.json
//
// The first measures the learned classifier by cross-validation, the second trains it on one file
// and scores it on another. The third measures the offline word list, the fourth an OpenAI model,
// and the fifth how well similar tickets are found.
//
// The file is CSV. Its header names the columns in any order: body, and where needed id, subject,
// category and priority. OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL select the model; its
// calls cost money, and the texts leave the machine. The flag -json prints one object, in which a
// number without data is null.
//
// The exit code is 0 after a measurement, 2 for a wrong flag and 1 for any other error.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/helpdesk-go/helpdesk/classify/classifytest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	var usage *usageError
	switch {
	case err == nil || errors.Is(err, flag.ErrHelp):
	case errors.As(err, &usage):
		fmt.Fprintf(os.Stderr, "triage-eval: %v; -help lists the flags\n", err)
		os.Exit(2)
	default:
		fmt.Fprintln(os.Stderr, "triage-eval:", err)
		os.Exit(1)
	}
}

// usageError is an error in the command line.
type usageError struct{ problem string }

func (e *usageError) Error() string { return e.problem }

func usagef(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// options are the flags.
type options struct {
	data, train, classifier, similar, store string
	label                                   classifytest.Label
	json, abstain                           bool
	seed                                    uint64
	limit, workers                          int

	stdout, stderr io.Writer
}

var (
	classifiers = []string{"learned", "openai", "keywords"}
	stores      = []string{"memory", "sqlite"}
)

// run is main with its surroundings passed in.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	o, err := parse(args, stderr)
	if err != nil {
		return err
	}
	o.stdout, o.stderr = stdout, stderr
	if o.similar != "" {
		return o.evalSimilar(ctx)
	}
	return o.evalClassifier(ctx)
}

func parse(args []string, stderr io.Writer) (*options, error) {
	o := &options{}
	label := ""
	flags := flag.NewFlagSet("triage-eval", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // main prints an error once
	flags.StringVar(&o.data, "data", "", "CSV `file` of the tickets to measure on")
	flags.StringVar(&o.train, "train", "", "CSV `file` to train the learned classifier on; without it -data is cross-validated, 5-fold")
	flags.StringVar(&o.classifier, "classifier", "learned", strings.Join(classifiers, ", "))
	flags.StringVar(&label, "label", "category", "what is compared: category, priority")
	flags.BoolVar(&o.json, "json", false, "print one JSON object instead of a text")
	flags.BoolVar(&o.abstain, "abstain", false, "let the learned classifier abstain as on a desk, and count that as wrong; else its best guess is scored")
	flags.StringVar(&o.similar, "similar", "", "JSON `file` that maps the id of a ticket to the ids of similar tickets: measure only how well these are found; "+
		"-train, -classifier, -label and -limit are ignored")
	flags.StringVar(&o.store, "store", "memory", "store of the tickets of -similar: memory, sqlite")
	flags.Uint64Var(&o.seed, "seed", 1, "random seed of the folds and of training")
	flags.IntVar(&o.limit, "limit", 0, "use only the first `n` tickets with a label; 0 is all")
	flags.IntVar(&o.workers, "workers", 0, "tickets asked for at once; 0 is one per core, and 4 for openai")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			flags.SetOutput(stderr)
			flags.Usage()
			return nil, err
		}
		return nil, usagef("%v", err)
	}
	var err error
	o.label, err = classifytest.ParseLabel(label)
	switch {
	case flags.NArg() > 0:
		return nil, usagef("unknown argument %q", flags.Arg(0))
	case o.data == "":
		return nil, usagef("-data is missing")
	case !slices.Contains(classifiers, o.classifier):
		return nil, usagef("-classifier %q is not one of %s", o.classifier, strings.Join(classifiers, ", "))
	case err != nil:
		return nil, usagef("-label %q is not one of category, priority", label)
	case !slices.Contains(stores, o.store):
		return nil, usagef("-store %q is not one of %s", o.store, strings.Join(stores, ", "))
	case o.limit < 0:
		return nil, usagef("-limit is negative")
	case o.workers < 0:
		return nil, usagef("-workers is negative")
	case o.train != "" && o.classifier != "learned" && o.similar == "":
		return nil, usagef("-train is for -classifier learned; %s learns nothing", o.classifier)
	}
	return o, nil
}

// readTickets reads a file; the error names it.
func readTickets(name string, labels ...classifytest.Label) ([]classifytest.Ticket, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err // has the name of the file
	}
	defer f.Close()
	tickets, err := classifytest.ReadCSV(f, labels...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return tickets, nil
}

// readLabelled reads the tickets of a file that have the label.
func readLabelled(name string, label classifytest.Label) ([]classifytest.Ticket, error) {
	tickets, err := readTickets(name, label)
	if err != nil {
		return nil, err
	}
	n := len(tickets)
	tickets = slices.DeleteFunc(tickets, func(t classifytest.Ticket) bool { return label.Of(&t) == "" })
	if len(tickets) == 0 {
		return nil, fmt.Errorf("%s: none of its %d rows is labelled with a %s", name, n, label)
	}
	return tickets, nil
}

// printJSON prints one object.
func (o *options) printJSON(v any) error {
	e := json.NewEncoder(o.stdout)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// more prints lines above a report. With -json it prints nothing.
func (o *options) more(format string, args ...any) error {
	if o.json {
		return nil
	}
	_, err := fmt.Fprintf(o.stdout, format+"\n", args...)
	return err
}
