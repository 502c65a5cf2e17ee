package main

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"casus"
	"casus/web"
)

// apiMust is the bar in ms for p95 of each answer of the API.
const apiMust = 150

//go:embed addresses.tsv
var addressTable string

// askedAddress is an address of the API with what is drawn for it in braces.
type askedAddress struct{ by, address string }

func askedAddresses() []askedAddress {
	var out []askedAddress
	for line := range strings.Lines(addressTable) {
		by, address, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok && strings.HasPrefix(address, "/") {
			out = append(out, askedAddress{by, address})
		}
	}
	return out
}

// unending is the address whose answer has no end, which is not asked.
const unending = "/api/stream"

// unasked lists the addresses of an OpenAPI document that can be got and that
// are not asked.
func unasked(document []byte) ([]string, error) {
	var described struct {
		Paths map[string]map[string]any `json:"paths"`
	}
	if err := json.Unmarshal(document, &described); err != nil {
		return nil, fmt.Errorf("reading the description of the API: %w", err)
	}
	asked := map[string]bool{unending: true}
	for _, a := range askedAddresses() {
		asked[withoutNames(a.address)] = true
	}
	var out []string
	for path, operations := range described.Paths {
		if _, got := operations["get"]; got && !asked[withoutNames(path)] {
			out = append(out, path)
		}
	}
	return out, nil
}

// withoutNames is the path of an address with {} for each of its parts that vary.
func withoutNames(address string) string {
	path, _, _ := strings.Cut(address, "?")
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if strings.HasPrefix(part, "{") {
			parts[i] = "{}"
		}
	}
	return strings.Join(parts, "/")
}

// filled is the address with what was drawn in the place of its braces.
func (a askedAddress) filled(q drawn) string {
	month := casus.Month(q.day.Year(), q.day.Month())
	out := strings.NewReplacer(
		"{actor}", url.PathEscape(q.actor), "{other}", url.PathEscape(q.other), "{known}", casus.DateOf(q.known).String(),
		"{first}", month.From.String(), "{last}", month.To.String(), "{record}", string(q.record), "{article}", url.PathEscape(string(q.article)),
		"{word}", url.QueryEscape(q.word), "{language}", q.language).Replace(a.address)
	for {
		before, rest, ok := strings.Cut(out, "{day")
		if !ok {
			return out
		}
		days, after, _ := strings.Cut(rest, "}")
		n, _ := strconv.Atoi(days) // none is the day itself
		out = before + q.day.AddDays(n).String() + after
	}
}

// web puts the addresses of the API to a server of the ledger in this process.
func (c *labAskCmd) web(d *desk) error {
	l, err := openLedger(d, false)
	if err != nil {
		return err
	}
	defer l.Close()
	options, err := webOptions(d, l, c.Rules)
	if err != nil {
		return err
	}
	begun := time.Now()
	done, stop := warmUp(d.ctx, l, options)
	defer stop()
	<-done // as for a server that was there before who asks
	fmt.Fprintf(d.stderr, "what the server keeps in memory is there after %.1f s\n", time.Since(begun).Seconds())
	options.State = nil // each answer is worked out, also where it was given before
	server := web.NewServer(options)
	listen, err := new(net.ListenConfig).Listen(d.ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("serving the ledger: %w", err)
	}
	defer server.Close()
	go func() { _ = server.Serve(listen) }() // Close ends it
	draw, err := newDrawing(d.ctx, options.Picture, c.Seed)
	if err != nil {
		return err
	}
	end, err := c.profile()
	if err != nil {
		return err
	}
	defer end()
	return c.put(d, "http://"+listen.Addr().String(), draw, processorTime)
}

// put puts each address to a server as often as is asked, and prints how long
// the answers took. spent is the processor time of the server so far.
func (c *labAskCmd) put(d *desk, server string, draw *drawing, spent func() time.Duration) error {
	document, err := fetch(d.ctx, server+"/api/openapi.json")
	if err != nil {
		return err
	}
	missing, err := unasked(document.text)
	if err != nil {
		return err
	}
	for _, path := range missing {
		fmt.Fprintf(d.stderr, "%s is not asked\n", path)
	}
	for _, a := range askedAddresses() {
		if !strings.HasPrefix(a.by, c.Only) && !strings.HasPrefix(a.address, c.Only) {
			continue
		}
		t, err := c.timeAddress(d.ctx, server, a, draw, spent)
		if err != nil {
			return err
		}
		if err := c.print(d, t); err != nil {
			return err
		}
	}
	return nil
}

