package email_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk/email"
)

// attributions are the announcements of mail programs above a quoted message, in many languages.
var attributions = []string{
	"On Tue, Feb 3, 2026 at 2:22 PM Desk <desk@example.com> wrote:",
	"On Feb 3, 2026, at 14:22, Desk <desk@example.com> wrote:",
	"On 03/02/2026 14:22, Desk wrote:",
	"On Tuesday, February 3, 2026, Desk <desk@example.com> wrote:",
	"On Tue, 2026-02-03 at 14:22 +0100, Desk wrote:",
	"At 14:22 03.02.2026, you wrote:",
	"Desk <desk@example.com> wrote on 02/03/2026 02:22:10 PM:",
	"Am Di., 3. Feb. 2026 um 14:22 Uhr schrieb Desk <desk@example.de>:",
	"Am 03.02.2026 um 14:22 schrieb Desk:",
	"Desk <desk@example.de> schrieb am Di., 3. Feb. 2026, 14:22:",
	"Le mar. 3 févr. 2026 à 14:22, Desk <desk@example.fr> a écrit :",
	"Le 03/02/2026 à 14:22, Desk a écrit :",
	"El mar, 3 feb 2026 a las 14:22, Desk (<desk@example.es>) escribió:",
	"El 03/02/26 a las 14:22, Desk escribió:",
	"Em ter., 3 de fev. de 2026 às 14:22, Desk <desk@example.pt> escreveu:",
	"Em 03/02/2026 14:22, Desk escreveu:",
	"Il giorno mar 3 feb 2026 alle ore 14:22 Desk <desk@example.it> ha scritto:",
	"Il 03/02/2026 14:22, Desk ha scritto:",
	"Op di 3 feb 2026 om 14:22 schreef Desk <desk@example.nl>:",
	"Op 3 feb. 2026 om 14:22 heeft Desk <desk@example.nl> het volgende geschreven:",
	"wt., 3 lut 2026 o 14:22 Desk <desk@example.pl> napisał(a):",
	"W dniu 3.02.2026 o 14:22, Desk pisze:",
	"Den tis 3 feb. 2026 kl 14:22 skrev Desk <desk@example.se>:",
	"Den 2026-02-03 kl. 14:22, skrev Desk:",
	"Den tirs. 3. feb. 2026 kl. 14.22 skrev Desk <desk@example.dk>:",
	"tir. 3. feb. 2026 kl. 14:22 skrev Desk <desk@example.no>:",
	"ti 3. helmik. 2026 klo 14.22 Desk (desk@example.fi) kirjoitti:",
	"út 3. 2. 2026 v 14:22 odesílatel Desk <desk@example.cz> napsal:",
	"Dne 03. 02. 26 v 14:22 Desk napsal(a):",
	"вт, 3 февр. 2026 г. в 14:22, Desk <desk@example.ru>:",
	"03.02.2026 14:22, Desk пишет:",
	"2026年2月3日(火) 14:22 Desk <desk@example.jp>:",
	"Desk <desk@example.cn> 于2026年2月3日周二 14:22写道：",
	"2026년 2월 3일 (화) 오후 2:22, Desk <desk@example.kr>님이 작성:",
	"Desk <desk@example.tr>, 3 Şub 2026 Sal, 14:22 tarihinde şunu yazdı:",
	"في الثلاثاء، 3 فبراير 2026 في 2:22 م تمت كتابة ما يلي بواسطة Desk <desk@example.ae>:",
	"بتاريخ 3 فبراير 2026، 14:22، كتب Desk <desk@example.ae>:",
	"‫בתאריך יום ג׳, 3 בפבר׳ 2026 ב-14:22 מאת ‪Desk‬‏ <‪desk@example.co.il‬‏>:‬",
	"Desk <desk@example.hu> ezt írta (időpont: 2026. febr. 3., K, 14:22):",
	"mar., 3 feb. 2026 la 14:22, Desk <desk@example.ro> a scris:",
	"Στις Τρί 3 Φεβ 2026 στις 14:22 ο χρήστης Desk <desk@example.gr> έγραψε:",
	"---- On Tue, 03 Feb 2026 14:22:10 +0100 Desk <desk@example.com> wrote ----",
}

