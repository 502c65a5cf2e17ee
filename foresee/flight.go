package foresee

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"casus"
	"casus/foresee/displacement"
	"casus/foresee/scenario"
	"casus/refdata"
)

// townsOfCountry is how many of a country's largest towns are in a network
// beside the places that the scenario names.
const townsOfCountry = 12

// How many runs the bands are over where the scenario names no seeds: more where
// settings are uncertain too, so that all of each range is seen.
const defaultSeeds, uncertainSeeds = 10, 40

// The bands of a flight hold eight in ten runs.
const lowBand, midBand, highBand = 0.1, 0.5, 0.9

// Flight is where people would be, by day.
type Flight struct {
	Start  casus.Date  `json:"start"`
	Days   int         `json:"days"`
	Runs   int         `json:"runs"`
	Places []FlightEnd `json:"places"` // where somebody is on any day, most people on the last day first
	Routes int         `json:"routes"`
	Towns  int         `json:"towns"` // places of the network
	// OnTheWay is how many are between two places on the last day (median).
	OnTheWay int `json:"on_the_way"`
	// Away is everybody displaced, at places and on the way; Way is those who are
	// between two places.
	Away Band `json:"away"`
	Way  Band `json:"way"`
	// Zones and Closed are what drives people and what bars them, by day.
	Zones  []Fighting `json:"zones"`
	Closed []Closing  `json:"closed"`
	// Later is the outcome beside what the ledger's articles tell.
	Later []Scored `json:"later"`
	Notes []string `json:"notes"`
	// Uncertain are the settings that each run draws anew.
	Uncertain []displacement.Range `json:"uncertain,omitempty"`
}

// FlightEnd is a place and the people in it.
type FlightEnd struct {
	Place    casus.ActorID `json:"place"`
	Name     string        `json:"name"`
	Country  casus.ActorID `json:"country"`
	Kind     string        `json:"kind"` // zone, camp or town
	Lat      float64       `json:"lat"`
	Lon      float64       `json:"lon"`
	Capacity int           `json:"capacity,omitempty"`
	Band
}

// network is a scenario's input for the engine, with the place behind each name.
type network struct {
	input  displacement.Input
	places []refdata.Place
	kinds  []string
}

func flight(ctx context.Context, b Beside, s scenario.Scenario) (*Flight, error) {
	rules, err := settingsOf(s)
	if err != nil {
		return nil, err
	}
	n, err := networkOf(b.World, s, rules.detour)
	if err != nil {
		return nil, err
	}
	seeds := s.Seeds
	runs := defaultSeeds
	if len(rules.ranges) > 0 {
		runs = uncertainSeeds
	}
	for i := uint64(1); len(s.Seeds) == 0 && int(i) <= runs; i++ {
		seeds = append(seeds, i)
	}
	e, err := displacement.RunUncertain(ctx, &n.input, rules.Settings, rules.ranges, seeds)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.File, err)
	}
	out := n.flight(e)
	out.Uncertain = rules.ranges
	out.Zones, out.Closed, out.Notes = n.fighting(s), closings(b.World, s), notes(s, rules.ranges)
	out.Notes = append(out.Notes, n.input.Remarks()...)
	out.Later, err = n.scores(ctx, b, s, e)
	return out, err
}

// notes tell what the figures rest on.
func notes(s scenario.Scenario, ranges []displacement.Range) []string {
	out := []string{"bands are over seeds only: the model is further from the world than its runs are from each other"}
	if len(ranges) > 0 {
		words := make([]string, len(ranges))
		for i, r := range ranges {
			words[i] = r.String()
		}
		out[0] = "bands are over seeds and over " + strings.Join(words, ", ") + ": what else the model leaves out is not in them"
	}
	if len(s.Zones) > 1 && slices.ContainsFunc(s.Fleeing, func(f scenario.Fleeing) bool { return f.From == "" }) {
		out = append(out, "who leaves is spread over the zones by their people and intensity")
	}
	if len(s.Camps) == 0 {
		out = append(out, "the scenario names no camps: people stop in towns, which they leave again")
	}
	return out
}

