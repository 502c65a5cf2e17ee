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
	To     casus.State    `json:"to"`
	Day    casus.Date     `json:"day"`
	Counts bool           `json:"counts"` // false: a claim that it is so, see How
	How    string         `json:"how"`
	Things []ledger.Entry `json:"things"` // the evidence
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
// a Limit it lists at most so many: those that were told of last.
func (p *Picture) Promises(ctx context.Context, q Question) ([]Promise, error) {
	state, limit := casus.State(q.Type), q.Limit
	q.Type, q.Kinds = "", []casus.Kind{casus.KindCommitment}
	entries, met, err := p.tellingsOfPromises(ctx, q)
	if err != nil {
		return nil, err
	}
	list, err := p.promises(ctx, q, state, limit, entries, func(g Group) bool {
		return met == nil || slices.ContainsFunc(g.Entries, func(e ledger.Entry) bool { return met[e.ID] })
	})
	return list, err
}

// promiseTold is how many records tell of one commitment, at a guess that is
// rather high: from so many of the latest for each that is asked for, one finds
// enough.
const promiseTold = 2

// wholePeriod is up to how many records of a period are all looked at.
const wholePeriod = 1200

// tellingsOfPromises lists the records of commitments that a question is about,
// oldest first. With a limit it takes the latest, which it names, and all that
// may tell of the same ones: what is owed by the same to the same.
func (p *Picture) tellingsOfPromises(ctx context.Context, q Question) (entries []ledger.Entry, met map[casus.RecordID]bool, err error) {
	if q.Limit == 0 {
		entries, err = p.everything(ctx, q)
		return entries, nil, err
	}
	q.Order, q.After, q.Limit = ledger.Newest, "", min(promiseTold*q.Limit, ledger.MaxLimit)
	if q.From != 0 { // what is told of in a period is mostly read sooner than what else its parties owe each other
		q.Limit = max(q.Limit, wholePeriod)
	}
	latest, err := p.ask(ctx, q, func(*ledger.Query) {})
	if err != nil {
		return nil, nil, err
	}
	if latest.Next == "" { // that is all there is
		slices.Reverse(latest.Entries)
		return latest.Entries, nil, nil
	}
	met = map[casus.RecordID]bool{}
	var queries []ledger.Query
	asked := map[[2]casus.ActorID]bool{}
	for _, e := range latest.Entries {
		met[e.ID] = true
		c := commitment(e)
		if pair := [2]casus.ActorID{headOf(c.Debtor, e.ActsFor), headOf(c.Beneficiary, e.ActsFor)}; !asked[pair] {
			asked[pair] = true
			queries = append(queries, alsoOwed(e, pair, q))
		}
	}
	entries, err = p.collect(ctx, latest.Entries, queries)
	slices.SortStableFunc(entries, func(a, b ledger.Entry) int { return cmp.Compare(ledger.Day(a.Record.When), ledger.Day(b.Record.When)) })
	return entries, met, err
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
	if _, many, err := p.ledger.Days(ctx, lq); err != nil || many || q.Limit > 0 {
		if err != nil {
			return nil, err
		}
		return p.soonest(ctx, q, first, last)
	}
	entries, err := p.everything(ctx, q)
	if err != nil {
		return nil, err
	}
	k, err := p.knowledge()
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
		return bond{k.side(c.Debtor, e.ActsFor), k.side(c.Beneficiary, e.ActsFor), c.Basis}
	}
	bonds := map[bond]bool{} // what is told of one commitment has one of these
	for _, e := range entries {
		if due(e) {
			bonds[of(e)] = true
		}
	}
	entries = slices.DeleteFunc(entries, func(e ledger.Entry) bool { return !bonds[of(e)] })
	list, err := p.promises(ctx, q, "", 0, entries, func(g Group) bool { return slices.ContainsFunc(g.Entries, due) })
	return slices.DeleteFunc(list, func(p Promise) bool { return p.Deadline < first || p.Deadline > last }), err
}

// manyCommitments is from how many on those that are due are looked for one by one.
const manyCommitments = 2000

