package frames

import (
	"maps"
	"slices"
	"strings"

	"casus/read/actors"
)

// clause is a predicate with its slots filled by heads of phrases.
type clause struct {
	s       *sentence
	pred    int
	class   byte // 'v', 'n' or 'a'
	lemma   string
	head    string // of a compound noun that means a kind of its head ("grensbeschieting"), else ""
	slots   map[string][]int
	passive bool
	noun    bool // slots come from a noun phrase
	// around is the clause that a noun stands in; bearer the same where its verb
	// says little more than that the noun happens ("launched an offensive").
	around, bearer *clause
}

func (c *clause) add(slot string, w int) { c.slots[slot] = append(c.slots[slot], w) }

// clauses finds every predicate of a sentence: verbs, adjectives and nouns.
func clauses(s *sentence, g *Grammar) []*clause {
	byWord := map[int]*clause{}
	var out []*clause
	for w := range s.words {
		c := newClause(s, w)
		if c == nil {
			continue
		}
		byWord[w] = c
		out = append(out, c)
		if c.class == 'v' {
			c.verbSlots(g)
		} else {
			c.head = g.compoundHead(c.lemma)
			c.phraseSlots(g)
		}
	}
	for _, c := range out {
		if c.noun {
			c.around = s.governing(c.pred, byWord)
		}
	}
	for _, c := range out {
		c.inherit(byWord, g)
		if c.noun {
			c.bearer = c.lightVerb(byWord, g)
		}
	}
	return out
}

// lightVerb returns the clause whose light verb has the noun as its object, or
// a quantity of it: "launched an offensive", "carried out a series of arrests".
func (c *clause) lightVerb(byWord map[int]*clause, g *Grammar) *clause {
	s, w := c.s, c.pred
	if up := s.words[w].Head; s.rel(w) == "nmod" && up >= 0 && (g.has("parts", s.lower(up)) || g.has("parts", s.words[up].Lemma)) {
		w = up
	}
	for n := 0; s.rel(w) == "conj" && n < len(s.words); n++ {
		w = s.words[w].Head // "made arrests and threats"
	}
	up := byWord[s.words[w].Head]
	if up != nil && up.class == 'v' && g.has("answering", up.lemma) && s.rel(w) == "obl" && g.has("answering-with", s.preposition(w)) {
		return up // "responded with the expulsion of the ambassador"
	}
	if up == nil || up.class != 'v' || !g.has("light-verbs", up.lemma) {
		return nil
	}
	if rel := s.words[w].Deprel; rel == "obj" || rel == "nsubj:pass" || rel == "nsubj" && up.passive {
		return up
	}
	return nil
}

func newClause(s *sentence, w int) *clause {
	word := s.words[w]
	c := &clause{s: s, pred: w, lemma: strings.ToLower(word.Lemma), slots: map[string][]int{}}
	switch word.UPOS {
	case "VERB":
		c.class = 'v'
	case "AUX":
		if rel := s.rel(w); rel == "aux" || rel == "cop" {
			return nil
		}
		c.class = 'v'
	case "ADJ":
		c.class = 'a'
	case "NOUN", "PROPN":
		c.class = 'n'
	case "ADV":
		if s.rel(w) != "appos" && s.child(w, "obl", "nmod") < 0 {
			return nil
		}
		c.class = 'n' // "Uganda, its ally", "Lebanon, home to a million refugees"
	default:
		return nil
	}
	return c
}

// verbSlots fills the slots of a verb from its dependents.
func (c *clause) verbSlots(g *Grammar) {
	s := c.s
	c.passive = (!g.has("perfect-of-motion", c.lemma) || c.hasDoer(g)) &&
		(s.child(c.pred, "aux:pass", "nsubj:pass", "csubj:pass") >= 0 || c.isPassiveParticiple(g))
	for _, k := range s.kids[c.pred] {
		switch s.words[k].Deprel {
		case "nsubj:pass", "csubj:pass":
			if !c.passive { // "zijn gevlucht" looks like a passive and is none
				c.add("agent", k)
				continue
			}
			c.add("patient", k)
			continue
		case "obl:agent":
			if c.passive || s.child(c.pred, "nsubj") < 0 {
				c.add("agent", k)
				continue
			} // "stood by its ally"
		case "compound:prt":
			c.add("prt", k)
			continue
		}
		c.verbSlot(k, g)
	}
	if s.child(c.pred, "cop") >= 0 {
		if mark := s.child(c.pred, "mark"); mark >= 0 && g.has("purpose", s.lower(mark)) {
			c.add("isto", s.child(c.pred, "cop")) // "is to return"
		}
	}
	c.modifierSlots()
	c.secondSubject()
	c.bareRelative(g)
}