func TestAttributionIsKnownWhereverItIsWrapped(t *testing.T) {
	t.Parallel()
	for _, a := range attributions {
		t.Run(a, func(t *testing.T) {
			t.Parallel()
			for at := 0; at >= 0; at = nextSpace(a, at) {
				wrapped := a
				if at > 24 { // programs wrap later
					wrapped = a[:at] + "\n" + a[at+1:]
				}
				for _, before := range []string{"Thanks, it works.\n\n", "On Monday it broke again.\nIt is 3 weeks old.\n\n", "Thanks, it works.\n"} {
					visible, hidden := email.Visible(before + wrapped + "\n\n> Does it work?\n> Tell us.\n")
					require.Equal(t, strings.TrimSpace(before), visible, wrapped)
					require.Equal(t, wrapped+"\n\n> Does it work?\n> Tell us.", hidden)
				}
			}
		})
	}
}

func nextSpace(s string, from int) int {
	if i := strings.IndexByte(s[from+1:], ' '); i >= 0 {
		return from + 1 + i
	}
	return -1
}

func TestAttributionWithAddressCutsWithoutMarks(t *testing.T) {
	t.Parallel()
	for _, a := range attributions {
		if strings.Contains(a, "@") {
			visible, hidden := email.Visible("It works.\n\n" + a + "\n\nDoes it work?")
			require.Equal(t, "It works.", visible, a)
			require.Contains(t, hidden, "Does it work?")
		}
	}
}

func TestHeadingsOfQuotedMessagesCutWhatFollows(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"From: Desk <desk@example.com> Sent: Tuesday, February 3, 2026 2:22 PM To: Kim <kim@example.com> Subject: Lamp",
		"*Von:* Desk <desk@example.de> *Gesendet:* Dienstag, 3. Februar 2026 14:22 *An:* Kim *Betreff:* Lampe",
		"From: Desk <desk@example.com>\nDate: Tuesday, February 3, 2026 at 2:22 PM\nTo: Kim <kim@example.com>\nSubject: Re: Lamp",
		"From: Desk\n\nSent: Tuesday, February 3, 2026 2:22 PM\n\nTo: Kim\n\nSubject: Re: Lamp",
		"From: Desk <desk@example.com>\nTo: Kim <kim@example.com>, Lee <lee@example.com>,\n    Pat <pat@example.com>\nSent: Tuesday, February 3, 2026 2:22 PM\nSubject: Re: a lamp\n that is broken",
		"________________________________\nDe : Desk <desk@example.fr>\nEnvoyé : mardi 3 février 2026 14:22\nÀ : Kim\nObjet : Lampe",
		"------------------------------\n*From:* Desk [mailto:desk@example.com]\n*Sent:* Tuesday, February 3, 2026 2:22 PM\n*To:* Kim\n*Subject:* Lamp",
		"-----Original Message-----", "----- Original Message -----", "-------- Forwarded Message --------", "_____Original Message_____", "*-------- Original Message --------*", "Begin forwarded message:",
		"-----Ursprüngliche Nachricht-----", "-------- Message d'origine --------", "-----Mensaje original-----", "-----Messaggio originale-----", "-----Oorspronkelijk bericht-----", "-----Mensagem original-----",
		"-----Ursprungligt meddelande-----", "-----Oprindelig meddelelse-----", "-----Opprinnelig melding-----", "-----Alkuperäinen viesti-----", "-----Původní zpráva-----", "-----Исходное сообщение-----",
		"-----元のメッセージ-----", "------------------ 原始邮件 ------------------", "-----원본 메시지-----", "-----Özgün İleti-----", "-----الرسالة الأصلية-----", "-----הודעה מקורית-----", "-----Wiadomość oryginalna-----",
		"From: desk@example.com\nDate: Tuesday, 3 February",
		">>> Desk <desk@example.com> 03.02.2026 14:22 >>>",
		"## Please type your reply above this line ##", "--- Reply above this line ---", "-- Répondez au-dessus de cette ligne --", "##- Por favor, escriba su respuesta por encima de esta línea -##",
	} {
		for _, gap := range []string{"\n\n", "\n"} {
			visible, hidden := email.Visible("It works.\n\nThanks" + gap + s + "\n\nDoes it work?\n")
			require.Equal(t, "It works.\n\nThanks", visible, s)
			require.Equal(t, s+"\n\nDoes it work?", hidden)
		}
	}
}

