package amount

import (
	"math"
	"strconv"
	"strings"

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
	g       *Grammar
	pieces  []numeral.Piece
	priceAt int // the piece of digits that may stand right behind letters: "USD115"
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
		if c, ok := r.several(i, after); ok {
			return c, true
		}
	}
	if c, ok := r.aboutSo(i); ok {
		return c, true
	}
	if c, ok := r.signed(i); ok {
		return c, true
	}
	if c, ok := r.bareDecimals(i); ok {
		return c, true
	}
	if _, after := find(r.g.words, r.pieces, i-1, "not-number"); i > 0 && after > i {
		return core{}, false
	}
	if _, after := find(r.g.words, r.pieces, i, "no-count"); after > i {
		return core{}, false
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

// several reads "enkele tientallen", "a few hundred thousand": bounds from two to ten times the multiplier.
func (r *reader) several(i, after int) (core, bool) {
	if p, end := find(r.g.words, r.pieces, after, "vague"); end > after {
		return core{start: i, end: end, low: p.low, high: p.high, vague: true, class: Cardinal}, true
	}
	n, end := r.g.numbers.Read(r.pieces, after)
	if end == after || !n.Scaled || n.Ordinal || n.Figures {
		return core{}, false
	}
	return core{start: i, end: end, low: 2 * n.Value, high: 10*n.Value - 1, vague: true, class: Cardinal}, true
}

// aboutSo reads a number word with an ending that makes it approximate: "een dertigtal".
func (r *reader) aboutSo(i int) (core, bool) {
	start := i
	if n, end := r.g.numbers.Read(r.pieces, i); end == i+1 && n.Article && end < len(r.pieces) {
		i = end
	}
	p := r.pieces[i]
	for _, ending := range r.g.tenfold {
		stem, ok := strings.CutSuffix(p.Key, ending)
		if !ok || stem == "" || p.Kind != numeral.Letters {
			continue
		}
		p.Key = stem
		if n, end := r.g.numbers.Read([]numeral.Piece{p}, 0); end == 1 && !n.Ordinal && n.Value >= 10 {
			return core{start: start, end: i + 1, value: n.Value, class: Cardinal, approx: true}, true
		}
	}
	return core{}, false
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
	if p := r.pieces[i]; n.Figures && n.Digits == 0 && len(p.Text) == 2 && p.Text[0] == '0' {
		return core{}, false // "06.15" is a time
	}
	c := core{start: i, end: end, value: n.Value, class: Cardinal, article: n.Article, figures: n.Figures, digits: n.Digits}
	if n.Scaled {
		c.scale = n.Scale
	}
	if n.Ordinal {
		c.class = Ordinal
		return r.oneRank(c), true
	}
	return r.fraction(r.pointed(c)), true
}

// oneRank reads "een honderdste", which numeral takes for the rank 1 × 100, as a share.
func (r *reader) oneRank(c core) core {
	one, after := r.g.numbers.Read(r.pieces[:c.start+1], c.start)
	if after != c.start+1 || one.Value != 1 || c.end != c.start+2 || r.ranks(c.end) {
		return c
	}
	c.value, c.class = 1/c.value, Fraction
	return c
}

// bareDecimals reads ",08".
func (r *reader) bareDecimals(i int) (core, bool) {
	p := r.pieces[i]
	if p.Key != "." && p.Key != "," || i+1 >= len(r.pieces) || i > 0 && !p.Space {
		return core{}, false
	}
	d := r.pieces[i+1]
	if d.Space || d.Kind != numeral.Digits || len(d.Text) > 18 || r.unitSign(i+2) {
		return core{}, false
	}
	v, err := strconv.ParseFloat("0."+d.Text, 64)
	return core{start: i, end: i + 2, value: v, class: Cardinal, figures: true}, err == nil
}

// pointed reads decimals in words: "two hundred point zero three".
func (r *reader) pointed(c core) core {
	if c.end+1 >= len(r.pieces) || !r.g.numbers.Point(r.pieces[c.end]) || c.article {
		return c
	}
	digits, end := "", c.end+1
	for len(digits) < 12 {
		n, after := r.g.numbers.Read(r.pieces, end)
		if after == end || n.Ordinal || n.Value >= 100 || n.Value != math.Trunc(n.Value) {
			break
		}
		digits += strconv.Itoa(int(n.Value))
		end = after
	}
	if v, err := strconv.ParseFloat("0."+digits, 64); err == nil && digits != "" {
		c.value, c.end = c.value+v, end
	}
	return c
}

// inCode tells whether figures are part of a code or an address: "SCP-173m", "v1.2".
func (r *reader) inCode(i int) bool {
	if i == 0 || r.pieces[i].Space || i == r.priceAt {
		return false
	}
	return r.pieces[i-1].Kind != numeral.Mark
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
