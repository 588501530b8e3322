package smtpnotify

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"strconv"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/notify/templates"
)

// Brand is how the mails of a tenant look. The zero Brand is a plain look in English.
type Brand struct {
	Name     string         // who the mails come from, such as "Acme Support"; empty shows the address alone
	Colour   string         // as "#1f5fa8"; empty, or anything else, is a dark blue
	LogoURL  string         // an image, by https; empty shows the Name
	Footer   string         // below each mail, plain text of any number of lines, such as what the law asks for
	Language string         // as "de" or "de-AT"; empty, or one that no template is in, is English
	Zone     *time.Location // in which times are given to a recipient without a known zone; nil is UTC

	// Impersonal has From name the desk alone: "Acme Support". Else a reply names the agent who
	// wrote it as well: "Ana Silva (Acme Support)".
	Impersonal bool

	// Templates overrides the files of Config.Templates, and the built-in ones, by file name. One
	// that does not work is logged, and passed over. Nil overrides none. See [Check].
	Templates fs.FS

	// Texts goes before all template files, by language and kind: see [templates.Key]. One that its
	// Check refuses is logged, and passed over. The HTML of a mail is made of its text. A line of
	// which all placeholders are empty is left out, and so is a paragraph that leads to an address
	// when all of its placeholders are empty.
	Texts map[string]templates.Text
}

const plainColour = "#1f4e79"

// brand returns the Brand of a tenant, with what its admins have saved.
func (n *Notifier) brand(ctx context.Context, tenant helpdesk.TenantID) (Brand, error) {
	b, err := n.cfg.Brand(ctx, tenant)
	if err == nil && n.cfg.Saved != nil {
		var set templates.Set
		if set, err = templates.Saved(ctx, n.cfg.Saved, tenant); err == nil {
			b = b.with(set)
		}
	}
	if err != nil {
		return b, fmt.Errorf("brand: %w", err)
	}
	return b.usable(), nil
}

// with returns b with the mail templates of a set in place of its own. What the set leaves empty
// stays.
func (b Brand) with(set templates.Set) Brand {
	b.Name, b.Colour, b.LogoURL = cmp.Or(set.Name, b.Name), cmp.Or(set.Colour, b.Colour), cmp.Or(set.LogoURL, b.LogoURL)
	b.Footer, b.Language = cmp.Or(set.Footer, b.Footer), cmp.Or(set.Language, b.Language)
	b.Impersonal = b.Impersonal || set.Impersonal
	if zone, err := time.LoadLocation(set.Zone); err == nil && set.Zone != "" {
		b.Zone = zone
	}
	if len(set.Texts) > 0 {
		texts := make(map[string]templates.Text, len(b.Texts)+len(set.Texts))
		maps.Copy(texts, b.Texts)
		maps.Copy(texts, set.Texts)
		b.Texts = texts
	}
	return b
}

// usable returns b with what is not there or of no use filled in.
func (b Brand) usable() Brand {
	b.Name = oneLine(b.Name, 100)
	b.Footer = plainText(b.Footer)
	if b.Colour == "" || (&templates.Set{Colour: b.Colour}).Check() != nil {
		b.Colour = plainColour
	}
	if (&templates.Set{LogoURL: b.LogoURL}).Check() != nil {
		b.LogoURL = ""
	}
	if b.Zone == nil {
		b.Zone = time.UTC
	}
	return b
}

// Contrast returns black or white, whichever can be read on the Colour: by its relative luminance
// (WCAG 2.1, 1.4.3), of which 0.179 is where the contrasts to both are equal. It is for templates.
func (b Brand) Contrast() string {
	v, err := strconv.ParseUint(b.Colour[min(1, len(b.Colour)):], 16, 32)
	if err != nil {
		return "#ffffff"
	}
	if 0.2126*linear(v>>16)+0.7152*linear(v>>8)+0.0722*linear(v) > 0.179 {
		return "#000000"
	}
	return "#ffffff"
}

// linear returns the low byte of v as a part of light (IEC 61966-2-1, sRGB).
func linear(v uint64) float64 {
	c := float64(v&0xff) / 255
	if c <= 0.04045 {
		return c / 12.92
	}
	return math.Pow((c+0.055)/1.055, 2.4)
}
