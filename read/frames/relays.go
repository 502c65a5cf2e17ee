package frames

import (
	"slices"
	"strings"

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

// names are the names of a document's actors by their ids.
func (d Document) names() map[casus.ActorID][]string {
	out := map[casus.ActorID][]string{}
	for _, a := range d.Cast.Actors {
		out[a.ID] = a.Names
	}
	return out
}

// spokenTo are those whom speakers tell things, by the ids of roles without an owner.
var spokenTo = map[casus.ActorID]bool{"journalists": true, "media": true, "local-media": true}

// suffered are the acts that are done to the media too: shot at, banned, jailed.
var suffered = map[casus.EventType]bool{casus.Assault: true, casus.Coerce: true, casus.Sanction: true, casus.Retreat: true}

// withoutRelays takes the media out of the sides of events, and drops the events
// that are left without a doer: "told AFP that strikes had hit its positions".
func withoutRelays(records []casus.Record, d Document) []casus.Record {
	media, names := d.media(), d.names()
	relays := func(id casus.ActorID) bool { return media[id] || spokenTo[id] || sector(id) == "med" }
	return slices.DeleteFunc(records, func(r casus.Record) bool {
		e, ok := r.Body.(*casus.Event)
		if !ok {
			return false
		}
		if e.Type == casus.Consult { // an interview is no meeting
			met := slices.ContainsFunc(e.Source, relays) || slices.ContainsFunc(e.Target, relays)
			e.Source, e.Target = without(e.Source, relayed(e.Source, relays)), without(e.Target, relayed(e.Target, relays))
			return met && len(without(append(slices.Clone(e.Source), e.Target...), e.Source[:min(1, len(e.Source))])) == 0
		}
		if !suffered[e.Type] {
			e.Target = without(e.Target, relayed(e.Target, relays))
		}
		e.Target = slices.DeleteFunc(slices.Clone(e.Target), func(id casus.ActorID) bool {
			return media[id] && !slices.ContainsFunc(names[id], func(n string) bool { return strings.Contains(r.Quote, n) })
		})
		e.Source = slices.DeleteFunc(slices.Clone(e.Source), func(id casus.ActorID) bool { return media[id] })
		return len(e.Source) == 0
	})
}

// relayed are those of some actors who only pass the story on.
func relayed(ids []casus.ActorID, relays func(casus.ActorID) bool) []casus.ActorID {
	return slices.DeleteFunc(slices.Clone(ids), func(id casus.ActorID) bool { return !relays(id) })
}
