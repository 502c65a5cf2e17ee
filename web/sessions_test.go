package web_test

import (
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"casus/web"
)

const password = "correct-horse-battery"

// guarded is a server with a password.
func guarded(t *testing.T) http.Handler {
	o := options(sample(t))
	o.Access = web.Access{Password: password}
	return web.New(o)
}

// visit asks as a visitor from one address of the network.
func visit(h http.Handler, method, path string, form url.Values, change func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://casus.example:8317"+path, strings.NewReader(form.Encode()))
	r.RemoteAddr = "192.0.2.7:4711"
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", "http://casus.example:8317")
	}
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestAStrangerSeesTheDoorOnly(t *testing.T) {
	h := guarded(t)
	for _, path := range []string{"/api/totals", "/api/timeline", "/api/openapi.json", "/api/docs"} {
		if got := visit(h, http.MethodGet, path, nil, nil); got.Code != http.StatusUnauthorized || strings.Contains(got.Body.String(), "Taliban") {
			t.Errorf("%s: status %d, %s", path, got.Code, got.Body)
		}
	}
	for _, path := range []string{"/", "/timeline?actor=rus", "/assets/x.js", "/article/border"} {
		got := visit(h, http.MethodGet, path, nil, nil)
		if to := got.Header().Get("Location"); got.Code != http.StatusSeeOther || to != "/login?to="+url.QueryEscape(path) {
			t.Errorf("%s: status %d, to %s", path, got.Code, to)
		}
	}
	if got := visit(h, http.MethodPost, "/api/corrections", nil, nil); got.Code != http.StatusUnauthorized {
		t.Errorf("a correction: status %d", got.Code)
	}
	// A program gives the password as a token.
	if got := visit(h, http.MethodGet, "/api/totals", nil, func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+password) }); got.Code != http.StatusOK {
		t.Errorf("with the token: status %d", got.Code)
	}
	for _, forged := range []string{"", "x", strings.Repeat("A", 26)} {
		if got := visit(h, http.MethodGet, "/api/totals", nil, func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "casus_session", Value: forged}) }); got.Code != http.StatusUnauthorized {
			t.Errorf("with the cookie %q: status %d", forged, got.Code)
		}
	}
}

func TestTheCookieIsKeptFromScriptsAndOtherSites(t *testing.T) {
	for _, tls := range []bool{false, true} {
		o := options(sample(t))
		o.Access = web.Access{Password: password, TLS: tls}
		scheme := map[bool]string{false: "http", true: "https"}[tls]
		got := visit(web.New(o), http.MethodPost, "/login", url.Values{"password": {password}, "to": {"/timeline"}}, func(r *http.Request) {
			r.Header.Set("Origin", scheme+"://casus.example:8317")
		})
		cookies := got.Result().Cookies()
		if got.Code != http.StatusSeeOther || got.Header().Get("Location") != "/timeline" || len(cookies) != 1 {
			t.Fatalf("status %d, to %s, %d cookies", got.Code, got.Header().Get("Location"), len(cookies))
		}
		c := cookies[0]
		if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Secure != tls || len(c.Value) < 20 || c.Path != "/" {
			t.Errorf("the cookie is %+v", c)
		}
	}
}

func TestWhoWantsInFromElsewhereIsTurnedAway(t *testing.T) {
	h := guarded(t)
	form := url.Values{"password": {password}}
	for name, change := range map[string]func(*http.Request){
		"another site": func(r *http.Request) { r.Header.Set("Origin", "http://evil.example") },
		"no origin":    func(r *http.Request) { r.Header.Del("Origin") },
		"cross-site":   func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"https origin": func(r *http.Request) { r.Header.Set("Origin", "https://casus.example:8317") },
	} {
		if got := visit(h, http.MethodPost, "/login", form, change); got.Code != http.StatusForbidden || len(got.Result().Cookies()) > 0 {
			t.Errorf("%s: status %d", name, got.Code)
		}
	}
	for _, to := range []string{"https://evil.example/", "//evil.example/", `/\\evil.example`, "javascript:alert(1)", "evil", "/\r\nX: y"} {
		if got := visit(h, http.MethodPost, "/login", url.Values{"password": {password}, "to": {to}}, nil); got.Header().Get("Location") != "/" {
			t.Errorf("to %q it leads to %q", to, got.Header().Get("Location"))
		}
	}
}

