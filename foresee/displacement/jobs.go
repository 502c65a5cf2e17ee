package displacement

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"sync"

	"casus"
)

// job is a run that is asked for.
type job struct {
	model *Model
	seed  uint64
}

// maxHands bounds how many cores work at one run: its phases take some hundred
// microseconds, of which no more can have a share.
const maxHands = 8

// yard is where runs are handed out to cores. A core leads a run as long as
// there is one that nobody has begun, the split that wastes nothing; then it
// helps those that are under way, so that three runs take two cores no longer
// than one and a half.
type yard struct {
	mu       sync.Mutex
	jobs     []job // not yet begun
	begun    int
	outcomes []*Outcome
	errs     []error
	underway []*world
	hands    int // for each run
}

// runAll runs all jobs on as many cores as there are and returns their outcomes
// in order. It stops early, with the context's error, when the context is done.
func runAll(ctx context.Context, jobs []job) ([]*Outcome, error) {
	cores := runtime.GOMAXPROCS(0)
	y := &yard{jobs: jobs, outcomes: make([]*Outcome, len(jobs)), errs: make([]error, len(jobs)), hands: min(cores, maxHands)}
	var wg sync.WaitGroup
	for range min(cores, len(jobs)*maxHands) {
		wg.Go(func() {
			for y.lead(ctx) {
			}
			for y.help() {
			}
		})
	}
	wg.Wait()
	return y.outcomes, cmp.Or(y.errs...)
}

// lead begins the next job and works at it until it is done. It tells whether there was one.
func (y *yard) lead(ctx context.Context) bool {
	y.mu.Lock()
	i := y.begun
	if i == len(y.jobs) {
		y.mu.Unlock()
		return false
	}
	y.begun++
	w := newWorld(y.jobs[i].model, y.jobs[i].seed, y.hands)
	y.underway = append(y.underway, w)
	y.mu.Unlock()
	y.outcomes[i], y.errs[i] = w.run(ctx)
	y.mu.Lock()
	defer y.mu.Unlock()
	for j := range y.underway {
		if y.underway[j] == w {
			y.underway = append(y.underway[:j], y.underway[j+1:]...)
			break
		}
	}
	return true
}

// help works at the run that has the fewest hands until that is done. It tells
// whether there was one.
func (y *yard) help() bool {
	y.mu.Lock()
	var weakest *world
	for _, w := range y.underway {
		if n := w.crew.joined.Load(); int(n) < y.hands && (weakest == nil || n < weakest.crew.joined.Load()) {
			weakest = w
		}
	}
	if weakest == nil {
		y.mu.Unlock()
		return false
	}
	id := weakest.crew.join()
	y.mu.Unlock()
	weakest.crew.help(id)
	return true
}

// run lives through all days, and dismisses those who help.
func (w *world) run(ctx context.Context) (*Outcome, error) {
	defer w.crew.dismiss()
	out := newOutcome(w.in, w.seed)
	for day := range w.in.Days {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		w.live(day)
		if w.tooMany {
			return nil, &casus.Error{Code: casus.TooLarge, Input: fmt.Sprintf("day %d", day), Problem: "by now more than two thousand million people have fled, which is more than a run can hold",
				Advice: "Look at the counts or displaced_per_conflict_day; or let several people move as one (--hasten)."}
		}
		w.record(out, day)
	}
	return out, nil
}
