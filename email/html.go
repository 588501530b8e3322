package email
func HTMLText(s string) string {return s}
func VisibleHTML(s string) string {return s}
