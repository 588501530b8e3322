package sla_test

import (
	"encoding/json"
	"os"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/sla"
)

func TestTheDocumentationSaysWhatIsPromised(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/sla.md")
	require.NoError(t, err)
	rows := regexp.MustCompile(`(?m)^\| (urgent|high|medium|low) +\| (\S+) +\| (\S+) +\|$`).FindAllStringSubmatch(string(page), -1)
	require.Len(t, rows, 4)
	for _, row := range rows {
		first, err := time.ParseDuration(row[2])
		require.NoError(t, err)
		resolution, err := time.ParseDuration(row[3])
		require.NoError(t, err)
		p := sla.Standard().Named(row[1])
		require.Equal(t, p.FirstResponse, first, row[1])
		require.Equal(t, p.Resolution, resolution, row[1])
	}
	doc := regexp.MustCompile("(?s)```json\n(.*?)```").FindSubmatch(page)
	require.NotNil(t, doc)
	_, err = sla.Standard().Read(json.RawMessage(doc[1]))
	require.NoError(t, err)
}
