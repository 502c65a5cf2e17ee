package refdata

import (
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
	if known, ok := g.towns.Load(townsOf{country, most}); ok {
		return slices.Clone(known.([]Place)), nil
	}
	var out []Place
	prefix := string(country) + "/"
	first := sort.Search(len(g.cities.lines), func(i int) bool { return g.cities.text[g.cities.lines[i]:] >= prefix })
	for i := first; i < len(g.cities.lines) && strings.HasPrefix(g.cities.text[g.cities.lines[i]:], prefix); i++ {
		p := g.atLine(i)
		if p.Kind != City || !p.Located || p.Population <= 0 {
			continue
		}
		at := sort.Search(len(out), func(j int) bool { return out[j].Population < p.Population })
		if at < most {
			out = slices.Insert(out[:min(len(out), most-1)], at, p)
		}
	}
	g.towns.Store(townsOf{country, most}, slices.Clone(out))
	return out, nil
}
