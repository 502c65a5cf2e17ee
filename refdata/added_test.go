package refdata

import (
	"slices"
	"testing"

	"casus"
)

// aliasesOf lists for whom a name stands.
func aliasesOf(w *World, name string) []casus.ActorID {
	var out []casus.ActorID
	for _, a := range w.Aliases("nl") {
		if a.Text == name {
			out = append(out, a.ID)
		}
	}
	return out
}

func TestAddedActorsStandBesideTheTables(t *testing.T) {
	tables := open(t)
	w, err := tables.With([]casus.Actor{
		{ID: "white-brigade", Kind: casus.ActorArmedGroup, Names: []string{"Witte Brigade", "WB"}},
		{ID: "taliban", Names: []string{"Studenten"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if a, ok := w.Actor("white-brigade"); !ok || a.Kind != casus.ActorArmedGroup || !slices.Equal(a.Names, []string{"Witte Brigade", "WB"}) {
		t.Errorf("the added actor is %+v, %v", a, ok)
	}
	a, _ := w.Actor("taliban")
	before, _ := tables.Actor("taliban")
	if a.Kind != before.Kind || !slices.Contains(a.Names, "Studenten") || a.Names[0] != before.Names[0] {
		t.Errorf("an actor of the tables became %+v", a)
	}
	if _, ok := tables.Actor("white-brigade"); ok {
		t.Error("the world without additions has changed")
	}
	if tables.Added() != "" || w.Added() == "" {
		t.Errorf("fingerprints: %q for the tables, %q with additions", tables.Added(), w.Added())
	}
	for _, alias := range w.Aliases("en") {
		if alias.Text == "WB" && alias.Class != Acronym {
			t.Errorf("WB is a %s", alias.Class)
		}
	}
}

func TestAnAddedNameIsTheirsAlone(t *testing.T) {
	w, err := open(t).With([]casus.Actor{{ID: "white-brigade", Names: []string{"kremlin"}}})
	if err != nil {
		t.Fatal(err)
	}
	if got := aliasesOf(w, "Kremlin"); len(got) != 0 {
		t.Errorf("Kremlin still stands for %v", got)
	}
	if got := aliasesOf(w, "kremlin"); !slices.Equal(got, []casus.ActorID{"white-brigade"}) {
		t.Errorf("kremlin stands for %v", got)
	}
}

func TestNothingAddedIsTheSameWorld(t *testing.T) {
	tables := open(t)
	if w, err := tables.With(nil); err != nil || w != tables {
		t.Errorf("With(nil) = %p, %v; want %p", w, err, tables)
	}
}

func TestWhatCannotBeAdded(t *testing.T) {
	for what, a := range map[string]casus.Actor{
		"an id with capitals": {ID: "White Brigade", Names: []string{"x"}},
		"an unknown kind":     {ID: "white-brigade", Kind: "club", Names: []string{"x"}},
		"a name of no letter": {ID: "white-brigade", Names: []string{"'"}},
	} {
		if _, err := open(t).With([]casus.Actor{a}); casus.CodeOf(err) != casus.Invalid {
			t.Errorf("%s: error %v, want invalid", what, err)
		}
	}
}
