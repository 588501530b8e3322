package email

import (
	"strings"
	"unicode/utf8"
)

// The lines that telephones and mail programs add to a message begin with one of sentFrom, or end
// with one of sentEnds, and name one of devices: a program writes "Sent from my phone", a person
// "Sent from the warehouse". Regular expressions of as many words are slow on hostile texts.
var (
	sentFrom = []string{
		"sent from", "sent with", "sent via", "sent using", "sent by", "sent on", "sent through", "written on", "written with", "typed on", "composed on", "composed with",
		"dictated", "posted from", "message sent", "email sent", "from my", "gesendet von", "gesendet mit", "gesendet über", "gesendet aus", "gesendet per", "gesendet via",
		"von mein", "von unterwegs", "mit der", "mit dem", "diese nachricht wurde von", "diese nachricht wurde mit", "diese e-mail wurde von", "diese mail wurde",
		"envoyé de", "envoyé depuis", "envoyé avec", "envoyé via", "envoyé par", "envoyé du", "envoyé à partir", "envoyé grâce", "envoyée de", "envoyée à partir",
		"enviado desde", "enviado con", "enviado de", "enviado por", "enviado do", "enviado da", "enviado pelo", "enviado pela", "enviado via", "enviado a partir",
		"enviado através", "enviado com", "enviada do", "enviada da", "enviada de", "mensaje enviado desde", "inviato da", "inviato dal", "inviato con", "inviato tramite", "inviato via",
		"inviata da", "verzonden vanaf", "verzonden met", "verzonden via", "verzonden van", "verzonden door", "verstuurd vanaf", "verstuurd met", "verstuurd via", "verstuurd van",
		"wysłane z", "wyslane z", "wysłano z", "wyslano z", "wysłana z", "skickat från", "skickat med", "skickat via", "skickades från", "skickad från", "sänt från",
		"sendt fra", "sendt med", "sendt via", "lähetetty", "odesláno z", "odesláno pomocí", "posláno z", "odoslané z", "отправлено с", "отправлено из", "отправлено от",
		"отправлено через", "отправлена с", "отправлена из", "надіслано з", "надіслано із", "发自", "發自", "从我的", "從我的", "来自", "來自", "由我的", "나의", "내 ", "제 ",
		"تم الإرسال", "أرسلت من", "أُرسلت من", "مرسل من", "مُرسل من", "נשלח מ", "elküldve", "küldve", "trimis de", "στάλθηκε από", "εστάλη από", "изпратено от", "dikirim dari", "đã gửi từ",
	}
	sentEnds = []string{"から送信", "より送信", "から送信されました", "发送", "發送", "傳送", "에서 보냄", "에서 발송", "gönderildi", "gesendet", "gesendet."}
	devices  = []string{
		"iphon", "ipad", "ipod", " ios", "android", "samsung", "galaxy", "huawei", "xiaomi", "redmi", "pixel", "oneplus", " oppo", " vivo", "nokia", "lumia", " htc", "sony", "xperia",
		"motorola", " moto ", " lg ", "wiko", "alcatel", "honor", "fairphone", "blackberry", "windows", " mac", "outlook", "yahoo", "proton", "gmail", "airmail", "mailbox",
		"mailspring", "thunderbird", " spark", "k-9", "typeapp", "bluemail", "blue mail", "aquamail", "fairemail", "tutanota", " tuta", "zoho", " aol", " gmx", "web.de", "mail.ru", "mymail",
		"yandex", "яндекс", "sparrow", "polymail", "superhuman", "newton", "edison", "horde", "roundcube", " mail", "mobil", "handy", "smartphone", " cell", "phone", "tablet", "téléphone",
		"telefon", "teléfono", "telefone", "móvil", "celular", "portable", "cellulare", "device", "appareil", "gerät", "dispositivo", "apparaat", "toestel", "urządzeni", "komórk", " enhet",
		" enhed", "puhelim", "laittee", "zařízení", "телефон", "устройств", "мобильн", "почт", "手机", "手機", "携帯", "スマートフォン", "휴대폰", "휴대전화", "cihaz", "هاتف", "جوال", "אייפון", "טלפון",
		"sailfish", "jolla", " ti-",
	}
	apps    = []string{"outlook for", "outlook für", "outlook pour", "outlook para", "outlook per", "outlook voor", "outlook dla", "outlook för", "outlook til", "outlook pro", "outlook для", "outlook", "yahoo mail", "bluemail", "typeapp", "spark"}
	systems = []string{"ios", "android", "mac", "windows", "iphone", "ipad"}
	getting = []string{
		"get", "holen sie sich", "laden sie", "téléchargez", "télécharger", "obtenez", "obtenir", "obtener", "obtén", "descargar", "consigue", "obter", "obtenha", "baixe", "scarica",
		"ottieni", "download", "downloaden", "haal", "pobierz", "hämta", "skaffa", "hent", "få", "hanki", "lataa", "získat", "získejte", "stáhnout", "получите", "скачать", "скачайте",
		"获取", "取得", "下载", "下載", "다운로드", "احصل على", "קבל את", "הורד את", "outlook", "ios 版", "android 版", "ios", "android",
	}
	articles = []string{"the ", "o ", "aplikację ", "aplikaci ", "appen ", "de ", "l'app "}
	excuses  = []string{"excuse", "typo", "brevity", "correct", "entschuldig", "kürze", "tippfehler", "excusez", "brièveté", "disculp", "brevedad", "desculp", "scus", "brevità", "excuus", "kort"}
)

