package webui_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/browsertest"
	"github.com/helpdesk-go/helpdesk/macro"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
)

// picture is a page to look at: what to open, as whom, and what to do then to see it.
type picture struct {
	name, who, path string
	link            func() string // instead of path: a link that works once
	do              func(tab *browsertest.Tab)
	faults          []string // what the browser says of the answer's status
}

// show opens the page in a tab that is logged in as by, and returns who is logged in then.
func (p *picture) show(tab *browsertest.Tab, site, by string) string {
	if by != p.who {
		login(tab, site, p.who)
	}
	switch {
	case p.link != nil:
		tab.Go(p.link())
	case strings.HasPrefix(p.path, "http"):
		tab.Go(p.path)
	default:
		tab.Go(site + p.path)
	}
	if p.do != nil {
		p.do(tab)
	}
	for _, fault := range p.faults {
		tab.Await(fault)
	}
	return p.who
}

const (
	theAdmin  = "admin:dev@example.com"
	theAgent  = "agent:ana@example.com"
	customer  = "customer:kim@example.com"
	aStranger = "nobody"
)

const (
	longWord = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft" + "0123456789abcdefghijklmnopqrstuvwxyz"
	arabic   = "مرحبا، لقد تم خصم المبلغ مرتين من بطاقتي. رقم الطلب 17-B، أرجو إعادة المبلغ."
)

// put sets a field and sends its form.
func put(css, value, button string) func(*browsertest.Tab) {
	return func(tab *browsertest.Tab) {
		tab.Click(css)
		browsertest.Run[int](tab, fmt.Sprintf("document.querySelector(%q).value = %q; 1", css, value))
		tab.Leave(button)
	}
}

