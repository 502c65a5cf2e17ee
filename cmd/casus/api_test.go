package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"casus/ledger"
	"casus/web"
)

// TestTheAPIAnswersAsTheCommandsDo asks both of one ledger of the sample
// articles: the JSON is the same.
func TestTheAPIAnswersAsTheCommandsDo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "samples.db")
	casusSays(t, file, "read", "-q", examples)
	h := served(t, file)
	var contradictions []struct {
		Sides []struct{ Entries []ledger.Entry }
	}
	if err := json.Unmarshal(casusSays(t, file, "contradictions", "--json"), &contradictions); err != nil || len(contradictions) == 0 {
		t.Fatalf("contradictions: %d, %v", len(contradictions), err)
	}
	right := string(contradictions[0].Sides[1].Entries[0].ID)
	mustPost(t, h, map[string]any{"action": "grade", "author": "Ann", "reason": "it corrects itself", "source": "De Grenspost", "reliability": "B"})
	for _, c := range []struct{ command, address string }{
		{"timeline --actor Taliban --limit 5", "timeline?actor=Taliban&limit=5"},
		{"timeline --things --actor Taliban --as-of 2021-07-08", "things?actor=Taliban&as_of=2021-07-08"},
		{"timeline --as-of 1999-01-01", "timeline?as_of=1999-01-01"},
		{"show Taliban --as-of 2021-07-09", "show/Taliban?as_of=2021-07-09"},
		{"said rus --as-of 2022-01-01", "said?actor=rus&as_of=2022-01-01"},
		{"commitments --records --state in-force", "commitments?state=in-force"},
		{"commitments --as-of 2021-10-01", "commitments/followed?as_of=2021-10-01"},
		{"flows --to tjk", "flows?to=tjk"},
		{"figures --of soldaten --to 2021-12-31", "figures?of=soldaten&to=2021-12-31"},
		{"situation --as-of 2021-08-20", "situation?as_of=2021-08-20"},
		{"situation --as-of 2021-08-20 --actor taliban", "situation?as_of=2021-08-20&actor=taliban"},
		{"diff --from 2021-07-01 --to 2021-07-08", "diff?from=2021-07-01&to=2021-07-08"},
		{"diff --known 2020-01-01 --known 2099-01-01 --actor taliban", "diff?known_from=2020-01-01&known=2099-01-01&actor=taliban"},
		{"diff --known 2020-01-01 --known 2099-01-01 --as-of 1999-01-01", "diff?known_from=2020-01-01&known=2099-01-01&as_of=1999-01-01"},
		{"brief --since 2021-07-01 --until 2021-07-10", "brief?since=2021-07-01&until=2021-07-10"},
		{"dyad arm aze --from 2022-01-01", "dyad?a=arm&b=aze&from=2022-01-01"},
		{"drift --from 2022-01-01 --to 2023-12-31", "drift?from=2022-01-01&to=2023-12-31"},
		{"contradictions --open --from 2021-07-01 --to 2021-07-31", "contradictions?open=true&from=2021-07-01&to=2021-07-31"},
		{"find grens troepen", "find?words=grens+troepen"},
		{"article 2021-07-08-correctie-aantal-soldaten", "articles/2021-07-08-correctie-aantal-soldaten"},
		{"articles --as-of 2021-12-31 --limit 3", "articles?as_of=2021-12-31&limit=3"},
		{"actors list Taliban --as-of 2021-12-31", "actors?name=Taliban&as_of=2021-12-31"},
		{"why " + right, "records/" + right},
		{"history " + right, "records/" + right + "/history"},
		{"group show " + right, "records/" + right + "/group"},
		{"correct list", "corrections"},
		{"sources list", "sources"},
	} {
		t.Run(c.command, func(t *testing.T) {
			said := casusSays(t, file, append(strings.Fields(c.command), "--json")...)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost/api/"+c.address, nil))
			if w.Code != http.StatusOK {
				t.Fatalf("status %d: %s", w.Code, w.Body)
			}
			if early := strings.Contains(c.command, "1999"); early != (w.Header().Get("Casus-Note") != "") {
				t.Errorf("the note is %q", w.Header().Get("Casus-Note"))
			}
			if len(said) < 3 {
				t.Errorf("the command says %q, which tells little", said)
			}
			if d := cmp.Diff(decoded(t, said), decoded(t, w.Body.Bytes())); d != "" {
				t.Errorf("casus %s (-), /api/%s (+):\n%s", c.command, c.address, d)
			}
		})
	}
}

