package when

import (
	"fmt"
	"strconv"
	"strings"

	"casus"
)

// timexOf writes the TIMEX3 value of a meaning.
func timexOf(m meaning, at reference) string {
	switch {
	case m.timex != "":
		return m.timex
	case m.kind == kindNow:
		return "PRESENT_REF"
	case m.kind == kindSet:
		return m.value
	case m.kind == kindDuration:
		return durationValue(m.dur)
	case m.kind == kindSpan:
		return spanValue(m, at)
	}
	return pointValue(m, at)
}

// typeOf gives the TIMEX3 type of a meaning.
func typeOf(m meaning) Type {
	switch {
	case m.kind == kindSet:
		return Set
	case m.kind == kindDuration:
		return Duration
	case m.clk != (clock{}), strings.Contains(m.timex, "T") && m.kind != kindNow:
		return Time
	}
	return Date
}

// pointValue writes a point, with X for the figures that the words do not say.
func pointValue(m meaning, at reference) string {
	if m.relative && at.day != 0 && at.anchor.Precision != casus.PrecisionDay { // only the month of the article is known
		switch m.cal.grain {
		case day:
			return at.anchor.From.String()[:7] + "-XX" + clockOrPhase(m.clk)
		case week, weekend:
			return "XXXX-WXX"
		}
	}
	return calendarValue(m.cal) + clockOrPhase(m.clk)
}

func clockOrPhase(k clock) string {
	if k.said {
		return clockValue(k)
	}
	if k.phase != "" {
		return "T" + k.phase
	}
	return ""
}

func clockValue(k clock) string {
	s := fmt.Sprintf("T%02d", k.hour)
	if k.hasMin {
		s += fmt.Sprintf(":%02d", k.min)
	}
	if k.hasSec {
		s += fmt.Sprintf(":%02d", k.sec)
	}
	return s
}

func fullClock(k clock) string { return fmt.Sprintf("T%02d:%02d:%02d", k.hour, k.min, k.sec) }

func yearValue(c calendar) string {
	switch {
	case c.year == 0:
		return "XXXX"
	case c.yy:
		return fmt.Sprintf("XX%02d", c.year%100)
	}
	return fmt.Sprintf("%s%04d", c.fiscal, c.year)
}

func calendarValue(c calendar) string {
	if c.holiday != "" {
		return holidayValue(c)
	}
	switch c.grain {
	case day, night:
		return dayValue(c)
	case weekend:
		return weekValue(c) + "-WE"
	case week:
		return weekValue(c)
	case month:
		return fmt.Sprintf("%s-%02d", yearValue(c), c.month)
	case quarter:
		return monthsValue(c, 3*c.quarter-2, 3)
	case halfYear:
		return monthsValue(c, 6*c.half-5, 6)
	case season:
		if c.year == 0 {
			return c.season
		}
		return yearValue(c) + "-" + c.season
	case year:
		if c.year == 0 {
			return c.fiscal + "XXXX"
		}
		return yearValue(c)
	case decade:
		return decadeValue(c, 10)
	case century:
		return decadeValue(c, 100)
	}
	return ""
}

func dayValue(c calendar) string {
	switch {
	case c.month != 0 && c.day != 0:
		return fmt.Sprintf("%s-%02d-%02d", yearValue(c), c.month, c.day)
	case c.month != 0 && c.nth != 0:
		return fmt.Sprintf("%s-%02d-WXX-%d-#%d", yearValue(c), c.month, c.weekday, c.nth)
	case c.week != 0 && c.weekday != 0 && c.month != 0:
		return fmt.Sprintf("%s-%02d-WXX-%d-#%d", yearValue(c), c.month, c.weekday, c.week)
	case c.week != 0 && c.weekday != 0:
		return fmt.Sprintf("%s-W%02d-%d", yearValue(c), c.week, c.weekday)
	case c.weekday != 0:
		return fmt.Sprintf("XXXX-WXX-%d", c.weekday)
	case c.day != 0:
		return fmt.Sprintf("XXXX-XX-%02d", c.day)
	}
	return "XXXX-XX-XX"
}

func weekValue(c calendar) string {
	switch {
	case c.month != 0 && c.day != 0:
		return dayValue(c)
	case c.month != 0 && c.week != 0:
		return fmt.Sprintf("%s-%02d-W%02d", yearValue(c), c.month, c.week)
	case c.week == 0:
		return "XXXX-WXX"
	}
	return fmt.Sprintf("%s-W%02d", yearValue(c), c.week)
}

func monthsValue(c calendar, from, n int) string {
	y, nextYear, to := yearValue(c), yearValue(c), from+n
	if to > 12 {
		to -= 12
		if c.year != 0 {
			nextYear = strconv.Itoa(c.year + 1)
		}
	}
	return fmt.Sprintf("(%s-%02d-01,%s-%02d-01,P%dM)", y, from, nextYear, to, n)
}

func decadeValue(c calendar, n int) string {
	if c.year == 0 {
		return "P" + strconv.Itoa(n) + "Y"
	}
	from, to := fmt.Sprintf("%04d", c.year), fmt.Sprintf("%04d", c.year+n)
	if c.yy {
		from, to = "XX"+from[2:], "XX"+to[2:]
	}
	return fmt.Sprintf("(%s-01-01,%s-01-01,P%dY)", from, to, n)
}

