// Package delivery brings alerts to where they go: files of JSON lines, Atom
// feeds, webhooks and whatever else is a Target. A Courier takes them from the
// outbox; each target has its own pace, so that one that is down holds up
// nobody else.
package delivery

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"casus/alert/outbox"
)

// Target is a place where alerts go. It is used by one goroutine at a time.
type Target interface {
	// Name tells it apart, also from one run to the next.
	Name() string
	// Most is how many parcels it takes at a time.
	Most() int
	// Deliver delivers all parcels or fails. A parcel that is Begun may have
	// arrived before: where the target can tell, it is not delivered again. A
	// *Refused says that these parcels will never be taken.
	Deliver(ctx context.Context, parcels []outbox.Parcel) error
}

// Refused is the error of a target that answers and will not take a parcel,
// now or later.
type Refused struct{ Err error }

func (r *Refused) Error() string { return "refused: " + r.Err.Error() }
func (r *Refused) Unwrap() error { return r.Err }

// Later is the error of a target that says when to come back.
type Later struct {
	Err   error
	After time.Duration
}

func (l *Later) Error() string { return l.Err.Error() }
func (l *Later) Unwrap() error { return l.Err }

// Courier delivers what waits in an outbox.
type Courier struct {
	Outbox *outbox.Outbox
	Now    func() time.Time
	// First is the pause after a first failure; each further one doubles it, up
	// to Longest. A tenth more or less keeps many couriers from coming at once.
	First, Longest time.Duration
	// Tries is how many failures one after another a target may have in Once,
	// and Patience the longest pause that it waits for.
	Tries    int
	Patience time.Duration
	// Tell is told what a person should know: that a target cannot be reached,
	// that it is back, that it refuses. It may be called from several goroutines.
	Tell func(string)
}

// Once delivers what waits to all targets at once, and returns when it is
// delivered or has been tried enough: what is left waits for the next time.
// Its error is of the outbox, or of ctx; a target that fails is told of.
func (c *Courier) Once(ctx context.Context, targets []Target) error {
	errs := make([]error, len(targets))
	var wg sync.WaitGroup
	for i, t := range targets {
		wg.Go(func() { errs[i] = c.empty(ctx, t, c.Tries) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

// Run delivers to one target what waits, and again whenever more is told of,
// until ctx ends.
func (c *Courier) Run(ctx context.Context, t Target, more <-chan struct{}) error {
	for {
		if err := c.empty(ctx, t, 0); err != nil {
			if ctx.Err() != nil {
				return nil //nolint:nilerr // told to stop
			}
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-more:
		}
	}
}

// empty delivers until nothing waits, or the target failed tries times (0 is
// without end).
func (c *Courier) empty(ctx context.Context, t Target, tries int) error {
	for failed := 0; ; {
		parcels, err := c.Outbox.Waiting(ctx, t.Name(), t.Most())
		if err != nil || len(parcels) == 0 {
			return err
		}
		pause, err := c.Outbox.Pause(ctx, t.Name())
		if err != nil {
			return err
		}
		if failed > 0 || tries == 0 { // a new run comes to see whether the target is back
			if tries > 0 && pause.Until.Sub(c.Now()) > c.Patience {
				return nil // away for long: the next run comes by again
			}
			if err := c.wait(ctx, pause); err != nil {
				return err
			}
		}
		ok, err := c.deliver(ctx, t, parcels, pause)
		if err != nil {
			return err
		}
		if ok {
			failed = 0
			continue
		}
		if failed++; failed == tries {
			return nil
		}
	}
}

func (c *Courier) wait(ctx context.Context, p outbox.Pause) error {
	left := p.Until.Sub(c.Now())
	if p.Failures == 0 || left <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(min(left, c.Longest)) // a clock that was set back is not waited for
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// deliver delivers some parcels and writes down how that ended; false where the
// target could not be reached. Its error is of the outbox or of ctx.
func (c *Courier) deliver(ctx context.Context, t Target, parcels []outbox.Parcel, before outbox.Pause) (bool, error) {
	if err := c.Outbox.Begin(ctx, t.Name(), parcels); err != nil {
		return false, err
	}
	err := t.Deliver(ctx, parcels)
	if ctx.Err() != nil && err != nil {
		return false, ctx.Err()
	}
	keep := context.WithoutCancel(ctx) // it arrived, whatever ends us now
	var refused *Refused
	switch {
	case err == nil:
		if before.Failures > 0 {
			c.Tell(t.Name() + ": it can be reached again")
		}
		return true, c.Outbox.Done(keep, t.Name(), parcels)
	case errors.As(err, &refused):
		for _, p := range parcels {
			c.Tell(fmt.Sprintf("%s: alert %s (%s) is not taken: %v. It is not sent again.", t.Name(), p.Alert.ID, p.Alert.Rule, refused.Err))
		}
		return true, c.Outbox.Refused(keep, t.Name(), parcels)
	}
	pause := outbox.Pause{Failures: before.Failures + 1}
	rest := c.pauseAfter(pause.Failures)
	var later *Later
	if errors.As(err, &later) {
		rest = max(rest, min(later.After, c.Longest))
	}
	pause.Until = c.Now().Add(rest)
	if err := c.Outbox.Failed(keep, t.Name(), pause); err != nil {
		return false, err
	}
	waiting, countErr := c.Outbox.Count(keep, t.Name())
	c.Tell(fmt.Sprintf("%s: %v; %d waiting, next try in %s or at the next run", t.Name(), err, waiting, rest.Round(time.Millisecond)))
	return false, countErr
}

// pauseAfter is how long to wait after so many failures.
func (c *Courier) pauseAfter(failures int) time.Duration {
	rest := c.First
	for range min(failures-1, 40) {
		rest = min(2*rest, c.Longest)
	}
	return time.Duration(float64(rest) * (0.9 + 0.2*rand.Float64()))
}
