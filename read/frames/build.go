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
	if x.s.quoted[c.pred] {
		return ""
	}
	return x.writer
}

// toEachOther makes those who do to some of themselves what they do do it to each other:
// "Both countries recalled their ambassadors".
func toEachOther(e *casus.Event) {
	if len(e.Source) > 1 && len(e.Target) > 0 && len(without(e.Target, e.Source)) == 0 {
		e.Target = reversed(e.Source)
	}
}

// notToOneself leaves out a target that is the doer: the guess was wrong, but for
// ministers who leave their own government.
func notToOneself(e *casus.Event) {
	if len(e.Source) != 1 || len(e.Target) != 1 || e.Source[0] != e.Target[0] {
		return
	}
	e.Target = nil
	if state := casus.ActorID(e.Source[0].Head()); e.Mode == "resign" && state != e.Source[0] {
		e.Target = []casus.ActorID{state}
	}
}

// asStates makes those who are taken to fight each other, because they were last
// told of, the states that they are of: presidents and media fight nobody. Whom the
// clause itself names is left as he is.
func (x *scene) asStates(e *casus.Event, named bool) {
	if named || e.Type != casus.Assault || len(e.Source) != 2 || len(e.Target) != 2 || len(without(e.Target, e.Source)) > 0 {
		return
	}
	var states []casus.ActorID
	for _, id := range e.Source {
		if side := casus.ActorID(x.sideOf(id)); side.IsCountry() && sector(id) != "mil" {
			id = side
		}
		states = append(states, id)
	}
	if states[0] != states[1] {
		e.Source, e.Target = states, reversed(states)
	}
}

// flees tells whether a clause is of people in flight: a verb of fleeing governs it or
// hangs on it ("crossed the border, fleeing an offensive").
func (x *scene) flees(c *clause) bool {
	is := func(w int) bool { return w >= 0 && x.gram.has("fleeing", strings.ToLower(x.s.words[w].Lemma)) }
	return is(x.s.words[c.pred].Head) || slices.ContainsFunc(x.s.kids[c.pred], is)
}

// parties fills in those who do a thing together or to each other: all are
// source and target. It tells whether the clause names enough of them.
func (x *scene) parties(e *casus.Event, c *clause, f *Frame, m Make, speaker casus.ActorID) (named bool) {
	things := e.Type != casus.Consult && e.Type != casus.Agree // a country's measures meet and agree with nobody
	parties := x.thoseWhoFought(c.role(m.roleOr("source", partyRole), f, x.gram, things || c.noun, speaker))
	if len(parties) == 1 {
		own := x.sideOf(parties[0])
		parties = append(parties, slices.DeleteFunc(x.bystander(c, speaker), func(id casus.ActorID) bool { return x.sideOf(id) == own })...)
	}
	if around := x.bystander(c, speaker); len(parties) == 0 && c.noun && e.Type == casus.Consult && len(x.sides(around)) > 1 {
		parties = around // "After talks in Doha, Iran and Iraq signed …"
	}
	if len(parties) == 2 && (parties[0].Within(parties[1]) || parties[1].Within(parties[0])) && !x.isInternal(parties) {
		parties = parties[:1] // a state agrees to nothing with its own ministry
	}
	truce := e.Mode == "ceasefire"
	if len(parties) > 1 && (e.Type == casus.Agree || truce) {
		x.accords[truce] = bond{parties, parties}
	}
	if named = len(parties) > 1; x.isBody(e.Type, parties) && sector(parties[0]) != "gov" { // ministers meet others
		e.Source = parties
		return true
	}
	parties = x.bothParties(parties, c, e.Type == casus.Assault, speaker)
	e.Source, e.Target = parties, reversed(parties)
	if len(parties) < 2 {
		e.Target = nil
	}
	return named
}

