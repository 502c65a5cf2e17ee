package actors

import (
	"strings"
	"unicode"

	"casus"
)

// guess is what an article shows a run to be, and how strongly.
type guess struct {
	kind     casus.ActorKind // "" is a place
	strength int             // the higher the surer; 0 is no guess
	rule     string
}

// judge says what the words around a run show it to be.
func (s *sentence) judge(r run) guess {
	lex := s.scene.r.lex
	if h := s.kindBefore(r.first); h != nil {
		return guess{kindOf(h.role.sector), 9, h.role.rule}
	}
	if r.last < len(s.words) && s.roleAt[r.last] != nil && s.roleAt[r.last].role.flags["after"] {
		return guess{kindOf(s.roleAt[r.last].role.sector), 9, s.roleAt[r.last].role.rule}
	}
	if r.last > r.first+1 && s.isPlaceNoun(r.last-1) {
		return guess{"", 9, "a word for a place"}
	}
	for i := r.first; i < r.last; i++ {
		if lex.isThing(s.words[i]) {
			return guess{"", noActor, "a word for a thing"}
		}
		if lex.has("organ", s.words[i]) {
			return guess{casus.ActorOrganisation, 8, "a word for an organisation"}
		}
	}
	if h := s.roleBefore(r.first); h != nil && (h.role.isPerson() || h.role.flags["one"]) || r.first > 0 && lex.has("honorific", s.words[r.first-1]) {
		return guess{casus.ActorPerson, 7, "title"}
	}
	if s.personAfter(r.last) {
		return guess{casus.ActorPerson, 6, "apposition"}
	}
	return s.judgeByPlace(r)
}

// isPlaceNoun tells whether a noun for a kind of place stands behind names of
// such places in this language: "State", "Township".
func (s *sentence) isPlaceNoun(i int) bool {
	h := s.roleAt[i]
	return h != nil && h.role.sort == kind && h.role.sector == "place" && h.role.flags["after"]
}

// isThing tells whether a word, or the end of a compound, names what is no
// actor: a treaty, a street.
func (l *Lexicon) isThing(w word) bool {
	if l.has("thing", w) {
		return true
	}
	noun := w.folded()
	for cut := 3; cut <= len(noun)-4 && cut < 40; cut++ {
		if l.hasForm("thing", []string{noun[cut:]}) {
			return true
		}
	}
	return false
}

func kindOf(sector string) casus.ActorKind {
	if sector == "place" {
		return ""
	}
	return casus.ActorKind(sector)
}

// judgeByPlace guesses from the run's own form and the word before it.
func (s *sentence) judgeByPlace(r run) guess {
	lex := s.scene.r.lex
	parts := strings.Fields(r.key)
	single := len(parts) == 1
	if r.first > 0 {
		before := s.words[r.first-1]
		switch {
		case s.locative(r.first):
			return guess{"", 5, "place preposition"}
		case single && s.words[r.first].caps:
		case lex.has("definite", before) && s.tree.Words[r.first-1].UPOS == "DET":
			return guess{casus.ActorOrganisation, 3, "article"}
		}
	}
	if single && r.last < len(s.words) && s.tree.Words[r.last].UPOS == "NUM" && len(r.key) < 5 {
		return guess{"", noActor, "a month"}
	}
	if single && s.words[r.first].caps {
		return guess{casus.ActorOrganisation, 4, "capitals"}
	}
	if head := s.tree.Words[s.topOf(r.first, r.last)]; head.Deprel == "nsubj" && head.Head >= 0 && lex.has("say", s.words[head.Head]) {
		return guess{casus.ActorPerson, 4, "speaks"}
	}
	if !single && len(parts) <= 5 {
		return guess{casus.ActorPerson, 2, "two capitalised words"}
	}
	if s.starts[r.first] {
		return guess{}
	}
	return guess{casus.ActorOrganisation, 1, "capitalised"}
}

// roleBefore returns the role noun that ends right before a word, with or
// without a comma between.
func (s *sentence) roleBefore(i int) *roleHit {
	if i > 1 && s.tree.Words[i-1].Form == "," && s.roleAt[i-2] != nil && s.roleAt[i-2].role.sort == office {
		return s.roleAt[i-2]
	}
	if i > 0 {
		return s.roleAt[i-1]
	}
	return nil
}

// kindBefore returns the noun before a name that tells what it is: "het dorp
// X", "the village of X".
func (s *sentence) kindBefore(i int) *roleHit {
	h := s.roleBefore(i)
	if h == nil && i > 1 && s.scene.r.lex.has("of", s.words[i-1]) {
		h = s.roleAt[i-2]
	}
	if h == nil || h.role.sort != kind {
		return nil
	}
	return h
}

// personAfter tells whether an age or a personal role stands in apposition.
func (s *sentence) personAfter(i int) bool {
	if i+1 >= len(s.words) || s.tree.Words[i].Form != "," && s.tree.Words[i].Form != "(" {
		return false
	}
	if form := s.tree.Words[i+1].Form; len(form) == 2 && form > "14" && form < "99" && unicode.IsDigit(rune(form[1])) {
		return true
	}
	for k := i + 1; k < len(s.words) && k < i+7; k++ {
		if h := s.roleAt[k]; h != nil {
			return h.role.isPerson() && (k+1 >= len(s.words) || !s.words[min(h.last, len(s.words)-1)].upper)
		}
		switch s.tree.Words[k].UPOS {
		case "VERB", "AUX", "PUNCT", "CCONJ", "SCONJ":
			return false
		}
	}
	return false
}
