package email_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// winmail is a winmail.dat whose text is RTF alone.
func winmail(rtf []byte) []byte {
	u16, u32 := binary.LittleEndian.AppendUint16, binary.LittleEndian.AppendUint32
	props := u32(nil, 1)                         // one property
	props = u32(props, 0x1009<<16|0x0102)        // PidTagRtfCompressed, binary
	props = u32(u32(props, 1), uint32(len(rtf))) // one value
	props = append(props, rtf...)
	for len(props)%4 != 0 {
		props = append(props, 0)
	}
	out := u16(u32(nil, 0x223E9F78), 1)
	out = u32(append(out, 1), 0x00069003)
	out = append(u32(out, uint32(len(props))), props...)
	return u16(out, 0)
}

// compressed is RTF in the form of MS-OXRTFCP, with literals alone.
func compressed(rtf string, kind uint32) []byte {
	var data []byte
	for s := rtf; kind == 0x75465A4C && s != ""; s = s[min(len(s), 8):] {
		data = append(append(data, 0), s[:min(len(s), 8)]...)
	}
	if data == nil {
		data = []byte(rtf)
	}
	head := binary.LittleEndian.AppendUint32(nil, uint32(len(data)+12))
	for _, n := range []uint32{uint32(len(rtf)), kind, 0} {
		head = binary.LittleEndian.AppendUint32(head, n)
	}
	return append(head, data...)
}

func TestTheTextOfOutlooksOwnFormatIsRead(t *testing.T) {
	t.Parallel()
	const lzfu, mela = 0x75465A4C, 0x414C454D
	// The example of MS-OXRTFCP, 3.1.1.
	hello, err := base64.StdEncoding.DecodeString("LQAAACsAAABMWkZ18cXHpwMACgByY3BnMTI1QjIK8yBoZWwJACBidwWwbGR9CoAPoA==")
	require.NoError(t, err)
	for name, c := range map[string]struct {
		rtf        []byte
		text, html string
	}{
		"compressed":   {hello, "hello world", ""},
		"uncompressed": {compressed(`{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8\'e2\'e5\'f2\par {\b bold} text}`, mela), "Привет\nbold text", ""},
		"fonts":        {compressed(`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset128 MS Mincho;}}\f1 \'83\'43\f0  and \'e9}`, lzfu), "イ and é", ""},
		"Unicode":      {compressed(`{\rtf1\ansi\uc1 \u8364? and \u-10179?\u-8704? {\uc0\u228 x}}`, lzfu), "€ and 😀 äx", ""},
		"hidden":       {compressed(`{\rtf1{\info{\title t}}{\*\generator g;}{\pict ffd8}{\stylesheet s;}one\line two\tab three}`, lzfu), "one\ntwo\tthree", ""},
		"HTML within": {compressed(`{\rtf1\ansi\ansicpg1252\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 The pump leaks \'e4 {\*\htmltag84 &lt;}{\*\htmltag84 <b>}\htmlrtf {\b \htmlrtf0 now\htmlrtf }\htmlrtf0{\*\htmltag92 </b>}\htmlrtf\par}\htmlrtf0{\*\htmltag72 </p>}}`, lzfu),
			"The pump leaks ä <now", "<p>The pump leaks ä &lt;<b>now</b></p>"},
	} {
		mail := func(plain string) []byte {
			return []byte("From: kim@cust.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n" + plain + "\n--b\nContent-Type: application/ms-tnef; name=winmail.dat\n" +
				"Content-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString(winmail(c.rtf)) + "\n--b--\n")
		}
		in := parsed(t, mail(""))
		require.Equal(t, c.text, in.Text, name)
		require.Equal(t, c.html, in.HTML, name)
		require.Empty(t, in.Files, name)
		if c.html == "" { // the same text beside it is not said twice
			require.Equal(t, c.text, parsed(t, mail(c.text)).Text, name)
		}
	}
	unread := parsed(t, []byte("From: kim@cust.example\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n"+
		base64.StdEncoding.EncodeToString(winmail([]byte("no RTF")))+"\n"))
	require.Len(t, unread.Files, 1, "what holds nothing that is read stays a file")
}

// Hostile RTF must not take long or much memory; FuzzParse looks for more.
func TestHostileRTFIsReadInItsLimits(t *testing.T) {
	t.Parallel()
	for _, rtf := range []string{
		`{\rtf1` + strings.Repeat("{", 1<<20), `{\rtf1` + strings.Repeat("}", 1<<20), `{\rtf1\bin99999999999999999999 x}`, `{\rtf1\u99999999999 \'`, `{\rtf1 \`, `{\rtf1\ansicpg-1 a}`,
		`{\rtf1` + strings.Repeat(`\fromhtml1{\*\htmltag`, 1<<16),
	} {
		mail := base64.StdEncoding.EncodeToString(winmail(compressed(rtf, 0x414C454D)))
		in := parsed(t, []byte("From: kim@cust.example\nContent-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n"+mail+"\n"))
		require.NotContains(t, in.Problem, "parser broke")
	}
	bomb := compressed("", 0x75465A4C)
	binary.LittleEndian.PutUint32(bomb[4:], 1<<31)
	bomb = append(bomb, bytes.Repeat([]byte{0xFF, 0, 15, 0, 15, 0, 15, 0, 15, 0, 15, 0, 15, 0, 15, 0, 15}, 1<<16)...)
	parsed(t, []byte("From: kim@cust.example\nContent-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n"+base64.StdEncoding.EncodeToString(winmail(bomb))+"\n"))
}