// gallery fills an office with one of each thing, some of them odd, and returns all of its pages.
func (o *office) gallery() []picture {
	t, ctx := o.t, o.t.Context()
	must := func(_ any, err error) {
		t.Helper()
		require.NoError(t, err)
	}
	boss := o.desk.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "dev@example.com", Name: "Dev Patel"})
	ana := o.desk.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"})
	for _, team := range []helpdesk.Team{{ID: "money", Name: "Money and invoices", Categories: []helpdesk.Category{"billing", "account"}, Managers: []helpdesk.AgentID{"ana@example.com"}}, {ID: "odd", Name: longWord}} {
		must(boss.SaveTeam(ctx, team))
	}
	must(boss.SaveAgent(ctx, helpdesk.Agent{Name: longWord, Email: "adelheid.von.und.zu." + strings.Repeat("x", 30) + "@a-long-host-name.example.com", Skills: map[helpdesk.Skill]int{"technical": 2, "a skill with a long name": 5}, Teams: []helpdesk.TeamID{"money", "odd"}, Manager: true}))
	must(boss.SetAbsences(ctx, "ben@example.com", []helpdesk.Absence{{From: time.Now().Add(-time.Hour), To: time.Now().AddDate(0, 0, 3), Reason: "A course"}, {From: time.Now().AddDate(0, 2, 0)}}))
	for _, m := range []macro.Macro{{ID: "refund", Name: "Refund sent", Body: "Hello {{customer}},\n\nthe money for {{ref}} is on its way.\n\n{{agent}}"}, {ID: "long", Name: longWord[:90], Body: longWord + "\n" + arabic}} {
		must(macro.Of(boss).Save(ctx, m))
	}
	for _, w := range []webhook.Endpoint{
		{ID: "crm", Name: "Our CRM", URL: "https://crm.acme.example/in", Off: true, Kinds: []helpdesk.NoticeKind{helpdesk.NoticeAssigned, helpdesk.NoticeBreached}},
		{ID: "long", Name: longWord[:90], URL: "https://" + longWord[:60] + ".example.com/" + longWord, Off: true},
	} {
		w, err := webhook.Of(boss).Save(ctx, w)
		must(w, err)
		w.Off = false
		w, err = webhook.Of(boss).Save(ctx, w)
		must(w, err)
		must(nil, webhook.Of(o.desk).MarkGone(ctx, w, time.Now()))
	}
	must(webhook.Of(boss).Save(ctx, webhook.Endpoint{ID: "inside", Name: "Inside", URL: "https://10.0.0.1/", Off: true}))
	must(boss.SavePriorityRules(ctx, asJSON(t, map[string]any{"rules": []any{map[string]any{"phrase": "on fire", "priority": "urgent"}, map[string]any{"phrase": longWord, "priority": "high"}}})))
	for range 3 {
		must(boss.SaveSLA(ctx, json.RawMessage(officeBook)))
	}
	must(nil, boss.SaveViews(ctx, []helpdesk.View{{Name: "Urgent ones", Query: "priority=urgent&view=open"}}))

	plain := o.file("Charged twice")
	must(ana.Note(ctx, plain.ID, "Asked the bank."))
	must(ana.Reply(ctx, plain.ID, helpdesk.ReplyParams{Body: "We are looking into it."}))
	o.answer(plain, "Are you there?")
	odd := o.file("Odd " + longWord)
	o.answer(odd, arabic+"\n\n"+strings.Repeat(longWord, 3)+"\n\nhttps://shop.example/"+longWord)
	must(ana.SetTags(ctx, odd.ID, []string{"vip", "a-rather-long-tag-that-goes-on", "refund"}))
	o.file(arabic)
	long := o.file("A long story")
	for i := range 30 {
		o.answer(long, fmt.Sprintf("Part %d of the story. %s", i, strings.Repeat("It goes on. ", i%7*6)))
		must(ana.Reply(ctx, long.ID, helpdesk.ReplyParams{Body: fmt.Sprintf("Thank you for part %d.", i)}))
	}
	solved := o.file("Charged twice again")
	must(ana.Reply(ctx, solved.ID, helpdesk.ReplyParams{Body: "Which card was it?"}))
	must(ana.Resolve(ctx, solved.ID, "Refunded."))
	for i, in := range []helpdesk.Incoming{
		{Subject: "Our offers", Kind: helpdesk.MailList, Reason: "List-Id"}, {Subject: longWord, Kind: helpdesk.MailAutomatic, Reason: "Auto-Submitted"},
		{Subject: "[" + plain.Ref + "] I am somebody else", Kind: helpdesk.MailMessage, Files: []helpdesk.File{memory(longWord+".txt", "x")}},
	} {
		in.MessageID, in.From, in.Text = fmt.Sprintf("%d@news.example", i), helpdesk.Contact{Email: "news@news.example"}, "Everything must go. "+longWord
		must(o.desk.Receive(ctx, &in))
	}
	firm, err := boss.SaveOrganisation(ctx, helpdesk.Organisation{Name: longWord, Domains: []string{"a-long-host-name.example.com"}, Tags: []string{"a-rather-long-tag-that-goes-on"}, Note: longWord})
	must(nil, err)
	people, err := boss.Customers(ctx, helpdesk.CustomerQuery{Emails: []string{plain.Customer.Email}})
	must(nil, err)
	person := people.Customers[0]
	person.Organisation, person.Note, person.Zone, person.Tags, person.Version = firm.ID, longWord, "America/Argentina/ComodRivadavia", []string{"vip"}, 0
	person.Addresses = append(person.Addresses, helpdesk.Address{Channel: helpdesk.ChannelEmail, Value: strings.Repeat("x", 60) + "@a-long-host-name.example.com"})
	must(boss.SaveCustomer(ctx, person))
	twin, err := boss.SaveCustomer(ctx, helpdesk.Customer{Name: longWord, HostID: "twin"})
	must(boss.MergeCustomer(ctx, twin.ID, person.ID))
	must(nil, err)
	persons, firms := "/support/customers/"+string(person.ID), "/support/organisations/"+string(firm.ID)
	link, rate := o.link(helpdesk.NoticeReceived), o.link(helpdesk.NoticeSurvey)
	survey := func() string {
		o.links.forget(helpdesk.NoticeSurvey)
		must(ana.Resolve(ctx, o.file("To be rated").ID, "Done."))
		return o.link(helpdesk.NoticeSurvey)
	}

	const settings, help = "/support/settings/", "/help/"
	now := strconv.FormatInt(time.Now().Unix(), 36)
	invalid, conflict, missing := []string{"422 (Unprocessable"}, []string{"409 (Conflict)"}, []string{"404 (Not Found)"}
	list := []picture{
		{name: "inbox", who: theAdmin, path: "/support/"}, {name: "inbox-all", who: theAgent, path: "/support/?view=all"},
		{name: "inbox-filtered", who: theAgent, path: "/support/?view=all&category=billing"}, {name: "inbox-search", who: theAgent, path: "/support/?view=all&q=charged"},
		{name: "inbox-nothing", who: theAgent, path: "/support/?view=open&q=zebra"}, {name: "inbox-saved", who: theAdmin, path: "/support/?priority=urgent&view=open"},
		{name: "inbox-bulk", who: theAgent, path: "/support/?view=all&n=2&of=3&done=bulk-" + now},
		{name: "ticket", who: theAgent, path: "/support/tickets/" + plain.Ref}, {name: "ticket-odd", who: theAgent, path: "/support/tickets/" + odd.Ref},
		{name: "ticket-long", who: theAgent, path: "/support/tickets/" + long.Ref}, {name: "ticket-solved", who: theAgent, path: "/support/tickets/" + solved.Ref},
		{name: "ticket-empty", who: theAgent, path: "/support/tickets/" + plain.Ref, do: func(tab *browsertest.Tab) { tab.Leave(send) }, faults: invalid},
		{name: "ticket-done", who: theAgent, path: "/support/tickets/" + plain.Ref + "?done=same-" + now},
		{name: "ticket-failed", who: theAgent, path: "/support/tickets/" + odd.Ref, do: func(tab *browsertest.Tab) {
			tab.Click("#open-merge > summary")
			put("#f-merge", longWord, "#do-merge button")(tab)
		}, faults: invalid},
		{name: "ticket-failed-tags", who: theAgent, path: "/support/tickets/" + plain.Ref, do: put("#f-tags", longWord, "#do-tags button"), faults: invalid},
		{name: "inbox-failed", who: theAgent, path: "/support/?view=all", faults: invalid, do: func(tab *browsertest.Tab) {
			tab.Click(`[data-id="` + string(plain.ID) + `"] .pick input`) // an open one
			put("#f-bulk", longWord, ".acts button")(tab)
		}},
		{name: "mail-failed-form", who: theAgent, path: "/support/mail?list=suppressed", do: put("[name=onto]", "NONE-0000", ".mail form button"), faults: invalid},
		{name: "error-kept", who: theAgent, path: "/support/tickets/" + plain.Ref, faults: []string{"401 (Unauthorized)"}, do: func(tab *browsertest.Tab) {
			browsertest.Run[int](tab, "document.querySelector('#body').value = 'Dear Kim, "+longWord+"'; 1")
			logout(tab)
			tab.Leave(send)
			browsertest.Run[int](tab, "document.cookie = 'who="+theAgent+"; path=/'; 1") // as the next picture needs it
		}},
		{name: "ticket-conflict", who: theAgent, path: "/support/tickets/" + odd.Ref, faults: conflict, do: func(tab *browsertest.Tab) {
			browsertest.Run[int](tab, "document.querySelector('#body').value = 'Mine.'; 1")
			must(o.desk.As(kimLee).Reply(ctx, odd.ID, helpdesk.ReplyParams{Body: "Quickly, one more thing."}))
			tab.Leave(send)
		}},
		{name: "customers", who: theAdmin, path: "/support/customers"}, {name: "customers-none", who: theAgent, path: "/support/customers?q=zebra"},
		{name: "customer", who: theAdmin, path: persons}, {name: "customer-agent", who: theAgent, path: persons}, {name: "customer-merged", who: theAgent, path: "/support/customers/" + string(twin.ID)},
		{name: "customer-edit", who: theAdmin, path: persons + "/edit"}, {name: "customer-new", who: theAdmin, path: "/support/customers/new"},
		{name: "customer-invalid", who: theAdmin, path: persons, faults: invalid, do: func(tab *browsertest.Tab) {
			browsertest.Run[int](tab, "document.querySelector('#of-addresses form.stack').noValidate = true; 1")
			put("#f-addresses", longWord, "#of-addresses form.stack button")(tab)
		}},
		{name: "organisations", who: theAdmin, path: "/support/organisations"}, {name: "organisation", who: theAdmin, path: firms}, {name: "organisation-edit", who: theAdmin, path: firms + "/edit"},
		{name: "dashboard-organisation", who: theAgent, path: "/support/dashboard?organisation=" + string(firm.ID)},
		{name: "inbox-organisation", who: theAgent, path: "/support/?view=all&organisation=" + string(firm.ID)},
		{name: "new", who: theAgent, path: "/support/new"},
		{name: "new-invalid", who: theAgent, path: "/support/new", do: put("[name=subject]", " ", "main form button"), faults: invalid},
		{name: "dashboard", who: theAgent, path: "/support/dashboard"},
		{name: "notices", who: theAgent, path: "/support/notices"}, {name: "notice-settings", who: theAgent, path: "/support/notices/settings"},
		{name: "mail", who: theAdmin, path: "/support/mail"}, {name: "mail-suppressed", who: theAdmin, path: "/support/mail?list=suppressed"},
		{name: "mail-failed", who: theAdmin, path: "/support/mail?list=failed"}, {name: "mail-all", who: theAdmin, path: "/support/mail?list=all"},
		{name: "set-agents", who: theAdmin, path: settings + "agents"}, {name: "set-agent", who: theAdmin, path: settings + "agents/edit?id=ben@example.com"},
		{name: "set-agent-new", who: theAdmin, path: settings + "agents/edit"},
		{name: "set-agent-invalid", who: theAdmin, path: settings + "agents/edit?id=ana@example.com", do: put("#f-skills", "billing 9", "main .stack button"), faults: invalid},
		{name: "set-agent-conflict", who: theAdmin, path: settings + "agents/edit?id=ana@example.com", faults: conflict, do: func(tab *browsertest.Tab) {
			must(boss.SetAway(ctx, "ana@example.com", true, time.Time{}))
			must(boss.SetAway(ctx, "ana@example.com", false, time.Time{}))
			put("#f-name", "Ana Maria Silva", "main .stack button")(tab)
		}},
		{name: "set-teams", who: theAdmin, path: settings + "teams"}, {name: "set-team", who: theAdmin, path: settings + "teams/edit?id=money"}, {name: "set-team-new", who: theAdmin, path: settings + "teams/edit"},
		{name: "set-team-conflict", who: theAdmin, path: settings + "teams/edit?id=odd", faults: conflict, do: func(tab *browsertest.Tab) {
			must(boss.SaveTeam(ctx, helpdesk.Team{ID: "odd", Name: longWord + " 2", Categories: []helpdesk.Category{"technical"}, Version: teamVersion(t, o.desk, "odd")}))
			put("#f-name", "Mine", "main .stack button")(tab)
		}},
		{name: "set-categories", who: theAdmin, path: settings + "categories"},
		{name: "set-sla", who: theAdmin, path: settings + "sla"}, {name: "set-sla-edit", who: theAdmin, path: settings + "sla/edit"},
		{name: "set-sla-invalid", who: theAdmin, path: settings + "sla/edit", do: put("#f-book", `{"policies": [`, "main form button"), faults: invalid},
		{name: "set-sla-faults", who: theAdmin, path: settings + "sla/edit", do: put("#f-book", `{"policies": [{"name": "`+longWord+`", "resolution": "-1h", "calendar": "`+longWord+`"}]}`, "main form button"), faults: invalid},
		{name: "set-sla-conflict", who: theAdmin, path: settings + "sla/edit", faults: conflict, do: func(tab *browsertest.Tab) {
			must(boss.SaveSLA(ctx, json.RawMessage(`{"policies": [{"name": "theirs", "resolution": "3h"}]}`)))
			tab.Leave("main form button")
			must(boss.SaveSLA(ctx, json.RawMessage(officeBook)))
		}},
		{name: "set-sla-history", who: theAdmin, path: settings + "sla/history"},
		{name: "set-rules", who: theAdmin, path: settings + "priority-rules"}, {name: "set-rules-none", who: theAdmin, path: settings + "priority-rules?q=zebra"},
		{name: "set-rules-invalid", who: theAdmin, path: settings + "priority-rules", do: put("#f-phrase", " ", "main form button"), faults: invalid},
		{name: "set-macros", who: theAdmin, path: settings + "macros"}, {name: "set-macro", who: theAdmin, path: settings + "macros/edit?id=refund"}, {name: "set-macro-new", who: theAdmin, path: settings + "macros/edit"},
		{name: "set-macro-conflict", who: theAdmin, path: settings + "macros/edit?id=long", faults: conflict, do: func(tab *browsertest.Tab) {
			must(macro.Of(boss).Save(ctx, macro.Macro{ID: "long", Name: "Theirs", Body: longWord + "\nTheirs.", Version: macroVersion(t, o.desk, "long")}))
			put("#f-body", "Mine.", "main .stack button")(tab)
		}},
		{name: "set-webhooks", who: theAdmin, path: settings + "webhooks"}, {name: "set-webhook", who: theAdmin, path: settings + "webhooks/edit?id=long"}, {name: "set-webhook-new", who: theAdmin, path: settings + "webhooks/edit"},
		{name: "set-webhook-secrets", who: theAdmin, path: settings + "webhooks/edit?id=crm", do: func(tab *browsertest.Tab) { tab.Leave("button[value=rotate]") }},
		{name: "set-webhook-test", who: theAdmin, path: settings + "webhooks/edit?id=inside", do: func(tab *browsertest.Tab) { tab.Leave("form[action$=test] button") }},
		{name: "set-webhook-invalid", who: theAdmin, path: settings + "webhooks/edit?id=crm", do: put("#f-url", "http://crm.acme.example/", "main .stack button"), faults: invalid},
		{name: "set-webhook-conflict", who: theAdmin, path: settings + "webhooks/edit?id=long", faults: conflict, do: func(tab *browsertest.Tab) {
			must(webhook.Of(boss).RotateSecret(ctx, "long"))
			put("#f-name", "Mine", "main .stack button")(tab)
		}},
		{name: "set-mail-templates", who: theAdmin, path: settings + "mail-templates"}, {name: "set-mail-templates-de", who: theAdmin, path: settings + "mail-templates?lang=de"},
		{name: "set-mail-templates-invalid", who: theAdmin, path: settings + "mail-templates", do: put("#f-colour", "red", "main .stack button"), faults: invalid},
		{name: "set-text", who: theAdmin, path: settings + "mail-templates/edit?kind=reply&lang=en"}, {name: "set-text-new", who: theAdmin, path: settings + "mail-templates/edit?kind=assigned&lang=de"},
		{name: "set-text-invalid", who: theAdmin, path: settings + "mail-templates/edit?kind=survey&lang=en", do: put("#f-body", "No link", "main .stack button"), faults: invalid},
		{name: "set-mail", who: theAdmin, path: settings + "mail"}, {name: "set-reads", who: theAdmin, path: settings + "reads"}, {name: "set-about", who: theAdmin, path: settings + "about"},
		{name: "set-saved", who: theAdmin, path: settings + "agents?done=saved-" + now},
		{name: "error-401", who: aStranger, path: "/support/", faults: []string{"401 (Unauthorized)"}}, {name: "error-403", who: theAgent, path: settings + "agents", faults: []string{"403 (Forbidden)"}},
		{name: "error-404", who: theAgent, path: "/support/tickets/none", faults: missing}, {name: "error-422", who: theAgent, path: "/support/?sort=size&status=lost", faults: invalid},

		{name: "help", who: aStranger, path: help}, {name: "help-embed", who: aStranger, path: help + "?embed=1"}, {name: "help-known", who: customer, path: help + "new"},
		{name: "help-invalid", who: aStranger, path: help, faults: invalid, do: func(tab *browsertest.Tab) {
			browsertest.Run[int](tab, "document.querySelector('form').noValidate = true; 1")
			tab.Leave("form button")
		}},
		{name: "help-own", who: customer, path: help}, {name: "help-own-none", who: "customer:lee@example.com", path: help}, {name: "help-ticket", who: customer, path: help + "tickets/" + plain.Ref},
		{name: "help-ticket-odd", who: customer, path: help + "tickets/" + odd.Ref}, {name: "help-ticket-solved", who: customer, path: help + "tickets/" + solved.Ref},
		{name: "help-ticket-long", who: customer, path: help + "tickets/" + long.Ref},
		{name: "help-link", who: aStranger, path: link}, {name: "help-sent", who: aStranger, path: help + "sent?ref=" + plain.Ref},
		{name: "help-rate", who: aStranger, path: rate}, {name: "help-rated", who: aStranger, link: survey, do: func(tab *browsertest.Tab) {
			tab.Click("#s4")
			tab.Leave("main form button")
		}},
		{name: "help-401", who: aStranger, path: help + "tickets/" + plain.Ref, faults: []string{"401 (Unauthorized)"}}, {name: "help-404", who: aStranger, path: help + "t/none", faults: missing},
	}
	return list
}

