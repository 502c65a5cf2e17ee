package when

import (
	"math"
	"strconv"
	"strings"

	"casus"
)

// span is a range from one point to another: "from May to October 2020".
func span(c *call) (meaning, bool) {
	parts := c.content()
	if len(parts) == 3 && parts[2].cal.grain == year && parts[1].cal.year == 0 { // "November 19-20, 2020"
		parts[1].cal.year = parts[2].cal.year
		parts = parts[:2]
	}
	if len(parts) != 2 {
		return meaning{}, false
	}
	a, b := parts[0], parts[1]
	for i := range parts {
		if parts[i].kind != kindPoint && parts[i].kind != kindNow || isBound(parts[i].mod) {
			return meaning{}, false
		}
	}
	switch {
	case a.clk.said && b.clk.said:
		return clockSpan(a, b)
	case a.kind == kindNow && b.clk.said, b.kind == kindNow && a.clk.said:
		return c.spanWithNow(a, b)
	case a.clk != (clock{}) || b.clk != (clock{}):
		return meaning{}, false
	}
	return c.dateSpan(a, b)
}

// clockSpan is "5 to 6pm", "10:30 to 3": what one end tells of noon the other may share.
func clockSpan(a, b meaning) (meaning, bool) {
	cal, ok := merge(a.cal, b.cal)
	if a.cal != (calendar{}) && b.cal != (calendar{}) {
		cal, ok = a.cal, true
	}
	if !ok {
		return meaning{}, false
	}
	x, y := &a.clk, &b.clk
	minutes := func(k *clock) int { return k.hour*60 + k.min }
	switch {
	case y.pm && !x.told && x.hour < 12 && x.hour*60+x.min+720 < minutes(y):
		x.hour += 12
	case y.told && !x.told && b.clk.phase != "" && b.clk.phase != "MO" && x.hour < 12 && minutes(x)+720 < minutes(y):
		x.hour += 12
	case x.told && !y.told && y.hour < 12 && minutes(y) <= minutes(x):
		y.hour += 12
	case !x.told && !y.told && minutes(y) <= minutes(x) && y.hour < 12:
		y.hour += 12
	}
	x.told, y.told = x.told || y.told, y.told || x.told
	x.phase, y.phase = "", ""
	until := meaning{kind: kindPoint, cal: cal, clk: *y}
	if b.cal != (calendar{}) {
		until.cal = b.cal
	}
	return meaning{kind: kindSpan, cal: cal, clk: *x, until: &until, relative: a.relative || b.relative}, true
}

// spanWithNow is "between now and eight o'clock".
func (c *call) spanWithNow(a, b meaning) (meaning, bool) {
	if c.at.day == 0 || a.kind != kindNow {
		return meaning{}, false
	}
	end := moment{day: c.at.day, seconds: b.clk.hour*3600 + b.clk.min*60}
	if end.seconds < c.at.seconds && b.clk.hour < 12 {
		end.seconds += 12 * 3600
	}
	b.clk.hour = end.seconds / 3600
	m := meaning{kind: kindSpan, relative: true, resolved: true, period: casus.Day(c.at.day)}
	length := clockLength(end.seconds - c.at.seconds)
	m.timex = "(PRESENT_REF," + c.at.day.String() + clockValue(b.clk) + "," + length + ")"
	return m, true
}

// dateSpan is a range of days, months or years; an end takes the year and the month that only the other names.
func (c *call) dateSpan(a, b meaning) (meaning, bool) {
	for _, p := range []*meaning{&a, &b} {
		if p.kind == kindNow {
			p.kind, p.cal, p.relative = kindPoint, onDate(c.at.day), true
		}
		p.weak = false
	}
	x, y := &a.cal, &b.cal
	if x.grain == "" || y.grain == "" || x.yy || y.yy {
		return meaning{}, false
	}
	if x.year == 0 && x.month != 0 && y.grain == year || x.grain == year && y.year == 0 { // "Dec-2018", "2017-q1"
		return meaning{}, false
	}
	if !(a.relative && y.month != 0 || b.relative && x.month != 0) {
		share(x, y)
	}
	if x.year != 0 && y.year != 0 {
		p, q := x.bounds(), y.bounds()
		if p.From != 0 && q.To != 0 && p.From > q.To {
			return meaning{}, false
		}
	}
	return meaning{kind: kindSpan, cal: *x, until: &b, mod: a.mod, relative: a.relative && b.relative}, true
}

