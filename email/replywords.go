package email

// The text of mail programs around a message, in the languages of their translations, in lower
// case. A word stands here once, whatever number of languages share it.

// headerKind is the meaning of a header line of a quoted message. Programs translate the names
// differently.
type headerKind uint8

const (
	noHeader headerKind = iota
	fromKind
	sentKind // named as the date of a mail
	dateKind // may be the date of anything
	toKind
	subjectKind
	otherKind
)

var headerWords = map[headerKind][]string{
	fromKind: {
		"from", "von", "absender", "de", "expéditeur", "remitente", "da", "mittente", "remetente", "van", "afzender", "od", "nadawca",
		"från", "avsändare", "fra", "afsender", "avsender", "lähettäjä", "odesílatel", "odosielateľ", "от", "от кого", "отправитель",
		"від", "差出人", "送信者", "发件人", "發件人", "寄件者", "寄件人", "보낸 사람", "보낸사람", "보낸이", "kimden", "gönderen", "من", "المرسل", "מאת",
		"feladó", "de la", "expeditor", "από", "dari", "từ", "pošiljatelj", "šalje", "lähettäjältä", "message de", "saatja", "nuo",
	},
	sentKind: {
		"sent", "sent at", "sent on", "gesendet", "gesendet am", "envoyé", "envoyé le", "envoyée", "date d'envoi", "date d’envoi", "enviado",
		"enviado el", "enviado em", "enviada em", "enviada", "inviato", "inviato il", "data invio", "verzonden", "verzonden op", "wysłano",
		"wysłane", "data wysłania", "skickat", "skickad", "sendt", "sendt den", "lähetetty", "odesláno", "odoslané", "отправлено", "надіслано",
		"送信日時", "送信日", "发送时间", "發送時間", "寄件日期", "傳送時間", "보낸 날짜", "보낸날짜", "보낸 시간", "gönderme tarihi", "gönderilme zamanı", "gönderildi",
		"تم الإرسال", "تاريخ الإرسال", "נשלח", "elküldve", "trimis", "στάλθηκε", "изпратено", "dikirim", "poslano", "đã gửi", "message du",
		"saadetud", "išsiųsta",
	},
	dateKind: {
		"date", "datum", "fecha", "data", "dato", "päivämäärä", "päiväys", "pvm", "дата", "日時", "日付", "日期", "时间", "時間", "날짜",
		"tarih", "التاريخ", "תאריך", "dátum", "dată", "ημερομηνία", "tanggal", "ngày",
	},
	toKind: {
		"to", "an", "empfänger", "à", "a", "destinataire", "para", "destinatario", "destinatário", "aan", "ontvanger", "do", "adresat", "till",
		"mottagare", "til", "modtager", "mottaker", "vastaanottaja", "komu", "pro", "кому", "宛先", "收件人", "收件者", "받는 사람", "받는사람", "받는이",
		"kime", "alıcı", "إلى", "الى", "المستلم", "אל", "címzett", "către", "προς", "до", "kepada", "đến", "za", "prima",
	},
	subjectKind: {
		"subject", "betreff", "betr.", "objet", "sujet", "asunto", "assunto", "oggetto", "onderwerp", "temat", "ämne", "ärende", "emne", "aihe",
		"předmět", "predmet", "тема", "件名", "主题", "主題", "主旨", "제목", "konu", "الموضوع", "موضوع", "נושא", "tárgy", "subiect", "θέμα",
		"perihal", "chủ đề", "naslov",
	},
	otherKind: {
		"cc", "bcc", "kopie", "kopie (cc)", "copie", "copie à", "con copia", "copia", "cópia", "dw", "udw", "do wiadomości", "kopia", "kopi", "kopio",
		"копия", "抄送", "副本", "참조", "bilgi", "نسخة", "עותק", "másolat", "reply-to", "reply to", "antwort an", "antworten an", "répondre à", "responder a",
		"responder para", "rispondi a", "risposta", "antwoord aan", "svar til", "svara till", "importance", "wichtigkeit", "priority", "priorität",
		"attachments", "anlagen", "pièces jointes", "datos adjuntos", "allegati", "bijlagen", "organization", "newsgroups", "resent-from",
	},
}

