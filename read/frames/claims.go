package frames

import (
	"slices"
	"strings"

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
	if x.repeats(y) || x.tellsNothing(y) || x.isToldOf(y) {
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
	if twin, ok := twins[act]; ok && !y.ownEvent() && y.uttered == nil {
		if !x.joins(y) {
			x.twin(rec, y, twin, about)
		}
	}
}

// joins adds a speaker to the act that another of the same clause has done
// already: what several demand together is one demand of them all. It tells
// whether there was one.
func (x *scene) joins(y *saying) bool {
	if y.clause == nil {
		return false
	}
	for _, t := range x.twinned {
		if t.by.clause != y.clause || t.by.act != y.act || t.by.speaker == y.speaker {
			continue
		}
		t.event.Source = append(without(t.event.Source, []casus.ActorID{y.speaker}), y.speaker)
		if t.event.Target = without(t.event.Target, t.event.Source); len(t.event.Target) == 0 {
			t.event.Target = reversed(t.event.Source) // "each side blames the other"
		}
		return true
	}
	return false
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
		if inner != y && inner.clause != nil && inner.speaker == y.speaker && slices.Contains(y.content, inner.clause.pred) && !x.isToldOf(inner) {
			return true
		}
	}
	return false
}

// isToldOf tells whether a saying is only what another one tells of its own side
// without a word of it ("Iran will respond, said the general"): then the other is
// the saying, with the act of this one.
func (x *scene) isToldOf(y *saying) bool {
	if y.clause == nil || y.last > 0 {
		return false
	}
	if future, _ := x.auxiliaries(y.clause); !future && y.act != casus.Say {
		return false // "rejects the charge, says the ministry"
	}
	for _, slot := range []string{"that", "quote", "inf"} {
		if len(y.clause.slots[slot]) > 0 {
			return false
		}
	}
	for _, outer := range x.sayings {
		if outer == y || outer.clause == y.clause || !slices.Contains(outer.content, y.clause.pred) {
			continue
		}
		if outer.speaker == y.speaker && y.act == casus.Say || outer.speaker != y.speaker && x.mayBeOf(outer.speaker, y.speaker) {
			return true
		}
	}
	return false
}

// mayBeOf tells whether somebody speaks for an actor's side, or is a person of
// whom nobody knows for whom they speak.
func (x *scene) mayBeOf(who, actor casus.ActorID) bool {
	side := x.sideOf(who)
	return side == x.sideOf(actor) || who.IsPerson() && side == string(who)
}

// tellsNothing tells a saying of which the words give no content ("did not
// comment"), and one that is asked about ("How is Tehran reacting?").
func (x *scene) tellsNothing(y *saying) bool {
	if x.answersWithDeed(y) {
		return true
	}
	if y.clause == nil {
		return false
	}
	last := len(x.s.words) - 1
	asked := last > 0 && x.s.words[last].Form == "?" && x.s.words[y.clause.pred].Head < 0 && !x.s.quoted[last]
	return asked || y.act == casus.Say && len(y.content) == 0 && y.last == 0 && !y.clause.hasComplement()
}

// hasComplement tells whether a verb has more than a subject and adverbs, or
// stands in a relative clause ("weapons that they say came from Iran").
func (c *clause) hasComplement() bool {
	if c.s.words[c.pred].Deprel == "acl:relcl" {
		return true
	}
	for slot := range c.slots {
		switch slot {
		case "agent", "adv", "bare", "prt", "aux", "refl", "case":
		default:
			return true
		}
	}
	return false
}

