package store

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/helpdesk-go/helpdesk"
)

// Cursor is the place of a ticket in an order of a Query. A Store may write it into Page.Next.
type Cursor struct {
	Order    helpdesk.Order    `json:"o,omitempty"`
	Priority helpdesk.Priority `json:"p,omitempty"` // zero in the orders Newest and Oldest
	Due      time.Time         `json:"d,omitzero"`  // Ticket.Due in the order Urgency, Ticket.FirstDue in ByDue; else zero
	Created  time.Time         `json:"c"`
	ID       helpdesk.TicketID `json:"i"`
}

// CursorAt returns the place of t in an order.
func CursorAt(o helpdesk.Order, t *helpdesk.Ticket) Cursor {
	c := Cursor{Order: o, Created: t.CreatedAt, ID: t.ID}
	switch o {
	case helpdesk.Urgency:
		c.Priority, c.Due = t.Priority, t.Due()
	case helpdesk.ByDue:
		c.Priority, c.Due = t.Priority, t.FirstDue()
	}
	return c
}

// String returns the cursor in the opaque form of Page.Next.
func (c Cursor) String() string { return encode(c) }

// ParseCursor reads a text that Cursor.String wrote. It returns a *helpdesk.FieldError when the
// text cannot be read, or is of another order.
func ParseCursor(s string, o helpdesk.Order) (Cursor, error) {
	var c Cursor
	if !decode(s, &c) || !isID(string(c.ID)) {
		return Cursor{}, errCursor
	}
	if c.Order != o {
		return Cursor{}, &helpdesk.FieldError{Field: "cursor", Problem: "belongs to another order"}
	}
	c.Created, c.Due = Instant(c.Created), Instant(c.Due)
	return c, nil
}

// Compare returns a negative number when c comes before other, of the same order, and a positive
// number when it comes after. Only the places of one ticket are equal.
func (c Cursor) Compare(other Cursor) int {
	switch c.Order {
	case helpdesk.Urgency:
		return cmp.Or(
			cmp.Compare(other.Priority, c.Priority),
			compareDue(c.Due, other.Due),
			c.Created.Compare(other.Created),
			cmp.Compare(c.ID, other.ID))
	case helpdesk.ByDue:
		return cmp.Or(
			compareDue(c.Due, other.Due),
			cmp.Compare(other.Priority, c.Priority),
			c.Created.Compare(other.Created),
			cmp.Compare(c.ID, other.ID))
	case helpdesk.Oldest:
		return cmp.Or(c.Created.Compare(other.Created), cmp.Compare(c.ID, other.ID))
	}
	return cmp.Or(other.Created.Compare(c.Created), cmp.Compare(other.ID, c.ID))
}

// compareDue puts the zero time, which is no deadline, last.
func compareDue(a, b time.Time) int {
	switch {
	case a.IsZero() && b.IsZero():
		return 0
	case a.IsZero():
		return 1
	case b.IsZero():
		return -1
	}
	return a.Compare(b)
}

// MailCursor is the place of a record of a mail among others, latest first. A Store may write it
// into MailPage.Next.
type MailCursor struct {
	At time.Time `json:"t"`
	ID string    `json:"i"`
}

// MailCursorAt returns the place of m.
func MailCursorAt(m *helpdesk.Mail) MailCursor { return MailCursor{At: m.At, ID: m.ID} }

// String returns the cursor in the opaque form of MailPage.Next.
func (c MailCursor) String() string { return encode(c) }

// ParseMailCursor reads a text that MailCursor.String wrote. It returns a *helpdesk.FieldError when
// the text cannot be read.
func ParseMailCursor(s string) (MailCursor, error) {
	var c MailCursor
	if !decode(s, &c) || !isID(c.ID) {
		return MailCursor{}, errCursor
	}
	c.At = Instant(c.At)
	return c, nil
}

// Compare returns a negative number when c comes before other, and a positive number when it comes
// after.
func (c MailCursor) Compare(other MailCursor) int {
	return cmp.Or(other.At.Compare(c.At), cmp.Compare(other.ID, c.ID))
}

// NoticeCursor is the place of a notice among those of an agent, latest first. A Store may write it
// into NoticePage.Next.
type NoticeCursor struct {
	At time.Time `json:"t"`
	ID string    `json:"i"`
}

// NoticeCursorAt returns the place of n.
func NoticeCursorAt(n *helpdesk.AgentNotice) NoticeCursor { return NoticeCursor{At: n.At, ID: n.ID} }

// String returns the cursor in the opaque form of NoticePage.Next.
func (c NoticeCursor) String() string { return encode(c) }

// ParseNoticeCursor reads a text that NoticeCursor.String wrote. It returns a *helpdesk.FieldError
// when the text cannot be read.
func ParseNoticeCursor(s string) (NoticeCursor, error) {
	var c NoticeCursor
	if !decode(s, &c) || c.At.IsZero() || strings.ContainsRune(c.ID, 0) {
		return NoticeCursor{}, errCursor
	}
	c.At = Instant(c.At)
	return c, nil
}

// Compare returns a negative number when c comes before other, and a positive number when it comes
// after.
func (c NoticeCursor) Compare(other NoticeCursor) int {
	return cmp.Or(other.At.Compare(c.At), cmp.Compare(other.ID, c.ID))
}

var errCursor = &helpdesk.FieldError{Field: "cursor", Problem: "cannot be read"}

func encode(cursor any) string {
	text, err := json.Marshal(cursor)
	if err != nil {
		panic("store: cursor: " + err.Error()) // plain fields: cannot happen
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

func decode(s string, cursor any) bool {
	text, err := base64.RawURLEncoding.DecodeString(s)
	return err == nil && json.Unmarshal(text, cursor) == nil
}

// isID reports whether s is a UUID in its usual form of 36 characters.
func isID(s string) bool {
	_, err := uuid.Parse(s)
	return err == nil && len(s) == 36
}
