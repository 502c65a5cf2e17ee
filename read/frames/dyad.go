package frames

import (
	"slices"

	"casus"
	"casus/read/actors"
)

// Dyad is a sentence of a document with the words that name the two sides of
// an event in it.
type Dyad struct {
	Sentence       int
	Source, Target Party
}

// Party is the words that name one side: from First to before Last, the word
// Head tying them to the rest. Head is -1 where the sentence does not name it.
type Party struct{ First, Last, Head int }

// Unnamed is the party that a sentence does not name.
var Unnamed = Party{Head: -1}

func (p Party) named() bool { return p.Head >= 0 }

// Fit says how well an event of a frame fits a dyad.
type Fit int

const (
	Elsewhere Fit = iota // neither party has a role in it
	Reversed             // the target acts, or the source is acted on
	OnTarget             // the target is in its place, the source is not
	BySource             // the source is in its place, the target is not
	Between              // both are in their places
)

// Coding is the event that a frame finds in a dyad.
type Coding struct {
	Type   casus.EventType
	Mode   string
	Status casus.Status // how the clause presents it
	Rule   string       // the frame's line
	Fit    Fit
	Main   bool // it is the sentence's main predicate
	// Concluded says that the parties put an agreement into effect together, by
	// signing a paper or reaching a deal, and did not only agree to something.
	Concluded bool
}

// CodeDyad returns the event of the frame that best links the two parties; ok
// is false where no predicate of the sentence has a frame of an event.
func (c *Coder) CodeDyad(d Document, y Dyad) (best Coding, ok bool) {
	s := c.open(d, y.Sentence, d.kinds())
	s.introduce(y.Source, "source")
	s.introduce(y.Target, "target")
	bestDepth := 0
	all := clauses(s, c.gram)
	byWord := map[int]*clause{}
	for _, cl := range all {
		byWord[cl.pred] = cl
	}
	for _, cl := range all {
		depth := s.depth(cl.pred)
		for _, f := range c.lex.match(cl, acts) {
			for _, m := range f.Makes {
				event, makes := m.acts(f)
				if !makes {
					continue
				}
				found := Coding{Type: event.Type, Mode: event.Mode, Status: cl.present(c.gram, byWord).status,
					Rule: c.lex.rule(f), Fit: c.fit(cl, f, m, y), Main: depth == 0, Concluded: concludes(f, m, event)}
				if !ok || found.Fit > best.Fit || found.Fit == best.Fit && depth < bestDepth {
					best, bestDepth, ok = found, depth, true
				}
			}
		}
	}
	return best, ok
}

// introduce makes a party somebody where the actors have not found anybody, so
// that frames that ask for an actor fit.
func (s *sentence) introduce(p Party, id casus.ActorID) {
	if !p.named() {
		return
	}
	if m, ok := s.mentions[p.Head]; !ok || m.ID == "" {
		s.mentions[p.Head] = actors.Mention{First: p.First, Last: p.Last, Head: p.Head, ID: id, Class: actors.Name}
	}
}

// depth is how many clauses stand above a word.
func (s *sentence) depth(w int) int {
	n := 0
	for steps := 0; w >= 0 && steps <= len(s.words); steps++ {
		w = s.words[w].Head
		if w >= 0 {
			n++
		}
	}
	return n
}

// concludes tells whether a frame is of parties and the agreement that they sign or reach.
func concludes(f *Frame, m Make, event casus.Event) bool {
	return event.Type == casus.Agree && m.Mutual && slices.ContainsFunc(f.Conditions, func(c Condition) bool {
		return c.Slot == "patient" && len(c.Lemmas) > 0
	})
}

// acts returns the event that a make writes: an event itself, or the one that
// a claim is besides, where the frame has none of its own.
func (m Make) acts(f *Frame) (casus.Event, bool) {
	if m.Kind == "event" {
		typ, mode := m.event()
		return casus.Event{Type: typ, Mode: mode}, true
	}
	if m.Kind != "claim" || slices.ContainsFunc(f.Makes, func(o Make) bool { return o.Kind == "event" }) {
		return casus.Event{}, false
	}
	twin, ok := twins[casus.Act(m.What[0])]
	return twin, ok
}

// fit tells which parties of a dyad have a role in an event of a clause.
func (c *Coder) fit(cl *clause, f *Frame, m Make, y Dyad) Fit {
	source, target := m.roleOr("source", agentRole), m.roleOr("target", targetRole)
	if m.Kind == "claim" {
		source = m.roleOr("speaker", agentRole)
	}
	if m.Mutual {
		source = m.roleOr("source", partyRole)
		target = source
	}
	by, to := cl.heads(source, f, c.gram), cl.heads(target, f, c.gram)
	if cl.class == 'v' { // who refuses, asks or agrees to do a thing to somebody refuses it them
		to = append(append(slices.Clone(to), cl.slots["inf"]...), cl.slots["that"]...)
	}
	sourceActs, targetSuffers := cl.s.names(by, y.Source), cl.s.names(to, y.Target)
	switch {
	case sourceActs && targetSuffers:
		return Between
	case sourceActs:
		return BySource
	case targetSuffers:
		return OnTarget
	case cl.s.names(by, y.Target), cl.s.names(to, y.Source):
		return Reversed
	}
	return Elsewhere
}

// heads returns the words that fill all slots of a role.
func (c *clause) heads(role Role, f *Frame, g *Grammar) []int {
	var out []int
	for _, sum := range role {
		for _, slot := range sum {
			if slot != "TOWARDS" {
				out = append(out, c.fill(slot, f.names("of"))...)
				continue
			}
			for _, p := range g.lists["towards"] {
				out = append(out, c.fill(p, f.names("of"))...)
			}
		}
	}
	return out
}

// names tells whether one of some words is a party, stands for it, or heads a
// phrase that it is a part of ("the UN's demands" for the UN).
func (s *sentence) names(words []int, p Party) bool {
	if !p.named() {
		return false
	}
	who := s.mentions[p.Head].ID
	for _, w := range words {
		if p.First <= w && w < p.Last || s.under(p.Head, w) {
			return true
		}
		if m, ok := s.mentions[w]; ok && who != "" && m.ID == who {
			return true
		}
	}
	return false
}
