package striptoken_test

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/striptoken"
)

const token = "v0123456789abcdefghjkmnpqrs7Q2M-X4KD"

var fronts = []string{"https://acme.example/t/", "https://acme.example/rate?lang=de&t=", "desk+"}

func TestTokensAreTakenOut(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"See https://acme.example/t/" + token + " please":                                   "See [link removed] please",
		"a+" + token + "@acme.example":                                                      "[link removed]",
		strings.ToUpper(token):                                                              "[link removed]",
		"r05073069a5551f" + token[1:] + ", v05073" + token[1:]:                              "[link removed], [link removed]",
		"c" + token[1:] + " <c" + token[1:] + ">":                                           "[link removed] <[link removed]>",
		token[:9] + "\r\n> " + token[9:] + " end":                                           "[link removed] end",
		"https://acme.example/t/" + token[:27] + "4711 ":                                    "[link removed] ",
		"https://acme.example/t/" + token[:27] + "oil-01. ":                                 "[link removed] ",
		"https://acme.example/t/" + token[:27] + "\u00ado\u00adil-1 ":                       "[link removed] ",
		"HTTPS://acme.example/rate?lang=de&amp;t=" + token[:27] + "4711 ":                   "HTTPS://acme.example/rate?lang=de&amp;[link removed] ",
		"https%3A%2F%2Facme.example%2Ft%2F" + token[:27] + "4711 ":                          "[link removed] ",
		"https://acme.example/t/=\r\n" + token[:27] + "4711 ":                               "https://acme.example/t/=\r\n[link removed] ",
		"https://acme.example/rate?lang=3Dde&t=3D" + token[:27] + "4711 ":                   "[link removed] ",
		"Desk&#43;" + token[:27] + "4711@x.example":                                         "Desk&#43;[link removed]",
		"https://other.example/" + token[:27] + "4711":                                      "https://other.example/" + token[:27] + "4711",
		"https://acme.example/t/" + token[:20] + " " + token[20:]:                           "https://acme.example/t/" + token[:20] + " " + token[20:],
		token[:9] + "\u00e9" + token[9:]:                                                    token[:9] + "\u00e9" + token[9:],
		token[:11] + "&#173" + token[11:]:                                                   "[link removed]",
		token[:9] + " " + token[9:]:                                                         token[:9] + " " + token[9:],
		"https://acme.example/t/" + token[:27] + "4711\nOne":                                "[link removed]\nOne",
		`<a href="https://acme.example/t/` + token[:9] + "\r\n> > " + token[9:] + `">x</a>`: `<a href="[link removed]">x</a>`,
		`<i title="a > b ` + token[:9] + "\n>" + token[9:] + `">x</i>`:                      `<i title="a > b [link removed]">x</i>`,
		"https://acme.example/t/" + token + "<br>One":                                       "[link removed]<br>One",
		token[:31] + token[32:]:                                                             token[:31] + token[32:],
		token[:35]:                                                                          token[:35],
		token[:30]:                                                                          token[:30],
		"<a href=\"https://acme.example/t/" + token + "\">https://acme.example/t/" + token[:9] + "</a><a href=\"/t/" + token + "\">" + token[9:] + "</a>": "<a href=\"[link removed]\">[link removed]</a>",
		"":    "",
		"100": "100",
	} {
		require.Equal(t, want, striptoken.From(text, fronts), text)
	}
}

