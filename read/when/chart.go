package when

import (
	"strconv"

	"casus"
	"casus/read/amount/numeral"
)

// node is a phrase that was found: up to piece end, with its meaning.
type node struct {
	end int
	m   *meaning
}

// row holds what begins at one piece, by category; nil where not yet tried.
type row struct {
	nodes  [][]node
	tried  []bool
	number numeral.Number // that begins here, up to numEnd
	numEnd int
	starts bits // categories that may begin here
}

// chart finds phrases in the pieces of a text. Each category is tried once at
// each place, and no phrase is longer than maxPhrase pieces, so that the work
// is linear in the text.
type chart struct {
	g      *Grammar
	pieces []numeral.Piece
	rows   []*row
	spare  []*row     // rows that were passed, for use again
	stack  []*meaning // the parts of the rules that are being tried
	base   int        // where those of the innermost rule begin
	depth  int        // of phrases within phrases
	call   call       // used again for each application of a rule; actions keep nothing of it
	at     reference
}

// reference is the moment that relative times are reckoned from.
type reference struct {
	anchor  casus.Period
	day     casus.Date // 0 where there is no anchor
	seconds int        // of the day
	tense   Tense
}

// maxPhrase bounds a phrase, in pieces.
const maxPhrase = 40

// maxDepth bounds phrases within phrases: "the day before the day before …".
const maxDepth = 100

// maxNodes bounds the readings of one category at one place.
const maxNodes = 12

func (c *chart) row(i int) *row {
	r := c.rows[i]
	if r != nil {
		return r
	}
	if n := len(c.spare); n > 0 {
		r, c.spare = c.spare[n-1], c.spare[:n-1]
	} else {
		n := len(c.g.names)
		r = &row{nodes: make([][]node, n), tried: make([]bool, n)}
	}
	c.rows[i] = r
	r.starts = c.g.startBits[c.pieces[i].Key]
	r.number, r.numEnd = c.g.numbers.Read(c.pieces, i)
	if r.numEnd > i || c.pieces[i].Kind == numeral.Digits {
		for k, b := range c.g.numberBits {
			r.starts[k] |= b
		}
	}
	return r
}

// pass gives back the row of a piece that no phrase can begin at any more.
func (c *chart) pass(i int) {
	r := c.rows[i]
	if r == nil {
		return
	}
	c.rows[i] = nil
	clear(r.tried)
	clear(r.nodes)
	c.spare = append(c.spare, r)
}

// number reads the number that begins at piece i, once.
func (c *chart) number(i int) (numeral.Number, int) {
	r := c.row(i)
	return r.number, r.numEnd
}

// parse returns the phrases of a category that begin at piece i.
func (c *chart) parse(cat, i int) []node {
	if i >= len(c.pieces) {
		return nil
	}
	r := c.row(i)
	if !r.starts.has(cat) {
		return nil
	}
	if r.tried[cat] || c.depth >= maxDepth {
		return r.nodes[cat]
	}
	c.depth++
	defer func() { c.depth-- }()
	r.tried[cat] = true // a rule that begins with its own category finds nothing
	c.base = len(c.stack)
	var found []node
	if cat < len(terminals) {
		found = c.terminal(terminals[cat], i)
	}
	found = append(found, c.words(cat, i)...)
	for k := range c.g.rules[cat] {
		rl := &c.g.rules[cat][k]
		if len(rl.after) > 0 && (i == 0 || !rl.after[c.pieces[i-1].Key]) {
			continue
		}
		c.base = len(c.stack)
		c.match(rl, 0, i, i, &found)
	}
	r.nodes[cat] = found
	return found
}

func hasEnd(nodes []node, end int) bool {
	for _, n := range nodes {
		if n.end == end {
			return true
		}
	}
	return false
}

