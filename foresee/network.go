package foresee

import (
	"fmt"
	"maps"
	"slices"

	"casus"
	"casus/foresee/displacement"
	"casus/foresee/scenario"
	"casus/refdata"
)

// networkOf builds the network of a scenario: its zones, camps and places of the
// displaced, and the largest towns of their countries, joined by displacement.Network.
func networkOf(w *refdata.World, s scenario.Scenario, detour float64) (network, error) {
	n := network{}
	in := &n.input
	in.Start, in.Days = s.Period.From, int(s.Period.To-s.Period.From)+1
	for _, z := range s.Zones {
		if err := n.add(w, s, z.Place, z.Position, "zone", displacement.Town); err != nil {
			return n, err
		}
		if z.People > 0 {
			in.Places[n.at(z.Place)].Residents = z.People
		}
	}
	in.Home = in.Places[0].Country
	for _, c := range s.Camps {
		kind := displacement.Camp
		if land(w, c.Place) == in.Home {
			kind = displacement.IDPCamp
		}
		if err := n.add(w, s, c.Place, c.Position, "camp", kind); err != nil {
			return n, err
		}
		in.Places[n.at(c.Place)].Capacity = c.Capacity
	}
	for _, d := range s.Displaced {
		if err := n.add(w, s, d.To, d.Position, "town", displacement.Town); err != nil {
			return n, err
		}
		in.Places[n.at(d.To)].Present += d.Persons
	}
	if err := n.addTowns(w); err != nil {
		return n, err
	}
	in.Routes = displacement.Network(in.Places, detour, nil)
	if len(in.Routes) == 0 {
		return n, atLine(s, s.Zones[0].Position, "there is nowhere to flee to from "+string(s.Zones[0].Place), "Name camps.")
	}
	n.zones(s)
	if err := n.peopled(s); err != nil {
		return n, err
	}
	n.flee(s)
	return n, n.closures(w, s)
}

// add puts a place of the scenario into the network, once.
func (n *network) add(w *refdata.World, s scenario.Scenario, id casus.ActorID, at scenario.Position, sort string, kind displacement.Kind) error {
	if n.at(id) >= 0 {
		return nil
	}
	p, ok := w.Place(id)
	if !ok || !p.Located {
		return atLine(s, at, "where "+string(id)+" lies is not known", "Name a town near it.")
	}
	n.append(p, sort, kind)
	return nil
}

func (n *network) append(p refdata.Place, sort string, kind displacement.Kind) {
	n.places, n.kinds = append(n.places, p), append(n.kinds, sort)
	n.input.Places = append(n.input.Places, displacement.Place{Name: string(p.ID), Country: string(p.Country), Lat: p.Lat, Lon: p.Lon,
		Kind: kind, Residents: p.Population})
}

func (n *network) at(id casus.ActorID) int {
	return slices.IndexFunc(n.places, func(p refdata.Place) bool { return p.ID == id })
}

// addTowns adds the largest towns of the countries that the network is in.
func (n *network) addTowns(w *refdata.World) error {
	countries := map[casus.ActorID]bool{}
	for _, p := range n.places {
		countries[p.Country] = true
	}
	for _, c := range slices.Sorted(maps.Keys(countries)) {
		towns, err := w.Towns(c, townsOfCountry)
		if err != nil {
			return err
		}
		for _, p := range towns {
			if n.at(p.ID) < 0 {
				n.append(p, "town", displacement.Town)
			}
		}
	}
	return nil
}

func (n *network) zones(s scenario.Scenario) {
	for _, z := range s.Zones {
		if z.Intensity > 0 {
			n.input.Zones = append(n.input.Zones, displacement.Zone{Place: string(z.Place), From: int(z.Days.From - s.Period.From),
				Until: int(z.Days.To-s.Period.From) + 1, Intensity: z.Intensity})
		}
	}
}

// peopled refuses those who flee from any zone where no zone has people: they
// would wait for ever.
func (n *network) peopled(s scenario.Scenario) error {
	lived := slices.ContainsFunc(n.input.Zones, func(z displacement.Zone) bool { return n.input.Places[n.at(casus.ActorID(z.Place))].Residents > 0 })
	for _, f := range s.Fleeing {
		if f.From == "" && f.Persons > 0 && !lived {
			return atLine(s, s.Zones[0].Position, "nobody is known to live in "+string(s.Zones[0].Place)+", so nobody can flee from there", "Write people: and how many, or say who flees with from:, or name another zone.")
		}
	}
	return nil
}

// flee spreads those who flee evenly over their days; what does not divide leaves
// on the first of them. Who flees from no zone in particular flees from all, by
// their people and intensity.
func (n *network) flee(s scenario.Scenario) {
	in := &n.input
	in.Arrivals = make([]int, in.Days)
	for _, f := range s.Fleeing {
		byDay := in.Arrivals
		if f.From != "" {
			byDay = make([]int, in.Days)
			in.Leaving = append(in.Leaving, displacement.Leaving{Place: string(f.From), People: byDay})
		}
		from, days := int(f.Days.From-s.Period.From), int(f.Days.To-f.Days.From)+1
		for i := range days {
			byDay[from+i] += f.Persons / days
			if i < f.Persons%days {
				byDay[from+i]++
			}
		}
	}
}

// closures closes borders between countries and ways between places.
func (n *network) closures(w *refdata.World, s scenario.Scenario) error {
	for _, b := range s.Borders {
		c := displacement.Closure{Kind: displacement.LinkClosed, A: string(b.Between[0]), B: string(b.Between[1]),
			From: int(b.Closed.From - s.Period.From), Until: int(b.Closed.To-s.Period.From) + 1}
		first, _ := w.Place(b.Between[0])
		second, _ := w.Place(b.Between[1])
		if first.Kind == refdata.Country && second.Kind == refdata.Country {
			c.Kind = displacement.BorderClosed
			if !n.in(first.ID) || !n.in(second.ID) {
				continue // nobody could cross it anyway
			}
		} else if n.at(first.ID) < 0 || n.at(second.ID) < 0 {
			return atLine(s, b.Position, fmt.Sprintf("%s or %s is not in the network", first.ID, second.ID), "Name two countries, or two places of zones and camps.")
		}
		n.input.Closures = append(n.input.Closures, c)
	}
	return nil
}

// in tells whether a place of the network lies in a country.
func (n *network) in(country casus.ActorID) bool {
	return slices.ContainsFunc(n.places, func(p refdata.Place) bool { return p.Country == country })
}

func land(w *refdata.World, place casus.ActorID) string {
	p, _ := w.Place(place)
	return string(p.Country)
}
