package frames

import (
	"slices"

	"casus"
	"casus/read/actors"
)

// setting is where the story is: the place that was last named as a place, for
// clauses that name none ("De jihadisten namen zes districten in").
type setting struct {
	place     actors.Mention
	known     bool
	abroad    actors.Mention // the last place of another country than place
	beyond    bool           // there is one
	paragraph int
	counted   string // the unit of what was counted last in the paragraph
}

// enter begins a sentence. A new paragraph keeps the country and forgets the
// place in it.
func (t *setting) enter(paragraph int) {
	if paragraph != t.paragraph {
		t.counted = ""
		if t.known {
			t.place = country(t.place)
		}
	}
	t.paragraph = paragraph
}

// leave ends a sentence: the last place that something was said to be in is
// where the story goes on.
func (t *setting) leave(s *sentence, g *Grammar) {
	for w := range s.words {
		if m, ok := s.mentions[w]; ok && m.Place && m.ID != "" && g.has("locative", s.placing(m)) {
			if t.known && t.place.ID.Head() != m.ID.Head() {
				t.abroad, t.beyond = t.place, true
			}
			t.place, t.known = m, true
		}
	}
}

// placing returns the preposition by which a place is named, also where the
// place's name stands beside its kind ("in de provincie Badachsjan").
func (s *sentence) placing(m actors.Mention) string {
	if p := s.preposition(m.Head); p != "" {
		return p
	}
	switch s.rel(m.Head) {
	case "flat", "appos", "nmod", "compound":
		if up := s.words[m.Head].Head; up >= 0 && up < m.Head {
			return s.preposition(up)
		}
	}
	return ""
}

func country(m actors.Mention) actors.Mention {
	m.ID = casus.ActorID(m.ID.Head())
	m.Where = nil
	if m.ID.IsCountry() {
		m.Where = []string{string(m.ID)}
	}
	return m
}

// place returns where a clause is set: a place in it, else in its sentence,
// else where the story is.
func (x *scene) place(c *clause) (actors.Mention, bool) {
	return x.placeWhere(c, anywhere)
}

// placeWhere returns where a clause is set among the places that are fit.
func (x *scene) placeWhere(c *clause, fit func(actors.Mention) bool) (actors.Mention, bool) {
	if m, ok := x.placeNamed(c, fit); ok {
		return m, true
	}
	switch {
	case x.setting.known && fit(x.setting.place):
		return x.setting.place, true
	case x.setting.beyond && fit(x.setting.abroad):
		return x.setting.abroad, true
	}
	return actors.Mention{}, false
}

// anywhere is fit for every place.
func anywhere(actors.Mention) bool { return true }

// placeNamed returns the place that a clause, or else its sentence, names.
func (x *scene) placeNamed(c *clause, fit func(actors.Mention) bool) (actors.Mention, bool) {
	first, last := x.s.bounds(c.pred, nil)
	var found actors.Mention
	ok := false
	for w := range x.s.words {
		m, here := x.s.mentions[w]
		if !here || !m.Place || m.ID == "" || !x.gram.has("locative", x.s.placing(m)) || !fit(m) {
			continue
		}
		if up := x.byWord[x.s.words[w].Head]; up != nil && slices.Contains(up.slots["agent"], w) {
			continue // "door Iran gesteunde strijders" are not in Iran
		}
		if first <= w && w <= last {
			return m, true
		}
		if seat, ok := x.s.mentions[x.s.words[w].Head]; ok && sector(seat.ID) == "gov" && x.s.rel(w) == "nmod" {
			continue // "the ministry in Moscow" says where the ministry is
		}
		if !ok {
			found, ok = m, true
		}
	}
	return found, ok
}
