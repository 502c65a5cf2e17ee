package picture

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"casus"
	"casus/ledger"
	"casus/ledger/fulltext"
)

// Promise is one commitment, as all that tell of it have it, and what came of
// it as of a day.
type Promise struct {
	Group             // the records that tell of it, as one thing
	State casus.State `json:"state"` // what it is on the day, by Moves
	// Moves are what the state rests on, in the order of the days: records that
	// say it, and later events that bring it about by a rule. Those that are only
	// said move nothing.
	Moves    []Move     `json:"moves"`
	Deadline casus.Date `json:"deadline"`
	// Overdue tells that the deadline has passed, and nothing that is known keeps
	// or breaks it.
	Overdue bool `json:"overdue"`
}

// Move is something that bears on what became of a commitment.
type Move struct {
	To     casus.State `json:"to"`
	Day    casus.Date  `json:"day"`
	Counts bool        `json:"counts"` // false: a claim that it is so, see How
	How    string      `json:"how"`
	// Telling is the one of the commitment's own entries that says it, empty where
	// later events bring it about: then Things are these.
	Telling casus.RecordID `json:"telling,omitempty"`
	Things  []ledger.Entry `json:"things,omitempty"`
}

// First is the first record that a move rests on.
func (m Move) First() casus.RecordID {
	if m.Telling != "" {
		return m.Telling
	}
	return m.Things[0].ID
}

// promiseRule is a line of promises.tsv.
type promiseRule struct {
	words []string // folded beginnings; nil takes any duty
	basis casus.Basis
	event casus.EventType
	mode  string
	who   string
	said  []string // as words, of the event's quote
	state casus.State
	how   string
}

//go:embed promises.tsv
var promiseTable string

// readPromiseRules reads promises.tsv. Its error names the line.
func readPromiseRules(table string) ([]promiseRule, error) {
	var out []promiseRule
	err := eachRow("promises.tsv", table, 7, func(f []string) error {
		r := promiseRule{who: f[3], said: words(f[4]), state: casus.State(f[5]), how: f[6]}
		typ, mode, _ := strings.Cut(f[2], "/")
		r.event, r.mode = casus.EventType(typ), mode
		r.words = words(f[0])
		if f[1] != "*" {
			r.basis = casus.Basis(f[1])
		}
		if !slices.Contains(casus.EventTypes(), r.event) || !slices.Contains(casus.States(), r.state) ||
			!slices.Contains([]string{"debtor", "debtor>beneficiary", "beneficiary>debtor", "both"}, r.who) || r.basis != "" && !slices.Contains(casus.Bases(), r.basis) {
			return fmt.Errorf("no such event, state, basis or side")
		}
		out = append(out, r)
		return nil
	})
	return out, err
}

// words reads the beginnings of words of a field; nil, which takes all, of "*".
func words(field string) []string {
	if field == "*" {
		return nil
	}
	var out []string
	for word := range strings.SplitSeq(field, ",") {
		out = append(out, fulltext.Fold(word))
	}
	return out
}

// Promises lists commitments with what became of them by the question's To, the
// soonest due first. The question's Type is the state on that day; where it is
// Starting, commitments are those that were told of as made in its period. With
// a Limit it is the first page of PromisePage.
func (p *Picture) Promises(ctx context.Context, q Question) ([]Promise, error) {
	list, _, err := p.PromisePage(ctx, q)
	return list, err
}

// PromisePage lists, as Promises, the commitments that were told of last before
// the question's After: to the day on which there are as many as its Limit, and of
// no more records than are answered quickly. next is the After of those that were
// told of before, empty where there are none. A page with a Type may be empty and
// have others after it. Without a limit the page is all.
func (p *Picture) PromisePage(ctx context.Context, q Question) (list []Promise, next string, err error) {
	last, err := pageEnd(q.After)
	if err != nil {
		return nil, "", err
	}
	state := casus.State(q.Type)
	q.Type, q.After, q.Kinds = "", "", []casus.Kind{casus.KindCommitment}
	v, err := p.view(ctx, q)
	if err != nil {
		return nil, "", err
	}
	lq, err := v.query(ctx, q)
	if err != nil {
		return nil, "", err
	}
	s := stretch{first: lq.From, last: lq.To}
	if q.Limit > 0 {
		if s, err = v.promiseStretch(ctx, lq, q.Limit, last); err != nil {
			return nil, "", err
		}
	}
	tellings, page, err := v.tellingsOfPromises(ctx, lq, q, s)
	if err != nil {
		return nil, "", err
	}
	list, end, err := v.promises(ctx, q, state, q.Limit, tellings, page.last)
	switch {
	case end != 0:
		next = end.String()
	case s.earlier:
		next = s.first.String()
	}
	return list, next, err
}

