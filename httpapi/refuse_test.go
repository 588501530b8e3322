package httpapi_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/httpapi"
)

// refused returns an answer as one text: status, detail, and each location with its problem.
func refused(a answer) string {
	a.t.Helper()
	require.Equal(a.t, "application/problem+json", a.header.Get("Content-Type"), a.text)
	lines := []string{fmt.Sprintf("%v %v: %v", a.json["status"], a.json["title"], a.json["detail"])}
	errs, _ := a.json["errors"].([]any)
	for _, e := range errs {
		m := e.(map[string]any)
		require.NotContains(a.t, m, "value", "an echo of what was sent")
		lines = append(lines, fmt.Sprintf("%v %v", m["location"], m["message"]))
	}
	return strings.Join(lines, "\n")
}

func TestBadInputIsRefusedByName(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	id := s.open(carol, "Refund").str("id")
	closed := s.open(carol, "Old").str("id")
	s.do(ana, "PATCH", "/tickets/"+closed, `{"status":"closed"}`).ok(200)
	const statuses = "new, assigned, in_progress, waiting_customer, escalated, resolved, closed"

	for _, test := range []struct{ name, who, method, path, body, want string }{
		{"empty subject", ana, "POST", "/tickets", `{"subject":" "}`,
			"422 Unprocessable Entity: open ticket: subject is empty\nbody.subject is empty"},
		{"no subject", ana, "POST", "/tickets", `{"description":"x"}`,
			"422 Unprocessable Entity: validation failed\nbody.subject expected required property subject to be present"},
		{"long subject", ana, "POST", "/tickets", `{"subject":"` + strings.Repeat("é", 256) + `"}`,
			"422 Unprocessable Entity: validation failed\nbody.subject expected length <= 255"},
		{"subject of two lines", ana, "POST", "/tickets", `{"subject":"a\nb"}`,
			"422 Unprocessable Entity: open ticket: subject contains a control character\nbody.subject contains a control character"},
		{"NUL", ana, "POST", "/tickets", `{"subject":"a","description":"b\u0000c"}`,
			"422 Unprocessable Entity: open ticket: description contains a NUL character\nbody.description contains a NUL character"},
		{"invalid UTF-8", ana, "POST", "/tickets", "{\"subject\":\"a\xff\"}",
			"422 Unprocessable Entity: the body is not valid UTF-8\nbody is not valid UTF-8"},
		{"half a surrogate pair", ana, "POST", "/tickets", `{"subject":"a\uD83D b"}`,
			"422 Unprocessable Entity: the body has one half of a surrogate pair without the other\nbody has one half of a surrogate pair without the other"},
		{"several at once", ana, "POST", "/tickets", `{"subject":"","customer_email":"nobody","category":"pizza","tags":[""]}`,
			"422 Unprocessable Entity: open ticket: subject is empty; customer_email is not a mail address; " +
				"category \"pizza\" is not one of billing, technical, account, feature_request, bug_report; tags is empty\n" +
				"body.subject is empty\nbody.customer_email is not a mail address\n" +
				"body.category \"pizza\" is not one of billing, technical, account, feature_request, bug_report\nbody.tags is empty"},
		{"unknown field", ana, "POST", "/tickets", `{"subject":"a","colour":"red"}`,
			"422 Unprocessable Entity: validation failed\nbody.colour unexpected property"},
		{"wrong type", ana, "POST", "/tickets", `{"subject":17}`,
			"422 Unprocessable Entity: validation failed\nbody.subject expected string"},
		{"no JSON", ana, "POST", "/tickets", `subject=a`,
			"400 Bad Request: validation failed\nbody invalid character 's' looking for beginning of value"},
		{"no body", ana, "POST", "/tickets", ``,
			"400 Bad Request: request body is required"},
		{"a body too many", ana, "POST", "/tickets/" + id + "/take", `{"agent":"ben@example.com"}`,
			"422 Unprocessable Entity: the body is not expected here\nbody is not expected here"},
		{"unknown priority", ana, "POST", "/tickets", `{"subject":"a","priority":"sky-high"}`,
			"422 Unprocessable Entity: validation failed\nbody.priority expected value to be one of \"low, medium, high, urgent\""},
		{"customer sets priority", carol, "POST", "/tickets", `{"subject":"a","priority":"urgent"}`,
			"403 Forbidden: open ticket: forbidden: a customer cannot choose category, priority or tags"},
		{"customer opens for another", carol, "POST", "/tickets", `{"subject":"a","customer_email":"dave@customer.test"}`,
			"403 Forbidden: open ticket: forbidden; customer_email is not the customer's own\nbody.customer_email is not the customer's own"},
		{"unknown status", ana, "PATCH", "/tickets/" + id, `{"status":"asleep"}`,
			"422 Unprocessable Entity: validation failed\nbody.status expected value to be one of \"" + statuses + "\""},
		{"status with a route", ana, "PATCH", "/tickets/" + id, `{"status":"resolved"}`,
			"422 Unprocessable Entity: edit ticket " + id + ": status resolved needs a note: use resolve\nbody.status resolved needs a note: use resolve"},
		{"a good and a bad change", ana, "PATCH", "/tickets/" + id, `{"subject":"Another","assigned_to":"eve@evil.test"}`,
			"422 Unprocessable Entity: edit ticket " + id + ": agent \"eve@evil.test\" is not an agent of this tenant\nbody.assigned_to \"eve@evil.test\" is not an agent of this tenant"},
		{"no subject", ana, "PATCH", "/tickets/" + id, `{"subject":null}`,
			"422 Unprocessable Entity: subject cannot be taken away\nbody.subject cannot be taken away"},
		{"forbidden move", ana, "PATCH", "/tickets/" + closed, `{"status":"in_progress"}`,
			"409 Conflict: status cannot go from closed to in_progress"},
		{"rating of an open ticket", carol, "POST", "/tickets/" + id + "/rating", `{"score":5}`,
			"422 Unprocessable Entity: rate ticket " + id + ": invalid: it is not resolved yet"},
		{"rating of 6", carol, "POST", "/tickets/" + id + "/rating", `{"score":6}`,
			"422 Unprocessable Entity: validation failed\nbody.score expected number <= 5"},
		{"resolve by a stranger", boss, "PATCH", "/tickets/" + id + "/resolve", `{"agent_email":"eve@evil.test","resolution_note":"x"}`,
			"422 Unprocessable Entity: agent_email is not an agent of this tenant\nbody.agent_email is not an agent of this tenant"},
		{"resolve for another", ana, "PATCH", "/tickets/" + id + "/resolve", `{"agent_email":"ben@example.com","resolution_note":"x"}`,
			"403 Forbidden: forbidden; agent_email is not yourself\nbody.agent_email is not yourself"},
		{"resolve without a note", ana, "PATCH", "/tickets/" + id + "/resolve", `{"resolution_note":""}`,
			"422 Unprocessable Entity: resolve ticket " + id + ": resolution_note is empty\nbody.resolution_note is empty"},
		{"reassign to a stranger", ana, "POST", "/tickets/" + id + "/reassign", `{"agent":"eve@evil.test"}`,
			"422 Unprocessable Entity: reassign ticket " + id + ": agent \"eve@evil.test\" is not an agent of this tenant\nbody.agent \"eve@evil.test\" is not an agent of this tenant"},
		{"merge into nothing", ana, "POST", "/tickets/" + id + "/merge", `{"into":"0000-0000"}`,
			"422 Unprocessable Entity: into is not a ticket of this tenant\nbody.into is not a ticket of this tenant"},
		{"merge into itself", ana, "POST", "/tickets/" + id + "/merge", `{"into":"` + id + `"}`,
			"422 Unprocessable Entity: merge ticket " + id + ": into is the ticket itself\nbody.into is the ticket itself"},

		{"unknown filter value", ana, "GET", "/tickets?status=asleep&priority=sky-high", "",
			"422 Unprocessable Entity: status \"asleep\" is not one of " + statuses + "; priority \"sky-high\" is not one of low, medium, high, urgent\n" +
				"query.status \"asleep\" is not one of " + statuses + "\nquery.priority \"sky-high\" is not one of low, medium, high, urgent"},
		{"injected sort", ana, "GET", "/tickets?sort=id;drop%20table%20x", "",
			"422 Unprocessable Entity: sort has a semicolon that is not percent-encoded\nquery.sort has a semicolon that is not percent-encoded"},
		{"injected sort, encoded", ana, "GET", "/tickets?sort=id%3Bdrop%20table%20x", "",
			"422 Unprocessable Entity: sort is not one of newest, oldest, urgency, due\nquery.sort is not one of newest, oldest, urgency, due"},
		{"unknown query parameter", ana, "GET", "/tickets?colour=red", "",
			"422 Unprocessable Entity: validation failed\nquery.colour unknown query parameter"},
		{"parameter without a value", ana, "GET", "/tickets?unassigned&sort=oldest", "",
			"422 Unprocessable Entity: unassigned has no value\nquery.unassigned has no value"},
		{"parameter twice", ana, "GET", "/tickets?limit=1&limit=2", "",
			"422 Unprocessable Entity: limit is given more than once\nquery.limit is given more than once"},
		{"limit of 0", ana, "GET", "/tickets?limit=0", "",
			"422 Unprocessable Entity: validation failed\nquery.limit expected number >= 1"},
		{"limit that is none", ana, "GET", "/tickets?limit=many", "",
			"422 Unprocessable Entity: validation failed\nquery.limit invalid integer"},
		{"cursor that is none", ana, "GET", "/tickets?cursor=x", "",
			"422 Unprocessable Entity: list tickets: cursor cannot be read\nquery.cursor cannot be read"},
		{"NUL in a filter", ana, "GET", "/tickets?customer_email=a%00b", "",
			"422 Unprocessable Entity: list tickets: customer contains a NUL character\nquery.customer_email contains a NUL character"},
		{"invalid UTF-8 in a search", ana, "GET", "/tickets?q=%ff", "",
			"422 Unprocessable Entity: search: q is not valid UTF-8\nquery.q is not valid UTF-8"},
		{"days", ana, "GET", "/reports/overview?days=3651", "",
			"422 Unprocessable Entity: validation failed\nquery.days expected number <= 3650"},
		{"report for a customer", carol, "GET", "/reports/overview", "",
			"403 Forbidden: overview: forbidden: for agents only"},
		{"work of a customer", carol, "POST", "/tickets/" + id + "/take", "",
			"403 Forbidden: take ticket " + id + ": forbidden: for agents only"},
		{"agent of nowhere", "agent:eve@evil.test", "GET", "/tickets", "",
			"403 Forbidden: list tickets: forbidden: \"eve@evil.test\" is not an agent of this tenant"},
		{"unknown role", "emperor:eve@evil.test", "GET", "/tickets", "",
			"403 Forbidden: list tickets: forbidden: unknown role \"emperor\""},
		{"another customer's ticket", dave, "GET", "/tickets/" + id, "",
			"404 Not Found: read thread of ticket " + id + ": not found"},
		{"reply to another customer's ticket", dave, "POST", "/tickets/" + id + "/replies", `{"body":"x"}`,
			"404 Not Found: reply to ticket " + id + ": not found"},
		{"no id", ana, "GET", "/tickets/%ff%00", "",
			"404 Not Found: read ticket \"\\xff\\x00\": not found"},
		{"nobody", "", "GET", "/tickets", "",
			"401 Unauthorized: the request does not say who is asking"},
		{"the host itself", ":root", "GET", "/tickets", "",
			"401 Unauthorized: the request does not say who is asking"},
		{"no route", ana, "GET", "/nothing", "",
			"404 Not Found: there is no such route"},
		{"path to clean", ana, "GET", "/agents/../tickets", "",
			"404 Not Found: there is no such route"},
		{"path with two slashes", ana, "GET", "//tickets", "",
			"404 Not Found: there is no such route"},
		{"no method", ana, "PUT", "/tickets", "{}",
			"405 Method Not Allowed: this route has GET, HEAD, POST, OPTIONS"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := s.do(test.who, test.method, test.path, test.body)
			got.t = t
			require.Equal(t, test.want, refused(got))
			require.NotContains(t, s.log.String(), "level=ERROR")
		})
	}
	require.Len(t, s.do(ana, "GET", "/tickets", "").json["tickets"], 2, "nothing was added")
}

