package classifytest_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/classify/classifytest"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

func Example() {
	ctx := context.Background()
	file := strings.NewReader(`id,subject,body,category
1,Refund,Please refund my invoice. The payment failed and I was charged twice.,billing
2,Two invoices,We got the invoice of March twice.,billing
3,Password,My reset link does not work.,account
4,Hello,I would like to talk to somebody.,account
`)
	tickets, err := classifytest.ReadCSV(file, classifytest.Category)
	if err != nil {
		panic(err)
	}
	report, err := classifytest.Score(ctx, classify.Offline(), tickets, nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(report.Accuracy, report.Abstained)
	// Output: 0.75 1
}

// The whole output for the ten tickets of ten.
func TestWriteTextIsForPeople(t *testing.T) {
	t.Parallel()
	tickets, classifier := ten()
	r, err := classifytest.Score(t.Context(), classifier, tickets, &classifytest.Config{Clock: helpdesktest.NewClock(helpdesktest.Start)})
	require.NoError(t, err)
	var got strings.Builder
	require.NoError(t, r.WriteText(&got))
	want, err := os.ReadFile("testdata/report.txt")
	require.NoError(t, err)
	require.Equal(t, string(want), got.String())
}

func TestWriteTextKeepsATerminalSafe(t *testing.T) {
	t.Parallel()
	evil := helpdesk.Category("\x1b]0;owned\x07\u202e" + strings.Repeat("long", 20))
	script := &helpdesktest.Script{}
	script.Fail(errors.New("\x1b[31m"))
	r, err := classifytest.Score(t.Context(), script, []classifytest.Ticket{{ID: "\x1b[1m", Category: evil}}, nil)
	require.NoError(t, err)
	var got strings.Builder
	require.NoError(t, r.WriteText(&got))
	require.NotContains(t, got.String(), "\x1b")
	require.NotContains(t, got.String(), "\u202e")
}

func TestWriteTextReturnsTheErrorOfItsWriter(t *testing.T) {
	t.Parallel()
	tickets, classifier := ten()
	r, err := classifytest.Score(t.Context(), classifier, tickets, nil)
	require.NoError(t, err)
	require.ErrorIs(t, r.WriteText(brokenPipe{}), errBroken)
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errBroken }
