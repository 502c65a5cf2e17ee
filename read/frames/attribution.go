package frames

import (
	"slices"
	"strings"

	"casus"
	"casus/read/actors"
)

// saying is words put in somebody's mouth: a reporting clause, a source phrase
// ("volgens …") or a quotation, with what it covers.
type saying struct {
	s         *sentence // where the speaker's words or the reporting verb stand
	clause    *clause   // the reporting clause; nil for a source phrase or a bare quotation
	frame     *Frame    // the frame that made it; nil likewise
	act       casus.Act
	speaker   casus.ActorID
	as        casus.Span // the speaker as the text names them; zero where only remembered
	content   []int      // heads, in s, of what is said
	first     int        // the quoted words that it reports though the tree does not say so;
	last      int        // none where last is 0
	quoted    bool
	performed *clause // the clause of the content that is the act itself: "we condemn the attack"
	uttered   *clause // the clause of the content whose event the saying is: "we stand with them"
	marker    int     // of a source phrase, the word that introduces it, plus one
	source    int     // of a source phrase, the head of the source, plus one
	rule      string
}

// claimMake returns a frame's claim, if it makes one.
func (f *Frame) claimMake() (Make, bool) {
	for _, m := range f.Makes {
		if m.Kind == "claim" {
			return m, true
		}
	}
	return Make{}, false
}

// reported finds the sayings of a sentence that a reporting word makes.
func (r *reading) reported(cs []*clause) []*saying {
	var out []*saying
	for _, c := range cs {
		said := r.reportedBy(c)
		if len(said) == 0 && r.anybody && c.class == 'v' && r.gram.has("attitudes", c.lemma) {
			said = r.sayingsOf(c, thought, thought.Makes[0])
		}
		out = append(out, said...)
	}
	return out
}

func (r *reading) reportedBy(c *clause) []*saying {
	if r.isOwed(c) {
		return nil // "Armenia should promise to leave": it has said nothing yet
	}
	for _, f := range r.lex.match(c, acts) {
		if m, ok := f.claimMake(); ok {
			if said := r.sayingsOf(c, f, m); len(said) > 0 {
				return said
			}
		}
	}
	return nil
}

// isOwed tells whether a clause is only what somebody ought to do: it has an
// auxiliary of obligation, in no past, or is what another is asked to do ("called
// on parliament to reject the outcome").
func (r *reading) isOwed(c *clause) bool {
	if r.isAsked(c) {
		return true
	}
	for _, k := range c.s.kids[c.pred] {
		form, lemma := c.s.lower(k), c.s.words[k].Lemma
		if c.s.rel(k) == "aux" && (r.gram.has("deontic", form) || r.gram.has("deontic", lemma)) && !r.gram.has("perfect", lemma) {
			return c.s.feat(k, "Tense") != "Past" && !c.passive
		}
	}
	return false
}

// isAsked tells an infinitive under a verb whose object is to do what it says.
func (r *reading) isAsked(c *clause) bool {
	w := c.pred
	for n := 0; c.s.rel(w) == "conj" && n < len(c.s.words); n++ {
		w = c.s.words[w].Head
	}
	up := c.s.words[w].Head
	return up >= 0 && c.s.rel(w) == "xcomp" && c.s.child(c.pred, "aux") < 0 && r.gram.has("object-control", c.s.words[up].Lemma)
}

// thought is the frame of words of thinking and wanting, which put something in
// somebody's mind and not in their mouth: no record is made of them.
var thought = &Frame{ //nolint:gochecknoglobals // a constant
	Place: "clauses.txt:attitudes", Predicates: []Predicate{{"attitude", 'v'}}, Makes: []Make{{Kind: "claim", What: []string{string(casus.Assess)},
		Roles: map[string]Role{"content": {{"that"}, {"inf"}, {"patient"}, {"of"}, {"about"}}}}}}

