package email

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/helpdesk-go/helpdesk"
)

// awaySubject recognises an out-of-office reply that lost its header fields on the way, by a
// subject that out-of-office programs write. It counts on an answer alone, since a customer may
// well begin a conversation about such replies; and at the start of the subject alone, since "Re:
// Out of office" is a person's.
func (m *message) awaySubject(in *helpdesk.Incoming) string {
	rest, ok := cutAway(in.Subject)
	if ok && (m.answers(in) || isReply(rest) || reference.MatchString(rest)) {
		return "its subject is that of an automatic reply"
	}
	return ""
}

// answers reports whether the mail says that it answers another.
func (m *message) answers(in *helpdesk.Incoming) bool {
	return len(in.InReplyTo)+len(in.References) > 0
}

// reference is that of a ticket, in brackets.
var reference = regexp.MustCompile(`\[#?[\p{L}\p{N}]+-[\p{L}\p{N}-]+\]`)

// cutAway returns the subject behind the words of an out-of-office program.
func cutAway(subject string) (rest string, ok bool) {
	s := plainWords(subject)
	s = strings.TrimLeft(s, " \t[(*\"'【")
	best := -1
	if s == "" {
		return "", false
	}
	for _, words := range awayWords[s[0]] {
		if after, found := strings.CutPrefix(s, words); found && ends(words, after) {
			best = max(best, len(words))
		}
	}
	if best < 0 {
		return "", false
	}
	return strings.TrimLeft(s[best:], " :：-–—|/])】\"'*"), true
}

// ends reports whether words end before after, as words. A single short word may begin any subject,
// so a colon or the like has to follow it, or the subject of the answer. Chinese, Japanese, Korean
// and Thai write no space.
func ends(words, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	if after == "" || next != ' ' && !unicode.IsLetter(next) && !unicode.IsDigit(next) {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(words)
	solid := unicode.In(last, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai)
	long := utf8.RuneCountInString(words) > 9 || strings.Contains(words, " ") || solid && utf8.RuneCountInString(words) > 3
	after = strings.TrimSpace(after)
	return long && (next == ' ' || solid) || isReply(after) || next == ' ' && strings.IndexAny(after, "-–—:(|[") == 0
}

// plainWords returns a text in lower case, without accents, with single spaces.
func plainWords(s string) string {
	s = strings.ToLower(strings.Join(strings.FieldsFunc(s, unicode.IsSpace), " "))
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return strings.Map(func(r rune) rune {
				if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) {
					return -1
				}
				return r
			}, norm.NFKD.String(s))
		}
	}
	return s
}

// isReply reports whether a subject begins as the answers of mail programs do.
func isReply(subject string) bool { return replyMarks.MatchString(strings.ToLower(subject)) }

// isForward reports whether a subject begins as forwarded mails do, in the languages of mail
// programs.
func isForward(subject string) bool { return forwardMarks.MatchString(strings.ToLower(subject)) }

const markEnd = `(?:\s?\[\d+\]|\s?\(\d+\)|\^\d+)?\s?[:：]`

var (
	replyMarks = regexp.MustCompile(`^\W*(?:re|aw|antw|antwort|antwoord|sv|vs|odp|odpowiedź|rif|r|res|resp|rép|rep|ré|vá|ynt|yan|ατ|απ|σχετ|отв|отг|ответ|回复|回覆|答复|回信|답장|회신|返信|תשובה|השב|رد|bls|atb|bal|trả lời|ตอบ|hsr)` + markEnd)

	forwardMarks = regexp.MustCompile(`^(?:\[[^\]]{1,40}\]\s*)?\W*(?:fwd?\.?|fw|fyi|wg|weitergeleitet|doorst|doorgestuurd|tr|tr\.|transf|rv|reenv|enc|i|inoltro|inoltra|pd|vb|vl|videresendt|fs|továbbítás|továbbított|ilt|i̇lt|iletilen|πρθ|пер|пересл|переслано|fwd ?\(пересл\)|转发|转寄|转|轉寄|轉發|전달|転送|הועבר|إعادة توجيه|chuyển tiếp|trs|teruskan|prosl|přep|předáno|preposlané|redirecionado|pt|persiųst|pārsūt)` + markEnd + `|[([]fwd[:)\]]`)
)

