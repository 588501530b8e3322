package classify

import (
	"regexp"
	"strings"
)

// counted follows a number that counts something, and measure stands between the word for a secret
// and a number that is the limit or the time of the secret. An honest number is told by these
// alone: a code that stands before "please" is a code.
var (
	counted = regexp.MustCompile(`(?i)^[ \t]{0,2}(?:%|[€$£¥]|(?:` +
		`milliseconds?|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|sekunden?|minuten?|stunden?|tagen?|tage?|wochen?|monaten?|monate|jahren?|` +
		`secondes?|heures?|jours?|semaines?|mois|segundos?|minutos?|horas?|d[íi]as?|semanas?|meses|secondi|minuti|ore|giorni|seconden|uur|dagen|sekund|minut|godzin|dni|секунд|минут|часов|дней|saniye|dakika|saat|` +
		`attempts?|tries|retries|requests?|calls?|packets?|messages?|mails?|e-mails?|sms|users?|customers?|followers?|subscribers?|likes?|fans?|rows?|entries|items?|units?|pieces?|pcs|stück|pumps?|valves?|motors?|filters?|compressors?|bearings?|hoses?|` +
		`versuchen?|anfragen?|anrufen?|nutzer|nachrichten|appels?|requêtes?|tentatives?|essais?|intentos?|llamadas?|mensajes?|tentativas?|tentativi|richieste|pogingen|prób|попыток|запросов|` +
		`eur|usd|gbp|euros?|dollars?)(?:[^\p{L}\d]|$)|(?:ms|s|h)(?:[^\p{L}\d'’]|$)|[秒分时時天日次]|小时|分钟|分間|時間|초|분|시간)`)
	// since follows a unit that belongs to no number: "the code 123456 minutes ago".
	since = regexp.MustCompile(`(?i)^[ \t]{0,2}\p{L}+[ \t]{1,2}(?:ago|later|before|after|earlier|vorher|später|zuvor|avant|après|plus tard|antes|después|depois|prima|dopo|geleden|later|temu)(?:[^\p{L}]|$)`)
	span  = regexp.MustCompile(`^\d{1,3} ?- ?\d{1,3}$`)

	measure = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:limits?|limite|límite|timeouts?|time-?outs?|delay|interval|intervall|validity|lifetime|ttl|expiry|expiration|duration|durée|duración|dauer|gültigkeit|validité|validez|length|länge|longueur|longitud|` +
		`attempts?|tries|retries|versuche|tentatives|intentos|maximum|max|minimum|min|count|quota|balance|saldo|solde|kontostand|threshold|price|preis|cost|fee|gebühr|volume|` +
		`ablaufzeit|wartezeit|zeitlimit|délai)(?:[ \t](?:in|of|for|per|set|reached|value|setting|time|period|seconds|minutes|hours|days|milliseconds|sekunden|minuten|stunden|tagen|secondes|minutes|heures|segundos|minutos|horas|now|the|a|each|en|de|von|pro|par|por|day|hour|minute|user|customer|tag|stunde)|[ \t]?\([^()\n]{1,20}\))*[ \t:=]*$`)

	calendarDay = regexp.MustCompile(`^(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?:[^\d]|$)`)
	yearMonth   = regexp.MustCompile(`^(?:19|20)\d\d[-./](?:0[1-9]|1[0-2])$`)
)

// counts reports whether the number between two positions counts something.
func (v *view) counts(from, to int) bool {
	after := v.after(to, 30)
	if !counted.MatchString(after) {
		return false
	}
	return span.MatchString(v.text[from:to]) || !since.MatchString(after)
}

// honest reports whether the number between two positions is none of a secret, although the word
// for one stands before it, at a position before: it counts something, it is a limit or a time, or
// it begins a date.
func (v *view) honest(before, from, to int) bool {
	return v.counts(from, to) || calendarDay.MatchString(v.after(from, 11)) || measures(v.text[before:from])
}

// measures reports whether the words before a number name a limit or a time.
func measures(words string) bool {
	words = strings.TrimRight(words, " \t")
	if at := verbLast.FindStringIndex(words); at != nil {
		words = words[:at[0]]
	}
	m := measure.FindStringIndex(words)
	return m != nil && !preposition.MatchString(words[:m[0]+1])
}

// verbLast is a verb at the end of the words before a number. A preposition before a limit gives
// the number to the word before it: "the PIN after the timeout is".
var (
	preposition = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:after|before|since|with|without|for|when|on|at|until|over|above|nach|vor|seit|bei|mit|ohne|für|après|avant|avec|sans|pour|depuis|después|antes|con|sin|para|após|com|sem|dopo|prima|senza|per|na|met|zonder|voor)[^\p{L}]`)
	verbLast    = regexp.MustCompile(`(?i)[ \t](?:` + is + `)$`)
)
