package when

import (
	"math"
	"strconv"
	"strings"

	"casus"
)

// call is one application of a rule: the meanings of its parts, its argument,
// and the moment that relative times are reckoned from.
type call struct {
	at    reference
	arg   string
	parts []meaning
}

// action builds the meaning of a phrase; ok is false where the parts do not make sense together.
type action func(*call) (m meaning, ok bool)

// actions are what the third column of times-phrases.tsv may name. Each is
// described there, at the head of the Dutch file.
var actions = map[string]action{
	"say": say, "sure": sure, "bare": bareHour, "weak": weak, "last": lastPart, "beside": beside, "figures": figuresDate,
	"day": dayNumber, "year": yearNumber, "hour": hourNumber, "clock": clockTime, "meridiem": meridiem,
	"deictic": deictic, "now": now, "shift": shift, "count": count, "ago": ago,
	"part": partOf, "edge": edge, "bound": bound, "range": span, "begin-with": beginWith, "to-date": toDate,
	"nth": nthIn, "decade": decadeOf, "century": centuryOf, "quarter": quarterOf, "week": weekNumber, "fiscal": fiscal,
	"weekend": weekendOf, "weekday-number": weekdayNumber, "ref": elsewhere,
	"duration": duration, "sum": sum, "lasting": lasting, "every": every, "often": often,
}

// word returns the first word of a class among the parts.
func (c *call) word(class string) (meaning, bool) {
	for _, p := range c.parts {
		if p.kind == kindWord && p.class == class {
			return p, true
		}
	}
	return meaning{}, false
}

func (c *call) ofKind(k kind) (meaning, bool) {
	for _, p := range c.parts {
		if p.kind == k {
			return p, true
		}
	}
	return meaning{}, false
}

// content returns the parts that are more than words of the grammar.
func (c *call) content() []meaning {
	var out []meaning
	for _, p := range c.parts {
		if p.kind != kindWord {
			out = append(out, p)
		}
	}
	return out
}

// number returns the number among the parts, or else.
func (c *call) number(otherwise float64) (n float64, said bool) {
	if m, ok := c.ofKind(kindNumber); ok {
		return m.num, true
	}
	if w, ok := c.word("vaguely"); ok {
		return w.num, false
	}
	return otherwise, false
}

// plain returns the number among the parts if it is a whole one, written
// without decimals and more than an article; else -1.
func (c *call) plain() float64 {
	m, ok := c.ofKind(kindNumber)
	if !ok || m.weak || m.value == decimals {
		return -1
	}
	return m.num
}

// unit returns the unit of time that a word among the parts or the argument names.
func (c *call) unit() (unit, bool) {
	for _, class := range []string{"unit", "singular", "period", "plural", "unitsign", "halfyear"} {
		if w, ok := c.word(class); ok {
			if n, counted := c.ofKind(kindNumber); w.weak && counted && n.weak { // "a second"
				return "", false
			}
			return unit(w.value), true
		}
	}
	if fields := strings.Fields(c.arg); len(fields) > 0 {
		u := unit(fields[len(fields)-1])
		return u, fineness[u] > 0
	}
	return "", false
}

// direction is -1 for last, 0 for this, 1 for next, from a word or the argument.
func (c *call) direction() (float64, bool) {
	if c.arg != "" {
		if n, err := strconv.Atoi(strings.Fields(c.arg)[0]); err == nil {
			return float64(n), true
		}
	}
	if w, ok := c.word("direction"); ok {
		return w.num, true
	}
	w, ok := c.word("near")
	return w.num, ok
}

// say lays its parts over each other: "vrijdag", "12 mei", "2020", "20.30" are one point.
func say(c *call) (meaning, bool) {
	parts := c.content()
	if len(parts) == 0 {
		return meaning{}, false
	}
	out := parts[0]
	for _, p := range parts[1:] {
		if out.kind != kindPoint || p.kind != kindPoint {
			return sayMixed(out, p, len(parts))
		}
		cal, ok := merge(out.cal, p.cal)
		clk, ok2 := mergeClock(out.clk, p.clk)
		if !ok || !ok2 {
			return meaning{}, false
		}
		out.cal, out.clk = cal, clk
		out.relative = out.relative || p.relative
		out.weak, out.bareYear = false, false
		if p.mod != "" {
			out.mod = p.mod
		}
	}
	out.cal = out.cal.weekdayInWeek()
	out.weak = out.weak && len(c.parts) == 1
	return out, plausible(out.cal)
}

