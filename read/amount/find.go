package amount

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"casus"
	"casus/read/amount/numeral"
	"casus/read/text"
)

// Find returns the amounts of a sentence in order, none inside another.
// claimed are ranges of tokens (end exclusive) that something else has read,
// as package when reads dates; no amount touches them.
func (g *Grammar) Find(tokens []text.Token, claimed ...[2]int) []Amount {
	r := &reader{g: g, pieces: numeral.Pieces(tokens), priceAt: -1}
	code := codes(r.pieces)
	taken := make([]bool, len(tokens)+1)
	for _, c := range claimed {
		for t := max(c[0], 0); t < min(c[1], len(tokens)); t++ {
			taken[t] = true
		}
	}
	var out []Amount
	for i := 0; i < len(r.pieces); {
		f, ok := r.amount(i)
		if !ok || code[i] || r.touches(taken, f.start, f.end) {
			i++
			continue
		}
		out = append(out, r.finish(tokens, f))
		i = f.end
	}
	return out
}

// Numbers returns the bare numbers of a sentence, ranks and vague words left
// out: those of ranges, measures and sums of money one by one.
func (g *Grammar) Numbers(tokens []text.Token) []Amount {
	r := &reader{g: g, pieces: numeral.Pieces(tokens), priceAt: -1}
	var out []Amount
	for i := 0; i < len(r.pieces); {
		c, ok := r.core(i)
		if !ok || c.class == Ordinal || c.vague || c.article {
			i = max(i+1, c.end)
			continue
		}
		c = r.power(c)
		if r.unitSign(c.end) {
			i = c.end
			continue
		}
		f := found{core: c, start: c.start, end: c.end, class: c.class, low: number(c.value), high: number(c.value), measure: [2]int{c.start, c.end}}
		out = append(out, r.finish(tokens, f))
		i = c.end
	}
	return out
}

// Ranks returns the ordinals of a sentence, and with them the words that rank
// from the end or from the one at hand ("last", "volgende"): their Value counts
// from Origin.
func (g *Grammar) Ranks(tokens []text.Token) []Amount {
	r := &reader{g: g, pieces: numeral.Pieces(tokens), priceAt: -1}
	var out []Amount
	for i := 0; i < len(r.pieces); {
		if p, end := find(g.words, r.pieces, i, "rank"); end > i {
			origin, _, _ := strings.Cut(p.value, " ")
			f := found{core: core{start: i, end: end, value: p.size, class: Ordinal}, start: i, end: end, class: Ordinal, measure: [2]int{i, end}}
			a := r.finish(tokens, f)
			a.Origin = origin
			out = append(out, a)
			i = end
			continue
		}
		f, ok := r.amount(i)
		if !ok {
			i++
			continue
		}
		if f.class == Ordinal {
			out = append(out, r.finish(tokens, f))
		}
		i = f.end
	}
	return out
}

// Units returns the units of money and measure that stand without a number
// ("in dollars"), as amounts without a value; those of amounts are left out.
func (g *Grammar) Units(tokens []text.Token) []Amount {
	r := &reader{g: g, pieces: numeral.Pieces(tokens), priceAt: -1}
	var out []Amount
	for i := 0; i < len(r.pieces); {
		if f, ok := r.amount(i); ok {
			i = f.end
			continue
		}
		p, end := find(g.units, r.pieces, i, "currency", "dimension")
		if end == i || p.weak || !r.stands(i, end) {
			i++
			continue
		}
		a := Amount{First: r.pieces[i].Token, Last: r.pieces[end-1].Token + 1, Class: Dimension, Unit: p.value, Span: r.span(i, end), Text: r.text(i, end)}
		if p.kind == "currency" {
			a.Class = Currency
		}
		a.Measure = a.Span
		out = append(out, a)
		i = end
	}
	return out
}

