package classify

import (
	"slices"
	"strings"
	"sync"

	"github.com/helpdesk-go/helpdesk"
)

// DefaultRules returns the phrases that make a ticket urgent or high. Urgent are a system that is
// down, lost data, a login that nobody can use, an intruder, a vulnerability, and a business that
// stands still. High is work that is blocked. They are in English, German, Spanish, French,
// Portuguese, Italian and Dutch. Where a language has two orders of the words of a phrase, both are
// listed.
func DefaultRules() []Rule {
	var rules []Rule
	at := map[string]int{}
	for _, l := range ruleLists() {
		for _, p := range spelledOut(l.phrases) {
			if i, ok := at[p]; ok { // a phrase of two languages
				rules[i].Priority = max(rules[i].Priority, l.priority)
				continue
			}
			at[p] = len(rules)
			rules = append(rules, Rule{p, l.priority})
		}
	}
	return rules
}

// ruleList is the phrases of one priority in languages of one family. A comma separates phrases; a
// bar separates alternatives; an underscore stands for a space within one.
type ruleList struct {
	priority helpdesk.Priority
	family   family
	phrases  string
}

// ruleLists are all lists of DefaultRules.
func ruleLists() []ruleList { return slices.Concat(urgent, security, standstill) }

// languageOf returns the language families of each default phrase.
var languageOf = sync.OnceValue(func() map[string]family {
	m := map[string]family{}
	for _, l := range ruleLists() {
		for _, p := range spelledOut(l.phrases) {
			m[p] |= l.family
		}
	}
	return m
})

// spelledOut lists the phrases of a text, separated by commas, once each. Bars separate
// alternatives.
func spelledOut(text string) []string {
	var list []string
	seen := map[string]bool{}
	for _, p := range phrasesOf(text) {
		all := []string{""}
		for _, word := range strings.Fields(p) {
			var longer []string
			for _, a := range all {
				for w := range strings.SplitSeq(word, "|") {
					longer = append(longer, strings.TrimSpace(a+" "+strings.ReplaceAll(w, "_", " ")))
				}
			}
			all = longer
		}
		for _, p := range all {
			if !seen[p] {
				seen[p] = true
				list = append(list, p)
			}
		}
	}
	return list
}

