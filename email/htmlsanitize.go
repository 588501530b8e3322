package email

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
)

// SanitizeConfig sets what SanitizeHTML shows. Nil and the zero value show only images within the
// mail as data: URLs.
type SanitizeConfig struct {
	// RemoteImages allows images from the web. They tell the sender that and when a mail was read,
	// so a viewer should show them only when its reader asks for it. [HasRemoteImages] reports
	// whether there are any.
	RemoteImages bool

	// CID returns the URL of an image that came with the mail, by its Content-ID without angle
	// brackets. With a nil CID, or ok false, the alternative text is shown instead. The URL may be
	// relative; one with a scheme that runs scripts is dropped.
	CID func(contentID string) (url string, ok bool)
}

// SanitizeHTML returns the part of an HTML mail that is safe to show inside a page. It keeps an
// allow-list of elements for text, lists, tables, links and images, with colours, fonts, sizes,
// alignment, spacing and borders. It removes scripts, forms, frames, media, ids, classes and names,
// and styles that load something, cover other parts of the page or leave their place. Links may go
// to http, https, mailto and tel addresses; they open in a new window and get no referrer. Each
// opened element is closed, and each closed element was opened.
//
// Show the result in a sandboxed frame all the same.
func SanitizeHTML(html string, cfg *SanitizeConfig) string {
	if cfg == nil {
		cfg = &SanitizeConfig{}
	}
	s, _ := finished(policy.Sanitize(html), cfg)
	return s
}

// HasRemoteImages reports whether an HTML mail has images that [SanitizeConfig.RemoteImages] would
// load from the web.
func HasRemoteImages(html string) bool {
	_, blocked := finished(policy.Sanitize(html), &SanitizeConfig{})
	return blocked
}

// policy is the allow-list. It is immutable, so calls may share it.
var policy = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "div", "span", "b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "sub", "sup", "small", "big", "font", "center",
		"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "code", "tt", "kbd", "samp", "hr", "q", "abbr", "cite", "address",
		"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "a", "img")
	p.AllowNoAttrs().OnElements("span", "font", "a", "img")
	p.SkipElementsContent("title", "textarea", "select", "noembed", "noframes", "xmp", "svg", "math", "template", "object", "audio", "video", "iframe", "xml")

	word, number, length := regexp.MustCompile(`(?i)^[a-z]{1,20}$`), regexp.MustCompile(`^\d{1,4}$`), regexp.MustCompile(`^\d{1,4}(?:\.\d{1,4})?(?:px|%)?$`)
	p.AllowAttrs("align", "valign").Matching(word).Globally()
	p.AllowAttrs("dir").Matching(regexp.MustCompile(`(?i)^(?:ltr|rtl|auto)$`)).Globally()
	p.AllowAttrs("lang").Matching(regexp.MustCompile(`(?i)^[a-z0-9-]{1,20}$`)).Globally()
	p.AllowAttrs("title").Matching(regexp.MustCompile(`^[^<>]{0,300}$`)).Globally()
	p.AllowAttrs("color", "bgcolor").Matching(color).Globally()
	p.AllowAttrs("face").Matching(regexp.MustCompile(`(?i)^[a-z0-9 ,'"-]{1,100}$`)).OnElements("font")
	p.AllowAttrs("size").Matching(regexp.MustCompile(`^[+-]?\d$`)).OnElements("font")
	p.AllowAttrs("width", "height").Matching(length).OnElements("img", "table", "td", "th", "hr")
	p.AllowAttrs("border", "cellpadding", "cellspacing", "colspan", "rowspan").Matching(number).OnElements("table", "td", "th", "img")
	p.AllowAttrs("start", "value").Matching(number).OnElements("ol", "li")
	p.AllowAttrs("type").Matching(word).OnElements("ol", "ul", "blockquote")
	p.AllowAttrs("alt").Matching(regexp.MustCompile(`^[^<>]{0,500}$`)).OnElements("img")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("src").OnElements("img")
	p.AllowURLSchemes("http", "https", "mailto", "tel", "cid", "data")
	p.RequireParseableURLs(true)

	p.AllowAttrs("style").Globally() // reduced by [styled]
	return p
}()

