package frames

import (
	"slices"
	"strings"

	"casus"
)

// bond is who owes and to whom.
type bond struct{ debtors, owed []casus.ActorID }

// bonds remember whom each kind of commitment last bound in the article: the
// parties of "the deal" and "the ultimatum" that later sentences do not name.
// The bond of "" is the last of any kind.
type bonds map[casus.Basis]bond

// accords remember the parties of the truce (true) and of the deal or treaty
// (false) that the article spoke of last.
type accords map[bool]bond

// impersonal are the commitments that bind the parties to something between
// them; a pledge is made by one to another.
var impersonal = map[casus.Basis]bool{casus.Deal: true, casus.Treaty: true, casus.Ceasefire: true}

func (x *scene) commitment(c *clause, f *Frame, m Make) {
	basis, state := casus.Basis(m.What[0]), casus.State(m.What[1])
	if basis == casus.Pledge && x.vowsForce(c) {
		return
	}
	dutyAt := c.phrase(m.roleOr("duty", Role{{"inf"}, {"that"}, {"patient"}}), f)
	if dutyAt < 0 {
		dutyAt = c.pred
	}
	b := x.governed(x.bound(c, f, m, dutyAt))
	b.owed = slices.DeleteFunc(slices.Clone(b.owed), func(id casus.ActorID) bool { return captive[sector(id)] }) // to free prisoners is owed to others
	if len(b.debtors) == 0 || len(b.owed) == 0 {
		return
	}
	x.bonds[basis], x.bonds[""] = b, b
	if m.Own && !x.undertakes(c, f, m, b) || c.noun && x.s.isAny(c.pred, x.gram) {
		return
	}
	bare := dutyAt == c.pred || slices.Contains(c.slots["patient"], dutyAt) || x.s.hasLemma(dutyAt, x.gram.lists["documents"])
	if bare && basis != casus.Ceasefire && m.Mutual && state == casus.InForce && !x.s.saysWhat(dutyAt) {
		return // that a deal was signed says nothing of what it binds to
	}
	n := 0
	for _, debtor := range b.debtors {
		for _, owed := range b.owed {
			if debtor == owed || n >= mostPairs || x.promisedNothing(owed) {
				continue
			}
			rec, ok := x.base(c, f, m)
			if !ok || state != casus.InForce && state != casus.Offered && x.isOnlyTerm(c, rec.Status) {
				return // "if a side does not keep its word": nobody has
			}
			became, ok := m.asTold(state, &rec)
			if !ok || settles(became) && c.isAsked(x.gram) {
				return
			}
			if m.Any && rec.Status == casus.Possible && x.gram.has("future-of-past", strings.ToLower(rec.Hedge)) {
				return // "several parties are said to be involved": hearsay binds nobody
			}
			if m.Mutual && !m.Any && became == casus.InForce && rec.Status == casus.Possible {
				return // "tried to reach a truce" binds nobody yet
			}
			terms := x.terms(c, dutyAt)
			x.dateCommitment(&rec, basis, became)
			if terms != "" && (rec.Status == casus.Planned || rec.Status == casus.Possible) {
				rec.Status = casus.Conditional
			}
			x.undertaken(&rec, c, basis)
			x.breachAlleged(&rec, c, became)
			duty, deadline := x.duty(dutyAt)
			if m.Due && deadline == 0 {
				return
			}
			if x.owedHere(rec.Span, debtor, owed, became) {
				continue
			}
			rec.Body = &casus.Commitment{Debtor: debtor, Beneficiary: owed, Duty: duty, Condition: terms, Deadline: deadline, Basis: basis, State: became}
			x.out = append(x.out, rec)
			n++
		}
	}
}

// vowsForce tells a pledge that is owed to nobody: "vowed to turn it to ash", "that
// an offensive will begin", "vowed to strike back".
func (x *scene) vowsForce(c *clause) bool {
	return x.lex.threatens(c) || slices.ContainsFunc(x.sayings, func(y *saying) bool {
		return y.clause == c && (y.act == casus.ThreatenAct || x.ofForce(y, "beginning"))
	})
}

// owedHere tells whether the same words have made the same sides owe each
// other already, by another frame.
func (x *scene) owedHere(at casus.Span, debtor, owed casus.ActorID, state casus.State) bool {
	return slices.ContainsFunc(x.out, func(r casus.Record) bool {
		o, ok := r.Body.(*casus.Commitment)
		return ok && r.Span.Start <= at.Start && at.End <= r.Span.End && o.State == state &&
			x.sideOf(o.Debtor) == x.sideOf(debtor) && x.sideOf(o.Beneficiary) == x.sideOf(owed)
	})
}

