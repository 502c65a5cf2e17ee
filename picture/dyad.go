package picture

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"

	"casus"
	"casus/ledger"
	"casus/ontology"
	"casus/picture/changepoint"
)

// Dyad is how two actors deal with each other, week by week: an index of
// cooperation and conflict from PLOVER's scores (-10 to +10).
type Dyad struct {
	A     casus.Actor `json:"a"`
	B     casus.Actor `json:"b"`
	Weeks []Week      `json:"weeks"` // from the first week with an event to the last, those without included
	// Changes are the weeks in which the level changed (PELT, see package
	// changepoint), each with the stretch in which it lies with 90 % probability.
	Changes []LevelChange `json:"changes"`
	Origins int           `json:"origins"` // on how many independent origins all of it rests
	// Enough is false where the events are too few to say whether the level
	// changed; Changes is empty then.
	Enough bool `json:"enough"`
}

// Week is what happened between the two in a week.
type Week struct {
	Monday   casus.Date `json:"monday"`
	Index    float64    `json:"index"`    // mean score of the events; 0 without any
	Low      float64    `json:"low"`      // with 90 % probability the level of which these events are a sample
	High     float64    `json:"high"`     // lies between these; both 0 without any
	Verbal   float64    `json:"verbal"`   // mean of words: PLOVER quad classes 1 and 3
	Material float64    `json:"material"` // mean of deeds: quad classes 2 and 4
	Words    int        `json:"words"`    // how many events are words
	Deeds    int        `json:"deeds"`    // and how many are deeds
	Events   int        `json:"events"`   // each thing once, however many tell it
	Origins  int        `json:"origins"`
	Things   []Group    `json:"things,omitempty"`
	scores   mean
}

// LevelChange is a change of the index from one level to another.
type LevelChange struct {
	Week   casus.Date `json:"week"` // Monday of the first week of the new level
	From   casus.Date `json:"from"` // with 90 % probability the change lies between these Mondays
	To     casus.Date `json:"to"`
	Before float64    `json:"before"` // mean index of the levels next to it
	After  float64    `json:"after"`
}

// A level must have this many weeks with events, and a dyad twice as many
// before anything is said of changes.
const shortestLevel = 4

// Dyad draws the index of two actors from the events between them. Only events
// that are told as so count, those of the parts of an actor with it.
func (p *Picture) Dyad(ctx context.Context, a, b string, q Question) (Dyad, error) {
	d := Dyad{Weeks: []Week{}, Changes: []LevelChange{}}
	var err error
	if d.A, err = p.Resolve(ctx, a); err != nil {
		return d, err
	}
	if d.B, err = p.Resolve(ctx, b); err != nil {
		return d, err
	}
	q.Actor, q.With, q.Kinds = string(d.A.ID), string(d.B.ID), []casus.Kind{casus.KindEvent}
	entries, err := p.everything(ctx, q)
	if err != nil {
		return d, err
	}
	between := slices.DeleteFunc(entries, func(e ledger.Entry) bool { return !ledger.Asserted(e.Record) || !opposite(e, d.A.ID, d.B.ID) })
	h, err := p.hand(ctx, q.Recorded)
	if err != nil {
		return d, err
	}
	things, err := p.groups(ctx, between, h)
	if err != nil {
		return d, err
	}
	plover, err := ontology.Open()
	if err != nil {
		return d, err
	}
	d.Weeks = weeks(things, plover)
	setBands(d.Weeks)
	d.Origins = len(originsOfAll(things))
	d.Changes, d.Enough = levels(d.Weeks)
	return d, nil
}

// opposite tells whether an event is from one of two actors towards the other,
// either way.
func opposite(e ledger.Entry, a, b casus.ActorID) bool {
	event, ok := e.Record.Body.(*casus.Event)
	if !ok {
		return false
	}
	of := func(ids []casus.ActorID, actor casus.ActorID) bool {
		return slices.ContainsFunc(ids, func(id casus.ActorID) bool { return id.Within(actor) || e.ActsFor[id].Within(actor) })
	}
	return of(event.Source, a) && of(event.Target, b) || of(event.Source, b) && of(event.Target, a)
}

