package smtpnotify

import (
	"io/fs"
	"math"
	"net/url"
	"regexp"
	"strconv"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Brand is how the mails of a tenant look. The zero Brand is a plain look in English.
type Brand struct {
	Name     string         // who the mails come from, such as "Acme Support"; empty shows the address alone
	Colour   string         // as "#1f5fa8"; empty, or anything else, is a dark blue
	LogoURL  string         // an image, by https; empty shows the Name
	Footer   string         // below each mail, plain text of any number of lines, such as what the law asks for
	Language string         // as "de" or "de-AT"; empty, or one that no template is in, is English
	Zone     *time.Location // in which times are given; nil is UTC

	// Templates overrides those of Config.Templates, and the built-in ones, by file name. One that does not work is
	// logged, and passed over. Nil overrides none. See [Check].
	Templates fs.FS
}

const plainColour = "#1f4e79"

var colour = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// brand returns that of a tenant, with what is not there or not usable filled in.
func (n *Notifier) brand(tenant helpdesk.TenantID) Brand {
	b := n.cfg.Brand(tenant)
	b.Name = oneLine(b.Name, 100)
	b.Footer = plainText(b.Footer)
	if !colour.MatchString(b.Colour) {
		b.Colour = plainColour
	}
	if u, err := url.Parse(b.LogoURL); err != nil || u.Scheme != "https" || u.Host == "" {
		b.LogoURL = ""
	}
	if b.Zone == nil {
		b.Zone = time.UTC
	}
	return b
}

// Contrast returns black or white, whichever can be read on the Colour: by its relative luminance (WCAG 2.1, 1.4.3), of
// which 0.179 is where the contrasts to both are equal. It is for templates.
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
