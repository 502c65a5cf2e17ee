package frames

import (
	"slices"
	"strings"

	"casus"
	"casus/read/actors"
)

// families are the kinds of records that frames compete for. What a clause
// tells of a state of affairs does not hang on which act its word fits best.
var families = [][]string{acts, {"relation"}, {"flow"}, {"commitment"}}

// acts is the family of events and claims.
var acts = []string{"event", "claim"}

// match returns the frames of a clause that fit it best among those that make
// records of a family: those of its word, and beside them those of any word.
func (l *Lexicon) match(c *clause, family []string) []*Frame {
	out := l.ownBest(c, family)
	for _, f := range l.frames[Predicate{anyWord, c.class}] {
		if f.makes(family) && f.fits(c) {
			out = append(out, f)
		}
	}
	return out
}

// fitsAny tells whether a frame of any family fits a clause.
func (l *Lexicon) fitsAny(c *clause) bool {
	return slices.ContainsFunc(families, func(family []string) bool { return len(l.ownBest(c, family)) > 0 })
}

// ownBest returns the best frames of a clause's word; where none fits a compound,
// those of the noun that it is a kind of.
func (l *Lexicon) ownBest(c *clause, family []string) []*Frame {
	if own := best(c, l.of(c), family); len(own) > 0 || c.head == "" {
		return own
	}
	return best(c, l.frames[Predicate{c.head, 'n'}], family)
}

// makes tells whether a frame writes records of a family.
func (f *Frame) makes(family []string) bool {
	return slices.ContainsFunc(f.Makes, func(m Make) bool { return slices.Contains(family, m.Kind) })
}

// best returns those of the frames that make records of a family whose
// conditions all hold and that have the most conditions.
func best(c *clause, frames []*Frame, family []string) []*Frame {
	var best []*Frame
	most := -1
	for _, f := range frames {
		if !f.makes(family) || !f.fits(c) {
			continue
		}
		switch n := f.weight(); {
		case n > most:
			best, most = []*Frame{f}, n
		case n == most:
			best = append(best, f)
		}
	}
	return best
}

// makesEvent tells whether a frame that fits a clause best makes an event.
func (l *Lexicon) makesEvent(c *clause) bool {
	for _, f := range l.match(c, acts) {
		for _, m := range f.Makes {
			if m.Kind == "event" {
				return true
			}
		}
	}
	return false
}

// shareEvent tells whether two clauses make events of the same type.
func (l *Lexicon) shareEvent(a, b *clause) bool {
	types := map[string]bool{}
	for _, f := range l.match(a, acts) {
		for _, m := range f.Makes {
			if m.Kind == "event" {
				typ, _ := m.event()
				types[string(typ)] = true
			}
		}
	}
	for _, f := range l.match(b, acts) {
		for _, m := range f.Makes {
			if m.Kind != "event" {
				continue
			}
			if typ, _ := m.event(); types[string(typ)] {
				return true
			}
		}
	}
	return false
}

// modeOf returns the mode of the event of a type that a frame which fits a clause
// best makes; ok is false where none makes such an event.
func (l *Lexicon) modeOf(c *clause, typ casus.EventType) (mode string, ok bool) {
	for _, f := range l.match(c, acts) {
		for _, m := range f.Makes {
			if m.Kind != "event" {
				continue
			}
			if t, mode := m.event(); t == typ {
				return mode, true
			}
		}
	}
	return "", false
}

// threatens tells whether a frame that fits a clause best makes a threat of it.
func (l *Lexicon) threatens(c *clause) bool {
	return slices.ContainsFunc(l.match(c, acts), func(f *Frame) bool {
		return slices.ContainsFunc(f.Makes, func(m Make) bool { return m.Kind == "claim" && m.What[0] == string(casus.ThreatenAct) })
	})
}