// thoseWhoFought are the two sides of the fight that was told of last, where
// "both sides" are only taken for the two that the passage speaks of most, or that
// are at war elsewhere: who was asked for help or mediates is spoken of too.
func (x *scene) thoseWhoFought(parties []casus.ActorID) []casus.ActorID {
	if len(parties) != 2 || !x.areFoes(x.dealings.pair) {
		return parties
	}
	for _, m := range x.s.mentions {
		guessed := strings.HasSuffix(m.Rule, ", passage") || strings.HasSuffix(m.Rule, ", at war")
		if guessed && m.ID == parties[0] && slices.Equal(m.Members, parties) {
			return x.dealings.pair
		}
	}
	return parties
}

// isInternal tells whether two actors of one state are sides of their own: its people,
// its opposition, its rebels.
func (x *scene) isInternal(ids []casus.ActorID) bool {
	return slices.ContainsFunc(ids, func(id casus.ActorID) bool {
		s := sector(id)
		return s != "" && !statePowers[s] || s == "reb" || s == "mil"
	})
}

// doerAndTarget fills in who does a thing and to whom, and tells whether the words name
// nobody but the doer: then the other side is said, and not to be made out.
func (x *scene) doerAndTarget(e *casus.Event, c *clause, f *Frame, m Make, speaker casus.ActorID) (onOneself bool) {
	e.Source = x.holders(c.role(m.roleOr("source", agentRole), f, x.gram, true, speaker))
	role := m.roleOr("target", targetRole)
	if c.passive && len(c.slots["agent"]) > 0 && len(e.Source) == 1 && slices.Equal(e.Source, c.role(Role{{"patient"}}, f, x.gram, false, speaker)) {
		e.Source = nil // "vastgehouden door zijn eigen garde": not by himself
	}
	if e.Type == casus.Accuse {
		if e.Target = without(x.doersOf(c, speaker), e.Source); len(e.Target) > 0 {
			return false
		}
		if by := x.waging(c); by != "" && by != e.Source[0] {
			e.Target = []casus.ActorID{by}
			return false
		}
		if victims := x.harmed(c, speaker); len(victims) > 0 {
			e.Target = []casus.ActorID{"unknown"}
			if foe, ok := x.dealings.fought[x.sideOf(victims[0])]; ok && foe != e.Source[0] {
				e.Target[0] = foe
			}
			return false
		}
	}
	e.Target = slices.DeleteFunc(without(c.role(role, f, x.gram, true, speaker), e.Source), x.s.isNobodys)
	x.ownDead(e, c, role, f, speaker)
	if len(e.Target) > 0 {
		return false
	}
	e.Target = x.unnamedVictims(e, c, c.phrase(role, f))
	return e.Type != casus.Consult && e.Type != casus.Coerce && // brokers, and states at home, have others
		len(c.role(role, f, x.gram, false, speaker)) > 0
}

// ownDead makes soldiers who died in a fight, and of whom the words do not say whose they
// were, those of the side that counts them: "According to the Armenians three soldiers died".
func (x *scene) ownDead(e *casus.Event, c *clause, role Role, f *Frame, speaker casus.ActorID) {
	side := casus.ActorID(x.sideOf(speaker))
	if e.Type != casus.Assault || speaker == "" || !side.IsCountry() || len(e.Target) != 1 || sector(e.Target[0]) != "mil" || casus.ActorID(x.sideOf(e.Target[0])) == side {
		return
	}
	at := c.phrase(role, f)
	if at < 0 {
		return
	}
	m, ok := x.s.mentions[x.s.core(at)]
	_, fought := x.dealings.fought[string(side)]
	if guessed := strings.HasSuffix(m.Rule, ", passage") || strings.HasSuffix(m.Rule, ", as before"); ok && guessed && fought {
		e.Target = []casus.ActorID{side + "/mil"}
	}
}

