package frames

import (
	"strings"

	"casus"
)

// figures writes down the numbers of a sentence that count something.
func (x *scene) figures() {
	for _, a := range x.doc.Amounts[x.s.index] {
		n := x.number(a)
		if !x.isCount(n) {
			continue
		}
		at := n.at
		if n.noun >= 0 || n.Unit != "" && !n.isMeasure() {
			x.setting.counted = n.unit
		}
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
		rec.Body = &casus.Figure{Low: a.Low, High: a.High, Unit: n.unit, Of: x.counted(n), Approx: a.Approx, AsWritten: a.Text}
		x.out = append(x.out, rec)
	}
}

// counted is what is counted, in the text's own words.
func (x *scene) counted(n number) string {
	first := n.Last
	if n.Counted[1] > n.Counted[0] {
		first = n.Counted[0]
	}
	if n.noun >= first {
		return oneLine(x.words(x.s.span(first, n.noun)))
	}
	return oneLine(n.Text)
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
