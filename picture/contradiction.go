package picture

import (
	"cmp"
	"context"
	"math"
	"slices"

	"casus"
	"casus/ledger"
)

// Rivalry is in what two tellings of one thing cannot both be right.
type Rivalry string

const (
	RivalFigures Rivalry = "figures" // numbers whose bounds cannot both be
	RivalStatus  Rivalry = "status"  // told as so, and denied
	RivalBlame   Rivalry = "blame"   // each side says that the other did it
	RivalActors  Rivalry = "actors"  // different names for who did it
	RivalDates   Rivalry = "dates"   // different days for it
)

// Rivalries lists in what tellings may differ.
func Rivalries() []Rivalry {
	return []Rivalry{RivalFigures, RivalStatus, RivalBlame, RivalActors, RivalDates}
}

// Verdict says between whom the contradiction is.
type Verdict string

const (
	SourcesDiffer     Verdict = "sources differ"
	ChangedOwnAccount Verdict = "changed own account" // one origin, at different times
)

// Side is what some tellings have in common against the others.
type Side struct {
	Entries []ledger.Entry `json:"entries"` // earliest publication first
	Origins []Origin       `json:"origins"` // each once
	Grade   Grade          `json:"grade"`   // how far this side can be relied on
}

// Contradiction is one thing that is told in ways that cannot all be right.
type Contradiction struct {
	Rivalry Rivalry `json:"rivalry"`
	Verdict Verdict `json:"verdict"`
	Sides   []Side  `json:"sides"` // the one that was published first comes first
	Sure    float64 `json:"sure"`  // how surely it is one thing, see Group
	// Likely is Sure in the words of ICD 203.
	Likely Likelihood `json:"likely"`
	// Decided is an analyst's last word, nil where there is none.
	Decided *Decided `json:"decided,omitempty"`
}

// Contradictions lists what the sources tell in ways that cannot all be right,
// the latest thing first. The question's order and pages do not count.
func (p *Picture) Contradictions(ctx context.Context, q Question) ([]Contradiction, error) {
	entries, err := p.everything(ctx, q)
	if err != nil {
		return nil, err
	}
	h, err := p.hand(ctx, q.Recorded)
	if err != nil {
		return nil, err
	}
	groups, err := p.groups(ctx, entries, h)
	if err != nil {
		return nil, err
	}
	out, err := p.contradictionsIn(ctx, groups, entries, h)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(out, func(a, b Contradiction) int { return cmp.Compare(b.day(), a.day()) })
	return out, nil
}

// contradictionsIn finds those within things and between them. entries are all
// that the things consist of.
func (p *Picture) contradictionsIn(ctx context.Context, things []Group, entries []ledger.Entry, h hand) ([]Contradiction, error) {
	o := newOrigins(p.ledger)
	out := []Contradiction{}
	for _, g := range things {
		for _, split := range splits() {
			sides := split.into(g.Entries)
			if len(sides) < 2 {
				continue
			}
			c, err := contradiction(ctx, o, split.rivalry, sides, g.Sure)
			if err != nil {
				return nil, err
			}
			out = append(out, c)
		}
	}
	rivals, err := p.rivals(ctx, o, entries, h)
	out = append(out, rivals...)
	for i := range out {
		out[i].judge(h)
	}
	return out, err
}

// split is a way in which tellings of one thing part into sides that cannot
// both be right; fewer than two sides is none.
type split struct {
	rivalry Rivalry
	into    func([]ledger.Entry) [][]ledger.Entry
}

func splits() []split {
	return []split{{RivalFigures, byBounds}, {RivalStatus, byDenial}, {RivalDates, byDay}}
}

// everything asks for all pages of a question, oldest first.
func (p *Picture) everything(ctx context.Context, q Question) ([]ledger.Entry, error) {
	var lq ledger.Query
	q.Limit, q.After, q.Order = 1, "", ledger.Oldest
	if _, err := p.ask(ctx, q, func(asked *ledger.Query) { lq = *asked }); err != nil {
		return nil, err
	}
	return p.pages(ctx, lq)
}

// pages asks for all pages of a query, oldest first.
func (p *Picture) pages(ctx context.Context, q ledger.Query) ([]ledger.Entry, error) {
	q.Limit, q.After, q.Order = ledger.MaxLimit, "", ledger.Oldest
	var out []ledger.Entry
	for {
		page, err := p.ledger.Records(ctx, q)
		if err != nil {
			return nil, err
		}
		out = append(out, page.Entries...)
		if q.After = page.Next; q.After == "" {
			return out, nil
		}
	}
}

func (c Contradiction) day() casus.Date { return ledger.Day(c.Sides[0].Entries[0].Record.When) }

// contradiction says who stands on each side, and whether that is one and the
// same origin that tells it otherwise than before.
func contradiction(ctx context.Context, o *origins, r Rivalry, sides [][]ledger.Entry, sure float64) (Contradiction, error) {
	c := Contradiction{Rivalry: r, Verdict: ChangedOwnAccount, Sure: sure, Likely: likely(sure)}
	for _, entries := range sides {
		list, err := o.all(ctx, entries)
		if err != nil {
			return c, err
		}
		c.Sides = append(c.Sides, Side{Entries: entries, Origins: list})
	}
	slices.SortStableFunc(c.Sides, func(a, b Side) int {
		if earlier(a.Entries[0].Article, b.Entries[0].Article) {
			return -1
		}
		return 1
	})
	for _, s := range c.Sides[1:] {
		if !slices.ContainsFunc(s.Origins, func(o Origin) bool { return slices.Contains(c.Sides[0].Origins, o) }) {
			c.Verdict = SourcesDiffer
		}
	}
	return c, nil
}

