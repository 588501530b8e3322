package classify_test

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
)

// Each text ends with a quotation or a signature; "Mine." is the writer's own.
func TestCleanStripsQuotesAndSignatures(t *testing.T) {
	t.Parallel()
	for _, below := range []string{
		"> Old words\n> more of them",
		">Old words",
		"On Mon, 3 Feb 2026 at 10:11, Jane Doe <jane@example.com> wrote:\n> Old words\n>> older words",
		"On Mon, 3 Feb 2026 at 10:11, Jane Doe <jane@example.com> wrote:\n\n> Old words\n>> older words",
		"On Monday, February 3rd, 2026 at 10:11 AM, Jane Doe the Second of Somewhere\n<jane@example.com> wrote:\n\nOld words",
		"Am Mo., 3. Feb. 2026 um 10:11 Uhr schrieb Jane Doe <jane@example.com>:\n\nOld words",
		"Am 03.02.2026 um 10:11 schrieb Jane Doe:\n> Old words",
		"Le lun. 3 févr. 2026 à 10:11, Jane Doe <jane@example.com> a écrit :\n\nOld words",
		"El lun, 3 feb 2026 a las 10:11, Jane Doe (<jane@example.com>) escribió:\n\nOld words",
		"Em seg., 3 de fev. de 2026 às 10:11, Jane Doe <jane@example.com> escreveu:\n\nOld words",
		"Il giorno lun 3 feb 2026 alle ore 10:11 Jane Doe <jane@example.com> ha scritto:\n\nOld words",
		"Op ma 3 feb 2026 om 10:11 schreef Jane Doe <jane@example.com>:\n\nOld words",
		"W dniu 3.02.2026 o 10:11, Jane Doe pisze: napisał(a):\n> Old words",
		"pon., 3 lut 2026 o 10:11 Jane Doe <jane@example.com> napisał(a):\n\nOld words",
		"From: Jane Doe <jane@example.com>\nSent: Monday, 3 February 2026 10:11\nTo: Support\nSubject: Old\n\nOld words",
		"________________________________\nFrom: Jane Doe\nDate: 3 February 2026\nTo: Support\n\nOld words",
		"*From:* Jane Doe\n*Sent:* 3 February 2026\n*To:* Support\n\nOld words",
		"Von: Jane Doe\nGesendet: 3. Februar 2026\nAn: Support\nBetreff: Old\n\nOld words",
		"De : Jane Doe\nEnvoyé : 3 février 2026\nÀ : Support\nObjet : Old\n\nOld words",
		"De: Jane Doe\nEnviado el: 3 feb 2026\nPara: Support\nAsunto: Old\n\nOld words",
		"De: Jane Doe\nEnviada em: 3 fev 2026\nPara: Support\nAssunto: Old\n\nOld words",
		"Da: Jane Doe\nInviato: 3 febbraio 2026\nA: Support\nOggetto: Old\n\nOld words",
		"Van: Jane Doe\nVerzonden: 3 februari 2026\nAan: Support\nOnderwerp: Old\n\nOld words",
		"-----Original Message-----\nOld words",
		"-------- Ursprüngliche Nachricht --------\nOld words",
		"---- Message d'origine ----\nOld words",
		"-- \nJane Doe\nOld words Inc.",
		"--\nJane Doe",
		"Sent from my iPhone",
		"Get Outlook for Android",
		"Von meinem iPhone gesendet",
		"Gesendet mit der Telekom Mail App auf meinem Android",
		"Envoyé de mon iPhone",
		"Enviado desde mi Samsung Galaxy",
		"Enviado do meu iPhone",
		"Inviato da iPhone",
		"Verstuurd vanaf mijn iPhone",
		"Wysłane z iPhone'a",
		"-- \nJane\n\nOn Mon, 3 Feb 2026 at 10:11, Joe <joe@example.com> wrote:\n> Old words",
	} {
		for _, end := range []string{"\n", "\r\n"} {
			text := strings.ReplaceAll("Mine.\n\n"+below+"\n", "\n", end)
			require.Equal(t, "Mine.", classify.Clean(text), "%s", below)
		}
	}
}