// waging is the party that wages the war which a clause is about on the other's ground:
// who speaks out against "the war in Ukraine" does not blame Ukraine. "" where it is
// about no war that is known, or about one on the ground of both.
func (x *scene) waging(c *clause) casus.ActorID {
	for _, slot := range slotNames(c.slots) {
		for _, w := range c.slots[slot] {
			war := x.byWord[w]
			if war == nil || !war.noun || !x.tellsOfWar(war) {
				continue
			}
			at, ok := x.placeNamed(war, anywhere)
			if !ok {
				continue
			}
			known, ok := x.latest([]casus.ActorID{casus.ActorID(at.ID.Head())}, x.moments.published.To)
			if !ok {
				continue
			}
			abroad := slices.DeleteFunc(slices.Clone(known.Parties[:]), func(id casus.ActorID) bool { return slices.Contains(known.Places, casus.ActorID(x.sideOf(id))) })
			if len(abroad) == 1 {
				return abroad[0]
			}
		}
	}
	return ""
}

// tellsOfWar tells whether frames make a noun a war.
func (x *scene) tellsOfWar(c *clause) bool {
	for _, f := range x.lex.match(c, []string{"relation"}) {
		for _, m := range f.Makes {
			if m.What[0] == string(casus.AtWarWith) {
				return true
			}
		}
	}
	return false
}

// harmed are those whom the harm that a clause has for its object, and that its words
// name no doer of, was done to: who condemns "the killing of an officer" does not blame
// the officer.
func (x *scene) harmed(c *clause, speaker casus.ActorID) []casus.ActorID {
	for _, w := range c.slots["patient"] {
		if deed := x.byWord[w]; deed != nil && deed.noun && x.makes(deed, casus.Assault) {
			if ids := deed.role(Role{{"of"}, {"TOWARDS"}}, &Frame{}, x.gram, false, speaker); len(ids) > 0 {
				return ids
			}
		}
	}
	return nil
}

// doersOf are those who did the deed that a clause has for its object, where its
// words name them: who condemns "the killing of aid workers by Israel" blames Israel.
func (x *scene) doersOf(c *clause, speaker casus.ActorID) []casus.ActorID {
	for _, w := range c.slots["patient"] {
		deed := x.byWord[w]
		if deed == nil || !deed.noun {
			continue
		}
		for _, f := range x.lex.match(deed, acts) {
			for _, m := range f.Makes {
				if m.Kind != "event" || m.Mutual {
					continue
				}
				if typ, _ := m.event(); hostile[typ] {
					if ids := deed.role(m.roleOr("source", agentRole), f, x.gram, false, speaker); len(ids) > 0 {
						return ids
					}
				}
			}
		}
	}
	return nil
}

// isBystander tells who is no target of an act though a phrase of its clause, or
// "us" in a quotation, leads to them: a think tank whose analyst explains, and
// those whom the act is to keep from something ("will see to it that IS does not operate").
func (x *scene) isBystander(e *casus.Event, id casus.ActorID) bool {
	return !suffered[e.Type] && x.isThinkTank(id) || x.keptFrom(id) || e.Type == casus.Agree && x.promisedNothing(id)
}

// keptFrom tells whether a sentence names somebody only in what is to be prevented.
func (x *scene) keptFrom(id casus.ActorID) bool {
	found := false
	for w := range x.s.words {
		m, ok := x.s.mentions[w]
		if !ok || m.ID != id || m.Head != w {
			continue
		}
		averted := false
		for _, c := range x.byWordOrder() {
			if up := x.byWord[x.s.words[c.pred].Head]; c.class == 'v' && up != nil && x.gram.has("preventing", up.lemma) && x.s.under(w, c.pred) {
				averted = true
			}
		}
		if !averted {
			return false
		}
		found = true
	}
	return found
}

// promisedNothing tells whether a sentence names somebody only with a negative
// article, or in what is to be prevented: "promised to harbour no terrorists".
func (x *scene) promisedNothing(id casus.ActorID) bool {
	named := false
	for w := range x.s.words {
		m, ok := x.s.mentions[w]
		if !ok || m.ID != id || m.Head != w {
			continue
		}
		if det := x.s.child(w, "det", "advmod"); det < 0 || !x.gram.has("negation", x.s.lower(det)) {
			return x.keptFrom(id)
		}
		named = true
	}
	return named
}

