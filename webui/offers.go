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
// tags and organisations of the tickets on the page, these by name. A browser without JavaScript
// offers them for the whole text, app.js for the word at the cursor.
func (v *visit) offers(agents []helpdesk.Agent, tickets []listed) ([]option, error) {
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
	var of []helpdesk.OrganisationID
	for _, t := range tickets {
		if t.Organisation != "" {
			of = append(of, t.Organisation)
		}
		for _, tag := range t.Tags {
			tags[tag] = true
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(tags)) {
		list = append(list, option{"tag:" + quoted(tag), v.T("search.op.tag")})
	}
	names, err := v.organisationNames(of)
	for _, name := range slices.Compact(slices.Sorted(maps.Values(names))) {
		list = append(list, option{"org:" + quoted(strings.ReplaceAll(name, `"`, " ")), v.T("search.op.org")})
	}
	return list, err
}

// quoted writes the value of an operator, in quotes if a blank is in it.
func quoted(value string) string {
	if strings.ContainsAny(value, " \t") {
		return `"` + value + `"`
	}
	return value
}
