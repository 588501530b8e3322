package classify

import "regexp"

// birth is a date after a word for a date of birth: in digits, with the name of a month before or
// after the day, or in Chinese and Japanese.
var birth = regexp.MustCompile(`(?i)(?:(?:^|[^\p{L}])(?:date of birth|d\.?o\.?b\.?|birth ?date|birthday|born(?: on)?|geboren(?: am)?|geburtsdatum|geb\.|n[ée]e? le|date de naissance|` +
	`fecha de nacimiento|nacid[oa] el|nat[oa] il|data di nascita|data de nascimento|nascid[oa] em|geboortedatum|geboren op|data urodzenia|urodzon[ya]|дата рождения|родил(?:ся|ась)|doğum tarihi(?:m|niz)?)|生年月日|出生日期)` +
	`(?:[ \t]{0,2}(?:is|ist|lautet|est|es|è|é|jest|[:=.])){0,2}[ \t]{0,3}` +
	`(\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}(?:\.|st|nd|rd|th|º)?[ \t](?:de[ \t])?\p{L}{3,12}\.?,?[ \t](?:de[ \t])?\d{4}|\p{L}{3,12}[ \t]\d{1,2}(?:st|nd|rd|th)?,?[ \t]\d{4}|\d{4} ?[年년] ?\d{1,2} ?[月월] ?\d{1,2} ?[日일]?)`)

func findBirths(v *view) {
	for _, m := range birth.FindAllStringSubmatchIndex(v.text, -1) {
		v.add(m[2], m[3], KindBirth)
	}
}
