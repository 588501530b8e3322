package starter_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/classify/learned/starter"
)

// The embedded model is the one that tickets.csv and the present code make.
func TestTheModelIsCurrent(t *testing.T) {
	t.Parallel()
	if runtime.GOARCH != "amd64" {
		t.Skip("where multiplication and addition are fused, sums differ in their last bit")
	}
	dir := t.TempDir()
	text, err := os.ReadFile("tickets.csv")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "tickets.csv"), text, 0o644))
	here, err := filepath.Abs("train")
	require.NoError(t, err)
	program := filepath.Join(dir, "train")
	out, err := exec.Command("go", "build", "-o", program, here).CombinedOutput()
	require.NoError(t, err, string(out))
	train := exec.Command(program)
	train.Dir = dir
	out, err = train.CombinedOutput()
	require.NoError(t, err, string(out))
	want, err := os.ReadFile(filepath.Join(dir, "starter.model"))
	require.NoError(t, err)
	got, err := os.ReadFile("starter.model")
	require.NoError(t, err)
	require.True(t, string(want) == string(got), "run go generate in this folder: %s", out)
}

// On tickets outside of its training, written in another manner, it is far better than guessing,
// and its answers are right about as often as it says.
func TestTheModelIsOfUse(t *testing.T) {
	t.Parallel()
	m := starter.Model()
	rows := read(t, "heldout.csv")
	var answered, right, priorities, rightPriorities int
	var confidence float64
	for _, row := range rows {
		c, err := m.Classify(t.Context(), &helpdesk.ClassifyRequest{
			Subject: row.Subject, Text: classify.Clean(row.Body), Categories: helpdesk.DefaultCategories(),
		})
		if err != nil {
			require.ErrorIs(t, err, helpdesk.ErrAbstain)
			continue
		}
		answered++
		confidence += c.Confidence
		if c.Category == row.Category {
			right++
		}
		if c.Priority != 0 {
			priorities++
			if c.Priority.String() == row.Priority {
				rightPriorities++
			}
		}
	}
	t.Logf("%d tickets, %d answered, %d of them right (mean confidence %.2f); %d of %d priorities right",
		len(rows), answered, right, confidence/float64(answered), rightPriorities, priorities)
	require.Greater(t, answered, len(rows)*3/5)
	require.Greater(t, right, answered*7/10)
	require.Greater(t, rightPriorities, priorities*6/10)
}
