package lab

import (
	"slices"
	"strings"
	"testing"

	"casus"
	"casus/read/frames"
)

// To attack has a frame, to serenade has none; a mother is no event, though it is somebody's.
func TestCoverageTellsWhatHasNoFrame(t *testing.T) {
	a := casus.Article{ID: "a", Language: "en", Text: "Russia attacked Ukraine on Monday. Armenia serenaded Turkey. Its serenade of Turkey was long. " +
		"The mother of the minister wept. Armenia serenaded Georgia too."}
	uses, err := reader(t).Uses(a)
	if err != nil {
		t.Fatal(err)
	}
	find := func(lemma string) frames.Use {
		i := slices.IndexFunc(uses, func(u frames.Use) bool { return u.Lemma == lemma })
		if i < 0 {
			t.Fatalf("%s was not met in %v", lemma, uses)
		}
		return uses[i]
	}
	if u := find("attack"); !u.Known || !u.Fits || u.Parties != 2 {
		t.Errorf("to attack: %+v", u)
	}
	if u := find("serenade"); u.Known || u.Fits || u.Parties != 2 || u.Class != 'v' {
		t.Errorf("to serenade: %+v", u)
	}
	if slices.ContainsFunc(uses, func(u frames.Use) bool { return u.Lemma == "mother" }) {
		t.Error("a mother is taken for an event")
	}
	c := NewCoverage()
	c.Add(a, uses)
	var out strings.Builder
	if err := c.Write(&out, 1); err != nil {
		t.Fatal(err)
	}
	want := "      2        2  serenade.v             sia attacked Ukraine on Monday. Armenia serenaded Turkey. Its serenade of Turkey was long\n"
	if !strings.Contains(out.String(), want) {
		t.Errorf("no line %q in\n%s", want, &out)
	}
}

// Three uses of two verbs: two of the uses and one of the verbs have a frame,
// and it fits once.
func TestCoverageCounts(t *testing.T) {
	use := func(lemma string, known, fits bool, parties int) frames.Use {
		return frames.Use{Predicate: frames.Predicate{Lemma: lemma, Class: 'v'}, Known: known, Fits: fits, Parties: parties}
	}
	c := NewCoverage()
	c.Add(casus.Article{}, []frames.Use{use("attack", true, true, 2), use("attack", true, false, 1), use("hum", false, false, 0)})
	var out strings.Builder
	if err := c.Write(&out, 9); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"verbs                               3      66.7%    33.3%        2      50.0%",
		"verbs between two parties           1     100.0%   100.0%        1     100.0%",
		"event nouns                         0       0.0%     0.0%        0       0.0%",
		"Without a frame, the most frequent between two parties first:\n\n   uses  between  predicate              for example\n      1        0  hum.v                  ",
		"With frames that did not fit, the most frequent between two parties first:\n\n   uses  between  predicate              for example\n      1        0  attack.v               ",
	} {
		if !strings.Contains(out.String(), want+"\n") {
			t.Errorf("no line %q in\n%s", want, &out)
		}
	}
}