// asksFor tells whether the event that a verb makes hangs on its having this
// noun as its object: "lifted" is a concession because sanctions were lifted.
func (l *Lexicon) asksFor(verb, noun *clause) bool {
	slot := "patient"
	if verb.noun {
		slot = "of" // "the lifting of sanctions"
	}
	for _, f := range l.match(verb, acts) {
		if !slices.ContainsFunc(f.Makes, func(m Make) bool { return m.Kind == "event" }) {
			continue
		}
		for _, cond := range f.Conditions {
			if cond.Slot == slot && !cond.Absent && len(cond.Lemmas) > 0 && verb.s.hasLemma(noun.pred, cond.Lemmas) {
				return true
			}
		}
	}
	return false
}

// of returns the frames of a clause's predicate. Taggers confuse nouns and
// adjectives more than either with verbs, so each may stand in for the other.
func (l *Lexicon) of(c *clause) []*Frame {
	if f := l.frames[Predicate{c.lemma, c.class}]; len(f) > 0 {
		return f
	}
	switch c.class {
	case 'n':
		return l.frames[Predicate{c.lemma, 'a'}]
	case 'a':
		return l.frames[Predicate{c.lemma, 'n'}]
	}
	return nil
}

// isAttribute tells whether a noun stands before another: "a truce deal" is a
// deal. Taggers take such nouns for adjectives too.
func (c *clause) isAttribute(f *Frame) bool {
	switch c.s.rel(c.pred) {
	case "compound":
		return c.noun
	case "amod":
		return c.class == 'a' && !slices.Contains(f.Predicates, Predicate{c.lemma, 'a'})
	}
	return false
}

// weight counts conditions by how much they say: one on a lemma says more than
// one on a class, and that an actor or anything at all stands there says least.
func (f *Frame) weight() int {
	n := 0
	for _, c := range f.Conditions {
		switch {
		case c.Absent:
			n += 2
		case len(c.Lemmas) > 0 && strings.Contains(c.Lemmas[0], "+"):
			n += 8
		case len(c.Lemmas) > 0:
			n += 6
		case c.Class != "" && c.Class != "actor":
			n += 5
		default:
			n += 2
		}
	}
	return n
}

func (f *Frame) fits(c *clause) bool {
	for _, cond := range f.Conditions {
		bare := cond.Absent && len(cond.Lemmas) == 0 && cond.Class == ""
		if bare && len(c.fill(cond.Slot, false)) > 0 || !bare && c.satisfies(cond, f) == cond.Absent {
			return false
		}
	}
	return true
}

func (c *clause) satisfies(cond Condition, f *Frame) bool {
	heads := c.fill(cond.Slot, f.names("of"))
	if cond.Slot == "prt" {
		heads = append(slices.Clone(heads), c.slots["adv"]...) // taggers waver between particle and adverb
	}
	for _, w := range heads {
		switch {
		case cond.Slot == "inf" && f.menaces() && c.s.isSwornOff(w):
		case len(cond.Lemmas) > 0:
			if c.s.hasLemma(w, cond.Lemmas) || c.s.hasLemma(c.s.core(w), cond.Lemmas) { // "most of the penalties"
				return true
			}
		case cond.Class == "", c.s.isOf(w, cond.Class):
			return true
		}
	}
	return false
}

// menaces tells whether a frame makes a threat.
func (f *Frame) menaces() bool {
	return slices.ContainsFunc(f.Makes, func(m Make) bool {
		return m.Kind == "claim" && m.What[0] == string(casus.ThreatenAct)
	})
}

// isSwornOff tells whether an infinitive is of what is not to be done: "promised
// not to attack", "to attack no villages".
func (s *sentence) isSwornOff(w int) bool {
	denies := func(of int) bool {
		return slices.ContainsFunc(s.kids[of], func(k int) bool { return (s.rel(k) == "advmod" || s.rel(k) == "det") && s.nots[s.lower(k)] })
	}
	return denies(w) || slices.ContainsFunc(s.kids[w], func(k int) bool { return s.rel(k) == "obj" && denies(k) })
}

// names tells whether a frame speaks of a slot by name.
func (f *Frame) names(slot string) bool {
	for _, c := range f.Conditions {
		if c.Slot == slot {
			return true
		}
	}
	for _, m := range f.Makes {
		for _, role := range m.Roles {
			for _, sum := range role {
				for _, s := range sum {
					if s == slot {
						return true
					}
				}
			}
		}
	}
	return false
}

