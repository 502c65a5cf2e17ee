package frames

import (
	"slices"
	"strings"

	"casus"
	"casus/read/actors"
)

// mostPairs bounds the records that one relation, flow or commitment of lists makes.
const mostPairs = 24

// groundRelations are between an actor and a place: where the words name a
// thing ("zes districten"), it lies where the story is.
var groundRelations = map[casus.RelationType]bool{
	casus.Controls: true, casus.DeploysIn: true, casus.BasesIn: true, casus.Governs: true,
}

// stationing are the relations of those who are abroad: nobody's forces are
// deployed by standing in their own country.
var stationing = map[casus.RelationType]bool{casus.DeploysIn: true, casus.BasesIn: true}

// notDone are the statuses of what is only wanted or said not to be: ground
// that somebody failed to take is not held. Ground that an enemy says is held is its word.
var notDone = map[casus.Status]bool{casus.Possible: true, casus.Conditional: true, casus.Denied: true}

// isMutual tells whether a relation is the same seen from either side, so that
// a pair has one record.
func isMutual(t casus.RelationType) bool {
	return t == casus.AtWarWith || t == casus.Disputes || t == casus.AlliedWith
}

func (x *scene) relation(c *clause, f *Frame, m Make) {
	t := casus.RelationType(m.What[0])
	change := x.change(c, t, casus.Change(m.What[1]))
	if change != casus.Held && x.onlyTried(c) {
		return
	}
	from, to := x.relata(c, f, m)
	from, to = x.leftToStory(c, t, from, to)
	from, to = x.facing(t, from, to)
	n := 0
	for _, a := range from {
		for _, b := range to {
			if n >= mostPairs || !x.canRelate(t, a, b) {
				continue
			}
			rec, ok := x.base(c, f, m)
			if !ok || t == casus.Controls && change == casus.Begins && notDone[x.presented(c).status] {
				return
			}
			if rec.Status == casus.Denied && change == casus.Held && x.noLonger(c) {
				change, rec.Status = casus.Ends, casus.Happened
			}
			if stationing[t] && change == casus.Ends && c.class == 'v' && (rec.Status == casus.Possible || rec.Status == casus.Planned && x.isOwed(c)) {
				change, rec.Status = casus.Held, casus.Ongoing // who is told to leave is there
			}
			told := casus.Relation{Type: t, From: a, To: b, Change: change}
			if x.toldHere(rec.Span, told) {
				continue
			}
			rec.Body = &told
			if t == casus.AlliedWith && rec.Status == casus.Denied && c.class == 'v' {
				return // who denies backing somebody, or does not, is no ally by that
			}
			if change == casus.Held {
				x.goesOn(&rec, c)
			}
			x.dateRelation(&rec, c, change)
			x.out = append(x.out, rec)
			n++
		}
	}
}

// isOwed tells whether a clause says what a treaty or a court obliges somebody to.
func (x *scene) isOwed(c *clause) bool {
	up := x.byWord[x.s.words[c.pred].Head]
	return x.s.rel(c.pred) == "xcomp" && up != nil && up.class == 'v' && slices.ContainsFunc(best(up, x.lex.of(up), []string{"commitment"}), func(f *Frame) bool {
		return slices.ContainsFunc(f.Makes, func(m Make) bool { return m.Kind == "commitment" && m.What[0] != string(casus.Pledge) })
	})
}

// toldHere tells whether the same words have made the same relation already,
// by another frame or of another of a side's forces ("soldiers and police").
func (x *scene) toldHere(at casus.Span, told casus.Relation) bool {
	return slices.ContainsFunc(x.out, func(r casus.Record) bool {
		o, ok := r.Body.(*casus.Relation)
		if !ok || o.Type != told.Type || o.Change != told.Change && told.Type != casus.DesignatesTerrorist || r.Span.Start > at.Start || at.End > r.Span.End {
			return false
		}
		return o.From == told.From && o.To == told.To || stationing[told.Type] && o.From.Head() == told.From.Head() && o.To.Head() == told.To.Head()
	})
}

// noLonger tells whether a denied state of affairs is said to have held before:
// "niet meer in oorlog", "no longer depends on".
func (x *scene) noLonger(c *clause) bool {
	for _, k := range x.s.kids[c.pred] {
		if x.gram.has("anymore", x.s.lower(k)) {
			return true
		}
		for _, below := range x.s.kids[k] {
			if x.gram.has("anymore", x.s.lower(below)) && x.s.rel(below) != "amod" {
				return true
			}
		}
	}
	return false
}

