package frames

import (
	"maps"
	"slices"
	"strings"

	"casus"
	"casus/read/actors"
)

// dealings is what the article has told so far of who had to do with whom. It
// names the other side of an act where a later clause leaves that out.
type dealings struct {
	partner map[string]casus.ActorID        // whom each side had to do with last
	parties []casus.ActorID                 // of the last deal, meeting or fight of several
	foe     map[string]casus.ActorID        // whom each side used force or power against last, or suffered it from
	fought  map[string]casus.ActorID        // the same, sanctions left out
	pair    []casus.ActorID                 // the two sides that fought or dealt with each other last
	last    map[casus.EventType]casus.Event // the last act of each type that the words named both sides of
	named   map[string]int                  // how often each side has been named
}

func newDealings() dealings {
	return dealings{partner: map[string]casus.ActorID{}, foe: map[string]casus.ActorID{}, fought: map[string]casus.ActorID{}, last: map[casus.EventType]casus.Event{}, named: map[string]int{}}
}

// remember keeps what the words of a clause say of who had to do with whom.
// What was only concluded is not kept: a guess must not feed the next.
func (x *scene) remember(e *casus.Event) {
	if len(e.Source) == 0 || len(e.Target) == 0 || e.Source[0] == "unknown" || e.Mode == "third-party" {
		return // a mediator is no side of the matter
	}
	if len(x.sides(e.Source)) > 1 && slices.Contains(e.Target, e.Source[0]) {
		x.dealings.parties = e.Source
	}
	from, to := x.sideOf(e.Source[0]), x.sideOf(e.Target[0])
	if from == to {
		return
	}
	x.dealings.last[e.Type] = *e
	doer, sufferer := x.behind(e.Source[0]), x.behind(e.Target[0])
	x.dealings.partner[from], x.dealings.partner[to] = sufferer, doer
	switch e.Type {
	case casus.Assault, casus.Coerce, casus.Sanction, casus.Threaten:
		if e.Type != casus.Assault && isPeople(e.Target[0]) {
			break // refugees sent home make no enemies of two states
		}
		x.dealings.foe[from], x.dealings.foe[to] = sufferer, doer
	}
	if e.Type == casus.Assault || e.Type == casus.Coerce || e.Type == casus.Threaten {
		x.dealings.fought[from], x.dealings.fought[to] = sufferer, doer
	}
	if e.Type == casus.Assault && !isPeople(e.Target[0]) && !isPeople(e.Source[0]) {
		x.otherWar(from, to)
	}
	x.atOdds(e)
	switch e.Type {
	case casus.Assault, casus.Retreat, casus.Agree, casus.Coerce:
		x.dealings.pair = []casus.ActorID{doer, sufferer}
	}
}

// atOdds takes those who accuse each other for the two sides of what follows.
func (x *scene) atOdds(e *casus.Event) {
	if e.Type != casus.Accuse || len(x.sides(e.Source)) != 2 || len(e.Target) == 0 || isPeople(e.Source[0]) || isPeople(e.Source[1]) {
		return
	}
	a, b := x.sideOf(e.Source[0]), x.sideOf(e.Source[1])
	x.otherWar(a, b)
	x.dealings.foe[a], x.dealings.foe[b], x.dealings.pair = e.Source[1], e.Source[0], e.Source
}

// otherWar forgets the truce told of last where others fight now: theirs is the next.
func (x *scene) otherWar(a, b string) {
	for _, made := range []bond{x.accords[true], x.bonds[casus.Ceasefire]} {
		sides := x.sides(slices.Concat(made.debtors, made.owed))
		if len(sides) > 0 && !slices.Contains(sides, a) && !slices.Contains(sides, b) {
			delete(x.accords, true)
			delete(x.bonds, casus.Ceasefire)
			return
		}
	}
}

// behind is the state whose a place or a prisoner is: a town that was taken is no
// party and strikes nobody back, and nobody makes a truce with hostages.
func (x *scene) behind(id casus.ActorID) casus.ActorID {
	if s := sector(id); id.IsCountry() && (s == "hostages" || s == "prisoners") {
		return casus.ActorID(id.Head())
	}
	for _, m := range x.s.mentions {
		if m.ID == id && m.Class == actors.Place && id.IsCountry() {
			return casus.ActorID(id.Head())
		}
	}
	return id
}

