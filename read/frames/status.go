package frames

import (
	"strings"

	"casus"
)

// presentation is how a text presents a clause: its status and the words that hedge it.
type presentation struct {
	status casus.Status
	hedge  casus.Span   // zero where there is none
	plain  casus.Status // the status without the negation: that of the number in "80,000 people cannot go home"
}

// present reads status and hedge from a clause's auxiliaries, adverbs,
// conjunctions and tense, and from the clauses above it.
func (c *clause) present(g *Grammar, byWord map[int]*clause) presentation {
	s := c.s
	if c.class == 'v' || s.child(c.pred, "cop") >= 0 {
		return c.presentFinite(g, byWord)
	}
	plain := c.presentPhrase(g, byWord)
	if neg := s.child(c.pred, "det", "advmod"); neg >= 0 && g.has("negation", s.lower(neg)) {
		return presentation{status: casus.Denied, plain: plain.plain}
	}
	return plain
}

// presented is present, with what a date tells: a present tense whose day is
// still to come is a plan ("Maandag spreken zij elkaar opnieuw").
func (x *scene) presented(c *clause) presentation {
	p := c.present(x.gram, x.byWord)
	if c.isAsked(x.gram) && p.status != casus.Denied {
		return presentation{status: casus.Possible, plain: casus.Possible}
	}
	if (p.status == casus.Happened || p.status == casus.Ongoing) && x.isAgreed(c) {
		return presentation{status: casus.Planned, plain: casus.Planned}
	}
	if p.status != casus.Ongoing && p.plain != casus.Ongoing {
		return p
	}
	when, ok := x.moments.explicit(c)
	toCome := ok && x.moments.published.To != 0 && when.From > x.moments.published.To
	if !toCome && !x.moments.due(c) {
		return p
	}
	if p.status == casus.Ongoing {
		p.status = casus.Planned
	}
	p.plain = casus.Planned
	return p
}

// isAsked tells a main clause that asks whether something is so ("Did they keep
// their word?"). Who asks why, when or by whom takes it to be so.
func (c *clause) isAsked(g *Grammar) bool {
	s := c.s
	if len(s.words) == 0 || s.words[len(s.words)-1].Form != "?" {
		return false
	}
	top := c.pred
	for s.rel(top) == "conj" && s.words[top].Head >= 0 {
		top = s.words[top].Head
	}
	if s.words[top].Head >= 0 {
		return false
	}
	for w := range s.words {
		if g.has("question-words", s.lower(w)) {
			return false
		}
	}
	return true
}

// isAgreed tells a clause in the present tense of what has been agreed: "er is
// afgesproken dat de militairen worden teruggetrokken".
func (x *scene) isAgreed(c *clause) bool {
	up := x.s.words[c.pred].Head
	if c.class != 'v' || up < 0 || x.s.rel(c.pred) != "ccomp" && x.s.rel(c.pred) != "csubj" || !x.gram.has("agreed", x.s.words[up].Lemma) {
		return false
	}
	f := c.finite()
	return f >= 0 && x.s.feat(f, "Tense") != "Past"
}

// done are the acts that are over when they have been told: what is said,
// agreed or given up. The present tense only reports them.
var done = map[casus.EventType]bool{
	casus.Accuse: true, casus.Agree: true, casus.Concede: true, casus.Reject: true, casus.Request: true,
	casus.Retreat: true, casus.Support: true, casus.Threaten: true,
}

// completed is the status of an event that its tense says is going on.
func (c *clause) completed(t casus.EventType, g *Grammar) casus.Status {
	s := c.s
	if !done[t] && !(t == casus.Assault && c.noun) || t == casus.Support && c.passive { // "is backed by Russia"
		return casus.Ongoing
	}
	for _, k := range s.kids[c.pred] {
		if g.has("until-now", s.lower(k)) || s.rel(k) == "aux" && s.feat(c.pred, "VerbForm") == "Ger" {
			return casus.Ongoing // "is still demanding"
		}
	}
	return casus.Happened
}

