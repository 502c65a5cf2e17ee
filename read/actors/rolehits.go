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
	if r := s.fitting(found, i); r != nil {
		h = &roleHit{first: i, last: end, head: i, role: r, sector: r.sector}
		if lex.lang == "en" { // the noun stands last in an English phrase
			h.head = end - 1
		}
	} else {
		h = s.compoundRole(lex, i)
	}
	if h != nil && h.role.flags["portfolio"] {
		s.portfolioAfter(lex, h)
	}
	return h
}

// fitting returns the role that the word's part of speech allows.
func (s *sentence) fitting(found []*role, i int) *role {
	for _, r := range found {
		upos := s.tree.Words[i].UPOS
		if len(r.forms) > 0 && (upos == "VERB" || upos == "AUX" || upos == "ADV" || upos == "ADP") {
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
	h := &roleHit{first: i, last: i + 1, head: i, role: r, sector: r.sector, front: front}
	if sector := lex.portfolio(front); sector != "" && r.flags["portfolio"] {
		h.sector, h.front = "gov/"+sector, ""
	}
	return h
}

func (l *Lexicon) portfolio(folded string) string {
	if v := l.portfolios.lookup(fold(folded)); len(v) > 0 {
		return v[0]
	}
	return ""
}

// portfolioFirst reads "foreign minister" and "Defence Ministry", and a
// portfolio by itself where it is capitalised ("Binnenlandse Zaken").
func (s *sentence) portfolioFirst(lex *Lexicon, i int) *roleHit {
	sectors, end := lex.portfolios.longest(s.words, i)
	if len(sectors) == 0 {
		return nil
	}
	if found, last := lex.roles.longest(s.words, end); len(found) > 0 && found[0].flags["portfolio"] {
		return &roleHit{first: i, last: last, head: last - 1, role: found[0], sector: "gov/" + sectors[0]}
	}
	if lex.lang != "nl" || !s.words[i].upper || s.starts[i] {
		return nil
	}
	ministry := lex.roles.lookup([]string{"ministerie"})
	if len(ministry) == 0 {
		return nil
	}
	return &roleHit{first: i, last: end, head: s.topOf(i, end), role: ministry[0], sector: "gov/" + sectors[0]}
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
	if sectors, end := lex.portfolios.longest(s.words, from); len(sectors) > 0 {
		h.sector, h.last = "gov/"+sectors[0], end
		return
	}
	if h.role.sort != organ {
		return
	}
	for end := from; end < len(s.words) && s.words[end].upper && len(s.words[end].parts) > 0 && !s.knownName(lex, end); end++ {
		h.last = end + 1 // a ministry whose field no table has
	}
}

// knownName tells whether a place or state is named here.
func (s *sentence) knownName(_ *Lexicon, i int) bool {
	_, ok := s.nameAt(s.scene.r, i)
	return ok
}

// topOf returns the word of a stretch whose governor lies outside it.
func (s *sentence) topOf(first, last int) int {
	for i := first; i < last && i < len(s.tree.Words); i++ {
		if head := s.tree.Words[i].Head; (head < first || head >= last) && s.tree.Words[i].UPOS != "PUNCT" {
			return i
		}
	}
	return first
}

// isPerson tells whether the role is that of one person, so that a name beside
// it is a person's.
func (r *role) isPerson() bool {
	switch r.sort {
	case office, member, trade:
		return true
	}
	return r.sort == kind && r.sector == string(casus.ActorPerson)
}
