package similar_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/similar"
)

func TestDeskFindsWhatWasResolved(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		open := func(subject, text string) *helpdesk.Ticket {
			ticket, err := d.Open(ctx, helpdesk.OpenParams{Subject: subject, Description: text, Customer: helpdesk.Contact{Email: "kim@example.com"}})
			require.NoError(t, err)
			return ticket
		}
		vpn := open("VPN drops every hour", "The tunnel closes and has to be dialled again.")
		paper := open("Printer is out of paper", "The tray of the second floor is empty.")
		asked := open("The VPN tunnel drops", "Since the update, every hour.")
		find := func() []helpdesk.Solved {
			d.Drain()
			found, err := d.Similar(ctx, asked.ID, 0)
			require.NoError(t, err)
			for i := range found {
				require.Positive(t, found[i].Score)
				require.True(t, found[i].Fit > 0 && found[i].Fit < 1)
				found[i].Score, found[i].Fit = 0, 0
			}
			return found
		}
		require.Empty(t, find(), "nothing is solved yet")
		for _, ticket := range []*helpdesk.Ticket{paper, vpn} {
			_, err := d.Resolve(ctx, ticket.ID, "Set the keepalive to 20 seconds.")
			require.NoError(t, err)
		}
		want := helpdesk.Solved{
			Ticket: vpn.ID, Ref: vpn.Ref, Subject: vpn.Subject, Text: vpn.Description, Resolution: "Set the keepalive to 20 seconds.",
			Customer: vpn.Customer,
		}
		require.Equal(t, want, find()[0])

		_, err := d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "kim@example.com"}).Reply(ctx, vpn.ID, helpdesk.ReplyParams{Body: "It drops again."})
		require.NoError(t, err)
		found, err := d.Similar(ctx, asked.ID, 9)
		require.NoError(t, err)
		require.False(t, slices.ContainsFunc(found, func(s helpdesk.Solved) bool { return s.Ticket == vpn.ID }), "opened again, and no task has run")
		require.False(t, slices.ContainsFunc(find(), func(s helpdesk.Solved) bool { return s.Ticket == vpn.ID }), "and when it has")

		_, err = d.Resolve(ctx, vpn.ID, "Replaced the router.")
		require.NoError(t, err)
		want.Resolution = "Replaced the router."
		require.Equal(t, want, find()[0])
		_, err = d.Merge(ctx, vpn.ID, asked.ID)
		require.NoError(t, err)
		require.False(t, slices.ContainsFunc(find(), func(s helpdesk.Solved) bool { return s.Ticket == vpn.ID }), "merged")
	})
}

// TestFindFindsDuplicates measures the ranking on real reports. A query counts as found when one of
// its duplicates is among the first k; the mean share of its duplicates that are found is logged,
// too.
func TestFindFindsDuplicates(t *testing.T) {
	reports, duplicates := seamonkey(t)
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		byReport := solveAll(t, store, reports)
		reportOf := map[helpdesk.TicketID]string{}
		for report, ticket := range byReport {
			reportOf[ticket.ID] = report
		}
		var perQuery []found
		for report, wanted := range duplicates {
			ticket := byReport[report]
			got, err := similar.Find(t.Context(), store, similar.Query{
				Tenant: "acme", Subject: ticket.Subject, Text: ticket.Description, Exclude: ticket.ID, Limit: 10,
			})
			require.NoError(t, err)
			var f found
			for i, s := range got {
				if slices.Contains(wanted, reportOf[s.Ticket]) {
					f.add(i+1, len(wanted))
				}
			}
			perQuery = append(perQuery, f)
		}
		q := qualityOf(perQuery)
		low := bootstrap(perQuery)
		t.Logf("R@1 %.3f, R@5 %.3f, R@10 %.3f by queries; R@5 %.3f by duplicates; MRR@10 %.3f; 90%% of resampled queries have R@5 above %.3f, MRR above %.3f",
			q.at1, q.at5, q.at10, q.share5, q.mrr, low.at5, low.mrr)
		require.GreaterOrEqual(t, q.at5, 0.78)
		require.GreaterOrEqual(t, q.mrr, 0.60)
	})
}

