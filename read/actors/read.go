package actors

import (
	"cmp"
	"slices"
	"strings"

	"casus"
)

// read resolves a sentence's anchors in the order of the text and returns its
// mentions.
func (s *sentence) read() []Mention {
	s.findAnchors()
	s.boundPhrases()
	s.bindPersons()
	s.bindKinds()
	for _, a := range s.anchors {
		s.resolve(a)
		s.remember(a)
		s.scene.noteKind(a)
	}
	s.scene.memory.join(s)
	var out []Mention
	for _, a := range s.anchors {
		if a.same == nil {
			out = append(out, s.mention(a)...)
		}
	}
	out = append(out, s.quantities()...)
	slices.SortStableFunc(out, func(a, b Mention) int {
		return cmp.Or(a.First-b.First, b.Last-a.Last)
	})
	return out
}

// heads gives for each word the mention that it is the head of, or a second
// head of, where the tree has cut a phrase in two; attributes come last.
func (s *sentence) heads(mentions []Mention) []int {
	heads := make([]int, len(s.words))
	for i := range heads {
		heads[i] = -1
	}
	for pass := range 3 {
		for n, m := range mentions {
			if (m.Class == Adjective) != (pass == 2) {
				continue
			}
			if pass != 1 && heads[m.Head] < 0 {
				heads[m.Head] = n
			}
			for i := m.First; pass == 1 && i < m.Last; i++ {
				if g := s.tree.Words[i].Head; heads[i] < 0 && (g < m.First || g >= m.Last) && s.isNominal(i) {
					heads[i] = n
				}
			}
		}
	}
	return heads
}

func (s *sentence) isNominal(i int) bool {
	switch s.tree.Words[i].UPOS {
	case "NOUN", "PROPN", "X":
		return s.at[i] == nil || s.at[i].modifies == nil
	}
	return false
}

// resolve finds who an anchor is, once.
func (s *sentence) resolve(a *anchor) {
	if a.state != pending {
		return
	}
	a.state = resolving
	switch {
	case a.same != nil:
		s.resolve(a.same)
		a.m, a.kind = a.same.m, a.same.kind
	case a.role != nil:
		s.resolveRole(a)
	case a.hit != nil:
		s.resolveName(a)
	case a.collective != nil:
		s.resolveCollective(a)
	case a.pronoun != nil:
		s.resolvePronoun(a)
	case a.description != nil:
		s.resolveDescription(a)
	}
	a.state = resolved
}

// resolveName says who a name is and what it can serve as.
func (s *sentence) resolveName(a *anchor) {
	al := a.hit.alias
	a.m.ID, a.m.Rule, a.m.Class = al.id, a.hit.rule, Name
	a.kind = kindOfActor(al.kind)
	switch {
	case al.class == classAdjective || a.hit.rest != "" || a.last < len(s.words) && s.joins(a.last):
		a.m.Class = Adjective
	case al.class == classTown:
		a.m.Class, a.kind = Place, kindPlace
	case al.class == classDemonym:
		a.plural = !al.single
		if !s.pointsBack(a) {
			a.kind = kindPeople // "Afghanen", not "de Amerikanen"
		}
	case al.kind == casus.ActorPopulation && !s.scene.isState(al.id):
		a.m.Class, a.plural = Population, true
		if s.isOnePerson(a) {
			a.kind, a.plural = kindPerson, false
		}
	case al.kind == casus.ActorState && !s.scene.isState(al.id):
		a.m.Class = Collective
	}
	if state := s.stateBefore(a.first); state != "" && s.scene.r.lex.hasForm("branch", fold(al.text)) {
		a.m.ID = state + "/" + al.id // "the Libyan Red Crescent"
	}
	if al.kind == casus.ActorPerson {
		s.learnOffice(a)
	} else if s.numberOfVerb(a.head) == "some" {
		a.plural = true // "de VS sturen"
	}
	s.setPlace(a)
}

// setPlace says which place a name is, if it is one.
func (s *sentence) setPlace(a *anchor) {
	id, al := a.m.ID, a.hit.alias
	switch {
	case al.class == classCapital:
		a.m.Where = []string{al.text, string(id)}
		if body := s.scene.seatedIn(al); body != nil && (a.npFirst == 0 || !s.scene.r.lex.has("in", s.words[a.npFirst-1])) {
			a.m.ID, a.kind = body.id, kindOfActor(body.kind)
		} else if s.acts(a) {
			a.m.ID = s.scene.governor(id)
		}
	case al.class == classTown && a.hit.fresh:
		s.settle(a)
	case al.class == classTown:
		a.m.Where = []string{al.text, id.Head()}
		if al.id == casus.ActorID(id.Head()) {
			a.m.Where = []string{string(id)}
		}
	case al.class == className || al.class == classAcronym || al.class == classAdjective:
		if place, ok := s.scene.r.world.Place(id); ok {
			a.m.Where = []string{string(id)}
			if place.Country != "" && place.Country != id {
				a.m.Where = append(a.m.Where, string(place.Country))
			}
		}
	}
	a.m.Place = len(a.m.Where) > 0
}