// emptyPages are the pages that look different while a desk has nothing in it.
var emptyPages = []picture{
	{name: "none-inbox", who: theAdmin, path: "/support/"}, {name: "none-dashboard", who: theAdmin, path: "/support/dashboard"}, {name: "none-mail", who: theAdmin, path: "/support/mail"},
	{name: "none-notices", who: theAdmin, path: "/support/notices"},
	{name: "none-agents", who: theAdmin, path: "/support/settings/agents"}, {name: "none-teams", who: theAdmin, path: "/support/settings/teams"},
	{name: "none-categories", who: theAdmin, path: "/support/settings/categories"}, {name: "none-sla", who: theAdmin, path: "/support/settings/sla"},
	{name: "none-history", who: theAdmin, path: "/support/settings/sla/history"}, {name: "none-rules", who: theAdmin, path: "/support/settings/priority-rules"},
	{name: "none-macros", who: theAdmin, path: "/support/settings/macros"}, {name: "none-webhooks", who: theAdmin, path: "/support/settings/webhooks"}, {name: "none-own", who: customer, path: "/help/"},
}

func agentID(mail string) helpdesk.AgentID { return helpdesk.AgentID(mail) }

func teamVersion(t *testing.T, desk *helpdesk.Desk, id helpdesk.TeamID) int64 {
	t.Helper()
	teams, err := desk.Teams(t.Context())
	require.NoError(t, err)
	for _, one := range teams {
		if one.ID == id {
			return one.Version
		}
	}
	t.Fatalf("no team %s", id)
	return 0
}

func macroVersion(t *testing.T, desk *helpdesk.Desk, id string) int64 {
	t.Helper()
	macros, err := macro.Of(desk).List(t.Context())
	require.NoError(t, err)
	for _, one := range macros {
		if one.ID == id {
			return one.Version
		}
	}
	t.Fatalf("no macro %s", id)
	return 0
}
