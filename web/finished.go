package web

import (
	"context"
	"net/http"
	"strings"
	"sync"

	"casus"
)

// finished remembers answers as long as the ledger is as it was: by what was
// asked, their tags and, as far as there is room, all of them. Who asks again
// what he has is answered before anything is worked out.
type finished struct {
	state func(context.Context) (string, error) // changes whenever the ledger does; nil remembers nothing
	today func() casus.Date

	mu         sync.Mutex
	young, old map[string]*finishedAnswer // as much as half of each: when the young ones are full they become the old ones
	bytes      int                        // of the young ones
}

// finishedAnswer is an answer, whose body is nil where it was too large to keep.
type finishedAnswer struct {
	tag    string
	header http.Header
	body   []byte
}

// How much is remembered in each half, in bytes and in answers, and the largest
// body that is.
const (
	finishedBytes   = 12 << 20
	finishedAnswers = 4000
	largestFinished = 3 << 20
)

// key is what an answer depends on; empty where that is more than the address,
// the language, the form, the day and the ledger: a rules file, what others import.
func (f *finished) key(w http.ResponseWriter, r *http.Request) string {
	if f.state == nil || r.Method != http.MethodGet || strings.HasPrefix(r.URL.Path, "/api/alerts") || strings.HasPrefix(r.URL.Path, importPath) {
		return ""
	}
	state, err := f.state(r.Context())
	if err != nil {
		return "" // the answer will say what is wrong
	}
	return strings.Join([]string{state, f.today().String(), w.Header().Get("Content-Language"), r.Header.Get("Accept"), r.RequestURI}, "\n")
}

func (f *finished) get(key string) *finishedAnswer {
	f.mu.Lock()
	defer f.mu.Unlock()
	if a, ok := f.young[key]; ok {
		return a
	}
	a, ok := f.old[key]
	if ok && key != "" {
		f.put(key, a)
	}
	return a
}

// keep remembers an answer.
func (f *finished) keep(key, tag string, header http.Header, body []byte) {
	if key == "" {
		return
	}
	a := &finishedAnswer{tag: tag, header: header.Clone()}
	if len(body) <= largestFinished {
		a.body = body
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.put(key, a)
}

// put adds an answer to the young ones; the lock is held.
func (f *finished) put(key string, a *finishedAnswer) {
	if f.young == nil || f.bytes+len(a.body) > finishedBytes || len(f.young) >= finishedAnswers {
		f.young, f.old, f.bytes = map[string]*finishedAnswer{}, f.young, 0
	}
	f.young[key] = a
	f.bytes += len(a.body)
}
