package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// hook is the other side of a webhook: it counts what it gets by webhook-id,
// and is down at every fifth request.
type hook struct {
	mu   sync.Mutex
	n    int
	took map[string]int
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.n++; h.n%5 == 0 {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	if _, err := io.Copy(io.Discard, r.Body); err == nil {
		h.took[r.Header.Get("webhook-id")]++
	}
}

// watched is a folder with rules whose alerts go to a file, a feed and a webhook.
func watched(t *testing.T, hook string) (rules string) {
	t.Helper()
	rules = filepath.Join(t.TempDir(), "desk.rules")
	text := fmt.Sprintf("[rule deeds]\nkind: event\n[rule many]\nfigure: >= 100\n[file all]\npath: all.jsonl\n[feed Desk]\npath: desk.atom\n[webhook desk]\nurl: %s\nsecret-env: CASUS_TEST_SECRET\n", hook)
	if err := os.WriteFile(rules, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return rules
}

// alertsIn returns the ids of the alerts in a file of JSON lines, in its order.
func alertsIn(t *testing.T, rules string) (ids []string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(filepath.Dir(rules), "all.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(data) {
		var a struct{ ID string }
		if line[len(line)-1] != '\n' {
			break // half a line of a killed program; the next one takes it off
		}
		decode(t, line, &a)
		ids = append(ids, a.ID)
	}
	return ids
}

// TestKilledWatchDeliversOnce kills a watch again and again, at random moments,
// while articles come in. In the end the file and the feed have each alert
// once, those that an undisturbed watch raises; the webhook has taken each, and
// may have been sent one again for a kill, with the same webhook-id.
func TestKilledWatchDeliversOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("ten starts of the program take half a minute")
	}
	t.Setenv("CASUS_TEST_SECRET", "0123456789abcdef")
	const articles, killings = 40, 10
	folder := writeNumbered(t, articles)

	quiet := &hook{took: map[string]int{}}
	server := httptest.NewServer(quiet)
	defer server.Close()
	undisturbed := watched(t, server.URL)
	output(t, "watch", undisturbed, "--once", "--quiet", "--read", folder, "--ledger", filepath.Join(t.TempDir(), "quiet.db"))
	want := slices.Sorted(slices.Values(alertsIn(t, undisturbed)))
	if len(want) < articles {
		t.Fatalf("%d articles raise %d alerts: too few to show anything", articles, len(want))
	}

	disturbed := &hook{took: map[string]int{}}
	other := httptest.NewServer(disturbed)
	defer other.Close()
	rules, file, inbox := watched(t, other.URL), filepath.Join(t.TempDir(), "killed.db"), t.TempDir()
	during := map[int]bool{} // how many alerts the file had when killed
	random := rand.New(rand.NewPCG(20210705, killings))
	for n := range killings {
		for i := n * articles / killings; i < (n+1)*articles/killings; i++ { // more comes in
			if err := os.Rename(filepath.Join(folder, fmt.Sprintf("%04d.txt", i)), filepath.Join(inbox, fmt.Sprintf("%04d.txt", i))); err != nil {
				t.Fatal(err)
			}
		}
		killAfter(t, 600*time.Millisecond+time.Duration(random.Int64N(int64(1200*time.Millisecond))), "watch", rules, "--every", "100ms", "--quiet", "--read", inbox, "--ledger", file)
		if _, err := os.Stat(filepath.Join(filepath.Dir(rules), "all.jsonl")); err == nil {
			during[len(alertsIn(t, rules))] = true
		}
	}
	if len(during) < killings/3 {
		t.Errorf("the kills found the file with %v alerts: the test shows too little", during)
	}
	for range 4 { // the webhook may be down once more
		output(t, "watch", rules, "--once", "--quiet", "--read", inbox, "--ledger", file)
	}

	if got := slices.Sorted(slices.Values(alertsIn(t, rules))); !slices.Equal(got, want) {
		t.Errorf("the file has %d alerts, want %d, each once:\n%s", len(got), len(want), firstDifference(strings.Join(got, "\n"), strings.Join(want, "\n")))
	}
	inFeed(t, filepath.Join(filepath.Dir(rules), "desk.atom"), want)
	again := 0
	for _, id := range want {
		again += disturbed.took[id] - 1
	}
	if len(disturbed.took) != len(want) || again < 0 || again > killings {
		t.Errorf("the webhook took %d alerts, want %d, and %d more than once", len(disturbed.took), len(want), again)
	}
	t.Logf("%d alerts, %d kills with %v in the file; the webhook was sent %d again", len(want), killings, slices.Sorted(maps.Keys(during)), again)
}

// inFeed checks that a feed has these alerts, each once, or as many of them as
// a feed holds.
func inFeed(t *testing.T, path string, want []string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var feed struct {
		Entries []struct {
			ID string `xml:"id"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(data, &feed); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, e := range feed.Entries {
		id := strings.TrimPrefix(e.ID, "urn:casus:alert:")
		if seen[id] || !slices.Contains(want, id) {
			t.Errorf("the feed has %s twice, or it is none of these", id)
		}
		seen[id] = true
	}
	if len(seen) != min(len(want), 200) {
		t.Errorf("the feed has %d alerts, want %d", len(seen), min(len(want), 200))
	}
}

// TestAWatchFollowsItsRulesAndIsAlone starts a watch, to which comes: a second
// one, a read that leaves the alerts to it, and other rules.
func TestAWatchFollowsItsRulesAndIsAlone(t *testing.T) {
	folder := writeNumbered(t, 3)
	file := filepath.Join(t.TempDir(), "l.db")
	output(t, "read", "-q", "--ledger", file, filepath.Join(folder, "0000.txt"))
	rules := filepath.Join(folder, "desk.rules")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(rules, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("[rule first]\nkind: event\n")
	cmd := casusCommand(t, "watch", rules, "--every", "100ms", "--json", "--ledger", file)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	alerts := json.NewDecoder(stdout)
	next := func(want string) {
		t.Helper()
		for {
			var a struct{ Rule string }
			if err := alerts.Decode(&a); err != nil {
				t.Fatalf("waiting for an alert of %q: %v\n%s", want, err, &stderr)
			}
			if a.Rule == want {
				return
			}
		}
	}
	waitForFile(t, rules+".state")
	if out, err := casusCommand(t, "watch", rules, "--once", "--ledger", file).CombinedOutput(); err == nil || !strings.Contains(string(out), "another casus watch is at work with these rules") {
		t.Errorf("a second one ended with %v: %s", err, out)
	}
	if out, err := casusCommand(t, "read", "--watch", rules, "--ledger", file, filepath.Join(folder, "0001.txt")).CombinedOutput(); err != nil || !strings.Contains(string(out), "1 article read") {
		t.Errorf("a read beside it ended with %v: %s", err, out)
	}
	next("first")
	write("[rule second]\nkind: event\n[rule broken\n")
	output(t, "read", "-q", "--ledger", file, filepath.Join(folder, "0002.txt"))
	next("second")
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, stdout); err != nil {
		t.Error(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("interrupted, it ended with %v", err)
	}
	if !strings.Contains(stderr.String(), ":3:13: the ] is missing.") {
		t.Errorf("of the broken rule it said\n%s", &stderr)
	}
}

func waitForFile(t *testing.T, path string) {
	t.Helper()
	for range 600 {
		if info, err := os.Stat(path); err == nil && info.Size() > 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s did not come", path)
}