// stands tells whether pieces[i:end] is a word of its own, and more than a letter.
func (r *reader) stands(i, end int) bool {
	if end == i+1 && r.pieces[i].Kind == numeral.Letters && len(r.pieces[i].Key) < 2 {
		return false
	}
	before := i == 0 || r.pieces[i].Space || r.pieces[i-1].Kind == numeral.Mark
	after := end == len(r.pieces) || r.pieces[end].Space || r.pieces[end].Kind == numeral.Mark
	return before && after
}

// unitSign tells whether letters are written onto a number that ends at piece
// i, as in "29km": what is measured there is no bare number.
func (r *reader) unitSign(i int) bool {
	return i < len(r.pieces) && !r.pieces[i].Space && r.pieces[i].Kind == numeral.Letters
}

// codes marks the pieces of addresses and telephone numbers: what is written
// without white space and holds "://", "www.", "@", or figures with two hyphens.
func codes(pieces []numeral.Piece) []bool {
	out := make([]bool, len(pieces))
	for i := 0; i < len(pieces); {
		end, hyphens, address := i+1, 0, false
		for end < len(pieces) && !pieces[end].Space {
			p, before := pieces[end], pieces[end-1]
			digits := before.Kind == numeral.Digits && end+1 < len(pieces) && pieces[end+1].Kind == numeral.Digits && !pieces[end+1].Space
			switch {
			case p.Key == "-" && digits:
				hyphens++
			case p.Key == "@", before.Key == "/" && p.Key == "/", before.Key == "www" && p.Key == ".":
				address = true
			}
			end++
		}
		for k := i; k < end && (address || hyphens > 1); k++ {
			out[k] = true
		}
		i = end
	}
	return out
}

func (r *reader) touches(taken []bool, start, end int) bool {
	for _, p := range r.pieces[start:end] {
		if taken[p.Token] {
			return true
		}
	}
	return false
}

// found is an amount in pieces.
type found struct {
	core
	start, end int // with bounds and unit
	measure    [2]int
	hedge      [2]int
	low, high  *float64
	approx     bool
	beyond     bool // the low bound itself is excluded, or the only one
	beyondHigh bool
	class      Class
	unit       string
	percentOf  bool // a share of something not counted
}

// amount reads the amount that begins at piece i.
func (r *reader) amount(i int) (found, bool) {
	hedge, at := r.hedge(i)
	if f, ok := r.between(at); ok {
		return r.bounded(f, hedge, i, at), true
	}
	f, ok := r.measure(at)
	if !ok && at > i { // the bounding word was no bounding word
		hedge, at = phrase{}, i
		f, ok = r.measure(i)
	}
	if !ok {
		return found{}, false
	}
	if f.article && (f.class == Cardinal || f.class == Percent) { // "een man", "under a truce"
		return found{}, false
	}
	if f.class == Ordinal {
		f.low, f.high = nil, nil
		return f, true
	}
	f = r.bounded(f, hedge, i, at)
	return r.joined(f), true
}

// joined makes one range of a low and a high bound: "more than 100 but fewer than 300".
func (r *reader) joined(a found) found {
	if a.hedge[1] == 0 || (a.low == nil) == (a.high == nil) || a.approx {
		return a
	}
	i := a.end
	if i < len(r.pieces) && r.pieces[i].Key == "," {
		i++
	}
	_, i2 := find(r.g.words, r.pieces, i, "but")
	hedge, at := r.hedge(i2)
	if i2 == i || hedge.kind == "" {
		return a
	}
	b, ok := r.measure(at)
	if !ok || b.class == Ordinal || b.vague || b.article {
		return a
	}
	b = r.bounded(b, hedge, i2, at)
	if (a.low == nil) == (b.low == nil) || (b.low == nil) == (b.high == nil) {
		return a
	}
	out := a
	if a.low == nil {
		out.low, out.beyond, out.beyondHigh = b.low, b.beyond, a.beyond
	} else {
		out.high, out.beyondHigh = b.high, b.beyond
	}
	if *out.low >= *out.high || a.unit != "" && b.unit != "" && a.unit != b.unit {
		return a
	}
	out.end, out.measure, out.unit = b.end, b.measure, b.unit
	if out.class == Cardinal {
		out.class = Range
	}
	return out
}