// saysWhat tells whether the words of a deal say what is to be done: it is a
// clause, or a noun with one ("an agreement to swap prisoners").
func (s *sentence) saysWhat(w int) bool {
	if s.words[w].UPOS == "VERB" {
		return true
	}
	for _, k := range s.kids[w] {
		switch s.rel(k) {
		case "acl", "ccomp", "advcl", "xcomp":
			if s.words[k].Deprel == "acl:relcl" {
				return s.child(k, "aux") >= 0 // "a deal under which Iran must …"
			}
			return s.words[k].UPOS == "VERB" && s.child(k, "mark") >= 0
		}
	}
	return false
}

// asTold is what became of a commitment as its clause tells it: a truce that did
// not hold is broken, what was never signed binds nobody, and of a duty that
// any verb may tell what was done is kept.
func (m Make) asTold(state casus.State, rec *casus.Record) (casus.State, bool) {
	denied := rec.Status == casus.Denied
	switch {
	case state == casus.Kept && denied:
		rec.Status = casus.Happened
		return casus.Broken, true
	case settles(state) && (rec.Status == casus.Planned || rec.Status == casus.Conditional), state == casus.Lapsed && rec.Status == casus.Possible:
		return state, false // "if a party does not keep its word", "the deadline ends on Tuesday": it still stands
	case m.Any && denied:
		rec.Status = casus.Planned // "Afghan soil will not be used"
	case denied && (state == casus.InForce || state == casus.Offered):
		return state, false
	case m.Own && rec.Status == casus.Conditional:
		return casus.Offered, true
	case m.Own:
		return state, rec.Status == casus.Planned
	case m.Any && state == casus.InForce && rec.Status == casus.Happened:
		return casus.Kept, true
	}
	return state, true
}

// settles tells whether a state is an end: what has not come about settles nothing.
func settles(s casus.State) bool {
	return s == casus.Kept || s == casus.Broken || s == casus.Lapsed
}

// isAny tells whether a noun is of whatever there may be: "any breach".
func (s *sentence) isAny(w int, g *Grammar) bool {
	det := s.child(w, "det")
	return det >= 0 && g.has("any", s.lower(det))
}

// hostile are the acts that nobody promises: who says that they will do them threatens.
var hostile = map[casus.EventType]bool{
	casus.Assault: true, casus.Coerce: true, casus.Threaten: true, casus.Sanction: true, casus.Accuse: true,
	casus.Reject: true, casus.Mobilize: true, casus.Protest: true, casus.Request: true,
}

// undertakes tells whether a clause is what those who are to do it say
// themselves, and no threat.
func (x *scene) undertakes(c *clause, f *Frame, m Make, b bond) bool {
	y := innermost(x.sayings, x.s, c.pred)
	if y == nil || len(b.debtors) == 0 || x.sideOf(y.speaker) != x.sideOf(b.debtors[0]) {
		return false
	}
	if c.present(x.gram, x.byWord).status == casus.Denied && len(c.role(m.roleOr("to", targetRole), f, x.gram, true, y.speaker)) == 0 {
		return false // "we will not accept that"
	}
	if y.act == casus.ThreatenAct || y.act == casus.AccuseAct || y.act == casus.Demand {
		return false
	}
	for _, f := range x.lex.match(c, acts) {
		for _, m := range f.Makes {
			if m.Kind == "event" {
				if typ, _ := m.event(); hostile[typ] {
					return false
				}
			}
		}
	}
	return true
}