// share hands a month and a year from one end of a range to the other.
func share(x, y *calendar) {
	if x.month == 0 && y.month != 0 && x.grain == day && x.weekday == 0 {
		x.month = y.month
	}
	if y.month == 0 && x.month != 0 && y.grain == day && y.weekday == 0 {
		y.month = x.month
	}
	switch {
	case x.year == 0 && y.year != 0 && x.month != 0:
		x.year = y.year
		if x.month > y.month && y.month != 0 {
			x.year--
		}
	case y.year == 0 && x.year != 0 && y.month != 0:
		y.year = x.year
		if y.month < x.month {
			y.year++
		}
	}
}

// nthIn is the n-th unit of a period: the first week of 2015, the last week of
// July, the first Monday of May, the last 3 weeks of this year. The argument is
// the rank where no number gives it.
func nthIn(c *call) (meaning, bool) {
	rank := 0
	if c.arg != "" {
		rank, _ = strconv.Atoi(strings.Fields(c.arg)[0])
	}
	if n, said := c.number(0); rank == 0 && said && n == math.Trunc(n) && n >= 1 && n <= 366 {
		rank = int(n)
	}
	points := c.content()
	whole := points[len(points)-1]
	if rank == 0 || whole.kind != kindPoint || whole.clk != (clock{}) {
		return meaning{}, false
	}
	var m meaning
	var ok bool
	if d, many := c.ofKind(kindDuration); many {
		return c.someOf(rank, d, whole)
	} else if u, isUnit := c.unit(); isUnit {
		m, ok = c.unitIn(rank, u, whole.cal)
	} else {
		m, ok = weekdayIn(rank, points)
	}
	m.relative = whole.relative
	return m, ok
}

// unitIn is one unit of a longer period.
func (c *call) unitIn(rank int, u unit, in calendar) (meaning, bool) {
	cal := calendar{grain: u, year: in.year}
	switch {
	case u == week && in.grain == year:
		cal.week = rank
		if rank < 0 {
			cal.week = 52
		}
	case u == week && in.grain == month:
		cal.month, cal.week = in.month, rank
		if rank < 0 {
			cal.week = 5
		}
	case u == day && in.grain == month:
		cal.month, cal.day = in.month, rank
		if rank < 0 {
			cal.day = casus.NewDate(max(in.year, 2001), monthOf(in.month)+1, 0).Day()
		}
	case u == day && in.grain == year && in.year != 0:
		cal = onDate(casus.NewDate(in.year, 1, rank))
		if rank < 0 {
			cal = onDate(casus.NewDate(in.year, 12, 31))
		}
	case u == month && in.grain == year && rank <= 12:
		cal.month = rank
		if rank < 0 {
			cal.month = 12
		}
	case u == quarter && in.grain == year && rank <= 4:
		cal.quarter = rank
		if rank < 0 {
			cal.quarter = 4
		}
	case u == halfYear && in.grain == year && rank <= 2:
		cal.half = rank
		if rank < 0 {
			cal.half = 2
		}
	default:
		return meaning{}, false
	}
	return pointOf(cal), true
}

// weekdayIn is "the first Monday of next month", "Friday of the first week of October".
func weekdayIn(rank int, points []meaning) (meaning, bool) {
	wd, in := points[0].cal, points[len(points)-1].cal
	for _, p := range points[:len(points)-1] {
		if p.kind == kindPoint && p.cal.weekday != 0 {
			wd = p.cal
		}
	}
	if wd.weekday == 0 || wd.day != 0 || in.grain != month || rank > 5 {
		return meaning{}, false
	}
	return pointOf(calendar{grain: day, year: in.year, month: in.month, weekday: wd.weekday, nth: rank}), true
}