// hedge reads the words before a number that bound it.
func (r *reader) hedge(i int) (phrase, int) {
	if i >= len(r.pieces) {
		return phrase{}, i
	}
	h, at := find(r.g.words, r.pieces, i, hedgeKinds...)
	if at == i {
		return phrase{}, i
	}
	if _, ok := r.core(at); !ok && len(h.keys) > 1 { // "ruim de" and "ruim de helft"
		if shorter, end := r.shorterHedge(i, len(h.keys)); end > i {
			h, at = shorter, end
		}
	}
	if _, after := find(r.g.words, r.pieces, at, "about"); after > at { // "meer dan ongeveer"
		at = after
	}
	if _, after := find(r.g.words, r.pieces, at, "filler"); after > at {
		if _, ok := r.core(after); ok {
			at = after
		}
	}
	return h, at
}

var hedgeKinds = []string{"at-least", "at-most", "under", "nearly", "about", "equal"}

// shorterHedge finds a bounding phrase of fewer words than n before a number.
func (r *reader) shorterHedge(i, n int) (phrase, int) {
	for _, p := range r.g.words[r.pieces[i].Key] {
		if len(p.keys) < n && among(p.kind, hedgeKinds) && has(r.pieces, i, p) {
			if _, ok := r.core(i + len(p.keys)); ok {
				return p, i + len(p.keys)
			}
		}
	}
	return phrase{}, i
}

// bounded sets the bounds that the words around a number put on it.
func (r *reader) bounded(f found, hedge phrase, i, at int) found {
	if hedge.kind != "" {
		f.start = i
		f.hedge = [2]int{i, i + len(hedge.keys)}
	}
	if hedge.kind == "" || hedge.kind == "equal" || hedge.kind == "about" {
		if behind, g := r.hedgeBehind(f); behind.kind != "" {
			g.approx = g.approx || hedge.kind == "about" // "about 500 or more"
			hedge, f = behind, g
		}
	}
	f.beyond = hedge.value == "more" || hedge.kind == "under"
	switch hedge.kind {
	case "at-least", "at-least-after":
		f.high = nil
	case "at-most", "under", "at-most-after":
		f.low = nil
	case "nearly":
		f.low, f.approx = nil, true
	case "about", "about-after":
		f.approx = true
	}
	if _, end := find(r.g.words, r.pieces, f.end, "or-equal"); end > f.end && f.beyond {
		f.beyond, f.end = false, end
	}
	return f
}

func (r *reader) hedgeBehind(f found) (phrase, found) {
	h, end := find(r.g.words, r.pieces, f.end, "at-least-after", "at-most-after", "about-after")
	if end == f.end {
		return phrase{}, f
	}
	if _, than := find(r.g.words, r.pieces, end, "than"); than > end { // "200 or greater than 190"
		return phrase{}, f
	}
	if last := h.keys[len(h.keys)-1]; len(h.keys) > 2 && r.isThan(last) {
		if _, ok := r.core(end); ok { // "5000 or less than 5000"
			return phrase{}, f
		}
	}
	f.hedge = [2]int{f.end, end}
	f.end = end
	return h, f
}

func (r *reader) isThan(key string) bool {
	for _, p := range r.g.words[key] {
		if p.kind == "than" {
			return true
		}
	}
	return false
}

