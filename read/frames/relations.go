package frames

import (
	"slices"

	"casus"
)

// mostPairs bounds the records that one relation, flow or commitment of lists makes.
const mostPairs = 24

func (x *scene) relation(c *clause, f *Frame, m Make) {
	speaker := x.speaker(c)
	from := c.role(m.roleOr("from", agentRole), f, x.gram, true, speaker)
	if t := casus.RelationType(m.What[0]); t == casus.DeploysIn || t == casus.BasesIn {
		from = slices.DeleteFunc(from, casus.ActorID.IsPerson) // nobody is stationed by speaking of it
	}
	to := c.role(m.roleOr("to", Role{{"patient"}, {"in"}}), f, x.gram, true, speaker)
	if len(to) == 0 && groundRelations[casus.RelationType(m.What[0])] {
		if at, ok := x.place(c); ok {
			to = without([]casus.ActorID{at.ID}, from)
		}
	}
	change := x.change(c, casus.RelationType(m.What[0]), casus.Change(m.What[1]))
	if len(from) == 0 && len(to) > 0 && change == casus.Begins && m.What[0] == string(casus.Controls) {
		if other, ok := x.partners[x.sideOf(to[0])]; ok {
			from = []casus.ActorID{other}
		}
	}
	n := 0
	for _, a := range from {
		for _, b := range to {
			if a == b || n >= mostPairs {
				continue
			}
			rec, ok := x.base(c, f, m)
			if !ok {
				return
			}
			rec.Body = &casus.Relation{Type: casus.RelationType(m.What[0]), From: a, To: b, Change: change}
			x.dateRelation(&rec, c, change)
			x.out = append(x.out, rec)
			n++
		}
	}
}

// change is what a clause tells of a relation. To recognise or to ban is an act
// that begins it when it is told as done, and a state while it goes on.
func (x *scene) change(c *clause, t casus.RelationType, change casus.Change) casus.Change {
	if c.class != 'v' || change == casus.Ends || t != casus.Recognises && t != casus.DesignatesTerrorist {
		return change
	}
	switch c.present(x.gram, x.byWord).status {
	case casus.Happened, casus.Planned:
		return casus.Begins
	}
	return casus.Held
}

// groundRelations are between an actor and a place: where the words name a
// thing ("zes districten"), it lies where the story is.
var groundRelations = map[casus.RelationType]bool{
	casus.Controls: true, casus.DeploysIn: true, casus.BasesIn: true, casus.Governs: true,
}

// dateRelation opens the period of a relation: what begins lasts, what holds
// has an open start unless the text dates it.
func (x *scene) dateRelation(rec *casus.Record, c *clause, change casus.Change) {
	p, dated := x.moments.explicit(c)
	switch {
	case change == casus.Begins && rec.When.From != 0:
		rec.When = rec.When.Since()
	case change == casus.Held && rec.Status != casus.Happened && dated && p.From != 0:
		rec.When = p.Since()
	case change == casus.Held && !dated && rec.Status != casus.Happened:
		rec.When = casus.Always
		if rec.Status == casus.Planned {
			rec.Status = casus.Ongoing
		}
	case change == casus.Ends && !dated:
		rec.When = rec.When.Until()
		if rec.When.IsOpen() {
			rec.When = casus.Always
		}
	}
}
