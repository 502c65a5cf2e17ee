package frames

import (
	"casus"
	"casus/read/actors"
)

// Mission is a mission or peacekeeping force and the place where it stands, as
// reference data has it.
type Mission struct {
	Actor, Place casus.ActorID
	Held         casus.Period // open at its end while it lasts
}

// stationed writes down, at its first mention in the article, that a mission
// stands where its mandate is: "a Unifil post was hit" says that Unifil is in
// Lebanon.
func (x *scene) stationed() {
	for w := range x.s.words {
		m, ok := x.s.mentions[w]
		if !ok || m.Class != actors.Name || x.stationedAt[m.ID] {
			continue
		}
		for _, mission := range x.doc.Missions {
			if mission.Actor == m.ID && mission.Held.Holds(x.moments.published.To) {
				x.stationedAt[m.ID] = true
				x.station(w, mission)
			}
		}
	}
}

func (x *scene) station(w int, mission Mission) {
	first, last := x.s.bounds(w, func(k int) bool { return x.s.rel(k) != "punct" && x.s.rel(k) != "conj" })
	rec := casus.Record{Article: x.doc.Article.ID, Status: casus.Ongoing, When: casus.Always,
		Where: []string{string(mission.Place)}, Span: x.widen(first, last),
		Made: casus.Made{Rule: "missions.tsv " + string(mission.Actor), Confidence: leastSure},
		Body: &casus.Relation{Type: casus.DeploysIn, From: mission.Actor, To: mission.Place, Change: casus.Held}}
	if x.quote(&rec) {
		x.out = append(x.out, rec)
	}
}

// leastSure is the confidence in what the words only presuppose.
const leastSure = 0.5
