package obligation

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"casus"
	"casus/foresee/scenario"
	"casus/refdata"
)

// mostNodes bounds a tree; beyond it an answer is for nobody to read.
const mostNodes = 2000

// tracer follows acts through clauses.
type tracer struct {
	facts    Facts
	rules    rules
	scenario scenario.Scenario
	acts     []Act // assumed and reported, by day
	answer   Answer
	seen     map[string]*Node // by clause, victim and attackers
	declined map[string]bool
	number   int
}

// Trace tells what follows from a scenario. What is owed by a duty that binds is
// taken as done and followed on; a duty that the tree has already (a cycle) is
// named by its number and not followed again, so that every tree ends.
func Trace(ctx context.Context, f Facts, s scenario.Scenario) (Answer, error) {
	rules, err := readRules()
	if err != nil {
		return Answer{}, err
	}
	t := &tracer{facts: f, rules: rules, scenario: s, seen: map[string]*Node{}, declined: map[string]bool{},
		answer: Answer{Label: Label, Events: []Root{}, Standing: []*Node{}, Declined: []Declined{}, Clashes: []Clash{}}}
	t.acts = append(assumed(s), f.Reported...)
	byDay(t.acts)
	for _, a := range t.acts {
		if err := ctx.Err(); err != nil {
			return t.answer, err
		}
		if len(a.Concluded) > 0 {
			continue // see inferred
		}
		duties := append(t.follow(a), t.promises(a)...)
		if len(duties) > 0 || a.Origin == Assumed {
			t.answer.Events = append(t.answer.Events, Root{a, duties})
		}
	}
	t.called()
	t.inferred()
	t.standing()
	t.answer.Walk(func(n *Node) {
		t.told(n)
		for i := range n.Debtors {
			n.Debtors[i].Nearby = t.nearby(n, n.Debtors[i].Actor)
		}
	})
	t.clashes()
	t.answer.Articles = t.cited()
	return t.answer, nil
}

// cited are the articles of the records that the answer names.
func (t *tracer) cited() map[casus.RecordID]casus.ArticleID {
	out := map[casus.RecordID]casus.ArticleID{}
	cite := func(cite string) {
		id, _, _ := strings.Cut(cite, ", ")
		if article, ok := t.facts.Articles[casus.RecordID(id)]; ok {
			out[casus.RecordID(id)] = article
		}
	}
	for _, r := range t.answer.Events {
		cite(r.Act.Cite())
	}
	t.answer.Walk(func(n *Node) {
		n.cites(cite)
	})
	return out
}

// follow lays an act beside every clause.
func (t *tracer) follow(a Act) []*Node {
	out := []*Node{}
	for _, c := range t.facts.World.Clauses() {
		if c.Sort != refdata.Duty && c.Sort != refdata.Bar {
			continue
		}
		found, why := t.facts.matches(c, a)
		if why != "" {
			t.decline(c, a, why)
		}
		if len(found) > 1 && reports(c) {
			found = found[:1] // a report to a body is one, however many it is about
		}
		for _, m := range found {
			if n := t.node(c, a, m); n != nil {
				out = append(out, n)
			}
		}
	}
	return out
}

// reports tells whether a clause has its debtor tell a body of what it does.
func reports(c refdata.Clause) bool {
	return slices.ContainsFunc(c.Needs, func(need string) bool { return strings.HasPrefix(need, "follows:") })
}

// decline notes a clause that an act comes near to, once for each reason.
func (t *tracer) decline(c refdata.Clause, a Act, why string) {
	key := string(c.ID) + "|" + why
	if c.Sort != refdata.Duty || a.Origin == Follows || a.Alleged || t.declined[key] {
		return
	}
	t.declined[key] = true
	t.answer.Declined = append(t.answer.Declined, Declined{c, a, why})
}

// node is what a match brings about; nil where it adds nothing to the tree.
func (t *tracer) node(c refdata.Clause, a Act, m match) *Node {
	if t.number >= mostNodes {
		t.answer.Shortened = true
		return nil
	}
	if c.Sort == refdata.Bar {
		return t.barred(c, a, m)
	}
	if a.Alleged {
		return nil // what is only said to be so brings no duty about
	}
	key := keyOf(c.ID, m)
	if before := t.seen[key]; before != nil {
		return t.again(before, a)
	}
	n := t.duty(c, a, m)
	if n == nil || a.Origin == Follows && n.State != Binds {
		return nil
	}
	t.add(key, n)
	t.then(n, c)
	return n
}

// again is what another act does to a duty that stands in the tree: it is noted
// there, or where it follows from a duty, the number is named.
func (t *tracer) again(before *Node, a Act) *Node {
	if a.Origin != Follows {
		before.Again = append(before.Again, a)
		return nil
	}
	return &Node{Repeats: before.Number, Clause: before.Clause, State: before.State, Beneficiary: before.Beneficiary,
		Duty: before.Duty, Debtors: []Debtor{}, Met: []Condition{}}
}