// onlyTried tells whether a clause says what somebody tried to do: who tried to
// seize power does not hold it.
func (x *scene) onlyTried(c *clause) bool {
	up := x.s.words[c.pred].Head
	rel := x.s.rel(c.pred)
	return up >= 0 && (rel == "xcomp" || rel == "acl" || rel == "advcl") && x.gram.has("trying", strings.ToLower(x.s.words[up].Lemma))
}

// relata finds between whom or what a relation is, with what the words leave
// to the story: the ground that is held, the parties of a war.
func (x *scene) relata(c *clause, f *Frame, m Make) (from, to []casus.ActorID) {
	t, speaker := casus.RelationType(m.What[0]), x.speaker(c)
	from = c.role(m.roleOr("from", agentRole), f, x.gram, true, speaker)
	to = c.role(m.roleOr("to", Role{{"patient"}, {"in"}}), f, x.gram, true, speaker)
	if m, ok := x.s.mentions[c.pred]; ok && stationing[t] && c.noun && m.Class == actors.Name {
		return nil, nil // the "Forces" of a group's name are stationed nowhere by it
	}
	if stationing[t] {
		from = slices.DeleteFunc(from, casus.ActorID.IsPerson) // nobody is stationed by speaking of it
	}
	if t == casus.MemberOf {
		for i, id := range to { // who is one of an alliance's members is a member of it
			to[i] = casus.ActorID(strings.TrimSuffix(string(id), "/member-states"))
		}
	}
	named := to
	to = slices.DeleteFunc(slices.Clone(to), func(id casus.ActorID) bool { return !x.canBe(t, id) })
	switch {
	case t == casus.AtWarWith && len(to) > 1 && len(without(from, to)) == 0:
		return to[:1], to[1:]
	case t == casus.AtWarWith && len(to) > 0 && len(without(from, to)) == 0:
		return x.belligerents(c, to)
	case t == casus.AtWarWith && len(to)+len(from) == 0 && c.class == 'n':
		return x.warHere(c)
	case t == casus.Governs && len(to) == 0 && len(from) > 0 && from[0].IsCountry():
		return from, []casus.ActorID{casus.ActorID(from[0].Head())} // a party or a junta governs its own country
	case stationing[t] && m.What[1] == string(casus.Ends) && len(without(to, from)) == 0 && !slices.ContainsFunc(from, casus.ActorID.IsCountry):
		return from, nil // where they go is not where they leave
	case (groundRelations[t] || t == casus.NeutralOn) && len(without(to, from)) == 0:
		to = named
		at, ok := x.groundOf(t, c, from)
		if !ok && stationing[t] && len(c.slots["somewhere"]) > 0 && m.What[1] != string(casus.Ends) {
			at, ok = x.placeBut(c, from) // "in the province"
		}
		if ok {
			to = []casus.ActorID{at.ID}
		}
	}
	if t == casus.Hosts && len(from) == 0 && len(to) > 0 {
		if at, ok := x.placeNamed(c, x.outside(to)); ok {
			from = grounds([]casus.ActorID{at.ID})
		}
	}
	return from, to
}

// leftToStory fills in the one end of a relation that goes without saying: what
// those rule who seize power, the alliance that somebody joins "as a tenth
// member", the country whose trade runs through another, the land that is claimed.
func (x *scene) leftToStory(c *clause, t casus.RelationType, from, to []casus.ActorID) (a, b []casus.ActorID) {
	switch {
	case t == casus.DependsOn && len(from) == 0 && len(to) > 0:
		if main := x.mainCountry(); main != "" && to[0].Head() != string(main) {
			return []casus.ActorID{main}, to
		}
	case len(from) == 0 || len(to) > 0:
	case t == casus.Governs && !from[0].IsPerson():
		if home := x.ruled(from[0]); home != "" && home != from[0] {
			return from, []casus.ActorID{home}
		}
	case t == casus.MemberOf && x.body != "" && len(from[0]) == 3 && from[0].IsCountry():
		return from, []casus.ActorID{x.body}
	case t == casus.Disputes && !from[0].IsPerson():
		if at, ok := x.placeBut(c, from); ok && c.class == 'v' {
			return from, []casus.ActorID{at.ID}
		}
	}
	return from, to
}

