package amount

import (
	"unicode"
	"unicode/utf8"

	"casus"
	"casus/read/amount/numeral"
	"casus/read/text"
)

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

// Unit returns the unit that a counted noun or a measure makes ("militairen"
// soldiers), "" for one that numbers-units.tsv does not know.
func (g *Grammar) Unit(noun string) string {
	pieces := numeral.Pieces([]text.Token{{Form: noun, Span: casus.Span{End: len([]rune(noun))}}})
	if p, end := find(g.units, pieces, 0, "currency", "dimension"); end == len(pieces) && !p.weak {
		return p.value
	}
	unit, end := (&reader{g: g, pieces: pieces, priceAt: -1}).noun(0)
	if end != len(pieces) {
		return ""
	}
	return unit
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
