package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/http"
	"strings"
)

// tagged gives each answer of the API an ETag, the hash of its body, and
// answers 304 to whoever has that body. Answers are held until they are whole:
// they are made in memory anyhow, and a fault half-way can still become a 500.
// Those that are finished are given again as long as nothing is new.
func tagged(next http.Handler, f *finished) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := f.key(w, r)
		if a := f.get(key); a != nil && (a.body != nil || has(r, a.tag)) {
			maps.Copy(w.Header(), a.header)
			giveTagged(w, r, a.tag, a.body)
			return
		}
		held := &heldAnswer{to: w, status: http.StatusOK}
		next.ServeHTTP(held, r)
		if held.parts {
			_, _ = w.Write(held.body.Bytes()) // the last of them
			return
		}
		if held.status != http.StatusOK {
			w.Header().Set("Cache-Control", "no-store")
			held.release(w)
			return
		}
		sum := sha256.Sum256(held.body.Bytes())
		tag := `W/"` + hex.EncodeToString(sum[:12]) + `"` // weak: compressed or not, it is the same answer
		w.Header().Set("ETag", tag)
		w.Header().Set("Cache-Control", "private, no-cache")
		f.keep(key, tag, w.Header(), held.body.Bytes())
		giveTagged(w, r, tag, held.body.Bytes())
	})
}

// has tells whether who asks has the answer with a tag.
func has(r *http.Request, tag string) bool {
	return strings.Contains(r.Header.Get("If-None-Match"), tag)
}

// giveTagged gives a body to whoever does not have it.
func giveTagged(w http.ResponseWriter, r *http.Request, tag string, body []byte) {
	if has(r, tag) {
		w.Header().Del("Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(body) // a reader who has gone needs no answer
}

// heldAnswer keeps a body until it is released, or sends what there is of one
// that comes in parts.
type heldAnswer struct {
	to     http.ResponseWriter
	status int
	body   bytes.Buffer
	parts  bool // it comes in parts, and some were sent
}

func (h *heldAnswer) Header() http.Header         { return h.to.Header() }
func (h *heldAnswer) Unwrap() http.ResponseWriter { return h.to } // for http.ResponseController

// FlushError sends what there is, of an answer that nobody asks for again.
func (h *heldAnswer) FlushError() error {
	if !h.parts {
		h.parts = true
		h.Header().Set("Cache-Control", "no-store")
		h.to.WriteHeader(h.status)
	}
	_, err := h.body.WriteTo(h.to)
	if err != nil {
		return err
	}
	return http.NewResponseController(h.to).Flush()
}

func (h *heldAnswer) WriteHeader(status int)      { h.status = status }
func (h *heldAnswer) Write(b []byte) (int, error) { return h.body.Write(b) }

func (h *heldAnswer) release(w http.ResponseWriter) {
	w.WriteHeader(h.status)
	_, _ = w.Write(h.body.Bytes()) // a reader who has gone needs no answer
}