// presentPhrase reads how a noun or adjective is presented: by its own
// adjectives, by a verb that makes its object unreal or future, else as the clause that it stands in.
func (c *clause) presentPhrase(g *Grammar, byWord map[int]*clause) presentation {
	s := c.s
	for _, k := range s.kids[c.pred] {
		if s.rel(k) == "amod" && g.has("possible", s.lower(k)) {
			return presentation{casus.Possible, s.words[k].Span, casus.Possible} // "the alleged attack"
		}
	}
	up := s.governing(c.pred, byWord)
	if up == nil {
		return presentation{status: casus.Happened, plain: casus.Happened}
	}
	p := up.present(g, byWord)
	if st := up.lends(c.pred, g); st != "" && p.status != casus.Conditional {
		return presentation{status: st, plain: st}
	}
	switch p.status {
	case casus.Denied:
		p.status = casus.Ongoing
	case casus.Planned, casus.Possible, casus.Conditional:
		if g.has("presupposed", c.lemma) && c.isDefinite(g) {
			return presentation{status: casus.Happened, plain: casus.Happened}
		}
	}
	return p
}

// isDefinite tells whether a noun is known already: "the attack", "Friday's strike".
func (c *clause) isDefinite(g *Grammar) bool {
	s := c.s
	for _, k := range s.kids[c.pred] {
		if s.rel(k) == "det" && g.has("definite", s.lower(k)) || s.words[k].Deprel == "nmod:poss" {
			return true
		}
	}
	return false
}

// lends is the status that a verb gives to what stands in it as its object:
// possible for what is feared, asked for or proposed, planned for what is
// promised; "" where the verb leaves it as it is.
func (c *clause) lends(w int, g *Grammar) casus.Status {
	if c.class != 'v' || !c.affects(w, g) {
		return ""
	}
	switch {
	case g.has("unreal", c.lemma):
		return casus.Possible
	case g.has("undertake", c.lemma):
		return casus.Planned
	}
	return ""
}

// affects tells whether a word stands in the verb's object: what it is done to
// or about, not who does it or when.
func (c *clause) affects(w int, g *Grammar) bool {
	s := c.s
	for n := 0; n < len(s.words); n++ {
		h := s.words[w].Head
		if h < 0 {
			return false
		}
		if h == c.pred {
			switch s.rel(w) {
			case "obj":
				return true
			case "obl":
				return g.has("object-of", s.preposition(w))
			case "nsubj":
				return c.passive
			}
			return false
		}
		w = h
	}
	return false
}

// governing returns the verbal clause that a phrase stands in.
func (s *sentence) governing(w int, byWord map[int]*clause) *clause {
	for n := 0; n < len(s.words) && s.words[w].Head >= 0; n++ {
		w = s.words[w].Head
		if c := byWord[w]; c != nil && (c.class == 'v' || s.child(w, "cop") >= 0) {
			return c
		}
	}
	return nil
}

// presentFinite reads a clause from its auxiliaries, its adverbs and what it hangs on.
func (c *clause) presentFinite(g *Grammar, byWord map[int]*clause) presentation {
	s := c.s
	p := presentation{status: c.tense(g, byWord)}
	denied := c.isStillToDo(g)
	for _, k := range s.kids[c.pred] {
		form := s.lower(k)
		switch rel := s.rel(k); {
		case (rel == "advmod" || rel == "det") && g.has("negation", form):
			denied = true
		case rel == "aux" || rel == "cop":
			if st := c.modal(k, g, byWord); st != "" {
				p.status = st
				if st == casus.Possible {
					p.hedge = s.words[k].Span
				}
			}
		case (rel == "advmod" || rel == "obl") && g.has("hedges", form):
			p.hedge = s.words[k].Span
			if g.has("possible", form) {
				p.status = casus.Possible
			}
		case (rel == "obj" || rel == "nsubj" || rel == "obl" && g.has("agent", s.preposition(k))) && c.negatedPhrase(k, g):
			denied = true // "no soldier has been killed", "recognised by no state"
		}
	}
	if up := s.words[c.pred].Head; up >= 0 && s.rel(c.pred) == "acl" && c.isPurpose(g) && c.negatedPhrase(up, g) {
		denied = true // "has no intention to withdraw"
	}
	if c.conditional(g) {
		p.status = casus.Conditional
	} else if c.isQuestion(g) && (p.status == casus.Happened || p.status == casus.Ongoing) {
		p.status = casus.Possible // "it is unclear whether the town has fallen"
	}
	if at := c.seems(g); at >= 0 && (p.status == casus.Happened || p.status == casus.Ongoing) {
		p.status, p.hedge = casus.Possible, s.words[at].Span
	}
	p.plain = p.status
	if denied {
		if p.status == casus.Possible && p.hedge.Len() > 0 {
			p.plain = casus.Ongoing // "80,000 people cannot go home"
		}
		p.status, p.hedge = casus.Denied, casus.Span{}
	}
	return p
}

