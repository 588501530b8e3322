package classify

import (
	"regexp"
	"strings"
)

// codeWords come before a code of digits, with a few small words or a sign between.
const codeWords = `pin(?:[- ]?code)?|puk|m?tan|otp|passcode|one[- ]time[- ](?:code|pin|pass(?:word|code))|geheimzahl|` +
	`(?:verification|security|access|confirmation|authentication|auth|login|sign-?in|sms|unlock|recovery|2fa|mfa|activation)[- ]code|` +
	`(?:einmal|best[äa]tigungs|sicherheits|zugangs|freischalt|verifizierungs|aktivierungs|anmelde|sms|login)-?(?:code|passwort|pin)|` +
	`c[óo]digo (?:de )?(?:un solo uso|verificaci[óo]n|seguridad|acceso|confirmaci[óo]n|verifica[çc][ãa]o|seguran[çc]a|acesso|confirma[çc][ãa]o|pin|sms)|` +
	`code (?:de |d')?(?:v[ée]rification|s[ée]curit[ée]|acc[èe]s|confirmation|validation|pin|sms|secret)|` +
	`codice (?:di )?(?:verifica|sicurezza|accesso|conferma|pin|otp|segreto)|(?:verificatie|beveiligings|toegangs|inlog|bevestigings|activatie|sms-?)code`

const codeEnd = `([A-Z]-\d{6}|\d{3}[ -]\d{3}|\d\d[ -]\d\d|\d{4,8})(?:[^\p{L}\d]|$)`

var (
	code = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:` + codeWords + `)(?:[ \t]{0,2}(?:number|nummer|n[úu]mero|num[ée]ro|nr|no|for|für|voor|pour|para|per|do|da|de|del|della|du|my|the|card|cart[ãa]o|carte|carta|tarjeta|` + is + `|[:=#.-])){0,4}[ \t]{0,2}` + codeEnd)
	// bareCode is a code without a word for its kind; otherCode is the kind of one that is no
	// secret.
	bareCode = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:code|kode|c[óo]digo|codice|kod)[ \t]{0,2}(?:[:=]|is|ist|lautet|est|es|è|é)[ \t]{0,2}` + codeEnd)
	// pinOf has a few words between: "the PIN for the door is". easternCode needs no space, and
	// givenCode stands before its word. cardCode is on the back of a card.
	pinOf       = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:pin|puk|otp|passcode)(?:[ \t]\p{L}{1,12}){1,4}[ \t](?:` + is + `)[ \t]` + codeEnd)
	easternCode = regexp.MustCompile(`(?i)(?:验证码|驗證碼|校验码|認証コード|確認コード|인증 ?번호|код подтверждения|doğrulama kodu|رمز التحقق)[^\n\d]{0,10}` + codeEnd)
	givenCode   = regexp.MustCompile(`(?i)(?:^|[^\p{L}\d-])([A-Z]-\d{6}|\d{3}[ -]\d{3}|\d{4,8}) is (?:your|my|the)(?: \p{L}{1,15}){0,2} (?:verification|security|login|access|confirmation) (?:code|pin)\b`)
	cardCode    = regexp.MustCompile(`(?i)\b(?:cvv2?|cvc2?)\b[)\s:=.]{0,4}(?:(?:code|` + is + `)\s)?(\d{3,4})\b`)

	otherCode = regexp.MustCompile(`(?:err(?:or)?|erreur|errore|erro|fehler|fout|status|exit|return|http|post|postal|zip|area|country|product|item|promo|discount|coupon|voucher|gutschein|rabatt|bar|qr|source|dress|sort|stop|reason|response|artikel|article|order|booking|case)[ \t-]{0,3}$`)
)

// findCodes finds PINs and one-time codes.
func findCodes(v *view) {
	for _, form := range []*regexp.Regexp{code, pinOf, easternCode, givenCode, cardCode} {
		for _, m := range form.FindAllStringSubmatchIndex(v.text, -1) {
			if !v.honest(m[0], m[2], m[3]) {
				v.add(m[2], m[3], KindPassword)
			}
		}
	}
	for _, m := range bareCode.FindAllStringSubmatchIndex(v.text, -1) {
		if !otherCode.MatchString(v.before(m[0]+1, 20)) && !v.honest(m[0], m[2], m[3]) {
			v.add(m[2], m[3], KindPassword)
		}
	}
}

// accountSpan is how near to a sort code the number of its account stands, in bytes. A routing
// number has 9 digits in the US and 8 in Canada.
const (
	accountSpan  = 60
	leastRouting = 8
)

