package actors

import (
	"strings"

	"casus"
	"casus/refdata"
)

// longestTown bounds, in words, the names looked up in the gazetteer.
const longestTown = 4

// smallest is the population from which a town is known without its country.
const smallest = 15000

// findTowns finds towns and provinces among the capitalised words that are
// still unnamed.
func (s *sentence) findTowns(r *Resolver) {
	for i := 0; i < len(s.words); i++ {
		if !s.mayName(i) || s.roleAt[i] != nil {
			continue
		}
		end := max(i+1, s.linked(i+1))
		for end < len(s.words) && end < i+longestTown && s.mayName(end) {
			end++
		}
		run := end
		for ; end > i; end-- {
			if h, ok := s.townAt(r, i, end, run); ok {
				s.addHit(h)
				i = h.last - 1
				break
			}
		}
		if end == i {
			i = run - 1 // the rest of an unknown name is no town: "John London"
		}
	}
}

// townAt reads the words from first to last as a town; run is where the
// capitalised words around them end.
func (s *sentence) townAt(r *Resolver, first, last, run int) (hit, bool) {
	if last < run && last-first == 1 || s.personWords(first, run) || r.lex.has("organ", s.words[first]) {
		return hit{}, false
	}
	if w := s.tree.Words; last+1 < len(w) && w[last].Form == "-" && !w[last].SpaceBefore && !w[last+1].SpaceBefore && !r.lex.hasForm("backed", s.words[last+1].parts) && !s.words[last+1].upper {
		return hit{}, false // "Bar-liet County" is not in Bar
	}
	_, name := s.nameText(first, last)
	found := r.world.PlacesNamed(name)
	genitive := false
	if len(found) == 0 && strings.HasSuffix(name, "s") {
		found, genitive = r.world.PlacesNamed(strings.TrimSuffix(name, "s")), true
	}
	place, ok := s.scene.pick(found, s.locative(first))
	if !ok {
		return hit{}, false
	}
	end := last
	if end < len(s.words) && s.words[end].clit {
		end, genitive = end+1, true
	}
	return hit{
		first: first, last: end, genitive: genitive, rule: "place " + string(place.ID),
		alias: &alias{text: name, id: place.ID, kind: casus.ActorPopulation, class: classTown, upper: true},
	}, true
}

// personWords tells whether a title or apposition marks the words as a person's name.
func (s *sentence) personWords(first, last int) bool {
	if h := s.roleBefore(first); h != nil && h.role.isPerson() {
		return true
	}
	return first > 0 && s.scene.r.lex.has("honorific", s.words[first-1]) || s.personAfter(last)
}

// locative tells whether a preposition of place or origin, or a noun such as
// "stad", stands before a word.
func (s *sentence) locative(i int) bool {
	if i == 0 || s.tree.Words[i-1].Deprel == "fixed" { // "according to" is not "to"
		return false
	}
	if h := s.roleAt[i-1]; h != nil && h.role.sort == kind && h.role.sector == "place" {
		return true
	}
	return s.scene.r.lex.locates(s.words[i-1])
}

// locates tells whether a word is a preposition of place, direction or origin.
func (l *Lexicon) locates(w word) bool {
	return l.has("in", w) || l.has("to", w) || l.has("from", w)
}

// pick chooses among namesakes: one in a country that the article has named,
// else a large one.
func (sc *scene) pick(found []refdata.Place, locative bool) (refdata.Place, bool) {
	for _, p := range found {
		if p.Country != "" && sc.countries[p.Country] {
			return p, true
		}
	}
	for _, p := range found {
		if p.Population >= smallest && (locative || p.Population >= 20*smallest) || p.Country == "" {
			return p, true
		}
	}
	return refdata.Place{}, false
}

// noteCountries keeps which countries the article names. A capital that is the
// seat of somebody else too says nothing of its country.
func (sc *scene) noteCountries(hits []*hit) {
	for _, h := range hits {
		if h.alias.class == classCapital && sc.seatedIn(h.alias) != nil {
			continue
		}
		if h.alias.class != classTown {
			sc.countries[casus.ActorID(h.alias.id.Head())] = true
		}
	}
}
