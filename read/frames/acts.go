package frames

import (
	"slices"
	"strings"
	"unicode"

	"casus"
	"casus/read/actors"
)

// act refines what a saying does, from what is said and who says it.
func (x *scene) act(y *saying) casus.Act {
	if y.act != casus.Say {
		return x.actOfCue(y)
	}
	if y.clause != nil && x.gram.has("admissions", y.clause.lemma) {
		return casus.Say
	}
	for _, told := range []func(*saying) (casus.Act, bool){x.performed, x.denying, x.toldOf, x.menacing, x.hanging, x.blaming, x.foretelling} {
		if act, ok := told(y); ok {
			return act
		}
	}
	analyst := x.isAnalyst(y.speaker)
	stance, ok := x.stance(y)
	switch {
	case analyst && x.recounts(y):
		return casus.Say
	case (x.isPartyOf(y.speaker) || y.quoted && !analyst) && x.saysTogether(y, "stance-threaten"):
		return casus.ThreatenAct
	case x.isPartyOf(y.speaker) && x.callsOff(y):
		return casus.RejectAct
	case ok && (stance == casus.Warn || stance == casus.AccuseAct) && x.isPartyOf(y.speaker) && x.deniesOfAll(y):
		return casus.Deny // "there is no famine"
	case !ok && x.deniesOfAll(y):
		return casus.Assess
	case x.lacks(y) && !x.isPartyOf(y.speaker):
		return casus.Warn
	case ok && stance == casus.AccuseAct && !x.aboutAnother(y) && sector(y.speaker) != "opp" && !x.givesName(y):
		return casus.Say
	case ok && stance != casus.ThreatenAct && (!analyst || stance == casus.Warn):
		return stance
	case analyst, x.isVerdict(y):
		return casus.Assess
	}
	return casus.Say
}

// actOfCue refines the act that the reporting word names.
func (x *scene) actOfCue(y *saying) casus.Act {
	analyst := x.isAnalyst(y.speaker)
	stance, ok := x.stance(y)
	switch {
	case y.act == casus.Assess && !analyst && (x.brands(y) || ok && stance == casus.AccuseAct && y.judges()):
		return casus.AccuseAct
	case y.act == casus.Assess && x.foretells(y):
		return casus.Predict
	case y.act == casus.Assess && !analyst && ok && stance == casus.Praise && y.judges():
		return casus.Praise
	case y.act == casus.Assess && !analyst && x.demands(y):
		return casus.Demand
	case y.act == casus.Assess && !analyst && x.isPartyOf(y.speaker) && x.putsBehind(y):
		return casus.AccuseAct
	case y.act == casus.Promise && (x.promisesRuin(y) || x.ofForce(y, "going-on")):
		return casus.ThreatenAct
	case y.act == casus.Promise && y.clause != nil && x.gram.has("assuring", y.clause.lemma) && x.tellsWhatIs(y):
		return casus.Say
	case y.act == casus.Warn && (x.announcesOwn(y) || x.menaces(y) && x.isPartyOf(y.speaker)):
		return casus.ThreatenAct
	}
	return y.act
}

// denying tells a denial without a verb of denying.
func (x *scene) denying(y *saying) (casus.Act, bool) {
	return casus.Deny, x.callsUntrue(y) || x.insists(y)
}

// menacing tells a threat to whoever does something.
func (x *scene) menacing(y *saying) (casus.Act, bool) { return casus.ThreatenAct, x.menaces(y) }

// blaming tells an accusation without a verb of accusing, and what holds the
// speaker bound, which is none.
func (x *scene) blaming(y *saying) (casus.Act, bool) {
	party := x.isPartyOf(y.speaker)
	switch {
	case x.isCommitted(y):
		return casus.Promise, true
	case party && (x.breaks(y) || x.putsBehind(y)), (y.quoted || party) && !x.isAnalyst(y.speaker) && x.brands(y), x.accuses(y):
		return casus.AccuseAct, true
	}
	return "", false
}

