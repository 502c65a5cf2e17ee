package frames

import (
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

// leave ends a sentence: an explicit day becomes the running time, unless it is
// still to come: nothing after it has been said or done then.
func (m *moments) leave(sentence int) {
	for _, e := range m.times[sentence] {
		if m.published.To != 0 && e.Period.From > m.published.To {
			continue
		}
		if p := e.Period; p.From != 0 && p.To != 0 && (p.Precision == casus.PrecisionDay || p.Precision == casus.PrecisionWeek) {
			m.last = p
		}
	}
}

// of returns the period of a clause with a status: its own time expression,
// else the nearest of the clauses above it, else the running time or the article's date.
func (m *moments) of(c *clause, status casus.Status) casus.Period {
	p, ok := m.explicit(c)
	if ok && status == casus.Happened && m.published.To != 0 && p.From > m.published.To {
		ok = false // what has happened was not after the article: the time is of something else
	}
	if ok {
		return lasting(p, status)
	}
	return m.unsaid(status)
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

// within finds the time expression that stands nearest to a predicate among
// the words below top.
func (m *moments) within(c *clause, top int) (casus.Period, bool) {
	s := c.s
	best, found := when.Expression{}, false
	for _, e := range m.times[s.index] {
		if e = m.placed(e); e.Period.IsZero() || e.Period.IsOpen() || e.Mod == when.Before || !s.under(anchorOf(s, e), top) {
			continue // "before 11 September" is a deadline, not a time
		}
		if !found || distance(c.pred, e) < distance(c.pred, best) {
			best, found = e, true
		}
	}
	return best.Period, found
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
// its start inside the words from first to last, 0 for none.
func (m *moments) deadline(sentence, first, last int) casus.Date {
	for _, e := range m.times[sentence] {
		if e.First < first || e.Last > last+1 || e.Period.To == 0 {
			continue
		}
		if e.Mod == when.Before || e.Mod == when.Until || e.Period.From == 0 || e.Period.From == m.published.From && e.Period.To > m.published.To {
			return e.Period.To
		}
	}
	return 0
}
