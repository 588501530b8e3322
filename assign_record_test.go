package helpdesk_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

// The ranking is recorded with each assignment, so it is short. Events of older versions are read.
func TestARankingIsRecordedAsShortLists(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, time.March, 2, 9, 0, 0, 123456000, time.UTC)
	for _, c := range []struct {
		data           helpdesk.AssignmentData
		written, older string
	}{
		{
			helpdesk.AssignmentData{Eligible: 2, Ranked: []helpdesk.Standing{
				{Agent: "ana", Open: 3, Capacity: 10, LastAssigned: at, Brings: "general 3"},
				{Agent: "ben", Open: 4, Capacity: 10, Knows: true},
				{Agent: "cem", Capacity: 5, LastAssigned: at},
			}},
			`{"eligible":2,"ranked":[["ana",3,10,1772442000123456,0,"general 3"],["ben",4,10,0,1],["cem",0,5,1772442000123456]]}`,
			`{"eligible":2,"ranked":[{"agent":"ana","open":3,"capacity":10,"last_assigned":"2026-03-02T09:00:00.123456Z","brings":"general 3"},
{"agent":"ben","open":4,"capacity":10,"knows":true},{"agent":"cem","open":0,"capacity":5,"last_assigned":"2026-03-02T09:00:00.123456Z"}]}`,
		},
		{
			helpdesk.AssignmentData{Manual: true, Over: true, Ranked: []helpdesk.Standing{{Agent: "ana", Open: 10, Capacity: 10}}, Excluded: []helpdesk.Excluded{
				{Why: "away", Agents: []helpdesk.AgentID{"cem"}}, {Why: "lacks billing", Agents: []helpdesk.AgentID{"dan", "eva"}, More: 7},
			}},
			`{"manual":true,"over":true,"ranked":[["ana",10,10]],"excluded":[["away",["cem"]],["lacks billing",["dan","eva"],7]]}`,
			`{"manual":true,"over":true,"ranked":[{"agent":"ana","open":10,"capacity":10}],
"excluded":[{"why":"away","agents":["cem"]},{"why":"lacks billing","agents":["dan","eva"],"more":7}]}`,
		},
	} {
		written, err := json.Marshal(c.data)
		require.NoError(t, err)
		require.Equal(t, c.written, string(written))
		for _, text := range []string{c.written, c.older} {
			var read helpdesk.AssignmentData
			require.NoError(t, json.Unmarshal([]byte(text), &read))
			require.Equal(t, c.data, read)
		}
	}
}
