package frames

import (
	"slices"
	"strings"

	"casus"
	"casus/read/actors"
)

// who returns the actors that a phrase stands for, what is coordinated with it
// included. A thing stands for its owner where owners is set ("Amerikaanse
// bases" is usa). speaker is who "we" and "ons" are inside a quotation.
func (s *sentence) who(w int, owners bool, speaker casus.ActorID) []casus.ActorID {
	var out []casus.ActorID
	for _, i := range s.with(w) {
		for _, id := range s.one(i, owners, speaker) {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

func (s *sentence) one(w int, owners bool, speaker casus.ActorID) []casus.ActorID {
	w = s.core(w)
	if m, ok := s.mentions[w]; ok {
		return mentioned(m, speaker)
	}
	if !owners {
		return nil
	}
	if k := s.child(w, "appos", "flat"); k > w && (s.words[k-1].Form == "," || k == w+1 && s.child(w, "nmod:poss") >= 0) {
		if m, ok := s.mentions[k]; ok && m.Class == actors.Name {
			return mentioned(m, speaker) // "their former colonial power, France"
		}
	}
	return s.owner(w, speaker)
}

func mentioned(m actors.Mention, speaker casus.ActorID) []casus.ActorID {
	switch {
	case m.ID == "" && m.Class == actors.Pronoun && m.Rule == "first-person" && speaker != "":
		return []casus.ActorID{speaker}
	case m.ID == "":
		return slices.Clone(m.Members)
	case m.Class == actors.Collective || len(m.Members) == 0:
		return append([]casus.ActorID{m.ID}, m.Members...)
	}
	return slices.Clone(m.Members)
}

// core goes through words for a quantity or a part to what it is of:
// "tientallen militairen", "delen van de enclave", "groups of migrants", and from
// a noun to the name right behind it: "de rebellenbeweging M23".
func (s *sentence) core(w int) int {
	if _, ok := s.mentions[w]; !ok && w+1 < len(s.words) && s.words[w].UPOS == "NOUN" && s.child(w, "det") >= 0 && s.words[w+1].Head == w && s.words[w+1].UPOS == "PROPN" {
		if rel, id := s.rel(w+1), s.mentions[w+1].ID; id != "" && !id.IsCountry() && (rel == "appos" || rel == "flat") {
			return w + 1
		}
	}
	for n := 0; n < 3; n++ {
		if _, ok := s.mentions[w]; ok || !s.parts[strings.ToLower(s.words[w].Lemma)] && !s.parts[s.lower(w)] {
			return w
		}
		next := s.child(w, "nmod", "appos", "flat", "nummod")
		if next < 0 {
			return w
		}
		w = next
	}
	return w
}

// ownerRelations are the places in a noun phrase where its owner stands.
var ownerRelations = map[string]bool{"amod": true, "nmod": true, "compound": true, "appos": true, "flat": true, "det": true}

// owner returns the actor whose a thing is: by adjective, genitive, compound or of-phrase.
func (s *sentence) owner(w int, speaker casus.ActorID) []casus.ActorID {
	if s.words[w].UPOS == "VERB" {
		return s.undergoer(w, speaker)
	}
	for depth, at := 0, []int{w}; depth < 3 && len(at) > 0; depth++ {
		var next []int
		for _, i := range at {
			for _, k := range s.kids[i] {
				if !ownerRelations[s.rel(k)] || s.aimed[s.preposition(k)] || s.isBackers(k) {
					continue // "de grens met Belarus" is not of Belarus
				}
				if m, ok := s.mentions[k]; ok {
					if ids := mentioned(m, speaker); len(ids) > 0 {
						return s.who(k, false, speaker)
					}
				}
				next = append(next, k)
			}
			if ids := s.sentBy(i, speaker); len(ids) > 0 {
				return ids
			}
		}
		at = next
	}
	return nil
}

// isBackers tells whether an attribute names who made or backs a thing and not
// whose it is: "a UN-brokered truce".
func (s *sentence) isBackers(w int) bool {
	form := s.lower(w)
	cut := strings.LastIndexByte(form, '-')
	return cut > 0 && s.backed[form[cut+1:]]
}

// sentBy returns who stands behind a thing by the participle that modifies it:
// "bulldozers sent by the authorities", "violence linked to Islamist groups".
func (s *sentence) sentBy(thing int, speaker casus.ActorID) []casus.ActorID {
	for _, k := range s.kids[thing] {
		if s.words[k].Deprel != "acl" || s.words[k].UPOS != "VERB" || s.feat(k, "VerbForm") != "Part" {
			continue
		}
		for _, by := range s.kids[k] {
			if p := s.preposition(by); s.rel(by) == "obl" && (s.senders[p] || s.senders[s.lower(k)+" "+p]) {
				if ids := s.who(by, false, speaker); len(ids) > 0 {
					return ids
				}
			}
		}
	}
	return nil
}

// undergoer returns the actor to whom what an infinitive or a clause tells is
// done, for roles that name the whole clause: "threatened to invade Lebanon",
// "stopped cooperating with the agency".
func (s *sentence) undergoer(verb int, speaker casus.ActorID) []casus.ActorID {
	for _, rel := range []string{"obj", "iobj", "obl"} {
		for _, k := range s.kids[verb] {
			if s.rel(k) != rel || rel == "obl" && !s.aimed[s.preposition(k)] && s.preposition(k) != "with" {
				continue
			}
			if ids := s.who(k, true, speaker); len(ids) > 0 {
				return ids
			}
		}
	}
	return nil
}

// onlyPlaced tells whether a thing names nobody but the place where it is: "an
// airstrike in Naungcho" is not Naungcho's.
func (s *sentence) onlyPlaced(w int, g *Grammar) bool {
	if _, ok := s.mentions[w]; ok {
		return false
	}
	placed := false
	for _, k := range s.kids[w] {
		if !ownerRelations[s.rel(k)] {
			continue
		}
		located := g.has("locative", s.preposition(k))
		switch _, named := s.mentions[k]; {
		case named && !located:
			return false
		case named, located && s.onlyPlaced(k, g): // "a blast at a mosque in Peshawar"
			placed = true
		}
	}
	return placed
}

// role fills a role of a frame with actors: the first alternative that names somebody.
func (c *clause) role(role Role, f *Frame, g *Grammar, owners bool, speaker casus.ActorID) []casus.ActorID {
	for _, sum := range role {
		var out []casus.ActorID
		for _, slot := range sum {
			for _, id := range c.slotActors(slot, f, g, owners, speaker) {
				if !slices.Contains(out, id) {
					out = append(out, id)
				}
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

func (c *clause) slotActors(slot string, f *Frame, g *Grammar, owners bool, speaker casus.ActorID) []casus.ActorID {
	if slot == "TOWARDS" {
		for _, p := range g.lists["towards"] {
			if ids := c.slotActors(p, f, g, owners, speaker); len(ids) > 0 {
				return ids
			}
		}
		return nil
	}
	if id, ok := strings.CutPrefix(slot, "@"); ok {
		return []casus.ActorID{casus.ActorID(id)}
	}
	var out []casus.ActorID
	for _, w := range c.fill(slot, f.names("of")) {
		if owners && slot == "agent" && c.s.onlyPlaced(w, g) {
			continue
		}
		ids := c.s.who(w, owners, speaker)
		if c.s.words[c.pred].Deprel == "amod" && w == c.s.words[c.pred].Head {
			ids = c.s.one(w, owners, speaker) // "Turkish-allied groups and the army": only the groups are
		}
		for _, id := range ids {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// phrase returns the head of the first of a role's slots that is filled, -1 for none.
func (c *clause) phrase(role Role, f *Frame) int {
	for _, sum := range role {
		for _, slot := range sum {
			if ws := c.fill(slot, f.names("of")); len(ws) > 0 {
				return ws[0]
			}
		}
	}
	return -1
}
