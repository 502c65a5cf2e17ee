package web_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"casus"
	"casus/feed"
	"casus/ledger"
	"casus/ledger/memory"
	"casus/web"
)

// importing is an importer of the tests: what the feed gives goes into the
// ledger as it is, without records.
func importing(l ledger.Ledger) web.Importer {
	return func(ctx context.Context, in web.Upload, tell func(web.Imported) error) error {
		for item := range feed.ReadFile(ctx, in.Name, in.File, feed.Options{Date: in.Date, Publisher: in.Publisher, Limits: feed.Limits{Unpacked: 20 << 20}}) {
			out := web.Imported{Input: item.Input, Outcome: web.OutcomeFailed}
			if item.Err != nil {
				out.Problem = item.Err.Error()
			} else {
				receipt, err := l.Append(ctx, ledger.Reading{Article: item.Article, Reader: "test-1"})
				if err != nil {
					return err
				}
				out.Outcome, out.Read = map[ledger.Outcome]web.Outcome{ledger.New: web.OutcomeNew, ledger.Already: web.OutcomeKnown}[receipt.Outcome], true
				out.Article, out.Title, out.Notes = receipt.ID, item.Article.Title, item.Notes
			}
			if err := tell(out); err != nil {
				return err
			}
		}
		return ctx.Err()
	}
}

