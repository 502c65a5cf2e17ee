package frames

import (
	"slices"

	"casus"
	"casus/read/syntax"
)

// SecondOpinion tells which type of event a sentence tells of between the
// parties that two of its words head, and how sure it is, 0 to 1.
type SecondOpinion func(t syntax.Tree, source, target int) (casus.EventType, float64)

// opinionRule is the rule of records that a second opinion has made.
const opinionRule = "second opinion"

// Asking returns a coder that asks for a second opinion on verbs that no frame
// fits, and writes the event down where that is at least so sure.
func (c *Coder) Asking(opinion SecondOpinion, least float64) *Coder {
	out := *c
	out.opinion, out.least = opinion, least
	return &out
}

// unknown writes down the event of a verb that no frame fits, where both its
// sides are known and the second opinion is sure.
func (x *scene) unknown(c *clause) {
	if x.opinion == nil || c.class != 'v' || x.lex.fitsAny(c) {
		return
	}
	if y := innermost(x.sayings, x.s, c.pred); y != nil && !y.keeps("event") {
		return
	}
	if slices.ContainsFunc(x.sayings, func(y *saying) bool { return y.clause == c }) {
		return // it only says something
	}
	f, speaker := &Frame{}, x.speaker(c)
	source := c.role(agentRole, f, x.gram, true, speaker)
	target := without(c.role(targetRole, f, x.gram, true, speaker), source)
	by, to := c.phrase(agentRole, f), c.heads(targetRole, f, x.gram)
	if len(source) == 0 || len(target) == 0 || by < 0 || len(to) == 0 {
		return
	}
	typ, sure := x.opinion(x.trees[x.s.index], by, to[0])
	if sure < x.least {
		return
	}
	rec, ok := x.base(c, &Frame{Predicates: []Predicate{{Lemma: c.lemma}}}, Make{})
	if !ok {
		return
	}
	rec.Made = casus.Made{Rule: opinionRule + " " + c.lemma, Confidence: sure}
	rec.Body = &casus.Event{Type: typ, Source: source, Target: target}
	x.out = append(x.out, rec)
}
