package classify

import "sync"

// signal is what a phrase says about a text: its kind, and how much it weighs.
type signal struct {
	phrase, kind string
	weight       int
}

// Further kinds of signals.
const (
	pressing   = "pressing"   // how a mass mailing presses
	requesting = "requesting" // what a customer would say
)

// noActionIndex has the phrases below, and knows the words of requests.
var noActionIndex = sync.OnceValue(func() *signals {
	s := &signals{newIndex[signal](), map[string]bool{}}
	for _, list := range signalLists {
		for _, p := range phrasesOf(list.phrases) {
			s.add(p, 0, signal{p, list.kind, list.weight})
		}
	}
	for _, entry := range lexicon {
		if entry.weight > 1 {
			for _, p := range phrasesOf(entry.phrases) {
				for _, t := range tokens(p) {
					s.words[t.word] = true
				}
			}
		}
	}
	for w := range fillers {
		s.words[w] = true
	}
	return s
})

// signals finds phrases.
type signals struct {
	phraseIndex[signal]
	words map[string]bool
}

// word reports whether a word is one of requests, or a small one of a language.
func (s *signals) word(w string) bool { return s.words[w] || negations[w] || concord[w] }

var signalLists = []struct {
	kind    string
	weight  int
	phrases string
}{
	{spam, 3, `seo, backlink, backlinks, dofollow, guest post, sponsored post, link building, page of google, rank on google, google ranking, viagra, v1agra, cialis, c1alis, online casino, casino bonus, lottery, you have won, next of kin, inheritance fund, cheap meds, without prescription, real followers, instagram followers, buy followers, email list, mailing list of, contact list of, list of decision makers, loan offer, personal loan offer, offer loans, loans without, crypto investment, bitcoin investment, mining balance, btc, forex trading, investment opportunity, adult dating, web design services, website redesign, offshore team, outsourcing partner, replica watches, weight loss, work from home opportunity, leading manufacturer, professional manufacturer,
		Kredit ohne Schufa, Kredite ohne Schufa, ohne Schufa, Sofortkredit, Suchmaschinenoptimierung, Seite bei Google, posición en Google, posicionamiento web, posicionamos web, préstamos sin, crédito sin, référencement naturel, page de Google, prêt entre particuliers, offre de prêt, empréstimo sem, primeira página do Google, prestito senza, prima pagina di Google, lening zonder, pagina van Google, gokken`},
	{spam, 2, `crypto, bitcoin, followers, casino, free traffic, website traffic, your rankings, search engine, lead generation, qualified leads, decision makers, dropshipping, wholesale price, catalogue attached, hourly rates, mobile app development, app developers, business loan, no collateral, million dollars, million usd, million eur, wire the funds, wallet balance, withdrawal of btc, prize, sweepstakes, gift card, cnc, oem, discreet shipping, pills, auditoría gratis, Kredite, ohne Vorkosten, gratis Audit, audit gratuit, catálogo adjunto, fabricante líder`},
	{pressing, 2, `reply yes, reply stop, to unsubscribe, unsubscribe here, act now, order now, buy now, click here, claim now, claim your, claim within, limited time offer, offer expires, special offer, this week only, dear website owner, dear purchasing manager, dear business owner, dear beneficiary, dear friend, dear winner, congratulations, we can place your, we offer, we provide, we are a team, we are a leading, we are specialized, i came across your, i was browsing your, came across your website, schedule a call, quick call, minute call, book a call, free audit, free quote, free consultation, free sample, looking forward to your inquiry, send name address, copy of your passport, contact our agent, contact our officer, whatsapp, telegram, dm us, what is your price for, would you be interested, money back guaranteed, 100 safe, 100 guaranteed, guaranteed results, target criteria, share counts,
		antworten Sie noch heute, sichern Sie sich, jetzt bestellen, jetzt zugreifen, nur heute, unverbindliches Angebot, wir vergeben, wir bieten Ihnen, sehr geehrter Webseitenbetreiber, estimado propietario, le devolvemos el dinero, darse de baja responda, pida su, oferta limitada, haga clic, cher propriétaire, cliquez ici, offre limitée, nous vous proposons, caro proprietário, clique aqui, oferta por tempo, gentile proprietario, clicca qui, offerta limitata, beste eigenaar, klik hier, bestel nu`},
	{requesting, 1, `my order, my invoice, my account, our account, our subscription, our invoice, order number, my password, your app, your software, your system, error message, does not work, not working, we have received spam, i received this, from you, genuine, phishing, scam, fake, in your name, i got a mail, i got an email, got this mail, received this, received a mail, received an email, refund, i was charged, i bought, i paid, i accepted, your server, your page, your site builder, since you, meine Rechnung, mein Konto, meine Bestellung, mi pedido, mi cuenta, mi factura, ma commande, mon compte, ma facture, minha conta, meu pedido, mio ordine, mio account, mijn account, mijn bestelling`},

	{automatic, 2, `i am out of the office, out of the office until, out of office until, i will be out of office, am on annual leave, am on vacation until, am on holiday until, on parental leave, on maternity leave and, left for maternity leave, mails are not read, mail is not forwarded, mail is not being forwarded, message is not forwarded, no longer work for, no longer with the company, this is an automated, this is an automatic, automatically generated, automated confirmation, automated response, auto generated message, please do not reply to this, was read on, was deleted without being read, we have received your request and, team will get back to you, delivery has failed to these,
		nicht im Büro, außer Haus bis, bin im Urlaub bis, Nachricht wird nicht weitergeleitet, Mails werden nicht weitergeleitet, diese Nachricht wurde automatisch, automatisch erstellt, bitte antworten Sie nicht auf diese, absent du bureau, absente du bureau, en congé jusqu au, message sera traité à mon retour, ceci est un message automatique, fuera de la oficina, de vacaciones hasta, responderé a mi regreso, mensaje automático, fora do escritório, de férias até, responderei quando regressar, mensagem automática, fuori ufficio, in ferie fino, messaggio automatico, afwezig tot, op vakantie tot, dit is een automatisch, wiadomość automatyczna, jestem na urlopie`},
	{automatic, 1, `until, return, back on, for urgent matters, in urgent cases, limited access, no access, bis einschließlich, in dringenden Fällen, kehre zurück, jusqu'au, à mon retour, en cas d'urgence, hasta, a mi regreso, asuntos urgentes, até, regressar, fino al, al mio rientro, tot en met, terug op, we received your`},
}

