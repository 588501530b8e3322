package classify

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// idForms are numbers of persons that their form or check digits tell apart from other numbers.
var idForms = []struct {
	form  *regexp.Regexp
	valid func(chars string) bool // of the letters and digits alone, in capitals
}{
	{regexp.MustCompile(`\b\d{3}-\d\d-\d{4}\b`), validSSN},
	{regexp.MustCompile(`\b\d{11}\b|\b[1-9]\d(?: \d{3}){3}\b`), func(s string) bool {
		return validSteuerID(s) || validPESEL(s) || validCPF(s) || validTurkish(s)
	}},
	{regexp.MustCompile(`\b\d{3}\.\d{3}\.\d{3}-\d\d\b`), validCPF},
	{regexp.MustCompile(`(?i)\b[12] ?\d\d ?(?:0[1-9]|1[0-2]|[2-9]\d) ?\d[\dAB] ?\d{3} ?\d{3} ?\d\d\b`), validNIR},
	{regexp.MustCompile(`(?i)\b(?:\d\d\.?\d{3}\.?\d{3}|[XYZ]-?\d{7})-?[A-Z]\b`), validDNI},
	{regexp.MustCompile(`\b[2-9]\d{3}([ -])\d{4}[ -]\d{4}\b`), validVerhoeff},
	{regexp.MustCompile(`\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?\d\d){3} ?[A-D]\b`), validNINO},
	{regexp.MustCompile(`(?i)\b[A-Z]{6}\d\d[A-EHLMPR-T]\d\d[A-Z]\d{3}[A-Z]\b`), validCodiceFiscale},
	{regexp.MustCompile(`\b756([. ])\d{4}[. ]\d{4}[. ]\d\d\b|\b756\d{10}\b`), validEAN},
	{regexp.MustCompile(`\b\d\d\.\d\d\.\d\d[-. ]\d{3}[.-]\d\d\b`), validBelgian},
	{regexp.MustCompile(`\b\d{6}[-+A]\d{3}[0-9A-FHJ-NPR-Y]\b`), validFinnish},
	{regexp.MustCompile(`(?i)\b[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]\b`), validChinese},
}

// namedID is a number after a word for an identity document, social security or taxes.
var namedID = regexp.MustCompile(`(?i)(?:(?:^|[^\p{L}])(?:ssn|(?:my )?social(?: security)?|nric|curp|rut|cnp|rodn[ée] č[íi]slo|pan|іпн|passport|reisepass|passnummer|passeport|pasaporte|passaporto|passaporte|paspoort|paszport|` +
	`personalausweis|ausweis|id[- ]card|identity card|national id|carte d'identit[ée]|c[ée]dula|documento de identidad|carta d'identit[àa]|identiteitskaart|dow[óo]d|` +
	`codice fiscale|bsn|burgerservice|sofi|rijksregister|nif|nie|dni|cpf|pesel|s[ée]curit[ée] sociale|sozialversicherungs|svnr|nir|ahv|avs|steuer-?id|steueridentifikations|steuer|idnr|tax id|tax file|tfn|` +
	`national insurance|nino|aadhaar|aadhar|pan card|pan number|personnummer|fødselsnummer|cpr|henkil[öo]tunnus|(?:tc|t\.c\.) kimlik|kimlik|driver'?s? licen[cs]e|driving licen[cs]e|f[üu]hrerschein|permis de conduire|rijbewijs|licencia de conducir|patente)` +
	`|身份证|身分證|護照|护照|パスポート|マイナンバー|여권|주민등록번호|паспорт|снилс|инн)` +
	`(?:s?nummer|numer|-?nr\.?|number|号码|号|番号|번호)?(?:[ \t]{0,2}(?:number|numbers|nummer|n[úu]mero|num[ée]ro|numer|nr|no|n[°º.]|num|is|ist|lautet|est|es|è|é|jest|of|[:=.#-])){0,4}[ \t]{0,2}` +
	`((?:[A-Z]{1,3}[ -])?[A-Z]{0,6}\d[A-Z0-9]*(?:[ ./-](?:[A-Z][ ./-])?[A-Z]?\d[A-Z0-9]*){0,6})`)

