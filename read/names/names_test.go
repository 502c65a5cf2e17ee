package names_test

import (
	"bytes"
	"context"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"casus/read/names"
	"casus/refdata"
)

// lexicon opens a language's list of names, joined with refdata.
func lexicon(t testing.TB, lang string) *names.Lexicon {
	t.Helper()
	world, err := refdata.Open()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open("../lang/" + lang + "/names.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	l, err := names.ReadLexicon(f, world, lang)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func model(t testing.TB, lang string) *names.Model {
	t.Helper()
	f, err := os.Open("../lang/" + lang + "/names.model")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := names.Load(f, lexicon(t, lang))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// readCases reads documents of sentences with their names in brackets.
func readCases(t testing.TB, path string) []names.Example {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []names.Example
	for _, paragraph := range strings.Split(strings.TrimSpace(string(text)), "\n\n") {
		var e names.Example
		for line := range strings.SplitSeq(paragraph, "\n") {
			if strings.HasPrefix(line, "#") {
				continue
			}
			words, found := unbracket(line)
			e.Sentences, e.Names = append(e.Sentences, words), append(e.Names, found)
		}
		out = append(out, e)
	}
	return out
}

// unbracket reads "[PER Bob Deen] spoke ." as words and names.
func unbracket(line string) (words []string, found []names.Name) {
	for field := range strings.FieldsSeq(line) {
		if class, ok := strings.CutPrefix(field, "["); ok {
			found = append(found, names.Name{First: len(words), Class: names.Class(class)})
			continue
		}
		word, last := strings.CutSuffix(field, "]")
		if words = append(words, word); last {
			found[len(found)-1].Last = len(words) - 1
		}
	}
	return words, found
}

// bracket writes what unbracket reads.
func bracket(words []string, found []names.Name) string {
	out := slices.Clone(words)
	for _, n := range found {
		out[n.First] = "[" + string(n.Class) + " " + out[n.First]
		out[n.Last] += "]"
	}
	return strings.Join(out, " ")
}

func TestCases(t *testing.T) {
	for _, lang := range []string{"nl", "en"} {
		t.Run(lang, func(t *testing.T) {
			m := model(t, lang)
			for _, e := range readCases(t, "testdata/"+lang+".txt") {
				for i, found := range m.Find(e.Sentences) {
					if got, want := bracket(e.Sentences[i], found), bracket(e.Sentences[i], e.Names[i]); got != want {
						t.Errorf("got  %s\nwant %s", got, want)
					}
				}
			}
		})
	}
}

// TestTraining trains on the cases, twice and by way of a file, and finds them again.
func TestTraining(t *testing.T) {
	l := lexicon(t, "nl")
	examples := readCases(t, "testdata/nl.txt")
	train := func() *bytes.Buffer {
		m, err := names.Train(context.Background(), l, examples, names.Options{Epochs: 20, Rarest: 1})
		if err != nil {
			t.Fatal(err)
		}
		var file bytes.Buffer
		if err := m.Save(&file); err != nil {
			t.Fatal(err)
		}
		return &file
	}
	file := train()
	if !bytes.Equal(file.Bytes(), train().Bytes()) {
		t.Error("the same examples gave two models")
	}
	m, err := names.Load(file, l)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		if got := m.Find(e.Sentences); !reflect.DeepEqual(got, e.Names) {
			t.Errorf("got %v, want %v", got, e.Names)
		}
	}
}

func TestTrainingStops(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := names.Train(ctx, lexicon(t, "nl"), readCases(t, "testdata/nl.txt"), names.Options{}); err == nil {
		t.Error("a stopped training gave a model")
	}
}

func TestLexiconErrors(t *testing.T) {
	world, err := refdata.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"given jan", "nonsense\tjan", "# fine\n\ngiven\tjan\nlonely"} {
		if _, err := names.ReadLexicon(strings.NewReader(text), world, "nl"); err == nil || !strings.Contains(err.Error(), "line ") {
			t.Errorf("%q: error %v does not name a line", text, err)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	m := model(t, "en")
	e := readCases(t, "testdata/en.txt")[0]
	want := m.Find(e.Sentences)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got := m.Find(e.Sentences); !reflect.DeepEqual(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
	all.Wait()
}

// FuzzFind gives any words: names lie within their sentence, in order and apart.
func FuzzFind(f *testing.F) {
	f.Add("De [PER] ( CVVO ) zei 's nachts \x00 niets .\nIJ")
	f.Add("Jan Jan Jan van van der der ( ( A-B-C --- \u202eRTL 😀 " + strings.Repeat("New ", 40) + strings.Repeat("é", 99))
	f.Add("\n\n \xff\xfe")
	m := model(f, "nl")
	f.Fuzz(func(t *testing.T, text string) {
		var document [][]string
		for line := range strings.SplitSeq(text, "\n") {
			document = append(document, strings.Split(line, " "))
		}
		for i, found := range m.Find(document) {
			next := 0
			for _, n := range found {
				if n.First < next || n.Last < n.First || n.Last >= len(document[i]) {
					t.Fatalf("%v in a sentence of %d words", found, len(document[i]))
				}
				next = n.Last + 1
			}
		}
	})
}

// FuzzLoad gives any bytes for a model: an error, or a model that can be used.
func FuzzLoad(f *testing.F) {
	f.Add([]byte("casus names 1\n"))
	f.Add([]byte("casus names 1\n\x00\x01\x02"))
	f.Add([]byte{})
	l := lexicon(f, "en")
	f.Fuzz(func(t *testing.T, file []byte) {
		if m, err := names.Load(bytes.NewReader(file), l); err == nil {
			m.Find([][]string{{"The", "Hague"}})
		}
	})
}

func BenchmarkFind(b *testing.B) {
	m := model(b, "nl")
	var document [][]string
	words := 0
	for _, e := range readCases(b, "testdata/nl.txt") {
		for _, s := range e.Sentences {
			document, words = append(document, s), words+len(s)
		}
	}
	for b.Loop() {
		m.Find(document)
	}
	b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkLoad(b *testing.B) {
	file, err := os.ReadFile("../lang/nl/names.model")
	if err != nil {
		b.Fatal(err)
	}
	l := lexicon(b, "nl")
	for b.Loop() {
		if _, err := names.Load(bytes.NewReader(file), l); err != nil {
			b.Fatal(err)
		}
	}
}