// sayMixed puts the date of a point onto the clock times of a span.
func sayMixed(a, b meaning, n int) (meaning, bool) {
	if n != 2 {
		return meaning{}, false
	}
	if a.kind == kindSpan {
		a, b = b, a
	}
	if a.kind == kindPoint && b.kind == kindSpan && b.cal == (calendar{}) {
		return dateSpan(a, b)
	}
	return meaning{}, false
}

// dateSpan puts a date onto a span of the clock.
func dateSpan(date, s meaning) (meaning, bool) {
	until := *s.until
	from, ok := mergeClock(s.clk, clock{phase: date.clk.phase})
	to, ok2 := mergeClock(until.clk, clock{phase: date.clk.phase})
	if !ok || !ok2 || date.clk.said {
		return meaning{}, false
	}
	from.phase, to.phase = "", ""
	s.cal, s.clk, until.cal, until.clk = date.cal, from, date.cal, to
	s.until = &until
	s.relative = date.relative
	return s, true
}

// weekdayInWeek makes one date of a weekday and a week.
func (c calendar) weekdayInWeek() calendar {
	if c.weekday != 0 && c.week != 0 && c.year != 0 && c.month == 0 {
		return onDate(mondayOf(c.year, c.week).AddDays(c.weekday - 1))
	}
	return c
}

// plausible refuses days that no month has.
func plausible(c calendar) bool { return c.day <= 31 && c.month <= 12 }

func dayNumber(c *call) (meaning, bool) {
	n := c.plain()
	if n < 1 || n > 31 || n != math.Trunc(n) {
		return meaning{}, false
	}
	return pointOf(calendar{grain: day, day: int(n)}), true
}

// yearNumber reads the number after a full date or the word "year" as a year; two figures mean one near.
func yearNumber(c *call) (meaning, bool) {
	n, said := c.number(0)
	if !said || n < 1 || n > 2199 || n != math.Trunc(n) {
		return meaning{}, false
	}
	y := int(n)
	switch {
	case y < 40:
		y += 2000
	case y < 100:
		y += 1900
	}
	return pointOf(calendar{grain: year, year: y}), true
}

func hourNumber(c *call) (meaning, bool) {
	n := c.plain()
	if n < 0 || n > 24 || n != math.Trunc(n) {
		return meaning{}, false
	}
	return meaning{kind: kindPoint, clk: clock{said: true, hour: int(n), told: n > 12 || n == 0}}, true
}

// clockTime reckons a clock time: the argument is "h:m", "h:m:s", "h:w" where
// words give the minutes, or a sum such as "h-30-n" for "tien voor half acht".
func clockTime(c *call) (meaning, bool) {
	var hourPart meaning
	var numbers []float64
	for _, p := range c.parts {
		switch {
		case p.kind == kindPoint && p.clk.said:
			hourPart = p
		case p.kind == kindNumber:
			numbers = append(numbers, p.num)
		}
	}
	clk := hourPart.clk
	if !clk.said || clk.hasMin {
		return meaning{}, false
	}
	clk.hasMin = true
	if strings.HasPrefix(c.arg, "h:") {
		if len(numbers) == 0 || numbers[0] > 59 || numbers[0] != math.Trunc(numbers[0]) {
			return meaning{}, false
		}
		if c.arg == "h:w" && numbers[0] < 10 {
			return meaning{}, false
		}
		clk.min = int(numbers[0])
		if len(numbers) > 1 && c.arg == "h:m:s" {
			clk.sec, clk.hasSec = int(numbers[1]), true
		}
		if clk.hour == 24 && clk.min > 0 || clk.min > 59 {
			return meaning{}, false
		}
	} else if !clk.reckon(c.arg, numbers) {
		return meaning{}, false
	}
	clk.told = clk.told || clk.hour > 12 || clk.hour == 0
	m := meaning{kind: kindPoint, clk: clk}
	if w, ok := c.word("meridiem"); ok {
		return meridiem(&call{parts: []meaning{m, w}})
	}
	return m, true
}

// reckon adds the minutes of a sum such as h+15, h-n, h-30+n to the hour.
func (k *clock) reckon(sum string, numbers []float64) bool {
	minutes := k.hour * 60
	rest := strings.TrimPrefix(sum, "h")
	for rest != "" {
		sign := 1
		if rest[0] == '-' {
			sign = -1
		}
		end := 1 + strings.IndexAny(rest[1:]+"+", "+-")
		term := rest[1:end]
		n, err := strconv.Atoi(term)
		if term == "n" {
			if len(numbers) == 0 || numbers[0] > 59 {
				return false
			}
			n, err = int(numbers[0]), nil
		}
		if err != nil {
			return false
		}
		minutes += sign * n
		rest = rest[end:]
	}
	minutes = (minutes + 24*60) % (24 * 60)
	if k.hour <= 12 && minutes >= 12*60+60 {
		minutes -= 12 * 60
	}
	k.hour, k.min = minutes/60, minutes%60
	return true
}