// bareRelative makes the noun of a relative clause without a pronoun its verb's
// object: "the town Russia attacked", "a charge Tehran rejects". A time or a manner
// is none: "the day Russia attacked".
func (c *clause) bareRelative(g *Grammar) {
	s := c.s
	head := s.words[c.pred].Head
	if s.words[c.pred].Deprel != "acl:relcl" || c.passive || head < 0 || head > c.pred || s.child(c.pred, "nsubj") < 0 || s.words[c.pred].UPOS != "VERB" ||
		s.child(c.pred, "obj", "iobj", "ccomp", "xcomp", "mark", "cop", "csubj") >= 0 || s.words[head].UPOS != "NOUN" || g.has("moments", strings.ToLower(s.words[head].Lemma)) || g.has("manners", strings.ToLower(s.words[head].Lemma)) {
		return
	}
	first, _ := s.bounds(c.pred, nil)
	for k := head + 1; k <= c.pred; k++ {
		if s.words[k].UPOS == "PUNCT" || s.feat(k, "PronType") == "Rel" || s.feat(k, "PronType") == "Int" || k < first && s.words[k].UPOS != "ADP" && s.words[k].Head != head {
			return
		}
	}
	c.add("patient", head)
}

// hasDoer tells whether a phrase with a preposition of the one who acts hangs on
// a verb: then it is a passive, whatever the verb ("a mission headed by …").
func (c *clause) hasDoer(g *Grammar) bool {
	return slices.ContainsFunc(c.s.kids[c.pred], func(k int) bool {
		return c.s.rel(k) == "obl" && c.isActor(k) && g.has("agent", c.s.preposition(k))
	})
}

// attributive tells a participle that stands with its noun and tells how it is,
// not what happened to it.
func (c *clause) attributive() bool {
	rel := c.s.rel(c.pred)
	return c.passive && c.finite() < 0 && (rel == "amod" || rel == "acl")
}

// secondSubject mends a tree in which object and subject are both called
// subject ("De VS zouden Tadzjikistan hebben verzocht"): the second is the object.
//
// Where there is an object already, the second is the indirect one.
func (c *clause) secondSubject() {
	subjects := c.slots["agent"]
	if c.passive || len(subjects) != 2 || !c.isActor(subjects[1]) && c.s.words[subjects[1]].UPOS != "NOUN" {
		return // a weekday that the tree calls a subject is no object
	}
	if first := subjects[0]; first < subjects[1] && c.s.parts[strings.ToLower(c.s.words[first].Lemma)] {
		c.slots["agent"] = subjects[1:] // "1,1 miljoen | gevluchte Oekraïners"
		return
	}
	slot := "patient"
	if len(c.slots["patient"]) > 0 {
		slot = "iobj"
	}
	c.slots["agent"], c.slots[slot] = subjects[:1], append(c.slots[slot], subjects[1])
}

// receives tells whether the first of two objects is the one that the second goes
// to: "heeft Oekraïne zes straaljagers geleverd".
func (c *clause) receives(first, second int, g *Grammar) bool {
	m, ok := c.s.mentions[first]
	if !ok || m.ID == "" || m.Class == actors.Place || c.s.parts[strings.ToLower(c.s.words[first].Lemma)] || g.has("calling", c.lemma) {
		return false
	}
	for k := first + 1; k < second; k++ {
		if c.s.words[k].UPOS == "PUNCT" {
			return false
		}
	}
	return first < second && !c.isActor(c.s.core(second)) && c.s.words[second].UPOS == "NOUN"
}

// isReflexive tells "zich" and "themselves", which stand in an object's place
// without being one.
func (c *clause) isReflexive(k int, g *Grammar) bool {
	return c.s.feat(k, "Reflex") == "Yes" || g.has("reflexive", c.s.lower(k))
}

