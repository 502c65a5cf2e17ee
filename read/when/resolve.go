package when

import (
	"casus"
)

// resolve gives the period of a meaning, the zero Period where it does not say when.
func resolve(m meaning, at reference) casus.Period {
	if m.kind == kindDuration || m.kind == kindSet {
		return casus.Period{}
	}
	outer, inner := splitMod(m.mod)
	if at.tense == Unknown {
		switch outer {
		case Before, Until:
			at.tense = Future
		case Since:
			if !m.either {
				at.tense = Past
			}
		}
	}
	p := m.period
	if !m.resolved {
		p = resolveInner(m, at)
	}
	if p.From > at.anchor.To && at.day != 0 && (m.shift > 0 && at.tense != Future || m.ahead && at.tense == Past) {
		return casus.Always // "two days later" of a story that is over, "the first time in five years"
	}
	if m.side == 0 {
		p = partOfPeriod(p, inner)
	}
	p = onSide(p, m.side, at)
	p = open(p, outer, m)
	if p.IsOpen() {
		return casus.Always
	}
	return p
}

// splitMod cuts "BEFORE-END" into what opens a period and which part of it is meant.
func splitMod(m Mod) (outer, inner Mod) {
	for i := range m {
		if m[i] == '-' {
			return m[:i], m[i+1:]
		}
	}
	if isBound(m) {
		return m, ""
	}
	return "", m
}

func resolveInner(m meaning, at reference) casus.Period {
	switch m.kind {
	case kindNow:
		return at.anchor
	case kindSpan:
		return resolveSpan(m, at)
	case kindPoint:
		p, _ := resolvePoint(m, at)
		return p
	}
	return casus.Period{}
}

// resolveSpan runs from the beginning of the first point to the end of the last.
func resolveSpan(m meaning, at reference) casus.Period {
	a, b := meaning{kind: kindPoint, cal: m.cal, clk: m.clk, relative: m.relative}, *m.until
	p, ok := resolvePoint(a, at)
	later := at
	q, ok2 := resolvePoint(b, later)
	if !ok || !ok2 {
		return casus.Always
	}
	p, q = partOfPeriod(p, m.mod), partOfPeriod(q, b.mod)
	if q.To != 0 && p.From > q.To { // the year turned between the ends
		if a.cal.year == 0 {
			p.From = p.From.AddMonths(-12)
		} else {
			q.To = q.To.AddMonths(12)
		}
	}
	precision := p.Precision
	if fineness[b.cal.grain] < fineness[a.cal.grain] {
		precision = q.Precision
	}
	return casus.Period{From: p.From, To: q.To, Precision: precision}
}

// resolvePoint finds the days of a point; ok is false where nobody can tell.
func resolvePoint(m meaning, at reference) (p casus.Period, ok bool) {
	if m.resolved {
		return m.period, true
	}
	c := m.cal
	switch {
	case c == (calendar{}): // only a clock time or a part of the day
		return at.anchor, !at.anchor.IsZero()
	case m.relative && at.day == 0:
		return casus.Always, false
	case m.relative && c.grain == day && at.anchor.Precision != casus.PrecisionDay && c.date() != 0:
		return at.anchor, true // "gisteren" in an article of which the month alone is known
	case m.relative && (c.grain == week || c.grain == weekend) && at.anchor.Precision != casus.PrecisionDay && at.anchor.Precision != casus.PrecisionWeek:
		return shiftedAnchor(c.bounds().From, week, at.anchor), true
	case m.relative && c.grain == weekend && at.tense == Past && c.bounds().From > at.anchor.To:
		c.year, c.week = isoWeek(c.bounds().From.AddDays(-7)) // "over the weekend" on a Tuesday
		return c.bounds(), true
	case c.year != 0 && !c.yy || c.yy && c.grain == decade:
		p = c.bounds()
		return p, p.From != 0
	case c.yy:
		p = c.bounds()
		return p, p.From != 0
	case at.day == 0:
		return casus.Always, false
	case c.weekday != 0 && c.month == 0 && c.day == 0 && c.week == 0:
		return resolveWeekday(c.weekday, at), true
	case c.day != 0 && c.month == 0:
		return nearest(at, 31, func(n int) casus.Period {
			t := at.day.AddMonths(n)
			k := c
			k.year, k.month = t.Year(), int(t.Month())
			return k.bounds()
		}), true
	}
	p = nearest(at, 240, func(n int) casus.Period {
		k := c
		k.year = at.day.Year() + n
		return k.bounds()
	})
	return p, p.From != 0
}

// resolveWeekday takes the latest such day up to the article's own, or for the
// future the next one. Where the article's date is no single day, the weekday
// is only known to lie in it.
func resolveWeekday(w int, at reference) casus.Period {
	if at.anchor.Precision != casus.PrecisionDay {
		return at.anchor
	}
	gap := (w - weekdayOf(at.day) + 7) % 7
	if at.tense != Future && gap > 0 {
		gap -= 7
	}
	return casus.Day(at.day.AddDays(gap))
}

