package amount

import "casus/read/amount/numeral"

// oneRank reads "een honderdste", which numeral takes for the rank 1 × 100, as a share.
func (r *reader) oneRank(c core) core {
	one, after := r.g.numbers.Read(r.pieces[:c.start+1], c.start)
	if after != c.start+1 || one.Value != 1 || c.end != c.start+2 || r.ranks(c.end) {
		return c
	}
	c.value, c.class = 1/c.value, Fraction
	return c
}

// fraction reads on where a number is the upper half of a fraction, or has one behind it.
func (r *reader) fraction(c core) core {
	if v, end, ok := r.below(c); ok {
		head, tail := r.halves(c)
		if tail > 0 && tail < v {
			c.value = head.value + tail/v*head.scaleOrOne()
		} else {
			c.value /= v
		}
		c.end, c.class, c.article = end, Fraction, false
		return r.timesScale(c)
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

// halves cuts "six million and two" in two at its last joining word; tail is 0 where it has none.
func (r *reader) halves(c core) (head core, tail float64) {
	for j := c.end - 2; j > c.start; j-- {
		if _, after := find(r.g.words, r.pieces, j, "and"); after != j+1 {
			continue
		}
		a, end := r.g.numbers.Read(r.pieces[:j], c.start)
		b, end2 := r.g.numbers.Read(r.pieces[:c.end], j+1)
		if end == j && end2 == c.end {
			return core{value: a.Value, scale: a.Scale}, b.Value
		}
		break
	}
	return c, 0
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
	if _, after := find(r.g.words, r.pieces, i, "over"); after > i && (!c.article || !r.isOf(i, after)) {
		n, end := r.g.numbers.Read(r.pieces, after)
		if end > after && !n.Ordinal && !n.Article && c.value == 1 && n.Value > 1 && n.Value <= 1000 && (n.Value < 1000 || !n.Figures) {
			return n.Value, end, true
		}
		if end > after && !n.Ordinal && !n.Article && c.value > 1 && c.value < n.Value && (n.Value == 10 || n.Value == 100) && !r.counts(end) {
			return n.Value, end, true // "nine out of ten"
		}
		return 0, i, false
	}
	return r.denominator(c)
}

// isOf tells whether the words at pieces[i:after] also say "of": "een van de vijf" is one of them, no share.
func (r *reader) isOf(i, after int) bool {
	_, end := find(r.g.words, r.pieces, i, "of")
	return end >= after
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
	return n.Value, end, !r.ranks(end)
}

// ranks tells whether a word stands at piece i that an ordinal before it may rank.
func (r *reader) ranks(i int) bool {
	if i >= len(r.pieces) || r.pieces[i].Kind != numeral.Letters || !r.pieces[i].Space {
		return false
	}
	_, after := find(r.g.words, r.pieces, i, "of", "but", "or", "and")
	return after == i && !r.g.stops[r.pieces[i].Key]
}

// rank reads an ordinal, also in the plural ("thirds").
func (r *reader) rank(i int) (numeral.Number, int) {
	n, end := r.g.numbers.Read(r.pieces, i)
	if end > i && n.Ordinal {
		return n, end
	}
	var some []numeral.Piece
	for k := i; k < len(r.pieces) && k < i+3; k++ { // "thirds", "twenty firsts"
		p := r.pieces[k]
		if len(p.Key) > 3 && p.Kind == numeral.Letters && p.Key[len(p.Key)-1] == 's' {
			p.Key = p.Key[:len(p.Key)-1]
			some = append(some, p)
			if n, end = r.g.numbers.Read(some, 0); end == len(some) && n.Ordinal {
				return n, k + 1
			}
			break
		}
		some = append(some, p)
	}
	if len(some) != 1 {
		return n, i
	}
	if f, ok := r.g.words[some[0].Key]; ok && f[0].kind == "fraction" && len(f[0].keys) == 1 && f[0].size < 1 {
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
		if n, after := r.g.numbers.Read(r.pieces, end); after > end && n.Scaled && n.Value == n.Scale && n.Scale < c.scale {
			return f.size * n.Value, after, true // "one billion and a quarter million"
		}
		return f.size * c.scaleOrOne(), end, true
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
	i := c.end
	if _, after := find(r.g.words, r.pieces, i, "of"); after > i {
		if n, end := r.g.numbers.Read(r.pieces, after); end == after+2 && n.Scaled && n.Value == n.Scale {
			i = after // "two thirds of a million"
		}
	}
	n, end := r.g.numbers.Read(r.pieces, i)
	if end > i && n.Scaled && !n.Ordinal && !n.Figures && n.Value == n.Scale && n.Value >= 1000 {
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
	if head, tail := r.halves(c); tail > 0 {
		c.value = head.value + tail*m.size // "three hundred and two dozen"
	} else {
		c.value *= m.size
	}
	c.end, c.class, c.article = end, Cardinal, false
	return c
}

// counts tells whether a noun follows that a number may count: "three of the ten
// hostages" is a number of them and no share.
func (r *reader) counts(i int) bool {
	_, end := r.noun(i)
	return end > i
}