func (c *clause) verbSlot(k int, g *Grammar) {
	s := c.s
	switch s.rel(k) {
	case "nsubj":
		if c.passive {
			c.add("patient", k)
		} else {
			c.add("agent", k)
		}
	case "obj":
		if c.isReflexive(k, g) {
			c.add("refl", k)
			return
		}
		if first := c.slots["patient"]; len(first) > 0 {
			if !c.receives(first[0], k, g) {
				c.add("as", k) // "called it a massacre", with two objects
				return
			}
			c.slots["patient"], c.slots["iobj"] = nil, append(c.slots["iobj"], first...)
		}
		c.add("patient", k)
		c.particleBefore(k, g)
	case "iobj":
		c.add("iobj", k)
	case "obl", "nmod":
		if s.child(c.pred, "det") >= 0 && g.has("of", s.preposition(k)) {
			c.add("patient", k) // "het innemen van de stad"
		}
		c.prepositional(k, g)
	case "xcomp":
		c.complement(k)
		if next := s.child(k, "xcomp"); next >= 0 && g.has("aspect", s.words[k].Lemma) {
			c.complement(next) // "vowed to keep attacking"
		}
	case "ccomp", "csubj":
		c.add("that", k)
	case "advcl":
		c.adverbial(k, g)
	case "advmod":
		c.add("adv", k)
		if g.has("there", s.lower(k)) {
			c.add("somewhere", k)
		}
	case "aux":
		c.add("aux", k)
	case "expl":
		c.add("refl", k)
	}
}

// particleBefore finds the verb's particle where the tree has hung it on the
// object after it: "broke off ties".
func (c *clause) particleBefore(object int, g *Grammar) {
	for _, k := range c.s.kids[object] {
		if c.s.rel(k) == "case" && k < object && k > c.pred && g.has("particles", c.s.lower(k)) {
			c.add("prt", k)
		}
	}
}

// particleIn finds the verb's particle where the tree has made it a part of the
// preposition after it: "handed over to Turkey", "broke out between …".
func (c *clause) particleIn(preposition string, k int, g *Grammar) {
	first, rest, two := strings.Cut(preposition, " ")
	if two && g.has("particles", first) {
		c.add("prt", c.s.child(k, "case"))
		c.add(rest, k)
	}
}

// complement sorts an open complement: an infinitive clause, or a predicate of the object.
func (c *clause) complement(k int) {
	if c.s.words[k].UPOS == "VERB" || c.s.child(k, "mark", "cop") >= 0 {
		c.add("inf", k)
		return
	}
	if p := c.s.preposition(k); p != "" {
		c.add(p, k)
		if o := c.s.child(k, "obj"); o >= 0 && c.s.child(c.pred, "obj") < 0 {
			c.add("patient", o) // "hebben de stad in handen"
		}
	}
	c.add("as", k)
	if c.s.words[k].UPOS == "PROPN" && c.isActor(k) && c.s.child(c.pred, "obj") < 0 && c.s.child(k, "case") < 0 && !c.passive {
		c.add("patient", k) // "seized Raqqa", where the tree takes the name for a predicate
	}
}

func (c *clause) adverbial(k int, g *Grammar) {
	mark := c.s.child(k, "mark")
	if mark >= 0 && g.has("purpose", c.s.lower(mark)) && c.s.feat(k, "VerbForm") != "Fin" {
		c.add("inf", k)
		return
	}
	if mark >= 0 && g.has("as", c.s.lower(mark)) && c.s.child(k, "nsubj", "aux", "cop") < 0 {
		c.add("as", k)
	}
	if mark >= 0 && g.has("complementizer", c.s.lower(mark)) {
		c.add("that", k)
	}
	c.add("advcl", k)
}

// prepositional files a phrase under its preposition, the passive's agent under agent.
func (c *clause) prepositional(k int, g *Grammar) {
	p := c.s.preposition(k)
	switch {
	case c.s.isBound(k, g) && c.s.child(c.pred, "obj") < 0 && !c.passive:
		c.add("patient", k) // "led away at least eleven employees"
	case p == "" && c.s.words[k].Deprel == "obl:arg":
		c.add("iobj", k)
	case p == "":
		c.add("bare", k)
	case c.passive && g.has("agent", p):
		c.add("agent", k)
	default:
		c.under(p, k, g)
		if g.has("as", p) {
			c.add("as", k)
		}
		c.particleIn(p, k, g)
	}
	c.locate(p, k, g)
}

