package helpdesk_test

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
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

func TestSimilarFindsWhatWasResolved(t *testing.T) {
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
		similar := func() []helpdesk.Solved {
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
		require.Empty(t, similar(), "nothing is solved yet")
		for _, ticket := range []*helpdesk.Ticket{paper, vpn} {
			_, err := d.Resolve(ctx, ticket.ID, "Set the keepalive to 20 seconds.")
			require.NoError(t, err)
		}
		want := helpdesk.Solved{Ticket: vpn.ID, Ref: vpn.Ref, Subject: vpn.Subject, Text: vpn.Description, Resolution: "Set the keepalive to 20 seconds."}
		require.Equal(t, want, similar()[0])

		_, err := d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "kim@example.com"}).Reply(ctx, vpn.ID, helpdesk.ReplyParams{Body: "It drops again."})
		require.NoError(t, err)
		found, err := d.Similar(ctx, asked.ID, 9)
		require.NoError(t, err)
		require.False(t, slices.ContainsFunc(found, func(s helpdesk.Solved) bool { return s.Ticket == vpn.ID }), "opened again, and no task has run")
		require.False(t, slices.ContainsFunc(similar(), func(s helpdesk.Solved) bool { return s.Ticket == vpn.ID }), "and when it has")

		_, err = d.Resolve(ctx, vpn.ID, "Replaced the router.")
		require.NoError(t, err)
		want.Resolution = "Replaced the router."
		require.Equal(t, want, similar()[0])
		_, err = d.Merge(ctx, vpn.ID, asked.ID)
		require.NoError(t, err)
		require.False(t, slices.ContainsFunc(similar(), func(s helpdesk.Solved) bool { return s.Ticket == vpn.ID }), "merged")
	})
}

func TestSimilarIsNotForCustomers(t *testing.T) {
	t.Parallel()
	d := helpdesktest.New(t, nil, nil)
	ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "Mine", Customer: helpdesk.Contact{Email: "kim@example.com"}})
	require.NoError(t, err)
	_, err = d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "kim@example.com"}).Similar(t.Context(), ticket.ID, 3)
	require.ErrorIs(t, err, helpdesk.ErrForbidden)
	_, err = d.ForTenant("other").Similar(t.Context(), ticket.ID, 3)
	require.ErrorIs(t, err, helpdesk.ErrNotFound)
	_, err = d.Similar(t.Context(), ticket.ID, -1)
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
}

func TestBagSurvivesItsBinaryForm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := helpdesk.BagOf(rapid.String().Draw(t, "subject"), rapid.String().Draw(t, "text"))
		data, err := b.MarshalBinary()
		require.NoError(t, err)
		var got helpdesk.Bag
		require.NoError(t, got.UnmarshalBinary(data))
		require.Equal(t, b, got)
		require.True(t, slices.IsSorted(b.Terms))
		require.LessOrEqual(t, len(b.Terms), helpdesk.MaxTerms)
	})
}

// TestGradesKeepWhatAScoreNeeds: texts of one grade are about as long, and longer texts or more of a word never get a lower one.
func TestGradesKeepWhatAScoreNeeds(t *testing.T) {
	t.Parallel()
	grade := func(count uint8, length int) helpdesk.Grade {
		b := helpdesk.Bag{Terms: []helpdesk.Term{1}, Counts: []uint8{count}, Length: length}
		return b.Grade(0)
	}
	rapid.Check(t, func(t *rapid.T) {
		count, length := rapid.Uint8Range(1, 255).Draw(t, "count"), rapid.IntRange(1, 1<<20).Draw(t, "length")
		require.LessOrEqual(t, grade(count, length), grade(count, length+1))
		require.LessOrEqual(t, grade(count, length), grade(max(count, count+1), length))
		if length >= 4 && length < 1<<15 {
			require.NotEqual(t, grade(count, length), grade(count, length+length/4+1), "a quarter longer")
		}
	})
	require.Equal(t, grade(3, 10), grade(4, 10), "a word of the subject that is in the text as well")
	require.NotEqual(t, grade(1, 10), grade(2, 10))
}

func FuzzBagFromBytes(f *testing.F) {
	f.Add([]byte{})
	data, _ := helpdesk.BagOf("printer jam", "again").MarshalBinary()
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		var b helpdesk.Bag
		if b.UnmarshalBinary(data) != nil {
			return
		}
		again, err := b.MarshalBinary()
		require.NoError(t, err)
		require.Equal(t, data, again)
	})
}

func TestBagsOfOneMeaningMeet(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		meet int
	}{
		{"printers", "Printer", 1},
		{"queries", "QUERY", 1},
		{"status", "statu", 0},
		{"class", "clas", 0},
		{"größe", "GRÖSSE", 0},
		{"プリンターが動かない", "プリンター", 4},
		{"東京A棟", "東京 a", 2},
		{"SQL' OR 1=1; --", "sql", 1},
		{"", "x", 0},
	} {
		a, b := helpdesk.BagOf("", c.a), helpdesk.BagOf("", c.b)
		meet := 0
		for _, term := range a.Terms {
			meet += b.Count(term)
		}
		require.Equal(t, c.meet, meet, "%q and %q", c.a, c.b)
	}
	pair := helpdesk.BagOf("paper jam", "")
	require.Len(t, pair.Terms, 3, "two words and the pair of them")
	require.Equal(t, 6, pair.Length)
}

