package helpdesk

import (
	"context"
	"encoding/json"
	"fmt"
)

// document is a setting that admins replace as a whole, in JSON. Until a tenant has saved one, that
// of Config holds.
type document struct {
	kind SettingKind
	key  string
	name string                      // for errors
	base any                         // that of Config
	read func(json.RawMessage) error // says what is wrong with a value; nil when none can be saved
}

// saveDocument adds a version of a document. A nil value goes back to that of Config.
func (d *Desk) saveDocument(ctx context.Context, doc document, value json.RawMessage) (Setting, error) {
	op := "save " + doc.name
	by, err := d.admin(ctx)
	if err != nil {
		return Setting{}, d.fail(op, "", err)
	}
	s := Setting{Kind: doc.kind, Key: doc.key, Value: json.RawMessage("null"), Deleted: value == nil}
	switch {
	case doc.read == nil:
		err = fmt.Errorf("%w: the %s in Config cannot be saved", ErrInvalid, doc.name)
	case value != nil:
		s.Value = value
		err = doc.read(value)
	}
	if err == nil {
		s, err = d.putSetting(ctx, by, s)
	}
	return s, d.fail(op, "", err)
}

// readDocument returns the document in force. That of Config has version 0, and a Value when it can
// be written as JSON.
func (d *Desk) readDocument(ctx context.Context, doc document) (Setting, error) {
	op := "read " + doc.name
	s := Setting{Kind: doc.kind, Key: doc.key}
	if _, err := d.worker(ctx); err != nil {
		return s, d.fail(op, "", err)
	}
	latest, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: doc.kind, Key: doc.key, Limit: 1})
	switch m, writes := doc.base.(json.Marshaler); {
	case err != nil:
	case len(latest) > 0 && !latest[0].Deleted:
		s = latest[0]
	case writes:
		s.Value, err = m.MarshalJSON()
	}
	return s, d.fail(op, "", err)
}
