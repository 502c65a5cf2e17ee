package lab

import (
	"strings"
	"testing"

	"casus/foresee/obligation"
	"casus/foresee/scenario"
	"casus/ontology"
	"casus/refdata"
)

// TestObligationCases asks that every scenario with a known outcome comes out so.
func TestObligationCases(t *testing.T) {
	world, err := refdata.Open()
	if err != nil {
		t.Fatal(err)
	}
	plover, err := ontology.Open()
	if err != nil {
		t.Fatal(err)
	}
	cases, err := ReadObligationCases("obligations", scenario.NewNames(world, plover))
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) < 30 {
		t.Errorf("only %d cases", len(cases))
	}
	scores, err := ScoreObligations(t.Context(), world, cases)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range scores {
		for _, missed := range s.Missed {
			t.Errorf("%s: did not come out: %s", s.Case, missed)
		}
	}
}

// TestWantsCanFail makes sure that a line that is not so is seen as such.
func TestWantsCanFail(t *testing.T) {
	var empty obligation.Answer
	for _, want := range []string{"binds csto/4 for kaz: rus", "waits csto/4 for kaz: a request", "broken csto/1 by kgz", "declined nato/5: outside",
		"leads csto/4 to csto/4a", "repeats cis/12", "clash rus: both", "lacks kgz in csto/4: leg"} {
		if got, err := cameOut(empty, want); got || err != nil {
			t.Errorf("%s came out of nothing: %v %v", want, got, err)
		}
	}
	if _, err := cameOut(empty, "hopes csto/4"); err == nil || !strings.Contains(err.Error(), "not understood") {
		t.Errorf("an unknown word: %v", err)
	}
}
