package web

import (
	"bytes"
	_ "embed"
	"html/template"
	"maps"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
)

//go:embed docs.html
var docsTemplate string

//go:embed docs.css
var docsStyleSheet []byte

// docsPage lists the operations of the API on a page that loads nothing from
// elsewhere and needs no script.
func docsPage(described *huma.OpenAPI) http.Handler {
	var operations []*huma.Operation
	for _, path := range slices.Sorted(maps.Keys(described.Paths)) {
		for _, op := range []*huma.Operation{described.Paths[path].Get, described.Paths[path].Post} {
			if op != nil {
				operations = append(operations, op)
			}
		}
	}
	var page bytes.Buffer
	list, err := template.New("docs").Parse(docsTemplate)
	if err == nil {
		err = list.Execute(&page, map[string]any{"Info": described.Info, "Operations": operations})
	}
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if err != nil {
			writeProblem(w, http.StatusInternalServerError, "listing the API: "+err.Error()+"; see /api/openapi.json")
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(page.Bytes())
	})
}

func docsStyle(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	_, _ = w.Write(docsStyleSheet)
}
