// Package browsertest drives headless Chromium in tests, over its DevTools protocol.
package browsertest

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// patience is how long a page may take for one step before the test fails. It does not measure
// speed.
const patience = time.Minute

// Browser is a running Chromium with its own profile.
type Browser struct {
	t   testing.TB
	ctx context.Context
}

// New starts Chromium and ends it with the test. It skips the test where no Chromium is installed,
// and fails it when CI is set.
func New(t testing.TB) *Browser {
	t.Helper()
	if slow || testing.Short() {
		t.Skip("make test runs the browser, without -short and without the race detector")
	}
	path := find()
	if path == "" {
		const how = "no Chromium here: install Debian's package chromium-headless-shell, or put chromium or google-chrome into PATH"
		if os.Getenv("CI") != "" {
			t.Fatal(how)
		}
		t.Skip(how)
	}
	// t.Context ends before the browser is closed.
	alloc, end := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("force-color-profile", "srgb"),
		chromedp.Flag("disable-renderer-backgrounding", true), chromedp.Flag("disable-background-timer-throttling", true),
	)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(func() {
		cancel()
		end()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return &Browser{t, ctx}
}

// find returns the path of an installed Chromium, or "". The headless shell comes first: it needs
// half the time of the whole browser.
func find() string {
	for _, name := range []string{"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}
