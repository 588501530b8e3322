package language

import "unicode"

// byScript returns the language of a text that is not in Latin letters for the most part, or whose
// Latin letters are Vietnamese. It is empty for all other texts.
func byScript(text string) string {
	n := map[string]int{}
	for _, r := range text {
		switch {
		case r < 0x80:
			if unicode.IsLetter(r) {
				n["latin"]++
			}
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			n["ja"]++
			n["east"]++
		case unicode.Is(unicode.Han, r):
			n["east"]++
		case unicode.Is(unicode.Hangul, r):
			n["ko"]++
		case unicode.Is(unicode.Cyrillic, r):
			n["cyrillic"]++
			if ukrainian[r] {
				n["ukrainian"]++
			}
		case unicode.Is(unicode.Arabic, r):
			n["arabic"]++
			if persian[r] {
				n["persian"]++
			}
		case unicode.Is(unicode.Greek, r):
			n["el"]++
		case unicode.Is(unicode.Hebrew, r):
			n["he"]++
		case unicode.Is(unicode.Thai, r):
			n["th"]++
		case unicode.Is(unicode.Devanagari, r):
			n["hi"]++
		case vietnamese[r]:
			n["vi"]++
			n["latin"]++
		case unicode.Is(unicode.Latin, r):
			n["latin"]++
		}
	}
	// A Chinese or Japanese character says as much as several letters, and names of programs and
	// error messages are in Latin letters everywhere.
	most, script := n["latin"], ""
	for _, one := range []struct {
		script string
		letter int // how many Latin letters a letter of it outweighs
	}{{"east", 4}, {"ko", 4}, {"cyrillic", 2}, {"arabic", 2}, {"el", 2}, {"he", 2}, {"th", 2}, {"hi", 2}} {
		if weight := n[one.script] * one.letter; weight > most {
			most, script = weight, one.script
		}
	}
	switch script {
	case "":
		if n["vi"]*12 > n["latin"] {
			return "vi"
		}
		return ""
	case "east":
		if n["ja"]*20 >= n["east"] {
			return "ja"
		}
		return "zh"
	case "cyrillic":
		if n["ukrainian"]*40 >= n["cyrillic"] {
			return "uk"
		}
		return "ru"
	case "arabic":
		if n["persian"]*20 >= n["arabic"] {
			return "fa"
		}
		return "ar"
	}
	return script
}

// Letters that tell one language of a script.
var (
	ukrainian  = set("іїєґІЇЄҐ")
	persian    = set("پچژگکی")
	vietnamese = set("ăđơưĂĐƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
)

func set(letters string) map[rune]bool {
	m := map[rune]bool{}
	for _, r := range letters {
		m[r] = true
	}
	return m
}
