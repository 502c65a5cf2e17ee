package when

import (
	"casus"
)

// shift is a period counted from the article's: last week, this year, next May.
func shift(c *call) (meaning, bool) {
	dir, ok := c.direction()
	if !ok {
		return meaning{}, false
	}
	_, near := c.word("near")
	m, ok := c.ofKind(kindPoint)
	if u, isUnit := c.unit(); isUnit && !ok {
		return c.shiftUnit(u, int(dir))
	}
	if !ok || m.relative {
		return meaning{}, false
	}
	m.relative, m.weak = true, false
	d := c.at.day
	switch {
	case d == 0:
		return m, true
	case m.cal.grain == day && m.cal.weekday != 0 && m.cal.day == 0:
		m.cal = onDate(shiftWeekday(d, m.cal.weekday, int(dir), near))
	case m.cal.grain == month && m.cal.year == 0:
		m.cal.year = d.Year() + yearShift(m.cal.month-int(d.Month()), int(dir))
	case m.cal.grain == season && m.cal.year == 0:
		m.cal.year = shiftSeason(d, m.cal.season, int(dir))
	case m.cal.holiday != "":
		m.cal = shiftHoliday(d, m.cal.holiday, int(dir))
	case m.cal.grain == day && m.cal.day != 0:
		m.relative = false // "next 12 May" says no more than the date
	case m.cal == (calendar{}) && m.clk.phase != "" && !m.clk.said:
		m.cal = onDate(d.AddDays(int(dir)))
	default:
		return meaning{}, false
	}
	return m, true
}

// shiftWeekday: this Friday is that of the article's week, next Friday that of
// the week after; near takes the first such day before or after.
func shiftWeekday(d casus.Date, weekday, dir int, near bool) casus.Date {
	if near && dir != 0 {
		gap := (weekday - weekdayOf(d) + 7) % 7
		switch {
		case dir > 0 && gap == 0:
			gap = 7
		case dir < 0 && gap == 0:
			gap = -7
		case dir < 0:
			gap -= 7
		}
		return d.AddDays(gap)
	}
	return casus.Week(d).From.AddDays(weekday - 1 + 7*dir)
}

// yearShift: next May is the coming one, last May the latest that is over.
func yearShift(ahead, dir int) int {
	switch {
	case dir > 0 && ahead <= 0:
		return 1
	case dir < 0 && ahead >= 0:
		return -1
	}
	return 0
}

func shiftSeason(d casus.Date, s string, dir int) int {
	y := d.Year()
	this := seasonIn(s, y)
	if s == "WI" && d.Month() <= 2 {
		y-- // a winter is named after the year it begins in
		this = seasonIn(s, y)
	}
	switch {
	case dir > 0 && d >= this.From:
		return y + 1
	case dir < 0 && d <= this.To:
		return y - 1
	}
	return y
}

func shiftHoliday(d casus.Date, rule string, dir int) calendar {
	y := d.Year()
	h := holidayIn(rule, y)
	switch {
	case dir > 0 && h <= d:
		y++
	case dir < 0 && h >= d:
		y--
	}
	return onDate(holidayIn(rule, y))
}

// shiftUnit is the unit that lies n units away from the article's: -1 last, 0 this, 1 next.
func (c *call) shiftUnit(u unit, n int) (meaning, bool) {
	d := c.at.day
	m := meaning{kind: kindPoint, relative: true, cal: calendar{grain: u}}
	if u == day {
		m.shift = n // "the next day"
	}
	if u.ofClock() {
		if n == 0 {
			return meaning{}, false
		}
		return c.counted(float64(1), u, n)
	}
	if d == 0 {
		return m, true
	}
	switch u {
	case day, night:
		m.cal = onDate(d.AddDays(n))
		if u == night {
			m.clk.phase = "NI"
		}
	case week, weekend:
		m.cal.year, m.cal.week = isoWeek(d.AddDays(7 * n))
	case month:
		t := casus.Month(d.Year(), d.Month()).From.AddMonths(n)
		m.cal.year, m.cal.month = t.Year(), int(t.Month())
	case quarter:
		t := quarterStart(d).AddMonths(3 * n)
		m.cal.year, m.cal.quarter = t.Year(), (int(t.Month())+2)/3
	case halfYear:
		t := casus.NewDate(d.Year(), monthOf((int(d.Month())-1)/6*6+1), 1).AddMonths(6 * n)
		m.cal.year, m.cal.half = t.Year(), (int(t.Month())+5)/6
	case year:
		m.cal.year = d.Year() + n
	case decade:
		m.cal.year = (d.Year()/10 + n) * 10
	case century:
		m.cal.year = (d.Year()/100 + n) * 100
	case fortnight:
		from := casus.Week(d).From.AddDays(14 * n)
		return spanOf(from, from.AddDays(14), "P2W", casus.PrecisionWeek), true
	default:
		return meaning{}, false
	}
	return m, true
}

