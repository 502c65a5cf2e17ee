package frames

import (
	"slices"
	"strings"

	"casus"
)

// hanging tells what is said with a clause that hangs on a condition: a warning
// where the words are dire ("if Russia closes the door, there will be trouble"),
// a threat where the speaker's own side ends something or goes on with force, a
// promise of a party, else a prediction. ok is false where another rule knows better.
func (x *scene) hanging(y *saying) (act casus.Act, ok bool) {
	for _, h := range y.content {
		c := x.byWord[h]
		if c == nil || c.class != 'v' && x.s.child(c.pred, "cop") < 0 {
			continue
		}
		future, deontic := x.auxiliaries(c)
		denied := c.present(x.gram, x.byWord).status == casus.Denied
		if !future && !deontic && denied && x.lacks(y) && c.tense(x.gram, x.byWord) != casus.Happened {
			return casus.Warn, true // "without weapons we cannot hold the line"
		}
		if x.hangs(c) {
			act = x.whatHangs(c, y, denied || x.negated(c))
			return act, !deontic && act != ""
		}
	}
	return "", false
}

// whatHangs is the act of a clause that hangs on a condition, "" where another rule knows better.
func (x *scene) whatHangs(c *clause, y *saying, denied bool) casus.Act {
	self, named := x.isSelf(c, y)
	party := x.isPartyOf(y.speaker)
	switch {
	case party && (!denied && x.ends(c) && (self || !named) || x.goesOnWithForce(c)):
		return casus.ThreatenAct
	case self && (x.isHarm(c) || denied), !x.isAnalyst(y.speaker) && x.threatens(y):
		return ""
	case x.isDire(y) || denied && !party || x.lacks(y):
		return casus.Warn
	case self:
		return ""
	case party && !named && !x.mayBe(c):
		return casus.Promise // "as long as nobody attacks us, the arrangement stands"
	}
	return casus.Predict
}

// threatens tells whether what is said has a word of threat that is the strongest of its stances.
func (x *scene) threatens(y *saying) bool {
	stance, ok := x.stance(y)
	return ok && stance == casus.ThreatenAct
}

// hangs tells whether a clause hangs on a condition that has not come about.
func (x *scene) hangs(c *clause) bool {
	if c.tense(x.gram, x.byWord) == casus.Happened {
		return false
	}
	return c.conditional(x.gram) || c.present(x.gram, x.byWord).status == casus.Conditional
}

// mayBe tells whether a clause has an auxiliary of possibility.
func (x *scene) mayBe(c *clause) bool {
	for _, k := range x.s.kids[c.pred] {
		if x.s.rel(k) == "aux" && (x.gram.has("possible", x.s.lower(k)) || x.gram.has("possible", x.s.words[k].Lemma)) {
			return true
		}
	}
	return false
}

// ends tells whether a clause says that something is over or that somebody leaves it.
func (x *scene) ends(c *clause) bool {
	return x.gram.has("ending", c.lemma) || x.gram.has("ending", strings.ToLower(x.s.words[c.pred].Lemma))
}

// goesOnWithForce tells "our operations will stop only when …" and "our actions
// will not stop": the speaker's own side goes on.
func (x *scene) goesOnWithForce(c *clause) bool {
	if !x.gram.has("going-on", c.lemma) && !x.gram.has("averting", c.lemma) {
		return false
	}
	for _, w := range c.subject() {
		lemma := strings.ToLower(x.s.words[w].Lemma)
		noun := x.byWord[w]
		if x.gram.has("operations", lemma) || noun != nil && noun.noun && x.makes(noun, casus.Assault) {
			own := x.s.child(w, "nmod:poss", "det")
			return own < 0 || x.s.feat(own, "Person") != "3" && x.s.feat(own, "Person") != "2"
		}
	}
	return false
}

// isDire tells whether what is said has a word for what one is warned of.
func (x *scene) isDire(y *saying) bool {
	for w := range x.s.words {
		lemma := strings.ToLower(x.s.words[w].Lemma)
		if y.covers(x.s, w) && (x.gram.has("dire", lemma) || x.gram.has("stance-warn", lemma) || x.gram.has("dire", x.s.lower(w))) {
			return true
		}
	}
	return false
}

// brands tells whether what is said makes somebody or something else out to be
// what one blames: "China is a troublemaker", "this is a declaration of war",
// "called the plan a direct threat".
func (x *scene) brands(y *saying) bool {
	for _, h := range y.content {
		if x.s.child(h, "cop") < 0 || x.tellsOwn(h, y) {
			continue
		}
		if c := x.byWord[h]; c != nil && c.present(x.gram, x.byWord).status == casus.Denied {
			continue
		}
		if x.blames(h) {
			return true
		}
	}
	if y.clause == nil || !x.gram.has("judging", y.clause.lemma) && !x.gram.has("naming", y.clause.lemma) {
		return false
	}
	for _, slot := range []string{"as", "van", "of"} {
		if slices.ContainsFunc(y.clause.slots[slot], x.blames) {
			return true
		}
	}
	return false
}