// meridiem applies a.m. and p.m.
func meridiem(c *call) (meaning, bool) {
	w, ok := c.word("meridiem")
	out, ok2 := c.ofKind(kindPoint)
	if !ok || !ok2 || !out.clk.said || out.clk.hour > 12 && w.value == "am" {
		return meaning{}, false
	}
	switch {
	case w.value == "pm" && out.clk.hour < 12:
		out.clk.hour += 12
	case w.value == "am" && out.clk.hour == 12:
		out.clk.hour = 0
	}
	out.clk.told, out.clk.pm = true, w.value == "pm"
	return out, true
}

// deictic is a day reckoned from the article's: today, yesterday.
func deictic(c *call) (meaning, bool) {
	w, ok := c.word("relday")
	if c.arg != "" {
		n, err := strconv.Atoi(c.arg)
		w, ok = meaning{num: float64(n)}, err == nil
	}
	if !ok {
		return meaning{}, false
	}
	m := pointOf(onDate(c.at.day.AddDays(int(w.num))))
	m.relative, m.weak = true, w.weak
	for _, p := range c.parts {
		if p.kind == kindPoint {
			m.clk = p.clk
		}
	}
	return m, true
}

func now(c *call) (meaning, bool) {
	w, _ := c.word("now")
	return meaning{kind: kindNow, relative: true, mod: Mod(c.arg), weak: w.weak}, true
}

// duration is a number of units; without a number the argument says how many.
func duration(c *call) (meaning, bool) {
	u, ok := c.unit()
	if !ok {
		return meaning{}, false
	}
	otherwise := 1.0
	if c.arg != "" {
		n, err := strconv.ParseFloat(strings.Fields(c.arg)[0], 64)
		if err != nil {
			return meaning{}, false
		}
		otherwise = n
	}
	n, said := c.number(otherwise)
	f, isFraction := c.word("fraction")
	if isFraction && !said && c.arg == "" {
		n = 0
	}
	if half, ok := c.word("andhalf"); ok {
		f, isFraction = half, true
	}
	if isFraction {
		v, err := strconv.ParseFloat(f.value, 64)
		if err != nil {
			return meaning{}, false
		}
		n += v
	}
	if n < 0 || n > 1e9 {
		return meaning{}, false
	}
	_, guess := c.word("vaguely")
	return meaning{kind: kindDuration, dur: []length{{n, u}}, vague: guess && !said}, true
}

// sum adds durations: "2 years 1 month 21 days".
func sum(c *call) (meaning, bool) {
	out := meaning{kind: kindDuration}
	for _, p := range c.parts {
		if p.kind != kindDuration {
			continue
		}
		for _, l := range p.dur {
			if k := len(out.dur); k > 0 && fineness[out.dur[k-1].unit] <= fineness[l.unit] {
				return meaning{}, false
			}
			out.dur = append(out.dur, l)
		}
	}
	return out, len(out.dur) > 0
}

// lasting is a duration with a mod: "meer dan 4 dagen".
func lasting(c *call) (meaning, bool) {
	m, ok := c.ofKind(kindDuration)
	m.mod = Mod(c.arg)
	return m, ok
}

// partOf is the start, middle or end of a period; the argument or a word of class part names it.
func partOf(c *call) (meaning, bool) {
	mod := Mod("")
	if fields := strings.Fields(c.arg); len(fields) > 0 {
		mod = Mod(fields[0])
	}
	for _, class := range []string{"part", "lateearly"} {
		if w, ok := c.word(class); ok && c.arg == "" {
			mod = Mod(w.value)
		}
	}
	parts := c.content()
	if len(parts) == 0 { // "end of month": of the article's
		u, isUnit := c.unit()
		this, ok := c.shiftUnit(u, 0)
		if !ok || !isUnit {
			return meaning{}, false
		}
		parts = []meaning{this}
	}
	if len(parts) != 1 || parts[0].kind != kindPoint && parts[0].kind != kindSpan || parts[0].mod != "" {
		return meaning{}, false
	}
	m := parts[0]
	m.weak, m.bareYear = false, false
	switch mod {
	case "EARLIER":
		m.mod, m.side = Start, -1
	case "LATER":
		m.mod, m.side = End, 1
	default:
		m.mod = mod
	}
	return m, true
}

// edge is the last moment of a day: "at the end of the day".
func edge(c *call) (meaning, bool) {
	m, ok := c.ofKind(kindPoint)
	if !ok {
		m, ok = c.shiftUnit(day, 0)
	}
	if !ok || m.cal.grain != day || m.clk.said {
		return meaning{}, false
	}
	m.clk = clock{said: true, hour: 23, min: 59, sec: 59, hasMin: true, hasSec: true, told: true}
	return m, true
}