// promiseTold is how many records tell of one commitment, at a guess that is
// rather high: from so many of the latest for each that is asked for, one finds
// enough.
const promiseTold = 2

// Up to so many records of a period are all looked at: to find what else their
// parties owe each other takes longer. Of a period with more a page has so many.
const wholePeriod, partOfPeriod = 1200, 300

// promiseStretch is the stretch of a query's period that makes a page of so many commitments.
func (v *view) promiseStretch(ctx context.Context, lq ledger.Query, limit int, last casus.Date) (stretch, error) {
	most := min(promiseTold*limit, ledger.MaxLimit)
	if lq.From == 0 {
		return v.stretchBefore(ctx, lq, last, most)
	}
	if s, err := v.stretchBefore(ctx, lq, last, max(most, wholePeriod)); err != nil || !s.earlier && !s.later {
		return s, err
	}
	return v.stretchBefore(ctx, lq, last, min(max(most, partOfPeriod), wholePeriod))
}

// promisePage is which commitments are of a page: those that are told of in its
// stretch, and not again later in the question's period, which is on a page before.
// Without a stretch all are.
type promisePage struct{ of, later map[casus.RecordID]bool }

// last is the day on which a commitment was told of last, and whether it is of the page.
func (p promisePage) last(g Group) (day casus.Date, ok bool) {
	if p.of == nil {
		return g.lastTold(), true
	}
	for _, e := range g.Entries {
		if p.later[e.ID] {
			return 0, false
		}
		if p.of[e.ID] {
			day, ok = max(day, ledger.Day(e.Record.When)), true
		}
	}
	return day, ok
}

// tellingsOfPromises lists the records of commitments that a query selects in a
// stretch of its period, and all that may tell of the same ones: what is owed by
// the same to the same.
func (v *view) tellingsOfPromises(ctx context.Context, lq ledger.Query, q Question, s stretch) ([]told, promisePage, error) {
	page, period := promisePage{}, lq
	lq.From, lq.To, lq.Starting = s.first, s.last, lq.Starting || s.earlier
	list, err := v.all(ctx, lq)
	page.of = idsOf(list)
	if err != nil || !s.earlier && !s.later {
		return list, page, err
	}
	if s.later {
		period.From, period.Starting = s.last+1, true
		if far := s.last.AddDays(farthest(casus.KindCommitment)); period.To == 0 || far < period.To {
			period.To = far
		}
		again, err := v.all(ctx, period)
		if err != nil {
			return nil, page, err
		}
		page.later = idsOf(again)
	}
	list, err = v.withOwed(ctx, list, q)
	return list, page, err
}

// withOwed adds to tellings of commitments what else their debtors owe those to
// whom they owe these, oldest first.
func (v *view) withOwed(ctx context.Context, list []told, q Question) ([]told, error) {
	var queries []ledger.Query
	asked := map[[2]casus.ActorID]bool{}
	for i := range list {
		e := &list[i].Entry
		c := commitment(*e)
		if pair := [2]casus.ActorID{headOf(c.Debtor, e.ActsFor), headOf(c.Beneficiary, e.ActsFor)}; !asked[pair] {
			asked[pair] = true
			queries = append(queries, alsoOwed(*e, pair, q))
		}
	}
	list, err := v.together(ctx, list, queries)
	inDays(list)
	return list, err
}

// idsOf are the ids of tellings.
func idsOf(list []told) map[casus.RecordID]bool {
	out := make(map[casus.RecordID]bool, len(list))
	for i := range list {
		out[list[i].ID] = true
	}
	return out
}

// alsoOwed asks what one owes another, nearest to what an entry says that he does.
func alsoOwed(e ledger.Entry, pair [2]casus.ActorID, q Question) ledger.Query {
	lq := ledger.Query{Kinds: []casus.Kind{casus.KindCommitment}, Actor: pair[0], Roles: []ledger.Role{ledger.Debtor}, To: q.To, Known: q.Known, Recorded: q.Recorded, Limit: mostTold}
	if pair[1] != "" {
		lq.With, lq.WithRoles = pair[1], []ledger.Role{ledger.Beneficiary}
	}
	if day := ledger.Day(e.Record.When); day != 0 {
		lq.From = day.AddDays(-farthest(casus.KindCommitment))
	}
	return lq
}