// byBounds parts numbers of one thing that cannot both be. Rounded ones ("about
// a thousand") may be a tenth off.
func byBounds(entries []ledger.Entry) [][]ledger.Entry {
	var sides [][]ledger.Entry
	for _, e := range entries {
		low, high, ok := boundsOf(e.Record)
		if !ok {
			continue
		}
		i := slices.IndexFunc(sides, func(side []ledger.Entry) bool {
			return !slices.ContainsFunc(side, func(o ledger.Entry) bool {
				l, h, _ := boundsOf(o.Record)
				return low > h || l > high
			})
		})
		if i < 0 {
			sides = append(sides, nil)
			i = len(sides) - 1
		}
		sides[i] = append(sides[i], e)
	}
	return sides
}

// boundsOf are the bounds of a figure or flow; open ones are infinite.
func boundsOf(r casus.Record) (low, high float64, ok bool) {
	var l, h *float64
	approx := false
	switch b := r.Body.(type) {
	case *casus.Figure:
		l, h, approx = b.Low, b.High, b.Approx
	case *casus.Flow:
		l, h = b.Low, b.High
	}
	if l == nil && h == nil {
		return 0, 0, false
	}
	low, high = math.Inf(-1), math.Inf(1)
	if l != nil {
		low = *l
	}
	if h != nil {
		high = *h
	}
	if approx {
		low, high = low-math.Abs(low)/10, high+math.Abs(high)/10
	}
	return low, high, true
}

// byDenial parts what is told as so from what is denied.
func byDenial(entries []ledger.Entry) [][]ledger.Entry {
	var so, denied []ledger.Entry
	for _, e := range entries {
		switch {
		case e.Record.Kind() == casus.KindClaim:
		case e.Record.Status == casus.Denied:
			denied = append(denied, e)
		case ledger.Asserted(e.Record):
			so = append(so, e)
		}
	}
	if len(so) == 0 || len(denied) == 0 {
		return nil
	}
	return [][]ledger.Entry{so, denied}
}

// byDay parts tellings of one event that date it to different days.
func byDay(entries []ledger.Entry) [][]ledger.Entry {
	var sides [][]ledger.Entry
	for _, e := range entries {
		when := e.Record.When
		if e.Record.Kind() != casus.KindEvent || when.From == 0 || when.From != when.To || !ledger.Asserted(e.Record) {
			continue
		}
		i := slices.IndexFunc(sides, func(side []ledger.Entry) bool { return side[0].Record.When.From == when.From })
		if i < 0 {
			sides = append(sides, nil)
			i = len(sides) - 1
		}
		sides[i] = append(sides[i], e)
	}
	return sides
}

// rivals finds events that two sides lay at each other's door, and deeds that
// sources ascribe to different doers.
func (p *Picture) rivals(ctx context.Context, o *origins, entries []ledger.Entry, h hand) ([]Contradiction, error) {
	var out []Contradiction
	list := tellAll(slices.DeleteFunc(slices.Clone(entries), func(e ledger.Entry) bool {
		event, ok := e.Record.Body.(*casus.Event)
		return !ok || event.Type != casus.Accuse && !hostile(event.Type)
	}))
	for i := range list {
		for j := i + 1; j < len(list) && !beyond(&list[i], &list[j]); j++ {
			rivalry, sure := rival(&list[i], &list[j])
			if sure < sureEnough || h.ties.Apart(list[i].ID, list[j].ID) {
				continue
			}
			c, err := contradiction(ctx, o, rivalry, [][]ledger.Entry{{list[i].Entry}, {list[j].Entry}}, sure)
			if err != nil {
				return nil, err
			}
			if c.Verdict == SourcesDiffer || rivalry == RivalBlame {
				out = append(out, c)
			}
		}
	}
	return out, nil
}

// rival tells whether two events are one deed with different doers, and how
// surely.
func rival(a, b *told) (Rivalry, float64) {
	x, ok1 := a.Record.Body.(*casus.Event)
	y, ok2 := b.Record.Body.(*casus.Event)
	if !ok1 || !ok2 || x.Type != y.Type || !a.Record.When.Overlaps(b.Record.When) || a.Record.When.IsOpen() || b.Record.When.IsOpen() {
		return "", 0
	}
	crossed := meets(a.parties[0], b.parties[1]) && meets(a.parties[1], b.parties[0])
	switch {
	case x.Type == casus.Accuse && crossed:
		return RivalBlame, 0.8
	case !hostile(x.Type) || meets(a.parties[0], b.parties[0]) || unknownOnly(a.parties[0]) || unknownOnly(b.parties[0]):
		return "", 0
	case crossed && a.Record.By != "" && b.Record.By != "" && a.Record.By != b.Record.By:
		return RivalBlame, 0.7
	case meets(a.parties[1], b.parties[1]) && placeEvidence(a.Record.Where, b.Record.Where) > 0.5 &&
		(a.Article.Language != b.Article.Language || likeness(a.terms, b.terms) > 0.4):
		return RivalActors, 0.6 + 0.4*likeness(a.terms, b.terms)
	}
	return "", 0
}

func hostile(t casus.EventType) bool { return t == casus.Assault || t == casus.Coerce }

func meets(a, b []casus.ActorID) bool {
	return slices.ContainsFunc(a, func(id casus.ActorID) bool { return slices.Contains(b, id) })
}
