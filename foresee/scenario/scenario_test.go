package scenario

import (
	"errors"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"casus"
	"casus/ontology"
	"casus/refdata"
)

var update = flag.Bool("update", false, "write what is told into testdata/mistakes.txtar")

func testNames(t testing.TB) *Names {
	t.Helper()
	world, err := refdata.Open()
	if err != nil {
		t.Fatal(err)
	}
	plover, err := ontology.Open()
	if err != nil {
		t.Fatal(err)
	}
	return NewNames(world, plover)
}

// TestAllMistakesAtOnce reads a file in which nearly all is wrong.
func TestAllMistakesAtOnce(t *testing.T) {
	const path = "testdata/mistakes.txtar"
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Read("bad.yaml", archive.Files[0].Data, testNames(t))
	var mistakes Mistakes
	if !errors.As(err, &mistakes) {
		t.Fatalf("got %v, want mistakes", err)
	}
	if *update {
		archive.Files[1].Data = []byte(mistakes.Error() + "\n")
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(strings.TrimSpace(string(archive.Files[1].Data)), mistakes.Error()); diff != "" {
		t.Error(diff)
	}
}

const good = `casus-scenario: 1
name: Help for Almaty
clock: {true-on: 2022-01-04, known-on: 2022-01-06}
period: {from: 2022-01-05, to: 2022-01-31}
reported: {from: 2022-01-02, to: 2022-01-19, among: [kaz, CSTO]}
events:
  - {date: 2022-01-05, type: assault, mode: firearms, source: unknown, target: [kaz], place: Almaty, note: assumed}
requests:
  - {date: 2022-01-05, from: Kazakhstan, to: csto}
decisions:
  - {date: 2022-01-06, by: csto, on: kaz, verdict: agreed}
  - {date: 2022-01-06, by: kgz/leg, on: kaz, verdict: refused}
relations:
  - {date: 2022-01-07, type: member-of, from: arm, to: csto, change: ends}
zones:
  - {place: kaz/almaty, days: {from: 2022-01-05, to: 2022-01-10}, intensity: 0.5}
fleeing:
  - {days: 2022-01-06, persons: 20_000}
camps:
  - {place: kgz/tokmok, capacity: 0}
engine: {awareness: 1}
seeds: [1, 2]
`

func TestReadsWhatIsRight(t *testing.T) {
	s, err := Read("good.yaml", []byte(good), testNames(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Events) != 4 || s.Events[1].Type != casus.Request || s.Events[1].Source[0] != "kaz" || s.Events[3].Type != casus.Reject {
		t.Errorf("events: %+v", s.Events)
	}
	if e := s.Events[0]; e.Place != "kaz/almaty" || e.Line != 7 || e.Column != 5 {
		t.Errorf("place %s at %d:%d", e.Place, e.Line, e.Column)
	}
	if !s.Moves() || s.Fleeing[0].Persons != 20000 || len(s.Seeds) != 2 || s.Among[1] != "csto" {
		t.Errorf("%+v", s)
	}
}

// TestYAMLMistakes reads files that are no scenario at all.
func TestYAMLMistakes(t *testing.T) {
	names := testNames(t)
	for text, want := range map[string]string{
		"":                              "x:1:1: the file is empty",
		"- a\n- b\n":                    "x:1:1: this is not a scenario",
		"name: \"open\nabout: x":        "not YAML",
		"casus-scenario: 2\n":           "reads forms up to 1",
		"casus-scenario: 1\n---\na: b":  "a second document",
		"casus-scenario: 1\nname: *x\n": "unknown anchor",
	} {
		if _, err := Read("x", []byte(text), names); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
	if _, err := Read("x", make([]byte, MaxSize+1), names); casus.CodeOf(err) != casus.TooLarge {
		t.Errorf("a huge file: %v", err)
	}
}

// FuzzRead asks that any bytes give a scenario or mistakes with lines, and
// that what is read keeps its bounds.
func FuzzRead(f *testing.F) {
	names := testNames(f)
	f.Add([]byte(good))
	archive, err := txtar.ParseFile("testdata/mistakes.txtar")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(archive.Files[0].Data)
	f.Add([]byte("a: &a [*a, *a]\n"))
	f.Add([]byte("casus-scenario: 1\nclock: [1, {2: 3}]\nseeds: {}\nengine: 3\nzones: ~\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := Read("f", text, names)
		var mistakes Mistakes
		switch {
		case err == nil:
			for _, e := range s.Events {
				if !s.Period.Holds(e.Date) || len(e.Source) == 0 {
					t.Errorf("event %+v of period %v", e, s.Period)
				}
			}
			for _, c := range s.Camps {
				if c.Capacity < 0 {
					t.Errorf("camp %+v", c)
				}
			}
		case errors.As(err, &mistakes):
			for _, m := range mistakes {
				if m.Line < 1 || m.Column < 1 || m.Problem == "" {
					t.Errorf("mistake without place: %+v", m)
				}
			}
		case casus.CodeOf(err) != casus.TooLarge:
			t.Errorf("error of another kind: %v", err)
		}
	})
}
