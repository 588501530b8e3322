package httpapi_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAnAdminEditsTheMailTemplates(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	none := s.do(boss, "GET", "/mail-templates", "").ok(200)
	require.Equal(t, `"0"`, none.header.Get("ETag"))
	require.JSONEq(t, `{"version":0}`, none.text)
	const german = `{"name":"Kern","language":"de","texts":{"de/reply":{"subject":"Zu {{subject}}","body":"Guten Tag,\n\n{{text}}"}}}`
	saved := s.do(boss, "PUT", "/mail-templates", german).ok(200)
	require.Equal(t, `"1"`, saved.header.Get("ETag"))
	require.Equal(t, saved.text, s.do(boss, "GET", "/mail-templates", "").ok(200).text)
	require.JSONEq(t, `{"name":"Kern","language":"de","texts":{"de/reply":{"subject":"Zu {{subject}}","body":"Guten Tag,\n\n{{text}}"}},"version":1}`, saved.text)

	require.Contains(t, refused(s.do(boss, "PUT", "/mail-templates", german)), "409 Conflict: save mail templates: conflict; version is not the one in force, 1")
	s.do(boss, "PUT", "/mail-templates", german, "If-Match", `"7"`).ok(412)
	s.do(boss, "PUT", "/mail-templates", `{}`, "If-Match", `"1"`).ok(200)
	bad := s.do(boss, "PUT", "/mail-templates", `{"texts":{"de/reply":{"subject":"x","body":"{{text}} {{range 9}}"}}}`, "If-Match", `"2"`)
	require.Equal(t, `422 Unprocessable Entity: save mail templates: texts[de/reply].body has a placeholder that is not for it: "range 9"`+
		"\n"+`body.texts[de/reply].body has a placeholder that is not for it: "range 9"`, refused(bad))
	for _, who := range []string{ana, carol} {
		s.do(who, "GET", "/mail-templates", "").ok(403)
		s.do(who, "PUT", "/mail-templates", german, "If-Match", `"2"`).ok(403)
	}
}

func TestTheETagOfMailTemplatesThatNobodySavedIsForTheFirst(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	none := s.do(boss, "GET", "/mail-templates", "").ok(200).header.Get("ETag")
	s.do(boss, "PUT", "/mail-templates", `{"name":"Kern"}`, "If-Match", none).ok(200)
	s.do(boss, "PUT", "/mail-templates", `{"name":"Other"}`, "If-Match", none).ok(412)
}