// flight gathers the bands of an ensemble, leaving out places where nobody ends.
func (n network) flight(e *displacement.Ensemble) *Flight {
	out := &Flight{Start: e.Start, Days: e.Days, Runs: len(e.Runs), Towns: len(n.places), Routes: len(n.input.Routes), Places: []FlightEnd{}, Later: []Scored{}}
	for i, p := range n.places {
		end := FlightEnd{Place: p.ID, Name: p.Name, Country: p.Country, Kind: n.kinds[i], Lat: p.Lat, Lon: p.Lon, Capacity: n.input.Places[i].Capacity}
		if end.Band = bandOf(e, func(r *displacement.Outcome, day int) int { return r.At(day, i) }); slices.Max(end.High) >= 1 {
			out.Places = append(out.Places, end)
		}
	}
	slices.SortStableFunc(out.Places, func(a, b FlightEnd) int { return cmp.Compare(b.Mid[e.Days-1], a.Mid[e.Days-1]) })
	out.Away = bandOf(e, func(r *displacement.Outcome, day int) int { return int(r.Displaced[day]) })
	out.Way = bandOf(e, func(r *displacement.Outcome, day int) int { return int(r.OnTheWay[day]) })
	out.OnTheWay = out.Way.Mid[e.Days-1]
	return out
}

// rules are the engine's settings of a scenario.
type rules struct {
	displacement.Settings
	ranges []displacement.Range
	detour float64 // by how much roads are longer than the crow flies
}

// settingsOf are the engine's defaults with the scenario's own.
func settingsOf(s scenario.Scenario) (rules, error) {
	out := rules{Settings: displacement.Default(), detour: displacement.Detour}
	for _, set := range s.Engine {
		r := displacement.Range{Setting: set.Name, Low: set.Value, High: set.High, Shape: displacement.Shape(set.Shape)}
		switch {
		case set.Name == "detour" && set.Shape != "":
			return out, atLine(s, set.Position, "detour has a range", "Give one number: the network is built once for all runs.")
		case set.Name == "detour":
			out.detour = set.Value
		case !slices.Contains(displacement.Numbers(), set.Name):
			return out, atLine(s, set.Position, "there is no setting “"+set.Name+"”", fmt.Sprintf("Settings are detour, %s.", strings.Join(displacement.Numbers(), ", ")))
		case set.Shape != "":
			out.ranges = append(out.ranges, r)
		default:
			out.Set(set.Name, set.Value)
		}
	}
	if out.detour < 1 || out.detour > 10 {
		return out, ofSetting(s, "detour", fmt.Sprintf("a detour of %g is not from 1 to 10", out.detour), "")
	}
	err := cmp.Or(out.Check(), displacement.CheckRanges(out.Settings, out.ranges))
	if e := new(casus.Error); errors.As(err, &e) {
		return out, ofSetting(s, e.Input, e.Input+": "+e.Problem, e.Advice)
	}
	return out, err
}

// ofSetting is an error at the line of a setting of the scenario.
func ofSetting(s scenario.Scenario, name, problem, advice string) error {
	at := slices.IndexFunc(s.Engine, func(set scenario.Setting) bool { return set.Name == name })
	if at < 0 {
		return &casus.Error{Code: casus.Invalid, Input: s.File, Problem: problem, Advice: advice}
	}
	return atLine(s, s.Engine[at].Position, problem, advice)
}

// atLine is an error of the scenario at a line.
func atLine(s scenario.Scenario, p scenario.Position, problem, advice string) error {
	return &casus.Error{Code: casus.Invalid, Input: fmt.Sprintf("%s:%d:%d", s.File, p.Line, p.Column), Problem: problem, Advice: advice}
}
