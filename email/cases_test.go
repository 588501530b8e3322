package email_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

// readCase is what becomes of a mail of a public bug report.
type readCase struct {
	outcome helpdesk.MailOutcome
	reply   bool     // it answers a reply of ours
	shows   []string // in the text of the ticket or the note
	hides   []string
	files   []string
	from    string
}

var readCases = map[string]readCase{
	"base64-list-footer":            {shows: []string{"The printer is broken"}, hides: []string{"VGhl"}},
	"blank-text-nbsp":               {shows: []string{"Only the HTML says it."}},
	"bounce-by-no-reply-sender":     {outcome: helpdesk.MailNoted, reply: true},
	"calendar-only":                 {shows: []string{"Review of the contract", "2026-12-01 09:00", "UTC", "Room 5", "kim@cust.example", "We want to talk about the price."}, files: []string{"invite.ics"}},
	"charset-ks_c_5601-1987-body":   {shows: []string{"안녕하세요"}},
	"charset-utf8-labelled-2022-jp": {shows: []string{"注文した品物がまだ届きません。"}},
	"cut-header-block-in-text":      {shows: []string{"It says", "Subject: Sale", "Could you fix it", "Thanks, Kim"}},
	"cut-quote-at-end":              {shows: []string{"What does", "error 5 in unit 7", "stopped"}},
	"exchange-inbox-rule-redirect":  {shows: []string{"a question about the bill"}},
	"forward-gmail-text":            {shows: []string{"Please see below.", "joe@third.example", "The pump shows error 77 since Friday."}},
	"forward-outlook-html":          {shows: []string{"Please check.", "joe@third.example", "There is a leak in hall 3."}},
	"from-own-address":              {outcome: helpdesk.MailSuppressed},
	"list-google-group":             {shows: []string{"a new question"}, from: "kim@cust.example"},
	"ooo-subject-en1":               {outcome: helpdesk.MailNoted, reply: true},
	"ooo-subject-hu":                {outcome: helpdesk.MailNoted, reply: true},
	"ooo-subject-zh":                {outcome: helpdesk.MailNoted, reply: true},
	"quote-wrapped-en":              {shows: []string{"It still fails."}, hides: []string{"red lamp", "because of the paper", "works.", "wrote"}},
	"smime-opaque-signed":           {shows: []string{"Please cancel my contract 4711.", "not checked"}, files: []string{"c.pdf"}},
	"suppress-oof-by-person":        {shows: []string{"a new question"}},
	"tnef-rtf-only":                 {shows: []string{"RTF body: the pump leaks ä."}, hides: []string{"<p>", "htmltag"}},
}

// TestMailsOfBugReportsAreReadAndSorted takes each mail in as a desk does.
func TestMailsOfBugReportsAreReadAndSorted(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(filepath.Dir(mailFolder(t)), "cases", "mail")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("HELPDESK_DATA has no folder cases/mail")
	}
	for name, c := range readCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(filepath.Join(folder, name+".eml"))
			require.NoError(t, err)
			takenIn(t, raw, c)
		})
	}
}

// takenIn gives a mail to a desk and looks at what becomes of it.
func takenIn(t *testing.T, raw []byte, c readCase) {
	t.Helper()
	d := helpdesktest.New(t, nil, &helpdesk.Config{Mail: &helpdesk.MailConfig{
		Address: func(helpdesk.TenantID) string { return "support@desk.example" },
		Keys:    [][]byte{bytes.Repeat([]byte("k"), 32)},
	}})
	ctx := t.Context()
	var answered string
	if c.reply {
		m, err := d.Receive(ctx, &helpdesk.Incoming{
			MessageID: "first@cust.example", Kind: helpdesk.MailMessage, From: helpdesk.Contact{Email: "kim@cust.example"}, Subject: "Question", Text: "Hello?",
		})
		require.NoError(t, err)
		answered = string(m.Ticket)
		d.Hire(helpdesk.Agent{Name: "Ana", Email: "ana@desk.example", Capacity: 3})
		_, err = d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@desk.example"}).Reply(ctx, m.Ticket, helpdesk.ReplyParams{Body: "Which one?"})
		require.NoError(t, err)
		d.Drain()
		sent := d.Notices.Of(helpdesk.NoticeReply)
		require.NotEmpty(t, sent)
		for _, placeholder := range []string{"ID-OF-OUR-MAIL", "zz@desk.example"} {
			raw = bytes.ReplaceAll(raw, []byte(placeholder), []byte(sent[0].Mail.MessageID))
		}
	}
	in, err := email.Parse(bytes.NewReader(raw))
	require.NoError(t, err)
	m, err := d.Receive(ctx, in)
	require.NoError(t, err)
	if c.outcome == "" {
		c.outcome = helpdesk.MailOpened
	}
	require.Equal(t, c.outcome, m.Outcome, m.Reason)
	if m.Ticket == "" {
		return
	}
	if c.reply {
		require.Equal(t, answered, string(m.Ticket))
	}
	th, err := d.Thread(ctx, m.Ticket)
	require.NoError(t, err)
	var text strings.Builder
	var files []string
	for _, x := range th.Messages {
		if x.ID == m.Message || x.Kind == helpdesk.SystemNote {
			text.WriteString(x.Body + "\n")
			for _, f := range x.Attachments {
				files = append(files, f.Name)
			}
		}
	}
	for _, s := range c.shows {
		require.Contains(t, text.String(), s)
	}
	for _, s := range c.hides {
		require.NotContains(t, text.String(), s)
	}
	if c.files != nil {
		require.Equal(t, c.files, files)
	}
	if c.from != "" {
		require.Equal(t, c.from, th.Ticket.Customer.Email)
	}
}
