package picture

import (
	"cmp"
	"context"
	"slices"

	"casus"
	"casus/ledger"
)

// Situation is what held on a day, as it was known on a day.
type Situation struct {
	AsOf casus.Date `json:"as_of"`
	// Relations are in force on the day, Contested those that are said to be
	// denied, possible, planned or conditional; the same relation may be in both.
	Relations   []Holding      `json:"relations"`
	Contested   []Holding      `json:"contested"`
	Territory   []Territory    `json:"territory"`   // who is said to control or govern which place
	Deployments []Deployment   `json:"deployments"` // forces abroad, with their numbers
	Commitments []ledger.Entry `json:"commitments"` // open ones, the latest first
	// Offices and Governments are what reference data hold of that day: of whom
	// the question is about or, where it names nobody, of those whom the rest of
	// the answer names. No record stands behind them, but a source.
	Offices     []OfficeHeld `json:"offices"`
	Governments []Government `json:"governments"`
	// Left counts what there is besides, where there is more than the question's limit.
	Left SituationLeft `json:"left,omitzero"`
}

// SituationLeft counts the relations and places of a situation that are not in it.
type SituationLeft struct {
	Relations int `json:"relations,omitempty"`
	Contested int `json:"contested,omitempty"`
	Territory int `json:"territory,omitempty"`
}

// Territory is a place and the dated claims of who holds it. There is no
// verdict: where two claims are in force, they are rivals.
type Territory struct {
	Place   casus.ActorID `json:"place"`
	Claims  []Holding     `json:"claims"`  // the latest evidence first
	Rivalry bool          `json:"rivalry"` // more than one side is said to hold it, or it is denied that one does
	// Contested are claims that are denied, possible, planned or conditional.
	Contested []Holding `json:"contested"`
}

// situationCommitments is how many open commitments a situation lists.
const situationCommitments = 200

// situationDeployments is how many deployments it tells with their numbers.
const situationDeployments = 500

// Situation draws the whole picture of a day: of all actors, or of one. The
// question's To is the day; what holds is told as for Show. With a limit there are
// at most so many relations, contested ones, places, deployments and commitments of
// a state, of each: those that were told of last.
func (p *Picture) Situation(ctx context.Context, q Question) (Situation, error) {
	s := Situation{AsOf: q.To, Commitments: []ledger.Entry{}}
	actor, err := p.about(ctx, q)
	if err != nil {
		return s, err
	}
	err = sideBySide(func() error { return p.holdings(ctx, q, actor, &s) }, func() error { return p.open(ctx, q, actor, &s) })
	if err != nil {
		return s, err
	}
	facts := p.lexicon.facts.on(q.To, s.concerns(actor))
	s.Offices, s.Governments = facts.Offices, facts.Governments
	return s, nil
}

// concerns tells of whom the facts are to be told: an actor and its parts, or
// whom the situation names.
func (s Situation) concerns(actor casus.ActorID) func(casus.ActorID) bool {
	if actor != "" {
		return func(id casus.ActorID) bool { return id.Within(actor) }
	}
	heads := map[string]bool{}
	for _, list := range [][]Holding{s.Relations, s.Contested} {
		for _, h := range list {
			heads[h.From.Head()], heads[h.To.Head()] = true, true
		}
	}
	for _, e := range s.Commitments {
		sides, _ := partiesOf(e)
		for _, side := range sides {
			for _, id := range side {
				heads[id.Head()] = true
			}
		}
	}
	return func(id casus.ActorID) bool { return heads[id.Head()] }
}

// holdings fills in what holds, who holds what, and who has troops where.
func (p *Picture) holdings(ctx context.Context, q Question, actor casus.ActorID, s *Situation) error {
	if err := p.inForce(ctx, q, actor, s); err != nil {
		return err
	}
	h, err := p.hand(ctx, q.Recorded)
	if err != nil {
		return err
	}
	cut := newCut(s, q.Limit)
	if err = p.gradeHoldings(ctx, s.Relations, s.Contested, h, cut.needed); err != nil {
		return err
	}
	cut.apply(s)
	s.Deployments, err = p.deployments(ctx, s.Relations, ShowQuestion{AsOf: q.To, Known: q.Known, Recorded: q.Recorded}, situationDeployments)
	return err
}

// inForce fills in the relations, without their grades.
func (p *Picture) inForce(ctx context.Context, q Question, actor casus.ActorID, s *Situation) error {
	evidence, err := p.ledger.Relations(ctx, ledger.RelationQuery{On: q.To, Known: q.Known, Recorded: q.Recorded, Actor: actor})
	s.Relations, s.Contested = holdings(evidence, q.To)
	return err
}

