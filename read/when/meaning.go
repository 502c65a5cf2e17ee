package when

import "casus"

// unit is a unit of time, by its letter in the data files.
type unit string

const (
	second      unit = "s"
	minute      unit = "m"
	hour        unit = "h"
	day         unit = "D"
	night       unit = "N"
	businessDay unit = "BD"
	weekDay     unit = "WD"
	weekend     unit = "WE"
	week        unit = "W"
	fortnight   unit = "FN"
	month       unit = "M"
	quarter     unit = "Q"
	halfYear    unit = "HY"
	season      unit = "SE"
	year        unit = "Y"
	decade      unit = "DE"
	century     unit = "CE"
)

// ofClock tells whether u is shorter than a day.
func (u unit) ofClock() bool { return u == second || u == minute || u == hour }

// calendar is a place in the calendar as far as the words say: a field that
// is zero was not said.
type calendar struct {
	grain   unit // the finest thing that is said
	year    int
	yy      bool // of the year only the last two figures
	fiscal  string
	month   int
	day     int
	weekday int // 1 Monday to 7 Sunday
	week    int // ISO week of the year; with a month, week of that month
	nth     int // the n-th weekday of the month
	quarter int
	half    int
	season  string // SP, SU, FA, WI
	holiday string // how it is reckoned, see holidayIn
}

// clock is a time of the day as far as the words say.
type clock struct {
	said           bool
	hour, min, sec int
	hasMin, hasSec bool
	told           bool   // it is known whether it is before or after noon
	phase          string // MO, AF, EV, NI …
	pm             bool   // "p.m." is said
}

// kind sorts meanings.
type kind uint8

const (
	kindWord     kind = iota + 1 // a word of the grammar: value, num
	kindNumber                   // num
	kindPoint                    // cal and clk
	kindSpan                     // cal, clk to until
	kindDuration                 // dur
	kindSet                      // value
	kindNow
)

// length is a part of a duration: a number of units.
type length struct {
	n    float64
	unit unit
}

// meaning is what a phrase means, before it is written as a TIMEX3 value and
// resolved to a period.
type meaning struct {
	kind  kind
	class string // of a word
	value string // of a word; of a set its TIMEX3 value
	num   float64
	cal   calendar
	clk   clock
	until *meaning // the end of a span
	dur   []length
	mod   Mod

	vague    bool         // "weeks", "some": the number of units is a guess
	relative bool         // reckoned from the article's date: it has one reading only
	weak     bool         // a single word that may mean something else
	bareYear bool         // four figures
	bareHour bool         // a number that is an hour only where it counts nothing
	timex    string       // the value, where an action wrote it
	period   casus.Period // the period, where an action resolved it
	resolved bool
	either   bool // "vanaf mei" may lie ahead, "sinds mei" may not
	ahead    bool // counted forward from the article's date
	through  bool // a deadline that includes its last day ("uiterlijk")
	shift    int  // days from the time that the text spoke of last
	side     int  // -1, +1: only the part of the period before, after the article's date ("earlier this month")
}

// merge lays what b says over what a says; ok is false where they clash.
func merge(a, b calendar) (calendar, bool) {
	ok := true
	number := func(x, y int) int {
		if x != 0 && y != 0 && x != y {
			ok = false
		}
		if x != 0 {
			return x
		}
		return y
	}
	word := func(x, y string) string {
		if x != "" && y != "" && x != y {
			ok = false
		}
		return x + y
	}
	out := calendar{
		grain: finer(a.grain, b.grain),
		year:  number(a.year, b.year), yy: a.yy || b.yy,
		month: number(a.month, b.month), day: number(a.day, b.day),
		week: number(a.week, b.week), nth: number(a.nth, b.nth),
		quarter: number(a.quarter, b.quarter), half: number(a.half, b.half),
		season: word(a.season, b.season), holiday: word(a.holiday, b.holiday), fiscal: word(a.fiscal, b.fiscal),
	}
	out.weekday = a.weekday
	if b.weekday != 0 {
		out.weekday = b.weekday // where a text names the wrong weekday of a date, the date stands
	}
	return out, ok
}

// fineness orders units from fine to coarse.
var fineness = map[unit]int{
	second: 1, minute: 2, hour: 3, day: 4, night: 4, businessDay: 4, weekDay: 4, weekend: 5, week: 6, fortnight: 7, month: 8,
	quarter: 9, season: 9, halfYear: 10, year: 11, decade: 12, century: 13,
}

func finer(a, b unit) unit {
	if a == "" || b != "" && fineness[b] < fineness[a] {
		return b
	}
	return a
}

// mergeClock lays b over a: an hour and a part of the day tell each other.
func mergeClock(a, b clock) (clock, bool) {
	if a.said && b.said {
		return a, false
	}
	if b.said {
		a, b = b, a
	}
	if b.phase != "" {
		if a.phase != "" && a.phase != b.phase {
			return a, false
		}
		a.phase = b.phase
	}
	if a.said && !a.told && a.phase != "" {
		a.hour, a.told = hourIn(a.phase, a.hour), true
	}
	return a, true
}

// hourIn gives the hour that "at 7" is in a part of the day.
func hourIn(phase string, h int) int {
	switch phase {
	case "AF", "EV":
		if h < 12 {
			return h + 12
		}
	case "NI":
		if h >= 6 && h < 12 {
			return h + 12
		}
	case "MO":
		if h == 12 {
			return h
		}
	}
	return h
}

func pointOf(c calendar) meaning { return meaning{kind: kindPoint, cal: c} }

// onDate is the point of one exact date.
func onDate(d casus.Date) calendar {
	if d.IsZero() {
		return calendar{grain: day}
	}
	return calendar{grain: day, year: d.Year(), month: int(d.Month()), day: d.Day()}
}

// date returns the day that c names in full, 0 if it does not, or if there is no such day.
func (c calendar) date() casus.Date {
	if c.year == 0 || c.month == 0 || c.day == 0 || c.yy {
		return 0
	}
	d := casus.NewDate(c.year, monthOf(c.month), c.day)
	if d.Day() != c.day {
		return 0
	}
	return d
}
