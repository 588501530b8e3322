package classify

import "github.com/helpdesk-go/helpdesk"

// security are the phrases of reports of a vulnerability, of an account in wrong hands and of
// exposed secrets, written as those of urgent.
var security = []ruleList{
	{helpdesk.Urgent, english, `remote code execution, arbitrary code execution, execute|run arbitrary code|commands, rce, command injection, code injection, sql injection, sqli, xss, cross site scripting, ssrf, xxe, idor,
		account takeover, took over account, takeover of account, privilege escalation, authentication|auth|authorization|login|permission|access_control bypass, bypass authentication|login|two_factor|2fa|permissions, without authentication,
		path|directory traversal, zero day, security vulnerability|flaw|weakness|loophole, critical|serious|severe vulnerability, found vulnerability, vulnerability in, report vulnerability, exploitable, exploited, proof of concept exploit, host header injection|poisoning, unauthenticated,
		account|identity stolen, stolen account|identity, someone|somebody changed password|email, strange|suspicious|unfamiliar login|logins,
		api|private|secret|access key|keys|token leaked|exposed|public|published|stolen|compromised, credentials|secrets|passwords leaked|exposed|published|stolen|compromised, leaked|exposed|published|pushed|committed|stolen credentials|secrets|passwords|keys, committed|pushed|leaked|exposed|published api|secret|access|private|live key|token, key|token|secret|credentials pushed|committed,
		former|ex employee still access|login, still has access`},
	{helpdesk.High, english, `vulnerability, vulnerabilities, cve, exploit, open redirect, clickjacking, responsible disclosure, security researcher, pentest finding, security issue|problem|bug|hole, gdpr violation|breach|incident,
		data|invoice|invoices|document|documents|record|records|contract|contracts|statement|statements|order|orders|file|files|details|details of other|another|different|foreign customer|customers|user|users|tenant|tenants|person|people|company|companies|patient,
		other|another|different customer|customers|user|users|tenant|tenants|person|people|patient data|invoice|invoices|document|documents|records|contracts|statement|name|details`},

	{helpdesk.Urgent, germanic, `Schwachstelle, SQL-Injection, Cross-Site-Scripting, Codeausführung, Code ausführen, Rechteausweitung, Kontoübernahme, Konto|Account|Identität gestohlen|geklaut|übernommen, gestohlenes|übernommenes Konto, fremde Anmeldung|Anmeldungen, verdächtige|unbekannte Anmeldung|Anmeldungen, Zugangsdaten|Passwörter|Schlüssel veröffentlicht|geleakt|gestohlen, ehemaliger Mitarbeiter noch Zugriff|Zugang, hat noch Zugriff`},
	{helpdesk.High, germanic, `Sicherheitsproblem, Sicherheitsfehler, Sicherheitsmangel, fremde Daten|Verträge|Rechnungen|Dokumente|Kundendaten|Akten, Daten|Verträge|Rechnungen|Dokumente anderer|fremder|anderen Kunden|Nutzer|Personen|Mandanten, von anderen|fremden Kunden|Nutzern|Personen|Mandanten`},
	{helpdesk.Urgent, romance, `vulnerabilidad, inyección SQL|de_código, ejecución remota|de_código, escalada de privilegios, cuenta robada|secuestrada|usurpada, robado|robaron|robada cuenta, suplantación de identidad, clave|claves|credenciales|contraseñas filtradas|publicadas|expuestas|robadas, accesos|inicios_de_sesión sospechosos|extraños|desconocidos`},
	{helpdesk.High, romance, `problema de seguridad, datos|facturas|documentos|contratos|pedidos de otro|otra|otros|otras cliente|clientes|usuario|usuarios|persona|personas|empresa|empresas`},
	{helpdesk.Urgent, romance, `vulnérabilité, faille, injection SQL|de_code, exécution de code, élévation de privilèges, compte volé|usurpé|détourné, volé compte, usurpation d'identité, clé|clés|identifiants divulgués|exposés|publiés|volés, connexion|connexions suspecte|suspectes|inconnue|inconnues`},
	{helpdesk.High, romance, `problème de sécurité, données|factures|documents|contrats|commandes d'un|d'une autre client|cliente|utilisateur|personne|société, données|factures|documents|contrats|commandes d'autres clients|utilisateurs|personnes|sociétés`},
	{helpdesk.Urgent, romance, `vulnerabilidade, injeção SQL|de_código, execução remota|de_código, escalada de privilégios, conta roubada|sequestrada, roubaram|roubada conta, chave|chaves|credenciais|senhas vazadas|expostas|publicadas|roubadas, acessos|logins suspeitos|estranhos|desconhecidos`},
	{helpdesk.High, romance, `problema de segurança, dados|faturas|documentos|contratos|pedidos de outro|outra|outros|outras cliente|clientes|utilizador|usuário|usuários|pessoa|pessoas|empresa|empresas`},
	{helpdesk.Urgent, romance, `vulnerabilità, iniezione|injection SQL|di_codice, esecuzione remota|di_codice, account|profilo rubato|sottratto, rubato account|profilo, furto d'identità, chiave|chiavi|credenziali|password rubate|esposte|pubblicate|divulgate, accessi sospetti|sconosciuti`},
	{helpdesk.High, romance, `problema di sicurezza, dati|fatture|documenti|contratti|ordini di altro|altri|altre|un_altro cliente|clienti|utente|utenti|persona|persone|azienda|aziende`},
	{helpdesk.Urgent, germanic, `kwetsbaarheid, beveiligingsfout, SQL-injectie, code uitvoeren, account|identiteit gestolen|overgenomen, gestolen|overgenomen account, lek in portaal|systeem|website|app|applicatie|software|webshop|formulier, wachtwoorden|inloggegevens|sleutels gelekt|gestolen|gepubliceerd, verdachte|onbekende aanmelding|inlogpoging|inlogpogingen`},
	{helpdesk.High, germanic, `beveiligingsprobleem, gegevens|facturen|documenten|contracten|bestellingen van andere|een_andere klanten|klant|gebruikers|gebruiker|personen|bedrijven`},
}
