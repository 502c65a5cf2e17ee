package actors

import (
	"cmp"
	"slices"

	"casus"
)

// listActors gathers everybody whom the mentions stand for, with their names
// in the text and, for persons, whom they act for on the article's date.
func (sc *scene) listActors(cast *Cast) []casus.Actor {
	index := map[casus.ActorID]int{}
	var list []casus.Actor
	add := func(id casus.ActorID, name string) {
		i, seen := index[id]
		if !seen {
			i = len(list)
			index[id] = i
			list = append(list, sc.describe(id))
		}
		if name != "" && !slices.Contains(list[i].Names, name) {
			list[i].Names = append(list[i].Names, name)
		}
	}
	for i, mentions := range cast.Sentences {
		for _, m := range mentions {
			if m.ID == "" {
				continue
			}
			name := ""
			if m.Class != Pronoun && m.Class != Adjective && len(m.Members) == 0 {
				name = sc.sentences[i].text(m.First, m.Last)
			}
			add(m.ID, name)
			for _, id := range m.Members {
				add(id, "")
			}
		}
	}
	for _, a := range list { // the actors that the persons act for; list grows behind the range
		for _, o := range a.ActsFor {
			add(o.Actor, "")
		}
	}
	slices.SortFunc(list, func(a, b casus.Actor) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// describe makes the actor of an id: refdata's kind, or what the article
// showed, and a person's office on its date. Names are left to the text.
func (sc *scene) describe(id casus.ActorID) casus.Actor {
	known, ok := sc.r.world.Actor(id)
	a := casus.Actor{ID: id, Kind: known.Kind}
	if !ok {
		a.Kind = sc.kindOf(id)
	}
	if !id.IsPerson() {
		return a
	}
	for _, o := range known.ActsFor {
		if (casus.Period{From: o.From, To: o.To}).Holds(sc.published.From) {
			a.ActsFor = append(a.ActsFor, o)
		}
	}
	if p := sc.persons[id]; p != nil && p.actsFor != "" && len(a.ActsFor) == 0 {
		a.ActsFor = []casus.Office{{Actor: p.actsFor, Role: p.as}}
	}
	return a
}

// kindOf is what is known of an id that is in no table.
func (sc *scene) kindOf(id casus.ActorID) casus.ActorKind {
	if id.IsPerson() {
		return casus.ActorPerson
	}
	if kind, ok := sc.kinds[id]; ok {
		return kind
	}
	return casus.ActorInstitution
}

// noteKind keeps what the first mention of an actor shows it to be.
func (sc *scene) noteKind(a *anchor) {
	if _, known := sc.kinds[a.m.ID]; known || a.m.ID == "" {
		return
	}
	switch {
	case a.role != nil && a.role.role.sort == people:
		sc.kinds[a.m.ID] = casus.ActorPopulation
	case a.role != nil:
		sc.kinds[a.m.ID] = casus.ActorInstitution
	case a.hit != nil:
		sc.kinds[a.m.ID] = a.hit.alias.kind
	case a.collective != nil:
		sc.kinds[a.m.ID] = a.collective.kind
	}
}
