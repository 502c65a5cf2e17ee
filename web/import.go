package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"reflect"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"casus"
)

// Upload is a file that somebody handed over.
type Upload struct {
	Name string   // the last part of what its owner calls it; nothing is looked up by it
	File *os.File // open at its start, and nobody else's
	// What its owner says of every article in it; the zero values leave that to the file.
	Date      casus.Period
	Publisher string
	Language  string
}

// Imported is what became of an article, or of an input that could not be read.
type Imported struct {
	Input   string          `json:"input" doc:"The file, with !member in an archive and :line in JSON lines."`
	Outcome Outcome         `json:"outcome" enum:"new,known,reread,failed"`
	Article casus.ArticleID `json:"article,omitempty" doc:"Its id in this ledger."`
	Title   string          `json:"title,omitempty"`
	Read    bool            `json:"read" doc:"False where it is kept but not read, as in a language that Casus does not read."`
	Records int             `json:"records" doc:"How many records were stored."`
	// Copies are near-copies that were there before.
	Copies  []casus.ArticleID `json:"copies,omitempty" doc:"Near-copies that were there before; they are linked."`
	Notes   []string          `json:"notes,omitempty" doc:"Remarks, as on a date that is missing."`
	Problem string            `json:"problem,omitempty" doc:"Why it failed."`
	Detail  string            `json:"detail,omitempty" doc:"What was underneath, as a program says it."`
	Advice  string            `json:"advice,omitempty" doc:"What to do."`
}

// Outcome is what became of an article that came in.
type Outcome string

// The outcomes of an import.
const (
	OutcomeNew    Outcome = "new"
	OutcomeKnown  Outcome = "known"  // the same text was read before
	OutcomeReread Outcome = "reread" // it was there, and a newer reader has read it again
	OutcomeFailed Outcome = "failed"
)

// Importer reads what a file holds into the ledger, and tells of each article
// once it is stored. It stops where tell fails or ctx ends; what was told of stays.
type Importer func(ctx context.Context, in Upload, tell func(Imported) error) error

// importPath takes files.
const importPath = "/api/import"

// Bounds of imports: how large a file, how many are taken in at a time (each
// stands in a temporary file), how slow its sender may be, and how long a
// silence is while others are read.
const (
	importMost     = 64 << 20
	importsAtOnce  = 8
	slowestSender  = 64 << 10 // bytes a second
	importNameMost = 300
	waitingSays    = 5 * time.Second
)

// imports takes files in, several at a time, and has them read one by one.
type imports struct {
	*api
	taken   chan struct{} // a place for each file that is here
	turn    chan struct{} // whose file is being read
	waiting atomic.Int32
}

func newImports(a *api) *imports {
	return &imports{api: a, taken: make(chan struct{}, importsAtOnce), turn: make(chan struct{}, 1)}
}

// ImportState tells whether files are taken, and which.
type ImportState struct {
	Takes   bool     `json:"takes"`
	Most    int64    `json:"most_bytes" doc:"The largest file."`
	Formats []string `json:"formats" doc:"The endings of names of files that are read."`
	Why     string   `json:"why,omitempty" doc:"Why nothing is taken."`
}

// readOnly is why a server takes nothing.
func readOnly() error {
	return &casus.Error{Code: casus.Unsupported, Input: "import", Problem: "this server only shows the ledger and reads nothing into it",
		Advice: "Read files with casus read where the ledger is, or start casus serve without --read-only."}
}

// ImportLine is one line of the report of an import.
type ImportLine struct {
	Event string `json:"event" enum:"waiting,reading,article,end" doc:"waiting: others are read first. reading: it begins. article: what became of one. end: the sums; without it the import was cut off."`
	Ahead int    `json:"ahead,omitempty" doc:"waiting: how many files are read before it."`
	*Imported
	*ImportSums
}

// ImportSums are what became of a file.
type ImportSums struct {
	New       int    `json:"new"`
	Known     int    `json:"known"`
	Reread    int    `json:"reread"`
	Failed    int    `json:"failed"`
	AllOf     int    `json:"records_stored"`
	Interrupt string `json:"stopped,omitempty" doc:"Why the rest was not read."`
}

