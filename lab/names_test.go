package lab

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casus/read/names"
	"casus/refdata"
)

func nameModel(t *testing.T, lang string) *names.Model {
	t.Helper()
	world, err := refdata.Open()
	if err != nil {
		t.Fatal(err)
	}
	list, err := os.Open("../read/lang/" + lang + "/names.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	l, err := names.ReadLexicon(list, world, lang)
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open("../read/lang/" + lang + "/names.model")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	m, err := names.Load(file, l)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestTagNames(t *testing.T) {
	in := "-DOCSTART- -DOCSTART- O\n\nMoskou N\nzwijgt V\n\n\nDe\nTaliban\nook\n"
	want := "-DOCSTART- -DOCSTART- O\n\nMoskou\tB-LOC\nzwijgt\tO\n\nDe\tO\nTaliban\tB-ORG\nook\tO\n\n"
	var out bytes.Buffer
	if err := TagNames(nameModel(t, "nl"), strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	if out.String() != want {
		t.Errorf("got %q\nwant %q", out.String(), want)
	}
}

// TestNameScores counts as conlleval does, inside tags that continue nothing included.
func TestNameScores(t *testing.T) {
	gold := bioNames(strings.Fields("B-PER I-PER O I-LOC I-LOC B-LOC O B-ORG I-MISC"))
	found := bioNames(strings.Fields("B-PER I-PER O B-LOC O B-LOC O B-ORG I-ORG"))
	s := NameScores{}
	s.add(gold, found)
	if all := s.All(); all != (NameCount{Right: 2, Found: 4, Gold: 5}) {
		t.Errorf("got %+v", all)
	}
	if f1 := s[names.Location].F1(); f1 != 50 {
		t.Errorf("F1 of places %.1f, want 50", f1)
	}
}

// TestDutchNames holds the model to its bar on the development set of CoNLL-2002, which does not train it.
func TestDutchNames(t *testing.T) {
	path := filepath.Join("..", "..", "shared", "data", "ner", "nl_conll2002.testa")
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		t.Skip(path + " is not here")
	}
	s, err := EvalNames(nameModel(t, "nl"), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + s.String())
	const bar = 78
	if f1 := s.All().F1(); f1 < bar {
		t.Errorf("F1 %.2f, want %d", f1, bar)
	}
}

// TestUnbracket reads sentences with their names in brackets and names what is wrong with others.
func TestUnbracket(t *testing.T) {
	words, found, err := unbracket("[PER Bob Deen] sprak in [LOC Kiev] .")
	if err != nil || strings.Join(words, " ") != "Bob Deen sprak in Kiev ." ||
		strings.Join(bioTags(found, len(words)), " ") != "B-PER I-PER O O B-LOC O" {
		t.Errorf("got %q %v %v", words, found, err)
	}
	for _, line := range []string{"[PER Bob", "Deen] sprak"} {
		if _, _, err := unbracket(line); err == nil {
			t.Errorf("%q gave no error", line)
		}
	}
}

// FuzzNameColumns gives any text for words in columns.
func FuzzNameColumns(f *testing.F) {
	f.Add("-DOCSTART- O\n\nJan N B-PER\nzegt V O\n\nI I-LOC\nJ I-\nK -\n")
	f.Fuzz(func(t *testing.T, text string) {
		_ = EachNameDocument(strings.NewReader(text), func(d NameDocument) error {
			for i, tags := range d.Tags {
				for _, n := range bioNames(tags) {
					if n.First > n.Last || n.Last >= len(d.Sentences[i]) {
						t.Fatalf("%v in %d words", n, len(tags))
					}
				}
			}
			return nil
		})
	})
}
