package archive

import (
	"bytes"
	"encoding/json"
	"hash/crc32"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

// full returns a record in which every field that a store keeps has a value, which depends on its
// name alone: a field more changes no other.
func full() Record {
	r := Record{Messages: make([]helpdesk.Message, 1), Events: make([]helpdesk.Event, 1), Mails: make([]helpdesk.Mail, 1)}
	var fill func(v reflect.Value, name string)
	fill = func(v reflect.Value, name string) {
		n := int(crc32.ChecksumIEEE([]byte(name)) % 1000)
		switch {
		case v.Type() == reflect.TypeFor[time.Time]():
			v.Set(reflect.ValueOf(time.Date(2026, time.March, 1+n%28, n%24, n%60, 0, 123456000, time.UTC)))
		case v.Type() == reflect.TypeFor[helpdesk.Priority]():
			v.Set(reflect.ValueOf(helpdesk.High))
		case v.Type() == reflect.TypeFor[json.RawMessage]():
			v.SetBytes([]byte(`{ "a": "<b>" }`))
		case v.Kind() == reflect.Pointer:
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), name)
		case v.Kind() == reflect.Slice:
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			fill(v.Index(0), name)
		case v.Kind() == reflect.Struct:
			for i := range v.NumField() {
				fill(v.Field(i), name+"."+v.Type().Field(i).Name)
			}
		case v.Kind() == reflect.String:
			v.SetString("text <" + strings.Repeat("x", n%7) + ">\n\u2028ü")
		case v.Kind() == reflect.Bool:
			v.SetBool(true)
		case v.CanFloat():
			v.SetFloat(0.25)
		default:
			v.SetInt(int64(n))
		}
	}
	fill(reflect.ValueOf(&r).Elem(), "")
	return r
}

// TestALineOfEachFormatIsReadForEver compares with a file of testdata. Its lines were written by
// the version that had their format, and are never written again. A change of a field of a ticket,
// an event or a mail that makes this fail has to read the old name too; a new field is taken out of
// what is wanted of the old lines.
func TestALineOfEachFormatIsReadForEver(t *testing.T) {
	t.Parallel()
	want := full()
	var now bytes.Buffer
	require.NoError(t, AppendRecord(&now, "2026-03", &want))
	back, err := readRecords(bytes.NewReader(now.Bytes()))
	require.NoError(t, err)
	require.Equal(t, []Record{want}, back, "every field comes back")

	old, err := os.ReadFile("testdata/format1.jsonl")
	require.NoError(t, err)
	back, err = readRecords(bytes.NewReader(old))
	require.NoError(t, err)
	want.Ticket.CustomerID, want.Ticket.Organisation, want.Ticket.Cc, want.Ticket.Followers, want.Ticket.Links = "", "", nil, nil, nil
	want.Ticket.ToldAt, want.Ticket.ReplyTo, want.Ticket.Unverified = time.Time{}, "", false
	for i := range want.Messages {
		want.Messages[i].Sender, want.Messages[i].ReplyTo = "", ""
	}
	for i := range want.Mails {
		want.Mails[i].Sender, want.Mails[i].Answers = "", nil
	}
	require.Equal(t, []Record{want}, back)
}

func TestAFileThatIsNotWholeIsRefused(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	r := full()
	require.NoError(t, AppendRecord(&b, "2026-03", &r))
	line := b.String()
	for name, text := range map[string]string{
		"cut off": line[:len(line)-1], "a field of a later version": strings.Replace(line, `"Ref":`, `"Colour":"red","Ref":`, 1),
		"a later format": strings.Replace(line, `"format":1`, `"format":2`, 1),
	} {
		_, err := readRecords(strings.NewReader(text))
		require.Error(t, err, name)
	}
	r.Ticket.Status, r.Ticket.Clocks = helpdesk.StatusClosed, nil
	_, err := encode("2026-03", []Record{r})
	require.NoError(t, err)
	r.Messages[0].Body = "\xff"
	_, err = encode("2026-03", []Record{r})
	require.Error(t, err, "it would not come back as it is")
}