func TestBylinesOfTelephonesAreHidden(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"Sent from my iPhone", "Sent from my Galaxy", "Sent from my Samsung Galaxy smartphone.", "Sent from Yahoo Mail on Android", "Sent from Mail for Windows", "Sent with Proton Mail secure email.",
		"Get Outlook for iOS", "Get Outlook for Android<https://aka.ms/AAb9ysg>", "Sent from Outlook for iOS<https://aka.ms/o0ukef>", "Von meinem iPhone gesendet", "Von meinem Samsung Galaxy Smartphone gesendet.",
		"Gesendet mit der GMX Mail App", "Holen Sie sich Outlook für iOS", "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.", "Envoyé de mon iPhone", "Envoyé depuis mon appareil Galaxy",
		"Obtenez Outlook pour Android", "Télécharger Outlook pour iOS", "Enviado desde mi iPhone", "Enviado desde mi dispositivo Galaxy", "Obtener Outlook para iOS", "Enviado do meu iPhone", "Enviado do Yahoo Mail no Android",
		"Obter o Outlook para iOS", "Inviato da iPhone", "Inviato dal mio dispositivo Galaxy", "Ottieni Outlook per iOS", "Verstuurd vanaf mijn iPhone", "Verzonden vanaf mijn Galaxy-apparaat", "Outlook voor iOS downloaden",
		"Wysłane z iPhone'a", "Pobierz aplikację Outlook dla systemu iOS", "Skickat från min iPhone", "Hämta Outlook för iOS", "Sendt fra min iPhone", "Hent Outlook til iOS", "Lähetetty iPhonesta", "Hanki Outlook for iOS",
		"Odesláno z iPhonu", "Získat Outlook pro iOS", "Отправлено с iPhone", "Отправлено из мобильной Почты Mail.ru", "Скачать Outlook для iOS", "iPhoneから送信", "Outlook for iOS を入手", "发自我的 iPhone", "從我的 iPhone 傳送",
		"获取 Outlook for iOS", "나의 iPhone에서 보냄", "내 iPhone에서 보냄", "iPhone'umdan gönderildi", "تم الإرسال من الـ iPhone", "أرسلت من الـ iPhone", "נשלח מה-iPhone שלי", "Sent from my cell, please excuse any typos.",
	} {
		visible, hidden := email.Visible("It works now.\n\n" + s + "\n")
		require.Equal(t, "It works now.", visible, s)
		require.Equal(t, s, hidden)
	}
}

