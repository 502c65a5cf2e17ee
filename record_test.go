package casus_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casus"
)

// goldFolders are the annotated articles that some machines have beside the
// repository: texts and records in the contract's form.
var goldFolders = []struct{ records, texts string }{
	{"../shared/gold/seeds", "../shared/seeds"},
	{"../shared/written/nl-a/gold", "../shared/written/nl-a/texts"},
	{"../shared/written/en-b/gold", "../shared/written/en-b/texts"},
}

// Whatever an annotator wrote down must survive reading and writing, and pass
// the same checks that our own records pass.
func TestGoldRecordsSurviveTheRoundTrip(t *testing.T) {
	read := 0
	for _, folder := range goldFolders {
		files, _ := filepath.Glob(filepath.Join(folder.records, "*.jsonl"))
		for _, file := range files {
			name := strings.TrimSuffix(filepath.Base(file), ".jsonl")
			if name == "actors" {
				continue
			}
			text, err := os.ReadFile(filepath.Join(folder.texts, name+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			read += roundTrip(t, file, string(text))
		}
	}
	if read == 0 {
		t.Skip("no gold records beside the repository (../shared)")
	}
}

func roundTrip(t *testing.T, file, text string) int {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for ; lines.Scan(); n++ {
		var r casus.Record
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Errorf("%s:%d: %v", file, n+1, err)
			continue
		}
		if err := r.Validate(text); err != nil {
			t.Errorf("%s:%d: %v", file, n+1, err)
		}
		again, err := json.Marshal(r)
		if err != nil {
			t.Errorf("%s:%d: %v", file, n+1, err)
		}
		if want, got := members(t, lines.Bytes()), members(t, again); !bytes.Equal(want, got) {
			t.Errorf("%s:%d: written back as\n%s\nnot\n%s", file, n+1, got, want)
		}
	}
	return n
}

// members rewrites an object with its members in a fixed order.
func members(t *testing.T, object []byte) []byte {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal(object, &m); err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const telling = "Op zondag vluchtten meer dan duizend soldaten naar het buurland, volgens het leger. Daarna werd het stil."

func quoteOf(t *testing.T, q string) casus.Span {
	t.Helper()
	i := strings.Index(telling, q)
	if i < 0 {
		t.Fatalf("%q does not stand in the text", q)
	}
	start := len([]rune(telling[:i]))
	return casus.Span{Start: start, End: start + len([]rune(q))}
}

func aFlow(t *testing.T) casus.Record {
	low := 1000.0
	q := "vluchtten meer dan duizend soldaten naar het buurland"
	return casus.Record{
		Article: "stil", Quote: q, Span: quoteOf(t, q), By: "afg/mil", ByAs: "het leger", Status: casus.Happened,
		When: casus.Day(casus.NewDate(2021, 7, 4)), Where: []string{"tjk"},
		Body: &casus.Flow{Group: "afg/mil", Origin: "afg", Destination: "tjk", Low: &low, Cause: casus.CauseConflict},
	}
}

func TestAValidRecordValidates(t *testing.T) {
	if err := aFlow(t).Validate(telling); err != nil {
		t.Error(err)
	}
}

func TestValidateNamesEverythingThatIsWrong(t *testing.T) {
	cases := []struct {
		name  string
		spoil func(*casus.Record)
		want  string
	}{
		{"a span beside the quote", func(r *casus.Record) { r.Span.Start++ }, "quote is"},
		{"a span past the end", func(r *casus.Record) { r.Span.End = 9000 }, "do not lie in the text"},
		{"an empty span", func(r *casus.Record) { r.Span.End = r.Span.Start; r.Quote = "" }, "do not lie in the text"},
		{"a speaker whom the text does not name", func(r *casus.Record) { r.ByAs = "de koning" }, "is not in the article"},
		{"a speaker's words without a speaker", func(r *casus.Record) { r.By = "" }, "by_as without by"},
		{"an id with a capital", func(r *casus.Record) { r.By = "AFG" }, "is not an actor id"},
		{"a status of no contract", func(r *casus.Record) { r.Status = "done" }, "status"},
		{"a period that runs backwards", func(r *casus.Record) { r.When.To = r.When.From - 1 }, "is after to"},
		{"an open period of a known precision", func(r *casus.Record) { r.When = casus.Period{Precision: "day"} }, "open on both sides"},
		{"a hedge from elsewhere", func(r *casus.Record) { r.Hedge = "wellicht" }, "hedge"},
		{"a flow from nowhere to nowhere", func(r *casus.Record) { f := r.Body.(*casus.Flow); f.Origin, f.Destination = "", "" }, "without origin"},
		{"bounds that cross", func(r *casus.Record) { h := 10.0; r.Body.(*casus.Flow).High = &h }, "is above high"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := aFlow(t)
			c.spoil(&r)
			err := r.Validate(telling)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Validate: %v, want something about %q", err, c.want)
			}
		})
	}
}

func TestTheSameWordsGetTheSameID(t *testing.T) {
	a, b := aFlow(t), aFlow(t)
	b.Article = "another-name"
	idA, err := casus.NewID("hash", a)
	if err != nil {
		t.Fatal(err)
	}
	if idB, _ := casus.NewID("hash", b); idA != idB {
		t.Errorf("ids %s and %s differ although only the article's name does", idA, idB)
	}
	if other, _ := casus.NewID("other text", a); other == idA {
		t.Error("records of two texts share an id")
	}
	b.Status = casus.Denied
	if idC, _ := casus.NewID("hash", b); idC == idA {
		t.Error("two records share an id although their status differs")
	}
}

func TestQuotesCountCodePoints(t *testing.T) {
	text := "‘Çığ’ 🙂 één"
	for _, c := range []struct {
		span casus.Span
		want string
		ok   bool
	}{
		{casus.Span{Start: 0, End: 5}, "‘Çığ’", true},
		{casus.Span{Start: 6, End: 7}, "🙂", true},
		{casus.Span{Start: 8, End: 11}, "één", true},
		{casus.Span{Start: 11, End: 11}, "", true},
		{casus.Span{Start: 8, End: 12}, "", false},
		{casus.Span{Start: 3, End: 2}, "", false},
		{casus.Span{Start: -1, End: 2}, "", false},
	} {
		if got, ok := c.span.Quote(text); got != c.want || ok != c.ok {
			t.Errorf("%v is %q, %t; want %q, %t", c.span, got, ok, c.want, c.ok)
		}
	}
}