// sayingsOf returns what a reporting clause says, once for each of its speakers.
func (r *reading) sayingsOf(c *clause, f *Frame, m Make) []*saying {
	w, content := c.phrase(m.roleOr("speaker", agentRole), f), c.contents(m, f, r.gram)
	if m.Roles["speaker"] == nil {
		if k, before := c.inverted(f); k >= 0 {
			w, content = k, slices.Concat(before, c.besides())
		} else if k := c.insertedSubject(); k >= 0 {
			content = append([]int{w}, content...)
			content = slices.DeleteFunc(content, func(h int) bool { return h == k })
			w = k
		} else if k := c.phraseBefore(); k >= 0 && c.s.rel(c.pred) == "parataxis" && c.s.child(c.pred, "nsubj") < 0 && c.s.words[k].UPOS == "NOUN" {
			w, content = k, c.besides() // "They hold the town, a spokesman said", where the tree hangs him on the town
		} else if w < 0 && (len(content) > 0 || c.s.endsInColon()) {
			if w = c.phraseBefore(); w < 0 && r.anybody {
				w = c.nameBefore()
			}
		}
	}
	if w < 0 {
		return nil
	}
	said := len(content) > 0 && (c.s.words[content[0]].UPOS == "VERB" || c.s.quoted[content[0]] || c.s.isClause(content[0]))
	var out []*saying
	for _, who := range c.s.speakers(w, c.noun, r.gram) {
		if who.unnamed && (!said && !r.hasSay(c, w, content, m) || c.s.preposition(w) != "") {
			continue // "76 percent rejected the plan" puts no words in anybody's mouth
		}
		out = append(out, &saying{s: c.s, clause: c, frame: f, act: casus.Act(m.What[0]), speaker: who.id, as: who.as,
			content: content, rule: r.lex.rule(f)})
	}
	tail := r.anybody && len(content) == 0 && c.class == 'v' && f != thought
	if len(out) == 0 && r.anybody && (len(content) > 0 || tail || c.s.endsInColon()) {
		out = append(out, &saying{s: c.s, clause: c, frame: f, act: casus.Act(m.What[0]), as: c.s.nameSpan(w), content: content})
	}
	if tail {
		for _, y := range out {
			y.first, y.last = c.tail()
		}
	}
	return out
}

// hasSay tells whether a phrase that nobody knows is of people who have a say and do
// more with it than tell a thing: "planners expect new arrivals".
func (r *reading) hasSay(c *clause, w int, content []int, m Make) bool {
	s := c.s
	if len(content) == 0 || m.What[0] == string(casus.Say) && !r.lex.knows(strings.ToLower(s.words[content[0]].Lemma), 'n') || s.child(w, "nummod") >= 0 || r.gram.has("parts", strings.ToLower(s.words[w].Lemma)) || s.feat(c.pred, "VerbForm") == "Inf" {
		return false
	}
	noun := strings.ToLower(s.words[w].Lemma)
	return r.gram.has("people", noun) || r.gram.has("voices", noun)
}

// tail is what follows a verb of saying up to the end of its sentence, for trees
// that do not tell what of it is said; last is 0 where nothing does, or a comma.
func (c *clause) tail() (first, last int) {
	first, last = c.pred+1, len(c.s.words)-1
	for last > first && c.s.isPunct(last) && !isQuoteMark(c.s.words[last].Form) {
		last--
	}
	if last-first < 3 || c.s.isPunct(first) && !isQuoteMark(c.s.words[first].Form) {
		return 0, 0
	}
	return first, last
}

// contents returns the heads of what a reporting clause reports.
func (c *clause) contents(m Make, f *Frame, g *Grammar) []int {
	var out []int
	if h := c.phrase(m.roleOr("content", Role{{"quote"}, {"that"}, {"inf"}}), f); h >= 0 {
		out = append(out, h)
	}
	for _, h := range c.slots["that"] {
		if len(out) > 0 && h != out[0] && c.s.rel(out[0]) == "ccomp" && c.s.rel(h) == "ccomp" {
			out = append(out, h) // the tree has cut what is said in two
		}
	}
	out = append(out, c.besides()...)
	if len(out) == 0 && c.class == 'v' {
		out = c.strayedClause(g)
	}
	return out
}

