package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func pageGet(p *page, path string) *httptest.ResponseRecorder {
	mux := http.NewServeMux()
	p.register(mux)
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost"+path, nil))
	return w
}

func TestABinaryWithoutThePageSaysHowToBuildIt(t *testing.T) {
	p := newPage(fstest.MapFS{".keep": {}})
	for _, path := range []string{"/", "/timeline", "/article/x", "/find?q=x", "/anything/else"} {
		got := pageGet(p, path)
		for _, words := range []string{"make build", "not built into this binary", "zit niet in dit programma", "/api/docs"} {
			if !strings.Contains(got.Body.String(), words) {
				t.Errorf("%s does not say %q", path, words)
			}
		}
		if strings.Contains(got.Body.String(), "<script") || strings.Contains(got.Body.String(), "style=") {
			t.Errorf("%s has what the policy forbids", path)
		}
	}
	if got := pageGet(p, "/unbuilt.css"); got.Header().Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("its style sheet is %s", got.Header().Get("Content-Type"))
	}
}

func TestFilesAreKeptAsLongAsTheirNamesHold(t *testing.T) {
	p := newPage(fstest.MapFS{
		"index.html":          {Data: []byte("<title>Casus</title>")},
		"favicon.svg":         {Data: []byte("<svg/>")},
		"assets/index-1a.js":  {Data: []byte("1")},
		"assets/index-1a.css": {Data: []byte("a{}")},
	})
	for path, want := range map[string]struct {
		status      int
		cache, kind string
	}{
		"/":                    {200, "no-cache", "text/html; charset=utf-8"},
		"/article/a/b%20c":     {200, "no-cache", "text/html; charset=utf-8"},
		"/timeline?actor=rus":  {200, "no-cache", "text/html; charset=utf-8"},
		"/assets/index-1a.js":  {200, "public, max-age=31536000, immutable", "text/javascript; charset=utf-8"},
		"/assets/index-1a.css": {200, "public, max-age=31536000, immutable", "text/css; charset=utf-8"},
		"/favicon.svg":         {200, "no-cache", "image/svg+xml"},
		"/assets/index-2b.js":  {404, "", "text/plain; charset=utf-8"},
		"/nothing":             {404, "", "text/plain; charset=utf-8"},
	} {
		got := pageGet(p, path)
		if got.Code != want.status || got.Header().Get("Cache-Control") != want.cache || got.Header().Get("Content-Type") != want.kind {
			t.Errorf("%s: %d, %q, %q; want %v", path, got.Code, got.Header().Get("Cache-Control"), got.Header().Get("Content-Type"), want)
		}
	}
}