// under files a phrase under its preposition, and under the one that frames
// name in its stead ("richting Kazachstan" is "naar Kazachstan").
func (c *clause) under(p string, k int, g *Grammar) {
	c.add(p, k)
	if other := g.like[p]; other != "" {
		c.add(other, k)
	}
}

// isBound tells whether a phrase is counted and its preposition belongs to the
// number: "at least eleven", "ten minste elf".
func (s *sentence) isBound(k int, g *Grammar) bool {
	mark := s.child(k, "case")
	return mark >= 0 && mark+1 < k && g.has("bounds", s.lower(mark+1)) && s.child(k, "nummod") >= 0
}

// locate files a phrase that says where something is under somewhere: a place,
// or a thing that lies in one ("on five hills").
func (c *clause) locate(p string, k int, g *Grammar) {
	m, known := c.s.mentions[k]
	if g.has("locative", p) && !c.s.timed[k] && (known && m.Place || !known && c.s.words[k].UPOS == "NOUN") {
		c.add("somewhere", k)
	}
}

// isPassiveParticiple tells whether a verb without a finite form of its own is a
// past participle of one to whom something is done: "ships seized by Iran",
// "Once praised as a reformer, he …". One that has an object is none: the tree
// then has taken a finite verb for it ("after Baku accused the neighbour"). One that
// opens a sentence has no subject and is a participle even if it looks like a past.
func (c *clause) isPassiveParticiple(g *Grammar) bool {
	s := c.s
	switch s.rel(c.pred) {
	case "amod":
		if c.takenForAttribute() >= 0 {
			return false
		}
	case "acl":
		if s.child(c.pred, "obj") >= 0 || c.onlyVerb() {
			return false
		}
	case "advcl":
		if s.child(c.pred, "obj", "aux", "cop", "mark") >= 0 {
			return false
		}
	default:
		return false
	}
	if s.words[c.pred].Deprel == "acl:relcl" || s.child(c.pred, "nsubj") >= 0 {
		return false
	}
	opens := s.rel(c.pred) == "advcl" && c.pred < s.words[c.pred].Head && s.feat(c.pred, "Tense") == "Past"
	return (opens || s.feat(c.pred, "VerbForm") == "Part") && !c.presentParticiple(g)
}

// onlyVerb tells whether a form that can be a past tense or a participle is the
// verb of a sentence whose tree has made its subject the root ("3,400 people
// crossed from …").
func (c *clause) onlyVerb() bool {
	head := c.s.words[c.pred].Head
	if c.s.rel(c.pred) != "acl" || c.s.words[c.pred].Deprel == "acl:relcl" || head < 0 || c.s.words[head].Head >= 0 || c.pred < head {
		return false
	}
	for w := range c.s.words {
		if c.s.feat(w, "VerbForm") == "Fin" {
			return false
		}
	}
	return true
}

// takenForAttribute returns the subject of a finite verb that the tree takes for
// an attribute of its object, -1 where it does not: "The United States imposed
// sanctions", read as one phrase about sanctions.
func (c *clause) takenForAttribute() int {
	s := c.s
	object := s.words[c.pred].Head
	if object < c.pred || s.words[object].Head >= 0 && !s.isClause(object) {
		return -1
	}
	for _, k := range s.kids[object] {
		if k >= c.pred {
			break
		}
		m, ok := s.mentions[k]
		if ok && m.Class != actors.Adjective && s.words[k].UPOS == "PROPN" && s.child(k, "case") < 0 && (s.rel(k) == "compound" || s.rel(k) == "nmod") {
			return k
		}
	}
	return -1
}

// presentParticiple tells "oprukkende" and "advancing" from "verdreven" and "displaced".
func (c *clause) presentParticiple(g *Grammar) bool {
	if t := c.s.feat(c.pred, "Tense"); t != "" {
		return t == "Pres"
	}
	for _, ending := range g.lists["present-participle"] {
		if after, whole := strings.CutPrefix(ending, "+"); whole && c.s.lower(c.pred) == c.lemma+after || !whole && strings.HasSuffix(c.s.lower(c.pred), ending) {
			return true
		}
	}
	return false
}

