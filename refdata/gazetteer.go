package refdata

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sync"

	"casus"
)

// reviewedPlaces are the lines of countries.tsv and places.tsv, in their order.
type reviewedPlaces struct {
	places []Place
	byID   map[casus.ActorID]int
	sameAs map[casus.ActorID]int // the gazetteer's ids for places that have another here
	byName map[string][]int      // by folded name
}

func newReviewedPlaces() *reviewedPlaces {
	return &reviewedPlaces{byID: map[casus.ActorID]int{}, sameAs: map[casus.ActorID]int{}, byName: map[string][]int{}}
}

// add takes up a place under its names and the ids that the gazetteer has for it.
func (r *reviewedPlaces) add(p Place, names []string, sameAs []string) {
	p.reviewed = true
	at := len(r.places)
	r.places = append(r.places, p)
	r.byID[p.ID] = at
	for _, id := range sameAs {
		r.sameAs[casus.ActorID(id)] = at
	}
	for _, name := range names {
		if key := nameKey(name); !slices.Contains(r.byName[key], at) {
			r.byName[key] = append(r.byName[key], at)
		}
	}
}

// match returns the number of the reviewed place that a place of the gazetteer
// is: the one that a line of places.tsv says it is, or the one with its id; or
// -1. A town and a province that share an id are two places: the reviewed one
// keeps the id and the other gets its kind behind it, afg/bagram-district.
func (r *reviewedPlaces) match(p Place) (Place, int) {
	if at, ok := r.sameAs[p.ID]; ok {
		return p, at
	}
	if at, ok := r.byID[p.ID]; ok && r.places[at].Kind != p.Kind {
		p.ID += "-" + casus.ActorID(p.Kind)
	}
	if at, ok := r.byID[p.ID]; ok {
		return p, at
	}
	return p, -1
}

// gazetteer is the reviewed places and the cities joined.
type gazetteer struct {
	*reviewedPlaces
	cities    cityTable
	completed []Place               // the reviewed places, with what the cities know of them
	renamed   map[casus.ActorID]int // the lines whose id match changes
	towns     sync.Map              // by townsOf, once they were asked for
}

// townsOf is whose towns are asked for, and how many.
type townsOf struct {
	country casus.ActorID
	most    int
}

// openGazetteer joins the cities to the reviewed places. Along with an error
// it returns a gazetteer of the reviewed places alone.
func openGazetteer(reviewed *reviewedPlaces, packed string) (*gazetteer, error) {
	g := &gazetteer{reviewedPlaces: reviewed, completed: slices.Clone(reviewed.places), renamed: map[casus.ActorID]int{}}
	text, err := unpackCities(packed)
	if err != nil {
		return g, fmt.Errorf("reference data: %w", err)
	}
	if g.cities, err = indexCities(text); err != nil {
		return g, fmt.Errorf("reference data: %w", err)
	}
	for _, p := range reviewed.places {
		g.join(p.ID)
	}
	for _, id := range slices.Sorted(maps.Keys(reviewed.sameAs)) {
		g.join(id)
	}
	return g, nil
}

// join completes the reviewed place that the city with an id is, if there is
// such a city, or notes its other id.
func (g *gazetteer) join(id casus.ActorID) {
	line, ok := g.cities.find(id)
	if !ok {
		return
	}
	city, at := g.match(g.cities.at(line))
	if at < 0 {
		g.renamed[city.ID] = line
		return
	}
	g.completed[at].complete(city)
}

// place returns the place with an id.
func (g *gazetteer) place(id casus.ActorID) (Place, bool) {
	if at, ok := g.byID[id]; ok {
		return g.completed[at], true
	}
	line, ok := g.renamed[id]
	if !ok {
		line, ok = g.cities.find(id)
	}
	if !ok {
		return Place{}, false
	}
	return g.atLine(line), true
}

// atLine returns the place on a line of the cities, or the reviewed one that it is.
func (g *gazetteer) atLine(line int) Place {
	city, at := g.match(g.cities.at(line))
	if at >= 0 {
		return g.completed[at]
	}
	return city
}

// named returns the places with a folded name: reviewed ones, then the most populous.
func (g *gazetteer) named(key string) []Place {
	var out []Place
	for _, at := range g.byName[key] {
		out = append(out, g.completed[at])
	}
	for _, line := range g.cities.named(key) {
		city := g.atLine(line)
		if !slices.ContainsFunc(out, func(p Place) bool { return p.ID == city.ID }) {
			out = append(out, city)
		}
	}
	slices.SortStableFunc(out, func(a, b Place) int {
		if a.reviewed != b.reviewed {
			if a.reviewed {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.Population, a.Population)
	})
	return out
}
