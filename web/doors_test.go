package web_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"casus/ledger"
	"casus/web"
)

func TestOnlyThisMachineIsAnswered(t *testing.T) {
	h := web.New(options(sample(t)))
	for host, want := range map[string]int{
		"127.0.0.1:8317": 200, "localhost:8317": 200, "LOCALHOST": 200, "localhost.": 200, "casus.localhost:80": 200, "[::1]:8317": 200, "127.8.9.1": 200,
		"evil.example": 403, "evil.example:8317": 403, "localhost.evil.example": 403, "127.0.0.1.nip.io": 403, "192.168.1.7:8317": 403,
		"0.0.0.0:8317": 403, "": 403, "127.0.0.1@evil.example": 403, "evil.example#localhost": 403, "2130706433": 403, "[::ffff:10.0.0.1]": 403,
	} {
		for _, path := range []string{"/api/totals", "/", "/api/docs"} {
			r := httptest.NewRequest(http.MethodGet, path, nil)
			r.Host = host
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != want {
				t.Errorf("Host %q, %s: status %d, want %d", host, path, w.Code, want)
			}
		}
	}
}

func TestNothingCanBeChanged(t *testing.T) {
	h := web.New(options(sample(t)))
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE", "PROPFIND"} {
		r := httptest.NewRequest(method, "http://localhost/api/totals", strings.NewReader(`{"x":1}`))
		r.Host = "localhost"
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: status %d, Allow %q", method, w.Code, w.Header().Get("Allow"))
		}
	}
	head := httptest.NewRecorder()
	h.ServeHTTP(head, httptest.NewRequest(http.MethodHead, "http://localhost/api/totals", nil))
	if head.Code != http.StatusOK || head.Header().Get("ETag") == "" {
		t.Errorf("HEAD: status %d, ETag %q", head.Code, head.Header().Get("ETag"))
	}
}

// A correction is taken from a page of this server and from nobody else's.
func TestCorrectionsAreTakenFromHereOnly(t *testing.T) {
	o := options(sample(t))
	taken := 0
	o.Correct = func(_ context.Context, c ledger.Correction) (ledger.Correction, error) {
		taken++
		c.Number = int64(taken)
		return c, nil
	}
	h := web.New(o)
	const grade = `{"action":"grade","author":"Ann","reason":"looked","source":"De Bode","reliability":"B"}`
	for _, c := range []struct {
		name, host, origin, site, kind, body string
		status                               int
	}{
		{"this server's page", "localhost:8317", "http://localhost:8317", "same-origin", "application/json", grade, 201},
		{"a program at this machine", "127.0.0.1:8317", "http://127.0.0.1:8317", "", "application/json; charset=utf-8", grade, 201},
		{"no origin", "localhost:8317", "", "", "application/json", grade, 403},
		{"another site", "localhost:8317", "https://evil.example", "cross-site", "application/json", grade, 403},
		{"another port of this machine", "localhost:8317", "http://localhost:9999", "same-site", "application/json", grade, 403},
		{"an opaque origin", "localhost:8317", "null", "cross-site", "application/json", grade, 403},
		{"an origin that lies beside its site", "localhost:8317", "http://localhost:8317", "cross-site", "application/json", grade, 403},
		{"a name that was rebound", "evil.example:8317", "http://evil.example:8317", "same-origin", "application/json", grade, 403},
		{"a form", "localhost:8317", "http://localhost:8317", "same-origin", "application/x-www-form-urlencoded", "action=grade", 403},
		{"text that looks like JSON", "localhost:8317", "http://localhost:8317", "same-origin", "text/plain", grade, 403},
		{"no JSON at all", "localhost:8317", "http://localhost:8317", "same-origin", "application/json", "{", 400},
		{"a member that there is not", "localhost:8317", "http://localhost:8317", "same-origin", "application/json", `{"action":"grade","author":"Ann","number":7}`, 422},
		{"too much", "localhost:8317", "http://localhost:8317", "same-origin", "application/json", `{"reason":"` + strings.Repeat("a", 2<<20), 413},
	} {
		before := taken
		r := httptest.NewRequest(http.MethodPost, "http://"+c.host+"/api/corrections", strings.NewReader(c.body))
		for name, value := range map[string]string{"Origin": c.origin, "Sec-Fetch-Site": c.site, "Content-Type": c.kind} {
			if value != "" {
				r.Header.Set(name, value)
			}
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != c.status || (taken > before) != (c.status == 201) {
			t.Errorf("%s: status %d, want %d; taken %v: %s", c.name, w.Code, c.status, taken > before, w.Body)
		}
	}
	o.Correct = nil // a server that only shows
	r := httptest.NewRequest(http.MethodPost, "http://localhost/api/corrections", strings.NewReader(grade))
	r.Header.Set("Origin", "http://localhost")
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	web.New(o).ServeHTTP(w, r)
	if w.Code < 400 || w.Code >= 500 {
		t.Errorf("a server that takes nothing: status %d", w.Code)
	}
}

func TestEveryAnswerKeepsTheBrowserStrict(t *testing.T) {
	h := web.New(options(sample(t)))
	for _, path := range []string{"/", "/api/timeline", "/api/docs", "/api/nothing", "/nothing", "/article/border", "/timeline"} {
		header := get(h, path).Header()
		policy := header.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'self'", "script-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s: the policy lacks %s", path, part)
			}
		}
		if strings.Contains(policy, "unsafe") || strings.Contains(policy, "http") || strings.Contains(policy, "data:") {
			t.Errorf("%s: the policy is %s", path, policy)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY"} {
			if header.Get(name) != want {
				t.Errorf("%s: %s is %q", path, name, header.Get(name))
			}
		}
		if header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s lets other sites read", path)
		}
	}
}