// about is whom a question is about, empty for all.
func (p *Picture) about(ctx context.Context, q Question) (casus.ActorID, error) {
	if q.Actor == "" {
		return "", nil
	}
	a, err := p.Resolve(ctx, q.Actor)
	return a.ID, err
}

// open fills in the commitments that are open.
func (p *Picture) open(ctx context.Context, q Question, actor casus.ActorID, s *Situation) error {
	for _, state := range []casus.State{casus.Triggered, casus.InForce, casus.Offered} {
		page, err := p.ledger.Records(ctx, ledger.Query{Kinds: []casus.Kind{casus.KindCommitment}, Type: string(state), Actor: actor,
			To: q.To, Known: q.Known, Recorded: q.Recorded, Limit: min(cmp.Or(q.Limit, situationCommitments), situationCommitments)})
		if err != nil {
			return err
		}
		s.Commitments = append(s.Commitments, page.Entries...)
	}
	return nil
}

// territories gathers who is said to hold each place, and of whom that is
// contested. A claim that covers the other, as a state its own forces', is no
// rival of it.
func territories(inForce, contested []Holding) []Territory {
	byPlace := map[casus.ActorID]*Territory{}
	at := func(place casus.ActorID) *Territory {
		if byPlace[place] == nil {
			byPlace[place] = &Territory{Place: place, Claims: []Holding{}, Contested: []Holding{}}
		}
		return byPlace[place]
	}
	for _, h := range inForce {
		if h.HoldsPlace() {
			t := at(h.To)
			t.Claims = append(t.Claims, h)
		}
	}
	for _, h := range contested {
		if h.HoldsPlace() {
			t := at(h.To)
			t.Contested = append(t.Contested, h)
		}
	}
	out := make([]Territory, 0, len(byPlace))
	for _, t := range byPlace {
		for _, claims := range [][]Holding{t.Claims, t.Contested} {
			slices.SortStableFunc(claims, func(a, b Holding) int {
				return cmp.Compare(ledger.Anchor(b.Evidence[0]), ledger.Anchor(a.Evidence[0]))
			})
		}
		for i, c := range t.Claims {
			t.Rivalry = t.Rivalry || slices.ContainsFunc(t.Claims[:i], c.rivals) ||
				slices.ContainsFunc(t.Contested, func(other Holding) bool { return other.key() == c.key() && other.denied() })
		}
		out = append(out, *t)
	}
	slices.SortFunc(out, func(a, b Territory) int { return cmp.Compare(a.Place, b.Place) })
	return out
}

// situationCut is what of a situation is shown where that is not all.
type situationCut struct {
	limit               int // 0 is all
	relations, contests map[relationKey]bool
	places              map[casus.ActorID]bool
}

// newCut picks what was told of last.
func newCut(s *Situation, limit int) situationCut {
	c := situationCut{limit: limit, relations: latestOf(s.Relations, limit), contests: latestOf(s.Contested, limit), places: map[casus.ActorID]bool{}}
	if limit == 0 {
		return c
	}
	all := territories(s.Relations, s.Contested)
	slices.SortStableFunc(all, func(a, b Territory) int { return int(b.latest() - a.latest()) })
	for _, t := range all[:min(len(all), limit)] {
		c.places[t.Place] = true
	}
	s.Left = SituationLeft{max(0, len(s.Relations)-limit), max(0, len(s.Contested)-limit), max(0, len(all)-limit)}
	return c
}

// latestOf are the keys of the relations that were told of last, at most so many.
func latestOf(list []Holding, limit int) map[relationKey]bool {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Holding) int {
		return cmp.Compare(ledger.Anchor(b.Evidence[0]), ledger.Anchor(a.Evidence[0]))
	})
	return keys(list[:min(len(list), limit)])
}

// onGround tells whether a relation says who holds a place that is shown.
func (c situationCut) onGround(h Holding) bool { return h.HoldsPlace() && c.places[h.To] }

func (c situationCut) needed(h Holding) bool {
	return c.limit == 0 || c.onGround(h) || c.relations[h.key()] || c.contests[h.key()]
}

// apply cuts the lists, and fills in who holds which place.
func (c situationCut) apply(s *Situation) {
	if c.limit == 0 {
		s.Territory = territories(s.Relations, s.Contested)
		return
	}
	pick := func(list []Holding, which func(Holding) bool) []Holding {
		return slices.DeleteFunc(slices.Clone(list), func(h Holding) bool { return !which(h) })
	}
	s.Territory = territories(pick(s.Relations, c.onGround), pick(s.Contested, c.onGround))
	s.Relations = pick(s.Relations, func(h Holding) bool { return c.relations[h.key()] })
	s.Contested = pick(s.Contested, func(h Holding) bool { return c.contests[h.key()] })
}
