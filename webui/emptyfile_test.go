package webui_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
)

// TestAnEmptyFileIsAFile has one come by each form and by mail. A file field that was left alone has
// no file.
func TestAnEmptyFileIsAFile(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	none := map[string]string{"empty.log": ""}
	attached := func(subject string) (names []string) {
		page, err := s.Search(t.Context(), subject, helpdesk.Query{})
		require.NoError(t, err)
		require.Len(t, page.Tickets, 1, subject)
		th, err := s.Thread(t.Context(), page.Tickets[0].ID)
		require.NoError(t, err)
		for _, m := range th.Messages {
			for _, a := range m.Attachments {
				require.Zero(t, a.Size)
				names = append(names, a.Name)
			}
		}
		return names
	}
	s.ask(nobody, none, "name", "Kim", "email", "kim@mail.example", "subject", "Stranger", "text", "Please.").is(303)
	require.Equal(t, []string{"empty.log"}, attached("Stranger"))
	s.upload(ana, prefix+"/new", none, "subject", "Telephone", "email", "kim@mail.example", "description", "x").is(303)
	require.Equal(t, []string{"empty.log"}, attached("Telephone"))
	s.upload(ana, prefix+"/new", map[string]string{"": ""}, "subject", "Nothing", "email", "kim@mail.example", "description", "x").is(303)
	require.Empty(t, attached("Nothing"))
	opened := s.open("Answered", "Please.")
	s.upload(ana, prefix+"/tickets/"+opened.Ref+"/reply", none, "body", "Look.", "key", "k").is(303)
	s.upload(kim, form+"/tickets/"+opened.Ref+"/reply", map[string]string{"mine.log": ""}, "text", "Thanks.", "key", "k").is(303)
	require.Equal(t, []string{"empty.log", "mine.log"}, attached("Answered"))
	in, err := email.Parse(strings.NewReader("From: kim@mail.example\r\nTo: support@acme.example\r\nSubject: Posted\r\nMessage-ID: <1@mail.example>\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nPlease.\r\n--b\r\nContent-Type: text/plain; name=\"empty.log\"\r\n" +
		"Content-Disposition: attachment; filename=\"empty.log\"\r\n\r\n\r\n--b--\r\n"))
	require.NoError(t, err)
	_, err = s.Receive(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, []string{"empty.log"}, attached("Posted"))
}
