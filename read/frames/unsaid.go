package frames

import (
	"slices"
	"strings"

	"casus"
	"casus/read/actors"
)

// unsaidActor is who did what the words leave without a doer: the side that the
// one who suffered had to do with last, a state towards the people in it, or
// nobody known. Only acts of force and of authority are filled in; of others
// the doer is anybody's guess. A clause with a subject is left alone unless its
// frame asks (the slot "unsaid").
func (x *scene) unsaidActor(e *casus.Event, c *clause, asked bool) []casus.ActorID {
	if e.Type == casus.Protest && e.Mode != "boycott" && len(c.slots["agent"]) > 0 {
		return x.peopleHere(c, "protesters")
	}
	if len(e.Target) == 0 || !asked && !c.passive && !c.noun && len(c.slots["agent"]) > 0 && !x.hasDeed(c, e.Type) {
		return nil
	}
	target := e.Target[0]
	if e.Mode == "cyber" {
		return []casus.ActorID{"unknown"} // hackers work in the dark
	}
	if c.passive && len(c.slots["agent"]) > 0 && e.Type != casus.Assault {
		return nil // "door het geweld gedwongen": what did it is no actor
	}
	switch e.Type {
	case casus.Accuse, casus.Request, casus.Threaten, casus.Consult:
		return nil
	case casus.Aid: // who is led to safety is so by their own state, and not by the foe
		if home := casus.ActorID(x.sideOf(target)); len(home) == 3 && home.IsCountry() && x.dealings.foe[string(home)] != "" {
			return []casus.ActorID{home + "/gov"}
		}
	case casus.Protest: // who rioted is the people there or nobody known, and no army
		if home := casus.ActorID(x.sideOf(target)); home.IsCountry() && c.noun {
			return []casus.ActorID{home + "/protesters"}
		}
		return x.peopleHere(c, "protesters")
	case casus.Retreat:
		if foe, ok := x.dealings.foe[x.sideOf(target)]; ok {
			return []casus.ActorID{foe} // prisoners are freed by the other side
		}
		if id := x.authority(target, c); id != "" {
			return []casus.ActorID{id}
		}
	case casus.Coerce, casus.Sanction:
		besieged := e.Mode == "restrict" && sector(target) != "" && x.isPlace(target) // by no authority
		if id := x.authority(target, c); id != "" && e.Mode != "seize" && !besieged {
			return []casus.ActorID{id}
		}
		if id := x.courts(target, e.Mode, c); id != "" {
			return []casus.ActorID{id}
		}
	}
	foe, ok := x.dealings.foe[x.sideOf(target)]
	if e.Type == casus.Assault { // who was sanctioned was not killed by it
		foe, ok = x.dealings.fought[x.sideOf(target)]
	}
	if ok && (x.isPartyOf(foe) || x.s.kinds[foe] != casus.ActorOrganisation && x.s.kinds[foe] != casus.ActorPopulation) {
		return []casus.ActorID{foe}
	}
	if other, ok := x.dealings.partner[x.sideOf(target)]; ok && e.Type != casus.Assault && (e.Type != casus.Coerce || !other.IsPerson() && x.s.kinds[other] != casus.ActorPopulation && x.s.kinds[other] != casus.ActorOrganisation) { // nobody is arrested by whoever spoke last
		return []casus.ActorID{other}
	}
	if e.Type == casus.Assault || e.Mode == "seize" || e.Mode == "restrict" && x.isPlace(target) && sector(target) != "" {
		return []casus.ActorID{"unknown"}
	}
	return nil
}

// asBefore fills in the parties of a deed that a phrase names nobody for and tells
// something new of, when or how often it was: those of the last such deed that the
// article told of ("a 48-hour truce began", "more than 200 air strikes").
func (x *scene) asBefore(e *casus.Event, c *clause) {
	if !c.noun || len(e.Source)+len(e.Target) > 0 || !x.isMeasured(c) {
		return
	}
	if last, ok := x.dealings.last[e.Type]; ok {
		e.Source, e.Target = last.Source, last.Target
		return
	}
	switch e.Type {
	case casus.Assault, casus.Consult, casus.Agree, casus.Retreat:
		if len(x.dealings.pair) == 2 {
			e.Source, e.Target = x.dealings.pair, reversed(x.dealings.pair)
		}
	}
}

// isMeasured tells whether a noun has a time or a number of its own: "Friday's raids".
func (x *scene) isMeasured(c *clause) bool {
	return slices.ContainsFunc(x.s.kids[c.pred], func(k int) bool {
		switch x.s.rel(k) {
		case "nummod":
			return true
		case "nmod", "amod", "compound":
			return x.s.timed[k]
		}
		return false
	})
}

