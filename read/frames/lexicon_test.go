package frames_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"casus/ontology"
	"casus/read/frames"
	"casus/read/lang/en"
	"casus/read/lang/nl"
)

// A mistake in a lexicon must be named with its line, so that an analyst finds it.
func TestAMistakeIsNamedWithItsLine(t *testing.T) {
	for _, c := range []struct{ name, line, want string }{
		{"too few fields", "innemen.v\tevent COERCE/seize\tNamen in.", "3 fields, not 4"},
		{"no part of speech", "innemen\t\tevent COERCE\tNamen in.", "not of the form lemma.v"},
		{"an unknown part of speech", "innemen.x\t\tevent COERCE\tNamen in.", "not of the form lemma.v"},
		{"an unknown event type", "innemen.v\t\tevent TAKE\tNamen in.", `event type "TAKE"`},
		{"an unknown relation", "innemen.v\t\trelation owns begins\tNamen in.", `relation type "owns"`},
		{"a relation without a change", "innemen.v\t\trelation controls\tNamen in.", "needs 2 words"},
		{"an unknown act", "zeggen.v\t\tclaim utter\tZei.", `act "utter"`},
		{"an unknown record", "zeggen.v\t\tstory say\tZei.", `"story" is not one of`},
		{"a role of another kind", "zeggen.v\t\tclaim say source=agent\tZei.", `claim has no role "source"`},
		{"an unknown class of slot", "innemen.v\tpatient:thingy\tevent COERCE\tNamen in.", `"thingy" is not one of`},
		{"an unknown class of an absent slot", "innemen.v\t!patient:thingy\tevent COERCE\tNamen in.", `"thingy" is not one of`},
		{"a condition without a lemma", "innemen.v\tpatient=\tevent COERCE\tNamen in.", "lacks a slot or a lemma"},
		{"an unknown status", "innemen.v\t\tevent COERCE done\tNamen in.", `status "done"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := frames.ReadLexicon(lexicon("# head\n\n" + c.line + "\n"))
			if err == nil || !strings.Contains(err.Error(), "frames/test.tsv:3: ") || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want line 3 and %q", err, c.want)
			}
		})
	}
}

// lexicon is a language's folder with one file of frames.
func lexicon(data string) fs.FS {
	return fstest.MapFS{"frames/test.tsv": {Data: []byte(data)}}
}

func TestAModeOfAnotherTypeIsRefused(t *testing.T) {
	lex, err := frames.ReadLexicon(lexicon("innemen.v\t\tevent ASSAULT/seize\tNamen in.\n"))
	if err != nil {
		t.Fatal(err)
	}
	plover, err := ontology.Open()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := frames.New(lex, &frames.Grammar{}, nil, plover); err == nil || !strings.Contains(err.Error(), "frames/test.tsv:1") {
		t.Errorf("%v, want the line with ASSAULT/seize", err)
	}
}

func TestAMissingListIsNamed(t *testing.T) {
	_, err := frames.ReadGrammar(strings.NewReader("agent: door\n"))
	if err == nil || !strings.Contains(err.Error(), `the list "of" is missing`) {
		t.Errorf("%v, want the first list that is missing", err)
	}
	if _, err := frames.ReadGrammar(strings.NewReader("agent door\n")); err == nil || !strings.Contains(err.Error(), "clauses.txt:1") {
		t.Errorf("%v, want line 1", err)
	}
}

// Each language covers all of PLOVER's types with several hundred lemmas.
func TestTheLexiconsCoverEveryType(t *testing.T) {
	plover, err := ontology.Open()
	if err != nil {
		t.Fatal(err)
	}
	for language, files := range map[string]fs.FS{"nl": nl.Files, "en": en.Files} {
		lex, err := frames.ReadLexicon(files)
		if err != nil {
			t.Fatal(err)
		}
		types, lemmas := map[string]bool{}, map[frames.Predicate]bool{}
		for _, frame := range lex.Frames() {
			for _, p := range frame.Predicates {
				lemmas[p] = true
			}
			for _, m := range frame.Makes {
				if m.Kind == "event" {
					typ, _, _ := strings.Cut(m.What[0], "/")
					types[typ] = true
				}
			}
		}
		for _, e := range plover.Entries() {
			if !types[string(e.Type)] {
				t.Errorf("%s: no frame makes %s", language, e.Type)
			}
		}
		if len(lemmas) < 450 {
			t.Errorf("%s: %d predicates, fewer than 450", language, len(lemmas))
		}
	}
}

func FuzzReadLexicon(f *testing.F) {
	f.Add("innemen.v veroveren.v\tpatient:place !met\tevent COERCE/seize source=agent|door+van ; relation controls begins\tNamen in.")
	f.Add("a.n\t=\tclaim\t")
	f.Add("\t\t;\t")
	f.Fuzz(func(t *testing.T, data string) {
		lex, err := frames.ReadLexicon(lexicon(data))
		if err == nil && lex == nil {
			t.Error("neither a lexicon nor an error")
		}
	})
}
