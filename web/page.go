package web

import (
	"embed"
	"errors"
	"io/fs"
	"net/http"
	"strings"
)

// desk/dist holds what Vite made of desk (make build); without Node it holds
// only a file that keeps the folder.
//
//go:embed all:desk/dist
var deskFiles embed.FS

//go:embed unbuilt.html
var unbuiltPage []byte

// built returns the files of the page.
func built() fs.FS {
	files, err := fs.Sub(deskFiles, "desk/dist")
	if err != nil {
		return deskFiles // never: the folder is named above
	}
	return files
}

// page serves the desk: one document whose script shows the view that the
// address names, and the files that it loads.
type page struct {
	files fs.FS
	index []byte // nil where the desk was not built into this binary
}

func newPage(files fs.FS) *page {
	index, err := fs.ReadFile(files, "index.html")
	if errors.Is(err, fs.ErrNotExist) {
		return &page{files: files}
	}
	return &page{files: files, index: index}
}

// register puts the views and files on the mux. The views are those of desk/src/views.ts.
func (p *page) register(mux *http.ServeMux) {
	mux.HandleFunc("/{$}", p.serveIndex)
	for _, view := range []string{"situation", "timeline", "articles", "article", "find", "actor", "pair", "network", "commitments", "contradictions", "numbers",
		"review", "foresee", "alerts", "brief", "sources", "import"} {
		mux.HandleFunc("/"+view, p.serveIndex)
		mux.HandleFunc("/"+view+"/{id...}", p.serveIndex)
	}
	mux.HandleFunc("/unbuilt.css", docsStyle)
	mux.HandleFunc("/", p.serveFile)
}

func (p *page) serveIndex(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	if p.index == nil {
		_, _ = w.Write(unbuiltPage)
		return
	}
	_, _ = w.Write(p.index)
}

// serveFile serves a file of the desk. Those in assets have the hash of their
// content in their name, so they may be kept for ever.
func (p *page) serveFile(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	info, err := fs.Stat(p.files, name)
	if err != nil || info.IsDir() || name == ".keep" {
		if p.index == nil {
			p.serveIndex(w, r)
			return
		}
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	if strings.HasPrefix(name, "assets/") {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeFileFS(w, r, p.files, name)
}
