package safereply

import (
	"regexp"
	"strings"
)

// Sentences splits a text into its sentences, each with the marks that end it and without white
// space around it. A line end ends a sentence, too. Sentences finds ends by their marks alone: an
// abbreviation before a space ends one.
func Sentences(text string) []string {
	var list []string
	for at := 0; at < len(text); {
		end := len(text)
		if m := markedEnd.FindStringIndex(text[at:]); m != nil {
			end = at + m[1]
		}
		if s := strings.TrimSpace(text[at:end]); s != "" {
			list = append(list, s)
		}
		at = end
	}
	return list
}

// markedEnd finds the end of a sentence. A full stop of Chinese and Japanese needs no space behind
// it. A colon or a semicolon ends no sentence here, unlike in sentenceEnds: a person reads what is
// split here.
var markedEnd = regexp.MustCompile(`[.!?…]+["'”’»)\]]*(?:\s|$)|[。！？]+[」』”’）]*|[\r\n]+`)