// insertedSubject returns the speaker of a reporting clause that was put into
// what it reports, where the tree takes the subject of that for its own ("The
// museum, the president said, shows …"): the second of two subjects before it.
func (c *clause) insertedSubject() int {
	if c.class != 'v' || c.passive || len(c.slots["agent"]) == 0 || len(c.slots["patient"])+len(c.slots["iobj"]) == 0 {
		return -1
	}
	first := c.slots["agent"][0]
	for _, slot := range []string{"patient", "iobj"} {
		for _, k := range c.slots[slot] {
			if first < k && k < c.pred && c.s.rel(k) == "nsubj" && c.s.rel(first) == "nsubj" {
				return k
			}
		}
	}
	return -1
}

// phraseBefore returns the noun phrase that ends right before a finite verb
// without a subject, which the tree has hung elsewhere ("…, officials from both
// parties say"); -1 for none.
func (c *clause) phraseBefore() int {
	s := c.s
	if c.class != 'v' || c.passive || s.feat(c.pred, "VerbForm") != "Fin" && s.feat(c.pred, "VerbForm") != "" || s.child(c.pred, "mark", "aux") >= 0 {
		return -1
	}
	for w := c.pred - 1; w >= 0 && w > c.pred-8; w-- {
		switch s.words[w].UPOS {
		case "NOUN", "PROPN", "PRON":
			if _, last := s.bounds(w, nil); last == c.pred-1 && s.preposition(w) == "" && s.rel(w) != "flat" && s.rel(w) != "compound" {
				return w
			}
		case "PUNCT", "VERB":
			return -1
		}
	}
	return -1
}

// nameBefore returns a capitalised word right before a verb without a subject:
// a name that the tagger did not take for one.
func (c *clause) nameBefore() int {
	if c.class != 'v' || c.passive || c.pred == 0 {
		return -1
	}
	w := c.pred - 1
	if c.s.words[w].UPOS == "ADV" && w > 0 && c.s.words[w].Form == c.s.lower(w) {
		w--
	}
	if c.s.words[w].Form == c.s.lower(w) || c.s.isPunct(w) {
		return -1
	}
	return w
}

// strayedClause looks for a clause of what is said that the tree has hung on a
// phrase between it and its verb ("said in an interview that …").
func (c *clause) strayedClause(g *Grammar) []int {
	for _, k := range c.s.kids[c.pred] {
		if rel := c.s.rel(k); k < c.pred || rel != "obl" && rel != "obj" && rel != "iobj" && rel != "nmod" && rel != "xcomp" {
			continue
		}
		for _, d := range c.s.kids[k] {
			if mark := c.s.child(d, "mark"); mark >= 0 && g.has("complementizer", c.s.lower(mark)) {
				return []int{d}
			}
		}
	}
	return nil
}

// inverted returns the speaker and the content of a reporting verb that was put
// after its content, where the tree takes the subject behind the verb for an
// object or the content for the subject ("Trade will suffer, said the
// minister"); -1 where the clause is not such a one or the tree is right.
func (c *clause) inverted(f *Frame) (who int, content []int) {
	s := c.s
	if c.class != 'v' || c.passive || c.pred == 0 || !s.isPunct(c.pred-1) || len(c.slots["agent"]) > 0 && c.slots["agent"][0] > c.pred {
		return -1, nil
	}
	who = -1
	for _, k := range s.kids[c.pred] {
		switch rel := s.rel(k); rel {
		case "nsubj", "obj", "iobj", "xcomp", "obl", "appos", "flat", "dep":
			nominal := s.words[k].UPOS == "NOUN" || s.words[k].UPOS == "PROPN" || s.words[k].UPOS == "PRON"
			if first, _ := s.bounds(k, nil); who < 0 && k > c.pred && nominal && first <= c.pred+2 && s.preposition(k) == "" {
				who = k
			}
		}
		switch rel := s.rel(k); {
		case k > c.pred:
		case rel == "nsubj", rel == "ccomp", rel == "parataxis", rel == "csubj", rel == "advcl", rel == "dislocated":
			content = append(content, k)
		}
	}
	if who < 0 || len(content) == 0 && !c.isAside() {
		return -1, nil
	}
	if agent := c.slots["agent"]; len(agent) > 0 && (c.isActor(agent[0]) || !c.isActor(who) && f.names("patient")) {
		return -1, nil // "Moscow, which had agreed, rejected the plan"
	}
	for _, slot := range []string{"that", "inf"} {
		for _, h := range c.slots[slot] {
			if h > c.pred && h != who {
				return -1, nil
			}
		}
	}
	return who, content
}

