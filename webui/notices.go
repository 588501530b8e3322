package webui

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// bell is how many notices the viewer has not read.
type bell struct {
	Unread int
	More   bool // Unread is not all
}

func bellOf(n int) bell { return bell{min(n, helpdesk.MostUnread-1), n >= helpdesk.MostUnread} }

// Text is the number as the pages show it.
func (b bell) Text() string {
	if b.More {
		return strconv.Itoa(b.Unread) + "+"
	}
	return strconv.Itoa(b.Unread)
}

// Bell reports whether the viewer has notices to read: an agent does, if the store keeps them.
func (v *visit) Bell() bool {
	_, keeps := helpdesk.As[helpdesk.NoticeStore](v.desk.Store())
	return keeps && v.who.ID != ""
}

// readBell counts the viewer's unread notices. Those of the ticket that the page shows are read
// now.
func (v *visit) readBell() (bell, error) {
	if !v.Bell() {
		return bell{}, nil
	}
	if v.opened == "" {
		unread, err := v.desk.UnreadNotices(v.ctx)
		return bellOf(unread[helpdesk.AgentID(v.who.ID)]), err
	}
	page, err := v.desk.AgentNotices(v.ctx, helpdesk.NoticeQuery{Unread: true, Limit: helpdesk.MostUnread})
	n, until := len(page.Notices), time.Time{}
	for i := range page.Notices {
		if one := &page.Notices[i]; one.Ticket == v.opened {
			n--
			until = later(until, one.At)
		}
	}
	if err == nil && page.Next != "" { // more than are counted: that of the ticket may be older
		var its helpdesk.NoticePage
		its, err = v.desk.AgentNotices(v.ctx, helpdesk.NoticeQuery{Ticket: v.opened, Unread: true, Limit: 1})
		for i := range its.Notices {
			until = later(until, its.Notices[i].At)
		}
		n = helpdesk.MostUnread
	}
	if err == nil && !until.IsZero() {
		err = v.desk.ReadNotices(v.ctx, "", v.opened, until)
		v.w.live.noticed(v.desk.Tenant())
	}
	return bellOf(n), err
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// shownNotice is a notice and what its ticket and its doer are called.
type shownNotice struct {
	helpdesk.AgentNotice
	Ref, Subject string // empty when the viewer does not see the ticket any more
	Doer         string
}

// noticesPage is the viewer's notices.
type noticesPage struct {
	Done    string
	All     []shownNotice // latest first
	Unread  bool          // some are
	Until   string        // when the latest of them was, for the button
	Next    string
	Choices []noticeChoice
}

// noticeChoice is a kind of notice and whether it comes by mail.
type noticeChoice struct {
	helpdesk.NoticeKind
	Mail bool
}

// notices lists the viewer's notices.
func (w *workspace) notices(v *visit) error {
	page, err := v.desk.AgentNotices(v.ctx, helpdesk.NoticeQuery{Limit: pageSize, After: v.r.URL.Query().Get("after")})
	if err != nil {
		return err
	}
	agents, err := v.desk.Agents(v.ctx)
	if err != nil {
		return err
	}
	p := &noticesPage{}
	if done := v.tells("read"); done != "" {
		p.Done = v.T("done.read")
	}
	names := map[helpdesk.AgentID]string{}
	for _, a := range agents {
		names[a.ID] = a.Name
	}
	tickets, err := v.calledTickets(page.Notices)
	if err != nil {
		return err
	}
	for _, n := range page.Notices {
		one := shownNotice{AgentNotice: n}
		if n.By != "" {
			one.Doer = cmp.Or(names[n.By], string(n.By))
		}
		if t := tickets[n.Ticket]; t != nil {
			one.Ref, one.Subject = t.Ref, t.Subject
		}
		p.All, p.Unread = append(p.All, one), p.Unread || !n.Read
	}
	if len(p.All) > 0 {
		p.Until = p.All[0].At.Format(time.RFC3339Nano)
	}
	if page.Next != "" {
		p.Next = url.Values{"after": {page.Next}}.Encode()
	}
	v.render(http.StatusOK, "notices", v.T("nav.notices"), "notices", p)
	return nil
}

// calledTickets reads the tickets of notices that the viewer may see.
func (v *visit) calledTickets(notices []helpdesk.AgentNotice) (map[helpdesk.TicketID]*helpdesk.Ticket, error) {
	called := map[helpdesk.TicketID]*helpdesk.Ticket{}
	var ids []helpdesk.TicketID
	for _, n := range notices {
		if _, known := called[n.Ticket]; !known && n.Ticket != "" {
			called[n.Ticket], ids = nil, append(ids, n.Ticket)
		}
	}
	if len(ids) == 0 {
		return called, nil
	}
	page, err := v.desk.Tickets(v.ctx, helpdesk.Query{IDs: ids, Limit: len(ids)})
	for _, t := range page.Tickets {
		called[t.ID] = t
	}
	return called, err
}

// readNotices marks the viewer's notices as read, up to the latest that the page showed.
func (w *workspace) readNotices(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	until, err := time.Parse(time.RFC3339Nano, v.r.PostForm.Get("until"))
	if err != nil {
		return &helpdesk.FieldError{Field: "until", Problem: "is no time"}
	}
	if err := v.desk.ReadNotices(v.ctx, "", "", until); err != nil {
		return err
	}
	w.live.noticed(v.desk.Tenant())
	return v.see("notices?done=" + v.told("read"))
}

// noticeSettings shows how the viewer is told.
func (w *workspace) noticeSettings(v *visit) error {
	ways, err := v.desk.NoticeWays(v.ctx, "")
	if err != nil {
		return err
	}
	p := &noticesPage{}
	if v.tells("saved") != "" {
		p.Done = v.T("set.done.saved")
	}
	for _, k := range helpdesk.AgentNoticeKinds() {
		p.Choices = append(p.Choices, noticeChoice{k, ways[k] == helpdesk.NoticeByMail})
	}
	v.render(http.StatusOK, "noticesettings", v.T("notices.settings"), "notices", p)
	return nil
}

// saveNoticeSettings saves it: a kind that is not among the boxes comes in the pages alone.
func (w *workspace) saveNoticeSettings(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	ways := map[helpdesk.NoticeKind]helpdesk.NoticeWay{}
	for _, k := range helpdesk.AgentNoticeKinds() {
		ways[k] = helpdesk.NoticeByPage
	}
	for _, k := range v.r.PostForm["mail"] {
		ways[helpdesk.NoticeKind(k)] = helpdesk.NoticeByMail
	}
	if err := v.desk.SaveNoticeWays(v.ctx, "", ways); err != nil {
		return err
	}
	return v.see("notices/settings?done=" + v.told("saved"))
}
