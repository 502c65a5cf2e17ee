package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"testing"

	"casus/exchange"
	"casus/ledger"
	"casus/picture"
	"casus/web"
)

// A file has all that a question finds, however much: it comes in parts, which
// come compressed where a browser wants that.
func TestAFileIsWholeHoweverLong(t *testing.T) {
	l := sample(t)
	many(t, l, 4500) // more than two parts
	o := options(l)
	address := served(t, o)
	var all []ledger.Entry
	for q := (picture.Question{Limit: 1000}); ; {
		page, err := o.Picture.Timeline(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page.Entries...)
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	for _, form := range []string{"csv", "jsonl", "geojson"} {
		var want bytes.Buffer
		if err := exchange.Write(&want, "x."+form, all, o.Locate); err != nil {
			t.Fatal(err)
		}
		for _, encoding := range []string{"identity", "gzip"} {
			response := fetched(t, address+"/api/timeline?format="+form, encoding) //nolint:bodyclose // it is, after the test
			var body io.Reader = response.Body
			if encoding == "gzip" {
				var err error
				if body, err = gzip.NewReader(body); err != nil {
					t.Fatal(err)
				}
			}
			got, err := io.ReadAll(body)
			if err != nil || !bytes.Equal(got, want.Bytes()) || response.Header.Get("Casus-Next") != "" || response.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s, %s: %v, %d bytes of %d, %v", form, encoding, err, len(got), want.Len(), response.Header)
			}
		}
	}
}

// failing is a ledger that fails when the second part of a file is asked for.
type failing struct{ ledger.Ledger }

func (f failing) Records(ctx context.Context, q ledger.Query) (ledger.Page, error) {
	if q.After != "" {
		return ledger.Page{}, errors.New("the disk is gone")
	}
	return f.Ledger.Records(ctx, q)
}

// Nobody takes half a file for a whole one.
func TestAFileThatBreaksOffIsNoFile(t *testing.T) {
	l := sample(t)
	many(t, l, 2500)
	o := options(l)
	o.Picture = picture.New(failing{l}, nil)
	response := fetched(t, served(t, o)+"/api/timeline?format=csv", "identity") //nolint:bodyclose // it is, after the test
	if got, err := io.ReadAll(response.Body); err == nil {
		t.Errorf("%d bytes came as if they were all", len(got))
	}
}

// served serves on loopback, and returns the address.
func served(t *testing.T, o web.Options) string {
	t.Helper()
	listen, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := web.NewServer(o)
	t.Cleanup(func() { _ = server.Close() })
	go func() { _ = server.Serve(listen) }() // Close ends it
	return "http://" + listen.Addr().String()
}

func fetched(t *testing.T, address, encoding string) *http.Response {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Encoding", encoding)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = response.Body.Close() })
	return response
}
