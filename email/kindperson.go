package email

import (
	"regexp"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// personal reports whether something says that a person wrote a mail, although nobody reads its
// sender's mailbox: the mail program of a person, an answer with the quotation below it, or a form
// with the person's address in its text.
func (m *message) personal(in *helpdesk.Incoming, s senders) bool {
	for _, key := range []string{"User-Agent", "X-Mailer"} {
		if v := m.value(key); v != "" && contains(v, programs) && !contains(v, robots) {
			return true
		}
	}
	if strings.HasPrefix(in.MessageID, "CA") && strings.HasSuffix(in.MessageID, "@mail.gmail.com") { // of its pages and apps
		return true
	}
	if m.answers(in) && len(strings.TrimSpace(in.Full)) > len(strings.TrimSpace(in.Text))+20 && isReply(in.Subject) {
		return true
	}
	return m.isForm(in, s)
}

// programs are mail programs and web mailers that people write with, in lower case.
var programs = []string{
	"outlook", "thunderbird", "apple mail", "iphone mail", "ipad mail", "k-9", "fairemail", "evolution", "kmail", "mutt", "claws", "sylpheed", "roundcube",
	"horde", "squirrelmail", "zimbra", "the bat!", "emclient", "mailbird", "postbox", "airmail", "spark", "yahoomail", "webmail", "open-xchange", "rainloop",
	"snappymail", "sogo", "lotus notes", "ibm notes", "hcl notes", "groupwise", "foxmail", "becky!", "aquamail", "bluemail", "protonmail", "mailspring", "geary",
	"alpine", "gnus", "mu4e", "notmuch", "seamonkey", "vivaldi", "betterbird", "trojita", "samsung", "nine ",
}

// robots are programs whose names hold that of a person's program.
var robots = []string{"cdo", "outlook connector", "php", "sparkpost", "autom"}

// isForm reports whether the text is a filled-in form on a website: lines with labels, one with an
// address that is no program's, and one for the message.
func (m *message) isForm(in *helpdesk.Incoming, s senders) bool {
	if _, newsletter := m.header["List-Unsubscribe"]; newsletter {
		return false
	}
	text := cut(in.Full, 8<<10)
	address := formAddress.FindStringSubmatch(text)
	if address == nil || !formMessage.MatchString(text) {
		return false
	}
	email := cleanAddress(address[1])
	return email != "" && email != s.writer.email && automaticMailbox(email) == "" && !isIn(m.recipients(), email)
}

var (
	formAddress = regexp.MustCompile(`(?mi)^[ \t*_|-]*(?:your |ihre |deine |votre |su |tu |seu |la tua |uw )?(?:e-?mail(?:[ -]?address|[ -]?adresse|adres)?|adresse e-?mail|correo(?: electrónico)?|indirizzo e-?mail|メールアドレス|邮箱|почта)[ *_|]{0,4}(?::|：|\n)[ *_|]*<?([^\s<>|]{3,200}@[^\s<>|*]{3,200})`)
	formMessage = regexp.MustCompile(`(?mi)^[ \t*_|-]*(?:your |ihre |deine |votre |su |tu |seu |uw )?(?:message|nachricht|mitteilung|anfrage|comments?|question|mensaje|mensagem|messaggio|bericht|wiadomość|meddelande|besked|melding|viesti|сообщение|zpráva|üzenet|mesaj|お問い合わせ内容|内容|留言)(?: body| text)?[ *_|]{0,4}(?:[:：]|$)`)
)
