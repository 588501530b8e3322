package webui

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// floorRule is a rule of the floors, as package classify writes them.
type floorRule struct {
	Phrase   string            `json:"phrase"`
	Priority helpdesk.Priority `json:"priority"`
}

// rulesPage is the floors of the tenant.
type rulesPage struct {
	settings
	helpdesk.Setting
	Rules      []floorRule
	Readable   bool // the host's floors are rules as this page knows them
	Own        bool // the tenant's, not the host's
	Phrase     string
	Priority   string
	Q          string
	Shown      []floorRule
	More       bool // more than are shown fit what is looked for
	Priorities []helpdesk.Priority
}

// readPriorityRules reads the floors in force.
func (v *visit) readRules() (*rulesPage, error) {
	p := &rulesPage{settings: v.settingsOf("priority-rules"), Priorities: helpdesk.Priorities}
	var err error
	if p.Setting, err = v.desk.PriorityRules(v.ctx); err != nil {
		return nil, err
	}
	var doc struct {
		Rules []floorRule `json:"rules"`
	}
	p.Readable = len(p.Value) > 0 && json.Unmarshal(p.Value, &doc) == nil && doc.Rules != nil
	p.Rules, p.Own = doc.Rules, p.Version != 0
	return p, nil
}

// mostRules is how many rules the page shows; the others are found by looking for them.
const mostRules = 100

// settingsRules lists the rules that no model can go below.
func (w *workspace) settingsRules(v *visit) error {
	p, err := v.readRules()
	if err != nil {
		return err
	}
	return v.showRules(200, p)
}

func (v *visit) showRules(status int, p *rulesPage) error {
	p.Q = strings.TrimSpace(v.r.URL.Query().Get("q"))
	for _, r := range p.Rules {
		if strings.Contains(strings.ToLower(r.Phrase), strings.ToLower(p.Q)) {
			p.Shown = append(p.Shown, r)
		}
	}
	slices.SortStableFunc(p.Shown, func(a, b floorRule) int { return int(b.Priority) - int(a.Priority) })
	if p.More = len(p.Shown) > mostRules; p.More {
		p.Shown = p.Shown[:mostRules]
	}
	v.render(status, "settings_rules", v.T("nav.settings"), "settings", p)
	return nil
}

// saveRules adds a rule, removes one, or goes back to those of the host. It changes one rule at a
// time in the rules in force by then, so that two admins do not undo each other's changes.
func (w *workspace) saveRules(v *visit) error {
	f, err := v.post()
	if err != nil {
		return err
	}
	for range 5 {
		p, err := v.readRules()
		if err != nil {
			return err
		}
		p.Phrase, p.Priority = strings.TrimSpace(f.Get("phrase")), f.Get("priority")
		value, err := p.edit(f.Get("do"))
		if err == nil {
			_, err = v.desk.IfVersion(p.Version).SavePriorityRules(v.ctx, value)
		}
		if err == nil {
			return v.see("settings/priority-rules?done=" + v.told("saved"))
		}
		status, err := p.again(v, err)
		if err != nil {
			return err
		}
		if p.Conflict {
			continue
		}
		return v.showRules(status, p)
	}
	return helpdesk.ErrConflict
}

// edit is the document to save: nil goes back to the host's.
func (p *rulesPage) edit(do string) (json.RawMessage, error) {
	if do == "default" {
		return nil, nil
	}
	if !p.Readable {
		return nil, &helpdesk.FieldError{Field: "rules", Problem: "are the host's"}
	}
	rules := slices.DeleteFunc(slices.Clone(p.Rules), func(r floorRule) bool { return strings.EqualFold(r.Phrase, p.Phrase) })
	if do == "remove" {
		if len(rules) == len(p.Rules) {
			return nil, helpdesk.ErrNotFound
		}
	} else {
		priority, err := helpdesk.ParsePriority(p.Priority)
		if p.Phrase == "" {
			err = &helpdesk.FieldError{Field: "phrase", Problem: "is empty"}
		}
		if err != nil {
			return nil, err
		}
		rules = append(rules, floorRule{p.Phrase, priority})
	}
	return json.Marshal(map[string]any{"rules": rules})
}

// RulesVersion says which version of the floors is in force.
func (p *rulesPage) RulesVersion() string { return strconv.FormatInt(p.Version, 10) }
