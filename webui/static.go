package webui

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// parsePages reads each page's template together with the layout, once in a process.
var parsePages = sync.OnceValues(func() (map[string]*template.Template, error) {
	shared, err := template.New("").ParseFS(templateFiles, "templates/layout.html", "templates/parts.html")
	if err != nil {
		return nil, err
	}
	entries, err := templateFiles.ReadDir("templates")
	if err != nil {
		return nil, err
	}
	pages := map[string]*template.Template{}
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".html")
		if name == "layout" || name == "parts" {
			continue
		}
		own, err := shared.Clone()
		if err == nil {
			pages[name], err = own.ParseFS(templateFiles, "templates/"+e.Name())
		}
		if err != nil {
			return nil, err
		}
	}
	return pages, nil
})

// static serves an embedded file. Its address changes with its content.
func (w *workspace) static(rw http.ResponseWriter, r *http.Request) {
	content, err := staticFiles.ReadFile("static/" + path.Base(r.PathValue("file")))
	if err != nil {
		http.NotFound(rw, r)
		return
	}
	rw.Header().Set("X-Content-Type-Options", "nosniff")
	rw.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeContent(rw, r, path.Base(r.PathValue("file")), time.Time{}, bytes.NewReader(content))
}

var (
	variable = regexp.MustCompile(`^[a-z][a-z0-9-]{0,40}$`)
	colour   = regexp.MustCompile(`^(?:#[0-9a-fA-F]{3,8}|[a-z]{3,30}|(?:rgb|hsl|oklch)a?\([0-9a-z.,%/ ]{1,60}\))$`)
)

// brandCSS serves the tenant's colours: CSP allows no style in the page.
func (w *workspace) brandCSS(v *visit) error {
	v.rw.Header().Set("Content-Type", "text/css; charset=utf-8")
	v.rw.Header().Set("Cache-Control", "private, max-age=300")
	_, err := fmt.Fprintf(v.rw, ":root {\n%s\n}\n@media (prefers-color-scheme: dark) {\n:root {\n%s\n}\n}\n", declared(v.brand.Colours), declared(v.brand.Dark))
	return err
}

// declared writes colours as CSS, less what is none.
func declared(colours map[string]string) string {
	var lines []string
	for name, value := range colours {
		if variable.MatchString(name) && colour.MatchString(value) {
			lines = append(lines, fmt.Sprintf("  --%s: %s;", name, value))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
