package main

import (
	"fmt"
	"log/slog"
	"net/netip"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
)

// newHooks tells the webhooks that admins keep in the settings. They may be at public addresses and
// in the networks named, which are separated by commas.
func newHooks(store helpdesk.Store, networks string, logger *slog.Logger) (*webhook.Notifier, error) {
	cfg := &webhook.Config{Store: store, Logger: logger}
	for _, text := range strings.FieldsFunc(networks, func(r rune) bool { return r == ',' || r == ' ' }) {
		network, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, fmt.Errorf("-webhook-networks: %w", err)
		}
		cfg.AllowPrivate = append(cfg.AllowPrivate, network)
	}
	return webhook.New(cfg)
}
