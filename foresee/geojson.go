package foresee

// Map is a GeoJSON FeatureCollection (RFC 7946) of a flight: a point for each
// place with people, and a line from the zones to each of them.
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

// GeoJSON draws where people would be on the last day. The lines say from where
// to where, not by which roads. Without a flight the map is empty.
func GeoJSON(a Answer) Map {
	out := Map{Type: "FeatureCollection", Label: a.Label, Features: []Feature{}}
	f := a.Flight
	if f == nil {
		return out
	}
	last := f.Days - 1
	for _, e := range f.Places {
		out.Features = append(out.Features, Feature{"Feature", Geometry{"Point", [2]float64{e.Lon, e.Lat}}, properties(a, e, last)})
		for _, from := range f.Places {
			if from.Kind == "zone" && e.Kind != "zone" {
				p := properties(a, e, last)
				p["from"], p["to"] = from.Place, e.Place
				out.Features = append(out.Features, Feature{"Feature", Geometry{"LineString", [2][2]float64{{from.Lon, from.Lat}, {e.Lon, e.Lat}}}, p})
			}
		}
	}
	return out
}

func properties(a Answer, e FlightEnd, day int) map[string]any {
	return map[string]any{"label": a.Label, "scenario": a.Scenario.Name, "place": e.Place, "name": e.Name, "kind": e.Kind,
		"day": a.Flight.Start.AddDays(day).String(), "low": e.Low[day], "people": e.Mid[day], "high": e.High[day]}
}
