package delivery_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"casus"
	"casus/alert"
	"casus/alert/delivery"
	"casus/alert/outbox"
	"casus/ledger"
)

const secret = "a secret of some length"

func now() time.Time { return time.Date(2026, time.January, 1, 12, 0, 0, 0, time.UTC) }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// round is an outbox with a courier whose pauses are short.
type round struct {
	t       *testing.T
	path    string
	outbox  *outbox.Outbox
	courier *delivery.Courier
	mu      sync.Mutex
	told    []string
	raised  int
}

func newRound(t *testing.T) *round {
	r := &round{t: t, path: filepath.Join(t.TempDir(), "state")}
	r.open()
	return r
}

func (r *round) open() {
	r.t.Helper()
	o, err := outbox.Open(r.t.Context(), r.path, time.Now)
	must(r.t, err)
	r.t.Cleanup(func() { o.Close() })
	r.outbox = o
	r.courier = &delivery.Courier{Outbox: o, Now: time.Now, First: time.Millisecond, Longest: 4 * time.Millisecond, Tries: 4, Patience: time.Minute, Tell: func(s string) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.told = append(r.told, s)
	}}
}

// restart is what a killed program leaves to the next one.
func (r *round) restart() {
	r.t.Helper()
	must(r.t, r.outbox.Close())
	r.open()
}

func (r *round) raise(n int, targets ...delivery.Target) {
	r.t.Helper()
	var names []string
	for _, target := range targets {
		names = append(names, target.Name())
	}
	must(r.t, r.outbox.Introduce(r.t.Context(), names))
	var alerts []alert.Alert
	for range n {
		r.raised++
		alerts = append(alerts, anAlert(r.raised))
	}
	_, err := r.outbox.Raise(r.t.Context(), "l", now(), alerts)
	must(r.t, err)
}

func anAlert(n int) alert.Alert {
	return alert.Alert{ID: fmt.Sprintf("a%012d", n), Rule: "Rule <one> & only", Cause: alert.OfRecord, Says: fmt.Sprint("thing ", n), Keys: []string{fmt.Sprint("key ", n)},
		Entries: []ledger.Entry{{ID: "r0123456789ab", Article: ledger.ArticleRef{ID: "art", Publisher: "De Bode", URL: "https://example.org/a"},
			Record: casus.Record{Quote: "They came & went\x07.", Status: casus.Happened, When: casus.Day(1000),
				Body: &casus.Event{Type: casus.Assault, Source: []casus.ActorID{"rus"}, Target: []casus.ActorID{}}}}}}
}

// receiver is the other side of a webhook, which checks what it gets as the
// Standard Webhooks specification tells receivers to.
type receiver struct {
	t      *testing.T
	mu     sync.Mutex
	answer func(n int, id string) int // the status of the n-th request, from 1
	header http.Header
	n      int
	got    []string // ids of what was taken, in order
	server *httptest.Server
}

func newReceiver(t *testing.T, answer func(n int, id string) int) *receiver {
	r := &receiver{t: t, answer: answer, header: http.Header{}}
	r.server = httptest.NewServer(r)
	t.Cleanup(r.server.Close)
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n++
	body, err := io.ReadAll(req.Body)
	if err != nil {
		r.t.Error(err)
	}
	id, stamp := req.Header.Get("webhook-id"), req.Header.Get("webhook-timestamp")
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "%s.%s.%s", id, stamp, body)
	if want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)); req.Header.Get("webhook-signature") != want {
		r.t.Errorf("the signature is %s, want %s", req.Header.Get("webhook-signature"), want)
	}
	var message struct {
		Type string
		Data alert.Alert
	}
	if err := json.Unmarshal(body, &message); err != nil || message.Type != "casus.alert" || message.Data.ID != id || message.Data.Entries[0].Record.Quote == "" {
		r.t.Errorf("the body is %s, %v", body, err)
	}
	status := r.answer(r.n, id)
	for k, v := range r.header {
		w.Header()[k] = v
	}
	w.WriteHeader(status)
	if status/100 == 2 {
		r.got = append(r.got, id)
	}
}