// awayWords are the beginnings of the subjects of out-of-office programs, in lower case and without
// accents (see plainWords).
var awayWords = func() map[byte][]string {
	all := map[byte][]string{} // by their first byte
	for _, words := range []string{
		// English
		"automatic reply", "auto", "auto response", "auto-response", "autoresponse", "auto reply", "auto-reply", "autoreply", "automatic response", "automated reply", "automated response",
		"out of office", "out-of-office", "out of the office", "away from the office", "away from my mail", "away from office", "on vacation", "vacation reply", "vacation response", "ooo", "i am away", "i'm away", "i am out of the office", "on leave", "on holiday", "annual leave", "maternity leave",
		// German
		"automatische antwort", "automatische rückantwort", "automatische abwesenheitsnotiz", "automatische empfangsbestätigung", "automatische nachricht", "abwesenheitsnotiz", "abwesenheit", "abwesenheitsassistent", "abwesenheitsmeldung", "abwesenheitsnachricht", "abwesend", "nicht im büro", "nicht im haus", "außer haus", "im urlaub", "autoantwort",
		// French
		"réponse automatique", "reponse auto", "message automatique", "absence du bureau", "absent du bureau", "absente du bureau", "absence", "absent", "absente", "message d'absence", "message d’absence", "notification d'absence", "en congé", "en congés", "hors du bureau",
		// Spanish, Catalan, Galician, Basque
		"respuesta automática", "contestación automática", "fuera de la oficina", "fuera de oficina", "ausente de la oficina", "ausencia de la oficina", "ausencia", "ausente", "mensaje automático", "de vacaciones", "resposta automàtica", "fora de l'oficina", "erantzun automatikoa", "bulegotik kanpo",
		// Portuguese
		"resposta automática", "ausência temporária", "fora do escritório", "fora da empresa", "ausente do escritório", "ausência", "mensagem automática", "em férias", "de férias",
		// Italian
		"risposta automatica", "risponditore automatico", "fuori sede", "fuori ufficio", "fuori dall'ufficio", "assenza dall'ufficio", "assenza", "assente", "in ferie", "messaggio automatico",
		// Dutch
		"automatisch antwoord", "automatische antwoord", "automatische reactie", "automatisch bericht", "automatische beantwoording", "afwezig", "afwezigheid", "afwezigheidsbericht", "afwezigheidsmelding", "niet aanwezig", "niet op kantoor",
		// Polish
		"odpowiedź automatyczna", "automatyczna odpowiedź", "autoodpowiedź", "autoresponder", "poza biurem", "nieobecność", "nieobecny", "nieobecna", "wiadomość automatyczna", "jestem poza biurem", "urlop",
		// Czech, Slovak
		"automatická odpověď", "mimo kancelář", "nepřítomnost", "nepřítomen", "automatická odpoveď", "mimo kancelárie", "neprítomnosť", "dovolená", "dovolenka",
		// Swedish, Danish, Norwegian, Icelandic
		"autosvar", "automatiskt svar", "frånvarande", "frånvaro", "frånvaromeddelande", "ej på kontoret", "inte på kontoret", "på semester", "automatisk svar", "automatisk besvarelse", "ikke til stede", "fraværende", "fravær", "fraværsbesked", "fraværsmelding", "fraværsassistent", "ikke på kontoret", "på ferie", "ferie", "sjálfvirkt svar", "fjarverandi",
		// Finnish, Estonian, Latvian, Lithuanian
		"automaattinen vastaus", "automaattivastaus", "poissa", "poissaolo", "poissaoloilmoitus", "poissa toimistosta", "lomalla", "automaatvastus", "automaatne vastus", "kontorist väljas", "puhkusel", "automātiskā atbilde", "automātiska atbilde", "ārpus biroja", "prombūtnē", "automatinis atsakymas", "automatinis atsakas", "nesu biure", "ne biure",
		// Hungarian, Romanian
		"automatikus válasz", "automata válasz", "automatikus üzenet", "házon kívül", "irodán kívül", "szabadságon", "nem vagyok az irodában", "răspuns automat", "mesaj automat", "în afara biroului", "absent din birou", "în concediu",
		// Russian, Ukrainian, Belarusian, Bulgarian, Macedonian, Serbian, Croatian, Slovene,
		// Bosnian
		"автоматический ответ", "автоматическое сообщение", "автоматическое уведомление", "автоответ", "автоответчик", "вне офиса", "отсутствие на рабочем месте", "отсутствую", "нет на рабочем месте", "нет на месте", "в отпуске", "автоматична відповідь", "автовідповідь", "поза офісом", "відсутній на роботі", "у відпустці", "аўтаматычны адказ", "автоматичен отговор", "извън офиса", "отсъствие", "автоматски одговор", "автоматски одговори", "аутоматски одговор", "аутоматски одговори", "automatski odgovor", "automatski odgovori", "izvan ureda", "van kancelarije", "van ureda", "odsutan", "odsutnost", "samodejni odgovor", "avtomatski odgovor", "odsotnost", "odsoten", "izven pisarne",
		// Greek, Turkish
		"αυτόματη απάντηση", "εκτός γραφείου", "απουσία", "otomatik yanıt", "otomatik cevap", "ofis dışında", "ofis dışındayım", "ofis dışı", "izindeyim",
		// Hebrew, Arabic, Persian
		"תשובה אוטומטית", "מענה אוטומטי", "מחוץ למשרד", "رد تلقائي", "الرد التلقائي", "رد آلي", "خارج المكتب", "پاسخ خودکار",
		// Japanese, Korean, Chinese
		"自動応答", "自動返信", "自動回答", "不在通知", "不在連絡", "不在のお知らせ", "不在", "外出中", "休暇中", "자동 회신", "자동회신", "자동 응답", "자동응답", "자동 답장", "자동답장", "부재중", "부재 중", "부재 알림", "휴가", "自动答复", "自动回复", "自动应答", "自動回覆", "自動答覆", "自動回應", "不在办公室", "不在辦公室", "外出", "休假",
		// Thai, Vietnamese, Indonesian, Malay, Hindi, Kazakh, Welsh, Irish
		"ตอบกลับอัตโนมัติ", "การตอบกลับอัตโนมัติ", "ข้อความตอบกลับอัตโนมัติ", "ไม่อยู่ที่สำนักงาน", "trả lời tự động", "thư trả lời tự động", "phản hồi tự động", "vắng mặt", "balasan otomatis", "jawaban otomatis", "di luar kantor", "balasan automatik", "jawapan automatik", "di luar pejabat", "स्वचालित उत्तर", "स्वत: उत्तर", "автоматты жауап", "ateb awtomatig", "freagra uathoibríoch",
	} {
		words = plainWords(words)
		all[words[0]] = append(all[words[0]], words)
	}
	return all
}()