func TestWhatOnlyLooksLikeAQuotationOrSignatureStays(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"Sent from the shop on Friday, the parcel never came.\n\nWhere is it?",
		"Get Outlook to stop asking for my password please.\n\nIt asks every day.",
		"Hi\n\nOn 3 Feb 2026 your colleague wrote: the part is free.\n\nIt was not.",
		"The agent wrote:\n\n\"We pay.\"\n\nYou did not.",
		"On this day\n\nI wrote something:\n\nplease answer.",
		"Options:\n\n- one\n- two\n\n-- three\n-- four",
		"a > b\n\nand b > c",
		"From: my desk\n\nI write to you again.",
		"Deadline: 3 Feb 2026 at 14:22\n\nTo: be decided\n\nDate: open",
		"Hello\n\n======\nOrder 4711\nKim Lee, +44 20 7946 0000\n======\n\nI want to return this order because it does not work.",
		"Our shop\n--------\nNorth Street\n+44 20 7946 0000",
		"My numbers\n\n-----\n1. +44 20 7946 0000\n2. +44 20 7946 0001",
		"Two things\n\n---\n\nred lamp\nblue lamp",
		"Buy at\n>>> our shop <<<",
		"See <https://example.com/a/long/way\n> and tell me.",
		"Plan\n----\n\nWe meet at noon.\n\nTalk\n====\n\nAbout money.",
		"| a | b |\n|---|---|\n| 1 | 2 |\n\nThis table is wrong.",
		"Please write your name above the dotted part.\n\nThen send it.",
		"The line is: Original Message\n\nWhat does it mean?",
		"It fails at 14:22:\n\nError 500\n\nEvery day.",
		"Dear team,\n\nbest regards are not enough.\n\nI want my money back.",
		"-1 from me\n\n-Kim",
	} {
		visible, hidden := email.Visible(s)
		require.Equal(t, s, visible)
		require.Empty(t, hidden)
	}
}

func TestClosingBelowAQuotationIsNoAnswer(t *testing.T) {
	t.Parallel()
	const quote = "\n\nOn Feb 3, 2026, at 14:22, Desk <desk@example.com> wrote:\n\n> Does it work?\n\n"
	for below, visible := range map[string]string{
		"Regards,\nKim": "It works.\n\nRegards,\nKim",
		"Thanks!":       "It works.\n\nThanks!",
		"Kim Lee\nSales | Example Ltd\n+44 20 7946 0000": "It works.",
		"Best regards\nKim Lee\nwww.example.com":         "It works.",
		"Yes, since Monday.":                             "It works.\n\n> Does it work?\n\nYes, since Monday.",
		"Kim":                                            "It works.\n\n> Does it work?\n\nKim",
	} {
		got, _ := email.Visible("It works." + quote + below)
		require.Equal(t, visible, got, below)
	}
}

func TestTextOfSeveralLineEndsIsReadAlike(t *testing.T) {
	t.Parallel()
	text := "Works.\n\nOn Feb 3, 2026, at 14:22, Desk <desk@example.com> wrote:\n\n> Does it?"
	for _, end := range []string{"\r\n", "\r"} {
		visible, hidden := email.Visible(strings.ReplaceAll(text, "\n", end))
		require.Equal(t, "Works.", visible)
		require.Contains(t, hidden, "> Does it?")
	}
}

func TestBlankTextHasNothingVisible(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "\n", " \r\n\t\n", "\u200b\n\ufeff"} {
		visible, hidden := email.Visible(s)
		require.Empty(t, visible)
		require.Empty(t, hidden)
	}
}

// pieces are the pieces of the mails of the property tests.
var pieces = append([]string{
	"Hello,", "it works now.", "On Monday I wrote to you:", "", "", "> quoted", ">> twice", "> On Feb 3, 2026, at 14:22, Desk <desk@example.com> wrote:", "-- ", "--", "---", "____________", "***", "```",
	"Kim Lee", "+44 20 7946 0000", "Sent from my iPhone", "Get Outlook for iOS", "-----Original Message-----", "---------- Forwarded message ---------", "Begin forwarded message:", "From: Desk <desk@example.com>",
	"Sent: Tuesday, February 3, 2026 14:22", "To: Kim", "Subject: Lamp", "Date: Tue, 3 Feb 2026", "*Von:* Desk <desk@example.de>", "## Please type your reply above this line ##", "- item", "1. item", "Regards,", "| bar",
	"To unsubscribe click here", "a\rb", "\u200b", "\xff\xfe", strings.Repeat("long ", 200), ">" + strings.Repeat("x", 700), "wrote:", "\u00a0", "https://example.com/", "<https://example.com/",
}, attributions...)

