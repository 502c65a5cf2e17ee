package obligation

import (
	"slices"
	"strings"
	"time"

	"casus"
	"casus/refdata"
)

// knownBy is the last moment of a day, zero for none: see ledger.Query.Known.
func knownBy(day casus.Date) time.Time {
	if day == 0 {
		return time.Time{}
	}
	return day.AddDays(1).Time().Add(-time.Microsecond)
}

// sides are the states, groups and bodies that actors belong to on the day of
// an act: rus for rus/mil, the state for whom a person acts, and beside a group
// the state that it governs (taliban and afg since August 2021).
func (f Facts) sides(actors []casus.ActorID, a Act) []casus.ActorID {
	var out []casus.ActorID
	add := func(id casus.ActorID) {
		if id != "" && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	for _, id := range actors {
		if id.IsPerson() {
			id = f.officeOf(id, a)
		}
		head := casus.ActorID(id.Head())
		add(head)
		for _, g := range f.World.Governments() {
			if g.Held.Holds(a.Date) && (g.By == head || g.Place == head) {
				add(g.By)
				add(g.Place)
			}
		}
	}
	return out
}

// officeOf is for whom a person acts: as the reading had it, else by the offices
// of reference data.
func (f Facts) officeOf(person casus.ActorID, a Act) casus.ActorID {
	if of := a.actsFor[person]; of != "" {
		return of
	}
	if known, ok := f.World.Actor(person); ok {
		return known.OfficeOn(a.Date)
	}
	return ""
}

// landOf is the state, or the place of its own, that a place lies in.
func (f Facts) landOf(place casus.ActorID) casus.ActorID {
	if p, ok := f.World.Place(place); ok && p.Country != "" {
		return p.Country
	}
	return casus.ActorID(place.Head())
}

// parties are the parties of a clause on a day.
type parties struct {
	list []casus.ActorID
	all  bool // every state
}

func (f Facts) partiesOn(c refdata.Clause, on casus.Date) parties {
	list, all := f.World.PartiesOn(c, on)
	return parties{list, all}
}

func (p parties) has(id casus.ActorID) bool {
	return p.all && id.IsCountry() && id.Head() == string(id) || slices.Contains(p.list, id)
}

// ever tells whether an actor is or was a party at any time, and when that ended
// or begins, if it is not one on the day.
func (f Facts) ever(c refdata.Clause, id casus.ActorID) []casus.Period {
	var out []casus.Period
	for _, p := range c.Parties {
		if p == string(id) {
			out = append(out, casus.Always)
		}
		alliance, ok := strings.CutPrefix(p, "members:")
		if !ok || slices.Contains(c.Parties, "-"+string(id)) {
			continue
		}
		for _, m := range f.World.Memberships() {
			if string(m.Alliance) == alliance && m.Member == id {
				out = append(out, m.Held)
			}
		}
	}
	return out
}
