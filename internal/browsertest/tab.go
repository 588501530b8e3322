package browsertest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Look is how a tab shows pages.
type Look struct {
	Width    int64  // width of the page in CSS pixels; 0 means 1280
	Height   int64  // 0 means 900
	Dark     bool   // prefers-color-scheme: dark
	NoScript bool   // JavaScript is off
	Zone     string // time zone such as "Europe/Berlin"; empty means UTC
	Language string // Accept-Language, such as "de"; empty means "en"
}

// Tab is a page of one person and shares no cookies with other tabs. The test fails at its end
// after any fault in the page: an exception, an error on the console, or a violation of the page's
// content security policy.
type Tab struct {
	t   testing.TB
	ctx context.Context

	mu      sync.Mutex
	faults  []string
	allowed []string
}

// Tab opens an empty tab. t may be a subtest of the browser's test.
func (b *Browser) Tab(t testing.TB, look Look) *Tab {
	t.Helper()
	tab := &Tab{t: t}
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(tab.hear))
	tab.ctx = ctx
	t.Cleanup(func() {
		cancel()
		for _, fault := range tab.Faults() {
			t.Errorf("fault in the browser: %s", fault)
		}
	})
	// The context that opens a tab has to outlive it: one with a time limit would end its events.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	width, height, zone, scheme := look.Width, look.Height, look.Zone, "light"
	if width == 0 {
		width = 1280
	}
	if height == 0 {
		height = 900
	}
	if zone == "" {
		zone = "UTC"
	}
	if look.Dark {
		scheme = "dark"
	}
	language := look.Language
	if language == "" {
		language = "en"
	}
	tab.Do(
		call(log.Enable, cdp.Empty{}), call(audits.Enable, cdp.Empty{}),
		chromedp.EmulateViewport(width, height),
		call(emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: zone}),
		call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}),
		call(network.Enable, network.EnableParams{}), call(network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": language}}),
		call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: look.NoScript}),
	)
	return tab
}

// call makes a step of a command that returns no result.
func call[P any](cmd cdp.Command[P, cdp.Empty], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, cmd, params)
		return err
	})
}

// hear records faults.
func (tab *Tab) hear(event any) {
	var fault string
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		fault = e.ExceptionDetails.Text
		if x := e.ExceptionDetails.Exception; x != nil {
			fault += " " + x.Description
		}
	case *runtime.EventConsoleAPICalled:
		if kind := string(e.Type); kind == "error" || kind == "warning" || kind == "assert" {
			text, _ := json.Marshal(e.Args)
			fault = kind + " " + string(text)
		}
	case *log.EventEntryAdded:
		if kind := string(e.Entry.Level); kind == "error" || kind == "warning" {
			fault = fmt.Sprintf("%s: %s (%s)", e.Entry.Source, e.Entry.Text, e.Entry.URL)
		}
	case *audits.EventIssueAdded:
		if e.Issue.Details != nil && e.Issue.Details.ContentSecurityPolicyIssueDetails != nil {
			text, _ := json.Marshal(e.Issue.Details.ContentSecurityPolicyIssueDetails)
			fault = "policy " + string(text)
		}
	}
	if fault != "" {
		tab.mu.Lock()
		defer tab.mu.Unlock()
		tab.faults = append(tab.faults, fault)
	}
}

// Allow permits one fault whose text contains text, such as the browser's own line about a response
// with an error status. The test fails when the fault does not come.
func (tab *Tab) Allow(text string) {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	tab.allowed = append(tab.allowed, text)
}

// Await waits for a fault whose text contains text, and permits it. It fails the test when the
// fault does not come. The browser may report it after the page has loaded.
func (tab *Tab) Await(text string) {
	tab.t.Helper()
	for end := time.Now().Add(patience); !tab.permit(text); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			tab.t.Errorf("no fault contains %s: the status of %s is %d, and it says\n%s", text, evaluate[string](tab, "location.href"),
				evaluate[int](tab, "performance.getEntriesByType('navigation')[0].responseStatus"), tab.Text("main"))
			return
		}
	}
}

// permit takes out the first fault that contains text. It returns false if there is none.
func (tab *Tab) permit(text string) bool {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	i := slices.IndexFunc(tab.faults, func(fault string) bool { return strings.Contains(fault, text) })
	if i < 0 {
		return false
	}
	tab.faults = slices.Delete(tab.faults, i, i+1)
	return true
}

// Faults returns the faults so far, less the allowed ones.
func (tab *Tab) Faults() []string {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	faults := append([]string(nil), tab.faults...)
	for _, text := range tab.allowed {
		found := false
		for i, fault := range faults {
			if strings.Contains(fault, text) {
				faults, found = append(faults[:i], faults[i+1:]...), true
				break
			}
		}
		if !found {
			faults = append(faults, "no fault contains "+text)
		}
	}
	return faults
}

// Do takes steps and fails the test when one fails.
func (tab *Tab) Do(steps ...chromedp.Action[chromedp.Void]) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		tab.t.Fatalf("browser: %v\nat %s", err, tab.Text("body"))
	}
}

// Go opens a page and waits until it has loaded.
func (tab *Tab) Go(url string) {
	tab.t.Helper()
	tab.Do(chromedp.Navigate(url))
}

// evaluate returns the present value of a JavaScript expression, or zero while there is no page.
func evaluate[T any](tab *Tab, expression string) T {
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		var zero T
		return zero
	}
	return value
}

// Is reports whether a JavaScript expression is true on the page now.
func (tab *Tab) Is(expression string) bool {
	return evaluate[bool](tab, "Boolean("+expression+")")
}