// bound finds who owes what a clause tells, and to whom. What the words leave
// out is sought in the duty, then in the story.
func (x *scene) bound(c *clause, f *Frame, m Make, dutyAt int) bond {
	basis, speaker := casus.Basis(m.What[0]), x.speaker(c)
	if m.Mutual {
		if b := x.boundMutually(c, f, m); len(b.debtors) > 0 || basis != casus.Treaty || m.status() != casus.Conditional {
			return b
		}
		return x.oneForAll()
	}
	b := bond{debtors: c.role(m.roleOr("debtor", agentRole), f, x.gram, true, speaker),
		owed: c.role(m.roleOr("to", targetRole), f, x.gram, true, speaker)}
	if len(b.debtors) == 1 {
		b.owed = without(b.owed, b.debtors)
	}
	if at := c.phrase(m.roleOr("debtor", agentRole), f); len(b.debtors) == 0 && at >= 0 && basis == casus.Ultimatum && x.s.isOf(at, "people") {
		b.debtors = x.peopleHere(c, "civ") // "ordered the residents to leave"
	}
	last, known := x.bonds[basis]
	switch {
	case m.Own:
		if len(b.debtors) > 0 && len(b.owed) == 0 {
			b.owed = x.concerned(b.debtors, dutyAt)
		}
	case len(b.debtors) == 0 && len(b.owed) == 0 && c.noun:
		return b
	case len(b.debtors) == 0 && len(b.owed) == 0:
		return x.lastBond(basis)
	case len(b.debtors) == 0 && known:
		b.debtors = without(last.debtors, b.owed)
	case len(b.debtors) == 0 && speaker != "":
		b.debtors = without([]casus.ActorID{speaker}, b.owed)
	case len(b.debtors) == 0:
		if other, ok := x.dealings.partner[x.sideOf(b.owed[0])]; ok {
			b.debtors = []casus.ActorID{other}
		}
	case len(b.owed) == 0 && impersonal[basis] && m.leaves("to"):
		own := x.sideOf(b.debtors[0])
		if b.owed = x.others(x.accords[basis == casus.Ceasefire].debtors, own); len(b.owed) == 0 {
			b.owed = x.others(x.accords[basis != casus.Ceasefire].debtors, own) // "is to return" is owed where a deal or a truce was told of
		}
		if len(b.owed) == 0 {
			b.owed = x.concerned(b.debtors, dutyAt) // "is obliged to help Greece"
		}
	case len(b.owed) == 0:
		b.owed = x.creditors(basis, b.debtors, dutyAt)
		if accuser := speaker; len(b.owed) == 0 && m.What[1] == string(casus.Broken) && accuser != "" && x.isSide(accuser) && x.sideOf(accuser) != x.sideOf(b.debtors[0]) {
			b.owed = []casus.ActorID{accuser} // "Ukraine says Russia broke the truce"
		}
	}
	return b
}

// oneForAll binds the members of the alliance that the article spoke of last to
// come to each other's aid: those who made it in the article, else the alliance.
func (x *scene) oneForAll() bond {
	if x.body == "" {
		return bond{}
	}
	if made := x.accords[false].debtors; len(made) > 1 && !slices.Contains(made, x.body) {
		return bond{made, []casus.ActorID{x.body}}
	}
	return bond{[]casus.ActorID{x.body}, []casus.ActorID{x.body + "/member-states"}}
}

// lastBond is who was bound last by a deal, an ultimatum or the like that the
// words call to mind ("the deadline expired").
func (x *scene) lastBond(basis casus.Basis) bond {
	if last, known := x.bonds[basis]; known {
		return last
	}
	if made := x.accords[basis == casus.Ceasefire]; impersonal[basis] && (len(made.debtors) > 0 || basis != casus.Ceasefire || !x.areFoes(x.dealings.pair)) {
		return made
	}
	if basis == casus.Ceasefire && x.areFoes(x.dealings.pair) {
		return bond{x.dealings.pair, x.dealings.pair} // of those who fought
	}
	return x.bonds[""]
}

// leaves tells whether a frame leaves a role to the article: "to=".
func (m Make) leaves(role string) bool {
	r, ok := m.Roles[role]
	return ok && len(r) == 0
}

// boundMutually finds the parties of a deal or a truce: each owes the others.
func (x *scene) boundMutually(c *clause, f *Frame, m Make) bond {
	parties := x.thoseWhoFought(c.role(m.roleOr("debtor", partyRole), f, x.gram, true, x.speaker(c)))
	switch {
	case len(parties) == 1:
		if owed := x.concerned(parties, c.phrase(Role{{"inf"}, {"that"}}, f)); len(owed) > 0 && !c.noun {
			return bond{parties, owed} // "agreed to lend Kyiv …"
		}
		others := x.creditors(casus.Basis(m.What[0]), parties, -1)
		if len(others) == 0 {
			others = without(x.bystander(c, x.speaker(c)), parties)
		}
		parties = append(parties, others...)
	case len(parties) == 0 && !c.noun:
		if last := x.accords[casus.Basis(m.What[0]) == casus.Ceasefire]; len(last.debtors) > 0 {
			return last
		}
		if basis := casus.Basis(m.What[0]); basis == casus.Deal && len(c.slots["agent"]) > 0 || x.areFoes(x.dealings.pair) {
			parties = x.dealings.pair // "both sides agreed to …"
		}
	}
	return bond{parties, parties}
}

