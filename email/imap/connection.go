package imap

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/inbound"
)

// connection is one login to the server.
type connection struct {
	*Mailbox
	client *imapclient.Client
	news   chan struct{} // the server announced a change in the folder
	due    *postponed
}

// connect works on the folder until the connection fails. It reports whether the connection was
// established.
func (m *Mailbox) connect(ctx context.Context, due *postponed) (worked bool, err error) {
	conn, err := m.cfg.Dial(ctx)
	if err != nil {
		return false, err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	c := &connection{Mailbox: m, news: make(chan struct{}, 1), due: due}
	c.client = imapclient.New(conn, &imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{
		Mailbox: func(data *imapclient.UnilateralDataMailbox) {
			if data.NumMessages == nil {
				return
			}
			select {
			case c.news <- struct{}{}:
			default:
			}
		},
	}})
	defer c.client.Close()
	if err := c.client.Login(m.cfg.User, m.cfg.Password).Wait(); err != nil {
		return false, fmt.Errorf("log in: %w", err)
	}
	folder, err := c.client.Select(m.cfg.Folder, nil).Wait()
	if err != nil {
		return false, fmt.Errorf("select the folder: %w", err)
	}
	due.in(folder.UIDValidity)
	for {
		if err := c.sweep(ctx); err != nil {
			return worked, err
		}
		worked = true
		if err := c.wait(ctx); err != nil {
			return worked, err
		}
	}
}

// wait returns when there may be work.
func (c *connection) wait(ctx context.Context) error {
	wait := c.cfg.Poll
	if next, ok := c.due.next(); ok {
		wait = min(wait, max(next.Sub(c.cfg.Clock.Now()), time.Second))
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	idle, err := c.idle()
	if err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-c.client.Closed():
		return io.ErrUnexpectedEOF
	case <-c.news:
	case <-timer.C:
	}
	return idle()
}

// idle lets the server announce changes, and returns a function that ends that.
func (c *connection) idle() (end func() error, err error) {
	if caps := c.client.Caps(); !caps.Has(imap.CapIdle) && !caps.Has(imap.CapIMAP4rev2) {
		return func() error { return c.client.Noop().Wait() }, nil
	}
	idle, err := c.client.Idle()
	if err != nil {
		return nil, err
	}
	return func() error { return errors.Join(idle.Close(), idle.Wait()) }, nil
}

// sweep takes in the unseen mails that are due. Its error is an error of the connection.
func (c *connection) sweep(ctx context.Context) error {
	found, err := c.client.UIDSearch(&imap.SearchCriteria{NotFlag: []imap.Flag{imap.FlagSeen, imap.FlagDeleted}}, nil).Wait()
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	uids := found.AllUIDs()
	c.due.keep(uids)
	for _, uid := range uids {
		if !c.due.is(uid, c.cfg.Clock.Now()) {
			continue
		}
		mail, err := c.fetch(uid)
		if err != nil {
			return fmt.Errorf("fetch %d: %w", uid, err)
		}
		if mail == nil {
			continue // another client removed it
		}
		if err := c.receive(ctx, mail); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			wait := c.due.postpone(uid, c.cfg.Clock.Now(), c.cfg.Retry)
			c.cfg.Logger.LogAttrs(ctx, slog.LevelError, "mail was not taken in", slog.String("folder", c.cfg.Folder), slog.Any("uid", uid),
				slog.String("error", err.Error()), slog.Duration("again_in", wait))
			continue
		}
		if err := c.finish(uid); err != nil {
			return fmt.Errorf("mark %d: %w", uid, err)
		}
		c.due.done(uid)
	}
	return nil
}

// receive gives a mail to each of its Receivers.
func (c *connection) receive(ctx context.Context, mail *inbound.Mail) error {
	ctx, cancel := context.WithTimeout(ctx, c.cfg.ReceiveTimeout)
	defer cancel()
	received, unknown := false, error(nil)
	for _, g := range c.desks.Deliver(ctx, mail) {
		switch {
		case g.Err == nil:
			received = true
		case errors.Is(g.Err, helpdesk.ErrNotFound):
			unknown = fmt.Errorf("to %q: nobody here has this address", g.Recipients)
		default:
			return g.Err
		}
	}
	if received {
		return nil
	}
	return unknown
}

// fetch reads a mail without marking it; it returns nil when the mail is gone.
func (c *connection) fetch(uid imap.UID) (*inbound.Mail, error) {
	set := imap.UIDSetNum(uid)
	// The server's size may be wrong; one byte more shows a larger mail.
	section := &imap.FetchItemBodySection{Peek: true, Partial: &imap.SectionPartial{Size: c.cfg.MaxSize + 1}}
	cmd := c.client.Fetch(set, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}})
	var mail *inbound.Mail
	var failed error
	for msg := cmd.Next(); msg != nil; msg = cmd.Next() {
		for item := msg.Next(); item != nil; item = msg.Next() {
			body, ok := item.(imapclient.FetchItemDataBodySection)
			if !ok || body.Literal == nil || mail != nil {
				continue
			}
			raw, err := io.ReadAll(io.LimitReader(body.Literal, c.cfg.MaxSize+1))
			if failed = err; err == nil {
				mail = &inbound.Mail{Raw: raw}
			}
		}
	}
	if err := errors.Join(failed, cmd.Close()); err != nil {
		return nil, err
	}
	if mail != nil && int64(len(mail.Raw)) > c.cfg.MaxSize {
		mail.Raw = mail.Raw[:c.cfg.MaxSize]
		mail.Problem = fmt.Sprintf("it is larger than %d bytes: the rest is in the mailbox alone", c.cfg.MaxSize)
	}
	return mail, nil
}

// finish marks or moves a finished mail.
func (c *connection) finish(uid imap.UID) error {
	set := imap.UIDSetNum(uid)
	if c.cfg.MoveTo != "" {
		_, err := c.client.Move(set, c.cfg.MoveTo).Wait()
		return err
	}
	return c.client.Store(set, &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagSeen}}, nil).Close()
}
