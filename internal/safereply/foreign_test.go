package safereply_test

import (
	"encoding/base64"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/safereply"
)

func TestForeignFindsWhatStandsOnlyInAnotherTicket(t *testing.T) {
	t.Parallel()
	others := []safereply.Other{{
		Texts: []string{
			"Cannot log in since 3 May", "My PIN is 4711, my account 88 20 13 and my card ends in 9021. I live at Elm Road 12.",
			"We set the new password Tr0ub4dor for you, Ms Okafor. Please clear the cache of your browser first.",
		},
		Names: []string{"Adaeze Okafor", "adaeze@post.example"},
	}}
	own := []string{"Cannot log in", "I am Kim. Error 0x80070005 after version 9021 was installed. Your guide says: please open the settings of the app first."}
	b64 := base64.StdEncoding.EncodeToString
	for reply, foreign := range map[string]bool{
		"Please clear the cache and log in again.":                   false,
		"Hello Kim, error 0x80070005 means that a right is missing.": false,
		"Version 9021 has this fault.":                               false,
		"Please open the settings of the app first. Then log in.":    false,
		"It takes 12 hours.":                                         false,
		"":                                                           false,
		"Your PIN is 4711.":                                          true,
		"Your PIN is 4 7 1 1.":                                       true,
		"Your PIN is 4-7-1-1.":                                       true,
		"Your PIN is four seven one one, that is ４７１１.":              true,
		"Your account is 882013.":                                    true,
		"Your account is 8 8 2 0 1 3.":                               true,
		"The new password is tr0ub4dor.":                             true,
		"Hello Ms Okafor, please log in again.":                      true,
		"Hello O k a f o r, please log in again.":                    true,
		"Hello OKAFOR":                                               true,
		"Write to adaeze, she knows.":                                true,
		"Please clear the cache of your browser first. Then log in.": true,
		"please clear THE cache, of your browser first":              true,
		"Use " + b64([]byte("4711")) + " to log in.":                 true,
		"Use " + b64([]byte("Okafor has 882013")) + " to log in.":    true,
		"Use " + base64.RawURLEncoding.EncodeToString([]byte("PIN 4711?>")) + " now.": true,
	} {
		require.Equal(t, foreign, safereply.Foreign(reply, own, others), reply)
	}
	require.False(t, safereply.Foreign("Your PIN is 4711.", own, nil), "no other ticket was shown")
}

func TestToAgentFindsNotesToTheAgent(t *testing.T) {
	t.Parallel()
	for reply, found := range map[string]bool{
		"Internal note to agent: the customer is in arrears.": true,
		"Note for the support team: offer a refund.":          true,
		"Dear agent, please check the account.":               true,
		"Interne Notiz: nicht erstatten.":                     true,
		"Hinweis an den Mitarbeiter: bitte prüfen":            true,
		"Suggested reply: hello":                              true,
		"Hello Kim, please log in again.":                     false,
		"Our agent called you twice today.":                   false,
		"Please leave a note for the driver.":                 false,
	} {
		require.Equal(t, found, safereply.ToAgent(reply), reply)
	}
}

func FuzzForeign(f *testing.F) {
	f.Add("Your PIN is 4 7 1 1", "My PIN is 4711")
	f.Fuzz(func(t *testing.T, reply, text string) {
		others := []safereply.Other{{Texts: []string{text}}}
		if safereply.Foreign(reply, []string{text}, others) {
			t.Error("what stands in the own text is not foreign")
		}
		if safereply.Foreign(reply, nil, nil) {
			t.Error("there is no other ticket")
		}
	})
}
