package smtpnotify

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Parse reads the destination of mails from one line, as an environment variable may hold it, and
// returns a Config whose other fields are still to be set:
//
//	smtp://user:password@mail.example.com            STARTTLS on port 587
//	smtps://user:password@mail.example.com           TLS from the first byte on port 465
//	smtp://localhost?tls=none                        in the clear on port 25
//	file:///var/spool/helpdesk                       into a folder
//
// A port may follow the host. Settings may follow a question mark, joined by &: tls as a [TLS],
// auth as an [Auth], name for the greeting, and timeout such as "90s". Signs such as @ and / in a
// password are written as in any URL: %40 and %2F. No error holds the password.
func Parse(address string) (*Config, error) {
	wrong := func(format string, args ...any) (*Config, error) {
		return nil, fmt.Errorf("smtpnotify: parse: %w", &helpdesk.FieldError{Field: "url", Problem: fmt.Sprintf(format, args...)})
	}
	u, err := url.Parse(address)
	if err != nil {
		return wrong("cannot be read") // the error of package url repeats it, password included
	}
	cfg := &Config{Host: u.Hostname(), Username: u.User.Username()}
	cfg.Password, _ = u.User.Password()
	switch u.Scheme {
	case "smtp":
	case "smtps":
		cfg.TLS = TLSImplicit
	case "file":
		if u.Host != "" || u.Path == "" || u.RawQuery != "" {
			return wrong("of a folder is not like file:///var/spool/helpdesk")
		}
		return &Config{Folder: filepath.FromSlash(u.Path)}, nil
	default:
		return wrong("begins with %q, not with smtp, smtps or file", u.Scheme)
	}
	if cfg.Host == "" || strings.Trim(u.Path, "/") != "" || u.Fragment != "" {
		return wrong("is not like smtp://user:password@host:587")
	}
	if port := u.Port(); port != "" {
		if cfg.Port, err = strconv.Atoi(port); err != nil || cfg.Port < 1 || cfg.Port > 65535 {
			return wrong("has the port %q", port)
		}
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return wrong("has settings that cannot be read")
	}
	for key, values := range query {
		value := values[len(values)-1]
		switch key {
		case "tls":
			if cfg.TLS = TLS(value); cfg.TLS != TLSStart && cfg.TLS != TLSImplicit && cfg.TLS != TLSNone {
				return wrong("has tls=%s, which is not starttls, implicit or none", value)
			}
			if u.Scheme == "smtps" && cfg.TLS != TLSImplicit {
				return wrong("begins with smtps and has tls=%s", value)
			}
		case "auth":
			if cfg.Auth = Auth(value); mechanisms[cfg.Auth] == nil {
				return wrong("has auth=%s, which is not known", value)
			}
		case "name":
			cfg.LocalName = value
		case "timeout":
			if cfg.Timeout, err = time.ParseDuration(value); err != nil || cfg.Timeout <= 0 {
				return wrong("has timeout=%s, which is no time such as 90s", value)
			}
		default:
			return wrong("has a setting %q that is not known", key)
		}
	}
	return cfg, nil
}
