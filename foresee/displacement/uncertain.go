package displacement

import (
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"

	"casus"
)

// Shape says which values of a range are how likely.
type Shape string

const (
	Even    Shape = "even"   // all the same
	ByRatio Shape = "ratio"  // from 1 to 2 as from 2 to 4: even on a logarithmic scale
	Middle  Shape = "middle" // most in the middle, none at the ends, in straight lines between
)

// Range is a setting of which it is only known between what values it lies.
type Range struct {
	Setting string  `json:"setting"` // as in a settings file
	Low     float64 `json:"low"`
	High    float64 `json:"high"`
	Shape   Shape   `json:"shape"`
}

// String writes a range for a person: "max_move_speed 200 to 360".
func (r Range) String() string {
	text := fmt.Sprintf("%s %.4g to %.4g", r.Setting, r.Low, r.High)
	if r.Shape != Even {
		text += " (" + string(r.Shape) + ")"
	}
	return text
}

// At returns the value that a share of the draws lie below.
func (r Range) At(share float64) float64 {
	switch r.Shape {
	case ByRatio:
		return r.Low * math.Pow(r.High/r.Low, share)
	case Middle:
		half := math.Sqrt(min(share, 1-share)/2) * (r.High - r.Low)
		if share < 0.5 {
			return r.Low + half
		}
		return r.High - half
	}
	return r.Low + share*(r.High-r.Low)
}

// Check tells what is wrong with a range of these settings, as a casus.Error
// whose Input is the setting's name.
func (r Range) Check(base Settings) error {
	switch {
	case r.Setting == "hasten":
		return invalid(r.Setting, "how many move as one is no uncertainty", "Give one number.")
	case base.number(r.Setting) == nil:
		return invalid(r.Setting, "it is no setting that is a number", fmt.Sprintf("Settings are %v.", Numbers()))
	case !slices.Contains([]Shape{Even, ByRatio, Middle}, r.Shape):
		return invalid(r.Setting, fmt.Sprintf("the shape %q of its range is unknown", r.Shape), "Write even, ratio or middle.")
	case !(r.Low < r.High):
		return invalid(r.Setting, fmt.Sprintf("its range goes from %g to %g", r.Low, r.High), "Write the smaller number first.")
	case r.Shape == ByRatio && r.Low <= 0:
		return invalid(r.Setting, fmt.Sprintf("its range begins at %g, from which no ratio leads on", r.Low), "Begin above 0, or write shape: even.")
	}
	for _, x := range []float64{r.Low, r.High} {
		s := base
		s.Set(r.Setting, x)
		if err := s.Check(); err != nil {
			return err
		}
	}
	return nil
}

// number finds where a setting that is a number lies: a *float64, an *int, or nil.
func (s *Settings) number(name string) any {
	switch name {
	case "home_distance_power":
		return &s.NearHomePower
	case "pop_power_for_loc_weight":
		return &s.PopulationPull
	}
	for _, e := range entries(s) {
		if e.key != name {
			continue
		}
		switch e.value.(type) {
		case *float64, *int:
			return e.value
		}
	}
	return nil
}

// Set sets a setting that is a number by its name in a settings file, a whole
// one to the nearest, and tells whether there is such a setting.
func (s *Settings) Set(name string, x float64) bool {
	switch v := s.number(name).(type) {
	case *float64:
		*v = x
	case *int:
		*v = int(math.Round(min(max(x, math.MinInt32), math.MaxInt32)))
	default:
		return false
	}
	return true
}

// Numbers are the names of the settings that Set knows, in their order.
func Numbers() []string {
	out := []string{"home_distance_power", "pop_power_for_loc_weight"}
	var s Settings
	for _, e := range entries(&s) {
		if s.number(e.key) != nil {
			out = append(out, e.key)
		}
	}
	slices.Sort(out)
	return out
}

// Sample draws settings for a number of runs: each setting with a range takes one
// value from each of as many equally likely parts of it as there are runs, in an
// order of its own (a Latin hypercube: McKay, Beckman and Conover, Technometrics
// 21 (1979)), so that few runs see all of every range. What a setting takes depends on
// the seed, its name and the number of runs, and on no other range.
func Sample(base Settings, ranges []Range, runs int, seed uint64) []Settings {
	out := slices.Repeat([]Settings{base}, runs)
	for _, r := range ranges {
		h := fnv.New64a()
		h.Write([]byte(r.Setting))
		rng := rand.New(rand.NewPCG(seed, h.Sum64()))
		for i, part := range rng.Perm(runs) {
			share := (float64(part) + rng.Float64()) / float64(runs)
			x := r.At(share)
			if _, whole := base.number(r.Setting).(*int); whole { // each whole number of the range is as likely
				x = min(math.Floor(r.Low+share*(r.High-r.Low+1)), r.High)
			}
			out[i].Set(r.Setting, x)
		}
	}
	return out
}

// RunUncertain runs an input once with each seed, each time with settings drawn
// from the ranges: the bands are of both. Without a range it is RunEnsemble of one setting.
func RunUncertain(ctx context.Context, in *Input, base Settings, ranges []Range, seeds []uint64) (*Ensemble, error) {
	if len(seeds) == 0 {
		return nil, invalid("seeds", "there is nothing to run", "Ask for 1 seed or more.")
	}
	settings := Sample(base, ranges, len(seeds), seeds[0])
	jobs := make([]job, len(seeds))
	for i, seed := range seeds {
		if i > 0 && len(ranges) == 0 {
			jobs[i] = job{jobs[0].model, seed}
			continue
		}
		m, err := NewModel(in, settings[i])
		if err != nil {
			return nil, err
		}
		jobs[i] = job{m, seed}
	}
	runs, err := runAll(ctx, jobs)
	if err != nil {
		return nil, err
	}
	return &Ensemble{Start: in.Start, Days: in.Days, Runs: runs, Names: runs[0].Names, Settings: settings, Ranges: ranges}, nil
}

// Drawn returns what a run took for each setting with a range, by its name.
func (e *Ensemble) Drawn(run int) map[string]float64 {
	out := make(map[string]float64, len(e.Ranges))
	for _, r := range e.Ranges {
		switch v := e.Settings[run].number(r.Setting).(type) {
		case *float64:
			out[r.Setting] = *v
		case *int:
			out[r.Setting] = float64(*v)
		}
	}
	return out
}

// Around returns a range for each knob: from 1−share to 1/(1−share) times what
// base has, within the knob's bounds. Whole numbers stay as they are, and so do
// settings that have a range already.
func Around(base Settings, knobs []Knob, share float64, but []Range) []Range {
	var out []Range
	for i := range knobs {
		k := &knobs[i]
		if k.Whole || slices.ContainsFunc(but, func(r Range) bool { return r.Setting == k.Name }) {
			continue
		}
		x := *k.at(&base)
		r := Range{k.Name, max(x*(1-share), k.Low), min(x/(1-share), k.Top), ByRatio}
		if r.Low < r.High {
			out = append(out, r)
		}
	}
	return out
}

// CheckRanges checks ranges one by one, and that none stands twice.
func CheckRanges(base Settings, ranges []Range) error {
	for i, r := range ranges {
		if err := r.Check(base); err != nil {
			return err
		}
		if slices.ContainsFunc(ranges[:i], func(o Range) bool { return o.Setting == r.Setting }) {
			return &casus.Error{Code: casus.Invalid, Input: r.Setting, Problem: "it has two ranges", Advice: "Leave one of the two out."}
		}
	}
	return nil
}
