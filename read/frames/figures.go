package frames

import (
	"strings"

	"casus"
	"casus/read/amount"
	"casus/read/when"
)

// figures writes down the numbers of a sentence that count something.
func (x *scene) figures() {
	for _, a := range x.doc.Amounts[x.s.index] {
		unit := x.unit(a)
		if unit == "" || !x.counts(a) {
			continue
		}
		at := anchorWord(x.s, a.First, a.Last)
		rec := casus.Record{Article: x.doc.Article.ID, Status: casus.Happened}
		rec.Made = casus.Made{Rule: "amounts:" + string(a.Class), Confidence: 0.7}
		rec.Span = x.s.span(0, len(x.s.words)-1)
		rec.When = x.moments.unsaid(casus.Happened)
		if c := x.s.clauseOf(at, x.byWord); c != nil {
			p := c.present(x.gram, x.byWord)
			rec.Status, rec.Span, rec.Where = p.status, x.clauseSpan(c), x.places(c)
			rec.When = x.moments.of(c, p.status)
		}
		if y := innermost(x.sayings, x.s, at); y != nil {
			rec.By, rec.ByAs = y.speaker, x.words(y.as)
			rec.Status = y.colour(rec.Status)
		}
		if !rec.Span.Contains(a.Span) {
			rec.Span = x.s.span(0, len(x.s.words)-1)
		}
		if !x.quote(&rec) || !strings.Contains(rec.Quote, a.Text) {
			continue
		}
		if a.Hedge != "" && a.Approx && strings.Contains(rec.Quote, a.Hedge) {
			rec.Hedge = a.Hedge
		}
		rec.Body = &casus.Figure{Low: a.Low, High: a.High, Unit: unit, Of: x.counted(a), Approx: a.Approx, AsWritten: a.Text}
		x.out = append(x.out, rec)
	}
}

// counts tells whether an amount is a figure: a number of something, not a
// rank, a bare article, or part of a date.
func (x *scene) counts(a amount.Amount) bool {
	if a.Class == amount.Ordinal || a.Low == nil && a.High == nil {
		return false
	}
	if a.Last-a.First == 1 && x.gram.has("one", x.s.lower(a.First)) {
		return false
	}
	for _, e := range x.doc.Times[x.s.index] {
		if e.Type != when.Duration && e.First < a.Last && a.First < e.Last {
			return false
		}
	}
	return true
}

// unit is the amount's own, else that of the people or forces it counts.
func (x *scene) unit(a amount.Amount) string {
	if a.Unit != "" {
		return a.Unit
	}
	head := x.s.words[anchorWord(x.s, a.First, a.Last)].Head
	if head < 0 {
		return ""
	}
	m, ok := x.s.mentions[head]
	switch {
	case !ok:
		return ""
	case sector(m.ID) == "mil":
		return "soldiers"
	case isPeople(m.ID), x.s.isForce(m.ID) && sector(m.ID) != "":
		return "persons"
	}
	return ""
}

// counted is what is counted, in the text's own words.
func (x *scene) counted(a amount.Amount) string {
	if a.Counted[1] > a.Counted[0] && a.Counted[1] <= len(x.s.words) {
		return oneLine(x.words(x.s.span(a.Counted[0], a.Counted[1]-1)))
	}
	if head := x.s.words[anchorWord(x.s, a.First, a.Last)].Head; head >= a.Last {
		return oneLine(x.words(x.s.span(a.Last, head)))
	}
	return oneLine(a.Text)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// anchorWord returns the word of a stretch that hangs outside it.
func anchorWord(s *sentence, first, last int) int {
	for w := first; w < last && w < len(s.words); w++ {
		if h := s.words[w].Head; h < first || h >= last {
			return w
		}
	}
	return first
}

// clauseOf returns the verbal clause that a word stands in.
func (s *sentence) clauseOf(w int, byWord map[int]*clause) *clause {
	if c := byWord[w]; c != nil && c.class == 'v' {
		return c
	}
	return s.governing(w, byWord)
}