func (r *receiver) hook() delivery.Target {
	r.t.Helper()
	w, err := delivery.NewWebhook("desk", r.server.URL, secret, time.Now)
	must(r.t, err)
	return w
}

func ids(from, to int) (out []string) {
	for n := from; n <= to; n++ {
		out = append(out, anAlert(n).ID)
	}
	return out
}

func TestAWebhookThatFailsTwiceGetsEachAlertOnce(t *testing.T) {
	r := newRound(t)
	rec := newReceiver(t, func(n int, _ string) int {
		if n <= 2 {
			return http.StatusServiceUnavailable
		}
		return http.StatusNoContent
	})
	r.raise(3, rec.hook())
	must(t, r.courier.Once(t.Context(), []delivery.Target{rec.hook()}))
	if !slices.Equal(rec.got, ids(1, 3)) || rec.n != 5 {
		t.Errorf("it took %v in %d requests, want three in five", rec.got, rec.n)
	}
	if len(r.told) != 3 || !strings.Contains(r.told[0], "webhook desk: answered 503 Service Unavailable; 3 waiting, next try in ") || r.told[2] != "webhook desk: it can be reached again" {
		t.Errorf("a person was told %q", r.told)
	}
	r.restart()
	must(t, r.courier.Once(t.Context(), []delivery.Target{rec.hook()}))
	r.raise(1, rec.hook())
	must(t, r.courier.Once(t.Context(), []delivery.Target{rec.hook()}))
	if !slices.Equal(rec.got, ids(1, 4)) {
		t.Errorf("after the restart it has %v", rec.got)
	}
}

func TestAWebhookThatIsDownHoldsUpNobodyAndGetsItLater(t *testing.T) {
	r := newRound(t)
	up := false
	rec := newReceiver(t, func(int, string) int {
		if up {
			return http.StatusOK
		}
		return http.StatusBadGateway
	})
	file := delivery.NewFile("a", filepath.Join(t.TempDir(), "a.jsonl"))
	targets := []delivery.Target{rec.hook(), file}
	r.raise(2, targets...)
	must(t, r.courier.Once(t.Context(), targets))
	if rec.n != 4 || len(rec.got) != 0 {
		t.Errorf("the webhook was tried %d times and took %v", rec.n, rec.got)
	}
	if n, err := r.outbox.Count(t.Context(), file.Name()); n != 0 || err != nil {
		t.Errorf("%d wait for the file, %v", n, err)
	}
	r.restart()
	up = true
	must(t, r.courier.Once(t.Context(), targets))
	if !slices.Equal(rec.got, ids(1, 2)) {
		t.Errorf("when it was back it took %v", rec.got)
	}
}

func TestWhatIsRefusedIsNotSentAgainAndHoldsUpNothing(t *testing.T) {
	r := newRound(t)
	rec := newReceiver(t, func(_ int, id string) int {
		if id == anAlert(1).ID {
			return http.StatusUnprocessableEntity
		}
		return http.StatusOK
	})
	r.raise(2, rec.hook())
	for range 2 {
		must(t, r.courier.Once(t.Context(), []delivery.Target{rec.hook()}))
	}
	if rec.n != 2 || !slices.Equal(rec.got, ids(2, 2)) {
		t.Errorf("in %d requests it took %v", rec.n, rec.got)
	}
	if len(r.told) != 1 || !strings.Contains(r.told[0], "422 Unprocessable Entity. It is not sent again.") {
		t.Errorf("a person was told %q", r.told)
	}
}

