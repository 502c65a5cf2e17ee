package web

import (
	"errors"
	"log/slog"
	"mime"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"strings"
)

// maxAddress is the longest request address (path and query) in bytes.
const maxAddress = 8 << 10

// writes are the addresses that take a POST, and how many bytes of it.
func writes() map[string]int64 {
	return map[string]int64{correctionsPath: 1 << 20, importPath: importMost, foreseePath: foreseeMost, comparePath: compareMost, "/login": 4 << 10, "/logout": 1 << 10}
}

// importKind is the Content-Type of a file that is imported: as JSON, it is none
// that a form of another site can send.
const importKind = "application/octet-stream"

// correctionsPath takes corrections.
const correctionsPath = "/api/corrections"

// policy lets the page load what this server serves and nothing else, and run
// no script that stands in a document.
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// guard is the door that every request passes: it sets the headers that keep a
// browser strict, turns away what no reader of the page sends and who may not
// come in, and answers a panic of ours with 500 instead of a cut connection.
func guard(next http.Handler, s *sessions, log *slog.Logger) http.Handler {
	bodies, login := writes(), s.login()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setStrictHeaders(w.Header())
		defer recoverPanic(w, r, log)
		most, takes := bodies[r.URL.Path]
		writing := r.Method == http.MethodPost && takes
		atLogin := s.access.Password != "" && (r.URL.Path == "/login" || r.URL.Path == "/logout" || r.URL.Path == "/login.css")
		switch {
		case !s.visitor(r).asks.Allow():
			w.Header().Set("Retry-After", "1")
			writeProblem(w, http.StatusTooManyRequests, "too many questions at once; ask again in a second")
		case !atLogin && !s.known(r):
			s.ask(w, r)
		case !writing && r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			writeProblem(w, http.StatusMethodNotAllowed, r.Method+": nothing can be changed here; only GET and HEAD are answered, and POST of a correction at /api/corrections, a file at /api/import or scenarios at /api/foresee and /api/foresee/compare")
		case len(r.RequestURI) > maxAddress:
			writeProblem(w, http.StatusRequestURITooLong, "the address is too long; shorten the question")
		case !writing:
			r.Body = http.NoBody // no question has one
			toward(atLogin, login, next).ServeHTTP(w, r)
		default:
			if problem := foreign(r, s.access.TLS); problem != "" {
				writeProblem(w, http.StatusForbidden, problem)
				return
			}
			r.Body = http.MaxBytesReader(w, r.Body, most)
			toward(atLogin, login, next).ServeHTTP(w, r)
		}
	})
}

func toward(atLogin bool, login, next http.Handler) http.Handler {
	if atLogin {
		return login
	}
	return next
}

// foreign tells why a request to change something is turned away: it must come
// from a page of this server, which a browser says in Origin and Sec-Fetch-Site,
// or from a program that says so itself; and under /api/ be JSON or the bytes of
// a file, which no form of another site can send.
func foreign(r *http.Request, tls bool) string {
	scheme := "http"
	if tls {
		scheme = "https"
	}
	origin, err := url.Parse(r.Header.Get("Origin"))
	site := r.Header.Get("Sec-Fetch-Site")
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.Header.Get("Origin") == "":
		return "what changes something must say where it comes from: send Origin: " + scheme + "://" + r.Host
	case err != nil || origin.Scheme != scheme || !strings.EqualFold(origin.Host, r.Host) || site != "" && site != "same-origin":
		return "changes are taken from pages of this server only, not of " + r.Header.Get("Origin")
	case r.URL.Path == importPath && kind != importKind:
		return "a file must be sent as it is: send Content-Type: " + importKind
	case strings.HasPrefix(r.URL.Path, "/api/") && r.URL.Path != importPath && kind != "application/json":
		return "a correction must be JSON: send Content-Type: application/json"
	}
	return ""
}

func setStrictHeaders(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
}

// isLoopback tells whether a Host header names this machine and no other.
func isLoopback(host string) bool {
	name := strings.ToLower(strings.TrimSuffix((&url.URL{Host: host}).Hostname(), "."))
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	address, err := netip.ParseAddr(name)
	return err == nil && address.Unmap().IsLoopback()
}

func recoverPanic(w http.ResponseWriter, r *http.Request, log *slog.Logger) {
	fault := recover()
	if fault == nil {
		return
	}
	if err, ok := fault.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(fault) // net/http's own way to drop a connection
	}
	log.Error("answering a request", "path", r.URL.Path, "panic", fault, "stack", string(debug.Stack()))
	writeProblem(w, http.StatusInternalServerError, ourFault)
}