// statePowers are the second segments of actor ids over whom no authority but
// their own holds power.
var statePowers = map[string]bool{"gov": true, "mil": true, "police": true, "spy": true, "border-guard": true, "jud": true, "reb": true}

// authority is the state that holds power over people or a person: that of the
// place where they are treated so, else their own; "" for states, groups and
// those whom somebody else holds.
func (x *scene) authority(target casus.ActorID, c *clause) casus.ActorID {
	if s := sector(target); !target.IsPerson() && (s == "" && x.s.kinds[target] != casus.ActorPopulation || s == "hostages" || statePowers[s]) {
		return ""
	}
	home := x.sideOf(target)
	if at, ok := x.placeNamed(c, anywhere); ok {
		home = at.ID.Head()
	} else if other, ok := x.dealings.foe[home]; ok {
		home = other.Head()
	}
	if len(home) != 3 || !casus.ActorID(home).IsCountry() {
		return ""
	}
	return casus.ActorID(home + "/gov")
}

// courts is the state that arrests or sentences one of its own servants, where
// its side has no enemy in the article ("the mayor was arrested"), or foreigners
// who are in it ("two Germans were held in Russia").
func (x *scene) courts(target casus.ActorID, mode string, c *clause) casus.ActorID {
	home := x.sideOf(target)
	at, ok := x.placeNamed(c, anywhere)
	if ok && len(target) == 3 && target.IsCountry() && at.ID.IsCountry() && at.ID.Head() != home && (mode == "arrest" || mode == "convict" || mode == "deport") {
		return casus.ActorID(at.ID.Head() + "/gov")
	}
	if _, fights := x.dealings.foe[home]; fights || len(home) != 3 || !casus.ActorID(home).IsCountry() || mode != "arrest" && mode != "convict" {
		return ""
	}
	if s := sector(target); s != "gov" && s != "leg" && s != "jud" {
		return ""
	}
	return casus.ActorID(home + "/gov")
}

// bothParties completes the parties of a fight, a deal or a meeting of which a
// phrase names one or none: by whoever the clause around it is about, by whom
// the one party had to do with last, or by the two sides of the story.
func (x *scene) bothParties(parties []casus.ActorID, c *clause, fight bool, speaker casus.ActorID) []casus.ActorID {
	if len(parties) == 1 {
		parties = append(parties, without(x.bystander(c, speaker), parties)...)
	}
	if len(parties) == 1 && !c.noun {
		if other, ok := x.dealings.partner[x.sideOf(parties[0])]; ok && x.s.kinds[casus.ActorID(other.Head())] != "" && x.s.kinds[other] != casus.ActorOrganisation && !(fight && other.IsPerson()) {
			parties = append(parties, other)
		}
	}
	if len(parties) == 0 && (!c.noun || fight && x.among(c, x.dealings.pair) || !fight && c.isDated(x.gram)) { // a truce that is only mentioned is no event
		return x.dealings.pair
	}
	return parties
}

// among tells whether a clause is set in the country of one of some actors.
func (x *scene) among(c *clause, ids []casus.ActorID) bool {
	at, ok := x.place(c)
	return ok && slices.ContainsFunc(ids, func(id casus.ActorID) bool { return x.sideOf(id) == at.ID.Head() })
}

// localModes are the modes of coercion that the state of a place puts on all who live there.
var localModes = map[string]bool{"martial-law": true, "curfew": true, "censor": true}

// local fills in the parties of what nobody but a state does in its own
// country, or its people to it: a state of emergency, a demonstration.
func (x *scene) local(e *casus.Event, c *clause) {
	at, ok := x.place(c)
	if !ok || len(at.ID.Head()) != 3 {
		return
	}
	state := casus.ActorID(at.ID.Head())
	switch {
	case e.Type == casus.Coerce && localModes[e.Mode] && x.decreed[e.Mode] != "":
		e.Source = []casus.ActorID{x.decreed[e.Mode]} // the one that the article spoke of
	case e.Type == casus.Coerce && localModes[e.Mode]:
		if e.Source = []casus.ActorID{state + "/gov"}; len(e.Target) == 0 {
			e.Target = []casus.ActorID{state + "/civ"}
		}
	case e.Type == casus.Protest && c.noun && c.isCounted() && (!c.isMentioned() || c.s.rel(c.pred) == "nsubj") && x.s.places(at):
		if e.Source = []casus.ActorID{state + "/protesters"}; len(e.Target) == 0 {
			e.Target = []casus.ActorID{state + "/gov"}
		}
	}
}

// isCounted tells whether a noun is of one or several things, not of a mass:
// "protesten" and "een betoging", not "protest".
func (c *clause) isCounted() bool {
	return c.s.feat(c.pred, "Number") == "Plur" || c.s.child(c.pred, "det", "nummod") >= 0
}

