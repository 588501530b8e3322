package helpdesk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// searchDesk has tickets of two customers: one with a hidden note, one resolved.
func searchDesk(t *testing.T, store helpdesk.Store) (d *helpdesk.Desk, router, bill *helpdesk.Ticket) {
	t.Helper()
	clock, ctx := helpdesktest.NewClock(helpdesktest.Start), t.Context()
	root, err := helpdesk.New(store, &helpdesk.Config{Clock: clock, Blobs: memstore.New()})
	require.NoError(t, err)
	d = root.ForTenant("acme")
	for _, a := range []helpdesk.Agent{{ID: "ana@example.com", Email: "ana@example.com", Name: "Ana Gómez"}, {ID: "ben@example.com", Email: "ben@example.com", Name: "Ben"}} {
		_, err := d.SaveAgent(ctx, a)
		require.NoError(t, err)
	}
	ana := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"})
	router, err = d.Open(ctx, helpdesk.OpenParams{
		Subject: "Router broken", Description: "病院は機能していない", Customer: helpdesk.Contact{Name: "Zoë Straßer", Email: "zoe@shop.example"}, Tags: []string{"vip"},
	})
	require.NoError(t, err)
	_, err = ana.Take(ctx, router.ID)
	require.NoError(t, err)
	_, err = ana.Reply(ctx, router.ID, helpdesk.ReplyParams{Body: "The antenna fell off"})
	require.NoError(t, err)
	_, err = ana.Note(ctx, router.ID, "A hidden thought")
	require.NoError(t, err)
	clock.Advance(48 * time.Hour)
	bill, err = d.Open(ctx, helpdesk.OpenParams{
		Subject: "Rechnung Häusler", Description: "The invoice is wrong", Customer: helpdesk.Contact{Name: "Kim", Email: "kim@example.com"},
		Files: []helpdesk.File{file("a.txt", "x")},
	})
	require.NoError(t, err)
	bill, err = d.SetStatus(ctx, bill.ID, helpdesk.StatusClosed)
	require.NoError(t, err)
	return d, router, bill
}

func TestSearchFindsWhatPeopleType(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d, router, bill := searchDesk(t, store)
		ana := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"})
		zoe := d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "zoe@shop.example"})
		find := func(d *helpdesk.Desk, text string) (found []string) {
			page, err := d.Search(t.Context(), text, helpdesk.Query{Order: helpdesk.Oldest})
			require.NoError(t, err, text)
			for _, t := range page.Tickets {
				found = append(found, t.Subject)
			}
			return found
		}
		plain := router.Ref[:4] + router.Ref[5:]
		both, one, two := []string{router.Subject, bill.Subject}, []string{router.Subject}, []string{bill.Subject}
		for text, want := range map[string][]string{
			"hausler": two, "HÄUSLER": two, "rech": two, "r": nil, "re": two, "ro antenna": nil, "router antenna": one, "router hidden": one, "strasser": one, "STRAẞER": one, "zoe": one,
			"機能": one, "機": one, "zoe@shop.example": one, "zoe@example.com": nil, "kim@ex": two, `"antenna fell"`: one, `"fell antenna"`: nil, "the": both, "the -antenna": two,
			`the -"antenna fell"`: two, "-antenna": two, router.Ref: one, plain: one, "#" + router.Ref: one, "please look at " + router.Ref + ", now": one,
			"please look at " + plain + " now": one, "please look": nil,
			"status:open": one, "status:closed": two, "status:open,closed": both, "status:open status:closed": both, "status:open invoice": nil, "status:new": nil,
			"agent:me": one, "agent:none": two, "agent:ana@example.com": one, "agent:ana": one, `agent:"ana gomez"`: one, "agent:ben": nil, "agent:gone": nil, "agent:me agent:none": nil,
			"tag:VIP": one, "tag:other": nil, "customer:zoe": one, "customer:str": one, "customer:kim@example.com": two, "customer:antenna": nil, "customer:zoe customer:kim": nil,
			"org:shop": one, "org:example": both, "org:zoe": nil, "before:2026-03-03": one, "after:2026-03-03": two, "after:2026-03-04T09:00:00Z": two, "after:2026-03-04T09:00:01Z": nil,
			"has:attachment": two, "has:files the": two, "status:": nil, "10:30": nil, "": nil, "?!": nil, "status:open ": one, "-hidden": two,
		} {
			require.Equal(t, want, find(ana, text), "%q", text)
		}
		for text, want := range map[string][]string{
			"antenna": one, "hidden": nil, "invoice": nil, bill.Ref: nil, router.Ref: one, "status:open": one, "customer:zoe": one, "-hidden": one, `"hidden thought"`: nil, `antenna -"hidden thought"`: one,
			"has:attachment": nil, "org:shop": one,
		} {
			require.Equal(t, want, find(zoe, text), "a customer: %q", text)
		}
	})
}

