package bunstore

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestElementsOfAnArray(t *testing.T) {
	t.Parallel()
	e := elementsOf([]byte(` [ "a" , "b\"],\\", -7,
 null, ["x", [1, "]"]] ,[],[ "y\u00e4" ], {"k": "}"}, "" ] `))
	var some, none, escaped []string
	require.Equal(t, "a", e.text())
	require.Equal(t, `b"],\`, e.text())
	require.Equal(t, int64(-7), e.number())
	require.Zero(t, e.at())
	require.Equal(t, `["x", [1, "]"]]`, string(e.next()))
	e.list(&none)
	e.list(&escaped)
	require.Nil(t, none)
	require.Equal(t, []string{"yä"}, escaped)
	require.Equal(t, `{"k": "}"}`, string(e.next()))
	require.Empty(t, e.text())
	require.NoError(t, e.err)
	require.Nil(t, e.next())
	for _, bad := range []string{"", "{}", `["a`, `["a", [1]`, `[a]`, `[7.5]`} {
		e := elementsOf([]byte(bad))
		e.text()
		e.list(&some)
		require.Error(t, e.err, bad)
		require.Nil(t, e.next())
	}
	e = elementsOf([]byte(`["x"]`))
	require.Zero(t, e.number())
	require.Error(t, e.err)
}
