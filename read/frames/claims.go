package frames

import (
	"slices"
	"strings"
	"unicode"

	"casus"
)

// twins are the events that an act of saying is besides being said.
var twins = map[casus.Act]casus.Event{
	casus.AccuseAct:   {Type: casus.Accuse, Mode: "allege"},
	casus.Promise:     {Type: casus.Agree},
	casus.ThreatenAct: {Type: casus.Threaten},
	casus.Demand:      {Type: casus.Request},
	casus.RejectAct:   {Type: casus.Reject},
	casus.Praise:      {Type: casus.Support},
}

// claim writes down a saying, and the event that it is where the act is one.
func (x *scene) claim(y *saying) {
	if x.repeats(y) {
		return
	}
	rec := casus.Record{Article: x.doc.Article.ID, By: y.speaker, ByAs: x.words(y.as)}
	act := x.act(y)
	y.act = act
	rec.Status = x.saidStatus(y)
	rec.When = x.sayingTime(y)
	rec.Span = x.sayingSpan(y)
	rec.Where = x.sayingPlaces(y)
	rec.Made = casus.Made{Rule: y.rule, Confidence: 0.7}
	if !x.quote(&rec) {
		return
	}
	about := x.about(y)
	rec.Body = &casus.Claim{Speaker: y.speaker, Act: act, Quoted: y.quoted && hasMark(rec.Quote), About: about}
	x.out = append(x.out, rec)
	if twin, ok := twins[act]; ok && !y.ownEvent() {
		x.twin(rec, y, twin, about)
	}
}

// repeats tells whether a saying only introduces another one by the same
// speaker ("benadrukten dat zij eisen"): the inner one says more.
func (x *scene) repeats(y *saying) bool {
	if y.clause == nil {
		return false
	}
	if y.act == casus.Demand && x.asksAnonymity(y) {
		return true
	}
	if y.act != casus.Say {
		return false
	}
	for _, inner := range x.sayings {
		if inner != y && inner.clause != nil && inner.speaker == y.speaker && slices.Contains(y.content, inner.clause.pred) {
			return true
		}
	}
	return false
}

// asksAnonymity tells the formula "who asked not to be named" from a demand.
func (x *scene) asksAnonymity(y *saying) bool {
	for _, h := range y.content {
		if x.gram.has("anonymity", strings.ToLower(x.s.words[h].Lemma)) {
			return true
		}
	}
	return false
}

// hasMark tells whether a quote shows quotation marks of its own.
func hasMark(quote string) bool {
	for _, r := range quote {
		switch r {
		case '‘', '’', '“', '”', '"', '\'', '„', '«':
			return true
		}
	}
	return false
}

// ownEvent tells whether the reporting frame writes its event itself.
func (y *saying) ownEvent() bool {
	return y.frame != nil && slices.ContainsFunc(y.frame.Makes, func(m Make) bool { return m.Kind == "event" })
}

func (x *scene) twin(claim casus.Record, y *saying, twin casus.Event, about []casus.ActorID) {
	rec := claim
	rec.By, rec.ByAs, rec.Hedge, rec.Status = "", "", "", casus.Happened
	event := twin
	event.Source = []casus.ActorID{y.speaker}
	event.Target = x.addressees(y, about)
	x.remember(&event)
	x.complete(&event, y.clause)
	if event.Type == casus.Request {
		event.Mode = x.requested(y)
	}
	rec.Body = &event
	x.out = append(x.out, rec)
}

// addressees are those towards whom a saying is an act: whom it names as such,
// else those who do what is said, else those it is about.
func (x *scene) addressees(y *saying, about []casus.ActorID) []casus.ActorID {
	self := []casus.ActorID{y.speaker}
	if y.clause != nil {
		if ids := without(y.clause.role(targetRole, y.frame, x.gram, true, y.speaker), self); len(ids) > 0 {
			return ids
		}
	}
	for _, h := range y.content {
		if c := x.byWord[h]; c != nil {
			if ids := without(c.role(agentRole, &Frame{}, x.gram, true, y.speaker), self); len(ids) > 0 {
				return ids
			}
		}
	}
	if len(about) > 3 {
		return about[:3]
	}
	return about
}

// requested is the PLOVER mode of a request, from what its content would be.
func (x *scene) requested(y *saying) string {
	for _, c := range x.byWordOrder() {
		if !y.covers(x.s, c.pred) {
			continue
		}
		for _, f := range x.lex.match(c, x.gram) {
			for _, m := range f.Makes {
				if m.Kind != "event" {
					continue
				}
				switch typ, _ := m.event(); typ {
				case casus.Retreat, casus.Concede:
					return "yield"
				case casus.Aid, casus.Cooperate, casus.Support:
					return "assist"
				case casus.Consult:
					return "meet"
				}
			}
		}
	}
	return ""
}

