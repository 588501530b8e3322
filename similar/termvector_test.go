package similar_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk/similar"
)

func TestTermVectorSurvivesItsBinaryForm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := similar.TermVectorOf(rapid.String().Draw(t, "subject"), rapid.String().Draw(t, "text"))
		data, err := b.MarshalBinary()
		require.NoError(t, err)
		var got similar.TermVector
		require.NoError(t, got.UnmarshalBinary(data))
		require.Equal(t, b, got)
		require.True(t, slices.IsSorted(b.Terms))
		require.LessOrEqual(t, len(b.Terms), 1000)
	})
}

// TestBucketsKeepWhatAScoreNeeds: the texts of one bucket have about the same length, and a longer
// text or another occurrence of a term never leads to a lower bucket.
func TestBucketsKeepWhatAScoreNeeds(t *testing.T) {
	t.Parallel()
	bucket := func(count uint8, length int) similar.TermBucket {
		b := similar.TermVector{Terms: []similar.Term{1}, Counts: []uint8{count}, Length: length}
		return b.Bucket(0)
	}
	rapid.Check(t, func(t *rapid.T) {
		count, length := rapid.Uint8Range(1, 255).Draw(t, "count"), rapid.IntRange(1, 1<<20).Draw(t, "length")
		require.LessOrEqual(t, bucket(count, length), bucket(count, length+1))
		require.LessOrEqual(t, bucket(count, length), bucket(max(count, count+1), length))
		if length >= 4 && length < 1<<15 {
			require.NotEqual(t, bucket(count, length), bucket(count, length+length/4+1), "a quarter longer")
		}
	})
	require.Equal(t, bucket(3, 10), bucket(4, 10), "a word of the subject that is in the text as well")
	require.NotEqual(t, bucket(1, 10), bucket(2, 10))
}

func FuzzTermVectorFromBytes(f *testing.F) {
	f.Add([]byte{})
	data, _ := similar.TermVectorOf("printer jam", "again").MarshalBinary()
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		var b similar.TermVector
		if b.UnmarshalBinary(data) != nil {
			return
		}
		again, err := b.MarshalBinary()
		require.NoError(t, err)
		require.Equal(t, data, again)
	})
}

func TestTermVectorsOfOneMeaningMeet(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		meet int
	}{
		{"printers", "Printer", 1},
		{"queries", "QUERY", 1},
		{"status", "statu", 0},
		{"class", "clas", 0},
		{"größe", "GRÖSSE", 0},
		{"プリンターが動かない", "プリンター", 4},
		{"東京A棟", "東京 a", 2},
		{"SQL' OR 1=1; --", "sql", 1},
		{"", "x", 0},
	} {
		a, b := similar.TermVectorOf("", c.a), similar.TermVectorOf("", c.b)
		meet := 0
		for _, term := range a.Terms {
			meet += b.Count(term)
		}
		require.Equal(t, c.meet, meet, "%q and %q", c.a, c.b)
	}
	subject := similar.TermVectorOf("paper jam", "")
	require.Len(t, subject.Terms, 2)
	require.Equal(t, 6, subject.Length)
}

func TestAFormAddsNoTermsToAVector(t *testing.T) {
	t.Parallel()
	filled := "<!-- Thank you -->\n### Steps to reproduce\n\nThe kiln is cold.\n\n- [ ] Windows\n### Version\n_No response_\n```\nx := 1\n```"
	require.Equal(t, similar.TermVectorOf("Kiln", "The kiln is cold."), similar.TermVectorOf("Kiln", filled))
}
