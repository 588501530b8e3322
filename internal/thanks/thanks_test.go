package thanks_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/thanks"
)

func TestMere(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"Thanks, that works now!", "thanks", "Thank you so much!", "Thank you very much, Ana", "👍", "👍🏽 Thanks!", "Works again. Cheers",
		"Hi Ana,\n\nthanks for the quick help!\n\nBest regards\nKim", "Perfect, thank you.", "It's working now, you can close the ticket.",
		"Vielen Dank, jetzt funktioniert es wieder!", "Danke!", "Hallo Ana,\nvielen Dank für die schnelle Hilfe.\nViele Grüße Kim", "Super, klappt. Danke",
		"Merci beaucoup, ça marche !", "Muchas gracias, ya funciona", "Grazie mille", "Muito obrigado!", "Hartelijk dank voor de hulp", "Dziękuję bardzo",
		"Tack så mycket!", "Mange tak for hjælpen", "Kiitos paljon", "Děkuji moc", "Çok teşekkürler", "Спасибо большое!", "Дуже дякую",
		"ありがとうございました。", "谢谢你！", "감사합니다", "ขอบคุณครับ",
	} {
		require.True(t, thanks.Mere(s), s)
	}
	for _, s := range []string{
		"", "   ", "ok", "Hi", "Thanks, but it still does not work", "Thanks. And how do I get my money back?", "Thanks, it is back again",
		"Thanks! One more thing: the second printer", "It works, except on Mondays", "Danke, aber es geht nicht", "Danke, geht immer noch nicht",
		"Merci, mais ça ne marche pas", "Gracias, pero no funciona", "Thank you for nothing", "Thanks for your help, it broke again", "It does not work.",
		"Thanks, order 4711", "Thanks, see https://example.com/a", "thanks thanks refund please", "I can't thank you", "谢谢你，但是不行", "ありがとうございます。まだ動きません",
		"no thanks", "Thanks. It is back", "Thanks, it has that again", "Thanks, cancel my account", "works?", "It never worked", "Thanks, Kim Smith Printer Jams",
		"The problem is that it works now and then it has the issue again and you have to help us all again and again for all of the day and all of the weekend, thanks a lot for all your help and support with the problem and the issue",
	} {
		require.False(t, thanks.Mere(s), s)
	}
}

func FuzzMere(f *testing.F) {
	f.Add("Thanks, that works now!")
	f.Add("谢谢\n'")
	f.Fuzz(func(t *testing.T, s string) {
		if thanks.Mere(s) {
			require.False(t, thanks.Mere(s+" but"), s)
			require.False(t, thanks.Mere(s+"?"), s)
		}
	})
}