// places tells whether a sentence names a place itself.
func (s *sentence) places(at actors.Mention) bool {
	m, ok := s.mentions[at.Head]
	return ok && m.ID == at.ID
}

// unnamedVictims are those whom a phrase only counts ("around 150 have
// been arrested"): people of where the story is set. Of the dead only those of a
// deed are told here, by the country that the sentence puts it in: who died in a
// crash is a figure.
func (x *scene) unnamedVictims(e *casus.Event, c *clause, phrase int) []casus.ActorID {
	switch e.Type {
	case casus.Coerce, casus.Sanction:
	case casus.Assault:
		if phrase >= 0 && (x.countsPeople(phrase) || x.s.isOf(phrase, "people")) && x.hasDeed(c, casus.Assault) {
			return x.stateNamed(c)
		}
		return nil
	default:
		return nil
	}
	if phrase < 0 || !x.countsPeople(phrase) {
		return nil
	}
	return x.peopleHere(c, "civ")
}

// deedIn returns the mode of the act of a type that a verb names as what did it
// or as that in which it happened: "a bombing killed …", "were killed in an air strike".
func (x *scene) deedIn(c *clause, typ casus.EventType) (mode string, ok bool) {
	if c.class != 'v' {
		return "", false
	}
	for _, slot := range toldSlots {
		for _, w := range c.slots[slot] {
			if deed := x.byWord[w]; slot != "patient" && deed != nil && deed.noun {
				if mode, ok := x.lex.modeOf(deed, typ); ok {
					return mode, true
				}
			}
		}
	}
	return "", false
}

func (x *scene) hasDeed(c *clause, typ casus.EventType) bool {
	_, ok := x.deedIn(c, typ)
	return ok
}

// stateNamed is the state in which the sentence of a clause puts it.
func (x *scene) stateNamed(c *clause) []casus.ActorID {
	at, ok := x.placeNamed(c, anywhere)
	if !ok || len(at.ID.Head()) != 3 {
		return nil
	}
	return []casus.ActorID{casus.ActorID(at.ID.Head())}
}

// peopleHere are people of the country where a clause is set, by the second
// word of an actor id.
func (x *scene) peopleHere(c *clause, who string) []casus.ActorID {
	at, ok := x.placeNamed(c, anywhere)
	if !ok {
		at, ok = x.placeIn(c)
	}
	if !ok {
		at, ok = x.place(c)
	}
	if !ok || len(at.ID.Head()) != 3 {
		return nil
	}
	return []casus.ActorID{casus.ActorID(at.ID.Head() + "/" + who)}
}

// placeIn is the first place that stands in a clause, whatever it is to it: "took
// to the streets of Belgrade".
func (x *scene) placeIn(c *clause) (actors.Mention, bool) {
	first, last := x.s.bounds(c.pred, nil)
	for w := first; w <= last; w++ {
		if m, ok := x.s.mentions[w]; ok && m.Place && m.ID != "" {
			return m, true
		}
	}
	return actors.Mention{}, false
}

// countsPeople tells whether a phrase holds a number of people, or one of nothing said.
func (x *scene) countsPeople(w int) bool {
	first, last := x.s.bounds(w, func(k int) bool { return x.s.rel(k) != "acl" && x.s.rel(k) != "conj" })
	for _, a := range x.doc.Amounts[x.s.index] {
		if first <= a.First && a.Last <= last+1 {
			return a.Unit == "persons" || a.Unit == "soldiers" || a.Unit == "" && x.s.words[w].UPOS == "NUM"
		}
	}
	return false
}

// inDeed is who has a role ("source", "target") in the deed in which somebody was killed, held or moved:
// "killed in an attack by rebels", "after a Russian strike".
func (x *scene) inDeed(c *clause, typ casus.EventType, role string, or Role, speaker casus.ActorID) []casus.ActorID {
	if c.class != 'v' {
		return nil
	}
	for _, k := range x.s.kids[c.pred] {
		deed := x.byWord[k]
		if deed == nil || !deed.noun || x.s.rel(k) != "obl" && x.s.rel(k) != "nmod" {
			continue
		}
		for _, f := range x.lex.match(deed, acts) {
			for _, m := range f.Makes {
				if m.Kind != "event" || m.What[0] != string(typ) && !strings.HasPrefix(m.What[0], string(typ)+"/") {
					continue
				}
				if ids := deed.role(m.roleOr(role, or), f, x.gram, false, speaker); len(ids) > 0 {
					return ids
				}
			}
		}
	}
	return nil
}