// soonest is Due where there are many others, or with a limit: at most so many,
// the soonest due. It looks at those alone, and at what their parties owe each other else.
func (p *Picture) soonest(ctx context.Context, q Question, first, last casus.Date) ([]Promise, error) {
	limit := q.Limit
	q.Limit = 0
	lq, err := p.query(ctx, q)
	if err != nil {
		return nil, err
	}
	var due []ledger.Entry
	for month := casus.Month(first.Year(), first.Month()); month.From <= last; month = casus.Month((month.To + 1).Year(), (month.To + 1).Month()) {
		lq.Due = ledger.MonthOf(month.From)
		found, err := p.pages(ctx, lq)
		if err != nil {
			return nil, err
		}
		for _, e := range found {
			if day := commitment(e).Deadline; first <= day && day <= last {
				due = append(due, e)
			}
		}
	}
	slices.SortStableFunc(due, func(a, b ledger.Entry) int { return cmp.Compare(commitment(a).Deadline, commitment(b).Deadline) })
	if limit > 0 {
		due = due[:min(len(due), promiseTold*limit)]
	}
	wanted := map[casus.RecordID]bool{}
	var queries []ledger.Query
	asked := map[[2]casus.ActorID]bool{}
	for _, e := range due {
		wanted[e.ID] = true
		c := commitment(e)
		if pair := [2]casus.ActorID{headOf(c.Debtor, e.ActsFor), headOf(c.Beneficiary, e.ActsFor)}; !asked[pair] {
			asked[pair] = true
			queries = append(queries, alsoOwed(e, pair, q))
		}
	}
	entries, err := p.collect(ctx, due, queries)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(entries, func(a, b ledger.Entry) int { return cmp.Compare(ledger.Day(a.Record.When), ledger.Day(b.Record.When)) })
	list, err := p.promises(ctx, q, "", 0, entries, func(g Group) bool {
		return slices.ContainsFunc(g.Entries, func(e ledger.Entry) bool { return wanted[e.ID] })
	})
	list = slices.DeleteFunc(list, func(p Promise) bool { return p.Deadline < first || p.Deadline > last })
	if limit > 0 {
		list = list[:min(len(list), limit)]
	}
	return list, err
}

