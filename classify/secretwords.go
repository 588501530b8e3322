package classify

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// keyForms are tokens and keys with a known form. Where a form has a group, the group is the key.
var keyForms = []*regexp.Regexp{
	regexp.MustCompile(`(?s)-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----.*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|\z)`),
	regexp.MustCompile(`\b(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AROA|ANPA|ANVA|AIPA)[A-Z0-9]{16}\b`),
	regexp.MustCompile(`\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|gl(?:pat|rt|dt|ptt)-[\w-]{16,})`),
	regexp.MustCompile(`\b(?:xox[a-z]-[\w-]{8,}|xapp-[\w-]{8,})`),
	regexp.MustCompile(`\b(?:[srp]k_(?:live|test)_[A-Za-z0-9]{8,}|whsec_[\w+/=]{8,})`),
	regexp.MustCompile(`\b(sk-[\w-]{0,12}[A-Za-z0-9]{12}[\w-]*)`),
	regexp.MustCompile(`\beyJ[\w-]{8,}(?:\.[\w-]+){0,4}`),
	regexp.MustCompile(`\b(?:AIza[\w-]{30,}|ya29\.[\w-]{16,}|SG\.[\w-]{12,}\.[\w-]{12,}|npm_[A-Za-z0-9]{30,}|hf_[A-Za-z0-9]{24,}|pypi-[\w-]{30,}|dop_v1_[0-9a-f]{32,}|shp(?:at|ss|ca|pa)_[0-9a-fA-F]{24,}|AGE-SECRET-KEY-1[A-Z0-9]{20,})`),
	regexp.MustCompile(`(?i)\b(?:bearer|basic)[ \t]+([\w.~+/=-]{16,})`),
	regexp.MustCompile(`(?i)(?:\b|_)(?:(?:api|access|auth|secret|private|account|encryption|license|shared)[ _-]?(?:key|token|secret)|client[ _-]?secret|secret|token|api[ _-]?schl(?:ü|ue)ssel|cl[ée] (?:d'|)api|clave (?:de )?api|chave (?:de |da )?api|chiave api|klucz api)(?:\s{0,3}(?:[:=]|=>|->|is|ist|est|es|é|è|jest|lautet)\s{0,3})["'` + "`" + `]?([A-Za-z0-9_+/=.~-]{8,})`),
}

// randomRun is a piece of text that may be random.
var randomRun = regexp.MustCompile(`[A-Za-z0-9_+-]{20,}={0,2}|[A-Za-z0-9_+/-]{40,}={0,2}`)

func findKeys(v *view) {
	for _, form := range keyForms {
		for _, m := range form.FindAllStringSubmatchIndex(v.text, -1) {
			from, to := m[0], m[1]
			if len(m) > 2 {
				if from, to = m[2], m[3]; !strings.ContainsAny(v.text[from:to], "0123456789") {
					continue // "token: undefined", "sk-learn-contribution"
				}
			}
			v.add(from, to, KindKey)
		}
	}
	for _, m := range randomRun.FindAllStringIndex(v.text, -1) {
		if random(v.text[m[0]:m[1]]) {
			v.add(m[0], m[1], KindKey)
		}
	}
}

// random reports whether a run of letters and digits looks random: hexadecimal of 32 and more
// characters, or characters of three classes that change as often as by chance. Words in CamelCase
// change in one place of six, random ones in two of three.
func random(s string) bool {
	s = strings.TrimRight(s, "=")
	var plain []byte
	for _, c := range []byte(s) {
		if alnum(c) {
			plain = append(plain, c)
		}
	}
	if len(plain) < 20 {
		return false
	}
	var changes, digits, upper, lower, hex, others int
	for i, c := range plain {
		switch class(c) {
		case 'd':
			digits++
		case 'u':
			upper++
		default:
			lower++
		}
		if strings.IndexByte("0123456789abcdefABCDEF", c) >= 0 {
			hex++
		} else {
			others++
		}
		if i > 0 && class(c) != class(plain[i-1]) {
			changes++
		}
	}
	share := float64(changes) / float64(len(plain))
	switch {
	case others == 0 && len(plain) == len(s):
		return len(s) >= 32 && digits > 0 && digits < len(s)
	// The form of the secret keys of AWS.
	case len(s) == 40 && upper > 4 && lower > 4 && digits > 0 && len(plain) >= 36:
		return share >= 0.25
	case len(plain)*10 < len(s)*8: // mostly dashes: a name, or a UUID
		return false
	case upper > 1 && lower > 1 && digits > 1:
		return share >= 0.4
	}
	return digits > 3 && len(plain) >= 28 && share >= 0.33 && others > len(plain)/3
}

