package email_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk/email"
)

func TestHTMLTextReadsAsABrowserShows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ html, text string }{
		{"", ""},
		{"plain words", "plain words"},
		{"  a \n\t b&nbsp; c  ", "a b  c"},
		{"<p>one</p><p>two</p>", "one\n\ntwo"},
		{"<div>one</div><div>two</div>", "one\ntwo"},
		{"one<br>two<br/>three</br>four", "one\ntwo\nthree\nfour"},
		{"<div>one<br></div><div><br></div><div><br></div><div>two</div>", "one\n\ntwo"},
		{"<b>bo</b>ld <i>and</i> <u>more</u>", "bold and more"},
		{"&lt;b&gt; &amp; &eacute; &#8364; &#x41;", "<b> & é € A"},
		{"<ul><li>a<li>b<ul><li>c</ul></ul>d", "- a\n- b\n  - c\n\nd"},
		{"<ol><li>a</li><li><p>b</p></li></ol>", "1. a\n2. b"},
		{"<table><tr><td>a</td><td>b</td></tr><tr><td><div>c</div></td><td><p>d</p></td></tr></table>", "a | b\nc | d"},
		{"<a href='mailto:\u0130\xff\xff\xff\xff\xff\xff'>a</a>", "a <\u0130\uFFFD>"},
		{"<ul><li></li></ul>a<table><tr><td>b</td><td></td></tr><tr><td>c", "a\n\nb\nc"},
		{"<table><tr><td></td><td>b</td></tr></table>", "b"},
		{"<table><tr><td>one<br>two</td><td>three</td></tr></table>", "one\ntwo\nthree"},
		{`<a href="https://x.example/a">here</a>.`, "here <https://x.example/a>."},
		{`<a href="https://www.x.example/">x.example</a>`, "x.example"},
		{`<a href="mailto:kim@example.com?subject=x">Kim</a>`, "Kim <kim@example.com>"},
		{`<a href="mailto:kim@example.com">kim@example.com</a>`, "kim@example.com"},
		{`<a href="javascript:alert(1)">go</a> <a href="#top">up</a>`, "go up"},
		{`<a href="https://x.example"><img src=a alt="Logo"></a>`, "[image: Logo] <https://x.example>"},
		{`<img src=a alt="A dog"><img src=b><img alt="t" width=1 height=1>`, "[image: A dog]"},
		{"<pre>a  b\n  c\n</pre>d", "a  b\n  c\n\nd"},
		{"<blockquote>a<blockquote>b</blockquote></blockquote>c", "> a\n>\n> > b\n\nc"},
		{"<head><title>t</title><style>p{}</style></head><script>alert('<p>x</p>')</script>y", "y"},
		{"<div style='DISPLAY: None'>pre<div>header</div></div>y<span hidden>z</span>", "y"},
		{"<div style='mso-hide:all'>x</div><span style='font-size:0px;'>y</span><span style='font-size:0.9em'>z</span>", "z"},
		{"<!-- a --><![if !mso]>b<![endif]><!--[if mso]>c<![endif]-->", "b"},
		{"a<hr>b", "a\n---\nb"},
		{"</div></p>a</b></td>", "a"},
		{"<b><div>a</b>b</div>c", "ab\nc"},
		{"a\x00b\xffc\u200bd", "ab\uFFFDcd"},
		{"<p class=MsoNormal>a</p><p class=MsoNormal>b</p>", "a\nb"},
		{"<svg><text>x</text></svg><select><option>y</select>z", "z"},
		{"<h1>Title</h1>text", "Title\n\ntext"},
		{"<dl><dt>k<dd>v</dl>", "k\nv"},
		{"<scr", ""},
		{strings.Repeat("<div>", 300) + "<div style='display:none'>deeper than is looked at</div>", "deeper than is looked at"},
	} {
		require.Equal(t, c.text, email.HTMLText(c.html), c.html)
	}
}