func (s *ImportSums) count(i Imported) {
	switch i.Outcome {
	case OutcomeNew:
		s.New++
	case OutcomeKnown:
		s.Known++
	case OutcomeReread:
		s.Reread++
	case OutcomeFailed:
		s.Failed++
	}
	s.AllOf += i.Records
}

// ServeHTTP takes one file, the body of the request, and reports on it line by line.
func (m *imports) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	in, problem := uploadOf(r.URL.Query())
	switch {
	case m.importer == nil:
		writeProblem(w, http.StatusForbidden, readOnly().Error())
		return
	case problem != "":
		writeProblem(w, http.StatusUnprocessableEntity, problem)
		return
	case r.ContentLength < 0:
		writeProblem(w, http.StatusLengthRequired, "how long the file is must be said beforehand: send Content-Length")
		return
	case r.ContentLength > importMost:
		writeProblem(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("%s: larger than %d MB, the most that is taken here. Read it with casus read, or split it.", in.Name, importMost>>20))
		return
	}
	select {
	case m.taken <- struct{}{}:
		defer func() { <-m.taken }()
	default:
		w.Header().Set("Retry-After", "10")
		writeProblem(w, http.StatusServiceUnavailable, "others are handing in files; try again in some seconds")
		return
	}
	if err := m.spool(w, r, &in); err != nil {
		writeProblem(w, statusOfUpload(err), fmt.Sprintf("%s: it did not come whole: %v. Send it again.", in.Name, err))
		return
	}
	defer in.File.Close()
	m.report(w, r, in)
}

// spool writes the body to a file of our own without a name, as archives are
// read from their end and a slow sender must not keep the others from reading.
func (m *imports) spool(w http.ResponseWriter, r *http.Request, in *Upload) error {
	connection := http.NewResponseController(w)
	file, err := os.CreateTemp("", "casus-import-*")
	if err != nil {
		return fmt.Errorf("making room for it: %w", err)
	}
	if err := os.Remove(file.Name()); err != nil {
		return errors.Join(fmt.Errorf("making room for it: %w", err), file.Close())
	}
	_, err = io.Copy(file, &sender{from: r.Body, connection: connection, until: time.Now().Add(m.patience.Body)})
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return errors.Join(err, file.Close())
	}
	// The reading may take longer than a request may be sent.
	_ = connection.SetReadDeadline(time.Time{})
	in.File = file
	return nil
}

// sender reads from somebody who may not be slower than slowestSender once
// the patience with any body is over.
type sender struct {
	from       io.Reader
	connection *http.ResponseController
	until      time.Time
}

func (s *sender) Read(p []byte) (int, error) {
	_ = s.connection.SetReadDeadline(s.until) // where it cannot be set, as in tests, there is no connection
	n, err := s.from.Read(p)
	s.until = s.until.Add(time.Duration(n) * time.Second / slowestSender)
	return n, err
}

func statusOfUpload(err error) int {
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return http.StatusRequestTimeout
	case errors.As(err, new(*http.MaxBytesError)):
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusBadRequest
}

// report waits for its turn, reads the file, and writes the lines.
func (m *imports) report(w http.ResponseWriter, r *http.Request, in Upload) {
	w.Header().Set("Content-Type", "application/x-ndjson")
	w.Header().Set("Cache-Control", "no-store")
	ctx, stop := m.untilStopped(r.Context())
	defer stop()
	tell := m.teller(w)
	if err := m.await(ctx, tell); err != nil {
		return // nobody is there to tell
	}
	defer func() { <-m.turn }()
	var sums ImportSums
	err := tell(ImportLine{Event: "reading"})
	if err == nil {
		err = m.importer(ctx, in, func(i Imported) error {
			sums.count(i)
			return tell(ImportLine{Event: "article", Imported: &i})
		})
	}
	if err != nil {
		sums.Interrupt = m.problem(ctx, err).Error()
		m.log.Warn("importing", "file", in.Name, "error", err)
	}
	_ = tell(ImportLine{Event: "end", ImportSums: &sums}) // a sender who has gone needs none
}

