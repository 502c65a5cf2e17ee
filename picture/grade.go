package picture

import (
	"context"
	"fmt"
	"slices"

	"casus"
	"casus/ledger"
)

// Credibility is how far an item can be believed, by the Admiralty code (NATO
// AJP-2.1): 1 confirmed by other sources, 2 probably true, 3 possibly true,
// 4 doubtful, 5 improbable, 6 cannot be judged. It is judged from the item
// alone, apart from how reliable its sources are.
type Credibility int

// Grade says how far a thing can be relied on: its sources, and itself.
type Grade struct {
	// Reliability is the best that an analyst has given any of its origins, "F"
	// where none has a grade.
	Reliability ledger.Reliability `json:"reliability"`
	Credibility Credibility        `json:"credibility"`
}

// String is the letter and the figure, as in B2.
func (g Grade) String() string { return fmt.Sprintf("%s%d", g.Reliability, g.Credibility) }

// confirmedFrom is how surely several tellings must be of one thing to confirm
// each other: "very likely" by ICD 203.
const confirmedFrom = 0.8

// credibility judges a thing by the independent origins that tell it so and
// those that tell it otherwise; admiralty.tsv says it in words. Nobody confirms
// or contradicts himself.
func credibility(g Group, against []Origin) Credibility {
	others := 0
	for _, o := range against {
		if !slices.Contains(g.Origins, o) {
			others++
		}
	}
	switch n := len(g.Origins); {
	case !slices.ContainsFunc(g.Entries, toldAsSo):
		return 6
	case others > n:
		return 5
	case others > 0 && others == n:
		return 4
	case n >= 3 && others == 0 && g.Sure >= confirmedFrom:
		return 1
	case n >= 3 || n == 2 && others == 0:
		return 2
	}
	return 3
}

// toldAsSo tells whether an entry presents its matter as so. That somebody said
// something, or is bound to something yet to be done, is so whatever becomes of it.
func toldAsSo(e ledger.Entry) bool {
	switch e.Record.Body.(type) {
	case *casus.Claim:
		return true
	case *casus.Commitment:
		return e.Record.Status != casus.Denied && e.Record.Status != casus.Possible
	}
	return ledger.Asserted(e.Record)
}

// reliability is the best grade that an analyst gave one of the origins.
func reliability(origins []Origin, grades map[string]ledger.Reliability) ledger.Reliability {
	best := ledger.Reliability("F")
	for _, o := range origins {
		if r, ok := grades[o.String()]; ok && r < best {
			best = r
		}
	}
	return best
}

// position is where a record stands in a contradiction.
type position struct {
	in   *Contradiction
	side int
}

// positions finds the contradictions that records are in.
func positions(list []Contradiction) map[casus.RecordID][]position {
	out := map[casus.RecordID][]position{}
	for i := range list {
		for j, s := range list[i].Sides {
			for _, e := range s.Entries {
				out[e.ID] = append(out[e.ID], position{&list[i], j})
			}
		}
	}
	return out
}

// graded sorts entries into things and says how far each can be relied on, by
// what these entries say for and against it.
func (p *Picture) graded(ctx context.Context, entries []ledger.Entry, h hand) ([]Group, map[casus.RecordID][]position, error) {
	k, err := p.knowledge()
	if err != nil {
		return nil, nil, err
	}
	return p.gradedOf(ctx, k, k.tellAll(entries), h)
}

// gradedOf is graded of entries that are prepared.
func (p *Picture) gradedOf(ctx context.Context, k *knowledge, list []told, h hand) ([]Group, map[casus.RecordID][]position, error) {
	o := newOrigins(p)
	things, err := p.groupsBy(ctx, k, list, o, h)
	if err != nil {
		return nil, nil, err
	}
	rivals, err := p.contradictionsIn(ctx, things, list, o, h)
	if err != nil {
		return nil, nil, err
	}
	stands := positions(rivals)
	for i, g := range things {
		grade, err := g.grade(ctx, g.Lead(), o, stands, h)
		if err != nil {
			return nil, nil, err
		}
		things[i].Grade = &grade
	}
	return things, stands, nil
}

// Lead is the first entry that tells a thing as so, or the first where none does.
func (g Group) Lead() ledger.Entry {
	return g.Entries[max(0, slices.IndexFunc(g.Entries, func(e ledger.Entry) bool { return ledger.Asserted(e.Record) }))]
}

