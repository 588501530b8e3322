package classify

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// numeral finds words with a digit and groups of digits. Each match is one value.
var numeral = regexp.MustCompile(`\p{N}(?:[()./ \t+_,-]{0,3}\p{N}){2,}[\p{L}\p{N}]*|[\p{L}\p{N}]+(?:[.:/_-][\p{L}\p{N}]+)*`)

// foundNumber is a number or word with a digit in a text, and the form in which it is compared.
type foundNumber struct {
	start, end int
	value      string
}

// leastNumber is the fewest characters of a number that tells something of a person or a matter.
const leastNumber = 3

// numbersIn finds the numbers of a text, and the words with a digit.
func numbersIn(text string) (list []foundNumber) {
	for _, m := range numeral.FindAllStringIndex(text, -1) {
		value := strings.ToLower(strings.Map(func(r rune) rune {
			if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
				return -1
			}
			return r
		}, text[m[0]:m[1]]))
		if utf8.RuneCountInString(value) >= leastNumber && strings.ContainsFunc(value, unicode.IsNumber) {
			list = append(list, foundNumber{m[0], m[1], value})
		}
	}
	return list
}

// numbersOfOthers finds the numbers in a text of another ticket that are not among ours.
func numbersOfOthers(text string, ours map[string]bool) (found []Secret) {
	for _, n := range numbersIn(text) {
		if !ours[n.value] {
			found = append(found, Secret{n.start, n.end, KindNumber})
		}
	}
	return found
}