// timeAddress puts an address many times, after one time that does not count.
func (c *labAskCmd) timeAddress(ctx context.Context, server string, a askedAddress, draw *drawing, spent func() time.Duration) (timing, error) {
	t := timing{Question: a.by + " " + a.address, Must: apiMust, sized: true}
	begun := time.Now()
	for i := range c.Times + 1 {
		address := server + a.filled(draw.next())
		before, start := spent(), time.Now()
		answer, err := fetch(ctx, address)
		if t.GaveUp = errors.Is(err, errGaveUp); err != nil && !t.GaveUp {
			return t, err
		}
		if i > 0 || t.GaveUp {
			took := time.Since(start)
			if answer.parts {
				took, t.Whole = answer.begun.Sub(start), max(t.Whole, ms(took))
			}
			t.took = append(t.took, took)
			t.CPU += ms(spent() - before)
			t.Bytes, t.Wire = max(t.Bytes, answer.bytes), max(t.Wire, answer.sent)
		}
		for bytes.Contains(answer.text, []byte(`"pending":true`)) {
			if answer, err = fetch(ctx, address); err != nil {
				return t, err
			}
			t.Whole = max(t.Whole, ms(time.Since(start)))
		}
		if t.GaveUp || i > 0 && time.Since(begun) > c.Most {
			break
		}
	}
	return t.summed(), nil
}

// errGaveUp says that the server gave up on a question.
var errGaveUp = errors.New("the answer took too long")

// fetched is an answer of the API.
type fetched struct {
	text        []byte // as far as keptAnswer
	bytes, sent int    // of the whole, and as it came
	parts       bool   // it is a file that comes in parts
	begun       time.Time
}

// keptAnswer is how much of an answer is looked at: to hold a file of ten
// megabytes costs the server, which is in this process, as much as to make it.
const keptAnswer = 1 << 20

// fetch gets an answer of the API whole. Where the server wants to be asked less
// often, it waits.
func fetch(ctx context.Context, address string) (fetched, error) {
	for {
		response, err := get(ctx, address)
		if err != nil {
			return fetched{}, err
		}
		begun := time.Now()
		answer, err := readAnswer(response)
		answer.begun, answer.parts = begun, response.StatusCode == http.StatusOK && response.Header.Get("Cache-Control") == "no-store"
		if err != nil {
			return answer, fmt.Errorf("%s: %w", address, err)
		}
		switch response.StatusCode {
		case http.StatusTooManyRequests:
			time.Sleep(time.Second)
			continue
		case http.StatusServiceUnavailable:
			return answer, errGaveUp
		case http.StatusOK:
			return answer, nil
		}
		return answer, fmt.Errorf("%s: %s: %s", address, response.Status, answer.text)
	}
}

// get asks for what is at an address, compressed as browsers want it.
func get(ctx context.Context, address string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept-Encoding", "gzip")
	return http.DefaultClient.Do(request)
}

func readAnswer(response *http.Response) (out fetched, err error) {
	defer response.Body.Close()
	counted := &countingReader{of: response.Body}
	var from io.Reader = counted
	if response.Header.Get("Content-Encoding") == "gzip" {
		if from, err = gzip.NewReader(counted); err != nil {
			return out, err
		}
	}
	if out.text, err = io.ReadAll(io.LimitReader(from, keptAnswer)); err != nil {
		return out, err
	}
	rest, err := io.Copy(io.Discard, from)
	out.bytes, out.sent = len(out.text)+int(rest), counted.n
	return out, err
}

// countingReader counts what is read through it.
type countingReader struct {
	of io.Reader
	n  int
}

func (r *countingReader) Read(b []byte) (int, error) {
	n, err := r.of.Read(b)
	r.n += n
	return n, err
}
