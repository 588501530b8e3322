package webui_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

func TestTheInboxFiltersByWhenATicketWasAssigned(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.open("Refund of Monday", "Please.")
	s.Clock.Advance(24 * time.Hour)
	s.open("Refund of Tuesday", "Please.")
	s.get(ana, prefix+"/?assigned_before=2026-03-02").lacks("of Monday", "of Tuesday").
		has(`Assigned before <input name="assigned_before" type="date" value="2026-03-02" size="16">`)
	s.get(ana, prefix+"/?assigned_before=2026-03-03").has("of Monday", `value="assigned_before=2026-03-03"`).lacks("of Tuesday")
	s.get(ana, prefix+"/?assigned_before=2026-03-03T09:00:01Z").
		has("of Monday", "of Tuesday", `name="assigned_before" value="2026-03-03T09:00:01Z"`)
}

func TestASearchShowsWhereItFoundTheWords(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened, other := s.open("Rechnung Häusler", "The <b>antenna</b> fell off."), s.open("Something else", "Words.")
	_, err := s.SetStatus(t.Context(), opened.ID, helpdesk.StatusClosed)
	require.NoError(t, err)
	s.get(ana, prefix+"/?view=all&q=hausler+ant").is(200).has("Rechnung <mark>Häusler</mark>", "The &lt;b&gt;<mark>antenna</mark>&lt;/b&gt; fell off.").lacks(other.Ref)
	s.get(ana, prefix+"/").has(`name="view" value="all"`, `value="status:open"`, `value="agent:me"`)
	s.get(ana, prefix+"/?view=all&q=see+"+opened.Ref+"+please").has("Häusler").lacks(other.Ref)
	s.get(ana, prefix+"/?view=all&q=status:odd").is(422).has("status: &#34;odd&#34; is not one of open")
}

func TestACustomerSearchesOwnTickets(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened, other := s.open("Rechnung Häusler", "The antenna fell off."), s.open("Something else", "Words.")
	_, err := s.Note(t.Context(), opened.ID, "A hidden thought.")
	require.NoError(t, err)
	s.get(kim, form+"/?q=hausler+ant").is(200).has("<mark>Häusler</mark>", "The <mark>antenna</mark> fell").lacks(other.Ref)
	s.get(kim, form+"/?q=hidden").is(200).has("Nothing found").lacks(opened.Ref)
	s.get(kim, form+"/?q=status:odd").is(422).has("is not one of open")
	s.get(kim, form+"/").has(`name="q"`, opened.Ref, other.Ref)
	s.get(lee, form+"/?q=antenna").is(200).lacks(opened.Ref)
}
