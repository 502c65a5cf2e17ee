package actors

import (
	"slices"
	"strings"

	"casus"
)

// longestFullName bounds, in words, the name looked for before an acronym.
const longestFullName = 12

// bindAcronyms ties "Full Name (ACR)" together: the acronym stands for the
// name in the whole article. Where refdata knows only the acronym, the words
// before it are read as that actor, unless they are plainly another's name.
func (sc *scene) bindAcronyms() {
	bound := map[string]*alias{}
	for _, s := range sc.sentences {
		for i := 1; i+2 < len(s.words); i++ {
			if end := s.bracketed(i); end > 0 {
				s.bindAcronym(i, end, bound)
			}
		}
	}
	if len(bound) == 0 {
		return
	}
	for _, s := range sc.sentences {
		s.findAcronyms(bound)
	}
}

// findAcronyms names the acronyms that the article has introduced.
func (s *sentence) findAcronyms(bound map[string]*alias) {
	for i, w := range s.words {
		if !w.caps {
			continue
		}
		last := i + 1
		for last+1 < len(s.words) && s.joins(last) && s.words[last+1].caps {
			last += 2
		}
		key, _ := s.nameText(i, last)
		a := bound[key]
		if a == nil {
			continue
		}
		if h := s.hitAt[i]; h == nil || h.first == i && h.last <= last {
			s.cover(i, last, a, "acronym of "+a.text)
		}
	}
}

// bracketed returns where the closing bracket stands if an acronym alone
// stands in brackets from open, else 0.
func (s *sentence) bracketed(open int) int {
	if s.tree.Words[open].Form != "(" {
		return 0
	}
	for i := open + 1; i < len(s.words) && i < open+7; i++ {
		switch {
		case s.tree.Words[i].Form == ")" && i > open+1:
			return i
		case !s.words[i].caps && !s.joins(i) && !(i > open+1 && s.words[i].upper) && !(i == open+1 && s.named[i]):
			return 0
		}
	}
	return 0
}

// bindAcronym reads what stands in brackets from open to end.
func (s *sentence) bindAcronym(open, end int, bound map[string]*alias) {
	key, acronym := s.nameText(open+1, end)
	known, before := s.hitAt[open+1], s.hitAt[open-1]
	first := s.initialsBefore(open, strings.ReplaceAll(key, " ", ""))
	switch {
	case known != nil && before != nil && before.alias.id == known.alias.id:
		s.cover(before.first, end+1, before.alias, before.rule)
	case known != nil && first >= 0 && s.otherName(first, open, known.alias), known == nil && first >= 0 && !s.isOffice(open-1):
		s.bindNewcomer(first, open, acronym, bound)
	case known != nil && first >= 0:
		s.cover(first, end+1, known.alias, known.rule)
	case known != nil && before == nil:
		if first = s.fullNameBefore(open); first < open {
			s.cover(first, end+1, known.alias, known.rule)
		}
	case known == nil && before != nil && before.alias.class == className:
		bound[key] = before.alias
	}
}

func (s *sentence) isOffice(i int) bool {
	return s.roleAt[i] != nil && s.roleAt[i].role.isPerson()
}

// bindNewcomer gives an organisation the id of its acronym, within the state
// whose body its last word says that it is.
func (s *sentence) bindNewcomer(first, open int, acronym string, bound map[string]*alias) {
	key, name := s.nameText(first, open)
	id := casus.ActorID(slug(acronym))
	if s.scene.r.lex.hasForm("official", []string{last(strings.Fields(key))}) {
		if state := s.scene.mostNamed; state != "" {
			id = state + "/" + id
		}
	}
	if !id.Valid() {
		return
	}
	a := &alias{text: name, id: id, kind: casus.ActorOrganisation, class: className, upper: true}
	s.cover(first, open, a, "new: before its acronym")
	acronymKey, _ := s.nameText(open+1, open+1+len(fold(acronym)))
	bound[acronymKey] = a
	bound[strings.Join(fold(acronym), " ")] = a
}

// otherName tells whether words are the name of another actor than an acronym
// stands for in refdata: most of them are in none of its names.
func (s *sentence) otherName(first, open int, a *alias) bool {
	key, _ := s.nameText(first, open)
	words := strings.Fields(key)
	for _, name := range s.scene.knownNames(a.id) {
		shared := 0
		for _, part := range fold(name) {
			if slices.Contains(words, part) {
				shared++
			}
		}
		if 2*shared >= len(words) {
			return false
		}
	}
	return true
}

// cover makes the words from first to last one name and forgets the names inside.
func (s *sentence) cover(first, last int, a *alias, rule string) {
	for i := first; i < last; i++ {
		if h := s.hitAt[i]; h != nil {
			h.gone = true
		}
	}
	s.addHit(hit{first: first, last: last, alias: a, rule: rule})
}

// fullNameBefore returns where the name before an acronym begins: back to the
// first capital of the phrase; open itself if there is none.
func (s *sentence) fullNameBefore(open int) int {
	first := open
	for i := open - 1; i >= 0 && open-i <= longestFullName; i-- {
		w := s.tree.Words[i]
		if s.named[i] || w.UPOS == "VERB" || w.UPOS == "AUX" || w.UPOS == "PUNCT" && !s.joins(i) {
			break
		}
		if s.words[i].upper && !s.starts[i] {
			first = i
		}
	}
	return first
}

// initialsBefore returns where a name begins whose words begin with the
// acronym's letters, -1 if none does.
func (s *sentence) initialsBefore(open int, acronym string) int {
	letters := []rune(acronym)
	at := len(letters) - 1
	for i := open - 1; i >= 0 && open-i <= longestFullName && at >= 0; i-- {
		w := s.tree.Words[i]
		if w.UPOS == "VERB" || w.UPOS == "AUX" || w.UPOS == "PUNCT" && !s.joins(i) {
			return -1
		}
		hyphen := i > 0 && s.joins(i-1) || s.joins(i+1)
		for k := len(s.words[i].parts) - 1; k >= 0 && at >= 0; k-- {
			if strings.HasPrefix(s.words[i].parts[k], string(letters[at])) && (s.words[i].upper || k > 0 || hyphen) {
				at--
			}
		}
		if at < 0 {
			return i
		}
	}
	return -1
}