// A courier that runs on delivers what comes while it runs, through failures.
func TestRunDeliversWhatComes(t *testing.T) {
	r := newRound(t)
	all := make(chan struct{})
	rec := newReceiver(t, nil)
	rec.answer = func(n int, id string) int {
		if n%2 == 1 {
			return http.StatusInternalServerError
		}
		if id == anAlert(3).ID {
			close(all)
		}
		return http.StatusOK
	}
	hook := rec.hook()
	ctx, stop := context.WithCancel(t.Context())
	more, ended := make(chan struct{}), make(chan error)
	go func() { ended <- r.courier.Run(ctx, hook, more) }()
	r.raise(2, hook)
	more <- struct{}{}
	r.raise(1, hook)
	more <- struct{}{}
	<-all
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	rec.mu.Lock()
	defer rec.mu.Unlock()
	if !slices.Equal(rec.got, ids(1, 3)) {
		t.Errorf("it took %v", rec.got)
	}
}

func TestARedirectIsNotFollowed(t *testing.T) {
	r := newRound(t)
	elsewhere := newReceiver(t, func(int, string) int { return http.StatusOK })
	rec := newReceiver(t, func(int, string) int { return http.StatusTemporaryRedirect })
	rec.header.Set("Location", elsewhere.server.URL)
	r.raise(1, rec.hook())
	must(t, r.courier.Once(t.Context(), []delivery.Target{rec.hook()}))
	if elsewhere.n != 0 || rec.n == 0 {
		t.Errorf("a signed message went to another address")
	}
}

// A server that asks for time is given it: the pause that is kept is as long as
// it says, up to the longest.
func TestRetryAfterIsHeeded(t *testing.T) {
	r := newRound(t)
	r.courier.Longest = time.Hour
	r.courier.Tries = 1
	rec := newReceiver(t, func(int, string) int { return http.StatusTooManyRequests })
	rec.header.Set("Retry-After", "600")
	r.raise(1, rec.hook())
	before := time.Now()
	must(t, r.courier.Once(t.Context(), []delivery.Target{rec.hook()}))
	if p, err := r.outbox.Pause(t.Context(), "webhook desk"); err != nil || p.Until.Before(before.Add(599*time.Second)) {
		t.Errorf("paused until %v, %v", p.Until, err)
	}
}

// In one run nobody waits for a webhook that has been away for long.
func TestOnceDoesNotWaitForALongPause(t *testing.T) {
	r := newRound(t)
	r.courier.First, r.courier.Longest = time.Hour, time.Hour
	rec := newReceiver(t, func(int, string) int { return http.StatusBadGateway })
	r.raise(1, rec.hook())
	must(t, r.courier.Once(t.Context(), []delivery.Target{rec.hook()}))
	if rec.n != 1 {
		t.Errorf("it was tried %d times", rec.n)
	}
}

func TestNoErrorHasTheAddressOrTheSecret(t *testing.T) {
	r := newRound(t)
	w, err := delivery.NewWebhook("desk", "http://127.0.0.1:1/hook?token=hushhush", secret, time.Now)
	must(t, err)
	r.raise(1, w)
	must(t, r.courier.Once(t.Context(), []delivery.Target{w}))
	if told := strings.Join(r.told, "\n"); !strings.Contains(told, "cannot be reached") || strings.Contains(told, "hushhush") || strings.Contains(told, secret) {
		t.Errorf("a person was told %q", told)
	}
	for _, bad := range []string{"", "short", "whsec_not base64!", "whsec_c2hvcnQ="} {
		if _, err := delivery.NewWebhook("desk", "http://127.0.0.1:1", bad, time.Now); err == nil || bad != "" && strings.Contains(err.Error(), bad) {
			t.Errorf("the secret %q: %v", bad, err)
		}
	}
	if _, err := delivery.NewWebhook("desk", "http://127.0.0.1:1", " whsec_"+base64.StdEncoding.EncodeToString([]byte(secret))+"\n", time.Now); err != nil {
		t.Errorf("a good one: %v", err)
	}
}

