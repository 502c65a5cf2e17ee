package frames

import (
	"casus"
)

// presentation is how a text presents a clause: its status and the words that hedge it.
type presentation struct {
	status casus.Status
	hedge  casus.Span // zero where there is none
}

// present reads status and hedge from a clause's auxiliaries, adverbs,
// conjunctions and tense, and from the clauses above it.
func (c *clause) present(g *Grammar, byWord map[int]*clause) presentation {
	s := c.s
	if c.class == 'v' || s.child(c.pred, "cop") >= 0 {
		return c.presentFinite(g, byWord)
	}
	if neg := s.child(c.pred, "det", "advmod"); neg >= 0 && g.has("negation", s.lower(neg)) {
		return presentation{status: casus.Denied}
	}
	for _, k := range s.kids[c.pred] {
		if s.rel(k) == "amod" && g.has("possible", s.lower(k)) {
			return presentation{status: casus.Possible, hedge: s.words[k].Span} // "the alleged attack"
		}
	}
	if up := s.governing(c.pred, byWord); up != nil {
		p := up.present(g, byWord)
		if p.status == casus.Denied {
			p.status = casus.Ongoing
		}
		return p
	}
	return presentation{status: casus.Happened}
}

// governing returns the verbal clause that a phrase stands in.
func (s *sentence) governing(w int, byWord map[int]*clause) *clause {
	for n := 0; n < len(s.words) && s.words[w].Head >= 0; n++ {
		w = s.words[w].Head
		if c := byWord[w]; c != nil && (c.class == 'v' || s.child(w, "cop") >= 0) {
			return c
		}
	}
	return nil
}

func (c *clause) presentFinite(g *Grammar, byWord map[int]*clause) presentation {
	s := c.s
	p := presentation{status: c.tense(g, byWord)}
	negated := false
	for _, k := range s.kids[c.pred] {
		form, lemma := s.lower(k), s.words[k].Lemma
		switch rel := s.rel(k); {
		case (rel == "advmod" || rel == "det") && g.has("negation", form):
			negated = true
		case rel == "aux" && (g.has("possible", form) || g.has("possible", lemma)):
			p.status, p.hedge = casus.Possible, s.words[k].Span
		case rel == "aux" && (g.has("future", form) || g.has("future", lemma)):
			p.status = casus.Planned
		case (rel == "advmod" || rel == "obl") && g.has("hedges", form):
			p.hedge = s.words[k].Span
			if g.has("possible", form) {
				p.status = casus.Possible
			}
		case (rel == "obj" || rel == "nsubj") && c.negatedPhrase(k, g):
			negated = true // "no soldier has been killed"
		}
	}
	if negated {
		return presentation{status: casus.Denied}
	}
	if c.conditional(g) {
		p.status = casus.Conditional
	}
	return p
}

// negatedPhrase tells whether a phrase is of nobody: "geen soldaat", "niet iedereen", "nobody".
func (c *clause) negatedPhrase(k int, g *Grammar) bool {
	det := c.s.child(k, "det", "advmod")
	return det >= 0 && g.has("negation", c.s.lower(det)) || g.has("negation", c.s.lower(k))
}

// conditional tells whether the clause is a condition or hangs on one.
func (c *clause) conditional(g *Grammar) bool {
	s := c.s
	if s.words[c.pred].Head >= 0 && s.isCondition(c.pred, g) {
		return true
	}
	for _, k := range s.kids[c.pred] {
		if s.rel(k) == "advcl" && s.isCondition(k, g) {
			return true
		}
	}
	return false
}

// isCondition tells whether a clause opens with a conjunction of condition:
// "als Rusland …", not "als eerste land".
func (s *sentence) isCondition(w int, g *Grammar) bool {
	mark := s.child(w, "mark")
	if mark < 0 || !g.has("condition", s.lower(mark)) || s.child(w, "nsubj", "nsubj:pass", "cop", "aux") < 0 {
		return false
	}
	first, _ := s.bounds(w, func(k int) bool { return s.rel(k) != "punct" && s.rel(k) != "cc" })
	return first == mark
}

// tense maps the form of the verb and its auxiliaries to a status.
func (c *clause) tense(g *Grammar, byWord map[int]*clause) casus.Status {
	s := c.s
	finite := c.finite()
	if finite < 0 {
		return c.nonFinite(g, byWord)
	}
	if s.feat(finite, "Tense") == "Past" {
		return casus.Happened
	}
	perfect := finite != c.pred && s.words[finite].Deprel == "aux" && s.feat(c.pred, "VerbForm") == "Part" &&
		s.feat(c.pred, "Tense") != "Pres"
	if perfect || c.perfectPassive() {
		return casus.Happened
	}
	return casus.Ongoing
}

// perfectPassive tells "zijn gedood" and "have been killed" from "worden gedood".
func (c *clause) perfectPassive() bool {
	s := c.s
	aux := s.child(c.pred, "aux:pass")
	if aux < 0 {
		return false
	}
	return s.words[aux].Lemma == "zijn" || s.feat(aux, "VerbForm") == "Part" && s.feat(aux, "Tense") == "Past"
}

// finite returns the finite word of the clause: the verb or an auxiliary or
// copula, -1 for none. A word with a subject counts as finite where the tagger
// took a plural for an infinitive ("zij worden", "they put").
func (c *clause) finite() int {
	s := c.s
	aux := -1
	for _, k := range s.kids[c.pred] {
		if rel := s.rel(k); rel == "aux" || rel == "cop" {
			if s.feat(k, "VerbForm") == "Fin" {
				return k
			}
			if aux < 0 {
				aux = k
			}
		}
	}
	switch {
	case s.feat(c.pred, "VerbForm") == "Fin":
		return c.pred
	case s.child(c.pred, "nsubj") < 0 || s.child(c.pred, "mark") >= 0 && s.feat(c.pred, "VerbForm") == "Inf":
		return -1
	case aux >= 0:
		return aux
	}
	return c.pred
}

// nonFinite gives an infinitive or participle the status that its governor lends it.
func (c *clause) nonFinite(g *Grammar, byWord map[int]*clause) casus.Status {
	s := c.s
	head := s.words[c.pred].Head
	if head < 0 {
		return casus.Happened
	}
	up := byWord[head]
	switch {
	case up == nil:
		return casus.Happened
	case c.s.feat(c.pred, "VerbForm") == "Part" && c.passive:
		return casus.Happened
	case g.has("possible", s.lower(up.pred)) || g.has("possible", up.lemma):
		return casus.Possible // "is expected to"
	case g.has("intend", up.lemma):
		return casus.Planned
	case up.class == 'n':
		return casus.Planned
	case s.rel(c.pred) == "conj", s.rel(c.pred) == "xcomp" && len(up.slots["inf"]) > 0, s.rel(c.pred) == "acl":
		return up.present(g, byWord).status
	case s.rel(c.pred) == "advcl":
		if mark := s.child(c.pred, "mark"); mark >= 0 && g.has("purpose", s.lower(mark)) {
			return casus.Planned
		}
	}
	return up.present(g, byWord).status
}
