package read_test

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"casus"
	"casus/feed"
	"casus/ontology"
	"casus/read"
	"casus/read/frames"
	"casus/read/lang/en"
	"casus/read/lang/nl"
	"casus/refdata"
)

var update = flag.Bool("update", false, "write what the reader gives as what the cases expect")

// newReader is the reader that the tests share: loading models takes time.
var newReader = sync.OnceValue(func() *read.Reader {
	world, err := refdata.Open()
	if err != nil {
		panic(err)
	}
	plover, err := ontology.Open()
	if err != nil {
		panic(err)
	}
	return read.New(world, plover, map[string]fs.FS{"nl": nl.Files, "en": en.Files})
})

func article(language, date, text string) casus.Article {
	a := casus.Article{ID: "case", Language: language, Text: text, Hash: feed.Identity(text)}
	if d, err := casus.ParseDate(date); err == nil && d != 0 {
		a.Date = casus.Day(d)
	}
	return a
}

// TestCases reads the documents in testdata/cases: a text, and the records that
// it carries, one a line. A changed line is a change in quality.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, path := range files {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { readCases(t, path) })
	}
}

func readCases(t *testing.T, path string) {
	doc, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(doc.Files); i += 2 {
		head, want := strings.Fields(doc.Files[i].Name), &doc.Files[i+1]
		if len(head) < 2 || want.Name != "want" {
			t.Fatalf("%s: %q is not followed by what is wanted", path, doc.Files[i].Name)
		}
		a := article(head[0], head[1], string(doc.Files[i].Data))
		got, err := newReader().Read(a)
		if err != nil {
			t.Fatal(err)
		}
		for _, dropped := range got.Dropped {
			t.Errorf("%s: %v", doc.Files[i].Name, dropped)
		}
		lines := told(got.Records)
		if *update {
			want.Data = []byte(lines)
			continue
		}
		if d := cmp.Diff(string(want.Data), lines); d != "" {
			t.Errorf("%s\n%s(-want +got)\n%s", doc.Files[i].Name, doc.Files[i].Data, d)
		}
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(doc), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// told writes records in short, one a line.
func told(records []casus.Record) string {
	var b strings.Builder
	for _, r := range records {
		fmt.Fprintf(&b, "%s %s | %s | %s", r.Kind(), body(r), r.Status, r.When)
		if r.By != "" {
			fmt.Fprintf(&b, " | by %s", r.By)
		}
		if r.Hedge != "" {
			fmt.Fprintf(&b, " | hedge %s", r.Hedge)
		}
		fmt.Fprintf(&b, " | %s\n", r.Quote)
	}
	return b.String()
}

func body(r casus.Record) string {
	switch x := r.Body.(type) {
	case *casus.Event:
		if x.Mode != "" {
			return fmt.Sprintf("%s/%s %v → %v", x.Type, x.Mode, x.Source, x.Target)
		}
		return fmt.Sprintf("%s %v → %v", x.Type, x.Source, x.Target)
	case *casus.Claim:
		quoted := ""
		if x.Quoted {
			quoted = " quoted"
		}
		return fmt.Sprintf("%s %s%s about %v", x.Speaker, x.Act, quoted, x.About)
	case *casus.Figure:
		return fmt.Sprintf("%s..%s %s (%s)", number(x.Low), number(x.High), x.Unit, x.AsWritten)
	case *casus.Relation:
		return fmt.Sprintf("%s %s %s %s", x.From, x.Type, x.To, x.Change)
	case *casus.Commitment:
		return fmt.Sprintf("%s owes %s %s %s due %s: %s", x.Debtor, x.Beneficiary, x.Basis, x.State, x.Deadline, x.Duty)
	case *casus.Flow:
		return fmt.Sprintf("%s: %s → %s %s..%s %s", x.Group, x.Origin, x.Destination, number(x.Low), number(x.High), x.Cause)
	}
	return "?"
}

func number(f *float64) string {
	if f == nil {
		return ""
	}
	return fmt.Sprint(*f)
}

// The records of the sample articles must pass every check of the contract and
// have ids of their own, and reading twice, at once, must give the same.
func TestSamplesReadAlikeAndValidate(t *testing.T) {
	r := newReader()
	n := 0
	for item := range feed.Read(context.Background(), []string{"../examples"}, nil, feed.Options{}) {
		if item.Err != nil {
			t.Fatal(item.Err)
		}
		var got [2]read.Reading
		var wg sync.WaitGroup
		for i := range got {
			wg.Go(func() { got[i], _ = r.Read(item.Article) })
		}
		wg.Wait()
		if !reflect.DeepEqual(got[0], got[1]) {
			t.Errorf("%s: two readings differ", item.Input)
		}
		if len(got[0].Dropped) > 0 {
			t.Errorf("%s: %v", item.Input, got[0].Dropped)
		}
		seen := map[casus.RecordID]bool{}
		for _, rec := range got[0].Records {
			if err := rec.Validate(item.Article.Text); err != nil || seen[rec.ID] {
				t.Errorf("%s: %s (seen %t): %v", item.Input, rec.ID, seen[rec.ID], err)
			}
			seen[rec.ID] = true
		}
		n += len(got[0].Records)
	}
	if n < 300 {
		t.Errorf("the samples carry %d records; a reader that works finds more than 300", n)
	}
}

func TestOtherLanguagesAreNotRead(t *testing.T) {
	_, err := newReader().Read(article("tg", "2021-07-05", "Сарбозон аз дарё гузаштанд."))
	if casus.CodeOf(err) != casus.Unsupported {
		t.Errorf("reading Tajik: %v, want an error that it is not supported", err)
	}
}

// TestFramesReadTheirExamples makes sure that the lexicons say what they mean:
// of the frames' own examples the reader must give a record by that very frame
// for nearly all. Trees have faults, so not for each.
func TestFramesReadTheirExamples(t *testing.T) {
	for language, files := range map[string]fs.FS{"nl": nl.Files, "en": en.Files} {
		lexicon, err := frames.ReadLexicon(files)
		if err != nil {
			t.Fatal(err)
		}
		read, all := 0, len(lexicon.Frames())
		for _, f := range lexicon.Frames() {
			if silentByDesign(f) || madeBy(t, language, f.Example, f.Place+" ") {
				read++
			} else if testing.Verbose() {
				t.Logf("%s %s is silent on its example: %s", language, f.Place, f.Example)
			}
		}
		if read*100 < all*80 {
			t.Errorf("%s: %d of %d frames read their own example, less than 80 %%", language, read, all)
		}
		t.Logf("%s: %d of %d frames read their own example", language, read, all)
	}
}

// silentByDesign tells whether a frame only keeps its words from being read by
// another: a claim that nobody makes ("died of cholera" is no attack).
func silentByDesign(f *frames.Frame) bool {
	for _, m := range f.Makes {
		if !isLemma(m.Roles["speaker"]) {
			return false
		}
	}
	return true
}

func isLemma(r frames.Role) bool { return len(r) == 1 && len(r[0]) == 1 && r[0][0] == "lemma" }

func madeBy(t *testing.T, language, text, rule string) bool {
	t.Helper()
	got, err := newReader().Read(article(language, "2024-05-15", text))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range got.Records {
		if strings.HasPrefix(r.Made.Rule, rule) {
			return true
		}
	}
	return false
}

// FuzzRead: whatever the text, reading ends, does not panic, and gives only
// records that stand in the text.
func FuzzRead(f *testing.F) {
	f.Add("De Taliban namen zondag zes districten in, zei een woordvoerder. ‘Wij gaan door.’")
	f.Add("“We will leave by 11 September,” the minister (who?) said; between 30 and 40 soldiers died.")
	f.Add("((((((((((((((((((((")
	f.Add("\x00’’’““ 🙂🙂 ‘‘ \u202e volgens volgens volgens")
	f.Add(strings.Repeat("en ", 600))
	f.Fuzz(func(t *testing.T, text string) {
		for _, language := range []string{"nl", "en"} {
			got, err := newReader().Read(article(language, "2021-07-05", strings.ToValidUTF8(text, "")))
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Dropped) > 0 {
				t.Error(got.Dropped)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var articles []casus.Article
	words := 0
	for item := range feed.Read(context.Background(), []string{"../examples"}, nil, feed.Options{}) {
		if item.Err == nil {
			articles = append(articles, item.Article)
			words += len(strings.Fields(item.Article.Text))
		}
	}
	r := newReader()
	for _, a := range articles[:2] {
		if _, err := r.Read(a); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		for _, a := range articles {
			if _, err := r.Read(a); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(words)/400*float64(b.N)/b.Elapsed().Seconds(), "articles400/s")
}
