package email

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// markup is information about a line from the marks of mail programs in the HTML.
type markup uint8

const (
	inQuoted    markup = 1 << iota // in a quoted message
	inSignature                    // in a signature
	// announces a quoted message, or is the title of a forwarded one
	inAttribution
	quotedToEnd // a quoted message begins here and goes to the end of the mail
	// first in a box with a line above it, which Outlook draws around headers
	headerBox
)

// markNames are ids, classes and names that mail programs give to elements. They stand without the
// "x_" that Outlook adds to those of others, and without a number at their end.
var markNames = map[string]markup{
	// Gmail, Thunderbird, Roundcube: an attribution. What they quote is in a blockquote.
	"gmail_attr": inAttribution, "moz-cite-prefix": inAttribution, "reply-intro": inAttribution, "moz-email-headers-table": inAttribution,
	// Yahoo, Outlook for Mac, QQ Mail, GMX, Zoho, Windows Mail, Proton Mail in its plain mode,
	// Tutanota, Lotus Notes, Spark, mail.ru.
	"yahoo_quoted": inQuoted, "yahoo_quoted_": inQuoted, "yqt": inQuoted, "olk_src_body_section": inQuoted, "isreplycontent": inQuoted, "qmquote": inQuoted,
	"quote": inQuoted, "_origmsg_": inQuoted, "zmail_extra": inQuoted, "mail-app-auto-quote": inQuoted, "tutanota_quote": inQuoted, "mail-quote-collapse": inQuoted,
	"aolmsgpart_": inQuoted, "aolmail_": 0, "messagereplysection_quoted": inQuoted, "original-message": inQuoted, "replied-message": inQuoted, "quoted-text": inQuoted,
	// Outlook in its many forms, Hotmail.
	"divrplyfwdmsg": quotedToEnd, "appendonsend": quotedToEnd, "stopspelling": quotedToEnd, "replysplit": quotedToEnd, "outlookmessageheader": quotedToEnd,
	"mail-editor-reference-message-container": quotedToEnd, "ms-outlook-mobile-reference-message": quotedToEnd, "hotmail_quote": quotedToEnd, "zwchr": quotedToEnd, "__headers__": quotedToEnd, "__quoted_text__": inQuoted,

	"gmail_signature": inSignature, "gmail_signature_prefix": inSignature, "moz-signature": inSignature, "signature": inSignature, "ms-outlook-mobile-signature": inSignature,
	"protonmail_signature_block": inSignature, "applemailsignature": inSignature, "messagesignaturesection": inSignature, "composer_signature": inSignature,
	"zmail_signature": inSignature, "zmail_signature_below": inSignature, "mail-signature": inSignature, "email-signature": inSignature, "edo-signature": inSignature,
	"ydpsignature": inSignature, "yahoo-signature": inSignature, "tutanota_signature": inSignature, "bloop_sign": inSignature, "hs_signature": inSignature,
	"_rc_sig": inSignature, "k9mail-signature": inSignature, "x-apple-signature": inSignature,
}

// marksOf returns the marks in the attributes of an element.
func marksOf(name string, a attrs) (m markup) {
	for _, names := range []string{a.id, a.class, a.name} {
		for _, n := range strings.Fields(names) {
			for strings.HasPrefix(n, "x_") {
				n = n[2:]
			}
			known, ok := markNames[n]
			if !ok {
				known = markNames[strings.TrimRight(n, "0123456789-abcdef")]
				if i := strings.LastIndexByte(n, '_'); known == 0 && i > 0 {
					known = markNames[n[:i+1]]
				}
			}
			m |= known
			if name == "blockquote" && (strings.HasSuffix(n, "quote") || n == "cite") {
				m |= inQuoted
			}
		}
	}
	if name == "includetail" { // QQ Mail
		m |= inQuoted
	}
	if a.signature {
		m |= inSignature
	}
	if name == "blockquote" && (a.kind == "cite" || a.cite) {
		m |= inQuoted
	}
	if name == "body" || name == "html" {
		return 0
	}
	if name == "div" && headerBoxStyle.MatchString(a.style) {
		m |= headerBox
	}
	return m
}