// seems is the verb by which a clause only looks so ("appeared to be holding"), -1 for none.
func (c *clause) seems(g *Grammar) int {
	up := c.s.words[c.pred].Head
	if up < 0 || c.s.rel(c.pred) != "xcomp" || c.class != 'v' || !g.has("seeming", c.s.words[up].Lemma) || c.s.child(up, "nsubj") < 0 {
		return -1
	}
	return up
}

// isStillToDo tells "has yet to account for", which denies, from "has to account for".
func (c *clause) isStillToDo(g *Grammar) bool {
	s := c.s
	for w := c.pred - 1; w > 0 && w > c.pred-4; w-- {
		if g.has("yet", s.lower(w)) && w+1 < len(s.words) && g.has("purpose", s.lower(w+1)) && g.has("perfect", s.words[w-1].Lemma) {
			return true
		}
	}
	return false
}

// isQuestion tells whether a clause asks whether something is so.
func (c *clause) isQuestion(g *Grammar) bool {
	mark := c.s.child(c.pred, "mark")
	return mark >= 0 && g.has("whether", c.s.lower(mark)) && (c.s.rel(c.pred) == "ccomp" || c.s.rel(c.pred) == "csubj")
}

// modal is the status that an auxiliary gives its clause, "" for one of tense alone.
func (c *clause) modal(k int, g *Grammar, byWord map[int]*clause) casus.Status {
	s := c.s
	form, lemma := s.lower(k), s.words[k].Lemma
	past := s.feat(k, "Tense") == "Past" && !c.reportedPast(byWord)
	switch {
	case g.has("future-of-past", form):
		return c.futureOfPast(k, g)
	case g.has("perfect", lemma) && c.copulaIsParticiple():
		// "has been at war": no obligation either
	case s.feat(c.pred, "VerbForm") != "Inf" && !c.perfectInfinitive(k) && s.child(c.pred, "cop") < 0:
		// "have" before a participle makes a perfect, not an obligation
	case g.has("deontic", form) || g.has("deontic", lemma):
		switch {
		case c.perfectInfinitive(k) && !past || s.child(c.pred, "cop") >= 0 && !past:
			return casus.Possible // "hij moet ontzettend ongerust zijn"
		case past, s.feat(k, "VerbForm") == "Inf" && c.hasPastAuxiliary():
			return casus.Happened // "moest tien miljoen mensen schrappen"
		}
		return casus.Planned
	case g.has("possible", form) || g.has("possible", lemma):
		if past {
			return casus.Happened // "kon de stad verlaten"
		}
		return casus.Possible
	case g.has("future", form) || g.has("future", lemma):
		return casus.Planned
	case lemma == "be" && c.isToBeDone(k, g):
		return casus.Planned // "is to be set up"
	}
	return ""
}

// copulaIsParticiple tells whether a clause's copula is the participle of a perfect.
func (c *clause) copulaIsParticiple() bool {
	cop := c.s.child(c.pred, "cop")
	return cop >= 0 && c.s.feat(cop, "VerbForm") == "Part"
}

// hasPastAuxiliary tells whether a past tense stands among a clause's
// auxiliaries: "had zich moeten terugtrekken".
func (c *clause) hasPastAuxiliary() bool {
	for _, k := range c.s.kids[c.pred] {
		if c.s.rel(k) == "aux" && c.s.feat(k, "Tense") == "Past" {
			return true
		}
	}
	return false
}

