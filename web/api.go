package web

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"casus"
	"casus/exchange"
	"casus/ledger"
	"casus/picture"
)

// api answers the questions of package picture over HTTP.
type api struct {
	picture *picture.Picture
	rules   Rules
	names   func(language string) map[casus.ActorID]string
	version string
	log     *slog.Logger
	now     func() time.Time

	locate     exchange.Locate
	publishers func(context.Context) (map[string]int, error)
	correct    func(context.Context, ledger.Correction) (ledger.Correction, error)
	outlooks   *outlooks // nil where there are no rules
	foresight  Foresight

	// For what comes in parts.
	open     context.Context // ends when the server is shut down
	patience Patience
	importer Importer
	formats  []string
	imports  *imports
	arrivals *arrivals
	finished *finished
}

// newAPI makes the API; what comes in parts ends when open does.
func newAPI(open context.Context, o Options) *api {
	a := &api{picture: o.Picture, rules: o.Rules, names: o.Names, version: o.Version, log: o.Log, now: o.Now, publishers: o.Publishers, correct: o.Correct,
		locate: o.Locate, open: open, patience: o.Patience, importer: o.Import, formats: o.Formats, foresight: o.Foresight}
	if o.Alerts != nil {
		a.outlooks = newOutlooks(open, o.Alerts)
	}
	a.imports, a.arrivals = newImports(a), newArrivals(a, o.Look)
	a.finished = &finished{state: o.State, today: func() casus.Date { return casus.DateOf(a.now()) }}
	return a
}

// untilStopped is a request's context, which ends when the server is shut down too.
func (a *api) untilStopped(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	forget := context.AfterFunc(a.open, cancel)
	return ctx, func() { forget(); cancel() }
}

// register puts the operations, their description and its page on the mux.
func (a *api) register(mux *http.ServeMux) {
	operations := http.NewServeMux()
	described := humago.New(operations, a.config())
	a.articles(described)
	a.records(described)
	a.actors(described)
	a.situations(described)
	a.maps(described)
	a.corrections(described)
	a.foresees(described)
	a.imports.describe(described)
	a.arrivals.describe(described)
	description, err := json.Marshal(described.OpenAPI())
	if err != nil {
		a.log.Error("describing the API", "error", err)
	}
	operations.HandleFunc("GET /api/openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/openapi+json")
		_, _ = w.Write(description)
	})
	operations.Handle("GET /api/docs", docsPage(described.OpenAPI()))
	operations.HandleFunc("GET /api/docs.css", docsStyle)
	operations.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		writeProblem(w, http.StatusNotFound, r.URL.Path+": the API has no such address; see /api/docs")
	})
	mux.Handle("/api/", withSentences(tagged(operations, a.finished)))
}

// config is huma's without what it would fetch from elsewhere or add to our answers.
func (a *api) config() huma.Config {
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{Title: "Casus", Version: a.version,
				Description: "What the news says, record by record, each tied to its words. The answers are those of the commands with --json."},
			Components: &huma.Components{Schemas: newSchemas()},
		},
		Formats:                      huma.DefaultFormats,
		DefaultFormat:                "application/json",
		RejectUnknownQueryParameters: true,
	}
}

// body is what huma reads or writes.
type body[O any] struct{ Body O }

// answered is an answer, why it is empty where that is known, and the after of
// the page that follows where a list has several.
type answered[O any] struct {
	Note string `header:"Casus-Note"`
	Next string `header:"Casus-Next"`
	Body O
}

// get registers one question: the last part of its address names it.
func get[I, O any](a *api, to huma.API, path, summary string, answer func(context.Context, *I) (O, error)) {
	name := strings.Trim(strings.NewReplacer("/api/", "", "/", "-", "{", "", "}", "").Replace(path), "-")
	operation := huma.Operation{OperationID: name, Method: http.MethodGet, Path: path, Summary: summary,
		Errors: []int{http.StatusBadRequest, http.StatusNotFound, http.StatusUnprocessableEntity}}
	huma.Register(to, operation, func(ctx context.Context, in *I) (*answered[O], error) {
		out, err := answer(ctx, in)
		if err != nil {
			return nil, a.problem(ctx, err)
		}
		var note string
		if noted, ok := any(in).(interface{ note(context.Context) string }); ok {
			note = noted.note(ctx)
		}
		var next string
		if paged, ok := any(in).(interface{ nextPage() string }); ok {
			next = paged.nextPage()
		}
		return &answered[O]{Note: note, Next: next, Body: out}, nil
	})
}

// parseDay reads a parameter that names a day.
func parseDay(parameter, s string) (casus.Date, error) {
	d, err := casus.ParseDate(s)
	if err != nil {
		return 0, &casus.Error{Code: casus.Invalid, Input: fmt.Sprintf("%s=%s", parameter, s), Problem: "this is not a day", Advice: "Write YYYY-MM-DD."}
	}
	return d, nil
}