func (x *scene) byWordOrder() []*clause { return x.clauses[x.s.index] }

// act refines what a saying does, from what is said and who says it.
func (x *scene) act(y *saying) casus.Act {
	if y.act == casus.Assess {
		if act, ok := x.stance(y); ok && act == casus.AccuseAct && !x.isAnalyst(y.speaker) {
			return act
		}
	}
	if y.act != casus.Say {
		return y.act
	}
	if x.accuses(y) {
		return casus.AccuseAct
	}
	analyst := x.isAnalyst(y.speaker)
	stance, ok := x.stance(y)
	if act, undertakes := x.undertaking(y); undertakes && !analyst {
		if act == casus.Promise && ok && stance == casus.AccuseAct {
			return casus.ThreatenAct // "op elke schending zullen we reageren"
		}
		return act
	}
	switch {
	case ok && (!analyst || stance == casus.Warn):
		return stance
	case analyst:
		return casus.Assess
	}
	return casus.Say
}

// stances are the acts that words of the content give away, the strongest first;
// the words are the language's lists of these names.
var stances = []struct {
	list string
	act  casus.Act
}{
	{"stance-reject", casus.RejectAct},
	{"stance-accuse", casus.AccuseAct},
	{"stance-warn", casus.Warn},
	{"stance-praise", casus.Praise},
}

func (x *scene) stance(y *saying) (casus.Act, bool) {
	for _, st := range stances {
		for w := range x.s.words {
			if !y.covers(x.s, w) || !x.gram.has(st.list, strings.ToLower(x.s.words[w].Lemma)) && !x.gram.has(st.list, x.s.lower(w)) {
				continue
			}
			if st.act == casus.Praise && !x.aboutAnother(y) {
				continue
			}
			return st.act, true
		}
	}
	return "", false
}

func (x *scene) aboutAnother(y *saying) bool {
	for _, id := range x.about(y) {
		if id.Head() != y.speaker.Head() {
			return true
		}
	}
	return false
}

// undertaking tells a promise ("we zullen …"), a refusal ("we will not …"), a
// denial ("wij hebben nooit …"), a demand ("… moeten vertrekken") and a
// prediction from a plain statement, by who is to do what is said, and when.
func (x *scene) undertaking(y *saying) (casus.Act, bool) {
	for _, h := range y.content {
		c := x.byWord[h]
		if c == nil || c.class != 'v' {
			continue
		}
		self, named := x.isSelf(c, y)
		future, deontic := x.auxiliaries(c)
		denied := c.present(x.gram, x.byWord).status == casus.Denied
		switch {
		case self && future && denied:
			return casus.RejectAct, true
		case self && future:
			return casus.Promise, true
		case self && denied:
			return casus.Deny, true
		case !self && named && deontic:
			return casus.Demand, true
		case !self && future && (denied || c.conditional(x.gram)):
			return casus.Predict, true
		}
	}
	return "", false
}

// auxiliaries tells whether a clause has one of the future or of obligation.
func (x *scene) auxiliaries(c *clause) (future, deontic bool) {
	for _, k := range x.s.kids[c.pred] {
		if x.s.rel(k) != "aux" {
			continue
		}
		form, lemma := x.s.lower(k), x.s.words[k].Lemma
		future = future || x.gram.has("future", form) || x.gram.has("future", lemma)
		deontic = deontic || x.gram.has("deontic", form) || x.gram.has("deontic", lemma)
	}
	return future, deontic
}

// isSelf tells whether the subject of a clause is the speaker, or belongs to the
// speaker ("ons grondgebied"); named is false where it has no subject that is an actor.
func (x *scene) isSelf(c *clause, y *saying) (self, named bool) {
	for _, w := range c.subject() {
		for _, id := range x.s.who(w, true, y.speaker) {
			named = true
			if id.Head() == y.speaker.Head() || id == y.speaker {
				return true, true
			}
		}
	}
	return false, named
}

// accuses tells whether a source phrase lays violence or force at another's door.
func (x *scene) accuses(y *saying) bool {
	if y.clause != nil || y.rule == "quotation" {
		return false
	}
	for _, c := range x.byWordOrder() {
		if c.class != 'v' || !y.covers(x.s, c.pred) {
			continue
		}
		for _, f := range x.lex.match(c, x.gram) {
			for _, m := range f.Makes {
				if m.Kind != "event" {
					continue
				}
				typ, _ := m.event()
				if typ != casus.Assault && typ != casus.Coerce {
					continue
				}
				for _, id := range c.role(m.roleOr("source", agentRole), f, x.gram, true, y.speaker) {
					if id.Head() != y.speaker.Head() && !y.speaker.IsPerson() && isParty(y.speaker) && !m.Mutual {
						return true
					}
				}
			}
		}
	}
	return false
}

