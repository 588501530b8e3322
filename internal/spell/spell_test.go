package spell_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/spell"
)

func TestDurationsAreWrittenToTheSecond(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "0s", 400 * time.Millisecond: "0s", 45 * time.Second: "45s", 90 * time.Minute: "1h 30m",
		51 * time.Hour: "2d 3h", -time.Minute: "-1m",
	} {
		require.Equal(t, want, spell.Duration(d))
	}
}
