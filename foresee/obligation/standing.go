package obligation

import (
	"slices"
	"strings"

	"casus"
	"casus/refdata"
)

// standing adds the duties that hold between those whom the scenario names,
// whatever happens, with what became of them by the ledger.
func (t *tracer) standing() {
	named := t.named()
	for _, c := range t.facts.World.Clauses() {
		if c.Sort != refdata.Standing || !c.InForce.Overlaps(t.scenario.Period) {
			continue
		}
		debtors := t.debtors(c, max(c.InForce.From, t.scenario.Period.From), match{})
		parties := slices.DeleteFunc(slices.Clone(c.Parties), func(p string) bool { return !slices.Contains(named, casus.ActorID(p)) })
		whom := slices.DeleteFunc(slices.Clone(c.Whom), func(w string) bool { return !slices.Contains(named, casus.ActorID(w)) })
		if len(parties) < 2 || len(whom) == 0 {
			continue
		}
		t.answer.Standing = append(t.answer.Standing, t.standingNode(c, debtors, casus.ActorID(whom[0])))
	}
}

// named are the sides of whom the scenario's acts name.
func (t *tracer) named() []casus.ActorID {
	var out []casus.ActorID
	for _, a := range t.acts {
		if a.Origin == Assumed || len(t.scenario.Among) == 0 {
			out = append(out, t.facts.sides(slices.Concat(a.Source, a.Target), a)...)
		}
	}
	for _, id := range t.scenario.Among {
		out = append(out, casus.ActorID(id.Head()))
	}
	return out
}

func (t *tracer) standingNode(c refdata.Clause, debtors []casus.ActorID, whom casus.ActorID) *Node {
	n := &Node{Clause: &c, State: Open, Beneficiary: whom, Duty: c.Duty, date: c.InForce.From,
		Met: []Condition{{"in force from " + c.InForce.From.String(), c.Source, "refdata/clauses.tsv"}}}
	n.Deadline, n.AtOnce, _ = refdata.DeadlineOf(c.Deadline, c.InForce.From)
	t.number++
	n.Number = t.number
	for _, w := range c.Where {
		if place, ok := strings.CutPrefix(w, "in:"); ok {
			n.place = casus.ActorID(place)
		}
	}
	for _, d := range debtors {
		n.Debtors = append(n.Debtors, Debtor{Actor: d})
		if len(t.done(n, d)) > 0 {
			n.State = Kept
		}
	}
	if n.State == Open && n.Deadline != 0 && n.Deadline < t.scenario.Period.To {
		n.State = Overdue
	}
	return n
}
