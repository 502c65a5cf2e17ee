package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/diff"

	"casus"
	"casus/feed"
	"casus/ledger"
)

var update = flag.Bool("update", false, "write what the reader says now into testdata/golden")

const (
	golden   = "testdata/golden"
	examples = "../../examples"
)

// TestGolden compares what the reader makes of the sample articles with
// testdata/golden: the records of each article in the contract's form, and
// their totals. A change of the reader shows in review as a change of these
// files:
//
//	go test ./cmd/casus -run TestGolden -update && git diff cmd/casus/testdata/golden
func TestGolden(t *testing.T) {
	got := map[string][]byte{}
	sums := newTotals()
	for _, r := range readExamples(t) {
		var b bytes.Buffer
		for _, record := range r.records {
			line, err := record.MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			b.Write(append(line, '\n'))
			sums.add(r.article, record)
		}
		got[string(r.article)+".jsonl"] = b.Bytes()
	}
	got["totals.txt"] = sums.bytes()

	if *update {
		writeGolden(t, got)
		return
	}
	names := sortedKeys(got)
	for _, name := range names {
		want, err := os.ReadFile(filepath.Join(golden, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		if d := diff.Diff("golden/"+name, want, "now/"+name, got[name]); d != nil {
			t.Errorf("%s\nIf this is as it should be: go test ./cmd/casus -run TestGolden -update", d)
		}
	}
	for _, file := range goldenFiles(t) {
		if !slices.Contains(names, filepath.Base(file)) {
			t.Errorf("%s is of no sample article; -update takes it away", file)
		}
	}
}

// sampleReading is a sample article and its records.
type sampleReading struct {
	article casus.ArticleID
	records []casus.Record
}

func readExamples(t *testing.T) []sampleReading {
	t.Helper()
	reader, _, err := newReader()
	if err != nil {
		t.Fatal(err)
	}
	var out []sampleReading
	now := func() time.Time { return time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC) }
	for item := range feed.Read(t.Context(), []string{examples}, nil, feed.Options{Now: now}) {
		if item.Err != nil {
			t.Fatal(item.Err)
		}
		r, err := reader.Read(item.Article)
		if err != nil {
			t.Fatal(err)
		}
		for _, dropped := range r.Dropped {
			t.Errorf("%s: a record breaks the contract: %v", item.Input, dropped)
		}
		for _, record := range r.Records {
			if quote, ok := record.Span.Quote(item.Article.Text); !ok || quote != record.Quote {
				t.Errorf("%s: the quote %q does not stand at %v", item.Input, record.Quote, record.Span)
			}
		}
		out = append(out, sampleReading{item.Article.ID, r.Records})
	}
	return out
}

func goldenFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(golden, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func writeGolden(t *testing.T, files map[string][]byte) {
	t.Helper()
	for _, old := range goldenFiles(t) {
		if err := os.Remove(old); err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(golden, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// totals counts records by kind, by sort within the kind, and by article.
type totals struct{ kinds, sorts, articles map[string]int }

func newTotals() *totals {
	return &totals{map[string]int{}, map[string]int{}, map[string]int{}}
}

func (s *totals) add(article casus.ArticleID, r casus.Record) {
	s.kinds[string(r.Kind())]++
	s.sorts[string(r.Kind())+" "+ledger.TypeOf(r)]++
	s.articles[string(article)]++
}

// bytes writes the counts as a reviewer reads them.
func (s *totals) bytes() []byte {
	var b strings.Builder
	for _, part := range []struct {
		head   string
		counts map[string]int
	}{{"records by kind", s.kinds}, {"records by kind and type", s.sorts}, {"records by article", s.articles}} {
		fmt.Fprintf(&b, "%s\n", part.head)
		for _, key := range sortedKeys(part.counts) {
			fmt.Fprintf(&b, "%6d  %s\n", part.counts[key], key)
		}
		b.WriteByte('\n')
	}
	return []byte(b.String())
}
