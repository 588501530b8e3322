package main

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// demoActor believes the header X-Demo-Actor, or the cookie that the login page sets: "admin:MAIL",
// "lead:MAIL", "agent:MAIL" or "customer:MAIL". A real host looks at its own session here.
func demoActor(r *http.Request) (helpdesk.Actor, error) {
	says := r.Header.Get("X-Demo-Actor")
	if c, err := r.Cookie(demoCookie); says == "" && err == nil {
		says, _ = url.QueryUnescape(c.Value)
	}
	role, mail, ok := strings.Cut(says, ":")
	switch role := helpdesk.Role(role); {
	case !ok || mail == "":
		return helpdesk.Actor{}, errors.New("say who you are by the header X-Demo-Actor: agent:ana@example.com")
	case !slices.Contains([]helpdesk.Role{helpdesk.RoleAdmin, helpdesk.RoleLead, helpdesk.RoleAgent, helpdesk.RoleCustomer}, role):
		return helpdesk.Actor{}, errors.New("X-Demo-Actor begins with admin:, lead:, agent: or customer:")
	default:
		return helpdesk.Actor{Role: role, ID: strings.ToLower(mail)}, nil
	}
}

const demoCookie = "demo_actor"

// login lets a visitor choose who to be.
func login(w http.ResponseWriter, r *http.Request) {
	if who := r.FormValue("who"); r.Method == http.MethodPost && who != "" {
		http.SetCookie(w, &http.Cookie{Name: demoCookie, Value: url.QueryEscape(who), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
		to := "/support/"
		if strings.HasPrefix(who, string(helpdesk.RoleCustomer)+":") {
			to = "/help/"
		}
		http.Redirect(w, r, to, http.StatusSeeOther)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'")
	io.WriteString(w, loginPage)
}

const loginPage = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>Help desk demo</title>
<style>body{font:16px/1.5 system-ui;max-width:34rem;margin:12vh auto;padding:0 1rem}button{font:inherit;display:block;width:100%;text-align:left;padding:.8rem 1rem;margin:.5rem 0;border:1px solid #8888;border-radius:8px;background:none;color:inherit;cursor:pointer}small{opacity:.75;display:block}</style>
<h1>Who would you like to be?</h1><p>This is a demo: it believes you. A real host has its own login.</p>
<form method="post">
<button name="who" value="agent:ana@example.com">Ana, an agent<small>works on billing tickets</small></button>
<button name="who" value="agent:ben@example.com">Ben, an agent<small>works on technical tickets</small></button>
<button name="who" value="admin:dev@example.com">Dev, an admin<small>sees the settings too</small></button>
<button name="who" value="customer:kim@example.com">Kim, a customer<small>asks for help</small></button>
</form>`
