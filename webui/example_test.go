package webui_test

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing/fstest"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/notify"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
	"github.com/helpdesk-go/helpdesk/store/memstore"
	"github.com/helpdesk-go/helpdesk/webui"
)

// session is what the host's own login knows of a request.
func session(r *http.Request) (mail string, admin, ok bool) {
	mail = r.Header.Get("X-Session")
	return mail, mail == "boss@acme.example", mail != ""
}

// whoIsIt tells the pages who is looking.
func whoIsIt(r *http.Request) (helpdesk.Actor, error) {
	mail, admin, ok := session(r)
	switch {
	case !ok:
		return helpdesk.Actor{}, errors.New("not logged in")
	case admin:
		return helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: mail}, nil
	}
	return helpdesk.Actor{Role: helpdesk.RoleAgent, ID: mail}, nil
}

// ask makes a request and returns the status of the answer and its title, or where it leads.
func ask(h http.Handler, path, mail string) string {
	r := httptest.NewRequest("GET", path, nil)
	r.Header.Set("X-Session", mail)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	_, title, _ := strings.Cut(w.Body.String(), "<title>")
	title, _, _ = strings.Cut(title, "</title>")
	return strings.TrimSpace(fmt.Sprintln(w.Code, title+w.Header().Get("Location")))
}

// The workspace below the host's own pages, for agents who are logged in there.
func ExampleNew() {
	desk, err := helpdesk.New(memstore.New(), nil)
	if err != nil {
		panic(err)
	}
	pages, err := webui.New(desk, &webui.Config{Actor: whoIsIt})
	if err != nil {
		panic(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/admin/support/", http.StripPrefix("/admin/support", pages))

	fmt.Println(ask(mux, "/admin/support/", ""))
	fmt.Println(ask(mux, "/admin/support/", "boss@acme.example"))
	fmt.Println(ask(mux, "/admin/support/settings/sla", "boss@acme.example"))
	// Output:
	// 401 Please log in · Help desk
	// 200 Open · Help desk
	// 200 Settings · Help desk
}

//go:embed testdata/lang
var languages embed.FS

// A desk for many tenants, each with its own name, colours and language; French comes from a file
// of the host.
func ExampleNew_tenants() {
	desk, err := helpdesk.New(memstore.New(), nil)
	if err != nil {
		panic(err)
	}
	french, err := fs.Sub(languages, "testdata/lang")
	if err != nil {
		panic(err)
	}
	pages, err := webui.New(desk, &webui.Config{
		Actor: func(*http.Request) (helpdesk.Actor, error) {
			return helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss@acme.example"}, nil
		},
		Tenant: func(r *http.Request) (helpdesk.TenantID, error) {
			name, _, _ := strings.Cut(r.Host, ".")
			return helpdesk.TenantID(name), nil
		},
		Brand: func(tenant helpdesk.TenantID) webui.Brand {
			if tenant == "delicatessen" {
				return webui.Brand{Name: "Delicatessen", Logo: "https://cdn.example/logo.svg", Language: "fr", Colours: map[string]string{"accent": "#5b21b6", "accent-soft": "#ede9fe"}, Dark: map[string]string{"accent": "#c4b5fd", "accent-soft": "#2e1065"}}
			}
			return webui.Brand{Name: "Acme"}
		},
		Languages: french,
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(ask(pages, "https://acme.desk.example/?view=mine", ""))
	fmt.Println(ask(pages, "https://delicatessen.desk.example/?view=mine", ""))
	// Output:
	// 200 Mine · Acme
	// 200 Les miens · Delicatessen
}

// The customers' form, which other pages of the host may show in a frame. A stranger is asked for
// an address; a customer who is logged in is not.
func ExampleNewForm() {
	desk, err := helpdesk.New(memstore.New(), &helpdesk.Config{
		Mail: &helpdesk.MailConfig{
			Address:   func(helpdesk.TenantID) string { return "support@acme.example" },
			Keys:      [][]byte{[]byte("a secret of thirty-two bytes: 12")},
			TicketURL: func(_ helpdesk.TenantID, token string) string { return "https://acme.example/help/t/" + token },
			RateURL:   func(_ helpdesk.TenantID, token string) string { return "https://acme.example/help/rate/" + token },
		},
	})
	if err != nil {
		panic(err)
	}
	form, err := webui.NewForm(desk, &webui.FormConfig{
		Config: webui.Config{
			Actor: func(r *http.Request) (helpdesk.Actor, error) {
				mail, _, ok := session(r)
				if !ok {
					return helpdesk.Actor{}, errors.New("not logged in")
				}
				return helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: mail}, nil
			},
			Frame: "'self' https://shop.acme.example",
		},
		Key: []byte("the same in every process"),
		ClientIP: func(r *http.Request) string { // behind a proxy of one's own, which sets the header
			return r.Header.Get("X-Real-IP")
		},
		PerAddress: 3, PerIP: 20, FillTime: 3 * time.Second,
	})
	if err != nil {
		panic(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/help/", http.StripPrefix("/help", form))
	fmt.Println(ask(mux, "/help/?embed=1", ""))
	fmt.Println(ask(mux, "/help/", "kim@mail.example"))
	fmt.Println(ask(mux, "/help/t/somebody-elses", ""))
	// Output:
	// 200 How can we help? · Help desk
	// 200 My requests · Help desk
	// 404 Not found · Help desk
}

// A host that says things its own way replaces texts of the built-in catalogue.
func ExampleConfig_languages() {
	desk, err := helpdesk.New(memstore.New(), nil)
	if err != nil {
		panic(err)
	}
	pages, err := webui.New(desk, &webui.Config{
		Actor:     whoIsIt,
		Languages: fstest.MapFS{"en.json": {Data: []byte(`{"view.open": "Inbox", "brand": "Support"}`)}},
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(ask(pages, "/", "ana@acme.example"))
	fmt.Println(ask(pages, "/", "boss@acme.example"))
	// Output:
	// 403 This is not for you · Support
	// 200 Inbox · Support
}

// Webhooks that an admin keeps in the settings are called by a Notifier on the desk's store; the
// settings test one by the same.
func ExampleNew_webhooks() {
	store := memstore.New()
	hooks, err := webhook.New(&webhook.Config{Store: store})
	if err != nil {
		panic(err)
	}
	desk, err := helpdesk.New(store, &helpdesk.Config{Notifier: notify.Multi(notify.Log(nil), hooks)})
	if err != nil {
		panic(err)
	}
	pages, err := webui.New(desk, &webui.Config{Actor: whoIsIt, TestWebhook: hooks.Test})
	if err != nil {
		panic(err)
	}
	fmt.Println(ask(pages, "/settings/webhooks/edit", "boss@acme.example"))
	// Output:
	// 200 Add a webhook · Help desk
}
