package httpapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
)

// TestNoSecretOfACustomerReachesAnother has tickets that hold secrets of their customers in text,
// reply, note and resolution. On one desk of five a model gets requests through classify.Redact and
// answers with all that it got; the others have none. Every suggestion, every request and a sample
// of the API's answers is searched for secrets of others. With HELPDESK_SOAK there are 10,000
// tickets of 500 customers, on ten desks.
func TestNoSecretOfACustomerReachesAnother(t *testing.T) {
	t.Parallel()
	total := eachOffice(t, func(o *office) {
		o.secret = true
		if o.n%5 == 0 {
			o.model = &echo{}
		}
	})
	t.Logf("%d tickets; %d with a suggestion, %d of them from sentences; %d requests; %d answers of the API", total.tickets, total.suggested, total.recurring, total.requests, total.answers)
	require.Zero(t, total.leaks)
	require.Greater(t, total.recurring, total.tickets/10, "a desk that suggests nothing leaks nothing")
	require.GreaterOrEqual(t, total.requests, total.tickets/5)
}

// TestRecurringAnswersAreSuggested has as many tickets, of 40 matters that agents answer in few
// ways, each tenth with words of its own, and no model.
func TestRecurringAnswersAreSuggested(t *testing.T) {
	t.Parallel()
	total := eachOffice(t, func(*office) {})
	share := func(n, of int) float64 { return 100 * float64(n) / float64(of) }
	t.Logf("%d tickets; a reply was suggested for %.1f%%; of these %.1f%% were sent, %.1f%% edited, %.1f%% not used", total.tickets,
		share(total.recurring, total.tickets), share(total.uses["sent"], total.recurring), share(total.uses["edited"], total.recurring), share(total.uses["unused"], total.recurring))
	require.Greater(t, share(total.recurring, total.tickets), 80.0)
	require.Greater(t, share(total.uses["sent"], total.recurring), 40.0)
}

// office is a desk with 50 customers who write tickets of generated texts.
type office struct {
	*server
	r      *rand.Rand
	n      int // of the office
	secret bool
	model  *echo // nil for none

	mu    sync.Mutex
	owner map[string]string // of a secret: the customer
	count
}

// count is what was counted on one or all desks.
type count struct {
	tickets, suggested, recurring, requests, answers, leaks int
	uses                                                    map[string]int
}

// eachOffice runs ten offices and adds up their counts.
func eachOffice(t *testing.T, change func(*office)) (total count) {
	tickets, offices := 200, 2
	if os.Getenv("HELPDESK_SOAK") != "" {
		tickets, offices = 1000, 10
	}
	total.uses = map[string]int{}
	var all []*office
	for n := range offices {
		o := &office{r: rand.New(rand.NewPCG(uint64(n), 15)), n: n, owner: map[string]string{}, count: count{uses: map[string]int{}}}
		change(o)
		all = append(all, o)
	}
	t.Run("offices", func(t *testing.T) {
		for _, o := range all {
			t.Run(fmt.Sprint(o.n), func(t *testing.T) {
				t.Parallel()
				o.run(t, tickets)
			})
		}
	})
	for _, o := range all {
		total.tickets, total.suggested, total.recurring = total.tickets+o.tickets, total.suggested+o.suggested, total.recurring+o.recurring
		total.requests, total.answers, total.leaks = total.requests+o.requests, total.answers+o.answers, total.leaks+o.leaks
		for use, n := range o.uses {
			total.uses[use] += n
		}
	}
	return total
}

// run opens and answers tickets, in batches.
func (o *office) run(t *testing.T, tickets int) {
	const batch = 25
	cfg := &helpdesk.Config{}
	if o.model != nil {
		o.model.of = o
		cfg.Classifier = classify.Redact(o.model, nil)
	} else {
		cfg.Classifier = helpdesk.ClassifierFunc(func(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
			return nil, helpdesk.ErrAbstain
		})
	}
	o.server = serve(t, cfg, nil)
	o.Hire(helpdesk.Agent{Name: "Eve", Email: "eve@desk.example", Skills: map[helpdesk.Skill]int{"general": 5, "account": 5}, Capacity: 1 << 20})
	eve := o.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "eve@desk.example", Name: "Eve"})
	for from := 0; from < tickets; from += batch {
		var opened []*written
		for i := from; i < from+batch; i++ {
			w := o.write(i)
			ticket, err := o.Open(t.Context(), helpdesk.OpenParams{Subject: w.subject, Description: w.text, Customer: w.customer})
			require.NoError(t, err)
			w.id = ticket.ID
			o.owner["ticket "+string(w.id)] = w.customer.Email
			opened = append(opened, w)
		}
		o.Drain()
		for i, w := range opened {
			o.look(t, w, i == 0)
			if o.secret {
				_, err := eve.Note(t.Context(), w.id, w.note)
				require.NoError(t, err)
			}
			_, err := eve.Reply(t.Context(), w.id, helpdesk.ReplyParams{Body: w.reply, Resolve: true, Resolution: w.note})
			require.NoError(t, err)
		}
		o.Drain()
	}
	for e, err := range helpdesk.Events(t.Context(), o.Store, helpdesk.EventQuery{Types: []helpdesk.EventType{helpdesk.EventFeedback}}) {
		require.NoError(t, err)
		var f helpdesk.FeedbackData
		require.NoError(t, json.Unmarshal(e.Data, &f))
		if f.Field == "response" && f.Classifier == helpdesk.RecurringReply {
			o.uses[e.To]++
		}
	}
}