var (
	namedSort  = regexp.MustCompile(`(?i)\bsort ?-?codes?(?:[ \t]{0,2}(?:is|number|no\.?|[:=])){0,3}[ \t]{0,2}(\d\d[- ]?\d\d[- ]?\d\d)\b`)
	sortCode   = regexp.MustCompile(`\b\d\d-\d\d-\d\d\b`)
	account    = regexp.MustCompile(`(?i)\b(?:acc(?:oun)?t?|a/c)\b[^\n\d]{0,20}(\d{8})\b`)
	namedBank  = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:bank account|kontonummer|konto-?nr|bankleitzahl|blz|routing(?: transit)?)(?:[ \t]{0,2}(?:number|no|nr|is|ist|lautet|[:=.])){0,4}[ \t]{0,2}(\d(?:[ ]?\d){5,13})(?:[^\p{L}\d]|$)`)
	numbered   = regexp.MustCompile(`(?i)\b(?:acc(?:oun)?t?|a/c)\b[^\n\d]{0,20}(\d{6,14})\b`)
	wallet     = regexp.MustCompile(`\b(?:0x[0-9a-fA-F]{40}|bc1[a-z0-9]{25,60})\b`)
	noSortCode = regexp.MustCompile(`[\d.-]$`)
)

// findBank finds sort codes and account numbers: by their word, or a sort code or a routing number
// and an account number beside each other. It also finds the addresses of wallets.
func findBank(v *view) {
	for _, m := range wallet.FindAllStringIndex(v.text, -1) {
		v.add(m[0], m[1], KindBank)
	}
	beside := func(from, to int, account *regexp.Regexp) (found bool) {
		at := max(0, from-accountSpan)
		for _, m := range account.FindAllStringSubmatchIndex(v.text[at:min(len(v.text), to+accountSpan)], -1) {
			if !v.honest(at+m[0], at+m[2], at+m[3]) {
				v.add(at+m[2], at+m[3], KindBank)
				found = true
			}
		}
		return found
	}
	for _, m := range namedBank.FindAllStringSubmatchIndex(v.text, -1) {
		routing := strings.Contains(strings.ToLower(v.text[m[0]:m[2]]), "routing")
		if v.honest(m[0], m[2], m[3]) || routing && digits(v.text[m[2]:m[3]]) < leastRouting {
			continue
		}
		v.add(m[2], m[3], KindBank)
		beside(m[2], m[3], numbered)
	}
	for _, m := range namedSort.FindAllStringSubmatchIndex(v.text, -1) {
		v.add(m[2], m[3], KindBank)
		beside(m[2], m[3], account)
	}
	for _, m := range sortCode.FindAllStringIndex(v.text, -1) {
		if !noSortCode.MatchString(v.before(m[0], 2)) && beside(m[0], m[1], account) {
			v.add(m[0], m[1], KindBank)
		}
	}
}

// seedRun is 12 to 24 words in the form of BIP-39, perhaps numbered. seedLine is a line of nothing
// else, and seedWords stand before a run.
var (
	seedRun   = regexp.MustCompile(`\b[a-z]{3,8}(?:[ \t,\n]{1,3}(?:\d{1,2}[.)][ \t]?)?[a-z]{3,8}){11,23}\b`)
	seedLine  = regexp.MustCompile(`(?m)^[ \t]*[a-z]{3,8}(?: [a-z]{3,8}){11,23}[ \t]*$`)
	seedWords = regexp.MustCompile(`(?i)\b(?:seed|mnemonic|recovery phrase|backup phrase|secret phrase|wallet phrase|bip-?39|wiederherstellungsphrase|wiederherstellungswörter|phrase de r[ée]cup[ée]ration|frase (?:semilla|de recupera[cç][ióã]+[no]|di recupero)|herstelzin|(?:12|15|18|21|24)[- ](?:words?|w[öo]rter|palabras|mots|parole|woorden|palavras))[^\n]{0,30}[:\s]{0,3}`)
)

// notSeeds are common words that the English list of BIP-39 lacks.
var notSeeds = words(`the and not has had was were are but with from been its our his her them which than would could should because does did how your since their got get off`)

// findSeeds finds the recovery phrases of wallets.
func findSeeds(v *view) {
	for _, m := range seedWords.FindAllStringIndex(v.text, -1) {
		// The end of the word's own filler may already be a part of the run.
		for at := m[0]; at <= m[1]; at++ {
			if at > m[0] && !v.wordBefore(at) && seedStart.MatchString(v.after(at, 400)) {
				run := seedRun.FindStringIndex(v.after(at, 400))
				if run != nil && run[0] == 0 && seeds(v.text[at:at+run[1]]) {
					v.add(at, at+run[1], KindKey)
					break
				}
			}
		}
	}
	for _, m := range seedLine.FindAllStringIndex(v.text, -1) {
		line := v.text[m[0]:m[1]]
		if n := len(strings.Fields(line)); n%3 == 0 && seeds(line) {
			v.add(m[0]+len(line)-len(strings.TrimLeft(line, " \t")), m[1], KindKey)
		}
	}
}

// seedStart is a word of a run at its place.
var seedStart = regexp.MustCompile(`^[a-z]{3,8}[ \t,\n]`)

func seeds(run string) bool {
	for _, w := range strings.Fields(run) {
		if notSeeds[w] {
			return false
		}
	}
	return true
}
