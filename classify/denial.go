package classify

import "strings"

// A denied phrase does not count: "no data loss", "the system is not down". The lists below hold
// the words that may stand between a negation and a phrase. Any other word ends the reach of the
// negation, since a ticket raised without need does less harm than one missed. Nothing is denied in
// a question ("is there no data loss?"), after another negation ("it is not true that there was no
// outage"), and with "not only". A condition ("if data is lost") and a past event ("the outage of
// yesterday") count as mentions.

// fillers may stand between the words of a phrase and between a negation and the phrase.
var fillers = set(`a an the any our my your his her their its this that these those all both some whole entire own
	is are was were be been being am has have had having got gone went going goes keeps keep kept seems seem appears to of for i we he she they it you there
	still again now currently just already also even so very too today yesterday since tonight quite back yet longer anymore right here
	sign signs evidence indication indications trace new possible able
	ein eine einen einer eines einem die der das den dem des ist sind war waren sein gewesen hat haben hatte hatten habe
	wieder immer seit gestern heute morgen nacht frueh jetzt gerade leider schon auch alle alles ganze ganzen unser unsere unserem unseren unserer mein meine meinem meinen meiner
	ich wir er sie es man im in um am uhr mehr bei von vom zum zur komplett total bisher anzeichen hinweis hinweise gab gibt gegeben gegangen ging gingen mal noch
	werden sich aktuell momentan ploetzlich teilweise voellig seiner ihre ihrer
	el la los las un una unos unas lo esta estan estaba estaban estuvo estuvieron esten sigue ha han hemos he hay hubo habia habido sido se me mi mis nuestro nuestra nuestros nuestras su sus es son era fue fueron
	de del desde ayer anoche hoy ya todo toda todos todas otra vez siguen sigo seguia seguian quedo quedaron quedado en que al a yo
	le les une est sont etait etaient ete notre nos votre mon mes ma ton sa ses du des d l n j m s c qu ne y ont ai avons avez a eu tous tout toute toutes
	depuis hier encore je on il ils elle elles nous vous ce cette ces aux au tombe tombes tombee tombees completement totalement dans deviennent devenu devenue devient reste restent semble semblent
	o os as um uma uns umas foi foram esta estao estava estavam ha houve tem temos teve tinha meu minha meus minhas nosso nossa nossos nossas do da dos das no na nos nas eu ele ela
	desde ontem hoje ja tudo todos todas outra ainda e
	il lo gli i uno dei della delle dello degli dai dalla nel nella al alla allo ad stato stata stati state sono siamo ho abbiamo hanno era erano risulta risultano rimasto mio mia miei mie nostro nostra nostri nostre suo
	da ieri oggi di tutto tutti tutta tutte ancora adesso ora per ci c
	het een de zijn waren heeft hebben hebt had hadden er werd werden geworden onze ons mijn uw jullie wij ik ze we sinds gisteren vandaag vannacht weer nu helemaal alle al ook te
	van den meer uit op eruit nog gegaan
	hour hours minute minutes day days week weeks stunde stunden minuten tag tage tagen woche wochen hora horas minutos dias lleva llevan heure heures jours ore giorni uur uren dagen dias`)

// filler reports whether a word may be skipped: a filler, a number, an adverb by its ending.
func filler(w string) bool {
	if fillers[w] {
		return true
	}
	if len(w) < 5 {
		return strings.Trim(w, "0123456789") == ""
	}
	return strings.HasSuffix(w, "ly") || strings.HasSuffix(w, "mente") || strings.HasSuffix(w, "ement") || strings.HasSuffix(w, "amment") || strings.Trim(w, "0123456789") == ""
}

// optional are words of a phrase that a text may leave out if two other words remain.
var optional = set(`a an the to is are was were be been der die das den dem des ein eine ist sind el la los las un una esta estan de del
	le les une est sont du des d l o os as um uma do da dos das il lo gli i e di dei della delle dello het een zijn van von`)

// Negations. Two of concord in one clause negate once, as in Romance languages; two others cancel
// each other.
var (
	negations = set(`not never none nothing nobody neither nor kein keine keinen keinem keiner keines keinerlei nicht nie niemals niemand nichts weder
		geen niet nooit niemand niets zero null cero`)
	without = set(`without prevent preventing prevented avoid avoided avoiding ohne zonder sin sans sem senza`)
	concord = set(`pas jamais guere aucun aucune aucuns aucunes rien ningun ninguno ninguna nadie nunca jamas tampoco ni nada
		nao nenhum nenhuma ninguem nem non nessun nessuno nessuna nemmeno`)
)