// futureOfPast reads "zou" and "would": with a perfect, a second modal or a verb
// for what lasts ("zouden 500 mensen vastzitten") an allegation, else what was
// still to come.
func (c *clause) futureOfPast(k int, g *Grammar) casus.Status {
	s := c.s
	if c.perfectInfinitive(k) || s.child(c.pred, "cop") >= 0 || g.has("hearsay-of", s.words[c.pred].Lemma) {
		return casus.Possible
	}
	for _, other := range s.kids[c.pred] {
		if other != k && s.rel(other) == "aux" && g.has("possible", s.words[other].Lemma) {
			return casus.Possible
		}
	}
	return casus.Planned
}

// goOn attributes an allegation without a speaker to whoever spoke just before:
// "… zei de politie. Ook zouden tien agenten zijn omgekomen."
func (x *scene) goOn(rec *casus.Record, c *clause) {
	if rec.By != "" || rec.Status != casus.Possible || x.s.index == 0 || !x.sameParagraph(x.s.index-1, x.s.index) {
		return
	}
	for _, k := range x.s.kids[c.pred] {
		if x.s.rel(k) != "aux" || !x.gram.has("future-of-past", x.s.lower(k)) || !c.perfectInfinitive(k) {
			continue
		}
		if before := x.reading.sayings[x.s.index-1]; len(before) > 0 {
			y := before[len(before)-1]
			rec.By, rec.ByAs = y.speaker, x.words(y.as)
		}
	}
}

// perfectInfinitive tells "zou hebben verzocht" and "may have left" from "zou vertrekken".
func (c *clause) perfectInfinitive(modal int) bool {
	s := c.s
	for _, k := range s.kids[c.pred] {
		perfect := s.words[k].Deprel == "aux" || s.words[k].Deprel == "aux:pass" && s.words[k].Lemma == "zijn"
		if k != modal && perfect && s.feat(k, "VerbForm") == "Inf" && s.feat(c.pred, "VerbForm") == "Part" {
			return true
		}
	}
	return false
}

// isToBeDone tells whether a form of "be" and an infinitive with its marker make a future.
func (c *clause) isToBeDone(be int, g *Grammar) bool {
	mark := c.s.child(c.pred, "mark")
	return mark > be && g.has("purpose", c.s.lower(mark))
}

// reportedPast tells whether a clause is what somebody said, decided or feared
// in the past: its past tense may be of what was then still to come.
func (c *clause) reportedPast(byWord map[int]*clause) bool {
	s := c.s
	for w, n := c.pred, 0; w >= 0 && n < len(s.words); n++ {
		if rel := s.rel(w); rel == "ccomp" || rel == "csubj" || s.words[w].Deprel == "acl" {
			up := byWord[s.words[w].Head]
			return up != nil && (up.class == 'n' || s.feat(up.pred, "Tense") == "Past" || up.finite() != up.pred)
		}
		w = s.words[w].Head
	}
	return false
}

// negatedPhrase tells whether a phrase is of nobody: "geen soldaat", "niet iedereen", "nobody".
func (c *clause) negatedPhrase(k int, g *Grammar) bool {
	det := c.s.child(k, "det", "advmod")
	return det >= 0 && g.has("negation", c.s.lower(det)) || g.has("negation", c.s.lower(k))
}

// conditional tells whether the clause is a condition or hangs on one.
func (c *clause) conditional(g *Grammar) bool {
	s := c.s
	if s.words[c.pred].Head >= 0 && s.isCondition(c.pred, g) || s.isInvertedCondition(c.pred, g) {
		return true
	}
	if s.rel(c.pred) == "parataxis" && s.isInvertedCondition(s.words[c.pred].Head, g) {
		return true
	}
	for _, k := range s.kids[c.pred] {
		if rel := s.rel(k); (rel == "advcl" || rel == "obl" || rel == "nmod" || rel == "advmod") && s.opensPhrase(k, g) {
			return true
		}
		if s.rel(k) == "advcl" && (s.isCondition(k, g) || s.isInvertedCondition(k, g)) || s.rel(k) == "parataxis" && k < c.pred && s.isInvertedCondition(k, g) {
			return true
		}
	}
	return false
}

