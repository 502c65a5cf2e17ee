package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"casus/exchange"
	"casus/picture"
)

// Form says in what form an answer is written that consists of records.
type Form struct {
	Format string `query:"format" enum:"json,jsonl,csv,geojson" doc:"In this form, unless said as the header Accept has it: JSON; one record a line as JSON; a table; features on a map. All but JSON hold at most 10000 records unless limit says less, and the header Casus-Next has the after of what follows."`
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

// written is an answer with records in the form that was asked for.
type written struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Next        string `header:"Casus-Next"`
	Note        string `header:"Casus-Note"`
	Body        []byte
}

// getRecords is get for a question that is answered with records: they are
// written in the forms of package exchange too.
func getRecords[I any, P interface {
	*I
	form() int
	note(context.Context) string
}](a *api, to huma.API, path, summary string, answer func(context.Context, P) (picture.Answer, error)) {
	name := strings.TrimPrefix(path, "/api/")
	contents := map[string]*huma.MediaType{}
	for _, f := range formats {
		contents[f.media] = &huma.MediaType{}
	}
	contents[formats[0].media].Schema = to.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[picture.Answer](), true, "Answer")
	operation := huma.Operation{OperationID: name, Method: http.MethodGet, Path: path, Summary: summary,
		Errors:    []int{http.StatusBadRequest, http.StatusNotFound, http.StatusUnprocessableEntity},
		Responses: map[string]*huma.Response{"200": {Description: "OK", Content: contents}}}
	huma.Register(to, operation, func(ctx context.Context, in *I) (*written, error) {
		records, err := answer(ctx, in)
		if err != nil {
			return nil, a.problem(ctx, err)
		}
		out, err := a.write(name, P(in).form(), records)
		if err != nil {
			return nil, a.problem(ctx, err)
		}
		out.Note = P(in).note(ctx)
		return out, nil
	})
}

// write writes an answer in one of formats.
func (a *api) write(name string, form int, answer picture.Answer) (*written, error) {
	var b bytes.Buffer
	f := formats[form]
	if f.ending == "" {
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(answer); err != nil {
			return nil, fmt.Errorf("writing the answer to %s: %w", name, err)
		}
		return &written{Type: f.media, Body: b.Bytes()}, nil
	}
	file := "casus-" + name + f.ending
	if err := exchange.Write(&b, file, answer.Entries, a.locate); err != nil {
		return nil, err
	}
	media := f.media
	if media == "text/csv" {
		media += "; charset=utf-8"
	}
	return &written{Type: media, Disposition: `attachment; filename="` + file + `"`, Next: answer.Next, Body: b.Bytes()}, nil
}
