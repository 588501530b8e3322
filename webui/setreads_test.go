package webui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/webui"
)

func TestAnAdminSeesWhoHasReadATicket(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *helpdesk.Config, _ *webui.FormConfig) { c.RecordReads = true })
	s.get(admin, set+"reads").is(200).has("No read is recorded")
	kiln, oven := s.open("The kiln is cold", "Help."), s.open("The oven is hot", "Help.")
	read := func(who string, t *helpdesk.Ticket) { s.get(who, prefix+"/tickets/"+t.Ref).is(200) }
	read(ana, kiln)
	s.Clock.Advance(time.Minute)
	read(ana, oven)
	read(admin, oven)
	all := s.get(admin, set+"reads").is(200).has("The kiln is cold", kiln.Ref, "The oven is hot", "ana@example.com", "boss@example.com")
	require.Less(t, strings.Index(all.body, "The oven is hot"), strings.Index(all.body, "The kiln is cold"), "newest first")
	s.get(admin, set+"reads?by=boss@example.com").is(200).has("The oven is hot").lacks("The kiln is cold")
	s.get(admin, set+"reads?ticket="+kiln.Ref).is(200).has("The kiln is cold").lacks("The oven is hot")
	s.get(admin, set+"reads?by=nobody&ticket="+kiln.Ref).is(200).has("No read is recorded")
	s.get(admin, set+"reads?ticket=NONE-0000").is(422).has(`href="#f-ticket"`, "NONE-0000").lacks("No read is recorded")
	s.get(admin, set+"reads?before=yesterday").is(422)
}

// TestPagesOfReadsHaveEachOnce records reads of which some have the same time.
func TestPagesOfReadsHaveEachOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *helpdesk.Config, _ *webui.FormConfig) { c.RecordReads = true })
	const n = 112
	for i := range n {
		one := s.open(fmt.Sprintf("Number %03d.", i), "Help.")
		s.get(ana, prefix+"/tickets/"+one.Ref).is(200)
		if i%3 == 0 {
			s.Clock.Advance(time.Second)
		}
	}
	seen, pages := map[string]int{}, 0
	for next := "reads"; next != ""; pages++ {
		page := s.get(admin, set+next).is(200)
		for i := range n {
			if subject := fmt.Sprintf("Number %03d.", i); strings.Contains(page.body, subject) {
				seen[subject]++
			}
		}
		next = ""
		for n := range page.doc().Descendants() {
			if attr(n, "rel") == "next" {
				next = strings.TrimPrefix(attr(n, "href"), "../settings/")
			}
		}
	}
	require.Len(t, seen, n)
	for subject, times := range seen {
		require.Equal(t, 1, times, subject)
	}
	require.Equal(t, 3, pages)
}
