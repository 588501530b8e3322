package main

import (
	"context"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// demoDirectory knows the customers of two companies of the demo by their domains. Those of other
// domains are known by what they write alone.
func demoDirectory(_ context.Context, _ helpdesk.TenantID, email string) (*helpdesk.Customer, *helpdesk.Organisation, error) {
	name, domain, _ := strings.Cut(email, "@")
	c := &helpdesk.Customer{HostID: "crm-" + name + "-" + domain, Language: "en"}
	switch domain {
	case "example.com":
		c.Zone = "America/New_York"
		return c, &helpdesk.Organisation{HostID: "northwind", Name: "Northwind Traders", Domains: []string{domain}, Tags: []string{"enterprise"}}, nil
	case "example.org":
		c.Zone, c.Tags = "Europe/Berlin", []string{"pilot"}
		return c, &helpdesk.Organisation{HostID: "kastner", Name: "Kastner & Söhne", Domains: []string{domain}, Tags: []string{"basic"}}, nil
	}
	return nil, nil, nil
}