// atGovernment has those who protest do so against the government of their own
// country where nothing tells against whom.
func (x *scene) atGovernment(e *casus.Event) {
	if e.Type != casus.Protest || len(e.Target) > 0 || e.Mode == "boycott" {
		return
	}
	switch sector(e.Source[0]) {
	case "", "protesters", "civ", "opp": // not prisoners, whom another state may hold
	default:
		return
	}
	if state := x.sideOf(e.Source[0]); len(state) == 3 {
		e.Target = []casus.ActorID{casus.ActorID(state + "/gov")}
	}
}

// isNoDeed tells a clause that only calls something by a deed, or says how things are.
func (x *scene) isNoDeed(c *clause, f *Frame, mode string) bool {
	if c.attributive() && c.s.words[c.pred].Deprel == "amod" && c.pred < c.s.words[c.pred].Head && len(c.slots["agent"]) == 0 {
		return true // "the ousted president": that he was is not told here
	}
	if c.attributive() && c.pred > 0 && c.s.words[c.pred-1].Form == "-" && len(x.lex.match(c, []string{"relation"})) > 0 {
		return true // "Iran-backed", "Russian-occupied": a state of affairs, not an act
	}
	if x.isAnySuch(c) {
		return true
	}
	return c.isMentioned() && (mode == "ceasefire" && !c.isDated(x.gram) || localModes[mode] && c.s.rel(c.pred) != "nsubj") || x.onlyHolds(c, f)
}

// isAnySuch tells a noun of whatever deed of a kind may come, as treaties do: "An attack on
// one of the members is regarded as an attack on all".
func (x *scene) isAnySuch(c *clause) bool {
	up := x.byWord[x.s.words[c.pred].Head]
	det := x.s.child(c.pred, "det")
	return c.noun && det >= 0 && x.s.feat(det, "Definite") == "Ind" && up != nil && up.class == 'v' && up.passive && slices.Contains(up.slots["patient"], c.pred) &&
		x.gram.has("regarding", up.lemma) && up.tense(x.gram, x.byWord) == casus.Ongoing
}

// inPassing tells of a verb that only describes who comes after it, and so leaves
// out whom it concerns: "the advancing Taliban".
func (x *scene) inPassing(c *clause) bool {
	head := x.s.words[c.pred].Head
	return c.class == 'v' && !c.passive && c.pred < head && slices.Equal(c.slots["agent"], []int{head})
}