// bothWays makes each of those who do something to each other its doer and the
// one to whom it is done.
func (x *scene) bothWays(e *casus.Event) {
	parties := slices.Clone(e.Source)
	for _, id := range e.Target {
		if !slices.Contains(parties, id) {
			parties = append(parties, id)
		}
	}
	if len(parties) == 1 {
		for _, id := range x.dealings.pair {
			if x.sideOf(id) != x.sideOf(parties[0]) {
				parties = append(parties, id)
			}
		}
	}
	if len(parties) > 1 {
		e.Source, e.Target = parties, reversed(parties)
	}
}

// toldBy tells whether a clause tells an event noun in it as well: the noun is what
// acts, what is done or that in which it happens ("Russian strikes killed four"),
// or it is the very thing that the verb's act is about ("lifted its sanctions").
func (x *scene) toldBy(noun *clause) bool {
	up := x.byWord[x.s.words[noun.pred].Head]
	if noun.noun {
		for _, k := range x.s.kids[noun.pred] { // "imposed sanctions", read as a phrase about sanctions
			if verb := x.byWord[k]; verb != nil && verb.class == 'v' && verb.takenForAttribute() >= 0 && (x.lex.shareEvent(noun, verb) || x.lex.asksFor(verb, noun)) {
				return true
			}
		}
	}
	if noun.noun && up != nil && up.noun && slices.Contains(up.slots["of"], noun.pred) && x.lex.asksFor(up, noun) {
		return true
	}
	if !noun.noun || up == nil || up.class != 'v' {
		return false
	}
	slot := ""
	for _, name := range toldSlots {
		if slices.Contains(up.slots[name], noun.pred) {
			slot = name
		}
	}
	return slot != "" && (x.lex.shareEvent(noun, up) || slot == "patient" && x.lex.asksFor(up, noun))
}

// toldSlots are where a clause has the noun of its own event.
var toldSlots = []string{"agent", "patient", "in", "with", "under", "during", "door", "bij", "met", "onder"}

// dropUnknown leaves out the acts of nobody known since record from that the
// same sentence tells with their doer: "killed … in an attack by rebels".
func (x *scene) dropUnknown(from int) {
	known := func(e *casus.Event) bool {
		return slices.ContainsFunc(x.out[from:], func(r casus.Record) bool {
			o, ok := r.Body.(*casus.Event)
			return ok && o.Type == e.Type && len(o.Source) > 0 && o.Source[0] != "unknown" && len(o.Target) > 0 && len(e.Target) > 0 &&
				x.sideOf(o.Target[0]) == x.sideOf(e.Target[0])
		})
	}
	kept := x.out[:from]
	for _, r := range x.out[from:] {
		if e, ok := r.Body.(*casus.Event); ok && len(e.Source) == 1 && e.Source[0] == "unknown" && known(e) {
			continue
		}
		kept = append(kept, r)
	}
	x.out = kept
}

// dropHalves leaves out the attacks since record from that are done to nobody where
// the same sentence tells one of the same doer with whom it was done to:
// "a missile fired by the Houthis hit a British tanker".
func (x *scene) dropHalves(from int) {
	whole := func(e *casus.Event) bool {
		return slices.ContainsFunc(x.out[from:], func(r casus.Record) bool {
			o, ok := r.Body.(*casus.Event)
			return ok && o.Type == e.Type && len(o.Target) > 0 && slices.ContainsFunc(o.Source, func(id casus.ActorID) bool { return x.sideOf(id) == x.sideOf(e.Source[0]) })
		})
	}
	kept := slices.Clone(x.out[:from])
	for _, r := range x.out[from:] {
		if e, ok := r.Body.(*casus.Event); ok && e.Type == casus.Assault && len(e.Target) == 0 && len(e.Source) > 0 && whole(e) {
			continue
		}
		kept = append(kept, r)
	}
	x.out = kept
}

// averted tells whether a clause says what is kept from happening: what is
// avoided, or what somebody promises not to do.
func (x *scene) averted(c *clause) bool {
	if up := x.byWord[x.s.words[c.pred].Head]; up != nil && x.gram.has("averting", up.lemma) && x.s.rel(c.pred) != "conj" && !c.isSubjectOf(up) {
		return true
	}
	y := innermost(x.sayings, x.s, c.pred)
	return y != nil && y.act == casus.Promise && c.class == 'v' && x.negated(c)
}

func (c *clause) isSubjectOf(up *clause) bool {
	return slices.Contains(up.subject(), c.pred) && !up.passive
}

// negated tells whether a verb has a word of denial of its own.
// "not to attack or arrest anyone": the second verb shares it.
func (x *scene) negated(c *clause) bool {
	k := x.s.child(c.pred, "advmod")
	if k >= 0 && x.gram.has("negation", x.s.lower(k)) {
		return true
	}
	up := x.byWord[x.s.words[c.pred].Head]
	return x.s.rel(c.pred) == "conj" && up != nil && x.s.child(c.pred, "nsubj", "aux") < 0 && x.negated(up)
}