// someOf is the first or last n units of a period.
func (c *call) someOf(rank int, d, whole meaning) (meaning, bool) {
	p := whole.cal.bounds()
	if p.From == 0 || len(d.dur) != 1 {
		return meaning{}, false
	}
	n, u := d.dur[0].n, d.dur[0].unit
	from, to := p.From, step(p.From, n, u)
	if rank < 0 {
		to = p.To.AddDays(1)
		if u == week && whole.cal.grain == year {
			to = mondayOf(whole.cal.year, 52).AddDays(7)
		}
		from = step(to, -n, u)
	}
	return spanOf(from, to, durationValue(d.dur), precisionOf(u)), true
}

// every is a repetition: "every two days", "each Monday at 4pm".
func every(c *call) (meaning, bool) {
	m := meaning{kind: kindSet}
	if u, ok := c.unit(); ok {
		n, _ := c.number(1)
		m.value = durationValue([]length{{n, u}})
		if p, ok := c.ofKind(kindPoint); ok { // "3pm each day", "the 19th of every month"
			m.value = pointValue(p, c.at)
			if u == month && p.cal.day == 0 || u != month && p.cal.day != 0 {
				return meaning{}, false
			}
		}
		return m, n > 0
	}
	p, ok := c.ofKind(kindPoint)
	if s, isSet := c.ofKind(kindSet); isSet && ok {
		if strings.HasPrefix(s.value, "XXXX") || s.value[0] == 'T' && p.clk.said {
			base := s.value
			if base[0] == 'T' {
				base = ""
				p.clk, _ = mergeClock(p.clk, clock{phase: strings.TrimPrefix(s.value, "T")})
			}
			p.clk.phase = ""
			m.value = base + clockValue(p.clk)
			return m, p.clk.said
		}
		m.value = clockValue(p.clk)
		return m, p.clk.said
	}
	if !ok || p.relative || p.cal.year != 0 {
		return meaning{}, false
	}
	m.value = pointValue(p, c.at)
	return m, m.value != ""
}

// often is a word or phrase such as "weekly", "once a month"; the word of class set holds the value.
func often(c *call) (meaning, bool) {
	for _, class := range []string{"set", "weekdayset"} {
		if w, ok := c.word(class); ok {
			return meaning{kind: kindSet, value: w.value, weak: w.weak}, true
		}
	}
	d, ok := c.ofKind(kindDuration)
	if !ok {
		return meaning{}, false
	}
	return meaning{kind: kindSet, value: durationValue(d.dur)}, true
}

// decadeOf is "the 1990s", "de jaren negentig".
func decadeOf(c *call) (meaning, bool) {
	m := pointOf(calendar{grain: decade})
	for _, p := range c.parts {
		switch {
		case p.kind == kindPoint && p.cal.year != 0:
			m.cal.year, m.cal.yy = p.cal.year, !p.bareYear
			if m.cal.yy {
				m.cal.year = 1900 + p.cal.year%100
			}
		case p.kind == kindNumber, p.kind == kindWord && p.class == "decade":
			if p.num < 10 || p.num > 90 {
				return meaning{}, false
			}
			m.cal.year, m.cal.yy = 1900+int(p.num), true
		}
	}
	return m, m.cal.year != 0 && m.cal.year%10 == 0
}

func centuryOf(c *call) (meaning, bool) {
	n, _ := c.number(0)
	if n < 1 || n > 22 {
		return meaning{}, false
	}
	return pointOf(calendar{grain: century, year: (int(n) - 1) * 100}), true
}

// quarterOf is "Q3 2019", "the first quarter of 2013".
func quarterOf(c *call) (meaning, bool) {
	n, said := c.number(0)
	if c.arg != "" && '1' <= c.arg[0] && c.arg[0] <= '4' {
		n, said = float64(c.arg[0]-'0'), true
	}
	m := pointOf(calendar{grain: quarter, quarter: int(n)})
	if u, ok := c.unit(); ok && u == halfYear {
		m.cal = calendar{grain: halfYear, half: int(n)}
		said = said && n <= 2
	}
	for _, p := range c.parts {
		if p.kind == kindPoint {
			if p.cal.grain != year {
				return meaning{}, false
			}
			m.cal.year, m.relative = p.cal.year, p.relative
		}
	}
	return m, said && n >= 1 && n <= 4
}