// speakers after "no" and the like mean that it is an answer: "no the system is down".
var speakers = set(`i we you he she they it the my our your his her this that these there is are was were am yo nosotros el los nuestro nuestra nuestros
	je j on le les mon ma mes il eu meu minha nosso`)

// only after a negation cancels it: "not only is the system down".
var only = set(`only just merely solely simply nur bloss allein solo solamente unicamente seulement uniquement apenas somente so soltanto solamente alleen enkel slechts`)

// transparent are further words that a negation reaches across.
var transparent = set(`think believe suspect glaube glauben denke denken creo creemos pienso crois croyons pense pensons acho creio credo pensiamo penso denk geloof denken
	that dass das que che dat case true fall correct single one`)

// happening are words after a negation behind a phrase: "a data loss did not happen".
var happening = set(`happen happened occur occurred exist existed found detected observed noticed festgestellt aufgetreten vor passiert entstanden statt eingetreten
	hubo hay ha habido detectado detectada ocurrido ocurrio constate constatee detecte detectee produite houve detectada ocorreu ocorrido
	avvenuta avvenuto verificata rilevata riscontrata stata c opgetreden gevonden geconstateerd gebeurd`)

// helping are verbs that stand between a phrase and a negation behind it.
var helping = set(`did does do could can wurde wurden liegt lag trat si se fu`)

// alternatives extend a denial to the next phrase: "no outage or data loss".
var alternatives = set(`or nor oder noch u o ou of ni ne nem`)

// maxReach is the number of words that a negation reaches across.
const maxReach = 8

// denies reports whether the word at i is a negation.
func denies(list []token, i int) bool {
	w := list[i].word
	next := ""
	if i+1 < len(list) && !list[i+1].first {
		next = list[i+1].word
	}
	switch {
	case only[next] || next == w:
		return false
	case w == "no" || w == "non" || w == "nao":
		return !speakers[next]
	case w == "plus": // only in "ne ... plus"; otherwise it means more
		return earlier(list, i, "n") || earlier(list, i, "ne")
	case w == "noch":
		return earlier(list, i, "weder") || earlier(list, i, "noch") || earlier(list, i, "geen") || earlier(list, i, "niet")
	case w == "not" && speakers[next] && i > 0 && list[i-1].start:
		return false // "isn't the system down"
	}
	return negations[w] || without[w] || concord[w]
}

// earlier reports whether a word stands shortly before i in the same clause.
func earlier(list []token, i int, word string) bool {
	for j := i; j > 0 && i-j < maxReach && !list[j].first; j-- {
		if list[j-1].word == word {
			return true
		}
	}
	return false
}

// denied reports whether the phrase at from..to is denied. n counts the negations between its
// words.
func (s *search[V]) denied(from, to int, n nays) bool {
	if s.list[to].asked {
		return false
	}
	or := false
	for i := from; i > 0 && from-i < maxReach && !s.list[i].first; i-- {
		w := s.list[i-1].word
		switch {
		case denies(s.list, i-1):
			n.add(w)
		case alternatives[w] && !or:
			or = true
		case or && s.denials[i-1]:
			return true
		case !filler(w) && !transparent[w]:
			i = 1 // beyond its reach: ends the loop
		}
	}
	if s.deniedAfter(to) {
		n.single++
	}
	return n.odd()
}

// nays counts the negations around a phrase.
type nays struct {
	single  int
	concord bool
}

func (n *nays) add(word string) {
	if concord[word] || word == "no" {
		n.concord = true
	} else {
		n.single++
	}
}

func (n nays) odd() bool { return (n.single%2 == 1) != n.concord }

// deniedAfter reports whether a negation behind the phrase denies it: one at the end of its clause,
// or before a word of happening.
func (s *search[V]) deniedAfter(to int) bool {
	for i := to + 1; i < len(s.list) && i-to < maxReach; i++ {
		if s.list[i].first {
			field := strings.Contains(s.list[i].sep, ":") && i == to+1 // "data loss: none"
			return field && (denies(s.list, i) || s.list[i].word == "no" || s.list[i].word == "nein" || s.list[i].word == "nee") && s.ends(i+1)
		}
		w := s.list[i].word
		switch {
		case denies(s.list, i):
			return s.ends(i+1) || happening[s.list[i+1].word]
		case !filler(w) && !helping[w]:
			return false
		}
	}
	return false
}

// ends reports whether a clause ends before i.
func (s *search[V]) ends(i int) bool {
	return i >= len(s.list) || s.list[i].first || strings.Contains(s.list[i].sep, "\n")
}