// modifierSlots gives a participle or a clause that modifies a noun that noun.
func (c *clause) modifierSlots() {
	s := c.s
	head := s.words[c.pred].Head
	if head < 0 || s.words[c.pred].Deprel == "acl:relcl" {
		return
	}
	if rel := s.rel(c.pred); rel != "amod" && rel != "acl" || s.child(c.pred, "nsubj") >= 0 && s.child(c.pred, "mark") >= 0 {
		return // "told Reuters that a town had been taken": it has a subject of its own
	}
	subject := -1
	if rel := s.rel(c.pred); rel == "amod" {
		subject = c.takenForAttribute()
	}
	switch {
	case subject >= 0 && !c.passive:
		c.add("agent", subject)
		c.add("patient", head)
		for _, k := range s.kids[head] {
			if p := s.preposition(k); k > head && p != "" {
				c.add(p, k)
			}
		}
	case c.passive:
		hyphened := c.pred > 1 && s.lower(c.pred-1) == "-"
		if hyphened {
			head = s.nounAfter(c.pred, head)
		}
		c.add("patient", head)
		if w := c.pred - 2; hyphened && len(c.slots["agent"]) == 0 && (s.words[w].Head == head || s.words[w].Head == c.pred) {
			if _, ok := s.mentions[w]; ok {
				c.add("agent", w) // "a U.S.-brokered truce"
			}
		}
	case len(c.slots["agent"]) == 0 && (s.feat(c.pred, "VerbForm") == "Part" || s.words[c.pred].Deprel == "amod"):
		c.add("agent", head)
	}
}

// nounAfter returns the noun that a hyphened participle stands before, whatever
// the tree has hung it on: "Iran-backed Hezbollah", "Russian-backed Syrian forces".
func (s *sentence) nounAfter(participle, or int) int {
	w := participle + 1
	for w < len(s.words) && s.words[w].Head > w && (s.rel(w) == "amod" || s.rel(w) == "compound" || s.rel(w) == "nummod") {
		w = s.words[w].Head
	}
	if w < len(s.words) && (s.words[w].UPOS == "NOUN" || s.words[w].UPOS == "PROPN") {
		return w
	}
	return or
}

// phraseSlots fills the slots of a noun or an adjective.
func (c *clause) phraseSlots(g *Grammar) {
	s := c.s
	c.noun = c.class == 'n'
	for _, k := range s.kids[c.pred] {
		rel, deprel := s.rel(k), s.words[k].Deprel
		switch {
		case rel == "nsubj":
			c.add("subject", k)
			if !c.noun {
				c.add("agent", k)
			}
		case rel == "case":
			c.add("case", k)
		case deprel == "nmod:poss", deprel == "nmod:gen":
			c.add("gen", k)
			if s.words[k].UPOS == "PRON" || s.words[k].UPOS == "DET" {
				c.add("poss", k)
			}
		case rel == "nmod", rel == "obl":
			c.nounPhrase(k, g)
		case rel == "amod", rel == "compound", rel == "flat" && s.words[k].UPOS == "PROPN":
			c.attribute(k)
		case rel == "acl" && deprel != "acl:relcl" && s.child(k, "nsubj") >= 0, rel == "ccomp", rel == "csubj":
			c.add("that", k)
			c.add("inf", k)
		case rel == "acl" && deprel != "acl:relcl", rel == "xcomp":
			c.add("inf", k)
		case rel == "advmod":
			c.add("adv", k)
		case rel == "appos":
			c.add("appos", k)
		case rel == "obj" && c.noun:
			c.add("patient", k) // "heeft de stad in handen", where the tree takes the noun for the verb
		}
	}
	c.besideName()
	if c.noun && len(c.slots["agent"]) == 0 {
		c.agentBelowOf(g)
	}
	c.enumerate()
	if s.rel(c.pred) == "appos" && s.words[c.pred].Head >= 0 {
		c.add("appos", s.words[c.pred].Head) // "Armenia, a Russian ally": the ally is Armenia
	}
	if rel := s.rel(c.pred); c.noun && (rel == "compound" || rel == "flat") && c.isActor(s.words[c.pred].Head) {
		c.add("appos", s.words[c.pred].Head) // "NATO member Turkey"
	}
	if c.class == 'a' && s.rel(c.pred) == "amod" {
		c.add("agent", s.words[c.pred].Head)
	}
}