func findIDs(v *view) {
	for _, f := range idForms {
		for _, m := range f.form.FindAllStringIndex(v.text, -1) {
			if v.wordBefore(m[0]) || v.inRow(m[0], m[1]) || !f.valid(idChars(v.text[m[0]:m[1]])) {
				continue
			}
			if before := v.label(m[0], 40); !matches(otherNumber, before) && !matches(phoneWords, before) {
				v.add(m[0], m[1], KindID)
			}
		}
	}
	for _, m := range namedID.FindAllStringSubmatchIndex(v.text, -1) {
		chars := idChars(v.text[m[2]:m[3]])
		n := digits(chars)
		if v.commonWord(m[0], m[2], m[3]) {
			continue
		}
		if n >= 5 && len(chars) <= 20 || n >= 4 && n < len(chars) && len(chars) >= 6 {
			v.add(m[2], m[3], KindID)
		}
	}
}

// Words for a number of a person that mean something else as well, each with the form of its
// number. PAN is a tax number of India of ten letters and digits, or the number of a card. RUT is a
// number of Chile of 7 digits and more, social one of the US of 9.
var (
	socialWord = regexp.MustCompile(`(?i)^social$`)
	panWord    = regexp.MustCompile(`(?i)^pan$`)
	rutWord    = regexp.MustCompile(`(?i)^rut$`)
	ofKitchen  = regexp.MustCompile(`(?:frying|sauce|baking|roasting|grill|cake|pie|drip|drain|oil|bed|dust|wok|muffin|steel|iron|non-?stick|litter|el|un|del|de)[ \t-]$`)
	panForm    = regexp.MustCompile(`^[A-Z]{5}\d{4}[A-Z]$`)
)

// commonWord reports whether the word before a number has its common meaning there.
func (v *view) commonWord(at, from, to int) bool {
	word := strings.TrimLeftFunc(v.text[at:from], func(r rune) bool { return !unicode.IsLetter(r) })
	at = from - len(word)
	if end := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }); end >= 0 {
		word = word[:end]
	}
	value := v.text[from:to]
	chars := idChars(value)
	n := digits(chars)
	dated := yearMonth.MatchString(value) || calendarDay.MatchString(value)
	switch {
	case socialWord.MatchString(word):
		named := strings.Contains(strings.ToLower(v.text[at:from]), "security")
		return !named && (n < 8 || dated || v.counts(from, to))
	case rutWord.MatchString(word):
		return len(chars) < 7 || dated
	case panWord.MatchString(word):
		named := strings.ContainsAny(strings.TrimSpace(v.text[at+len(word):from]), "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:=#")
		kitchen := ofKitchen.MatchString(v.before(at, 12))
		return !panForm.MatchString(chars) && (kitchen || word != "PAN" && !named && n < 12)
	}
	return false
}

// inRow reports whether a match is part of a longer row of groups of digits.
func (v *view) inRow(from, to int) bool {
	sign := func(c byte) bool { return strings.IndexByte(" .-", c) >= 0 }
	return from > 1 && sign(v.text[from-1]) && digit(v.text[from-2]) && v.text[from-1] != ' ' ||
		to+1 < len(v.text) && sign(v.text[to]) && digit(v.text[to+1])
}

// idChars returns the letters and digits of a number, in capitals.
func idChars(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 && alnum(byte(r)) {
			return r
		}
		return -1
	}, strings.ToUpper(s))
}

// weighed adds up digits times weights.
func weighed(s string, weights ...int) (sum int) {
	for i, w := range weights {
		sum += int(s[i]-'0') * w
	}
	return sum
}

// validSSN leaves out numbers that the administration never gives (42 U.S.C. 405, SSA POMS RM
// 10201).
func validSSN(s string) bool {
	return s[:3] != "000" && s[:3] != "666" && s[0] != '9' && s[3:5] != "00" && s[5:] != "0000"
}

// validSteuerID checks a German tax number of ISO/IEC 7064 MOD 11,10. Of its first ten digits one
// occurs two or three times, and the others once or not at all.
func validSteuerID(s string) bool {
	var times [10]int
	product := 10
	for _, c := range []byte(s[:10]) {
		times[c-'0']++
		sum := (int(c-'0') + product) % 10
		if sum == 0 {
			sum = 10
		}
		product = sum * 2 % 11
	}
	several := 0
	for _, n := range times {
		if n > 1 {
			several++
		}
		if n > 3 {
			return false
		}
	}
	return s[0] != '0' && several == 1 && (11-product)%10 == int(s[10]-'0')
}

