package web

import (
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

// maxBody is the longest correction in bytes.
const maxBody = 1 << 20

// correctionsPath is the one address that takes POST.
const correctionsPath = "/api/corrections"

// policy lets the page load what this server serves and nothing else, and run
// no script that stands in a document.
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// guard is the door that every request passes: it sets the headers that keep a
// browser strict, turns away what no reader of the page sends, and answers a
// panic of ours with 500 instead of a cut connection.
func guard(next http.Handler, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setStrictHeaders(w.Header())
		defer recoverPanic(w, r, log)
		switch {
		case !isLoopback(r.Host):
			// A name that was rebound to 127.0.0.1 would let a foreign page read the ledger.
			writeProblem(w, http.StatusForbidden, "this server answers only to localhost; open it by the address that casus serve printed")
		case r.Method == http.MethodPost && r.URL.Path == correctionsPath:
			if problem := foreign(r); problem != "" {
				writeProblem(w, http.StatusForbidden, problem)
				return
			}
			r.Body = http.MaxBytesReader(w, r.Body, maxBody)
			next.ServeHTTP(w, r)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			writeProblem(w, http.StatusMethodNotAllowed, r.Method+": nothing can be changed here; only GET and HEAD are answered, and POST of a correction at /api/corrections")
		case len(r.RequestURI) > maxAddress:
			writeProblem(w, http.StatusRequestURITooLong, "the address is too long; shorten the question")
		default:
			r.Body = http.NoBody // no question has one
			next.ServeHTTP(w, r)
		}
	})
}

// foreign tells why a request to change something is turned away: it must come
// from a page of this server, which a browser says in Origin and Sec-Fetch-Site,
// or from a program at this machine that says so itself; and be JSON, which
// no form of another site can send.
func foreign(r *http.Request) string {
	origin, err := url.Parse(r.Header.Get("Origin"))
	site := r.Header.Get("Sec-Fetch-Site")
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.Header.Get("Origin") == "":
		return "a correction must say where it comes from: send Origin: http://" + r.Host
	case err != nil || origin.Scheme != "http" || !strings.EqualFold(origin.Host, r.Host) || site != "" && site != "same-origin":
		return "a correction is taken from pages of this server only, not of " + r.Header.Get("Origin")
	case kind != "application/json":
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
	if fault == http.ErrAbortHandler {
		panic(fault) // net/http's own way to drop a connection
	}
	log.Error("answering a request", "path", r.URL.Path, "panic", fault, "stack", string(debug.Stack()))
	writeProblem(w, http.StatusInternalServerError, ourFault)
}