// notOwnSide leaves out an actor's own side where the words leave the other open:
// who governs a country is not the other side of what is done there.
func (x *scene) notOwnSide(ids []casus.ActorID, of casus.ActorID) []casus.ActorID {
	if x.doc.Governor == nil {
		return ids
	}
	own := casus.ActorID(x.sideOf(of))
	return slices.DeleteFunc(slices.Clone(ids), func(id casus.ActorID) bool {
		side := casus.ActorID(x.sideOf(id))
		by, ok := x.doc.Governor(side)
		ruled, rules := x.doc.Governor(own)
		return ok && by == own || rules && ruled == side
	})
}

// sides are the states and groups of some actors, each once.
func (x *scene) sides(ids []casus.ActorID) []string {
	var out []string
	for _, id := range ids {
		if side := x.sideOf(id); !slices.Contains(out, side) {
			out = append(out, side)
		}
	}
	return out
}

// complete names the other side that the words of the clause leave out: each
// other where they say so, the people or government of the actor's own country
// for what is done at home, the parties of a deal for what is said of it, and
// else whoever the actor had to do with.
func (x *scene) complete(e *casus.Event, c *clause) {
	if len(e.Source) == 0 || len(e.Target) > 0 {
		return
	}
	if len(e.Source) > 1 && c != nil && x.reciprocal(c) {
		e.Target = reversed(e.Source)
		x.atOdds(e)
		return
	}
	if e.Type == casus.Mobilize {
		if e.Target = x.acrossBorder(e, c); len(e.Target) == 0 && e.Mode != "weapons" { // what is tested is aimed at nobody
			e.Target = x.stateAround(e, c)
		}
		if foe, ok := x.dealings.foe[x.sideOf(e.Source[0])]; ok && len(e.Target) == 0 && !x.isElsewhere(c, e.Source[0], foe) {
			e.Target = []casus.ActorID{foe} // an army gets ready for the side that it has fought
		}
		if len(e.Target) == 0 && !x.goesSomewhere(c) {
			e.Target = x.facedBy(e, c)
		}
		return
	}
	if e.Type == casus.Assault && len(x.sides(e.Source)) > 1 {
		return // crimes of both sides: on whom is not said
	}
	if e.Target = x.ofAccuser(e, c); len(e.Target) > 0 {
		return
	}
	for _, rule := range []func(*casus.Event, *clause) []casus.ActorID{
		x.ofDeed, x.partiesOfDeal, x.faced, x.atHome, x.ground, x.whereStationed, x.lastPartner, x.retreatGround, x.mainParty, x.otherParty, x.ownPeople,
	} {
		if e.Target = x.notOwnSide(x.unlessSpeaker(rule(e, c), e, c), e.Source[0]); len(e.Target) > 0 {
			return
		}
	}
}

// ofAccuser is the side of the army or state that accuses another of force and leaves
// out against whom: "Thailand's army said Cambodian soldiers had fired first".
func (x *scene) ofAccuser(e *casus.Event, c *clause) []casus.ActorID {
	if c == nil || c.class != 'v' || e.Type != casus.Assault {
		return nil
	}
	if _, placed := x.placeNamed(c, anywhere); placed {
		return nil // a market in a town is no side
	}
	ofWhat := func(w int) bool {
		return x.s.words[w].UPOS != "NUM" && slices.ContainsFunc(x.s.kids[w], func(k int) bool { return x.s.rel(k) == "nmod" && x.gram.has("of", x.s.preposition(k)) })
	}
	if slices.ContainsFunc(c.slots["patient"], ofWhat) {
		return nil // "parts of the disputed enclave" are not the accuser's
	}
	y := innermost(x.sayings, x.s, c.pred)
	if y == nil || !x.isPartyOf(y.speaker) || x.sideOf(y.speaker) == x.sideOf(e.Source[0]) || x.act(y) != casus.AccuseAct {
		return nil
	}
	return []casus.ActorID{casus.ActorID(x.sideOf(y.speaker))}
}

