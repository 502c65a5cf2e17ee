package frames

import (
	"slices"
	"strings"

	"casus"
	"casus/read/actors"
)

func (m Make) event() (casus.EventType, string) {
	typ, mode, _ := strings.Cut(m.What[0], "/")
	return casus.EventType(typ), mode
}

var (
	agentRole  = Role{{"agent"}}
	targetRole = Role{{"patient"}, {"iobj"}, {"TOWARDS"}}
	partyRole  = Role{{"agent", "patient", "TOWARDS", "tussen", "between"}}
)

// roleOr returns a role as the frame gives it, or the default.
func (m Make) roleOr(name string, or Role) Role {
	if r, ok := m.Roles[name]; ok {
		return r
	}
	return or
}

// speaker is who "we" is for a clause.
func (x *scene) speaker(c *clause) casus.ActorID {
	if y := innermost(x.sayings, x.s, c.pred); y != nil {
		return y.speaker
	}
	return ""
}

func (x *scene) event(c *clause, f *Frame, m Make) {
	typ, mode := m.event()
	e := &casus.Event{Type: typ, Mode: mode}
	speaker := x.speaker(c)
	if m.Mutual {
		parties := c.role(m.roleOr("source", partyRole), f, x.gram, true, speaker)
		if len(parties) == 1 {
			parties = append(parties, without(x.bystander(c, speaker), parties)...)
		}
		if len(parties) > 1 && (typ == casus.Agree || mode == "ceasefire") {
			x.accord = bond{parties, parties}
		}
		parties = x.bothParties(parties, c, speaker)
		e.Source, e.Target = parties, reversed(parties)
		if len(parties) < 2 {
			e.Target = nil
		}
	} else {
		e.Source = c.role(m.roleOr("source", agentRole), f, x.gram, true, speaker)
		e.Target = without(c.role(m.roleOr("target", targetRole), f, x.gram, true, speaker), e.Source)
		if len(e.Target) == 0 {
			e.Target = x.unnamedVictims(e, c, c.phrase(m.roleOr("target", targetRole), f))
		}
	}
	x.complete(e, c)
	if m.Mutual && len(e.Target) == 0 {
		return // a deal or a meeting with nobody is none
	}
	if len(e.Source) == 0 {
		if e.Source = x.unsaidActor(e, c); len(e.Source) == 0 {
			return
		}
	}
	rec, ok := x.base(c, f, m)
	if !ok {
		return
	}
	rec.Body = e
	x.remember(e)
	x.out = append(x.out, rec)
}

// bystander is the other party of a fight or a deal that a phrase names only
// one of: whoever the clause around it is about ("vluchtten na gevechten met …").
func (x *scene) bystander(c *clause, speaker casus.ActorID) []casus.ActorID {
	up := x.s.governing(c.pred, x.byWord)
	if up == nil {
		return nil
	}
	for _, w := range up.subject() {
		if ids := x.s.who(w, false, speaker); len(ids) > 0 {
			return ids
		}
	}
	return nil
}

// complete names the other side that the words of the clause leave out: each
// other where they say so, the state on whose ground force is used, or the one
// other party that the sentence speaks of.
func (x *scene) complete(e *casus.Event, c *clause) {
	if len(e.Source) == 0 || len(e.Target) > 0 {
		return
	}
	if len(e.Source) > 1 && c != nil && x.reciprocal(c) {
		e.Target = reversed(e.Source)
		return
	}
	switch e.Type {
	case casus.Mobilize:
		return
	case casus.Protest:
		if id := e.Source[0]; len(id.Head()) == 3 && isPeople(id) {
			e.Target = []casus.ActorID{casus.ActorID(id.Head() + "/gov")}
		}
		return
	case casus.Assault:
		if e.Target = x.ground(e, c); len(e.Target) > 0 {
			return
		}
	case casus.Coerce:
		if e.Mode == "seize" {
			if e.Target = x.ground(e, c); len(e.Target) > 0 {
				return
			}
		}
	}
	if other, ok := x.partners[x.sideOf(e.Source[0])]; ok {
		e.Target = []casus.ActorID{other}
		return
	}
	e.Target = x.otherParty(e, c)
	if len(e.Target) == 0 && e.Type == casus.Retreat {
		e.Target = x.ground(e, c)
	}
}