// automaticSubjects begin the subjects of programs, in lower case.
var automaticSubjects = []string{
	"automatic reply", "auto reply", "auto-reply", "autoreply", "out of office", "out of the office", "away from", "vacation", "on leave", "maternity leave", "parental leave",
	"read:", "delivered:", "not read:", "undeliverable", "delivery status", "your request has been received", "ticket received", "we received your",
	"abwesenheit", "automatische antwort", "abwesend", "gelesen:", "réponse automatique", "absence", "absent", "lu :", "respuesta automática", "fuera de la oficina", "ausencia",
	"resposta automática", "ausência", "fora do escritório", "risposta automatica", "fuori ufficio", "assenza", "automatisch antwoord", "afwezig", "autosvar", "frånvaro", "automatyczna odpowiedź", "nieobecność",
}

// testWords are what people type to try a form.
var testWords = set(`test tests testing tester teste prueba essai prova probe foo bar baz blah bla xxx abc abcd lorem ipsum dolor sit amet
	hi hello hey hallo hola bonjour ola ciao hoi yo ok no subject please ignore`)

// keyRuns are three keys side by side, that stand together in no word.
var keyRuns = func() map[string]bool {
	m := map[string]bool{}
	for w := range words("asd sdf dfg fgh ghj hjk jkl lkj kjh jhg hgf gfd fds dsa zxc xcv cvb vbn bnm mnb nbv bvc vcx cxz yxc qsd wxc") {
		m[w] = true
	}
	return m
}()

// thanking are the words that thank.
var thanking = set(`thanks thank thx ty thankyou cheers danke dank dankeschon merci gracias obrigado obrigada obg grazie bedankt dankjewel dankuwel tack dziekuje dzieki spasibo`)

// kindly are the words of thanks and of good wishes, besides small words.
var kindly = set(`you u your guys team all everyone everybody much lot lots bunch ton many million so very really again for the a an and to that it this is was were are
	help helping helped support assistance answer reply response advice fix service time effort patience hint tip quick quickly fast prompt swift rapid great good best kind kindly nice lovely wonderful awesome amazing excellent perfect brilliant fantastic super cool fine friendly appreciate appreciated grateful
	works working work worked solved resolved fixed sorted done clear understood got received now everything problem issue trick did do well always ok okay yes just wanted say have had day evening week weekend regards greetings wishes sincerely bye till next be on phone today with from my i we me us
	vielen herzlichen herzlich besten lieben tausend fur die das der schnelle schnell tolle tollen super prima perfekt hilfe antwort unterstutzung bearbeitung geduld hat alles geklappt klappt funktioniert lauft geht gelost erledigt wieder jetzt nun und ein eine einen schones schonen gutes guten wochenende tag abend woche grusse gruss grussen mit freundlichen liebe viele sehr ihnen euch ihr team ist war bin auch noch ganz
	beaucoup mille pour votre ton aide reponse rapide rapidite tout fonctionne marche maintenant resolu regle parfait super genial bonne bon journee soiree week end cordialement bien a vous et c est encore la le toute l equipe
	muchas muchisimas mil por la ayuda respuesta rapida rapidez todo todos resuelto funciona ya ahora perfecto genial excelente buen buena dia tarde fin de semana saludo saludos un una cordial y su tu esta equipo
	muito muita pela pelo ajuda resposta rapida rapido tudo resolvido funciona agora ja perfeito otimo excelente bom boa dia tarde fim semana cumprimentos abraco e o a equipe equipa
	mille tante per l aiuto la risposta rapida tutto a posto funziona ora adesso risolto perfetto ottimo buona buon giornata serata fine settimana saluti cordiali e il la disponibilita gentilezza velocita
	hartelijk heel erg veel voor de snelle hulp het antwoord alles werkt weer opgelost nu perfect super top fijn fijne goede dag avond weekend groet groeten met vriendelijke en een`)

// butWords turn thanks into a request.
var butWords = set(`but however although though still unfortunately except only until yet please could can would need want question another also
	aber leider jedoch trotzdem bitte konnten frage mais pourtant malheureusement pourriez question pero sin embargo lamentablemente pregunta podria porem infelizmente pergunta poderia ma pero purtroppo domanda potrebbe maar helaas vraag kunt`)
