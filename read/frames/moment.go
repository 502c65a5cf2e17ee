package frames

import (
	"unicode"
	"unicode/utf8"

	"casus"
	"casus/read/when"
)

// moments answers when things are, from the time expressions of an article and its date.
type moments struct {
	published casus.Period
	times     [][]when.Expression
	// last is the latest explicit day or week of the paragraph, which the
	// sentences after it go on from ("zondag … De jihadisten namen …").
	last      casus.Period
	paragraph int
}

// enter begins a sentence: a new paragraph forgets the running time.
func (m *moments) enter(paragraph int) {
	if paragraph != m.paragraph {
		m.paragraph, m.last = paragraph, casus.Period{}
	}
}

// leave ends a sentence: the time that it tells its main clause by becomes the
// running time, unless that is still to come: nothing after it has been said or done then.
func (m *moments) leave(s *sentence) {
	running := m.last
	for _, e := range m.times[s.index] {
		e = m.placed(e)
		p := e.Period
		if m.published.To != 0 && p.From > m.published.To || p.From == 0 || p.To == 0 || e.Mod == when.Before || s.inName(e) {
			continue
		}
		at := anchorOf(s, e)
		if s.ofMainClause(at) && !s.quoted[at] && (p.Precision == casus.PrecisionDay || p.Precision == casus.PrecisionWeek || s.framing(e)) {
			running = p
		}
	}
	m.last = running
}

// framing tells whether a time opens its sentence and with it the frame of
// those that follow ("In September 2022 … Three days later …").
func (s *sentence) framing(e when.Expression) bool {
	return e.First <= 2 && s.words[anchorOf(s, e)].Head >= e.Last && s.words[s.words[anchorOf(s, e)].Head].UPOS == "VERB"
}

// ofMainClause tells whether a word belongs to the sentence's main clause, or
// to one that is coordinated with it.
func (s *sentence) ofMainClause(w int) bool {
	for n := 0; n < len(s.words) && s.words[w].Head >= 0; n++ {
		switch s.rel(w) {
		case "acl", "advcl", "ccomp", "csubj", "xcomp", "appos":
			return false
		case "nmod":
			if s.words[s.words[w].Head].UPOS == "NOUN" || s.words[s.words[w].Head].UPOS == "PROPN" {
				return false // "the truce of 27 November"
			}
		}
		w = s.words[w].Head
	}
	return true
}

// of returns the period of a clause with a status: its own time expression,
// else the nearest of the clauses above it, else the running time or the
// article's date. What is told as background has only an end.
func (m *moments) of(c *clause, status casus.Status, g *Grammar) casus.Period {
	p, ok := m.within(c, c.pred)
	own := ok
	if !ok && status == casus.Happened && c.isBackground(g) {
		return m.before()
	}
	if !ok {
		p, ok = m.explicit(c)
	}
	if ok && status == casus.Happened && m.published.To != 0 && p.From > m.published.To {
		ok = false // what has happened was not after the article: the time is of something else
	}
	if !ok {
		if p, ok = m.near(c, status); !ok {
			return m.unsaid(status)
		}
	}
	if status == casus.Happened && p.From != 0 && p.To == 0 && m.published.To != 0 {
		p.To = m.published.To // "since Wednesday 24 people have died"
	}
	if own && status == casus.Possible && p.To != 0 && p.To <= m.published.To {
		return p // "they are said to have shelled it on Tuesday": on that day, if at all
	}
	return lasting(p, status)
}

// near finds the nearest time of a past act in its sentence, where the tree may
// have hung it on the wrong clause and no running time says more.
func (m *moments) near(c *clause, status casus.Status) (casus.Period, bool) {
	if status != casus.Happened || !m.last.IsZero() {
		return casus.Period{}, false
	}
	best, found := when.Expression{}, false
	for _, e := range m.times[c.s.index] {
		if e.Period.From == 0 || e.Period.To == 0 || e.Mod == when.Before || c.s.inName(e) || e.Period.From > m.published.To {
			continue
		}
		if !found || distance(c.pred, e) < distance(c.pred, best) {
			best, found = e, true
		}
	}
	return best.Period, found
}

// before is some time before the running time or the article.
func (m *moments) before() casus.Period {
	base := m.last
	if base.To == 0 {
		base = m.published
	}
	if base.To == 0 {
		return casus.Always
	}
	return casus.Period{To: base.To, Precision: casus.PrecisionUnknown}
}

// isBackground tells whether a clause goes back behind the story: by a
// pluperfect that is not merely reported, or an adverb ("previously").
func (c *clause) isBackground(g *Grammar) bool {
	s := c.s
	if c.class != 'v' {
		return false
	}
	for _, k := range s.kids[c.pred] {
		switch {
		case s.rel(k) == "advmod" && g.has("background", s.lower(k)):
			return true
		case s.words[k].Deprel == "aux" && g.has("perfect", s.words[k].Lemma) && s.feat(k, "Tense") == "Past" && s.feat(c.pred, "VerbForm") == "Part":
			return !c.isReported(g)
		}
	}
	return false
}

// isReported tells whether a clause stands in what somebody says: its
// pluperfect is then a perfect, told in the past.
func (c *clause) isReported(g *Grammar) bool {
	s := c.s
	for w, n := c.pred, 0; w >= 0 && n < len(s.words); n++ {
		if s.rel(w) == "ccomp" || s.rel(w) == "parataxis" {
			return true
		}
		if mark := s.child(w, "mark"); mark >= 0 && g.has("that", s.lower(mark)) {
			return true
		}
		w = s.words[w].Head
	}
	return false
}

