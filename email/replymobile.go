package email

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// sentFrom finds what telephones and mail programs put below a message, and sentWhat what they may name. Both have to
// be in the line: "Sent from my phone" is put there, "Sent from the warehouse" is the writer's. The first
// three forms need no name.
var (
	sentFrom = regexp.MustCompile(`^[\s(<\[*_~–—-]*(?:` +
		`(?:e-?mail |message )?(?:sent|written|typed|composed|posted|dictated) (?:from|with|via|using|by|on|through)\b|from my\b|` +
		`gesendet (?:von|mit|über|aus|per|via)|von mein(?:em|er)?\b|von unterwegs|mit .{1,40} gesendet|diese (?:nachricht|e-?mail|mail) wurde (?:von|mit)\b|` +
		`envoyée? (?:de|depuis|avec|via|par|du|à partir|grâce)|` +
		`enviado (?:desde|con|de|por|do|da|pelo|pela|via|a partir|através|com)|enviada (?:do|da|de|pelo|a partir)|mensaje enviado desde|` +
		`inviato (?:da|dal|dall|con|tramite|via)|` +
		`verzonden (?:vanaf|met|via|van|vanuit|door)|verstuurd (?:vanaf|met|via|van|vanuit)|` +
		`wys[łl]an[eoya] (?:z|ze|za)\b|skickat (?:från|med|via)|skickades från|skickad från|sänt från|` +
		`sendt (?:fra|med|via)|lähetetty|odesláno (?:z|ze|pomocí)|posláno (?:z|ze)|odoslané z|` +
		`отправлено (?:с|из|от|через|при)|отправлена (?:с|из)|надіслано (?:з|із)|` +
		`发自|發自|从我的|從我的|来自|來自|由我的|나의|내 |` +
		`تم الإرسال|أرسلت من|أُرسلت من|مرسل من|مُرسل من|נשלח מ|elküldve|trimis de|στάλθηκε από|εστάλη από|küldve|изпратено от|dikirim dari|đã gửi từ` +
		`)|(?:から送信|より送信|发送|發送|傳送|에서 보냄|에서 발송|gönderildi|から送信されました)[.。)]*$`)
	sentWhat = regexp.MustCompile(`iphone|ipad|ipod|\bios\b|android|samsung|galaxy|huawei|xiaomi|redmi|\bpoco\b|pixel|oneplus|\boppo\b|\bvivo\b|nokia|lumia|\bhtc\b|sony|xperia|motorola|` +
		`\bmoto\b|\blg\b|wiko|alcatel|honor|fairphone|blackberry|windows|\bmac\b|macbook|\bouti?look|outlook|yahoo|proton ?mail|\bproton\b|gmail|airmail|mailbox|mailspring|thunderbird|\bspark\b|k-9|typeapp|` +
		`blue ?mail|aqua ?mail|\bnine\b|fairemail|tutanota|tuta\b|zoho|\baol\b|\bgmx\b|web\.de|mail\.ru|mymail|yandex|яндекс|sparrow|polymail|superhuman|\bnewton\b|edison|horde|roundcube|` +
		`\bmail\b|mobile|mobil|handy|smartphone|\bcell|phone|\btablet|téléphone|telefon|telefoon|teléfono|telefone|móvil|celular|portable|cellulare|smarttelefon|device|appareil|gerät|dispositivo|` +
		`apparaat|toestel|urządzeni|komórk|enhet|enhed|puhelim|laittee|zařízení|телефон|устройств|мобильн|почт|手机|手機|携帯|スマートフォン|휴대폰|휴대전화|cihaz|هاتف|جوال|אייפון|טלפון|sailfish|jolla|ti-\d\d`)
	sentFromMy = regexp.MustCompile(`^[\s(<\[*_~–—-]*sent (?:from|on|via) my (?:\S+ ?){1,7}$`)
	getOutlook = regexp.MustCompile(`^[\s(<\[*_~–—-]*(?:get|holen sie sich|laden sie|téléchargez|télécharger|obtenez|obtenir|obtener|obtén|descargar|consigue|obter|obtenha|baixe|scarica|ottieni|` +
		`download|downloaden|haal|pobierz|hämta|skaffa|hent|få|hanki|lataa|získat|získejte|stáhnout|получите|скачать|скачайте|获取|取得|下载|取得|다운로드|احصل على|קבל את|הורד את)\s+\[?(?:the )?(?:outlook|yahoo mail|bluemail|typeapp|spark)` +
		`|^[\s(<\[*_~–—-]*(?:outlook for|outlook für|outlook pour|outlook para|outlook per|outlook voor|outlook dla|outlook för|outlook til|outlook pro|outlook для|ios 版? ?outlook|outlook ?for ?)\s?(?:ios|android|mac|windows)` +
		`|(?:outlook).{0,20}(?:を入手|다운로드|edinin|indirin|beszerzése|installieren|herunterladen|downloaden)`)
	excuse = regexp.MustCompile(`excuse|typo|brevity|auto-?correct|entschuldig|kürze|tippfehler|excusez|brièveté|disculp|brevedad|desculp|scus|brevità|excuus|kort`)
)

// mobileSignature reports whether a line, in lower case, is what a telephone or a mail program puts below messages.
// Sentences are longer, ask, or go on.
func mobileSignature(s string) bool {
	s = strings.TrimSpace(links.ReplaceAllString(s, ""))
	if n := utf8.RuneCountInString(s); n < 5 || n > 110 || strings.HasSuffix(s, "?") || strings.HasSuffix(s, ":") {
		return false
	}
	if getOutlook.MatchString(s) || sentFromMy.MatchString(s) && !strings.HasSuffix(s, ".") {
		return true
	}
	if !sentFrom.MatchString(s) || !sentWhat.MatchString(s) {
		return false
	}
	return len(strings.Fields(s)) <= 10 || excuse.MatchString(s)
}

// sentByline finds a line in the manner of a telephone's that names no device. It is taken for one only as the last.
var sentByline = regexp.MustCompile(`^(?:sent (?:from|with|via|using|by)|gesendet (?:von|mit|aus)|envoyé (?:de|depuis|avec)|enviado (?:desde|do|de|con)|inviato (?:da|dal|con)|verzonden (?:vanaf|met)) (?:\S+ ?){1,8}$`)