// faced are those who fight what a noun names: "Mali is fighting an insurgency".
func (x *scene) faced(e *casus.Event, c *clause) []casus.ActorID {
	if e.Type != casus.Assault || c == nil || !c.noun || c.around == nil || !slices.Contains(c.around.slots["patient"], c.pred) || !x.gram.has("fighting", c.around.lemma) {
		return nil
	}
	var out []casus.ActorID
	for _, w := range c.around.slots["agent"] {
		out = append(out, x.s.who(w, true, x.speaker(c))...)
	}
	return out
}

// facedBy are those for whom an army gets ready where nothing tells: two armies face
// each other, one faces the other main side of the story.
func (x *scene) facedBy(e *casus.Event, c *clause) []casus.ActorID {
	if len(x.sides(e.Source)) > 1 {
		return reversed(e.Source)
	}
	return x.notOwnSide(x.mainParty(e, c), e.Source[0])
}

// goesSomewhere tells whether a clause says where an army goes or stands, in a country
// or at its border: whom it is to face there, if anybody, it would say.
func (x *scene) goesSomewhere(c *clause) bool {
	if c == nil {
		return false
	}
	for w := range x.s.words {
		if !x.s.under(w, c.pred) {
			continue
		}
		if m, ok := x.s.mentions[w]; ok && m.Place && m.ID != "" && (x.gram.has("locative", x.s.preposition(w)) || x.gram.has("towards", x.s.preposition(w))) {
			return true
		}
		if x.gram.has("border", strings.ToLower(x.s.words[w].Lemma)) {
			return true
		}
	}
	return false
}

// ofDeed are those who did the deed that an act of words is about, where the
// article told of it before: who calls "the attack" a crime blames the attacker.
func (x *scene) ofDeed(e *casus.Event, c *clause) []casus.ActorID {
	if c != nil && e.Type == casus.Retreat {
		return x.foughtBefore(e, c)
	}
	if c == nil || e.Type != casus.Accuse && e.Type != casus.Support {
		return nil
	}
	for _, slot := range []string{"patient", "TOWARDS"} {
		for _, w := range c.slots[slot] {
			noun := x.byWord[w]
			if noun == nil || !noun.noun || !noun.isDefinite(x.gram) {
				continue
			}
			for _, typ := range slices.Sorted(maps.Keys(x.dealings.last)) {
				deed := x.dealings.last[typ]
				if _, ok := x.lex.modeOf(noun, typ); ok && x.sideOf(deed.Source[0]) != x.sideOf(e.Source[0]) {
					return deed.Source
				}
			}
		}
	}
	return nil
}

// foughtBefore are those from whom somebody retreats, by the fight that the clause puts
// before it: "fled to Tajikistan after clashes with Taliban fighters".
func (x *scene) foughtBefore(e *casus.Event, c *clause) []casus.ActorID {
	own := x.sides(e.Source)
	for _, k := range x.s.kids[c.pred] {
		fight := x.byWord[k]
		if fight == nil || !fight.noun || x.s.rel(k) != "obl" || !x.makes(fight, casus.Assault) {
			continue
		}
		ids := slices.DeleteFunc(fight.role(Role{{"TOWARDS"}}, &Frame{}, x.gram, false, ""), func(id casus.ActorID) bool { return slices.Contains(own, x.sideOf(id)) })
		if len(ids) > 0 {
			return ids
		}
	}
	return nil
}

// acrossBorder is the state on the other side of the border where an army gets
// ready: "stand at the border with Ukraine".
func (x *scene) acrossBorder(e *casus.Event, c *clause) []casus.ActorID {
	if c == nil {
		return nil
	}
	own := x.sides(e.Source)
	for w := range x.s.words {
		if !x.gram.has("border", strings.ToLower(x.s.words[w].Lemma)) || !x.s.under(w, c.pred) {
			continue
		}
		for _, k := range x.s.kids[w] {
			if id := x.s.mentions[k].ID; x.s.rel(k) == "nmod" && id.IsCountry() && id.Head() == string(id) && !slices.Contains(own, id.Head()) {
				return []casus.ActorID{id}
			}
		}
	}
	return nil
}