// speaker is somebody who speaks, and the words that name them.
type speaker struct {
	id      casus.ActorID
	as      casus.Span
	unnamed bool // nobody knows them: the id is made of the phrase's words
}

// speakers returns those who speak where a phrase is the subject of saying: each
// of those it coordinates, each member of a plural that stands for a few
// ("beide landen"). Whom nobody knows is called by the phrase's own words.
func (s *sentence) speakers(w int, owners bool, g *Grammar) []speaker {
	var out []speaker
	add := func(who speaker) {
		if !slices.ContainsFunc(out, func(o speaker) bool { return o.id == who.id }) {
			out = append(out, who)
		}
	}
	for _, i := range s.with(w) {
		at := s.core(i)
		m, known := s.mentions[at]
		switch ids := s.one(i, owners || g.has("documents", strings.ToLower(s.words[at].Lemma)), ""); {
		case known && (m.ID == "" || len(m.Members) > 1 && (s.isEach(at, g) || m.Class == actors.Role || m.Class == actors.Office)) && len(ids) <= mostSpeakers:
			for _, id := range ids {
				add(speaker{id: id, as: s.nameSpan(i)})
			}
		case len(ids) > 0:
			add(speaker{id: ids[0], as: s.nameSpan(i)})
		case at == i && s.within(i) != "":
			add(speaker{id: s.within(i), as: s.nameSpan(i)})
		case at == i && (len(out) == 0 || out[0].unnamed): // beside one who is known, a noun that nobody knows is more often misread than a speaker
			if id := s.unnamed(i, g); id != "" {
				add(speaker{id: id, as: s.nameSpan(i), unnamed: true})
			}
		}
	}
	return out
}

// within returns whom a name is of that a word stands in without heading it.
func (s *sentence) within(w int) casus.ActorID {
	if s.words[w].UPOS != "PROPN" {
		return ""
	}
	for k := range s.words {
		if m := s.mentions[k]; m.ID != "" && m.Class == actors.Name && m.Span.Contains(s.words[w].Span) {
			return m.ID
		}
	}
	return ""
}

// isEach tells whether a phrase speaks of each of those it stands for: "beide landen".
func (s *sentence) isEach(w int, g *Grammar) bool {
	return slices.ContainsFunc(s.kids[w], func(k int) bool { return g.has("each", s.lower(k)) }) || g.has("each", s.lower(w))
}

// mostSpeakers is how many members of a plural speak each for themselves.
const mostSpeakers = 4

// unnamed makes an id for a speaker whom nobody knows out of the words of the
// noun phrase, under the state that the phrase names: "hospital-staff",
// "bel/transport-unions". It is empty for what cannot speak: pronouns, numbers,
// and writings whose author is not named.
func (s *sentence) unnamed(w int, g *Grammar) casus.ActorID {
	if _, ok := s.mentions[w]; ok || s.words[w].UPOS != "NOUN" && s.words[w].UPOS != "PROPN" || g.has("documents", strings.ToLower(s.words[w].Lemma)) {
		return ""
	}
	var words []string
	for i := max(0, w-2); i <= w; i++ {
		if m, ok := s.mentions[i]; ok && m.ID != "" {
			continue // the state that an adjective names stands before the words
		}
		if rel := s.rel(i); i == w || s.words[i].Head == w && (rel == "compound" || rel == "amod" && s.words[i].UPOS == "ADJ" || rel == "nummod" && s.words[w].UPOS == "PROPN") {
			words = append(words, s.lower(i))
		}
	}
	id := actors.PhraseID(strings.Join(words, " "))
	if owner := s.owner(w, ""); id != "" && len(owner) > 0 && owner[0].IsCountry() {
		id = casus.ActorID(owner[0].Head()) + "/" + id
	}
	return id
}

