package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// evaluate runs the command and returns what it printed.
func evaluate(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out, diag bytes.Buffer
	err := run(t.Context(), args, &out, &diag)
	require.Empty(t, diag.String(), "no progress bar where there is no terminal")
	return out.String(), err
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

// office is a file of two kinds of tickets and one without a label, with its columns in an unusual
// order.
func office(t *testing.T) string {
	var b strings.Builder
	b.WriteString("category,body,id,priority,subject\n,nothing to say,x,,\n")
	for i := range 40 {
		fmt.Fprintf(&b, "billing,\"the invoice of month %d is wrong, please refund\",b%d,medium,invoice\n", i, i)
		fmt.Fprintf(&b, "account,I forgot my password number %d and cannot login,a%d,high,login\n", i, i)
	}
	return write(t, "tickets.csv", b.String())
}

func TestItScoresTheLearnedClassifier(t *testing.T) {
	t.Parallel()
	file := office(t)
	out, err := evaluate(t, "-data", file, "-json")
	require.NoError(t, err)
	var got map[string]any
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	for _, key := range []string{"n", "accuracy", "macro_f1", "ece", "abstained", "tickets_per_second", "train_seconds", "model_bytes"} {
		require.Contains(t, got, key)
	}
	require.EqualValues(t, 80, got["n"], "what has no label is left out")
	require.EqualValues(t, 1, got["accuracy"])
	require.EqualValues(t, 5, got["folds"])
	text, err := evaluate(t, "-data", file, "-train", office(t), "-label", "priority")
	require.NoError(t, err)
	require.Contains(t, text, "macro-F1")
}

func TestItScoresTheKeywords(t *testing.T) {
	t.Parallel()
	out, err := evaluate(t, "-data", office(t), "-classifier", "keywords", "-json")
	require.NoError(t, err)
	var got struct {
		N        int
		Accuracy float64
	}
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	require.Equal(t, 80, got.N)
	require.Greater(t, got.Accuracy, 0.9)
}

func TestItScoresSimilarTickets(t *testing.T) {
	t.Parallel()
	for _, store := range []string{"memory", "sqlite"} {
		out, err := evaluate(t, "-data", office(t), "-similar", write(t, "pairs.json", `{"b1":["b2","b3"],"a1":["b7"]}`), "-store", store, "-json")
		require.NoError(t, err)
		var got map[string]any
		require.NoError(t, json.Unmarshal([]byte(out), &got))
		require.EqualValues(t, 2, got["n"])
		require.EqualValues(t, 0, got["recall_at_1"].(float64)*0, "there is a number")
		require.LessOrEqual(t, got["recall_at_10"], 0.5, "no question of money is like one of a password")
		require.Contains(t, got, "mrr_at_10")
	}
}

func TestMistakesAreNamed(t *testing.T) {
	t.Parallel()
	for problem, args := range map[string][]string{
		"magic":    {"-data", office(t), "-classifier", "magic"},
		"colour":   {"-data", office(t), "-label", "colour"},
		"not-here": {"-data", "not-here.csv"},
		"data":     {},
		"category": {"-data", write(t, "x.csv", "id,body\n1,hello\n")},
	} {
		_, err := evaluate(t, args...)
		require.ErrorContains(t, err, problem)
	}
	_, err := evaluate(t, "-data", office(t), "-seed", "x")
	var usage *usageError
	require.True(t, errors.As(err, &usage))
}
