package classify

import (
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// lexicon lists the words of customers by category and weight. A comma separates phrases; each is
// found like the phrase of a Rule. Weight 3 decides alone, 1 only hints.
var lexicon = []struct {
	category helpdesk.Category
	weight   float64
	phrases  string
}{
	{helpdesk.Billing, 3, `invoice, refund, money back, charged twice, double charge, overcharged, billing, chargeback, credit card, payment failed, vat, receipt, subscription fee,
		Rechnung, Rückerstattung, Abbuchung, abgebucht, Kreditkarte, Mahnung, factura, reembolso, cargo duplicado, tarjeta de crédito, facturación, cobro, facture, remboursement, facturation, carte bancaire, fatura, cobrança, cartão de crédito, faturamento`},
	{helpdesk.Billing, 2, `charge, charged, payment, pay, paid, price, pricing, discount, coupon, subscription, renewal, bank transfer, purchase order, warranty claim, return, exchange,
		Zahlung, bezahlt, Preis, Rabatt, Abonnement, Abo, Kauf, Umtausch, Rückgabe, pago, precio, descuento, suscripción, devolución, compra, paiement, prix, abonnement, échange, achat, pagamento, preço, assinatura, devolução, troca`},
	{helpdesk.Billing, 1, `plan, cost, order, upgrade, downgrade, bank, tax, quote, Kosten, Bestellung, Angebot, coste, pedido, coût, commande, custo, Garantie, garantía, garantia`},

	{helpdesk.Account, 3, `cannot login, unable to login, password, reset link, two factor, 2fa, locked out, my account, delete account, close account, username, permission, access rights, invite user, single sign on, sso, change email address,
		Passwort, Kennwort, Benutzerkonto, Zugangsdaten, Berechtigung, einloggen, contraseña, mi cuenta, iniciar sesión, permiso, mot de passe, mon compte, me connecter, identifiant, senha, minha conta, fazer login, permissão`},
	{helpdesk.Account, 2, `login, account, profile, user, role, admin access, authentication, verification code, onboarding, access,
		Konto, Anmeldung, Benutzer, Zugriff, Zugang, cuenta, usuario, acceso, compte, utilisateur, accès, conta, usuário, acesso`},
	{helpdesk.Account, 1, `email address, team member, license, seat, Lizenz, licencia, licence, licença`},

	{helpdesk.FeatureRequest, 3, `feature request, would be great, would be nice, would love, it would help if, please add, could you add, can you add, wish list, suggestion, roadmap, dark mode, missing feature,
		Funktionswunsch, wäre toll, wäre schön, Verbesserungsvorschlag, wünsche mir, sería genial, nueva función, sugerencia, nouvelle fonctionnalité, serait bien, suggestion, seria ótimo, nova funcionalidade, sugestão`},
	{helpdesk.FeatureRequest, 2, `feature, enhancement, improve, improvement, idea, add support for, support for, option to, ability to, wish, Funktion, Vorschlag, función, mejora, fonctionnalité, amélioration, funcionalidade, melhoria`},
	{helpdesk.FeatureRequest, 1, `planned, future, would like to see, allow, customize, integrate with`},

	{helpdesk.BugReport, 3, `bug, stack trace, steps to reproduce, regression, null pointer, exception, reproducible, expected behavior, actual behavior, wrong result, crash when, crashes when, error 500, http 500, segfault,
		Fehlermeldung, reproduzierbar, Softwarefehler, mensaje de error, message d'erreur, mensagem de erro, erro de software`},
	{helpdesk.BugReport, 2, `crash, crashes, crashing, crashed, freeze, freezes, frozen, glitch, error message, since the update, after updating, since updating, latest version, wrong, broken, incorrect,
		abstürzt, Absturz, stürzt ab, Fehler, fallo, plante, bogue, falha, trava`},
	{helpdesk.BugReport, 1, `error, version, screenshot, button, page, typo, display, error, erreur, erro`},

	{helpdesk.Technical, 3, `system down, site down, server down, outage, not loading, does not load, not connecting, installation, configure, configuration, integration, api, webhook, dns, ssl, certificate, vpn, firewall, latency, timeout, network, performance, troubleshooting,
		Netzwerk, Installation, konfigurieren, Konfiguration, Einrichtung, Schnittstelle, Verbindung, Leistung, configurar, configuración, red, instalación, conexión, rendimiento, configurer, réseau, connexion, performances, configuração, rede, instalação, conexão, desempenho`},
	{helpdesk.Technical, 2, `not working, does not work, stopped working, doesnt work, cannot connect, slow, setup, set up, install, server, database, backup, sync, synchronization, driver, router, printer, laptop, monitor, screen, battery, overheating, hardware, software, update, upload, download, technical, support needed, cloud, data loss, security breach,
		funktioniert nicht, langsam, Server, Datenbank, Drucker, Bildschirm, Überhitzung, Aktualisierung, Treiber, no funciona, lento, servidor, impresora, pantalla, sobrecalentamiento, actualización, ne fonctionne pas, lent, serveur, imprimante, écran, surchauffe, mise à jour, não funciona, impressora, tela, superaquecimento, atualização`},
	{helpdesk.Technical, 1, `problem, issue, help, device, connect, connection, file, email, app, Problem, Gerät, Hilfe, problema, dispositivo, ayuda, problème, appareil, aide, ajuda`},
}

// pressure lists phrases that show how urgent a ticket is.
var pressure = []struct {
	priority helpdesk.Priority
	phrases  string
}{
	{helpdesk.High, `urgent, urgently, asap, immediately, as soon as possible, critical, emergency, important deadline, cannot work, blocking, production, all users, whole team, losing money, serious, severe, unacceptable,
		dringend, sofort, umgehend, so schnell wie möglich, kritisch, schwerwiegend, urgente, inmediatamente, cuanto antes, crítico, grave, lo antes posible, d'urgence, immédiatement, dès que possible, critique, imediatamente, o mais rápido possível`},
	{helpdesk.Low, `no rush, not urgent, whenever, when you have time, just wondering, general question, curious, low priority, nice to have, information about, would be nice, would love, feature request, suggestion, typo,
		keine Eile, nicht dringend, allgemeine Frage, Informationen über, sin prisa, no es urgente, información sobre, pas urgent, informations sur, sem pressa, não é urgente, informações sobre`},
}

// tagging lists the tags of phrases.
var tagging = map[string]string{
	"refund":       "refund, money back, reembolso, Rückerstattung, remboursement",
	"invoice":      "invoice, factura, Rechnung, facture, fatura",
	"login":        "login, password, einloggen, Passwort, iniciar sesión, contraseña, mot de passe, senha",
	"outage":       "outage, system down, site down, server down, downtime, Ausfall, panne, caído, fora do ar",
	"performance":  "slow, latency, timeout, performance, langsam, lento, lent",
	"integration":  "integration, api, webhook, Schnittstelle, integración, intégration, integração",
	"security":     "security, breach, hacked, unauthorized, Sicherheit, seguridad, sécurité, segurança",
	"cancellation": "cancel, cancellation, kündigen, Kündigung, cancelar, résilier, annuler",
	"hardware":     "laptop, printer, router, monitor, battery, Drucker, impresora, imprimante, impressora",
	"data":         "data loss, lost data, backup, restore, export, import, Datenverlust, copia de seguridad, sauvegarde",
}

// openings are replies to start from. They commit the desk to nothing.
var openings = map[helpdesk.Category]string{
	helpdesk.Billing:        "Thank you for your message. We are looking at the charges on your account. Could you send us the invoice or order number, if you have it at hand?",
	helpdesk.Technical:      "Thank you for your message, and sorry for the trouble. Could you tell us when this began, and what exactly you see? We will look into it meanwhile.",
	helpdesk.Account:        "Thank you for your message. To help with your account, please confirm the mail address it is registered under. Never send us your password.",
	helpdesk.FeatureRequest: "Thank you for the idea. We have passed it on to the product team. Could you tell us a little about what you would use it for?",
	helpdesk.BugReport:      "Thank you for the report. Could you send us the steps that lead to it, the version you use, and the full error message? That helps us to reproduce it.",
}

// phrasesOf splits a list of the tables above.
func phrasesOf(list string) []string {
	var phrases []string
	for p := range strings.SplitSeq(list, ",") {
		phrases = append(phrases, strings.Join(strings.Fields(p), " "))
	}
	return phrases
}
