package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Wording is how the mails of a tenant look and what they say. What is empty is as the host has it. It changes mails where the host has
// told its Notifier to read it: see package smtpnotify.
type Wording struct {
	Name     string `json:"name,omitempty"`     // who the mails come from, such as "Acme Support"
	Colour   string `json:"colour,omitempty"`   // as "#1f5fa8"
	LogoURL  string `json:"logo_url,omitempty"` // an image, by https
	Footer   string `json:"footer,omitempty"`   // below each mail, plain text of any number of lines
	Language string `json:"language,omitempty"` // as "de" or "de-at"
	Zone     string `json:"zone,omitempty"`     // in which times are given, as "Europe/Berlin"

	// Texts are instead of the built-in ones, by language and kind of notice: "de/reply". See [TextKey].
	Texts map[string]MailText `json:"texts,omitempty"`

	Version int64 `json:"-"` // of the setting it was read from; 0 when none was saved
}

// WordingKey is the key of the one setting of kind [SettingWording].
const WordingKey = "mails"

// MaxWordingLanguages is in how many languages a Wording may have texts, MaxWordingTexts how many bytes all of them may have together: they are read
// for each mail.
const (
	MaxWordingLanguages = 20
	MaxWordingTexts     = 256 << 10
)

const (
	mostFooter  = 2000 // characters
	mostLogoURL = 1000
)

// TextKey is where the text of a notice in a language stands in Wording.Texts.
func TextKey(language string, kind NoticeKind) string { return language + "/" + string(kind) }

// LanguageTag is a language that somebody typed as a Wording has it: "pt-br" for " pt_BR". It is not checked.
func LanguageTag(s string) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimSpace(s), "_", "-"))
}

var (
	colourForm   = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
	languageForm = regexp.MustCompile(`^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}$`) // what is in use of RFC 5646
)

// clean brings what an admin typed into the form in which it is kept.
func (w *Wording) clean() {
	w.Name, w.Colour, w.LogoURL, w.Zone = strings.TrimSpace(w.Name), strings.TrimSpace(w.Colour), strings.TrimSpace(w.LogoURL), strings.TrimSpace(w.Zone)
	w.Footer = unixLines(w.Footer)
	w.Language = LanguageTag(w.Language)
	texts := make(map[string]MailText, len(w.Texts))
	for key, t := range w.Texts {
		texts[key] = MailText{strings.TrimSpace(t.Subject), unixLines(t.Body)}
	}
	w.Texts = texts
}

// unixLines ends lines as a text is kept, without what is empty around them.
func unixLines(s string) string {
	return strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s))
}

// Check refuses a Wording that is none, by *FieldError values such as of "texts[de/reply].body".
func (w *Wording) Check() error {
	errs := []error{
		checkLine("name", w.Name, 100, false), checkLine("logo_url", w.LogoURL, mostLogoURL, false), checkText("footer", w.Footer, false),
		checkLine("zone", w.Zone, 100, false),
	}
	if utf8.RuneCountInString(w.Footer) > mostFooter {
		errs = append(errs, &FieldError{"footer", fmt.Sprintf("is longer than %d characters", mostFooter)})
	}
	if w.Colour != "" && !colourForm.MatchString(w.Colour) {
		errs = append(errs, &FieldError{"colour", `is not a colour such as "#1f5fa8"`})
	}
	if u, err := url.Parse(w.LogoURL); w.LogoURL != "" && (err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil) {
		errs = append(errs, &FieldError{"logo_url", "is not an address that begins with https://"})
	}
	if w.Language != "" && !languageForm.MatchString(w.Language) {
		errs = append(errs, &FieldError{"language", `is not a language such as "de"`})
	}
	if _, err := time.LoadLocation(w.Zone); err != nil || w.Zone == "Local" {
		errs = append(errs, &FieldError{"zone", `is not a time zone such as "Europe/Berlin"`})
	}
	return errors.Join(append(errs, w.checkTexts()...)...)
}

