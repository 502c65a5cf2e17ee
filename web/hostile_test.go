package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"casus"
	"casus/ledger"
	"casus/ledger/memory"
	"casus/web"
)

// hurried is a server that waits for nobody long.
func hurried(t *testing.T, change func(*web.Options)) (address string) {
	t.Helper()
	o := options(sample(t))
	o.Import = importing(memory.New(time.Now, nil))
	o.Patience = web.Patience{Header: 300 * time.Millisecond, Body: 300 * time.Millisecond, Answer: 300 * time.Millisecond, Idle: 300 * time.Millisecond}
	if change != nil {
		change(&o)
	}
	server := httptest.NewUnstartedServer(nil)
	server.Config = web.NewServer(o)
	server.Start()
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

// send says something to a server and then dribbles a byte at a time, until it
// is cut off; it returns what the server said before that.
func send(t *testing.T, address, says string, dribble byte) string {
	t.Helper()
	connection, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	if _, err := io.WriteString(connection, says); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	defer func() { <-done }()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go func() {
		defer close(done)
		for tick := time.NewTicker(20 * time.Millisecond); ctx.Err() == nil && dribble != 0; <-tick.C {
			if _, err := connection.Write([]byte{dribble}); err != nil {
				return
			}
		}
	}()
	if err := connection.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(connection)
	if timeout := net.Error(nil); errors.As(err, &timeout) && timeout.Timeout() {
		t.Errorf("%.40q is not cut off", says)
	}
	return string(answer)
}

// Who is slow is cut off, and keeps nobody from an answer.
func TestSlowClientsAreCutOff(t *testing.T) {
	address := hurried(t, nil)
	head := func(path, kind string, length int) string {
		return fmt.Sprintf("POST %s HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", path, address, address, kind, length)
	}
	slow := map[string]struct {
		says    string
		dribble byte
	}{
		"says nothing":                {"", 0},
		"half a head":                 {"GET /api/totals HTTP/1.1\r\nHost: " + address + "\r\n", 0},
		"a head byte by byte":         {"GET /api/totals HTTP/1.1\r\nHost: " + address + "\r\nX-Long: ", 'a'},
		"a correction byte by byte":   {head("/api/corrections", "application/json", 10_000) + "{", ' '},
		"a file byte by byte":         {head("/api/import?name=a.txt", "application/octet-stream", 10_000), 'a'},
		"a file that does not come":   {head("/api/import?name=a.txt", "application/octet-stream", 10_000), 0},
		"a question with a slow body": {"GET /api/totals HTTP/1.1\r\nHost: " + address + "\r\nContent-Length: 100000\r\n\r\n", 'a'},
		"goes on after an answer":     {"GET /api/totals HTTP/1.1\r\nHost: " + address + "\r\n\r\n", 0},
	}
	for name, c := range slow {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for range 20 { // several of a sort at once
				go func() {
					if connection, err := net.Dial("tcp", address); err == nil {
						_, _ = io.WriteString(connection, c.says)
						<-t.Context().Done()
						_ = connection.Close()
					}
				}()
			}
			response, err := http.Get("http://" + address + "/api/totals")
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			if response.StatusCode != http.StatusOK {
				t.Errorf("others get %s", response.Status)
			}
			// Where all places for files are taken by others like it, it is told to come back.
			if answer := send(t, address, c.says, c.dribble); strings.HasPrefix(answer, "HTTP/1.1 5") && !strings.Contains(answer, "Retry-After") {
				t.Errorf("it is told %q", answer)
			}
		})
	}
}