// isElsewhere tells whether a clause is set in a country of neither of two sides.
func (x *scene) isElsewhere(c *clause, a, b casus.ActorID) bool {
	if c == nil {
		return false
	}
	for w := range x.s.words {
		m, ok := x.s.mentions[w]
		if !ok || !m.Place || m.ID == "" || !x.s.under(w, c.pred) {
			continue
		}
		if at := m.ID.Head(); at != x.sideOf(a) && at != x.sideOf(b) {
			return true
		}
	}
	return false
}

// partiesOfDeal are those between whom a mediator stands, or whose deal is
// praised, rejected or asked for: "China welcomed the truce".
func (x *scene) partiesOfDeal(e *casus.Event, c *clause) []casus.ActorID {
	mediates := e.Type == casus.Consult && e.Mode == "third-party"
	if !mediates && !x.aboutDeal(e, c) {
		return nil
	}
	own := x.sides(e.Source)
	out := slices.DeleteFunc(slices.Clone(x.dealings.parties), func(id casus.ActorID) bool { return slices.Contains(own, x.sideOf(id)) })
	return out
}

// aboutDeal tells whether an act of words is towards a deal or talks.
func (x *scene) aboutDeal(e *casus.Event, c *clause) bool {
	switch e.Type {
	case casus.Support, casus.Reject, casus.Accuse, casus.Request:
	default:
		return false
	}
	if c == nil {
		return false
	}
	for _, slot := range []string{"patient", "TOWARDS"} {
		for _, w := range c.slots[slot] {
			if x.gram.has("deal", strings.ToLower(x.s.words[w].Lemma)) {
				return true
			}
		}
	}
	return false
}

// domesticModes are acts that a state does to the people in it, and those by
// which its servants leave it.
var domesticModes = map[string]bool{
	"crowd-control": true, "martial-law": true, "curfew": true, "censor": true, "resign": true, "arrest": true, "beat": true, "restrict": true,
}

// atHome is the other side of what is done inside a country: its government
// for those who protest, its protesters or people for its police.
func (x *scene) atHome(e *casus.Event, _ *clause) []casus.ActorID {
	source := e.Source[0]
	state := x.sideOf(source)
	if len(state) != 3 || !casus.ActorID(state).IsCountry() {
		return nil
	}
	people := isPeople(source)
	switch {
	case e.Type == casus.Protest && people, people && (e.Type == casus.Request || e.Type == casus.Reject):
		return []casus.ActorID{casus.ActorID(state + "/gov")}
	case e.Mode == "resign":
		return []casus.ActorID{casus.ActorID(state + "/gov")}
	case localModes[e.Mode]: // a curfew is for all who live there
		return []casus.ActorID{casus.ActorID(state + "/civ")}
	case domesticModes[e.Mode], e.Type == casus.Assault && sector(source) == "police":
		for _, who := range []string{"/protesters", "/opp"} {
			if id := casus.ActorID(state + who); x.s.kinds[id] != "" {
				return []casus.ActorID{id}
			}
		}
		if e.Mode == "arrest" || e.Mode == "restrict" {
			return nil
		}
		return []casus.ActorID{casus.ActorID(state + "/civ")}
	}
	return nil
}

// razes are the modes of force that are used on where people live, and on people.
var razes = map[string]bool{"aerial": true, "destroy": true, "abduct": true}

// ownPeople are the people of the country whose forces or gangs use force in it
// where nobody else can be meant: "the air force bombed a village". What is fired on
// may be a ship, what is bombed or burnt down is where people live.
func (x *scene) ownPeople(e *casus.Event, c *clause) []casus.ActorID {
	source := e.Source[0]
	state := x.sideOf(source)
	if e.Type != casus.Assault || !razes[e.Mode] || len(state) != 3 || sector(source) == "" || isPeople(source) || len(e.Source) > 1 || c == nil {
		return nil
	}
	if at, ok := x.place(c); ok && at.ID.Head() != state {
		return nil
	}
	return []casus.ActorID{casus.ActorID(state + "/civ")}
}

