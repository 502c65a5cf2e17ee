package amount

import (
	"math"
	"strconv"

	"casus/read/amount/numeral"
)

// core is a number as it is written, without what bounds it.
type core struct {
	start, end int // pieces
	value      float64
	low, high  float64 // of a vague word
	vague      bool
	approx     bool // "een twintigtal"
	class      Class
	article    bool    // "a", "een": a number only before a unit or after a bound
	scale      float64 // the last multiplier: "4 miljoen" is 1e6
	figures    bool
	digits     int // of a whole number in figures alone
}

// reader finds amounts in the pieces of one text.
type reader struct {
	g      *Grammar
	pieces []numeral.Piece
}

// core reads the number that begins at piece i, without bounds and unit.
func (r *reader) core(i int) (core, bool) {
	if i >= len(r.pieces) {
		return core{}, false
	}
	p, end := find(r.g.words, r.pieces, i, "vague")
	if end > i {
		return core{start: i, end: end, low: p.low, high: p.high, vague: true, class: Cardinal}, true
	}
	if _, after := find(r.g.words, r.pieces, i, "several"); after > i {
		if c, ok := r.core(after); ok && c.vague {
			c.start = i
			return c, true
		}
	}
	if c, ok := r.signed(i); ok {
		return c, true
	}
	c, ok := r.numeral(i)
	if f, end := find(r.g.words, r.pieces, i, "fraction"); end > i && (!ok || c.article || end > c.end) {
		c, ok = core{start: i, end: end, value: f.size, class: Fraction}, true
		c = r.timesScale(c)
	}
	if !ok {
		return core{}, false
	}
	return r.multiplied(c), true
}

// signed reads a number with its sign: "-5", "min 5".
func (r *reader) signed(i int) (core, bool) {
	p := r.pieces[i]
	if !r.g.numbers.Minus(p) && !(p.Text == "-" || p.Text == "−") || i+1 >= len(r.pieces) {
		return core{}, false
	}
	if p.Kind == numeral.Mark && (r.pieces[i+1].Space || !p.Space && i > 0 || r.pieces[i+1].Kind != numeral.Digits) {
		return core{}, false
	}
	c, ok := r.numeral(i + 1)
	if !ok || c.article && p.Kind == numeral.Mark {
		return core{}, false
	}
	c.start, c.value, c.article = i, -c.value, false
	return c, true
}

// numeral reads a cardinal, an ordinal or a fraction that is made of numbers.
func (r *reader) numeral(i int) (core, bool) {
	if r.inCode(i) {
		return core{}, false
	}
	n, end := r.g.numbers.Read(r.pieces, i)
	if end == i {
		return core{}, false
	}
	c := core{start: i, end: end, value: n.Value, class: Cardinal, article: n.Article, figures: n.Figures, digits: n.Digits}
	if n.Scaled {
		c.scale = n.Scale
	}
	if n.Ordinal {
		c.class = Ordinal
		return c, true
	}
	return r.fraction(c), true
}

// inCode tells whether figures are part of a code or an address: "SCP-173m", "v1.2".
func (r *reader) inCode(i int) bool {
	if i == 0 || r.pieces[i].Space {
		return false
	}
	return r.pieces[i-1].Kind != numeral.Mark
}

// fraction reads on where a number is the upper half of a fraction, or has one behind it.
func (r *reader) fraction(c core) core {
	if v, end, ok := r.below(c); ok {
		c.value, c.end, c.class, c.article = c.value/v, end, Fraction, false
		return c
	}
	if c.article {
		return c
	}
	if v, end, ok := r.andFraction(c); ok {
		c.value, c.end, c.class = c.value+v, end, Fraction
		return r.timesScale(c)
	}
	return c
}

// below reads the lower half of a fraction: "3/4", "two thirds", "een vijfde van", "1 op de 3".
func (r *reader) below(c core) (v float64, end int, ok bool) {
	i := c.end
	if i >= len(r.pieces) {
		return 0, i, false
	}
	p := r.pieces[i]
	if p.Key == "/" && !p.Space && c.figures && c.digits > 0 && i+1 < len(r.pieces) && !r.pieces[i+1].Space {
		n, end := r.g.numbers.Read(r.pieces, i+1)
		if end > i+1 && n.Digits > 0 && n.Value > 0 && c.value < 100 && !r.slashed(c.start, end) {
			return n.Value, end, true
		}
		return 0, i, false
	}
	if _, after := find(r.g.words, r.pieces, i, "over"); after > i && !c.article {
		n, end := r.g.numbers.Read(r.pieces, after)
		if end > after && !n.Ordinal && !n.Article && c.value == 1 && n.Value > 1 && n.Value <= 1000 && (n.Value < 1000 || !n.Figures) {
			return n.Value, end, true
		}
		return 0, i, false
	}
	return r.denominator(c)
}

// slashed tells whether figures with a slash go on as a date or an address.
func (r *reader) slashed(start, end int) bool {
	before := start > 0 && !r.pieces[start].Space && r.pieces[start-1].Key == "/"
	after := end < len(r.pieces) && !r.pieces[end].Space && r.pieces[end].Key == "/"
	return before || after
}

