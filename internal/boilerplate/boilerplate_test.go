package boilerplate_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/boilerplate"
)

// words are the words of a text in one line.
func words(text string) string { return strings.Join(strings.Fields(text), " ") }

func TestWordsOfTheWriterStay(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, form, words string }{
		"plain":       {"Hello,\nmy invoice is wrong.", "Hello, my invoice is wrong.", "Hello, my invoice is wrong."},
		"comment":     {"a <!-- describe\nthe bug --> b <!-- not closed", "a b <!-- not closed", "a b <!-- not closed"},
		"boxes":       {"- [ ] a security problem\n- [x] I have searched the existing issues\n- [x] on Windows\n* [ ] no", "- [x] on Windows", "- [x] on Windows"},
		"no response": {"### Version\n\n_No response_\n\n3.1", "### Version 3.1", "3.1"},
		"headings": {"**Describe the bug**\nIt burns.\n\n## Expected behaviour\n\nIt does not.\n\nSteps to Reproduce:\n1. Light it",
			"**Describe the bug** It burns. ## Expected behaviour It does not. Steps to Reproduce: 1. Light it", "It burns. It does not. 1. Light it"},
		"own headings": {"## My kiln\nIt burns.\nThe steps are:\none", "## My kiln It burns. The steps are: one", "## My kiln It burns. The steps are: one"},
		"fence":        {"before\n```go\nx := 1\nError: kiln not found\n```\nafter", "before ```go x := 1 Error: kiln not found ``` after", "before Error: kiln not found after"},
		"addresses":    {"see https://www.example.com/a/b?c=d, or http://kiln.example now", "see https://www.example.com/a/b?c=d, or http://kiln.example now", "see example.com or kiln.example now"},
		"program":      {"User Agent: Mozilla/5.0\nBuild ID: 2020\nIt burns", "User Agent: Mozilla/5.0 Build ID: 2020 It burns", "It burns"},
		"only a form":  {"### Steps to reproduce\n- [ ] none", "### Steps to reproduce", "### Steps to reproduce - [ ] none"},
	} {
		require.Equal(t, c.form, words(boilerplate.Form(c.text)), name)
		require.Equal(t, c.words, words(boilerplate.Words(c.text)), name)
	}
}

func TestStackTracesAreNoWords(t *testing.T) {
	t.Parallel()
	for _, trace := range []string{
		"java.lang.IllegalStateException: kiln\n\tat com.acme.Kiln.light(Kiln.java:21)\n\tat java.base/java.lang.reflect.Method.invoke(Method.java:580)\n\t... 12 more",
		"TypeError: kiln\n    at light (/app/main.js:12:7)\n    at Object.<anonymous> (/app/main.js:20:1)\n    at https://acme.example/app.js:3:14",
		"System.Exception: kiln\n   at Acme.Kiln.Light(String fuel) in C:\\src\\Kiln.cs:line 12\n   at Acme.Program.Main()",
		"Traceback (most recent call last):\n  File \"/app/kiln.py\", line 12, in light\n    fire(self)\nValueError: kiln",
		"panic: kiln\n\ngoroutine 1 [running]:\nmain.light(...)\n\t/src/main.go:88 +0x1d",
		"kiln (RuntimeError)\n\tfrom /app/kiln.rb:3:in `light'\n\tfrom kiln.rb:9:in `<main>'",
		"PHP Fatal error: kiln\n#0 /app/kiln.php(12): light()\n#1 {main}",
		"Program received SIGSEGV, kiln\n#0  0x00007f in light () at kiln.c:3",
	} {
		got := boilerplate.Words("It stops.\n\n" + trace + "\n\nPlease help at 10:30 (Monday).")
		for _, gone := range []string{"12", "Method", "goroutine", "fire", "Main", "light", "Light", "0x"} {
			require.NotContains(t, got, gone, trace)
		}
		require.Contains(t, got, "kiln", trace)
		require.Contains(t, got, "It stops.")
		require.Contains(t, got, "Please help at 10:30 (Monday).")
	}
	for _, said := range []string{"at checkout (step 3)", "at 10:30", "at approx. 10:30 sharp", "from Berlin: in May", "#1 reason: it burns", "... and more", "/ or \\"} {
		require.Equal(t, "a\n"+said, strings.TrimSpace(boilerplate.Words("a\n"+said)), said)
	}
}

func BenchmarkWords(b *testing.B) {
	text := strings.Repeat("The kiln has been cold since noon, and nobody can say why it is so.\n", 85)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		boilerplate.Words(text)
	}
}

// FuzzWords looks for texts that crash it, or that it makes longer.
func FuzzWords(f *testing.F) {
	f.Add("a <!-- b\n```\nat x.y(z:1)\nhttps://a/b")
	f.Fuzz(func(t *testing.T, s string) {
		if got := boilerplate.Words(s); len(got) > len(s)+strings.Count(s, "\n")+strings.Count(s, "<!--")+strings.Count(s, "://")+1 {
			t.Fatalf("%q became %q", s, got)
		}
		_ = boilerplate.Form(s)
	})
}