// ruled is the country that somebody is of or governs, else the one that the
// article is about.
func (x *scene) ruled(by casus.ActorID) casus.ActorID {
	if home := casus.ActorID(x.sideOf(by)); home.IsCountry() {
		return home
	}
	for _, a := range x.doc.Cast.Actors {
		if x.doc.Governor == nil || len(a.ID) != 3 || !a.ID.IsCountry() {
			continue
		}
		if group, ok := x.doc.Governor(a.ID); ok && group == by {
			return a.ID
		}
	}
	return x.mainCountry()
}

// facing turns round the two ends of a relation that can only be meant the
// other way: a relative clause whose pronoun may be subject or object has them
// either way ("the militia that Rwanda regards as terrorist", in Dutch).
func (x *scene) facing(t casus.RelationType, from, to []casus.ActorID) (a, b []casus.ActorID) {
	if t != casus.DesignatesTerrorist || len(from) != 1 || len(to) != 1 {
		return from, to
	}
	if to[0].IsCountry() && x.s.kinds[from[0]] == casus.ActorArmedGroup {
		return to, from
	}
	return from, to
}

// canRelate tells whether two actors can be in a relation at all.
func (x *scene) canRelate(t casus.RelationType, from, to casus.ActorID) bool {
	own := from.Head() == to.Head()
	switch {
	case from == to, stationing[t] && own:
		return false
	case t == casus.Controls:
		return !isPeople(from) && (!own || x.s.kinds[to] != casus.ActorInstitution) // a state does not take its own customs office
	case t == casus.Recognises:
		return !own
	case t == casus.NeutralOn:
		return x.isSide(from)
	case t == casus.AlliedWith:
		return !own && x.isSide(from) && x.isSide(to)
	}
	return true
}

// isSide tells whether an actor is, or acts for, one that can have allies: a
// person whom the article gives no side has none.
func (x *scene) isSide(id casus.ActorID) bool {
	return !id.IsPerson() || x.sideOf(id) != string(id)
}

// canBe tells whether an actor can be what a relation is with: ground is no
// force or person, a body that one is a member of is no state.
func (x *scene) canBe(t casus.RelationType, to casus.ActorID) bool {
	switch {
	case stationing[t] || t == casus.Controls:
		return !to.IsPerson() && !x.s.isForce(to) && x.s.kinds[to] != casus.ActorAlliance
	case t == casus.MemberOf:
		if s := sector(to); s == "mil" || s == "police" || s == "border-guard" {
			return false // "members of the army and the police" belong to neither of the two as one does to a body
		}
		return !to.IsPerson() && (!to.IsCountry() || strings.Contains(string(to), "/"))
	}
	return true
}

// groundOf is the place that a clause or its sentence names, outside the
// countries of those who hold it: what Russia has "in the enclave" it does not
// have in Russia. Only the districts that fighters take, and the matter that
// somebody keeps out of, may lie where the story is.
func (x *scene) groundOf(t casus.RelationType, c *clause, holders []casus.ActorID) (actors.Mention, bool) {
	if m, ok := x.placeNamed(c, x.outside(holders)); ok {
		first, last := x.s.bounds(c.pred, nil)
		return m, t != casus.Governs || first <= m.Head && m.Head <= last // power is not where the talks are
	}
	byForce := t == casus.Controls && slices.ContainsFunc(holders, x.s.isForce)
	if !byForce && t != casus.NeutralOn {
		return actors.Mention{}, false
	}
	at, ok := x.placeBut(c, holders)
	return at, ok && x.isMain(at.ID.Head())
}

// placeBut is where a clause is set, outside the countries of some actors.
func (x *scene) placeBut(c *clause, but []casus.ActorID) (actors.Mention, bool) {
	return x.placeWhere(c, x.outside(but))
}

// outside is fit for places that are in the country of none of some actors.
func (x *scene) outside(actor []casus.ActorID) func(actors.Mention) bool {
	return func(m actors.Mention) bool {
		return !slices.ContainsFunc(actor, func(id casus.ActorID) bool { return x.sideOf(id) == m.ID.Head() })
	}
}

// War is who fights or fought whom, and where, as reference data has it.
type War struct {
	Parties [2]casus.ActorID
	Places  []casus.ActorID // that the war is named after or fought in
	Held    casus.Period    // open at its end while it lasts
}

