package webui_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// faultyBooks are SLA documents with a fault, and what the German page says behind the place.
var faultyBooks = map[string][2]string{
	`[]`:                            {"Das Dokument", "ist kein Objekt in Klammern {}"},
	`{"polices": []}`:               {"Das Dokument", `hat ein Feld "polices", das es nicht gibt`},
	`{"policies": {}}`:              {"policies", "ist keine Liste in Klammern []"},
	`{"policies": [{"name": 3}]}`:   {"policies.name", "ist kein Text in Anführungszeichen"},
	`{"policies": [{"name": " "}]}`: {"policies[0].name", "ist leer"},
	`{"policies": [{"name": "a", "resolution": "-1h"}]}`:                                                                      {"policies[0].resolution (a)", "ist negativ"},
	`{"policies": [{"name": "a", "resolution": "999999h"}]}`:                                                                  {"policies[0].resolution (a)", "ist länger als zehn Jahre"},
	`{"policies": [{"name": "a", "resolution": "1ns"}]}`:                                                                      {"policies[0].resolution (a)", "ist keine ganze Zahl von Mikrosekunden"},
	`{"policies": [{"name": "a", "resolution": "4 hours"}]}`:                                                                  {"duration", `"4 hours" ist keine Dauer wie 30m, 4h oder 1h30m`},
	`{"policies": [{"name": "a"}, {"name": "a"}]}`:                                                                            {"policies[1].name (a)", `"a" kommt zweimal vor`},
	`{"policies": [{"name": "a", "escalate_after": "1h"}]}`:                                                                   {"policies[0].escalate_after (a)", "braucht first_response oder next_response"},
	`{"policies": [{"name": "a", "calendar": "none"}]}`:                                                                       {"policies[0].calendar (a)", `"none" ist kein Kalender dieses Dokuments`},
	`{"policies": [{"name": "a", "for": {"source": ["fax"]}}]}`:                                                               {"policies[0].for.source (a)", `"fax" gibt es nicht`},
	`{"policies": [{"name": "a", "steps": [{"name": "x", "notify": "boss"}]}]}`:                                               {"policies[0].steps[0].notify (a)", `"boss" ist weder assignee noch managers, both oder nobody`},
	`{"policies": [{"name": "a", "steps": [{"name": "x", "level": 10}]}]}`:                                                    {"policies[0].steps[0].level (a)", "liegt nicht zwischen 0 und 9"},
	`{"policies": [{"name": "a", "steps": [{"name": "x", "before": "1h", "after": "1h"}]}]}`:                                  {"policies[0].steps[0] (a)", "hat after neben before oder of"},
	`{"policies": [{"name": "a", "steps": [{"name": "unanswered"}]}]}`:                                                        {"policies[0].steps[0].name (a)", `"unanswered" kommt zweimal vor oder gehört dem Desk selbst`},
	`{"policies": [{"name": "a", "steps": [{"name": "x", "level": 1.5}]}]}`:                                                   {"policies.steps.level", "ist keine ganze Zahl"},
	`{"policies": [{"name": "a", "steps": [{"name": "x", "of": "1"}]}]}`:                                                      {"policies.steps.of", "ist keine Zahl"},
	`{"policies": [{"name": "a", "steps": [{"name": "x", "reassign": 1}]}]}`:                                                  {"policies.steps.reassign", "ist weder true noch false"},
	`{"calendars": [{"name": "x", "zone": "Mars/Olympus"}]}`:                                                                  {"calendars[0].zone (x)", `"Mars/Olympus" ist keine Zeitzone der IANA-Datenbank wie Europe/Berlin`},
	`{"calendars": [{"name": "x", "always_on": true, "week": {"monday": ["09:00-10:00"]}}]}`:                                  {"calendars[0].always_on (x)", "lässt keinen Platz für Fenster, besondere Tage oder Feiertage"},
	`{"calendars": [{"name": "x"}]}`:                                                                                          {"calendars[0].week (x)", "hat kein Fenster, und auch kein besonderer Tag hat eines"},
	`{"calendars": [{"name": "x", "week": {"moonday": []}}]}`:                                                                 {"week", `"moonday" ist kein Tag von monday bis sunday`},
	`{"calendars": [{"name": "x", "week": {"monday": ["9-10"]}}]}`:                                                            {"calendars[0].week.monday (x)", `hat ein Fenster "9-10", das nicht wie 09:00-17:00 aussieht`},
	`{"calendars": [{"name": "x", "week": {"monday": ["09:00-09:00"]}}]}`:                                                     {"calendars[0].week.monday (x)", "hat ein leeres Fenster 09:00-09:00; ein ganzer Tag ist 00:00-24:00"},
	`{"calendars": [{"name": "x", "week": {"monday": ["22:00-06:00"], "tuesday": ["05:00:30-09:00"]}}]}`:                      {"calendars[0].week.tuesday (x)", "hat Fenster, die sich überschneiden: 22:00-06:00 (monday) und 05:00:30-09:00"},
	`{"calendars": [{"name": "x", "week": {"monday": ["09:00-10:00"]}, "holidays": [{"date": "25.12."}]}]}`:                   {"calendars[0].holidays[0].date (x)", `"25.12." ist kein Datum wie 2026-12-24`},
	`{"calendars": [{"name": "x", "special": [{"date": "2026-12-24", "windows": ["09:00-10:00"]}, {"date": "2026-12-24"}]}]}`: {"calendars[0].special.2026-12-24 (x)", "kommt zweimal vor"},
	"{\n\"policies\": [\n}": {"Das Dokument", `in Zeile 3 steht das Zeichen "}" falsch`},
	`{"policies": [`:        {"Das Dokument", "endet, bevor es vollständig ist"},
	`{"policies": []} x`:    {"Das Dokument", `in Zeile 1 steht das Zeichen "x" falsch`},
}