// foretelling tells what is to be done or to come: a promise, a refusal, a threat, a prediction.
func (x *scene) foretelling(y *saying) (casus.Act, bool) {
	stance, ok := x.stance(y)
	if act, undertakes := x.undertaking(y); undertakes && (!x.isAnalyst(y.speaker) || act == casus.Predict) {
		if ok && (stance == casus.ThreatenAct || stance == casus.AccuseAct) && (act == casus.Promise || act == casus.Predict) {
			return casus.ThreatenAct, true // "op elke schending zullen we reageren"
		}
		return act, true
	}
	return casus.Predict, x.foretells(y)
}

// givesName tells whether a saying is what somebody calls a thing: "spoke of ethnic cleansing".
func (x *scene) givesName(y *saying) bool {
	return y.clause != nil && x.gram.has("naming", y.clause.lemma)
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
// condemn the attack" condemns it, who says to be worried warns.
func (x *scene) performed(y *saying) (casus.Act, bool) {
	for _, h := range y.content {
		c := x.byWord[h]
		if c == nil || c.class == 'n' || c.tense(x.gram, x.byWord) != casus.Ongoing && !x.isControlled(c, y) {
			continue
		}
		if self, _ := x.isSelf(c, y); !self && !x.isControlled(c, y) || x.isPerfect(c) {
			continue
		}
		if future, deontic := x.auxiliaries(c); future || deontic || c.present(x.gram, x.byWord).status == casus.Denied {
			continue
		}
		if act, ok := x.actOf(c, y); ok {
			return act, true
		}
	}
	return "", false
}

// actOf returns what a clause in the first person does by being said: what its
// frame calls it, else what its event is ("we stand with them" praises).
func (x *scene) actOf(c *clause, y *saying) (casus.Act, bool) {
	for _, f := range x.lex.match(c, acts) {
		if m, ok := f.claimMake(); ok && m.What[0] != string(casus.Say) && m.What[0] != string(casus.Assess) {
			y.frame, y.performed = f, c
			return casus.Act(m.What[0]), true
		}
		for _, m := range f.Makes {
			if m.Kind != "event" {
				continue
			}
			typ, _ := m.event()
			if act, ok := uttered[typ]; ok {
				y.uttered = c
				return act, true
			}
		}
	}
	return "", false
}

// uttered are the acts that one does with words alone: the saying is the deed.
var uttered = map[casus.EventType]casus.Act{
	casus.Support: casus.Praise, casus.Reject: casus.RejectAct, casus.Accuse: casus.AccuseAct, casus.Request: casus.Demand,
}

// isControlled tells whether a clause is an infinitive whose subject is the
// speaker: "says to be worried", "liet weten door te gaan".
func (x *scene) isControlled(c *clause, y *saying) bool {
	return y.clause != nil && !y.clause.passive && c.class != 'n' && x.s.child(c.pred, "nsubj") < 0 && x.s.child(c.pred, "mark") >= 0 && c.finite() < 0 && slices.Contains(y.clause.slots["inf"], c.pred)
}

// callsUntrue tells a denial without a verb of denying: "there is no question
// of that", "that is a lie".
func (x *scene) callsUntrue(y *saying) bool {
	for _, h := range y.content {
		c := x.byWord[h]
		if c == nil {
			continue
		}
		denied := c.present(x.gram, x.byWord).status == casus.Denied
		for _, w := range append([]int{h}, x.s.kids[h]...) {
			if word := x.s.words[w]; denied && (x.gram.has("no-question", word.Lemma) || x.gram.has("no-question", x.s.lower(w))) {
				return true
			}
		}
		subject := x.s.child(h, "nsubj")
		if !denied && x.gram.has("falsehood", x.s.words[h].Lemma) && x.s.child(h, "cop") >= 0 && subject >= 0 && !x.s.isNamed(subject) {
			return true
		}
	}
	return false
}

// insists tells whether a verb of insisting holds a denial up: "maintains that
// none of its soldiers were killed".
func (x *scene) insists(y *saying) bool {
	if y.clause == nil || !x.gram.has("insisting", y.clause.lemma) {
		return false
	}
	for _, h := range y.content {
		if c := x.byWord[h]; c != nil && c.class == 'v' && c.present(x.gram, x.byWord).status == casus.Denied {
			if future, _ := x.auxiliaries(c); !future {
				return true
			}
		}
	}
	return false
}

// toldOf returns the act of a saying that this one tells of its own side: "Iran
// will respond harshly, said the general" threatens.
func (x *scene) toldOf(y *saying) (casus.Act, bool) {
	for _, inner := range x.sayings {
		if inner != y && inner.act != casus.Say && inner.act != casus.Assess && x.isToldOf(inner) && slices.Contains(y.content, inner.clause.pred) {
			y.frame, y.performed = inner.frame, inner.clause
			return inner.act, true
		}
	}
	return "", false
}

// foretells tells a judgement of how likely something is: "a war is unlikely".
func (x *scene) foretells(y *saying) bool {
	for _, h := range y.content {
		if (x.gram.has("likelihood", strings.ToLower(x.s.words[h].Lemma)) || x.saysTogether(y, "likelihood")) && x.s.child(h, "cop") >= 0 && x.s.child(h, "csubj", "ccomp") < 0 {
			return true
		}
	}
	return y.act == casus.Assess && x.judgesLikelihood(y)
}

// judgesLikelihood tells "thinks a war unlikely" and "believes the chance is small".
func (x *scene) judgesLikelihood(y *saying) bool {
	likely := func(w int) bool { return x.gram.has("likelihood", strings.ToLower(x.s.words[w].Lemma)) }
	for _, h := range y.content {
		if likely(h) || slices.ContainsFunc(x.s.kids[h], likely) {
			return true
		}
	}
	return y.clause != nil && (slices.ContainsFunc(y.clause.slots["as"], likely) || slices.ContainsFunc(y.clause.slots["inf"], likely))
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
			if !x.bears(y, w, st.list) {
				continue
			}
			if st.act == casus.Praise && !x.aboutAnother(y) && !(x.isOfThing(y)) || x.s.rel(w) == "amod" && (x.s.isOf(x.s.words[w].Head, "people") || st.act == casus.Warn && x.s.isNamedOrForce(x.s.words[w].Head)) {
				continue // "illegal migrants" blames nobody, "dangerous militants" warns of nothing
			}
			return st.act, true
		}
		if x.saysTogether(y, st.list) {
			return st.act, true
		}
	}
	return "", false
}