// TestATokenIsKnownInEachWriting has the token with something between its characters, or with a
// character in another writing.
func TestATokenIsKnownInEachWriting(t *testing.T) {
	t.Parallel()
	for _, between := range []string{
		"\u00ad\u00ad<wbr>", "<wbr />", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "&shy;", "&SHY;", "&#173;", "&#0173;", "&#xAD;", "&#xad;", "&#8203;", "&#x200B;", "&#8288;",
		"&zwj;", "&ZeroWidthSpace;", "&NoBreak;", "&amp;shy;", "&amp;amp;#173;", "%C2%AD", "%E2%80%8B", "%25E2%2580%258B",
		"</span><span>", `</span><span style="color: red">`, "</b><i>", "<br>", "<br>\r\n", "<!-- x -->", "=\r\n", "=\n", " \n", "\n\n", "\r\n> > ", "\n\t| ", "<o:p></o:p>", "</span>\n<span\n class=x>",
	} {
		for _, at := range []int{1, 9, 27, 31, 32, 35} {
			text := "See " + token[:at] + between + token[at:] + " end"
			require.Equal(t, "See [link removed] end", striptoken.From(text, nil), "%q", text)
		}
		every := strings.Join(strings.Split(token, ""), between)
		require.Equal(t, "[link removed]", striptoken.From(every, nil), "%q", every)
	}
	for _, dash := range []string{"\u2010", "\u2011", "\u2013", "\u2212", "\uff0d", "%2D", "%2d", "%252D", "%E2%80%91", "&#45;", "&#x2d;", "&#8209;", "&hyphen;"} {
		require.Equal(t, "[link removed]", striptoken.From(strings.Replace(token, "-", dash, 1), nil), dash)
	}
	for _, form := range []string{"%%%02X", "%%25%02x", "&#%d;", "&#x%x;", "&amp;#%d;"} {
		every := ""
		for _, b := range []byte(token) {
			every += fmt.Sprintf(form, b)
		}
		require.Contains(t, striptoken.From("See "+every+" end", nil), "See [link removed]", every)
		require.NotContains(t, striptoken.From("See "+every+" end", nil), fmt.Sprintf(form, token[12]), every)
		one := fmt.Sprintf(form, token[0]) + token[1:]
		require.Equal(t, "[link removed]", striptoken.From(one, nil), one)
	}
	wide := strings.Map(func(r rune) rune { return r + 0xfee0 }, token)
	require.Equal(t, "[link removed]", striptoken.From(wide, nil))
}

// TestAReaderGivesTheSame reads texts in several parts, with tokens around the ends of the parts.
func TestAReaderGivesTheSame(t *testing.T) {
	t.Parallel()
	split := token[:9] + `</span><span class="x" title="y">` + token[9:20] + "&shy;\r\n> " + token[20:]
	for _, near := range []string{"word ", "line\n", "\"q\",", "x<b y>", "\u00e4 "} {
		for shift := 0; shift < 60; shift += 5 {
			text := strings.Repeat("z", shift) + " " + strings.Repeat(near, 256<<10/len(near)-12) + split + " end " + strings.Repeat(near, 1000) + token
			got, err := io.ReadAll(iotest.HalfReader(striptoken.Reader(strings.NewReader(text), fronts)))
			require.NoError(t, err)
			require.NotContains(t, string(got), "<span", "%q %d", near, shift)
			require.Equal(t, striptoken.From(text, fronts), string(got), "%q %d", near, shift)
		}
	}
}

// TestAFloodOfBreaksIsRead has as many breaks as a mail may hold: code that calls itself for each
// runs out of stack, which ends the process.
func TestAFloodOfBreaksIsRead(t *testing.T) {
	t.Parallel()
	for unit, size := range map[string]int{"\u00ad": 24 << 20, "<wbr>": 4 << 20, "&amp;": 1 << 20, "v\n": 1 << 20} {
		text := "c" + strings.Repeat(unit, size/len(unit))
		require.Equal(t, len(text), len(striptoken.From(text, nil)), unit)
		got, err := io.ReadAll(striptoken.Reader(strings.NewReader(text), nil))
		require.NoError(t, err)
		require.Len(t, got, len(text), unit)
	}
}

func BenchmarkFrom(b *testing.B) {
	for name, unit := range map[string]string{
		"plain": "The tunnel to the office closes after an hour, and has to be dialled again.\n", "tokens": token + " ",
		"c": "c", "shy": "c\u00ad", "tags": "c<b>", "open": "c<b ", "entities": "c&shy;", "percent": "%25", "blanks": "c= ", "lines": "c\n> ",
	} {
		text := strings.Repeat(unit, 1<<20/len(unit))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				striptoken.From(text, fronts)
			}
		})
	}
}

func FuzzFrom(f *testing.F) {
	f.Add("See https://acme.example/t/" + token)
	f.Add("<b>" + token[:9] + "</b><a href='" + token + "'>" + token[9:])
	f.Fuzz(func(t *testing.T, text string) {
		got := striptoken.From(text, fronts)
		require.LessOrEqual(t, len(got), len(text))
		require.Equal(t, got, striptoken.From(got, fronts), "once is enough")
	})
}