// headerNames maps the words of headerWords to their kinds.
var headerNames = func() map[string]headerKind {
	names := map[string]headerKind{}
	for kind, words := range headerWords {
		for _, w := range words {
			names[w] = kind
		}
	}
	return names
}()

// originalWords stand between dashes above a quoted or forwarded message.
var originalWords = set(
	"original message", "original email", "original e-mail", "original mail", "reply message", "forwarded message", "forwarded email", "previous message",
	"ursprüngliche nachricht", "urspruengliche nachricht", "ursprüngliche mail", "originalnachricht", "original-nachricht", "original nachricht", "weitergeleitete nachricht",
	"message d'origine", "message d’origine", "message original", "message initial", "message transféré", "message transmis", "e-mail d'origine",
	"mensaje original", "mensaje reenviado", "mensagem original", "mensagem encaminhada", "messaggio originale", "messaggio originario", "messaggio inoltrato",
	"oorspronkelijk bericht", "oorspronkelijke bericht", "origineel bericht", "doorgestuurd bericht",
	"wiadomość oryginalna", "oryginalna wiadomość", "wiadomosc oryginalna", "wiadomość przekazana", "treść przekazanej wiadomości",
	"ursprungligt meddelande", "originalmeddelande", "vidarebefordrat meddelande", "oprindelig besked", "oprindelig meddelelse", "original meddelelse",
	"videresendt besked", "videresendt meddelelse", "opprinnelig melding", "opprinnelig beskjed", "original melding", "videresendt melding",
	"alkuperäinen viesti", "edelleenlähetetty viesti", "välitetty viesti", "původní zpráva", "puvodni zprava", "původní e-mail", "přeposlaná zpráva", "pôvodná správa",
	"исходное сообщение", "оригинальное сообщение", "пересылаемое сообщение", "пересланное сообщение", "конец пересылаемого сообщения", "початкове повідомлення",
	"元のメッセージ", "元のメール", "オリジナルメッセージ", "転送メッセージ", "転送されたメッセージ", "原始邮件", "原始郵件", "原邮件", "转发的邮件", "转发邮件", "转发邮件信息", "轉寄郵件", "轉寄的郵件",
	"원본 메시지", "원본 메일", "원본메일", "전달된 메시지", "전달 메시지", "özgün ileti", "orijinal mesaj", "orijinal ileti", "yönlendirilen ileti", "iletilen mesaj",
	"الرسالة الأصلية", "الرسالة الأصلية", "رسالة معاد توجيهها", "הודעה מקורית", "ההודעה המקורית", "הודעה שהועברה", "eredeti üzenet", "továbbított üzenet",
	"mesaj original", "mesajul original", "αρχικό μήνυμα", "izvorna poruka", "izvirno sporočilo", "pesan asli", "thư gốc", "missatge original",
)

// forwardWords stand above a forwarded message as a line of their own, with a colon.
var forwardWords = set(
	"begin forwarded message", "anfang der weitergeleiteten nachricht", "anfang der weitergeleiteten e-mail", "début du message réexpédié", "début du message transféré",
	"inicio del mensaje reenviado", "início da mensagem encaminhada", "início da mensagem reencaminhada", "inizio messaggio inoltrato", "begin doorgestuurd bericht",
	"początek przesyłanej wiadomości", "początek przekazywanej wiadomości", "vidarebefordrat brev", "vidarebefordrat meddelande", "start på videresendt besked",
	"start på videresendt melding", "videresendt melding", "välitetty viesti alkaa", "edelleenlähetetty viesti alkaa", "začátek přeposílané zprávy",
	"начало переадресованного сообщения", "转发的邮件", "以下是转发的邮件", "以下為轉寄的郵件", "転送されたメッセージ", "전달된 메시지", "iletilen mesajın başlangıcı",
	"بداية الرسالة المعاد توجيهها", "תחילת ההודעה שהועברה",
)

