// Package web shows a ledger in a browser: an HTTP API under /api/ that gives
// the very answers of package picture, and the page in desk, which asks it.
// It renders and does not compute: what an answer says is decided elsewhere.
//
// Everything is for the person at this machine, or where Access has a password for
// those who know it; only GET and HEAD, but for corrections, which the page of this
// very server may POST (see doors.go). The text of articles leaves as
// JSON and is never put into HTML.
package web

import (
	"cmp"
	"compress/gzip"
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"casus"
	"casus/exchange"
	"casus/ledger"
	"casus/picture"
)

// Rules finds the line of a rule or lexicon file that made a record; see
// casus.Made.Rule. Language is the article's.
type Rules interface {
	Rule(language, name string) (string, error)
}

// Options is what the handler works with. Only Picture is needed.
type Options struct {
	Picture *picture.Picture
	Rules   Rules // nil shows no rule lines
	// Names gives the name by which a language ("nl", "en") calls each actor
	// of the reference data; nil shows ids only.
	Names func(language string) map[casus.ActorID]string
	// Locate finds places; nil knows none, and maps are empty.
	Locate  exchange.Locate
	Version string
	// State is a word that changes whenever the ledger does: as long as it does not,
	// an answer is worked out once. Nil works out each.
	State func(context.Context) (string, error)
	// Publishers counts the articles of each publisher; nil knows none.
	Publishers func(context.Context) (map[string]int, error)
	// Correct stores what an analyst says; nil takes nothing.
	Correct func(context.Context, ledger.Correction) (ledger.Correction, error)
	// Alerts tells what the rules of a file would raise; nil where there is no such file.
	Alerts Alerts
	// Foresight lays scenarios beside the ledger; nil where this server does not.
	Foresight Foresight
	// Import reads files into the ledger; nil takes none. Formats are the endings
	// of the names of files that it reads.
	Import   Importer
	Formats  []string
	Now      func() time.Time // nil is time.Now
	Log      *slog.Logger     // for faults of ours; nil is slog.Default()
	Access   Access           // who may come in
	Patience Patience         // with clients
	// Look is how often the ledger is asked what arrived, while somebody listens; zero is 2 s.
	Look time.Duration
}

// Patience is how long a client is waited for; a zero field takes its default.
type Patience struct {
	Header time.Duration // for the whole head of a request; 5 s
	Body   time.Duration // for its body, a file that is imported aside; 30 s
	Answer time.Duration // until it has taken the answer, or the next part of one that comes in parts; 60 s
	Idle   time.Duration // for the next request; 2 min
}

func (p Patience) orDefaults() Patience {
	return Patience{Header: cmp.Or(p.Header, 5*time.Second), Body: cmp.Or(p.Body, 30*time.Second), Answer: cmp.Or(p.Answer, time.Minute), Idle: cmp.Or(p.Idle, 2*time.Minute)}
}

// answerTime bounds one request, so that a question that is too wide gives up
// before the browser does.
const answerTime = 30 * time.Second

// compressFrom is the size in bytes from which an answer is compressed.
const compressFrom = 1400 // about one packet

// New returns the handler of the API and the page.
func New(o Options) http.Handler { return newHandler(context.Background(), o) }

// NewServer returns a server of the handler, which cuts off clients that are
// slower than its patience, and ends what comes in parts when it is shut down.
func NewServer(o Options) *http.Server {
	open, shut := context.WithCancel(context.Background())
	patience := o.Patience.orDefaults()
	server := &http.Server{
		Handler:           newHandler(open, o),
		ReadHeaderTimeout: patience.Header,
		ReadTimeout:       patience.Body,
		WriteTimeout:      patience.Answer,
		IdleTimeout:       patience.Idle,
		MaxHeaderBytes:    64 << 10,
	}
	server.RegisterOnShutdown(shut)
	return server
}

// newHandler makes the handler; what comes in parts ends when open does.
func newHandler(open context.Context, o Options) http.Handler {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Locate == nil {
		o.Locate = func(string, []string) (exchange.Spot, bool) { return exchange.Spot{}, false }
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Patience, o.Look = o.Patience.orDefaults(), cmp.Or(o.Look, 2*time.Second)
	a, whole := newAPI(open, o), http.NewServeMux()
	a.register(whole)
	newPage(built()).register(whole)
	mux := http.NewServeMux() // what comes in parts is not held, timed or compressed as a whole
	mux.Handle("POST "+importPath, a.imports)
	mux.Handle("GET "+streamPath, a.arrivals)
	mux.Handle("/api/", compressed(withTime(whole), gzip.BestSpeed)) // it is made for one
	mux.Handle("/", compressed(withTime(whole), gzip.DefaultCompression))
	return guard(mux, newSessions(o.Access, o.Now), o.Log)
}

func withTime(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), answerTime)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func compressed(next http.Handler, level int) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(compressFrom), gzhttp.CompressionLevel(level))
	if err != nil {
		return next // the options above are constants that it accepts; without them we are only slower
	}
	return wrap(next)
}
