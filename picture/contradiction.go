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
// the latest thing first. Of a period it is about what begins in it, and what
// lasts if it is denied then or was denied before. The question's order and
// pages do not count.
func (p *Picture) Contradictions(ctx context.Context, q Question) ([]Contradiction, error) {
	return p.contradictionsOf(ctx, q, stretch{first: q.From, last: q.To})
}

// contradictionRecords is how many records a page of contradictions looks at at
// a time: in so many there are a dozen or two.
const contradictionRecords = 350

// ContradictionPage lists what Contradictions does by and by, those that were told
// of last first: it ends with a stretch of days by which a quarter of the question's limit is
// reached, and next is the After of the page that follows. Of two tellings that lie farther apart
// than those of one thing mostly do, it may miss that they are of one. Only those
// that are wanted count; nil wants all.
func (p *Picture) ContradictionPage(ctx context.Context, q Question, wanted func(Contradiction) bool) (list []Contradiction, next string, err error) {
	list = []Contradiction{}
	last, err := pageEnd(q.After)
	if err != nil {
		return nil, "", err
	}
	lq, err := p.query(ctx, q)
	if err != nil {
		return nil, "", err
	}
	lq.Starting = q.From != 0 || q.To != 0
	for {
		s, err := p.stretchBefore(ctx, lq, last, contradictionRecords)
		if err != nil {
			return nil, "", err
		}
		found, err := p.contradictionsOf(ctx, q, s)
		if err != nil {
			return nil, "", err
		}
		for _, c := range found {
			if s.has(c.lastDay()) && (wanted == nil || wanted(c)) {
				list = append(list, c)
			}
		}
		if !s.earlier {
			return list, "", nil
		}
		if last = s.first - 1; 4*len(list) >= q.Limit {
			return list, s.first.String(), nil
		}
	}
}

// contradictionsOf finds the contradictions of a stretch of a question's period,
// and some that lie beside it.
func (p *Picture) contradictionsOf(ctx context.Context, q Question, s stretch) ([]Contradiction, error) {
	part := q
	part.From, part.To = s.first, s.last
	entries, err := p.tellings(ctx, part)
	if err != nil {
		return nil, err
	}
	if s.earlier || s.later {
		lq, err := p.query(ctx, q)
		if err != nil {
			return nil, err
		}
		late, err := p.deniedLater(ctx, lq, s, entries)
		if err != nil {
			return nil, err
		}
		long, err := p.ofWholeMonth(ctx, lq, s)
		if err != nil {
			return nil, err
		}
		entries = slices.Concat(entries, late, long)
		beside, err := p.margins(ctx, lq, s, []casus.Kind{casus.KindEvent, casus.KindFigure, casus.KindFlow})
		if err != nil {
			return nil, err
		}
		entries = once(append(entries, beside...))
		slices.SortStableFunc(entries, compareDays)
	}
	h, err := p.hand(ctx, q.Recorded)
	if err != nil {
		return nil, err
	}
	k, err := p.knowledge()
	if err != nil {
		return nil, err
	}
	// Claims are no sides of their own: they only tell whose word the others are.
	list := slices.DeleteFunc(k.tellAll(entries), func(t told) bool { return t.Record.Kind() == casus.KindClaim })
	o := newOrigins(p)
	groups, err := p.groupsBy(ctx, k, list, o, h)
	if err != nil {
		return nil, err
	}
	out, err := p.contradictionsIn(ctx, groups, list, o, h)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(out, func(a, b Contradiction) int { return cmp.Compare(b.day(), a.day()) })
	return out, nil
}

// contradictionsIn finds those within things and between them. list is all
// that the things consist of.
func (p *Picture) contradictionsIn(ctx context.Context, things []Group, list []told, o *origins, h hand) ([]Contradiction, error) {
	out := []Contradiction{}
	for _, g := range things {
		for _, split := range splits() {
			sides := split.into(g.of)
			if len(sides) < 2 || inOneBreath(sides) {
				continue
			}
			c, err := contradiction(ctx, o, split.rivalry, sides, g.Sure)
			if err != nil {
				return nil, err
			}
			out = append(out, c)
		}
	}
	rivals, err := p.rivals(ctx, o, list, h)
	out = onceEach(append(out, rivals...))
	for i := range out {
		out[i].judge(h)
	}
	return out, err
}

// inOneBreath tells whether all sides are read from the same words of one
// article: who says something in them, and they themselves, do not contradict
// each other.
func inOneBreath(sides [][]*told) bool {
	first := sides[0][0]
	for _, side := range sides {
		for _, t := range side {
			if t.article != first.article || !t.Record.Span.Overlaps(first.Record.Span) {
				return false
			}
		}
	}
	return true
}

// split is a way in which tellings of one thing part into sides that cannot
// both be right; fewer than two sides is none.
type split struct {
	rivalry Rivalry
	into    func([]*told) [][]*told
}

func splits() []split {
	return []split{{RivalFigures, byBounds}, {RivalStatus, byDenial}, {RivalDates, byDay}}
}