// look searches the suggestion of a ticket, and with api the answers of the API about it.
func (o *office) look(t *testing.T, w *written, api bool) {
	o.tickets++
	ticket, err := o.Ticket(t.Context(), w.id)
	require.NoError(t, err)
	if s := ticket.Suggestion; s != nil && s.Response != "" {
		o.suggested++
		if s.ResponseBy == helpdesk.RecurringReply {
			o.recurring++
		}
		text, err := json.Marshal(s)
		require.NoError(t, err)
		o.search(t, "suggestion", string(text), w.customer.Email)
	}
	if !api || !o.secret {
		return
	}
	for who, paths := range map[string][]string{
		"agent:eve@desk.example":        {"/tickets/" + string(w.id)},
		"customer:" + w.customer.Email:  {"/tickets/" + string(w.id), "/tickets", "/tickets?q=account"},
		"customer:nobody@other.example": {"/tickets/" + string(w.id), "/tickets", "/tickets/" + string(w.id) + "/similar", "/tickets?q=account"},
	} {
		mine := w.customer.Email
		if strings.HasSuffix(who, "@other.example") {
			mine = ""
		}
		for _, path := range paths {
			o.answers++
			o.search(t, who+" "+path, o.do(who, "GET", path, "").text, mine)
		}
	}
}

// search counts the secrets in a text that are of another customer than the one named.
func (o *office) search(t testing.TB, what, text, customer string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, found := range [][]string{secretWord.FindAllString(text, -1), secretNumber.FindAllString(text, -1)} {
		for _, s := range found {
			s = strings.ToLower(strings.NewReplacer(".", "", ",", "", " ", "").Replace(s))
			if owner, secret := o.owner[s]; secret && owner != customer {
				if o.leaks++; o.leaks < 5 {
					t.Errorf("%s of %s holds %q of %s: %.2000s", what, customer, s, owner, text)
				}
			}
		}
	}
}

var (
	secretWord   = regexp.MustCompile(`[\p{L}\p{N}]+`)
	secretNumber = regexp.MustCompile(`\b\d+(?:[., ]\d+)+\b`)
)

// echo is a model that answers with all that it gets.
type echo struct {
	of *office
	n  atomic.Int64
}

func (e *echo) Classify(_ context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	body, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	e.of.mu.Lock()
	e.of.requests++
	own := e.of.owner["ticket "+string(r.Ticket)]
	e.of.mu.Unlock()
	e.of.search(e.of.t, "request", string(body), own)
	c := &helpdesk.Classification{Category: helpdesk.Account, Confidence: 0.9, Classifier: "echo"}
	said := []string{r.Subject, r.Text}
	for _, s := range r.Similar {
		said = append(said, s.Subject, s.Text, s.Resolution)
	}
	switch all := strings.Join(said, "\n"); e.n.Add(1) % 3 {
	case 0:
		c.Response = all
	case 1: // a model that has learned to leave the placeholders out
		c.Response = regexp.MustCompile(`\[[A-Z]+_\d+\]`).ReplaceAllString(all, "")
	}
	return c, nil
}

// written is a ticket before it is opened, with the answer that it will get.
type written struct {
	id                         helpdesk.TicketID
	customer                   helpdesk.Contact
	subject, text, reply, note string
}

