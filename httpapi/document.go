package httpapi

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Document is one version of the SLA or of the priority rules that admins of a tenant have saved.
type Document struct {
	Version int64      `json:"version" doc:"0 for that of the host's configuration"`
	Removed bool       `json:"removed,omitempty" doc:"From this version on that of the host's configuration holds"`
	Value   any        `json:"value" doc:"Null when it is not one that can be written"`
	SavedBy *string    `json:"saved_by"`
	SavedAt *time.Time `json:"saved_at"`
}

func documentOf(s helpdesk.Setting) Document {
	w := Document{Version: s.Version, Removed: s.Deleted, SavedAt: when(s.At)}
	if len(s.Value) > 0 {
		w.Value = json.RawMessage(s.Value)
	}
	if !s.At.IsZero() {
		w.SavedBy = maybe(s.By.String())
	}
	return w
}

type documentOutput struct {
	ETag string `header:"ETag"`
	Body Document
}

func output(s helpdesk.Setting, err error) (*documentOutput, error) {
	if err != nil {
		return nil, err
	}
	return &documentOutput{versionTag(s.Version), documentOf(s)}, nil
}

func versionTag(version int64) string { return strconv.Quote(strconv.FormatInt(version, 10)) }

type documentInput struct {
	IfMatch string `header:"If-Match" doc:"The ETag of the latest version: the command is refused with 412 if there is another since" example:"\"3\""`
	Body    any    `doc:"See docs/sla.md for an SLA, docs/triage.md for priority rules"`
}

// value returns the body as it is saved. A body of null would go back to the host's configuration:
// DELETE does that.
func (in *documentInput) value() (json.RawMessage, error) {
	if in.Body == nil {
		return nil, refuse("body", "is null: send a document, or DELETE")
	}
	return json.Marshal(in.Body)
}

type removeInput struct {
	IfMatch string `header:"If-Match" doc:"The ETag of the latest version: the command is refused with 412 if there is another since" example:"\"3\""`
}
