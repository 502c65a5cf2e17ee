package frames

import (
	"casus"
	"casus/read/actors"
)

// setting is where the story is: the place that was last named as a place, for
// clauses that name none ("De jihadisten namen zes districten in").
type setting struct {
	place     actors.Mention
	known     bool
	paragraph int
}

// enter begins a sentence. A new paragraph keeps the country and forgets the
// place in it.
func (t *setting) enter(paragraph int) {
	if t.known && paragraph != t.paragraph {
		t.place = country(t.place)
	}
	t.paragraph = paragraph
}

// leave ends a sentence: the last place that was named with a preposition is
// where the story goes on.
func (t *setting) leave(s *sentence) {
	for w := range s.words {
		if m, ok := s.mentions[w]; ok && m.Place && m.ID != "" && s.preposition(w) != "" {
			t.place, t.known = m, true
		}
	}
}

func country(m actors.Mention) actors.Mention {
	m.ID = casus.ActorID(m.ID.Head())
	m.Where = nil
	if len(m.ID) == 3 {
		m.Where = []string{string(m.ID)}
	}
	return m
}

// place returns where a clause is set: a place in it, else in its sentence,
// else where the story is.
func (x *scene) place(c *clause) (actors.Mention, bool) {
	first, last := x.s.bounds(c.pred, nil)
	var found actors.Mention
	ok := false
	for w := range x.s.words {
		m, here := x.s.mentions[w]
		if !here || !m.Place || m.ID == "" || x.s.preposition(w) == "" {
			continue
		}
		if first <= w && w <= last {
			return m, true
		}
		if !ok {
			found, ok = m, true
		}
	}
	if ok {
		return found, true
	}
	return x.setting.place, x.setting.known
}