func quarterStart(d casus.Date) casus.Date {
	return casus.NewDate(d.Year(), monthOf((int(d.Month())-1)/3*3+1), 1)
}

// spanOf is a span of days that is known in full; to is exclusive, as its value writes it.
func spanOf(from, to casus.Date, length string, p casus.Precision) meaning {
	m := meaning{kind: kindSpan, relative: true, resolved: true}
	m.timex = "(" + from.String() + "," + to.String() + "," + length + ")"
	if from == 0 {
		m.timex = length
	}
	m.period = casus.Period{From: from, To: to.AddDays(-1), Precision: p}
	return m
}

// count is a number of units before or after the article's date: the last three weeks.
func count(c *call) (meaning, bool) {
	dir, ok := c.direction()
	if !ok || dir == 0 {
		return meaning{}, false
	}
	if d, ok := c.ofKind(kindDuration); ok {
		return c.countedSum(d, int(dir))
	}
	u, ok := c.unit()
	if !ok {
		return meaning{}, false
	}
	n, said := c.number(1)
	m, ok := c.counted(n, u, int(dir))
	if !said && ok && c.at.day != 0 {
		m.period = c.vaguePeriod(u, int(dir))
	}
	return m, ok
}

// vaguePeriod is "de afgelopen jaren": to the article's date, from nobody knows when.
func (c *call) vaguePeriod(u unit, dir int) casus.Period {
	p := casus.Period{To: c.at.anchor.To, Precision: precisionOf(u)}
	if dir > 0 {
		p = casus.Period{From: c.at.anchor.From, Precision: precisionOf(u)}
	}
	return p
}

func (c *call) countedSum(d meaning, dir int) (meaning, bool) {
	if len(d.dur) == 1 {
		return c.counted(d.dur[0].n, d.dur[0].unit, dir)
	}
	from := c.at.day
	for _, l := range d.dur {
		from = step(from, float64(dir)*l.n, l.unit)
	}
	to := c.at.day
	if dir > 0 {
		from, to = to.AddDays(1), from.AddDays(1)
	}
	m := spanOf(from, to, durationValue(d.dur), precisionOf(d.dur[len(d.dur)-1].unit))
	c.touchAnchor(&m, dir)
	return m, true
}

// counted is the n units before or after the article's date.
func (c *call) counted(n float64, u unit, dir int) (meaning, bool) {
	d := c.at.day
	if u.ofClock() {
		return c.countedClock(n, u, dir)
	}
	length := durationValue([]length{{n, u}})
	if d == 0 {
		return meaning{kind: kindSpan, relative: true, resolved: true, timex: length, period: casus.Always}, true
	}
	from, to := step(d, -n, u), d
	switch {
	case u == quarter && dir < 0:
		to = quarterStart(d)
		from = to.AddMonths(-3 * int(n))
	case u == quarter:
		from = quarterStart(d).AddMonths(3)
		to = from.AddMonths(3 * int(n))
	case u == businessDay && dir > 0:
		from = d.AddDays(1)
		to = stepBusiness(d, int(n)).AddDays(1)
	case dir > 0:
		from = d.AddDays(1)
		to = step(from, n, u)
		if u == month || u == year {
			to = step(d, n, u).AddDays(1)
		}
	}
	m := spanOf(from, to, length, precisionOf(u))
	c.touchAnchor(&m, dir)
	return m, true
}

// touchAnchor lets a span that is counted from the article's date reach it.
func (c *call) touchAnchor(m *meaning, dir int) {
	if c.at.day == 0 {
		m.period = casus.Always
		return
	}
	if dir < 0 {
		m.period.To = max(m.period.To, c.at.anchor.To)
	} else {
		m.period.From = min(m.period.From, c.at.anchor.From)
	}
}

// countedClock is a number of hours, minutes or seconds before or after the moment of reference.
func (c *call) countedClock(n float64, u unit, dir int) (meaning, bool) {
	length := durationValue([]length{{n, u}})
	m := meaning{kind: kindSpan, relative: true, resolved: true, timex: length, period: casus.Always}
	if c.at.day == 0 {
		return m, true
	}
	a, b := c.at.moment(0), c.at.moment(float64(dir)*n*secondsIn(u))
	if dir < 0 {
		a, b = b, a
	}
	m.timex = "(" + a.full() + "," + b.full() + "," + length + ")"
	m.period = casus.Period{From: min(a.day, c.at.anchor.From), To: max(b.day, c.at.anchor.To), Precision: casus.PrecisionDay}
	if dir < 0 {
		m.period.From = a.day
	}
	return m, true
}

func secondsIn(u unit) float64 {
	switch u {
	case minute:
		return 60
	case hour:
		return 3600
	}
	return 1
}