func originsOfAll(things []Group) []Origin {
	var out []Origin
	for _, g := range things {
		for _, o := range g.Origins {
			if !slices.Contains(out, o) {
				out = append(out, o)
			}
		}
	}
	return out
}

func mondayOf(d casus.Date) casus.Date { return casus.Week(d).From }

// weeks sorts things by the Monday of their first day; what has no day is in none.
func weeks(things []Group, plover *ontology.Plover) []Week {
	byMonday := map[casus.Date][]Group{}
	var first, last casus.Date
	for _, g := range things {
		day := ledger.Day(g.Entries[0].Record.When)
		if day == 0 {
			continue
		}
		monday := mondayOf(day)
		byMonday[monday] = append(byMonday[monday], g)
		if first == 0 || monday < first {
			first = monday
		}
		last = max(last, monday)
	}
	out := []Week{}
	if first == 0 {
		return out
	}
	for monday := first; monday <= last; monday = monday.AddDays(7) {
		out = append(out, weekOf(monday, byMonday[monday], plover))
	}
	return out
}

func weekOf(monday casus.Date, things []Group, plover *ontology.Plover) Week {
	w := Week{Monday: monday, Events: len(things), Things: things, Origins: len(originsOfAll(things))}
	var all, verbal, material mean
	for _, g := range things {
		event, ok := g.Entries[0].Record.Body.(*casus.Event)
		if !ok {
			continue
		}
		entry, ok := plover.Lookup(event.Type, event.Mode)
		if !ok {
			if entry, ok = plover.Lookup(event.Type, ""); !ok {
				continue
			}
		}
		all.add(entry.Score)
		if entry.Quad == ontology.VerbalCooperation || entry.Quad == ontology.VerbalConflict {
			verbal.add(entry.Score)
		} else {
			material.add(entry.Score)
		}
	}
	w.Index, w.Verbal, w.Material, w.scores = all.value(), verbal.value(), material.value(), all
	w.Words, w.Deeds = int(verbal.n), int(material.n)
	return w
}

// farthestScore is PLOVER's farthest, either way.
const farthestScore = 10

// setBands gives each week the stretch in which its level lies. How much single
// events scatter is taken from all weeks together, as most have too few events
// to tell: within the weeks or, where hardly a week has two, over all of them.
func setBands(list []Week) {
	var total mean
	within, freedom := 0.0, 0.0
	for _, w := range list {
		if w.scores.n > 0 {
			total = mean{total.sum + w.scores.sum, total.squares + w.scores.squares, total.n + w.scores.n}
			within, freedom = within+w.scores.scatter(), freedom+w.scores.n-1
		}
	}
	if freedom < shortestLevel {
		within, freedom = total.scatter(), total.n-1
	}
	reach := 2.0 * farthestScore // of one event, which tells nothing of how much they scatter
	if freedom >= 1 {
		reach = studentQuantile(0.95, freedom) * math.Sqrt(max(within/freedom, 1)) // at least 1: nobody is that sure
	}
	for i, w := range list {
		if w.scores.n > 0 {
			reach := reach / math.Sqrt(w.scores.n)
			list[i].Low, list[i].High = max(w.Index-reach, -farthestScore), min(w.Index+reach, farthestScore)
		}
	}
}

type mean struct{ sum, squares, n float64 }

func (m *mean) add(v float64) { m.sum, m.squares, m.n = m.sum+v, m.squares+v*v, m.n+1 }

// scatter is the sum of the squared distances from the mean.
func (m mean) scatter() float64 {
	if m.n == 0 {
		return 0
	}
	return max(0, m.squares-m.sum*m.sum/m.n)
}

func (m mean) value() float64 {
	if m.n == 0 {
		return 0
	}
	return m.sum / m.n
}

// levels finds where the index changes, and tells whether there are events
// enough to say.
func levels(list []Week) (changes []LevelChange, enough bool) {
	changes = []LevelChange{}
	series := make([]changepoint.Point, len(list))
	told := 0
	for i, w := range list {
		series[i] = changepoint.Point{Value: w.Index, Weight: float64(w.Events)}
		if w.Events > 0 {
			told++
		}
	}
	if told < 2*shortestLevel {
		return changes, false
	}
	for _, c := range changepoint.Find(series, shortestLevel) {
		at := c.At
		for list[at].Events == 0 { // the new level shows in the first week that tells of it
			at++
		}
		changes = append(changes, LevelChange{Week: list[at].Monday, From: list[c.From].Monday, To: list[c.To].Monday, Before: c.Before, After: c.After})
	}
	return changes, true
}

