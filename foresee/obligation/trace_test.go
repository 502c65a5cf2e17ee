package obligation

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casus"
	"casus/foresee/scenario"
	"casus/ledger"
	"casus/ontology"
	"casus/refdata"
)

const head = "id\tinstrument\tarticle\tparties\tfrom\tto\tsort\ttrigger\twho\twhom\twhere\tneeds\tdebtor\tact\tduty\tdeadline\tsource\n"

// testWorld is the reference data with clauses of a test, each given as parties,
// trigger and act.
func testWorld(t *testing.T, clauses ...[3]string) *refdata.World {
	t.Helper()
	w, err := refdata.Open()
	if err != nil {
		t.Fatal(err)
	}
	table := head
	for i, c := range clauses {
		table += fmt.Sprintf("test/%d\tA pact\t%d\t%s\t\t\tduty\t%s\toutsider\tparty\t\t\tothers\t%s\thelp\t\ta test\n", i+1, i+1, c[0], c[1], c[2])
	}
	if w, err = w.AddClauses("test.tsv", table); err != nil {
		t.Fatal(err)
	}
	return w
}

func read(t *testing.T, w *refdata.World, events string) scenario.Scenario {
	t.Helper()
	plover, err := ontology.Open()
	if err != nil {
		t.Fatal(err)
	}
	s, err := scenario.Read("t.yaml", []byte("casus-scenario: 1\nname: t\nclock: {true-on: 2026-01-01}\nperiod: {from: 2026-01-01, to: 2026-12-31}\n"+events),
		scenario.NewNames(w, plover))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestACycleOfDutiesEnds has two pacts call on each other for ever: troops of
// the one have the other move troops, and so on.
func TestACycleOfDutiesEnds(t *testing.T) {
	w := testWorld(t, [3]string{"bra;arg", "MOBILIZE/troops", "MOBILIZE/troops>source"}, [3]string{"chl;per", "MOBILIZE/troops", "MOBILIZE/troops>source"})
	s := read(t, w, "events: [{date: 2026-02-01, type: MOBILIZE, mode: troops, source: chl, target: bra}]\n")
	a, err := Trace(t.Context(), Facts{World: w}, s)
	if err != nil {
		t.Fatal(err)
	}
	repeats, nodes := 0, 0
	a.Walk(func(n *Node) {
		if nodes++; n.Repeats > 0 {
			repeats++
		}
	})
	if repeats == 0 || nodes > 40 || a.Shortened {
		t.Errorf("%d nodes, %d repeats, shortened %v", nodes, repeats, a.Shortened)
	}
}

// TestWhatOnlyASideSaysIsAlleged: a bar is broken when the articles say so, and
// alleged on one source's word.
func TestWhatOnlyASideSaysIsAlleged(t *testing.T) {
	w := testWorld(t)
	s := read(t, w, "events: []\n")
	attack := Act{Origin: Reported, Record: "r1", Date: casus.NewDate(2026, 2, 1), Type: casus.Assault, Source: []casus.ActorID{"aze/mil"},
		Target: []casus.ActorID{"arm"}, By: "rus/gov/mod"}
	for _, c := range []struct {
		acts []Act
		want State
	}{
		{[]Act{attack}, Alleged},
		{[]Act{{Origin: Reported, Record: "r3", Date: attack.Date, Type: casus.Assault, Source: attack.Source, Target: attack.Target, Concluded: []string{"source"}}}, Alleged},
		{[]Act{attack, {Origin: Reported, Record: "r2", Date: attack.Date, Type: casus.Assault, Source: attack.Source, Target: attack.Target}}, Broken},
	} {
		a, err := Trace(t.Context(), Facts{World: w, Reported: c.acts}, s)
		if err != nil {
			t.Fatal(err)
		}
		got := State("")
		a.Walk(func(n *Node) {
			if n.Clause.ID == "karabakh-2020/1" {
				got = n.State
			}
		})
		if got != c.want {
			t.Errorf("%d acts: %q, want %q", len(c.acts), got, c.want)
		}
	}
}

// TestWhatIsConcludedCountsAndIsMarked: an attack of which no word names a side
// is a trigger too, but the duty waits for the word; where words tell of another
// it is noted there. One whose conclusion has somebody attack himself is none.
func TestWhatIsConcludedCountsAndIsMarked(t *testing.T) {
	w := testWorld(t)
	s := read(t, w, "requests: [{date: 2026-02-01, from: kaz, to: csto}]\ndecisions: [{date: 2026-02-01, by: csto, on: arm, verdict: agreed}]\n")
	attack := func(id, concluded string, source, target casus.ActorID) ledger.Entry {
		return ledger.Entry{ID: casus.RecordID(id), Made: casus.Made{Rule: "en:attack" + concluded}, Record: casus.Record{Status: casus.Happened,
			When: casus.Day(casus.NewDate(2026, 2, 1)), Body: &casus.Event{Type: casus.Assault, Source: []casus.ActorID{source}, Target: []casus.ActorID{target}}}}
	}
	article4 := func(entries ...ledger.Entry) *Node {
		f := Facts{World: w, Articles: map[casus.RecordID]casus.ArticleID{}}
		f.Reported = f.among(entries, nil)
		a, err := Trace(t.Context(), f, s)
		if err != nil {
			t.Fatal(err)
		}
		var found *Node
		a.Walk(func(n *Node) {
			if n.Clause != nil && n.Clause.ID == "csto/4" && n.Beneficiary == "tjk" && n.Repeats == 0 {
				found = n
			}
		})
		return found
	}
	missing := func(n *Node, word string) bool {
		return slices.ContainsFunc(n.Missing, func(m string) bool { return strings.Contains(m, word) })
	}
	if n := article4(attack("r1", casus.SourceConcluded, "uzb/mil", "tjk")); n == nil || n.State != Waits || !missing(n, "a word of source: r1") || n.Met[0].Cite != "r1, source concluded" {
		t.Errorf("a concluded attacker: %+v", n)
	}
	if n := article4(attack("r1", "", "uzb/mil", "tjk"), attack("r2", casus.TargetConcluded, "uzb/mil", "tjk")); n == nil || missing(n, "a word of") || len(n.Again) != 1 || n.Met[0].Cite != "r1" {
		t.Errorf("told in words and concluded: %+v", n)
	}
	if n := article4(attack("r1", casus.SourceConcluded+casus.TargetConcluded, "tjk", "tjk")); n != nil {
		t.Errorf("somebody attacks himself: %+v", n)
	}
}

// TestPromisesOfTheLedger: a ceasefire that stands in the ledger is broken by an
// attack, and what was promised on a condition falls away with it.
func TestPromisesOfTheLedger(t *testing.T) {
	w := testWorld(t)
	promise := func(id string, debtor, beneficiary casus.ActorID, basis casus.Basis, duty string) ledger.Entry {
		return ledger.Entry{ID: casus.RecordID(id), Record: casus.Record{Status: casus.Happened,
			Body: &casus.Commitment{Debtor: debtor, Beneficiary: beneficiary, Basis: basis, Duty: duty, State: casus.InForce}}}
	}
	f := Facts{World: w, Promises: []ledger.Entry{
		promise("r1", "pak", "taliban", casus.Deal, "the truce will last only as long as militants do not attack Pakistan"),
		promise("r2", "taliban", "pak", casus.Ceasefire, "a ceasefire"),
		promise("r3", "taliban", "irn", casus.Ceasefire, "a ceasefire"),
	}}
	a, err := Trace(t.Context(), f, read(t, w, "events: [{date: 2026-02-01, type: ASSAULT, source: taliban, target: pak}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	got := map[casus.RecordID]State{}
	a.Walk(func(n *Node) {
		if n.Promise != nil {
			got[n.Promise.ID] = n.State
		}
	})
	if got["r1"] != Released || got["r2"] != Broken || got["r3"] != "" {
		t.Errorf("%v", got)
	}
}

// TestTheTablesAreWhole reads keeps.tsv and promises.tsv, and tables that are not.
func TestTheTablesAreWhole(t *testing.T) {
	if r, err := readRules(); err != nil || len(r.keeps) < 5 || len(r.promises) < 4 {
		t.Fatalf("%v, %d and %d lines", err, len(r.keeps), len(r.promises))
	}
	err := eachRow("x.tsv", "# words\na\tb\n1\t2\t3\n", 2, func([]string) error { return nil })
	if err == nil || !strings.HasPrefix(err.Error(), "x.tsv:3: ") {
		t.Errorf("%v", err)
	}
}
