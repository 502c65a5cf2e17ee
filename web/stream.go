package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"casus/ledger"
	"casus/picture"
)

// streamPath tells of what arrives.
const streamPath = "/api/stream"

// Bounds of a stream: how many listen, how long one lasts before its listener
// passes the door anew, how long it is silent, and how much it tells at once.
const (
	mostListeners  = 200
	streamLasts    = 15 * time.Minute
	streamBeats    = 20 * time.Second
	arrivalsListed = 20
)

// mark is how far a listener has heard: until which moment of the ledger's
// clock of articles, and which correction.
type mark struct {
	recorded   time.Time
	correction int64
}

// String is the id of an event.
func (m mark) String() string {
	var micros int64
	if !m.recorded.IsZero() {
		micros = m.recorded.UnixMicro()
	}
	return fmt.Sprintf("%d-%d", micros, m.correction)
}

// parseMark reads what String wrote.
func parseMark(s string) (m mark, ok bool) {
	moment, number, _ := strings.Cut(s, "-")
	micros, err1 := strconv.ParseInt(moment, 10, 64)
	correction, err2 := strconv.ParseInt(number, 10, 64)
	if m.correction = correction; micros != 0 {
		m.recorded = time.UnixMicro(micros).UTC()
	}
	return m, err1 == nil && err2 == nil && m.String() == s
}

// Arrived are articles that came in: an event of the stream.
type Arrived struct {
	Count   int `json:"count" doc:"How many articles; at least, where more is true."`
	Records int `json:"records" doc:"How many records they have."`
	// Articles are some of them, without their texts.
	Articles []ledger.ArticleEntry `json:"articles" doc:"At most 20 of them, without their texts."`
	More     bool                  `json:"more,omitempty" doc:"More came than were counted."`
}

// arrivals tells those who listen what comes into the ledger, whoever brings
// it: one look at the ledger at a time, for all of them, and none for nobody.
type arrivals struct {
	*api
	every time.Duration

	mu        sync.Mutex
	listeners int
	seen      mark
	moved     chan struct{} // closed when there is something after seen
	stop      context.CancelFunc
}

func newArrivals(a *api, every time.Duration) *arrivals {
	return &arrivals{api: a, every: every, moved: make(chan struct{})}
}

// last is where the ledger ends.
func (s *arrivals) last(ctx context.Context) (mark, error) {
	totals, err := s.picture.Totals(ctx)
	if err != nil {
		return mark{}, err
	}
	m := mark{recorded: totals.Recorded}
	corrections, err := s.picture.Corrections(ctx, ledger.CorrectionQuery{})
	if n := len(corrections); n > 0 {
		m.correction = corrections[n-1].Number
	}
	return m, err
}

// join begins to look, if nobody listened, and says from where on it tells.
func (s *arrivals) join(ctx context.Context) (from mark, ok bool, err error) {
	now, err := s.last(ctx)
	if err != nil {
		return now, false, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listeners == mostListeners {
		return now, false, nil
	}
	if s.listeners++; s.listeners == 1 {
		s.seen = now
		looking, stop := context.WithCancel(s.open)
		s.stop = stop
		go s.look(looking)
	}
	return now, true, nil
}

func (s *arrivals) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listeners--; s.listeners == 0 {
		s.stop()
	}
}

// look wakes the listeners whenever the ledger has grown, until nobody listens.
func (s *arrivals) look(ctx context.Context) {
	tick := time.NewTicker(s.every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now, err := s.last(ctx)
		if err != nil {
			if ctx.Err() == nil {
				s.log.Warn("looking what arrived", "error", err)
			}
			continue
		}
		s.mu.Lock()
		if now != s.seen {
			s.seen = now
			close(s.moved)
			s.moved = make(chan struct{})
		}
		s.mu.Unlock()
	}
}

// waker is closed at the next arrival.
func (s *arrivals) waker() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.moved
}

