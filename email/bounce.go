package email

import (
	"regexp"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	boxes "github.com/helpdesk-go/helpdesk/internal/mailbox"
)

// A bounce in no standard form is told from a person's mail by two signs. A mail system must have
// sent it, from its own mailbox or with an empty envelope sender. And its subject, text or parts
// must say that something was not delivered. No single word is enough, and no words count without
// the sender: a customer may well ask about a bounce and paste it.

// bounce returns the reason why a mail is a delivery report or a report of abuse, or "".
func (m *message) bounce(in *helpdesk.Incoming, s senders) string {
	switch kind := strings.ToLower(m.params["report-type"]); {
	case kind == "feedback-report" || m.hasReport("message/feedback-report"):
		return ReasonFeedback
	case kind == "disposition-notification" || m.hasReport("message/disposition-notification"):
		return ""
	case m.typ == "multipart/report":
		return "a delivery report (RFC 3464)"
	}
	if strings.HasPrefix(strings.ToLower(in.Subject), "complaint about message from") && len(m.returned) > 0 {
		return ReasonFeedback // Microsoft's, which sends the message alone
	}
	if v := first(m.header, "X-Failed-Recipients"); v != "" {
		return "X-Failed-Recipients: " + firstRunes(decodeField(v, m.charset), 100)
	}
	start := strings.ToLower(cut(in.Full, 16<<10))
	subject := contains(strings.ToLower(in.Subject), failedSubjects)
	if subject && m.list() != "" && contains(start, failedTexts) {
		return "a mailing list turned a message away"
	}
	daemon, empty := s.daemon(), s.emptyPath()
	if !daemon && !empty {
		return ""
	}
	points := 0
	for _, sign := range []struct {
		holds bool
		worth int
	}{
		{daemon, 2}, {empty, 1}, {subject, 2}, {contains(start, failedTexts), 1}, {failureCode.MatchString(start), 1},
		{len(m.returned) > 0 || returnedHeader.MatchString(start), 1}, {m.hasReport("message/delivery-status"), 2},
	} {
		if sign.holds {
			points += sign.worth
		}
	}
	if _, away := cutAway(in.Subject); away || points < 3 || points == 3 && daemon && empty {
		return ""
	}
	if daemon {
		return "a bounce: its sender is a mail system"
	}
	return "a bounce: Return-Path: <>"
}

// ReasonFeedback is the Reason of a MailBounce that is a report of abuse: a recipient called our
// mail unwanted.
const ReasonFeedback = "a feedback report (RFC 5965)"

