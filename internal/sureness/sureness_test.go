package sureness_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/sureness"
)

func TestAReplyIsSentEditedOrUnused(t *testing.T) {
	t.Parallel()
	const suggested = "Hello [NAME], we have paid the amount back to your card today."
	for sent, want := range map[string]sureness.Use{
		"Hello Carol, WE have paid the amount back to your card today!":                                      sureness.Sent,
		"Hello Carol, we have paid it back to your account on Friday.":                                       sureness.Edited,
		"Please send us the number of your order.":                                                           sureness.Unused,
		suggested + " And now for something else: nobody here has any idea of what you want from us at all.": sureness.Edited,
	} {
		use, _ := sureness.UseOf(suggested, sent)
		require.Equal(t, want, use, sent)
	}
	_, like := sureness.UseOf("one two [NAME] three four", "ONE, two and five")
	require.Equal(t, 0.5, like)
}

func TestTheLevelIsTheLowerEndOfTheInterval(t *testing.T) {
	t.Parallel()
	for want, tally := range map[sureness.Level][]sureness.Tally{
		sureness.Unknown: {{}, {Sent: 19, Of: 19}, {Sent: 13, Of: 20}, {Sent: 160, Of: 300}},
		sureness.Medium:  {{Sent: 15, Of: 20}, {Sent: 19, Of: 20}, {Sent: 250, Of: 300}},
		sureness.High:    {{Sent: 20, Of: 20}, {Sent: 255, Of: 300}},
	} {
		for _, one := range tally {
			require.Equal(t, want, one.Level(), "%d of %d", one.Sent, one.Of)
		}
	}
	var long sureness.Tally
	for range 1000 {
		long.Add(true)
	}
	require.Equal(t, sureness.Tally{Sent: 300, Of: 300}, long)
}