// besideName files the name that follows a noun as what the noun is said of,
// where the tree takes both for subjects or objects: "Russia's ally Belarus was silent".
func (c *clause) besideName() {
	s, name := c.s, c.pred+1
	if !c.noun || s.words[c.pred].UPOS != "NOUN" || name >= len(s.words) || s.words[name].UPOS != "PROPN" || !c.isActor(name) {
		return
	}
	if rel := s.rel(name); s.words[name].Head == s.words[c.pred].Head && (rel == "nsubj" || rel == "obj") && s.words[c.pred].Head >= 0 {
		c.add("appos", name)
	}
}

// agentBelowOf finds the doer of a noun's act where the tree has hung it on the
// one to whom it is done: "the seizure of the tanker by the militia".
func (c *clause) agentBelowOf(g *Grammar) {
	for _, w := range c.slots["of"] {
		for _, k := range c.s.kids[w] {
			if p := c.s.preposition(k); k > w && c.s.rel(k) == "nmod" && g.has("agent", p) && c.isActor(k) {
				c.add("agent", k)
				c.add(p, k)
			}
		}
	}
}

// closing are the marks that end a list which another mark begins behind a noun;
// one after a colon ends with the sentence.
var closing = map[string]string{"–": "–", "—": "—", "-": "-", "(": ")", ":": ""}

// enumerate files under list the actors that are listed right behind a noun
// between dashes, in brackets or after a colon: "all members – A, B and C –".
// How a tree hangs them differs from list to list.
func (c *clause) enumerate() {
	s := c.s
	k := c.pred + 1
	if k >= len(s.words) {
		return
	}
	end, opens := closing[s.words[k].Form]
	if !opens {
		return
	}
	var listed []int
	for k++; k < len(s.words) && s.words[k].Form != end; k++ {
		if c.isActor(k) {
			listed = append(listed, k)
		}
	}
	if len(listed) < 2 {
		return
	}
	for _, k := range listed {
		c.add("list", k)
	}
}

// attribute files an adjective of nationality or a compound's first part as the one
// whose it is; of a "UN-brokered" truce the participle says otherwise.
func (c *clause) attribute(k int) {
	m, ok := c.s.mentions[k]
	switch {
	case c.s.isBackers(k):
		c.add("attr", k)
	case ok && m.Class == actors.Place && strings.Contains(string(m.ID), "/") && c.s.words[k].Deprel == "compound":
		c.add("in", k) // "the Goma attack" is not Goma's
	case ok && m.ID != "":
		c.add("gen", k)
	default:
		c.add("attr", k)
	}
}

func (c *clause) nounPhrase(k int, g *Grammar) {
	p := c.s.preposition(k)
	switch {
	case p == "":
		c.add("gen", k)
	case g.has("of", p):
		c.add("of", k)
	case g.has("agent", p):
		c.add("agent", k)
		c.add(p, k)
	default:
		c.under(p, k, g)
	}
	if g.has("of", p) && p != "of" {
		c.add(p, k)
	}
	c.locate(p, k, g)
}

// inherit gives a clause the subject that it shares with another: the first
// conjunct's, the controller's, the governing clause's, a relative's antecedent.
func (c *clause) inherit(byWord map[int]*clause, g *Grammar) {
	if c.class != 'v' {
		return
	}
	s := c.s
	role := "agent"
	if c.passive {
		role = "patient"
	}
	head := s.words[c.pred].Head
	governor := byWord[head]
	switch rel := s.rel(c.pred); {
	case rel == "acl" && governor != nil && governor.noun && g.has("object-control", governor.lemma) && governor.around != nil && len(c.slots[role]) == 0:
		c.slots[role] = governor.around.controller(g) // "gaf hun bevel de stad te verlaten"
	case c.ownedBy(byWord, g) != nil:
		c.slots[role] = append(c.slots[role], c.ownedBy(byWord, g)...)
	case s.words[c.pred].Deprel == "acl:relcl" || rel == "acl":
		c.antecedent(head, role, g)
	case governor == nil || len(c.slots[role]) > 0:
	case rel == "conj":
		c.shareFromConjunct(governor, role)
	case rel == "xcomp":
		c.slots[role] = governor.controller(g)
		if here := governor.slots["here"]; len(here) > 0 && len(c.slots["here"]) == 0 {
			c.slots["here"] = here // "where Moscow helped to put down a revolt"
		}
	case (rel == "advcl" || rel == "acl") && (c.objectDoes(g) || c.isPurpose(g) && governor.asks(g)):
		c.slots[role] = governor.controller(g)
	case rel == "advcl" && governor.passive && len(governor.slots["agent"]) == 1 && governor.slots["agent"][0] == c.pred-1:
		c.slots[role] = append(c.slots[role], c.pred-1) // "ousted by officers promising security"
	case rel == "advcl", rel == "parataxis" && len(c.slots["patient"]) == 0:
		c.slots[role] = append(c.slots[role], governor.subject()...)
	}
}

