package actors

import (
	"strings"

	"casus"
)

// isLoose tells whether a role noun only says of what kind another noun is:
// "refugee camp", "terrorist list".
func (s *sentence) isLoose(a *anchor) bool {
	w := s.tree.Words[a.head]
	if w.Deprel != "compound" || w.Head < a.last || s.at[w.Head] != nil {
		return false
	}
	r := a.role.role.sort
	return r != organ && r != body
}

// isPredicate tells whether a role is said of somebody ("was commander", "as
// president") and not somebody by itself.
func (s *sentence) isPredicate(a *anchor) bool {
	for _, i := range s.below[a.head] {
		w := s.tree.Words[i]
		if w.Deprel == "cop" || w.Deprel == "case" && i < a.head && s.scene.r.lex.has("as", s.words[i]) {
			return true
		}
	}
	return false
}

// apposedRole returns the group or organisation that a role noun stands in
// apposition to: "JNIM, the local branch of …".
func (s *sentence) apposedRole(a *anchor) *anchor {
	if s.tree.Words[a.head].Deprel != "appos" || a.hit != nil {
		return nil
	}
	b := s.headedBy(s.tree.Words[a.head].Head)
	if b == nil || b == a || b.hit == nil || b.first > a.first || b.hit.alias.kind == casus.ActorPerson || b.hit.alias.class == classTown {
		return nil
	}
	return b
}

// ownersFromContext finds whose role it is where the phrase does not say: that
// of the last mention of the same role, or the state, group or alliance that
// the passage is about.
func (s *sentence) ownersFromContext(a *anchor) ([]owner, string) {
	r := a.role.role
	mem := &s.scene.memory
	pointed := s.pointsBack(a)
	before := mem.roles[a.role.key()]
	if before != nil && (r.sort == office || r.sort == member) && before.plural != a.plural {
		before = nil // "the head of state" is none of "the heads of state"
	}
	if before != nil && pointed {
		return s.sameOwners(before), "as before"
	}
	if last := mem.roles[r.rule]; last != nil && r.flags["portfolio"] && r.sort == organ {
		if a.role.sector == r.sector && pointed { // "the ministry", of whatever it was
			return s.sameOwners(last), "as before"
		}
		return []owner{{casus.ActorID(last.m.ID.Head()), kindState}}, "as before"
	}
	if (r.sort == office || r.sort == member) && pointed && !a.plural {
		if p := s.personOfOffice(a); p != nil {
			return []owner{{p.m.ID, kindSame}}, "the person of that office"
		}
	}
	if r.flags["solo"] {
		return nil, ""
	}
	if o := s.ownerByPlace(a); o.id != "" {
		return []owner{o}, "place"
	}
	if o := s.ownerInClause(a); o.id != "" {
		return []owner{o}, "subject"
	}
	if before != nil && a.plural && a.npFirst == a.first {
		return s.sameOwners(before), "as before"
	}
	return s.ownersFromPassage(a)
}

// ownersFromPassage is the state, group or alliance that the passage is about;
// for people who moved, the one that was said to be theirs.
func (s *sentence) ownersFromPassage(a *anchor) ([]owner, string) {
	r := a.role.role
	mem := &s.scene.memory
	kinds := []string{kindState}
	switch {
	case r.flags["alliance"]:
		kinds = []string{kindAlliance}
	case r.sort == fighters && len(mem.present([]string{kindGroup}, s.index, nil)) > 0:
		kinds = []string{kindGroup}
	case r.sort == member:
		kinds = []string{kindState, kindGroup, kindAlliance, kindOrg}
	case r.sort == people && isUprooted(a.role):
		if from := s.lastPeople(a); from != "" {
			return []owner{{from, kindState}}, "the people spoken of"
		}
	}
	pointed := s.pointsBack(a)
	if found := mem.present(kinds, s.index, s.isOutlet); len(found) > 0 && (r.alone == "" || pointed || found[0].at(s.index) > 1) {
		return []owner{{found[0].id, found[0].kind}}, "passage"
	}
	return nil, ""
}

// isOutlet tells whether an actor only passes the story on: "a spokesman told AFP"
// is no spokesman of AFP's.
func (s *sentence) isOutlet(id casus.ActorID) bool {
	known, ok := s.scene.r.world.Actor(id)
	return ok && known.Note == "media"
}

// isUprooted tells whether a noun is for people who have left their country,
// who are where they are not from.
func isUprooted(r *roleHit) bool {
	switch r.sector {
	case "refugees", "migrants", "returnees", "asylum-seekers":
		return true
	}
	return false
}

// lastPeople is the country whose people were spoken of last, as those who
// moved or by their name: after "Afghans", "the refugees" are Afghan.
func (s *sentence) lastPeople(a *anchor) casus.ActorID {
	items := s.scene.memory.items
	for i := len(items) - 1; i >= 0; i-- {
		b := items[i].a
		if b == a || b.kind != kindPeople || b.hit == nil && !(b.role != nil && isUprooted(b.role)) {
			continue
		}
		if state := casus.ActorID(b.m.ID.Head()); s.scene.isState(state) {
			return state
		}
	}
	return ""
}

