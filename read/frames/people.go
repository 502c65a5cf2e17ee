package frames

import (
	"casus/read/actors"
)

// subjectPerson returns the person who is the subject of a sentence's main
// clause, or stands first in it.
func (s *sentence) subjectPerson() (actors.Mention, bool) {
	for w := range s.words {
		if r := s.rel(w); r != "nsubj" || s.quoted[w] {
			continue
		}
		if h := s.words[w].Head; h < 0 || s.words[h].Head >= 0 {
			continue
		}
		if m, ok := s.mentions[w]; ok && (m.ID.IsPerson() || m.Class == actors.Office) {
			return m, true
		}
	}
	return actors.Mention{}, false
}

func (r *reading) sameParagraph(i, j int) bool {
	return r.trees[i].Sentence.Paragraph == r.trees[j].Sentence.Paragraph
}
