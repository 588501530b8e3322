package noaddress_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/noaddress"
)

func TestAddressesAreTakenOutOfTexts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"mail to kim@mail.example refused: 550 <Kim@mail.example>: no such user": "mail to (address) refused: 550 <(address)>: no such user",
		`for ["ann.o'hara+x@mail.example" "l\u00e9a@mail.example"]: late`:        `for ["(address)" "(address)"]: late`,
		"kim%40mail.example": "(address)",
		"at 12:30 @ noon":    "at 12:30 @ noon",
		"":                   "",
	} {
		require.Equal(t, want, noaddress.In(text))
	}
	require.Equal(t, "to (address)", noaddress.Error(errors.New("to kim@mail.example")))
	require.Empty(t, noaddress.Error(nil))
}
