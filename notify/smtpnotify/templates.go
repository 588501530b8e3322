package smtpnotify

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	texttemplate "text/template"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

//go:embed templates
var embedded embed.FS

var builtin = newBook(Builtin())

// Builtin returns the built-in templates, to copy and change. Templates are of packages
// text/template and html/template, and get a [*Data]:
//
//	en/reply.txt     the text of a kind of notice, named by its NoticeKind, in a language.
//	             Its first line is "Subject: ..."
//	en/reply.html    the same as HTML, to stand within layout.html
//	en/agent.txt     for all kinds of notices to agents without their own file; and en/agent.html
//	en/footer.txt    the text below each mail
//	layout.txt       the text around them
//	layout.html
//
// A folder named by another language, such as "fr" or "pt-br", adds that language. If the .txt of a
// kind is overridden and its .html is not, the HTML is made from the text, so that both have the
// same content.
func Builtin() fs.FS {
	sub, err := fs.Sub(embedded, "templates")
	if err != nil {
		panic("smtpnotify: " + err.Error()) // the name is a constant
	}
	return sub
}

// book holds the templates of one folder. Files are read at their first use.
type book struct {
	files fs.FS
	mu    sync.Mutex
	texts map[string]*texttemplate.Template
	htmls map[string]*htmltemplate.Template
}

func newBook(files fs.FS) *book {
	return &book{files: files, texts: map[string]*texttemplate.Template{}, htmls: map[string]*htmltemplate.Template{}}
}

// mostTemplate limits the size of a template, and mostOutput its output.
const (
	mostTemplate = 1 << 20
	mostOutput   = 16 << 20
)

// run executes a file. Its error names the file; that of a missing file is fs.ErrNotExist.
func (b *book) run(name string, d *Data) (string, error) {
	t, err := b.template(name)
	if err != nil {
		return "", err
	}
	var out limited
	if err := t.Execute(&out, d); err != nil {
		return "", named(name, err)
	}
	return out.String(), nil
}

type executer interface {
	Execute(io.Writer, any) error
}

func (b *book) template(name string) (executer, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if t := b.texts[name]; t != nil {
		return t, nil
	}
	if t := b.htmls[name]; t != nil {
		return t, nil
	}
	f, err := b.files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	source, err := io.ReadAll(io.LimitReader(f, mostTemplate+1))
	if err == nil && len(source) > mostTemplate {
		err = fmt.Errorf("is longer than %d bytes", mostTemplate)
	}
	if err != nil {
		return nil, named(name, err)
	}
	if strings.HasSuffix(name, ".html") {
		t, err := htmltemplate.New(name).Option("missingkey=error").Parse(string(source))
		if err != nil {
			return nil, named(name, err)
		}
		b.htmls[name] = t
		return t, nil
	}
	t, err := texttemplate.New(name).Option("missingkey=error").Parse(string(source))
	if err != nil {
		return nil, named(name, err)
	}
	b.texts[name] = t
	return t, nil
}

// named adds the file to an error that does not name it; the errors of the template packages
// usually do.
func named(name string, err error) error {
	if strings.Contains(err.Error(), name) {
		return err
	}
	return fmt.Errorf("template: %s: %w", name, err)
}

// limited limits the memory of a template that never ends.
type limited struct{ bytes.Buffer }

func (l *limited) Write(p []byte) (int, error) {
	if l.Len()+len(p) > mostOutput {
		return 0, fmt.Errorf("makes more than %d bytes", mostOutput)
	}
	return l.Buffer.Write(p)
}

// Check tries all templates of a folder, each with an example of every kind of notice that it
// serves. It returns an error that names the files that fail, and the files with an unknown name.
// It is for templates of tenants, before they are saved. Nil means that all work.
func Check(files fs.FS) error {
	if files == nil {
		return nil
	}
	b := newBook(files)
	var errs []error
	err := fs.WalkDir(files, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		kinds, ok := kindsOf(name)
		if !ok {
			errs = append(errs, fmt.Errorf("template: %s: no mail is made of it", name))
			return nil
		}
		for _, kind := range kinds {
			if _, err := b.run(name, sample(kind)); err != nil {
				errs = append(errs, err)
				break
			}
		}
		return nil
	})
	if err := errors.Join(append(errs, err)...); err != nil {
		return fmt.Errorf("%w: %w", &helpdesk.FieldError{Field: "Templates", Problem: "do not work"}, err)
	}
	return nil
}

// kindsOf returns the kinds of notice that a file serves.
func kindsOf(name string) ([]helpdesk.NoticeKind, bool) {
	folder, file := path.Split(name)
	base, ext := strings.TrimSuffix(file, path.Ext(file)), path.Ext(file)
	if ext != ".txt" && ext != ".html" {
		return nil, false
	}
	switch folder = strings.TrimSuffix(folder, "/"); {
	case folder == "":
		return helpdesk.NoticeKinds, base == "layout"
	case strings.Contains(folder, "/") || folder != strings.ToLower(folder):
		return nil, false
	case base == "footer":
		return helpdesk.NoticeKinds, ext == ".txt"
	case base == "agent":
		return slices.DeleteFunc(slices.Clone(helpdesk.NoticeKinds), helpdesk.NoticeKind.ToCustomer), true
	}
	kind := helpdesk.NoticeKind(base)
	return []helpdesk.NoticeKind{kind}, slices.Contains(helpdesk.NoticeKinds, kind)
}

// sample is an example for trying templates.
func sample(kind helpdesk.NoticeKind) *Data {
	d := &Data{
		Kind: kind, Language: "en", Agent: !kind.ToCustomer(), Brand: Brand{Name: "Example", Colour: plainColour, Zone: time.UTC},
		Ref: "7Q2M-X4KD", Answerable: true, Content: "<p>Hello</p>", Body: "Hello", Footer: []string{"Example"},
	}
	d.TicketURL = "https://example.com/tickets/1"
	if wordless(kind) {
		return d
	}
	d.Recipient, d.Text, d.Subject, d.Customer = "Ana", "Hello", "Refund", "Ben"
	if d.Agent {
		d.Description, d.Priority, d.Category = "Hello", "high", "billing"
		d.Due = time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC)
	} else {
		d.RateURL = "https://example.com/rate/1"
	}
	return d
}