// found is the result of one query.
type found struct{ at1, at5, at10, share5, mrr float64 }

func (f *found) add(place, of int) {
	if f.mrr == 0 {
		f.mrr = 1 / float64(place)
	}
	if f.at10 = 1; place == 1 {
		f.at1 = 1
	}
	if place <= 5 {
		f.at5 = 1
		f.share5 += 1 / float64(of)
	}
}

func qualityOf(all []found) (mean found) {
	n := float64(len(all))
	for _, f := range all {
		mean.at1, mean.at5, mean.at10 = mean.at1+f.at1/n, mean.at5+f.at5/n, mean.at10+f.at10/n
		mean.share5, mean.mrr = mean.share5+f.share5/n, mean.mrr+f.mrr/n
	}
	return mean
}

// bootstrap returns the figures that nine of ten samples of the queries reach.
func bootstrap(all []found) found {
	r := rand.New(rand.NewPCG(1, 1))
	var at5, mrr []float64
	for range 1000 {
		sample := make([]found, len(all))
		for i := range sample {
			sample[i] = all[r.IntN(len(all))]
		}
		q := qualityOf(sample)
		at5, mrr = append(at5, q.at5), append(mrr, q.mrr)
	}
	slices.Sort(at5)
	slices.Sort(mrr)
	return found{at5: at5[100], mrr: mrr[100]}
}

// seamonkey reads the reports, as subject and text by id, and the ids of the duplicates of each.
func seamonkey(t *testing.T) (reports map[string][2]string, duplicates map[string][]string) {
	t.Helper()
	dir := os.Getenv("HELPDESK_DATA")
	if dir == "" {
		t.Skip("HELPDESK_DATA does not name the folder of the data to develop against")
	}
	text, err := os.ReadFile(filepath.Join(dir, "tickets", "seamonkey-duplicates.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &duplicates))
	file, err := os.Open(filepath.Join(dir, "tickets", "seamonkey.csv"))
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	reports = map[string][2]string{}
	for _, row := range rows[1:] {
		reports[row[0]] = [2]string{row[1], row[2]}
	}
	require.Len(t, reports, 1076)
	require.Len(t, duplicates, 75)
	return reports, duplicates
}

// solveAll stores solved tickets and indexes them.
func solveAll(t *testing.T, store helpdesk.Store, reports map[string][2]string) map[string]*helpdesk.Ticket {
	t.Helper()
	tickets := storeAll(t, store, reports)
	var ids []helpdesk.TicketID
	for _, ticket := range tickets {
		ids = append(ids, ticket.ID)
	}
	index, ok := helpdesk.As[similar.Index](store)
	require.True(t, ok)
	require.NoError(t, index.IndexTickets(t.Context(), "acme", ids...))
	return tickets
}

// storeAll stores solved tickets.
func storeAll(t *testing.T, store helpdesk.Store, reports map[string][2]string) map[string]*helpdesk.Ticket {
	t.Helper()
	tickets := map[string]*helpdesk.Ticket{}
	var changes []*helpdesk.Change
	for report, text := range reports {
		ticket := &helpdesk.Ticket{
			Tenant: "acme", ID: helpdesk.TicketID(uuid.Must(uuid.NewV7()).String()), Ref: report, Subject: text[0], Description: text[1],
			Status: helpdesk.StatusResolved, Priority: helpdesk.Medium, CreatedAt: helpdesktest.Start,
			ResolvedAt: helpdesktest.Start.Add(time.Hour), Resolution: "It was fixed.",
		}
		tickets[report] = ticket
		changes = append(changes, &helpdesk.Change{Tenant: "acme", Ticket: ticket})
	}
	for some := range slices.Chunk(changes, 200) {
		require.NoError(t, store.Commit(t.Context(), some...))
	}
	return tickets
}

// TestAmongManyTheBestByRareWordsAreFound: among too many tickets to compare all, the candidates
// hold those that comparing all would find.
func TestAmongManyTheBestByRareWordsAreFound(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		r := rand.New(rand.NewPCG(7, 7))
		word := func() string { return fmt.Sprintf("w%d", int(math.Exp(r.Float64()*math.Log(3000)))) }
		reports := map[string][2]string{}
		for i := range 2500 {
			text := ""
			for range 20 {
				text += word() + " "
			}
			reports[fmt.Sprintf("r%d", i)] = [2]string{word() + " " + word(), text}
		}
		tickets := solveAll(t, store, reports)
		var same, of int
		for i := range 30 {
			ticket := tickets[fmt.Sprintf("r%d", i)]
			q := similar.Query{Tenant: "acme", Subject: ticket.Subject, Text: ticket.Description, Exclude: ticket.ID, Limit: 5}
			got, err := similar.Find(t.Context(), store, q)
			require.NoError(t, err)
			best := bestOfAll(tickets, &q)
			for _, s := range got {
				of++
				if slices.Contains(best, s.Ticket) {
					same++
				}
			}
		}
		everyHolderIsACandidate(t, store, tickets, "w1") // of so many that their list has several parts
		require.Equal(t, 150, of)
		t.Logf("%d of %d", same, of)
		require.Greater(t, same, 140)
	})
}

