package displacement

import (
	"context"
	"math"
	"math/rand/v2"
)

// Knob is a setting that calibration may turn, within bounds.
type Knob struct {
	Name     string // as in a settings file
	Low, Top float64
	Whole    bool // a whole number
	at       func(*Settings) *float64
	whole    func(*Settings) *int
}

// Knobs returns the settings that say how people move and that no map or count
// tells. Bounds are what is at all plausible.
func Knobs() []Knob {
	return []Knob{
		{Name: "default_movechance", Low: 0.05, Top: 1, at: func(s *Settings) *float64 { return &s.LeaveTown }},
		{Name: "conflict_movechance", Low: 0.3, Top: 1, at: func(s *Settings) *float64 { return &s.LeaveZone }},
		{Name: "camp_movechance", Low: 0.0001, Top: 0.01, at: func(s *Settings) *float64 { return &s.LeaveCamp }},
		{Name: "max_move_speed", Low: 100, Top: 600, at: func(s *Settings) *float64 { return &s.MaxSpeed }},
		{Name: "camp_weight", Low: 0.5, Top: 20, at: func(s *Settings) *float64 { return &s.CampWeight }},
		{Name: "foreign_weight", Low: 0.5, Top: 10, at: func(s *Settings) *float64 { return &s.ForeignWeight }},
		{Name: "conflict_weight", Low: 0.02, Top: 1, at: func(s *Settings) *float64 { return &s.ZoneWeight }},
		{Name: "softening", Low: 0.5, Top: 200, at: func(s *Settings) *float64 { return &s.Softening }},
		{Name: "distance_power", Low: 0.25, Top: 4, at: func(s *Settings) *float64 { return &s.DistancePower }},
		{Name: "capacity_scaling", Low: 0.5, Top: 3, at: func(s *Settings) *float64 { return &s.CapacityScaling }},
		{Name: "awareness_level", Low: 1, Top: 3, Whole: true, whole: func(s *Settings) *int { return &s.Awareness }},
	}
}

// get and set read and write a setting on a scale from 0 to 1, by ratios.
func (k *Knob) get(s *Settings) float64 {
	x := 0.0
	if k.Whole {
		x = float64(*k.whole(s))
	} else {
		x = *k.at(s)
	}
	return math.Log(min(max(x, k.Low), k.Top)/k.Low) / math.Log(k.Top/k.Low)
}

func (k *Knob) set(s *Settings, share float64) {
	x := k.Low * math.Pow(k.Top/k.Low, min(max(share, 0), 1))
	if k.Whole {
		*k.whole(s) = int(math.Round(x))
		return
	}
	// Three figures: more would say more than is known.
	unit := math.Pow(10, math.Floor(math.Log10(x))-2)
	*k.at(s) = min(max(math.Round(x/unit)*unit, k.Low), k.Top)
}

// Search says how long and on what calibration tries.
type Search struct {
	Trials int // settings to try
	Seeds  int // runs of each on each conflict
	// Tried is called after each trial with the best so far; may be nil.
	Tried func(trial int, best float64)
}

// Calibrate turns the knobs of base so that the mean over the conflicts of the
// rescaled average relative difference becomes small, and returns the best
// settings tried with their error. The way is a pattern search: from the best so
// far one or two knobs at a time are moved by a step that shrinks where nothing
// helps. All trials share their seeds, so that luck does not decide between two.
func Calibrate(ctx context.Context, conflicts []*Conflict, base Settings, knobs []Knob, search Search) (Settings, float64, error) {
	counted := make([][][]float64, len(conflicts))
	for i, c := range conflicts {
		counted[i] = c.Counts.Table(c.Input)
	}
	fit := func(s Settings) (float64, error) {
		total := 0.0
		for i, c := range conflicts {
			e, err := RunEnsemble(ctx, c.Input, []Settings{s}, 1, search.Seeds)
			if err != nil {
				return 0, err
			}
			for _, run := range e.Runs {
				total += Compare(c.Counts.Camps, run.Table(c.Counts.Camps), counted[i]).Rescaled
			}
		}
		return total / float64(len(conflicts)*search.Seeds), nil
	}
	best := base
	bestFit, err := fit(best)
	if err != nil {
		return base, 0, err
	}
	rng := rand.New(rand.NewPCG(1, 1)) // the same search each time
	step, idle := 0.25, 0
	for trial := 1; trial < search.Trials && len(knobs) > 0; trial++ {
		next := best
		for range 1 + rng.IntN(2) {
			k := &knobs[rng.IntN(len(knobs))]
			by := step
			if k.Whole {
				by = max(step, 0.4) // to the next whole number at least
			}
			k.set(&next, k.get(&best)+by*(2*rng.Float64()-1))
		}
		got, err := fit(next)
		if err != nil {
			return best, bestFit, err
		}
		if idle++; got < bestFit {
			best, bestFit, idle = next, got, 0
		}
		if idle > 4*len(knobs) {
			step, idle = max(step/2, 0.01), 0
		}
		if search.Tried != nil {
			search.Tried(trial, bestFit)
		}
	}
	return best, bestFit, nil
}
