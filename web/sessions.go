package web

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	_ "embed"
	"encoding/hex"
	"html/template"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Access says who may come in. The zero value lets in whoever sits at this
// machine, and nobody else.
type Access struct {
	// Password lets in from any machine whoever knows it; empty is the zero value's rule.
	Password string
	// TLS tells that the server speaks TLS: then the session's cookie goes over TLS only.
	TLS bool
}

// How long a session lasts without a visit, and how many may be open.
const (
	sessionTime  = 12 * time.Hour
	mostSessions = 1000
)

// sessionCookie carries a session; __Host- cookies are for TLS only.
const sessionCookie = "casus_session"

// How often a visitor may ask, and try a password. A handle of the clock bar that
// is dragged asks some dozens of times a second.
const (
	asksPerSecond, asksAtOnce = 100, 400
	triesPerMinute            = 6
	mostVisitors              = 10_000
)

// sessions are the visitors who gave the password, by the hash of what their
// cookies say.
type sessions struct {
	access Access
	hash   [sha256.Size]byte
	now    func() time.Time

	mu       sync.Mutex
	open     map[[sha256.Size]byte]time.Time // until when
	visitors map[string]*visitor
}

// visitor is how much an address may still ask.
type visitor struct{ asks, tries *rate.Limiter }

func newSessions(a Access, now func() time.Time) *sessions {
	return &sessions{access: a, hash: sha256.Sum256([]byte(a.Password)), now: now, open: map[[sha256.Size]byte]time.Time{}, visitors: map[string]*visitor{}}
}

// known tells whether a request comes from somebody who may come in: by the
// session's cookie, or with the password as a bearer token, as programs do.
func (s *sessions) known(r *http.Request) bool {
	if s.access.Password == "" {
		return isLoopback(r.Host)
	}
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return s.visitor(r).tries.Tokens() >= 1 && s.right(r, token)
	}
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return false
	}
	key := sha256.Sum256([]byte(cookie.Value))
	s.mu.Lock()
	defer s.mu.Unlock()
	until, ok := s.open[key]
	if !ok || s.now().After(until) {
		delete(s.open, key)
		return false
	}
	s.open[key] = s.now().Add(sessionTime)
	return true
}

// right compares a password in the same time whatever it is; a wrong one counts
// against the visitor.
func (s *sessions) right(r *http.Request, password string) bool {
	hash := sha256.Sum256([]byte(password))
	if subtle.ConstantTimeCompare(hash[:], s.hash[:]) == 1 {
		return true
	}
	s.visitor(r).tries.Allow()
	return false
}

// visitor finds how much the address that a request comes from may still ask.
func (s *sessions) visitor(r *http.Request) *visitor {
	address, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		address = r.RemoteAddr
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.visitors[address]
	if v == nil {
		if len(s.visitors) >= mostVisitors { // as good as any way to keep it bounded: those who go on asking come back
			clear(s.visitors)
		}
		v = &visitor{rate.NewLimiter(asksPerSecond, asksAtOnce), rate.NewLimiter(rate.Every(time.Minute/triesPerMinute), triesPerMinute)}
		s.visitors[address] = v
	}
	return v
}

// begin opens a session and gives its cookie.
func (s *sessions) begin() *http.Cookie {
	secret := rand.Text()
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	for key, until := range s.open {
		if now.After(until) || len(s.open) >= mostSessions {
			delete(s.open, key)
		}
	}
	s.open[sha256.Sum256([]byte(secret))] = now.Add(sessionTime)
	return s.cookie(secret, int(sessionTime.Seconds()))
}

func (s *sessions) cookie(value string, seconds int) *http.Cookie {
	return &http.Cookie{Name: sessionCookie, Value: value, Path: "/", MaxAge: seconds, HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: s.access.TLS}
}

func (s *sessions) end(r *http.Request) {
	if cookie, err := r.Cookie(sessionCookie); err == nil {
		s.mu.Lock()
		delete(s.open, sha256.Sum256([]byte(cookie.Value)))
		s.mu.Unlock()
	}
}

//go:embed login.html
var loginTemplate string

// login shows the page that asks for the password, takes it, and lets a visitor out.
func (s *sessions) login() http.Handler {
	page, err := template.New("login").Parse(loginTemplate)
	show := func(w http.ResponseWriter, r *http.Request, status int, problem string) {
		if err != nil {
			writeProblem(w, http.StatusInternalServerError, ourFault)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Referrer-Policy", "same-origin") // else a browser posts the form without its Origin
		w.WriteHeader(status)
		_ = page.Execute(w, map[string]any{"To": inside(r.FormValue("to")), "Problem": problem, "Dutch": wantsDutch(r), "Known": s.known(r)})
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /login", func(w http.ResponseWriter, r *http.Request) { show(w, r, http.StatusOK, "") })
	mux.HandleFunc("GET /login.css", docsStyle)
	mux.HandleFunc("POST /login", func(w http.ResponseWriter, r *http.Request) {
		switch {
		case s.visitor(r).tries.Tokens() < 1:
			w.Header().Set("Retry-After", "60")
			show(w, r, http.StatusTooManyRequests, "often")
		case s.access.Password == "" || !s.right(r, r.FormValue("password")):
			show(w, r, http.StatusForbidden, "wrong")
		default:
			http.SetCookie(w, s.begin())
			http.Redirect(w, r, inside(r.FormValue("to")), http.StatusSeeOther)
		}
	})
	mux.HandleFunc("POST /logout", func(w http.ResponseWriter, r *http.Request) {
		s.end(r)
		http.SetCookie(w, s.cookie("", -1))
		http.Redirect(w, r, "/login", http.StatusSeeOther)
	})
	return mux
}

// inside is where a visitor wanted to go, if that is a view of this server.
func inside(to string) string {
	at, err := url.Parse(to)
	if err != nil || at.Host != "" || at.Scheme != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n") {
		return "/"
	}
	return to
}

func wantsDutch(r *http.Request) bool {
	return strings.HasPrefix(strings.ToLower(r.Header.Get("Accept-Language")), "nl")
}

// ask tells a stranger to give the password: a person by the page, a program by
// the status.
func (s *sessions) ask(w http.ResponseWriter, r *http.Request) {
	switch {
	case s.access.Password == "":
		// A name that was rebound to 127.0.0.1 would let a foreign page read the ledger.
		writeProblem(w, http.StatusForbidden, "this server answers only to localhost; open it by the address that casus serve printed")
	case strings.HasPrefix(r.URL.Path, "/api/") || r.Method != http.MethodGet:
		w.Header().Set("WWW-Authenticate", `Bearer realm="Casus"`)
		writeProblem(w, http.StatusUnauthorized, "this server asks for its password: log in at /login, or send it as Authorization: Bearer PASSWORD")
	default:
		http.Redirect(w, r, "/login?to="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
	}
}

// NewPassword makes one that nobody guesses.
func NewPassword() string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}