func (x *scene) event(c *clause, f *Frame, m Make) {
	typ, mode := m.event()
	if x.isNoDeed(c, f, mode) || typ == casus.Assault && x.crosses(c) && x.flees(c) { // soldiers who flee over a border attack nobody
		return
	}
	e := &casus.Event{Type: typ, Mode: mode}
	speaker, onOneself := x.speaker(c), false
	var source, target bool // named by the clause's own words
	if m.Mutual {
		source = x.parties(e, c, f, m, speaker)
		target = source
	} else {
		onOneself = x.doerAndTarget(e, c, f, m, speaker)
		source, target = len(e.Source) > 0, len(e.Target) > 0
	}
	if !m.Mutual && x.reciprocal(c) {
		x.bothWays(e)
	}
	if e.Mode == "" {
		e.Mode, _ = x.deedIn(c, e.Type)
	}
	body := m.Mutual && x.isBody(e.Type, e.Source) && sector(e.Source[0]) != "gov"
	if !onOneself && !body && !x.inPassing(c) && (!m.Mutual || source || !c.noun) { // else who it was done to is said, and not made out
		x.complete(e, c)
	}
	toEachOther(e)
	x.asBefore(e, c)
	if m.Mutual && len(e.Target) == 0 && !x.isBody(e.Type, e.Source) {
		return // a deal or a meeting with nobody is none
	}
	if x.findDoer(e, c, f, speaker); len(e.Source) == 0 {
		return
	}
	notToOneself(e)
	x.atGovernment(e)
	x.asStates(e, source)
	if c.noun && e.Source[0] == "unknown" && x.s.child(c.pred, "cop") >= 0 {
		return // "this is a violation of our airspace" calls something so, and tells of no other deed
	}
	e.Target = slices.DeleteFunc(slices.Clone(e.Target), func(id casus.ActorID) bool { return x.isBystander(e, id) })
	rec, ok := x.base(c, f, m)
	if !ok || len(e.Target) == 0 && x.isOnlyThought(c, e.Type, rec.Status) {
		return
	}
	if x.isOnlyTerm(c, rec.Status) {
		x.remember(e)
		return
	}
	rec.Made = concluded(rec.Made, !source && e.Source[0] != "unknown", !target && len(e.Target) > 0)
	if rec.Status == casus.Ongoing {
		if rec.Status = c.completed(e.Type, x.gram); rec.Status == casus.Happened {
			rec.When = x.moments.of(c, rec.Status, x.gram)
		}
	}
	rec.Body = e
	x.remember(e)
	if localModes[e.Mode] {
		x.decreed[e.Mode] = e.Source[0]
	}
	x.out = append(x.out, rec)
}

// unsure are the statuses of what may come about or not.
var unsure = map[casus.Status]bool{casus.Possible: true, casus.Conditional: true}

// isOnlyThought tells whether what is done to nobody may not come about either: no
// event between two. Forces are made ready without an enemy, and who is accused of
// a deed has done it to somebody whom the accuser need not name.
func (x *scene) isOnlyThought(c *clause, typ casus.EventType, status casus.Status) bool {
	y := innermost(x.sayings, x.s, c.pred)
	announced := status == casus.Planned && y != nil // the announcement is told
	return (unsure[status] || announced) && typ != casus.Mobilize && (y == nil || y.act != casus.AccuseAct)
}

// isOnlyTerm tells whether a clause is the condition that something else hangs
// on ("if Iran restores access"): a term, of which nothing is told.
func (x *scene) isOnlyTerm(c *clause, status casus.Status) bool {
	if status != casus.Conditional && status != casus.Denied || c.class != 'v' {
		return false
	}
	for w, n := c.pred, 0; w >= 0 && n < len(x.s.words); w, n = x.s.words[w].Head, n+1 {
		rel := x.s.rel(w)
		// A parser takes "houdt stand zolang niemand schiet" for what is held.
		asked := rel == "ccomp" && x.gram.has("whether", x.s.lower(max(x.s.child(w, "mark"), 0)))
		if (rel == "advcl" || rel == "ccomp" && !asked) && x.s.isCondition(w, x.gram) {
			return true
		} else if rel != "conj" && rel != "xcomp" {
			return false
		}
	}
	return false
}

// onlyHolds tells what lasts from the act that began it: who does not recognise a
// state does nothing, and of whom that is only said by the way ("the government,
// which the UN recognises") did it before; the relation says so.
func (x *scene) onlyHolds(c *clause, f *Frame) bool {
	if c.class != 'v' || innermost(x.sayings, x.s, c.pred) != nil {
		return false
	}
	recognises := slices.ContainsFunc(f.Makes, func(m Make) bool {
		return m.Kind == "relation" && m.What[0] == string(casus.Recognises)
	})
	if !recognises {
		return false
	}
	status := c.present(x.gram, x.byWord).status
	return status == casus.Denied || status == casus.Ongoing && x.s.words[c.pred].Head >= 0
}

