package actors

import (
	"strings"

	"casus"
)

// bindAcronyms ties "Full Name (ACR)" together: the acronym stands for the
// name in the whole article, and where refdata knows only the acronym, the
// words before it are read as that actor.
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
		for i, w := range s.words {
			if !w.caps || s.named[i] {
				continue
			}
			last := i + 1
			for last+1 < len(s.words) && s.joins(last) && s.words[last+1].caps {
				last += 2
			}
			key, _ := s.nameText(i, last)
			if a := bound[key]; a != nil && s.notNamed(i, last) {
				s.addHit(hit{first: i, last: last, alias: a, fresh: true, rule: "acronym of " + a.text})
			}
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
		case !s.words[i].caps && !s.joins(i) && !(i > open+1 && s.words[i].upper):
			return 0
		}
	}
	return 0
}

// bindAcronym reads one bracketed acronym, whose bracket stands at open.
func (s *sentence) bindAcronym(open, end int, bound map[string]*alias) {
	acronym := s.hitAt(open + 1)
	before := s.hitAt(open - 1)
	switch {
	case acronym != nil && before != nil && before.alias.id == acronym.alias.id:
		before.last = end + 1
		s.removeHit(acronym)
		s.named[open], s.named[end] = true, true
	case acronym != nil && before == nil:
		first := s.fullNameBefore(open, acronym.alias)
		if first < open {
			for i := first; i <= end; i++ {
				s.named[i] = true
			}
			acronym.first, acronym.last = first, end+1
		}
	case acronym == nil:
		key, _ := s.nameText(open+1, end)
		first := s.initialsBefore(open, strings.ReplaceAll(key, " ", ""))
		if before != nil && before.alias.class == className {
			bound[key] = before.alias
			return
		}
		if first < 0 {
			return
		}
		_, name := s.nameText(first, open)
		a := &alias{text: name, id: casus.ActorID(slug(name)), kind: casus.ActorOrganisation, class: className, upper: true}
		if a.id.Valid() {
			s.addHit(hit{first: first, last: open, alias: a, fresh: true, rule: "new: before its acronym"})
			bound[key] = a
		}
	}
}

func (s *sentence) hitAt(i int) *hit {
	for k := range s.hits {
		if s.hits[k].first <= i && i < s.hits[k].last {
			return &s.hits[k]
		}
	}
	return nil
}

func (s *sentence) removeHit(h *hit) {
	for k := range s.hits {
		if &s.hits[k] == h {
			s.hits = append(s.hits[:k], s.hits[k+1:]...)
			return
		}
	}
}

// fullNameBefore returns where the name before an acronym that refdata knows
// begins: back to the article or the first capital of the phrase.
func (s *sentence) fullNameBefore(open int, _ *alias) int {
	first, capitals := open, 0
	for i := open - 1; i >= 0 && open-i <= 10; i-- {
		w := s.tree.Words[i]
		if s.named[i] || w.UPOS == "VERB" || w.UPOS == "AUX" || w.UPOS == "PUNCT" {
			break
		}
		if s.words[i].upper && !s.starts[i] {
			first = i
			capitals++
		}
	}
	if capitals == 0 {
		return open
	}
	return first
}

// initialsBefore returns where a name begins whose capitals are the acronym's
// letters, -1 if none does.
func (s *sentence) initialsBefore(open int, acronym string) int {
	letters := []rune(acronym)
	at := len(letters) - 1
	for i := open - 1; i >= 0 && open-i <= 12 && at >= 0; i-- {
		if s.named[i] && s.hitAt(i) != nil && s.hitAt(i).alias.class != classAdjective {
			return -1
		}
		for k := len(s.words[i].parts) - 1; k >= 0 && at >= 0; k-- {
			if strings.HasPrefix(s.words[i].parts[k], string(letters[at])) && (s.words[i].upper || k > 0) {
				at--
			}
		}
		if at < 0 {
			return i
		}
	}
	return -1
}
