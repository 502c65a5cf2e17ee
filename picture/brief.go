package picture

import (
	"cmp"
	"context"
	"slices"
	"time"

	"casus"
	"casus/ledger"
)

// Brief is what a desk needs to know of some days on one page: each thing once,
// the best told first.
type Brief struct {
	Since    casus.Date      `json:"since"`
	Until    casus.Date      `json:"until"`
	Actor    *casus.Actor    `json:"actor,omitempty"`
	Happened []Group         `json:"happened"` // events, those on most origins first, graded
	Said     []ledger.Entry  `json:"said"`     // statements other than plain saying, the latest first
	Begun    []Holding       `json:"begun"`    // relations
	Ended    []Holding       `json:"ended"`
	Due      []Promise       `json:"due"`    // commitments with a deadline that is near or past
	Differ   []Contradiction `json:"differ"` // what sources tell in ways that cannot all be right
	Left     int             `json:"left"`   // how many events and statements the page has no room for
}

// BriefQuestion asks for a brief.
type BriefQuestion struct {
	Actor        string     // as a person types it; empty is all
	Since, Until casus.Date // the first and the last day
	Known        time.Time  // see ledger.Query
	Recorded     time.Time
}

// How much of each sort a page has, and how near a deadline must be.
const (
	briefEvents     = 12
	briefStatements = 8
	briefDue        = 8
	briefDiffer     = 6
	briefSoon       = 14  // days
	briefLooked     = 250 // events and statements each, the latest, of which it picks
)

// Brief draws up a brief.
func (p *Picture) Brief(ctx context.Context, q BriefQuestion) (Brief, error) {
	b := Brief{Since: q.Since, Until: q.Until}
	if q.Actor != "" {
		a, err := p.Resolve(ctx, q.Actor)
		if err != nil {
			return b, err
		}
		b.Actor = &a
	}
	err := sideBySide(func() error {
		d, err := p.Diff(ctx, DiffQuestion{Actor: q.Actor, From: q.Since - 1, To: q.Until, Known: q.Known, Recorded: q.Recorded, Limit: briefLooked, brief: true})
		b.Begun, b.Ended = d.Begun, d.Ended
		b.Happened, b.Said, b.Left = weightiest(d.Happened), pointed(d.Said), d.Left.Happened+d.Left.Said
		return err
	}, func() (err error) {
		b.Due, err = p.due(ctx, q)
		return err
	}, func() (err error) {
		b.Differ, _, err = p.ContradictionPage(ctx, Question{Actor: q.Actor, From: q.Since, To: q.Until, Known: q.Known, Recorded: q.Recorded, Limit: briefDiffer}, nil)
		return err
	})
	b.Left += max(0, len(b.Happened)-briefEvents) + max(0, len(b.Said)-briefStatements)
	b.Happened, b.Said = b.Happened[:min(len(b.Happened), briefEvents)], b.Said[:min(len(b.Said), briefStatements)]
	b.Differ = b.Differ[:min(len(b.Differ), briefDiffer)]
	return b, err
}

// weightiest orders things by how many origins tell of them, then material
// before verbal ones, then the latest first.
func weightiest(things []Group) []Group {
	verbal := func(g Group) int {
		event, ok := g.Entries[0].Record.Body.(*casus.Event)
		if ok && quadOf(event.Type)%2 == 0 {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(things, func(a, b Group) int {
		return cmp.Or(cmp.Compare(len(b.Origins), len(a.Origins)), cmp.Compare(verbal(a), verbal(b)),
			cmp.Compare(ledger.Day(b.Entries[0].Record.When), ledger.Day(a.Entries[0].Record.When)))
	})
	return things
}

// pointed leaves out plain saying and judging, and gives the latest first.
func pointed(said []ledger.Entry) []ledger.Entry {
	out := slices.DeleteFunc(slices.Clone(said), func(e ledger.Entry) bool {
		c, ok := e.Record.Body.(*casus.Claim)
		return !ok || c.Act == casus.Say || c.Act == casus.Assess
	})
	slices.SortStableFunc(out, func(a, b ledger.Entry) int {
		return cmp.Compare(ledger.Day(b.Record.When), ledger.Day(a.Record.When))
	})
	return out
}

// due lists the commitments whose deadline lies within the days of the brief or
// soon after, and those that are overdue since.
func (p *Picture) due(ctx context.Context, q BriefQuestion) ([]Promise, error) {
	out, err := p.Due(ctx, Question{Actor: q.Actor, To: q.Until, Known: q.Known, Recorded: q.Recorded, Limit: briefDue}, q.Since, q.Until.AddDays(briefSoon))
	return out[:min(len(out), briefDue)], err
}
