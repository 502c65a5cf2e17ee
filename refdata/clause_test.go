package refdata

import (
	"slices"
	"strings"
	"testing"

	"casus"
)

func TestClausesNamePlacesAndPartiesThatExist(t *testing.T) {
	w, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Clauses()) < 45 {
		t.Errorf("only %d clauses", len(w.Clauses()))
	}
	for _, c := range w.Clauses() {
		for _, where := range c.Where {
			_, place, ok := strings.Cut(where, ":")
			if !ok || strings.HasPrefix(where, "north:") {
				continue
			}
			if _, known := w.Place(casus.ActorID(place)); !known {
				t.Errorf("%s: %s is no place", c.ID, place)
			}
		}
		if parties, all := w.PartiesOn(c, max(c.InForce.From, casus.NewDate(2024, 2, 1))); !all && len(parties) < 2 {
			t.Errorf("%s has the parties %v", c.ID, parties)
		}
	}
}

func TestPartiesAreThoseOfTheDay(t *testing.T) {
	w, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(w.Clauses(), func(c Clause) bool { return c.ID == "csto/4" })
	clause := w.Clauses()[at]
	for day, want := range map[casus.Date]bool{casus.NewDate(2012, 12, 19): true, casus.NewDate(2012, 12, 20): false} {
		if parties, _ := w.PartiesOn(clause, day); slices.Contains(parties, "uzb") != want {
			t.Errorf("on %s the parties are %v", day, parties)
		}
	}
}

func TestAnAnalystAddsClauses(t *testing.T) {
	w, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	const head = "id\tinstrument\tarticle\tparties\tfrom\tto\tsort\ttrigger\twho\twhom\twhere\tneeds\tdebtor\tact\tduty\tdeadline\tsource\n"
	more, err := w.AddClauses("own.tsv", head+"my/1\tMy pact\t1\tfra;grc\t2021-09-28\t\tduty\tASSAULT\toutsider\tparty\thome\t\tothers\tAID>target\thelp\t+2 days\tmine\n")
	if err != nil || len(more.Clauses()) != len(w.Clauses())+1 {
		t.Fatalf("%v, %d clauses", err, len(more.Clauses()))
	}
	for _, wrong := range []string{
		"csto/4\tx\t1\tfra;grc\t\t\tduty\tASSAULT\tany\tparty\t\t\tothers\tAID>target\thelp\t\tmine\n",
		"my/2\tx\t1\tfra;grc\t\t\tduty\tASALT\tany\tparty\t\t\tothers\tAID>target\thelp\t\tmine\n",
		"my/2\tx\t1\tfra;atlantis\t\t\tduty\tASSAULT\tany\tparty\t\t\tothers\tAID>target\thelp\t\tmine\n",
		"my/2\tx\t1\tfra;grc\t\t\tduty\tASSAULT\tany\tparty\t\t\tothers\tAID\thelp\t\tmine\n",
		"my/2\tx\t1\tfra;grc\t\t\tduty\tASSAULT\tany\tparty\t\t\tothers\tAID>target\thelp\tsoon\tmine\n",
	} {
		if _, err := w.AddClauses("own.tsv", head+wrong); err == nil || !strings.HasPrefix(err.Error(), "own.tsv:2: ") {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}