// Due lists the commitments whose deadline lies between two days, with what
// became of them by the question's To. It is Promises for those alone, and
// quick where there are many others. With a limit it lists the soonest due.
func (p *Picture) Due(ctx context.Context, q Question, first, last casus.Date) ([]Promise, error) {
	q.Type, q.Kinds = "", []casus.Kind{casus.KindCommitment}
	lq, err := p.query(ctx, q)
	if err != nil {
		return nil, err
	}
	lq.Limit = manyCommitments
	v, err := p.view(ctx, q)
	if err != nil {
		return nil, err
	}
	if _, many, err := p.ledger.Days(ctx, lq); err != nil || many || q.Limit > 0 {
		if err != nil {
			return nil, err
		}
		return v.soonest(ctx, q, first, last)
	}
	list, err := v.all(ctx, lq)
	if err != nil {
		return nil, err
	}
	due := func(e ledger.Entry) bool { c := commitment(e); return first <= c.Deadline && c.Deadline <= last }
	type bond struct {
		debtor, beneficiary casus.ActorID
		basis               casus.Basis
	}
	of := func(e ledger.Entry) bond {
		c := commitment(e)
		return bond{v.k.side(c.Debtor, e.ActsFor), v.k.side(c.Beneficiary, e.ActsFor), c.Basis}
	}
	bonds := map[bond]bool{} // what is told of one commitment has one of these
	for i := range list {
		if due(list[i].Entry) {
			bonds[of(list[i].Entry)] = true
		}
	}
	list = slices.DeleteFunc(list, func(t told) bool { return !bonds[of(t.Entry)] })
	promises, _, err := v.promises(ctx, q, "", 0, list, func(g Group) (casus.Date, bool) { return 0, slices.ContainsFunc(g.Entries, due) })
	return slices.DeleteFunc(promises, func(p Promise) bool { return p.Deadline < first || p.Deadline > last }), err
}

// manyCommitments is from how many on those that are due are looked for one by one.
const manyCommitments = 2000

// soonest is Due where there are many others, or with a limit: at most so many,
// the soonest due. It looks at those alone, and at what their parties owe each other else.
func (v *view) soonest(ctx context.Context, q Question, first, last casus.Date) ([]Promise, error) {
	limit := q.Limit
	q.Limit = 0
	lq, err := v.query(ctx, q)
	if err != nil {
		return nil, err
	}
	var due []told
	for month := casus.Month(first.Year(), first.Month()); month.From <= last; month = casus.Month((month.To + 1).Year(), (month.To + 1).Month()) {
		lq.Due = ledger.MonthOf(month.From)
		found, err := v.all(ctx, lq)
		if err != nil {
			return nil, err
		}
		for i := range found {
			if day := commitment(found[i].Entry).Deadline; first <= day && day <= last {
				due = append(due, found[i])
			}
		}
	}
	slices.SortStableFunc(due, func(a, b told) int { return cmp.Compare(commitment(a.Entry).Deadline, commitment(b.Entry).Deadline) })
	if limit > 0 {
		due = due[:min(len(due), promiseTold*limit)]
	}
	wanted := idsOf(due)
	tellings, err := v.withOwed(ctx, due, q)
	if err != nil {
		return nil, err
	}
	list, _, err := v.promises(ctx, q, "", 0, tellings, promisePage{of: wanted}.last)
	list = slices.DeleteFunc(list, func(p Promise) bool { return p.Deadline < first || p.Deadline > last })
	if limit > 0 {
		list = list[:min(len(list), limit)]
	}
	return list, err
}