func TestAFileHasEachAlertOnceWhateverWasKilled(t *testing.T) {
	r := newRound(t)
	path := filepath.Join(t.TempDir(), "a.jsonl")
	file := delivery.NewFile("a", path)
	r.raise(3, file)
	// Killed after the first line and half of the second, before either was done.
	parcels, err := r.outbox.Waiting(t.Context(), file.Name(), 3)
	must(t, err)
	must(t, r.outbox.Begin(t.Context(), file.Name(), parcels))
	must(t, file.Deliver(t.Context(), parcels[:2]))
	data, err := os.ReadFile(path)
	must(t, err)
	must(t, os.WriteFile(path, data[:len(data)-40], 0o600))
	r.restart()
	must(t, r.courier.Once(t.Context(), []delivery.Target{file}))
	r.raise(1, file)
	must(t, r.courier.Once(t.Context(), []delivery.Target{file}))
	data, err = os.ReadFile(path)
	must(t, err)
	var got []string
	for line := range bytes.Lines(data) {
		var a alert.Alert
		must(t, json.Unmarshal(line, &a))
		got = append(got, a.ID)
	}
	if !slices.Equal(got, ids(1, 4)) {
		t.Errorf("the file has %v", got)
	}
}

func TestAFeedHasEachAlertOnceTheNewestFirst(t *testing.T) {
	r := newRound(t)
	path := filepath.Join(t.TempDir(), "a.atom")
	feed := delivery.NewFeed("desk", path, "The desk")
	r.raise(3, feed)
	parcels, err := r.outbox.Waiting(t.Context(), feed.Name(), 3)
	must(t, err)
	must(t, r.outbox.Begin(t.Context(), feed.Name(), parcels))
	must(t, feed.Deliver(t.Context(), parcels[:2])) // and killed
	r.restart()
	must(t, r.courier.Once(t.Context(), []delivery.Target{feed}))
	r.raise(300, feed)
	must(t, r.courier.Once(t.Context(), []delivery.Target{feed}))
	data, err := os.ReadFile(path)
	must(t, err)
	var got struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string   `xml:"id"`
		Title   string   `xml:"title"`
		Updated string   `xml:"updated"`
		Author  string   `xml:"author>name"`
		Entries []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
			Content string `xml:"content"`
			Link    struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	must(t, xml.Unmarshal(data, &got))
	if len(got.Entries) != 200 || got.Entries[0].ID != "urn:casus:alert:a000000000303" || got.Entries[199].ID != "urn:casus:alert:a000000000104" {
		t.Errorf("%d entries, from %s to %s", len(got.Entries), got.Entries[0].ID, got.Entries[len(got.Entries)-1].ID)
	}
	seen := map[string]bool{}
	for _, e := range got.Entries {
		if seen[e.ID] {
			t.Errorf("%s is there twice", e.ID)
		}
		seen[e.ID] = true
	}
	e := got.Entries[0]
	if e.Title != "Rule <one> & only" || !strings.Contains(e.Content, "thing 303\n\n“They came & went.”\n— De Bode, art, r0123456789ab") || e.Link.Href != "https://example.org/a" {
		t.Errorf("the first is %+v", e)
	}
	if _, err := time.Parse(time.RFC3339, got.Updated); err != nil || got.ID == "" || got.Author == "" || got.Title != "The desk" {
		t.Errorf("the feed is %+v, %v", got, err)
	}
}

func TestAFileOfSomebodyElseIsNoFeed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "letter")
	must(t, os.WriteFile(path, []byte("Dear Ann,"), 0o600))
	err := delivery.NewFeed("desk", path, "desk").Deliver(t.Context(), []outbox.Parcel{{Number: 1, Alert: anAlert(1)}})
	if casus.CodeOf(err) != casus.Conflict {
		t.Errorf("got %v", err)
	}
	if data, err := os.ReadFile(path); string(data) != "Dear Ann," || err != nil {
		t.Errorf("the letter reads %q, %v", data, err)
	}
}

func TestAStoppedCourierSaysSo(t *testing.T) {
	r := newRound(t)
	rec := newReceiver(t, func(int, string) int { return http.StatusOK })
	r.raise(1, rec.hook())
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := r.courier.Once(ctx, []delivery.Target{rec.hook()}); !errors.Is(err, context.Canceled) || rec.n != 0 {
		t.Errorf("got %v after %d requests", err, rec.n)
	}
}