// Until waits for a JavaScript expression to be true. The page may be replaced meanwhile.
func (tab *Tab) Until(expression string) {
	tab.t.Helper()
	for end := time.Now().Add(patience); !tab.Is(expression); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			tab.t.Fatalf("never true: %s\nat %s", expression, tab.Text("body"))
		}
	}
}

// See waits for an element that contains text.
func (tab *Tab) See(css, text string) {
	tab.t.Helper()
	tab.Until(fmt.Sprintf("[...document.querySelectorAll(%s)].some(e => e.innerText.includes(%s))", quote(css), quote(text)))
}

// Text returns the visible text of the first matching element, or "" if there is none.
func (tab *Tab) Text(css string) string {
	return evaluate[string](tab, "document.querySelector("+quote(css)+")?.innerText || ''")
}

// Value returns the value of a field.
func (tab *Tab) Value(css string) string {
	return evaluate[string](tab, "document.querySelector("+quote(css)+")?.value || ''")
}

// Click waits for the first matching element and clicks it. It finds and clicks in one step, since
// a live page may replace the element at any time.
func (tab *Tab) Click(css string) {
	tab.t.Helper()
	tab.Until("(e => e && (e.scrollIntoView({block: 'center'}), e.focus(), e.click(), true))(document.querySelector(" + quote(css) + "))")
}

// Leave clicks an element that opens another page, and waits until that page has loaded.
func (tab *Tab) Leave(css string) {
	tab.t.Helper()
	tab.leave(func() { tab.Click(css) })
}

// LeaveBy presses keys that open another page, and waits until that page has loaded.
func (tab *Tab) LeaveBy(keys string) {
	tab.t.Helper()
	tab.leave(func() { tab.Press(keys) })
}

func (tab *Tab) leave(act func()) {
	tab.t.Helper()
	if !tab.Is("(document.documentElement.dataset.left = 1)") {
		tab.t.Fatal("the page cannot be marked")
	}
	act()
	tab.Until("document.readyState === 'complete' && !document.documentElement.dataset.left")
}

// Press presses keys one after the other on the focused element. Package kb has the keys without a
// character. The text comes with the key, as from a keyboard, so a page can suppress it.
// chromedp.KeyEvent types the text even when the page suppresses the key.
func (tab *Tab) Press(keys string) {
	tab.t.Helper()
	for _, r := range keys {
		k := kb.Keys[r]
		if k == nil {
			tab.t.Fatalf("no key for %q", r)
		}
		down := input.DispatchKeyEventParams{
			Type: input.DispatchKeyEventTypeKeyDown, Key: k.Key, Code: k.Code, WindowsVirtualKeyCode: k.Windows, NativeVirtualKeyCode: k.Native,
		}
		if k.Print {
			down.Text, down.UnmodifiedText = k.Text, k.Unmodified
		}
		if k.Shift {
			down.Modifiers = 8
		}
		up := down
		up.Type, up.Text, up.UnmodifiedText = input.DispatchKeyEventTypeKeyUp, "", ""
		tab.Do(call(input.DispatchKeyEvent, down), call(input.DispatchKeyEvent, up))
	}
}

// Write inserts text at the focus.
func (tab *Tab) Write(text string) {
	tab.t.Helper()
	tab.Do(call(input.InsertText, input.InsertTextParams{Text: text}))
}

// Fits fails the test when the page is wider than its window and scrolls sideways.
func (tab *Tab) Fits() {
	tab.t.Helper()
	const wide = `[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".scroll, nav, .hide, .skip, svg")).slice(0, 5).map(e => e.outerHTML.slice(0, 120)).join("\n")`
	if tab.Is("document.documentElement.scrollWidth <= document.documentElement.clientWidth") {
		return
	}
	tab.t.Errorf("%s is too wide by:\n%s", evaluate[string](tab, "location.href"), evaluate[string](tab, wide))
}

// Hide minimises the tab's window, which hides its page. Show restores the window.
func (tab *Tab) Hide() {
	tab.t.Helper()
	tab.window(browser.WindowStateMinimized)
	tab.Until("document.hidden")
}

// Show restores a hidden window.
func (tab *Tab) Show() {
	tab.t.Helper()
	tab.window(browser.WindowStateNormal)
	tab.Until("!document.hidden")
}

func (tab *Tab) window(state browser.WindowState) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	of, err := chromedp.Call(ctx, browser.GetWindowForTarget, browser.GetWindowForTargetParams{})
	if err == nil {
		_, err = chromedp.Call(ctx, browser.SetWindowBounds, browser.SetWindowBoundsParams{WindowID: of.WindowID, Bounds: &browser.Bounds{WindowState: state}})
	}
	if err != nil {
		tab.t.Fatalf("make the window %s: %v", state, err)
	}
}

// Picture returns a screenshot of the window as a PNG, without animated elements.
func (tab *Tab) Picture() []byte {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	shot, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: "png"})
	if err != nil {
		tab.t.Fatalf("picture: %v", err)
	}
	return shot.Data
}

// Whole returns the whole page as a PNG, without animated elements. Sticky elements stand at the
// beginning of the page.
func (tab *Tab) Whole() []byte {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	shot, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: "png", CaptureBeyondViewport: new(true), Clip: &page.Viewport{
		Width: evaluate[float64](tab, "document.documentElement.clientWidth"), Height: evaluate[float64](tab, "document.documentElement.scrollHeight"), Scale: 1,
	}})
	if err != nil {
		tab.t.Fatalf("picture: %v", err)
	}
	return shot.Data
}

// Run evaluates JavaScript, awaits its promise and decodes the result.
func Run[T any](tab *Tab, script string) T {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	result, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		tab.t.Fatalf("script: %v", err)
	}
	return result
}

func quote(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		panic("browsertest: a string is always JSON: " + err.Error())
	}
	return string(text)
}