// Who guesses is stopped; who knows the password and sits elsewhere is not.
func TestGuessingIsSlow(t *testing.T) {
	h := guarded(t)
	codes := map[int]int{}
	for range 20 {
		codes[visit(h, http.MethodPost, "/login", url.Values{"password": {"wrong"}}, nil).Code]++
	}
	if codes[http.StatusForbidden] > 6 || codes[http.StatusTooManyRequests] < 14 {
		t.Errorf("of 20 guesses: %v", codes)
	}
	right := url.Values{"password": {password}}
	if got := visit(h, http.MethodPost, "/login", right, nil); got.Code != http.StatusTooManyRequests {
		t.Errorf("after that the right one has status %d", got.Code)
	}
	if got := visit(h, http.MethodGet, "/api/totals", nil, func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+password) }); got.Code != http.StatusUnauthorized {
		t.Errorf("as a token it has status %d", got.Code)
	}
	if got := visit(h, http.MethodPost, "/login", right, func(r *http.Request) { r.RemoteAddr = "192.0.2.8:1" }); got.Code != http.StatusSeeOther {
		t.Errorf("from elsewhere the right one has status %d", got.Code)
	}
}

func TestWhoAsksTooMuchIsAskedToWait(t *testing.T) {
	h := web.New(options(sample(t)))
	slowed := 0
	for range 600 {
		r := httptest.NewRequest(http.MethodGet, "http://localhost/nothing", nil)
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code == http.StatusTooManyRequests {
			slowed++
			if w.Header().Get("Retry-After") == "" {
				t.Fatal("it is not said when to come back")
			}
		}
	}
	if slowed == 0 || slowed > 300 {
		t.Errorf("%d of 600 at once were asked to wait", slowed)
	}
}

func TestASessionEnds(t *testing.T) {
	now := time.Date(2026, time.November, 21, 12, 0, 0, 0, time.UTC)
	o := options(sample(t))
	o.Access, o.Now = web.Access{Password: password}, func() time.Time { return now }
	server := httptest.NewServer(web.New(o))
	defer server.Close()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	post := func(path string, form url.Values) int {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+path, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", server.URL)
		return status(t, client, r)
	}
	totals := func() int {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/api/totals", nil)
		if err != nil {
			t.Fatal(err)
		}
		return status(t, client, r)
	}
	post("/login", url.Values{"password": {password}, "to": {"/api/totals"}})
	for range 3 { // each visit keeps it open
		if now = now.Add(11 * time.Hour); totals() != http.StatusOK {
			t.Fatal("a session that is used ended")
		}
	}
	if now = now.Add(13 * time.Hour); totals() != http.StatusUnauthorized {
		t.Error("a session that nobody uses goes on")
	}
	post("/login", url.Values{"password": {password}, "to": {"/api/totals"}})
	if totals() != http.StatusOK {
		t.Fatal("logging in again did not help")
	}
	post("/logout", nil)
	if totals() != http.StatusUnauthorized {
		t.Error("who logged out is still in")
	}
}

func status(t *testing.T, client *http.Client, r *http.Request) int {
	t.Helper()
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode
}

// A person meets the door, is told of a wrong password, and arrives where the
// link led.
func TestAPersonLogsIn(t *testing.T) {
	o := options(sample(t))
	o.Access = web.Access{Password: password}
	b := look(t, web.New(o), "nl-NL")
	b.open("/timeline?actor=taliban")
	b.sees("label", "Wachtwoord van deze Casus")
	b.do(chromedp.SendKeys(chromedp.CSS("#password"), "wrong-wrong-wrong"+kb.Enter))
	b.sees("[role=alert]", "Dat is niet het wachtwoord.")
	b.forgive("403")
	b.do(chromedp.SendKeys(chromedp.CSS("#password"), password+kb.Enter))
	b.sees("h1", "Tijdlijn van Taliban")
	if got := b.place(); got != "/timeline?actor=taliban" {
		t.Errorf("the address is %s", got)
	}
}
