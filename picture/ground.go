package picture

import (
	"cmp"
	"context"
	"slices"

	"casus"
	"casus/ledger"
)

// Ground is what stands where on a day: the part of a Situation that a map shows.
type Ground struct {
	AsOf        casus.Date   `json:"as_of"`
	Territory   []Territory  `json:"territory"`   // rival claims first, then the latest told first
	Deployments []Deployment `json:"deployments"` // the latest told first
}

// How much of it there is: places, claims to each of them, deployments, and
// records that speak for each line. A map with more cannot be read, nor drawn while time moves.
const (
	groundPlaces      = 120
	groundClaims      = 6
	groundDeployments = 120
	groundEvidence    = 1
)

// Ground draws the ground of a day. It is Situation for holding places and
// stationing forces alone, without grades, and quick where there is much else.
func (p *Picture) Ground(ctx context.Context, q Question) (Ground, error) {
	g := Ground{AsOf: q.To}
	var s Situation
	actor, err := p.about(ctx, q)
	if err != nil {
		return g, err
	}
	if err = p.inForce(ctx, q, actor, &s); err != nil {
		return g, err
	}
	g.Territory = territories(s.Relations, s.Contested)
	slices.SortStableFunc(g.Territory, func(a, b Territory) int {
		return cmp.Or(boolean(b.Rivalry)-boolean(a.Rivalry), int(b.latest()-a.latest()))
	})
	g.Territory = g.Territory[:min(len(g.Territory), groundPlaces)]
	for i, t := range g.Territory {
		g.Territory[i].Claims, g.Territory[i].Contested = shorten(t.Claims, groundClaims), shorten(t.Contested, groundClaims)
	}
	abroad := slices.DeleteFunc(s.Relations, func(h Holding) bool { return h.Type != casus.DeploysIn && h.Type != casus.BasesIn })
	slices.SortStableFunc(abroad, func(a, b Holding) int {
		return int(ledger.Anchor(b.Evidence[0]) - ledger.Anchor(a.Evidence[0]))
	})
	abroad = shorten(abroad, groundDeployments)
	g.Deployments, err = p.deployments(ctx, abroad, ShowQuestion{AsOf: q.To, Known: q.Known, Recorded: q.Recorded}, groundDeployments)
	return g, err
}

// latest is the day of the last record that speaks of a place.
func (t Territory) latest() casus.Date {
	var day casus.Date
	for _, list := range [][]Holding{t.Claims, t.Contested} {
		if len(list) > 0 { // each with the latest evidence first
			day = max(day, ledger.Anchor(list[0].Evidence[0]))
		}
	}
	return day
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}

func shorten(list []Holding, most int) []Holding {
	list = list[:min(len(list), most)]
	for i, h := range list {
		list[i].Evidence = h.Evidence[:min(len(h.Evidence), groundEvidence)]
	}
	return list
}