// between reads a range: "between 30 and 40", "tien tot vijftien", "two or three".
func (r *reader) between(i int) (found, bool) {
	_, at := find(r.g.words, r.pieces, i, "between")
	opened := at > i
	a, ok := r.measure(at)
	if !ok || a.class == Ordinal || a.core.vague || a.article {
		return found{}, false
	}
	joint, after := find(r.g.words, r.pieces, a.end, "to", "or")
	if _, k := find(r.g.words, r.pieces, a.end, "and"); opened && k > after {
		joint, after = phrase{kind: "to"}, k
	}
	if after == a.end || joint.keys != nil && joint.keys[0] == "and" && !opened || !opened && at > i {
		return found{}, false
	}
	b, ok := r.measure(after)
	if !ok || b.class == Ordinal || b.core.vague || b.article {
		return found{}, false
	}
	if b.core.scale >= 1000 && a.core.scale == 0 && a.value < 1000 && a.value < b.value/b.core.scale {
		a.value *= b.core.scale // "3 tot 4 miljoen"
	}
	if a.value >= b.value || a.unit != "" && a.unit != b.unit || joint.kind == "or" && b.value > 2*a.value {
		return found{}, false
	}
	f := b
	f.start, f.core.start = i, a.core.start
	f.low, f.high = number(a.value), number(b.value)
	if f.class == Cardinal || f.class == Fraction {
		f.class = Range
	}
	if f.unit == "" {
		f.unit = a.unit
	}
	return f, true
}

func number(v float64) *float64 { return &v }

// measure reads a number with its unit: "$ 75 million", "48 uur", "12-cent", "30 procent".
func (r *reader) measure(i int) (found, bool) {
	start := i
	if _, after := find(r.g.words, r.pieces, i, "percent-before"); after > i {
		return r.percentBefore(i, after)
	}
	prefix, after := find(r.g.units, r.pieces, i, "currency")
	if after > i && r.priced(i, after) {
		i = after
	} else {
		prefix = phrase{}
	}
	if prefix.kind != "" {
		r.priceAt = i
	}
	c, ok := r.core(i)
	r.priceAt = -1
	if !ok || prefix.kind != "" && (c.class == Ordinal || c.vague || c.article) {
		if prefix.kind == "" {
			return found{}, false
		}
		prefix, i = phrase{}, start
		if c, ok = r.core(i); !ok {
			return found{}, false
		}
	}
	c = r.power(c)
	if m, end := find(r.g.words, r.pieces, c.end, "money-sign"); prefix.kind != "" && end > c.end && !r.pieces[c.end].Space {
		c.value, c.end = c.value*m.size, end
	}
	f := found{core: c, start: start, end: c.end, class: c.class, approx: c.approx, measure: [2]int{start, c.end}}
	f.low, f.high = number(c.value), number(c.value)
	if c.vague {
		f.low, f.high = number(c.low), number(c.high)
	}
	switch {
	case prefix.kind != "":
		f.class, f.unit = Currency, prefix.value
	case c.class == Ordinal:
		return f, true
	default:
		r.unitBehind(&f)
	}
	switch {
	case f.class == Fraction:
		r.share(&f)
	case f.class == Cardinal && !f.core.vague && !f.article:
		r.outOf(&f)
	}
	return f, true
}

// outOf reads the whole behind a part: "26 van de 34 provinciehoofdsteden".
func (r *reader) outOf(f *found) {
	p, i := find(r.g.words, r.pieces, f.end, "of")
	if len(p.keys) < 2 {
		return
	}
	c, ok := r.core(i)
	if !ok || c.class != Cardinal || c.vague || c.article || c.value <= f.value {
		return
	}
	if unit, end := r.noun(c.end); unit != "" {
		f.unit, f.end = unit, end
	}
}

// percentBefore reads "percentage van 30".
func (r *reader) percentBefore(i, after int) (found, bool) {
	c, ok := r.core(after)
	if !ok || c.class != Cardinal || c.vague || c.article {
		return found{}, false
	}
	return found{
		core: c, start: i, end: c.end, measure: [2]int{i, c.end}, class: Percent, unit: "percent",
		low: number(c.value), high: number(c.value),
	}, true
}

// priced tells whether the currency word at pieces[i:after] stands before its number.
func (r *reader) priced(i, after int) bool {
	if after >= len(r.pieces) {
		return false
	}
	p := r.pieces[after]
	if i > 0 && !r.pieces[i].Space && r.pieces[i-1].Kind == numeral.Digits {
		return false
	}
	last := r.pieces[after-1]
	sign := last.Kind == numeral.Mark || strings.ToUpper(last.Text) == last.Text // "USD 200", not "won 54"
	return sign && (p.Kind == numeral.Digits || p.Kind == numeral.Mark)
}

