package actors

import (
	"slices"

	"casus"
)

// owner is somebody whose role a noun names, and where that was read.
type owner struct {
	id   casus.ActorID
	kind string
}

// ownership is what a phrase says of a role's owners, looked up once.
type ownership struct {
	owners []owner
	how    string
}

// ownersOf returns the owners that the phrase itself names.
func (s *sentence) ownersOf(a *anchor) ([]owner, string) {
	if a.owners == nil {
		a.owners = &ownership{}
		a.owners.owners, a.owners.how = s.findOwners(a)
	}
	return slices.Clone(a.owners.owners), a.owners.how
}

func (s *sentence) findOwners(a *anchor) ([]owner, string) {
	if a.hit != nil && !a.role.role.flags["topic"] { // "Talibanstrijders"
		return []owner{s.scene.ownerOf(&anchor{m: Mention{ID: a.hit.alias.id}, kind: kindOfActor(a.hit.alias.kind), hit: a.hit})}, "compound"
	}
	if o, ok := s.front(a); ok {
		return o, "compound"
	}
	for i := a.first - 1; i >= a.npFirst; i-- {
		if b := s.at[i]; b != nil && b.modifies == a && (b.hit == nil || !b.hit.loose) && !s.isBacker(b) {
			s.resolve(b)
			if len(b.m.Members) > 1 {
				return s.ownersOfMembers(b), "attribute"
			}
			if b.m.ID != "" {
				return append(s.ownersBefore(b), s.scene.ownerOf(b)), "attribute"
			}
		}
	}
	if owners := s.ownersAfter(a); len(owners) > 0 {
		return owners, "phrase"
	}
	return nil, ""
}

// ownersBefore are the states of the adjectives that are coordinated before one:
// "Amerikaanse en Britse troepen", "Qatari, Israeli and Egyptian officials".
func (s *sentence) ownersBefore(b *anchor) []owner {
	var out []owner
	for b.first >= 2 && b.hit != nil && b.hit.alias.class == classAdjective {
		if between := b.first - 1; s.tree.Words[between].Form != "," && !s.scene.r.lex.has("and", s.words[between]) {
			break
		}
		left := s.at[b.first-2]
		if left == nil || left.hit == nil || left.role != nil || left.hit.alias.class != classAdjective || left.last != b.first-1 {
			break
		}
		s.resolve(left)
		if left.m.ID == "" || left.m.ID == b.m.ID {
			break
		}
		out = append([]owner{s.scene.ownerOf(left)}, out...)
		b = left
	}
	return out
}

// isBacker tells whether an attribute names a friend or a maker and no owner:
// "Turkey-backed rebels" are not Turkey's.
func (s *sentence) isBacker(b *anchor) bool {
	if parts := s.words[b.last-1].parts; len(parts) > 1 && s.scene.r.lex.hasForm("backed", parts[len(parts)-1:]) {
		return true // "UN-brokered" as one word
	}
	return b.last+1 < len(s.words) && s.tree.Words[b.last].Form == "-" && s.scene.r.lex.hasForm("backed", s.words[b.last+1].parts)
}

// ownersOfMembers are those whom a plural attribute stands for: "hun troepen".
func (s *sentence) ownersOfMembers(b *anchor) []owner {
	var out []owner
	for _, id := range b.m.Members {
		kind := kindState
		if id.IsPerson() {
			kind = kindPerson
		} else if !s.scene.isState(casus.ActorID(id.Head())) {
			kind = kindGroup
		}
		out = append(out, owner{id, kind})
	}
	return out
}

// front reads the beginning of a compound role noun: the police in
// "politiewoordvoerder" is an organ whose own owner is looked for.
func (s *sentence) front(a *anchor) ([]owner, bool) {
	if a.role.front == "" {
		return nil, false
	}
	lex := s.scene.r.lex
	inner := lex.roleTails[a.role.front]
	if inner == nil {
		_, inner = lex.compound(a.role.front)
	}
	if inner == nil || inner.sort == office || inner.sort == trade || inner.sort == part {
		return nil, false
	}
	if a.role.sector != "" && inner.sector != "" && a.role.role.sort != member { // "regeringstroepen" are troops
		return nil, false
	}
	first := a.npFirst
	for first < a.first && s.tree.Words[first].UPOS == "DET" {
		first++ // the article is the whole word's
	}
	b := &anchor{first: a.first, last: a.last, head: a.head, npFirst: first, npLast: a.npLast,
		role: &roleHit{first: a.first, last: a.last, head: a.head, role: inner, sector: inner.sector}}
	for i := a.npFirst; i < a.first; i++ {
		if c := s.at[i]; c != nil && c.modifies == a {
			c.modifies = b
			defer func() { c.modifies = a }()
		}
	}
	s.resolveRole(b)
	if b.m.ID == "" {
		return nil, false
	}
	return []owner{{b.m.ID, b.kind}}, true
}