// weekNumber is "week 31", of the article's year if none is named.
func weekNumber(c *call) (meaning, bool) {
	n, _ := c.number(0)
	if n < 1 || n > 53 || n != math.Trunc(n) {
		return meaning{}, false
	}
	m := pointOf(calendar{grain: week, week: int(n)})
	if c.at.day != 0 {
		m.cal.year = c.at.day.Year()
	}
	for _, p := range c.parts {
		if p.kind == kindPoint && p.cal.grain == year {
			m.cal.year = p.cal.year
		}
	}
	return m, true
}

// weekdayNumber is "Monday 21": that day of the article's month if it is a
// Monday, else no more than a Monday.
func weekdayNumber(c *call) (meaning, bool) {
	var m meaning
	d := 0
	for _, p := range c.parts {
		switch {
		case p.kind == kindPoint && p.cal.weekday != 0:
			m = p
		case p.kind == kindPoint && p.cal.day != 0:
			d = p.cal.day
		}
	}
	if m.kind == 0 || d == 0 || m.relative {
		return meaning{}, false
	}
	m.weak = false
	if at := c.at.day; at != 0 {
		on := calendar{grain: day, year: at.Year(), month: int(at.Month()), day: d}
		if got := on.date(); got != 0 && weekdayOf(got) == m.cal.weekday {
			m.cal = on
		}
	}
	return m, true
}

// beginWith is a stretch that begins at a point: "a week starting tomorrow",
// "from 10 am for 3 hours". With the argument "week" it is the week of that day.
func beginWith(c *call) (meaning, bool) {
	p, ok := c.ofKind(kindPoint)
	if !ok {
		if _, isNow := c.ofKind(kindNow); !isNow {
			return meaning{}, false
		}
		p = pointOf(onDate(c.at.day))
	}
	if c.arg == "week" {
		if p.cal.grain != day || p.clk != (clock{}) {
			return meaning{}, false
		}
		p.timex = pointValue(p, c.at)
		period, _ := resolvePoint(p, c.at)
		if period.From != 0 {
			period = casus.Period{From: period.From, To: period.From.AddDays(6), Precision: casus.PrecisionWeek}
		}
		p.period, p.resolved = period, true
		return p, true
	}
	d, ok := c.ofKind(kindDuration)
	if !ok {
		return meaning{}, false
	}
	return c.stretch(p, d)
}

func (c *call) stretch(p, d meaning) (meaning, bool) {
	finest := d.dur[len(d.dur)-1].unit
	seconds := 0.0
	from := p.cal.date()
	for _, l := range d.dur {
		if l.unit.ofClock() {
			seconds += l.n * secondsIn(l.unit)
		}
	}
	switch {
	case !finest.ofClock() && !p.clk.said && from != 0:
		return spanOf(from, step(from, d.dur[0].n, d.dur[0].unit), durationValue(d.dur), precisionOf(finest)), true
	case !p.clk.said:
		return meaning{}, false
	}
	if !finest.ofClock() {
		seconds = float64(int(step(from, d.dur[0].n, d.dur[0].unit)-from)) * 86400
	}
	total := p.clk.hour*3600 + p.clk.min*60 + p.clk.sec + int(seconds)
	until := p
	if days := total / 86400; days > 0 && from != 0 {
		until.cal = onDate(from.AddDays(days))
	}
	total %= 86400
	until.clk = clock{said: true, told: true, hour: total / 3600, min: total / 60 % 60, sec: total % 60, hasMin: true, hasSec: true}
	m := meaning{kind: kindSpan, cal: p.cal, clk: p.clk, until: &until, relative: p.relative}
	if !finest.ofClock() {
		m.timex = "(" + p.cal.date().String() + fullClock(p.clk) + "," + pointValue(until, c.at) + "," + durationValue(d.dur) + ")"
	}
	return m, true
}