// match tries the items of a rule from item k at piece i, and adds what each
// way to match them all means. The parts matched so far are on c.stack.
func (c *chart) match(r *rule, k, start, i int, found *[]node) {
	if k == len(r.items) {
		if i > start {
			c.build(r, i, found)
		}
		return
	}
	it := &r.items[k]
	if i < len(c.pieces) && i-start < maxPhrase && !(it.glued && c.pieces[i].Space) {
		for _, w := range it.words {
			if c.pieces[i].Key == w {
				c.match(r, k+1, start, i+1, found)
				break
			}
		}
		for _, cat := range it.categories {
			depth, base := len(c.stack), c.base
			nodes := c.parse(cat, i)
			c.base = base
			for n := range nodes {
				c.stack = append(c.stack[:depth], nodes[n].m)
				c.match(r, k+1, start, nodes[n].end, found)
			}
			c.stack = c.stack[:depth]
		}
	}
	if it.optional {
		c.match(r, k+1, start, i, found)
	}
}

// build applies the action of a rule to the parts on the stack.
func (c *chart) build(r *rule, end int, found *[]node) {
	if len(*found) >= maxNodes || hasEnd(*found, end) {
		return
	}
	c.call.at, c.call.arg, c.call.parts = c.at, r.arg, c.call.parts[:0]
	for _, p := range c.stack[c.base:] {
		c.call.parts = append(c.call.parts, *p)
	}
	if m, ok := r.action(&c.call); ok {
		*found = append(*found, node{end, &m})
	}
}

// words returns the words of times.tsv of one category that begin at piece i.
func (c *chart) words(cat, i int) []node {
	var out []node
	for _, e := range c.g.entries[c.pieces[i].Key] {
		if e.category != cat || e.capital && !isCapital(c.pieces[i].Text) || !c.has(e.keys, i) {
			continue
		}
		if m, ok := c.g.word(e); ok {
			out = append(out, node{i + len(e.keys), &m})
		}
	}
	return out
}

func (c *chart) has(keys []string, i int) bool {
	if i+len(keys) > len(c.pieces) {
		return false
	}
	for k, key := range keys {
		if c.pieces[i+k].Key != key {
			return false
		}
	}
	return true
}

// word gives the meaning of an entry: words of the calendar are points.
func (g *Grammar) word(e entry) (meaning, bool) {
	class := g.names[e.category]
	n, _ := strconv.Atoi(e.value)
	m := meaning{kind: kindWord, class: class, value: e.value, num: float64(n), weak: e.weak}
	switch class {
	case "month", "lowmonth":
		m.kind, m.cal = kindPoint, calendar{grain: month, month: n}
	case "weekday", "weekdays":
		m.kind, m.cal = kindPoint, calendar{grain: day, weekday: n}
	case "season":
		m.kind, m.cal = kindPoint, calendar{grain: season, season: e.value}
	case "holiday":
		m.kind, m.cal = kindPoint, calendar{grain: day, holiday: e.value}
	case "phase", "phases", "tonight", "meal":
		m.kind, m.clk = kindPoint, clock{phase: e.value}
	case "hour":
		m.kind, m.clk = kindPoint, clock{said: true, hour: n, told: true}
	}
	return m, true
}

// terminal reads what the engine itself knows: figures and number words.
func (c *chart) terminal(name string, i int) []node {
	p := c.pieces[i]
	if p.Kind == numeral.Digits {
		if n := c.figures(name, p); n != nil {
			return []node{{i + 1, n}}
		}
	}
	switch name {
	case "n", "ord", "frac":
		return c.numeric(name, i)
	case "yyyy":
		return c.yearWords(i)
	}
	return nil
}