// fill returns the heads of a slot. With a noun, agent and patient are sought
// among its phrases: the by-phrase, the possessor, the of-phrase.
func (c *clause) fill(slot string, ofIsNamed bool) []int {
	direct := c.slots[slot]
	switch {
	case slot == "self":
		return []int{c.pred}
	case slot == "lemma", slot == "unsaid":
		return nil
	}
	if !c.noun {
		if len(direct) == 0 {
			return c.strayed(slot)
		}
		return direct
	}
	switch slot {
	case "agent":
		for _, s := range []string{"agent", "gen"} {
			if len(c.slots[s]) > 0 {
				return c.slots[s]
			}
		}
		if w := c.attributeOwner(); w >= 0 {
			return []int{w}
		}
		if c.bearer != nil && len(c.bearer.slots["agent"]) > 0 {
			return c.bearer.slots["agent"]
		}
		if !ofIsNamed && len(c.slots["of"]) > 0 {
			return c.slots["of"]
		}
	case "patient":
		if len(direct) > 0 {
			return direct
		}
		if len(c.slots["agent"])+len(c.slots["gen"]) > 0 || ofIsNamed {
			return c.slots["of"]
		}
	case "around":
		if c.around == nil {
			return nil
		}
		return c.around.subject()
	default:
		if len(direct) > 0 {
			return direct
		}
		if below := c.strayedBelow(slot); len(below) > 0 || c.bearer == nil {
			return below
		}
		return c.bearer.slots[slot]
	}
	return nil
}

// attributeOwner looks through a compound's first part for the one whose it is:
// "the Turkish drone attack", where "Turkish" hangs on "drone".
func (c *clause) attributeOwner() int {
	for _, a := range c.slots["attr"] {
		if c.s.words[a].UPOS == "VERB" {
			continue // a truce that is American-brokered is not America's
		}
		for _, k := range c.s.kids[a] {
			if r := c.s.rel(k); (r == "amod" || r == "compound" || r == "nmod") && c.isActor(k) {
				return k
			}
		}
	}
	return -1
}

// strayedBelow looks for a noun's phrase with a preposition that the tree has
// hung on the noun's of-phrase ("the killing of X by Iran").
func (c *clause) strayedBelow(preposition string) []int {
	for _, w := range c.slots["of"] {
		for _, k := range c.s.kids[w] {
			if c.s.rel(k) == "nmod" && c.s.preposition(k) == preposition {
				return []int{k}
			}
		}
	}
	return nil
}

// strayed looks for a verb's phrase with a preposition that the tree has hung
// on the verb's subject or object instead ("alle militairen uit het land").
func (c *clause) strayed(preposition string) []int {
	slots := []string{"patient", "agent"}
	if _, towards := c.s.aimed[preposition]; towards {
		slots = append(slots, "met", "with", "op", "for", "om") // "dreigde met een aanval op Japan", "appealed for help to the CSTO"
	}
	for _, slot := range slots {
		for _, w := range c.slots[slot] {
			for _, k := range slices.Concat(c.s.kids[w], c.s.below(w)) {
				rel := c.s.rel(k)
				if slot == "agent" && c.s.of[preposition] && c.isActor(k) {
					continue // "het leger van Rusland" does nothing to Russia
				}
				if (rel == "nmod" || rel == "obl" && slot == "patient") && c.s.preposition(k) == preposition {
					return []int{k} // an "obl" of a noun that the tagger took for a verb
				}
				if rel == "nmod" && slot == "patient" && c.s.words[w].UPOS == "NOUN" {
					for _, below := range c.s.kids[k] { // "a loan of a million dollars | for Pakistan"
						if c.s.rel(below) == "nmod" && c.s.preposition(below) == preposition {
							return []int{below}
						}
					}
				}
			}
		}
	}
	return nil
}

// below are the dependents of what a word for a quantity is of: "tientallen raketten op Haifa".
func (s *sentence) below(w int) []int {
	if core := s.core(w); core != w {
		return s.kids[core]
	}
	return nil
}