// isNamedOrForce tells whether a word stands for an actor.
func (s *sentence) isNamedOrForce(w int) bool {
	m, ok := s.mentions[w]
	return ok && m.Class != actors.Place
}

// bears tells whether a word of what is said is in a list, in its form or its lemma.
func (x *scene) bears(y *saying, w int, list string) bool {
	return y.covers(x.s, w) && (x.gram.has(list, strings.ToLower(x.s.words[w].Lemma)) || x.gram.has(list, x.s.lower(w)))
}

// saysTogether tells whether what is said has all the words of a figure of speech
// of a list: "option+table" for "all options are on the table".
func (x *scene) saysTogether(y *saying, list string) bool {
	for _, figure := range x.gram.lists[list] {
		parts := strings.Split(figure, "+")
		if len(parts) < 2 {
			continue
		}
		says := func(part string) bool {
			for w := range x.s.words {
				if y.covers(x.s, w) && (strings.EqualFold(x.s.words[w].Lemma, part) || x.s.lower(w) == part) {
					return true
				}
			}
			return false
		}
		if !slices.ContainsFunc(parts, func(part string) bool { return !says(part) }) {
			return true
		}
	}
	return false
}

func (x *scene) aboutAnother(y *saying) bool {
	for _, h := range y.content {
		k := x.s.child(h, "nsubj")
		if k < 0 || x.s.words[k].UPOS != "PRON" {
			continue
		}
		if x.s.feat(k, "Person") == "3" && x.s.feat(k, "Number") == "Plur" || x.s.feat(k, "PronType") == "Dem" && x.s.child(h, "cop") >= 0 {
			return true // "they are liars", "this is a violation"
		}
	}
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
		if x.isControlled(c, y) {
			self, named = true, true
		}
		future, deontic := x.auxiliaries(c)
		said := c.present(x.gram, x.byWord)
		denied, conditional := said.status == casus.Denied || x.refusesTo(c), said.status == casus.Conditional || c.conditional(x.gram)
		switch {
		case denied && (future || x.isPresent(c) && c.tense(x.gram, x.byWord) != casus.Happened) && x.isHarm(c) && !x.suffers(c):
			return casus.Promise, true // "ons grondgebied zal nooit tegen hen gebruikt worden"
		case (self || x.s.child(c.pred, "nsubj") < 0) && x.isReady(c) && x.readyForce(c) && x.isPartyOf(y.speaker):
			return casus.ThreatenAct, true // "zegt dat het leger klaar is om geweld te gebruiken"
		case (self || x.s.child(c.pred, "nsubj") < 0) && x.isReady(c), x.isControlled(c, y) && !denied && c.class == 'v' && !x.isPerfect(c) && x.gram.has("announcing", y.clause.lemma):
			return casus.Promise, true // "is ready to …", "liet weten door te gaan"
		case future && denied && y.clause != nil && x.gram.has("subject-control", y.clause.lemma):
			return casus.Promise, true // "agreed that they would not attack"
		case self && future && denied:
			return casus.RejectAct, true
		case self && future && !c.passive && (x.isHarm(c) || x.makes(c, casus.Sanction)) && x.isPartyOf(y.speaker):
			return casus.ThreatenAct, true // "said that its army would attack"
		case self && deontic && !x.isPartyOf(y.speaker):
			return casus.Warn, true // "we shall have to halve the rations"
		case !self && x.mayBe(c) && !denied && !x.isPerfect(c) && x.isDire(y):
			return casus.Warn, true
		case self && (future || conditional && !denied && x.isPartyOf(y.speaker) && said.hedge.Len() == 0):
			return casus.Promise, true
		case self && denied:
			return x.ownDenial(c), true
		case deontic && !self && (named || y.quoted) && !x.isPerfect(c), x.isOrder(c, y), x.isWilled(c, y):
			return casus.Demand, true
		case !self && (future || x.failsToCome(c)) && denied && !named && !isPeople(y.speaker):
			return casus.RejectAct, true // "there will be no extension"
		case !self && future && (denied || conditional || !named):
			return casus.Predict, true
		}
	}
	return "", false
}

