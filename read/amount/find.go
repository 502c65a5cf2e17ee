package amount

import (
	"strings"

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
		out = append(out, r.finish(f))
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
		out = append(out, r.finish(f))
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
			a := r.finish(f)
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
			out = append(out, r.finish(f))
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

func number(v float64) *float64 { return &v }

// finish makes the answer.
func (r *reader) finish(f found) Amount {
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