func TestCleanKeepsWhatTheWriterWrote(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"> all of it is quoted",
		"-- \nonly a signature",
		"Sent from my iPhone",
		"-----Original Message-----\nIt broke.",
		"From: Jane\nSent: today\nTo: me\n\nIt broke.",
		"On Monday you wrote:\nit works. It does not.",
		"On 3 February 2026 at 10:11 your colleague wrote:\nI may keep it. May I?",
		"Sent from the wrong account, sorry: please look at my iPhone order.",
		"From: Berlin\nTo: Paris\nPrice: 20",
		"a -- b\n--- \n- one\n- two",
		"FYI\n---------- Forwarded message ---------\nYour parcel is lost.",
		"--\n" + strings.Repeat("a long report\n", 20) + "ends",
		"first part\n--\n" + strings.Repeat("a long report\n", 20) + "ends",
		"",
	} {
		require.Equal(t, strings.TrimSpace(text), classify.Clean(text))
	}
	require.Equal(t, "I answer between.\n\nNo.\n\nYes.", classify.Clean(
		"I answer between.\nOn Mon, 3 Feb 2026 at 10:11, Jane <jane@example.com> wrote:\n> Does it work?\n\nNo.\n\n> Is it on?\nYes."))
	require.Equal(t, "> It broke.", classify.Clean("> It broke.\n-- \nJane"), "a signature alone says less than the quotation above it")
}

func TestWhatAFirstMailIsAboutIsRead(t *testing.T) {
	t.Parallel()
	forward := "Please check.\n\nFrom: Joe <joe@third.example>\nSent: Monday, 16 November 2026 09:00\nTo: Kim\nSubject: Leak\n\nThere is a leak in hall 3.\n\n> and water"
	require.Equal(t, forward, classify.CleanFrom(helpdesk.SourceEmail, forward))
	require.Equal(t, "Please check.", classify.CleanFrom(helpdesk.SourceAPI, forward))
	require.Equal(t, "Sent from work.", classify.CleanFrom(helpdesk.SourceEmail, "Sent from work.\n-- \nKim"))
	read := &fakeReader{}
	_, err := classify.Normalize(read).Classify(t.Context(), &helpdesk.ClassifyRequest{Source: helpdesk.SourceEmail, Text: forward})
	require.NoError(t, err)
	require.Equal(t, forward, read.text)
}

// fakeReader is a classifier that keeps the text it was given.
type fakeReader struct{ text string }

func (f *fakeReader) Classify(_ context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	f.text = r.Text
	return &helpdesk.Classification{}, nil
}

func TestCleanDropsWhatIsNotSeen(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"He\u200bl\u2060p\ufeff":          "Help",
		"a\u202eb\u2066c\u2069":           "abc",
		"x\U000E0069\U000E0067\U000E006e": "x",
		"ok\ufe0f \U000E0101":             "ok",
		"a\x00\x1b[31md\x7f":              "a[31md",
		"a\u3164b\uffa0c\u115fd\u034fe":   "abcde",
		"ｓｙｓｔｅｍ　ｄｏｗｎ":                     "system down",
		"ﬁle №5 ²":                        "file No5 2",
		"a\u2028b\vc\u0085d":              "a\nb\nc\nd",
		"a\xffb":                          "a\uFFFDb",
		"tab\there":                       "tab\there",
	} {
		require.Equal(t, want, classify.Clean(text), "%+q", text)
	}
}

func TestCleanCutsToHeadAndTail(t *testing.T) {
	t.Parallel()
	head, tail := strings.Repeat("ä", 4500), strings.Repeat("ö", 1500)
	require.Equal(t, head+tail, classify.Clean(head+tail), "6,000 characters stay whole")
	cut := classify.Clean(head + "mm" + tail)
	require.Equal(t, head+"\n[2 characters left out]\n"+tail, cut)
	require.Equal(t, cut, classify.Clean(cut), "what was cut is not cut again")
}