// blames tells whether a word, or an attribute of it, is one for what one is blamed for being.
func (x *scene) blames(w int) bool {
	is := func(w int) bool {
		return x.gram.has("blame", strings.ToLower(x.s.words[w].Lemma)) || x.gram.has("blame", x.s.lower(w))
	}
	return is(w) || slices.ContainsFunc(x.s.kids[w], func(k int) bool { return (x.s.rel(k) == "amod" || x.s.rel(k) == "compound") && is(k) })
}

// tellsOwn tells whether the subject of a predicate is the speaker, whom they
// speak to or something of the speaker's own.
func (x *scene) tellsOwn(h int, y *saying) bool {
	if c := x.byWord[h]; c != nil {
		if self, _ := x.isSelf(c, y); self {
			return true
		}
	}
	k := x.s.child(h, "nsubj", "nsubj:pass", "expl")
	if k < 0 {
		return false
	}
	own := func(w int) bool { return x.s.feat(w, "Person") == "1" || x.s.feat(w, "Person") == "2" }
	return own(k) || slices.ContainsFunc(x.s.kids[k], own)
}

// menaces tells whether what is said tells whoever does something what they have
// coming: "those who stay will be sent back".
func (x *scene) menaces(y *saying) bool {
	if !x.isGeneral(y) || x.isAnalyst(y.speaker) || isPeople(y.speaker) {
		return false
	}
	for _, h := range y.content {
		c := x.byWord[h]
		if c == nil {
			continue
		}
		future, _ := x.auxiliaries(c)
		if stance, ok := x.stance(y); future && (x.isHarm(c) || x.makes(c, casus.Sanction) || x.ends(c) || ok && stance == casus.ThreatenAct) {
			return true
		}
	}
	return false
}

// isCommitted tells whether what is said is that the speaker's side agrees to
// something or holds itself bound: "accepted the truce", "remains committed to it".
func (x *scene) isCommitted(y *saying) bool {
	for _, h := range y.content {
		c := x.byWord[h]
		if c == nil || c.class == 'n' && x.s.child(h, "cop") < 0 {
			continue
		}
		if self, _ := x.isSelf(c, y); !self && !x.isControlled(c, y) || c.present(x.gram, x.byWord).status == casus.Denied || x.isPerfect(c) {
			continue
		}
		if x.gram.has("committed", strings.ToLower(x.s.words[h].Lemma)) || x.gram.has("committed", x.s.lower(h)) {
			return true
		}
		for _, k := range x.s.kids[h] {
			if x.s.rel(k) == "xcomp" && (x.gram.has("committed", strings.ToLower(x.s.words[k].Lemma)) || x.gram.has("committed", x.s.lower(k))) {
				return true
			}
		}
	}
	return false
}

// recounts tells whether all that is said is past: who tells what happened
// judges nothing, unless the verb is one of turning out to be.
func (x *scene) recounts(y *saying) bool {
	told := false
	for _, h := range y.content {
		c := x.byWord[h]
		if c == nil || c.class != 'v' || x.gram.has("turning-out", c.lemma) || x.gram.has("attitudes", c.lemma) {
			return false
		}
		if c.present(x.gram, x.byWord).status != casus.Happened {
			return false
		}
		told = true
	}
	if _, ok := x.stance(y); ok {
		return false
	}
	return told
}

// breaks tells whether what is said is that another breaks what was agreed.
func (x *scene) breaks(y *saying) bool {
	if x.isGeneral(y) {
		return false // "whoever violates our border": nobody has
	}
	for _, c := range x.byWordOrder() {
		if c.class != 'v' || !y.covers(x.s, c.pred) || !x.gram.has("breaking", c.lemma) || x.tellsOwn(c.pred, y) {
			continue
		}
		if st := c.present(x.gram, x.byWord).status; st != casus.Happened && st != casus.Ongoing {
			continue
		}
		if slices.ContainsFunc(c.slots["patient"], func(w int) bool {
			return x.gram.has("breakable", strings.ToLower(x.s.words[w].Lemma)) || x.gram.has("deal", strings.ToLower(x.s.words[w].Lemma))
		}) {
			return true
		}
	}
	return false
}