// promises groups tellings of commitments, and follows those of which last has the
// day on which they were told of last; with a limit, from the last day on till the
// day, which is the end, on which there are so many.
func (v *view) promises(ctx context.Context, q Question, state casus.State, limit int, list []told, last func(Group) (casus.Date, bool)) (out []Promise, end casus.Date, err error) {
	h, err := v.hand(ctx, q.Recorded)
	if err != nil {
		return nil, 0, err
	}
	groups, err := v.groups(ctx, list, h)
	if err != nil {
		return nil, 0, err
	}
	days := map[casus.RecordID]casus.Date{} // by the first telling
	groups = slices.DeleteFunc(groups, func(g Group) bool {
		day, ok := last(g)
		days[g.Entries[0].ID] = day
		return !ok
	})
	if limit > 0 {
		slices.SortStableFunc(groups, func(a, b Group) int { return cmp.Compare(days[b.Entries[0].ID], days[a.Entries[0].ID]) })
	}
	d := deeds{view: v, clocks: q}
	if err := d.readAll(ctx, groups); err != nil {
		return nil, 0, err
	}
	out = []Promise{}
	for i, g := range groups {
		if day := days[g.Entries[0].ID]; limit > 0 && len(out) >= limit && day != 0 && day != days[groups[i-1].Entries[0].ID] {
			end = day + 1
			break
		}
		promise, err := v.follow(ctx, g, &d, h)
		if err != nil {
			return nil, 0, err
		}
		if state == "" || promise.State == state {
			out = append(out, promise)
		}
	}
	slices.SortStableFunc(out, func(a, b Promise) int {
		return cmp.Or(cmp.Compare(noDeadlineLast(a.Deadline), noDeadlineLast(b.Deadline)),
			cmp.Compare(ledger.Day(b.Entries[0].Record.When), ledger.Day(a.Entries[0].Record.When)))
	})
	var shown [][]ledger.Entry
	for _, promise := range out {
		shown = append(shown, promise.Entries)
		for _, m := range promise.Moves {
			shown = append(shown, m.Things)
		}
	}
	return out, end, v.fill(ctx, shown...)
}

// lastTold is the latest day that an entry is of.
func (g Group) lastTold() casus.Date {
	last := casus.Date(0)
	for _, e := range g.Entries {
		last = max(last, ledger.Day(e.Record.When))
	}
	return last
}

func noDeadlineLast(d casus.Date) casus.Date {
	if d == 0 {
		return 1 << 30
	}
	return d
}

// follow finds out what became of a commitment.
func (v *view) follow(ctx context.Context, g Group, d *deeds, h hand) (Promise, error) {
	k := v.k
	promise := Promise{Group: g, State: commitment(g.Entries[0]).State, Moves: []Move{}}
	if !k.saysSo(g.Entries[0]) { // what is claimed to be broken was made
		promise.State = casus.InForce
	}
	made := casus.Date(0)
	for _, e := range g.Entries {
		c := commitment(e)
		if promise.Deadline == 0 {
			promise.Deadline = c.Deadline
		}
		if day := ledger.Anchor(e); made == 0 || day != 0 && day < made {
			made = day
		}
		promise.Moves = append(promise.Moves, Move{To: c.State, Day: ledger.Anchor(e), Counts: k.saysSo(e), How: "told so", Telling: e.ID})
	}
	moves, err := v.consequences(ctx, g, made, promise.Deadline, d, h)
	if err != nil {
		return promise, err
	}
	promise.Moves = append(promise.Moves, moves...)
	slices.SortStableFunc(promise.Moves, func(a, b Move) int { return cmp.Compare(a.Day, b.Day) })
	for _, m := range promise.Moves {
		if m.Counts && !settled(promise.State) && rank(m.To) > rank(promise.State) {
			promise.State = m.To
		}
	}
	last := d.clocks.To
	promise.Overdue = promise.Deadline != 0 && last != 0 && promise.Deadline < last && !settled(promise.State)
	return promise, nil
}

func commitment(e ledger.Entry) *casus.Commitment {
	c, _ := e.Record.Body.(*casus.Commitment)
	return c
}

// saysSo tells whether a record may move a commitment by itself. That it was
// broken is a claim where the one to whom it is owed says it; that it is turned
// down is his to say.
func (k *knowledge) saysSo(e ledger.Entry) bool {
	c := commitment(e)
	switch {
	case !settled(c.State):
		return true
	case !ledger.Asserted(e.Record):
		return false
	}
	return c.State != casus.Broken || e.Record.By == "" || k.side(e.Record.By, e.ActsFor) != k.side(c.Beneficiary, e.ActsFor)
}

// settled tells whether a state is one that nothing moves any more.
func settled(s casus.State) bool {
	return s == casus.Kept || s == casus.Broken || s == casus.Lapsed || s == casus.Rejected
}