// killsInFight tells whether what did something is a fight: "the fighting killed …".
func (x *scene) killsInFight(c *clause) bool {
	return slices.ContainsFunc(c.slots["agent"], func(w int) bool {
		return x.gram.has("fights", strings.ToLower(x.s.words[w].Lemma)) || x.gram.has("fights", x.s.lower(w))
	})
}

// byBothSides gives a deed of a fight to the two sides of the story; where it was done
// to one of them, to its enemy.
func (x *scene) byBothSides(e *casus.Event) {
	pair := x.dealings.pair
	if len(e.Target) == 0 {
		e.Source, e.Target = pair, reversed(pair)
		return
	}
	if foe, ok := x.dealings.foe[x.sideOf(e.Target[0])]; ok && slices.ContainsFunc(pair, func(id casus.ActorID) bool { return x.sideOf(id) == x.sideOf(foe) }) {
		e.Source = []casus.ActorID{foe}
	}
}

// concluded says of a record which sides the clause's own words do not give, and
// that the reader is less sure of it.
func concluded(made casus.Made, source, target bool) casus.Made {
	if source {
		made.Rule += casus.SourceConcluded
	}
	if target {
		made.Rule += casus.TargetConcluded
	}
	if source || target {
		made.Confidence = leastSure
	}
	return made
}

// isBody tells whether a meeting is that of one body of many: "the Security Council meets".
func (x *scene) isBody(typ casus.EventType, parties []casus.ActorID) bool {
	if typ != casus.Consult || len(parties) != 1 || parties[0].IsPerson() {
		return false
	}
	kind := x.s.kinds[parties[0]]
	if sector(parties[0]) == "gov" {
		kind = x.s.kinds[casus.ActorID(parties[0].Head())]
	}
	switch kind {
	case casus.ActorAlliance, casus.ActorOrganisation, casus.ActorInstitution:
		return !parties[0].IsCountry()
	}
	return false
}

// findDoer fills in who did what the words of the clause leave without a doer.
func (x *scene) findDoer(e *casus.Event, c *clause, f *Frame, speaker casus.ActorID) {
	if len(e.Source) == 0 {
		doer := x.inDeed(c, e.Type, "source", agentRole, speaker)
		x.notOwnPeople(e, c, doer, speaker)
		e.Source = x.notOfSides(doer, e.Target)
	}
	if len(e.Source) == 0 {
		e.Source = x.unsaidActor(e, c, f.names("unsaid"))
		if len(e.Source) > 0 && len(e.Target) > 0 && e.Type == casus.Assault && len(x.notOwnSide(e.Source, e.Target[0])) == 0 {
			e.Source = []casus.ActorID{"unknown"}
		}
	}
	if len(e.Source) == 0 {
		x.local(e, c)
	}
	if len(e.Source) == 0 {
		x.asTold(e, c)
	}
}

// asTold gives an act without a doer the doer of the one that it follows from, where
// the article told of that: those who died in an attack died by the last attacker's
// hand, and what is lifted is lifted by whoever imposed it.
func (x *scene) asTold(e *casus.Event, c *clause) {
	if c.class != 'v' {
		return
	}
	if e.Type == casus.Assault && x.killsInFight(c) && len(x.dealings.pair) == 2 {
		x.byBothSides(e)
		return
	}
	var of casus.EventType
	switch {
	case e.Type == casus.Assault && x.hasDeed(c, casus.Assault):
		of = casus.Assault
	case (e.Type == casus.Retreat || e.Type == casus.Concede) && c.passive:
		of = casus.Sanction
	default:
		return
	}
	last, ok := x.dealings.last[of]
	if !ok || len(e.Target) > 0 && x.sideOf(e.Target[0]) != x.sideOf(last.Target[0]) {
		return
	}
	if e.Source = last.Source; len(e.Target) == 0 {
		e.Target = last.Target
	}
}