func (w *Wording) checkTexts() (errs []error) {
	languages, size := map[string]bool{}, 0
	for key, t := range w.Texts {
		language, _, _ := strings.Cut(key, "/")
		languages[language] = true
		size += len(t.Subject) + len(t.Body)
	}
	most := MaxWordingLanguages * len(NoticeKinds)
	switch {
	case len(languages) > MaxWordingLanguages:
		return []error{&FieldError{"texts", fmt.Sprintf("are in more than %d languages", MaxWordingLanguages)}}
	case len(w.Texts) > most:
		return []error{&FieldError{"texts", fmt.Sprintf("are more than %d", most)}}
	case size > MaxWordingTexts:
		return []error{&FieldError{"texts", fmt.Sprintf("are longer than %d bytes together", MaxWordingTexts)}}
	}
	keys := make([]string, 0, len(w.Texts))
	for key := range w.Texts {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		text := w.Texts[key]
		language, kind, _ := strings.Cut(key, "/")
		if !languageForm.MatchString(language) || !slices.Contains(NoticeKinds, NoticeKind(kind)) {
			errs = append(errs, &FieldError{"texts", fmt.Sprintf("%q is not a language and a kind of notice", clip(key))})
			continue
		}
		for _, f := range Fields(text.Check(NoticeKind(kind))) {
			errs = append(errs, &FieldError{"texts[" + key + "]." + f.Field, f.Problem})
		}
	}
	return errs
}

// SaveWording replaces the tenant's wording, which must have the Version given, 0 when none was saved, else it is ErrConflict. It returns
// the new one as it is kept. A zero Wording goes back to the host's. Only admins and the host may.
func (d *Desk) SaveWording(ctx context.Context, w Wording) (Wording, error) {
	const op = "save wording"
	by, err := d.admin(ctx)
	w.clean()
	if err = errors.Join(err, w.Check()); err != nil {
		return w, d.fail(op, "", err)
	}
	saved, err := d.editSetting(ctx, by, SettingWording, WordingKey, func(old, next *Setting) ([]Task, error) {
		if w.Version != next.Version {
			return nil, stale(next.Version)
		}
		var err error
		next.Value, err = json.Marshal(w)
		return nil, err
	})
	if err == nil {
		w.Version = saved.Version
	}
	return w, d.fail(op, "", err)
}

// Wording returns the tenant's wording; the zero Wording when none was saved. It is for admins and the host.
func (d *Desk) Wording(ctx context.Context) (Wording, error) {
	const op = "read wording"
	if _, err := d.admin(ctx); err != nil {
		return Wording{}, d.fail(op, "", err)
	}
	w, err := SavedWording(ctx, d.store, d.tenant)
	return w, d.fail(op, "", err)
}

// WordingHistory returns the versions of the tenant's wording, latest first: at most limit of those less than below. 0 is no limit. It is
// for admins and the host.
func (d *Desk) WordingHistory(ctx context.Context, below int64, limit int) ([]Setting, error) {
	const op = "read wording"
	_, err := d.admin(ctx)
	if below < 0 || limit < 0 {
		err = errors.Join(err, &FieldError{"below or limit", "is negative"})
	}
	if err != nil {
		return nil, d.fail(op, "", err)
	}
	s, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: SettingWording, Key: WordingKey, Below: below, Limit: limit})
	return s, d.fail(op, "", err)
}

// SavedWording returns the wording of a tenant from a Store, for a Notifier: that is there before the Desk it belongs to. It is the
// zero Wording when none was saved.
func SavedWording(ctx context.Context, store Store, tenant TenantID) (Wording, error) {
	settings, err := store.Settings(ctx, SettingQuery{Tenant: tenant, Kind: SettingWording, Key: WordingKey, Limit: 1})
	if err != nil || len(settings) == 0 {
		return Wording{}, err
	}
	return ReadWording(settings[0])
}

// ReadWording reads a version of a tenant's wording, as WordingHistory returns them.
func ReadWording(s Setting) (Wording, error) {
	var w Wording
	if err := json.Unmarshal(s.Value, &w); err != nil {
		return Wording{}, fmt.Errorf("wording: %w", err)
	}
	w.Version = s.Version
	return w, nil
}

// SameLook reports whether two wordings differ at most in their texts and versions.
func (w Wording) SameLook(other Wording) bool {
	return w.Name == other.Name && w.Colour == other.Colour && w.LogoURL == other.LogoURL && w.Footer == other.Footer &&
		w.Language == other.Language && w.Zone == other.Zone
}