// rank orders the states in which a commitment can only move on: told again
// that it is in force, one that was triggered stays so.
func rank(s casus.State) int {
	switch s {
	case casus.Offered:
		return 0
	case casus.InForce:
		return 1
	case casus.Triggered:
		return 2
	}
	return 3
}

// consequences finds the events after a commitment was made that bear on it.
func (v *view) consequences(ctx context.Context, g Group, made, deadline casus.Date, d *deeds, h hand) ([]Move, error) {
	c := commitment(g.Entries[0])
	if c.State == casus.Rejected || c.State == casus.Lapsed || made == 0 {
		return nil, nil
	}
	var out []Move
	for i, r := range v.k.promises {
		if !r.about(i, g.of) {
			continue
		}
		relevant, err := d.relevant(ctx, i, g.Entries[0], made)
		if err != nil {
			return nil, err
		}
		things, err := v.groups(ctx, relevant, h)
		if err != nil {
			return nil, err
		}
		for _, thing := range things {
			already := slices.ContainsFunc(out, func(m Move) bool { return m.To == r.state && m.First() == thing.Entries[0].ID })
			if !already { // another rule may come to the same
				out = append(out, r.move(v.k, thing, c, deadline))
			}
		}
	}
	return out, nil
}

// deeds are the events by which commitments are judged. Many commitments are
// judged by the same ones.
type deeds struct {
	*view
	clocks  Question // of which only the clocks count
	read    map[deedsKey]deedsSince
	entries int // in all that is read
	whole   *wholeDeeds
}

// wholeDeeds are all events of the promise rules' types from a day on, by their
// parties: where many commitments are judged of a few weeks, to read them once is
// quicker than to ask for each commitment.
type wholeDeeds struct {
	events  []told
	ofParty map[deedsKey][]int // by type and one party, in the order of the events
}

type deedsKey struct {
	sort        casus.EventType
	actor, with casus.ActorID
}

type deedsSince struct {
	day    casus.Date
	events []told
}

// mostDeeds is how many events are remembered: some dozens of megabytes.
const mostDeeds = 20_000

// From so many commitments on, all deeds are read at once if they are not more
// than so many for each.
const manyPromises, deedsForEach = 40, 12

// readAll reads all deeds that may bear on commitments, where that is quicker.
func (d *deeds) readAll(ctx context.Context, groups []Group) error {
	first := casus.Date(0)
	for _, g := range groups {
		for _, e := range g.Entries {
			if day := ledger.Anchor(e); day != 0 && (first == 0 || day < first) {
				first = day
			}
		}
	}
	if len(groups) < manyPromises || first == 0 || d.clocks.To != 0 && first >= d.clocks.To || d.kept != nil {
		return nil
	}
	q := d.query(first)
	q.Limit = min(deedsForEach*len(groups), ledger.MaxLimit)
	if _, more, err := d.ledger.Days(ctx, q); more || err != nil {
		return err
	}
	events, err := d.all(ctx, q)
	if err != nil {
		return err
	}
	d.whole = &wholeDeeds{events, map[deedsKey][]int{}}
	for i := range events {
		e := &events[i].Entry
		heads, whole := partiesOf(*e)
		for _, id := range slices.Concat(heads[0], heads[1], whole[0], whole[1]) {
			key := deedsKey{sort: e.Record.Body.(*casus.Event).Type, actor: id}
			if n := d.whole.ofParty[key]; len(n) == 0 || n[len(n)-1] != i {
				d.whole.ofParty[key] = append(n, i)
			}
		}
	}
	return nil
}

// query asks for the events from a day on that may bear on commitments: see relevant.
func (d *deeds) query(day casus.Date) ledger.Query {
	return ledger.Query{Kinds: []casus.Kind{casus.KindEvent}, Statuses: []casus.Status{casus.Happened, casus.Ongoing, casus.Possible},
		From: day, To: d.clocks.To, Starting: true, Known: d.clocks.Known, Recorded: d.clocks.Recorded}
}

// of lists the events of a type that a party has part in, by its head or as it is.
func (w *wholeDeeds) of(sort casus.EventType, head, party casus.ActorID) []told {
	at := w.ofParty[deedsKey{sort: sort, actor: head}]
	if party != head {
		at = slices.Concat(at, w.ofParty[deedsKey{sort: sort, actor: party}])
		slices.Sort(at)
		at = slices.Compact(at)
	}
	out := make([]told, len(at))
	for i, n := range at {
		out[i] = w.events[n]
	}
	return out
}

