package obligation

import (
	"slices"
	"strings"

	"casus"
	"casus/refdata"
)

const (
	daysKept   = 366 // how long after an event a record counts as keeping its duty
	mostTold   = 4
	quoteRunes = 160
)

// told adds what the ledger tells of a duty: what its debtors did, and what is
// said of the treaty's commitments.
func (t *tracer) told(n *Node) {
	if n.Clause == nil || n.Repeats > 0 || n.Clause.Sort == refdata.Bar {
		return
	}
	for i := range n.Debtors {
		n.Debtors[i].Told = t.done(n, n.Debtors[i].Actor)
	}
	if body := n.Clause.Body(); body != "" && owesHelp(*n.Clause) {
		n.Told = t.said(n, body)
	}
}

// done finds records of a debtor doing what it owes.
func (t *tracer) done(n *Node, debtor casus.ActorID) []Telling {
	var out []Telling
	for _, a := range t.facts.Later {
		if a.Alleged || a.Date < n.date || a.Date > n.date.AddDays(daysKept) || len(out) == mostTold ||
			!slices.Contains(t.facts.sides(a.Source, a), debtor) {
			continue
		}
		if slices.ContainsFunc(n.Clause.Acts, func(owed refdata.OwedAct) bool { return t.keeps(n, owed, a, debtor) }) {
			out = append(out, Telling{a.What() + concluded(a) + late(n, a), a.Record, short(a.Quote)})
		}
	}
	return out
}

// concluded says which sides of an act no word names.
func concluded(a Act) string {
	if len(a.Concluded) == 0 {
		return ""
	}
	return " (" + strings.Join(a.Concluded, " and ") + " concluded)"
}

// late says that an act came after the day by which it was due.
func late(n *Node, a Act) string {
	if n.Deadline == 0 || n.AtOnce || a.Date <= n.Deadline {
		return ""
	}
	return ", after the day on which it was due"
}

// keeps tells whether an act does what is owed, by keeps.tsv.
func (t *tracer) keeps(n *Node, owed refdata.OwedAct, a Act, debtor casus.ActorID) bool {
	return slices.ContainsFunc(t.rules.keeps, func(k keepRule) bool {
		return k.owed == owed.Trigger && !owed.Not && k.done.Covers(a.Type, a.Mode, a.Relation, a.Change) && t.towards(n, k.towards, a, debtor)
	})
}

func (t *tracer) towards(n *Node, whom string, a Act, debtor casus.ActorID) bool {
	targets := t.facts.targets(a)
	switch whom {
	case "beneficiary":
		return slices.Contains(targets, n.Beneficiary)
	case "parties":
		on := t.facts.partiesOn(*n.Clause, a.Date)
		return slices.ContainsFunc(targets, func(id casus.ActorID) bool { return id != debtor && (on.has(id) || id == n.Clause.Body()) })
	}
	for _, w := range n.Clause.Where {
		if _, place, ok := strings.Cut(w, ":"); ok && strings.HasPrefix(w, "in:") &&
			(a.Place.Within(casus.ActorID(place)) || slices.ContainsFunc(a.Target, func(id casus.ActorID) bool { return id.Within(casus.ActorID(place)) })) {
			return true
		}
	}
	return false
}

// said finds what the ledger says became of the commitments of a treaty's body,
// of the year of a duty.
func (t *tracer) said(n *Node, body casus.ActorID) []Telling {
	var out []Telling
	for _, e := range t.facts.Told {
		c, ok := e.Record.Body.(*casus.Commitment)
		when := e.Record.When
		if !ok || !c.Debtor.Within(body) || len(out) == mostTold || !when.Overlaps(casus.Period{From: n.date, To: n.date.AddDays(daysKept)}) ||
			!slices.Contains([]casus.State{casus.Triggered, casus.Kept, casus.Broken}, c.State) {
			continue
		}
		what := "said to be " + string(c.State)
		if e.Record.By != "" {
			what += " by " + string(e.Record.By)
		}
		out = append(out, Telling{what, e.ID, short(e.Record.Quote)})
	}
	return out
}

// short cuts a quote for a line.
func short(s string) string {
	r := []rune(s)
	if len(r) <= quoteRunes {
		return s
	}
	return string(r[:quoteRunes]) + "…"
}
