package web

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"casus/alert"
)

// outlooks are answers about alerts that are on their way. Where many articles came
// in, one takes seconds or minutes: it is worked out apart from who asked for it,
// who gets what there is so far and asks again for the rest.
type outlooks struct {
	raise Alerts
	open  context.Context // ends when the server is shut down
	turn  chan struct{}   // one is worked out at a time: each takes all cores

	mu sync.Mutex
	of map[AlertsQuestion]*outlook
}

// outlook is one of them.
type outlook struct {
	done     chan struct{} // closed when soFar is all of it, or failed says why it is not
	unwanted *time.Timer   // ends it when nobody has asked for long

	mu     sync.Mutex
	soFar  alert.Outlook
	failed error
}

const (
	outlookWait   = 80 * time.Millisecond // who asks waits so long for all of it
	outlookWanted = 20 * time.Second      // after somebody asked
	outlookFresh  = 2 * time.Second       // so long it is given again: the next may be of other rules
)

func newOutlooks(open context.Context, raise Alerts) *outlooks {
	return &outlooks{raise: raise, open: open, turn: make(chan struct{}, 1), of: map[AlertsQuestion]*outlook{}}
}

// ask gives what there is of an answer, and begins it where nobody did.
func (s *outlooks) ask(ctx context.Context, q AlertsQuestion) (alert.Outlook, error) {
	o := s.begun(q)
	wait := time.NewTimer(outlookWait)
	defer wait.Stop()
	select {
	case <-o.done:
	case <-wait.C:
	case <-ctx.Done():
		return alert.Outlook{}, ctx.Err()
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.soFar, o.failed
}

// begun finds the outlook of a question, or begins it.
func (s *outlooks) begun(q AlertsQuestion) *outlook {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.of[q]; o != nil {
		o.unwanted.Reset(outlookWanted)
		return o
	}
	ctx, cancel := context.WithCancel(s.open)
	o := &outlook{done: make(chan struct{}), unwanted: time.AfterFunc(outlookWanted, cancel),
		soFar: alert.Outlook{AsOf: q.AsOf, Days: q.Days, Rules: []alert.Checked{}, Wrong: []string{}, Pending: true}}
	s.of[q] = o
	go func() {
		defer cancel()
		s.work(ctx, q, o)
		o.unwanted.Stop()
		if o.failed != nil { // who asks anew may have more luck
			s.forget(q)
			return
		}
		time.AfterFunc(outlookFresh, func() { s.forget(q) })
	}()
	return o
}

func (s *outlooks) forget(q AlertsQuestion) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.of, q)
}

// work works an outlook out when it is its turn.
func (s *outlooks) work(ctx context.Context, q AlertsQuestion, o *outlook) {
	defer close(o.done)
	defer func() {
		if fault := recover(); fault != nil { // no request is there that could recover it
			o.set(alert.Outlook{}, fmt.Errorf("%v\n%s", fault, debug.Stack()))
		}
	}()
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		o.set(alert.Outlook{}, ctx.Err())
		return
	}
	o.set(s.raise(ctx, q, func(soFar alert.Outlook) {
		soFar.Pending = true
		o.set(soFar, nil)
	}))
}

func (o *outlook) set(soFar alert.Outlook, failed error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.soFar, o.failed = soFar, failed
}