func TestNoPathClimbsOut(t *testing.T) {
	h := web.New(options(sample(t)))
	for _, path := range []string{"/../go.mod", "/../../etc/passwd", "/assets/../../page.go", "/assets/..%2f..%2fpage.go", "/%2e%2e/%2e%2e/page.go",
		"/assets/%2e%2e%2f%2e%2e%2fpage.go", "/..%5c..%5cpage.go", "//etc/passwd", "/.keep", "/assets/", "/assets", "/api/../page.go", "/index.html/../../page.go", "/\x00"} {
		got := get(h, path)
		if strings.Contains(got.Body.String(), "package web") || strings.Contains(got.Body.String(), "root:") || strings.Contains(got.Body.String(), "<pre>\n<a") {
			t.Errorf("%q gives away a file: %.80s", path, got.Body)
		}
		if got.Code >= 500 {
			t.Errorf("%q: status %d", path, got.Code)
		}
	}
}

func TestAnAddressThatIsTooLongIsTurnedAway(t *testing.T) {
	h := web.New(options(sample(t)))
	if got := get(h, "/api/timeline?actor="+strings.Repeat("a", 9<<10)); got.Code != http.StatusRequestURITooLong {
		t.Errorf("status %d", got.Code)
	}
}

func TestAFaultOfOursIsLoggedAndAnswered(t *testing.T) {
	var log bytes.Buffer
	h := web.New(web.Options{Log: slog.New(slog.NewTextHandler(&log, nil))}) // without a picture every question panics
	got := get(h, "/api/totals")
	if got.Code != http.StatusInternalServerError || !strings.Contains(got.Body.String(), "fault in Casus") {
		t.Errorf("status %d, %s", got.Code, got.Body)
	}
	if strings.Contains(got.Body.String(), "nil pointer") || strings.Contains(got.Body.String(), ".go") {
		t.Errorf("the answer tells about our insides: %s", got.Body)
	}
	if !strings.Contains(log.String(), "/api/totals") || !strings.Contains(log.String(), "nil pointer") {
		t.Errorf("the log has %q", log.String())
	}
	if again := get(h, "/api/names/nl"); again.Code != http.StatusOK {
		t.Errorf("afterwards the server answers %d", again.Code)
	}
}

// Text leaves as JSON, which no browser runs (nosniff); the page is a fixed document.
func TestHostileTextLeavesAsJSONOnly(t *testing.T) {
	h := web.New(options(sample(t)))
	for _, path := range []string{"/api/articles", "/api/articles/" + "https:%2F%2Fevil.example%2Fa%3Fb=%22%3E%3Cscript%3E", "/api/timeline", "/api/actors", "/api/names/en", "/api/timeline?actor=%3Cscript%3E"} {
		got := get(h, path)
		if ct := got.Header().Get("Content-Type"); !strings.Contains(ct, "json") {
			t.Errorf("%s: content type %s", path, ct)
		}
	}
	for _, path := range []string{"/", "/timeline?actor=<script>alert(1)</script>", "/article/%3Cscript%3E", "/api/docs?x=<script>", "/find?q=<script>", "/<script>alert(1)</script>"} {
		got := get(h, path)
		if strings.Contains(got.Body.String(), "alert(1)") || strings.Contains(got.Body.String(), "evil.example") {
			t.Errorf("%s: the document repeats what it was asked", path)
		}
	}
}
