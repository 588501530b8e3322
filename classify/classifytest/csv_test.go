package classifytest_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify/classifytest"
)

func TestReadCSVTakesColumnsInAnyOrder(t *testing.T) {
	t.Parallel()
	file := "\ufeffPriority,language, Body ,team,CATEGORY,id,subject\r\n" +
		"High,en,\"two\r\nlines, \"\"quoted\"\"\",x, Billing and Payments ,7,Hello\r\n" +
		",,,,,,\r\n" +
		",de,text,x,,,\r\n"
	tickets, err := classifytest.ReadCSV(strings.NewReader(file))
	require.NoError(t, err)
	require.Equal(t, []classifytest.Ticket{
		{ID: "7", Subject: "Hello", Body: "two\nlines, \"quoted\"", Category: "Billing and Payments", Priority: helpdesk.High, Language: "en"},
		{ID: "line 5", Body: "text", Language: "de"},
	}, tickets)
}

func TestReadCSVNeedsOnlyTheBodyAndTheLabelsAskedFor(t *testing.T) {
	t.Parallel()
	tickets, err := classifytest.ReadCSV(strings.NewReader("body\nhello\n"))
	require.NoError(t, err)
	require.Equal(t, []classifytest.Ticket{{ID: "line 2", Body: "hello"}}, tickets)

	file := "body,category,priority\nhello,a,very strange\n"
	tickets, err = classifytest.ReadCSV(strings.NewReader(file), classifytest.Category)
	require.NoError(t, err, "priorities that nobody asked for cannot be wrong")
	require.Equal(t, []classifytest.Ticket{{ID: "line 2", Body: "hello", Category: "a"}}, tickets)
	_, err = classifytest.ReadCSV(strings.NewReader(file), classifytest.Category, classifytest.Priority)
	require.ErrorContains(t, err, `line 2, column priority: priority "very strange" is not one of`)
}

func TestReadCSVReadsLongFields(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a line of text\n", 10<<20/15)
	tickets, err := classifytest.ReadCSV(io.MultiReader(strings.NewReader("body,category\n\""), strings.NewReader(long), strings.NewReader("\",a\n")))
	require.NoError(t, err)
	require.Len(t, tickets, 1)
	require.Equal(t, len(long), len(tickets[0].Body))
}

func TestReadCSVNamesThePlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ file, want string }{
		{"", "is empty"},
		{"\ufeff", "is empty"},
		{"\xff\xfei\x00d\x00", "UTF-16"},
		{"id,text,category\n", "line 1, column body: is missing; the header is id,text,category"},
		{"id;body;category\n", "line 1, column body: is missing"},
		{"id,body\n1,x\n", "line 1, column category: is missing"},
		{"id,body,Body,category\n", "line 1, column body: is named twice"},
		{"id,body,category\n1,\"a\nb\",x\n2,y\n", "line 4: has 2 cells, the header has 3"},
		{"id,body,category\n1,a,b,c\n", "line 2: has 4 cells, the header has 3"},
		{"id,body,category\n1,a\"b,c\n", "line 2, column 4: bare"},
		{"id,body,category\n1,\"a\"b,c\n", "line 2, column 5: extraneous or missing"},
		{"id,body,category\n1,\"never closed,c\n2,b,c\n", "line 2: extraneous or missing"},
		{"id,body,category\n1,caf\xe9,c\n", "line 2, column body: is not UTF-8"},
	} {
		_, err := classifytest.ReadCSV(strings.NewReader(c.file), classifytest.Category)
		require.ErrorContains(t, err, c.want, "%q", c.file)
		require.ErrorIs(t, err, helpdesk.ErrInvalid, "%q", c.file)
	}
	_, err := classifytest.ReadCSV(strings.NewReader("body\n"), "colour")
	require.ErrorContains(t, err, `label "colour" is not one of`)
	_, err = classifytest.ReadCSV(io.MultiReader(strings.NewReader("body\nx\n"), broken{}))
	require.ErrorIs(t, err, errBroken)
	require.NotErrorIs(t, err, helpdesk.ErrInvalid)
}

var errBroken = errors.New("disk on fire")

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errBroken }

func TestParsePriorityKnowsTheWordsOfOtherDesks(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]helpdesk.Priority{
		"": 0, " ": 0, "low": helpdesk.Low, "URGENT": helpdesk.Urgent, " Critical ": helpdesk.Urgent, "Normal": helpdesk.Medium,
		"P1": helpdesk.Urgent, "p4": helpdesk.Low, "1 - Critical": helpdesk.Urgent, "2 normal": helpdesk.Medium,
		"3-Moderate": helpdesk.Medium, "5 very  high": helpdesk.Urgent, "Minor": helpdesk.Low, "4. low": helpdesk.Low,
	} {
		got, err := classifytest.ParsePriority(s)
		require.NoError(t, err, s)
		require.Equal(t, want, got, s)
	}
	for _, s := range []string{"1", "P0", "p6", "asap", "high!", "-", "12", "priority(0)"} {
		_, err := classifytest.ParsePriority(s)
		require.ErrorIs(t, err, helpdesk.ErrInvalid, s)
	}
	for _, p := range helpdesk.Priorities {
		got, err := classifytest.ParsePriority(p.String())
		require.NoError(t, err)
		require.Equal(t, p, got)
	}
}

// FuzzReadCSV looks for files that crash the reader or cause a wrong error.
func FuzzReadCSV(f *testing.F) {
	for _, s := range []string{"body\nx\n", "\ufeffid,body,priority\r\n1,\"a\r\nb\",P1\r\n", "body,category\n\"", "id,body\n\n,\n1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		tickets, err := classifytest.ReadCSV(strings.NewReader(s))
		if err != nil && tickets != nil {
			t.Fatal("tickets and an error")
		}
		for _, x := range tickets {
			if x.ID == "" || x.Priority < 0 || x.Priority > helpdesk.Urgent {
				t.Fatalf("%+v", x)
			}
		}
		var row *classifytest.RowError
		if errors.As(err, &row) && (row.Line < 1 || row.Line > strings.Count(s, "\n")+1) {
			t.Fatalf("there is no line %d", row.Line)
		}
	})
}
