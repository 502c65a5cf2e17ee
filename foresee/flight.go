package foresee

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"casus"
	"casus/foresee/displacement"
	"casus/foresee/scenario"
	"casus/refdata"
)

// townsOfCountry is how many of a country's largest towns are in a network
// beside the places that the scenario names.
const townsOfCountry = 12

// defaultSeeds is how many runs the bands are over where the scenario names no seeds.
const defaultSeeds = 10

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
	settings, detour, err := settingsOf(s)
	if err != nil {
		return nil, err
	}
	n, err := networkOf(b.World, s, detour)
	if err != nil {
		return nil, err
	}
	model, err := displacement.NewModel(&n.input, settings)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.File, err)
	}
	seeds := s.Seeds
	for i := uint64(1); len(s.Seeds) == 0 && i <= defaultSeeds; i++ {
		seeds = append(seeds, i)
	}
	e := &displacement.Ensemble{Start: n.input.Start, Days: n.input.Days}
	for _, seed := range seeds {
		run, err := model.Run(ctx, seed)
		if err != nil {
			return nil, err
		}
		e.Runs, e.Names = append(e.Runs, run), run.Names
	}
	out := n.flight(e)
	out.Zones, out.Closed, out.Notes = n.fighting(s), closings(b.World, s), notes(s)
	out.Later, err = n.scores(ctx, b, s, e)
	return out, err
}

// notes tell what the figures rest on.
func notes(s scenario.Scenario) []string {
	out := []string{"bands are over seeds only: the model is further from the world than its runs are from each other"}
	if len(s.Zones) > 1 {
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

// settingsOf are the engine's defaults with the scenario's own, and by how much
// roads are longer than the crow flies.
func settingsOf(s scenario.Scenario) (displacement.Settings, float64, error) {
	out, detour := displacement.Default(), displacement.Detour
	var awareness, hasten float64
	fields := map[string]*float64{"detour": &detour, "max_move_speed": &out.MaxSpeed, "max_walk_speed": &out.WalkSpeed,
		"conflict_movechance": &out.LeaveZone, "default_movechance": &out.LeaveTown, "camp_movechance": &out.LeaveCamp,
		"foreign_weight": &out.ForeignWeight, "camp_weight": &out.CampWeight, "conflict_weight": &out.ZoneWeight,
		"home_distance_power": &out.NearHomePower, "softening": &out.Softening, "distance_power": &out.DistancePower,
		"capacity_buffer": &out.CapacityBuffer, "awareness_level": &awareness, "hasten": &hasten}
	awareness, hasten = float64(out.Awareness), float64(out.Hasten)
	for _, set := range s.Engine {
		field, ok := fields[set.Name]
		if !ok {
			return out, 0, atLine(s, set.Position, "there is no setting “"+set.Name+"”", fmt.Sprintf("Settings are %s.", sortedNames(fields)))
		}
		*field = set.Value
	}
	out.Awareness, out.Hasten = int(awareness), int(hasten)
	if detour < 1 || detour > 10 {
		return out, 0, &casus.Error{Code: casus.Invalid, Input: s.File, Problem: fmt.Sprintf("a detour of %g is not from 1 to 10", detour)}
	}
	if err := out.Check(); err != nil {
		return out, 0, fmt.Errorf("%s: %w", s.File, err)
	}
	return out, detour, nil
}

// atLine is an error of the scenario at a line.
func atLine(s scenario.Scenario, p scenario.Position, problem, advice string) error {
	return &casus.Error{Code: casus.Invalid, Input: fmt.Sprintf("%s:%d:%d", s.File, p.Line, p.Column), Problem: problem, Advice: advice}
}
