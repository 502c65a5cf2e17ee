package displacement

import (
	"context"
	"math"
	"slices"

	"casus"
)

// Ensemble is a number of runs of one input: over seeds, and over settings
// where those are uncertain. Its bands say how far runs differ, which is less
// than how far the model is from the world.
type Ensemble struct {
	Start casus.Date
	Days  int
	Names []string   // of the places, in the order of Input
	Runs  []*Outcome // by settings, then by seed

	// Of RunUncertain: what each run ran with, and what was uncertain.
	Settings []Settings
	Ranges   []Range
}

// RunEnsemble runs an input so many times with each of the settings, every run
// with a seed of its own, from first on, on as many cores as there are. What comes back does not
// depend on how many that is.
func RunEnsemble(ctx context.Context, in *Input, settings []Settings, first uint64, seeds int) (*Ensemble, error) {
	if len(settings) == 0 || seeds < 1 {
		return nil, invalid("seeds", "there is nothing to run", "Ask for 1 seed or more.")
	}
	models := make([]*Model, len(settings))
	for i, s := range settings {
		var err error
		if models[i], err = NewModel(in, s); err != nil {
			return nil, err
		}
	}
	jobs := make([]job, len(models)*seeds)
	for i := range jobs {
		jobs[i] = job{models[i/seeds], first + uint64(i)}
	}
	runs, err := runAll(ctx, jobs)
	if err != nil {
		return nil, err
	}
	return &Ensemble{Start: in.Start, Days: in.Days, Runs: runs, Names: runs[0].Names}, nil
}

// Mean returns the mean over the runs of the people at a place at the end of a day.
func (e *Ensemble) Mean(day, place int) float64 {
	sum := 0
	for _, r := range e.Runs {
		sum += r.At(day, place)
	}
	return float64(sum) / float64(len(e.Runs))
}

// Quantile returns the number of people at a place at the end of a day that a
// share q of the runs do not exceed, between runs by linear interpolation.
func (e *Ensemble) Quantile(day, place int, q float64) float64 {
	return e.Bands(day, place, q)[0]
}

// Bands returns several quantiles at once.
func (e *Ensemble) Bands(day, place int, qs ...float64) []float64 {
	return e.BandsOf(func(r *Outcome) int { return r.At(day, place) }, qs...)
}

// BandsOf returns quantiles of a number that each run has.
func (e *Ensemble) BandsOf(number func(*Outcome) int, qs ...float64) []float64 {
	people := make([]int, len(e.Runs))
	for i, r := range e.Runs {
		people[i] = number(r)
	}
	slices.Sort(people)
	out := make([]float64, len(qs))
	for i, q := range qs {
		out[i] = quantile(people, q)
	}
	return out
}

// quantile returns the q-quantile of sorted numbers, the kind that R calls 7.
func quantile(sorted []int, q float64) float64 {
	at := min(max(q, 0), 1) * float64(len(sorted)-1)
	low := int(math.Floor(at))
	high := min(low+1, len(sorted)-1)
	return float64(sorted[low]) + (at-float64(low))*float64(sorted[high]-sorted[low])
}
