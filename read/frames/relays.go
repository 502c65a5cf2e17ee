package frames

import (
	"slices"

	"casus"
)

// media are those of a document's actors who only pass the story on: outlets,
// journalists, networks. They are spoken to and quoted, and are no side of what
// they report.
func (d Document) media() map[casus.ActorID]bool {
	out := map[casus.ActorID]bool{"social-media": true}
	for _, a := range d.Cast.Actors {
		if a.Note == "media" {
			out[a.ID] = true
		}
	}
	return out
}

// spokenTo are those whom speakers tell things, by the ids of roles without an owner.
var spokenTo = map[casus.ActorID]bool{"journalists": true, "media": true, "local-media": true}

// suffered are the acts that are done to the media too: shot at, banned, jailed.
var suffered = map[casus.EventType]bool{casus.Assault: true, casus.Coerce: true, casus.Sanction: true, casus.Retreat: true}

// withoutRelays takes the media out of the sides of events, and drops the events
// that are left without a doer: "told AFP that strikes had hit its positions".
func withoutRelays(records []casus.Record, media map[casus.ActorID]bool) []casus.Record {
	relays := func(id casus.ActorID) bool { return media[id] || spokenTo[id] || sector(id) == "med" }
	return slices.DeleteFunc(records, func(r casus.Record) bool {
		e, ok := r.Body.(*casus.Event)
		if !ok {
			return false
		}
		if !suffered[e.Type] {
			e.Target = slices.DeleteFunc(slices.Clone(e.Target), relays)
		}
		if e.Type == casus.Consult || e.Type == casus.Agree {
			return false // an interview is none, but outlets do sign and meet
		}
		e.Source = slices.DeleteFunc(slices.Clone(e.Source), func(id casus.ActorID) bool { return media[id] })
		return len(e.Source) == 0
	})
}
