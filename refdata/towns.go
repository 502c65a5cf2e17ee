package refdata

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"casus"
)

// Towns returns the most populous towns of a country that have coordinates, at
// most so many, the largest first. Its error means that the embedded gazetteer
// is broken.
func (w *World) Towns(country casus.ActorID, most int) ([]Place, error) {
	g, err := w.gazetteer()
	if err != nil {
		return nil, err
	}
	var out []Place
	prefix := string(country) + "/"
	first := sort.Search(len(g.cities.lines), func(i int) bool { return g.cities.text[g.cities.lines[i]:] >= prefix })
	for i := first; i < len(g.cities.lines) && strings.HasPrefix(g.cities.text[g.cities.lines[i]:], prefix); i++ {
		if p := g.atLine(i); p.Kind == City && p.Located && p.Population > 0 {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b Place) int { return cmp.Compare(b.Population, a.Population) })
	return out[:min(len(out), most)], nil
}