// Who takes no answer does not keep the server writing for ever: neither an
// answer nor a stream.
func TestWhoTakesNoAnswerIsCutOff(t *testing.T) {
	l := memory.New(time.Now, nil)
	text := strings.Repeat("Rusland stuurde soldaten naar Tadzjikistan. ", 400_000) // more than sockets hold
	if _, err := l.Append(t.Context(), ledger.Reading{Reader: "test-1", Article: casus.Article{ID: "long", Hash: "long", Language: "nl", Text: text}}); err != nil {
		t.Fatal(err)
	}
	over := make(chan struct{})
	address := hurried(t, func(o *web.Options) {
		*o = web.Options{Picture: options(l).Picture, Patience: o.Patience, Import: func(ctx context.Context, _ web.Upload, tell func(web.Imported) error) error {
			defer close(over)
			for {
				if err := tell(web.Imported{Input: text[:1<<20], Outcome: web.OutcomeNew}); err != nil {
					return err
				}
			}
		}}
	})
	for _, says := range []string{
		"GET /api/articles/long HTTP/1.1\r\nHost: " + address + "\r\n\r\n",
		fmt.Sprintf("POST /api/import?name=a.txt HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nContent-Type: application/octet-stream\r\nContent-Length: 1\r\n\r\na", address, address),
	} {
		connection, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer connection.Close()
		if _, err := io.WriteString(connection, says); err != nil {
			t.Fatal(err)
		}
	}
	select {
	case <-over: // the import stopped though nobody hung up
	case <-time.After(patience):
		t.Error("an import goes on for somebody who takes no report")
	}
}

