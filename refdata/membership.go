package refdata

import (
	"slices"

	"casus"
)

// Membership is a state's belonging to an alliance or body for a time.
type Membership struct {
	Alliance, Member casus.ActorID
	Held             casus.Period
	Source           string
}

// Government is who governs a state or place where it is not its own
// government that does: the Taliban in Afghanistan.
type Government struct {
	Place, By casus.ActorID
	Held      casus.Period
	Source    string
}

func (w *World) addMembership(r row) error {
	alliance, err := r.actor("alliance")
	if err != nil {
		return err
	}
	held, err := r.period("from", "to")
	if err != nil {
		return err
	}
	for _, id := range append([]casus.ActorID{alliance}, memberIDs(r)...) {
		if _, known := w.actors[id]; !known {
			return r.errorf("%s is in no table of actors", id)
		}
	}
	for _, member := range memberIDs(r) {
		w.members = append(w.members, Membership{alliance, member, held, r.cell("source")})
	}
	return nil
}

func memberIDs(r row) []casus.ActorID {
	var ids []casus.ActorID
	for _, id := range r.list("members") {
		ids = append(ids, casus.ActorID(id))
	}
	return ids
}

func (w *World) addGovernment(r row) error {
	place, err := r.actor("place")
	if err != nil {
		return err
	}
	by, err := r.actor("by")
	if err != nil {
		return err
	}
	held, err := r.period("from", "to")
	if err != nil {
		return err
	}
	w.governed = append(w.governed, Government{place, by, held, r.cell("source")})
	return nil
}

// holdsOn tells whether p holds on a day, or is open-ended if there is no day.
func holdsOn(p casus.Period, on casus.Date) bool {
	if on == 0 {
		return p.To == 0
	}
	return p.Holds(on)
}

// Members returns the members of an alliance, body or collective on a day, in
// alphabetical order; on the zero date its present members.
func (w *World) Members(alliance casus.ActorID, on casus.Date) []casus.ActorID {
	var out []casus.ActorID
	for _, m := range w.members {
		if m.Alliance == alliance && holdsOn(m.Held, on) {
			out = append(out, m.Member)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// MemberOf returns the alliances and bodies that a state belonged to on a
// day, in alphabetical order; on the zero date those it belongs to now.
func (w *World) MemberOf(member casus.ActorID, on casus.Date) []casus.ActorID {
	var out []casus.ActorID
	for _, m := range w.members {
		if m.Member == member && holdsOn(m.Held, on) {
			out = append(out, m.Alliance)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Memberships lists all memberships in the order of the table.
func (w *World) Memberships() []Membership { return slices.Clone(w.members) }

// GovernedBy returns who governed a state or place on a day where that was a
// group with an id of its own: taliban for afg since August 2021. What a
// place's capital or government "says" is theirs then.
func (w *World) GovernedBy(place casus.ActorID, on casus.Date) []casus.ActorID {
	var out []casus.ActorID
	for _, g := range w.governed {
		if g.Place == place && holdsOn(g.Held, on) {
			out = append(out, g.By)
		}
	}
	return out
}

// Governments lists who governed what, in the order of the table.
func (w *World) Governments() []Government { return slices.Clone(w.governed) }
