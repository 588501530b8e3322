// Package templates keeps how the mails of a tenant look and what they say, as its admins edit
// that: a look, and texts with placeholders in place of the built-in ones.
//
//	set, err := templates.Of(desk).Read(ctx)
//	set.Texts[templates.Key("en", helpdesk.NoticeReply)] = templates.Text{Subject: "...", Body: "..."}
//	set, err = templates.Of(desk).Save(ctx, set)
//
// The mails are made by package smtpnotify, which reads the templates where the host has told it
// to: see smtpnotify.Config.Saved.
package templates

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/check"
)

// Set is the mail templates of a tenant: how its mails look and what they say. What is empty is as
// the host has it.
type Set struct {
	Name     string `json:"name,omitempty"`     // who the mails come from, such as "Acme Support"
	Colour   string `json:"colour,omitempty"`   // as "#1f5fa8"
	LogoURL  string `json:"logo_url,omitempty"` // an image, by https
	Footer   string `json:"footer,omitempty"`   // below each mail, plain text of any number of lines
	Language string `json:"language,omitempty"` // as "de" or "de-at"
	Zone     string `json:"zone,omitempty"`     // in which times are given, as "Europe/Berlin"

	// Impersonal has From name the desk alone. Else it names the agent who wrote the reply too.
	Impersonal bool `json:"impersonal,omitempty"`

	// Texts are in place of the built-in ones, by language and kind of notice: "de/reply". See
	// [Key].
	Texts map[string]Text `json:"texts,omitempty"`

	Version int64 `json:"-"` // of the setting it was read from; 0 when none was saved
}

// How much a Set may hold. All of it is read for each mail.
const (
	MaxLanguages = 20        // in which there are Texts
	MaxTexts     = 256 << 10 // bytes of all Texts together
	mostFooter   = 2000      // characters
	mostLogoURL  = 1000      // characters
)

// Key is where the text of a notice in a language stands in the Texts of a Set.
func Key(language string, kind helpdesk.NoticeKind) string { return language + "/" + string(kind) }

// LanguageTag is a language that somebody typed as a Set has it: "pt-br" for " pt_BR". It is not
// checked.
func LanguageTag(s string) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimSpace(s), "_", "-"))
}

var (
	colourForm   = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
	languageForm = regexp.MustCompile(`^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}$`) // what is in use of RFC 5646
)

// clean brings what an admin typed into the form in which it is kept.
func (s *Set) clean() {
	s.Name, s.Colour = strings.TrimSpace(s.Name), strings.TrimSpace(s.Colour)
	s.LogoURL, s.Zone = strings.TrimSpace(s.LogoURL), strings.TrimSpace(s.Zone)
	s.Footer = unixLines(s.Footer)
	s.Language = LanguageTag(s.Language)
	texts := make(map[string]Text, len(s.Texts))
	for key, t := range s.Texts {
		texts[key] = Text{strings.TrimSpace(t.Subject), unixLines(t.Body)}
	}
	s.Texts = texts
}

// unixLines ends lines as a text is kept, without what is empty around them.
func unixLines(s string) string {
	return strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s))
}

// Check refuses a Set that cannot be saved, by *helpdesk.FieldError values such as that of
// "texts[de/reply].body".
func (s *Set) Check() error {
	errs := []error{
		problem("name", check.Line(s.Name, 100, false)),
		problem("logo_url", check.Line(s.LogoURL, mostLogoURL, false)),
		problem("footer", check.Text(s.Footer, helpdesk.MaxText, false)),
		problem("zone", check.Line(s.Zone, 100, false)),
	}
	if utf8.RuneCountInString(s.Footer) > mostFooter {
		errs = append(errs, problem("footer", fmt.Sprintf("is longer than %d characters", mostFooter)))
	}
	if s.Colour != "" && !colourForm.MatchString(s.Colour) {
		errs = append(errs, problem("colour", `is not a colour such as "#1f5fa8"`))
	}
	if s.LogoURL != "" && !secureURL(s.LogoURL) {
		errs = append(errs, problem("logo_url", "is not an address that begins with https://"))
	}
	if s.Language != "" && !languageForm.MatchString(s.Language) {
		errs = append(errs, problem("language", `is not a language such as "de"`))
	}
	if _, err := time.LoadLocation(s.Zone); err != nil || s.Zone == "Local" {
		errs = append(errs, problem("zone", `is not a time zone such as "Europe/Berlin"`))
	}
	return errors.Join(append(errs, s.checkTexts()...)...)
}

func secureURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "https" && u.Hostname() != "" && u.User == nil
}

func (s *Set) checkTexts() (errs []error) {
	languages, size := map[string]bool{}, 0
	for key, t := range s.Texts {
		language, _, _ := strings.Cut(key, "/")
		languages[language] = true
		size += len(t.Subject) + len(t.Body)
	}
	most := MaxLanguages * len(helpdesk.NoticeKinds)
	switch {
	case len(languages) > MaxLanguages:
		return []error{problem("texts", fmt.Sprintf("are in more than %d languages", MaxLanguages))}
	case len(s.Texts) > most:
		return []error{problem("texts", fmt.Sprintf("are more than %d", most))}
	case size > MaxTexts:
		return []error{problem("texts", fmt.Sprintf("are longer than %d bytes together", MaxTexts))}
	}
	for _, key := range slices.Sorted(maps.Keys(s.Texts)) {
		text := s.Texts[key]
		language, kind, _ := strings.Cut(key, "/")
		known := slices.Contains(helpdesk.NoticeKinds, helpdesk.NoticeKind(kind))
		if !known || !languageForm.MatchString(language) {
			errs = append(errs, problem("texts", fmt.Sprintf("%.40q is not a language and a kind of notice", key)))
			continue
		}
		for _, f := range helpdesk.Fields(text.Check(helpdesk.NoticeKind(kind))) {
			errs = append(errs, problem("texts["+key+"]."+f.Field, f.Problem))
		}
	}
	return errs
}

// SameLook reports whether two sets differ at most in their texts and versions.
func (s Set) SameLook(other Set) bool {
	return s.Name == other.Name && s.Colour == other.Colour && s.LogoURL == other.LogoURL &&
		s.Footer == other.Footer && s.Language == other.Language && s.Zone == other.Zone && s.Impersonal == other.Impersonal
}