// callsOff tells whether what is said is that an agreement or talks are over:
// "the deal is dead".
func (x *scene) callsOff(y *saying) bool {
	for _, h := range y.content {
		c := x.byWord[h]
		if c == nil || !x.gram.has("dead", strings.ToLower(x.s.words[h].Lemma)) && !x.gram.has("dead", c.lemma) || c.present(x.gram, x.byWord).status == casus.Denied || x.hangs(c) {
			continue
		}
		if slices.ContainsFunc(c.subject(), func(w int) bool { return x.gram.has("deal", strings.ToLower(x.s.words[w].Lemma)) }) {
			return true
		}
		if k := x.s.child(h, "nsubj"); k >= 0 && x.gram.has("deal", strings.ToLower(x.s.words[k].Lemma)) {
			return true
		}
	}
	return false
}

// deniesOfAll tells a judgement that says of things in general what they are or do
// not: "sanctions do not work", "there is no military solution".
func (x *scene) deniesOfAll(y *saying) bool {
	if !y.quoted {
		return false
	}
	for _, h := range y.content {
		c := x.byWord[h]
		if c == nil || x.tellsOwn(h, y) || c.present(x.gram, x.byWord).status != casus.Denied {
			continue
		}
		if future, deontic := x.auxiliaries(c); future || deontic || x.isPerfect(c) || !x.isPresent(c) {
			continue
		}
		if k := x.s.child(h, "nsubj"); k >= 0 && x.s.words[k].UPOS == "PRON" && !x.mayBe(c) && x.isPartyOf(y.speaker) {
			continue // "nobody comes through any more", says who has closed the border
		}
		if _, named := x.isSelf(c, y); !named {
			return true
		}
	}
	return false
}

// isDeprived tells whether a clause denies that somebody was given, told or asked
// something: "had not been given access".
func (x *scene) isDeprived(c *clause) bool { return c.passive && x.gram.has("granting", c.lemma) }

// isLack tells "gets no access", "is not allowed in".
func (x *scene) isLack(c *clause) bool {
	if c.passive || !x.gram.has("receiving", c.lemma) {
		return false
	}
	return slices.ContainsFunc(c.slots["patient"], func(w int) bool { return x.gram.has("due", strings.ToLower(x.s.words[w].Lemma)) })
}

// hasNoChoice tells "we have no choice", which denies nothing that anybody said.
func (x *scene) hasNoChoice(c *clause) bool {
	return slices.ContainsFunc(c.slots["patient"], func(w int) bool { return x.gram.has("choice", strings.ToLower(x.s.words[w].Lemma)) })
}

// isInCourse tells whether a clause has a progressive: "is not targeting".
func (x *scene) isInCourse(c *clause) bool {
	return x.s.feat(c.pred, "VerbForm") == "Part" && x.s.feat(c.pred, "Tense") == "Pres" || strings.HasSuffix(x.s.lower(c.pred), "ing") && x.s.feat(c.pred, "VerbForm") == "Ger"
}

// wrongsUs tells whether somebody does the speakers wrong: "the world has forgotten us".
func (x *scene) wrongsUs(c *clause, y *saying) bool {
	if !x.gram.has("wronging", c.lemma) && !x.gram.has("letting-down", c.lemma) || x.tellsOwn(c.pred, y) {
		return false
	}
	return slices.ContainsFunc(append(slices.Clone(c.slots["patient"]), c.slots["iobj"]...), func(w int) bool { return x.s.feat(w, "Person") == "1" })
}

// isOfThing tells whether what is said is of a thing what it is: "the meeting had been useful".
func (x *scene) isOfThing(y *saying) bool {
	for _, h := range y.content {
		if x.s.child(h, "cop") < 0 || x.tellsOwn(h, y) {
			continue
		}
		if k := x.s.child(h, "nsubj"); k >= 0 && x.s.words[k].UPOS == "NOUN" {
			return true
		}
	}
	return false
}

// isByThem tells an act of force by those of whom a witness only says "they".
func (x *scene) isByThem(c *clause) bool {
	if c.passive || !slices.ContainsFunc(c.slots["agent"], func(w int) bool {
		m := x.s.mentions[w]
		return x.s.feat(w, "PronType") == "Prs" && x.s.feat(w, "Person") == "3" && m.ID == ""
	}) {
		return false
	}
	return x.makes(c, casus.Assault) || x.makes(c, casus.Coerce)
}

// tellsOfWrong tells whether somebody who speaks for no party lays a wrong at the
// door of one whom he names: "Human Rights Watch said soldiers had executed villagers".
func (x *scene) tellsOfWrong(y *saying) bool {
	if sector(y.speaker) == "med" {
		return false
	}
	for _, c := range x.byWordOrder() {
		if c.class != 'v' || c.passive || !y.covers(x.s, c.pred) || !x.gram.has("wronging", c.lemma) {
			continue
		}
		if st := c.present(x.gram, x.byWord).status; st != casus.Happened && st != casus.Ongoing {
			continue
		}
		if len(c.slots["agent"]) > 0 && !x.tellsOwn(c.pred, y) {
			return true
		}
	}
	return false
}