func (t *tracer) add(key string, n *Node) {
	t.number++
	n.Number = t.number
	t.seen[key] = n
}

func keyOf(clause casus.ActorID, m match) string {
	attackers := slices.Clone(m.attackers)
	slices.Sort(attackers)
	return string(clause) + "|" + string(m.victim) + "|" + ids(attackers)
}

// duty is the node of a duty that an act brings about.
func (t *tracer) duty(c refdata.Clause, a Act, m match) *Node {
	n := &Node{Clause: &c, Beneficiary: m.victim, Against: m.attackers, Met: m.met, Duty: c.Duty, place: m.place, source: m.attackers, date: a.Date}
	n.Deadline, n.AtOnce, _ = refdata.DeadlineOf(c.Deadline, a.Date)
	n.State = Binds
	t.needs(n, c)
	if len(a.Concluded) > 0 && n.State != Refused {
		n.State = Waits
		n.Missing = append(n.Missing, "a word of "+strings.Join(a.Concluded, " and ")+": "+string(a.Record)+" leaves that out, and it is concluded from the article")
	}
	for _, id := range t.debtors(c, a.Date, m) {
		n.Debtors = append(n.Debtors, t.debtor(n, c, id))
	}
	if len(n.Debtors) == 0 {
		return nil
	}
	return n
}

// barred is the node of what a bar forbids and somebody does. What follows from
// a duty breaks no bar: it clashes with it.
func (t *tracer) barred(c refdata.Clause, a Act, m match) *Node {
	if a.Origin == Follows || t.permitted(c, a, m) {
		return nil
	}
	state := Broken
	// One source's word, or sides that no word names; a later telling in the articles' own voice settles it.
	if a.Alleged || a.By != "" || len(a.Concluded) > 0 {
		state = Alleged
	}
	key := keyOf(c.ID, m)
	if before := t.seen[key]; before != nil {
		before.Again = append(before.Again, a)
		if before.State == Alleged {
			before.State = state
		}
		return nil
	}
	n := &Node{Clause: &c, State: state, Beneficiary: m.victim, Against: m.attackers, Met: m.met, Duty: c.Duty, place: m.place, source: m.attackers, date: a.Date}
	for _, id := range t.debtors(c, a.Date, m) {
		n.Debtors = append(n.Debtors, Debtor{Actor: id})
	}
	t.add(key, n)
	return n
}

// permitted tells whether a decision that a bar allows for was taken.
func (t *tracer) permitted(c refdata.Clause, a Act, m match) bool {
	for _, need := range c.Needs {
		if body, ok := strings.CutPrefix(need, "vote:"); ok {
			d := t.decision(c, casus.ActorID(body), m.victim, a.Date)
			return d.act != nil && !d.refused
		}
	}
	return false
}

