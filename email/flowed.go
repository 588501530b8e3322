package email

import "strings"

// unflow joins the lines of a text that is format=flowed (RFC 3676). Quoted lines keep one "> " for
// each level.
func unflow(text string, delSp bool) string {
	var out strings.Builder
	depth, open := -1, false // of the paragraph being written
	for l := range strings.Lines(text) {
		l = strings.TrimRight(l, "\r\n")
		d := 0
		for d < len(l) && l[d] == '>' {
			d++
		}
		l = strings.TrimPrefix(l[d:], " ") // space-stuffing
		if open && (d != depth || l == "-- ") {
			out.WriteByte('\n')
			open = false
		}
		if !open {
			out.WriteString(strings.Repeat(">", d))
			if d > 0 {
				out.WriteByte(' ')
			}
		}
		depth, open = d, l != "-- " && strings.HasSuffix(l, " ")
		if open && delSp {
			l = l[:len(l)-1]
		}
		out.WriteString(l)
		if !open {
			out.WriteByte('\n')
		}
	}
	return out.String()
}
