package classify

import "regexp"

// place is one to four words of the name of a street or town, each with a capital or a small word
// of names.
const place = `(?:(?:\p{Lu}[\p{L}'’.-]*|d[eiao]s?|del|della|dei|l[ao]s?|les?|du|des|d'\p{L}+|l'\p{L}+|von|van|der|den|\d{1,2}\.?)[ \t]){0,4}\p{Lu}[\p{L}'’.-]*`

// town is a postal code with the name of a town, after the street.
const town = `(?:,?[ \t]{1,2}(?:[A-Z]{1,2}-)?(?:\d{4,5}(?:-\d{3,4})?(?:[ \t][A-Z]{2})?[ \t]` + place + `|\d{2}-\d{3}[ \t]` + place + `|` + place + `,?[ \t](?:[A-Z]{1,2}\d[A-Z\d]?[ \t]\d[A-Z]{2}|[A-Z]{2}[ \t]\d{5}(?:-\d{4})?)))?`

// streets are addresses by a word for a street, in English, German and Dutch, French, and in
// Spanish, Portuguese, Italian and Polish.
var streets = []*regexp.Regexp{
	regexp.MustCompile(`\b\d{1,5}[A-Za-z]?,?[ \t](?:[NSEW]\.?[ \t])?(?:\p{Lu}[\p{L}'’.-]*[ \t]){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Square|Sq|Terrace|Way|Close|Crescent|Parkway|Pkwy|Highway|Hwy)\b\.?` + town),
	regexp.MustCompile(`(?:\p{Lu}[\p{L}.-]*[ \t]){0,3}(?:\p{Lu}[\p{L}-]*(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|ufer|damm|straat|laan|plein|gracht|kade|dijk|singel|steeg)|Stra(?:ß|ss)e|Str\.|Weg|Platz|Allee|Gasse|Ring)[ \t]\d{1,4}[ \t]?(?:[a-zA-Z]\b)?(?:[-/]\d{1,4}[a-z]?)?` + town),
	regexp.MustCompile(`\b\d{1,4}(?:[ \t]?(?:bis|ter))?,?[ \t](?i:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|all[ée]e|quai|route|cours|passage)[ \t]` + place + town),
	regexp.MustCompile(`(?i:\b(?:calle|c/|avenida|avda\.?|plaza|paseo|camino|traves[íi]a|via|viale|piazza|corso|vicolo|rua|av\.|travessa|pra[çc]a|alameda|estrada|ul\.|aleja|al\.|plac))[ \t]` + place + `,?[ \t](?:n[ºo°.]{1,2}[ \t]?)?\d{1,5}(?:/\d{1,4})?[a-zA-Z]?\b` + town),
}

// namedTown is a postal code and a town after a word for an address.
var namedTown = regexp.MustCompile(`(?i:(?:^|[^\p{L}])(?:address|adress[ea]|anschrift|adresse|plz|direcci[óo]n|domicilio|indirizzo|adres|endere[çc]o|wohne(?:n|r)?|wohnhaft|live|zip|postcode|postleitzahl|code postal|c[óo]digo postal|cap|cep|postkod|kod pocztowy|kod)[ \t]{0,2}(?:is|ist|est|es|[èé]|in|:|=)?[ \t]{0,2})((?:[A-Z]{1,2}-)?\d{2}(?:\d{2,3}|-\d{3})(?:[ \t]?[A-Z]{2})?[ \t]` + place + `)`)

// ukTown is a British postal code after a word for an address, or after the town.
var ukTown = regexp.MustCompile(`(?i:\b(?:address|postcode|live (?:in|at)|deliver to|ship to)\b)[^\n]{0,60}?\b([A-Z]{1,2}\d[A-Z\d]?[ \t]\d[A-Z]{2})\b`)

func findAddresses(v *view) {
	for _, form := range streets {
		for _, m := range form.FindAllStringIndex(v.text, -1) {
			v.add(m[0], m[1], KindAddress)
		}
	}
	for _, form := range []*regexp.Regexp{namedTown, ukTown} {
		for _, m := range form.FindAllStringSubmatchIndex(v.text, -1) {
			v.add(m[2], m[3], KindAddress)
		}
	}
}
