package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"casus/web"
)

// benchLedger names the environment variable with the ledger that BenchmarkDesk
// shows: CASUS_BENCH=big.db go test ./cmd/casus -run '^$' -bench Desk -benchtime 20x
const benchLedger = "CASUS_BENCH"

// BenchmarkDesk measures in Chromium, of a ledger, when the first view is painted
// (milliseconds from the start of the navigation, with an empty cache) and when
// it is painted anew after a handle of the clock bar has moved.
func BenchmarkDesk(b *testing.B) {
	if os.Getenv(benchLedger) == "" {
		b.Skip("name a ledger in " + benchLedger)
	}
	home, tab := openDesk(b, os.Getenv(benchLedger))
	b.Run("first", func(b *testing.B) {
		var took times
		for range b.N {
			if err := chromedp.Do(tab, told(network.ClearBrowserCache, cdp.Empty{}), chromedp.Navigate("about:blank"), chromedp.Navigate(home+"/")); err != nil {
				b.Fatal(err)
			}
			seen, err := chromedp.Run(tab, chromedp.Evaluate[map[string]float64](untilPainted, chromedp.EvalAwaitPromise))
			if err != nil {
				b.Fatal(err)
			}
			took.add(seen)
		}
		took.report(b)
	})
	b.Run("handle", func(b *testing.B) {
		var took times
		for i := range b.N {
			// From one day to another, far off and near by turns.
			move := fmt.Sprintf(moveHandle, []int{-400, 3, -1, 250, -7}[i%5])
			seen, err := chromedp.Run(tab, chromedp.Evaluate[map[string]float64](move, chromedp.EvalAwaitPromise))
			if err != nil {
				b.Fatal(err)
			}
			took.add(seen)
		}
		took.report(b)
	})
}

// openDesk serves a ledger, as casus serve does, and opens a browser for it.
func openDesk(b *testing.B, file string) (home string, tab context.Context) {
	b.Helper()
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		b.Skip("no Chromium here")
	}
	d := &desk{ctx: b.Context(), stdout: os.Stdout, stderr: os.Stderr, ledger: file, named: true, now: time.Now}
	l, err := openLedger(d, false)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = l.Close() })
	options, err := webOptions(d, l, "")
	if err != nil {
		b.Fatal(err)
	}
	answerFast()
	server := web.NewServer(options)
	listen, err := new(net.ListenConfig).Listen(b.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = server.Close() })
	go func() { _ = server.Serve(listen) }()
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.UserDataDir(b.TempDir()), chromedp.NoSandbox, chromedp.DisableGPU)
	allocated, stop := chromedp.NewExecAllocator(b.Context(), flags...)
	b.Cleanup(stop)
	tab, closeTab := chromedp.NewContext(allocated)
	b.Cleanup(closeTab)
	err = chromedp.Do(tab, chromedp.EmulateViewport(1280, 860), told(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watchPaints}))
	if err != nil {
		b.Fatal(err)
	}
	return "http://" + listen.Addr().String(), tab
}

// watchPaints notes when the parts of the situation have been painted.
const watchPaints = `
window.seen = undefined;
const parts = {frame: 'nav, header', clocks: '#clock-true', told: '.head[aria-busy="false"] li', map: '.atlas .land', list: '.beside[aria-busy="false"] li', changed: '.changed[aria-busy="false"] li'};
const noted = {}, painted = {};
new MutationObserver(() => {
  for (const [name, selector] of Object.entries(parts)) {
    if (noted[name] || !document.querySelector(selector)) continue;
    noted[name] = true;
    requestAnimationFrame(() => setTimeout(() => {
      painted[name] = performance.now();
      painted.first = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
      window.seen = painted;
    }));
  }
}).observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ['aria-busy']});`

// untilPainted waits until all parts are painted.
const untilPainted = `new Promise((done) => { const look = () => window.seen?.changed ? done(window.seen) : setTimeout(look, 20); look(); })`

// moveHandle moves the handle of what is true by so many days, and tells when the
// handle, and when the map with its list, have been painted anew.
const moveHandle = `(() => { return new Promise((done) => {
  const input = document.querySelector('#clock-true'), beside = document.querySelector('.beside'), days = %d;
  const at = Number(input.value), last = Number(input.max) - 1, first = Number(input.min) + 400;
  let to = at + days; if (to < first || to > last) to = at - days < first ? last : at - days;
  const seen = {}, start = performance.now();
  let asked = false;
  input.value = String(Math.min(to, last));
  input.dispatchEvent(new Event('input', {bubbles: true}));
  requestAnimationFrame(() => setTimeout(() => { seen.handle = performance.now() - start; }));
  const look = () => {
    asked ||= beside.getAttribute('aria-busy') === 'true';
    if (!asked || beside.getAttribute('aria-busy') === 'true') return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => { seen.map = performance.now() - start; setTimeout(() => done(seen), 1500); }));
  };
  look();
}); })()`

// times are what was measured, by what was painted, in milliseconds.
type times map[string][]float64

func (t *times) add(seen map[string]float64) {
	if *t == nil {
		*t = times{}
	}
	for what, ms := range seen {
		(*t)[what] = append((*t)[what], ms)
	}
}

// report gives the middle and the 95th of a hundred.
func (t times) report(b *testing.B) {
	for what, list := range t {
		slices.Sort(list)
		b.ReportMetric(list[len(list)/2], what+"-p50-ms")
		b.ReportMetric(list[(len(list)*95+99)/100-1], what+"-p95-ms")
	}
	b.ReportMetric(0, "ns/op")
}

// told gives the browser a command.
func told[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, command, params)
		return chromedp.Void{}, err
	}
}