// answersWithDeed tells an answer that is no word but an act: "responded with an air
// strike", "by expelling the ambassador".
func (x *scene) answersWithDeed(y *saying) bool {
	if y.clause == nil || y.quoted || !x.gram.has("answering", y.clause.lemma) || len(y.clause.slots["that"]) > 0 {
		return false
	}
	for _, k := range x.s.kids[y.clause.pred] {
		deed := x.byWord[k]
		if deed == nil || k < y.clause.pred || !(x.s.rel(k) == "obl" && x.gram.has("answering-with", x.s.preposition(k))) && !(x.s.rel(k) == "advcl" && deed.finite() < 0) {
			continue
		}
		for _, f := range x.lex.match(deed, acts) {
			for _, m := range f.Makes {
				if typ, _ := m.event(); m.Kind == "event" && (suffered[typ] || typ == casus.Sanction || typ == casus.Mobilize) {
					return true
				}
			}
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
	return y.performed == nil && y.frame != nil && slices.ContainsFunc(y.frame.Makes, func(m Make) bool { return m.Kind == "event" })
}

func (x *scene) twin(claim casus.Record, y *saying, twin casus.Event, about []casus.ActorID) {
	rec := claim
	rec.By, rec.ByAs, rec.Hedge, rec.Status = "", "", "", casus.Happened
	event := twin
	if y.performed != nil && y.disapproves() {
		event.Mode = "disapprove"
	}
	event.Source = []casus.ActorID{y.speaker}
	event.Target = x.addressees(y, about)
	if who := sector(y.speaker); event.Type != casus.Request && (y.speaker.IsPerson() || who == "" || who == "gov" || who == "mil") {
		event.Target = without(event.Target, []casus.ActorID{casus.ActorID(x.sideOf(y.speaker))}) // no state praises itself
	}
	if event.Type == casus.Agree || event.Type == casus.Threaten {
		event.Target = slices.DeleteFunc(event.Target, func(id casus.ActorID) bool {
			return x.sideOf(id) == x.sideOf(y.speaker) && statePowers[sector(id)] // the troops that are promised
		})
	}
	event.Target = slices.DeleteFunc(slices.Clone(event.Target), x.promisedNothing)
	if others := without(event.Target, []casus.ActorID{casus.ActorID(x.sideOf(y.speaker))}); len(others) > 0 {
		event.Target = others // "called for an end to the violence": not his own state's, where another is named
	}
	x.remember(&event)
	named := len(event.Target) > 0
	x.complete(&event, y.clause)
	rec.Made = concluded(rec.Made, false, !named && len(event.Target) > 0)
	if event.Type == casus.Request {
		event.Mode = x.requested(y)
	}
	rec.Body = &event
	x.out = append(x.out, rec)
	x.twinned = append(x.twinned, twinned{y, &event})
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
	if y.act == casus.ThreatenAct {
		if ids := without(x.threatened(y), self); len(ids) > 0 {
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
	if y.act == casus.AccuseAct {
		if ids := x.accused(y); len(ids) > 0 {
			return ids
		}
	}
	if threatens := x.act(y) == casus.ThreatenAct; threatens { // nobody threatens his own side
		about = slices.DeleteFunc(slices.Clone(about), func(id casus.ActorID) bool { return x.sideOf(id) == x.sideOf(y.speaker) })
	}
	if len(about) > 3 {
		return about[:3]
	}
	return about
}

// accused are those of another side who do the harm that an accusation tells of, by
// whatever phrase names them: "its troops came under attack from M23".
func (x *scene) accused(y *saying) []casus.ActorID {
	side := x.sideOf(y.speaker)
	for _, c := range x.byWordOrder() {
		if !y.covers(x.s, c.pred) {
			continue
		}
		for _, f := range x.lex.match(c, acts) {
			for _, m := range f.Makes {
				if typ, _ := m.event(); m.Kind != "event" || m.Mutual || typ != casus.Assault && typ != casus.Coerce {
					continue
				}
				ids := slices.DeleteFunc(c.role(m.roleOr("source", agentRole), f, x.gram, true, y.speaker), func(id casus.ActorID) bool { return x.sideOf(id) == side })
				if len(ids) > 0 {
					return ids
				}
			}
		}
	}
	return nil
}

// threatened are those against whom a threat says that force will be used.
func (x *scene) threatened(y *saying) []casus.ActorID {
	for _, c := range x.byWordOrder() {
		if !y.covers(x.s, c.pred) || c.class != 'v' {
			continue
		}
		for _, f := range x.lex.match(c, acts) {
			for _, m := range f.Makes {
				if m.Kind != "event" {
					continue
				}
				if typ, _ := m.event(); typ != casus.Assault && typ != casus.Coerce && typ != casus.Sanction {
					continue
				}
				if ids := c.role(m.roleOr("target", targetRole), f, x.gram, true, y.speaker); len(ids) > 0 {
					return ids
				}
			}
		}
	}
	return nil
}

// requested is the PLOVER mode of a request, from what its content would be: by its
// verb, else by its nouns.
func (x *scene) requested(y *saying) string {
	for _, verbs := range []bool{true, false} {
		for _, c := range x.byWordOrder() {
			if (c.class == 'v') != verbs || !y.covers(x.s, c.pred) {
				continue
			}
			for _, f := range x.lex.match(c, acts) {
				for _, m := range f.Makes {
					if m.Kind != "event" {
						continue
					}
					if mode := requestMode(m); mode == "assist" && x.negated(c) {
						return "change" // "no longer to support the rebels"
					} else if mode != "" {
						return mode
					}
				}
			}
		}
	}
	return ""
}

// requestMode is the mode of a request for an event.
func requestMode(m Make) string {
	switch typ, _ := m.event(); typ {
	case casus.Retreat, casus.Concede:
		return "yield"
	case casus.Aid, casus.Cooperate, casus.Support:
		return "assist"
	case casus.Consult:
		return "meet"
	case casus.Sanction:
		return "change"
	}
	return ""
}

func (x *scene) byWordOrder() []*clause { return x.clauses[x.s.index] }

// saidStatus is the status of what is said, read from the head of the content
// and from what kind of act the saying is.
func (x *scene) saidStatus(y *saying) casus.Status {
	said, clausal := x.said(y)
	if said.status != casus.Happened && x.lacks(y) {
		said.status = casus.Conditional
	}
	switch y.act {
	case casus.Praise:
		if !clausal && x.namesDeed(y) || clausal && said.status == casus.Happened {
			return casus.Happened
		}
		return casus.Ongoing
	case casus.AccuseAct:
		if y.disapproves() {
			return casus.Happened // one condemns what somebody did
		}
	case casus.ThreatenAct:
		return x.threatStatus(y, said, clausal)
	case casus.Promise:
		if x.offers(y) && said.status != casus.Conditional {
			return casus.Possible
		}
	case casus.Say:
		if y.clause != nil && x.gram.has("leaves-open", y.clause.lemma) && y.clause.present(x.gram, x.byWord).status == casus.Denied {
			return casus.Possible // "does not rule out an intervention"
		}
	}
	return y.colour(said.status)
}

// said presents what is said; clausal is false where it is a phrase ("spoke of a
// breach") or not told. A phrase does not borrow the tense of the verb of saying.
func (x *scene) said(y *saying) (p presentation, clausal bool) {
	for _, h := range y.content {
		c := x.byWord[h]
		if c == nil {
			continue
		}
		if p := c.present(x.gram, x.byWord); y.act == casus.Assess || c.class == 'v' || x.s.child(h, "cop") >= 0 || y.clause == nil {
			return p, true
		} else if p.status == casus.Denied {
			return p, false
		}
		break
	}
	switch y.act {
	case casus.Say, casus.Promise:
		return presentation{status: casus.Happened}, false // what is told of with a noun is a deed: "told of a raid"
	}
	return presentation{status: casus.Ongoing}, false
}

// lacks tells whether what is said opens with what must not be missing: "without
// aid the country will not make it".
func (x *scene) lacks(y *saying) bool {
	for _, h := range y.content {
		for _, k := range x.s.kids[h] {
			if k < h && (x.s.rel(k) == "obl" || x.s.rel(k) == "advcl") && x.gram.has("without", x.s.preposition(k)) {
				return true
			}
		}
	}
	return false
}

// disapproves tells blame for what nobody doubts ("condemned the raid") from an
// allegation.
func (y *saying) disapproves() bool {
	if y.frame == nil {
		return false
	}
	for _, m := range y.frame.Makes {
		if m.Kind == "event" && m.What[0] == string(casus.Accuse)+"/disapprove" {
			return true
		}
	}
	return false
}

// namesDeed tells whether what is said is a noun for an act: "the killing", "their victory".
func (x *scene) namesDeed(y *saying) bool {
	for _, h := range y.content {
		if c := x.byWord[h]; c != nil {
			for _, f := range x.lex.match(c, acts) {
				if slices.ContainsFunc(f.Makes, func(m Make) bool { return m.Kind == "event" }) {
					return true
				}
			}
		}
	}
	return false
}

// threatStatus tells a threat that hangs on a condition, stated or in "those
// who", from one that is announced and one that is only uttered.
func (x *scene) threatStatus(y *saying, said presentation, clausal bool) casus.Status {
	switch {
	case said.status == casus.Conditional || y.clause != nil && y.clause.conditional(x.gram) || x.isGeneral(y):
		return casus.Conditional
	case clausal && said.status == casus.Planned && y.frame != nil && y.act != casus.Act(claimOf(y.frame)):
		return casus.Planned // said as a plain announcement
	}
	return casus.Possible
}

// claimOf is the act that a frame names, "" for none.
func claimOf(f *Frame) string {
	if m, ok := f.claimMake(); ok {
		return m.What[0]
	}
	return ""
}

// isGeneral tells whether what is said is of whoever does something: "those who …", "wie …".
func (x *scene) isGeneral(y *saying) bool {
	for w := range x.s.words {
		if y.covers(x.s, w) && x.s.words[w].UPOS == "PRON" && x.gram.has("whoever", x.s.lower(w)) {
			return true
		}
	}
	return false
}

// offers tells an offer, which the other side may still turn down, from a promise.
func (x *scene) offers(y *saying) bool {
	return y.clause != nil && x.gram.has("offers", y.clause.lemma)
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
	if told := y.clause != nil && y.clause.tense(x.gram, x.byWord) == casus.Happened; told && !x.moments.last.IsZero() {
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
		if y.covers(x.s, w) || y.clause != nil && w != y.clause.pred && x.ofClause(w, y.clause.pred) && !x.namesSpeaker(y, w) {
			add(w)
		}
	}
	return out
}

// ofClause tells whether a word hangs on a verb itself, and not on another that is
// joined to it: of "called for calm and said that …" only the calm is called for.
func (x *scene) ofClause(w, verb int) bool {
	for range len(x.s.words) {
		if w < 0 || w == verb {
			break
		}
		if x.s.rel(w) == "conj" && x.s.words[w].Head == verb && x.s.words[w].UPOS == "VERB" {
			return false
		}
		w = x.s.words[w].Head
	}
	return w == verb
}

// namesSpeaker tells whether a word stands in the phrase that names who speaks:
// "the UN human rights chief said" is not about the UN.
func (x *scene) namesSpeaker(y *saying, w int) bool {
	subject := x.s.child(y.clause.pred, "nsubj")
	return subject >= 0 && x.s.under(w, subject) && y.as.Len() > 0 && x.s.span(subject, subject).Start <= y.as.End && y.as.Start <= x.subtreeEnd(subject)
}

// subtreeEnd is where the phrase of a word ends, in code points.
func (x *scene) subtreeEnd(w int) int {
	_, last := x.s.bounds(w, nil)
	return x.s.words[last].Span.End
}
