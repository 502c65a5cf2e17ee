package amount

import (
	"math"
	"strconv"
	"strings"

	"casus/read/amount/numeral"
)

// measure reads a number with its unit: "$ 75 million", "48 uur", "12-cent", "30 procent".
func (r *reader) measure(i int) (found, bool) {
	if _, after := find(r.g.words, r.pieces, i, "percent-before"); after > i {
		return r.percentBefore(i, after)
	}
	prefix, c, ok := r.price(i)
	if !ok {
		if c, ok = r.core(i); !ok {
			return found{}, false
		}
		c = r.power(c)
	}
	f := found{core: c, start: i, end: c.end, class: c.class, approx: c.approx, measure: [2]int{i, c.end}}
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

// price reads a number behind a sign or code of money: "$ 75 million", "USD115", "€5m".
func (r *reader) price(i int) (money phrase, c core, ok bool) {
	money, after := find(r.g.units, r.pieces, i, "currency")
	if after == i || !r.priced(i, after) {
		return phrase{}, core{}, false
	}
	r.priceAt = after
	c, ok = r.core(after)
	r.priceAt = -1
	if !ok || c.class == Ordinal || c.vague || c.article {
		return phrase{}, core{}, false
	}
	c = r.power(c)
	if m, end := find(r.g.words, r.pieces, c.end, "money-sign"); end > c.end && !r.pieces[c.end].Space {
		c.value, c.end = c.value*m.size, end
	}
	return money, c, true
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
		p, end = find(r.g.units, r.pieces, i, "currency", "dimension", "duration", "greater")
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
	case "greater": // "three decades" are thirty years
		of, many, _ := strings.Cut(p.value, " ")
		times, _ := strconv.ParseFloat(many, 64) // 0 shows in the tests of the tables
		f.class, f.unit, f.value = Duration, of, f.value*times
		f.low, f.high = number(f.value), number(f.value)
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
