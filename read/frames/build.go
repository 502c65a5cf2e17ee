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
		e.Source, e.Target = parties, reversed(parties)
		if len(parties) < 2 {
			e.Target = nil
		}
	} else {
		e.Source = c.role(m.roleOr("source", agentRole), f, x.gram, true, speaker)
		e.Target = without(c.role(m.roleOr("target", targetRole), f, x.gram, true, speaker), e.Source)
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

// unsaidActor is who did what a passive leaves without a doer: the side that
// the one who suffered had to do with last, a state towards the people in it,
// or nobody known. Acts that take no force are left alone.
func (x *scene) unsaidActor(e *casus.Event, c *clause) []casus.ActorID {
	if len(e.Target) == 0 || !c.passive || e.Type != casus.Assault && e.Type != casus.Coerce {
		return nil
	}
	target := e.Target[0]
	if other, ok := x.partners[x.sideOf(target)]; ok {
		return []casus.ActorID{other}
	}
	switch {
	case e.Type == casus.Assault:
		return []casus.ActorID{"unknown"}
	case isPeople(target) && len(target.Head()) == 3:
		return []casus.ActorID{casus.ActorID(target.Head() + "/gov")}
	}
	return nil
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

func (x *scene) flow(c *clause, f *Frame, m Make) {
	speaker := x.speaker(c)
	role := m.roleOr("group", agentRole)
	groups := c.role(role, f, x.gram, true, speaker)
	origins := c.role(m.roleOr("origin", Role{{"uit"}, {"van"}, {"vanuit"}, {"from"}}), f, x.gram, true, speaker)
	goals := c.role(m.roleOr("destination", Role{{"naar"}, {"into"}, {"to"}, {"richting"}, {"in"}}), f, x.gram, true, speaker)
	at := c.phrase(role, f)
	low, high := x.bounds(at)
	cause := casus.Cause(m.What[0])
	if len(groups) == 0 && at >= 0 && low != nil {
		groups = x.unnamedPeople(c, cause)
	}
	for _, group := range groups {
		from, to := x.ways(c, group, cause, origins, goals)
		for _, pair := range pairs(from, to) {
			rec, ok := x.base(c, f, m)
			if !ok {
				return
			}
			rec.Body = &casus.Flow{Group: group, Origin: pair[0], Destination: pair[1], Low: low, High: high, Cause: cause}
			x.out = append(x.out, rec)
		}
	}
}

// uprooted are the people of a country who move for a cause, as an actor id's second word.
var uprooted = map[casus.Cause]string{
	casus.CauseConflict: "displaced", casus.CauseDeportation: "migrants", casus.CauseReturn: "returnees",
	casus.CauseEconomic: "migrants", casus.CauseUnknown: "migrants",
}

// unnamedPeople are those whom a clause only counts ("760,000 people fled"):
// people of the country where it is set.
func (x *scene) unnamedPeople(c *clause, cause casus.Cause) []casus.ActorID {
	at, ok := x.place(c)
	if !ok || len(at.ID.Head()) != 3 {
		return nil
	}
	return []casus.ActorID{casus.ActorID(at.ID.Head() + "/" + uprooted[cause])}
}

// ways fills in the end of a flow that goes without saying: people flee from
// their own country and are sent back or return to it.
func (x *scene) ways(c *clause, group casus.ActorID, cause casus.Cause, origins, goals []casus.ActorID) (from, to []casus.ActorID) {
	home := casus.ActorID(group.Head())
	if len(home) != 3 {
		home = ""
	}
	switch cause {
	case casus.CauseDeportation, casus.CauseReturn:
		if len(goals) == 0 && home != "" && !slices.Contains(origins, home) {
			goals = []casus.ActorID{home}
		}
	default:
		if len(origins) == 0 && home != "" && !slices.Contains(goals, home) {
			origins = []casus.ActorID{home}
		}
	}
	origins, goals = grounds(origins), grounds(goals)
	if len(origins)+len(goals) == 0 {
		if at, ok := x.place(c); ok {
			origins = []casus.ActorID{at.ID}
		}
	}
	return origins, goals
}

// grounds turns people and forces that stand for a place into their country.
func grounds(ids []casus.ActorID) []casus.ActorID {
	var out []casus.ActorID
	for _, id := range ids {
		if isPeople(id) || forceSectors[sector(id)] || sector(id) == "gov" {
			id = casus.ActorID(id.Head())
		}
		if !slices.Contains(out, id) && !id.IsPerson() {
			out = append(out, id)
		}
	}
	return out
}

// pairs crosses origins and destinations; an empty side is one open end.
func pairs(a, b []casus.ActorID) [][2]casus.ActorID {
	if len(a) == 0 && len(b) == 0 {
		return nil
	}
	if len(a) == 0 {
		a = []casus.ActorID{""}
	}
	if len(b) == 0 {
		b = []casus.ActorID{""}
	}
	var out [][2]casus.ActorID
	for _, x := range a {
		for _, y := range b {
			if x != y && len(out) < mostPairs {
				out = append(out, [2]casus.ActorID{x, y})
			}
		}
	}
	return out
}

// bounds returns the bounds of the number that stands in a phrase.
func (x *scene) bounds(w int) (low, high *float64) {
	if w < 0 {
		return nil, nil
	}
	first, last := x.s.bounds(w, func(k int) bool { return x.s.rel(k) != "acl" && x.s.rel(k) != "conj" })
	for _, a := range x.doc.Amounts[x.s.index] {
		if first <= a.First && a.Last <= last+1 {
			return a.Low, a.High
		}
	}
	return nil, nil
}

func (x *scene) commitment(c *clause, f *Frame, m Make) {
	speaker := x.speaker(c)
	debtors := c.role(m.roleOr("debtor", agentRole), f, x.gram, true, speaker)
	to := c.role(m.roleOr("to", targetRole), f, x.gram, true, speaker)
	if m.Mutual {
		debtors = c.role(m.roleOr("debtor", partyRole), f, x.gram, true, speaker)
		to = debtors
	}
	switch {
	case len(to) == 0 && len(debtors) > 1:
		to = debtors // what several undertake they owe each other
	case len(to) == 0 && len(debtors) == 1:
		if other, ok := x.partners[x.sideOf(debtors[0])]; ok {
			to = []casus.ActorID{other}
		}
	case len(debtors) == 0 && len(to) == 1 && speaker != "":
		debtors = without([]casus.ActorID{speaker}, to)
	}
	dutyAt := c.phrase(m.roleOr("duty", Role{{"inf"}, {"that"}, {"patient"}}), f)
	if dutyAt < 0 || m.Mutual {
		dutyAt = c.pred
	}
	n := 0
	for _, debtor := range debtors {
		for _, owed := range to {
			if debtor == owed || n >= mostPairs {
				continue
			}
			rec, ok := x.base(c, f, m)
			if !ok {
				return
			}
			x.dateCommitment(&rec, casus.Basis(m.What[0]), casus.State(m.What[1]))
			duty, deadline := x.duty(dutyAt)
			rec.Body = &casus.Commitment{Debtor: debtor, Beneficiary: owed, Duty: duty, Deadline: deadline,
				Basis: casus.Basis(m.What[0]), State: casus.State(m.What[1])}
			x.out = append(x.out, rec)
			n++
		}
	}
}

// dateCommitment gives a commitment the status and the time of its binding: a
// truce or a treaty holds from then on, a promise or a deal is still to be
// done, an offer may be. Its deadline is not its time.
func (x *scene) dateCommitment(rec *casus.Record, basis casus.Basis, state casus.State) {
	if rec.When.From == 0 {
		rec.When = x.moments.unsaid(casus.Happened)
	}
	if rec.Status != casus.Happened && rec.Status != casus.Ongoing && rec.Status != casus.Planned {
		return
	}
	switch state {
	case casus.InForce:
		rec.Status = casus.Planned
		if basis == casus.Ceasefire || basis == casus.Treaty {
			rec.Status = casus.Ongoing
		}
	case casus.Offered:
		rec.Status = casus.Possible
	default:
		return
	}
	if rec.When.From != 0 {
		rec.When = rec.When.Since()
	}
}

// duty returns the words that say what is owed, and by when.
func (x *scene) duty(w int) (string, casus.Date) {
	first, last := x.s.bounds(w, func(k int) bool { return x.s.rel(k) != "punct" && x.s.rel(k) != "parataxis" })
	for first < last && (x.s.rel(first) == "mark" || x.s.rel(first) == "punct") {
		first++
	}
	text := strings.Join(strings.Fields(x.words(x.s.span(first, last))), " ")
	return text, x.moments.deadline(x.s.index, first, last)
}
