// Package amount finds the quantities of a text: cardinals, ordinals,
// fractions, percentages, ranges, money and measures, with the bounds that
// the words around a number put on it ("ruim", "nearly") and what is counted.
//
// Number words, bounding words and units stand in the language pack's
// numbers.tsv; package numeral reads the numbers themselves.
package amount

import "casus"

// Class sorts amounts.
type Class string

const (
	Cardinal  Class = "cardinal"
	Ordinal   Class = "ordinal"
	Fraction  Class = "fraction"
	Percent   Class = "percent"
	Range     Class = "range"
	Currency  Class = "currency"
	Dimension Class = "dimension"
	Duration  Class = "duration"
)

// Amount is a number with its bounds, nil where unbounded.
type Amount struct {
	First, Last int // tokens, Last exclusive: the number with its hedge and its unit
	Span        casus.Span
	Text        string
	Number      casus.Span // the number alone
	Measure     casus.Span // the number with its unit
	Class       Class
	Value       *float64 // the number that is written; nil for "tientallen"
	Origin      string   // of a rank that counts from the "end" or the "current" one ("voorlaatste"): from where; see Ranks
	Low, High   *float64
	Approx      bool
	Beyond      bool // the low bound, or the only one, is itself excluded ("meer dan", "fewer than")
	BeyondHigh  bool // the high one of two bounds is excluded
	// Unit is the contract's lower-case unit (persons, soldiers, percent,
	// usd, km); empty where the words next to the number do not tell.
	Unit    string
	Hedge   string // the bounding words, verbatim ("meer dan"); may be empty
	Counted [2]int // tokens of what is counted, as far as adjacent tokens tell; equal where nothing is
}