func TestVisibleLosesNoLine(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 30).Draw(t, "lines"), rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "end"))
		if problem := lost(text); problem != "" {
			t.Fatal(problem)
		}
	})
}

// lost returns a fault of Visible. The lines of the text must be in visible and hidden, in their
// order, each once, and visible must not be empty unless all lines are blank.
func lost(text string) string {
	visible, hidden := email.Visible(text)
	all, shown, rest := solid(text), solid(visible), solid(hidden)
	if len(all) > 0 && len(shown) == 0 {
		return "nothing is visible"
	}
	if len(all) != len(shown)+len(rest) {
		return "lines are lost or doubled"
	}
	if !within(shown, all) || !within(rest, all) {
		return "lines are not those of the text"
	}
	count := map[string]int{}
	for _, l := range all {
		count[l]++
	}
	for _, l := range append(shown, rest...) {
		count[l]--
		if count[l] < 0 {
			return "line twice: " + l
		}
	}
	return ""
}

// solid returns the lines that are not blank to a reader.
func solid(s string) (lines []string) {
	for l := range strings.SplitSeq(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"), "\n") {
		if seen, _ := email.Visible(l); seen != "" {
			lines = append(lines, l)
		}
	}
	return lines
}

// within reports whether lines stand in all, in the same order.
func within(lines, all []string) bool {
	for _, l := range all {
		if len(lines) > 0 && lines[0] == l {
			lines = lines[1:]
		}
	}
	return len(lines) == 0
}

// TestVisiblePartIsVisible applies Visible to the visible part of each mail. Nearly always the
// whole of it is visible. A forwarded message without its headers may hold a quotation of its own,
// so this is not guaranteed.
func TestVisiblePartIsVisible(t *testing.T) {
	t.Parallel()
	n, same := 0, 0
	for _, folder := range []string{"heldout", "clients"} {
		messages(t, folder, func(name, message, _ string) {
			if strings.HasSuffix(name, ".txt") {
				once, _ := email.Visible(message)
				twice, _ := email.Visible(once)
				n++
				if once == twice {
					same++
				} else {
					t.Logf("%s: %q, then %q", name, once, twice)
				}
			}
		})
	}
	t.Logf("%d of %d", same, n)
	require.GreaterOrEqual(t, same, n-2)
}

func FuzzVisible(f *testing.F) {
	for _, p := range pieces {
		f.Add(p + "\n\n" + p)
	}
	for _, folder := range []string{"heldout", "clients"} {
		for _, m := range mailsOf(f, folder) {
			f.Add(m)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		require.Empty(t, lost(text))
	})
}

func ExampleVisible() {
	visible, hidden := email.Visible(`Hello,

the blue one, please.

--
Kim Lee

On Tue, Feb 3, 2026 at 2:22 PM Shop <shop@example.com>
wrote:

> Which colour?
`)
	fmt.Println(visible)
	fmt.Println("=====")
	fmt.Println(hidden)
	// Output:
	// Hello,
	//
	// the blue one, please.
	// =====
	// --
	// Kim Lee
	//
	// On Tue, Feb 3, 2026 at 2:22 PM Shop <shop@example.com>
	// wrote:
	//
	// > Which colour?
}

func ExampleVisibleHTML() {
	fmt.Println(email.VisibleHTML(`<div>The <b>blue</b> one.</div><div class="gmail_quote"><div class="gmail_attr">Shop wrote:</div>` +
		`<blockquote class="gmail_quote">Which colour?</blockquote></div>`))
	// Output: The blue one.
}

func ExampleSanitizeHTML() {
	mail := `<p onclick="steal()">See
<a href="https://example.com/">this</a>:
<img src="cid:lamp" alt="lamp"> <img src="https://example.net/seen.gif"></p>`
	fmt.Println(email.SanitizeHTML(mail, &email.SanitizeConfig{
		CID: func(id string) (string, bool) { return "/files/" + id, id == "lamp" },
	}))
	// Output:
	// <p>See
	// <a href="https://example.com/" target="_blank" rel="noopener noreferrer nofollow">this</a>:
	// <img src="/files/lamp" alt="lamp"> <img></p>
}