// ownedBy returns who is to do what an infinitive on a noun says: the noun's owner,
// or the subject of the verb that has it: "plans by Iran to hold drills", who "has
// the right to reclaim its territory". nil where it hangs on no such noun, or on
// one for what somebody else is to do.
func (c *clause) ownedBy(byWord map[int]*clause, g *Grammar) []int {
	s := c.s
	noun := s.words[c.pred].Head
	if noun >= 0 && !c.passive && g.has("instruments", strings.ToLower(s.words[noun].Lemma)) {
		return c.enacted(noun, byWord, g)
	}
	if s.words[c.pred].Deprel != "acl" || noun < 0 || c.passive || len(c.slots["agent"]) > 0 || !c.isPurpose(g) ||
		g.has("object-control", strings.ToLower(s.words[noun].Lemma)) {
		return nil
	}
	if owner := byWord[noun]; owner != nil && owner.noun {
		for _, slot := range []string{"agent", "gen"} {
			if len(owner.slots[slot]) > 0 {
				return owner.slots[slot]
			}
		}
	}
	up := byWord[s.words[noun].Head]
	if up == nil || up.class != 'v' {
		return nil
	}
	own := up.subject()
	if s.rel(noun) == "obj" && g.has("perfect", up.lemma) {
		return own
	}
	if (s.rel(noun) == "obj" || s.rel(noun) == "obl") && !up.passive && !c.isActor(noun) && len(own) == 1 && c.isActor(own[0]) && g.has("undertakings", strings.ToLower(s.words[noun].Lemma)) {
		return own // "embarked on an operation to take control of the city"
	}
	return nil
}

// enacted returns who does what a law or a decree does: whose it is, or who made it
// ("Russia passed a law banning …", "een wet die … verbiedt").
func (c *clause) enacted(law int, byWord map[int]*clause, g *Grammar) []int {
	s := c.s
	switch s.words[c.pred].Deprel {
	case "acl":
		if len(c.slots["agent"]) > 0 || s.feat(c.pred, "VerbForm") != "Ger" && s.feat(c.pred, "Tense") != "Pres" && s.feat(c.pred, "VerbForm") != "Part" {
			return nil
		}
	case "acl:relcl":
		if a := c.slots["agent"]; len(a) != 1 || !g.has("relative", s.lower(a[0])) {
			return nil
		}
	default:
		return nil
	}
	if owner := byWord[law]; owner != nil && owner.noun && len(owner.slots["gen"]) > 0 {
		return nil // the law's own owner is found as it is
	}
	up := byWord[s.words[law].Head]
	if s.rel(law) != "obj" || up == nil || up.class != 'v' || up.passive {
		return nil
	}
	c.slots["agent"] = nil
	return up.subject()
}

func (c *clause) shareFromConjunct(first *clause, role string) {
	if first.class != 'v' {
		c.slots[role] = append([]int(nil), first.slots["agent"]...)
		return
	}
	c.slots[role] = append([]int(nil), first.subject()...)
	if !c.passive && len(c.slots["patient"]) == 0 && len(c.slots["that"])+len(c.slots["inf"]) == 0 && len(first.slots["patient"]) > 0 {
		// "attacked and killed six soldiers": the object hangs on the first verb but stands after the second.
		if o := first.slots["patient"][0]; o > c.pred {
			c.add("patient", o)
		}
	}
}

// subject returns the grammatical subject's slot.
func (c *clause) subject() []int {
	if c.passive {
		return c.slots["patient"]
	}
	return c.slots["agent"]
}