// seatedIn returns the body that a capital's name stands for in place of its
// country, as Brussels does for the EU where the article has no Belgians.
func (sc *scene) seatedIn(capital *alias) *alias {
	for _, a := range sc.r.names.lookup(fold(capital.text)) {
		if a.class == classMetonym && a.id != capital.id && !sc.countries[capital.id] {
			return a
		}
	}
	return nil
}

// settle puts a place that refdata does not know into the country that is named
// behind it ("Abyan, Jemen"), or that the passage is about.
func (s *sentence) settle(a *anchor) {
	al := a.hit.alias
	a.m.Where = []string{al.text}
	country, known := s.scene.settled[al]
	if !known {
		if next := s.conjunctOf(a); next != nil && s.tree.Words[a.npLast].Form == "," && next.hit != nil && s.scene.isState(next.hit.alias.id) {
			country = next.hit.alias.id
		} else if found := s.scene.memory.present([]string{kindState}, s.index, nil); len(found) > 0 {
			country = found[0].id
		}
		s.scene.settled[al] = country
	}
	if country != "" {
		a.m.ID = country + "/" + al.id
		a.m.Where = append(a.m.Where, string(country))
	}
}

// acts tells whether a capital's name stands where its government is meant: as
// a subject, object or owner, not after a preposition of place.
func (s *sentence) acts(a *anchor) bool {
	if before := a.npFirst - 1; before >= 0 {
		return !s.scene.r.lex.locates(s.words[before])
	}
	return true
}

// resolveCollective says who "westerse landen" are; the members that the
// article lists beside them are left to its other mentions.
func (s *sentence) resolveCollective(a *anchor) {
	c := a.collective
	a.m.ID, a.m.Rule, a.m.Class = c.id, c.rule, Collective
	a.kind, a.plural = kindOfActor(c.kind), c.plural
	switch {
	case c.class == "adjective":
		a.m.Class = Adjective
	case c.class == "place":
		a.m.Place, a.m.Where, a.kind = true, []string{string(c.id)}, kindPlace
	case c.kind == casus.ActorPopulation:
		a.m.Class = Population
		if s.isOnePerson(a) {
			a.kind, a.plural = kindPerson, false
		}
		s.ownPopulation(a)
	}
}

// isOnePerson tells whether a phrase for people speaks of one of them: "a
// Western diplomat".
func (s *sentence) isOnePerson(a *anchor) bool {
	h := s.roleAt[a.last-1]
	return h != nil && (h.role.isPerson() || h.role.flags["one"]) && !s.isPlural(a)
}

// ownPopulation gives people that refdata knows in general ("betogers") the
// state that the phrase names, if any.
func (s *sentence) ownPopulation(a *anchor) {
	for i := a.npFirst; i < a.first; i++ {
		if b := s.at[i]; b != nil && b.modifies == a && b.hit != nil {
			s.resolve(b)
			if state := casus.ActorID(b.m.ID.Head()); s.scene.isState(state) {
				a.m.ID = state + "/" + a.m.ID
				return
			}
		}
	}
}

// setPart makes "het noorden", "de hoofdstad" or "de grens" a place of its owner.
func (s *sentence) setPart(a *anchor, o owner) {
	country := casus.ActorID(o.id.Head())
	if !s.scene.isState(country) && o.kind != kindPlace {
		a.m.ID = ""
		return
	}
	a.m.Place = true
	if a.role.sector == "" {
		a.m.ID, a.m.Where = country, []string{string(country)}
		return
	}
	a.m.ID = country + casus.ActorID("/"+a.role.sector)
	a.m.Where = []string{string(a.m.ID), string(country)}
}