// Corrections that make no sense are turned away in words, and none is stored.
func TestAbsurdCorrectionsAreTurnedAway(t *testing.T) {
	l := sample(t)
	o := options(l)
	o.Correct = l.Correct
	h := web.New(o)
	page, err := l.Records(t.Context(), ledger.Query{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	id := string(page.Entries[0].ID)
	long := strings.Repeat("a", 3000)
	amended := func(record string) string {
		return `{"action":"amend","author":"Ann","reason":"x","record":"` + id + `","amended":` + record + `}`
	}
	for name, body := range map[string]string{
		"nothing":               `{}`,
		"null":                  `null`,
		"a list":                `[]`,
		"a number":              `1e999`,
		"deep":                  strings.Repeat(`{"amended":`, 100_000),
		"deep lists":            `{"action":"join","author":"Ann","reason":"x","records":` + strings.Repeat(`[`, 300_000),
		"no author":             `{"action":"accept","record":"` + id + `"}`,
		"an empty author":       `{"action":"accept","author":"","record":"` + id + `"}`,
		"a long author":         `{"action":"accept","author":"` + long + `","record":"` + id + `"}`,
		"a long reason":         `{"action":"reject","author":"Ann","reason":"` + long + `","record":"` + id + `"}`,
		"no reason":             `{"action":"reject","author":"Ann","record":"` + id + `"}`,
		"an action of nobody":   `{"action":"drop table","author":"Ann","reason":"x"}`,
		"a record of nobody":    `{"action":"reject","author":"Ann","reason":"x","record":"r000000000000"}`,
		"a record that is none": `{"action":"reject","author":"Ann","reason":"x","record":"'; DROP TABLE record; --"}`,
		"many records":          `{"action":"join","author":"Ann","reason":"x","records":["` + strings.Repeat(id+`","`, 10_001) + `"]}`,
		"one record joined":     `{"action":"join","author":"Ann","reason":"x","records":["` + id + `"]}`,
		"a path for an actor":   `{"action":"merge","author":"Ann","reason":"x","actor":"../../etc","into":"rus"}`,
		"markup for an actor":   `{"action":"add-actor","author":"Ann","reason":"x","actor":"\"><img onerror=alert(1)>","kind":"person","names":["x"]}`,
		"itself":                `{"action":"merge","author":"Ann","reason":"x","actor":"rus","into":"rus"}`,
		"a kind that is none":   `{"action":"add-actor","author":"Ann","reason":"x","actor":"person/y","kind":"god","names":["y"]}`,
		"an undoing of nothing": `{"action":"undo","author":"Ann","reason":"x","undoes":9223372036854775807}`,
		"an undoing before":     `{"action":"undo","author":"Ann","reason":"x","undoes":-1}`,
		"too large a number":    `{"action":"undo","author":"Ann","reason":"x","undoes":99999999999999999999999}`,
		"a grade Z":             `{"action":"grade","author":"Ann","reason":"x","source":"De Bode","reliability":"Z"}`,
		"amended to nothing":    amended(`{}`),
		"amended to null":       amended(`null`),
		"another quote":         amended(`{"kind":"event","type":"COERCE","source":["taliban"],"target":[],"article":"border","quote":"<script>","start":0,"end":8,"by":null,"status":"happened","when":{"from":null,"to":null,"precision":"unknown"},"where":[]}`),
		"a span of no text":     amended(`{"kind":"event","type":"COERCE","source":["taliban"],"target":[],"article":"border","quote":"x","start":-5,"end":2147483647,"by":null,"status":"happened","when":{"from":null,"to":null,"precision":"unknown"},"where":[]}`),
		"a day of no year":      amended(`{"kind":"event","type":"COERCE","source":["taliban"],"target":[],"article":"border","quote":"x","start":0,"end":1,"by":null,"status":"happened","when":{"from":"99999-99-99","to":"x","precision":"eon"},"where":[]}`),
		"no UTF-8":              "{\"action\":\"grade\",\"author\":\"\xff\xfe\",\"reason\":\"\xff\",\"source\":\"\xff\",\"reliability\":\"Q\"}",
		"a zero byte":           `{"action":"reject","author":"Ann","reason":"x","record":"` + "\x00" + `"}`,
		"a member of ours":      `{"action":"accept","author":"Ann","record":"` + id + `","number":1,"recorded":"1970-01-01T00:00:00Z"}`,
	} {
		r := httptest.NewRequest(http.MethodPost, "http://localhost/api/corrections", strings.NewReader(body))
		r.Header.Set("Origin", "http://localhost")
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code < 400 || w.Code >= 500 || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: status %d, %s: %.300s", name, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
	}
	if stored, err := l.Corrections(t.Context(), ledger.CorrectionQuery{}); err != nil || len(stored) > 0 {
		t.Errorf("stored: %+v, %v", stored, err)
	}
	// What is odd but can be meant is stored as it is, and stays words.
	r := httptest.NewRequest(http.MethodPost, "http://localhost/api/corrections", strings.NewReader(`{"action":"reject","author":"\"><img src=x onerror=alert(1)>","reason":"<script>alert(1)</script>","record":"`+id+`"}`))
	r.Header.Set("Origin", "http://localhost")
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if list := get(h, "/api/corrections"); w.Code != http.StatusCreated || !strings.Contains(list.Header().Get("Content-Type"), "json") {
		t.Errorf("status %d, %s; the list is %s", w.Code, w.Body, list.Header().Get("Content-Type"))
	}
}

// An article of 5 MB, with markup in it, opens in the reader.
func TestAnArticleOfFiveMegabytesOpens(t *testing.T) {
	l := memory.New(time.Now, nil)
	var text strings.Builder
	text.WriteString(hostileText)
	for text.Len() < 5<<20 {
		text.WriteString("\n\n" + strings.Repeat("Rusland stuurde <b onclick=alert(1)>soldaten</b> naar Tadzjikistan. ", 40))
	}
	text.WriteString("\n\nAan het einde tekent Iran.")
	whole := text.String()
	first := record(t, whole, "said nothing", casus.Always, &casus.Claim{Speaker: "rus", Act: casus.Say})
	last := record(t, whole, "Aan het einde tekent Iran.", casus.Always, &casus.Event{Type: casus.Agree, Source: []casus.ActorID{"irn"}})
	if _, err := l.Append(t.Context(), ledger.Reading{Reader: "test-1", Records: []casus.Record{first, last},
		Article: casus.Article{ID: "vast", Hash: "vast", Language: "nl", Text: whole}}); err != nil {
		t.Fatal(err)
	}
	b := look(t, web.New(options(l)), "nl-NL")
	b.open("/article/vast")
	b.count(".mark", 2)
	if got, want := ask[int](b, `document.querySelector(".marked").textContent.length`), len(whole)-2*strings.Count(whole, "\n\n"); got < want*9/10 {
		t.Errorf("the page has %d letters of %d", got, want)
	}
	b.click(".same button:nth-of-type(2)")
	b.sees(".card", "Aan het einde tekent Iran.")
	if made := ask[int](b, `document.querySelectorAll("main img, main script, main style, main b, main [onclick]").length`); made != 0 {
		t.Errorf("the text made %d elements", made)
	}
	if title := ask[string](b, "document.title"); strings.Contains(title, "owned") {
		t.Errorf("the title is %s", title)
	}
}
