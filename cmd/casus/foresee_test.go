package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casus"
	"casus/foresee"
	"casus/foresee/obligation"
)

// sampleForesight reads the sample articles into a ledger and runs one of the
// sample scenarios beside it.
func sampleForesight(t *testing.T, name string) foresee.Answer {
	t.Helper()
	ledger := filepath.Join(t.TempDir(), "l.db")
	var out, problems bytes.Buffer
	if code := run(t.Context(), []string{"--ledger", ledger, "read", "-q", "../../examples"}, strings.NewReader(""), &out, &problems); code != 0 {
		t.Fatalf("reading: %s", problems.String())
	}
	before, err := os.ReadFile(ledger)
	if err != nil {
		t.Fatal(err)
	}
	out.Reset()
	if code := run(t.Context(), []string{"--ledger", ledger, "foresee", "run", "../../examples/scenarios/" + name, "--json"}, strings.NewReader(""), &out, &problems); code != 0 {
		t.Fatalf("running: %s", problems.String())
	}
	after, err := os.ReadFile(ledger)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) {
		t.Error("the ledger is no longer what it was")
	}
	var answer foresee.Answer
	if err := json.Unmarshal(out.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

// clauseNode finds the node of a clause towards somebody.
func clauseNode(a foresee.Answer, clause, whom casus.ActorID) *obligation.Node {
	var out *obligation.Node
	a.Obligations.Walk(func(n *obligation.Node) {
		if out == nil && n.Clause != nil && n.Clause.ID == clause && n.Beneficiary == whom && n.Repeats == 0 {
			out = n
		}
	})
	return out
}

func debtorNamed(t *testing.T, n *obligation.Node, actor casus.ActorID) obligation.Debtor {
	t.Helper()
	at := slices.IndexFunc(n.Debtors, func(d obligation.Debtor) bool { return d.Actor == actor })
	if at < 0 {
		t.Fatalf("%s does not owe by %s", actor, n.Clause.ID)
	}
	return n.Debtors[at]
}

// TestBackTestKazakhstan2022: a request, article 4, contributions, as history
// has it, from the sample articles alone.
func TestBackTestKazakhstan2022(t *testing.T) {
	a := sampleForesight(t, "kazakhstan-january-2022.yaml")
	n := clauseNode(a, "csto/4", "kaz")
	if n == nil || n.State != obligation.Binds {
		t.Fatalf("article 4 does not bind: %+v", n)
	}
	var who []casus.ActorID
	for _, d := range n.Debtors {
		who = append(who, d.Actor)
	}
	if !slices.Equal(who, []casus.ActorID{"arm", "blr", "kgz", "rus", "tjk"}) {
		t.Errorf("%v owe", who)
	}
	conditions := ""
	for _, c := range n.Met {
		conditions += c.Condition + "\n"
		if !strings.HasPrefix(c.Cite, "r") {
			t.Errorf("%s is met by no record: %q", c.Condition, c.Cite)
		}
	}
	for _, want := range []string{"a request of kaz", "the decision of csto"} {
		if !strings.Contains(conditions, want) {
			t.Errorf("%q is not met:\n%s", want, conditions)
		}
	}
	if rus := debtorNamed(t, n, "rus"); len(rus.Told) == 0 || len(rus.Nearby) == 0 {
		t.Errorf("nothing is told of what Russia did, or has near: %+v", rus)
	}
	if kgz := debtorNamed(t, n, "kgz"); len(kgz.Missing) != 1 || !strings.Contains(kgz.Missing[0], "kgz/leg") {
		t.Errorf("in Bishkek parliament has yet to say yes: %+v", kgz)
	}
}

// TestBackTestKarabakh2020: districts returned, a ceasefire broken, an appeal to
// the treaty of 1997, and an alliance that does not act.
func TestBackTestKarabakh2020(t *testing.T) {
	a := sampleForesight(t, "karabakh-ceasefire.yaml")
	for clause, want := range map[casus.ActorID]obligation.State{
		"karabakh-2020/2": obligation.Kept, "karabakh-2020/6": obligation.Kept, "karabakh-2020/6a": obligation.Kept, // Aghdam, Kalbajar, Lachin
		"karabakh-2020/9": obligation.Open, // no link was opened
	} {
		if n := clauseNode(a, clause, "aze"); n == nil || n.State != want {
			t.Errorf("%s is %+v, not %s", clause, n, want)
		}
	}
	if n := clauseNode(a, "karabakh-2020/1", "arm"); n == nil || n.State != obligation.Broken || n.Debtors[0].Actor != "aze" {
		t.Errorf("the ceasefire is not broken by Azerbaijan: %+v", n)
	}
	if n := clauseNode(a, "rus-arm/2", "rus"); n == nil || len(debtorNamed(t, n, "rus").Told) == 0 {
		t.Errorf("the appeal of November 2021 to the treaty of 1997 brings no talks: %+v", n)
	}
	if n := clauseNode(a, "csto/4", "arm"); n == nil || n.State != obligation.Waits {
		t.Errorf("in September 2022 the alliance acts: %+v", n)
	}
}

// TestFlightIsScoredAfterTheFact sets September 2023 beside what articles tell.
func TestFlightIsScoredAfterTheFact(t *testing.T) {
	a := sampleForesight(t, "karabakh-front-closed.yaml")
	if a.Label != obligation.Label || a.Flight == nil || len(a.Flight.Later) == 0 {
		t.Fatalf("no flight beside a report: %+v", a.Flight)
	}
	if s := a.Flight.Later[0]; s.Record == "" || s.Place != "arm" || !s.Within || s.ModMid > 120_000 {
		t.Errorf("%+v", s)
	}
}

// TestATruceOfTheLedgerFallsAway: what was promised on a condition ends with it,
// and who attacks breaks the truce that the sample articles tell of.
func TestATruceOfTheLedgerFallsAway(t *testing.T) {
	a := sampleForesight(t, "doha-truce-breaks.yaml")
	got := map[string]bool{}
	a.Obligations.Walk(func(n *obligation.Node) {
		if n.Promise != nil {
			got[string(n.Debtors[0].Actor)+" "+string(n.State)] = true
			if a.Obligations.Articles[n.Promise.ID] != "2025-10-20-truce-after-doha" {
				t.Errorf("%s stands in no article of the truce: %v", n.Promise.ID, a.Obligations.Articles)
			}
		}
	})
	for _, want := range []string{"pak released", "taliban released", "pak broken"} {
		if !got[want] {
			t.Errorf("no %q in %v", want, got)
		}
	}
}