// ServeHTTP tells one listener of what arrives, from Last-Event-ID on or from now.
func (s *arrivals) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodHead {
		w.Header().Set("Content-Type", "text/event-stream")
		return
	}
	from, ok, err := s.join(r.Context())
	switch {
	case err != nil:
		var problem huma.StatusError
		if errors.As(s.problem(r.Context(), err), &problem) {
			writeProblem(w, problem.GetStatus(), problem.Error())
		}
		return
	case !ok:
		w.Header().Set("Retry-After", "60")
		writeProblem(w, http.StatusServiceUnavailable, "too many listen already; ask /api/totals from time to time instead")
		return
	}
	defer s.leave()
	for _, heard := range []string{r.URL.Query().Get("since"), r.Header.Get("Last-Event-ID")} {
		if m, ok := parseMark(heard); ok {
			from = m
		}
	}
	ctx, stop := s.untilStopped(r.Context())
	defer stop()
	connection := http.NewResponseController(w)
	_ = connection.SetReadDeadline(time.Time{}) // it lasts longer than a request
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	say := func(format string, args ...any) error {
		_ = connection.SetWriteDeadline(time.Now().Add(s.patience.Answer))
		if _, err := fmt.Fprintf(w, format+"\n\n", args...); err != nil {
			return err
		}
		return connection.Flush()
	}
	if err := say("retry: 5000\nid: %s\nevent: ready\ndata: {}", from); err == nil {
		s.tell(ctx, from, say)
	}
}

// tell writes events until the listener has gone or the stream has lasted long enough.
func (s *arrivals) tell(ctx context.Context, from mark, say func(string, ...any) error) {
	ctx, cancel := context.WithTimeout(ctx, streamLasts)
	defer cancel()
	beat := time.NewTicker(streamBeats)
	defer beat.Stop()
	for {
		woken := s.waker() // before asking, so that nothing falls between
		var err error
		if from, err = s.tellSince(ctx, from, say); err != nil {
			return
		}
		select {
		case <-woken:
		case <-beat.C:
			if err := say(": still here"); err != nil {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// tellSince writes what came after a mark, and returns the mark after it.
func (s *arrivals) tellSince(ctx context.Context, from mark, say func(string, ...any) error) (mark, error) {
	now, err := s.last(ctx)
	if err != nil || now == from {
		return from, err
	}
	if now.recorded.After(from.recorded) {
		page, err := s.picture.Articles(ctx, ledger.ArticleQuery{Since: from.recorded, Limit: ledger.MaxLimit}, picture.Question{})
		if err != nil {
			return from, err
		}
		came := Arrived{Count: len(page.Articles), More: page.Next != "", Articles: page.Articles[:min(len(page.Articles), arrivalsListed)]}
		for _, a := range page.Articles {
			came.Records += a.Records
			if a.Recorded.After(now.recorded) {
				now.recorded = a.Recorded
			}
		}
		from.recorded = now.recorded
		if err := sayEvent(say, "articles", from, came); err != nil {
			return from, err
		}
	}
	corrections, err := s.picture.Corrections(ctx, ledger.CorrectionQuery{})
	if err != nil {
		return from, err
	}
	for _, c := range corrections {
		if c.Number <= from.correction {
			continue
		}
		from.correction = c.Number
		if err := sayEvent(say, "correction", from, c); err != nil {
			return from, err
		}
	}
	return from, nil
}

func sayEvent(say func(string, ...any) error, kind string, at mark, data any) error {
	line, err := json.Marshal(data)
	if err != nil {
		return err
	}
	return say("id: %s\nevent: %s\ndata: %s", at, kind, line)
}

// describe adds the stream to the description of the API.
func (s *arrivals) describe(to huma.API) {
	to.OpenAPI().AddOperation(&huma.Operation{OperationID: "stream", Method: http.MethodGet, Path: streamPath,
		Summary: "What arrives, as server-sent events: articles (how many, and some of them) and correction (each as /api/corrections has it)",
		Parameters: []*huma.Param{
			{Name: "since", In: "query", Description: "Tell what came after the event with this id; from now on unless said.", Schema: &huma.Schema{Type: huma.TypeString}},
			{Name: "Last-Event-ID", In: "header", Description: "The same, as a browser says it that comes back.", Schema: &huma.Schema{Type: huma.TypeString}}},
		Responses: map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{Type: huma.TypeString}}}}}})
}
