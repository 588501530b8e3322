package webui

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/searchtext"
)

// offers are what the search box completes: the operators with their values, the agents, and the
// tags of the tickets on the page. A browser without JavaScript offers them for the whole text,
// app.js for the word at the cursor.
func (v *visit) offers(agents []helpdesk.Agent, tickets []listed) []option {
	var list []option
	for _, text := range searchtext.Completions(true) {
		name, value, _ := strings.Cut(text, ":")
		said := v.T("search.op." + name)
		switch {
		case name == "status" && value == "open", name == "agent":
			said += ": " + v.T("search."+value)
		case name == "status":
			said += ": " + v.Word("status", value)
		}
		list = append(list, option{text, said})
	}
	for _, a := range agents {
		list = append(list, option{"agent:" + quoted(cmp.Or(a.Email, string(a.ID))), a.Name})
	}
	tags := map[string]bool{}
	for _, t := range tickets {
		for _, tag := range t.Tags {
			tags[tag] = true
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(tags)) {
		list = append(list, option{"tag:" + quoted(tag), v.T("search.op.tag")})
	}
	return list
}

// quoted writes the value of an operator, in quotes if a blank is in it.
func quoted(value string) string {
	if strings.ContainsAny(value, " \t") {
		return `"` + value + `"`
	}
	return value
}