// partners remembers with whom each side had to do last in the article: the
// one whom a later clause leaves out ("Kabul wees de beschuldiging af").
type partners map[string]casus.ActorID

func (x *scene) remember(e *casus.Event) {
	if len(e.Source) == 0 || len(e.Target) == 0 || e.Source[0] == "unknown" {
		return
	}
	from, to := x.sideOf(e.Source[0]), x.sideOf(e.Target[0])
	if from == to {
		return
	}
	x.partners[from], x.partners[to] = e.Target[0], e.Source[0]
	switch e.Type {
	case casus.Assault, casus.Retreat, casus.Agree, casus.Coerce:
		x.pair = []casus.ActorID{e.Source[0], e.Target[0]}
	}
}

// reciprocal tells whether a clause is about what its parties do to each other.
func (x *scene) reciprocal(c *clause) bool {
	for _, ws := range c.slots {
		for _, w := range ws {
			if x.gram.has("reciprocal", x.s.lower(w)) {
				return true
			}
		}
	}
	return false
}

// ground is the state on whose ground an act of force or a retreat happens, if
// that is not the actor's own.
func (x *scene) ground(e *casus.Event, c *clause) []casus.ActorID {
	if e.Type == casus.Retreat && e.Mode != "withdraw" {
		return nil
	}
	at, ok := x.place(c)
	if !ok {
		return nil
	}
	state := casus.ActorID(at.ID.Head())
	if len(at.Where) > 0 {
		if last := casus.ActorID(at.Where[len(at.Where)-1]); last.Valid() {
			state = last
		}
	}
	for _, id := range e.Source {
		if id.Head() == state.Head() {
			return nil
		}
	}
	return []casus.ActorID{state}
}

// otherParty is the one party beside the actor and the speaker that a sentence
// names; where it names several, nobody can tell, and nobody is taken.
func (x *scene) otherParty(e *casus.Event, c *clause) []casus.ActorID {
	own := map[string]bool{}
	if c != nil {
		own[string(x.speaker(c))] = true
	}
	for _, id := range e.Source {
		own[x.sideOf(id)] = true
	}
	var found casus.ActorID
	for w := range x.s.words {
		m, ok := x.s.mentions[w]
		if !ok || m.ID == "" || m.Class == actors.Place || m.Class == actors.Adjective || m.Place && x.s.preposition(w) != "" {
			continue
		}
		side := x.sideOf(m.ID)
		switch {
		case own[side] || !isParty(m.ID) && !m.ID.IsPerson() && !x.s.isForce(m.ID):
		case found == "":
			found = m.ID
		case x.sideOf(found) != side:
			return nil
		}
	}
	if found == "" {
		return nil
	}
	return []casus.ActorID{found}
}

// sideOf is the state or group that an actor belongs to; for a person the one
// that the article has them act for.
func (x *scene) sideOf(id casus.ActorID) string {
	if !id.IsPerson() {
		return id.Head()
	}
	for _, a := range x.doc.Cast.Actors {
		if a.ID == id && len(a.ActsFor) > 0 {
			return a.ActsFor[0].Actor.Head()
		}
	}
	return string(id)
}

func reversed(ids []casus.ActorID) []casus.ActorID {
	out := slices.Clone(ids)
	slices.Reverse(out)
	return out
}

func without(ids, drop []casus.ActorID) []casus.ActorID {
	return slices.DeleteFunc(slices.Clone(ids), func(id casus.ActorID) bool { return slices.Contains(drop, id) })
}
