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
	if x.repeats(y) || x.tellsNothing(y) {
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

// tellsNothing tells a saying of which the words give no content ("did not
// comment"), and one that is asked about ("How is Tehran reacting?").
func (x *scene) tellsNothing(y *saying) bool {
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
	x.remember(&event)
	named := len(event.Target) > 0
	x.complete(&event, y.clause)
	rec.Made = concluded(rec.Made, false, !named && len(event.Target) > 0)
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
		for _, f := range x.lex.match(c, acts) {
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
	analyst := x.isAnalyst(y.speaker)
	stance, ok := x.stance(y)
	switch {
	case y.act == casus.Assess && !analyst && ok && stance == casus.AccuseAct && y.judges():
		return stance
	case y.act == casus.Assess && !analyst && x.demands(y):
		return casus.Demand
	case y.act != casus.Say:
		return y.act
	case y.clause != nil && x.gram.has("admissions", y.clause.lemma):
		return casus.Say
	}
	if act, ok := x.performed(y); ok {
		return act
	}
	if x.accuses(y) {
		return casus.AccuseAct
	}
	if act, undertakes := x.undertaking(y); undertakes && (!analyst || act == casus.Predict) {
		if ok && (stance == casus.ThreatenAct || stance == casus.AccuseAct) && (act == casus.Promise || act == casus.Predict) {
			return casus.ThreatenAct // "op elke schending zullen we reageren"
		}
		return act
	}
	switch {
	case ok && stance == casus.AccuseAct && !x.aboutAnother(y):
		return casus.Say
	case ok && stance != casus.ThreatenAct && (!analyst || stance == casus.Warn):
		return stance
	case analyst, x.isVerdict(y):
		return casus.Assess
	}
	return casus.Say
}

// judges tells whether a reporting clause makes its object out to be something
// ("noemde het besluit onwettig").
func (y *saying) judges() bool {
	return y.clause != nil && len(y.clause.slots["as"])+len(y.clause.slots["inf"]) > 0 || y.quoted
}

// isVerdict tells the judgement of somebody who speaks for no party from what
// they tell: quoted words whose main clause says what something is ("They are exhausted").
func (x *scene) isVerdict(y *saying) bool {
	if !y.quoted || x.isPartyOf(y.speaker) || isPeople(y.speaker) {
		return false
	}
	for _, h := range y.content {
		c := x.byWord[h]
		if c == nil || x.s.child(h, "cop") < 0 {
			continue
		}
		if self, _ := x.isSelf(c, y); !self {
			return true
		}
	}
	return false
}

// demands tells whether what is said ought to be done by another.
func (x *scene) demands(y *saying) bool {
	for _, h := range y.content {
		c := x.byWord[h]
		if c == nil {
			continue
		}
		self, _ := x.isSelf(c, y)
		if _, deontic := x.auxiliaries(c); deontic && !self && !x.isPerfect(c) {
			return true
		}
	}
	return false
}

// performed returns the act that the words themselves perform: who says "we
// condemn the attack" condemns it.
func (x *scene) performed(y *saying) (casus.Act, bool) {
	for _, h := range y.content {
		c := x.byWord[h]
		if c == nil || c.class != 'v' || c.tense(x.gram, x.byWord) != casus.Ongoing {
			continue
		}
		if self, _ := x.isSelf(c, y); !self {
			continue
		}
		if future, deontic := x.auxiliaries(c); future || deontic || c.present(x.gram, x.byWord).status == casus.Denied {
			continue
		}
		for _, f := range x.lex.match(c, acts) {
			if m, ok := f.claimMake(); ok && m.What[0] != string(casus.Say) && m.What[0] != string(casus.Assess) {
				y.frame, y.performed = f, c
				return casus.Act(m.What[0]), true
			}
		}
	}
	return "", false
}

// stances are the acts that words of the content give away, the strongest first;
// the words are the language's lists of these names.
var stances = []struct {
	list string
	act  casus.Act
}{
	{"stance-threaten", casus.ThreatenAct},
	{"stance-deny", casus.Deny},
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
			if st.act == casus.Praise && !x.aboutAnother(y) || x.s.rel(w) == "amod" && x.s.isOf(x.s.words[w].Head, "people") {
				continue // "illegal migrants" blames nobody
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
		if c == nil || c.class != 'v' && x.s.child(c.pred, "cop") < 0 {
			continue
		}
		self, named := x.isSelf(c, y)
		future, deontic := x.auxiliaries(c)
		said := c.present(x.gram, x.byWord)
		denied, conditional := said.status == casus.Denied, said.status == casus.Conditional || c.conditional(x.gram)
		switch {
		case denied && (future || x.isPresent(c)) && x.isHarm(c):
			return casus.Promise, true // "ons grondgebied zal nooit tegen hen gebruikt worden"
		case future && denied && y.clause != nil && x.gram.has("subject-control", y.clause.lemma):
			return casus.Promise, true // "agreed that they would not attack"
		case self && future && denied:
			return casus.RejectAct, true
		case self && (future || conditional && !denied && x.isPartyOf(y.speaker) && said.hedge.Len() == 0):
			return casus.Promise, true
		case self && denied:
			return x.refusal(c), true
		case deontic && !self && (named || y.quoted) && !x.isPerfect(c), x.isOrder(c, y):
			return casus.Demand, true
		case !self && future && denied && !named && !isPeople(y.speaker):
			return casus.RejectAct, true // "there will be no extension"
		case !self && future && (denied || conditional || !named):
			return casus.Predict, true
		}
	}
	return "", false
}

// isHarm tells whether a clause is of an act of force, or of a use against
// somebody, or of letting one happen.
func (x *scene) isHarm(c *clause) bool {
	if c.class != 'v' {
		return false
	}
	for _, h := range c.slots["inf"] {
		if inner := x.byWord[h]; inner != nil && h != c.pred && len(inner.fill(x.gram.lists["towards"][0], false)) > 0 {
			return true
		}
	}
	for _, f := range x.lex.match(c, acts) {
		for _, m := range f.Makes {
			if m.Kind != "event" {
				continue
			}
			switch typ, _ := m.event(); typ {
			case casus.Assault, casus.Coerce, casus.Threaten:
				return true
			}
		}
	}
	return len(c.fill(x.gram.lists["towards"][0], false)) > 0
}

// isPresent tells whether a clause's finite verb is in the present.
func (x *scene) isPresent(c *clause) bool {
	f := c.finite()
	return f >= 0 && x.s.feat(f, "Tense") == "Pres"
}

// refusal tells "we do not hand in our weapons" from the denial "we are no ally"
// and "we have never allowed it".
func (x *scene) refusal(c *clause) casus.Act {
	if c.class == 'v' && !x.isPerfect(c) && x.isPresent(c) && len(c.slots["patient"])+len(c.slots["inf"]) > 0 {
		return casus.RejectAct
	}
	return casus.Deny
}

// isPerfect tells whether a clause has a perfect tense: "must have known".
func (x *scene) isPerfect(c *clause) bool {
	return x.s.feat(c.pred, "VerbForm") == "Part" && x.s.child(c.pred, "aux") >= 0 && x.s.child(c.pred, "aux:pass") < 0
}

// isOrder tells whether quoted words are an imperative: a verb without subject
// or auxiliary at the head of its sentence.
func (x *scene) isOrder(c *clause, y *saying) bool {
	if !y.quoted || c.class != 'v' || !x.s.quoted[c.pred] || x.s.child(c.pred, "nsubj", "nsubj:pass", "aux", "cop", "mark", "expl") >= 0 {
		return false
	}
	first := c.pred == 0 || !x.s.quoted[c.pred-1]
	return x.s.feat(c.pred, "Mood") == "Imp" || first && x.s.feat(c.pred, "VerbForm") != "Part" && x.s.rel(c.pred) != "xcomp"
}

// auxiliaries tells whether a clause has one of the future or of obligation.
func (x *scene) auxiliaries(c *clause) (future, deontic bool) {
	for _, k := range x.s.kids[c.pred] {
		if x.s.rel(k) != "aux" || x.gram.has("perfect", x.s.words[k].Lemma) && x.s.feat(c.pred, "VerbForm") != "Inf" {
			continue // "have" before a participle obliges nobody
		}
		form, lemma := x.s.lower(k), x.s.words[k].Lemma
		future = future || x.gram.has("future", form) || x.gram.has("future", lemma) || x.gram.has("future-of-past", form)
		deontic = deontic || x.gram.has("deontic", form) || x.gram.has("deontic", lemma)
	}
	return future, deontic
}

// isSelf tells whether the subject of a clause is the speaker or their side, or
// belongs to them ("ons grondgebied"); named is false where it has no subject
// that is an actor.
func (x *scene) isSelf(c *clause, y *saying) (self, named bool) {
	for _, w := range c.subject() {
		for _, id := range x.s.who(w, true, y.speaker) {
			named = true
			if id == y.speaker || x.sideOf(id) == x.sideOf(y.speaker) && !isPeople(id) && !isPeople(y.speaker) {
				return true, true
			}
		}
	}
	return false, named
}

// accuses tells whether a party lays violence or force at another's door.
func (x *scene) accuses(y *saying) bool {
	if y.rule == "quotation" || !x.isPartyOf(y.speaker) {
		return false
	}
	side := x.sideOf(y.speaker)
	for _, c := range x.byWordOrder() {
		if c.class != 'v' || !y.covers(x.s, c.pred) || x.s.rel(c.pred) == "advcl" {
			continue // "crossed the border after the rebels had taken the town" tells of a crossing
		}
		for _, f := range x.lex.match(c, acts) {
			for _, m := range f.Makes {
				if m.Kind != "event" {
					continue
				}
				typ, _ := m.event()
				if typ != casus.Assault && typ != casus.Coerce {
					continue
				}
				for _, id := range c.role(m.roleOr("source", agentRole), f, x.gram, true, y.speaker) {
					if x.sideOf(id) != side && id != "unknown" && !m.Mutual {
						return true
					}
				}
			}
		}
	}
	return false
}

// isPartyOf tells whether somebody speaks for a state or an armed group.
func (x *scene) isPartyOf(id casus.ActorID) bool {
	if x.s.kinds[casus.ActorID(id.Head())] == casus.ActorOrganisation {
		return false // a news agency, a court
	}
	return isParty(id) || x.s.isForce(id) || id.IsPerson() && casus.ActorID(x.sideOf(id)).IsCountry()
}

// isParty tells a state or an armed group from an observer.
func isParty(id casus.ActorID) bool {
	return id.IsCountry() && sector(id) != "med" && sector(id) != "civ"
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

// saidStatus is the status of what is said, read from the head of the content
// and from what kind of act the saying is.
func (x *scene) saidStatus(y *saying) casus.Status {
	said, clausal := x.said(y)
	switch y.act {
	case casus.Praise:
		if !clausal && x.namesDeed(y) || clausal && said.status == casus.Happened {
			return casus.Happened
		}
		return casus.Ongoing
	case casus.AccuseAct:
		if !y.disapproves() {
			break
		}
		if !clausal && x.namesDeed(y) || clausal && said.status == casus.Happened {
			return casus.Happened
		}
		return casus.Ongoing
	case casus.ThreatenAct:
		return x.threatStatus(y, said, clausal)
	case casus.Promise:
		if x.offers(y) {
			return casus.Possible
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
		if y.covers(x.s, w) || y.clause != nil && w != y.clause.pred && x.s.under(w, y.clause.pred) {
			add(w)
		}
	}
	return out
}