// creditors are those to whom somebody owes what the words do not address to
// anybody: what several undertake they owe each other; else whom the duty is
// about, the other party of the deal that the article speaks of, or the one
// that the debtor had to do with last.
func (x *scene) creditors(basis casus.Basis, debtors []casus.ActorID, dutyAt int) []casus.ActorID {
	if len(debtors) > 1 {
		if about := x.concerned(debtors, dutyAt); basis == casus.Pledge && len(about) > 0 {
			return about
		}
		return debtors
	}
	own := x.sideOf(debtors[0])
	if impersonal[basis] {
		if others := x.others(x.accords[basis == casus.Ceasefire].debtors, own); len(others) > 0 {
			return others
		}
	}
	if about := x.concerned(debtors, dutyAt); len(about) > 0 && (basis != casus.Law || x.sideOf(about[0]) != own) {
		return about
	}
	if basis == casus.Pledge && x.people != "" && x.s.index-x.peopleAt <= 1 {
		return []casus.ActorID{x.people}
	}
	if x.s.kinds[debtors[0]] == casus.ActorAlliance {
		return []casus.ActorID{debtors[0] + "/member-states"} // what an alliance undertakes it owes its members
	}
	if owed := x.promised(own); basis == casus.Pledge && owed != "" {
		return []casus.ActorID{owed}
	}
	if other, ok := x.dealings.partner[own]; ok && basis != casus.Ceasefire {
		return []casus.ActorID{other}
	}
	if foe, ok := x.dealings.foe[own]; ok && basis == casus.Ceasefire {
		return []casus.ActorID{foe}
	}
	return nil
}

// areFoes tells whether two sides fought each other last.
func (x *scene) areFoes(pair []casus.ActorID) bool {
	if len(pair) != 2 {
		return false
	}
	foe, ok := x.dealings.foe[x.sideOf(pair[0])]
	return ok && x.sideOf(foe) == x.sideOf(pair[1])
}

// promised is the country that an article is about, to which others promise
// what they do not say to whom ("Norway pledged four million"); "" where
// the article is about several, or about the one who promises.
func (x *scene) promised(own string) casus.ActorID {
	main := x.mainCountry()
	if string(main) == own {
		return ""
	}
	if x.doc.Governor != nil && main != "" {
		if by, ok := x.doc.Governor(main); ok && x.sideOf(by) == own {
			return "" // who governs it
		}
	}
	return main
}

// governed puts the group that governs a state in the place of the state: it is
// the Taliban whom a deal with Afghanistan binds.
func (x *scene) governed(b bond) bond {
	if x.doc.Governor == nil {
		return b
	}
	put := func(ids []casus.ActorID) []casus.ActorID {
		out := slices.Clone(ids)
		for i, id := range out {
			if by, ok := x.doc.Governor(id); ok {
				out[i] = by
			}
		}
		return out
	}
	return bond{put(b.debtors), put(b.owed)}
}

// others are the parties of another side, if the side is one of the parties.
func (x *scene) others(parties []casus.ActorID, side string) []casus.ActorID {
	out := slices.DeleteFunc(slices.Clone(parties), func(id casus.ActorID) bool { return x.sideOf(id) == side })
	if len(out) == len(parties) {
		return nil
	}
	return out
}

// captive are the second segments of actor ids of those who are handed over,
// not promised to.
var captive = map[string]bool{"hostages": true, "prisoners": true}

// concerned is the first actor that the words of a duty name beside the side
// that owes it: people before others ("promised every returning family a plot").
func (x *scene) concerned(debtors []casus.ActorID, dutyAt int) []casus.ActorID {
	if dutyAt < 0 {
		return nil
	}
	own := map[string]bool{}
	for _, id := range debtors {
		own[x.sideOf(id)] = true
	}
	first, last := x.s.bounds(dutyAt, nil)
	var found []casus.ActorID
	for w := first; w <= last; w++ {
		m, ok := x.s.mentions[w]
		switch {
		case !ok && x.people != "" && x.s.words[w].UPOS == "NOUN" && x.s.people[strings.ToLower(x.s.words[w].Lemma)]:
			return []casus.ActorID{x.people} // "every returning family"
		case !ok || m.ID == "" || own[x.sideOf(m.ID)] && !isPeople(m.ID) || captive[sector(m.ID)]:
			continue
		case isPeople(m.ID):
			return []casus.ActorID{m.ID}
		}
		if found == nil && (isParty(m.ID) || x.s.isForce(m.ID)) {
			found = []casus.ActorID{m.ID}
		}
	}
	return found
}

// undertaken gives a pledge or an ultimatum the one who makes it as the one
// who says so, where the clause is their saying.
func (x *scene) undertaken(rec *casus.Record, c *clause, basis casus.Basis) {
	if impersonal[basis] || rec.By != "" {
		return
	}
	for _, y := range x.sayings {
		if y.clause == c {
			rec.By, rec.ByAs = y.speaker, x.words(y.as)
		}
	}
}

