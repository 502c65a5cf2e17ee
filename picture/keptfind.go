package picture

import (
	"slices"
	"strings"

	"casus"
	"casus/ledger"
)

// find lists the rows that a query selects, in its order and at most so many; most
// below 0 is all. It tells whether there are more. The query is as Normal returned it,
// of one kind that is kept, and asks for no article, word or doubt, nor as of a moment of the ledger's clock.
func (s *keptState) find(q ledger.Query, most int) (of *keptKind, rows []int32, more bool) {
	of = &s.of[slices.Index(keptKinds(), q.Kinds[0])]
	selects := s.selector(of.kind, q)
	for _, part := range of.candidates(q) {
		for i := range part {
			at := part[i]
			if q.Order == ledger.Newest {
				at = part[len(part)-1-i]
			}
			if of.gone[at] || !selects(&of.rows[at]) {
				continue
			}
			if most >= 0 && len(rows) == most {
				return of, rows, true
			}
			rows = append(rows, at)
		}
	}
	return of, rows, false
}

// candidates lists the rows that a query may select in parts that come one after
// another, each in order: for the newest first, each is to be taken from its end.
func (k *keptKind) candidates(q ledger.Query) [][]int32 {
	list, far := k.order, k.far
	if q.Actor != "" {
		list = k.naming(q)
		far = list
	}
	dated, farDated := k.dated(list), k.dated(far)
	first, last := 0, dated // of those with a day
	begins := q.From
	if !q.Starting {
		begins = q.From.AddDays(-keptNear)
	}
	if begins > 1 {
		first = k.after(list[:dated], begins-1)
	}
	if q.To != 0 {
		last = max(first, k.after(list[:dated], q.To))
	}
	if q.Starting {
		return [][]int32{list[first:last]}
	}
	// What lasts long, or ends only, may reach into the period from without.
	parts := [][]int32{nil, list[first:last], nil, far[farDated:]}
	if begins > 1 {
		parts[0] = far[:k.after(far[:farDated], begins-1)]
	}
	if q.To != 0 {
		parts[2] = far[k.after(far[:farDated], q.To):farDated]
	}
	if q.Order == ledger.Newest {
		parts[0], parts[2] = parts[2], parts[0]
	}
	return parts
}

// after is where in a list, in order, the rows begin that are later than a day or
// have none.
func (k *keptKind) after(list []int32, day casus.Date) int {
	at, _ := slices.BinarySearchFunc(list, day, func(row int32, day casus.Date) int {
		if d := k.rows[row].day(); d != 0 && d <= day {
			return -1
		}
		return 1
	})
	return at
}

// dated is how many rows of a list, in order, have a day: they stand first.
func (k *keptKind) dated(list []int32) int {
	at, _ := slices.BinarySearchFunc(list, 0, func(row int32, _ int) int {
		if k.rows[row].day() != 0 {
			return -1
		}
		return 1
	})
	return at
}

// naming lists the rows that may name a query's actor, in order.
func (k *keptKind) naming(q ledger.Query) []int32 {
	key := keptKey{actor: q.Actor}
	if !q.Actor.IsPerson() {
		key.actor = casus.ActorID(q.Actor.Head())
	}
	if k.kind == casus.KindEvent {
		key.sort = q.Type
	}
	return k.withLate(k.under[key])
}

// withLate adds to rows of the index those that came after it was made.
func (k *keptKind) withLate(indexed []int32) []int32 {
	if k.indexed == len(k.rows) {
		return indexed
	}
	out := slices.Clone(indexed)
	for at := k.indexed; at < len(k.rows); at++ {
		out = append(out, int32(at)) //nolint:gosec // there are no billions of records
	}
	slices.SortFunc(out, k.compare)
	return out
}

// selector tells of a row whether a query selects it: see ledger.Query.Selects.
func (s *keptState) selector(kind casus.Kind, q ledger.Query) func(*keptTelling) bool {
	actor, with, there := s.namer(kind, q.Actor, q.Roles), s.namer(kind, q.With, q.WithRoles), s.placer(q.Place)
	window := casus.Period{From: q.From, To: q.To}
	var statuses [8]bool
	for i, status := range casus.Statuses() {
		statuses[i] = len(q.Statuses) == 0 || slices.Contains(q.Statuses, status)
	}
	return func(r *keptTelling) bool {
		switch {
		case q.Type != "" && s.texts[r.sort] != q.Type, !statuses[r.status], q.Due != "" && (r.deadline == 0 || ledger.MonthOf(r.deadline) != q.Due):
			return false
		case q.Starting && (r.day() == 0 || !window.Holds(r.day())), !q.Starting && !r.when().Overlaps(window):
			return false
		case !q.Known.IsZero() && s.articles[r.article].ref.Known.After(q.Known), !q.KnownAfter.IsZero() && !s.articles[r.article].ref.Known.After(q.KnownAfter):
			return false
		}
		return actor(r) && with(r) && there(r)
	}
}

// placer tells of a row whether it happens in a place or a part of it, any where
// there is none: see ledger.Places.
func (s *keptState) placer(place string) func(*keptTelling) bool {
	if place == "" {
		return func(*keptTelling) bool { return true }
	}
	known := map[int32]bool{} // by setting
	return func(r *keptTelling) bool {
		there, met := known[r.setting]
		if !met {
			there = slices.ContainsFunc(s.settings[r.setting].names, func(where casus.ActorID) bool {
				return string(where) == place || strings.HasPrefix(string(where), place+"/") && where.Valid()
			})
			known[r.setting] = there
		}
		return there
	}
}

