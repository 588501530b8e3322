package starter_test

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/classify/learned"
	"github.com/helpdesk-go/helpdesk/classify/learned/starter"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// fresh is a line of testdata/fresh.tsv: its kind, language, right categories, right priority,
// subject and text. A bar separates categories that are both right; "none" needs no action.
type fresh struct {
	kind, language string
	categories     []string
	priority       helpdesk.Priority
	subject, text  string
}

func readFresh(t *testing.T, name string) (list []fresh) {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		require.Len(t, f, 6, line)
		p, err := helpdesk.ParsePriority(f[3])
		require.NoError(t, err)
		list = append(list, fresh{f[0], f[1], strings.Split(f[2], "|"), p, f[4], strings.ReplaceAll(f[5], `\n`, "\n")})
	}
	return list
}

// triaged opens a ticket on a desk without a network, wired as in package standard.
func triagedOffline(t *testing.T, list []fresh) []*helpdesk.Ticket {
	t.Helper()
	models, err := learned.NewTenantModels(starter.Model(), nil)
	require.NoError(t, err)
	chain, err := classify.NewChain(nil, models)
	require.NoError(t, err)
	desk, err := helpdesk.New(memstore.New(), &helpdesk.Config{
		Classifier: classify.Guard(classify.Normalize(classify.NoAction(chain))), PriorityRules: classify.PriorityRules(),
	})
	require.NoError(t, err)
	var tickets []*helpdesk.Ticket
	for _, f := range list {
		opened, err := desk.Open(t.Context(), helpdesk.OpenParams{Subject: cmp.Or(f.subject, "(no subject)"), Description: f.text})
		require.NoError(t, err)
		ticket, err := desk.Triage(t.Context(), opened.ID)
		require.NoError(t, err)
		tickets = append(tickets, ticket)
	}
	return tickets
}

// verdict sums up the answers to fresh tickets.
type verdict struct {
	requests, applied, right int // of the requests: all, those given a category, and the right one
	urgent, urgentLow        int
	urgentFound              int
	high, highFound          int // called high or urgent
	idle, idleFound          int // tickets that need no action
	lost                     int // requests taken for such
	priorities               map[[2]helpdesk.Priority]int
	categories               map[[2]string]int
}

func judge(list []fresh, tickets []*helpdesk.Ticket) (v verdict) {
	v.priorities, v.categories = map[[2]helpdesk.Priority]int{}, map[[2]string]int{}
	for i, f := range list {
		got := tickets[i]
		found := slices.Contains(got.Tags, helpdesk.TagNoAction)
		if f.categories[0] == "none" {
			v.idle++
			if found {
				v.idleFound++
			}
		} else {
			v.requests++
			if found {
				v.lost++
			}
			v.priorities[[2]helpdesk.Priority{f.priority, got.Priority}]++
			if got.CategoryBy == helpdesk.ByModel {
				v.applied++
				if slices.Contains(f.categories, string(got.Category)) {
					v.right++
				}
			}
			switch f.priority {
			case helpdesk.Urgent:
				v.urgent++
				if got.Priority == helpdesk.Low {
					v.urgentLow++
				}
				if got.Priority == helpdesk.Urgent {
					v.urgentFound++
				}
			case helpdesk.High:
				v.high++
				if got.Priority >= helpdesk.High {
					v.highFound++
				}
			}
		}
		name := string(got.Category)
		if got.CategoryBy != helpdesk.ByModel {
			name = "-"
		}
		right := f.categories[0]
		if slices.Contains(f.categories, name) {
			right = name
		}
		v.categories[[2]string{right, name}]++
	}
	return v
}

func (v *verdict) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "of %d requests %d got a category, %d the right one (%.3f)\n", v.requests, v.applied, v.right, float64(v.right)/float64(v.applied))
	fmt.Fprintf(&b, "urgent %d: %d called urgent, %d called low; high %d: %d called high or urgent\n", v.urgent, v.urgentFound, v.urgentLow, v.high, v.highFound)
	fmt.Fprintf(&b, "no action %d: %d found; %d requests taken for such\n", v.idle, v.idleFound, v.lost)
	fmt.Fprintf(&b, "%-10s", "")
	for _, p := range helpdesk.Priorities {
		fmt.Fprintf(&b, "%8s", p)
	}
	for _, want := range helpdesk.Priorities {
		fmt.Fprintf(&b, "\n%-10s", want)
		for _, got := range helpdesk.Priorities {
			fmt.Fprintf(&b, "%8d", v.priorities[[2]helpdesk.Priority{want, got}])
		}
	}
	names := []string{"billing", "technical", "account", "feature_request", "bug_report", "-"}
	fmt.Fprintf(&b, "\n%-16s", "")
	for _, got := range names {
		fmt.Fprintf(&b, "%16s", got)
	}
	for _, want := range append(names[:5:5], "none") {
		fmt.Fprintf(&b, "\n%-16s", want)
		for _, got := range names {
			fmt.Fprintf(&b, "%16d", v.categories[[2]string{want, got}])
		}
	}
	return b.String()
}

// TestFreshTickets prints what becomes of three sets of tickets. Each was labelled before any of
// its tickets was tried. The first was written before the priority rules and the kinds without
// action, which were then made with it at hand; the second after them. The third has requests alone
// that resemble texts without action. See docs/triage.md.
func TestFreshTickets(t *testing.T) {
	t.Parallel()
	for name, least := range map[string]verdict{
		"fresh.tsv":  {right: 95, urgentFound: 30, highFound: 22, idleFound: 36},
		"second.tsv": {right: 24, urgentFound: 8, highFound: 5, idleFound: 4},
		"near.tsv":   {},
	} {
		list := readFresh(t, name)
		v := judge(list, triagedOffline(t, list))
		t.Logf("%s\n%s", name, &v)
		require.Zero(t, v.lost, name)
		require.GreaterOrEqual(t, 2*v.highFound, v.high, name)
		require.GreaterOrEqual(t, v.right, least.right, name)
		require.GreaterOrEqual(t, v.urgentFound, least.urgentFound, name)
		require.GreaterOrEqual(t, v.highFound, least.highFound, name)
		require.GreaterOrEqual(t, v.idleFound, least.idleFound, name)
		require.Zero(t, v.urgentLow, name)
	}
}