func TestTicketOfAnotherTenantIsNotFound(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, func(c *httpapi.Config) {
		c.Tenant = func(r *http.Request) (helpdesk.TenantID, error) {
			return helpdesk.TenantID(r.Header.Get("Test-Tenant")), nil
		}
	})
	opened := s.open(carol, "Refund")
	for _, path := range []string{"/tickets/" + opened.str("id"), "/tickets/" + opened.str("ref")} {
		for _, who := range []string{boss, carol} {
			s.do(who, "GET", path, "", "Test-Tenant", "acme").ok(404)
			s.do(who, "POST", path+"/replies", `{"body":"x"}`, "Test-Tenant", "acme").ok(404)
		}
	}
	require.Equal(t, []any{}, s.do(boss, "GET", "/tickets", "", "Test-Tenant", "acme").ok(200).json["tickets"])
	other := s.do(boss, "POST", "/tickets", `{"subject":"Ours"}`, "Test-Tenant", "acme").ok(201).str("id")
	s.do(boss, "POST", "/tickets/"+other+"/merge", `{"into":"`+opened.str("id")+`"}`, "Test-Tenant", "acme").ok(422)
}

func TestStaleVersionIsRefused(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	opened := s.open(carol, "Refund")
	path := "/tickets/" + opened.str("id")
	tag := s.do(ana, "GET", path, "").ok(200).header.Get("ETag")
	taken := s.do(ana, "POST", path+"/take", "", "If-Match", tag).ok(200)

	stale := s.do(ana, "PATCH", path, `{"priority":"low"}`, "If-Match", tag)
	require.Equal(t, "412 Precondition Failed: it has changed: If-Match is not its version any more", refused(stale))
	s.do(ana, "PATCH", path, `{"priority":"low"}`, "If-Match", taken.header.Get("ETag")).ok(200)
	s.do(ana, "PATCH", path, `{"priority":"high"}`, "If-Match", "*").ok(200)
	odd := s.do(ana, "PATCH", path, `{"priority":"low"}`, "If-Match", `"abc"`)
	require.Equal(t, "422 Unprocessable Entity: If-Match is not one version, such as \"3\"\nheader.If-Match is not one version, such as \"3\"", refused(odd))
}