// validPESEL checks a Polish number and its date of birth, from 1900 to 2099.
func validPESEL(s string) bool {
	month, _ := strconv.Atoi(s[2:4])
	day, _ := strconv.Atoi(s[4:6])
	return month%20 >= 1 && month%20 <= 12 && month < 33 && day >= 1 && day <= 31 &&
		weighed(s, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)%10 == 0
}

// validCPF checks a Brazilian number.
func validCPF(s string) bool {
	check := func(sum int) int { return sum * 10 % 11 % 10 }
	return strings.Count(s, s[:1]) < 11 && check(weighed(s, 10, 9, 8, 7, 6, 5, 4, 3, 2)) == int(s[9]-'0') &&
		check(weighed(s, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)) == int(s[10]-'0')
}

// validTurkish checks a Turkish number.
func validTurkish(s string) bool {
	return s[0] != '0' && weighed(s, 7, 9, 7, 9, 7, 9, 7, 9, 7)%10 == int(s[9]-'0') &&
		weighed(s, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)%10 == int(s[10]-'0')
}

// validNIR checks a French number: the last two digits are 97 less the remainder. In Corsica the
// department is 2A or 2B, which count as 19 and 18.
func validNIR(s string) bool {
	n, err := strconv.Atoi(s[:5] + strings.NewReplacer("2A", "19", "2B", "18").Replace(s[5:7]) + s[7:13])
	key, _ := strconv.Atoi(s[13:])
	return err == nil && len(s) == 15 && 97-n%97 == key
}

// validDNI checks a Spanish number by its letter. X, Y and Z of foreigners count as 0, 1 and 2.
func validDNI(s string) bool {
	n, err := strconv.Atoi(strings.NewReplacer("X", "0", "Y", "1", "Z", "2").Replace(s[:1]) + s[1:8])
	return err == nil && "TRWAGMYFPDXBNJZSQVHLCKE"[n%23] == s[8]
}

// The tables of Verhoeff's check digit, which is that of Aadhaar.
var (
	verhoeffSum  = [10]string{"0123456789", "1234067895", "2340178956", "3401289567", "4012395678", "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"}
	verhoeffTurn = [8]string{"0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258"}
)

func validVerhoeff(s string) bool {
	sum := byte('0')
	for i := range len(s) {
		turned := verhoeffTurn[i%8][s[len(s)-1-i]-'0']
		sum = verhoeffSum[sum-'0'][turned-'0']
	}
	return sum == '0'
}

func validNINO(s string) bool {
	switch s[:2] {
	case "BG", "GB", "NK", "KN", "TN", "NT", "ZZ":
		return false
	}
	return true
}

// validCodiceFiscale checks an Italian code by its last letter: D.M. 23/12/1976.
func validCodiceFiscale(s string) bool {
	sum := 0
	for i := range 15 {
		n := int(s[i] - 'A')
		if digit(s[i]) {
			n = int(s[i] - '0')
		}
		if i%2 == 0 {
			n = oddCodice[n]
		}
		sum += n
	}
	return 'A'+byte(sum%26) == s[15]
}

// oddCodice is the value of each letter, and of the digit with its number, at an odd place.
var oddCodice = [26]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23}

// validEAN checks the last digit of a number of 13, as that of the Swiss social insurance.
func validEAN(s string) bool {
	return weighed(s, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1)%10 == 0
}

// validBelgian checks a Belgian number. From 2000 on a 2 stands before it for the check.
func validBelgian(s string) bool {
	n, _ := strconv.Atoi(s[:9])
	key, _ := strconv.Atoi(s[9:])
	return 97-n%97 == key || 97-(2_000_000_000+n)%97 == key
}

func validFinnish(s string) bool {
	chars := strings.Map(func(r rune) rune {
		if digit(byte(r)) {
			return r
		}
		return -1
	}, s[:len(s)-1])
	n, err := strconv.Atoi(chars)
	return err == nil && len(chars) == 9 && "0123456789ABCDEFHJKLMNPRSTUVWXY"[n%31] == s[len(s)-1]
}

// validChinese checks a number of 18 by ISO/IEC 7064 MOD 11-2.
func validChinese(s string) bool {
	sum := weighed(s, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
	return "10X98765432"[sum%11] == s[17]
}
