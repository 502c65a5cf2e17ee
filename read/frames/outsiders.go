package frames

import (
	"slices"
	"strings"

	"casus"
	"casus/read/actors"
)

// outsiders are the persons whom an article brings on as somebody who judges from
// outside: "Anna Smith of the Andean Institute", "a fellow at Chatham House", "who
// teaches law in Leiden".
func (r *reading) outsiders() map[casus.ActorID]bool {
	out := map[casus.ActorID]bool{}
	for _, s := range r.sentences {
		for _, m := range s.mentions {
			if m.ID.IsPerson() && m.Class != actors.Pronoun && r.bringsOnOutsider(s, m) {
				out[m.ID] = true
			}
		}
	}
	return out
}

// bringsOnOutsider tells whether the words that describe a person, behind the name
// or as its apposition, are those for somebody who studies.
func (r *reading) bringsOnOutsider(s *sentence, m actors.Mention) bool {
	for w := m.First; w < m.Last; w++ {
		for _, k := range s.kids[w] {
			switch rel := s.words[k].Deprel; {
			case rel == "acl:relcl":
				if k > w && s.feat(k, "Tense") == "Pres" && r.gram.has("studying", strings.ToLower(s.words[k].Lemma)) {
					return true
				}
			case s.rel(k) == "appos" && s.isAnalystNoun(r.gram, k):
				return true
			case s.rel(k) == "nmod" && k > w && r.gram.has("affiliation", s.preposition(k)) && r.gram.has("think-tank", s.lower(k)):
				return true
			}
		}
	}
	return false
}

// isAnalystNoun tells whether a noun is a word for somebody who judges, or a body
// that studies, or one who leads such a body.
func (s *sentence) isAnalystNoun(g *Grammar, w int) bool {
	lemma := strings.ToLower(s.words[w].Lemma)
	if g.has("analyst", lemma) || g.has("think-tank", lemma) {
		return true
	}
	return g.has("leading", lemma) && slices.ContainsFunc(s.kids[w], func(k int) bool { return g.has("think-tank", s.lower(k)) })
}
