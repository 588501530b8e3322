package ses

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/mail"
	"strings"

	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/internal/inbound"
	"github.com/helpdesk-go/helpdesk/internal/mailauth"
)

// notification is the notice of SES about a mail.
type notification struct {
	Type string `json:"notificationType"`
	Mail struct {
		Source      *string  `json:"source"` // the envelope's sender
		MessageID   string   `json:"messageId"`
		Destination []string `json:"destination"`
	} `json:"mail"`
	Receipt struct {
		Recipients []string `json:"recipients"` // those of the receipt rule
		SPF        verdict  `json:"spfVerdict"`
		DKIM       verdict  `json:"dkimVerdict"`
		DMARC      verdict  `json:"dmarcVerdict"`
		Action     struct {
			Type     string `json:"type"`
			Encoding string `json:"encoding"`
			Bucket   string `json:"bucketName"`
			Key      string `json:"objectKey"`
		} `json:"action"`
	} `json:"receipt"`
	Content *string `json:"content"`
}

// verdict is PASS, FAIL, GRAY or PROCESSING_FAILED.
type verdict struct {
	Status string `json:"status"`
}

// checks reads the verdicts of SES. Those of DKIM and DMARC name no domain: DMARC's is that of
// From, as the mail has it, and DKIM's counts for a mail with one signature.
func (n *notification) checks(raw []byte) *mailauth.Checks {
	r := &n.Receipt
	if r.SPF.Status == "" && r.DKIM.Status == "" && r.DMARC.Status == "" {
		return nil
	}
	h := email.ParseHeader(string(raw[:min(len(raw), 256<<10)]))
	c := &mailauth.Checks{SPF: strings.ToLower(r.SPF.Status), DMARC: strings.ToLower(r.DMARC.Status)}
	if from := h["From"]; len(from) == 1 {
		if a, err := mail.ParseAddress(from[0]); err == nil {
			c.Author = a.Address
		}
	}
	if signatures := h["Dkim-Signature"]; len(signatures) == 1 {
		c.DKIM = []mailauth.Signature{{Result: strings.ToLower(r.DKIM.Status), Domain: mailauth.SignedBy(signatures[0])}}
	}
	return c
}

func (h *handler) decode(ctx context.Context, text string) (*inbound.Mail, error) {
	var n notification
	// SES also sends a plain text when a topic is set up, and notices about outgoing mails.
	if err := json.Unmarshal([]byte(text), &n); err != nil || n.Type != "Received" {
		return nil, inbound.Done("ignored: it tells of no mail that came in")
	}
	m := &inbound.Mail{Recipients: n.Receipt.Recipients}
	if n.Mail.MessageID != "" {
		m.ID = "ses:" + n.Mail.MessageID
	}
	if len(m.Recipients) == 0 {
		m.Recipients = n.Mail.Destination
	}
	if n.Mail.Source != nil {
		if m.Sender = *n.Mail.Source; m.Sender == "" {
			m.Sender = inbound.NoSender
		}
	}
	raw, err := h.content(ctx, &n)
	if err != nil {
		return nil, err
	}
	m.Raw, m.Checks = raw, n.checks(raw)
	return m, nil
}

// content returns the bytes of the mail.
func (h *handler) content(ctx context.Context, n *notification) ([]byte, error) {
	action := n.Receipt.Action
	switch {
	case n.Content != nil && strings.EqualFold(action.Encoding, "base64"):
		raw, err := base64.StdEncoding.DecodeString(*n.Content)
		if err != nil {
			return nil, inbound.Refuse(http.StatusUnprocessableEntity, "content is not base64")
		}
		return raw, nil
	case n.Content != nil:
		return []byte(*n.Content), nil
	case action.Bucket == "" || action.Key == "":
		return nil, inbound.Refuse(http.StatusUnprocessableEntity, fmt.Sprintf("notification of action %q holds no mail: use the action S3 or SNS", action.Type))
	case h.cfg.Fetch == nil:
		return nil, inbound.Refuse(http.StatusUnprocessableEntity, "mail is in S3, and there is no Fetch")
	}
	r, err := h.cfg.Fetch(ctx, action.Bucket, action.Key)
	if err != nil {
		return nil, fmt.Errorf("fetch a mail from S3: %w", err)
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, h.cfg.MaxMail+1))
	if err != nil {
		return nil, fmt.Errorf("fetch a mail from S3: %w", err)
	}
	if int64(len(raw)) > h.cfg.MaxMail {
		return nil, inbound.Refuse(http.StatusRequestEntityTooLarge, fmt.Sprintf("mail is larger than %d bytes", h.cfg.MaxMail))
	}
	return raw, nil
}