// namer tells of a row whether it names an actor in one of some roles, any where
// there are none: see ledger.Mentions.
func (s *keptState) namer(kind casus.Kind, actor casus.ActorID, roles []ledger.Role) func(*keptTelling) bool {
	if actor == "" {
		return func(*keptTelling) bool { return true }
	}
	inRole := func(role ledger.Role) bool { return len(roles) == 0 || slices.Contains(roles, role) }
	sides := [2]bool{inRole(ledger.Source), inRole(ledger.Target)}
	if kind == casus.KindCommitment {
		sides = [2]bool{inRole(ledger.Debtor), inRole(ledger.Beneficiary)}
	}
	by, prefix := inRole(ledger.By), string(actor)+"/"
	covers := func(id casus.ActorID) bool {
		return id == actor || strings.HasPrefix(string(id), prefix) && !id.IsPerson()
	}
	names := func(id casus.ActorID, offices map[casus.ActorID]casus.ActorID) bool {
		return id != "" && (covers(id) || len(offices) > 0 && covers(offices[id]))
	}
	return func(r *keptTelling) bool {
		offices := s.offices[r.offices]
		if by && names(casus.ActorID(s.texts[r.by]), offices) {
			return true
		}
		for i, side := range r.sides {
			if sides[i] && slices.ContainsFunc(s.sides[side].whole, func(id casus.ActorID) bool { return names(id, offices) }) {
				return true
			}
		}
		return false
	}
}

// deeds lists the rows of events that are a promise rule's, after a commitment was
// made by a debtor of this head: those of a query, whose type and sides do not count.
func (s *keptState) deeds(k *knowledge, rule int, c *casus.Commitment, head casus.ActorID, made casus.Date, q ledger.Query) (*keptKind, []int32) {
	of, r := &s.of[slices.Index(keptKinds(), casus.KindEvent)], &k.promises[rule]
	q.Type = string(r.event)
	selects := s.selector(of.kind, q)
	var out []int32
	add := func(list []int32) {
		for _, at := range list[of.after(list, made):] {
			row := &of.rows[at]
			if row.said&(1<<rule) == 0 || r.mode != "" && s.texts[row.mode] != r.mode || of.gone[at] || !selects(row) {
				continue
			}
			if r.between(k, [2][]casus.ActorID{s.sides[row.sides[0]].who, s.sides[row.sides[1]].who}, s.offices[row.offices], c) {
				out = append(out, at)
			}
		}
	}
	add(of.withLate(of.under[keptKey{q.Type, head}]))
	if c.Debtor != head {
		add(of.under[keptKey{q.Type, c.Debtor}])
		slices.SortFunc(out, of.compare)
		out = slices.Compact(out)
	}
	return of, out
}

// earliest is the first of the copies of an article.
func (s *keptState) earliest(a ledger.ArticleRef) ledger.ArticleRef {
	if first, ok := s.firsts[a.ID]; ok {
		return first
	}
	return a
}

// told is a telling as it is compared. Its entry has what comparing and sorting
// takes: who shows it must fill it in.
func (s *keptState) told(k *knowledge, of *keptKind, at int32) told {
	r := &of.rows[at]
	a, x, y := &s.articles[r.article], &s.sides[r.sides[0]], &s.sides[r.sides[1]]
	t := told{number: r.number, said: r.said, day: r.day(),
		parties: [2][]casus.ActorID{x.heads, y.heads}, whole: [2][]casus.ActorID{x.whole, y.whole}, who: [2][]casus.ActorID{x.who, y.who},
		terms: s.stems[r.stems : r.stems+uint32(r.stemmed)], places: s.places[r.places].names, where: s.settings[r.setting].names,
		gist: gist{weights: k.weights[of.kind], from: r.from, to: r.to, far: farthest(of.kind), article: r.article, language: a.language, by: r.by, sort: r.sort, mode: r.mode,
			kind: of.kind, ownDay: r.ownDay, again: r.again, unknown: [2]bool{x.unknown, y.unknown}, sides: [2]gistSide{x.gistSide, y.gistSide},
			towns: s.places[r.places].numbers, settings: s.settings[r.setting].numbers}}
	t.ID, t.Article, t.ActsFor = ledger.RecordID(r.id), a.ref, s.offices[r.offices]
	rec := &t.Record
	rec.ID, rec.Article, rec.By, rec.ByAs = t.ID, a.ref.ID, casus.ActorID(s.texts[r.by]), s.texts[r.byAs]
	rec.When, rec.Status = r.when(), casus.Statuses()[r.status]
	rec.When.Precision, rec.Span = casus.Precision(s.texts[r.precision]), casus.Span{Start: int(r.start), End: int(r.end)}
	if t.last = rec.When.To; t.last == 0 {
		t.last = t.day
	}
	t.isDenied = t.denied()
	if of.kind == casus.KindEvent {
		t.quad = int8(quadOf(casus.EventType(s.texts[r.sort]))) //nolint:gosec // there are four
		rec.Body = &casus.Event{Type: casus.EventType(s.texts[r.sort]), Mode: s.texts[r.mode], Source: x.whole, Target: y.whole}
		return t
	}
	c := &casus.Commitment{State: casus.State(s.texts[r.sort]), Basis: casus.Basis(s.texts[r.mode]), Deadline: r.deadline}
	if len(x.whole) > 0 {
		c.Debtor = x.whole[0]
	}
	if len(y.whole) > 0 {
		c.Beneficiary = y.whole[0]
	}
	rec.Body = c
	return t
}
