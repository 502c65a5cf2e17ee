package picture

import (
	"context"
	"slices"
	"time"

	"casus"
	"casus/ledger"
)

// Diff is what changed from one picture to another: in the world between two
// days, or in what we know of it between two moments.
type Diff struct {
	Begun     []Holding      `json:"begun"`     // relations in force now and not before
	Ended     []Holding      `json:"ended"`     // relations in force before and not now, with the evidence of before
	Contested []Holding      `json:"contested"` // newly said to be denied, possible, planned or conditional
	Happened  []Group        `json:"happened"`  // events in between, each once
	Said      []ledger.Entry `json:"said"`      // statements in between
	Moved     []Group        `json:"moved"`     // flows in between, each once
	Bound     []ledger.Entry `json:"bound"`     // commitments told of in between
}

// DiffQuestion asks what changed. Either the days differ, or the moments.
type DiffQuestion struct {
	Actor            string // as a person types it; empty is all
	From, To         casus.Date
	KnownFrom, Known time.Time // by the desk's clock
	Recorded         time.Time // see ledger.Query
}

// Diff compares two pictures. Between two days it is what the records tell of
// those days, as known at Known. Between two moments it is what became known
// after KnownFrom and up to Known, of whatever day.
func (p *Picture) Diff(ctx context.Context, q DiffQuestion) (Diff, error) {
	var d Diff
	before, err := p.Situation(ctx, Question{Actor: q.Actor, To: q.From, Known: q.earlier(), Recorded: q.Recorded})
	if err != nil {
		return d, err
	}
	after, err := p.Situation(ctx, Question{Actor: q.Actor, To: q.To, Known: q.Known, Recorded: q.Recorded})
	if err != nil {
		return d, err
	}
	d.Begun, d.Ended = without(after.Relations, before.Relations), without(before.Relations, after.Relations)
	d.Contested = without(after.Contested, before.Contested)
	between := Question{Actor: q.Actor, To: q.To, Known: q.Known, Recorded: q.Recorded}
	if q.KnownFrom.IsZero() {
		between.From = q.From.AddDays(1)
	}
	entries, err := p.everything(ctx, between)
	if err != nil {
		return d, err
	}
	return d, p.sortInto(ctx, &d, slices.DeleteFunc(entries, q.older), q.Recorded)
}

// earlier is until when the earlier picture was known: for a diff of two days
// that is as long as for the later.
func (q DiffQuestion) earlier() time.Time {
	if q.KnownFrom.IsZero() {
		return q.Known
	}
	return q.KnownFrom
}

// older tells whether an entry is no news: it began before the days asked
// about, or nobody knows when, or was known before.
func (q DiffQuestion) older(e ledger.Entry) bool {
	if q.KnownFrom.IsZero() {
		return e.Record.When.From <= q.From
	}
	return !e.Article.Known.After(q.KnownFrom)
}

func (p *Picture) sortInto(ctx context.Context, d *Diff, entries []ledger.Entry, recorded time.Time) error {
	d.Said, d.Bound = []ledger.Entry{}, []ledger.Entry{}
	var events, flows []ledger.Entry
	for _, e := range entries {
		switch e.Record.Kind() {
		case casus.KindEvent:
			events = append(events, e)
		case casus.KindClaim:
			d.Said = append(d.Said, e)
		case casus.KindFlow:
			flows = append(flows, e)
		case casus.KindCommitment:
			d.Bound = append(d.Bound, e)
		}
	}
	h, err := p.hand(ctx, recorded)
	if err != nil {
		return err
	}
	things, _, err := p.graded(ctx, events, h)
	if err != nil {
		return err
	}
	if d.Happened, err = p.asserted(ctx, things); err != nil {
		return err
	}
	d.Moved, _, err = p.graded(ctx, flows, h)
	return err
}

// without lists the relations of a that b does not have.
func without(a, b []Holding) []Holding {
	has := map[relationKey]bool{}
	for _, h := range b {
		has[relationKey{h.Type, h.From, h.To}] = true
	}
	out := []Holding{}
	for _, h := range a {
		if !has[relationKey{h.Type, h.From, h.To}] {
			out = append(out, h)
		}
	}
	return out
}