// matters are subjects, what the customer says, and the answer.
var matters = func() (list [][3]string) {
	things := strings.Fields("account router invoice parcel printer calendar backup camera")
	for _, thing := range things {
		list = append(list,
			[3]string{"Cannot open my " + thing, "Since yesterday my " + thing + " does not open and shows a white page instead.", "Please clear the cache of your browser and open the " + thing + " again. It loads the new version then."},
			[3]string{"How do I cancel the " + thing, "I no longer need the " + thing + " and would like to cancel it for good.", "You can cancel the " + thing + " in the settings under contracts. It ends with the month that you have paid."},
			[3]string{"Wrong address on the " + thing, "The " + thing + " names my former address although I have changed it.", "The new address is printed on each " + thing + " from tomorrow on. We have sent you a corrected copy by mail."},
			[3]string{"The " + thing + " was charged twice", "My bank says that you took the money for the " + thing + " two times.", "We have paid the second charge for the " + thing + " back to your bank. It takes three working days until you see it."},
			[3]string{"The " + thing + " is very slow", "Using the " + thing + " has become slow, above all in the evening.", "We have moved your " + thing + " to a faster server. Please restart it once so that it finds the new one."})
	}
	return list
}()

// write makes a ticket.
func (o *office) write(i int) *written {
	number := o.n*1000 + i
	who := o.r.IntN(50)
	first, last := invented(o.n*50+who), invented(700+o.n*50+who)
	w := &written{customer: helpdesk.Contact{Name: first + " " + last, Email: strings.ToLower(first+"."+last) + "@mail.example"}}
	m := matters[o.r.IntN(len(matters))]
	pick := func(texts ...string) string { return texts[o.r.IntN(len(texts))] }
	w.subject = pick("", "", "Question: ", "Help! ") + m[0]
	w.text = pick("Hello,\n", "Good morning, ", "") + m[1] + pick("", " Can you help me?", " I have tried it on my phone, too.", " This is urgent for my work.")
	w.reply = pick("Hello "+first+",\n\n", "Dear Ms "+last+",\n", "Hi!\n") + m[2] + pick("\n\nBest regards,\nEve", "\n\nKind regards\nEve\nSupport", "")
	w.note = pick("Done as usual.", "Told the customer what to do.")
	if o.r.IntN(10) == 0 {
		w.reply = fmt.Sprintf("Hello %s, this needs more time, since case %s is a special one. Our workshop looks into it and calls you in the week of %s.", first, invented(2000+i), invented(3000+i))
	}
	if !o.secret {
		return w
	}
	street, pin, code := invented(1400+o.n*50+who)+" Street", fmt.Sprint(200000+number), fmt.Sprintf("K%d", 300000+number)
	token, balance := fmt.Sprintf("tok-%x%x", 0x7a3f<<20|number, number*7919), fmt.Sprintf("%d.%02d", 400000+number, number%100)
	said := []string{
		fmt.Sprintf("My PIN is %s.", pin), fmt.Sprintf("I live at %d %s.", 1+number%90, street), fmt.Sprintf("The code %s was refused.", code),
		fmt.Sprintf("My balance is %s euros.", balance), fmt.Sprintf("Token: %s.", token), "I am " + w.customer.Name + ".",
	}
	told := []string{
		fmt.Sprintf("Your new PIN is %s.", pin), fmt.Sprintf("We send it to %d %s.", 1+number%90, street), fmt.Sprintf("Please use the code %s, %s.", code, first),
		fmt.Sprintf("Your balance is %s euros now.", balance), fmt.Sprintf("The token %s is for you alone.", token), fmt.Sprintf("Greetings to the %s family.", last),
	}
	some := func(list []string) string {
		o.r.Shuffle(len(list), func(a, b int) { list[a], list[b] = list[b], list[a] })
		return " " + strings.Join(list[:2+o.r.IntN(3)], pick(" ", "\n"))
	}
	w.subject += fmt.Sprintf(" (%s)", code)
	w.text += some(said)
	at := strings.Index(w.reply, ". ") + 2
	w.reply = w.reply[:at] + some(told) + " " + w.reply[at:]
	w.note = "For the record:" + some(told)
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, s := range []string{first, last, strings.Fields(street)[0], pin, code, strings.TrimPrefix(token, "tok-"), strings.ReplaceAll(balance, ".", "")} {
		o.owner[strings.ToLower(s)] = w.customer.Email
	}
	return w
}

// invented returns a word that no other number below 4,900 has, and no text of the tickets.
func invented(n int) string {
	syllable := func(n int) string { return "bdfgklmnprstvz"[n%14:n%14+1] + "aeiou"[n/14:n/14+1] }
	s := syllable(n%70) + syllable(n/70) + "vorak"
	return strings.ToUpper(s[:1]) + s[1:]
}