// refusesTo tells whether a clause denies what it lets, wants or helps happen: "we
// do not let ourselves be blackmailed", where the tree hangs "not" on the infinitive.
func (x *scene) refusesTo(c *clause) bool {
	if !x.gram.has("raising", c.lemma) {
		return false
	}
	for _, h := range c.slots["inf"] {
		if neg := x.s.child(h, "advmod"); neg >= 0 && x.gram.has("negation", x.s.lower(neg)) {
			return true
		}
	}
	return false
}

// failsToCome tells "er komt geen verlenging" and "there is no extension coming".
func (x *scene) failsToCome(c *clause) bool {
	subject := x.s.child(c.pred, "nsubj")
	return x.isPresent(c) && x.gram.has("come-about", c.lemma) && subject >= 0 && x.s.words[subject].UPOS == "NOUN"
}

// isReady tells "is ready to" from "is".
func (x *scene) isReady(c *clause) bool {
	if !x.gram.has("ready", strings.ToLower(x.s.words[c.pred].Lemma)) {
		return false
	}
	return x.s.child(c.pred, "xcomp", "advcl", "ccomp", "acl", "csubj", "obl") >= 0
}

// readyForce tells whether what somebody is ready for is force.
func (x *scene) readyForce(c *clause) bool {
	for _, k := range x.s.kids[c.pred] {
		if inner := x.byWord[k]; k > c.pred && inner != nil && inner.class == 'v' && (x.makes(inner, casus.Assault) || x.ofForceUse(inner)) {
			return true
		}
	}
	return false
}

// ofForceUse tells "use force" and "geweld gebruiken".
func (x *scene) ofForceUse(c *clause) bool {
	return slices.ContainsFunc(c.slots["patient"], func(w int) bool { return x.gram.has("force-itself", strings.ToLower(x.s.words[w].Lemma)) })
}

// suffers tells whether the speakers are those to whom it would be done: "we will not be blackmailed".
func (x *scene) suffers(c *clause) bool {
	subject := x.s.child(c.pred, "nsubj")
	return c.passive && subject >= 0 && x.s.words[subject].UPOS == "PRON"
}