// denominator reads an ordinal below the line. "Een derde" and "a third" are
// shares only where no noun follows that they could rank.
func (r *reader) denominator(c core) (v float64, end int, ok bool) {
	i := c.end
	if r.pieces[i].Key == "-" && i+1 < len(r.pieces) {
		i++
	}
	n, end := r.rank(i)
	if end == i || n.Value < 2 || n.Figures || c.figures && c.digits == 0 {
		return 0, i, false
	}
	if c.value != 1 && !c.article {
		return n.Value, end, true
	}
	if end < len(r.pieces) && r.pieces[end].Kind == numeral.Letters && r.pieces[end].Space {
		if _, after := find(r.g.words, r.pieces, end, "of"); after == end && !r.g.stops[r.pieces[end].Key] {
			return 0, i, false
		}
	}
	return n.Value, end, true
}

// rank reads an ordinal, also in the plural ("thirds").
func (r *reader) rank(i int) (numeral.Number, int) {
	n, end := r.g.numbers.Read(r.pieces, i)
	if end > i && n.Ordinal {
		return n, end
	}
	p := r.pieces[i]
	if p.Kind != numeral.Letters || len(p.Key) < 4 || p.Key[len(p.Key)-1] != 's' {
		return n, i
	}
	one := []numeral.Piece{p}
	one[0].Key = p.Key[:len(p.Key)-1]
	if n, end = r.g.numbers.Read(one, 0); end == 1 && n.Ordinal {
		return n, i + 1
	}
	if f, ok := r.g.words[one[0].Key]; ok && f[0].kind == "fraction" && len(f[0].keys) == 1 && f[0].size < 1 {
		return numeral.Number{Value: 1 / f[0].size, Ordinal: true}, i + 1
	}
	return n, i
}

// andFraction reads "en een half", "and two thirds", "1/2" behind a whole number.
func (r *reader) andFraction(c core) (v float64, end int, ok bool) {
	i := c.end
	if i >= len(r.pieces) {
		return 0, i, false
	}
	joined := false
	if _, after := find(r.g.words, r.pieces, i, "and"); after > i {
		i, joined = after, true
	}
	if !joined && !(c.figures && c.digits > 0 && r.pieces[i].Kind == numeral.Digits) {
		return 0, i, false
	}
	if f, end := find(r.g.words, r.pieces, i, "fraction"); joined && end > i && f.size < 1 {
		return f.size * max(1, c.scaleOrOne()), end, true
	}
	n, end := r.g.numbers.Read(r.pieces, i)
	if end == i || n.Ordinal {
		return 0, i, false
	}
	part := core{start: i, end: end, value: n.Value, figures: n.Figures, digits: n.Digits, article: n.Article}
	below, end, ok := r.below(part)
	if !ok || part.value >= below {
		return 0, i, false
	}
	return n.Value / below * c.scaleOrOne(), end, true
}

// scaleOrOne is what a fraction behind a number is of: "one million and a half" is of a million.
func (c core) scaleOrOne() float64 {
	if c.scale >= 1e6 {
		return c.scale
	}
	return 1
}

// timesScale reads a scale word behind a fraction: "anderhalf miljoen", "half a million".
func (r *reader) timesScale(c core) core {
	n, end := r.g.numbers.Read(r.pieces, c.end)
	if end > c.end && n.Scaled && !n.Ordinal && !n.Figures && n.Value == n.Scale && n.Value >= 1000 {
		c.value, c.end, c.class, c.scale = c.value*n.Value, end, Cardinal, n.Scale
	}
	return c
}

// multiplied reads "dozen" and the like behind a number.
func (r *reader) multiplied(c core) core {
	m, end := find(r.g.words, r.pieces, c.end, "multiple")
	if end == c.end || c.class == Ordinal {
		return c
	}
	c.value, c.end, c.class, c.article = c.value*m.size, end, Cardinal, false
	return c
}

// power reads "1,1^23" and "12e-1".
func (r *reader) power(c core) core {
	i := c.end
	if i+1 >= len(r.pieces) || r.pieces[i].Space || !c.figures {
		return c
	}
	mark := r.pieces[i].Key
	if mark != "^" && mark != "e" {
		return c
	}
	sign, j := 1.0, i+1
	for ; j < len(r.pieces) && j < i+3 && (r.pieces[j].Key == "-" || r.pieces[j].Key == "+"); j++ {
		if r.pieces[j].Key == "-" {
			sign = -sign
		}
	}
	if j >= len(r.pieces) || r.pieces[j].Kind != numeral.Digits || len(r.pieces[j].Text) > 4 {
		return c
	}
	n, _ := strconv.ParseFloat(r.pieces[j].Text, 64)
	if mark == "e" {
		c.value *= math.Pow(10, sign*n)
	} else {
		c.value = math.Pow(c.value, sign*n)
	}
	c.end = j + 1
	c.digits = 0
	return c
}
