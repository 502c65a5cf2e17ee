package picture

import (
	"cmp"
	"context"
	"slices"

	"casus"
	"casus/ledger"
)

// Lately is the first thing that somebody wants to see: a few things that
// happened, a few promises with what became of them, a few accounts that differ.
type Lately struct {
	Happened []Group         `json:"happened"` // told as so, those on most origins first
	Promised []Promise       `json:"promised"` // kept, broken and overdue ones first, then the latest
	Differ   []Contradiction `json:"differ"`
	// Whole is false where the days have more than was looked at: the newest records.
	Whole bool `json:"whole"`
}

// How many records it looks at, and how many lines of each sort it gives.
const (
	latelyTold     = 160
	latelyPromises = 12
	latelyLines    = 3
)

// Lately looks at what the newest records tell that begin in the question's
// days. Its work is bounded, however large the ledger is.
func (p *Picture) Lately(ctx context.Context, q Question) (Lately, error) {
	out := Lately{Happened: []Group{}, Promised: []Promise{}, Differ: []Contradiction{}}
	told, whole, err := p.newest(ctx, q, latelyTold, casus.KindEvent, casus.KindFigure, casus.KindFlow)
	if err != nil {
		return out, err
	}
	out.Whole = whole
	if err := p.latelyTold(ctx, q, told, &out); err != nil {
		return out, err
	}
	bound, whole, err := p.newest(ctx, q, latelyPromises, casus.KindCommitment)
	if err != nil {
		return out, err
	}
	out.Whole = out.Whole && whole
	v, err := p.plainView()
	if err != nil {
		return out, err
	}
	if out.Promised, _, err = v.promises(ctx, q, "", 0, v.of(bound), promisePage{}.last); err != nil {
		return out, err
	}
	slices.SortStableFunc(out.Promised, func(a, b Promise) int {
		return cmp.Or(cmp.Compare(telling(a), telling(b)), cmp.Compare(ledger.Day(b.Entries[0].Record.When), ledger.Day(a.Entries[0].Record.When)))
	})
	out.Promised = onceSaid(out.Promised)
	out.Promised = out.Promised[:min(len(out.Promised), latelyLines)]
	return out, nil
}

// newest lists the newest records of some kinds that begin in the question's
// days, oldest first, and tells whether that is all.
func (p *Picture) newest(ctx context.Context, q Question, most int, kinds ...casus.Kind) ([]ledger.Entry, bool, error) {
	lq, err := p.query(ctx, q)
	if err != nil {
		return nil, false, err
	}
	lq.Kinds, lq.Starting, lq.Order, lq.Limit, lq.After = kinds, true, ledger.Newest, most, ""
	page, err := p.ledger.Records(ctx, lq)
	began := slices.DeleteFunc(page.Entries, func(e ledger.Entry) bool { return e.Record.When.From == 0 }) // nobody knows when the others began
	slices.Reverse(began)
	return began, page.Next == "", err
}

// latelyTold fills in what happened and where accounts differ.
func (p *Picture) latelyTold(ctx context.Context, q Question, entries []ledger.Entry, out *Lately) error {
	h, err := p.hand(ctx, q.Recorded)
	if err != nil {
		return err
	}
	things, stands, err := p.graded(ctx, entries, h)
	if err != nil {
		return err
	}
	out.Differ = differing(things, stands)
	happened, err := p.asserted(ctx, slices.DeleteFunc(things, func(g Group) bool { return g.Entries[0].Record.Kind() != casus.KindEvent }))
	if err != nil {
		return err
	}
	slices.SortStableFunc(weightiest(happened), func(a, b Group) int { return cmp.Compare(nameless(a), nameless(b)) })
	out.Happened = happened[:min(len(happened), latelyLines)]
	return nil
}

// differing lists a few of the contradictions that things are in: between sources
// first, then those that are most surely about one thing, then the latest.
func differing(things []Group, stands map[casus.RecordID][]position) []Contradiction {
	out := []Contradiction{}
	met := map[*Contradiction]bool{}
	for _, g := range slices.Backward(things) {
		for _, e := range g.Entries {
			for _, at := range stands[e.ID] {
				if !met[at.in] {
					met[at.in] = true
					out = append(out, *at.in)
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Contradiction) int {
		return cmp.Or(-cmp.Compare(a.Verdict, b.Verdict), cmp.Compare(b.Sure, a.Sure))
	})
	return out[:min(len(out), latelyLines)]
}

// nameless is 1 for an event of which nobody says who did it or to whom, else 0:
// such a thing says little to whom it is new.
func nameless(g Group) int {
	event, ok := g.Lead().Record.Body.(*casus.Event)
	none := func(side []casus.ActorID) bool { return len(side) == 0 || slices.Contains(side, "unknown") }
	if !ok || none(event.Source) || none(event.Target) {
		return 1
	}
	return 0
}

// onceSaid leaves out promises that the very words of an earlier one give too, as
// what two sides promised each other.
func onceSaid(list []Promise) []Promise {
	type words struct {
		article casus.ArticleID
		span    casus.Span
	}
	met := map[words]bool{}
	return slices.DeleteFunc(list, func(p Promise) bool {
		at := words{p.Entries[0].Article.ID, p.Entries[0].Record.Span}
		again := met[at]
		met[at] = true
		return again
	})
}

// telling is the place of a promise among others: what was broken, kept or is
// overdue tells more than what is only bound.
func telling(p Promise) int {
	switch {
	case p.State == casus.Broken, p.State == casus.Kept:
		return 0
	case p.Overdue:
		return 1
	case p.State == casus.Triggered, p.State == casus.InForce:
		return 2
	}
	return 3
}