// controller returns who is to do what an infinitive says: the governing
// verb's object where that is an actor ("dwong hen te vertrekken"), else, and
// with verbs of promising, its subject.
func (c *clause) controller(g *Grammar) []int {
	if g.has("subject-control", c.lemma) {
		return append([]int(nil), c.subject()...)
	}
	asks := c.asks(g)
	for _, slot := range []string{"iobj", "patient", "aan", "op"} {
		toldTo := slot == "iobj" || slot == "patient"
		for _, w := range c.slots[slot] {
			switch {
			case g.has("reciprocal", c.s.lower(w)):
				return append([]int(nil), c.subject()...) // "verweten elkaar het bestand te hebben geschonden"
			case !c.isActor(w) && g.has("object-control", strings.ToLower(c.s.words[w].Lemma)): // "bevel", "beroep"
			case asks && (toldTo || c.isActor(w)), toldTo && !c.passive && c.isActor(w):
				return []int{w}
			}
		}
	}
	if asks {
		return nil // "ordered to leave the city": whoever it was that was ordered
	}
	return append([]int(nil), c.subject()...)
}

// asks tells whether a verb's object is to do what its infinitive says, by the
// verb or by its noun ("gaf hun bevel te vertrekken").
func (c *clause) asks(g *Grammar) bool {
	return g.has("object-control", c.lemma) || slices.ContainsFunc(c.slots["patient"], func(w int) bool {
		return !c.isActor(w) && g.has("object-control", strings.ToLower(c.s.words[w].Lemma)) // "forces" are no order
	})
}

// objectDoes tells whether a clause is introduced by a word after which the
// governing verb's object is the doer: "accused Baku of shelling".
func (c *clause) objectDoes(g *Grammar) bool {
	mark := c.s.child(c.pred, "mark", "case")
	return mark >= 0 && g.has("object-does", c.s.lower(mark))
}

// isPurpose tells an infinitive with a word of purpose before it: "om de stad te verlaten".
func (c *clause) isPurpose(g *Grammar) bool {
	mark := c.s.child(c.pred, "mark")
	return mark >= 0 && g.has("purpose", c.s.lower(mark)) && c.s.feat(c.pred, "VerbForm") != "Fin"
}

func (c *clause) isActor(w int) bool {
	m, ok := c.s.mentions[w]
	return ok && m.ID != ""
}

// antecedent puts the noun that a relative clause modifies in the place of its
// relative pronoun, or as its subject where the clause has none.
func (c *clause) antecedent(head int, role string, g *Grammar) {
	if subject := c.s.child(head, "nsubj"); subject >= 0 && c.s.child(head, "cop") >= 0 && g.has("the-one", strings.ToLower(c.s.words[head].Lemma)) {
		head = subject // "Russia was the one who broke the truce"
	}
	found := false
	for _, name := range slotNames(c.slots) {
		for i, w := range c.slots[name] {
			if w != head && g.has("relative", c.s.lower(w)) && c.s.words[w].UPOS != "NOUN" && c.s.words[w].UPOS != "PROPN" {
				found = true
				if c.s.mentions[w].ID != "" && c.s.mentions[head].ID == "" {
					continue // "a reply to Trump, who …": the pronoun knows better than the tree
				}
				if near := w - 2; g.has("here", c.s.lower(w)) && near >= 0 && c.s.words[w-1].Form == "," && c.isActor(near) && c.s.under(near, head) {
					head = near // of "Uzbekistan and Tajikistan, where …" the last
				}
				if g.has("here", c.s.lower(w)) {
					c.add("here", head)
					c.add("in", head)
					continue
				}
				c.slots[name][i] = head
			}
		}
	}
	if found {
		return
	}
	if len(c.slots["agent"]) == 0 && len(c.slots["patient"]) == 0 {
		c.add(role, head)
		return
	}
	// "het akkoord dat X en Y sloten", where the tagger took the pronoun for a conjunction
	if mark := c.s.child(c.pred, "mark"); mark >= 0 && len(c.slots["patient"]) == 0 && g.has("relative", c.s.lower(mark)) &&
		c.s.words[c.pred].Deprel == "acl:relcl" {
		c.add("patient", head)
	}
}

func slotNames(slots map[string][]int) []string {
	return slices.Sorted(maps.Keys(slots))
}