// besides returns what a reporting verb that was put after or into its content
// reports: the clause that it hangs on ("…, zei Lavrov vorige week") or that hangs on it.
func (c *clause) besides() []int {
	s := c.s
	var out []int
	if len(c.slots["that"])+len(c.slots["inf"]) == 0 && c.isAside() {
		out = append(out, s.clauseAbove(s.words[c.pred].Head))
	}
	for _, k := range s.kids[c.pred] {
		if s.rel(k) == "parataxis" && !s.semicolonBetween(c.pred, k) || s.rel(k) == "dislocated" {
			out = append(out, k)
		}
	}
	return out
}

// semicolonBetween tells whether two clauses are two sentences in one.
func (s *sentence) semicolonBetween(a, b int) bool {
	for w := min(a, b); w < max(a, b); w++ {
		if s.words[w].Form == ";" && !s.quoted[w] {
			return true
		}
	}
	return false
}

// clauseAbove returns the head of the clause that a word stands in as a subject
// ("The town, he said, is safe", where the tree hangs the aside on "town"), else the word.
func (s *sentence) clauseAbove(w int) int {
	if rel := s.rel(w); rel == "nsubj" && s.words[w].Head >= 0 {
		return s.words[w].Head
	}
	return w
}

// isAside tells whether a clause was put after or into the one that it hangs on:
// as parataxis, or behind a comma with its subject last, whatever the tree calls it.
func (c *clause) isAside() bool {
	s := c.s
	switch s.rel(c.pred) {
	case "parataxis":
		return true
	case "conj", "acl", "advcl", "appos", "dep":
	default:
		return false
	}
	if s.words[c.pred].Head > c.pred || len(c.slots["patient"]) > 0 || s.child(c.pred, "mark", "cc", "aux") >= 0 || s.words[c.pred].Deprel == "acl:relcl" {
		return false
	}
	subject := s.child(c.pred, "nsubj")
	return subject > c.pred && c.pred > 0 && s.words[c.pred-1].UPOS == "PUNCT"
}

// nameSpan is the phrase that names a speaker: the mention's words, else the noun phrase.
func (s *sentence) nameSpan(w int) casus.Span {
	if m, ok := s.mentions[w]; ok && m.Span.Len() > 0 {
		return m.Span
	}
	first, last := s.bounds(w, func(k int) bool { return s.rel(k) != "acl" && s.rel(k) != "punct" && s.rel(k) != "conj" })
	return s.span(first, last)
}

// sourced finds source phrases: "volgens de VN …", "according to …", "…, aldus
// X", "by Iran's count", "naar eigen zeggen".
func (r *reading) sourced(s *sentence) []*saying {
	var out []*saying
	for w := range s.words {
		who, act := -1, casus.Say
		switch {
		case r.isAttribution(s, w):
			who = s.attributed(w)
		case r.gram.has("requests", s.lower(w)) && s.rel(w) == "fixed":
			who, act = s.requester(w), casus.Demand
		case r.gram.has("accounts", strings.ToLower(s.words[w].Lemma)) && r.gram.has("by-account", s.preposition(w)):
			who = s.accountant(w, r.gram)
		}
		if who < 0 {
			continue
		}
		content := s.contentAbove(who, w)
		if s.setOff(w, who) {
			content = s.root()
		}
		speakers := s.speakers(who, true, r.gram)
		if len(speakers) == 0 && r.anybody {
			speakers = []speaker{{as: s.nameSpan(who)}}
		}
		for _, by := range speakers {
			out = append(out, &saying{s: s, act: act, speaker: by.id, as: by.as,
				content: []int{content}, marker: w + 1, source: who + 1, rule: "clauses.txt:attribution " + s.lower(w)})
		}
	}
	return out
}

// accountant returns whose count or account it is by which something is so: its
// owner, or the subject where it is their own ("naar eigen zeggen").
func (s *sentence) accountant(w int, g *Grammar) int {
	for _, k := range s.kids[w] {
		if rel := s.rel(k); rel == "nmod" && s.preposition(k) != s.preposition(w) || rel == "det" && s.isNamed(k) || rel == "compound" && s.isNamed(k) {
			return k
		}
	}
	for _, k := range s.kids[w] {
		if g.has("own", s.lower(k)) {
			return s.subjectAbove(w)
		}
	}
	return -1
}