// holidayValue writes a holiday: in full where the year is known, else as its rule has it.
func holidayValue(c calendar) string {
	if c.year != 0 {
		d := holidayIn(c.holiday, c.year)
		if c.grain == weekend {
			y, w := isoWeek(d)
			return fmt.Sprintf("%04d-W%02d-WE", y, w)
		}
		return d.String()
	}
	if m, d, ok := strings.Cut(c.holiday, "-"); ok && !strings.HasPrefix(c.holiday, "easter") {
		mm, _ := strconv.Atoi(m)
		if wd, nth, ok := strings.Cut(d, "#"); ok {
			return fmt.Sprintf("XXXX-%02d-WXX-%s-%s", mm, wd, nth)
		}
		dd, _ := strconv.Atoi(d)
		return fmt.Sprintf("XXXX-%02d-%02d", mm, dd)
	}
	return "XXXX-XX-XX"
}

// spanValue writes "(begin,end,duration)"; the end is exclusive.
func spanValue(m meaning, at reference) string {
	a, b := meaning{kind: kindPoint, cal: m.cal, clk: m.clk}, *m.until
	if m.clk.said {
		days := 0
		minutes := (b.clk.hour*60 + b.clk.min) - (m.clk.hour*60 + m.clk.min)
		if minutes < 0 {
			minutes, days = minutes+24*60, 1
		}
		b.cal = b.cal.later(days)
		return "(" + pointValue(a, at) + "," + pointValue(b, at) + "," + clockLength(minutes*60) + ")"
	}
	from, to := a.cal.edge(m.mod), b.cal.edge(b.mod)
	return "(" + calendarValue(from) + "," + calendarValue(to) + "," + spanLength(a.cal, b.cal, from, to, m.mod+b.mod) + ")"
}

// later moves a day that is known by date or weekday alone.
func (c calendar) later(days int) calendar {
	switch {
	case days == 0:
	case c.date() != 0:
		return onDate(c.date().AddDays(days))
	case c.weekday != 0:
		c.weekday = (c.weekday-1+days)%7 + 1
	}
	return c
}

// edge is the day at which a period of a range begins: of a part of a period
// its own edge, of the end of a month the first of the next.
func (c calendar) edge(mod Mod) calendar {
	known := c
	if c.year == 0 {
		known.year = 2018 // any year that is no leap year: the value shows XXXX
	}
	p := known.bounds()
	if p.From == 0 {
		return c
	}
	d := p.From
	switch mod {
	case End:
		d = p.To.AddDays(1)
	case Middle:
		d = p.From.AddDays(int(p.To-p.From+1) / 2)
	}
	out := onDate(d)
	if c.year == 0 {
		out.year = 0
	}
	return out
}

// spanLength is the duration of a range, in years, months or days as its ends are given.
func spanLength(a, b, from, to calendar, part Mod) string {
	x, y := from, to
	if x.year == 0 || y.year == 0 {
		x.year, y.year = 2018, 2018
		if x.date() > y.date() {
			y.year++
		}
	}
	if x.date() == 0 && x.month == 2 && x.day == 29 && from.year == 0 {
		x.year, y.year = x.year+2, y.year+2 // a leap year
	}
	p, q := x.bounds().From, y.bounds().From
	if p == 0 || q == 0 {
		if a.weekday != 0 && b.weekday != 0 {
			return "P" + strconv.Itoa((b.weekday-a.weekday+7)%7) + "D"
		}
		if a.day != 0 && b.day > a.day {
			return "P" + strconv.Itoa(b.day-a.day) + "D"
		}
		return "PXD"
	}
	fine := min(fineness[a.grain], fineness[b.grain])
	switch {
	case fine >= fineness[year]:
		if part == "" {
			return fmt.Sprintf("P%dY", q.Year()-p.Year())
		}
		return fmt.Sprintf("P%dM", monthsBetween(p, q))
	case fine >= fineness[month]:
		return fmt.Sprintf("P%dM", monthsBetween(p, q))
	}
	return fmt.Sprintf("P%dD", int(q-p))
}

func monthsBetween(p, q casus.Date) int {
	return (q.Year()-p.Year())*12 + int(q.Month()) - int(p.Month())
}

// clockLength writes a number of seconds as PT…H…M.
func clockLength(seconds int) string {
	h, m, s := seconds/3600, seconds/60%60, seconds%60
	out := "PT"
	if h > 0 {
		out += strconv.Itoa(h) + "H"
	}
	if m > 0 {
		out += strconv.Itoa(m) + "M"
	}
	if s > 0 || out == "PT" {
		out += strconv.Itoa(s) + "S"
	}
	return out
}

// durationValue writes lengths as an ISO 8601 duration.
func durationValue(ls []length) string {
	out := "P"
	clockPart := false
	for _, l := range ls {
		n, code := l.n, strings.ToUpper(string(l.unit))
		switch l.unit {
		case night:
			code = "D"
		case fortnight:
			n, code = n*2, "W"
		case quarter:
			n, code = n*3, "M"
		case halfYear:
			n, code = n*6, "M"
		case decade:
			n, code = n*10, "Y"
		case century:
			n, code = n*100, "Y"
		}
		if l.unit.ofClock() && !clockPart {
			out, clockPart = out+"T", true
		}
		out += strconv.FormatFloat(n, 'f', -1, 64) + code
	}
	return out
}

// moment is a second of a day.
type moment struct {
	day     casus.Date
	seconds int
}

// moment returns the moment a number of seconds from the reference.
func (r reference) moment(seconds float64) moment {
	total := r.seconds + int(seconds)
	days := total / 86400
	if total%86400 < 0 {
		days--
	}
	return moment{r.day.AddDays(days), total - days*86400}
}

func (t moment) full() string {
	return fmt.Sprintf("%sT%02d:%02d:%02d", t.day, t.seconds/3600, t.seconds/60%60, t.seconds%60)
}