// bound opens a period at one end: before, since, until and so on.
func bound(c *call) (meaning, bool) {
	parts := c.content()
	if len(parts) == 0 {
		return meaning{}, false
	}
	m := parts[0]
	if len(parts) == 2 { // a date and a bounded time: "tomorrow before 5pm"
		joined, ok := say(&call{at: c.at, parts: parts})
		if !ok {
			return meaning{}, false
		}
		m = joined
	}
	if len(parts) > 2 || m.kind == kindDuration || m.kind == kindSet {
		return meaning{}, false
	}
	mod, through := strings.CutSuffix(c.arg, " through")
	mod, m.either = strings.CutSuffix(mod, " either")
	m.weak, m.bareYear = false, false
	m.through = m.through || through
	if m.mod != "" {
		if strings.Contains(string(m.mod), "-") || Mod(mod) == Approx || isBound(m.mod) {
			return meaning{}, false
		}
		m.mod = Mod(mod) + "-" + m.mod
		return m, true
	}
	m.mod = Mod(mod)
	return m, true
}

func isBound(m Mod) bool { return m == Before || m == After || m == Since || m == Until }

// fiscal marks a fiscal or school year; a direction counts it from the article's year.
func fiscal(c *call) (meaning, bool) {
	m, ok := c.ofKind(kindPoint)
	if w, relative := c.word("direction"); relative && !ok {
		m, ok = c.shiftUnit(year, int(w.num))
	}
	if !ok {
		m = pointOf(calendar{grain: year})
	}
	m.cal.fiscal = c.arg
	m.bareYear = false
	return m, true
}

// elsewhere is a period that the text gives elsewhere: "that week", "the same day".
func elsewhere(c *call) (meaning, bool) {
	u, ok := c.unit()
	if !ok {
		return meaning{}, false
	}
	m := meaning{kind: kindPoint, cal: calendar{grain: u}, mod: Vague}
	switch u {
	case week:
		m.timex = "XXXX-WXX"
	case weekend:
		m.timex = "XXXX-WXX-WE"
	case day:
		m.timex = "XXXX-XX-XX"
	case month:
		m.timex = "XXXX-XX"
	case year:
		m.timex = "XXXX"
	default:
		return meaning{}, false
	}
	m.resolved, m.period = true, casus.Always
	return m, true
}

// sure is say for words that leave no doubt: "the year 2019".
func sure(c *call) (meaning, bool) {
	m, ok := say(c)
	m.weak, m.bareYear = false, false
	return m, ok
}

// bareHour is an hour with nothing to show for it but a word before: no noun may follow.
func bareHour(c *call) (meaning, bool) {
	m, ok := say(c)
	m.bareHour = true
	return m, ok
}

// lastPart takes the last part, which says more exactly what the first said: "tomorrow, 13/04/21".
func lastPart(c *call) (meaning, bool) {
	m := c.parts[len(c.parts)-1]
	m.weak = false
	return m, true
}

// weekendOf is the weekend of a day: "Labor Day weekend".
func weekendOf(c *call) (meaning, bool) {
	m, ok := say(c)
	if !ok || m.cal.grain != day || m.clk != (clock{}) {
		return meaning{}, false
	}
	day, _ := resolvePoint(m, c.at)
	if d := day.From; d != 0 {
		if weekdayOf(d) == 1 { // a holiday on a Monday ends its weekend
			d = d.AddDays(-1)
		}
		m.cal = calendar{grain: weekend}
		m.cal.year, m.cal.week = isoWeek(d)
	}
	m.cal.grain = weekend
	return m, true
}

// toDate is a period of the article's, up to its date: "year to date".
func toDate(c *call) (meaning, bool) {
	m, ok := shift(&call{at: c.at, arg: "0 " + c.arg, parts: c.parts})
	m.side = -1
	return m, ok
}

// figuresDate is a date in figures alone; 6/4 may be a fraction, so it needs a cue.
func figuresDate(c *call) (meaning, bool) {
	m, ok := say(c)
	m.weak = m.cal.year == 0 && m.cal.day <= 12
	return m, ok
}

// beside marks a weekday that stands beside a duration: "in 3 days on Friday".
func beside(c *call) (meaning, bool) {
	m, ok := say(c)
	m.class = "beside"
	return m, ok
}

// weak is a phrase that needs a cue before it.
func weak(c *call) (meaning, bool) {
	m, ok := say(c)
	m.weak = true
	return m, ok
}