// post hands a file in as the page does.
func post(h http.Handler, query string, file []byte, change func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "http://localhost:8317/api/import?"+query, bytes.NewReader(file))
	r.Header.Set("Origin", "http://localhost:8317")
	r.Header.Set("Content-Type", "application/octet-stream")
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func linesOf(t testing.TB, w *httptest.ResponseRecorder) (lines []web.ImportLine) {
	t.Helper()
	for dec := json.NewDecoder(w.Body); ; {
		line := web.ImportLine{Imported: &web.Imported{}, ImportSums: &web.ImportSums{}}
		if err := dec.Decode(&line); err == io.EOF {
			return lines
		} else if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
}

// zipped packs members, each a name and its text.
func zipped(t testing.TB, members ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(members); i += 2 {
		m, err := w.Create(members[i])
		if err == nil {
			_, err = io.WriteString(m, members[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAFileComesIntoTheLedger(t *testing.T) {
	l := sample(t)
	o := options(l)
	o.Import = importing(l)
	h := web.New(o)
	file := zipped(t, "a.txt", "Rusland stuurde soldaten naar Tadzjikistan.", "kapot.pdf", "%PDF-1.4", "b.txt", " Rusland stuurde  soldaten naar Tadzjikistan.\n")
	got := post(h, "name=nieuws.zip&date=2021-07-09&publisher=De+Bode", file, nil)
	lines := linesOf(t, got)
	if got.Code != http.StatusOK || got.Header().Get("Content-Type") != "application/x-ndjson" || len(lines) != 5 {
		t.Fatalf("status %d, %s, lines %+v", got.Code, got.Header(), lines)
	}
	if lines[0].Event != "reading" || lines[3].Article != lines[1].Article || lines[1].Outcome != web.OutcomeNew || lines[2].Outcome != web.OutcomeFailed || lines[3].Outcome != web.OutcomeKnown {
		t.Errorf("what became of the members is %+v", lines)
	}
	if !strings.Contains(lines[2].Problem, "PDF") || lines[2].Input != "nieuws.zip!kapot.pdf" {
		t.Errorf("of the PDF it says %q about %q", lines[2].Problem, lines[2].Input)
	}
	if end := lines[4]; end.Event != "end" || end.New != 1 || end.Known != 1 || end.Failed != 1 || end.Interrupt != "" {
		t.Errorf("the sums are %+v", end.ImportSums)
	}
	there, err := l.Article(t.Context(), string(lines[1].Article))
	if err != nil || there.Publisher != "De Bode" || there.Date != casus.Day(casus.NewDate(2021, 7, 9)) {
		t.Errorf("the ledger has %+v, %v", there, err)
	}
}

func TestWhatIsNoImportIsTurnedAway(t *testing.T) {
	l := sample(t)
	o := options(l)
	calls := 0
	o.Import = func(context.Context, web.Upload, func(web.Imported) error) error { calls++; return nil }
	h := web.New(o)
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	for _, c := range []struct {
		what, query string
		change      func(*http.Request)
		status      int
	}{
		{"another site", "name=a.txt", header("Origin", "https://evil.example"), 403},
		{"a site beside", "name=a.txt", header("Sec-Fetch-Site", "same-site"), 403},
		{"no origin", "name=a.txt", func(r *http.Request) { r.Header.Del("Origin") }, 403},
		{"a form", "name=a.txt", header("Content-Type", "multipart/form-data; boundary=x"), 403},
		{"a form of text", "name=a.txt", header("Content-Type", "text/plain"), 403},
		{"a rebound name", "name=a.txt", func(r *http.Request) { r.Host = "evil.example" }, 403},
		{"no name", "", nil, 422},
		{"a name of dots", "name=../..", nil, 422},
		{"two names", "name=a.txt&name=b.txt", nil, 422},
		{"a long name", "name=" + strings.Repeat("a", 400), nil, 422},
		{"no day", "name=a.txt&date=yesterday", nil, 422},
		{"no language", "name=a.txt&language=%3Cscript%3E", nil, 422},
		{"what there is not", "name=a.txt&path=/etc", nil, 422},
		{"a length that is not said", "name=a.txt", func(r *http.Request) { r.ContentLength = -1 }, 411},
		{"too much", "name=a.txt", func(r *http.Request) { r.ContentLength = 65 << 20 }, 413},
	} {
		if got := post(h, c.query, []byte("text"), c.change); got.Code != c.status || calls > 0 {
			t.Errorf("%s: status %d, want %d; %d calls; %s", c.what, got.Code, c.status, calls, got.Body)
		}
	}
	// A length that lies is cut off at the bound of all bodies.
	if got := post(h, "name=a.txt", make([]byte, 64<<20+1), func(r *http.Request) { r.ContentLength = 10 }); got.Code != http.StatusRequestEntityTooLarge || calls > 0 {
		t.Errorf("more than it said: status %d, %d calls", got.Code, calls)
	}
	guarded := options(l)
	guarded.Import, guarded.Access = o.Import, web.Access{Password: password}
	if got := post(web.New(guarded), "name=a.txt", []byte("text"), nil); got.Code != http.StatusUnauthorized || calls > 0 {
		t.Errorf("without the token: status %d, %d calls", got.Code, calls)
	}
}

func TestAServerThatOnlyShowsSaysSo(t *testing.T) {
	h := web.New(options(sample(t)))
	if got := post(h, "name=a.txt", []byte("text"), nil); got.Code != http.StatusForbidden || !strings.Contains(got.Body.String(), "only shows the ledger") {
		t.Errorf("status %d, %s", got.Code, got.Body)
	}
	if state := get(h, "/api/import").Body.String(); !strings.Contains(state, `"takes":false`) || !strings.Contains(state, "--read-only") {
		t.Errorf("it says of itself %s", state)
	}
}

// A name is a name only: it makes no file and opens none.
func TestNoNameClimbs(t *testing.T) {
	l := memory.New(time.Now, nil)
	o := options(l)
	var names []string
	read := importing(l)
	o.Import = func(ctx context.Context, in web.Upload, tell func(web.Imported) error) error {
		names = append(names, in.Name)
		return read(ctx, in, tell)
	}
	h := web.New(o)
	inside := t.TempDir()
	t.Chdir(inside)
	secret := filepath.Join(t.TempDir(), "secret.txt")
	if err := os.WriteFile(secret, []byte("nobody may read this"), 0o600); err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"../../etc/x.txt", "/etc/passwd.txt", `..\..\x.txt`, `C:\x.txt`, secret, "a%00b.txt", "-", "%E2%80%AEtxt.exe.txt"} {
		post(h, "name="+strings.ReplaceAll(name, `\`, "%5C"), fmt.Appendf(nil, "Text %d: Rusland stuurde soldaten.", i), nil)
	}
	got := post(h, "name=climbs.zip", zipped(t, "../out.txt", "x", "/etc/cron.d/x.txt", "x", `..\out.txt`, "x"), nil)
	if lines := linesOf(t, got); lines[len(lines)-1].Failed != 3 || lines[len(lines)-1].New != 0 {
		t.Errorf("an archive that climbs: %s", got.Body)
	}
	for _, name := range names {
		if strings.ContainsAny(name, `/\`) {
			t.Errorf("the importer was given the name %q", name)
		}
	}
	if left, err := os.ReadDir(inside); err != nil || len(left) > 0 {
		t.Errorf("files were made: %v, %v", left, err)
	}
	page, err := l.Articles(t.Context(), ledger.ArticleQuery{})
	if err != nil || len(page.Articles) == 0 {
		t.Fatalf("%d articles, %v", len(page.Articles), err)
	}
	for _, a := range page.Articles {
		if there, err := l.Article(t.Context(), string(a.ID)); err != nil || strings.Contains(there.Text, "nobody may read") {
			t.Errorf("%s has %q, %v", a.ID, there.Text, err)
		}
	}
}

func TestAnArchiveThatUnpacksWithoutEndIsStopped(t *testing.T) {
	l := memory.New(time.Now, nil)
	o := options(l)
	o.Import = importing(l) // which unpacks 20 MB at most
	bomb := zipped(t, "a.txt", strings.Repeat("bom ", 4<<20), "b.txt", strings.Repeat("mob ", 4<<20), "c.txt", strings.Repeat("obm ", 4<<20))
	if len(bomb) > 1<<20 {
		t.Fatalf("the archive is no bomb: %d bytes", len(bomb))
	}
	nested := zipped(t, "inner.zip", string(bomb))
	for name, file := range map[string][]byte{"bomb.zip": bomb, "nested.zip": nested, "cut.zip": bomb[:len(bomb)/2], "lies.tar.gz": []byte("\x1f\x8b not really"), "empty.zip": {}} {
		got := post(web.New(o), "name="+name, file, nil)
		lines := linesOf(t, got)
		if end := lines[len(lines)-1]; got.Code != http.StatusOK || end.Event != "end" || end.Failed == 0 {
			t.Errorf("%s: status %d, %+v", name, got.Code, lines)
		}
	}
}

// Files are read one at a time: who waits is told, and who goes makes room.
func TestOneFileIsReadAtATime(t *testing.T) {
	l := memory.New(time.Now, nil)
	o := options(l)
	var mu sync.Mutex
	reading, most := 0, 0
	begun, free := make(chan string, 10), make(chan struct{})
	o.Import = func(ctx context.Context, in web.Upload, tell func(web.Imported) error) error {
		mu.Lock()
		reading++
		most = max(most, reading)
		mu.Unlock()
		begun <- in.Name
		select {
		case <-free:
		case <-ctx.Done():
		}
		mu.Lock()
		reading--
		mu.Unlock()
		return ctx.Err()
	}
	h := web.New(o)
	var wg sync.WaitGroup
	answers := make([]*httptest.ResponseRecorder, 3)
	told := make(chan struct{}, 10)
	leave, gone := context.WithCancel(t.Context())
	for i := range answers {
		wg.Go(func() {
			answers[i] = post(telling(h, told), fmt.Sprintf("name=%d.txt", i), []byte("text"), func(r *http.Request) {
				if i == 0 {
					*r = *r.WithContext(leave)
				}
			})
		})
		<-told // of the reading, or that it waits
		if i == 0 {
			<-begun
		}
	}
	gone() // the first goes away in the middle
	<-begun
	free <- struct{}{}
	<-begun
	free <- struct{}{}
	wg.Wait()
	if most != 1 {
		t.Errorf("%d files were read at once", most)
	}
	if lines := linesOf(t, answers[0]); lines[len(lines)-1].Interrupt == "" {
		t.Errorf("who went away was told %+v", lines)
	}
	for _, answer := range answers[1:] {
		lines := linesOf(t, answer)
		if first, last := lines[0], lines[len(lines)-1]; first.Event != "waiting" || first.Ahead < 1 || last.Event != "end" || last.Interrupt != "" {
			t.Errorf("who waited was told %+v", lines)
		}
	}
}

// telling says when the first line of an answer is written.
func telling(h http.Handler, told chan<- struct{}) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(&tellingWriter{ResponseWriter: w, told: told}, r)
	})
}

type tellingWriter struct {
	http.ResponseWriter
	told  chan<- struct{}
	wrote bool
}

func (w *tellingWriter) Write(b []byte) (int, error) {
	if !w.wrote {
		w.wrote = true
		w.told <- struct{}{}
	}
	return w.ResponseWriter.Write(b)
}

func (w *tellingWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
