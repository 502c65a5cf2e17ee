package frames

import (
	"fmt"
	"slices"
	"strings"

	"casus"
	"casus/ontology"
	"casus/read/actors"
	"casus/read/amount"
	"casus/read/syntax"
	"casus/read/text"
	"casus/read/when"
)

// Document is an article with everything that is known about its sentences
// before frames are sought; Trees, Times and Amounts have one entry a sentence.
type Document struct {
	Article casus.Article
	Trees   []syntax.Tree
	Cast    *actors.Cast
	Times   [][]when.Expression
	Amounts [][]amount.Amount
	// Missions are the missions that the world knows the place of.
	Missions []Mission
	Wars     []War // that the world knows of, for wars that the article does not give the parties of
	// Governor returns who governed a state on the article's date where that
	// was a group with an id of its own; it may be nil.
	Governor func(casus.ActorID) (casus.ActorID, bool)
}

// Coder turns documents of one language into records. It is safe for concurrent use.
type Coder struct {
	lex     *Lexicon
	gram    *Grammar
	units   Units
	plover  *ontology.Plover
	opinion SecondOpinion // nil where nobody is asked
	least   float64       // how sure it must be
}

// Units knows what nouns a number may count; *amount.Grammar is one.
type Units interface {
	// Unit returns the unit that a noun makes, "" for one that it does not know.
	Unit(noun string) string
}

// New returns a coder over a language's lexicon, grammar and counted nouns. It reports frames
// whose mode is not one of their type's.
func New(lex *Lexicon, gram *Grammar, units Units, plover *ontology.Plover) (*Coder, error) {
	for _, f := range lex.all {
		for _, m := range f.Makes {
			if m.Kind != "event" {
				continue
			}
			typ, mode := m.event()
			if err := plover.Check(&casus.Event{Type: typ, Mode: mode}); err != nil {
				return nil, fmt.Errorf("%s: %w", f.Place, err)
			}
		}
	}
	return &Coder{lex: lex, gram: gram, units: units, plover: plover}, nil
}

// rule names a frame for "why".
func (l *Lexicon) rule(f *Frame) string {
	return f.Place + " " + f.Predicates[0].Lemma
}

// reading is the work on one document.
type reading struct {
	*Coder
	doc         Document
	text        *casus.Offsets
	trees       []syntax.Tree
	sentences   []*sentence
	quotes      []quotation
	moments     moments
	setting     setting
	bonds       bonds
	accords     accords
	stationedAt map[casus.ActorID]bool // missions whose place is told
	people      casus.ActorID          // the people that the article spoke of last
	peopleAt    int                    // the sentence where it did
	body        casus.ActorID          // the alliance that the article spoke of last
	dealings    dealings
	decreed     map[string]casus.ActorID // who put a state of emergency, a curfew … last, by mode
	clauses     [][]*clause
	sayings     [][]*saying
	studies     map[casus.ActorID]bool // persons who judge from outside, as the article brings them on
	asked       speaker                // who answers, where the article is an interview
	writer      casus.ActorID          // whose own text the article is, "" for a journalist's
	anybody     bool                   // also sayings by somebody whom nobody can make out
	out         []casus.Record
}

// Code returns the document's records in the order of their spans, without ids.
func (c *Coder) Code(d Document) []casus.Record {
	r := c.reading(d)
	r.findSayings()
	for i := range r.sentences {
		r.count(r.sentences[i])
		if d.Trees[i].Sentence.Shape == text.Prose {
			r.sentence(i)
		}
	}
	r.out = once(withoutRelays(c.actsBetween(r.out), d))
	slices.SortStableFunc(r.out, func(a, b casus.Record) int {
		if a.Span.Start != b.Span.Start {
			return a.Span.Start - b.Span.Start
		}
		return b.Span.End - a.Span.End
	})
	return r.out
}