// remember keeps an anchor for what is read after it.
func (s *sentence) remember(a *anchor) {
	if a.m.ID == "" || a.same != nil {
		return
	}
	mem := &s.scene.memory
	if a.role == nil || !s.isPredicate(a) {
		mem.keep(a, s)
	}
	if a.role != nil && a.hit == nil && a.role.role.sort != part && !a.follows {
		mem.roles[a.role.key()] = a
		mem.roles[a.role.role.rule] = a
	}
	ids := a.m.Members
	if len(ids) == 0 {
		ids = []casus.ActorID{a.m.ID}
	}
	for _, id := range ids {
		if a.kind == kindOrg || a.kind == kindGroup || a.kind == kindAlliance {
			mem.weigh(id, a.kind, s.index, s.weightOf(a))
		}
		topic, kind := s.scene.presenceOf(id, a.kind)
		if topic == "" || kind != kindState {
			continue
		}
		w := s.weightOf(a)
		if topic != id {
			w *= weightInherits
		}
		mem.weigh(topic, kind, s.index, w)
	}
}

// weightOf is how much a mention makes its actor present.
func (s *sentence) weightOf(a *anchor) float64 {
	relation := s.tree.Words[a.head].Deprel
	switch {
	case a.m.Class == Adjective, a.modifies != nil, a.hit != nil && a.kind == kindPeople:
		return weightOther
	case s.isSubject(a.head) && s.isSubordinate(s.clauses[a.head]):
		return weightClause
	case s.isSubject(a.head):
		return weightSubject
	case a.m.Place && !s.acts(a):
		return weightPlace
	case relation == "obj" || relation == "iobj":
		return weightObject
	}
	return weightOther
}

// isSubordinate tells whether a clause's head is that of a relative or
// adverbial clause.
func (s *sentence) isSubordinate(clause int) bool {
	relation := s.tree.Words[clause].Deprel
	return strings.HasPrefix(relation, "acl") || strings.HasPrefix(relation, "advcl")
}

// mention makes the mentions of an anchor: one, or none where nobody was found.
func (s *sentence) mention(a *anchor) []Mention {
	if a.m.ID == "" && a.m.Class != Pronoun {
		return nil
	}
	m := a.m
	m.First, m.Last = a.npFirst, a.npLast
	if a.pronoun != nil || m.Class == Adjective || a.modifies != nil || a.hit != nil && a.hit.genitive {
		m.First, m.Last = a.first, a.last
	}
	m.Head = s.topOf(m.First, m.Last)
	if (a.hit == nil || a.role != nil) && len(a.titles) == 0 && m.First <= a.head && a.head < m.Last {
		m.Head = a.head // the noun that was recognised rather than whatever the tree has on top
	}
	m.Span = s.span(m.First, m.Last)
	out := []Mention{m}
	if a.hit != nil && a.hit.rest != "" && m.ID != a.hit.alias.id {
		name := Mention{First: a.first, Last: a.last, Head: a.head, ID: a.hit.alias.id, Class: Adjective, Rule: a.hit.rule}
		name.Span = s.span(a.first, a.last)
		out = append(out, name)
	}
	return out
}

// span is the stretch of text of some words, without a genitive clitic.
func (s *sentence) span(first, last int) casus.Span {
	for last-1 > first && s.words[last-1].clit {
		last--
	}
	return casus.Span{Start: s.tree.Words[first].Span.Start, End: s.tree.Words[last-1].Span.End}
}

// quantities adds mentions for words that count somebody: "tientallen
// betogers", "een van de leden", "a group of rebels".
func (s *sentence) quantities() []Mention {
	var out []Mention
	heads := map[int]Mention{}
	for _, a := range s.anchors {
		if a.same == nil && a.m.ID != "" && a.m.Class != Adjective && (a.plural || a.role != nil || a.pronoun != nil) {
			m := s.mention(a)[0]
			heads[m.Head] = m
		}
	}
	for i, w := range s.tree.Words {
		g := w.Head
		if g < 0 || g >= i || s.at[g] != nil || !strings.HasPrefix(w.Deprel, "nmod") {
			continue
		}
		m, ok := heads[i]
		if !ok || w.Deprel == "nmod:poss" || !s.isQuantity(g) || !s.onlyBetween(g+1, m.First) {
			continue
		}
		m.First, m.Last = min(g, m.First), max(g+1, m.Last)
		m.Head, m.Rule, m.Span = g, m.Rule+", quantity", s.span(m.First, m.Last)
		out = append(out, m)
		heads[i] = m
	}
	return out
}

// onlyBetween tells whether nothing but small words stands from first to last.
func (s *sentence) onlyBetween(first, last int) bool {
	for i := first; i < last; i++ {
		switch s.tree.Words[i].UPOS {
		case "ADP", "DET", "ADJ", "PRON", "PART":
		default:
			return false
		}
	}
	return last-first < 5
}

func (s *sentence) isQuantity(i int) bool {
	return s.tree.Words[i].UPOS == "NUM" || s.scene.r.lex.has("quantity", s.words[i])
}