func TestProblemsInsideAnSLADocumentAreToldInGerman(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for doc, want := range faultyBooks {
		r := s.request(admin, "POST", set+"sla", strings.NewReader(encode([]string{"book", doc, "version", "0"})))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Accept-Language", "de")
		a := s.send(r).is(422)
		require.Equal(t, doc, a.value("book"))
		told := words(mustParse(t, alert.FindString(a.body)))
		require.Contains(t, told, strings.ReplaceAll(want[0]+": "+want[1], " ", ""), doc)
	}
}

// TestEveryProblemOfPackageSLAIsInTheCatalogue reads them in its source.
func TestEveryProblemOfPackageSLAIsInTheCatalogue(t *testing.T) {
	t.Parallel()
	en := catalogue(t, "en")
	format := regexp.MustCompile(`\.add\([^"]*(?:"[^"]*", )??"((?:[a-z]|%[a-z0-9.]+)[^"]* [^"]*)"|Problem: (?:fmt\.Sprintf\()?"([^"]*)"`)
	verb := regexp.MustCompile(`%[0-9.]*[a-z]|[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]+`)
	files, err := filepath.Glob("../sla/*.go")
	require.NoError(t, err)
	found := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, m := range format.FindAllStringSubmatch(string(text), -1) {
			problem := m[1] + m[2]
			if strings.HasSuffix(problem, ": ") || strings.HasSuffix(problem, ": %v") || strings.HasSuffix(problem, "is no ") || strings.HasPrefix(problem, "has a field ") {
				continue // what follows is tested above
			}
			found++
			require.Contains(t, en, "problem."+verb.ReplaceAllString(problem, "%s"), file)
		}
	}
	require.Greater(t, found, 30)
}

func TestADocumentWithManyProblemsNamesTheFirst(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var policies []string
	for i := range 50 {
		policies = append(policies, fmt.Sprintf(`{"name": "p%d", "resolution": "-1h"}`, i))
	}
	a := s.post(admin, set+"sla", "book", `{"policies": [`+strings.Join(policies, ",")+`]}`, "version", "0").is(422).has("policies[19].resolution (p19): is negative", "… and 30 more.")
	a.lacks("policies[20].resolution (p20)")
}