// nearest picks among a thing that comes back (each month, each year) the last
// that had begun by the article's date, or for the future the next that is not
// over. Without a tense it is the past one, unless that began more than
// leeway days ago and the next is nearer.
func nearest(at reference, leeway int, nth func(n int) casus.Period) casus.Period {
	var past, future casus.Period
	for n := -9; n <= 9; n++ {
		p := nth(n)
		if p.From == 0 {
			continue
		}
		if p.From <= at.anchor.To {
			past = p
		}
		if future.From == 0 && p.To >= at.anchor.From {
			future = p
		}
	}
	switch {
	case past.From == 0:
		return future
	case future.From == 0:
		return past
	case at.tense == Future:
		return future
	case at.tense == Past:
		return past
	case int(at.day-past.From) > leeway && future.From-at.day < at.day-past.From:
		return future
	}
	return past
}

// partOfPeriod cuts the start, the middle or the end out of a period: of a
// year its first or last month or the two in the middle, of a month ten days,
// of anything else about a third.
func partOfPeriod(p casus.Period, mod Mod) casus.Period {
	if mod != Start && mod != Middle && mod != End || p.From == 0 || p.To == 0 || p.From == p.To {
		return p
	}
	switch days := int(p.To-p.From) + 1; {
	case p == casus.Year(p.From.Year()):
		return partOfYear(p, mod)
	case days >= 28 && days <= 31 && p.From.Day() == 1:
		return cutDays(p, mod, 10, casus.PrecisionDay)
	case days == 7:
		return cutDays(p, mod, 2, casus.PrecisionDay)
	case days > 366:
		return cutYears(p, mod)
	default:
		from := p.From.AddDays(days / 3)
		to := p.To.AddDays(-days / 3)
		return choose(mod, casus.Period{From: p.From, To: from - 1, Precision: casus.PrecisionMonth},
			casus.Period{From: from, To: to, Precision: casus.PrecisionMonth}, casus.Period{From: to + 1, To: p.To, Precision: casus.PrecisionMonth})
	}
}

func choose(mod Mod, start, middle, end casus.Period) casus.Period {
	switch mod {
	case Start:
		return start
	case Middle:
		return middle
	}
	return end
}

func partOfYear(p casus.Period, mod Mod) casus.Period {
	y := p.From.Year()
	middle := casus.Period{From: casus.NewDate(y, 6, 1), To: casus.NewDate(y, 7, 31), Precision: casus.PrecisionMonth}
	return choose(mod, casus.Month(y, 1), middle, casus.Month(y, 12))
}

// cutDays gives the first and last n days and what lies around the middle.
func cutDays(p casus.Period, mod Mod, n int, precision casus.Precision) casus.Period {
	start := casus.Period{From: p.From, To: p.From.AddDays(n - 1), Precision: precision}
	end := casus.Period{From: p.From.AddDays(2 * n), To: p.To, Precision: precision}
	if n == 2 { // of a week: Monday and Tuesday, Wednesday and Thursday, Friday to Sunday
		end.From = p.From.AddDays(4)
	}
	return choose(mod, start, casus.Period{From: start.To + 1, To: end.From - 1, Precision: precision}, end)
}

// cutYears gives thirds of a decade or a century, in whole years.
func cutYears(p casus.Period, mod Mod) casus.Period {
	n := (p.To.Year() - p.From.Year() + 1) / 3
	from, to := p.From.Year(), p.To.Year()
	whole := func(a, b int) casus.Period {
		return casus.Period{From: casus.NewDate(a, 1, 1), To: casus.NewDate(b, 12, 31), Precision: casus.PrecisionYear}
	}
	return choose(mod, whole(from, from+n-1), whole(from+n, to-n), whole(to-n+1, to))
}

// onSide keeps what lies before or after the article's date ("later this week").
func onSide(p casus.Period, side int, at reference) casus.Period {
	if at.day == 0 || p.From == 0 || p.To == 0 || !p.Overlaps(at.anchor) {
		return p
	}
	switch {
	case side < 0:
		p.To = min(p.To, at.anchor.To)
	case side > 0:
		p.From = max(p.From, at.anchor.From)
	}
	return p
}

// open opens a period as its mod says. A deadline that is a day includes that
// day; a longer one ends before it begins ("voor 2010"), unless it is said to
// go through its end ("uiterlijk eind mei").
func open(p casus.Period, mod Mod, m meaning) casus.Period {
	switch mod {
	case Before, Until:
		if p.From == 0 && p.To == 0 {
			return casus.Always
		}
		to := p.To
		if p.From != p.To && !m.through && p.From != 0 {
			if _, inner := splitMod(m.mod); inner != End {
				to = p.From.AddDays(-1)
			}
		}
		return casus.Period{To: to, Precision: p.Precision}
	case Since:
		return p.Since()
	case After:
		return casus.Period{From: p.To.AddDays(1), Precision: p.Precision}
	}
	return p
}
