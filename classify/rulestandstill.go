package classify

import "github.com/helpdesk-go/helpdesk"

// standstill are the phrases of a business that stands still, and of work that is blocked, written
// as those of urgent.
var standstill = []ruleList{
	{helpdesk.Urgent, english, `production|factory|plant|warehouse|line|assembly_line|business|everything standstill|halted|stands_still|standing_still|at_a_standstill, production|line stopped|stands|standing, production|line stopped, everything stands, total standstill,
		nobody can work|order|pay|buy|ship|open|use, nothing works, nothing is working, no customer can order|pay|buy, all customers affected|blocked, every customer affected, checkout|payments|ordering down|broken|dead, checkout does not work,
		shop|store|site|website|server|database|db|production|system dead|gone|unavailable, db down|crashed|lost|corrupted, production outage, emergency line,
		deleted|erased|wiped|emptied|truncated|dropped all|table|tables|database|production, deleted my|our work|files|data|documents|photos, work|drawings|documents|photos|backups gone|lost|deleted|disappeared, ransom, sso broken|down,
		injured|hurt somebody, somebody will get hurt, danger to life, patient in danger, patients in danger, wrong dose|patient|medication, smoke comes, burning smell,
		people|everybody|employees|users|staff cannot get in, crash loop, crashloopbackoff, all pods, no space left, disk is full`},
	{helpdesk.High, english, `cannot work, unable to work, nobody is able to work, work is blocked, blocked team|office|release, team|office|department|release|deploy|deployment|delivery blocked|stuck|idle|offline, whole|entire team|office|company|department|clinic|school,
		no phone|phones|internet|mail, internet|phones|wifi|phone|mail|email|telephone dead|down|out, emails|mail not arriving, certificate|ssl expired,
		cannot|unable_to ship|deliver|invoice|sell, losing|lose customers|money|orders|sales, orders lost|dropped|stuck|waiting, people waiting, customers waiting|complain|complaining, backup|backups failed|failing|broken, raid degraded, disk failed|dying,
		account suspended|blocked|frozen, debt collector, collection agency, lawyer, legal action, wrong customer|patient|recipient, presentation today|tomorrow, meeting in, deadline today|tomorrow, due today|tomorrow, before the weekend, fails for all|everybody|everyone, all of our`},

	{helpdesk.Urgent, germanic, `Produktion|Fertigung|Betrieb steht, Produktion|Fertigung|Betrieb|Band|Linie|Anlage|Lager|Werk|Kasse|Kassen|alles steht_still|stehen_still, Maschine|Maschinen steht_still|stehen_still, Stillstand, Produktionsausfall, Produktionsstillstand, niemand|keiner kann arbeiten, kann niemand|keiner arbeiten, nichts funktioniert, Kasse|Kassen|Telefone ausgefallen|tot|gestört, Lebensgefahr, falsche Dosis, falscher Patient`},
	{helpdesk.High, germanic, `kann nicht arbeiten, können nicht arbeiten, arbeitsunfähig, kein Internet|Telefon|WLAN, Telefon|Internet tot|gestört|ausgefallen, können nicht liefern|versenden|kassieren, Inkasso, Anwalt, Konto gesperrt, Zertifikat abgelaufen, Sicherung fehlgeschlagen, ganze Firma|Abteilung|Team, droht Strafe, bis heute|morgen`},
	{helpdesk.Urgent, romance, `producción|línea|fábrica|planta|almacén|máquinas parada|parado|paradas|detenida|detenido|paralizada, todo parado, nadie puede trabajar, nadie puede pagar|comprar|abrir|usar, no funciona nada, nada funciona, cajas caídas`},
	{helpdesk.High, romance, `no puedo|podemos trabajar, sin internet|teléfono, no podemos enviar|entregar|facturar|vender, cuenta bloqueada|suspendida, certificado caducado, perdemos clientes|dinero|ventas, camiones esperando, clientes esperando, toda la empresa|oficina|plantilla`},
	{helpdesk.Urgent, romance, `production|usine|ligne|chaîne|entrepôt|atelier|caisses à_l'arrêt|arrêtée|arrêté|bloquée|paralysée, tout est à l'arrêt, tout est bloqué, personne peut travailler, personne ne peut travailler, rien ne marche|fonctionne, aucune ligne marche|fonctionne`},
	{helpdesk.High, romance, `peux pas travailler, pouvons plus|pas travailler|livrer|expédier|facturer, plus de téléphone|internet|réseau, compte bloqué|suspendu, certificat expiré, perdons clients|argent, clients attendent, toute l'entreprise|équipe`},
	{helpdesk.Urgent, romance, `produção|linha|fábrica|armazém|máquinas parada|parado|paradas, tudo parado, ninguém consegue trabalhar|pagar|abrir|usar, nada funciona, não funciona nada`},
	{helpdesk.High, romance, `não consigo|conseguimos trabalhar, sem internet|telefone, não conseguimos enviar|entregar|faturar|vender, conta bloqueada|suspensa, certificado expirado|expirou, perdemos clientes|dinheiro|vendas, toda a empresa|equipa|equipe`},
	{helpdesk.Urgent, romance, `produzione|linea|fabbrica|magazzino|casse ferma|fermo|ferme|bloccata|bloccato, tutto fermo|bloccato, nessuno può lavorare, nessuno riesce lavorare, non funziona niente|nulla, niente funziona`},
	{helpdesk.High, romance, `non riesco|posso lavorare, non possiamo lavorare|spedire|consegnare|fatturare|vendere, senza internet|telefono, account bloccato|sospeso, certificato scaduto, perdiamo clienti|soldi|vendite, tutta l'azienda|ufficio`},
	{helpdesk.Urgent, germanic, `productie|lijn|fabriek|magazijn|bedrijf|kassa|kassa's ligt|liggen|staat|staan stil, productie|kassa|kassa's|kassas ligt|liggen plat|eruit, alles staat stil, niemand kan werken|betalen|bestellen, niets werkt`},
	{helpdesk.High, germanic, `kan niet werken, kunnen niet werken|leveren|verzenden|factureren, geen internet|telefoon, account geblokkeerd, certificaat verlopen, hele bedrijf|kantoor|afdeling, verliezen klanten|geld`},
}
