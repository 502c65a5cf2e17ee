package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a test waits for the page to show something.
const patience = 20 * time.Second

// browser is a Chromium that a test looks through. An error in a script, a
// violation of the policy and a request to another host fail the test.
type browser struct {
	t    *testing.T
	ctx  context.Context
	home string // the address of the desk, without a slash at the end

	mu     sync.Mutex
	faults []string
}

// look starts Chromium, speaking a language and with more flags, on what a handler serves.
func look(t *testing.T, h http.Handler, language string, more ...chromedp.ExecAllocatorOption) *browser {
	t.Helper()
	if testing.Short() {
		t.Skip("no browser tests with -short")
	}
	if _, err := os.Stat("desk/dist/index.html"); err != nil {
		t.Skip("the page is not built: run make web/desk/dist/index.html (needs Node)")
	}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return lookAt(t, server.URL, language, more...)
}

func lookAt(t *testing.T, home, language string, more ...chromedp.ExecAllocatorOption) *browser {
	t.Helper()
	b := &browser{t: t, home: home}
	flags := chromedp.DefaultExecAllocatorOptions[:]
	flags = append(flags, chromedp.ExecPath(chromium(t)), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox, chromedp.DisableGPU)
	for _, flag := range []string{"disable-quic", "disable-component-update", "hide-scrollbars"} {
		flags = append(flags, chromedp.Flag(flag, true))
	}
	flags = append(flags, chromedp.Flag("accept-lang", language), chromedp.Flag("lang", language),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1")) // the network is cut off but for loopback
	flags = append(flags, more...)
	allocated, stop := chromedp.NewExecAllocator(t.Context(), flags...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(allocated)
	t.Cleanup(closeTab)
	b.ctx = ctx
	if err := chromedp.Listen(ctx, b.listen); err != nil {
		t.Fatalf("starting Chromium: %v", err)
	}
	b.do(chromedp.EmulateViewport(1280, 860))
	t.Cleanup(b.blame)
	return b
}

// chromium finds the browser, or skips the test.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no Chromium here: install the package chromium to run the browser tests")
	return ""
}

func (b *browser) listen(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.fault("a script fails: %s", exception(e.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" {
			b.fault("a script reports an error: %v", e.Args)
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == "error" {
			b.fault("%s: %s (%s)", e.Entry.Source, e.Entry.Text, e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		u, err := url.Parse(e.Request.URL)
		if err != nil {
			b.fault("a request to %s", e.Request.URL)
			return
		}
		address, err := netip.ParseAddr(u.Hostname())
		if strings.HasPrefix(u.Scheme, "http") && (err != nil || !address.IsLoopback()) {
			b.fault("a request to another host: %s", e.Request.URL)
		}
	}
}

func exception(d *runtime.ExceptionDetails) string {
	if d.Exception != nil {
		return d.Text + " " + d.Exception.Description
	}
	return d.Text
}

func (b *browser) fault(format string, args ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.faults = append(b.faults, fmt.Sprintf(format, args...))
}

// forgive drops the faults that have some words in them: those that a test makes on purpose.
func (b *browser) forgive(words string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.faults = slices.DeleteFunc(b.faults, func(fault string) bool { return strings.Contains(fault, words) })
}

// blame fails the test for what went wrong behind the page.
func (b *browser) blame() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, fault := range b.faults {
		b.t.Error(fault)
	}
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx := b.ctx
	if chromedp.FromContext(ctx) != nil && chromedp.FromContext(ctx).Target != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(b.ctx, patience)
		defer cancel()
	}
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

func (b *browser) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.home + path))
}

// ask evaluates an expression in the page.
func ask[T any](b *browser, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// wait waits until an expression is true in the page.
func (b *browser) wait(expression string) {
	b.t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(40 * time.Millisecond) {
		if ask[bool](b, "Boolean("+expression+")") {
			return
		}
		if time.Now().After(deadline) {
			b.t.Fatalf("waited in vain for %s; the page at %s shows\n%s", expression, b.place(), ask[string](b, "document.body.innerText"))
		}
	}
}

// sees waits until the first element that a selector finds shows some words.
func (b *browser) sees(selector, words string) {
	b.t.Helper()
	b.wait(fmt.Sprintf("document.querySelector(%q)?.innerText.replace(/\\s+/g, ' ').includes(%q)", selector, words))
}

// count waits until a selector finds n elements.
func (b *browser) count(selector string, n int) {
	b.t.Helper()
	b.wait(fmt.Sprintf("document.querySelectorAll(%q).length === %d", selector, n))
}

// click clicks, with the mouse, on the first element that a selector finds.
func (b *browser) click(selector string) {
	b.t.Helper()
	b.wait(fmt.Sprintf("document.querySelector(%q)", selector))
	b.do(chromedp.Click(chromedp.CSS(selector)))
}

// clickWords clicks on the innermost element that has exactly these words.
func (b *browser) clickWords(within, words string) {
	b.t.Helper()
	find := fmt.Sprintf("[...document.querySelectorAll(%q)].find((e) => e.textContent.trim() === %q)", within, words)
	b.wait(find)
	at := ask[[]float64](b, fmt.Sprintf("(() => { const e = %s; e.scrollIntoView({block: 'center'}); const r = e.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2]; })()", find))
	b.do(chromedp.MouseClickXY(at[0], at[1]))
}

func (b *browser) key(keys string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys))
}

// place is the path and query that the address bar shows.
func (b *browser) place() string {
	b.t.Helper()
	return ask[string](b, "location.pathname + location.search")
}
