package web

import (
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"strings"
)

// maxAddress is the longest request address (path and query) in bytes.
const maxAddress = 8 << 10

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
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			writeProblem(w, http.StatusMethodNotAllowed, r.Method+": nothing can be changed here; only GET and HEAD are answered")
		case len(r.RequestURI) > maxAddress:
			writeProblem(w, http.StatusRequestURITooLong, "the address is too long; shorten the question")
		default:
			r.Body = http.NoBody // no question has one
			next.ServeHTTP(w, r)
		}
	})
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
