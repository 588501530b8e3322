package learned_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify/learned"
)

func TestReplaceTakesTheFirstModelWhenItBeatsGuessing(t *testing.T) {
	t.Parallel()
	o := newOffice(1, 4, 0.1)
	list := o.tickets(300)
	m, better, why, err := learned.Replace(t.Context(), nil, list, nil)
	require.NoError(t, err)
	require.True(t, better, why.Reason)
	require.Equal(t, trained(t, list, nil).Version(), m.Version(), "it is trained on everything")
	require.Equal(t, 240, why.Trained)
	require.Equal(t, 60, why.Held)
	require.Zero(t, why.Left)
	require.Less(t, why.Category.New.LogLoss, why.Category.Old.LogLoss)
	require.InDelta(t, why.Category.Gain, why.Category.Old.LogLoss-why.Category.New.LogLoss, 1e-9)
	require.Positive(t, why.Category.Error)
	require.Greater(t, why.Category.New.Accuracy, why.Category.Old.Accuracy)
}

func TestReplaceKeepsNothingLearntFromNoise(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	taken := 0
	for seed := range uint64(20) {
		m, better, why, err := learned.Replace(t.Context(), nil, newOffice(seed, 4, 1).tickets(200), nil)
		require.NoError(t, err)
		if better {
			taken++
			continue
		}
		require.Nil(t, m)
		require.NotEmpty(t, why.Reason)
	}
	require.LessOrEqual(t, taken, 3, "two labels, each by chance once in 44 times")
}

func TestReplaceKeepsAModelThatIsAsGood(t *testing.T) {
	t.Parallel()
	o := newOffice(2, 3, 0.2)
	o.tickets(1) // advances the random numbers
	old := trained(t, o.tickets(600), nil)
	m, better, why, err := learned.Replace(t.Context(), old, o.tickets(200), nil)
	require.NoError(t, err)
	require.False(t, better, why.Reason)
	require.Same(t, old, m)
	require.InDelta(t, 40, why.Held, 1, "one in three hundred is taken for a text that old knows")
}

func TestReplaceTakesAModelThatKnowsMore(t *testing.T) {
	t.Parallel()
	o := newOffice(3, 4, 0.1)
	early := o.tickets(40)
	old := trained(t, early, nil)
	m, better, why, err := learned.Replace(t.Context(), old, append(early, o.tickets(600)...), nil)
	require.NoError(t, err)
	require.True(t, better, why.Reason)
	require.NotSame(t, old, m)
	require.Equal(t, 640, m.Info().Examples)
	require.Equal(t, o.since, m.Info().Newest)
}

// A new category is a desk's reason to replace its model.
func TestReplaceLearnsANewCategory(t *testing.T) {
	t.Parallel()
	o := newOffice(4, 3, 0)
	old := trained(t, o.tickets(300), nil)
	o.categories = 4
	m, better, why, err := learned.Replace(t.Context(), old, o.tickets(300), nil)
	require.NoError(t, err)
	require.True(t, better, why.Reason)
	require.Contains(t, m.Info().Categories, name(3))
}

func TestReplaceDoesNotAskTheOldModelWhatItLearnt(t *testing.T) {
	t.Parallel()
	o := newOffice(5, 4, 0.1)
	list := o.tickets(400)
	// A poor model, but it was trained on a quarter of the newest.
	old := trained(t, list[380:], nil)
	_, _, why, err := learned.Replace(t.Context(), old, list, nil)
	require.NoError(t, err)
	require.GreaterOrEqual(t, why.Left, 20)
	require.LessOrEqual(t, why.Left, 24)
	require.Equal(t, 80, why.Held+why.Left)

	all := trained(t, list, nil)
	m, better, why, err := learned.Replace(t.Context(), all, list, nil)
	require.NoError(t, err)
	require.False(t, better)
	require.Same(t, all, m)
	require.Zero(t, why.Held)
	require.Contains(t, why.Reason, "fewer than")
}

func TestReplaceLeavesOutTextsThatRepeatOlderOnes(t *testing.T) {
	t.Parallel()
	list := newOffice(6, 3, 0).tickets(200)
	for i := range 40 {
		list[160+i].Subject, list[160+i].Text = list[i].Subject, list[i].Text
	}
	_, better, why, err := learned.Replace(t.Context(), nil, list, nil)
	require.NoError(t, err)
	require.False(t, better)
	require.Equal(t, 40, why.Left)
}

func TestReplaceGoesByTimeNotByOrder(t *testing.T) {
	t.Parallel()
	o := newOffice(7, 3, 0)
	list := o.tickets(200)
	backwards := slices.Clone(list)
	slices.Reverse(backwards)
	_, _, want, err := learned.Replace(t.Context(), nil, list, nil)
	require.NoError(t, err)
	_, _, got, err := learned.Replace(t.Context(), nil, backwards, nil)
	require.NoError(t, err)
	require.Equal(t, want, got)
	// The newest fifth has labels that contradict the others, so the new model must do badly on
	// them.
	for i := range 40 {
		list[160+i].Category = name((i + 1) % 3)
		list[160+i].At = o.since.Add(time.Hour)
	}
	_, _, why, err := learned.Replace(t.Context(), nil, list, nil)
	require.NoError(t, err)
	require.Less(t, why.Category.New.Accuracy, 0.7)
}

func TestReplaceRefusesGainOnOneLabelForLossOnTheOther(t *testing.T) {
	t.Parallel()
	o := newOffice(8, 4, 0)
	old := trained(t, o.tickets(600), nil)
	list := o.tickets(300)
	// Categories have moved; priorities are random except for the newest.
	for i := range list {
		list[i].Category = name((int(list[i].Category[len(list[i].Category)-1]-'0') + 1) % 4)
		if i < 240 {
			list[i].Priority = helpdesk.Priorities[o.chance.IntN(2)]
		}
	}
	m, better, why, err := learned.Replace(t.Context(), old, list, nil)
	require.NoError(t, err)
	require.False(t, better)
	require.Same(t, old, m)
	require.Greater(t, why.Category.Gain, 2*why.Category.Error)
	require.Equal(t, "it is worse on priorities", why.Reason)
}

func TestReplaceWithTooFewExamplesKeepsWhatIsThere(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 2, 4, 5, 50} {
		m, better, why, err := learned.Replace(t.Context(), nil, newOffice(9, 2, 0).tickets(n), nil)
		require.NoError(t, err)
		require.False(t, better)
		require.Nil(t, m)
		require.NotEmpty(t, why.Reason)
	}
}