// ownerUnknown tells whether the phrase names an owner that could not be
// found ("leiders van een verboden club"), or one of many: "een islamistisch regime".
func (s *sentence) ownerUnknown(a *anchor) bool {
	r := a.role.role
	if at := a.npLast; at < len(s.words) && s.scene.r.lex.has("of", s.words[at]) && a.role.role.sort != office {
		return at+1 >= len(s.words) || s.tree.Words[at+1].UPOS != "VERB" // "accused the army of looting" names no owner
	}
	if r.sort != organ && r.sort != office && r.sort != part {
		return false
	}
	first := s.tree.Words[a.npFirst]
	return a.npFirst < a.first && !a.plural && strings.Contains(first.Feats, "Definite=Ind")
}

// ownerInClause is the subject whose own troops or delegates a verb of sending
// or a phrase with "met" names: "Soedan stuurt troepen", "X kwam met een delegatie".
func (s *sentence) ownerInClause(a *anchor) owner {
	r := a.role.role
	if r.sort != body && r.sort != member || s.isSubject(a.head) || s.pointsBack(a) || !s.isOwnObject(a) {
		return owner{}
	}
	b := s.subjectOf(a)
	if b == nil {
		return owner{}
	}
	id, kind := s.scene.presenceOf(b.m.ID, b.kind)
	return owner{id, kind}
}

// placeBefore tells whether a preposition of place or origin stands at i.
func (s *sentence) placeBefore(i int) bool {
	return s.scene.r.lex.has("in", s.words[i]) || s.scene.r.lex.has("from", s.words[i])
}

// sameOwners undoes join for a role that was resolved before.
func (s *sentence) sameOwners(last *anchor) []owner {
	ids := last.m.Members
	if len(ids) == 0 {
		ids = []casus.ActorID{last.m.ID}
	}
	var out []owner
	for _, id := range ids {
		out = append(out, owner{id, kindSame})
	}
	return out
}

// personOfOffice returns somebody in the article with the title that a bare
// "de president" repeats: the one of the state that the article is about, or
// else the last.
func (s *sentence) personOfOffice(a *anchor) *anchor {
	items := s.scene.memory.items
	var last *anchor
	for i := len(items) - 1; i >= 0; i-- {
		p := items[i].a
		if p.kind != kindPerson || !p.m.ID.IsPerson() || !s.scene.hasTitle(p.m.ID, a.role) {
			continue
		}
		if topic, _ := s.scene.presenceOf(p.m.ID, ""); topic != "" && topic == s.scene.mostNamed {
			return p
		}
		if last == nil {
			last = p
		}
	}
	return last
}

// isOwnObject tells whether a phrase stands with a verb of sending or having,
// or is a company: "met een delegatie".
func (s *sentence) isOwnObject(a *anchor) bool {
	lex := s.scene.r.lex
	if a.npFirst > 0 && lex.has("along", s.words[a.npFirst-1]) {
		return true
	}
	w := s.tree.Words[a.head]
	for w.Deprel == "nmod" && w.Head >= 0 && s.isQuantity(w.Head) {
		w = s.tree.Words[w.Head]
	}
	return w.Head >= 0 && w.Deprel == "obj" && lex.has("send", s.words[w.Head])
}

// ownerByPlace is the country of a place named before in the sentence, whose
// people and police are spoken of: "In Bisjkek gingen betogers de straat op".
func (s *sentence) ownerByPlace(a *anchor) owner {
	if a.role.sector == "mil" || a.role.role.sort == member {
		return owner{}
	}
	if a.role.role.sort == fighters && len(s.scene.memory.present([]string{kindGroup}, s.index, nil)) > 0 {
		return owner{}
	}
	items := s.scene.memory.items
	for i := len(items) - 1; i >= 0 && items[i].sentence == s.index; i-- {
		b := items[i].a
		if !b.m.Place || b.npFirst == 0 || !s.placeBefore(b.npFirst-1) || items[i].clause != s.clauses[a.head] && !s.isSubject(a.head) {
			continue
		}
		if id, kind := s.scene.presenceOf(b.m.ID, b.kind); kind == kindState {
			if own := s.otherSubject(a, id); own != "" && a.role.role.sort == organ {
				return owner{own, kindState} // "Congo and the rebels signed a deal in Doha, the government said"
			}
			return owner{id, kind}
		}
	}
	return s.placeAhead(a)
}

// otherSubject is the state that is a subject earlier in the sentence, where it is not
// the one of the place: its government is the one that speaks.
func (s *sentence) otherSubject(a *anchor, place casus.ActorID) casus.ActorID {
	for _, b := range s.lately(a) {
		if b.kind == kindState && isParty(b) && s.isSubject(b.head) && b.m.ID.Head() != place.Head() {
			return b.m.ID
		}
	}
	return ""
}

// placeAhead is the country of a place named later in the sentence, for a
// phrase at its beginning: "Residents fled a village in Sudan".
func (s *sentence) placeAhead(a *anchor) owner {
	for _, b := range s.anchors[a.index+1 : min(len(s.anchors), a.index+8)] {
		if b.hit == nil || b.role != nil || b.npFirst == 0 || !s.scene.r.lex.has("in", s.words[b.npFirst-1]) || b.modifies != nil {
			continue
		}
		al := b.hit.alias
		state := casus.ActorID(al.id.Head())
		if al.class != classCapital && al.class != classTown && (al.class != className || al.id != state) {
			continue
		}
		if s.scene.isState(state) {
			return owner{state, kindState}
		}
	}
	return owner{}
}