func class(c byte) byte {
	switch {
	case digit(c):
		return 'd'
	case 'A' <= c && c <= 'Z':
		return 'u'
	}
	return 'l'
}

// Words for a password, also misspelled. The short ones have other meanings too, so they count only
// with a colon or equals sign.
const (
	longWord  = `p ?a ?s ?s? ?-?w ?[o0]? ?r? ?[dt]s?|passwd|pass ?-?code|pass ?-?phrase|kenn ?-?wort|zugangs ?-?code|mots? {1,2}de {1,2}pass?es?|mot ?de ?passe|contrase[ñn]+[ay]?s?|palavra[ -]{0,2}(?:passe|chave)|senha|wacht ?-?woord|has[łl][oa]|parola(?: ?d['’ ]ordine)?|parola chiave|kennung`
	shortWord = `pass|pwd|pw|mdp|psw|clave|pin|pin[- ]?code|cvv2?|cvc2?|ww|wachtw|pwort|security code|pr[üu]fziffer`
	is        = `is|ist|lautet|lauten|war|was|est|[ée]tait|es|era|é|è|jest|brzmi|to|being|will be|equals|blijkt|luidt`
)

var (
	// afterSign: the word, perhaps a few more, and a sign before the value, also on the next line.
	afterSign = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:(?:` + longWord + `)((?:[ \t]{1,3}[\p{L}\p{N}'’()@._/-]{1,40}){0,6})|(?:` + shortWord + `)())\s{0,3}(?:(?:` + is + `)\s{0,3})?(?:[:=]{1,2}>?|-+>|[|\t])[ \t]*(\n?[ \t]*)`)
	// afterWord: the word and a verb.
	afterWord = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:(?:` + longWord + `)((?:[ \t]{1,3}[\p{L}'’()]{1,20}){0,5}?)|(?:pin|pw|pwd|pass|clave|mdp|ww)())[ \t]{1,3}(?:` + is + `)(?:[ \t]{1,3}(?:wie folgt|as follows|now|nun|jetzt|maintenant|ahora|agora|ora|nu|teraz))?(?:[ \t]{1,3}|[ \t]*(\n[ \t]*))`)
	// besides: the word alone, or with a dash, a bracket or a line end.
	besides = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:` + longWord + `|pwd?|mdp)()(?:[ \t]+-{0,2}[ \t]*\(?|[ \t]*\(|[ \t]*\r?(\n)[ \t]*)`)
	// reversed: the value, a verb, and the word.
	reversed = regexp.MustCompile(`(?i)(?:^|[\s"'(])([^\s"']{4,64})["']?[ \t]{1,3}(?:is|ist|est|es|é|è|jest)[ \t]{1,3}(?:my|the|our|mein|das|unser|mon|le|notre|mi|la|minha|a|il|la mia|mijn|het|moje)[ \t]{1,3}(?:\p{L}{1,15}[ \t]{1,3})?(?:` + longWord + `)`)
)

// another is a second password after the first. verbOnly is a verb without other words.
var (
	another  = regexp.MustCompile(`(?i)\b(?:new|old|other|second|neue[srn]?|alte[srn]?|nouveau|ancien|nueva|antigua|vieja|nova|antiga|nuova|vecchia|nieuwe|oude|nowe|stare)(?: one)?[ \t]{1,3}(?:` + is + `)[ \t]{1,3}["'„“”]?([^\s"'“”]{4,64})`)
	verbOnly = regexp.MustCompile(`(?i)^(?:` + is + `)$`)
)

func findPasswords(v *view) {
	for _, form := range []struct {
		*regexp.Regexp
		sign, verb bool
	}{{afterSign, true, false}, {afterWord, false, true}, {besides, false, false}} {
		for at := 0; at < len(v.text); {
			m := form.FindStringSubmatchIndex(v.text[at:])
			if m == nil {
				break
			}
			end := at + m[1]
			filler := ""
			if m[2] >= 0 {
				filler = strings.TrimSpace(v.text[at+m[2] : at+m[3]])
			}
			// A short word in a sentence counts only before a likely password.
			filled, short := filler != "" && !verbOnly.MatchString(filler), len(m) > 6 && m[4] >= 0
			ownLine := m[len(m)-2] >= 0 && strings.Contains(v.text[at+m[len(m)-2]:end], "\n")
			if strings.Contains(strings.ToLower(v.text[at+m[0]:end]), "phrase") && form.sign {
				to := end + len(strings.TrimRight(line(v.after(end, 200)), " \t\r."))
				v.add(end, to, KindPassword)
				at = max(to, at+1)
				continue
			}
			from, to := v.password(end, form.sign && !filled, form.verb && !filled && !short, ownLine)
			if limit := filled && digits(v.text[from:to]) == to-from && measures(filler); from < to && !limit {
				v.add(from, to, KindPassword)
				end = to
			}
			at = max(end, at+1)
		}
	}
	var ends []int
	for _, s := range v.found {
		if s.Kind == KindPassword {
			ends = append(ends, s.End)
		}
	}
	slices.Sort(ends)
	for _, m := range another.FindAllStringSubmatchIndex(v.text, -1) {
		i, _ := slices.BinarySearch(ends, m[0]-60)
		if i < len(ends) && ends[i] <= m[0] && strong(v.text[m[2]:m[3]]) {
			v.add(m[2], m[3], KindPassword)
		}
	}
	for _, m := range reversed.FindAllStringSubmatchIndex(v.text, -1) {
		if strong(strings.TrimRight(v.text[m[2]:m[3]], ".,;:)")) {
			v.add(m[2], m[3], KindPassword)
		}
	}
}

// password returns the value at a position. After a sign it may be any word but a common one. After
// a verb ("is") it has to end the clause or to look like a password. Elsewhere it has to look like
// one. A value on a line of its own is the whole line.
func (v *view) password(at int, sign, verb, ownLine bool) (from, to int) {
	rest := v.after(at, 400)
	for _, quotes := range []string{`""`, `''`, "``", "“”", "„“", "„”", "«»", "‘’", "<>", "[]"} {
		open := string([]rune(quotes)[:1])
		if after, ok := strings.CutPrefix(rest, open); ok {
			if end := strings.Index(after, string([]rune(quotes)[1:])); end > 0 && end <= 128 && !strings.Contains(after[:end], "\n") {
				return at + len(open), at + len(open) + end
			}
		}
	}
	end := strings.IndexFunc(rest, unicode.IsSpace)
	if end < 0 {
		end = len(rest)
	}
	value := rest[:end]
	for len(value) > 0 && strings.IndexByte(".,;)\"'", value[len(value)-1]) >= 0 {
		value = value[:len(value)-1]
	}
	clause := strings.ToLower(strings.TrimSpace(line(rest[len(value):])))
	common := ordinaryWord(value)
	switch {
	case value == "" || strings.Contains(value, "://") || strings.HasPrefix(strings.ToLower(value), "www."):
		return 0, 0
	case ownLine && clause != "" && (!strong(value) || !sign && !verb):
		return 0, 0 // the next line is a sentence
	case strong(value) && !familiar[strings.ToLower(value)]:
	case sign && len(value) > 1 && !common:
	case verb && len(value) > 2 && !common && !participle(value) && (clause == "" || clauseEnd.MatchString(clause)):
	default:
		return 0, 0
	}
	return at, at + len(value)
}

// line returns the first line of a text.
func line(s string) string {
	first, _, _ := strings.Cut(s, "\n")
	return first
}

// strong reports whether a word looks like a password: letters mixed with digits or signs, or at
// least four digits.
func strong(s string) bool {
	var letters, digits, signs int
	for _, r := range strings.TrimRight(s, ".,;:!?*)") {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		case r != '\'' && r != '’' && r != '-' && r != '/' && r != '.':
			signs++
		}
	}
	n := letters + digits + signs
	return n >= 4 && (letters > 0 && (digits > 0 || signs > 0) || digits >= 4 && letters == 0)
}

// clauseEnd follows a password that is a plain word.
var clauseEnd = regexp.MustCompile(`^(?:[.,;!?)]|(?:and|but|und|aber|et|mais|y|pero|e|mas|ma|en|maar|i|ale)\b)`)

// participle reports whether a word says what happens to passwords: changed, abgelaufen, caducada,
// expirado.
func participle(s string) bool {
	s = strings.ToLower(s)
	for _, end := range []string{"ed", "ing", "able", "ible", "lich", "ert", "tzt", "ada", "ado", "ida", "ido", "ata", "ato", "uta", "uto", "ée", "ssen", "aufen", "loren", "any", "ane", "one"} {
		if strings.HasSuffix(s, end) && len(s) > len(end)+2 {
			return true
		}
	}
	return false
}

// familiar are words with digits that stand beside "password" without being one.
var familiar = words(`oauth2 office365 windows10 windows11 win10 win11 sha1 sha256 md5 base64 utf8 utf-8 2fa mp3 http2 ipv4 ipv6 web2 1password`)

// ordinaryWord reports whether a word is common beside "password", or begins a sentence after a
// colon.
func ordinaryWord(s string) bool {
	s = strings.ToLower(strings.Trim(s, ".,;:!?*()[]\"'…-"))
	return s == "" || common[s] || common[singular(s)]
}

// singular returns a word without its plural s.
func singular(w string) string {
	if len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") {
		return w[:len(w)-1]
	}
	return w
}

var common = words(`wrong incorrect invalid not no yes expired lost forgotten forgot too being never always correct right ok okay the a an my our your his her their its it this that same still
	reset required weak strong broken missing empty blank null nil none undefined unknown n/a na hidden secret secure safe changed change set sent shown visible stored saved saving
	in on at to of for from with by and or but so if when how what why where who which can could please help we i you he she they there here is was are were has have had does do did dont
	again now only just also already really very about after before because error errors failed fails fail false true working work works accepted rejected denied ignored gone useless leaked
	locked disabled enabled needed available unavailable optional mandatory old new valid known complex simple long short different identical public private plain encrypted hashed case-sensitive thanks thank hello hi dear
	falsch richtig korrekt ungültig abgelaufen weg vergessen verloren nicht kein keine zu immer noch nie bekannt unbekannt leer sicher unsicher geändert gesperrt der die das ein eine mein meine unser ihr bitte danke hallo wie was warum wenn ich wir sie er es und oder aber nun jetzt nötig erforderlich gleich gültig schon wieder weiterhin leider angeblich auch
	faux fausse incorrecte invalide expiré expirée perdu perdue oublié oubliée pas ne non oui trop toujours jamais le la les un une mon ma mes notre votre bonjour merci comment pourquoi quand je nous vous il elle et ou mais déjà encore correct refusé requis vide inconnu valable valide bon bonne
	incorrecta incorrecto inválida inválido errónea mala caducada caducado perdida olvidada no sí si muy demasiado siempre nunca el los las una mi su nuestra hola gracias cómo como por qué cuando yo nosotros y o pero ya todavía correcta requerida vacía desconocida segura débil válida la que
	errada errado incorreta incorreto expirada expirou perdida esquecida não nao sim muito sempre nunca o os as uma minha meu nossa olá ola obrigado obrigada porque quando eu nós e ou mas já ainda correta fraca forte vazia
	sbagliata sbagliato errata scaduta persa dimenticata non sì troppo sempre mai lo gli una mia nostra ciao grazie perché quando io noi o ma già ancora corretta debole sicura
	verkeerd fout onjuist ongeldig verlopen kwijt vergeten niet geen ja nee te altijd nooit de het een mijn onze hallo bedankt hoe waarom wanneer ik wij en of maar al nog juist zwak leeg onbekend veilig
	błędne złe nieprawidłowe niepoprawne wygasło stracone zapomniane nie tak zbyt zawsze nigdy moje nasze dzień dziękuję jak dlaczego kiedy my i lub ale już jeszcze poprawne słabe puste nieznane
	policy manager field page link hint length rules requirements dialog form screen button protection protected strength`)