// wroteWords in a line with a date announce a quoted message.
var wroteWords = []string{
	"wrote", "writes", "schrieb", "geschrieben", "geschreven", "écrit", "escribió", "escribio", "escreveu", "scritto", "scrive", "schreef",
	"napisał", "napisal", "pisze", "napsal", "napísal", "skrev", "kirjoitti", "написал", "пишет", "писал", "написав", "пише", "написа", "yazdı", "yazdi", "yazmış",
	"كتب", "כתב", "写道", "寫道", "写到", "書きました", "のメール", "作成", "작성", "님이", "씀:", "írta", "a scris", "έγραψε", "menulis", "đã viết", "je napisao", "je napisala",
	"rašė", "rakstīja", "kirjutas", "va escriure", "skrifaði", "je napisal", "เขียนว่า",
}

// quotingWords begin such a line without a date.
var quotingWords = []string{"quoting", "zitat von", "citando", "quota", "citation de", "citát", "citat", "citeren", "citado por", "cytowanie"}

// footerWords occur in the additions of companies, lists and virus scanners below a line of dashes.
var footerWords = []string{
	"mailing list", "unsubscribe", "opt out", "opt-out", "confidential", "privileged", "intended recipient", "intended solely", "disclaimer", "virus", "reply to this email",
	"reply to this message", "view it on", "view this", "click here", "you received this", "you are receiving", "you're receiving", "you can reply", "manage your", "visit topic",
	"please consider the environment", "before printing", "vertraulich", "abbestellen", "abmelden", "geschäftsführ", "amtsgericht", "handelsregister", "confidentiel", "désabonner",
	"désinscri", "destinataire", "confidencial", "cancelar la suscripción", "darse de baja", "destinatario", "destinatário", "cancelar inscrição", "riservat", "disiscri",
	"vertrouwelijk", "uitschrijven", "poufn", "wypisz", "konfidentiell", "avregistrera", "fortrolig", "afmeld", "avmeld", "luottamuksell", "peruuta tilau", "důvěrn", "odhlásit",
	"конфиденциальн", "отписаться", "機密", "配信停止", "保密", "退订", "退訂", "기밀", "수신거부", "gizli", "abonelik", "سرية", "סודי", "bizalmas", "confidențial", "listinfo",
}

// closingWords begin the line above a writer's name.
var closingWords = []string{
	"regards", "best", "kind regards", "warm regards", "many thanks", "thanks", "thank you", "cheers", "sincerely", "yours", "grüße", "gruß", "viele grüße", "mit freundlichen",
	"freundliche", "beste grüße", "liebe grüße", "mfg", "lg", "vg", "cordialement", "bien à vous", "bien cordialement", "salutations", "saludos", "un saludo", "atentamente", "cordialmente",
	"atenciosamente", "abraço", "cumprimentos", "cordiali saluti", "distinti saluti", "saluti", "met vriendelijke", "vriendelijke groet", "groeten", "mvg", "pozdrawiam", "z poważaniem",
	"vänliga hälsningar", "med vänliga", "hälsningar", "mvh", "venlig hilsen", "med venlig", "vennlig hilsen", "med vennlig", "hilsen", "ystävällisin", "terveisin", "s pozdravem",
	"с уважением", "敬具", "此致", "敬上", "감사합니다", "saygılarımla", "iyi çalışmalar", "مع التحية", "בברכה", "üdvözlettel",
}

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// aboveWords occur in the line above which an answer is to be written.
var aboveWords = []string{
	"above this line", "above the line", "above the dashed line", "above this dotted line", "oberhalb dieser linie", "oberhalb dieser zeile", "über dieser linie", "über dieser zeile", "über diese linie",
	"au-dessus de cette ligne", "au dessus de cette ligne", "encima de esta línea", "arriba de esta línea", "encima de esta linea", "acima desta linha", "acima dessa linha", "sopra questa linea",
	"sopra questa riga", "al di sopra di questa", "boven deze lijn", "boven deze regel", "powyżej tej linii", "nad tą linią", "ovanför denna linje", "ovanför den här", "ovanför denna rad",
	"over denne linje", "ovenfor denne linje", "tämän viivan yläpuolel", "tämän rivin yläpuolel", "nad tento řádek", "nad touto čárou", "nad tímto řádkem", "выше этой линии", "выше этой строки",
	"выше этой черты", "この行より上", "この線より上", "在此行上方", "在此线上方", "在此線上方", "이 줄 위에", "이 선 위에", "bu satırın üst", "bu çizginin üst", "فوق هذا السطر", "فوق هذا الخط", "מעל שורה זו", "מעל קו זה",
}
