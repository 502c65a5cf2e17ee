package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
)

// tagged gives each answer of the API an ETag, the hash of its body, and
// answers 304 to whoever has that body. Answers are held until they are whole:
// they are made in memory anyhow, and a fault half-way can still become a 500.
func tagged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		held := &heldAnswer{header: w.Header(), status: http.StatusOK}
		next.ServeHTTP(held, r)
		if held.status != http.StatusOK {
			w.Header().Set("Cache-Control", "no-store")
			held.release(w)
			return
		}
		sum := sha256.Sum256(held.body.Bytes())
		tag := `W/"` + hex.EncodeToString(sum[:12]) + `"` // weak: compressed or not, it is the same answer
		w.Header().Set("ETag", tag)
		w.Header().Set("Cache-Control", "private, no-cache")
		if strings.Contains(r.Header.Get("If-None-Match"), tag) {
			w.Header().Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return
		}
		held.release(w)
	})
}

// heldAnswer keeps a body until it is released.
type heldAnswer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (h *heldAnswer) Header() http.Header         { return h.header }
func (h *heldAnswer) WriteHeader(status int)      { h.status = status }
func (h *heldAnswer) Write(b []byte) (int, error) { return h.body.Write(b) }

func (h *heldAnswer) release(w http.ResponseWriter) {
	w.WriteHeader(h.status)
	_, _ = w.Write(h.body.Bytes()) // a reader who has gone needs no answer
}
