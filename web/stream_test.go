package web_test

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"casus/ledger"
	"casus/web"
)

// stream listens to what arrives; next gives the next event with its lines.
func stream(t *testing.T, home, since string) (next func() (kind, id, data string), stop func()) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, home+"/api/stream", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Last-Event-ID", since)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(); response.Body.Close() })
	if got := response.Header.Get("Content-Type"); response.StatusCode != http.StatusOK || got != "text/event-stream" {
		t.Fatalf("status %d, %s", response.StatusCode, got)
	}
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 1<<20)
	return func() (kind, id, data string) {
		for lines.Scan() {
			name, value, _ := strings.Cut(lines.Text(), ": ")
			switch name {
			case "id":
				id = value
			case "event":
				kind = value
			case "data":
				data = value
			case "":
				if kind != "" {
					return kind, id, data
				}
			}
		}
		return "over", id, data
	}, stop
}

// live serves a ledger that is looked at often.
func live(t *testing.T, l ledger.Ledger) (home string) {
	t.Helper()
	o := options(l)
	o.Look = 10 * time.Millisecond
	server := httptest.NewServer(web.New(o))
	t.Cleanup(server.Close)
	return server.URL
}

func TestWhatArrivesIsTold(t *testing.T) {
	l := sample(t)
	next, stop := stream(t, live(t, l), "")
	kind, before, _ := next()
	if kind != "ready" {
		t.Fatalf("it begins with %s", kind)
	}
	many(t, l, 1)
	kind, _, data := next()
	if kind != "articles" || !strings.Contains(data, `"count":1,"records":1`) || !strings.Contains(data, `"id":"talks-0"`) || strings.Contains(data, "bericht 0") {
		t.Errorf("%s: %s", kind, data)
	}
	if _, err := l.Correct(t.Context(), ledger.Correction{Action: ledger.Grade, Author: "Ann", Reason: "looked", Source: "De Bode", Reliability: "B", Seen: -1}); err != nil {
		t.Fatal(err)
	}
	kind, after, data := next()
	if kind != "correction" || !strings.Contains(data, `"author":"Ann"`) {
		t.Errorf("%s: %s", kind, data)
	}
	stop()

	// Who comes back is told of what came meanwhile, and of nothing twice.
	home := live(t, l)
	next, _ = stream(t, home, before)
	var kinds []string
	for range 3 {
		kind, _, _ := next()
		kinds = append(kinds, kind)
	}
	if strings.Join(kinds, " ") != "ready articles correction" {
		t.Errorf("who comes back hears %v", kinds)
	}
	next, _ = stream(t, home, after)
	next()
	if _, err := l.Correct(t.Context(), ledger.Correction{Action: ledger.Grade, Author: "Bob", Reason: "looked", Source: "De Bode", Reliability: "C", Seen: -1}); err != nil {
		t.Fatal(err)
	}
	if kind, _, data := next(); kind != "correction" || !strings.Contains(data, "Bob") {
		t.Errorf("who knew all hears %s: %s", kind, data)
	}
	for _, nonsense := range []string{"x", "-1", "1-", "99999999999999999999-1", "1-2-3", "<script>"} {
		next, _ := stream(t, home, nonsense)
		if kind, _, _ := next(); kind != "ready" {
			t.Errorf("after %q it begins with %s", nonsense, kind)
		}
	}
}

// A server that stops does not wait for those who listen.
func TestTheStreamEndsWithTheServer(t *testing.T) {
	server := httptest.NewUnstartedServer(nil)
	server.Config = web.NewServer(options(sample(t)))
	server.Start()
	next, _ := stream(t, server.URL, "")
	next()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := server.Config.Shutdown(ctx); err != nil {
		t.Errorf("stopping: %v", err)
	}
	if kind, _, _ := next(); kind != "over" {
		t.Errorf("after the end comes %s", kind)
	}
}

// The page says quietly what came, and fetches it when it is asked to.
func TestThePageSaysWhatCame(t *testing.T) {
	l := sample(t)
	o := options(l)
	o.Look = 50 * time.Millisecond
	b := look(t, web.New(o), "nl-NL")
	b.open("/timeline")
	b.count(".timeline .says", 7)
	many(t, l, 2)
	b.wait(`/[12] nieuwe? artikel/.test(document.querySelector(".arrivals").innerText)`)
	b.wait(`document.querySelector(".arrivals").innerText.includes("2 nieuwe artikelen")`)
	b.count(".timeline .says", 7) // what one reads stays
	b.click(".arrivals .show")
	b.count(".timeline .says", 9)
	b.count(".arrivals button", 0)
	if _, err := l.Correct(t.Context(), ledger.Correction{Action: ledger.Grade, Author: "Ann", Reason: "looked", Source: "De Bode", Reliability: "B", Seen: -1}); err != nil {
		t.Fatal(err)
	}
	b.sees(".arrivals", "1 nieuwe correctie")
	b.do(chromedp.Click(chromedp.CSS(".arrivals .away")))
	b.count(".arrivals button", 0)
}
