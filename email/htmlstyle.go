package email

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// maxStyle is the greatest length of a style attribute in bytes. Longer ones are dropped.
const maxStyle = 4000

// Patterns match whole values of styles. No value can hold a URL, an expression, a comment or an
// escape, or place text outside of its position.
var (
	color    = regexp.MustCompile(`(?i)^(?:#?[0-9a-f]{3,8}|[a-z]{3,25}|rgba?\([\d\s,.%]{1,40}\))$`)
	measures = regexp.MustCompile(`(?i)^(?:(?:\d{1,4}(?:\.\d{1,6})?|\.\d{1,6})(?:px|pt|em|ex|rem|%|cm|mm|in)?|auto|normal|medium|thin|thick|smaller?|larger?|xx?-large|xx?-small)` +
		`(?:\s+(?:(?:\d{1,4}(?:\.\d{1,6})?|\.\d{1,6})(?:px|pt|em|ex|rem|%|cm|mm|in)?|auto)){0,3}$`)
	border = regexp.MustCompile(`(?i)^(?:(?:\d{1,2}(?:\.\d{1,4})?(?:px|pt|em)?|#[0-9a-f]{3,8}|[a-z]{3,25}|rgba?\([\d\s,.%]{1,40}\))(?:\s+|$)){1,6}$`)
	fonts  = regexp.MustCompile(`(?i)^[\pL\d ,'"-]{1,200}$`)
	ident  = regexp.MustCompile(`(?i)^[a-z0-9-]{1,20}$`)
	shows  = regexp.MustCompile(`(?i)^(?:none|block|inline|inline-block|table|table-row|table-cell|list-item)$`)
)

// styles are the allowed properties and their values.
var styles = func() map[string]*regexp.Regexp {
	all := map[string]*regexp.Regexp{"display": shows, "font-family": fonts}
	for values, names := range map[*regexp.Regexp]string{
		color: "color background-color background border-color border-top-color border-bottom-color border-left-color border-right-color",
		measures: "font-size line-height letter-spacing padding padding-left padding-right padding-top padding-bottom margin margin-left margin-right margin-top margin-bottom " +
			"width max-width border-width border-top-width border-bottom-width border-left-width border-right-width border-spacing border-radius text-indent",
		border: "border border-left border-right border-top border-bottom border-style border-top-style border-bottom-style border-left-style border-right-style",
		ident: "font-weight font-style font-variant text-align text-decoration text-transform vertical-align white-space direction border-collapse list-style-type " +
			"word-break overflow-wrap",
	} {
		for _, name := range strings.Fields(names) {
			all[name] = values
		}
	}
	return all
}()

// styled returns attributes with the style reduced to the allowed declarations.
func styled(attrs []html.Attribute) (kept []html.Attribute) {
	for _, a := range attrs {
		if a.Key == "style" {
			if a.Val = style(a.Val); a.Val == "" {
				continue
			}
		}
		kept = append(kept, a)
	}
	return kept
}

// style keeps the allowed declarations. A quoted value with a semicolon is split, and its parts
// match nothing.
func style(s string) string {
	if len(s) > maxStyle {
		return ""
	}
	var kept []string
	for declaration := range strings.SplitSeq(s, ";") {
		name, value, ok := strings.Cut(declaration, ":")
		name, value = strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value)
		if values := styles[name]; ok && values != nil && values.MatchString(value) && strings.Count(value, `"`)%2 == 0 && strings.Count(value, "'")%2 == 0 {
			kept = append(kept, name+": "+value)
		}
	}
	return strings.Join(kept, "; ")
}