// isNamed tells whether a word heads the mention of an actor.
func (s *sentence) isNamed(w int) bool {
	m, ok := s.mentions[w]
	return ok && m.ID != ""
}

// subjectAbove returns the subject of the nearest clause above a word, -1 for none.
func (s *sentence) subjectAbove(w int) int {
	for n := 0; n < len(s.words) && s.words[w].Head >= 0; n++ {
		w = s.words[w].Head
		for _, k := range s.kids[w] {
			if rel := s.rel(k); rel == "nsubj" && s.isNamed(k) {
				return k
			}
		}
	}
	return -1
}

// requester returns who asks in "op verzoek van X", where the tree has the
// preposition's words fixed to each other: the phrase that they introduce.
func (s *sentence) requester(w int) int {
	if head := s.words[w].Head; head >= 0 && s.rel(head) == "case" && s.words[head].Head > w {
		return s.words[head].Head
	}
	return -1
}

// isAttribution tells whether a word, with those fixed to it, introduces a source.
func (r *reading) isAttribution(s *sentence, w int) bool {
	if r.gram.has("attribution", s.lower(w)) {
		return true
	}
	return w+1 < len(s.words) && r.gram.has("attribution", s.lower(w)+" "+s.lower(w+1))
}

// attributed returns the head of the source that a word like "volgens"
// introduces: its governor where it is a case marker, else its object, else
// the mention that follows it.
func (s *sentence) attributed(w int) int {
	if h := s.words[w].Head; h > w && s.rel(w) == "case" {
		return h
	}
	if k := s.child(w, "obj", "obl", "nmod", "nsubj", "appos"); k > w {
		return k
	}
	for i := w + 1; i < len(s.words) && i <= w+8; i++ {
		if m, ok := s.mentions[i]; ok && m.Class != actors.Adjective && m.ID != "" {
			return i
		}
	}
	return -1
}

// setOff tells whether a source phrase stands behind a comma at the end of its
// sentence, and so speaks of the whole of it.
func (s *sentence) setOff(marker, who int) bool {
	first := marker
	for _, k := range append(s.kids[who], s.kids[marker]...) {
		if s.rel(k) == "case" || s.rel(k) == "fixed" {
			first = min(first, k)
		}
	}
	_, last := s.bounds(who, nil)
	return first > 0 && s.words[first-1].Form == "," && last >= len(s.words)-2
}

// root returns the head of a sentence's tree.
func (s *sentence) root() int {
	for w := range s.words {
		if s.words[w].Head < 0 {
			return w
		}
	}
	return 0
}

// contentAbove returns the clause that a source phrase modifies, the sentence's root at least.
func (s *sentence) contentAbove(who, marker int) int {
	w := who
	for n := 0; n < len(s.words); n++ {
		h := s.words[w].Head
		if h < 0 {
			return w
		}
		w = h
		if w != marker && (s.isClause(w) || s.words[w].Head < 0) {
			return w
		}
	}
	return w
}

// covers tells how deep below a saying's content a word stands: 0 for not at all.
func (y *saying) covers(s *sentence, w int) bool {
	if y.s != s || y.clause != nil && w == y.clause.pred {
		return false
	}
	if y.last > 0 && y.first <= w && w <= y.last {
		return true
	}
	for _, h := range y.content {
		if !s.under(w, h) {
			continue
		}
		if y.clause == nil || !s.under(w, y.clause.pred) || s.under(h, y.clause.pred) {
			return true
		}
	}
	return false
}

// innermost returns the saying that most closely covers a word, nil where the article speaks.
func innermost(all []*saying, s *sentence, w int) *saying {
	var best *saying
	for _, y := range all {
		if !y.covers(s, w) {
			continue
		}
		if best == nil || y.depth() > best.depth() {
			best = y
		}
	}
	return best
}

// depth is how far below the root the saying's content hangs: the deeper, the closer.
func (y *saying) depth() int {
	if len(y.content) == 0 {
		return 0
	}
	d := 0
	for w := y.content[0]; w >= 0 && d <= len(y.s.words); w = y.s.words[w].Head {
		d++
	}
	return d
}