func TestLinesThatAProgramBrokeOffAQuotationBelongToIt(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"English":                 "On Mon, 16 Nov 2026 at 10:00, Support <support@desk.example> wrote:\n> We have looked at the printer in the hall and found that the red lamp is\non because of the paper.\n> Please open the lid and take the paper out and then tell us whether it\nworks.",
		"German":                  "Am Montag, 16. November 2026 um 10:00 schrieb Support\n<support@desk.example>:\n> wir haben uns den Drucker in der Halle angesehen und bemerkt, dass die\nrote Lampe an ist.\n> Bitte nehmen Sie das Papier heraus und sagen Sie uns dann, ob auch die\nLampe aus ist.\n> Danke",
		"French":                  "Le lun. 16 nov. 2026 à 10:00, Support technique de la société Desk\n<support@desk.example> a\nécrit :\n> Nous avons regardé l'imprimante dans le hall et trouvé que la lampe\nrouge est allumée.\n> Merci",
		"Spanish":                 "El lun, 16 nov 2026 a las 10:00, Soporte de Desk (<support@desk.example>)\nescribió:\n> Hemos mirado la impresora de la sala y vimos que la luz roja está\nencendida por el papel.",
		"Russian":                 "пн, 16 нояб. 2026 г. в 10:00, Служба поддержки компании\n<support@desk.example>:\n> Мы посмотрели принтер в холле и обнаружили, что красная лампа всё ещё\nгорит из-за бумаги.",
		"Japanese":                "2026年11月16日(月) 10:00 サポート <support@desk.example>:\n> ホールのプリンターを確認したところ、赤いランプが点灯していることが分か\nりました。\n> 紙を取り除いてください。",
		"Dutch":                   "Op ma 16 nov 2026 om 10:00 schreef Support van Desk\n<support@desk.example>:\n> We hebben naar de printer in de hal gekeken en gezien dat de rode lamp\nbrandt door het papier.",
		"Polish":                  "pon., 16 lis 2026 o 10:00 Dział wsparcia firmy Desk <support@desk.example>\nnapisał(a):\n> Sprawdziliśmy drukarkę w holu i stwierdziliśmy, że czerwona lampka nadal\nświeci z powodu papieru.",
		"Portuguese, three lines": "Em seg., 16 de nov. de 2026 às 10:00, Suporte da Empresa Desk\n<\nsupport@desk.example> escreveu:\n> Vimos a impressora no corredor e percebemos que a luz vermelha continua\nacesa por causa do papel.",
		"in depth":                "On Mon, 16 Nov 2026 at 10:00, Support <support@desk.example> wrote:\n>> We have looked at the printer in the hall and found that the red lamp\nis on because of the paper.\n> I know",
	} {
		require.Equal(t, "It still fails.", first(email.Visible("It still fails.\n\n"+text)), name)
	}
	for name, text := range map[string]string{
		"an answer below a short line": "On 16 Nov 2026, Support <support@desk.example> wrote:\n> Does it work?\nno, it does not\n> Is it on?\nyes",
		"an answer to a long question": "On 16 Nov 2026, Support <support@desk.example> wrote:\n> Could you please tell us whether the red lamp of the printer is on?\nyes, since Friday\n> Thanks",
		"a capital after a long line":  "On 16 Nov 2026, Support <support@desk.example> wrote:\n> Could you please tell us whether the red lamp of the printer is on today\nNo.\n> Thanks",
	} {
		visible := first(email.Visible(text))
		for _, s := range []string{"no, it does not", "yes", "yes, since Friday", "No."} {
			if strings.Contains(text, "\n"+s) {
				require.Contains(t, visible, s, name)
			}
		}
	}
}

func first(visible, _ string) string { return visible }
