package web

import (
	"path"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"casus"
)

// newSchemas describes the types whose JSON form is not what their fields say.
func newSchemas() huma.Registry {
	schemas := huma.NewMapRegistry("#/components/schemas/", schemaName)
	schemas.RegisterTypeAlias(reflect.TypeFor[casus.Date](), reflect.TypeFor[dateForm]())
	schemas.RegisterTypeAlias(reflect.TypeFor[casus.Record](), reflect.TypeFor[Record]())
	return schemas
}

// schemaName names a type in the description of the API: by its own name, and
// what foresight has by its package too, as the picture has an Answer and a Map as well.
func schemaName(t reflect.Type, hint string) string {
	of := t
	for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	name := huma.DefaultSchemaNamer(t, hint)
	if !strings.HasPrefix(of.PkgPath(), "casus/foresee") {
		return name
	}
	kind := path.Base(of.PkgPath())
	return strings.ToUpper(kind[:1]) + kind[1:] + name
}

// dateForm is casus.Date as JSON.
type dateForm struct{}

// Schema is a day or null.
func (dateForm) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "date", Nullable: true}
}

// Record is the form of casus.Record as JSON: what the six kinds have in
// common. Each kind adds members of its own; docs/RECORDS.md lists them.
type Record struct {
	Kind    string       `json:"kind" enum:"event,claim,figure,relation,commitment,flow"`
	Article string       `json:"article"`
	Quote   string       `json:"quote" doc:"The verbatim words of the article that carry the record."`
	Start   int          `json:"start" doc:"Where the quote starts, in code points of the article's text."`
	End     int          `json:"end" doc:"Where it ends, exclusive."`
	By      *string      `json:"by" doc:"Who asserts it; null where the article does so in its own voice."`
	ByAs    string       `json:"by_as,omitempty" doc:"The speaker as the text names them."`
	Status  string       `json:"status" enum:"happened,ongoing,planned,possible,conditional,denied"`
	When    casus.Period `json:"when" doc:"When it holds; for a claim, when it was said."`
	Where   []string     `json:"where" doc:"Place ids or names, most specific first."`
	Hedge   string       `json:"hedge,omitempty" doc:"The hedging words, verbatim."`
	_       struct{}     `additionalProperties:"true"`
}
