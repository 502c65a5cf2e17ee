package picture

import (
	"cmp"
	"context"
	"math"
	"slices"

	"casus"
	"casus/ledger"
)

// Bounds of the search for all that tells of one thing.
const (
	mostAround = 300 // records before a day, and as many after it, for each query: the nearest
	mostTold   = 100 // tellings of one thing, the nearest
)

// around asks for the records that tell what some records do or contradict them,
// and for what their articles tell in the same words, in order of day. It is what
// Thing groups, and has all that bears on these records; of other things it has
// only a part.
func (p *Picture) around(ctx context.Context, k *knowledge, ids []casus.RecordID, ties ledger.Ties, q Question) ([]told, error) {
	entries, err := p.shown(ctx, ids, q)
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	seeds := len(entries)
	for _, e := range entries[:seeds] {
		if entries, err = p.collect(ctx, entries, near(e, q)); err != nil {
			return nil, err
		}
	}
	byNearness(entries[seeds:], ledger.Day(entries[0].Record.When))
	tellings, err := k.reached(ctx, k.tellAll(entries), seeds, ties)
	if err != nil {
		return nil, err
	}
	others, err := p.rivalling(ctx, k, tellings, q)
	if err != nil {
		return nil, err
	}
	bearing := slices.Concat(tellings, others)
	all, err := p.ofArticles(ctx, articlesOf(bearing), ledger.Query{To: q.To, Known: q.Known, Recorded: q.Recorded, Order: ledger.Oldest})
	slices.SortStableFunc(all, compareDays)
	// All of an article tells what its numbers count, and who accuses; but what
	// shares no words with the tellings is of other things.
	spans := map[casus.ArticleID][]casus.Span{}
	for i := range bearing {
		spans[bearing[i].Article.ID] = append(spans[bearing[i].Article.ID], bearing[i].Record.Span)
	}
	return slices.DeleteFunc(k.tellAll(all), func(t told) bool {
		return !slices.ContainsFunc(spans[t.Article.ID], t.Record.Span.Overlaps)
	}), err
}

// shown are records as the clocks show them; those that they do not are left out.
func (p *Picture) shown(ctx context.Context, ids []casus.RecordID, q Question) ([]ledger.Entry, error) {
	var list []told
	for _, id := range ids {
		e, err := p.ledger.Record(ctx, id)
		if err != nil {
			return nil, err
		}
		list = append(list, told{Entry: e})
	}
	all, err := p.ofArticles(ctx, articlesOf(list), ledger.Query{To: q.To, Known: q.Known, Recorded: q.Recorded, Order: ledger.Oldest})
	return slices.DeleteFunc(all, func(e ledger.Entry) bool { return !slices.Contains(ids, e.ID) }), err
}

// articlesOf lists the articles of tellings, each once.
func articlesOf(list []told) []casus.ArticleID {
	var out []casus.ArticleID
	met := map[casus.ArticleID]bool{}
	for i := range list {
		if id := list[i].Article.ID; !met[id] {
			met[id] = true
			out = append(out, id)
		}
	}
	return out
}