// TestSimilarFindsDuplicates is the quality of the ranking on real reports. A query counts as found when one of its
// duplicates is among the first k; the mean share of its duplicates found is said beside it.
func TestSimilarFindsDuplicates(t *testing.T) {
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
			got, err := helpdesk.Similar(t.Context(), store, helpdesk.SimilarQuery{
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

// found is what came of one query.
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

// bootstrap returns what nine of ten samples of the queries reach.
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

// seamonkey reads the reports, as subject and text by id, and which are duplicates of which.
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

// solveAll stores solved tickets and has them remembered.
func solveAll(t *testing.T, store helpdesk.Store, reports map[string][2]string) map[string]*helpdesk.Ticket {
	t.Helper()
	tickets := map[string]*helpdesk.Ticket{}
	var changes []*helpdesk.Change
	var ids []helpdesk.TicketID
	for report, text := range reports {
		ticket := &helpdesk.Ticket{
			Tenant: "acme", ID: helpdesk.TicketID(uuid.Must(uuid.NewV7()).String()), Ref: report, Subject: text[0], Description: text[1],
			Status: helpdesk.StatusResolved, Priority: helpdesk.Medium, CreatedAt: helpdesktest.Start,
			ResolvedAt: helpdesktest.Start.Add(time.Hour), Resolution: "It was fixed.",
		}
		tickets[report], ids = ticket, append(ids, ticket.ID)
		changes = append(changes, &helpdesk.Change{Tenant: "acme", Ticket: ticket})
	}
	for some := range slices.Chunk(changes, 200) {
		require.NoError(t, store.Commit(t.Context(), some...))
	}
	memory, ok := helpdesk.As[helpdesk.Similarer](store)
	require.True(t, ok)
	require.NoError(t, memory.Remember(t.Context(), "acme", ids...))
	return tickets
}

// TestAmongManyTheBestByRareWordsAreFound: where not all can be compared, those picked hold what comparing all would find.
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
			q := helpdesk.SimilarQuery{Tenant: "acme", Subject: ticket.Subject, Text: ticket.Description, Exclude: ticket.ID, Limit: 5}
			got, err := helpdesk.Similar(t.Context(), store, q)
			require.NoError(t, err)
			best := bestOfAll(tickets, &q)
			for _, s := range got {
				of++
				if slices.Contains(best, s.Ticket) {
					same++
				}
			}
		}
		everyHolderIsRecalled(t, store, tickets, "w1") // of so many that their list has several parts
		require.Equal(t, 150, of)
		t.Logf("%d of %d", same, of)
		require.Greater(t, same, 140)
	})
}

func everyHolderIsRecalled(t *testing.T, store helpdesk.Store, tickets map[string]*helpdesk.Ticket, word string) {
	t.Helper()
	term := helpdesk.BagOf("", word).Terms[0]
	r := helpdesk.Recall{Terms: []helpdesk.Weight{{Term: term, Weight: 1}}, Limit: len(tickets)}
	for i := range r.Worth {
		r.Worth[i] = 1
	}
	var want, got []helpdesk.TicketID
	for _, ticket := range tickets {
		if bag := helpdesk.BagOf(ticket.Subject, ticket.Description); bag.Count(term) > 0 {
			want = append(want, ticket.ID)
		}
	}
	memory, _ := helpdesk.As[helpdesk.Similarer](store)
	found, err := memory.Recall(t.Context(), "acme", r)
	require.NoError(t, err)
	for _, m := range found {
		got = append(got, m.Ticket)
	}
	slices.Sort(want)
	slices.Sort(got)
	require.Greater(t, len(want), 1500)
	require.Equal(t, want, got)
}

// bestOfAll is BM25 over everything, written down once more without a plan, a memory or a limit of terms to look up.
func bestOfAll(tickets map[string]*helpdesk.Ticket, q *helpdesk.SimilarQuery) []helpdesk.TicketID {
	query := helpdesk.BagOf(q.Subject, q.Text)
	bags, df, n, length := map[helpdesk.TicketID]helpdesk.Bag{}, map[helpdesk.Term]float64{}, 0.0, 0.0
	for _, t := range tickets {
		if t.ID == q.Exclude {
			continue
		}
		b := helpdesk.BagOf(t.Subject, t.Description)
		bags[t.ID] = b
		n++
		length += float64(b.Length)
		for _, term := range query.Terms {
			if b.Count(term) > 0 {
				df[term]++
			}
		}
	}
	scores := map[helpdesk.TicketID]float64{}
	var ids []helpdesk.TicketID
	for id, b := range bags {
		ids = append(ids, id)
		for _, term := range query.Terms {
			f, g := float64(b.Count(term)), float64(query.Count(term))
			idf := math.Log(1 + (n-df[term]+0.5)/(df[term]+0.5))
			scores[id] += idf * (g * 9 / (g + 8)) * f * 3 / (f + 2*(0.25+0.75*float64(b.Length)*n/length))
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