// attrs are the relevant attributes of a tag, in lower case except alt and href.
type attrs struct {
	id, class, name, kind, style, href, alt string
	width, height                           string
	cite, signature, hides                  bool
}

// maxAttribute is how many bytes of a value are read; addresses are read whole.
const maxAttribute = 2000

func attributes(z *html.Tokenizer, more bool) (a attrs) {
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if string(key) == "href" {
			a.href = string(value)
			continue
		}
		if len(value) > maxAttribute {
			value = value[:maxAttribute]
		}
		low := strings.ToLower(string(value))
		switch string(key) {
		case "id":
			a.id = low
		case "class":
			a.class = low
		case "name", "data-marker": // the second is Zimbra's
			a.name = low
		case "type":
			a.kind = low
		case "style":
			a.style = strings.Join(strings.Fields(low), "")
		case "alt":
			a.alt = string(value)
		case "width":
			a.width = low
		case "height":
			a.height = low
		case "cite":
			a.cite = true
		case "data-signatureblock", "data-smartmail", "data-signature-widget":
			a.signature = low == "true" || low == "gmail_signature" || low == "container"
		case "hidden":
			a.hides = true
		}
	}
	return a
}

var (
	hidingStyle    = regexp.MustCompile(`display:none|visibility:hidden|mso-hide:all|(?:^|;)(?:font-size|max-height|opacity):0(?:px|pt|em|%)?(?:;|!|$)`)
	headerBoxStyle = regexp.MustCompile(`border:none;border-top:solid|border-top:(?:1px|1pt|1\.0pt)?solid|border-top-style:solid|border-width:1(?:\.0)?ptmedium(?:medium)?|border-style:solidnonenone`)
	indentStyle    = regexp.MustCompile(`margin:0(?:px)?0(?:px)?0(?:px)?40px|border:none|border-image:initial.*border:none`)
)

func (a *attrs) hidden() bool { return a.hides || hidingStyle.MatchString(a.style) }

// indents reports whether a blockquote is no quotation: editors use it to indent.
func (a *attrs) indents() bool {
	return a.kind != "cite" && !strings.Contains(a.class, "quote") && indentStyle.MatchString(a.style) || strings.Contains(a.class, "indent-blockquote")
}

// tight reports whether a paragraph has no space around it, as in Outlook.
func (a *attrs) tight() bool {
	return strings.HasPrefix(a.class, "mso") || strings.HasPrefix(a.class, "x_mso") || strings.Contains(a.style, "margin:0") || strings.Contains(a.style, "margin-top:0")
}

// dot reports whether an image is too small to see: such images track readers.
func (a *attrs) dot() bool {
	small := func(s string) bool { return s == "0" || s == "1" || s == "0px" || s == "1px" }
	return small(a.width) || small(a.height)
}

// markFromHTML sets the kinds of lines by the marks of the HTML.
func markFromHTML(lines []line) {
	for i := range lines {
		l := &lines[i]
		if l.kind != textLine {
			continue
		}
		if l.marks&headerBox != 0 && labelled.MatchString(l.seen) {
			l.kind = headingLine
		}
		if l.marks&inAttribution == 0 {
			continue
		}
		l.kind = headingLine
		end := i + 1
		for end < len(lines) && (lines[end].kind == blankLine || lines[end].kind == textLine && lines[end].marks&inAttribution != 0) {
			end++
		}
		if end < len(lines) && lines[end].kind == quoteLine {
			for j := i; j < end; j++ {
				if lines[j].kind != blankLine {
					lines[j].kind = attributionLine
				}
			}
		}
	}
}

var labelled = regexp.MustCompile(`^[*_]*[\pL][^:：]{0,30}[:：]`)