// figures reads a piece of digits as a part of a date or a clock time.
func (c *chart) figures(name string, p numeral.Piece) *meaning {
	if len(p.Text) > 8 {
		return nil
	}
	n, _ := strconv.Atoi(p.Text)
	m := meaning{kind: kindPoint}
	size := len(p.Text)
	switch {
	case name == "dd" && size <= 2 && n >= 1 && n <= 31:
		m.cal = calendar{grain: day, day: n}
	case name == "mm" && size <= 2 && n >= 1 && n <= 12:
		m.cal = calendar{grain: month, month: n}
	case name == "yyyy" && size == 4 && n >= 1000 && n < 2200:
		m.cal = calendar{grain: year, year: n}
		m.bareYear = true
	case name == "yy" && size == 2:
		m.cal = calendar{grain: year, year: 1900 + n, yy: n >= 30 && n < 40}
		if n < 40 {
			m.cal.year += 100
		}
	case name == "hh" && size <= 2 && n <= 24:
		m.clk = clock{said: true, hour: n, told: n > 12 || n == 0}
	case name == "hhmm" && size == 4 && n < 2400 && n%100 < 60:
		m.clk = clock{said: true, hour: n / 100, min: n % 100, hasMin: true, told: n >= 1300}
	case name == "wk" && size <= 2 && n >= 1 && n <= 53:
		m.kind, m.num = kindNumber, float64(n)
	case name == "mi" && size == 2 && n < 60:
		m.kind, m.num = kindNumber, float64(n)
	case name == "ymd" && size == 8 && n%100 >= 1 && n%100 <= 31 && n/100%100 >= 1 && n/100%100 <= 12 && n/10000 > 1800 && n/10000 < 2200:
		m.cal = calendar{grain: day, year: n / 10000, month: n / 100 % 100, day: n % 100}
	default:
		return nil
	}
	return &m
}

// decimals marks a number in figures that is more than a row of digits: "2.5", "1.000", "3 million".
const decimals = "decimals"

// numeric reads a cardinal, an ordinal or a fraction such as ½.
func (c *chart) numeric(name string, i int) []node {
	n, end := c.number(i)
	if end == i || n.Ordinal != (name == "ord") || name == "frac" {
		return nil
	}
	if last := c.pieces[end-1]; n.Figures && last.Kind == numeral.Letters && len(last.Key) <= 2 && name == "n" {
		return nil // "1k"
	}
	m := meaning{kind: kindNumber, num: n.Value, weak: n.Article}
	if n.Figures && n.Digits == 0 && !n.Ordinal {
		m.value = decimals
	}
	out := []node{{end, &m}}
	if name == "n" && c.pieces[i].Kind == numeral.Letters {
		out = append(out, c.shorter(i, end)...)
	}
	return out
}

// shorter reads the first word of a number alone, for "twenty second" in
// "february twenty second" read as a rank needs no other.
func (c *chart) shorter(i, end int) []node {
	if end-i < 2 {
		return nil
	}
	n, k := c.g.numbers.Read(c.pieces[:i+1], i)
	if k != i+1 || n.Ordinal {
		return nil
	}
	return []node{{k, &meaning{kind: kindNumber, num: n.Value, weak: n.Article}}}
}

// afterMonth tells whether a month stands before piece i: "October two thousand" is a year, "two thousand" is none.
func (c *chart) afterMonth(i int) bool {
	if i == 0 {
		return false
	}
	for _, e := range c.g.entries[c.pieces[i-1].Key] {
		if c.g.names[e.category] == "month" {
			return true
		}
	}
	return false
}

// yearWords reads a year in words: "nineteen ninety six", "tweeduizend vijftien".
func (c *chart) yearWords(i int) []node {
	if c.pieces[i].Kind != numeral.Letters {
		return nil
	}
	n, end := c.number(i)
	if end == i || n.Ordinal {
		return nil
	}
	v := int(n.Value)
	if float64(v) == n.Value && v >= 1100 && v < 2200 && (v%100 != 0 || c.afterMonth(i)) {
		m := pointOf(calendar{grain: year, year: v})
		m.bareYear = true
		return []node{{end, &m}}
	}
	if v < 11 || v > 21 || end >= len(c.pieces) {
		return nil
	}
	low, after := c.g.numbers.Read(c.pieces, end)
	if after == end || low.Ordinal || low.Value < 10 || low.Value > 99 || low.Figures {
		return nil
	}
	m := pointOf(calendar{grain: year, year: v*100 + int(low.Value)})
	return []node{{after, &m}}
}
