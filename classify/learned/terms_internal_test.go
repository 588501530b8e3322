package learned

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAFormAddsNoTerms(t *testing.T) {
	t.Parallel()
	terms := func(text string) (list []term) {
		var r reader
		r.read("", text, func(t term, _ int, _ uint8) { list = append(list, t) })
		return list
	}
	filled := "<!-- Thank you -->\n### Steps to reproduce\n\nThe kiln is cold.\n\n- [ ] Windows\n### Version\n_No response_\n```\nx := 1\n```"
	require.NotEmpty(t, terms("The kiln is cold."))
	require.Equal(t, terms("The kiln is cold."), terms(filled))
}
