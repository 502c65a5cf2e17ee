package obligation

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"casus"
	"casus/refdata"
)

const (
	nearbyKM   = 1500 // forces within this distance of where it happens are near
	mostNearby = 5
)

// nearby are a debtor's forces near where a duty calls it: those that the
// picture has there on the scenario's day, and the bases that a treaty gives it.
func (t *tracer) nearby(n *Node, debtor casus.ActorID) []Nearby {
	if n.Clause == nil || n.Beneficiary == "" || debtor == n.Beneficiary || n.Repeats > 0 || !owesHelp(*n.Clause) {
		return nil
	}
	var out []Nearby
	for _, h := range t.facts.Stationed {
		if casus.ActorID(h.From.Head()) != debtor {
			continue
		}
		if km, ok := t.close(n, h.To); ok {
			out = append(out, Nearby{fmt.Sprintf("%s %s %s", h.From, h.Type, h.To), km, string(h.Evidence[0].ID)})
		}
	}
	for _, c := range t.facts.World.Clauses() {
		if c.Sort != refdata.BaseSite || !c.InForce.Holds(n.date) || !slices.Contains(c.Debtor, string(debtor)) {
			continue
		}
		_, place, _ := strings.Cut(c.Where[0], ":")
		if km, ok := t.close(n, casus.ActorID(place)); ok {
			out = append(out, Nearby{"base " + place, km, string(c.ID)})
		}
	}
	slices.SortStableFunc(out, func(a, b Nearby) int { return cmp.Compare(a.KM, b.KM) })
	return out[:min(len(out), mostNearby)]
}

func owesHelp(c refdata.Clause) bool {
	return slices.ContainsFunc(c.Acts, func(a refdata.OwedAct) bool { return !a.Not && (a.Type == casus.Aid || a.Type == casus.Mobilize) })
}

// close tells how far a place is from where a duty calls, and whether that is
// near: in the land of one who is in it, or within nearbyKM.
func (t *tracer) close(n *Node, place casus.ActorID) (km float64, ok bool) {
	at := n.place
	if at == "" {
		at = n.Beneficiary
	}
	a, foundA := t.facts.World.Place(at)
	b, foundB := t.facts.World.Place(place)
	if foundA && foundB && a.Located && b.Located {
		km = math.Round(greatCircle(a, b))
	}
	land := t.facts.landOf(place)
	return km, land == n.Beneficiary || slices.Contains(n.Against, land) || km > 0 && km <= nearbyKM
}

// greatCircle is the distance of two places in km on a sphere of the earth's
// mean radius (haversine).
func greatCircle(a, b refdata.Place) float64 {
	const radius, radians = 6371.0, math.Pi / 180
	lat1, lat2 := a.Lat*radians, b.Lat*radians
	dLat, dLon := lat2-lat1, (b.Lon-a.Lon)*radians
	h := math.Pow(math.Sin(dLat/2), 2) + math.Cos(lat1)*math.Cos(lat2)*math.Pow(math.Sin(dLon/2), 2)
	return 2 * radius * math.Asin(min(1, math.Sqrt(h)))
}

// clashes finds who is bound to both sides, or bound to do what it is bound not to do.
func (t *tracer) clashes() {
	var helps []*Node
	t.answer.Walk(func(n *Node) {
		if n.Clause != nil && n.Repeats == 0 && n.Clause.Sort == refdata.Duty && (n.State == Binds || n.State == Waits) && aboutHelp(*n.Clause) {
			helps = append(helps, n)
		}
	})
	for i, n := range helps {
		for j := range n.Debtors {
			d := &n.Debtors[j]
			for _, other := range helps[i+1:] {
				if why := opposed(n, other); why != "" && owes(other, d.Actor) {
					t.clash(d, n, Clash{Debtor: d.Actor, Duty: n.Number, With: other.Number, Why: why})
				}
			}
			t.clashWithBars(d, n)
		}
	}
}

// aboutHelp tells whether a clause is about helping or not helping.
func aboutHelp(c refdata.Clause) bool {
	return slices.ContainsFunc(c.Acts, func(a refdata.OwedAct) bool { return a.Type == casus.Aid })
}

func (t *tracer) clash(d *Debtor, n *Node, c Clash) {
	if c.With > 0 {
		d.Clashes = append(d.Clashes, c.With)
		t.answer.Walk(func(o *Node) {
			for i := range o.Debtors {
				if o.Number == c.With && o.Debtors[i].Actor == c.Debtor {
					o.Debtors[i].Clashes = append(o.Debtors[i].Clashes, n.Number)
				}
			}
		})
	}
	t.answer.Clashes = append(t.answer.Clashes, c)
}

func owes(n *Node, actor casus.ActorID) bool {
	return slices.ContainsFunc(n.Debtors, func(d Debtor) bool { return d.Actor == actor })
}

// opposed tells in what two duties of one debtor stand against each other.
func opposed(a, b *Node) string {
	switch {
	case forbids(b) && slices.Contains(b.Against, a.Beneficiary) && !forbids(a):
		return fmt.Sprintf("bound to help %s, and bound to give %s no help", a.Beneficiary, a.Beneficiary)
	case forbids(a) && slices.Contains(a.Against, b.Beneficiary) && !forbids(b):
		return fmt.Sprintf("bound to help %s, and bound to give %s no help", b.Beneficiary, b.Beneficiary)
	case forbids(a) || forbids(b):
		return ""
	case slices.Contains(b.Against, a.Beneficiary) || slices.Contains(a.Against, b.Beneficiary):
		return fmt.Sprintf("bound to both sides: to help %s and to help %s", a.Beneficiary, b.Beneficiary)
	}
	return ""
}

// forbids tells whether a duty is one of leaving undone.
func forbids(n *Node) bool {
	return slices.ContainsFunc(n.Clause.Acts, func(a refdata.OwedAct) bool { return a.Not })
}

// clashWithBars finds bars that forbid a debtor the act that it owes.
func (t *tracer) clashWithBars(d *Debtor, n *Node) {
	for _, owed := range n.Clause.Acts {
		a, ok := t.owedAct(n, owed)
		if !ok {
			continue
		}
		a.Source = []casus.ActorID{d.Actor}
		for _, c := range t.facts.World.Clauses() {
			if c.Sort != refdata.Bar {
				continue
			}
			if found, _ := t.facts.matches(c, a); len(found) > 0 {
				t.clash(d, n, Clash{Debtor: d.Actor, Duty: n.Number, Clause: c.ID,
					Why: fmt.Sprintf("bound to act against %s, and bound not to by %s, article %s", found[0].victim, c.Instrument, c.Article)})
			}
		}
	}
}