func TestCleanedTextIsShortVisibleAndNFKC(t *testing.T) {
	t.Parallel()
	line := rapid.SampledFrom([]string{"> quoted", "--", "-- ", "", "Mine", "-----Original Message-----", "From: a", "Sent: b", "To: c",
		"On 3 Feb 2026 at 10:11, J <j@example.com> wrote:", "Sent from my iPhone", strings.Repeat("ü", 3000)})
	any := rapid.OneOf(rapid.Map(rapid.SliceOf(line), func(l []string) string { return strings.Join(l, "\n") }), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		text := any.Draw(t, "text")
		clean := classify.Clean(text)
		require.LessOrEqual(t, utf8.RuneCountInString(clean), 6000+len("\n[123456789 characters left out]\n"))
		require.True(t, utf8.ValidString(clean))
		require.True(t, norm.NFKC.IsNormalString(clean))
		require.NotContains(t, clean, "\r")
		if strings.ContainsAny(text, "abcdefghijklmnopqrstuvwxyzü") {
			require.NotEmpty(t, clean)
		}
	})
}

// Code that read such a text again and again would run into the timeout of the tests.
func TestCleanOfHostileTextEnds(t *testing.T) {
	t.Parallel()
	for _, unit := range []string{"> ", "\n", "--\n", "on 1999 ", "On 1999 <a@b.c> wrote:\n", "From: x\n", "-----Original Message-----\n", "\ufdfa", "a\u0301", "Sent from my "} {
		clean := classify.Clean(strings.Repeat(unit, 1<<16/len(unit)))
		require.LessOrEqual(t, utf8.RuneCountInString(clean), 6100, "%q", unit)
	}
}

// seen is a Classifier that keeps the request it got.
type seen struct {
	asked  *helpdesk.ClassifyRequest
	answer helpdesk.Classification
	err    error
}

func (s *seen) Classify(_ context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	s.asked = r
	return &s.answer, s.err
}

func TestNormalizeCleansACopy(t *testing.T) {
	t.Parallel()
	request := func() *helpdesk.ClassifyRequest {
		return &helpdesk.ClassifyRequest{
			Tenant: "acme", Ticket: "7Q2", Subject: "Ｈelp\u200b\r\n me", Text: "It broke.\n> Hello", Categories: helpdesk.DefaultCategories(), Last: true,
			Similar: []helpdesk.Solved{{Ticket: "6A1", Ref: "H-1", Subject: "Ｏld", Text: "Was broken.\n> Hi", Resolution: "Restart.\n-- \nJane", Score: 2}},
		}
	}
	r := request()
	inner := &seen{answer: helpdesk.Classification{Category: helpdesk.Billing}}
	c := classify.Normalize(inner)
	got, err := c.Classify(t.Context(), r)
	require.NoError(t, err)
	require.Equal(t, &helpdesk.Classification{Category: helpdesk.Billing}, got)
	require.Equal(t, request(), r, "the request given is not changed")
	want := request()
	want.Subject, want.Text = "Help me", "It broke."
	want.Similar[0].Subject, want.Similar[0].Text, want.Similar[0].Resolution = "Old", "Was broken.", "Restart."
	require.Equal(t, want, inner.asked)
	require.Equal(t, helpdesk.Classifier(inner), c.(interface{ Unwrap() helpdesk.Classifier }).Unwrap())

	inner.err = helpdesk.ErrAbstain
	_, err = c.Classify(t.Context(), r)
	require.ErrorIs(t, err, helpdesk.ErrAbstain)
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"> a\nb", "On 3 Feb 2026, J wrote:\n> x", "-- \nme", "From: a\nSent: b\nTo: c", "a\u200b\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		clean := classify.Clean(s)
		if !utf8.ValidString(clean) {
			t.Fatalf("%q is not UTF-8", clean)
		}
		if c := classify.Clean("Mine.\n" + s); !strings.HasPrefix(c, "Mine.") {
			t.Fatalf("%q hides the first line: %q", s, c)
		}
	})
}