// shortestPart is how long the first part of a compound is at least, so that
// "onafhankelijk" is not taken for one of "afhankelijk".
const shortestPart = 3

// hasLemma tells whether a word has one of the lemmas, or is a compound that ends in it.
func (s *sentence) hasLemma(w int, lemmas []string) bool {
	lemma, form := strings.ToLower(s.words[w].Lemma), s.lower(w)
	for _, l := range lemmas {
		if first, last, two := strings.Cut(l, "+"); two {
			if (lemma == last || form == last) && s.hasFirstPart(w, first) {
				return true
			}
			continue
		}
		if lemma == l || form == l {
			return true
		}
		if len(l) >= 4 && len(lemma) >= len(l)+shortestPart && strings.HasSuffix(lemma, l) {
			return true
		}
	}
	return false
}

// hasFirstPart tells whether a noun has an attribute or a compound's first part
// with a lemma: the "hunger" of "hunger strike".
func (s *sentence) hasFirstPart(noun int, lemma string) bool {
	return slices.ContainsFunc(s.kids[noun], func(k int) bool {
		rel := s.rel(k)
		return (rel == "compound" || rel == "amod" || rel == "nmod") && k < noun && (strings.ToLower(s.words[k].Lemma) == lemma || s.lower(k) == lemma)
	})
}

// isOf tells whether what a word heads is of a slot class (FORMAT.md).
func (s *sentence) isOf(w int, class string) bool {
	w = s.core(w)
	m, ok := s.mentions[w]
	known := ok && m.ID != ""
	switch class {
	case "actor":
		return known && m.Class != actors.Place || ok && m.Class == actors.Pronoun
	case "force":
		return known && s.isForce(m.ID)
	case "place":
		return ok && m.Place
	case "people":
		return s.isPeople(w, m, known)
	case "person":
		return known && m.ID.IsPerson()
	case "state":
		return known && !strings.Contains(string(m.ID), "/") && m.ID.IsCountry()
	case "number":
		return s.words[w].UPOS == "NUM" || s.child(w, "nummod") >= 0
	case "thing":
		return !ok
	}
	return false
}

// isPeople tells whether what a word heads is people rather than a state or
// its forces: "Afghan refugees", "80,000 Somalis", "many families".
func (s *sentence) isPeople(w int, m actors.Mention, known bool) bool {
	lemma := strings.ToLower(s.words[w].Lemma)
	switch {
	case !known:
		return s.people[lemma]
	case m.Class == actors.Population || isPeople(m.ID):
		return true
	case len(m.ID) != 3 || !m.ID.IsCountry(): // "m23" is none
		return false
	}
	counted := s.child(w, "nummod") >= 0 || s.words[w].UPOS == "NUM" || s.parts[lemma]
	det := s.child(w, "det")
	asState := m.Place || m.Class != actors.Name || det >= 0 && s.feat(det, "Definite") == "Def" // "the Americans left Niger"
	return counted || !asState
}

// forceSectors and peopleSectors are the second segments of actor ids (docs/RECORDS.md).
var (
	forceSectors = map[string]bool{"mil": true, "police": true, "border-guard": true, "reb": true, "spy": true, "fighters": true,
		"mercenaries": true}
	peopleSectors = map[string]bool{"refugees": true, "migrants": true, "civ": true, "protesters": true, "displaced": true,
		"ref": true, "residents": true, "nationals": true, "labourers": true, "opp": true, "returnees": true, "asylum-seekers": true}
)

func sector(id casus.ActorID) string {
	_, rest, _ := strings.Cut(string(id), "/")
	first, _, _ := strings.Cut(rest, "/")
	return first
}

// isForce tells whether an actor bears arms: a state's forces or an armed group.
func (s *sentence) isForce(id casus.ActorID) bool {
	return forceSectors[sector(id)] || s.kinds[id] == casus.ActorArmedGroup
}

func isPeople(id casus.ActorID) bool { return peopleSectors[sector(id)] }
