// Package thanks tells mere thanks from a message that asks for something.
package thanks

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The most characters and names that mere thanks have.
const (
	mostCharacters = 200
	mostNames      = 3
)

// Mere reports whether a message says thanks, or that all works now, and nothing else: each of its
// words is one of those that people use for that, or a name. In doubt it is false.
func Mere(message string) bool {
	message = strings.TrimSpace(strings.ReplaceAll(message, "’", "'"))
	if utf8.RuneCountInString(message) > mostCharacters || strings.ContainsAny(message, "?？¿؟;@#/") {
		return false
	}
	thanked := false
	for _, s := range signs {
		if strings.Contains(message, s) {
			thanked, message = true, strings.ReplaceAll(message, s, " ")
		}
	}
	names := 0
	lines := strings.Split(strings.TrimSpace(message), "\n")
	for n, line := range lines {
		signed := n > 0 && n == len(lines)-1
		for clause := range strings.SplitSeq(line, ",") {
			words := strings.FieldsFunc(clause, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.M, unicode.N) && r != '\'' })
			addressed := len(words) == 1 && clause != line || signed && len(words) <= 2
			works := slices.ContainsFunc(words, func(w string) bool { return working[strings.ToLower(w)] })
			for i, word := range words {
				w := strings.Trim(strings.ToLower(word), "'")
				switch {
				case w == "" || filler[w]:
				case grateful[w], working[w]:
					thanked = true
				case again[w] && works:
				case names < mostNames && mayBeName(word) && (addressed || i > 0 && before[strings.ToLower(words[i-1])]):
					names++
				default:
					return false
				}
			}
		}
	}
	return thanked
}

// mayBeName reports whether a word looks like a name.
func mayBeName(w string) bool {
	first, size := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(first) && len(w) > size && !strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
}

// set returns the words of a text.
func set(text string) map[string]bool {
	words := map[string]bool{}
	for w := range strings.FieldsSeq(text) {
		words[w] = true
	}
	return words
}

// signs are phrases of scripts without spaces, and pictures. The longest come first.
var signs = sorted(`👍 👍🏻 👍🏼 👍🏽 👍🏾 👍🏿 🙏 🙏🏻 🙏🏼 🙏🏽 🙏🏾 🙏🏿 👌 🎉 ❤️ ❤ 😀 😃 😊 🙂 :-) :) ;-)
	ありがとうございました ありがとうございます ありがとう どうも 助かりました 感謝します 解決しました 直りました
	非常感谢 谢谢你 谢谢您 多谢 谢谢 感谢 解决了 好了 謝謝 感謝 多謝 已解决 已解決`)

func sorted(text string) []string {
	words := strings.Fields(text)
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
}

// grateful are words that thank; working are those that say that it works.
var grateful = set(`
	thanks thank thx ty cheers appreciated perfect great danke dankeschön dank merci gracias grazie
	obrigado obrigada bedankt dankjewel dankuwel dzięki dziękuję tack tak takk kiitos děkuji díky
	teşekkürler teşekkür sağolun спасибо благодарю дякую ευχαριστώ شكرا תודה धन्यवाद 감사합니다
	고맙습니다 고마워요 ขอบคุณ ขอบคุณครับ ขอบคุณค่ะ`)

var working = set(`
	works worked working solved resolved fixed funktioniert geht klappt gelöst erledigt geklappt läuft
	marche fonctionne résolu funciona resuelto solucionado funziona risolto resolvido werkt opgelost
	działa fungerar virker toimii funguje çalışıyor работает решено працює`)

// again are words that only say something good of what works.
var again = set(`again back wieder nouveau nuevo nuovo novo weer znowu igen taas znovu yine снова знову`)

// filler are words that stand with them and ask for nothing.
var filler = set(`
	you so much very many a lot all ok okay yes for the your help support quick fast reply answer response
	that this it it's is has have now fine well good everything i we us me my our can
	close ticket kind kindly best regards sincerely greetings hi hello dear team everyone awesome
	excellent super brilliant amazing wonderful nice day weekend evening and really really indeed just
	did trick been are
	vielen herzlichen besten lieben schönen tausend ihre ihren die der das dem für es ich wir mir uns
	jetzt alles nun hat ist hilfe schnelle antwort unterstützung gut prima super toll klasse
	wunderbar perfekt viele liebe freundliche freundlichen beste mit grüße grüßen gruß hallo guten tag
	abend ja damit sehr bestens bei team ticket schließen kann
	beaucoup mille tout bien ça c'est est maintenant votre pour aide réponse rapide parfait bonjour
	bonne journée cordialement le la oui vous et nickel génial
	muchas muchísimas mil todo bien ya ahora está por su ayuda respuesta rápida perfecto hola saludos
	buen día el sí
	mille tutto bene ora adesso per il vostro aiuto risposta perfetto ciao saluti cordiali sì molte
	muito tudo bem agora está pela ajuda resposta perfeito olá abraço
	hartelijk voor de hulp het nu alles goed heel erg veel groet groeten met vriendelijke hoi
	bardzo za pomoc wszystko dobrze już teraz pozdrawiam
	så mycket för hjälpen allt bra nu för det mange for hjælpen hjelpen alt hei hej paljon avusta
	moc za pomoc vše už teď
	çok her şey için yardım ederim
	большое вам за помощь всё все теперь хорошо очень дуже за допомогу все
	πολύ جزيلا لك רבה बहुत`)

// before are words that a name follows.
var before = set(`
	thanks thank you thx cheers hi hello dear regards best sincerely danke dank hallo liebe grüße grüßen
	gruß merci bonjour cordialement gracias hola saludos grazie ciao saluti obrigado obrigada olá bedankt
	groet groeten dzięki dziękuję pozdrawiam tack tak takk hej hei kiitos děkuji díky teşekkürler спасибо
	дякую team`)