// isCondition tells whether a clause opens with a conjunction of condition:
// "als Rusland …", "only if", "op voorwaarde dat", not "als eerste land".
func (s *sentence) isCondition(w int, g *Grammar) bool {
	first, last := s.bounds(w, func(k int) bool { return s.rel(k) != "punct" && s.rel(k) != "cc" })
	for first < w && s.rel(first) == "advmod" && !g.has("condition", s.lower(first)) {
		first++ // "only if"
	}
	if s.opens(first, last, g.lists["condition"]) || s.closes(first, g.lists["condition"]) || s.opens(first, last, g.lists["condition-to-come"]) && s.isToCome(w) {
		return true
	}
	mark := s.child(w, "mark")
	if mark != first || s.child(w, "nsubj", "nsubj:pass", "cop", "aux") < 0 {
		return false
	}
	return g.has("condition", s.lower(mark)) || g.has("condition-to-come", s.lower(mark)) && s.isToCome(w)
}

// isToCome tells whether a clause of time is of what has not come yet ("once the
// troops leave", "until the siege is lifted"): neither it nor the clause that it
// hangs on is in the past.
func (s *sentence) isToCome(w int) bool {
	for n := 0; n < 2 && w >= 0; n++ {
		for _, k := range append([]int{w}, s.kids[w]...) {
			if rel := s.rel(k); (k == w || rel == "aux" || rel == "cop") && s.feat(k, "Tense") == "Past" && s.feat(k, "VerbForm") == "Fin" && s.lower(k) != "would" {
				return false
			}
		}
		w = s.words[w].Head
	}
	return true
}

// opensPhrase tells whether a phrase opens with a condition of several words:
// "in geval van een akkoord", "on condition that", "only as long as".
func (s *sentence) opensPhrase(w int, g *Grammar) bool {
	first, last := s.bounds(w, nil)
	for ; first < w && s.rel(first) == "advmod"; first++ {
		if s.opens(first, last, g.lists["condition"]) {
			return true
		}
	}
	return s.opens(first, last, g.lists["condition"])
}

// opens tells whether the words from first on begin with a phrase of the list
// that has more than one word.
func (s *sentence) opens(first, last int, phrases []string) bool {
	for _, phrase := range phrases {
		words := strings.Fields(phrase)
		if len(words) < 2 || first+len(words) > last+1 {
			continue
		}
		same := true
		for i, word := range words {
			same = same && s.lower(first+i) == word
		}
		if same {
			return true
		}
	}
	return false
}

// closes tells whether a word is the last of a phrase of the list that has more
// than one: the conjunction of "as long as nobody shoots".
func (s *sentence) closes(last int, phrases []string) bool {
	for _, phrase := range phrases {
		n := len(strings.Fields(phrase))
		if first := last - n + 1; n > 1 && first >= 0 && s.opens(first, last, []string{phrase}) {
			return true
		}
	}
	return false
}

// isInvertedCondition tells a condition that opens with its verb: "Should the
// juntas ask for help, …", "Dreigt er oorlog, dan …".
func (s *sentence) isInvertedCondition(w int, g *Grammar) bool {
	first, last := s.bounds(w, func(k int) bool {
		return s.rel(k) != "punct" && s.rel(k) != "cc" && s.rel(k) != "parataxis" && s.rel(k) != "conj"
	})
	if s.child(w, "nsubj") < first || first != w && s.rel(first) != "aux" && s.rel(first) != "cop" || s.feat(first, "VerbForm") != "Fin" {
		return false
	}
	if g.has("inverted", s.lower(first)) {
		return last < len(s.words)-2
	}
	for k := last + 1; k < len(s.words) && k <= last+2; k++ {
		if g.has("then", s.lower(k)) {
			return true
		}
	}
	return false
}