// grade judges what one entry tells of a thing: the tellings that go with it
// as so are for it, those on other sides of a contradiction against it, and an
// analyst's decision has the last word.
func (g Group) grade(ctx context.Context, lead ledger.Entry, o *origins, stands map[casus.RecordID][]position, h hand) (Grade, error) {
	var against []Origin
	opposed, lost := map[casus.RecordID]bool{}, false
	for _, at := range stands[lead.ID] {
		decided := at.in.Decided
		lost = lost || decided != nil && decided.Side != at.side
		for i, s := range at.in.Sides {
			if i == at.side {
				continue
			}
			for _, e := range s.Entries {
				opposed[e.ID] = true
			}
			if decided == nil || decided.Side != at.side {
				against = append(against, s.Origins...)
			}
		}
	}
	for_ := Group{Sure: g.Sure, Entries: slices.DeleteFunc(slices.Clone(g.Entries), func(e ledger.Entry) bool {
		return opposed[e.ID] || toldAsSo(lead) && !toldAsSo(e)
	})}
	var err error
	if for_.Origins, err = o.all(ctx, for_.Entries); err != nil {
		return Grade{}, err
	}
	out := Grade{reliability(for_.Origins, h.grades), credibility(for_, against)}
	if lost {
		out.Credibility = max(out.Credibility, 5)
	}
	return out, nil
}

// asserted returns the things that some entry tells as so, with these entries only.
func (p *Picture) asserted(ctx context.Context, things []Group) ([]Group, error) {
	o := newOrigins(p)
	out := make([]Group, 0, len(things))
	for _, g := range things {
		all := len(g.Entries)
		g.Entries = slices.DeleteFunc(slices.Clone(g.Entries), func(e ledger.Entry) bool { return !ledger.Asserted(e.Record) })
		switch len(g.Entries) {
		case 0:
			continue
		case all:
		default:
			var err error
			if g.Origins, err = o.all(ctx, g.Entries); err != nil {
				return nil, err
			}
		}
		out = append(out, g)
	}
	return out, nil
}

// gradeHoldings says on whose word relations rest, and how far they can be
// relied on: against one in force speak denials of it and, where it holds a
// place, others who are said to hold that place. Only those that which picks
// are graded.
func (p *Picture) gradeHoldings(ctx context.Context, inForce, contested []Holding, h hand, which func(Holding) bool) error {
	o := newOrigins(p)
	graded, rivals, err := o.meetHoldings(ctx, inForce, contested, which)
	if err != nil {
		return err
	}
	wanted := map[relationKey]bool{}
	for _, g := range graded {
		wanted[g.key()] = true
	}
	denials := map[relationKey][]Origin{}
	for _, c := range contested {
		if !wanted[c.key()] {
			continue
		}
		for _, e := range c.Evidence {
			if e.Record.Status != casus.Denied {
				continue
			}
			origin, err := o.of(ctx, e)
			if err != nil {
				return err
			}
			denials[c.key()] = append(denials[c.key()], origin)
		}
	}
	for _, g := range graded {
		against := denials[g.key()]
		for _, other := range rivals[g.To] {
			if g.HoldsPlace() && other.rivals(*g) {
				against = append(against, other.Origins...)
			}
		}
		g.Grade = Grade{reliability(g.Origins, h.grades), credibility(Group{Entries: g.Evidence, Origins: g.Origins, Sure: 1}, against)}
	}
	return nil
}

// meetHoldings gives their origins to the holdings that are to be graded, and to
// those in force that hold the same places. It returns both.
func (o *origins) meetHoldings(ctx context.Context, inForce, contested []Holding, which func(Holding) bool) (graded []*Holding, rivals map[casus.ActorID][]*Holding, err error) {
	places := map[casus.ActorID]bool{}
	for _, list := range [][]Holding{inForce, contested} {
		for i := range list {
			if which(list[i]) {
				graded = append(graded, &list[i])
				places[list[i].To] = places[list[i].To] || list[i].HoldsPlace()
			}
		}
	}
	needed := slices.Clone(graded)
	rivals = map[casus.ActorID][]*Holding{}
	for i := range inForce {
		if g := &inForce[i]; g.HoldsPlace() && places[g.To] {
			rivals[g.To] = append(rivals[g.To], g)
			needed = append(needed, g)
		}
	}
	var evidence []*ledger.Entry
	for _, g := range needed {
		for i := range g.Evidence {
			evidence = append(evidence, &g.Evidence[i])
		}
	}
	if err = o.meetEntries(ctx, evidence); err != nil {
		return nil, nil, err
	}
	for _, g := range needed {
		if g.Origins, err = o.all(ctx, g.Evidence); err != nil {
			return nil, nil, err
		}
	}
	return graded, rivals, nil
}