// collect adds what queries have on their first pages to a list, each once.
func (p *Picture) collect(ctx context.Context, list []ledger.Entry, queries []ledger.Query) ([]ledger.Entry, error) {
	met := make(map[casus.RecordID]bool, len(list))
	for i := range list {
		met[list[i].ID] = true
	}
	for _, q := range queries {
		page, err := p.ledger.Records(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, e := range page.Entries {
			if !met[e.ID] {
				met[e.ID] = true
				list = append(list, e)
			}
		}
	}
	return list, nil
}

// byNearness sorts entries by how far their day is from a day.
func byNearness(list []ledger.Entry, day casus.Date) {
	far := func(e ledger.Entry) int {
		if d := int(ledger.Day(e.Record.When) - day); d < 0 {
			return -d
		} else {
			return d
		}
	}
	slices.SortStableFunc(list, func(a, b ledger.Entry) int { return cmp.Compare(far(a), far(b)) })
}

// near are the queries for what might tell of the same as a record: of its kind
// and sort, with its parties, at its time.
func near(e ledger.Entry, q Question) []ledger.Query {
	var out []ledger.Query
	for _, lq := range alike(e) {
		lq.Kinds, lq.Known, lq.Recorded, lq.Limit = []casus.Kind{e.Record.Kind()}, q.Known, q.Recorded, mostAround
		out = append(out, beside(e, lq, q.To)...)
	}
	return out
}

// alike are queries for what a record must share with all that tell the same:
// see sorts and blocks.
func alike(e ledger.Entry) []ledger.Query {
	var out []ledger.Query
	switch b := e.Record.Body.(type) {
	case *casus.Figure:
		units := []string{b.Unit}
		if ofPeople(b.Unit) {
			units = peopleUnits()
		}
		for _, unit := range units {
			out = append(out, ledger.Query{Type: unit})
		}
		return out
	case *casus.Relation:
		return []ledger.Query{{Type: string(b.Type), Actor: b.From, With: b.To}}
	case *casus.Event:
		for _, t := range casus.EventTypes() {
			if quadOf(t) == quadOf(b.Type) {
				out = append(out, ledger.Query{Type: string(t)})
			}
		}
	case *casus.Claim:
		out = append(out, ledger.Query{Type: string(b.Act)})
	case *casus.Flow:
		if b.Group != "" {
			return []ledger.Query{{Actor: casus.ActorID(b.Group.Head())}}
		}
		out = append(out, ledger.Query{})
	case *casus.Commitment:
		out = append(out, ledger.Query{})
	}
	return eachParty(e, out)
}

// eachParty are queries narrowed to each party of a record in turn; of one that
// has none they stay as they are.
func eachParty(e ledger.Entry, queries []ledger.Query) []ledger.Query {
	var parties []casus.ActorID
	sides, _ := partiesOf(e)
	for _, party := range slices.Concat(sides[0], sides[1]) {
		if !slices.Contains(parties, party) {
			parties = append(parties, party)
		}
	}
	if len(parties) == 0 {
		return queries
	}
	var out []ledger.Query
	for _, q := range queries {
		for _, q.Actor = range parties {
			out = append(out, q)
		}
	}
	return out
}

// beside asks a query of the time around a record, before its day and after, the
// nearest first: twice as far as two tellings may be apart, since what is between
// links them. What has no day is like its like only. last is the last day that
// counts, zero for none.
func beside(e ledger.Entry, q ledger.Query, last casus.Date) []ledger.Query {
	day, kind := ledger.Day(e.Record.When), e.Record.Kind()
	if day == 0 { // those without a day stand after all others
		q.Order, q.After = ledger.Newest, ledger.Cursor{Number: math.MaxInt64}.String()
		return []ledger.Query{q}
	}
	far := max(2*farthest(kind), farthestDenial)
	before, after := q, q
	before.Order, before.From, before.To = ledger.Newest, max(day.AddDays(-far), 1), day
	before.Starting = kind != casus.KindRelation && kind != casus.KindCommitment // which may have begun long before
	after.Order, after.From, after.To, after.Starting = ledger.Oldest, day+1, max(day, e.Record.When.To).AddDays(far), true
	var out []ledger.Query
	for _, q := range []ledger.Query{before, after} {
		if last != 0 {
			q.To = min(q.To, last)
		}
		if q.From <= q.To {
			out = append(out, q)
		}
	}
	return out
}

// reached are the tellings that may be of one thing with the first few of a list,
// through others or not, and those. The rest of the list is nearest first; it is
// enough when mostTold are reached.
func (k *knowledge) reached(ctx context.Context, list []told, seeds int, ties ledger.Ties) ([]told, error) {
	joined := map[casus.RecordID][]casus.RecordID{}
	for _, pair := range ties.Joined() {
		joined[pair[0]], joined[pair[1]] = append(joined[pair[0]], pair[1]), append(joined[pair[1]], pair[0])
	}
	out, rest := slices.Clone(list[:seeds]), slices.Clone(list[seeds:])
	for at := 0; at < len(out) && len(out) < mostTold; at++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		from, left := out[at], rest[:0]
		for i := range rest {
			if len(out) < mostTold && (k.mayLink(&from, &rest[i]) || slices.Contains(joined[from.ID], rest[i].ID)) {
				out = append(out, rest[i])
			} else {
				left = append(left, rest[i])
			}
		}
		rest = left
	}
	return out, nil
}

// mayLink tells whether two tellings can be linked, whatever stands around them
// in their articles.
func (k *knowledge) mayLink(a, b *told) bool {
	if b.day < a.day {
		a, b = b, a
	}
	if beyond(a, b, max(a.far, farthestReach)) {
		return false
	}
	evidence, ok := k.besideWords(&a.gist, &b.gist, a, b)
	if !ok {
		return false
	}
	if a.Record.Kind() == casus.KindFigure {
		evidence += max(0, mostShared*a.weights[around]) + max(0, a.weights[otherVictims])
	}
	return evidence+max(0, a.weights[wording]) >= leastEvidence && evidence+k.wordsEvidence(a, b) >= leastEvidence
}

// rivalling finds the deeds and accusations that may be rivals of tellings.
func (p *Picture) rivalling(ctx context.Context, k *knowledge, tellings []told, q Question) ([]told, error) {
	entries, err := p.collect(ctx, nil, rivalQueries(tellings, q))
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		return nil, nil
	}
	others := k.tellWith(tellings[0].words, entries)
	return slices.DeleteFunc(others, func(o told) bool {
		return !slices.ContainsFunc(tellings, func(t told) bool { return mayRival(&t, &o) })
	}), nil
}

// rivalQueries ask for what has a party, a teller or a place in common with deeds
// and accusations, at their time: see blamed.
func rivalQueries(tellings []told, q Question) []ledger.Query {
	during := map[casus.EventType]casus.Period{}
	var out []ledger.Query
	add := func(lq ledger.Query) {
		if !slices.ContainsFunc(out, func(o ledger.Query) bool { return o.Type == lq.Type && o.Actor == lq.Actor && o.Place == lq.Place }) {
			out = append(out, lq)
		}
	}
	for i := range tellings {
		t := &tellings[i]
		sort, when := eventType(t), t.Record.When
		if when.From == 0 || sort != casus.Accuse && !hostile(sort) {
			continue
		}
		span, met := during[sort]
		if !met || when.From < span.From {
			span.From = when.From
		}
		span.To = max(span.To, when.From, when.To)
		during[sort] = span
		lq := ledger.Query{Kinds: []casus.Kind{casus.KindEvent}, Type: string(sort), Known: q.Known, Recorded: q.Recorded, Limit: mostAround}
		for _, lq.Actor = range slices.Concat(t.parties[0], t.parties[1], t.who[0], []casus.ActorID{t.teller}) {
			if lq.Actor.Valid() {
				add(lq)
			}
		}
		lq.Actor = ""
		for _, lq.Place = range t.places {
			add(lq)
		}
	}
	for i := range out {
		span := during[casus.EventType(out[i].Type)]
		out[i].From, out[i].To = max(span.From.AddDays(-farthestBlame), 1), span.To.AddDays(farthestBlame)
		if q.To != 0 {
			out[i].To = min(out[i].To, q.To)
		}
	}
	return slices.DeleteFunc(out, func(lq ledger.Query) bool { return lq.From > lq.To })
}