// actsBetween drops the verbal acts that are towards nobody and stand as claims
// already: what somebody says is an act where it is one between actors.
func (c *Coder) actsBetween(records []casus.Record) []casus.Record {
	said := func(at casus.Span) bool {
		return slices.ContainsFunc(records, func(r casus.Record) bool { return r.Kind() == casus.KindClaim && r.Span.Overlaps(at) })
	}
	var out []casus.Record
	for _, r := range records {
		if e, ok := r.Body.(*casus.Event); ok && len(e.Target) == 0 {
			if entry, known := c.plover.Lookup(e.Type, ""); known && entry.Quad%2 == 1 && said(r.Span) {
				continue
			}
		}
		out = append(out, r)
	}
	return out
}

// reading begins the work on a document: its sentences opened, its quotation marks paired.
func (c *Coder) reading(d Document) *reading {
	r := &reading{Coder: c, doc: d, trees: slices.Clone(d.Trees), text: casus.NewOffsets(d.Article.Text), dealings: newDealings(), bonds: bonds{}, stationedAt: map[casus.ActorID]bool{}, decreed: map[string]casus.ActorID{}, accords: accords{},
		moments: moments{published: d.Article.Date, times: d.Times, paragraph: -1}}
	kinds := d.kinds()
	for i := range d.Trees {
		s := c.open(d, i, kinds)
		r.trees[i].Words = s.words
		r.sentences = append(r.sentences, s)
	}
	r.quotes = quotations(r.sentences, func(i int) bool { return i == 0 || !r.sameParagraph(i, i-1) })
	r.writer = r.author()
	r.studies = r.outsiders()
	return r
}

// findSayings finds the clauses of every sentence, and what is said in it and by whom.
func (r *reading) findSayings() {
	for _, s := range r.sentences {
		cs := clauses(s, r.gram)
		for _, c := range cs {
			r.agentBelow(c)
		}
		r.clauses = append(r.clauses, cs)
		r.sayings = append(r.sayings, append(r.reported(cs), r.sourced(s)...))
	}
	r.attributeBlocks(r.sayings)
	r.attributeQuotes(r.sayings)
	if !r.anybody {
		for i, said := range r.sayings {
			r.sayings[i] = slices.DeleteFunc(said, func(y *saying) bool { return y.speaker == "" })
		}
	}
}

// agentBelow finds the doer of a passive where the tree has hung it on another
// phrase of the verb, unless that is an act of its own: "sanctions were imposed on
// three judges by Britain", but not "died in an attack by rebels".
func (c *Coder) agentBelow(cl *clause) {
	s := cl.s
	if !cl.passive || len(cl.slots["agent"]) > 0 {
		return
	}
	first, last := s.bounds(cl.pred, func(k int) bool { return !s.isClause(k) })
	for k := max(first, cl.pred); k <= last; k++ {
		up := s.words[k].Head
		if s.rel(k) != "nmod" || up <= cl.pred || up > k || !c.gram.has("agent", s.preposition(k)) || !cl.isActor(k) || !s.under(up, cl.pred) {
			continue
		}
		if len(c.lex.frames[Predicate{strings.ToLower(s.words[up].Lemma), 'n'}]) == 0 {
			cl.add("agent", k)
			return
		}
	}
}

// kinds returns the kind of every actor of the document.
func (d Document) kinds() map[casus.ActorID]casus.ActorKind {
	out := map[casus.ActorID]casus.ActorKind{}
	for _, a := range d.Cast.Actors {
		out[a.ID] = a.Kind
	}
	return out
}

// open returns a sentence of a document ready to be read, its tree mended.
func (c *Coder) open(d Document, i int, kinds map[casus.ActorID]casus.ActorKind) *sentence {
	t := d.Trees[i]
	t.Words = c.repaired(c.mended(t.Words))
	s := newSentence(i, t, d.Cast, c.gram)
	s.kinds = kinds
	s.timed = make([]bool, len(s.words))
	for _, e := range d.Times[i] {
		for w := max(e.First, 0); w < min(e.Last, len(s.words)); w++ {
			s.timed[w] = true
		}
	}
	s.reorder(c.gram)
	s.back = c.pointsBack(s)
	return s
}

