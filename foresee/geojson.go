package foresee

import (
	"maps"
	"slices"

	"casus"
)

// Map is a GeoJSON FeatureCollection (RFC 7946) of a flight.
type Map struct {
	Type     string    `json:"type"`
	Label    string    `json:"label"` // a foreign member: readers that do not know it pass over it
	Features []Feature `json:"features"`
}

// Feature is a point or a line with what is known of it.
type Feature struct {
	Type       string         `json:"type"`
	Geometry   Geometry       `json:"geometry"`
	Properties map[string]any `json:"properties"`
}

// Geometry is a Point or a LineString, as longitude and latitude.
type Geometry struct {
	Type        string `json:"type"`
	Coordinates any    `json:"coordinates"`
}

// GeoJSON draws where people would be on the last day: a point for each place, a
// line to it from each place that fighting drove them from, and what was fought
// over and closed, with the days of it. The lines say from where to where, not by
// which roads, and not how many from each zone: the model does not tell that.
// Without a flight the map is empty.
func GeoJSON(a Answer) Map {
	out := Map{Type: "FeatureCollection", Label: a.Label, Features: []Feature{}}
	f := a.Flight
	if f == nil {
		return out
	}
	last := f.Days - 1
	marked := func(more map[string]any) map[string]any {
		more["label"], more["scenario"] = a.Label, a.Scenario.Name
		return more
	}
	from := map[casus.ActorID]Fighting{}
	for _, z := range f.Zones {
		from[z.Place] = z
		out.Features = append(out.Features, Feature{"Feature", point(z.Lat, z.Lon), marked(map[string]any{"place": z.Place, "name": z.Name, "kind": "fighting",
			"from_day": z.From.String(), "to_day": z.To.String(), "intensity": z.Intensity})})
	}
	for _, c := range f.Closed {
		out.Features = append(out.Features, Feature{"Feature", line(c.Between[0].Lat, c.Between[0].Lon, c.Between[1].Lat, c.Between[1].Lon),
			marked(map[string]any{"kind": "closed", "border": c.Border, "between": []casus.ActorID{c.Between[0].Place, c.Between[1].Place},
				"from_day": c.From.String(), "to_day": c.To.String()})})
	}
	for _, e := range f.Places {
		out.Features = append(out.Features, Feature{"Feature", point(e.Lat, e.Lon), properties(a, e, last)})
		if e.Kind == "zone" {
			continue
		}
		for _, id := range slices.Sorted(maps.Keys(from)) {
			p := properties(a, e, last)
			p["from"], p["to"] = id, e.Place
			out.Features = append(out.Features, Feature{"Feature", line(from[id].Lat, from[id].Lon, e.Lat, e.Lon), p})
		}
	}
	return out
}

func point(lat, lon float64) Geometry { return Geometry{"Point", [2]float64{lon, lat}} }

func line(lat, lon, toLat, toLon float64) Geometry {
	return Geometry{"LineString", [2][2]float64{{lon, lat}, {toLon, toLat}}}
}

func properties(a Answer, e FlightEnd, day int) map[string]any {
	return map[string]any{"label": a.Label, "scenario": a.Scenario.Name, "place": e.Place, "name": e.Name, "kind": e.Kind,
		"day": a.Flight.Start.AddDays(day).String(), "low": e.Low[day], "people": e.Mid[day], "high": e.High[day]}
}
