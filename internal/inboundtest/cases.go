package inboundtest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Case is a real post of a provider and what it holds.
type Case struct {
	Name     string
	Provider string
	Fields   map[string]string
	Expected Expected
	Key      string `json:"-"` // it is signed with
}

// Expected is what a post holds.
type Expected struct {
	From       string   `json:"from"`
	FromName   string   `json:"from_name"`
	To         []string `json:"to"`
	Cc         []string `json:"cc"`
	EnvelopeTo []string `json:"envelope_to"`
	Subject    string   `json:"subject"`
	Text       string   `json:"text"`
	HTML       string   `json:"html"`
	MessageID  string   `json:"message_id"`
}

// Cases reads the real posts of a provider, which are not part of this repository, from the folder
// HELPDESK_DATA.
func Cases(t *testing.T, provider string) []Case {
	t.Helper()
	folder := os.Getenv("HELPDESK_DATA")
	if folder == "" {
		t.Skip("HELPDESK_DATA does not name the folder of real posts")
	}
	text, err := os.ReadFile(filepath.Join(folder, "mail", "webhooks", "webhooks.json"))
	if os.IsNotExist(err) {
		t.Skip("HELPDESK_DATA has no mail/webhooks/webhooks.json")
	}
	var all struct {
		Key   string `json:"signing_key"`
		Cases []Case
	}
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil {
		t.Fatal(err)
	}
	cases := slices.DeleteFunc(all.Cases, func(c Case) bool { return c.Provider != provider })
	if len(cases) == 0 {
		t.Fatalf("no posts of %s", provider)
	}
	for i := range cases {
		cases[i].Key = all.Key
	}
	return cases
}

// Parts returns the fields as parts of a form.
func (c Case) Parts() (parts []Part) {
	for field, value := range c.Fields {
		parts = append(parts, Part{Field: field, Content: value})
	}
	return parts
}

// Check compares a mail with what was expected.
func (c Case) Check(t *testing.T, m Mail) {
	t.Helper()
	want := c.Expected
	equal(t, want.From, m.From.Email)
	equal(t, want.FromName, m.From.Name)
	equal(t, want.Subject, m.Subject)
	equal(t, want.Text, m.Full)
	equal(t, want.HTML, m.HTML)
	equal(t, want.MessageID, m.MessageID)
	to := slices.Compact(slices.Sorted(slices.Values(slices.Concat(want.To, want.Cc, want.EnvelopeTo))))
	equal(t, to, slices.Sorted(slices.Values(m.Recipients)))
	equal(t, "", m.Problem)
}