// relevant lists the events that are a rule's, told as so, after a commitment was
// made; of a breach also those that their tellers lay at somebody's door.
func (d *deeds) relevant(ctx context.Context, rule int, e ledger.Entry, made casus.Date) ([]told, error) {
	events, err := d.fitting(ctx, rule, e, made)
	if err != nil {
		return nil, err
	}
	laid := map[casus.RecordID]bool{}
	if d.k.promises[rule].state == casus.Broken {
		if laid, err = d.alleged(ctx, events); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(events, func(t told) bool { return !ledger.Asserted(t.Record) && !laid[t.ID] }), nil
}

// fitting lists the events that are a rule's, after a commitment was made, however
// they are told.
func (d *deeds) fitting(ctx context.Context, rule int, e ledger.Entry, made casus.Date) ([]told, error) {
	if d.clocks.To != 0 && made >= d.clocks.To { // as what has an end only may be
		return nil, nil
	}
	r, c := &d.k.promises[rule], commitment(e)
	key := deedsKey{sort: r.event, actor: headOf(c.Debtor, e.ActsFor)}
	var all []told
	switch {
	case d.kept != nil:
		return d.tellings(d.kept.deeds(d.k, rule, c, key.actor, made, d.query(made)))
	case d.whole != nil:
		all = d.whole.of(r.event, key.actor, c.Debtor)
	default:
		if r.who != "debtor" && c.Beneficiary != "" {
			key.with = headOf(c.Beneficiary, e.ActsFor)
		}
		if c.Beneficiary.IsPerson() && key.with != c.Beneficiary { // an event may name him without his office
			key.with = ""
		}
		read, err := d.since(ctx, key, made)
		if err != nil {
			return nil, err
		}
		if all = slices.Clone(read); c.Debtor.IsPerson() && key.actor != c.Debtor {
			key.actor = c.Debtor
			if read, err = d.since(ctx, key, made); err != nil {
				return nil, err
			}
			all = onceTold(append(all, read...))
			inDays(all)
		}
	}
	return slices.DeleteFunc(all, func(t told) bool {
		event, ok := t.Record.Body.(*casus.Event)
		if !ok || r.mode != "" && event.Mode != r.mode || event.Type != r.event || ledger.Day(t.Record.When) <= made || r.said != nil && !begins(t.promising(), r.said) {
			return true
		}
		_, whole := partiesOf(t.Entry)
		return !r.between(d.k, d.k.sidesOf(whole, t.ActsFor), t.ActsFor, c)
	}), nil
}

// since lists events from a day on, or from some days before it.
func (d *deeds) since(ctx context.Context, key deedsKey, day casus.Date) ([]told, error) {
	if kept, ok := d.read[key]; ok && kept.day <= day {
		return kept.events, nil
	}
	q := d.query(day)
	q.Type, q.Actor, q.With = string(key.sort), key.actor, key.with
	events, err := d.all(ctx, q)
	if err != nil {
		return nil, err
	}
	if d.entries += len(events); d.read == nil || d.entries > mostDeeds {
		d.read, d.entries = map[deedsKey]deedsSince{}, len(events)
	}
	d.read[key] = deedsSince{day, events}
	return events, nil
}

// alleged finds those of some events that their tellers lay at somebody's door,
// by the claims of their articles.
func (d *deeds) alleged(ctx context.Context, events []told) (map[casus.RecordID]bool, error) {
	var articles []casus.ArticleID
	entries := make([]ledger.Entry, len(events))
	for i, t := range events {
		e := t.Entry
		entries[i] = e
		if e.Record.Status == casus.Possible && e.Record.By != "" && !slices.Contains(articles, e.Article.ID) {
			articles = append(articles, e.Article.ID)
		}
	}
	claims, err := d.ofArticles(ctx, articles, ledger.Query{Kinds: []casus.Kind{casus.KindClaim}, Known: d.clocks.Known, Recorded: d.clocks.Recorded})
	return allegedIn(append(claims, entries...)), err
}

// allegedIn finds the events that their tellers lay at somebody's door: those
// that claims of the same teller, in the same words, accuse of.
func allegedIn(entries []ledger.Entry) map[casus.RecordID]bool {
	claims := map[casus.ArticleID][]casus.Record{}
	for _, e := range entries {
		if claim, ok := e.Record.Body.(*casus.Claim); ok && claim.Act == casus.AccuseAct {
			claims[e.Article.ID] = append(claims[e.Article.ID], e.Record)
		}
	}
	out := map[casus.RecordID]bool{}
	for _, e := range entries {
		out[e.ID] = slices.ContainsFunc(claims[e.Article.ID], func(r casus.Record) bool { return alleges(r, e.Record) })
	}
	return out
}

// alleges tells whether a claim lays what a record tells at somebody's door, on
// the word of the same teller.
func alleges(claim, r casus.Record) bool {
	c, ok := claim.Body.(*casus.Claim)
	return ok && c.Act == casus.AccuseAct && r.By != "" && r.By == c.Speaker && r.Status == casus.Possible && claim.Span.Overlaps(r.Span)
}

// promising are the words by which promise rules know a duty, or an event, as
// begins looks for them.
func (t *told) promising() string {
	if c, ok := t.Record.Body.(*casus.Commitment); ok {
		return " " + fulltext.Fold(c.Duty+" "+t.Record.Quote)
	}
	return " " + fulltext.Fold(t.Record.Quote)
}

// says tells whether a commitment's words are about a rule's duty, or an event's
// words say what the rule wants said.
func (r promiseRule) says(body casus.Body, words string) bool {
	switch b := body.(type) {
	case *casus.Commitment:
		return r.words == nil || begins(words, r.words)
	case *casus.Event:
		return b.Type == r.event && (r.said == nil || begins(words, r.said))
	}
	return false
}

// about tells whether a rule, at its place in the table, is about a commitment's duty.
func (r promiseRule) about(place int, tellings []*told) bool {
	return slices.ContainsFunc(tellings, func(t *told) bool {
		switch {
		case r.basis != "" && r.basis != commitment(t.Entry).Basis:
			return false
		case t.number != 0: // its words are not at hand
			return t.said&(1<<place) != 0
		}
		return r.words == nil || r.says(t.Record.Body, t.promising())
	})
}

// hasOne tells whether a text has a word with one of these beginnings.
func hasOne(text string, beginnings []string) bool {
	return begins(" "+fulltext.Fold(text), beginnings)
}

// begins is hasOne of a text that is folded, after a space.
func begins(folded string, beginnings []string) bool {
	return slices.ContainsFunc(beginnings, func(w string) bool {
		for at := strings.Index(folded, w); at > 0; {
			if folded[at-1] == ' ' {
				return true
			}
			next := strings.Index(folded[at+1:], w)
			if next < 0 {
				return false
			}
			at += 1 + next
		}
		return false
	})
}

// between tells whether an event is between the right two for a rule. who are its
// sides, as those who stand alone.
func (r promiseRule) between(k *knowledge, who [2][]casus.ActorID, actsFor map[casus.ActorID]casus.ActorID, c *casus.Commitment) bool {
	of := func(side int, actor casus.ActorID) bool { return slices.Contains(who[side], k.side(actor, actsFor)) }
	switch r.who {
	case "debtor":
		return of(0, c.Debtor)
	case "both":
		return (of(0, c.Debtor) || of(1, c.Debtor)) && (of(0, c.Beneficiary) || of(1, c.Beneficiary))
	case "beneficiary>debtor":
		return of(0, c.Beneficiary) && of(1, c.Debtor)
	}
	return of(0, c.Debtor) && of(1, c.Beneficiary)
}

// move says what an event makes of a commitment. What keeps it must come by the
// deadline. That it is broken counts only where origins other than the one to
// whom it is owed say so, and more than one: till then it is a claim.
func (r promiseRule) move(k *knowledge, g Group, c *casus.Commitment, deadline casus.Date) Move {
	m := Move{To: r.state, Day: ledger.Day(g.Entries[0].Record.When), Counts: true, How: r.how, Things: g.Entries}
	switch r.state {
	case casus.Kept:
		if deadline != 0 && m.Day > deadline {
			m.Counts, m.How = false, r.how+", but after the deadline"
		}
	case casus.Broken:
		victim := k.side(c.Beneficiary, nil)
		others := 0
		for _, o := range g.Origins {
			if o.ID != victim {
				others++
			}
		}
		if len(g.Origins) < 2 || others == 0 {
			m.Counts, m.How = false, r.how+", as "+g.Origins[0].String()+" says alone"
		}
	}
	return m
}
