package webui

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// tried is a form of a ticket's page that was refused. The page is shown again with the problems
// and the typed text.
type tried struct {
	form
	Action string // empty when there was none
	Value  string // as typed
	Was    string // what the page had shown in the field before, if it said so
}

// Is reports whether it was that form.
func (t *tried) Is(action string) bool { return t.Action == action && t.Problems != nil }

// Keep is what the field of a form holds: what was typed there, else what is so.
func (t *tried) Keep(action string, is any) string {
	if t.Is(action) {
		return t.Value
	}
	return fmt.Sprint(is)
}

// Before are the tags that the form begins with: those of its first page, if it is shown again.
func (t *tried) Before(tags string) string {
	if t.Is("tags") {
		return t.Was
	}
	return tags
}

// fielded are the forms of a ticket's page that have a field, which is called "f-" and the action.
var fielded = map[string]bool{"assign": true, "category": true, "priority": true, "tags": true, "resolve": true, "escalate": true, "decline": true, "merge": true, "split": true, "link": true, "subject": true, "customer": true, "cc": true, "follow": true}

// refused shows a ticket again with the reason of a refusal. Errors that are not the form's have a
// page of their own.
func (v *visit) refused(t *helpdesk.Ticket, action, value string, err error) error {
	status, problems := v.obstacle(err)
	if problems == nil {
		return err
	}
	for i := range problems {
		problems[i].Field = ""
		if fielded[action] {
			problems[i].Field = action
		}
	}
	return v.showTicket(status, t, draft{}, tried{form{Problems: problems}, action, value, v.r.PostForm.Get("was")})
}

// obstacle says why the desk refused, if the viewer can mend it, with the status of the page that
// says so.
func (v *visit) obstacle(err error) (int, []problem) {
	switch {
	case errors.Is(err, helpdesk.ErrConflict) && helpdesk.Fields(err) == nil:
		return http.StatusConflict, []problem{{"", v.T("act.conflict")}}
	case errors.Is(err, helpdesk.ErrConflict):
		return http.StatusConflict, v.wrong(err)
	case errors.Is(err, helpdesk.ErrCapacity):
		return http.StatusUnprocessableEntity, []problem{{"", v.T("error.capacity")}}
	case errors.Is(err, helpdesk.ErrInvalid):
		return http.StatusUnprocessableEntity, v.wrong(err)
	}
	return 0, nil
}

// sentence is problems as one text.
func sentence(problems []problem) string {
	var list []string
	for _, p := range problems {
		list = append(list, p.Text)
	}
	return strings.Join(list, "; ")
}