// debtors are who owes by a clause.
func (t *tracer) debtors(c refdata.Clause, on casus.Date, m match) []casus.ActorID {
	p := t.facts.partiesOn(c, on)
	var out []casus.ActorID
	for _, d := range c.Debtor {
		switch d {
		case "parties":
			out = append(out, p.list...)
		case "others":
			for _, id := range p.list {
				if id != m.victim && !slices.Contains(m.attackers, id) {
					out = append(out, id)
				}
			}
		case "source":
			out = append(out, m.attackers...)
		case "target":
			out = append(out, m.victim)
		default:
			out = append(out, casus.ActorID(d))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// then follows what is owed by a duty that binds.
func (t *tracer) then(n *Node, c refdata.Clause) {
	if n.State != Binds {
		return
	}
	for _, owed := range c.Acts {
		if a, ok := t.owedAct(n, owed); ok {
			n.Then = append(n.Then, t.follow(a)...)
		}
	}
}

// owedAct is what is owed as an act, done by all who owe it together.
func (t *tracer) owedAct(n *Node, owed refdata.OwedAct) (Act, bool) {
	a := Act{Origin: Follows, Of: n.Number, Date: n.date, Type: owed.Type, Mode: owed.Mode, Place: "", clause: n.Clause.ID}
	for _, d := range n.Debtors {
		a.Source = append(a.Source, d.Actor)
	}
	switch owed.To {
	case "target":
		a.Target = []casus.ActorID{n.Beneficiary}
	case "source":
		a.Target = n.Against
	case "parties":
		return a, false // talks among parties trigger no clause
	default:
		a.Target = []casus.ActorID{casus.ActorID(owed.To)}
	}
	return a, !owed.Not && len(a.Target) > 0
}

// called adds the duties that a request calls upon though nothing is assumed or
// told of what the clause is about: it is missing, unless who had to decide did.
func (t *tracer) called() {
	for i := range t.answer.Events {
		t.answer.Events[i].Duties = append(t.answer.Events[i].Duties, t.calledBy(t.answer.Events[i].Act)...)
	}
	for _, a := range t.acts {
		if slices.ContainsFunc(t.answer.Events, func(r Root) bool { return r.Act.same(a) }) {
			continue
		}
		if duties := t.calledBy(a); len(duties) > 0 {
			t.answer.Events = append(t.answer.Events, Root{a, duties})
		}
	}
	slices.SortStableFunc(t.answer.Events, func(a, b Root) int { return cmp.Compare(a.Act.Date, b.Act.Date) })
}

// inferred adds what acts bring about of which no word says by whom or against
// whom they are. They come last: where words tell of the same, these are the
// trigger and the others are noted there; where none do, what is barred is alleged
// and a duty waits for them.
func (t *tracer) inferred() {
	for _, a := range t.acts {
		if len(a.Concluded) == 0 {
			continue
		}
		var duties []*Node
		for _, c := range t.facts.World.Clauses() {
			if c.Sort != refdata.Duty && c.Sort != refdata.Bar {
				continue
			}
			found, _ := t.facts.matches(c, a)
			for _, m := range found {
				if before := t.raisedNode(c.ID, m.victim); before != nil {
					before.Again = append(before.Again, a)
				} else if n := t.node(c, a, m); n != nil {
					duties = append(duties, n)
				}
			}
		}
		if len(duties) > 0 {
			t.answer.Events = append(t.answer.Events, Root{a, duties})
		}
	}
	slices.SortStableFunc(t.answer.Events, func(a, b Root) int { return cmp.Compare(a.Act.Date, b.Act.Date) })
}

func (a Act) same(b Act) bool {
	return a.Origin == b.Origin && a.Line == b.Line && a.Record == b.Record && a.Date == b.Date
}

func (t *tracer) calledBy(a Act) []*Node {
	if !a.callsForHelp() || a.Alleged || len(a.Concluded) > 0 {
		return nil
	}
	out := []*Node{}
	for _, c := range t.facts.World.Clauses() {
		if c.Sort != refdata.Duty || !slices.Contains(c.Needs, "request") || !c.InForce.Holds(a.Date) {
			continue
		}
		on := t.facts.partiesOn(c, a.Date)
		for _, victim := range t.facts.sides(a.Source, a) {
			if on.has(victim) && t.addressed(c, on, a) && !t.raised(c.ID, victim) {
				if n := t.calledNode(c, a, victim); n != nil {
					out = append(out, n)
				}
			}
		}
	}
	return out
}

// raised tells whether the tree has a clause's duty towards somebody already.
func (t *tracer) raised(clause, victim casus.ActorID) bool {
	return t.raisedNode(clause, victim) != nil
}

// raisedNode is the first node of the tree of a clause towards somebody, or nil.
func (t *tracer) raisedNode(clause, victim casus.ActorID) *Node {
	prefix := string(clause) + "|" + string(victim) + "|"
	var first *Node
	for key, n := range t.seen {
		if strings.HasPrefix(key, prefix) && (first == nil || n.Number < first.Number) {
			first = n
		}
	}
	return first
}

func (t *tracer) calledNode(c refdata.Clause, a Act, victim casus.ActorID) *Node {
	m := match{victim: victim, met: []Condition{}}
	n := t.duty(c, a, m)
	if n == nil {
		return nil
	}
	sorts := make([]string, len(c.Triggers))
	for i, tr := range c.Triggers {
		sorts[i] = tr.String()
	}
	about := "what the clause is about (" + strings.Join(sorts, ", ") + ") against " + string(victim)
	own, says := t.ownWord(victim, a.Date)
	switch {
	case n.State == Binds && len(c.Needs) > 1: // who decides took it as met
		n.Met = append(n.Met, Condition{about, "the decision took it as met" + says, own})
	case n.State == Refused:
	default:
		n.State = Waits
		n.Missing = append(n.Missing, about+": none is assumed or told"+says)
	}
	t.add(keyOf(c.ID, m), n)
	t.then(n, c)
	return n
}

// ownWord finds whom the one who asks for help accuses, and in which record.
func (t *tracer) ownWord(victim casus.ActorID, day casus.Date) (cite, says string) {
	for _, list := range [][]Act{t.acts, t.facts.Later} {
		for _, a := range list {
			if a.Type == casus.Accuse && a.Date >= day.AddDays(-lookBack) && a.Date <= day.AddDays(lookBack) &&
				slices.Contains(t.facts.sides(a.Source, a), victim) && len(a.Target) > 0 {
				return a.Cite(), "; " + string(victim) + " itself blames " + ids(a.Target)
			}
		}
	}
	return "", ""
}