// daemon reports whether a mail system is the sender, by mailbox or by name.
func (s senders) daemon() bool {
	if boxes.Daemon(s.account()) || s.sender.email != "" && boxes.Daemon(local(s.sender.email)) {
		return true
	}
	name := strings.ToLower(s.writer.name)
	for _, part := range []string{"mail delivery s", "mail deliver s", "mail delivery agent", "mailer daemon", "mailer-daemon", "mail administrator", "system administrator", "mail system", "postmaster"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}

func contains(s string, phrases []string) bool {
	for _, p := range phrases {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// Phrases are in lower case. Each describes a failed delivery, and none belongs to one mail system.
var failedSubjects = []string{
	"undeliver", "non-deliver", "nondeliver", "not deliver", "returned mail", "return mail", "mail returned", "returned to sender", "returning message",
	"delivery status", "delivery failure", "delivery failed", "delivery has failed", "delivery report", "delivery notification", "delivery problem",
	"delivery error", "delivery delayed", "delayed mail", "mail delivery", "message delivery", "failure notice", "failure notification", "failure delivery",
	"failed delivery", "failed mail", "could not send", "couldn't be delivered", "could not be delivered", "cannot be delivered", "can't be delivered",
	"unable to deliver", "error sending", "mail system error", "mail error", "user unknown", "unknown user", "message status", "message not sent",
	"warning: could not", "bounce", "rejected mail", "mail rejected", "message rejected", "not member", "not a member", "loop alert", "mail loop",
	"unzustellbar", "nicht zustellbar", "nicht zugestellt", "zustellung", "zurückgesandt", "non remis", "non distribu", "échec de", "echec de",
	"no se pudo entregar", "no se puede entregar", "no entregado", "devuelto", "não entregue", "não foi possível entregar", "mancata consegna",
	"recapito", "niet bezorgd", "onbestelbaar", "kan inte levereras", "olevererat", "kunne ikke leveres", "niedostarczon", "nie dostarczon",
	"nedoručiteln", "kézbesíthetetlen", "teslim edilemedi", "недоставлен", "не доставлен", "не удалось доставить", "配信", "配達", "送信できません", "エラー通知",
	"退信", "无法投递", "未送达", "退件", "반송", "전송 실패",
}

var failedTexts = []string{
	"could not be delivered", "couldn't be delivered", "cannot be delivered", "can't be delivered", "was not delivered", "not been delivered",
	"not be delivered", "has not been delivered", "wasn't delivered", "undeliver", "unable to deliver", "trouble delivering", "failed to deliver",
	"delivery failed", "delivery has failed", "delivery to the following", "delivery errors", "delivery status", "trying to deliver", "did not reach",
	"failed permanently", "permanent error", "permanent failure", "permanently failed", "permanent fatal error", "the following address",
	"following recipient", "recipients was rejected", "rejected recipient", "recipient rejected", "address rejected", "invalid user", "invalid address",
	"invalid recipient", "user unknown", "unknown user", "no such user", "unknown recipient", "no such recipient", "no such address", "no mailbox here",
	"mailbox unavailable", "mailbox full", "mailbox is full", "quota exceeded", "over quota", "does not exist", "doesn't exist", "address not found",
	"returned to sender", "returned message", "original message follows", "copy of the message", "message headers follow", "header of the original",
	"following message to", "not a member", "not member", "only members", "duplicated message-id", "did not like our", "host not found",
	"host unknown", "rcpt to", "will be retried", "still being retried", "remote host said", "remote server returned", "smtp error",
	"konnte nicht zugestellt", "nicht zugestellt werden", "unbekannter empfänger", "n'a pas pu être", "n'a pu être", "adresse introuvable",
	"no se ha podido entregar", "no se pudo entregar", "usuario desconocido", "não pôde ser entregue", "não foi possível entregar",
	"impossibile recapitare", "kon niet worden", "не может быть доставлено", "не удалось доставить", "не доставлено",
	"配信できません", "配達できません", "送信できません", "送信に失敗", "届けることができません", "送信先", "无法投递", "退回", "전달되지",
}

var (
	failureCode    = regexp.MustCompile(`(?:^|[^0-9.])(?:5\d\d[ -]#?5\.\d{1,3}\.\d{1,3}|5\.[0-7]\.\d{1,3}|55[0-9][ -:]|#?4\.[0-7]\.[0-9]{1,2} )`)
	returnedHeader = regexp.MustCompile(`(?m)^[ >\t]*message-id:`)
	messageIDLine  = regexp.MustCompile(`(?mi)^[ >\t]*(?:x-original-)?message-id:[ \t]*(?:\r?\n[ \t]+)?<?([^<>\s]{3,998})>?[ \t]*\r?$`)
	permanentText  = regexp.MustCompile(`(?:^|[^0-9.])5(?:\d\d[ -]|\.\d\.\d)|unknown|no such|permanent|reject|does(?:n't| not) exist|invalid|not found|fatal|unrout`)
	delayedText    = regexp.MustCompile(`delayed|will be retried|being retried|continue to try|keep trying|try again later|retried for|warning only|no need to resend|not need to re-?send`)
	senderLine     = regexp.MustCompile(`(?m)^[ >\t-]*(?:mail from|from|sender|return-path|envelope-from|reply-to)[: <].*$`)
	addressInText  = regexp.MustCompile(`[\p{L}\p{N}.!#$%&'*+/=?^_{|}~-]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,250}[\p{L}\p{N}])?`)
)

// likeBounce reports whether a mail of any sender returns another mail with a status, as a bounce
// does. Only the desk knows whether the returned mail is one of its own; then it is a bounce.
func (m *message) likeBounce(in *helpdesk.Incoming) bool {
	start := cut(in.Full, 16<<10)
	if len(m.returned) == 0 && indexFold(start, "message-id:") < 0 {
		return false
	}
	if start = strings.ToLower(start); len(m.returned) == 0 && !returnedHeader.MatchString(start) {
		return false
	}
	return m.hasReport("message/delivery-status") || failureCode.MatchString(start) ||
		contains(strings.ToLower(in.Subject), failedSubjects) && contains(start, failedTexts)
}

// aboutReturned is [message.about] for such a mail: what it answers says nothing.
func (m *message) aboutReturned(in *helpdesk.Incoming, s senders) (bounced, failed []string) {
	answers := *in
	answers.InReplyTo, answers.References = nil, nil
	if bounced, failed = m.about(&answers, s); len(bounced) == 0 {
		return nil, nil
	}
	return bounced, failed
}

// about returns the Message-IDs of the mails that a bounce returns, and the addresses that cannot
// be reached for good. A delay and a report of abuse have no such addresses.
func (m *message) about(in *helpdesk.Incoming, s senders) (bounced, failed []string) {
	said, returned := m.explanation(in)
	for _, text := range append(m.returned[:len(m.returned):len(m.returned)], returned) {
		if id := messageIDLine.FindStringSubmatch(text); id != nil {
			bounced = appendNew(bounced, id[1])
		}
	}
	for _, r := range m.status {
		for _, block := range blocks(r.text) {
			if ids := idsOf(block["original-message-id"]); len(ids) > 0 {
				bounced = appendNew(bounced, ids[0])
			}
			for _, email := range block.failed(r.typ) {
				failed = appendNew(failed, email)
			}
		}
	}
	if len(bounced) == 0 {
		for _, id := range append(in.InReplyTo[:len(in.InReplyTo):len(in.InReplyTo)], in.References...) {
			bounced = appendNew(bounced, id)
		}
	}
	if in.Reason == ReasonFeedback {
		return bounced, nil
	}
	if len(failed) == 0 && !m.hasReport("message/delivery-status") {
		failed = m.failedByText(said, s)
	}
	return bounced, failed
}

// explanation splits the text of a bounce before the message it returns.
func (m *message) explanation(in *helpdesk.Incoming) (said, returned string) {
	text := cut(in.Full, reportSize)
	if i := returnedHeader.FindStringIndex(strings.ToLower(text)); i != nil && i[0] < len(text) {
		// The header begins some lines before its Message-ID, at the last empty line.
		if j := strings.LastIndex(text[:i[0]], "\n\n"); j >= 0 {
			return text[:j], text[j:]
		}
		return text[:i[0]], text[i[0]:]
	}
	return text, ""
}

// failedByText finds the failed addresses of a bounce without a report for machines.
func (m *message) failedByText(said string, s senders) (failed []string) {
	lower := strings.ToLower(said)
	if delayedText.MatchString(lower) || delayedText.MatchString(strings.ToLower(first(m.header, "Subject"))) || !permanentText.MatchString(lower) {
		return nil
	}
	if named := m.header["X-Failed-Recipients"]; len(named) > 0 {
		for _, v := range named {
			for _, a := range parseAddresses(v, m.charset, 100) {
				failed = appendNew(failed, a.email)
			}
		}
		return failed
	}
	own := append(m.recipients(), s.writer.email)
	lower = senderLine.ReplaceAllString(cut(lower, 16<<10), "")
	for _, email := range addressInText.FindAllString(lower, 200) {
		email = cleanAddress(email)
		if email == "" || boxes.Daemon(local(email)) || isIn(own, email) || !strings.Contains(email[strings.LastIndexByte(email, '@'):], ".") {
			continue
		}
		if failed = appendNew(failed, email); len(failed) == 20 {
			break
		}
	}
	return failed
}

func isIn(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}

func appendNew(list []string, s string) []string {
	if s == "" || len(list) >= mostIDs || isIn(list, s) {
		return list
	}
	return append(list, s)
}

// block is a group of fields of a report, by lower case name.
type block map[string]string

// blocks reads a report for machines (RFC 3464, 2.1): groups of fields between empty lines.
func blocks(text string) (list []block) {
	b, key := block{}, ""
	for l := range strings.Lines(text) {
		l = strings.TrimRight(l, "\r\n")
		if strings.TrimSpace(l) == "" {
			if len(b) > 0 {
				list = append(list, b)
			}
			b, key = block{}, ""
			continue
		}
		if l[0] == ' ' || l[0] == '\t' {
			if key != "" && len(b[key]) < 1000 {
				b[key] += " " + strings.TrimSpace(l)
			}
			continue
		}
		name, value, _ := strings.Cut(l, ":")
		if key = strings.ToLower(strings.TrimSpace(name)); b[key] == "" {
			b[key] = strings.TrimSpace(value)
		}
	}
	if len(b) > 0 {
		list = append(list, b)
	}
	return list
}

// failed returns the addresses of one recipient's fields (RFC 3464, 2.3) when delivery failed for
// good: the last address that it went to, and the first, which is the one we know.
func (b block) failed(typ string) (emails []string) {
	if typ == "message/feedback-report" {
		return nil
	}
	action, status := strings.ToLower(b["action"]), b["status"]
	gone := strings.HasPrefix(action, "fail") || action == "" && strings.HasPrefix(status, "5")
	if !gone || strings.HasPrefix(status, "4") {
		return nil
	}
	for _, key := range []string{"final-recipient", "original-recipient", "x-actual-recipient"} {
		_, v, ok := strings.Cut(b[key], ";")
		if !ok {
			v = b[key]
		}
		if as := parseAddresses(v, "", 1); len(as) > 0 && as[0].email != "" {
			emails = append(emails, as[0].email)
		}
	}
	return emails
}
