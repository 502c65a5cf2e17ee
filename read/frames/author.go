package frames

import (
	"slices"

	"casus"
	"casus/read/actors"
	"casus/read/text"
)

// leastOwnWords is in how many sentences an organisation speaks of "us" in its own text.
const leastOwnWords = 2

// author returns the organisation whose own text this is, such as an aid group's
// update: a line above the text is its name, which the text says again, and it says
// "we" and "our" in its own voice. It is "" for a journalist's text, where "we" are the readers.
func (r *reading) author() casus.ActorID {
	var named []casus.ActorID
	again, own := map[casus.ActorID]bool{}, 0
	for i, s := range r.sentences {
		if r.trees[i].Sentence.Shape != text.Prose {
			if id := s.heading(); id != "" && own == 0 {
				named = append(named, id)
			}
			continue
		}
		for _, m := range s.mentions {
			again[m.ID] = true
		}
		if s.speaksOfUs() {
			own++
		}
	}
	if i := slices.IndexFunc(named, func(id casus.ActorID) bool { return again[id] }); i >= 0 && own >= leastOwnWords {
		return named[i]
	}
	return ""
}

// heading is the organisation whose name a line consists of, "" where it is none's.
func (s *sentence) heading() casus.ActorID {
	for w := range s.words {
		m, ok := s.mentions[w]
		if ok && s.words[w].Head < 0 && m.Class == actors.Name && s.kinds[m.ID] == casus.ActorOrganisation {
			return m.ID
		}
	}
	return ""
}

// speaksOfUs tells whether a sentence has a pronoun of the first person outside quotation marks.
func (s *sentence) speaksOfUs() bool {
	for w := range s.words {
		if m, ok := s.mentions[w]; ok && m.ID == "" && m.Rule == "first-person" && !s.quoted[w] {
			return true
		}
	}
	return false
}
