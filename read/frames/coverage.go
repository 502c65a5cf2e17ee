package frames

import (
	"slices"

	"casus"
	"casus/read/actors"
)

// Use is a verb or an event noun of a document, and whether frames know it.
type Use struct {
	Predicate
	Span    casus.Span
	Parties int  // how many actors stand in its slots, at most 2
	Known   bool // the predicate has a frame
	Fits    bool // one of its frames fits here
}

// Uses returns the verbs of a document and its event nouns: nouns that have a
// frame, and nouns that stand for nobody themselves and have beside them by whom
// or towards whom it is. Verbs that only help another one are left out.
func (c *Coder) Uses(d Document) []Use {
	var out []Use
	kinds := d.kinds()
	for i := range d.Trees {
		s := c.open(d, i, kinds)
		for _, cl := range clauses(s, c.gram) {
			u := Use{Predicate: Predicate{cl.lemma, cl.class}, Span: s.words[cl.pred].Span, Parties: cl.parties(c.gram),
				Known: len(c.lex.of(cl)) > 0 || cl.head != ""}
			u.Fits = u.Known && c.lex.fitsAny(cl)
			if cl.class == 'v' || cl.class == 'n' && (u.Known || cl.isDeed(c.gram) && !s.standsForSomebody(cl.pred)) {
				out = append(out, u)
			}
		}
	}
	return out
}

// parties counts the actors that stand in a clause's roles, 2 for more.
func (c *clause) parties(g *Grammar) int {
	roles := Role{{"agent"}, {"patient"}, {"iobj"}, {"TOWARDS"}}
	if c.class == 'n' {
		roles = Role{{"agent"}, {"of"}, {"TOWARDS"}}
	}
	found := map[casus.ActorID]bool{}
	for _, w := range c.heads(roles, &Frame{}, g) {
		for _, id := range c.s.who(w, false, "") {
			found[id] = true
		}
	}
	return min(len(found), 2)
}

// isDeed tells whether a noun has somebody as its doer (by) or as the one
// towards whom it is (against, to).
func (c *clause) isDeed(g *Grammar) bool {
	for _, w := range append(slices.Clone(c.slots["agent"]), c.heads(Role{{"TOWARDS"}}, &Frame{}, g)...) {
		if m, ok := c.s.mentions[w]; ok && m.ID != "" && m.Class != actors.Place {
			return true
		}
	}
	return false
}

// standsForSomebody tells whether a word is a part of an actor's mention.
func (s *sentence) standsForSomebody(w int) bool {
	for _, m := range s.mentions {
		if m.First <= w && w < m.Last && m.ID != "" {
			return true
		}
	}
	return false
}
