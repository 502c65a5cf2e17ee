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
	if err := p.turned(ctx, q, &d); err != nil {
		return d, err
	}
	entries, err := p.between(ctx, q)
	if err != nil {
		return d, err
	}
	return d, p.sortInto(ctx, &d, entries, q.Recorded)
}

// turned fills in the relations that are not what they were, with the grades of
// the picture that they are from.
func (p *Picture) turned(ctx context.Context, q DiffQuestion, d *Diff) error {
	var before, after Situation
	if _, err := p.inForce(ctx, Question{Actor: q.Actor, To: q.From, Known: q.earlier(), Recorded: q.Recorded}, &before); err != nil {
		return err
	}
	if _, err := p.inForce(ctx, Question{Actor: q.Actor, To: q.To, Known: q.Known, Recorded: q.Recorded}, &after); err != nil {
		return err
	}
	h, err := p.hand(ctx, q.Recorded)
	if err != nil {
		return err
	}
	type lot struct{ of, against Situation }
	for _, l := range []lot{{after, before}, {before, after}} {
		turned := keys(slices.Concat(without(l.of.Relations, l.against.Relations), without(l.of.Contested, l.against.Contested)))
		if err := p.gradeHoldings(ctx, l.of.Relations, l.of.Contested, h, func(g Holding) bool { return turned[g.key()] }); err != nil {
			return err
		}
	}
	d.Begun, d.Ended = without(after.Relations, before.Relations), without(before.Relations, after.Relations)
	d.Contested = without(after.Contested, before.Contested)
	return nil
}

func keys(list []Holding) map[relationKey]bool {
	out := make(map[relationKey]bool, len(list))
	for _, g := range list {
		out[g.key()] = true
	}
	return out
}

// earlier is until when the earlier picture was known: for a diff of two days
// that is as long as for the later.
func (q DiffQuestion) earlier() time.Time {
	if q.KnownFrom.IsZero() {
		return q.Known
	}
	return q.KnownFrom
}

// between lists what is news: what began after the first day and by the second,
// or became known after the first moment and by the second.
func (p *Picture) between(ctx context.Context, q DiffQuestion) ([]ledger.Entry, error) {
	between := Question{Actor: q.Actor, To: q.To, Known: q.Known, Recorded: q.Recorded,
		Kinds: []casus.Kind{casus.KindEvent, casus.KindClaim, casus.KindFlow, casus.KindCommitment}}
	days := q.KnownFrom.IsZero()
	if days {
		between.From = q.From.AddDays(1)
	}
	lq, err := p.query(ctx, between)
	if err != nil {
		return nil, err
	}
	lq.Starting, lq.KnownAfter = days, q.KnownFrom
	entries, err := p.pages(ctx, lq)
	return slices.DeleteFunc(entries, func(e ledger.Entry) bool { return days && e.Record.When.From == 0 }), err // nobody knows when it began
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
	has := keys(b)
	out := []Holding{}
	for _, h := range a {
		if !has[h.key()] {
			out = append(out, h)
		}
	}
	return out
}
