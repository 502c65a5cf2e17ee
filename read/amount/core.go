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