// unitBehind reads the unit behind a number.
func (r *reader) unitBehind(f *found) {
	i := f.end
	if s := f.core.start; s > 1 && !r.pieces[s].Space && !r.pieces[s-1].Space && r.pieces[s-1].Key == "-" && r.pieces[s-2].Kind == numeral.Letters {
		return // a code: "SCP-173m"
	}
	if i < len(r.pieces) && r.pieces[i].Key == "-" && !r.pieces[i].Space && i+1 < len(r.pieces) && !r.pieces[i+1].Space {
		i++
	}
	if _, end := find(r.g.words, r.pieces, i, "percent"); end > i {
		f.class, f.unit, f.end, f.measure[1] = Percent, "percent", end, end
		return
	}
	p, end := find(r.g.units, r.pieces, i, "million")
	if end == i {
		p, end = find(r.g.units, r.pieces, i, "currency", "dimension", "duration")
	}
	if end == i || end < len(r.pieces) && !r.pieces[end].Space && r.pieces[end].Kind != numeral.Mark {
		return
	}
	f.unit, f.end, f.measure[1] = p.value, end, end
	switch p.kind {
	case "currency":
		f.class = Currency
		r.cents(f)
	case "million": // "30 MUSD"
		f.class, f.value = Currency, f.value*1e6
		f.low, f.high = number(f.value), number(f.value)
	case "duration":
		f.class = Duration
	default:
		f.class = Dimension
		r.lesser(f)
	}
}

// lesser reads the smaller unit behind a measure: "5 feet and 2 inches". A line
// of kind lesser says which unit it is a part of, and how many make one.
func (r *reader) lesser(f *found) {
	_, after := find(r.g.words, r.pieces, f.end, "and")
	n, end := r.g.numbers.Read(r.pieces, after)
	if end == after || n.Ordinal || n.Article {
		return
	}
	p, close := find(r.g.units, r.pieces, end, "lesser")
	of, many, _ := strings.Cut(p.value, " ")
	parts, err := strconv.ParseFloat(many, 64)
	if close == end || of != f.unit || err != nil || n.Value >= parts {
		return
	}
	f.value += n.Value / parts
	f.low, f.high = number(f.value), number(f.value)
	f.end, f.measure[1] = close, close
}

// cents reads what follows the whole units of money: "15 dollar en 15 cent", "vijf euro vijftig".
func (r *reader) cents(f *found) {
	i := f.end
	_, after := find(r.g.words, r.pieces, i, "and")
	n, end := r.g.numbers.Read(r.pieces, after)
	if end == after || n.Ordinal || n.Article || n.Scaled || n.Value < 1 || n.Value > 99 || n.Value != math.Trunc(n.Value) || f.value != math.Trunc(f.value) {
		return
	}
	_, close := find(r.g.units, r.pieces, end, "cents")
	if close == end && (n.Value < 10 || end < len(r.pieces) && r.pieces[end].Kind != numeral.Mark || end-after > 1 && n.Figures) {
		return
	}
	f.value += n.Value / 100
	f.low, f.high = number(f.value), number(f.value)
	f.end, f.measure[1] = close, close
}

// share turns a fraction into hundredths, or into the number that it comes to
// where the text says of how many: "een derde van de 421 districten".
func (r *reader) share(f *found) {
	if f.value > 1 {
		f.class = Cardinal
		return
	}
	if _, i := find(r.g.words, r.pieces, f.end, "of"); i > f.end {
		if c, ok := r.core(i); ok && c.class == Cardinal && !c.vague && !c.article && c.value > 1 {
			n := math.Round(f.value * c.value)
			f.low, f.high, f.approx = number(n), number(n), true
			f.end = c.end
			if unit, end := r.noun(c.end); unit != "" {
				f.unit, f.end = unit, end
			}
			return
		}
	}
	f.percentOf = true
	hundredths := math.Round(f.value*1000) / 10
	f.low, f.high, f.unit = number(hundredths), number(hundredths), "percent"
}