// tense maps the form of the verb and its auxiliaries to a status.
func (c *clause) tense(g *Grammar, byWord map[int]*clause) casus.Status {
	s := c.s
	if c.class == 'v' && s.rel(c.pred) == "amod" && c.takenForAttribute() >= 0 {
		return casus.Happened // a finite verb in the past, whatever the tree says
	}
	finite := c.finite()
	if finite < 0 {
		return c.nonFinite(g, byWord)
	}
	if s.feat(finite, "Tense") == "Past" || g.has("invariable", s.lower(finite)) {
		return casus.Happened
	}
	if finite == c.pred && s.lower(finite) != s.words[finite].Lemma && s.feat(finite, "VerbForm") == "Part" && s.child(finite, "aux", "aux:pass") < 0 {
		return casus.Happened // a past tense that the tagger took for a participle
	}
	perfect := finite != c.pred && s.words[finite].Deprel == "aux" && s.feat(c.pred, "VerbForm") == "Part" &&
		s.feat(c.pred, "Tense") != "Pres"
	if perfect && s.words[finite].Lemma != "zijn" || (perfect || c.perfectPassive()) && !g.has("state", s.lower(c.pred)) {
		return casus.Happened
	}
	return casus.Ongoing
}

// perfectPassive tells "zijn gedood" and "have been killed" from "worden gedood".
func (c *clause) perfectPassive() bool {
	s := c.s
	aux := s.child(c.pred, "aux:pass")
	if aux < 0 {
		return false
	}
	return s.words[aux].Lemma == "zijn" || s.feat(aux, "VerbForm") == "Part" && s.feat(aux, "Tense") == "Past"
}

// finite returns the finite word of the clause: the verb or an auxiliary or
// copula, -1 for none. A word with a subject counts as finite where the tagger
// took a plural for an infinitive ("zij worden", "they put").
func (c *clause) finite() int {
	s := c.s
	aux := -1
	for _, k := range s.kids[c.pred] {
		if rel := s.rel(k); rel == "aux" || rel == "cop" {
			if s.feat(k, "VerbForm") == "Fin" {
				return k
			}
			if aux < 0 {
				aux = k
			}
		}
	}
	switch {
	case s.feat(c.pred, "VerbForm") == "Fin":
		return c.pred
	case s.child(c.pred, "nsubj") < 0 || s.child(c.pred, "mark") >= 0 && s.feat(c.pred, "VerbForm") == "Inf":
		return -1
	case aux >= 0:
		return aux
	}
	return c.pred
}

// nonFinite gives an infinitive or participle the status that its governor lends it.
func (c *clause) nonFinite(g *Grammar, byWord map[int]*clause) casus.Status {
	if c.onlyVerb() {
		return casus.Happened
	}
	s := c.s
	head := s.words[c.pred].Head
	if head < 0 {
		return casus.Happened
	}
	up := byWord[head]
	switch {
	case up == nil:
		return casus.Happened
	case c.s.feat(c.pred, "VerbForm") == "Part" && (c.passive || g.has("perfect-of-motion", c.lemma) && !c.presentParticiple(g)):
		return casus.Happened // "gevluchte Afghanen"
	case c.perfectInfinitive(-1) && !g.has("possible", s.lower(up.pred)) && !(up.passive && g.has("reported", s.lower(up.pred))):
		return casus.Happened // "zegt een toestel te hebben neergeschoten"
	case g.has("possible", s.lower(up.pred)) || g.has("possible", up.lemma) || up.passive && g.has("reported", s.lower(up.pred)):
		return casus.Possible // "is expected to", "are said to have"
	case g.has("deontic", up.lemma) && s.rel(c.pred) == "xcomp":
		if f := up.finite(); f >= 0 && s.feat(f, "Tense") == "Past" {
			return casus.Happened // "had to release them"
		}
		return casus.Planned
	case g.has("intend", up.lemma):
		return casus.Planned
	case up.class == 'n' && g.has("instruments", up.lemma) && s.child(c.pred, "mark") < 0:
		if over := byWord[s.words[up.pred].Head]; over != nil && over.class == 'v' {
			return over.present(g, byWord).status // "passed a law banning …"
		}
		return casus.Happened
	case up.class == 'n':
		return casus.Planned
	case s.rel(c.pred) == "conj", s.rel(c.pred) == "xcomp" && len(up.slots["inf"]) > 0, s.rel(c.pred) == "acl":
		return up.present(g, byWord).status
	case s.rel(c.pred) == "advcl":
		if mark := s.child(c.pred, "mark"); mark >= 0 && g.has("purpose", s.lower(mark)) && !g.has("implicative", up.lemma) {
			return casus.Planned
		}
	}
	return up.present(g, byWord).status
}