// Drift is how far a pair moved in a period against the time before it.
type Drift struct {
	A       casus.ActorID `json:"a"`
	B       casus.ActorID `json:"b"`
	Before  float64       `json:"before"` // mean score before the period
	After   float64       `json:"after"`  // mean score in it
	Events  [2]int        `json:"events"` // things before and in it
	Origins int           `json:"origins"`
	// Surely is the difference in standard errors (Welch's t), Sure the
	// probability that the pair moved the way that it seems to, where nothing is
	// known beforehand (Student's distribution), and Likely that in the words of
	// ICD 203.
	Surely float64    `json:"surely"`
	Sure   float64    `json:"sure"`
	Likely Likelihood `json:"likely"`
	Things []Group    `json:"things"` // those in the period
}

// driftFewest is how many things each side of a drift must have.
const driftFewest = 4

// Drifting lists the pairs that moved most in a period, against as long a time
// before it; a question without From has none. Pairs of whom too little is told
// are left out.
func (p *Picture) Drifting(ctx context.Context, q Question) ([]Drift, error) {
	length := q.To - q.From + 1
	start := q.From
	q.From, q.Kinds, q.Statuses = q.From-length, []casus.Kind{casus.KindEvent}, []casus.Status{casus.Happened, casus.Ongoing} // see ledger.Asserted
	lq, err := p.query(ctx, q)
	if err != nil {
		return nil, err
	}
	v, err := p.view(ctx, q)
	if err != nil {
		return nil, err
	}
	pairs, err := v.pairsTold(ctx, lq, start)
	if err != nil {
		return nil, err
	}
	h, err := p.hand(ctx, q.Recorded)
	if err != nil {
		return nil, err
	}
	plover, err := ontology.Open()
	if err != nil {
		return nil, err
	}
	o := v.origins()
	things := make([][]Group, len(pairs))
	if err := shared(len(pairs), 1, func(i int) (err error) {
		things[i], err = grouped(ctx, v.k, pairs[i].of, h)
		return err
	}); err != nil {
		return nil, err
	}
	out := []Drift{}
	for i, pair := range pairs {
		if !enough(things[i], start) {
			continue
		}
		if err := o.meet(ctx, pair.of); err != nil {
			return nil, err
		}
		for n := range things[i] {
			g := &things[i][n]
			g.Entries = entriesOf(g.of)
			if g.Origins, err = o.all(ctx, g.Entries); err != nil {
				return nil, err
			}
		}
		out = append(out, drift(pair.sides, things[i], start, plover))
	}
	slices.SortFunc(out, func(a, b Drift) int {
		return cmp.Or(cmp.Compare(math.Abs(b.After-b.Before), math.Abs(a.After-a.Before)), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	var shown [][]ledger.Entry
	for _, d := range out {
		for _, g := range d.Things {
			shown = append(shown, g.Entries)
		}
	}
	return out, v.fill(ctx, shown...)
}

// pairTold is what is told of two actors and each other.
type pairTold struct {
	sides [2]casus.ActorID
	of    []told
}

// pairsTold lists the pairs of whom enough may be told before a day and from it on,
// each with what a query finds that is told of the two alone: so a pair drifts as its
// Dyad does, whomever else one asks about.
func (v *view) pairsTold(ctx context.Context, lq ledger.Query, start casus.Date) ([]pairTold, error) {
	var out []pairTold
	if v.kept == nil {
		tellings, err := v.all(ctx, lq)
		if err != nil {
			return nil, err
		}
		list := v.prepared(tellings)
		for i := range list {
			list[i].quoted() // while there is one who writes
		}
		for sides, at := range pairsIn(len(list), start, func(i int) (casus.Date, [2][]casus.ActorID) { return list[i].day, list[i].parties }) {
			pair := pairTold{sides, make([]told, len(at))}
			for n, i := range at {
				pair.of[n] = list[i]
			}
			out = append(out, pair)
		}
	} else {
		lq.Order = ledger.Oldest
		lq, err := lq.Normal()
		if err != nil {
			return nil, err
		}
		of, rows, _ := v.kept.find(lq, -1)
		for sides, at := range pairsIn(len(rows), start, func(i int) (casus.Date, [2][]casus.ActorID) {
			r := &of.rows[rows[i]]
			return r.day(), [2][]casus.ActorID{v.kept.sides[r.sides[0]].heads, v.kept.sides[r.sides[1]].heads}
		}) {
			its := make([]int32, len(at))
			for n, i := range at {
				its[n] = rows[i]
			}
			tellings, err := v.tellings(of, its)
			if err != nil {
				return nil, err
			}
			out = append(out, pairTold{sides, tellings})
		}
	}
	slices.SortFunc(out, func(a, b pairTold) int { return cmp.Or(len(b.of)-len(a.of), slices.Compare(a.sides[:], b.sides[:])) })
	return out, nil
}

// pairsIn finds the pairs between which so many tellings are, and at which places;
// only those with enough before a day and from it on.
func pairsIn(tellings int, start casus.Date, at func(i int) (day casus.Date, sides [2][]casus.ActorID)) map[[2]casus.ActorID][]int {
	out, after := map[[2]casus.ActorID][]int{}, map[[2]casus.ActorID]int{}
	for i := range tellings {
		day, sides := at(i)
		for _, a := range sides[0] {
			for _, b := range sides[1] {
				pair := [2]casus.ActorID{min(a, b), max(a, b)}
				if n := len(out[pair]); a == b || n > 0 && out[pair][n-1] == i {
					continue
				}
				out[pair] = append(out[pair], i)
				if day >= start {
					after[pair]++
				}
			}
		}
	}
	maps.DeleteFunc(out, func(pair [2]casus.ActorID, of []int) bool {
		return after[pair] < driftFewest || len(of)-after[pair] < driftFewest
	})
	return out
}

// enough tells whether there are things enough before a day and from it on.
func enough(things []Group, start casus.Date) bool {
	after := 0
	for _, g := range things {
		if g.first().day >= start {
			after++
		}
	}
	return after >= driftFewest && len(things)-after >= driftFewest
}

func drift(pair [2]casus.ActorID, things []Group, start casus.Date, plover *ontology.Plover) Drift {
	d := Drift{A: pair[0], B: pair[1], Origins: len(originsOfAll(things))}
	var scores [2][]float64
	for _, g := range things {
		week := weekOf(0, []Group{g}, plover)
		side := 0
		if ledger.Day(g.Entries[0].Record.When) >= start {
			side = 1
			d.Things = append(d.Things, g)
		}
		scores[side] = append(scores[side], week.Index)
	}
	d.Events = [2]int{len(scores[0]), len(scores[1])}
	var errors [2]float64
	d.Before, errors[0] = meanAndError(scores[0])
	d.After, errors[1] = meanAndError(scores[1])
	d.Surely = math.Abs(d.After-d.Before) / math.Sqrt(errors[0]+errors[1])
	d.Sure = studentSurely(d.Surely, welchFreedom(errors, d.Events))
	d.Likely = likely(d.Sure)
	return d
}

// welchFreedom is the degrees of freedom of Welch's t (Welch 1947): of two
// squared standard errors and how many values each is from.
func welchFreedom(squared [2]float64, n [2]int) float64 {
	a, b := squared[0], squared[1]
	return (a + b) * (a + b) / (a*a/float64(n[0]-1) + b*b/float64(n[1]-1))
}

// meanAndError is the mean and its squared standard error. Where all values are
// alike, a score of one is taken for their spread: nobody is that sure.
func meanAndError(values []float64) (average, squared float64) {
	var m mean
	for _, v := range values {
		m.add(v)
	}
	average = m.value()
	sum := 0.0
	for _, v := range values {
		sum += (v - average) * (v - average)
	}
	n := float64(len(values))
	return average, max(sum/(n-1), 1) / n
}