func TestVisibleHTMLGoesByTheMarksOfMailPrograms(t *testing.T) {
	t.Parallel()
	for name, quoted := range map[string]string{
		"gmail":            `<div class="gmail_quote"><div class="gmail_attr">Desk &#1078;&#1072;&#1079;&#1076;&#1099;:</div><blockquote class="gmail_quote">OLD</blockquote></div>`,
		"cite":             `<blockquote type="cite">OLD</blockquote>`,
		"yahoo":            `<div id="ydpa1b2c3yahoo_quoted_9" class="yahoo_quoted">OLD</div>`,
		"outlook web":      `<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Whoever:</b> Desk</div>OLD`,
		"outlook web in x": `<div id="x_appendonsend"></div>OLD`,
		"outlook desktop":  `<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class=MsoNormal><b>Ovrawo:</b> Desk<br><b>Xyz:</b> 1</p></div></div><p class=MsoNormal>OLD</p>`,
		"outlook mac":      `<span id="OLK_SRC_BODY_SECTION"><div>OLD</div></span>`,
		"hotmail":          `<hr id="stopSpelling">OLD`,
		"outlook mobile":   `<div class="ms-outlook-mobile-reference-message">OLD</div>`,
		"new outlook":      `<div id="mail-editor-reference-message-container">OLD</div>`,
		"thunderbird":      `<div class="moz-cite-prefix">Desk sanoi:</div><blockquote type="cite">OLD</blockquote>`,
		"proton":           `<div class="protonmail_quote">Feb 3, 2026, 14:22 by desk@example.com:<br><blockquote class="protonmail_quote" type="cite">OLD</blockquote></div>`,
		"zoho":             `<div class="zmail_extra">---- Desk wrote ----<div>OLD</div></div>`,
		"gmx":              `<div name="quote">OLD</div>`,
		"windows mail":     `<div style="padding-top: 5px; border-top-color: rgb(229, 229, 229); border-top-width: 1px; border-top-style: solid;"><b>Von:</b> Desk<br><b>Gesendet:</b> 3.2.</div><div>OLD</div>`,
		"windows 10":       `<div style="mso-element:para-border-div;border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p><b>From: </b>Desk</p></div><p>OLD</p>`,
		"qq":               `<includetail><div>OLD</div></includetail>`,
		"netease":          `<div id="isReplyContent">OLD</div>`,
		"plain":            `<br>On Feb 3, 2026, at 14:22, Desk &lt;<a href="mailto:desk@example.com">desk@example.com</a>&gt; wrote:<br><br>OLD`,
		"original":         `<div>-----Original Message-----<br>OLD</div>`,
		"hr":               `<hr><b>From:</b> Desk &lt;desk@example.com&gt;<br><b>Date:</b> today<br>OLD`,
	} {
		for _, signature := range []string{
			"", `<div class="gmail_signature">SIG</div>`, `<div id="Signature"><p>SIG</p></div>`, `<pre class="moz-signature">-- <br>SIG</pre>`, `<div data-signatureblock="true">SIG</div>`,
			`<div id="AppleMailSignature">SIG</div>`, `<div class="protonmail_signature_block">SIG</div>`, `<div>-- <br>SIG</div>`, `<p>&nbsp;</p><p>Sent from my iPhone</p>`,
		} {
			html := "<html><body><div>Hello,</div><p>it <b>works</b>.</p>" + signature + quoted + "</body></html>"
			require.Equal(t, "Hello,\n\nit works.", email.VisibleHTML(html), "%s %s", name, signature)
		}
	}
}

func TestVisibleHTMLIsNeverEmptyForText(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		`<blockquote type="cite">a</blockquote>`, `<div class="gmail_signature">a</div>`, `<div class="yahoo_quoted">a</div>`, `<div id="appendonsend"></div><p>a</p>`, `<div id="divRplyFwdMsg">From: a</div>`,
	} {
		require.Contains(t, email.VisibleHTML(s), "a", s)
	}
	require.Empty(t, email.VisibleHTML("<p> </p><style>x</style>"))
}

// htmlPieces are the pieces of the documents of the property tests.
var htmlPieces = []string{
	"word", " ", "\n", "&nbsp;", "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<br>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", "<ul>", "<ol>", "<li>", "</ul>", "<blockquote>", "</blockquote>",
	`<blockquote type="cite">`, `<div class="gmail_quote">`, `<div class="gmail_attr">`, `<div class="gmail_signature">`, `<a href="https://example.com/">`, "</a>", "<hr>", `<hr id="stopSpelling">`, "<pre>", "</pre>",
	`<div style="display:none">`, "<script>", "</script>", "<style>", "</style>", "<!--", "-->", "<svg>", "</svg>", `<img alt="dog">`, `<div id="appendonsend">`, "On Feb 3, 2026, at 14:22, D &lt;d@x.example&gt; wrote:", "-- ",
	"From: D &lt;d@x.example&gt;", "Sent: 3 Feb 2026 14:22", "&", "<", "</", "\x00", "\xff", "<p style='", "'>", "<textarea>", "</textarea>", "<x:y/>",
}

func TestVisibleHTMLIsMadeOfLinesOfHTMLText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		html := strings.Join(rapid.SliceOfN(rapid.SampledFrom(htmlPieces), 0, 60).Draw(t, "html"), "")
		if problem := unlike(html); problem != "" {
			t.Fatalf("%s: %q", problem, html)
		}
	})
}

// unlike returns a fault in the reading of an HTML mail. The visible lines must be lines of the
// whole text, in order, and must not be empty if there is text.
func unlike(html string) string {
	all, visible := email.HTMLText(html), email.VisibleHTML(html)
	switch {
	case !within(solid(visible), solid(all)):
		return "not lines of the text"
	case len(solid(visible)) == 0 && len(solid(all)) > 0:
		return "nothing is visible"
	case strings.Contains(all, "\r") && !strings.Contains(html, "\r"):
		return "a carriage return from nowhere"
	case all != strings.ToValidUTF8(all, "?"):
		return "not UTF-8"
	case strings.Contains(all, "\n\n\n") && !strings.Contains(html, "<pre") && !strings.Contains(strings.ToLower(html), "quote"):
		return "two blank lines"
	}
	return ""
}

func FuzzHTMLText(f *testing.F) {
	for _, p := range htmlPieces {
		f.Add(p + "text" + p)
	}
	for _, m := range append(mailsOf(f, "clients"), mailsOf(f, "heldout")...) {
		f.Add(m)
	}
	f.Fuzz(func(t *testing.T, html string) {
		require.Empty(t, unlike(html))
	})
}
