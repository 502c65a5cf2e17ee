package actors

import (
	"strings"

	"casus"
)

// roleHit is a role noun found in a sentence, with the portfolio that belongs
// to it: "ministerie van Defensie", "foreign minister".
type roleHit struct {
	first, last int
	head        int // the noun itself
	role        *role
	sector      string
	office      string // in refdata's offices
	front       string // what a compound begins with: "politie" in "politiewoordvoerder"
}

// findRoles finds role nouns in a sentence. Names have not been looked for
// yet, so that a title beside a name is not taken for a part of it.
func (s *sentence) findRoles(r *Resolver) {
	for i := 0; i < len(s.words); {
		h := s.roleHitAt(r.lex, i)
		if h == nil {
			i++
			continue
		}
		for k := h.first; k < h.last; k++ {
			s.roleAt[k] = h
		}
		s.roles = append(s.roles, h)
		i = h.last
	}
}

func (s *sentence) roleHitAt(lex *Lexicon, i int) *roleHit {
	if h := s.portfolioFirst(lex, i); h != nil {
		return h
	}
	found, end := lex.roles.longest(s.words, i)
	var h *roleHit
	if r := s.fitting(found, i, end); r != nil {
		h = &roleHit{first: i, last: end, head: s.topOf(i, end), role: r, sector: r.sector, office: r.office}
	} else {
		h = s.compoundRole(lex, i)
	}
	if h != nil && h.role.flags["portfolio"] {
		s.portfolioAfter(lex, h)
	}
	return h
}

// surelyNoun is the length from which a form in the tables is a noun whatever
// the tagger, which guesses at rare compounds, makes of it.
const surelyNoun = 8

// fitting returns the role that the word's part of speech allows.
func (s *sentence) fitting(found []*role, i, end int) *role {
	for _, r := range found {
		upos := s.tree.Words[i].UPOS
		if end == i+1 && (upos == "ADJ" && s.tree.Words[i].Deprel == "amod" || upos == "VERB" && len(s.tree.Words[i].Form) < surelyNoun || upos == "AUX" || upos == "ADV" || upos == "ADP") {
			continue
		}
		if r.flags["plural"] && strings.Contains(s.tree.Words[i].Feats, "Number=Sing") {
			continue
		}
		return r
	}
	return nil
}

// compoundRole reads a noun written as one word with a role at its end. The
// front may be a portfolio ("defensieminister") or a role of its own.
func (s *sentence) compoundRole(lex *Lexicon, i int) *roleHit {
	w := s.tree.Words[i]
	if w.UPOS != "NOUN" && w.UPOS != "PROPN" && w.UPOS != "ADJ" || len(s.words[i].parts) == 0 {
		return nil
	}
	noun := strings.Join(s.words[i].parts, "")
	if len(noun) > 60 {
		return nil
	}
	front, r := lex.compound(noun)
	if r == nil && s.words[i].lemma != "" {
		front, r = lex.compound(strings.ReplaceAll(s.words[i].lemma, " ", ""))
	}
	if r == nil || s.words[i].upper && !s.starts[i] {
		return nil
	}
	h := &roleHit{first: i, last: i + 1, head: i, role: r, sector: r.sector, office: r.office, front: front}
	if v := lex.portfolios.lookup(fold(front)); len(v) > 0 && r.flags["portfolio"] {
		h.take(v[0])
		h.front = ""
	}
	return h
}

// key is what two mentions of one role share: soldiers and troops are both mil.
func (h *roleHit) key() string {
	if h.role.sort == body {
		return h.sector
	}
	return h.role.rule + h.sector
}

// take gives a minister or ministry its field.
func (h *roleHit) take(p portfolio) {
	h.sector, h.office = p.sector, p.office
	if h.role.office == "deputy-minister" && p.office != "" {
		h.office = "deputy-" + p.office
	}
}

// portfolioFirst reads "foreign minister" and "Defence Ministry", and a
// portfolio by itself where it is capitalised ("Binnenlandse Zaken").
func (s *sentence) portfolioFirst(lex *Lexicon, i int) *roleHit {
	fields, end := lex.portfolios.longest(s.words, i)
	if len(fields) == 0 {
		return nil
	}
	if found, last := lex.roles.longest(s.words, end); len(found) > 0 && found[0].flags["portfolio"] {
		h := &roleHit{first: i, last: last, head: s.topOf(i, last), role: found[0]}
		h.take(fields[0])
		return h
	}
	if lex.elided == nil || !s.words[i].upper || s.starts[i] {
		return nil
	}
	return &roleHit{first: i, last: end, head: s.topOf(i, end), role: lex.elided, sector: fields[0].sector}
}

// portfolioAfter adds "van Buitenlandse Zaken" to a minister or ministry.
func (s *sentence) portfolioAfter(lex *Lexicon, h *roleHit) {
	at := h.last
	if at+1 >= len(s.words) || !lex.has("of", s.words[at]) {
		return
	}
	from := at + 1
	if lex.has("definite", s.words[from]) && from+1 < len(s.words) {
		from++
	}
	if fields, end := lex.portfolios.longest(s.words, from); len(fields) > 0 {
		h.take(fields[0])
		h.last = end
		return
	}
	if h.role.sort != organ {
		return
	}
	for end := from; end < len(s.words) && s.words[end].upper && len(s.words[end].parts) > 0 && !s.isNamed(end); end++ {
		h.last = end + 1 // a ministry whose field no table has
	}
}

// isNamed tells whether refdata's names begin at a word, before findNames has run.
func (s *sentence) isNamed(i int) bool {
	_, ok := s.nameAt(s.scene.r, i)
	return ok
}

// topOf returns the word of a stretch whose governor lies outside it.
func (s *sentence) topOf(first, last int) int {
	top := -1
	for i := first; i < last && i < len(s.tree.Words); i++ {
		if head := s.tree.Words[i].Head; first <= head && head < last {
			continue
		}
		switch s.tree.Words[i].UPOS {
		case "PUNCT", "DET", "ADP", "CCONJ", "PART":
			top = max(top, i)
			continue
		}
		if s.tree.Words[i].Deprel == "advmod" && i+1 < last {
			top = max(top, i)
			continue // "doodde uiteindelijk Hezbollahleider Nasrallah"
		}
		return i
	}
	return max(top, first)
}

// isPerson tells whether the role is that of one person, so that a name beside
// it is a person's; for a body of people see the flag "one".
func (r *role) isPerson() bool {
	switch r.sort {
	case office, member, trade:
		return true
	}
	return r.sort == kind && r.sector == string(casus.ActorPerson)
}
