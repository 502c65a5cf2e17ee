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
	// Left are the earlier records in between that were not looked at, as there
	// are more than the question's limit.
	Left Left `json:"left,omitzero"`
}

// Left counts records of which an answer does not tell, by the list in which
// they would be. More is true where there are still more of some: counting
// stops somewhere.
type Left struct {
	Happened int  `json:"happened,omitempty"`
	Said     int  `json:"said,omitempty"`
	Moved    int  `json:"moved,omitempty"`
	Bound    int  `json:"bound,omitempty"`
	More     bool `json:"more,omitempty"`
}

// Any tells whether something is left.
func (l Left) Any() bool { return l != Left{} }

// DiffQuestion asks what changed. Either the days differ, or the moments.
type DiffQuestion struct {
	Actor            string // as a person types it; empty is all
	From, To         casus.Date
	KnownFrom, Known time.Time // by the desk's clock
	Recorded         time.Time // see ledger.Query
	// Limit is how many there are at most of what happened, was said, moved and was
	// promised, of each: the latest. 0 is all.
	Limit int
	brief bool // asks not for what moved and was promised
}

// Diff compares two pictures. Between two days it is what the records tell of
// those days, as known at Known. Between two moments it is what became known
// after KnownFrom and up to Known, of whatever day.
func (p *Picture) Diff(ctx context.Context, q DiffQuestion) (Diff, error) {
	var d Diff
	h, err := p.hand(ctx, q.Recorded)
	if err != nil {
		return d, err
	}
	var more [4]bool
	parts := []func() error{
		func() error { return p.turned(ctx, q, &d) },
		func() (err error) {
			d.Said, err = p.latest(ctx, q, casus.KindClaim, &d.Left.Said, &more[0])
			return err
		}, func() (err error) {
			if d.Happened, err = p.latestThings(ctx, q, h, casus.KindEvent, &d.Left.Happened, &more[2]); err == nil {
				d.Happened, err = p.asserted(ctx, d.Happened)
			}
			return err
		}}
	if !q.brief {
		parts = append(parts, func() (err error) {
			d.Bound, err = p.latest(ctx, q, casus.KindCommitment, &d.Left.Bound, &more[1])
			return err
		}, func() (err error) {
			d.Moved, err = p.latestThings(ctx, q, h, casus.KindFlow, &d.Left.Moved, &more[3])
			return err
		})
	}
	err = sideBySide(parts...)
	d.Left.More = slices.Contains(more[:], true)
	return d, err
}

// turned fills in the relations that are not what they were, with the grades of
// the picture that they are from.
func (p *Picture) turned(ctx context.Context, q DiffQuestion, d *Diff) error {
	ask := ledger.RelationQuery{On: q.From, Known: q.earlier(), Recorded: q.Recorded}
	if q.Actor != "" {
		a, err := p.Resolve(ctx, q.Actor)
		if err != nil {
			return err
		}
		ask.Actor = a.ID
	}
	then := ask
	then.On, then.Known = q.To, q.Known
	was, is, err := p.ledger.Turned(ctx, ask, then)
	if err != nil {
		return err
	}
	var before, after Situation // of those relations that may have turned, and their rivals
	before.Relations, before.Contested = holdings(was, ask.On)
	after.Relations, after.Contested = holdings(is, then.On)
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

// between asks for what of a kind is news: what began after the first day and
// by the second, or became known after the first moment and by the second.
func (p *Picture) between(ctx context.Context, q DiffQuestion, kind casus.Kind) (ledger.Query, error) {
	between := Question{Actor: q.Actor, To: q.To, Known: q.Known, Recorded: q.Recorded, Kinds: []casus.Kind{kind}}
	days := q.KnownFrom.IsZero()
	if days {
		between.From = q.From.AddDays(1)
	}
	lq, err := p.query(ctx, between)
	lq.Starting, lq.KnownAfter = days, q.KnownFrom
	return lq, err
}

// countedLeft is how far the records are counted that an answer leaves out.
const countedLeft = 5000

// latest lists what of a kind is news, oldest first: of more than the question's
// limit the latest, and counts those that it leaves out.
func (p *Picture) latest(ctx context.Context, q DiffQuestion, kind casus.Kind, left *int, more *bool) ([]ledger.Entry, error) {
	lq, err := p.between(ctx, q, kind)
	if err != nil {
		return nil, err
	}
	if q.Limit == 0 {
		entries, err := p.pages(ctx, lq)
		return whenBegun(entries, lq), err
	}
	lq.Order, lq.Limit = ledger.Newest, q.Limit
	page, err := p.ledger.Records(ctx, lq)
	if err != nil {
		return nil, err
	}
	if page.Next != "" {
		if err := p.countLeft(ctx, lq, len(page.Entries), left, more); err != nil {
			return nil, err
		}
	}
	slices.Reverse(page.Entries)
	return whenBegun(page.Entries, lq), nil
}

// countLeft counts the records that a query has beside the first few.
func (p *Picture) countLeft(ctx context.Context, lq ledger.Query, told int, left *int, more *bool) error {
	lq.Limit = countedLeft
	days, further, err := p.ledger.Days(ctx, lq)
	*left, *more = max(0, len(days)-told), further
	return err
}

// whenBegun leaves out, of what began in a period, that of which nobody knows
// when it began.
func whenBegun(entries []ledger.Entry, lq ledger.Query) []ledger.Entry {
	if entries == nil {
		entries = []ledger.Entry{}
	}
	return slices.DeleteFunc(entries, func(e ledger.Entry) bool { return lq.Starting && e.Record.When.From == 0 })
}

// latestThings is latest with each thing once. What tells of the first of them
// may lie somewhat before the others, and is looked at too.
func (p *Picture) latestThings(ctx context.Context, q DiffQuestion, h hand, kind casus.Kind, left *int, more *bool) ([]Group, error) {
	lq, err := p.between(ctx, q, kind)
	if err != nil {
		return nil, err
	}
	first := casus.Date(0) // of the days of which all is told
	if q.Limit > 0 {
		lq.Order, lq.Limit = ledger.Newest, q.Limit
		days, further, err := p.ledger.Days(ctx, lq)
		if err != nil {
			return nil, err
		}
		if further {
			first = days[len(days)-1]
			if err := p.countLeft(ctx, lq, len(days), left, more); err != nil {
				return nil, err
			}
			if before := first.AddDays(-farthest(kind)); lq.Starting && first != 0 && before > lq.From {
				lq.From = before
			} else if !lq.Starting {
				lq.From, lq.Starting = before, true
			}
		}
	}
	entries, err := p.pages(ctx, lq)
	if err != nil {
		return nil, err
	}
	things, _, err := p.graded(ctx, whenBegun(entries, lq), h)
	things = slices.DeleteFunc(things, func(g Group) bool { return g.lastTold() < first })
	if q.Limit > 0 && len(things) > q.Limit {
		things = things[len(things)-q.Limit:]
	}
	return things, err
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
