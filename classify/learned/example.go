package learned

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
)

// Example is a ticket with the decisions of people about it.
type Example struct {
	ID       string // only for the order and for error messages; may be empty
	Subject  string
	Text     string            // as the customer opened it
	Category helpdesk.Category // empty: not used to learn the category
	Priority helpdesk.Priority // 0: not used to learn the priority
	// Tags are the tags; nil means not used to learn tags, an empty list means known to have none.
	Tags []string
	At   time.Time // when it was opened; only [Replace] uses it
}

// Config sets up the training. Its zero value works, and so does a nil Config.
type Config struct {
	Name string // beginning of Version; empty means "learned"
	Seed uint64 // of the division for validation and of the order of learning

	// Confidence is the least confidence of an answer, for a category or a priority, above 0 and at
	// most 1. 0 lets training choose it: the least value from 0.40 up at which answers on held-out
	// texts were right as often as their confidence says.
	Confidence float64

	// Novelty is the proportion of texts like the training texts that may be rejected as too unlike
	// them, below 1. 0 means 0.005; with a negative value nothing is rejected.
	Novelty float64

	// Bytes is the approximate limit of the size of the written Model; rare terms are left out to
	// keep it. 0 means 4 MiB, the least is 64 KiB.
	Bytes int

	// TenantBytes is the most memory of the Models in a [TenantModels], in bytes. The Model used
	// last stays, however large. 0 means 512 MiB.
	TenantBytes int64
}

// withDefaults returns a checked copy of c.
func (c *Config) withDefaults() (Config, error) {
	var d Config
	if c != nil {
		d = *c
	}
	if d.Name == "" {
		d.Name = "learned"
	}
	if d.Novelty == 0 {
		d.Novelty = 0.005
	}
	if d.Bytes == 0 {
		d.Bytes = 4 << 20
	}
	if d.TenantBytes == 0 {
		d.TenantBytes = 512 << 20
	}
	switch {
	case !validName(d.Name):
		return d, &helpdesk.FieldError{Field: "name", Problem: "is not a line of at most 100 bytes"}
	case !(d.Confidence >= 0 && d.Confidence <= 1): // also NaN
		return d, &helpdesk.FieldError{Field: "confidence", Problem: "is not between 0 and 1"}
	case !(d.Novelty < 1):
		return d, &helpdesk.FieldError{Field: "novelty", Problem: "is not below 1"}
	case d.TenantBytes < 0:
		return d, &helpdesk.FieldError{Field: "tenant bytes", Problem: "is negative"}
	case d.Bytes < 64<<10 || d.Bytes > maxFile/2:
		return d, &helpdesk.FieldError{Field: "bytes", Problem: fmt.Sprintf("is not between %d and %d", 64<<10, maxFile/2)}
	}
	return d, nil
}

// validName reports whether s can be a label or the name of a Model.
func validName(s string) bool {
	return s != "" && len(s) <= 100 && utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

// example is a checked Example with a digest of its text.
type example struct {
	Example
	text [sha256.Size]byte // of subject and text
}

// checked copies examples, checks their labels and sorts them, so that their given order does not
// matter: examples that compare equal are equal.
func checked(examples []Example) ([]example, error) {
	if len(examples) == 0 {
		return nil, &helpdesk.FieldError{Field: "examples", Problem: "are none"}
	}
	list := make([]example, len(examples))
	for i, e := range examples {
		if e.Category != "" && !validName(string(e.Category)) {
			return nil, badExample(i, e, "category", "is not a line of at most 100 bytes")
		}
		if e.Priority != 0 && !slices.Contains(helpdesk.Priorities, e.Priority) {
			return nil, badExample(i, e, "priority", "is unknown")
		}
		if e.Tags != nil {
			tags := make([]string, 0, len(e.Tags))
			for _, tag := range e.Tags {
				tag = strings.ToLower(strings.TrimSpace(tag))
				if !validName(tag) || utf8.RuneCountInString(tag) > 40 {
					return nil, badExample(i, e, "tags", "hold one that is not a line of at most 40 characters")
				}
				tags = append(tags, tag)
			}
			slices.Sort(tags)
			e.Tags = slices.Compact(tags)
		}
		list[i] = example{e, digest(e.Subject, e.Text)}
	}
	slices.SortFunc(list, func(a, b example) int {
		return cmp.Or(slices.Compare(a.text[:], b.text[:]), cmp.Compare(a.ID, b.ID), a.At.Compare(b.At),
			cmp.Compare(a.Category, b.Category), cmp.Compare(a.Priority, b.Priority),
			cmp.Compare(len(a.Tags), len(b.Tags)), slices.Compare(a.Tags, b.Tags),
			// Unknown tags come before tags known to be none.
			-cmp.Compare(truth(a.Tags == nil), truth(b.Tags == nil)))
	})
	return list, nil
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func badExample(i int, e Example, field, problem string) error {
	return fmt.Errorf("example %d (id %q): %w", i, e.ID, &helpdesk.FieldError{Field: field, Problem: problem})
}

// digest identifies a text. The length keeps subject and text apart.
func digest(subject, text string) (sum [sha256.Size]byte) {
	h := sha256.New()
	h.Write(binary.LittleEndian.AppendUint64(nil, uint64(len(subject))))
	h.Write([]byte(subject))
	h.Write([]byte(text))
	h.Sum(sum[:0])
	return sum
}
