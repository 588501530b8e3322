package httpapi_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

// get reads an answer that is no JSON.
func (s *server) get(who, path string) (status int, header http.Header, body string) {
	s.t.Helper()
	r, err := http.NewRequest("GET", s.url+path, nil)
	require.NoError(s.t, err)
	r.Header.Set("Test-Actor", who)
	resp, err := http.DefaultClient.Do(r)
	require.NoError(s.t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	require.NoError(s.t, err)
	return resp.StatusCode, resp.Header, string(text)
}

func TestAnEmptyFileIsAFile(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	ticket := s.do(carol, "POST", "/tickets", `{"subject":"Broken","files":[{"name":"empty.txt","content":""}]}`).ok(201).str("ref")
	message := s.do(carol, "GET", "/tickets/"+ticket, "").ok(200).json["messages"].([]any)[0].(map[string]any)
	file := message["attachments"].([]any)[0].(map[string]any)
	require.Equal(t, "empty.txt", file["name"])
	require.EqualValues(t, 0, file["size"])
	status, _, body := s.get(carol, "/tickets/"+ticket+"/attachments/"+file["id"].(string))
	require.Equal(t, 200, status)
	require.Empty(t, body)
	require.Contains(t, s.do(carol, "POST", "/tickets", `{"subject":"Broken","files":[{"name":"a.txt","content":"no base64!"}]}`).ok(422).text, "base64")
}

func TestFilesGoInAndComeOutAsTheyWere(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	content := base64.StdEncoding.EncodeToString([]byte("<script>alert(1)</script>"))
	opened := s.do(carol, "POST", "/tickets", `{"subject":"Broken","files":[{"name":"../ü \"x\".html","type":"text/html","content":"`+content+`"}]}`).ok(201)
	ticket := opened.str("ref")
	s.do(ana, "POST", "/tickets/"+ticket+"/replies", `{"body":"See this","files":[{"name":"a.png","type":"image/png","content":"iVBORw=="}]}`).ok(201)
	messages := s.do(carol, "GET", "/tickets/"+ticket, "").ok(200).json["messages"].([]any)
	ids := make([]string, 2)
	for i := range ids {
		ids[i] = messages[i].(map[string]any)["attachments"].([]any)[0].(map[string]any)["id"].(string)
	}
	status, header, body := s.get(carol, "/tickets/"+ticket+"/attachments/"+ids[0])
	require.Equal(t, 200, status)
	require.Equal(t, "<script>alert(1)</script>", body)
	require.Equal(t, "application/octet-stream", header.Get("Content-Type"), "no page of a stranger's")
	require.Contains(t, header.Get("Content-Disposition"), "attachment")
	require.Contains(t, header.Get("Content-Security-Policy"), "sandbox")
	require.Equal(t, "nosniff", header.Get("X-Content-Type-Options"))
	_, header, body = s.get(carol, "/tickets/"+ticket+"/attachments/"+ids[1])
	require.Equal(t, "image/png", header.Get("Content-Type"))
	require.Equal(t, "\x89PNG", body)

	status, _, _ = s.get(dave, "/tickets/"+ticket+"/attachments/"+ids[0])
	require.Equal(t, 404, status, "another customer's")
	other := s.open(dave, "Mine").str("ref")
	status, _, _ = s.get(dave, "/tickets/"+other+"/attachments/"+ids[0])
	require.Equal(t, 404, status, "of another ticket")
	status, _, _ = s.get(carol, "/tickets/"+ticket+"/attachments/..%2f..%2fetc%2fpasswd")
	require.Equal(t, 404, status)
	many := strings.Repeat(`{"name":"a","content":""},`, 51)
	s.do(carol, "POST", "/tickets", `{"subject":"Broken","files":[`+many[:len(many)-1]+`]}`).ok(422)
}

func TestHeldMailIsListedReleasedAndDismissed(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	for i := range 3 {
		_, err := s.Receive(t.Context(), &helpdesk.Incoming{
			ID: fmt.Sprint(i), MessageID: fmt.Sprintf("%d@x.test", i), Kind: helpdesk.MailAutomatic, Reason: "Precedence: bulk", From: helpdesk.Contact{Email: "carol@customer.test"},
			Subject: fmt.Sprint("Offer ", i), Text: "I do need help.", Files: []helpdesk.File{{Name: "a.txt", Type: "text/plain", Open: func() (io.ReadCloser, error) {
				return io.NopCloser(strings.NewReader("A")), nil
			}}},
		})
		require.NoError(t, err)
		s.Clock.Advance(time.Second)
	}
	s.do(carol, "GET", "/mails", "").ok(403)
	first := s.do(ana, "GET", "/mails?outcome=suppressed,held&limit=2", "").ok(200)
	rest := s.do(ana, "GET", "/mails?outcome=suppressed,held&limit=2&cursor="+first.str("next_cursor"), "").ok(200)
	require.Nil(t, rest.json["next_cursor"])
	all := append(first.json["mails"].([]any), rest.json["mails"].([]any)...)
	require.Len(t, all, 3)
	last := all[0].(map[string]any)
	require.Equal(t, "Offer 2 suppressed Precedence: bulk I do need help.", fmt.Sprint(last["subject"], " ", last["outcome"], " ", last["reason"], " ", last["text"]))
	id := last["id"].(string)
	status, _, body := s.get(ana, "/mails/"+id+"/files/"+last["files"].([]any)[0].(map[string]any)["id"].(string))
	require.Equal(t, "200 A", fmt.Sprint(status, " ", body))
	s.do(carol, "POST", "/mails/"+id+"/release", "").ok(403)
	released := s.do(ana, "POST", "/mails/"+id+"/release", "").ok(200)
	require.Equal(t, "Offer 2", released.str("subject"))
	require.Equal(t, "carol@customer.test", released.str("customer_email"))
	s.do(ana, "POST", "/mails/"+id+"/release", "").ok(409)
	s.do(ana, "POST", "/mails/"+all[1].(map[string]any)["id"].(string)+"/release", `{"onto":"`+released.str("ref")+`"}`).ok(200)
	s.do(ana, "POST", "/mails/"+all[2].(map[string]any)["id"].(string)+"/dismiss", "").ok(204)
	require.Len(t, s.do(ana, "GET", "/mails?ticket="+released.str("ref"), "").ok(200).json["mails"], 2)
	require.Contains(t, s.do(ana, "GET", "/mails?outcome=gone", "").ok(422).text, `"location":"query.outcome"`)
	s.do(ana, "GET", "/mails?cursor=x", "").ok(422)
	s.do(ana, "POST", "/mails/nothing/dismiss", "").ok(404)
}

func TestGivenUpNoticesAreListedAndTriedAgain(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	ticket := s.open(carol, "Refund").str("ref")
	s.Notices.Fail(errors.Join(helpdesk.ErrInvalid, errors.New("550 no such user")))
	s.do(ana, "POST", "/tickets/"+ticket+"/replies", `{"body":"Done."}`).ok(201)
	s.Drain()
	s.do(ana, "GET", "/dead-tasks", "").ok(403)
	tasks := s.do(boss, "GET", "/dead-tasks", "").ok(200).json["tasks"].([]any)
	require.NotEmpty(t, tasks)
	dead := tasks[0].(map[string]any)
	require.Contains(t, dead["error"], "550 no such user")
	s.Notices.Fail(nil)
	again := fmt.Sprintf(`{"kind":%q,"key":%q}`, dead["kind"], dead["key"])
	s.do(ana, "POST", "/dead-tasks/retry", again).ok(403)
	require.EqualValues(t, 0, s.do(boss, "POST", "/dead-tasks/retry-all", `{"contains":"no such text"}`).ok(200).json["retried"])
	s.do(ana, "POST", "/dead-tasks/retry-all", `{}`).ok(403)
	s.do(boss, "POST", "/dead-tasks/retry", again).ok(204)
	s.do(boss, "POST", "/dead-tasks/retry", again).ok(404)
	s.Drain()
	require.NotEmpty(t, s.Notices.All())
	require.Len(t, s.do(boss, "GET", "/dead-tasks", "").ok(200).json["tasks"], len(tasks)-1)
}

func TestAdminsEraseCustomers(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	s.open(carol, "Refund for Carol")
	s.do(ana, "POST", "/customers/erase", `{"email":"carol@customer.test"}`).ok(403)
	s.do(boss, "POST", "/customers/erase", `{"email":""}`).ok(422)
	require.EqualValues(t, 1, s.do(boss, "POST", "/customers/erase", `{"email":"Carol@customer.test"}`).ok(200).json["tickets"])
	require.False(t, bytes.Contains([]byte(s.do(boss, "GET", "/tickets", "").ok(200).text), []byte("arol")))
}