// belligerents are the two parties of a war of which the words name only one
// or the place ("the war in Ukraine"): those of the war that goes on there, or
// else of the latest one there. Without a known war the other party is the one
// that the first had to do with last.
func (x *scene) belligerents(c *clause, named []casus.ActorID) (from, to []casus.ActorID) {
	on := x.moments.published.To
	if p, dated := x.moments.within(c, c.pred); dated {
		on = p.To
	}
	two := len(x.sides(named)) > 1
	if war, ok := x.latest(named, on); ok && (!two || slices.Contains(named, war.Parties[0]) == slices.Contains(named, war.Parties[1])) {
		return war.Parties[:1], war.Parties[1:]
	}
	if two {
		return named[:1], named[1:]
	}
	if other, ok := x.dealings.partner[x.sideOf(named[0])]; ok && c.class == 'n' && isParty(other) {
		return []casus.ActorID{other}, named
	}
	return nil, nil
}

// latest returns the war with one of the named parties or places that holds on
// a day, else the one that ended last before it.
func (x *scene) latest(named []casus.ActorID, on casus.Date) (best War, ok bool) {
	for _, war := range x.doc.Wars {
		if war.Held.From > on && on != 0 || !x.concerns(war, named) {
			continue
		}
		if !ok || best.Held.To != 0 && (war.Held.To == 0 || war.Held.To > best.Held.To) {
			best, ok = war, true
		}
	}
	return best, ok
}

// concerns tells whether a war is of one of the places named, or of one of the
// parties named and another that the article speaks of.
func (x *scene) concerns(w War, named []casus.ActorID) bool {
	for _, id := range named {
		switch {
		case slices.Contains(w.Places, id):
			return true
		case id == w.Parties[0]:
			return x.appears(w.Parties[1])
		case id == w.Parties[1]:
			return x.appears(w.Parties[0])
		}
	}
	return false
}

// appears tells whether somebody of an actor's side is in the article.
func (x *scene) appears(id casus.ActorID) bool {
	return slices.ContainsFunc(x.doc.Cast.Actors, func(a casus.Actor) bool { return a.ID.Head() == id.Head() })
}

// warHere is the war that goes on where the story is, for a bare "the war".
func (x *scene) warHere(c *clause) (from, to []casus.ActorID) {
	at, ok := x.place(c)
	if !ok {
		return nil, nil
	}
	on := x.moments.published.To
	if p, dated := x.moments.within(c, c.pred); dated && p.To != 0 {
		on = p.To // "the war of 2008"
	}
	war, ok := x.latest([]casus.ActorID{at.ID, casus.ActorID(at.ID.Head())}, on)
	if !ok || !war.Held.Holds(on) {
		return nil, nil
	}
	return war.Parties[:1], war.Parties[1:]
}

// begun are the relations that an act begins and that "since" then says to hold.
var begun = map[casus.RelationType]bool{casus.Controls: true, casus.Recognises: true, casus.DesignatesTerrorist: true, casus.Governs: true}

// isKept tells whether a verb is only what another verb says to go on: "houdt het dorp bezet".
func (x *scene) isKept(c *clause) bool {
	up := x.byWord[x.s.words[c.pred].Head]
	return x.s.rel(c.pred) == "xcomp" && up != nil && up.class == 'v' && len(best(up, x.lex.of(up), []string{"relation"})) > 0
}

// change is what a clause tells of a relation. To recognise or to ban is an act
// that begins it when it is told as done, and a state while it goes on.
func (x *scene) change(c *clause, t casus.RelationType, change casus.Change) casus.Change {
	if change == casus.Begins && (t == casus.Controls || t == casus.Governs) && (c.attributive() || x.isKept(c)) {
		return casus.Held // "the Israeli-occupied Golan Heights"
	}
	if p, dated := x.moments.within(c, c.pred); change == casus.Begins && begun[t] && dated && p.From != 0 && p.To == 0 {
		return casus.Held // "which it has occupied since 2022"
	}
	if c.class != 'v' || change == casus.Ends || t != casus.Recognises && t != casus.DesignatesTerrorist {
		return change
	}
	if c.attributive() {
		return casus.Held // "the internationally recognised government"
	}
	switch c.present(x.gram, x.byWord).status {
	case casus.Happened, casus.Planned:
		return casus.Begins
	}
	return casus.Held
}

// goesOn lets go on what a phrase or a participle only mentions, whatever the
// tense of the clause around it ("the quarrel between Tashkent and Kabul grew"),
// unless the phrase itself is dated ("the war of 2008").
func (x *scene) goesOn(rec *casus.Record, c *clause) {
	if c.finite() >= 0 || rec.Status != casus.Happened && rec.Status != casus.Planned {
		return
	}
	if p, dated := x.moments.within(c, c.pred); dated && p.To != 0 && p.To < x.moments.published.From {
		return
	}
	rec.Status = casus.Ongoing
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
