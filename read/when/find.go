package when

import (
	"time"
	"unicode"
	"unicode/utf8"

	"casus"
	"casus/read/amount/numeral"
	"casus/read/text"
)

// Find returns the time expressions of a sentence, in order, none inside
// another. anchor is the article's date: a day, a month, or the zero Period
// where nobody knows it; relative expressions then have no period.
func (g *Grammar) Find(tokens []text.Token, anchor casus.Period, tense Tense) []Expression {
	return g.FindAt(tokens, anchor, 0, tense)
}

// FindAt is Find for texts that reckon from a time of the day ("within two
// hours"): clock is the time since midnight.
func (g *Grammar) FindAt(tokens []text.Token, anchor casus.Period, clock time.Duration, tense Tense) []Expression {
	pieces := g.pieces(tokens)
	c := &chart{g: g, pieces: pieces, rows: make([]*row, len(pieces))}
	c.at = reference{anchor: anchor, day: anchor.From, seconds: int(clock / time.Second), tense: tense}
	if anchor.From == 0 {
		c.at.anchor = casus.Period{}
	}
	var out []Expression
	for i := 0; i < len(pieces); {
		n, ok := c.best(i)
		if next, longer := c.best(i + 1); ok && longer && i+1 < n.end && next.end > n.end && !c.directs(i) {
			c.pass(i)
			i, n = i+1, next // "the [week 31]", not "[the week] 31"
		}
		if !ok {
			c.pass(i)
			i++
			continue
		}
		if last := n.end - 1; n.end == len(pieces) && pieces[last].Key == "." && last-1 > i && len(pieces[last-1].Key) > 1 {
			n.end-- // the full stop of the sentence, not of "Aug."
		}
		out = append(out, c.expression(i, n))
		for ; i < n.end; i++ {
			c.pass(i)
		}
	}
	return out
}

// directs tells whether a word points from the article's date at what follows:
// "vorige [week] 14 ton" is no "week 14".
func (c *chart) directs(i int) bool {
	for _, e := range c.g.entries[c.pieces[i].Key] {
		if class := c.g.names[e.category]; len(e.keys) == 1 && (class == "direction" || class == "near") {
			return true
		}
	}
	return false
}

// pieces cuts tokens into pieces, and compound words of the grammar in two.
func (g *Grammar) pieces(tokens []text.Token) []numeral.Piece {
	cut := numeral.Pieces(tokens)
	if len(g.compounds) == 0 {
		return cut
	}
	var out []numeral.Piece
	for i, p := range cut {
		halves, ok := g.compounds[p.Key]
		if !ok || len(p.Key) != len(p.Text) || len(g.entries[p.Key]) > 0 {
			if out != nil {
				out = append(out, p)
			}
			continue
		}
		if out == nil {
			out = append(make([]numeral.Piece, 0, len(cut)+8), cut[:i]...)
		}
		a, b := p, p
		n := halves[0]
		a.Text, a.Key, a.Span.End = p.Text[:n], p.Key[:n], p.Span.Start+n
		b.Text, b.Key, b.Span.Start, b.Space = p.Text[n:], p.Key[n:], p.Span.Start+n, false
		out = append(out, a, b)
	}
	if out == nil {
		return cut
	}
	return out
}

// best returns the longest expression that begins at piece i.
func (c *chart) best(i int) (node, bool) {
	if i >= len(c.pieces) || !c.freeBefore(i) {
		return node{}, false
	}
	var best node
	for _, n := range c.parse(c.g.tops, i) {
		if n.end > best.end && c.freeAfter(n.end) && c.stands(i, n) {
			best = n
		}
	}
	return best, best.end > i
}

// stands tells whether a phrase may stand for itself: a weak word needs a cue
// before it, four figures must not count something.
func (c *chart) stands(i int, n node) bool {
	if n.m.weak && (i == 0 || !c.g.cues[c.pieces[i-1].Key]) {
		return false
	}
	if n.m.bareHour && n.end < len(c.pieces) && c.pieces[n.end].Kind != numeral.Mark {
		return false
	}
	if !n.m.bareYear || n.m.mod != "" || n.m.cal.month != 0 {
		return true
	}
	if i > 0 && c.counts(c.pieces[i-1]) {
		return false
	}
	if n.end == len(c.pieces) {
		return true
	}
	next := c.pieces[n.end]
	return !c.counts(next) && !c.g.counted[next.Key] && !c.scale(n.end)
}

// counts tells whether a mark beside a number makes it money, a share or a number in a list.
func (c *chart) counts(p numeral.Piece) bool {
	if p.Kind != numeral.Mark {
		return false
	}
	r, _ := utf8.DecodeRuneInString(p.Text)
	return unicode.Is(unicode.Sc, r) || r == '%' || r == '#' || r == '+' || r == '°'
}

func (c *chart) scale(i int) bool {
	n, end := c.number(i)
	return end > i && n.Scaled && c.pieces[i].Kind == numeral.Letters
}

// freeBefore tells whether no word or number runs on into piece i.
func (c *chart) freeBefore(i int) bool {
	if i == 0 || c.pieces[i].Space {
		return true
	}
	p, before := c.pieces[i], c.pieces[i-1]
	if before.Kind != numeral.Mark || c.counts(before) {
		return false
	}
	return i < 2 || before.Space || !c.joins(before.Key, c.pieces[i-2], p)
}

// freeAfter tells whether no word or number runs on from piece end-1.
func (c *chart) freeAfter(end int) bool {
	if end >= len(c.pieces) || c.pieces[end].Space {
		return true
	}
	p, next := c.pieces[end-1], c.pieces[end]
	if next.Kind != numeral.Mark {
		return p.Kind == numeral.Mark
	}
	return end+1 >= len(c.pieces) || c.pieces[end+1].Space || !c.joins(next.Key, p, c.pieces[end+1])
}

// joins tells whether a mark between two pieces makes one code or number of them: "2010-2015-86", "v1.2".
func (c *chart) joins(mark string, a, b numeral.Piece) bool {
	switch mark {
	case "-", "/", ".", ",", ":", "'":
	default:
		return false
	}
	return a.Kind == numeral.Digits && b.Kind == numeral.Digits
}

// expression makes the answer of a node that begins at piece i.
func (c *chart) expression(i int, n node) Expression {
	first, last := c.pieces[i], c.pieces[n.end-1]
	return Expression{
		First: first.Token, Last: last.Token + 1,
		Span:  casus.Span{Start: first.Span.Start, End: last.Span.End},
		Text:  c.text(i, n.end),
		Type:  typeOf(*n.m),
		Value: timexOf(*n.m, c.at),
		Mod:   n.m.mod, Period: resolve(*n.m, c.at), Shift: n.m.shift,
	}
}

// text rebuilds the words of pieces; what stood between two tokens is one space for each code point.
func (c *chart) text(i, end int) string {
	var b []byte
	at := c.pieces[i].Span.Start
	for _, p := range c.pieces[i:end] {
		for ; at < p.Span.Start; at++ {
			b = append(b, ' ')
		}
		b = append(b, p.Text...)
		at = p.Span.End
	}
	return string(b)
}
