package actors

import (
	"strings"

	"casus"
)

// followed is whom forces are said to be loyal to, which says more of whose they are
// than where they fight: "forces loyal to Machar", "pro-Haftar forces". It is the
// group that a person leads, else the person; "" where the words say nothing of it.
func (s *sentence) followed(a *anchor) casus.ActorID {
	if sort := a.role.role.sort; sort != fighters && sort != body && sort != kind || a.role.sector == "place" {
		return ""
	}
	if id := s.proName(a); id != "" {
		return s.scene.ledBy(id)
	}
	at := a.npLast
	lex := s.scene.r.lex
	if at+2 >= len(s.words) || !lex.has("loyal", s.words[at]) || s.tree.Words[at+1].UPOS != "ADP" {
		return ""
	}
	b := s.phraseAt(at + 2)
	if b == nil {
		return ""
	}
	s.resolve(b)
	if b.m.ID == "" || b.m.Class == Pronoun {
		return ""
	}
	a.npLast = b.npLast
	return s.scene.ledBy(b.m.ID)
}

// proName reads the name in an attribute that says for whom somebody is: "pro-Haftar",
// by the names of refdata or of a person whom the article has named before.
func (s *sentence) proName(a *anchor) casus.ActorID {
	for i := a.npFirst; i < a.first; i++ {
		parts := s.words[i].parts
		if len(parts) < 2 || !s.scene.r.lex.hasForm("pro", parts[:1]) {
			continue
		}
		for _, found := range s.scene.r.names.lookup(parts[1:]) {
			if !s.scene.isState(casus.ActorID(found.id.Head())) || found.id.IsPerson() {
				return found.id
			}
		}
		for k := len(s.scene.memory.items) - 1; k >= 0; k-- {
			id := s.scene.memory.items[k].a.m.ID
			if id.IsPerson() && strings.HasSuffix(string(id), "-"+strings.Join(parts[1:], "-")) {
				return id
			}
		}
	}
	return ""
}

// ledBy is the armed group or party that a person leads; others are themselves.
func (sc *scene) ledBy(id casus.ActorID) casus.ActorID {
	if !id.IsPerson() {
		return id
	}
	if group := sc.worksFor(id); group != "" && !sc.isState(casus.ActorID(group.Head())) {
		return group
	}
	return id
}
