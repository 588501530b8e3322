package main

import (
	"errors"
	"net/http"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// demoActor believes whatever the header X-Demo-Actor says: "admin:MAIL", "agent:MAIL" or
// "customer:MAIL". A real host looks at its own session here.
func demoActor(r *http.Request) (helpdesk.Actor, error) {
	role, mail, ok := strings.Cut(r.Header.Get("X-Demo-Actor"), ":")
	switch role := helpdesk.Role(role); {
	case !ok || mail == "":
		return helpdesk.Actor{}, errors.New("say who you are by the header X-Demo-Actor: agent:ana@example.com")
	case role != helpdesk.RoleAdmin && role != helpdesk.RoleAgent && role != helpdesk.RoleCustomer:
		return helpdesk.Actor{}, errors.New("X-Demo-Actor begins with admin:, agent: or customer:")
	default:
		return helpdesk.Actor{Role: role, ID: strings.ToLower(mail)}, nil
	}
}