// gradeEvents grades the events of a portrait by what else is told of its actor
// in those days.
func (p *Picture) gradeEvents(ctx context.Context, q ShowQuestion, portrait *Portrait, h hand) error {
	portrait.Grades = map[casus.RecordID]Grade{}
	if len(portrait.Events) == 0 {
		return nil
	}
	first := q.AsOf
	for _, e := range portrait.Events {
		if day := ledger.Day(e.Record.When); day != 0 && (first == 0 || day < first) {
			first = day
		}
	}
	page, err := p.ledger.Records(ctx, ledger.Query{Kinds: []casus.Kind{casus.KindEvent}, Actor: portrait.Actor.ID,
		From: first.AddDays(-farthest(casus.KindEvent)), To: q.AsOf, Known: q.Known, Recorded: q.Recorded, Limit: portraitWeighed})
	if err != nil {
		return err
	}
	slices.Reverse(page.Entries)
	things, stands, err := p.graded(ctx, page.Entries, h)
	if err != nil {
		return err
	}
	o := newOrigins(p)
	for _, g := range things {
		for _, e := range g.Entries {
			if !slices.ContainsFunc(portrait.Events, func(event ledger.Entry) bool { return event.ID == e.ID }) {
				continue
			}
			if portrait.Grades[e.ID], err = g.grade(ctx, e, o, stands, h); err != nil {
				return err
			}
		}
	}
	return nil
}

// Source is an outlet or speaker with what the ledger has of it.
type Source struct {
	Name        string             `json:"name"` // a publisher, or an actor's id
	Articles    int                `json:"articles,omitempty"`
	Reliability ledger.Reliability `json:"reliability"` // "F" without a grade
	By          string             `json:"by,omitempty"`
	Reason      string             `json:"reason,omitempty"`
	Correction  int64              `json:"correction,omitempty"` // the number of the grade, by which it is undone
}

// Sourcing is on whose word it rests what the ledger tells of an actor.
type Sourcing struct {
	Actor   casus.Actor `json:"actor"`
	Sources []SourceOn  `json:"sources"` // whose word most records rest on first
	// Counted is how many records were looked at, the newest; Complete is false
	// where there are more.
	Counted  int  `json:"counted"`
	Complete bool `json:"complete"`
}

// SourceOn is an origin, with what of an actor rests on its word.
type SourceOn struct {
	Origin      Origin             `json:"origin"`
	Records     int                `json:"records"`
	Reliability ledger.Reliability `json:"reliability"` // "F" without a grade
	Latest      ledger.Entry       `json:"latest"`      // the newest of the records
}

// sourcedRecords bounds how many records of an actor are looked at for their origins.
const sourcedRecords = 1000

// SourcesOn tells on whose word it rests what the question's clocks show of its
// actor: the newest records that name it, a part of it or who acts for it.
func (p *Picture) SourcesOn(ctx context.Context, q Question) (Sourcing, error) {
	out := Sourcing{Sources: []SourceOn{}}
	q.Order, q.Limit = ledger.Newest, sourcedRecords
	found, err := p.Timeline(ctx, q)
	if err != nil || found.Actor == nil {
		return out, err
	}
	out.Actor, out.Counted, out.Complete = *found.Actor, len(found.Entries), found.Next == ""
	h, err := p.hand(ctx, q.Recorded)
	if err != nil {
		return out, err
	}
	o, entries := newOrigins(p), make([]*ledger.Entry, len(found.Entries))
	for i := range entries {
		entries[i] = &found.Entries[i]
	}
	if err := o.meetEntries(ctx, entries); err != nil {
		return out, err
	}
	places := map[Origin]int{}
	for _, e := range found.Entries {
		origin, err := o.of(ctx, e)
		if err != nil {
			return out, err
		}
		at, met := places[origin]
		if !met {
			at = len(out.Sources)
			places[origin] = at
			out.Sources = append(out.Sources, SourceOn{Origin: origin, Reliability: reliability([]Origin{origin}, h.grades), Latest: e})
		}
		out.Sources[at].Records++
	}
	slices.SortStableFunc(out.Sources, func(a, b SourceOn) int { return b.Records - a.Records })
	return out, nil
}

// Sources lists the publishers, most articles first, and the speakers that were
// graded, with their grades.
func (p *Picture) Sources(ctx context.Context, publishers map[string]int) ([]Source, error) {
	corrections, err := p.ledger.Corrections(ctx, ledger.CorrectionQuery{})
	if err != nil {
		return nil, err
	}
	kept := map[string]*Source{}
	for name, n := range publishers {
		kept[name] = &Source{Name: name, Articles: n, Reliability: "F"}
	}
	for _, c := range corrections {
		if c.Action != ledger.Grade || c.Undone != 0 {
			continue
		}
		if kept[c.Source] == nil {
			kept[c.Source] = &Source{Name: c.Source}
		}
		s := kept[c.Source]
		s.Reliability, s.By, s.Reason, s.Correction = c.Reliability, c.Author, c.Reason, c.Number
	}
	out := make([]Source, 0, len(kept))
	for _, s := range kept {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Source) int {
		if a.Articles != b.Articles {
			return b.Articles - a.Articles
		}
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return out, nil
}
