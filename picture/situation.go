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
}

// Territory is a place and the dated claims of who holds it. There is no
// verdict: where two claims are in force, they are rivals.
type Territory struct {
	Place   casus.ActorID `json:"place"`
	Claims  []Holding     `json:"claims"`  // the latest evidence first
	Rivalry bool          `json:"rivalry"` // more than one side is said to hold it
}

// situationCommitments is how many open commitments a situation lists.
const situationCommitments = 200

// Situation draws the whole picture of a day: of all actors, or of one. The
// question's To is the day; what holds is told as for Show.
func (p *Picture) Situation(ctx context.Context, q Question) (Situation, error) {
	s := Situation{AsOf: q.To, Commitments: []ledger.Entry{}}
	ask := ledger.RelationQuery{On: q.To, Known: q.Known, Recorded: q.Recorded}
	if q.Actor != "" {
		a, err := p.Resolve(ctx, q.Actor)
		if err != nil {
			return s, err
		}
		ask.Actor = a.ID
	}
	evidence, err := p.ledger.Relations(ctx, ask)
	if err != nil {
		return s, err
	}
	s.Relations, s.Contested = holdings(evidence, q.To)
	h, err := p.hand(ctx, q.Recorded)
	if err != nil {
		return s, err
	}
	if err = p.gradeHoldings(ctx, s.Relations, s.Contested, h); err != nil {
		return s, err
	}
	s.Territory = territories(s.Relations)
	if s.Deployments, err = p.deployments(ctx, s.Relations, ShowQuestion{AsOf: q.To, Known: q.Known, Recorded: q.Recorded}); err != nil {
		return s, err
	}
	for _, state := range []casus.State{casus.Triggered, casus.InForce, casus.Offered} {
		page, err := p.ledger.Records(ctx, ledger.Query{Kinds: []casus.Kind{casus.KindCommitment}, Type: string(state), Actor: ask.Actor,
			To: q.To, Known: q.Known, Recorded: q.Recorded, Limit: situationCommitments})
		if err != nil {
			return s, err
		}
		s.Commitments = append(s.Commitments, page.Entries...)
	}
	return s, nil
}

// territories gathers who is said to hold each place. A claim that covers the
// other, as a state its own forces', is no rival of it.
func territories(inForce []Holding) []Territory {
	byPlace := map[casus.ActorID][]Holding{}
	for _, h := range inForce {
		if h.HoldsPlace() {
			byPlace[h.To] = append(byPlace[h.To], h)
		}
	}
	out := make([]Territory, 0, len(byPlace))
	for place, claims := range byPlace {
		slices.SortStableFunc(claims, func(a, b Holding) int {
			return cmp.Compare(ledger.Anchor(b.Evidence[0]), ledger.Anchor(a.Evidence[0]))
		})
		t := Territory{Place: place, Claims: claims}
		for _, c := range claims[1:] {
			if c.rivals(claims[0]) {
				t.Rivalry = true
			}
		}
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b Territory) int { return cmp.Compare(a.Place, b.Place) })
	return out
}
