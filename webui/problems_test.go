package webui_test

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/webui"
)

// faulty are forms with a fault that a person can really send: the page, the sender, and the
// fields. The first word of each is its subject.
func (s *site) faulty(opened, solved *helpdesk.Ticket) map[string][]string {
	long, words := strings.Repeat("x", 300), strings.Repeat("x", 1<<20+1)
	act, done := prefix+"/tickets/"+opened.Ref+"/act", prefix+"/tickets/"+solved.Ref+"/act"
	return map[string][]string{
		"subject":           {prefix + "/new", admin, "subject", " "},
		"subject long":      {prefix + "/new", admin, "subject", long},
		"subject lines":     {prefix + "/new", admin, "subject", "a\x07b"},
		"subject bytes":     {prefix + "/new", admin, "subject", "a\xffb"},
		"subject nul":       {prefix + "/new", admin, "subject", "a\x00b"},
		"description":       {prefix + "/new", admin, "subject", "S", "description", words},
		"mail":              {prefix + "/new", admin, "subject", "S", "email", "nobody"},
		"mail long":         {prefix + "/new", admin, "subject", "S", "email", long + "@x.example"},
		"name":              {prefix + "/new", admin, "subject", "S", "name", long},
		"reply":             {prefix + "/tickets/" + opened.Ref + "/reply", admin, "body", words},
		"reply nul":         {prefix + "/tickets/" + opened.Ref + "/reply", admin, "body", "a\x00b"},
		"note":              {prefix + "/tickets/" + opened.Ref + "/note", admin, "body", words},
		"resolve":           {act, admin, "action", "resolve", "value", " "},
		"escalate":          {act, admin, "action", "escalate", "value", ""},
		"decline":           {act, ana, "action", "decline", "value", ""},
		"decline another":   {done, admin, "action", "decline", "value", "x"},
		"merge":             {act, admin, "action", "merge", "value", "NONE-0000"},
		"merge itself":      {act, admin, "action", "merge", "value", opened.Ref},
		"assign":            {act, admin, "action", "assign", "value", "nobody@example.com"},
		"priority":          {act, admin, "action", "priority", "value", "soon"},
		"category":          {act, admin, "action", "category", "value", "made up"},
		"tags":              {act, admin, "action", "tags", "value", long},
		"many tags":         {act, admin, "action", "tags", "value", manyTags()},
		"action":            {act, admin, "action", "dance"},
		"escalate closed":   {done, admin, "action", "escalate", "value", "x"},
		"take solved":       {done, admin, "action", "wait"},
		"bulk":              {prefix + "/bulk", admin, "action", "tag", "value", long, "id", string(opened.ID)},
		"view":              {prefix + "/views", admin, "name", "", "query", "status=new"},
		"view long":         {prefix + "/views", admin, "name", long, "query", "status=new"},
		"agent":             {set + "agents", admin, "name", "", "email", "ben@example.com"},
		"agent long":        {set + "agents", admin, "name", long, "email", "ben@example.com"},
		"agent mail":        {set + "agents", admin, "name", "Ben", "email", "nobody"},
		"agent no mail":     {set + "agents", admin, "name", "Ben", "email", ""},
		"agent skills":      {set + "agents", admin, "name", "Ben", "email", "ben@example.com", "skills", "billing 7"},
		"agent capacity":    {set + "agents", admin, "name", "Ben", "email", "ben@example.com", "capacity", "many"},
		"absence":           {set + "agents/absences", admin, "id", "ana@example.com", "from", "soon"},
		"absence ends":      {set + "agents/absences", admin, "id", "ana@example.com", "from", "2026-03-09T08:00", "to", "2026-03-08T08:00"},
		"team":              {set + "teams", admin, "name", " ", "id", "t"},
		"team category":     {set + "teams", admin, "name", "T", "category", "made up"},
		"macro":             {set + "macros", admin, "name", "", "body", "x"},
		"macro body":        {set + "macros", admin, "name", "M", "body", ""},
		"floor":             {set + "priority-rules", admin, "phrase", " ", "priority", "high"},
		"floor priority":    {set + "priority-rules", admin, "phrase", "x", "priority", "soon"},
		"book":              {set + "sla", admin, "book", "", "version", "0"},
		"book version":      {set + "sla", admin, "book", "{}", "version", "x"},
		"look colour":       {set + "mail-templates", admin, "colour", "red"},
		"look logo":         {set + "mail-templates", admin, "logo_url", "http://x.example"},
		"look language":     {set + "mail-templates", admin, "do", "preview", "language", "x y"},
		"look zone":         {set + "mail-templates", admin, "zone", "Mars/Base"},
		"text subject":      {set + "mail-templates/edit", admin, "kind", "reply", "subject", "", "body", "{{text}}"},
		"text unknown":      {set + "mail-templates/edit", admin, "kind", "reply", "subject", "x", "body", "{{text}} {{range 9}}"},
		"text lacking":      {set + "mail-templates/edit", admin, "do", "preview", "kind", "reply", "subject", "x", "body", "y"},
		"text many":         {set + "mail-templates/edit", admin, "kind", "reply", "subject", "x", "body", "{{text}}" + strings.Repeat(" {{ref}}", 50)},
		"text twice":        {set + "mail-templates/edit", admin, "kind", "reply", "subject", "x", "body", "{{text}} {{text}}"},
		"text link":         {set + "mail-templates/edit", admin, "kind", "reply", "subject", "x", "body", "{{text}} {{link}}{{subject}}"},
		"restore":           {set + "sla/restore", admin, "version", "x"},
		"sort":              {prefix + "/?sort=size", admin},
		"status":            {prefix + "/?status=lost", admin},
		"tag":               {prefix + "/?tag=" + long, admin},
		"no view":           {prefix + "/?view=lost", admin},
		"assigned before":   {prefix + "/?assigned_before=soon", admin},
		"no list":           {prefix + "/mail?list=lost", admin},
		"days":              {prefix + "/dashboard?days=9999", admin},
		"days backwards":    {prefix + "/dashboard?from=2026-03-09&to=2026-03-01", admin},
		"days unreadable":   {prefix + "/dashboard?from=soon&to=2026-03-01", admin},
		"ask":               {form + "/new", kim, "subject", " ", "text", ""},
		"ask long":          {form + "/new", kim, "subject", long, "text", "x"},
		"ask mail":          {form + "/new", nobody, "subject", "S", "text", "x", "email", "nobody"},
		"answer":            {form + "/tickets/" + opened.Ref + "/reply", kim, "text", " "},
		"rate":              {form + "/tickets/" + solved.Ref + "/rate", kim, "score", "7"},
		"rate comment":      {form + "/tickets/" + solved.Ref + "/rate", kim, "score", "3", "comment", words},
		"not yet to rate":   {form + "/tickets/" + opened.Ref + "/rate", kim, "score", "3"},
		"nothing to reopen": {form + "/tickets/" + opened.Ref + "/reopen", kim},
	}
}

