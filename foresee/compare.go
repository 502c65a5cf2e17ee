package foresee

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"casus/foresee/obligation"
)

// Comparison is two scenarios side by side.
type Comparison struct {
	Label  string     `json:"label"`
	First  string     `json:"first"`
	Second string     `json:"second"`
	Rows   []Compared `json:"rows"`
}

// Compared is one thing and what each scenario makes of it, "" for nothing.
type Compared struct {
	What   string `json:"what"`
	First  string `json:"first"`
	Second string `json:"second"`
}

// Compare sets two answers side by side: each duty by its clause and to whom it
// is owed, each clash, and the people in each place on the last day.
func Compare(a, b Answer) Comparison {
	out := Comparison{Label: obligation.Label, First: a.Scenario.Name, Second: b.Scenario.Name, Rows: []Compared{}}
	first, second := lines(a), lines(b)
	all := map[string]bool{}
	for what := range first {
		all[what] = true
	}
	for what := range second {
		all[what] = true
	}
	for _, what := range slices.Sorted(maps.Keys(all)) {
		out.Rows = append(out.Rows, Compared{what, first[what], second[what]})
	}
	return out
}

// mostNamed is how many debtors are named in a comparison; more are counted.
const mostNamed = 3

// lines are what an answer says of each thing.
func lines(a Answer) map[string]string {
	out := map[string]string{}
	a.Obligations.Walk(func(n *obligation.Node) {
		if n.Repeats > 0 || n.Clause == nil {
			return
		}
		who := make([]string, len(n.Debtors))
		for i, d := range n.Debtors {
			who[i] = string(d.Actor)
		}
		say := string(n.State) + ": " + strings.Join(who, ", ")
		if len(who) > mostNamed {
			say = fmt.Sprintf("%s: %d parties", n.State, len(who))
		}
		if len(n.Missing) > 0 {
			say += " (missing: " + strings.Join(n.Missing, "; ") + ")"
		}
		what := fmt.Sprintf("%s for %s", n.Clause.ID, n.Beneficiary)
		if before, ok := out[what]; ok && before != say {
			say = before + " / " + say
		}
		out[what] = say
	})
	for _, c := range a.Obligations.Clashes {
		out["clash of "+string(c.Debtor)+": "+c.Why] = "yes"
	}
	if f := a.Flight; f != nil {
		last := f.Days - 1
		for _, e := range f.Places {
			out["people in "+string(e.Place)+" at the end"] = fmt.Sprintf("%d (%d–%d)", e.Mid[last], e.Low[last], e.High[last])
		}
	}
	return out
}