// breachAlleged gives a breach that somebody accuses another of as what the
// accuser says.
func (x *scene) breachAlleged(rec *casus.Record, c *clause, state casus.State) {
	if state != casus.Broken || rec.By != "" || rec.Status == casus.Denied {
		return
	}
	for _, y := range x.sayings {
		if y.clause == c && y.act == casus.AccuseAct {
			rec.Status, rec.By, rec.ByAs = casus.Possible, y.speaker, x.words(y.as)
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

// terms returns the words of the condition that a duty hangs on, "" for none:
// a clause with a conjunction of condition, or a phrase that says that there is one.
func (x *scene) terms(c *clause, dutyAt int) string {
	s, found := x.s, -1
	look := func(w int) {
		if mark := s.child(w, "mark"); found < 0 && (s.isCondition(w, x.gram) || mark >= 0 && x.gram.has("terms", s.lower(mark))) ||
			s.words[w].UPOS == "NOUN" && x.gram.has("terms", strings.ToLower(s.words[w].Lemma)) {
			found = w
		}
	}
	s.walk(dutyAt, look, nil)
	for _, k := range s.kids[c.pred] {
		if s.rel(k) == "advcl" {
			look(k)
		}
	}
	if found < 0 || found == dutyAt || found == c.pred {
		return ""
	}
	first, last := s.bounds(found, func(k int) bool { return s.rel(k) != "punct" })
	return strings.Join(strings.Fields(x.words(s.span(first, last))), " ")
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

// pledged makes a commitment of what somebody promises in a sentence, its records
// from one on, where no frame has made one: owed to the one whom the promise is
// made to, else to whom such a thing is owed without saying. A promise of force is none.
func (x *scene) pledged(from int) {
	for _, r := range x.out[from:] {
		claim, ok := r.Body.(*casus.Claim)
		if !ok || claim.Act != casus.Promise || r.Status != casus.Planned || !x.isSide(claim.Speaker) || x.settled(r, from) {
			continue
		}
		owed := x.promisedTo(r, claim.Speaker, from)
		if owed == "" {
			continue
		}
		rec := r
		x.dateCommitment(&rec, casus.Pledge, casus.InForce)
		duty, deadline := x.promiseTold(r, claim.Speaker)
		rec.Body = &casus.Commitment{Debtor: claim.Speaker, Beneficiary: owed, Duty: duty, Deadline: deadline, Basis: casus.Pledge, State: casus.InForce}
		x.out = append(x.out, rec)
	}
}

// promiseTold returns the words of what somebody promises, and by when it is to be done.
func (x *scene) promiseTold(promise casus.Record, by casus.ActorID) (string, casus.Date) {
	for _, y := range x.sayings {
		if y.act == casus.Promise && y.speaker == by && len(y.content) > 0 && x.sayingSpan(y) == promise.Span {
			return x.duty(y.content[0])
		}
	}
	return strings.Join(strings.Fields(promise.Quote), " "), 0
}

// settled tells whether the words of a promise have made a commitment already, or
// tell of an act that nobody promises.
func (x *scene) settled(promise casus.Record, from int) bool {
	return slices.ContainsFunc(x.out[from:], func(o casus.Record) bool {
		if o.Span.Start >= promise.Span.End || promise.Span.Start >= o.Span.End {
			return false
		}
		e, act := o.Body.(*casus.Event)
		_, owed := o.Body.(*casus.Commitment)
		return owed || act && hostile[e.Type] && o.By == promise.By
	})
}

// promisedTo is the one whom a promise's own event is towards, else who is owed
// what a side promises to nobody.
func (x *scene) promisedTo(promise casus.Record, by casus.ActorID, from int) casus.ActorID {
	for _, o := range x.out[from:] {
		if e, ok := o.Body.(*casus.Event); ok && o.Span == promise.Span && e.Type == casus.Agree && slices.Contains(e.Source, by) && len(e.Target) > 0 {
			to := e.Target[0]
			if others := x.others(x.accords[false].debtors, x.sideOf(by)); len(others) > 0 && !isPeople(to) {
				return others[0] // what a side promises in a deal it owes the other
			}
			if (isPeople(to) || (isParty(to) || to.IsPerson()) && x.sideOf(to) != x.sideOf(by)) && sector(to) != "embassy" {
				return to
			}
			return ""
		}
	}
	if owed := x.creditors(casus.Pledge, []casus.ActorID{by}, -1); len(owed) > 0 {
		return owed[0]
	}
	return ""
}
