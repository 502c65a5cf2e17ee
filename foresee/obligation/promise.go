package obligation

import (
	"slices"
	"strings"

	"casus"
	"casus/ledger"
	"casus/refdata"
)

// promises lays an act beside the commitments that the ledger holds in words.
func (t *tracer) promises(a Act) []*Node {
	if a.Alleged {
		return nil
	}
	var out []*Node
	for i := range t.facts.Promises {
		e := &t.facts.Promises[i]
		c, ok := e.Record.Body.(*casus.Commitment)
		if !ok || e.ID == a.Record {
			continue
		}
		for _, r := range t.rules.promises {
			if r.about(c, e.Record.Quote) && t.fits(r, c, e, a) {
				if n := t.promise(r, c, e, a); n != nil {
					out = append(out, n)
				}
				break
			}
		}
	}
	return out
}

// about tells whether a rule is about a commitment in these words.
func (r promiseRule) about(c *casus.Commitment, quote string) bool {
	if r.basis != "*" && r.basis != string(c.Basis) {
		return false
	}
	text := " " + refdata.Fold(c.Duty+" "+c.Condition+" "+quote)
	return slices.ContainsFunc(r.words, func(w string) bool { return w == "*" || strings.Contains(text, " "+refdata.Fold(w)) })
}

// fits tells whether an act is between the right two for a rule.
func (t *tracer) fits(r promiseRule, c *casus.Commitment, e *ledger.Entry, a Act) bool {
	if !r.event.Covers(a.Type, a.Mode, a.Relation, a.Change) {
		return false
	}
	as := Act{Date: a.Date, actsFor: e.ActsFor}
	debtor, beneficiary := t.facts.sides([]casus.ActorID{c.Debtor}, as), t.facts.sides([]casus.ActorID{c.Beneficiary}, as)
	sources, targets := t.facts.sides(a.Source, a), t.facts.targets(a)
	switch r.who {
	case "debtor>beneficiary":
		return shared(sources, debtor) && shared(targets, beneficiary)
	case "any>debtor":
		return shared(targets, debtor) && !shared(sources, debtor)
	case "any>beneficiary":
		return shared(targets, beneficiary) && !shared(sources, beneficiary) && !shared(sources, debtor)
	}
	return false
}

func shared(a, b []casus.ActorID) bool {
	return slices.ContainsFunc(a, func(id casus.ActorID) bool { return slices.Contains(b, id) })
}

// promise is the node of a commitment; several records of one commitment make
// one node.
func (t *tracer) promise(r promiseRule, c *casus.Commitment, e *ledger.Entry, a Act) *Node {
	key := strings.Join([]string{"promise", string(c.Debtor), string(c.Beneficiary), string(c.Basis), string(r.comes)}, "|")
	if before := t.seen[key]; before != nil {
		telling := Telling{"told too", e.ID, short(e.Record.Quote)}
		if before.Promise.ID != e.ID && len(before.Told) < mostTold && !slices.Contains(before.Told, telling) {
			before.Told = append(before.Told, telling)
		}
		return nil
	}
	n := &Node{Promise: e, State: r.comes, Beneficiary: c.Beneficiary, Duty: c.Duty, Deadline: c.Deadline, date: a.Date,
		Met: []Condition{{r.how, a.What(), a.Cite()}}, Debtors: []Debtor{{Actor: c.Debtor}}}
	t.add(key, n)
	return n
}