// finished decides on images and links of sanitised HTML, and balances its tags: a mail must not
// close the elements of the page around it. It reports whether it left out a remote image.
func finished(s string, cfg *SanitizeConfig) (done string, blocked bool) {
	var b strings.Builder
	var open []string
	// Start tags left out, since browsers limit the depth of nesting.
	over := map[string]int{}
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			for i := len(open) - 1; i >= 0; i-- {
				b.WriteString("</" + open[i] + ">")
			}
			return b.String(), blocked
		case html.TextToken:
			b.WriteString(html.EscapeString(string(z.Text())))
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if !voidElements[t.Data] && len(open) == maxOpen {
				over[t.Data]++
				continue
			}
			switch t.Data {
			case "a":
				t.Attr = link(t.Attr)
			case "img":
				var remote bool
				t.Attr, remote = image(t.Attr, cfg)
				blocked = blocked || remote
			}
			t.Attr = styled(t.Attr)
			t.Type = html.StartTagToken
			b.WriteString(t.String())
			if !voidElements[t.Data] {
				open = append(open, t.Data)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if over[string(name)] > 0 {
				over[string(name)]--
				continue
			}
			open = closedTags(&b, open, string(name))
		}
	}
}

// closedTags writes the end tags up to the innermost open element of that name. It writes none if
// there is no such element, or if that would close a cell from inside.
func closedTags(b *strings.Builder, open []string, name string) []string {
	for i := len(open) - 1; i >= 0; i-- {
		if open[i] == name {
			for j := len(open) - 1; j >= i; j-- {
				b.WriteString("</" + open[j] + ">")
			}
			return open[:i]
		}
		if cellElements[open[i]] && !tableElements[name] {
			break
		}
	}
	return open
}

// link returns the attributes of a link if a mail may link to its address.
func link(attrs []html.Attribute) (kept []html.Attribute) {
	for _, a := range attrs {
		if a.Key != "href" {
			kept = append(kept, a)
			continue
		}
		if u, err := url.Parse(strings.TrimSpace(a.Val)); err == nil && linkSchemes[strings.ToLower(u.Scheme)] {
			kept = append(kept, a, html.Attribute{Key: "target", Val: "_blank"}, html.Attribute{Key: "rel", Val: "noopener noreferrer nofollow"})
		}
	}
	return kept
}

var linkSchemes = set("http", "https", "mailto", "tel")

// dataImage matches an image inside its URL. It excludes SVG, which may contain scripts.
var dataImage = regexp.MustCompile(`(?i)^data:image/(?:png|jpe?g|gif|webp|bmp);base64,[a-z0-9+/=\s]+$`)

// image returns the attributes of an allowed image, and reports whether it is a forbidden remote
// one.
func image(attrs []html.Attribute, cfg *SanitizeConfig) (kept []html.Attribute, blocked bool) {
	for _, a := range attrs {
		if a.Key != "src" {
			kept = append(kept, a)
			continue
		}
		src := strings.TrimSpace(a.Val)
		id, attached := cutPrefixFold(src, "cid:")
		switch {
		case hasPrefixFold(src, "http://"), hasPrefixFold(src, "https://"):
			if !cfg.RemoteImages {
				blocked = true
				continue
			}
		case attached:
			if src = attachedTo(id, cfg); src == "" {
				continue
			}
		case !dataImage.MatchString(src):
			continue
		}
		kept = append(kept, html.Attribute{Key: "src", Val: src})
	}
	return kept, blocked
}

// attachedTo returns the URL of the image with a Content-ID, or "" when it is unknown.
func attachedTo(id string, cfg *SanitizeConfig) string {
	if cfg.CID == nil {
		return ""
	}
	if plain, err := url.PathUnescape(id); err == nil {
		id = plain
	}
	src, ok := cfg.CID(strings.Trim(id, "<> "))
	if !ok {
		return ""
	}
	u, err := url.Parse(src)
	if err != nil || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "blob" && !dataImage.MatchString(src) {
		return ""
	}
	return src
}
