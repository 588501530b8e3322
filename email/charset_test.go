package email_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// inCharset is a mail with a text in an encoding, under a label.
func inCharset(t *testing.T, typ, label, text string, enc encoding.Encoding) string {
	t.Helper()
	raw, err := enc.NewEncoder().String(text)
	require.NoError(t, err)
	return parsed(t, []byte("From: kim@cust.example\nSubject: x\nContent-Type: "+typ+"; charset="+label+"\nContent-Transfer-Encoding: 8bit\n\n"+raw)).Full
}

func TestLabelsOfCharsetsAreReadAsMailersWriteThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text   string
		enc    encoding.Encoding
		labels string
	}{
		{"결제가 두 번 되었습니다.", korean.EUCKR, "ks_c_5601-1987 KS_C_5601-1989 ksc_5601 ks_c_5601 euc-kr euckr cp949 windows-949 x-windows-949 ms949 uhc korean csKSC56011987 iso-ir-149 \"ks_c_5601-1987\" ISO-2022-KR"},
		{"请尽快退款。", simplifiedchinese.GBK, "gb2312 gbk gb18030 GB_2312-80 gb2312-80 x-gbk cp936 windows-936 euc-cn chinese hz-gb-2312"},
		{"請儘快退款。", traditionalchinese.Big5, "big5 big-5 Big5-HKSCS cn-big5 x-x-big5 cp950 csbig5"},
		{"注文した品物がまだ届きません。", japanese.ShiftJIS, "shift_jis shift-jis sjis x-sjis ms_kanji windows-31j cp932 csWindows31J iso-2022-jp"},
		{"注文した品物がまだ届きません。", japanese.EUCJP, "euc-jp eucjp x-euc-jp ujis"},
		{"注文した品物がまだ届きません。", japanese.ISO2022JP, "iso-2022-jp iso2022jp ISO-2022-JP-MS cp50220 jis us-ascii"},
		{"Где мой заказ?", charmap.KOI8R, "koi8-r koi8_r koi8r cskoi8r koi"},
		{"Где мой заказ?", charmap.Windows1251, "windows-1251 cp1251 win-1251 x-cp1251 1251"},
		{"Où est ma commande à 5 € ?", charmap.Windows1252, "windows-1252 iso-8859-1 iso8859-1 latin1 latin-1 ansi us-ascii x-unknown cp1252 ISO_8859-1:1987"},
		{"Gdzie jest moja paczka, źle", charmap.ISO8859_2, "iso-8859-2 latin2 iso_8859-2 l2"},
		{"איפה ההזמנה", charmap.ISO8859_8, "iso-8859-8-i iso-8859-8 hebrew logical"},
		{"สินค้าอยู่ไหน", charmap.Windows874, "tis-620 windows-874 iso-8859-11 TIS620"},
		{"Wo ist die Größe? 注文 안녕", unicode.UTF8, "utf-8 utf8 UTF_8 utf8mb4 uft-8 unicode-1-1-utf-8 x-unknown iso-8859-1 ks_c_5601-1987 shift_jis iso-2022-kr hz-gb-2312 utf-16 utf-7 gb2312 \"charset=utf-8\" utf-8; us-ascii"},
		{"Wo ist die Größe?", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16 unicode utf-16le"},
	} {
		for label := range strings.FieldsSeq(c.labels) {
			require.Equal(t, c.text, inCharset(t, "text/plain", label, c.text, c.enc), label)
		}
	}
	// The shifts of ISO-2022-KR: the 7-bit form of EUC-KR.
	raw, err := korean.EUCKR.NewEncoder().String("안녕")
	require.NoError(t, err)
	shifted := "\x1B$)C\x0E" + strings.Map(func(r rune) rune { return r }, string([]byte{raw[0] & 0x7F, raw[1] & 0x7F, raw[2] & 0x7F, raw[3] & 0x7F})) + "\x0F ok"
	require.Equal(t, "안녕 ok", parsed(t, []byte("From: a@b.example\nContent-Type: text/plain; charset=iso-2022-kr\n\n"+shifted)).Full)
	// A wrong label of the header does not beat the one in the document.
	require.Equal(t, "결제", inCharset(t, "text/html", "us-ascii", `<meta charset="ks_c_5601-1987"><p>결제</p>`, korean.EUCKR))
}

// TestEveryLabelOfTheWHATWGIsKnown takes the labels of
// https://encoding.spec.whatwg.org/#names-and-labels through a text that the charset has.
func TestEveryLabelOfTheWHATWGIsKnown(t *testing.T) {
	t.Parallel()
	for _, label := range strings.Fields(`866 cp866 csibm866 ibm866 csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2 csisolatin3
		iso-8859-3 l3 latin3 csisolatin4 iso-8859-4 l4 latin4 csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso88595 iso_8859-5:1988 arabic asmo-708 ecma-114 iso-8859-6 iso88596
		csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 sun_eu_greek csisolatinhebrew hebrew iso-8859-8 visual iso-8859-8-i logical iso-8859-10 l6 latin6 iso-8859-13 iso885913
		iso-8859-14 csisolatin9 iso-8859-15 l9 iso-8859-16 cskoi8r koi koi8 koi8-r koi8_r koi8-u koi8-ru csmacintosh mac macintosh x-mac-roman dos-874 iso-8859-11 tis-620 windows-874
		cp1250 windows-1250 x-cp1250 cp1251 windows-1251 x-cp1251 ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso88591 iso_8859-1:1987 l1 latin1 us-ascii
		x-cp1252 cp1253 x-cp1253 cp1254 csisolatin5 iso-8859-9 l5 latin5 x-cp1254 cp1255 cp1256 cp1257 cp1258 x-mac-cyrillic x-mac-ukrainian chinese csgb2312 csiso58gb231280 gb2312
		gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030 big5 big5-hkscs cn-big5 csbig5 x-x-big5 cseucpkdfmtjapanese euc-jp x-euc-jp csshiftjis ms932 ms_kanji shift-jis shift_jis sjis
		windows-31j x-sjis cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949`) {
		enc, err := htmlindex.Get(label)
		require.NoError(t, err, label)
		text := ""
		for _, r := range "éщδשشก日한ŁșŻŠāŒ" {
			if raw, err := enc.NewEncoder().String(string(r)); err == nil && raw != string(r) {
				text += string(r) + " "
			}
		}
		if text == "" {
			continue
		}
		require.Equal(t, text+" ok", inCharset(t, "text/plain", label, text+" ok", enc), label)
	}
}