// endless is a body of any length that counts how much of it is read.
type endless struct{ left, read int }

func (e *endless) Read(p []byte) (int, error) {
	n := min(len(p), e.left)
	if n == 0 {
		return 0, io.EOF
	}
	for i := range p[:n] {
		p[i] = 'x'
	}
	e.left, e.read = e.left-n, e.read+n
	return n, nil
}

func TestLargeBodyIsNotRead(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	h := handler(t, s, nil)
	for _, length := range []int64{50 << 20, -1} { // said in advance, or not
		body := &endless{left: 50 << 20}
		r := httptest.NewRequest("POST", "/tickets", body)
		r.ContentLength = length
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Test-Actor", ana)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		require.Equal(t, "413 Request Entity Too Large: the body is larger than 1048576 bytes", refused(read(t, w.Result())))
		if length > 0 {
			require.Zero(t, body.read)
		}
		require.LessOrEqual(t, body.read, 1<<20+4096)
	}
}

func TestLargeBodyOverHTTPIsAnswered(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, func(c *httpapi.Config) { c.MaxBody = 64 })
	r, err := http.NewRequest("POST", s.url+"/tickets", &endless{left: 50 << 20})
	require.NoError(t, err)
	r.ContentLength = 50 << 20
	r.Header = http.Header{"Content-Type": {"application/json"}, "Test-Actor": {ana}, "Expect": {"100-continue"}}
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	require.Equal(t, "413 Request Entity Too Large: the body is larger than 64 bytes", refused(read(t, resp)))

	exactly := `{"subject":"` + strings.Repeat("x", 64-14) + `"}`
	s.do(ana, "POST", "/tickets", exactly).ok(201)
	s.do(ana, "POST", "/tickets", exactly+" ").ok(413)
}

