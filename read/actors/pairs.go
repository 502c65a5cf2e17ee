package actors

import (
	"slices"
	"strconv"

	"casus"
)

// addConjuncts makes the names that are joined to the first the members of a
// pair: "buurlanden Togo en Benin".
func (s *sentence) addConjuncts(a, b *anchor) {
	a.m.Members = []casus.ActorID{b.m.ID}
	for c := s.conjunctOf(b); c != nil && c.hit != nil && len(a.m.Members) < 6; c = s.conjunctOf(c) {
		s.resolve(c)
		if !slices.Contains(a.m.Members, c.m.ID) && c.m.ID != "" {
			a.m.Members = append(a.m.Members, c.m.ID)
		}
	}
}

// resolvePair finds the two or three that "beide landen" or "the two sides" are.
func (s *sentence) resolvePair(a *anchor) {
	n := 2
	for i := a.npFirst; i < a.last; i++ {
		if v, err := strconv.Atoi(s.scene.r.lex.value("numeral", s.words[i].folded())); err == nil && v > 1 && v < 6 {
			n = v
		}
	}
	mem := &s.scene.memory
	own := s.subjectsOwn(a)
	if ids := s.partiesBefore(a); len(ids) == n && (own == nil || !slices.ContainsFunc(ids, own)) {
		a.m.ID, a.m.Members = ids[0], ids
		a.m.Rule += ", in the sentence"
		return
	}
	if n == 2 && slices.Contains(a.description.kinds, kindGroup) && !slices.Contains(a.description.kinds, kindPerson) {
		if ids := s.scene.atWar(s.index); ids != nil { // "both sides"
			a.m.ID, a.m.Members = ids[0], ids
			a.m.Rule += ", at war"
			return
		}
	}
	if a.description.kinds[0] == kindPerson {
		s.lastPersons(a, n)
		return
	}
	if s.resolveJoined(a, n) {
		return
	}
	found := mem.present(a.description.kinds, s.index, own)
	if len(found) < n || s.resolveLead(a, n, found) {
		return
	}
	if slices.Contains(a.description.kinds, kindGroup) && a.description.kinds[0] != kindPerson && found[n-1].at(s.index) < 1 {
		return
	}
	for _, p := range found[:n] {
		a.m.Members = append(a.m.Members, p.id)
	}
	slices.Sort(a.m.Members)
	a.m.ID = a.m.Members[0]
	a.m.Rule += ", passage"
}

// subjectsOwn tells of an actor whether it is the side of the subject of an
// anchor's clause: who calls on "both sides" is neither.
func (s *sentence) subjectsOwn(a *anchor) func(casus.ActorID) bool {
	subject := s.subjectOf(a)
	if subject == nil || s.isSubject(a.head) || subject.m.ID == "" {
		return nil
	}
	return func(id casus.ActorID) bool { return id.Head() == subject.m.ID.Head() }
}

// lastPersons lets "both presidents" stand for the persons named last.
func (s *sentence) lastPersons(a *anchor, n int) {
	items := s.scene.memory.items
	for i := len(items) - 1; i >= 0 && len(a.m.Members) < n; i-- {
		b := items[i].a
		if b.m.ID.IsPerson() && b.hit != nil && !slices.Contains(a.m.Members, b.m.ID) {
			a.m.Members = append(a.m.Members, b.m.ID)
		}
	}
	if len(a.m.Members) < n {
		a.m.Members = nil
		return
	}
	slices.Reverse(a.m.Members)
	a.m.ID = a.m.Members[0]
	a.m.Rule += ", named last"
}

// atWar returns the parties of the one war of the article's time whose two
// parties it names and still speaks of, nil where it names those of none or of several.
func (sc *scene) atWar(sentence int) []casus.ActorID {
	var found []casus.ActorID
	for _, war := range sc.r.wars {
		a, b := war.Parties[0], war.Parties[1]
		if !sc.countries[casus.ActorID(a.Head())] || !sc.countries[casus.ActorID(b.Head())] || !war.Held.Holds(sc.published.From) && !war.Held.Holds(sc.published.From.AddDays(-lately)) {
			continue
		}
		if found != nil {
			return nil
		}
		found = []casus.ActorID{a, b}
	}
	if found != nil && !(sc.memory.speaksOf(found[0], sentence) && sc.memory.speaksOf(found[1], sentence)) {
		return nil // "four countries that had nothing to do with Ukraine"
	}
	return found
}

// lately is for how many days after a war its parties are still its two sides.
const lately = 60

// partiesBefore returns the states and groups that act in the sentence before
// an anchor.
func (s *sentence) partiesBefore(a *anchor) []casus.ActorID {
	var ids []casus.ActorID
	for _, b := range s.lately(a) {
		if isParty(b) && (b.kind == kindState || b.kind == kindGroup) && s.acts(b) && !slices.Contains(ids, b.m.ID) {
			ids = append(ids, b.m.ID)
		}
	}
	return ids
}

// resolveLead lets "both countries" stand for the two that the article opened with, where
// none were named side by side lately and both are still among those most spoken of.
func (s *sentence) resolveLead(a *anchor, n int, found []presence) bool {
	lead := s.scene.memory.lead
	if n != 2 || len(lead.ids) != 2 || !slices.Contains(a.description.kinds, lead.kind) {
		return false
	}
	for _, id := range lead.ids {
		if !slices.ContainsFunc(found[:min(3, len(found))], func(p presence) bool { return p.id == id }) {
			return false
		}
	}
	a.m.Members = slices.Clone(lead.ids)
	a.m.ID, a.plural = lead.ids[0], true
	a.m.Rule += ", the article's two"
	return true
}

// resolveJoined lets "deze landen" stand for the states last named side by side.
func (s *sentence) resolveJoined(a *anchor, n int) bool {
	ids := s.scene.memory.side(a.description.kinds, n, s.index, s.subjectsOwn(a))
	if len(ids) == 0 {
		return false
	}
	a.m.Members = slices.Clone(ids)
	a.m.ID, a.plural = ids[0], true
	a.m.Rule += ", named side by side"
	return true
}