// noun reads a counted noun at piece i.
func (r *reader) noun(i int) (unit string, end int) {
	if p, end := find(r.g.units, r.pieces, i, "counted"); end > i {
		return p.value, end
	}
	if i >= len(r.pieces) || r.pieces[i].Kind != numeral.Letters {
		return "", i
	}
	key := r.pieces[i].Key
	capital := isCapital(r.pieces[i].Text)
	if n, ok := r.g.nouns[key]; ok && (n.capital || !capital) {
		return n.unit, i + 1
	}
	if !r.g.glue || len(key) > 60 {
		return "", i
	}
	for cut := max(3, len(key)-r.g.longest); cut <= len(key)-5; cut++ { // the longest ending first
		if n, ok := r.g.nouns[key[cut:]]; ok && !n.capital {
			return n.unit, i + 1
		}
	}
	return "", i
}

func isCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// maxModifiers is how many words may stand between a number and what it counts.
const maxModifiers = 3

// counted finds what an amount counts: the noun after it, over a few modifiers.
// It is empty where no noun of numbers-units.tsv stands there: a parser knows better.
func (r *reader) counted(f *found) (tokens [2]int) {
	i := f.end
	if f.class == Ordinal || i >= len(r.pieces) {
		return [2]int{}
	}
	share := f.class == Percent || f.percentOf
	if _, after := find(r.g.words, r.pieces, i, "of"); after > i && (f.core.vague || share) {
		i = after
	} else if unit, after := r.noun(i); share && f.class == Fraction && unit != "" { // "een op de vijf inwoners"
		return r.tokens(i, after)
	} else if share {
		return [2]int{}
	}
	first := i
	for k := 0; k <= maxModifiers && i < len(r.pieces); k++ {
		p := r.pieces[i]
		if p.Kind == numeral.Mark && (p.Key == "-" && !p.Space || quotes[p.Key]) {
			i++
			k--
			continue
		}
		if p.Kind != numeral.Letters || r.g.stops[p.Key] {
			break
		}
		if unit, after := r.noun(i); unit != "" {
			if f.unit == "" {
				f.unit = unit
			}
			return r.tokens(first, after)
		}
		i++
	}
	return [2]int{}
}

// quotes may open the name of what is counted: "2000 ‘vredestroepen’".
var quotes = map[string]bool{"'": true, `"`: true, "“": true, "„": true}

func (r *reader) tokens(first, end int) [2]int {
	return [2]int{r.pieces[first].Token, r.pieces[end-1].Token + 1}
}

// finish makes the answer.
func (r *reader) finish(tokens []text.Token, f found) Amount {
	a := Amount{
		First: r.pieces[f.start].Token, Last: r.pieces[f.end-1].Token + 1,
		Class: f.class, Low: f.low, High: f.high, Approx: f.approx, Beyond: f.beyond, BeyondHigh: f.beyondHigh, Unit: f.unit,
		Span: r.span(f.start, f.end), Text: r.text(f.start, f.end),
		Number: r.span(f.core.start, f.core.end), Measure: r.span(f.measure[0], f.measure[1]),
	}
	if f.hedge[1] > f.hedge[0] {
		a.Hedge = r.text(f.hedge[0], f.hedge[1])
	}
	if !f.core.vague {
		a.Value = number(f.value)
	}
	if f.unit == "" || f.class == Fraction || f.class == Percent {
		a.Counted = r.counted(&f)
		a.Unit = f.unit
	}
	return a
}

func (r *reader) span(i, end int) casus.Span {
	return casus.Span{Start: r.pieces[i].Span.Start, End: r.pieces[end-1].Span.End}
}

// text rebuilds the words of pieces; white space between them becomes spaces.
func (r *reader) text(i, end int) string {
	var b []byte
	at := r.pieces[i].Span.Start
	for _, p := range r.pieces[i:end] {
		for ; at < p.Span.Start; at++ {
			b = append(b, ' ')
		}
		b = append(b, p.Text...)
		at = p.Span.End
	}
	return string(b)
}
