package displacement

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"math"
	"slices"
	"strconv"
)

// WriteOutCSV writes a run beside what was counted as Flee's out.csv does, for
// programs that read that. A camp's error is |simulated/counted − 1|, 0 where
// nobody was counted. Figures are people, also where many move as one.
func WriteOutCSV(w io.Writer, c *Conflict, o *Outcome) error {
	camps := c.Counts.Camps
	header := []string{"Day", "Date"}
	for _, name := range camps {
		header = append(header, name+" sim", name+" data", name+" error")
	}
	header = append(header, "Total error", "refugees in camps (UNHCR)", "total refugees (simulation)", "raw UNHCR refugee count", "refugees in camps (simulation)", "refugee_debt")
	out := csv.NewWriter(w)
	if err := out.Write(header); err != nil {
		return err
	}
	counted, simulated := c.Counts.Table(c.Input), o.Table(camps)
	raw := 0
	for day := range o.Days {
		row := []string{strconv.Itoa(day), o.Start.AddDays(day).String()}
		off := 0.0
		for i := range camps {
			sim, data := simulated[day][i], counted[day][i]
			relative := 0.0
			if data > 0 {
				relative = math.Abs(sim/data - 1)
			}
			off += math.Abs(sim - data)
			row = append(row, decimal(sim), decimal(data), decimal(relative))
		}
		if day < len(c.Input.Arrivals) {
			raw += c.Input.Arrivals[day]
		}
		total := 0.0
		if raw > 0 {
			total = off / float64(raw)
		}
		row = append(row, decimal(total), decimal(sum(counted[day])), strconv.Itoa(int(o.Displaced[day])), strconv.Itoa(raw), decimal(sum(simulated[day])), strconv.Itoa(int(o.Debt[day])))
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// WriteDays writes a row for each place and day: the mean of the runs, the band
// that nine in ten of them lie in, and what was counted, if it was. counts may be nil.
func WriteDays(w io.Writer, in *Input, e *Ensemble, counts *Counts) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"day", "date", "place", "country", "kind", "lat", "lon", "mean", "low", "high", "counted"}); err != nil {
		return err
	}
	for day := range e.Days {
		date := in.Start.AddDays(day)
		for i, p := range in.Places {
			band := e.Bands(day, i, 0.05, 0.95)
			counted := ""
			if counts != nil {
				if at := slices.Index(counts.Camps, p.Name); at >= 0 {
					counted = strconv.Itoa(counts.Series[at].On(date))
				}
			}
			err := out.Write([]string{strconv.Itoa(day), date.String(), p.Name, p.Country, p.Kind.String(), decimal(p.Lat), decimal(p.Lon),
				strconv.FormatFloat(e.Mean(day, i), 'f', 1, 64), strconv.FormatFloat(band[0], 'f', 1, 64), strconv.FormatFloat(band[1], 'f', 1, 64), counted})
			if err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// feature is a GeoJSON feature (RFC 7946).
type feature struct {
	Type       string         `json:"type"`
	Geometry   geometry       `json:"geometry"`
	Properties map[string]any `json:"properties"`
}

type geometry struct {
	Type        string `json:"type"`
	Coordinates any    `json:"coordinates"`
}

// WriteGeoJSON writes places as points, with the people there on the last day
// and the mean of each day, and routes as lines. What it holds is simulated, and
// every feature says so.
func WriteGeoJSON(w io.Writer, in *Input, e *Ensemble, counts *Counts) error {
	features := make([]feature, 0, len(in.Places)+len(in.Routes))
	at := make(map[string][2]float64, len(in.Places))
	last := e.Days - 1
	for i, p := range in.Places {
		at[p.Name] = [2]float64{p.Lon, p.Lat}
		band := e.Bands(last, i, 0.05, 0.95)
		days := make([]int, e.Days)
		for day := range days {
			days[day] = int(math.Round(e.Mean(day, i)))
		}
		properties := map[string]any{"simulated": true, "name": p.Name, "country": p.Country, "kind": p.Kind.String(), "date": in.Start.AddDays(last).String(),
			"people": days[last], "low": band[0], "high": band[1], "by_day": days}
		if p.Capacity > 0 {
			properties["capacity"] = p.Capacity
		}
		if counts != nil {
			if c := slices.Index(counts.Camps, p.Name); c >= 0 {
				properties["counted"] = counts.Series[c].On(in.Start.AddDays(last))
			}
		}
		features = append(features, feature{"Feature", geometry{"Point", at[p.Name]}, properties})
	}
	for _, r := range in.Routes {
		features = append(features, feature{"Feature", geometry{"LineString", [][2]float64{at[r.A], at[r.B]}},
			map[string]any{"simulated": true, "route": r.A + " – " + r.B, "km": r.KM}})
	}
	return json.NewEncoder(w).Encode(map[string]any{"type": "FeatureCollection", "features": features})
}