// notOwnPeople makes people of whom only the number is told, and who were taken for
// the doer's own, people of those whom the deed was done to: "bij de Indiase
// aanvallen op Pakistan zijn 26 burgers gedood".
func (x *scene) notOwnPeople(e *casus.Event, c *clause, doer []casus.ActorID, speaker casus.ActorID) {
	if e.Type != casus.Assault || len(doer) == 0 || len(e.Target) != 1 || !isPeople(e.Target[0]) || x.sideOf(e.Target[0]) != x.sideOf(doer[0]) {
		return
	}
	for _, id := range x.inDeed(c, e.Type, "target", targetRole, speaker) {
		if id.IsCountry() && id.Head() != e.Target[0].Head() {
			e.Target = []casus.ActorID{casus.ActorID(id.Head() + "/" + sector(e.Target[0]))}
			return
		}
	}
}

// holders are who acts where the words name a town or a province of a country:
// that country.
func (x *scene) holders(ids []casus.ActorID) []casus.ActorID {
	for i, id := range ids {
		if id.IsCountry() && sector(id) != "" && x.isGround(id) {
			ids[i] = casus.ActorID(id.Head())
		}
	}
	return ids
}

// isGround tells whether a sentence names an id only as ground, not as who lives or rules there.
func (x *scene) isGround(id casus.ActorID) bool {
	for _, m := range x.s.mentions {
		if m.ID == id && m.Class == actors.Place {
			return true
		}
	}
	return false
}

// isNobodys tells a sea or a region that belongs to no country: nothing is done
// to it, only in it.
func (s *sentence) isNobodys(id casus.ActorID) bool {
	for _, m := range s.mentions {
		if m.ID == id && m.Class == actors.Place {
			return len(m.Where) == 1 && m.Where[0] == string(id) && !id.IsCountry()
		}
	}
	return false
}

// notOfSides drops those who are of the sides of some actors, unless that leaves
// nobody: a guard killed in a clash of two armies was not killed by his own.
func (x *scene) notOfSides(ids, of []casus.ActorID) []casus.ActorID {
	sides := x.sides(of)
	others := slices.DeleteFunc(slices.Clone(ids), func(id casus.ActorID) bool { return slices.Contains(sides, x.sideOf(id)) })
	if len(others) == 0 {
		return ids
	}
	return others
}

// isMentioned tells whether a noun only takes up what is known already: "the
// truce" has been concluded before.
func (c *clause) isMentioned() bool {
	det := c.s.child(c.pred, "det")
	return c.noun && (c.s.child(c.pred, "nmod:poss") >= 0 || det >= 0 && c.s.feat(det, "Definite") == "Def")
}

// isDated tells whether a noun says of when it is: "the truce of 27 November", "the
// truce reached on Friday", but not "a truce of sixty days".
func (c *clause) isDated(g *Grammar) bool {
	dated := func(k int) bool {
		lasting := c.s.words[k].UPOS == "NOUN" && (c.s.child(k, "nummod") >= 0 || c.s.feat(k, "Number") == "Plur")
		return c.s.timed[k] && !lasting
	}
	return slices.ContainsFunc(c.s.kids[c.pred], func(k int) bool {
		switch c.s.rel(k) {
		case "nmod":
			return dated(k) && g.has("of", c.s.preposition(k))
		case "acl", "acl:relcl":
			if subject := c.s.child(k, "nsubj"); subject >= 0 && c.s.words[subject].UPOS != "PRON" {
				return false // "the truce that Baku and Yerevan signed" is told by the signing
			}
			return g.has("brought-about", c.s.words[k].Lemma) && slices.ContainsFunc(c.s.kids[k], func(w int) bool { return c.s.rel(w) == "obl" && dated(w) })
		}
		return false
	})
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

func reversed(ids []casus.ActorID) []casus.ActorID {
	out := slices.Clone(ids)
	slices.Reverse(out)
	return out
}

func without(ids, drop []casus.ActorID) []casus.ActorID {
	return slices.DeleteFunc(slices.Clone(ids), func(id casus.ActorID) bool { return slices.Contains(drop, id) })
}
