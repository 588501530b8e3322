package classify

import (
	"regexp"
	"strings"
)

// withoutQuotes drops the messages that a mail program put under or between the writer's words:
// lines after ">", the line that announces them, and everything from an "Original Message" line or
// a block of mail headers on.
func withoutQuotes(lines []string) []string {
	var kept []string
	for i := 0; i < len(lines); i++ {
		line := strings.TrimSpace(lines[i])
		switch {
		case strings.HasPrefix(line, ">"):
			continue
		case originalMessage.MatchString(line), headerBlock(lines[i:]):
			if anything(kept) {
				return withoutRule(kept)
			}
		default:
			n, address := announced(lines[i:])
			if n == 0 {
				break
			}
			if rest := skipBlank(lines[i+n:]); len(rest) > 0 && strings.HasPrefix(strings.TrimSpace(rest[0]), ">") {
				i += n - 1
				continue // marked quotations; answers between them stay
			}
			if address && anything(kept) {
				return kept // no marks: the quotation goes on to the end
			}
		}
		kept = append(kept, lines[i])
	}
	return kept
}

var originalMessage = regexp.MustCompile(`(?i)^-{2,} ?(?:original message|original email|reply message|urspr(?:ü|ue)ngliche nachricht|original-?nachricht|` +
	`message d['’]origine|message original|message initial|mensaje original|mensagem original|messaggio originale|` +
	`oorspronkelijk bericht|(?:oryginalna )?wiadomo(?:ść|sc)(?: oryginalna)?) ?-{2,}$`)

// announcement finds a line such as "On 3 Feb 2026, Jane wrote:". It also needs a time or a year;
// see announced.
var announcement = regexp.MustCompile(`(?i)^(?:` +
	`on\b.+\bwrote|` +
	`(?:am|on)\b.+\bschrieb\b.*|` +
	`le\b.+\ba [ée]crit|` +
	`el\b.+\bescribi[óo]|` +
	`(?:em|a|no dia)\b.+\bescreveu|` +
	`il\b.+\bha scritto|` +
	`op\b.+\bschreef\b.*|` +
	`(?:w dniu|dnia)?.{4,80}\bnapisa[łl](?:\(a\)|a)?(?:\s.*)?|` +
	`.{4,80}<[^<>\s]+@[^<>\s]+>(?: wrote| schrieb| a [ée]crit| escribi[óo]| escreveu| ha scritto| schreef)` +
	`)\s?:$`)

var timeOrYear = regexp.MustCompile(`\b(?:19|20)\d\d\b|\b\d{1,2}[:.h]\d\d\b`)

// announced returns how many lines at the start of lines announce a quotation, 0 if none do, and
// whether they name a mail address. Programs wrap such a line.
func announced(lines []string) (n int, address bool) {
	var all string
	for n, line := range lines[:min(len(lines), 3)] {
		line = strings.TrimSpace(line)
		if line == "" {
			break
		}
		if all = strings.TrimSpace(all + " " + line); len(all) > 400 {
			break
		}
		if strings.HasSuffix(all, ":") && timeOrYear.MatchString(all) && announcement.MatchString(all) {
			if later, _ := announced(lines[1:]); n > 0 && later > 0 {
				return 0, false // the first line is the writer's
			}
			return n + 1, strings.Contains(all, "@")
		}
	}
	return 0, false
}

// Mail headers that programs show above a quoted message.
var (
	fromHeader  = regexp.MustCompile(`(?i)^\*?(?:from|von|de|da|van|od|från|fra)\s?:\*?\s*\S`)
	otherHeader = regexp.MustCompile(`(?i)^\*?(?:sent|date|to|cc|subject|gesendet|datum|an|betreff|envoy[ée]|[àa]|objet|` +
		`enviado(?: el| em)?|enviada(?: em)?|fecha|para|asunto|data|assunto|inviato|oggetto|verzonden|aan|onderwerp|` +
		`wys[łl]ano|do|temat)\s?:`)
)

// headerBlock reports whether lines start with the headers of a quoted message: its sender and two
// more.
func headerBlock(lines []string) bool {
	if !fromHeader.MatchString(strings.TrimSpace(lines[0])) {
		return false
	}
	more := 0
	for _, line := range lines[1:min(len(lines), 6)] {
		if otherHeader.MatchString(strings.TrimSpace(line)) {
			more++
		}
	}
	return more >= 2
}

// withoutRule drops the line of underscores or dashes that Outlook draws above a header block.
func withoutRule(lines []string) []string {
	for n := len(lines); n > 0; n-- {
		if strings.Trim(lines[n-1], "_-— \t") != "" {
			return lines[:n]
		}
	}
	return nil
}

// maxSignature is the greatest number of lines of a signature below a line of two dashes. More
// lines are the writer's text.
const maxSignature = 12

// sentFrom finds the line that telephones and mail programs add to a message.
var sentFrom = regexp.MustCompile(`(?i)^(?:sent (?:from|with|via|using)|get|gesendet (?:von|mit)|von mein\S*|diese nachricht wurde von mein\S*|envoy[ée] (?:de|depuis|avec|à partir d)|` +
	`enviado (?:desde|do|de|a partir d)|obt[eé]n|inviato da|verzonden (?:vanaf|met)|verstuurd (?:vanaf|met)|wys[łl]ane z|wys[łl]ano z)[^.,;:!?]{0,40}?` +
	`(?:iphone|ipad|android|samsung|galaxy|huawei|xiaomi|pixel|blackberry|smartphone|handy|mobile|mobiltelefon|phone|móvil|celular|téléphone|telefon\S*|telefoon|` +
	`outlook|yahoo|proton ?mail|gmail|windows|mailspring|thunderbird|spark)[^.,;:!?]{0,30}[.!]?$`)

// withoutSignature drops the text below a line of two dashes, and the lines that telephones add.
func withoutSignature(lines []string) []string {
	var kept []string
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if line == "--" && len(lines)-i-1 <= maxSignature {
			break
		}
		if len(line) > 120 || !sentFrom.MatchString(line) {
			kept = append(kept, lines[i])
		}
	}
	return kept
}

func anything(lines []string) bool { return len(skipBlank(lines)) > 0 }

func skipBlank(lines []string) []string {
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
	}
	return lines
}
