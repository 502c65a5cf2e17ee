package web

import (
	"context"
	"encoding/json"
	"mime"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"casus/exchange"
	"casus/picture"
)

// Form says in what form an answer is written that consists of records.
type Form struct {
	Format string `query:"format" enum:"json,jsonl,csv,geojson" doc:"In this form, unless said as the header Accept has it: JSON; one record a line as JSON; a table; features on a map. All but JSON hold all there are, unless limit says how many at most: then the header Casus-Next has the after of what follows."`
	Accept string `header:"Accept" doc:"application/json, application/x-ndjson, text/csv or application/geo+json."`
}

// formats are the forms by the name in the address: the media type, and the
// ending by which package exchange knows it; JSON is not of that package.
var formats = []struct{ name, media, ending string }{
	{"json", "application/json", ""},
	{"jsonl", "application/x-ndjson", ".jsonl"},
	{"csv", "text/csv", ".csv"},
	{"geojson", "application/geo+json", ".geojson"},
}

// form is the place in formats of what was asked for.
func (f Form) form() int {
	for i, known := range formats {
		if f.Format == known.name {
			return i
		}
	}
	for wanted := range strings.SplitSeq(f.Accept, ",") {
		media, _, _ := mime.ParseMediaType(wanted)
		for i, known := range formats {
			if f.Format == "" && media == known.media {
				return i
			}
		}
	}
	return 0
}

// filePart is how many records of a file are read, and sent, at a time.
const filePart = 2000

// recordsQuestion is a question that is answered with records; in other forms
// than JSON with all of them, part by part.
type recordsQuestion interface {
	form() int
	note(context.Context) string
	whole() bool // all there are is wanted
	goOn(after string)
}

// getRecords is get for a question that is answered with records: they are
// written in the forms of package exchange too.
func getRecords[I any, P interface {
	*I
	recordsQuestion
}](a *api, to huma.API, path, summary string, answer func(context.Context, P) (picture.Answer, error)) {
	name := strings.TrimPrefix(path, "/api/")
	contents := map[string]*huma.MediaType{}
	for _, f := range formats {
		contents[f.media] = &huma.MediaType{}
	}
	contents[formats[0].media].Schema = to.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[picture.Answer](), true, "Answer")
	text := &huma.Param{Schema: &huma.Schema{Type: huma.TypeString}}
	operation := huma.Operation{OperationID: name, Method: http.MethodGet, Path: path, Summary: summary,
		Errors: []int{http.StatusBadRequest, http.StatusNotFound, http.StatusUnprocessableEntity},
		Responses: map[string]*huma.Response{"200": {Description: "OK", Content: contents,
			Headers: map[string]*huma.Param{"Content-Disposition": text, "Casus-Next": text, "Casus-Note": text}}}}
	huma.Register(to, operation, func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
		first, err := answer(ctx, in)
		if err != nil {
			return nil, a.problem(ctx, err)
		}
		more := func(ctx context.Context, after string) (picture.Answer, error) {
			P(in).goOn(after)
			return answer(ctx, in)
		}
		return &huma.StreamResponse{Body: func(to huma.Context) {
			if note := P(in).note(ctx); note != "" {
				to.SetHeader("Casus-Note", note)
			}
			if !P(in).whole() {
				more = nil
			}
			a.give(ctx, to, name, P(in).form(), first, more)
		}}, nil
	})
}

// give writes an answer in one of formats: with more, all that follows too.
func (a *api) give(ctx context.Context, to huma.Context, name string, form int, answer picture.Answer, more func(ctx context.Context, after string) (picture.Answer, error)) {
	f := formats[form]
	if f.ending == "" {
		to.SetHeader("Content-Type", f.media)
		enc := json.NewEncoder(to.BodyWriter())
		enc.SetEscapeHTML(false)
		a.cutOff(name, enc.Encode(answer))
		return
	}
	media, file := f.media, "casus-"+name+f.ending
	if media == "text/csv" {
		media += "; charset=utf-8"
	}
	to.SetHeader("Content-Type", media)
	to.SetHeader("Content-Disposition", `attachment; filename="`+file+`"`)
	if more == nil && answer.Next != "" {
		to.SetHeader("Casus-Next", answer.Next)
	}
	out, err := exchange.NewWriter(to.BodyWriter(), file, a.locate)
	if err == nil {
		err = out.Write(answer.Entries)
	}
	if err == nil && more != nil && answer.Next != "" {
		err = a.giveMore(ctx, to, out, answer.Next, more)
	}
	if err == nil {
		err = out.Close()
	}
	a.cutOff(name, err)
}

// giveMore sends what is written, and then part by part all that follows. That may
// take longer than a request; who takes nothing for a while is cut off.
func (a *api) giveMore(ctx context.Context, to huma.Context, out exchange.Writer, next string, more func(ctx context.Context, after string) (picture.Answer, error)) error {
	ctx, stop := a.untilStopped(context.WithoutCancel(ctx))
	defer stop()
	_, w := humago.Unwrap(to)
	connection := http.NewResponseController(w)
	for next != "" {
		_ = connection.SetWriteDeadline(time.Now().Add(a.patience.Answer))
		if err := connection.Flush(); err != nil {
			return err
		}
		answer, err := more(ctx, next)
		if err != nil {
			return err
		}
		if err := out.Write(answer.Entries); err != nil {
			return err
		}
		next = answer.Next
	}
	return nil
}

// cutOff drops the connection where an answer could not be written to its end: so
// that nobody takes half a file for a whole one.
func (a *api) cutOff(name string, err error) {
	if err != nil {
		a.log.Warn("an answer broke off", "to", name, "error", err) // the reader has gone, or the ledger failed
		panic(http.ErrAbortHandler)
	}
}