// onceEach leaves out a contradiction that another gives in the same words: a
// flow's number is a figure too, and who accuses tells of the deed. The deed
// stands before the accusation.
func onceEach(list []Contradiction) []Contradiction {
	slices.SortStableFunc(list, func(a, b Contradiction) int { return cmp.Compare(ofWords(a), ofWords(b)) })
	out := []Contradiction{} // none is an empty list, not null
	for _, c := range list {
		if !slices.ContainsFunc(out, func(o Contradiction) bool {
			return (o.Rivalry == c.Rivalry || o.Rivalry == RivalActors && c.Rivalry == RivalBlame) && sameWords(o, c)
		}) {
			out = append(out, c)
		}
	}
	return out
}

// ofWords is 1 for a contradiction between accusations, 0 for all others.
func ofWords(c Contradiction) int {
	if e, ok := c.Sides[0].Entries[0].Record.Body.(*casus.Event); ok && e.Type == casus.Accuse {
		return 1
	}
	return 0
}

// sameWords tells whether the sides of two contradictions begin in the same words.
func sameWords(a, b Contradiction) bool {
	if len(a.Sides) != len(b.Sides) {
		return false
	}
	for i := range a.Sides {
		x, y := a.Sides[i].Entries[0], b.Sides[i].Entries[0]
		if x.Article.ID != y.Article.ID || !x.Record.Span.Overlaps(y.Record.Span) {
			return false
		}
	}
	return true
}

// everything asks for all pages of a question, oldest first.
func (p *Picture) everything(ctx context.Context, q Question) ([]ledger.Entry, error) {
	lq, err := p.query(ctx, q)
	if err != nil {
		return nil, err
	}
	return p.pages(ctx, lq)
}

// pages asks for all pages of a query, oldest first.
func (p *Picture) pages(ctx context.Context, q ledger.Query) ([]ledger.Entry, error) {
	q.Order = ledger.Oldest
	return p.inOrder(ctx, q)
}

// ofArticles asks for all that a query selects of some articles; of none that
// is nothing.
func (p *Picture) ofArticles(ctx context.Context, articles []casus.ArticleID, q ledger.Query) ([]ledger.Entry, error) {
	if len(articles) == 0 {
		return nil, nil
	}
	q.Articles = articles
	return p.inOrder(ctx, q)
}

// inOrder asks for all pages of a query, in its order.
func (p *Picture) inOrder(ctx context.Context, q ledger.Query) ([]ledger.Entry, error) {
	q.Limit, q.After = ledger.MaxLimit, ""
	var out []ledger.Entry
	for {
		page, err := p.ledger.Records(ctx, q)
		if err != nil {
			return nil, err
		}
		if out == nil {
			out = page.Entries
		} else {
			out = append(out, page.Entries...)
		}
		if q.After = page.Next; q.After == "" {
			return out, nil
		}
	}
}

// deniedLater lists what may be denied in a stretch and lies farther before it than
// two tellings of an event mostly do.
func (p *Picture) deniedLater(ctx context.Context, lq ledger.Query, s stretch, entries []ledger.Entry) ([]ledger.Entry, error) {
	kinds := []casus.Kind{casus.KindEvent}
	if !s.earlier || len(lq.Kinds) > 0 && !slices.Contains(lq.Kinds, casus.KindEvent) || lq.Actor != "" {
		return nil, nil
	}
	var queries []ledger.Query
	for _, actor := range deniers(entries, kinds) {
		near := lq
		near.Kinds, near.Actor, near.Starting, near.Order, near.Limit, near.After = kinds, actor, true, ledger.Newest, mostTold, ""
		near.From, near.To = max(lq.From, s.first.AddDays(-farthestDenial)), s.first-1
		if near.From <= near.To {
			queries = append(queries, near)
		}
	}
	return p.collect(ctx, nil, queries)
}

// ofWholeMonth lists the events that are told of the whole week or month in which a
// stretch begins, and so may be of any of its days.
func (p *Picture) ofWholeMonth(ctx context.Context, lq ledger.Query, s stretch) (out []ledger.Entry, err error) {
	if !s.earlier || len(lq.Kinds) > 0 && !slices.Contains(lq.Kinds, casus.KindEvent) {
		return nil, nil
	}
	for _, day := range []casus.Date{casus.Month(s.first.Year(), s.first.Month()).From, casus.Week(s.first).From} {
		if day >= s.first || day < lq.From {
			continue
		}
		near := lq
		near.Kinds, near.Starting, near.From, near.To = []casus.Kind{casus.KindEvent}, true, day, day
		of, err := p.pages(ctx, near)
		if err != nil {
			return nil, err
		}
		out = append(out, slices.DeleteFunc(of, func(e ledger.Entry) bool { return e.Record.When.To < s.first })...)
	}
	return out, nil
}

// lastDay is the latest day that one of the sides has for it.
func (c Contradiction) lastDay() casus.Date {
	last := casus.Date(0)
	for _, side := range c.Sides {
		for _, e := range side.Entries {
			last = max(last, ledger.Day(e.Record.When))
		}
	}
	return last
}

func (c Contradiction) day() casus.Date { return ledger.Day(c.Sides[0].Entries[0].Record.When) }