func TestAnOperatorThatCannotBeReadIsNamed(t *testing.T) {
	t.Parallel()
	d, _, _ := searchDesk(t, memstore.New())
	ana := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"})
	for text, want := range map[string]string{
		"x status:odd": `status: "odd" is not one of open, new,`, "before:soon": `before: "soon" is neither a date such as`, "after:2026-13-01": `after: "2026-13-01" is neither`,
		"has:nothing": `has: "nothing" is not attachment`, "-tag:x": `tag: "x" cannot be left out`,
	} {
		_, err := ana.Search(t.Context(), text, helpdesk.Query{})
		require.ErrorIs(t, err, helpdesk.ErrInvalid, text)
		require.ErrorContains(t, err, want)
		require.Equal(t, "q", helpdesk.Fields(err)[0].Field)
	}
	_, err := d.Search(t.Context(), "agent:me", helpdesk.Query{})
	require.ErrorContains(t, err, `agent: "me" is nobody here`)
	zoe := d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "zoe@shop.example"})
	for _, text := range []string{"agent:ana", "tag:vip", "customer:kim@example.com"} {
		_, err := zoe.Search(t.Context(), text, helpdesk.Query{})
		require.ErrorIs(t, err, helpdesk.ErrForbidden, text)
	}
}

func TestASearchShowsWhereItFoundTheWords(t *testing.T) {
	t.Parallel()
	d, router, _ := searchDesk(t, memstore.New())
	ana := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"})
	zoe := d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "zoe@shop.example"})
	excerpt := func(d *helpdesk.Desk, text string) helpdesk.Excerpt {
		page, err := d.Search(t.Context(), text, helpdesk.Query{IDs: []helpdesk.TicketID{router.ID}})
		require.NoError(t, err)
		require.Len(t, page.Tickets, 1, text)
		return page.Excerpts[router.ID]
	}
	require.Equal(t, helpdesk.Excerpt{Text: "The antenna fell off", Hits: [][2]int{{4, 11}}}, excerpt(ana, "router ANTENNA"))
	require.Equal(t, helpdesk.Excerpt{Text: "Zoë Straßer zoe@shop.example", Hits: [][2]int{{0, 4}, {14, 17}}}, excerpt(ana, "zoe"))
	require.Equal(t, helpdesk.Excerpt{}, excerpt(ana, "router"))
	require.Equal(t, "A hidden thought", excerpt(ana, "hidden").Text)
	require.Equal(t, helpdesk.Excerpt{}, excerpt(zoe, "router -hidden"))
	require.Equal(t, "The antenna fell off", excerpt(zoe, "the").Text)
}

func TestAnAgentFindsOnlyWhatIsInScope(t *testing.T) {
	t.Parallel()
	d, router, _ := searchDesk(t, memstore.New())
	agents, err := d.Agents(t.Context())
	require.NoError(t, err)
	agents[1].Restricted = true
	_, err = d.SaveAgent(t.Context(), agents[1])
	require.NoError(t, err)
	ben := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ben@example.com"})
	for _, text := range []string{"router", router.Ref, "look at " + router.Ref, "status:open", `"antenna fell"`, "agent:ana", "-absent"} {
		page, err := ben.Search(t.Context(), text, helpdesk.Query{})
		require.NoError(t, err)
		require.Empty(t, page.Tickets, text)
	}
}

// TestSearchFindsAHostsReferenceInASentence: a host may have references in small letters, or in
// both.
func TestSearchFindsAHostsReferenceInASentence(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		refs := []string{"inv/2026-1", "Case-12"}
		d := helpdesktest.New(t, store, &helpdesk.Config{NewRef: func() string {
			ref := refs[0]
			refs = refs[1:]
			return ref
		}})
		inv, one := open(t, d, helpdesk.OpenParams{}), open(t, d, helpdesk.OpenParams{})
		for typed, want := range map[string]*helpdesk.Ticket{
			"inv/2026-1": inv, "INV/2026-1": inv, "about INV/2026-1.": inv, "about (inv/2026-1).": inv, "is Case-12 done?": one,
		} {
			page, err := d.Search(t.Context(), typed, helpdesk.Query{})
			require.NoError(t, err, typed)
			require.Len(t, page.Tickets, 1, typed)
			require.Equal(t, want.ID, page.Tickets[0].ID)
		}
	})
}