func manyTags() string {
	var list []string
	for i := range 99 {
		list = append(list, string(rune('a'+i%26))+string(rune('a'+i/26)))
	}
	return strings.Join(list, ",")
}

var alert = regexp.MustCompile(`(?s)<div class="problem" role="alert"[^>]*>.*?</div>|<p class="problem" role="alert">.*?</p>|<div class="empty">.*?</div>`)

// TestProblemsAreToldInGerman sends forms with something wrong in them and finds no English in the
// answer.
func TestProblemsAreToldInGerman(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened, solved := s.open("Refund", "Please."), s.open("Solved", "Please.")
	_, err := s.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"}).Resolve(t.Context(), solved.ID, "Done.")
	require.NoError(t, err)
	english := regexp.MustCompile(`\b(?:is|are|not|the|than|cannot|contains|ticket's|between|has|was|needs|of|that|with|does|ends|no|such)\b`)
	for name, f := range s.faulty(opened, solved) {
		told := map[string]string{}
		for _, language := range []string{"en", "de"} {
			pairs := append([]string(nil), f[2:]...)
			if f[0] == form+"/new" {
				pairs = append(pairs, "stamp", s.get(f[1], form+"/new").value("stamp"))
			}
			r := s.request(f[1], "GET", f[0], nil)
			if len(pairs) > 0 || strings.HasSuffix(f[0], "/reopen") {
				r = s.request(f[1], "POST", f[0], strings.NewReader(encode(pairs)))
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			}
			r.Header.Set("Accept-Language", language)
			a := s.send(r)
			require.Equal(t, http.StatusUnprocessableEntity, a.status, "%s: %s", name, a.body)
			told[language] = regexp.MustCompile(`<[^>]*>|\s+`).ReplaceAllString(alert.FindString(a.body), " ")
			require.NotEmpty(t, strings.TrimSpace(told[language]), "%s says what is wrong: %s", name, a.body)
		}
		if told["en"] == told["de"] || english.MatchString(told["de"]) || strings.Contains(told["de"], "%!") {
			t.Errorf("%s: %s", name, told["de"])
		}
	}
}

