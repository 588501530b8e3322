// Package boilerplate takes out of a text what its writer did not write: the parts of an issue
// form, and what machines print. It works alike where a model learns, where it answers and where
// tickets are compared.
package boilerplate

import "strings"

// Form drops the parts of a filled-in issue form that say nothing: HTML comments, boxes that are
// not ticked, ticked ones that every form has ("I have searched the existing issues"), and the
// answers "_No response_". A text of nothing else stays as it is.
func Form(text string) string {
	if !strings.Contains(text, "<!--") && !strings.Contains(text, "[") && !strings.Contains(text, "_No response_") {
		return text
	}
	var b strings.Builder
	for line := range strings.Lines(withoutComments(text)) {
		if s := strings.TrimSpace(line); !empty(s) {
			b.WriteString(line)
		}
	}
	return orAll(b.String(), text)
}

// Words drops all that Form does, and what is no language: headings of issue forms, stack traces,
// fenced code but for the lines with an error, lines about the sender's program, and of an address
// all but the host. A text of nothing else stays as it is.
func Words(text string) string {
	if !strings.ContainsAny(text, "\n[<:*#") {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	fence := ""
	frame := false // the line before is of a stack trace
	for line := range strings.Lines(withoutComments(text)) {
		s := strings.TrimSpace(line)
		if mark := fenceOf(s); mark != "" && (fence == "" || mark == fence) {
			if fence == "" {
				fence = mark
			} else {
				fence = ""
			}
			continue
		}
		frame = isFrame(s) || frame && isSource(line)
		switch {
		case frame || empty(s) || isHeading(s) || ofProgram(s):
		case fence != "" && !tellsError(s):
		case strings.Contains(line, "://"):
			hosts(&b, line)
		default:
			b.WriteString(line)
			continue
		}
		b.WriteByte('\n')
	}
	return orAll(b.String(), text)
}

func orAll(some, all string) string {
	if strings.TrimSpace(some) == "" {
		return all
	}
	return some
}

// withoutComments drops closed HTML comments.
func withoutComments(text string) string {
	from := strings.Index(text, "<!--")
	if from < 0 {
		return text
	}
	var b strings.Builder
	for from >= 0 {
		n := strings.Index(text[from:], "-->")
		if n < 0 {
			break
		}
		b.WriteString(text[:from])
		b.WriteByte(' ')
		text = text[from+n+len("-->"):]
		from = strings.Index(text, "<!--")
	}
	b.WriteString(text)
	return b.String()
}

// empty reports whether a line of a form is not filled in, or filled in alike in each.
func empty(s string) bool {
	if s == "_No response_" {
		return true
	}
	if len(s) < 4 || s[0] != '-' && s[0] != '*' && s[0] != '+' {
		return false
	}
	box := strings.TrimLeft(s[1:], " ")
	switch {
	case strings.HasPrefix(box, "[ ]"), strings.HasPrefix(box, "[]"):
		return true
	case strings.HasPrefix(box, "[x]"), strings.HasPrefix(box, "[X]"):
		said := strings.ToLower(box[3:])
		for _, usual := range [...]string{"search", "existing issue", "code of conduct", "duplicate", "latest version", "i have read", "i've read", "guidelines"} {
			if strings.Contains(said, usual) {
				return true
			}
		}
	}
	return false
}

// fenceOf returns the mark of a line that begins or ends fenced code.
func fenceOf(s string) string {
	switch {
	case strings.HasPrefix(s, "```"):
		return "```"
	case strings.HasPrefix(s, "~~~"):
		return "~~~"
	}
	return ""
}

// tellsError reports whether a line of code is a message for people.
func tellsError(s string) bool {
	if len(s) > 400 {
		return false
	}
	s = strings.ToLower(s)
	for _, w := range [...]string{"error", "exception", "fail", "panic", "fatal", "denied", "refused", "timeout", "timed out"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// isFrame reports whether a line is one of a stack trace, as Java, JavaScript, .NET, Python, Ruby,
// PHP, Go, Rust and gdb print it. The line with the error is none.
func isFrame(s string) bool {
	switch {
	case len(s) < 5:
		return false
	case strings.HasPrefix(s, "at "):
		place, _, _ := strings.Cut(s[3:], " ")
		name, _, called := strings.Cut(place, "(")
		dotted := strings.ContainsAny(strings.TrimRight(name, ".,"), "./\\<")
		return called && dotted || endsInLine(s) && (dotted || strings.Contains(s, "("))
	case strings.HasPrefix(s, `File "`):
		return strings.Contains(s, ", line ")
	case strings.HasPrefix(s, "... "):
		return strings.HasSuffix(s, " more") && '0' <= s[4] && s[4] <= '9'
	case s[0] == '#' && '0' <= s[1] && s[1] <= '9':
		rest := strings.TrimLeft(s[1:], "0123456789")
		return rest != "" && rest[0] == ' ' && (strings.Contains(rest, "0x") || strings.Contains(rest, ".php") || strings.Contains(rest, "{main}") || strings.Contains(rest, "("))
	case strings.HasPrefix(s, "goroutine "):
		return strings.HasSuffix(s, "]:")
	case strings.HasPrefix(s, "from "), strings.Contains(s, ".rb:"):
		return strings.Contains(s, ":in ")
	case s[0] == '/' || s[0] == '\\' || s[0] == '.' || len(s) > 2 && s[1] == ':':
		return strings.IndexByte(s, ' ') < 0 && endsInLine(s) || strings.Contains(s, ".go:")
	case strings.HasSuffix(s, "(...)"), strings.HasPrefix(s, "created by ") && strings.ContainsRune(s, '.'):
		return true
	}
	return false
}

// isSource reports whether a line is the source below a frame of Python: it is indented.
func isSource(line string) bool { return strings.HasPrefix(line, "    ") }

// endsInLine reports whether a line ends in the number of a line, as "main.js:12:7" does.
func endsInLine(s string) bool {
	rest := strings.TrimRight(s, "0123456789)")
	return len(rest) < len(s) && strings.HasSuffix(rest, ":") || strings.Contains(s, ":line ")
}

// ofProgram reports whether a bug tracker wrote a line about the sender's program.
func ofProgram(s string) bool {
	for _, name := range [...]string{"User-Agent:", "User Agent:", "Build ID:", "Build Identifier:", "Reproducible:"} {
		if strings.HasPrefix(s, name) {
			return true
		}
	}
	return false
}

// hosts writes a line with each address cut to its host.
func hosts(b *strings.Builder, line string) {
	for {
		at := strings.Index(line, "://")
		if at < 0 {
			b.WriteString(line)
			return
		}
		from := at
		for from > 0 && ('a' <= line[from-1]|0x20 && line[from-1]|0x20 <= 'z') {
			from--
		}
		b.WriteString(line[:from])
		line = line[at+len("://"):]
		end := strings.IndexAny(line, " \t\n\"'<>)]|")
		if end < 0 {
			end = len(line)
		}
		host := line[:end]
		if i := strings.IndexAny(host, "/?#"); i >= 0 {
			host = host[:i]
		}
		b.WriteString(strings.TrimPrefix(host, "www."))
		b.WriteByte(' ')
		line = line[end:]
	}
}

// isHeading reports whether a line is a heading of an issue form.
func isHeading(s string) bool {
	if len(s) > 100 || len(s) < 4 {
		return false
	}
	marked := s[0] == '#' || s[0] == '*' || s[0] == '_'
	if !marked && s[len(s)-1] != ':' && s[len(s)-1] != '?' {
		return false
	}
	key := strings.ToLower(strings.Trim(s, "#*_ :?.!"))
	return headings[strings.ReplaceAll(key, "’", "'")]
}

// headings are those of the issue forms of GitHub, GitLab and Bugzilla, in lower case and without
// the marks around them.
var headings = func() map[string]bool {
	m := map[string]bool{}
	for h := range strings.SplitSeq(`describe the bug|bug description|description|description of the issue|summary|overview|what happened|
what did you do|what did you expect|what did you expect to happen|what did you see|what did you see instead|what actually happened|what should happen|
what is the current bug behavior|what is the expected correct behavior|what is the current behavior|what is the expected behavior|
to reproduce|steps to reproduce|reproduction steps|reproduction|how to reproduce|steps|how can we reproduce it|how can we reproduce the issue|
steps to reproduce the behavior|steps to reproduce the behaviour|minimal reproduction|link to reproduction|minimal reproducible example|
expected behavior|expected behaviour|expected result|expected results|expected|actual behavior|actual behaviour|actual result|actual results|actual|
current behavior|current behaviour|observed behavior|observed behaviour|observed result|
screenshots|screenshots or videos|relevant logs and/or screenshots|relevant log output|logs|log output|stack trace|stacktrace|error message|error messages|
environment|your environment|system information|system info|desktop (please complete the following information)|smartphone (please complete the following information)|
desktop|smartphone|version|versions|version information|software version|operating system|os|browser|browsers|
what browsers are you seeing the problem on|what version are you using|additional context|additional information|additional notes|further details|anything else|
is there an existing issue for this|is there an existing request for this feature|prerequisites|checklist|preflight checklist|before you begin|code of conduct|
possible solution|possible fixes|proposed solution|proposal|suggested solution|context|motivation|use case|use cases|problem to solve|intended users|
is your feature request related to a problem|is your feature request related to a problem? please describe|is your feature request related to a problem please describe|
describe the solution you'd like|describe alternatives you've considered|describe the feature|feature description|feature request|bug report|bug|
output of checks|results of gitlab environment info|severity|impact|affected versions|affected version|
fehlerbeschreibung|beschreibung|schritte zum reproduzieren|schritte|erwartetes verhalten|tatsächliches verhalten|aktuelles verhalten|umgebung|weitere informationen|
descripción|pasos para reproducir|comportamiento esperado|comportamiento actual|entorno|contexto adicional|
étapes pour reproduire|étapes de reproduction|comportement attendu|comportement actuel|environnement|contexte supplémentaire|
passos para reproduzir|comportamento esperado|comportamento atual|ambiente|passi per riprodurre|comportamento atteso|comportamento attuale|
stappen om te reproduceren|verwacht gedrag|huidig gedrag|omgeving`, "|") {
		m[strings.TrimSpace(h)] = true
	}
	return m
}()