// await waits for a file's turn, and tells that it waits.
func (m *imports) await(ctx context.Context, tell func(ImportLine) error) error {
	ahead := m.waiting.Add(1)
	defer m.waiting.Add(-1)
	again := time.NewTicker(waitingSays)
	defer again.Stop()
	for {
		select {
		case m.turn <- struct{}{}:
			return nil
		default:
		}
		if err := tell(ImportLine{Event: "waiting", Ahead: int(ahead)}); err != nil {
			return err
		}
		select {
		case m.turn <- struct{}{}:
			return nil
		case <-again.C:
			ahead = min(ahead, m.waiting.Load())
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// teller writes lines as they come. A reader who takes none for a while is cut off.
func (m *imports) teller(w http.ResponseWriter) func(ImportLine) error {
	connection, lines := http.NewResponseController(w), json.NewEncoder(w)
	return func(line ImportLine) error {
		_ = connection.SetWriteDeadline(time.Now().Add(m.patience.Answer))
		if err := lines.Encode(line); err != nil {
			return err
		}
		return connection.Flush()
	}
}

// uploadOf reads what is said of a file in the query, and what is wrong with it.
func uploadOf(query url.Values) (in Upload, problem string) {
	for name, values := range query {
		switch {
		case name != "name" && name != "date" && name != "publisher" && name != "language":
			return in, fmt.Sprintf("query.%s: unknown query parameter", name)
		case len(values) > 1 || !utf8.ValidString(values[0]) || utf8.RuneCountInString(values[0]) > importNameMost:
			return in, fmt.Sprintf("query.%s: give it once, of at most %d letters", name, importNameMost)
		}
	}
	in = Upload{Name: path.Base("/" + strings.ReplaceAll(query.Get("name"), `\`, "/")), Publisher: strings.TrimSpace(query.Get("publisher")), Language: query.Get("language")}
	if in.Name == "/" || in.Name == "." || in.Name == ".." {
		return in, "query.name: the file has no name; its ending tells how it is read"
	}
	if in.Language != "" && !isLanguageTag(in.Language) {
		return in, "query.language: write a language as nl or en"
	}
	if day := query.Get("date"); day != "" {
		d, err := parseDay("date", day)
		if err != nil {
			return in, err.Error()
		}
		in.Date = casus.Day(d)
	}
	return in, ""
}

func isLanguageTag(s string) bool {
	return len(s) <= 8 && strings.Trim(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz-") == ""
}

// describe adds the import to the description of the API, and the question
// whether it is open.
func (m *imports) describe(to huma.API) {
	get(m.api, to, importPath, "Whether files are taken into the ledger here, and which", func(context.Context, *struct{}) (ImportState, error) {
		state := ImportState{Takes: m.importer != nil, Most: importMost, Formats: append([]string{}, m.formats...)}
		if !state.Takes {
			state.Why = readOnly().Error()
		}
		return state, nil
	})
	described := to.OpenAPI()
	text := func(name, doc string) *huma.Param {
		return &huma.Param{Name: name, In: "query", Description: doc, Schema: &huma.Schema{Type: huma.TypeString}}
	}
	named := text("name", "What the file is called: its ending tells the format.")
	named.Required = true
	lines := described.Components.Schemas.Schema(reflect.TypeFor[ImportLine](), true, "ImportLine")
	described.AddOperation(&huma.Operation{OperationID: "import-file", Method: http.MethodPost, Path: importPath, Summary: "Read a file into the ledger; the answer is lines of JSON that come as its articles are read",
		Parameters: []*huma.Param{named, text("date", "The day of publication of its articles, YYYY-MM-DD."), text("publisher", "Their publisher."), text("language", "Their language, as nl or en.")},
		RequestBody: &huma.RequestBody{Required: true, Description: fmt.Sprintf("The file, at most %d MB.", importMost>>20),
			Content: map[string]*huma.MediaType{importKind: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}},
		Responses: map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{"application/x-ndjson": {Schema: lines}}}}})
}
