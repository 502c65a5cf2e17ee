package frames

import (
	"math"
	"strings"

	"casus"
	"casus/read/amount"
)

// figures writes down the numbers of a sentence that count something.
func (x *scene) figures() {
	for i, a := range x.doc.Amounts[x.s.index] {
		n := x.number(i)
		if !x.isCount(n) {
			continue
		}
		at := n.at
		if n.noun >= 0 || !n.isMeasure() && (n.Unit != "" || x.partUnit(n) != "") {
			x.setting.counted = n.unit
		}
		rec := casus.Record{Article: x.doc.Article.ID, Status: casus.Happened}
		rec.Made = casus.Made{Rule: "amounts:" + string(a.Class), Confidence: 0.7}
		rec.Span = x.s.span(0, len(x.s.words)-1)
		rec.When = x.moments.unsaid(casus.Happened)
		if c := x.s.clauseOf(at, x.byWord); c != nil {
			rec.Status, rec.Span, rec.Where = x.figureStatus(n, c), x.clauseSpan(c), x.places(c)
			rec.When = x.figureTime(n, c, rec.Status)
		}
		if y := innermost(x.sayings, x.s, at); y != nil {
			if !y.performs() && !y.presupposes(x.s, at) {
				rec.By, rec.ByAs = y.speaker, x.words(y.as)
			}
			rec.Status = y.coloured(x.s, at, rec.Status)
		} else if c := x.s.clauseOf(at, x.byWord); c != nil {
			rec.By, rec.ByAs = x.reckoner(n, c)
			x.goOn(&rec, c)
		}
		if !rec.Span.Contains(n.Span) {
			rec.Span = x.s.span(0, len(x.s.words)-1)
		}
		if !x.quote(&rec) || !strings.Contains(rec.Quote, n.Text) {
			continue
		}
		if n.Hedge != "" && n.Approx && strings.Contains(rec.Quote, n.Hedge) {
			rec.Hedge = n.Hedge
		}
		x.shareOf(&n)
		rec.Body = &casus.Figure{Low: n.Low, High: n.High, Unit: n.unit, Of: x.counted(n), Approx: n.Approx, AsWritten: n.Text}
		x.out = append(x.out, rec)
	}
}

// shareOf turns a share of those counted just before into their number: "412
// patients, a quarter of them children" makes about 103.
func (x *scene) shareOf(n *number) {
	s := x.s
	if n.Class != amount.Fraction || n.unit != "percent" || n.Last+1 >= len(s.words) || !x.gram.has("of", s.lower(n.Last)) || !x.gram.has("those", s.lower(n.Last+1)) {
		return
	}
	for i := len(x.out) - 1; i >= 0 && i >= len(x.out)-mostBack; i-- {
		whole, ok := x.out[i].Body.(*casus.Figure)
		if !ok {
			continue
		}
		if whole.Unit == "percent" || whole.Low == nil || *whole.Low < 10 || x.out[i].Span.End < s.span(0, 0).Start-farthestWhole {
			return
		}
		of := func(share *float64) *float64 {
			if share == nil {
				return nil
			}
			v := math.Round(*share / 100 * *whole.Low)
			return &v
		}
		n.Low, n.High, n.unit, n.Approx = of(n.Low), of(n.High), whole.Unit, true
		return
	}
}

// farthestWhole is how far back, in code points, those may stand of whom a share is told.
const farthestWhole = 300

// figureStatus is the status of a number: of its clause, without a negation
// there, or of the verb whose object it stands in; the dead have died, and what
// something measures or counts as it stands goes on.
func (x *scene) figureStatus(n number, c *clause) casus.Status {
	if st := c.lends(n.at, x.gram); st != "" {
		return st
	}
	st := x.presented(c).plain
	form := x.s.lower(c.pred)
	switch {
	case n.noun >= 0 && x.isTrueNow(n.noun):
		return casus.Ongoing
	case c.passive && len(c.slots["inf"]) > 0 && (x.gram.has("reported", form) || x.gram.has("possible", form)):
		return casus.Possible // "10,000 are said to have left"
	case st == casus.Ongoing && n.noun >= 0 && x.gram.has("casualty", x.s.lower(n.noun)):
		return casus.Happened
	case (st == casus.Happened || st == casus.Ongoing) && x.isMadeReadyFor(n, c):
		return casus.Planned
	case (st == casus.Happened || st == casus.Planned) && x.isAttribute(n):
		return casus.Ongoing
	}
	return st
}

// isMadeReadyFor tells whether a clause's verb makes something ready for those that
// a number counts: "the camp was built for 5,000 people".
func (x *scene) isMadeReadyFor(n number, c *clause) bool {
	if !x.gram.has("readies", c.lemma) {
		return false
	}
	for w := n.at; w >= 0 && w != c.pred; w = x.s.words[w].Head { // the number may be part of "1,4 miljoen terugkeerders"
		if x.s.words[w].Head == c.pred {
			return x.gram.has("ready-for", x.s.preposition(w))
		}
	}
	return false
}

// isTrueNow tells whether a relative clause in the present says what a noun is
// or does: "the 1.7 million Afghans who live there".
func (x *scene) isTrueNow(noun int) bool {
	for _, k := range x.s.kids[noun] {
		own := x.byWord[k]
		if own != nil && x.s.words[k].Deprel == "acl:relcl" && x.presented(own).plain == casus.Ongoing {
			return true
		}
	}
	return false
}

// reckoner is who puts a number forward: the subject of a verb of reckoning
// whose object it is ("OCHA houdt het op 3958 doden", "Congo put the dead at 7,000").
func (x *scene) reckoner(n number, c *clause) (casus.ActorID, string) {
	if !x.gram.has("reckon", c.lemma) || c.passive {
		return "", ""
	}
	for _, w := range c.slots["agent"] {
		if ids := x.s.who(w, false, ""); len(ids) > 0 && !x.s.under(n.at, w) {
			return ids[0], x.words(x.s.nameSpan(w))
		}
	}
	return "", ""
}

// figureTime is when a number holds: the time that its own noun carries ("the
// 14 missiles fired on Monday"), else that of its clause.
func (x *scene) figureTime(n number, c *clause, status casus.Status) casus.Period {
	if n.noun >= 0 && n.noun != c.pred {
		own := &clause{s: x.s, pred: n.noun, class: 'n', noun: true}
		if p, ok := x.moments.within(own, n.noun); ok && (status != casus.Happened || p.From <= x.moments.published.To) {
			return lasting(p, status)
		}
	}
	return x.moments.of(c, status, x.gram)
}

// isAttribute tells whether a measure describes a thing instead of what happens
// to it: "the 2,640-kilometre frontier", "een grens van 970 kilometer".
func (x *scene) isAttribute(n number) bool {
	if n.Class != amount.Dimension {
		return false
	}
	top := n.at
	if h := x.s.words[top].Head; h >= n.first && h < n.Last {
		top = h
	}
	switch x.s.rel(top) {
	case "nmod", "amod", "nummod", "compound":
		h := x.s.words[top].Head
		return h >= 0 && x.s.words[h].UPOS == "NOUN"
	}
	return false
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
