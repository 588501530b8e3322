package webui

// shortcut is a line of the help on keys.
type shortcut struct {
	Keys []string
	Text string
}

// Keys are the shortcuts that app.js knows, for the help on them.
func (v *visit) Keys() []shortcut {
	var list []shortcut
	for _, one := range []struct {
		name string
		keys []string
	}{
		{"move", []string{"j", "k"}}, {"open", []string{"Enter"}}, {"pick", []string{"x"}}, {"search", []string{"/"}}, {"inbox", []string{"g", "i"}},
		{"write", []string{"r"}}, {"suggest", []string{"s"}}, {"take", []string{"t"}}, {"send", []string{"Ctrl", "Enter"}}, {"leave", []string{"Esc"}}, {"help", []string{"?"}},
	} {
		list = append(list, shortcut{one.keys, v.T("keys." + one.name)})
	}
	return list
}