// urgent are the phrases of outages, lost data, logins that fail and intruders.
var urgent = []ruleList{
	{helpdesk.Urgent, english, `system|site|website|server|service|production|app|application|database|network|platform|portal|shop|cluster|api|everything down,
		system|site|website|server|service|app|application|database|network|platform|portal|everything offline,
		system|site|website|server|service|app|application|database|platform|portal unavailable|unreachable,
		system|server|database|network|platform|website|production crashed, system|site|website|server|service|app|application|platform not_responding|not_reachable|not_available,
		outage, complete downtime, total failure, system failure, server failure,
		data loss, loss of data, losing data, lost data, data lost, lost all data, lost all files, all files gone|lost, data gone, all data deleted|erased|wiped, data disappeared|vanished,
		data|database corrupted|destroyed, database gone|lost, records|files lost,
		cannot|unable_to|impossible_to|nobody_can login, none of us can login, not able to login, nobody able to login, can no longer login, not possible to login, fail to login,
		login impossible|broken, login not possible|working, login does not work, login stopped working, login fails, not let login,
		cannot|unable_to access|reach account, cannot|unable_to get into account, not able to access account, locked out,
		security breach|incident|hole, breach of security, security compromised, data breach|leak|theft, breach of data, leak of data, leaked data, data leaked|stolen|exposed, stolen data, exposed data,
		account|system|server|site|website|database|network|mailbox hacked|compromised|hijacked, hacked|compromised|hijacked account|server|system|site|website|database|network, been|was|got hacked, hacked us,
		hacker in, hackers, unauthorized access|login, intruder in, ransomware, cyber attack, cyberattack, encrypted by ransomware`},

	{helpdesk.Urgent, germanic, `System|Server|Netzwerk|Netz|Datenbank|Webseite|Website|Homepage|Shop|Portal|Dienst|Anwendung|Anlage|Plattform|App|Seite ausgefallen|abgestürzt|down|offline,
		System|Server|Netzwerk|Datenbank|Webseite|Shop|Portal|Dienst|Anwendung fiel|fällt aus, System|Server|Netzwerk|Datenbank|Webseite|Shop|Portal|Dienst|Anwendung ausfiel|ausfällt,
		fiel|fällt System|Server|Netzwerk|Datenbank|Webseite|Portal aus, alles ausgefallen, nichts geht mehr,
		System|Server|Netzwerk|Datenbank|Webseite|Website|Homepage|Seite|Shop|Portal|Dienst nicht erreichbar|verfügbar, System|Server|Webseite|Portal steht_still|liegt_lahm|lahmgelegt,
		Systemausfall, Serverausfall, Serviceausfall, Störung System|Server|Netzwerk, Netzausfall, Netzwerkausfall, Datenbankausfall, Dienstausfall, Totalausfall, Komplettausfall, Ausfall System|Server|Netzwerk|Datenbank|Dienst|Webseite|Website|Portal,
		Datenverlust, Verlust Daten, Daten verloren|verlieren|verliert|weg|verschwunden|beschädigt|zerstört, verliere|verlieren|verloren|verlor Daten, Datenbank beschädigt|zerstört|weg,
		kann mich nicht einloggen|anmelden, kann nicht einloggen|anmelden, mich nicht einloggen|anmelden kann, niemand|keiner kann sich einloggen|anmelden, nicht möglich sich einzuloggen|anzumelden, unmöglich sich einzuloggen|anzumelden,
		Login|Anmeldung|Anmelden|Einloggen nicht möglich, Login|Anmeldung|Anmelden|Einloggen unmöglich|gestört|defekt, Login|Anmeldung|Anmelden|Einloggen funktioniert|geht|klappt nicht, keine|kein Login|Anmeldung|Einloggen möglich,
		komme nicht in Konto, komme nicht Konto, kein Zugriff auf Konto, keinen Zugriff auf Konto, ausgesperrt,
		Sicherheitsvorfall, Sicherheitsverletzung, Sicherheitslücke, Sicherheitsleck, Verletzung Sicherheit, Datenleck, Datenpanne, Datendiebstahl, Daten gestohlen|abgeflossen|geleakt|entwendet,
		wurde gehackt, sind gehackt, gehackt worden, hat uns gehackt, hat gehackt, Konto|Account|Server|System|Webseite|Website|Datenbank|Netzwerk gehackt|kompromittiert, unbefugter|unberechtigter|unautorisierter Zugriff, Hackerangriff, Cyberangriff, Ransomware, Verschlüsselungstrojaner, Erpressungstrojaner`},

	{helpdesk.Urgent, romance, `sistema|servidor|servicio|sitio|página|web|plataforma|aplicación|red|producción|tienda|portal caído|inaccesible|colgado, base de datos caída|dañada|corrupta|perdida, sistema|servidor|servicio|página|plataforma|base_de_datos|red cayó,
		cayó sistema|servidor|servicio|sitio|página|web|plataforma|red|base_de_datos, ha caído sistema|servidor|servicio|página|plataforma|red, sistema|servidor|página|servicio fuera de servicio, sistema|servidor|página|servicio no disponible|responde|funciona, caída general, caída del sistema|servidor|servicio,
		pérdida de datos|información, perder datos, perdido datos|información, perdimos datos, perdieron datos, datos perdidos|borrados|robados|desaparecidos|filtrados, han perdido datos,
		no puedo|consigo|logro|logramos iniciar sesión, imposible iniciar sesión, no puedo|consigo|logro entrar|acceder|ingresar, imposible entrar|acceder, no me|nos deja entrar|iniciar_sesión|acceder, nadie puede entrar|acceder|iniciar_sesión, no funciona inicio_de_sesión,
		brecha|violación|incidente|fallo de seguridad, brecha|fuga|filtración|robo de datos, cuenta|sistema|servidor|página|base_de_datos|correo hackeado|pirateado|comprometido|vulnerado, hackearon|hackeado|pirateado cuenta|sistema|servidor|página, nos|me han|hackearon hackeado, nos hackearon, ha sido hackeado, acceso no autorizado, ataque informático, ciberataque, ransomware`},

	{helpdesk.Urgent, romance, `système|serveur|site|service|réseau|base_de_données|plateforme|application|portail|boutique en panne, système|serveur|site|service|réseau|plateforme|application|portail inaccessible|indisponible|hors_service|hors_ligne|planté, système|serveur|site|réseau down, panne générale|totale|informatique, panne du système|serveur|service|réseau|site, plus rien ne fonctionne|marche,
		perte de données|fichiers, perdu données, données perdues|disparues|effacées|volées, toutes données effacées|perdues,
		impossible de me connecter|loguer|identifier, impossible de connecter, peux pas|plus me connecter|loguer|identifier, arrive pas|plus me connecter|loguer, peux pas|plus accéder compte, impossible accéder compte, personne peut se connecter, connexion impossible, connexion ne fonctionne|marche pas|plus, pas possible de me connecter,
		faille|violation|incident|brèche de sécurité, violation|fuite|vol de données, compte|système|serveur|site piraté|hacké|compromis, été piraté|hacké, accès non autorisé, cyberattaque, rançongiciel, ransomware`},

	{helpdesk.Urgent, romance, `sistema|servidor|site|serviço|aplicativo|aplicação|plataforma|portal|rede|banco_de_dados|base_de_dados fora do ar, sistema|servidor|site|serviço|aplicativo|plataforma|rede|banco_de_dados caiu|indisponível|inacessível|parado, caiu sistema|servidor|site|rede, queda do sistema|servidor, tudo fora do ar, sistema|site|servidor não responde|funciona,
		perda de dados, perder dados, perdemos dados, perdi dados, dados perdidos|apagados|sumiram|roubados|vazados, dado perdido,
		não consigo fazer login, não consigo entrar|acessar|logar, não posso fazer_login|entrar|acessar|logar, impossível entrar|acessar|logar|fazer_login, ninguém consegue entrar|logar|acessar|fazer_login, login não funciona,
		violação|falha|incidente|quebra de segurança, violação|vazamento|roubo de dados, conta|site|sistema|servidor invadido|hackeado|comprometido, fomos|fui hackeado|hackeados|invadido|invadidos, acesso não autorizado, ataque cibernético, ransomware`},

	{helpdesk.Urgent, romance, `sistema|server|sito|servizio|rete|piattaforma|applicazione|portale|database fuori servizio|uso, rete giù|caduta|bloccata, sistema|server|sito|servizio|piattaforma|applicazione|portale|database giù|bloccato|irraggiungibile|inaccessibile|offline|down|caduto|crashato, server|sistema|sito non funziona|risponde|raggiungibile|disponibile, caduta del sistema|server, interruzione del servizio, blocco totale,
		perdita di dati, perso dati, perdere dati, perdiamo dati, dati persi|cancellati|spariti|rubati, dato perso, tutti dati persi,
		non riesco accedere|entrare|fare_login|fare_il_login|autenticarmi, non posso accedere|entrare|fare_login|fare_il_login, impossibile accedere|entrare|fare_login|effettuare_accesso, nessuno riesce accedere|entrare, accesso impossibile, login non funziona, login impossibile,
		violazione|falla|incidente di|della sicurezza, violazione|fuga|furto di dati, account|sistema|server|sito|profilo hackerato|violato|compromesso|craccato, stato hackerato|violato, siamo stati hackerati, sono stato hackerato, hackerato account|server|sito, accesso non autorizzato, attacco informatico|hacker, ransomware`},

	{helpdesk.Urgent, germanic, `systeem|server|website|site|dienst|netwerk|database|applicatie|platform|webshop|alles ligt plat|eruit, systeem|server|website|site|dienst|netwerk|database|applicatie|platform down|offline|uitgevallen|onbereikbaar|gecrasht|platgelegd, systeem|server|website|site|dienst|netwerk niet bereikbaar|beschikbaar, systeemuitval, serveruitval, netwerkstoring, systeemstoring, storing systeem|netwerk|server,
		gegevensverlies, dataverlies, verlies gegevens|data, gegevens|data|bestanden verloren|kwijt|kwijtgeraakt|verdwenen|gewist|gestolen, verloren|kwijt gegevens|data, kwijtgeraakt gegevens|data, verliezen gegevens|data, database beschadigd,
		kan niet inloggen|aanmelden, kan me niet aanmelden, niet inloggen kan, niemand kan inloggen, niet mogelijk in_te_loggen, onmogelijk in_te_loggen, inloggen niet mogelijk, inloggen lukt|werkt|gaat niet, inloggen onmogelijk, lukt niet in_te_loggen, kan niet bij account, buitengesloten,
		beveiligingslek, beveiligingsincident, veiligheidslek, inbreuk beveiliging, beveiligingsinbreuk, datalek, datadiefstal, lek data|gegevens, gelekte gegevens|data, gehackt account, gehackt, account|server|systeem|website gehackt|gecompromitteerd, ongeautoriseerde|onbevoegde toegang, cyberaanval, hackaanval, ransomware, gijzelsoftware`},
}