// sentence writes down the records of one sentence.
func (r *reading) sentence(i int) {
	s := r.sentences[i]
	r.moments.enter(r.trees[i].Sentence.Paragraph)
	r.setting.enter(r.trees[i].Sentence.Paragraph)
	byWord := map[int]*clause{}
	for _, c := range r.clauses[i] {
		byWord[c.pred] = c
	}
	x := &scene{reading: r, s: s, byWord: byWord, sayings: r.sayings[i]}
	said := len(r.out)
	for _, y := range x.sayings {
		x.claim(y)
	}
	before := len(r.out)
	for _, c := range r.clauses[i] {
		x.unknown(c)
		for _, family := range families {
			x.tell(c, family)
		}
	}
	x.dropUnknown(before)
	x.dropHalves(before)
	x.pledged(said)
	x.stationed()
	x.figures()
	r.moments.leave(s)
	for w := range s.words {
		if m, ok := s.mentions[w]; ok && isPeople(m.ID) {
			r.people, r.peopleAt = m.ID, i
		}
		if m, ok := s.mentions[w]; ok && s.kinds[m.ID] == casus.ActorAlliance {
			r.body = m.ID
		}
	}
	r.setting.leave(s, r.gram)
}

// scene is a sentence while its records are written.
type scene struct {
	*reading
	s       *sentence
	byWord  map[int]*clause
	sayings []*saying
	twinned []twinned
}

// twinned is an act of words and the saying that it came from.
type twinned struct {
	by    *saying
	event *casus.Event
}

// tell writes down what a clause tells of one family of records.
func (x *scene) tell(c *clause, family []string) {
	borne := c.bearer != nil && x.lex.makesEvent(c.bearer) || x.toldBy(c)
	for _, f := range x.lex.match(c, family) {
		for _, m := range f.Makes {
			if !slices.Contains(family, m.Kind) || borne && m.Kind == "event" || m.Kind == "relation" && x.changes(c, m) {
				continue // another family's, or the frame of the verb has written it
			}
			x.build(c, f, m)
		}
	}
}

// changes tells whether the verb of which a noun is the subject or object tells that the
// noun's state of affairs begins or ends: "the war between them began".
func (x *scene) changes(noun *clause, m Make) bool {
	up := x.byWord[x.s.words[noun.pred].Head]
	if !noun.noun || up == nil || up.class != 'v' || !slices.Contains(slices.Concat(up.subject(), up.slots["patient"]), noun.pred) || m.What[1] != string(casus.Held) {
		return false
	}
	return slices.ContainsFunc(x.lex.match(up, []string{"relation"}), func(f *Frame) bool {
		return slices.ContainsFunc(f.Makes, func(o Make) bool {
			return o.Kind == "relation" && o.What[0] == m.What[0] && o.What[1] != m.What[1]
		})
	})
}

func (x *scene) build(c *clause, f *Frame, m Make) {
	if c.isQuestion(x.gram) {
		return // "could not tell whether the town had fallen": nobody says that it had
	}
	if y := innermost(x.sayings, x.s, c.pred); y != nil && y.uttered != c && (!y.keeps(m.Kind) && !x.isTold(c, y) || y.performed == c) {
		return
	}
	switch m.Kind {
	case "event":
		if x.averted(c) || c.isAttribute(f) {
			return // "a truce deal" is a deal
		}
		x.event(c, f, m)
	case "relation":
		x.relation(c, f, m)
	case "flow":
		x.flow(c, f, m)
	case "commitment":
		x.commitment(c, f, m)
	}
}

// swornOff tells a clause of what somebody promises not to do: that nothing is done.
func (x *scene) swornOff(c *clause) bool {
	top := c.pred
	for x.s.rel(top) == "conj" && x.s.words[top].Head >= 0 {
		top = x.s.words[top].Head
	}
	up := x.s.words[top].Head
	return up >= 0 && c.class == 'v' && x.gram.has("undertake", x.s.words[up].Lemma) && x.s.isSwornOff(c.pred)
}

