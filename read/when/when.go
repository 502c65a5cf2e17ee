// Package when finds the time expressions of a text (the TIMEX3 of TimeML),
// gives each its TIMEX3 value, and resolves it against the article's date to a
// casus.Period.
//
// What a language's words and phrases mean stands in two data files of its
// pack: times.tsv holds the words (months, weekdays, units, directions,
// holidays), times.rules the phrases that are made of them. The engine knows
// calendars, no language.
package when

import (
	"strings"

	"casus"
)

// Type is the TIMEX3 type of an expression.
type Type string

const (
	Date     Type = "DATE"
	Time     Type = "TIME"
	Duration Type = "DURATION"
	Set      Type = "SET"
)

// Mod says how an expression stands to its value, as TIMEX3's mod does, with
// since, until and ranges of news beside it. Two may be joined by a hyphen:
// "voor eind mei" is BEFORE-END.
type Mod string

const (
	Before Mod = "BEFORE"
	After  Mod = "AFTER"
	Since  Mod = "SINCE"
	Until  Mod = "UNTIL"
	Start  Mod = "START"
	Middle Mod = "MID"
	End    Mod = "END"
	Approx Mod = "APPROX"
	More   Mod = "MORE_THAN"
	Less   Mod = "LESS_THAN"
	Vague  Mod = "VAGUE" // refers to a time that the text gives elsewhere ("that week")
)

// Tense is that of the clause an expression stands in. News prefers the past
// reading of "in mei" or "zondag" unless the tense is Future.
type Tense int

const (
	Unknown Tense = iota
	Past
	Future
)

// Expression is one time expression of a text.
type Expression struct {
	First, Last int // tokens, Last exclusive
	Span        casus.Span
	Text        string
	Type        Type
	// Value is the TIMEX3 value, X where the words do not say ("XXXX-WXX-7"
	// for zondag); a range is written "(begin,end,duration)", end exclusive.
	Value string
	Mod   Mod
	// Period is when that is, given the article's date; zero where the
	// expression does not say when (a duration, a set).
	Period casus.Period
	// Shift is how many days the expression lies from the time that the text
	// spoke of last ("een dag eerder" -1, "two weeks later" 14), 0 for others.
	// Its Value and Period are then as counted from the article's date, unless
	// that would be the future of a past tense.
	Shift int
}

// IsTerm tells whether the expression is a length of time that begins on the
// day of writing ("within 60 days"): a date and an amount at once.
func (e Expression) IsTerm(written casus.Period) bool {
	return strings.Contains(e.Value, ",P") && e.Period.From == written.From && e.Period.To > written.To
}