// promises groups the records of commitments, and follows those groups that
// are wanted; with a limit, those that were told of last until there are so many.
func (p *Picture) promises(ctx context.Context, q Question, state casus.State, limit int, entries []ledger.Entry, wanted func(Group) bool) ([]Promise, error) {
	h, err := p.hand(ctx, q.Recorded)
	if err != nil {
		return nil, err
	}
	groups, err := p.groups(ctx, entries, h)
	if err != nil {
		return nil, err
	}
	k, err := p.knowledge()
	if err != nil {
		return nil, err
	}
	if limit > 0 {
		slices.SortStableFunc(groups, func(a, b Group) int { return cmp.Compare(b.lastTold(), a.lastTold()) })
	}
	d := deeds{picture: p, clocks: q}
	if err := d.readAll(ctx, slices.DeleteFunc(slices.Clone(groups), func(g Group) bool { return !wanted(g) })); err != nil {
		return nil, err
	}
	out := []Promise{}
	for _, g := range groups {
		if limit > 0 && len(out) == limit {
			break
		}
		if !wanted(g) {
			continue
		}
		promise, err := p.follow(ctx, k, g, &d, h)
		if err != nil {
			return nil, err
		}
		if state == "" || promise.State == state {
			out = append(out, promise)
		}
	}
	slices.SortStableFunc(out, func(a, b Promise) int {
		return cmp.Or(cmp.Compare(noDeadlineLast(a.Deadline), noDeadlineLast(b.Deadline)),
			cmp.Compare(ledger.Day(b.Entries[0].Record.When), ledger.Day(a.Entries[0].Record.When)))
	})
	return out, nil
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
func (p *Picture) follow(ctx context.Context, k *knowledge, g Group, d *deeds, h hand) (Promise, error) {
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
		promise.Moves = append(promise.Moves, Move{To: c.State, Day: ledger.Anchor(e), Counts: k.saysSo(e), How: "told so", Things: []ledger.Entry{e}})
	}
	moves, err := p.consequences(ctx, k, g, made, promise.Deadline, d, h)
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
func (p *Picture) consequences(ctx context.Context, k *knowledge, g Group, made, deadline casus.Date, d *deeds, h hand) ([]Move, error) {
	c := commitment(g.Entries[0])
	if c.State == casus.Rejected || c.State == casus.Lapsed || made == 0 {
		return nil, nil
	}
	fitting := slices.DeleteFunc(slices.Clone(k.promises), func(r promiseRule) bool { return !r.about(g.Entries) })
	if len(fitting) == 0 {
		return nil, nil
	}
	var out []Move
	for _, r := range fitting {
		relevant, err := d.relevant(ctx, k, r, g.Entries[0], made)
		if err != nil {
			return nil, err
		}
		things, err := p.groups(ctx, relevant, h)
		if err != nil {
			return nil, err
		}
		for _, thing := range things {
			already := slices.ContainsFunc(out, func(m Move) bool { return m.To == r.state && m.Things[0].ID == thing.Entries[0].ID })
			if !already { // another rule may come to the same
				out = append(out, r.move(k, thing, c, deadline))
			}
		}
	}
	return out, nil
}

// deeds are the events by which commitments are judged. Many commitments are
// judged by the same ones.
type deeds struct {
	picture *Picture
	clocks  Question // of which only the clocks count
	read    map[deedsKey]deedsSince
	entries int // in all that is read
	whole   *wholeDeeds
}

// wholeDeeds are all events of the promise rules' types from a day on, by their
// parties: where many commitments are judged of a few weeks, to read them once is
// quicker than to ask for each commitment.
type wholeDeeds struct {
	events  []ledger.Entry
	ofParty map[deedsKey][]int // by type and one party, in the order of the events
}

type deedsKey struct {
	sort        casus.EventType
	actor, with casus.ActorID
}

type deedsSince struct {
	day     casus.Date
	entries []ledger.Entry
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
	if len(groups) < manyPromises || first == 0 {
		return nil
	}
	q := ledger.Query{Kinds: []casus.Kind{casus.KindEvent}, Statuses: deedStatuses(), From: first, Starting: true, To: d.clocks.To, Known: d.clocks.Known, Recorded: d.clocks.Recorded,
		Limit: min(deedsForEach*len(groups), ledger.MaxLimit)}
	if _, more, err := d.picture.ledger.Days(ctx, q); more || err != nil {
		return err
	}
	events, err := d.picture.pages(ctx, q)
	if err != nil {
		return err
	}
	d.whole = &wholeDeeds{events, map[deedsKey][]int{}}
	for i, e := range events {
		heads, whole := partiesOf(e)
		for _, id := range slices.Concat(heads[0], heads[1], whole[0], whole[1]) {
			key := deedsKey{sort: e.Record.Body.(*casus.Event).Type, actor: id}
			if n := d.whole.ofParty[key]; len(n) == 0 || n[len(n)-1] != i {
				d.whole.ofParty[key] = append(n, i)
			}
		}
	}
	return nil
}

// deedStatuses are those that deeds have which may bear on a commitment: see relevant.
func deedStatuses() []casus.Status {
	return []casus.Status{casus.Happened, casus.Ongoing, casus.Possible}
}

// of lists the events of a type that a party has part in, by its head or as it is.
func (w *wholeDeeds) of(sort casus.EventType, head, party casus.ActorID) []ledger.Entry {
	at := w.ofParty[deedsKey{sort: sort, actor: head}]
	if party != head {
		at = slices.Concat(at, w.ofParty[deedsKey{sort: sort, actor: party}])
		slices.Sort(at)
		at = slices.Compact(at)
	}
	out := make([]ledger.Entry, len(at))
	for i, n := range at {
		out[i] = w.events[n]
	}
	return out
}

// relevant lists the events that are a rule's, told as so, after a commitment was
// made; of a breach also those that their tellers lay at somebody's door.
func (d *deeds) relevant(ctx context.Context, k *knowledge, r promiseRule, e ledger.Entry, made casus.Date) ([]ledger.Entry, error) {
	c := commitment(e)
	key := deedsKey{sort: r.event, actor: headOf(c.Debtor, e.ActsFor)}
	if r.who != "debtor" && c.Beneficiary != "" {
		key.with = headOf(c.Beneficiary, e.ActsFor)
	}
	var all []ledger.Entry
	if d.whole != nil {
		all = d.whole.of(r.event, key.actor, c.Debtor)
	} else {
		read, err := d.since(ctx, key, made)
		if err != nil {
			return nil, err
		}
		all = slices.Clone(read)
	}
	entries := slices.DeleteFunc(all, func(e ledger.Entry) bool { return !r.fits(k, e, c, made) })
	laid := map[casus.RecordID]bool{}
	if r.state == casus.Broken {
		var err error
		if laid, err = d.alleged(ctx, entries); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(entries, func(e ledger.Entry) bool { return !ledger.Asserted(e.Record) && !laid[e.ID] }), nil
}

// since lists events from a day on, or from some days before it.
func (d *deeds) since(ctx context.Context, key deedsKey, day casus.Date) ([]ledger.Entry, error) {
	if kept, ok := d.read[key]; ok && kept.day <= day {
		return kept.entries, nil
	}
	entries, err := d.picture.pages(ctx, ledger.Query{Kinds: []casus.Kind{casus.KindEvent}, Type: string(key.sort), Actor: key.actor, With: key.with,
		Statuses: deedStatuses(), From: day, To: d.clocks.To, Known: d.clocks.Known, Recorded: d.clocks.Recorded})
	if err != nil {
		return nil, err
	}
	if d.entries += len(entries); d.read == nil || d.entries > mostDeeds {
		d.read, d.entries = map[deedsKey]deedsSince{}, len(entries)
	}
	d.read[key] = deedsSince{day, entries}
	return entries, nil
}

// alleged finds those of some events that their tellers lay at somebody's door,
// by the claims of their articles.
func (d *deeds) alleged(ctx context.Context, events []ledger.Entry) (map[casus.RecordID]bool, error) {
	var articles []casus.ArticleID
	for _, e := range events {
		if e.Record.Status == casus.Possible && e.Record.By != "" && !slices.Contains(articles, e.Article.ID) {
			articles = append(articles, e.Article.ID)
		}
	}
	claims, err := d.picture.ofArticles(ctx, articles, ledger.Query{Kinds: []casus.Kind{casus.KindClaim}, Known: d.clocks.Known, Recorded: d.clocks.Recorded})
	return allegedIn(append(claims, events...)), err
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

// about tells whether a rule is about a commitment's duty.
func (r promiseRule) about(entries []ledger.Entry) bool {
	for _, e := range entries {
		c := commitment(e)
		if r.basis != "" && r.basis != c.Basis {
			continue
		}
		if r.words == nil {
			return true
		}
		if hasOne(c.Duty+" "+e.Record.Quote, r.words) {
			return true
		}
	}
	return false
}

// hasOne tells whether a text has a word with one of these beginnings.
func hasOne(text string, beginnings []string) bool {
	text = " " + fulltext.Fold(text)
	return slices.ContainsFunc(beginnings, func(w string) bool { return strings.Contains(text, " "+w) })
}

// fits tells whether an event is the rule's, between the right two, after the
// commitment was made. What was made on the same day is taken to come before it.
func (r promiseRule) fits(k *knowledge, e ledger.Entry, c *casus.Commitment, made casus.Date) bool {
	event, ok := e.Record.Body.(*casus.Event)
	if !ok || event.Type != r.event || r.mode != "" && event.Mode != r.mode || ledger.Day(e.Record.When) <= made ||
		r.said != nil && !hasOne(e.Record.Quote, r.said) {
		return false
	}
	of := func(ids []casus.ActorID, actor casus.ActorID) bool {
		side := k.side(actor, e.ActsFor)
		return slices.ContainsFunc(ids, func(id casus.ActorID) bool { return k.side(id, e.ActsFor) == side })
	}
	switch r.who {
	case "debtor":
		return of(event.Source, c.Debtor)
	case "both":
		all := slices.Concat(event.Source, event.Target)
		return of(all, c.Debtor) && of(all, c.Beneficiary)
	case "beneficiary>debtor":
		return of(event.Source, c.Beneficiary) && of(event.Target, c.Debtor)
	}
	return of(event.Source, c.Debtor) && of(event.Target, c.Beneficiary)
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
