package freemail_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/freemail"
)

func TestServicesAreToldFromCompanies(t *testing.T) {
	t.Parallel()
	for domain, want := range map[string]bool{
		"gmail.com": true, "mail.gmail.com": true, "yahoo.co.jp": true, "hotmail.fr": true, "outlook.com": true, "gmx.net": true, "163.com": true,
		"acme.example": false, "mygmail.com": false, "gmail.com.acme.example": false, "yahooligans.com": false, "com": false, "": false,
	} {
		require.Equal(t, want, freemail.Has(domain), domain)
	}
}
