package web_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

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