// unsaid is the time of what the text does not date.
func (m *moments) unsaid(status casus.Status) casus.Period {
	base := m.published
	if status == casus.Happened && !m.last.IsZero() {
		base = m.last
	}
	if base.IsZero() {
		return casus.Always
	}
	return lasting(base, status)
}

// lasting opens the end of what goes on or is still to come.
func lasting(p casus.Period, status casus.Status) casus.Period {
	switch status {
	case casus.Ongoing, casus.Planned, casus.Possible, casus.Conditional:
		if p.From != 0 {
			return p.Since()
		}
	}
	return p
}

// explicit finds the time expression that stands nearest to a predicate within
// its clause, then within the clauses above.
func (m *moments) explicit(c *clause) (casus.Period, bool) {
	s := c.s
	for top, n := c.pred, 0; top >= 0 && n < len(s.words); n++ {
		if p, found := m.within(c, top); found {
			return p, true
		}
		top = s.words[top].Head
	}
	return casus.Period{}, false
}

// due tells whether a clause has a last day that is still to come: "leaves by 15 July".
func (m *moments) due(c *clause) bool {
	for _, e := range m.times[c.s.index] {
		if e = m.placed(e); e.Mod == when.Before && m.published.To != 0 && e.Period.To > m.published.To && c.s.tells(anchorOf(c.s, e), c.pred) {
			return true
		}
	}
	return false
}

// within finds the time expression that stands nearest to a predicate among
// the words below top, those of other clauses there left out.
func (m *moments) within(c *clause, top int) (casus.Period, bool) {
	s := c.s
	ownWords := top == c.pred && c.noun // "a truce, which began on Wednesday"
	best, found := when.Expression{}, false
	for _, e := range m.times[s.index] {
		if e = m.placed(e); e.Period.IsZero() || e.Period.IsOpen() || e.Mod == when.Before || s.inName(e) ||
			!s.tells(anchorOf(s, e), top) && !(ownWords && s.under(anchorOf(s, e), top)) {
			continue // "before 11 September" is a deadline, not a time
		}
		if !found || distance(c.pred, e) < distance(c.pred, best) {
			best, found = e, true
		}
	}
	return m.joined(s, best), found
}

// joined is a time with the one that is coordinated with it: "Monday and Tuesday".
func (m *moments) joined(s *sentence, e when.Expression) casus.Period {
	p := e.Period
	for _, other := range m.times[s.index] {
		q := other.Period
		if q.Precision != p.Precision || p.From == 0 || p.To == 0 || q.From == 0 || q.To == 0 {
			continue
		}
		if e.Last+1 == other.First && s.words[e.Last].UPOS == "CCONJ" || other.Last+1 == e.First && s.words[other.Last].UPOS == "CCONJ" {
			p.From, p.To = min(p.From, q.From), max(p.To, q.To)
		}
	}
	return p
}

// tells tells whether a word stands below top without a clause of its own between them.
func (s *sentence) tells(w, top int) bool {
	for n := 0; w >= 0 && n <= len(s.words); n++ {
		if w == top {
			return true
		}
		if rel := s.rel(w); rel == "acl" || s.isClause(w) && rel != "conj" {
			return false
		}
		w = s.words[w].Head
	}
	return false
}

// inName tells whether a date is part of a name ("the March 23 Movement") or of
// somebody's age ("in his late 20s").
func (s *sentence) inName(e when.Expression) bool {
	if e.First > 0 && s.words[e.First-1].Deprel == "nmod:poss" && s.words[e.First-1].UPOS == "PRON" {
		return true
	}
	if e.Last >= len(s.words) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s.words[e.Last].Form)
	return unicode.IsUpper(first) && s.words[anchorOf(s, e)].Head == e.Last && s.rel(anchorOf(s, e)) == "compound"
}

// placed gives a time that counts from the running one ("twee dagen later") its period.
func (m *moments) placed(e when.Expression) when.Expression {
	if e.Shift != 0 && e.Period.IsOpen() && m.last.From != 0 && m.last.To != 0 {
		e.Period = casus.Period{From: m.last.From.AddDays(e.Shift), To: m.last.To.AddDays(e.Shift), Precision: m.last.Precision}
	}
	return e
}

// anchorOf returns the word of an expression that hangs outside it.
func anchorOf(s *sentence, e when.Expression) int {
	for w := e.First; w < e.Last && w < len(s.words); w++ {
		if h := s.words[w].Head; h < e.First || h >= e.Last {
			return w
		}
	}
	return e.First
}

func distance(w int, e when.Expression) int {
	switch {
	case w < e.First:
		return e.First - w
	case w >= e.Last:
		return w - e.Last + 1
	}
	return 0
}

// deadline returns the day by which something is due: a period that is open at
// its start inside the words from first to last, 0 for none. A date goes before
// what is counted from the day of writing: "within fourteen months, by 1 May".
func (m *moments) deadline(sentence, first, last int) casus.Date {
	counted := casus.Date(0)
	for _, e := range m.times[sentence] {
		if e.First < first || e.Last > last+1 || e.Period.To == 0 {
			continue
		}
		fromNow := e.Period.From == m.published.From && e.Period.To > m.published.To
		switch {
		case !fromNow && (e.Mod == when.Before || e.Mod == when.Until || e.Period.From == 0):
			return e.Period.To
		case fromNow && counted == 0:
			counted = e.Period.To
		}
	}
	return counted
}