// isParty tells a state or an armed group from an observer.
func isParty(id casus.ActorID) bool {
	head := id.Head()
	return len(head) == 3 && sector(id) != "med" && sector(id) != "civ"
}

// analysts are the ids of those who judge and do not speak for a party.
var analysts = map[casus.ActorID]bool{"analysts": true, "experts": true, "researchers": true, "critics": true, "observers": true}

// isAnalyst tells whether a speaker judges from outside: by id, or for a person
// by the words with which the article brings them on ("onderzoeker bij …").
func (x *scene) isAnalyst(id casus.ActorID) bool {
	if analysts[casus.ActorID(id.Head())] {
		return true
	}
	if !id.IsPerson() {
		return false
	}
	for _, a := range x.doc.Cast.Actors {
		if a.ID != id {
			continue
		}
		for _, name := range a.Names {
			if x.namesAnalyst(name) {
				return true
			}
		}
	}
	return false
}

// namesAnalyst tells whether a phrase has a word for somebody who judges, also
// as the end of a compound ("Kaukasuskenner").
func (x *scene) namesAnalyst(phrase string) bool {
	for _, word := range strings.FieldsFunc(strings.ToLower(phrase), func(r rune) bool { return !unicode.IsLetter(r) }) {
		for _, known := range x.gram.lists["analyst"] {
			if word == known || len(known) > 4 && strings.HasSuffix(word, known) {
				return true
			}
		}
	}
	return false
}

// saidStatus is the status of what is said, read from the head of the content.
func (x *scene) saidStatus(y *saying) casus.Status {
	for _, h := range y.content {
		if c := x.byWord[h]; c != nil {
			return y.colour(c.present(x.gram, x.byWord).status)
		}
	}
	if y.clause == nil {
		return y.colour(casus.Happened)
	}
	return y.colour(casus.Ongoing)
}

// sayingTime is when something was said: the reporting clause's own time
// expression, not one inside what is said.
func (x *scene) sayingTime(y *saying) casus.Period {
	for _, e := range x.doc.Times[x.s.index] {
		if y.clause == nil || e.Period.IsOpen() || e.Period.From == 0 {
			continue
		}
		if published := x.moments.published.To; published != 0 && e.Period.From > published {
			continue // what was said was not said after the article
		}
		at := anchorOf(x.s, e)
		if x.s.under(at, y.clause.pred) && !y.covers(x.s, at) {
			return e.Period
		}
	}
	if !x.moments.last.IsZero() {
		return x.moments.last
	}
	if x.moments.published.IsZero() {
		return casus.Always
	}
	return x.moments.published
}

// sayingSpan is the reporting clause with what it reports.
func (x *scene) sayingSpan(y *saying) casus.Span {
	s := x.s
	whole := s.span(0, len(s.words)-1)
	if y.clause == nil || s.words[y.clause.pred].Head < 0 && !x.coordinates(y) {
		return whole
	}
	span := x.clauseSpan(y.clause)
	for _, h := range y.content {
		first, last := s.bounds(h, func(k int) bool { return s.rel(k) != "punct" || s.quoted[k] })
		c := s.span(first, last)
		span = casus.Span{Start: min(span.Start, c.Start), End: max(span.End, c.End)}
	}
	if 6*span.Len() >= 5*whole.Len() {
		return whole
	}
	return span
}

// coordinates tells whether the sentence reports more than one saying side by side.
func (x *scene) coordinates(y *saying) bool {
	for _, k := range x.s.kids[y.clause.pred] {
		if x.s.rel(k) == "conj" && x.s.isClause(k) {
			return true
		}
	}
	return false
}

func (x *scene) sayingPlaces(y *saying) []string {
	if y.clause != nil {
		return x.places(y.clause)
	}
	if len(y.content) > 0 {
		if c := x.byWord[y.content[0]]; c != nil {
			return x.places(c)
		}
	}
	return nil
}

// mostAbout bounds whom a claim is about.
const mostAbout = 6

// about lists everybody named in what is said but the speaker.
func (x *scene) about(y *saying) []casus.ActorID {
	var out []casus.ActorID
	add := func(w int) {
		m, ok := x.s.mentions[w]
		if !ok {
			return
		}
		for _, id := range mentioned(m, "") {
			if id != y.speaker && !slices.Contains(out, id) && len(out) < mostAbout {
				out = append(out, id)
			}
		}
	}
	for w := range x.s.words {
		if y.covers(x.s, w) || y.clause != nil && w != y.clause.pred && x.s.under(w, y.clause.pred) {
			add(w)
		}
	}
	return out
}