// makes tells whether a clause is an act of a type.
func (x *scene) makes(c *clause, typ casus.EventType) bool {
	_, ok := x.lex.modeOf(c, typ)
	return ok
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

// ownDenial is the act of somebody who says that his own side does or did not.
func (x *scene) ownDenial(c *clause) casus.Act {
	switch {
	case x.gram.has("knowing", c.lemma), x.mayBe(c), x.hasNoChoice(c):
		return casus.Say // "we do not know", "cannot close the door", "have no choice"
	case x.isDeprived(c), x.isLack(c):
		return casus.AccuseAct
	}
	return x.refusal(c)
}

// refusal tells "we do not hand in our weapons" from the denial "we are no ally"
// and "we have never allowed it".
func (x *scene) refusal(c *clause) casus.Act {
	if x.gram.has("having", c.lemma) || x.isInCourse(c) {
		return casus.Deny // "we have no troops there", "is not targeting civilians"
	}
	if x.gram.has("refusing", c.lemma) && x.isPresent(c) && !x.isPerfect(c) {
		return casus.RejectAct // "we do not go away"
	}
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

// isWilled tells what one insists on from what one insists is so, by the bare verb
// of one who is named in the singular: "insists that Hamas disarm".
func (x *scene) isWilled(c *clause, y *saying) bool {
	subject := x.s.child(c.pred, "nsubj")
	return y.clause != nil && x.gram.has("insisting", y.clause.lemma) && c.class == 'v' && subject >= 0 &&
		x.s.lower(c.pred) == strings.ToLower(x.s.words[c.pred].Lemma) && x.s.child(c.pred, "aux", "cop") < 0 &&
		x.s.feat(subject, "Number") == "Sing" && x.s.feat(subject, "Person") == "" && x.s.child(subject, "conj") < 0 && x.s.feat(c.pred, "Tense") != "Past"
}

// auxiliaries tells whether a clause has one of the future or of obligation.
func (x *scene) auxiliaries(c *clause) (future, deontic bool) {
	if c.class == 'v' && x.gram.has("deontic", c.lemma) && len(c.slots["patient"]) == 0 {
		deontic = true // "Rusland moet weg"
	}
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
		if !named && x.standsForSpeaker(c, w, y) {
			return true, true
		}
	}
	return false, named
}

// standsForSpeaker tells whether a pronoun that nobody has made out is the subject of
// what is reported right behind its speaker: "the army said it had not fired".
func (x *scene) standsForSpeaker(c *clause, w int, y *saying) bool {
	if y.clause == nil || x.s.words[w].UPOS != "PRON" || x.s.feat(w, "Person") != "3" || x.s.feat(w, "PronType") == "Dem" || x.s.quoted[w] || w < y.clause.pred {
		return false
	}
	if rel := x.s.rel(w); rel != "nsubj" || !slices.Contains(y.content, c.pred) {
		return false
	}
	m, met := x.s.mentions[w]
	return !met || m.ID == "" && len(m.Members) == 0
}

// accuses tells whether a party lays violence or force at another's door: by name,
// or by telling what is done to its own side ("our people are being starved").
func (x *scene) accuses(y *saying) bool {
	witness := y.quoted && !x.isAnalyst(y.speaker) && x.s.kinds[casus.ActorID(y.speaker.Head())] != casus.ActorOrganisation
	if !x.isPartyOf(y.speaker) && !witness {
		return x.tellsOfWrong(y)
	}
	for _, c := range x.byWordOrder() {
		if c.class != 'v' || !y.covers(x.s, c.pred) || x.s.rel(c.pred) == "advcl" {
			continue // "crossed the border after the rebels had taken the town" tells of a crossing
		}
		if st := c.present(x.gram, x.byWord).status; st != casus.Happened && st != casus.Ongoing {
			continue
		}
		for _, f := range x.lex.match(c, acts) {
			for _, m := range f.Makes {
				if m.Kind == "event" && !m.Mutual && x.isForceBy(c, f, m, y) {
					return true
				}
			}
		}
		if witness && x.isByThem(c) {
			return true
		}
		if x.wrongsUs(c, y) {
			return true
		}
	}
	return false
}

// putsBehind tells whether what is said puts somebody behind an act of force:
// "Iran was behind the attack".
func (x *scene) putsBehind(y *saying) bool {
	for w := range x.s.words {
		noun := x.byWord[w]
		if noun == nil || !noun.noun || !y.covers(x.s, w) || !x.gram.has("behind", x.s.preposition(w)) {
			continue
		}
		for _, typ := range []casus.EventType{casus.Assault, casus.Coerce} {
			if _, ok := x.lex.modeOf(noun, typ); ok {
				return true
			}
		}
	}
	return false
}

// tellsWhatIs tells "assured that all is under control" from "assured that it would leave".
func (x *scene) tellsWhatIs(y *saying) bool {
	for _, h := range y.content {
		c := x.byWord[h]
		if c == nil || c.finite() < 0 {
			continue
		}
		self, _ := x.isSelf(c, y)
		future, _ := x.auxiliaries(c)
		return !self && !future && x.isPresent(c)
	}
	return false
}

// promisesRuin tells an oath of ruin from a promise: "vowed to turn it to ash".
func (x *scene) promisesRuin(y *saying) bool {
	for w := range x.s.words {
		if y.covers(x.s, w) && x.s.words[w].UPOS == "NOUN" && x.gram.has("ruin", x.s.lower(w)) {
			return true
		}
	}
	return false
}

// ofForce tells whether what is said is that force goes on ("vowed that the
// attacks would continue"), or begins: the verbs are those of a list. Nobody
// owes that to those whom it hits.
func (x *scene) ofForce(y *saying, verbs string) bool {
	for _, c := range x.byWordOrder() {
		if c.class != 'v' || !y.covers(x.s, c.pred) || !x.gram.has(verbs, c.lemma) {
			continue
		}
		for _, slot := range []string{"agent", "patient", "met", "with"} {
			for _, w := range c.slots[slot] {
				if noun := x.byWord[w]; noun != nil && noun.noun && x.makes(noun, casus.Assault) {
					return true
				}
			}
		}
	}
	return false
}

// announcesOwn tells a threat from a warning: what the speaker's own side will
// do ("warned that it would strike again").
func (x *scene) announcesOwn(y *saying) bool {
	for _, h := range y.content {
		c := x.byWord[h]
		if c == nil || c.class != 'v' || c.passive || c.present(x.gram, x.byWord).status == casus.Denied {
			continue
		}
		future, _ := x.auxiliaries(c)
		if self, _ := x.isSelf(c, y); self && future && x.isPartyOf(y.speaker) {
			return true
		}
	}
	return false
}

// isForceBy tells whether a frame makes a clause an act of force of another side
// than the speaker's, or an act without a doer against the speaker's own, of which
// no count is given: who only counts the dead reports.
func (x *scene) isForceBy(c *clause, f *Frame, m Make, y *saying) bool {
	if typ, _ := m.event(); typ != casus.Assault && typ != casus.Coerce {
		return false
	}
	side := x.sideOf(y.speaker)
	doers := c.role(m.roleOr("source", agentRole), f, x.gram, true, y.speaker)
	for _, id := range doers {
		if x.sideOf(id) != side && id != "unknown" {
			return true
		}
	}
	if len(doers) == 0 && c.passive && len(c.slots["agent"]) == 0 && x.gram.has("wronging", c.lemma) {
		return true
	}
	if len(doers) > 0 || !c.passive || len(c.slots["agent"]) > 0 || len(x.doc.Amounts[x.s.index]) > 0 {
		return false
	}
	for _, id := range c.role(m.roleOr("target", Role{{"patient"}}), f, x.gram, true, y.speaker) {
		if x.sideOf(id) == side {
			return true
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
	if x.studies[id] && !x.isPartyOf(id) {
		return true
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
		for _, office := range a.ActsFor {
			if x.isThinkTank(office.Actor) {
				return true
			}
		}
	}
	return false
}

// isThinkTank tells whether an id names a body that studies: "rift-lakes-institute".
func (x *scene) isThinkTank(id casus.ActorID) bool {
	for _, word := range strings.FieldsFunc(string(id), func(r rune) bool { return r == '-' || r == '/' }) {
		if x.gram.has("think-tank", word) {
			return !id.IsCountry()
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
