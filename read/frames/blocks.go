package frames

import (
	"slices"
	"unicode"

	"casus"
)

// attributeBlocks gives speakers to what stands on its own on the page: the
// paragraph that a colon at the end of the one before announces, the turns of a
// transcript ("SMITH: Well, …"), and a quotation that a dash signs ("― Jane Smith").
func (r *reading) attributeBlocks(sayings [][]*saying) {
	for _, q := range r.quotes {
		if who, ok := r.signature(q); ok {
			for i := q.fromSentence; i <= q.toSentence; i++ {
				sayings[i] = append(sayings[i], r.quoteBy(r.sentences[i], who.id, who.as, casus.Say))
			}
		}
	}
	for i, s := range r.sentences {
		opens := i == 0 || !r.sameParagraph(i, i-1)
		if !opens && s.back >= 0 {
			r.attributeBefore(i, sayings)
		}
		switch who, colon := s.turn(r.gram); {
		case opens && colon > 0:
			y := &saying{s: s, act: casus.Say, speaker: who.id, as: who.as, first: colon + 1, last: len(s.words) - 1, rule: "quotation"}
			sayings[i] = append(sayings[i], y)
			r.block(i+1, y, sayings)
		case i+1 < len(r.sentences) && !r.sameParagraph(i, i+1) && s.endsInColon():
			if y := announcing(sayings[i]); y != nil {
				r.block(i+1, y, sayings)
			}
		}
	}
}

// attributeBefore gives the sentence before a report of it ("Dat meldt het
// leger") to the one who says so there.
func (r *reading) attributeBefore(i int, sayings [][]*saying) {
	before := r.sentences[i-1]
	if len(before.words) < 2 || isReported(sayings[i-1], before, 0, len(before.words)-1) {
		return
	}
	sayings[i] = slices.DeleteFunc(sayings[i], func(y *saying) bool {
		if y.clause == nil || y.clause.pred != r.sentences[i].back || y.speaker == "" {
			return false
		}
		said := r.quoteBy(before, y.speaker, y.as, y.act)
		said.quoted, said.rule = false, y.rule
		sayings[i-1] = append(sayings[i-1], said)
		return !r.anybody
	})
}

// block gives the sentences from one on to the end of its paragraph to a
// speaker, unless others report them.
func (r *reading) block(from int, by *saying, sayings [][]*saying) {
	for i := from; i < len(r.sentences) && (i == from || r.sameParagraph(i, from)); i++ {
		s := r.sentences[i]
		if i == from && !r.sameParagraph(i, i-1) && by.s.index == i {
			continue
		}
		if by.clause == nil && !r.sameParagraph(i, by.s.index) {
			return // a turn ends with its paragraph
		}
		if len(s.words) > 1 && !isReported(sayings[i], s, 0, len(s.words)-1) {
			sayings[i] = append(sayings[i], r.quoteBy(s, by.speaker, by.as, by.act))
		}
	}
}

func (s *sentence) endsInColon() bool {
	return len(s.words) > 1 && s.words[len(s.words)-1].Form == ":"
}

// announcing returns the saying that a colon announces the words of.
func announcing(sayings []*saying) *saying {
	for _, y := range sayings {
		if y.clause != nil {
			return y
		}
	}
	return nil
}

// longestName is how many words the name of a transcript's or a quotation's speaker has at most.
const longestName = 6

// turn returns who speaks in a sentence that begins with a name in capitals and
// a colon, and where the colon stands; 0 for no such sentence.
func (s *sentence) turn(g *Grammar) (who speaker, colon int) {
	first := 0
	for first < len(s.words) && s.isPunct(first) {
		first++
	}
	w := first
	for ; w < len(s.words) && w < first+longestName && s.words[w].Form != ":"; w++ {
		if !isCapitals(s.words[w].Form) {
			return speaker{}, 0
		}
	}
	if w == first || w+1 >= len(s.words) || s.words[w].Form != ":" {
		return speaker{}, 0
	}
	for i := first; i < w; i++ {
		if found := s.speakers(i, false, g); len(found) > 0 && !found[0].unnamed {
			return found[0], w
		}
	}
	return speaker{as: s.span(first, w-1)}, w
}

func isCapitals(word string) bool {
	letters := 0
	for _, r := range word {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters > 1
}

// signature returns who signs a quotation: the name behind a dash after it, at
// the end of its paragraph.
func (r *reading) signature(q quotation) (speaker, bool) {
	s, from := r.sentences[q.toSentence], q.toWord+2 // behind the closing mark
	if from >= len(s.words) {
		if q.toSentence+1 >= len(r.sentences) || !r.sameParagraph(q.toSentence, q.toSentence+1) {
			return speaker{}, false
		}
		s, from = r.sentences[q.toSentence+1], 0
	}
	last := len(s.words) - 1
	if s.isPunct(last) {
		last--
	}
	next := s.index + 1
	if from >= last || !isDash(s.words[from].Form) || last-from > longestName || next < len(r.sentences) && r.sameParagraph(s.index, next) {
		return speaker{}, false
	}
	for w := from + 1; w <= last; w++ {
		if found := s.speakers(w, false, r.gram); len(found) > 0 && !found[0].unnamed {
			return found[0], true
		}
	}
	return speaker{as: s.span(from+1, last)}, unicode.IsUpper([]rune(s.words[from+1].Form)[0])
}

func isDash(form string) bool {
	switch form {
	case "―", "—", "–", "-", "--":
		return true
	}
	return false
}