// ownersAfter reads the phrase after a role noun: "van de politie", "of
// Tajikistan and Uzbekistan", "in Bakoe".
func (s *sentence) ownersAfter(a *anchor) []owner {
	at := a.npLast
	if a.role.role.flags["topic"] {
		at = s.skipTopic(at)
	}
	if at >= len(s.words) || !s.ownerPreposition(a.role.role, at) {
		return nil
	}
	b := s.phraseAt(at + 1)
	if b == nil {
		return nil
	}
	s.resolve(b)
	if b.m.ID == "" || b.m.Class == Pronoun {
		return nil
	}
	owners := []owner{s.scene.ownerOf(b)}
	a.npLast = b.npLast
	if a.plural {
		for c := s.conjunctOf(b); c != nil; c = s.conjunctOf(c) {
			s.resolve(c)
			if c.m.ID == "" || c.kind != b.kind {
				break
			}
			owners = append(owners, s.scene.ownerOf(c))
			a.npLast = c.npLast
		}
	}
	return owners
}

// skipTopic goes from the end of "expert" over "on the Sahel" to the "at" of
// where that person works; it stays where it is if there is none.
func (s *sentence) skipTopic(from int) int {
	for i := from; i < len(s.words) && i < from+8; i++ {
		switch s.tree.Words[i].UPOS {
		case "VERB", "AUX", "PUNCT", "CCONJ", "SCONJ":
			return from
		}
		if s.scene.r.lex.has("for", s.words[i]) && i+1 < len(s.words) && s.phraseAt(i+1) != nil {
			return i
		}
	}
	return from
}

// ownerPreposition tells whether the word at i ties an owner to a role. A
// place is no owner of those who are only there: "vluchtelingen in Turkije".
func (s *sentence) ownerPreposition(r *role, i int) bool {
	lex, w := s.scene.r.lex, s.words[i]
	switch {
	case lex.has("of", w):
		return true
	case lex.has("for", w) && (r.sort == member || r.sort == trade || r.sort == fighters || r.sort == office):
		return !r.flags["topic"] || lex.has("in", w)
	case lex.has("from", w):
		return true
	case lex.has("in", w):
		return r.flags["in"]
	}
	return false
}

// phraseAt returns the anchor whose noun phrase begins at a word, not one that
// is only an attribute in it.
func (s *sentence) phraseAt(i int) *anchor {
	for k := i; k < len(s.words) && k < i+8; k++ {
		b := s.at[k]
		if b == nil {
			continue
		}
		for b.modifies != nil {
			b = b.modifies
		}
		if b.hit != nil && b.role == nil && b.hit.alias.class == classAdjective {
			return nil // of a noun that is no actor: "van Turkse makelij"
		}
		if b.same != nil {
			b = b.same
		}
		if b.npFirst <= i && i < b.last {
			return b
		}
		return nil
	}
	return nil
}

// conjunctOf returns the anchor that follows another after a comma or "and".
func (s *sentence) conjunctOf(a *anchor) *anchor {
	at := a.npLast
	if at >= len(s.words) || s.tree.Words[at].Form != "," && !s.scene.r.lex.has("and", s.words[at]) {
		return nil
	}
	if next := at + 1; s.tree.Words[at].Form == "," && next < len(s.words) && s.scene.r.lex.has("and", s.words[next]) {
		at = next // "Malaysia, Cambodia, and Thailand"
	}
	return s.phraseAt(at + 1)
}

// ownerOf is what a mention is as an owner: its state or group, for a town its country.
func (sc *scene) ownerOf(b *anchor) owner {
	if b.hit != nil && b.hit.alias.class == classTown && b.m.ID.Head() != string(b.m.ID) {
		return owner{casus.ActorID(b.m.ID.Head()), kindState}
	}
	return owner{b.m.ID, b.kind}
}