func everyHolderIsACandidate(t *testing.T, store helpdesk.Store, tickets map[string]*helpdesk.Ticket, word string) {
	t.Helper()
	term := similar.TermVectorOf("", word).Terms[0]
	q := similar.CandidateQuery{Terms: []similar.Weight{{Term: term, Weight: 1}}, Limit: len(tickets)}
	for i := range q.Worth {
		q.Worth[i] = 1
	}
	var want, got []helpdesk.TicketID
	for _, ticket := range tickets {
		if words := similar.TermVectorOf(ticket.Subject, ticket.Description); words.Count(term) > 0 {
			want = append(want, ticket.ID)
		}
	}
	index, _ := helpdesk.As[similar.Index](store)
	found, err := index.Candidates(t.Context(), "acme", q)
	require.NoError(t, err)
	for _, m := range found {
		got = append(got, m.Ticket)
	}
	slices.Sort(want)
	slices.Sort(got)
	require.Greater(t, len(want), 1500)
	require.Equal(t, want, got)
}

// bestOfAll is BM25 over every ticket, written once more without a plan, an index or a limit of
// terms.
func bestOfAll(tickets map[string]*helpdesk.Ticket, q *similar.Query) []helpdesk.TicketID {
	query := similar.TermVectorOf(q.Subject, q.Text)
	vectors, df, n, length := map[helpdesk.TicketID]similar.TermVector{}, map[similar.Term]float64{}, 0.0, 0.0
	for _, t := range tickets {
		if t.ID == q.Exclude {
			continue
		}
		v := similar.TermVectorOf(t.Subject, t.Description)
		vectors[t.ID] = v
		n++
		length += float64(v.Length)
		for _, term := range query.Terms {
			if v.Count(term) > 0 {
				df[term]++
			}
		}
	}
	scores := map[helpdesk.TicketID]float64{}
	var ids []helpdesk.TicketID
	for id, v := range vectors {
		ids = append(ids, id)
		for _, term := range query.Terms {
			f, g := float64(v.Count(term)), float64(query.Count(term))
			idf := math.Pow(math.Log(1+(n-df[term]+0.5)/(df[term]+0.5)), 1.5)
			scores[id] += idf * (g * 9 / (g + 8)) * f * 3 / (f + 2*float64(v.Length)*n/length)
		}
	}
	slices.SortFunc(ids, func(a, b helpdesk.TicketID) int {
		if scores[a] > scores[b] {
			return -1
		}
		return 1
	})
	return ids[:q.Limit]
}