// TestCorrectionsOverTheAPI corrects over the API, and asks the commands.
func TestCorrectionsOverTheAPI(t *testing.T) {
	file := filepath.Join(t.TempDir(), "samples.db")
	casusSays(t, file, "read", "-q", examples)
	h := served(t, file)
	var things struct {
		Things []struct{ Entries []ledger.Entry }
	}
	if err := json.Unmarshal(casusSays(t, file, "timeline", "--things", "--kind", "flow", "--to", "2021-12-31", "--json"), &things); err != nil || len(things.Things) < 2 {
		t.Fatalf("%d things, %v", len(things.Things), err)
	}
	a, b := things.Things[0].Entries[0].ID, things.Things[1].Entries[0].ID
	join := mustPost(t, h, map[string]any{"action": "join", "author": "Ann", "reason": "one flight", "records": []any{a, b}})
	size := func() int {
		var thing struct{ Entries []ledger.Entry }
		if err := json.Unmarshal(casusSays(t, file, "group", "show", string(a), "--json"), &thing); err != nil {
			t.Fatal(err)
		}
		return len(thing.Entries)
	}
	joined := size()
	mustPost(t, h, map[string]any{"action": "part", "author": "Ann", "reason": "two flights", "records": []any{a}})
	if got := size(); got != 1 || joined < 2 {
		t.Errorf("joined %d, parted %d", joined, got)
	}
	if join.Number != 1 || join.Recorded.IsZero() {
		t.Errorf("stored as %+v", join)
	}
	for _, c := range []struct {
		name   string
		body   map[string]any
		status int
	}{
		{"somebody was first", map[string]any{"action": "reject", "author": "Ben", "reason": "no", "record": a, "seen": 0}, http.StatusConflict},
		{"no such record", map[string]any{"action": "reject", "author": "Ben", "reason": "no", "record": "r000000000000"}, http.StatusNotFound},
		{"no reason", map[string]any{"action": "reject", "author": "Ben", "record": a}, http.StatusBadRequest},
		{"no such action", map[string]any{"action": "praise", "author": "Ben", "reason": "x"}, http.StatusUnprocessableEntity},
		{"an actor that is known", map[string]any{"action": "add-actor", "author": "Ben", "reason": "x", "actor": "taliban", "names": []any{"X"}}, http.StatusConflict},
	} {
		if w := post(t, h, c.body, nil); w.Code != c.status {
			t.Errorf("%s: status %d, want %d: %s", c.name, w.Code, c.status, w.Body)
		}
	}
}

// served is the handler of casus serve for a ledger.
func served(t *testing.T, file string) http.Handler {
	t.Helper()
	d := &desk{ctx: context.Background(), now: time.Now, ledger: file}
	l, err := openLedger(d, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	options, err := webOptions(d, l, "")
	if err != nil {
		t.Fatal(err)
	}
	return web.New(options)
}

// casusSays runs a command on a ledger and returns what it prints.
func casusSays(t *testing.T, file string, args ...string) []byte {
	t.Helper()
	var out, problems bytes.Buffer
	if code := run(context.Background(), append(args, "--ledger", file), strings.NewReader(""), &out, &problems); code != 0 {
		t.Fatalf("casus %s: exit status %d, %s", strings.Join(args, " "), code, problems.String())
	}
	return out.Bytes()
}

// post sends a correction as the page of this server would; headers change that.
func post(t *testing.T, h http.Handler, body map[string]any, headers map[string]string) *httptest.ResponseRecorder {
	t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "http://localhost/api/corrections", bytes.NewReader(data))
	r.Header.Set("Origin", "http://localhost")
	r.Header.Set("Content-Type", "application/json")
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func mustPost(t *testing.T, h http.Handler, body map[string]any) (stored ledger.Correction) {
	t.Helper()
	w := post(t, h, body, nil)
	if w.Code != http.StatusCreated {
		t.Fatalf("%v: status %d, %s", body, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &stored); err != nil {
		t.Fatal(err)
	}
	return stored
}

func decoded(t *testing.T, data []byte) (out any) {
	t.Helper()
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatalf("%v in %.200s", err, data)
	}
	return out
}