// contradiction says who stands on each side, and whether that is one and the
// same origin that tells it otherwise than before.
func contradiction(ctx context.Context, o *origins, r Rivalry, sides [][]*told, sure float64) (Contradiction, error) {
	c := Contradiction{Rivalry: r, Verdict: ChangedOwnAccount, Sure: sure, Likely: likely(sure)}
	for _, side := range sides {
		entries := entriesOf(side)
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
// a thousand") may be a tenth off. Those who come on top of others are others.
func byBounds(of []*told) [][]*told {
	var sides [][]*told
	for _, t := range of {
		low, high, ok := boundsOf(t.Record)
		if !ok || !t.asSo() || t.besides {
			continue
		}
		i := slices.IndexFunc(sides, func(side []*told) bool {
			return !slices.ContainsFunc(side, func(o *told) bool {
				l, h, _ := boundsOf(o.Record)
				return low > h || l > high
			})
		})
		if i < 0 {
			sides = append(sides, nil)
			i = len(sides) - 1
		}
		sides[i] = append(sides[i], t)
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

// byDenial parts what is told as so, or laid at somebody's door, from what is
// denied.
func byDenial(of []*told) [][]*told {
	var so, denied []*told
	for _, t := range of {
		switch {
		case t.Record.Kind() == casus.KindClaim:
		case t.Record.Status == casus.Denied:
			denied = append(denied, t)
		case t.asSo():
			so = append(so, t)
		}
	}
	if len(so) == 0 || len(denied) == 0 {
		return nil
	}
	return [][]*told{so, denied}
}

// byDay parts tellings of one deed that date it to different days. Words are
// said again on any day; and a day that the telling itself does not name is the
// reader's, for want of another.
func byDay(of []*told) [][]*told {
	var sides [][]*told
	for _, t := range of {
		when := t.Record.When
		event, ok := t.Record.Body.(*casus.Event)
		if !ok || quadOf(event.Type)%2 != 0 || when.From == 0 || when.From != when.To || !t.asSo() || t.again || !t.ownDay {
			continue
		}
		i := slices.IndexFunc(sides, func(side []*told) bool { return side[0].Record.When.From == when.From })
		if i < 0 {
			sides = append(sides, nil)
			i = len(sides) - 1
		}
		sides[i] = append(sides[i], t)
	}
	return sides
}

// lasting is how many days back a denial of what lasts may reach.
const lasting = 400

// tellings lists what a question about contradictions is about, oldest first but
// for what was told of lasting things before its period.
func (p *Picture) tellings(ctx context.Context, q Question) ([]ledger.Entry, error) {
	lq, err := p.query(ctx, q)
	if err != nil {
		return nil, err
	}
	lq.Starting = q.From != 0 || q.To != 0
	entries, err := p.halves(ctx, lq)
	if err != nil || q.From == 0 {
		return entries, err
	}
	before := lq
	before.From, before.To = q.From.AddDays(-lasting), q.From-1
	before.Kinds = slices.DeleteFunc([]casus.Kind{casus.KindRelation, casus.KindCommitment}, func(k casus.Kind) bool { return len(q.Kinds) > 0 && !slices.Contains(q.Kinds, k) })
	if len(before.Kinds) == 0 {
		return entries, nil
	}
	in := map[casus.RecordID]bool{}
	add := func(narrow func(*ledger.Query)) error {
		lq := before
		narrow(&lq)
		more, err := p.pages(ctx, lq)
		for _, e := range more {
			if !in[e.ID] {
				in[e.ID] = true
				entries = append(entries, e)
			}
		}
		return err
	}
	denied := deniers(entries, before.Kinds)
	if len(q.Statuses) == 0 {
		if err := add(func(lq *ledger.Query) { lq.Statuses = []casus.Status{casus.Denied} }); err != nil {
			return nil, err
		}
	}
	for _, actor := range denied {
		if err := add(func(lq *ledger.Query) {
			if lq.Actor == "" {
				lq.Actor = actor
			} else {
				lq.With = cmp.Or(lq.With, actor)
			}
		}); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

// halves asks for all pages of what begins in a period, oldest first: its
// halves side by side, which takes half the time.
func (p *Picture) halves(ctx context.Context, q ledger.Query) ([]ledger.Entry, error) {
	if !q.Starting || q.From == 0 || q.To <= q.From {
		return p.pages(ctx, q)
	}
	early, late := q, q
	early.To = q.From + (q.To-q.From)/2
	late.From = early.To + 1
	var first, second []ledger.Entry
	err := sideBySide(
		func() (err error) { first, err = p.pages(ctx, early); return err },
		func() (err error) { second, err = p.pages(ctx, late); return err })
	return slices.Concat(first, second), err
}

// deniers lists who, on the first side of records of some kinds, is said not to
// have or owe something.
func deniers(entries []ledger.Entry, kinds []casus.Kind) []casus.ActorID {
	var out []casus.ActorID
	for _, e := range entries {
		if e.Record.Status != casus.Denied || !slices.Contains(kinds, e.Record.Kind()) {
			continue
		}
		sides, _ := partiesOf(e)
		for _, id := range sides[0] {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}