// ago is a duration before or after a day: two weeks ago, three days after
// Tuesday. A word of class agoword or the argument gives the sign.
func ago(c *call) (meaning, bool) {
	sign, fromText := c.sign()
	d, ok := c.ofKind(kindDuration)
	if u, isUnit := c.unit(); isUnit && !ok {
		d, ok = meaning{kind: kindDuration, dur: []length{{1, u}}}, true
	}
	if !ok || sign == 0 {
		return meaning{}, false
	}
	base, relative, ok := c.base()
	if !ok {
		return meaning{}, false
	}
	finest := d.dur[len(d.dur)-1].unit
	if finest.ofClock() {
		if _, dated := c.ofKind(kindPoint); dated {
			return meaning{}, false
		}
		return c.agoClock(d, sign)
	}
	start := base
	for _, l := range d.dur {
		base = step(base, sign*l.n, l.unit)
	}
	m := pointOf(onDate(base))
	m.relative = relative
	m.ahead = sign > 0 && relative
	if fromText {
		m.shift = int(base - start)
	}
	if w, ok := c.weekdayBeside(); ok && base != 0 {
		m.cal = onDate(casus.Week(base).From.AddDays(w - 1))
		return m, true
	}
	if base != 0 {
		m.resolved, m.period = true, around(base, finest, c.at.anchor, relative)
		if d.vague && sign < 0 {
			m.period = casus.Period{To: m.period.To, Precision: m.period.Precision}
		} else if d.vague {
			m.period = casus.Period{From: c.at.anchor.From, Precision: m.period.Precision}
		}
	}
	return m, true
}

// sign is -1 for ago and earlier, 1 for later; fromText tells that it counts
// from the time that the text spoke of last.
func (c *call) sign() (sign float64, fromText bool) {
	if w, ok := c.word("agoword"); ok {
		sign = w.num
	}
	then, fromText := c.word("thenword")
	if fromText {
		sign = then.num
	}
	if n, ok := c.direction(); ok && c.arg != "" {
		sign = n
	}
	return sign, fromText
}

// base is the day that a duration is counted from: a date among the parts, else the article's.
func (c *call) base() (d casus.Date, relative, ok bool) {
	for _, p := range c.parts {
		if p.kind == kindNow {
			return c.at.day, true, true
		}
		if p.kind != kindPoint || p.class == "beside" {
			continue
		}
		if p.clk != (clock{}) {
			return 0, false, false
		}
		period, _ := resolvePoint(p, reference{anchor: c.at.anchor, day: c.at.day, tense: Future})
		return period.From, p.relative, period.From != 0 || c.at.day == 0
	}
	return c.at.day, true, true
}

// weekdayBeside is the weekday of "in 3 days on Friday".
func (c *call) weekdayBeside() (int, bool) {
	for _, p := range c.parts {
		if p.class == "beside" {
			return p.cal.weekday, true
		}
	}
	return 0, false
}

// around is the period of a day that was reckoned in units: two weeks ago is a
// week, two years ago a year.
func around(d casus.Date, u unit, anchor casus.Period, relative bool) casus.Period {
	if relative && anchor.Precision != casus.PrecisionDay {
		return shiftedAnchor(d, u, anchor)
	}
	switch u {
	case week, fortnight:
		return casus.Week(d)
	case month, quarter, halfYear:
		return casus.Month(d.Year(), d.Month())
	case year, decade, century:
		return casus.Year(d.Year())
	}
	return casus.Day(d)
}

// shiftedAnchor keeps the width of an anchor that is a month or more.
func shiftedAnchor(d casus.Date, u unit, anchor casus.Period) casus.Period {
	switch u {
	case year, decade, century:
		return casus.Year(d.Year())
	case month, quarter, halfYear:
		return casus.Month(d.Year(), d.Month())
	}
	shift := int(d - anchor.From)
	if shift >= -21 && shift <= 21 { // most likely the same month
		return anchor
	}
	return casus.Period{From: anchor.From.AddDays(shift), To: anchor.To.AddDays(shift), Precision: anchor.Precision}
}

func (c *call) agoClock(d meaning, sign float64) (meaning, bool) {
	if c.at.day == 0 {
		return meaning{kind: kindPoint, relative: true, resolved: true, timex: "PRESENT_REF", period: casus.Always}, true
	}
	seconds, days := 0.0, c.at
	for _, l := range d.dur {
		if l.unit.ofClock() {
			seconds += sign * l.n * secondsIn(l.unit)
		} else {
			days.day = step(days.day, sign*l.n, l.unit)
		}
	}
	t := days.moment(seconds)
	m := meaning{kind: kindPoint, relative: true, resolved: true, timex: t.full(), period: casus.Day(t.day)}
	if c.at.anchor.Precision != casus.PrecisionDay {
		m.period = c.at.anchor
	}
	return m, true
}

// precisionOf is how finely a period of such units is known.
func precisionOf(u unit) casus.Precision {
	switch u {
	case week, fortnight:
		return casus.PrecisionWeek
	case month:
		return casus.PrecisionMonth
	case quarter, halfYear, season:
		return casus.PrecisionSeason
	case year, decade, century:
		return casus.PrecisionYear
	}
	return casus.PrecisionDay
}