// mobileSignature reports whether a line, in lower case, is one that a telephone or a mail program
// adds to messages. Sentences are longer, ask, or go on.
func mobileSignature(s string) bool {
	if len(s) > 400 {
		return false
	}
	s = strings.TrimLeft(s, " (<[*_~–—-")
	if strings.Contains(s, "/") || strings.Contains(s, "mailto:") {
		s = strings.TrimSpace(links.ReplaceAllString(s, ""))
	}
	if n := utf8.RuneCountInString(s); n < 5 || n > 110 || strings.HasSuffix(s, "?") || strings.HasSuffix(s, ":") {
		return false
	}
	if getsApp(s) {
		return true
	}
	words := len(strings.Fields(s))
	if rest, ok := strings.CutPrefix(s, "sent from my "); ok && rest != "" && words <= 10 && !strings.HasSuffix(s, ".") {
		return true
	}
	from := false
	for _, p := range sentFrom {
		from = from || strings.HasPrefix(s, p)
	}
	end := strings.TrimRight(s, ".。) ")
	for _, p := range sentEnds {
		from = from || strings.HasSuffix(end, p)
	}
	return from && containsAny(" "+s+" ", devices) && (words <= 10 || containsAny(s, excuses))
}

// getsApp reports whether a line advertises a mail program: "Get Outlook for iOS".
func getsApp(s string) bool {
	if !containsAny(s, apps) || len(strings.Fields(s)) > 7 {
		return false
	}
	for _, g := range getting {
		rest, ok := strings.CutPrefix(s, g)
		if !ok {
			continue
		}
		rest = strings.TrimLeft(rest, " [")
		for _, article := range articles {
			rest = strings.TrimPrefix(rest, article)
		}
		for _, app := range apps {
			if strings.HasPrefix(rest, app) && containsAny(rest, systems) || g == "outlook" && strings.HasPrefix(s, app) && app != g && containsAny(rest, systems) {
				return true
			}
		}
	}
	return false
}

// bylines begin lines like a telephone's that name no device. Such a line counts only as the last.
var bylines = []string{"sent from", "sent with", "sent via", "sent using", "gesendet von", "gesendet mit", "gesendet aus", "envoyé de", "envoyé depuis", "envoyé avec", "enviado desde",
	"enviado do", "enviado de", "inviato da", "inviato dal", "verzonden vanaf", "verzonden met"}

func byline(s string) bool { return beginsWithAny(s, bylines) && len(strings.Fields(s)) <= 10 }