// base fills in what is common to the records of a clause. ok is false where
// no valid quote can be cut, and where the clause tells of nothing.
func (x *scene) base(c *clause, f *Frame, m Make) (rec casus.Record, ok bool) {
	if x.swornOff(c) {
		return rec, false
	}
	p := x.presented(c)
	rec = casus.Record{Article: x.doc.Article.ID, Status: p.status}
	if y := innermost(x.sayings, x.s, c.pred); y != nil {
		if !y.presupposes(x.s, c.pred) {
			rec.By, rec.ByAs = y.speaker, x.words(y.as)
		}
		rec.Status = y.coloured(x.s, c.pred, p.status)
	} else {
		x.goOn(&rec, c)
	}
	if st := m.status(); st != "" {
		rec.Status = st
	}
	rec.When = x.moments.of(c, rec.Status, x.gram)
	rec.Where = x.places(c)
	rec.Span = x.clauseSpan(c)
	rec.Made = casus.Made{Rule: x.lex.rule(f), Confidence: confidence(f)}
	if !x.quote(&rec) {
		return rec, false
	}
	if h := x.words(p.hedge); p.hedge.Len() > 0 && rec.Span.Contains(p.hedge) {
		rec.Hedge = h
	}
	return rec, true
}

// confidence grows with how much a frame asks for before it fits.
func confidence(f *Frame) float64 { return min(0.9, 0.6+0.1*float64(len(f.Conditions))) }

// coloured is colour for what stands at a word inside the saying; what is
// taken for granted there keeps its status.
func (y *saying) coloured(s *sentence, w int, status casus.Status) casus.Status {
	if (status == casus.Happened || status == casus.Ongoing) && y.presupposes(s, w) {
		return status
	}
	return y.colour(status)
}

// presupposes tells whether a word stands in a relative clause of what is said:
// that is the writer's own ("accused the army, which seized the town in May, of …").
// So is the deed that somebody condemns or praises in so many words ("condemned
// last week's attack"): nobody says that it happened.
func (y *saying) presupposes(s *sentence, w int) bool {
	if (y.disapproves() || y.act == casus.Praise) && !y.quoted && s.words[w].UPOS == "NOUN" && slices.Contains(y.content, w) {
		return true
	}
	for n := 0; n < len(s.words) && w >= 0 && !slices.Contains(y.content, w); n++ {
		if s.words[w].Deprel == "acl:relcl" {
			return true
		}
		w = s.words[w].Head
	}
	return false
}

// performs tells whether a saying is an act in itself that the writer reports:
// the numbers of a promise or a demand are the writer's, unless it is quoted.
func (y *saying) performs() bool {
	switch y.act {
	case casus.Promise, casus.Demand, casus.ThreatenAct, casus.RejectAct, casus.Praise:
		return !y.quoted
	}
	return false
}

// colour is the status of something said: what is accused, feared, demanded or
// foretold is possible, what is denied or rejected is denied, what is praised
// goes on, a threat hangs on what is threatened for.
func (y *saying) colour(s casus.Status) casus.Status {
	switch y.act {
	case casus.Demand:
		return casus.Possible
	case casus.Deny, casus.RejectAct:
		return casus.Denied
	case casus.Predict:
		if s == casus.Denied || s == casus.Conditional {
			return s
		}
		return casus.Possible
	case casus.AccuseAct, casus.Warn:
		if s == casus.Conditional {
			return s
		}
		return casus.Possible
	case casus.ThreatenAct:
		return casus.Conditional
	case casus.Promise:
		if s != casus.Conditional {
			return casus.Planned
		}
	case casus.Praise, casus.Assess:
		if s == casus.Possible || s == casus.Planned {
			return casus.Ongoing
		}
	}
	return s
}

// isTold tells whether a clause inside a saying tells a deed all the same: what
// somebody judges has happened, and what a relative clause of it adds.
func (x *scene) isTold(c *clause, y *saying) bool {
	if y.presupposes(x.s, c.pred) {
		return true
	}
	return y.act == casus.Assess && c.present(x.gram, x.byWord).status == casus.Happened
}

// keeps tells whether what stands inside a saying is a record of its own kind
// too. What is demanded, judged, praised or rejected is told by the claim and
// its event; taking it for an act as well would count wishes as deeds.
func (y *saying) keeps(kind string) bool {
	switch y.act {
	case casus.Demand, casus.RejectAct, casus.Assess, casus.Praise:
		return kind == "relation" || kind == "commitment" || kind == "flow"
	case casus.Warn:
		return kind != "event"
	}
	return true
}