// lastPartner is whom the actor's side had to do with last in the article. For
// force and retreat that is its enemy: talks with somebody make them no victim.
func (x *scene) lastPartner(e *casus.Event, _ *clause) []casus.ActorID {
	id, ok := x.dealings.partner[x.sideOf(e.Source[0])]
	switch e.Type {
	case casus.Assault, casus.Coerce:
		id, ok = x.dealings.foe[x.sideOf(e.Source[0])]
	case casus.Retreat:
		if foe, fought := x.dealings.foe[x.sideOf(e.Source[0])]; fought {
			id = foe
		}
	}
	if !ok || !x.isPartyOf(id) {
		return nil // a lawyer or a think tank that the article quoted is no side
	}
	switch e.Type {
	case casus.Request, casus.Reject, casus.Agree, casus.Consult:
		if s := sector(id); id.IsCountry() && (s == "police" || s == "border-guard" || s == "civ") {
			id = casus.ActorID(id.Head()) // one asks a state for something, and not its policemen
		}
	}
	return []casus.ActorID{id}
}

// otherParty is the one party beside the actor and the speaker that a sentence
// names; where it names several, nobody can tell, and nobody is taken.
func (x *scene) otherParty(e *casus.Event, c *clause) []casus.ActorID {
	var beside []int // "the seizure of the ship angered Washington": it is only told of there
	if c != nil && c.noun && c.bearer == nil && c.around != nil {
		beside = slices.Concat(c.around.slots["agent"], c.around.slots["patient"])
	}
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
		if c != nil && e.Type != casus.Retreat && x.aside(w, c) { // who flee do so from those whom they fought
			continue
		}
		if !ok || m.ID == "" || m.Class == actors.Place || m.Class == actors.Adjective || m.Place && x.s.preposition(w) != "" || slices.Contains(beside, w) {
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

// aside tells whether a word stands in a clause's subject beside its head, or in
// a phrase that only says when: who backs the actor and what came before are no
// side of the act ("De door Iran gesteunde Houthi's …", "na de aanval op Israël").
func (x *scene) aside(w int, c *clause) bool {
	coordinated := false
	for n := 0; n < len(x.s.words) && w >= 0 && w != c.pred; n++ {
		if x.gram.has("since", x.s.preposition(w)) {
			return true
		}
		up := x.s.words[w].Head
		if coordinated = coordinated || x.s.rel(w) == "conj"; slices.Contains(c.slots["agent"], up) {
			return !coordinated
		}
		w = up
	}
	return false
}

// mainParty is the side that the article has spoken of most beside the actor's
// own, where it is one of the two or three that the article is about.
func (x *scene) mainParty(e *casus.Event, _ *clause) []casus.ActorID {
	if !facing[e.Type] || e.Mode == "resign" {
		return nil
	}
	own := x.sides(e.Source)
	best, all := "", 0
	for side, n := range x.dealings.named {
		all += n
		if _, fights := x.dealings.foe[side]; slices.Contains(own, side) || e.Type == casus.Assault && !fights {
			continue // who only looks on is nobody's target
		}
		if most := x.dealings.named[best]; best == "" || n > most || n == most && side < best {
			best = side
		}
	}
	if best == "" || mainShare*x.dealings.named[best] < all {
		return nil
	}
	return []casus.ActorID{casus.ActorID(best)}
}

// facing are the acts that are done towards somebody, so that where the words
// leave out whom, it is the other side of the story. What is done at home, for
// many or with nobody in particular is left without.
var facing = map[casus.EventType]bool{
	casus.Accuse: true, casus.Assault: true, casus.Consult: true, casus.Reject: true,
	casus.Request: true, casus.Retreat: true, casus.Sanction: true, casus.Threaten: true,
	casus.Agree: true, casus.Concede: true, casus.Aid: true, casus.Support: true, casus.Mobilize: true,
}

// unlessSpeaker drops whoever a clause's words are by: they tell of others,
// unless the actor is their enemy.
func (x *scene) unlessSpeaker(ids []casus.ActorID, e *casus.Event, c *clause) []casus.ActorID {
	if c == nil || len(ids) == 0 {
		return ids
	}
	speaker := x.speaker(c)
	foe := x.dealings.foe[x.sideOf(e.Source[0])]
	return slices.DeleteFunc(slices.Clone(ids), func(id casus.ActorID) bool {
		return id == speaker && (x.sideOf(id) != x.sideOf(foe) || e.Type == casus.Support)
	})
}

// isMain tells whether an article is about a side: named often enough.
func (x *scene) isMain(side string) bool {
	all := 0
	for _, n := range x.dealings.named {
		all += n
	}
	return mainShare*x.dealings.named[side] >= all
}

// mainCountry is the country that an article names more often than all others
// together, "" where there is none.
func (x *scene) mainCountry() casus.ActorID {
	all, most, best := 0, 0, ""
	for side, n := range x.dealings.named {
		if casus.ActorID(side).IsCountry() {
			all += n
			if n > most {
				most, best = n, side
			}
		}
	}
	if 2*most <= all {
		return ""
	}
	return casus.ActorID(best)
}

// mostNamed is the country that an article has named most so far among those
// that are fit, "" for none; of equals the first in the alphabet.
func (x *scene) mostNamed(fit func(casus.ActorID) bool) casus.ActorID {
	most, best := 0, casus.ActorID("")
	for _, side := range slices.Sorted(maps.Keys(x.dealings.named)) {
		id := casus.ActorID(side)
		if n := x.dealings.named[side]; n > most && id.IsCountry() && fit(id) {
			most, best = n, id
		}
	}
	return best
}

// mainShare is the least part of the mentions of sides, as one in so many, by
// which an article is about a side.
const mainShare = 6

// count adds whom a sentence mentions to the sides that the article speaks of.
func (r *reading) count(s *sentence) {
	for w := range s.words {
		m, ok := s.mentions[w]
		if !ok || m.ID == "" || m.Head != w {
			continue
		}
		side := r.sideOf(m.ID)
		if casus.ActorID(side).IsCountry() || s.kinds[casus.ActorID(side)] == casus.ActorArmedGroup {
			r.dealings.named[side]++
		}
	}
}

// ground is the state on whose ground an act of force happens.
func (x *scene) ground(e *casus.Event, c *clause) []casus.ActorID {
	if e.Type == casus.Assault || e.Type == casus.Coerce && e.Mode == "seize" {
		return x.stateAround(e, c)
	}
	return nil
}

// retreatGround is the state that somebody withdraws from, where nothing else
// tells from whom.
func (x *scene) retreatGround(e *casus.Event, c *clause) []casus.ActorID {
	if e.Type == casus.Retreat && e.Mode == "withdraw" {
		return x.stateAround(e, c)
	}
	return nil
}

// whereStationed is the state in which the article has told that the forces stand
// that withdraw: "there are 400 French soldiers in Mali, who have a month to leave".
func (x *scene) whereStationed(e *casus.Event, _ *clause) []casus.ActorID {
	if e.Type != casus.Retreat || e.Mode != "withdraw" {
		return nil
	}
	own := x.sideOf(e.Source[0])
	for _, r := range slices.Backward(x.out) {
		rel, ok := r.Body.(*casus.Relation)
		if ok && (rel.Type == casus.DeploysIn || rel.Type == casus.BasesIn) && x.sideOf(rel.From) == own && rel.To.IsCountry() {
			return []casus.ActorID{casus.ActorID(rel.To.Head())}
		}
	}
	return nil
}

// stateAround is the state in which an act happens, nobody if that is the actor's own.
func (x *scene) stateAround(e *casus.Event, c *clause) []casus.ActorID {
	if c == nil {
		return nil
	}
	at, ok := x.place(c)
	if _, named := x.placeNamed(c, anywhere); !ok || !named && !x.isMain(at.ID.Head()) {
		return nil // a place that the story only passed through
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

// sideOf is the state or group that an actor belongs to; for a person the one
// that the article has them act for.
func (r *reading) sideOf(id casus.ActorID) string {
	if !id.IsPerson() {
		return id.Head()
	}
	for _, a := range r.doc.Cast.Actors {
		if a.ID == id && len(a.ActsFor) > 0 {
			return a.ActsFor[0].Actor.Head()
		}
	}
	return string(id)
}
