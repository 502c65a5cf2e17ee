package when

import (
	"strconv"
	"strings"
	"time"

	"casus"
)

func monthOf(m int) time.Month { return time.Month(m) }

// weekdayOf numbers a date's weekday as ISO 8601 does, Monday 1.
func weekdayOf(d casus.Date) int { return (int(d.Weekday())+6)%7 + 1 }

// isoWeek returns the ISO 8601 year and week of a date.
func isoWeek(d casus.Date) (year, week int) { return d.Time().ISOWeek() }

// mondayOf returns the first day of an ISO week.
func mondayOf(year, week int) casus.Date {
	return casus.Week(casus.NewDate(year, 1, 4)).From.AddDays(7 * (week - 1))
}

// bounds returns the days of a calendar place whose year is said, the zero
// Period where the words do not suffice.
func (c calendar) bounds() casus.Period {
	if c.holiday != "" && c.year != 0 {
		if d := holidayIn(c.holiday, c.year); d != 0 {
			return casus.Day(d)
		}
		return casus.Period{}
	}
	if c.year == 0 {
		return casus.Period{}
	}
	switch c.grain {
	case day, night, businessDay, weekDay:
		return c.dayBounds()
	case week, weekend:
		return c.weekBounds()
	case month:
		return casus.Month(c.year, monthOf(c.month))
	case quarter:
		from := casus.NewDate(c.year, monthOf(3*c.quarter-2), 1)
		return casus.Period{From: from, To: from.AddMonths(3) - 1, Precision: casus.PrecisionSeason}
	case halfYear:
		from := casus.NewDate(c.year, monthOf(6*c.half-5), 1)
		return casus.Period{From: from, To: from.AddMonths(6) - 1, Precision: casus.PrecisionSeason}
	case season:
		return seasonIn(c.season, c.year)
	case year:
		return casus.Year(c.year)
	case decade:
		return casus.Period{From: casus.NewDate(c.year, 1, 1), To: casus.NewDate(c.year+9, 12, 31), Precision: casus.PrecisionYear}
	case century:
		return casus.Period{From: casus.NewDate(c.year, 1, 1), To: casus.NewDate(c.year+99, 12, 31), Precision: casus.PrecisionYear}
	}
	return casus.Period{}
}

func (c calendar) dayBounds() casus.Period {
	d := c.date()
	switch {
	case d != 0:
	case c.month != 0 && c.nth != 0 && c.weekday != 0:
		d = nthWeekday(c.year, c.month, c.weekday, c.nth)
	case c.week != 0 && c.weekday != 0:
		d = mondayOf(c.year, c.week).AddDays(c.weekday - 1)
	}
	if d == 0 {
		return casus.Period{}
	}
	return casus.Day(d)
}

func (c calendar) weekBounds() casus.Period {
	var monday casus.Date
	switch {
	case c.month != 0 && c.week != 0:
		monday = casus.Week(casus.NewDate(c.year, monthOf(c.month), 1+7*(c.week-1))).From
		if c.week == 5 { // "the last week of July"
			monday = casus.Week(casus.NewDate(c.year, monthOf(c.month)+1, 0)).From
		}
	case c.month != 0 && c.day != 0:
		monday = c.date()
	case c.week != 0:
		monday = mondayOf(c.year, c.week)
	default:
		return casus.Period{}
	}
	p := casus.Period{From: monday, To: monday.AddDays(6), Precision: casus.PrecisionWeek}
	if c.grain == weekend {
		p.From, p.Precision = monday.AddDays(5), casus.PrecisionDay
	}
	return p
}

// nthWeekday returns the n-th weekday of a month; n = -1 is the last.
func nthWeekday(y, m, weekday, n int) casus.Date {
	if n < 0 {
		last := casus.NewDate(y, monthOf(m)+1, 0)
		return last.AddDays(-((weekdayOf(last) - weekday + 7) % 7))
	}
	first := casus.NewDate(y, monthOf(m), 1)
	return first.AddDays((weekday-weekdayOf(first)+7)%7 + 7*(n-1))
}

// seasonMonths gives the first month of the meteorological seasons of the
// northern half of the world; a winter is named after the year it begins in.
var seasonMonths = map[string]int{"SP": 3, "SU": 6, "FA": 9, "WI": 12}

func seasonIn(s string, y int) casus.Period {
	from := casus.NewDate(y, monthOf(seasonMonths[s]), 1)
	return casus.Period{From: from, To: from.AddMonths(3) - 1, Precision: casus.PrecisionSeason}
}

// holidayIn reckons a holiday: "12-25" a fixed day, "easter" or "easter+39"
// days from Western Easter, "11-4#4" the fourth weekday 4 of November, "5-1#-1"
// the last Monday of May. 0 where the rule says nothing.
func holidayIn(rule string, y int) casus.Date {
	if rest, ok := strings.CutPrefix(rule, "easter"); ok {
		n, _ := strconv.Atoi(rest)
		return easter(y).AddDays(n)
	}
	m, d, ok := strings.Cut(rule, "-")
	if !ok {
		return 0
	}
	mm, err := strconv.Atoi(m)
	if err != nil {
		return 0
	}
	if weekday, nth, ok := strings.Cut(d, "#"); ok {
		w, _ := strconv.Atoi(weekday)
		n, _ := strconv.Atoi(nth)
		return nthWeekday(y, mm, w, n)
	}
	dd, err := strconv.Atoi(d)
	if err != nil {
		return 0
	}
	return casus.NewDate(y, monthOf(mm), dd)
}

// easter is the Sunday of Western Easter (the anonymous Gregorian algorithm,
// Nature, 20 April 1876).
func easter(y int) casus.Date {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	j, k := c/4, c%4
	m := (a + 11*h) / 319
	r := (2*e + 2*j - k - h + m + 32) % 7
	n := (h - m + r + 90) / 25
	p := (h - m + r + n + 19) % 32
	return casus.NewDate(y, monthOf(n), p)
}

// step returns d moved by n units; a month keeps its day as far as it can.
func step(d casus.Date, n float64, u unit) casus.Date {
	k := int(n)
	switch u {
	case day, night:
		return d.AddDays(k)
	case weekend, week:
		return d.AddDays(int(n * 7))
	case fortnight:
		return d.AddDays(14 * k)
	case month:
		return d.AddMonths(k).AddDays(int((n - float64(k)) * 30))
	case quarter:
		return d.AddMonths(3 * k)
	case halfYear:
		return d.AddMonths(6 * k)
	case year:
		return d.AddMonths(int(n * 12))
	case decade:
		return d.AddMonths(int(n * 120))
	case century:
		return d.AddMonths(int(n * 1200))
	case businessDay, weekDay:
		return stepBusiness(d, k)
	}
	return d
}

func stepBusiness(d casus.Date, n int) casus.Date {
	if d.IsZero() {
		return d
	}
	dir := 1
	if n < 0 {
		dir, n = -1, -n
	}
	for n = min(n, 1000); n > 0; {
		d = d.AddDays(dir)
		if weekdayOf(d) <= 5 {
			n--
		}
	}
	return d
}