// TestWhatTheCatalogueDoesNotKnowStaysEnglish has an SLA document of the host's own, with a problem
// that no catalogue has.
func TestWhatTheCatalogueDoesNotKnowStaysEnglish(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *helpdesk.Config, _ *webui.FormConfig) { c.SLA = pickyBook{} })
	r := s.request(admin, "POST", set+"sla", strings.NewReader(encode([]string{"book", `{}`, "version", "0"})))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept-Language", "de")
	s.send(r).is(422).has("tides: are too low for 3 ships")
}

// pickyBook is an SLA that refuses every document.
type pickyBook struct{}

func (pickyBook) Policy(context.Context, *helpdesk.Ticket) (*helpdesk.Policy, error) { return nil, nil }
func (pickyBook) Named(string) *helpdesk.Policy                                      { return nil }
func (pickyBook) Read(json.RawMessage) (helpdesk.SLADocument, error) {
	return nil, &helpdesk.FieldError{Field: "tides", Problem: "are too low for 3 ships"}
}

func TestEachErrorHasAPageOfItsOwnInBothLanguages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Refund", "Please.")
	for _, one := range []struct {
		by, method, path string
		status           int
		en, de, way      string
	}{
		{nobody, "GET", prefix + "/", 401, "Please log in", "Bitte anmelden", `href=""`},
		{ana, "GET", set + "agents", 403, "This is not for you", "Das ist nicht für Sie", "Back to the inbox"},
		{kim, "GET", prefix + "/", 403, "This is not for you", "Das ist nicht für Sie", "for agents"},
		{ana, "GET", prefix + "/tickets/none", 404, "Not found", "Nicht gefunden", "Back to the inbox"},
		{ana, "GET", prefix + "/?view=lost", 422, "That did not work", "Das hat nicht geklappt", "Back to the inbox"},
		{kim, "POST", prefix + "/tickets/" + opened.Ref + "/act", 403, "This is not for you", "Das ist nicht für Sie", "Back to the ticket"},
		{nobody, "GET", form + "/tickets/" + opened.Ref, 401, "Please log in", "Bitte anmelden", `href=""`},
		{nobody, "GET", form + "/t/none", 404, "Not found", "Nicht gefunden", "Back"},
	} {
		for _, language := range []string{"en", "de"} {
			r := s.request(one.by, one.method, one.path, nil)
			r.Header.Set("Accept-Language", language)
			a := s.send(r).is(one.status)
			if language == "de" {
				a.has("<h1>"+one.de, `lang="de"`).lacks(one.en)
			} else {
				a.has("<h1>"+one.en, one.way)
			}
		}
	}
}

func TestANewTicketWithAProblemIsShownAgainWithItsText(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	a := s.post(ana, prefix+"/new", "subject", "Kept", "email", "nonsense", "name", "Kim", "description", "All of it.").is(422).has(`href="#f-customer_email"`, "is not a mail address")
	require.Equal(t, []string{"Kept", "nonsense", "Kim", "All of it."}, []string{a.value("subject"), a.value("email"), a.value("name"), a.value("description")})
	s.post(ana, prefix+"/new", "key", a.value("key"), "subject", "Kept", "email", "kim@mail.example").is(303)
}