func TestOnlyJSONIsTaken(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1", "json", ""} {
		a := s.do(ana, "POST", "/tickets", `{"subject":"a"}`, "Content-Type", kind)
		require.Equal(t, "415 Unsupported Media Type: the body has to be application/json, in UTF-8 and not encoded otherwise", refused(a), kind)
		require.Equal(t, "application/json", a.header.Get("Accept"))
	}
	s.do(ana, "POST", "/tickets", `{"subject":"a"}`, "Content-Encoding", "gzip").ok(415)
	for _, kind := range []string{"application/json; charset=UTF-8", "application/vnd.acme+json"} {
		s.do(ana, "POST", "/tickets", `{"subject":"a"}`, "Content-Type", kind).ok(201)
	}
}

func TestAnotherOriginCannotWrite(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, func(c *httpapi.Config) {
		c.CrossOrigin = http.NewCrossOriginProtection()
		require.NoError(t, c.CrossOrigin.AddTrustedOrigin("https://app.example.com"))
	})
	id := s.open(carol, "Refund").str("id")
	evil := []string{"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.test"}
	s.do(ana, "POST", "/tickets/"+id+"/take", "", evil...).ok(403)
	s.do(ana, "GET", "/tickets/"+id, "", evil...).ok(200)
	s.do(ana, "POST", "/tickets/"+id+"/take", "", "Sec-Fetch-Site", "cross-site", "Origin", "https://app.example.com").ok(200)
}

func TestNewNeedsWhoIsAsking(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	for _, cfg := range []*httpapi.Config{nil, {}} {
		_, err := httpapi.New(s.Desk.Desk, cfg)
		require.EqualError(t, err, "httpapi: new: Actor is nil: say who is asking")
	}
	_, err := httpapi.New(nil, &httpapi.Config{Actor: actor})
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
	_, err = httpapi.New(s.Desk.Desk, &httpapi.Config{Actor: actor, MaxBody: -1})
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
}

func TestEscapedSurrogatesComeInPairs(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	for escaped, want := range map[string]string{
		`\ud83d\ude00`:   "😀",
		`\uD83D\uDE00 x`: "😀 x",
		`\\ud83d`:        `\ud83d`,
		`\n\\\u00e9`:     "\n\\é",
	} {
		a := s.do(ana, "POST", "/tickets", `{"subject":"a","description":"`+escaped+`"}`).ok(201)
		require.Equal(t, want, a.str("description"))
	}
	for _, half := range []string{`\ude00`, `\ud83d`, `\ud83dx\ude00`, `\ud83d\ud83d\ude00`, `\\\uD83D`} {
		s.do(ana, "POST", "/tickets", `{"subject":"a","description":"`+half+`"}`).ok(422)
	}
}
