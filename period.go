package casus

import (
	"fmt"
	"time"
)

// Precision says how finely a Period is known (the granularity of a TIMEX3
// value). A period of precision week covers Monday to Sunday.
type Precision string

const (
	PrecisionDay     Precision = "day"
	PrecisionWeek    Precision = "week"
	PrecisionMonth   Precision = "month"
	PrecisionSeason  Precision = "season"
	PrecisionYear    Precision = "year"
	PrecisionUnknown Precision = "unknown"
)

// Period is a stretch of days, both ends included; a zero end is open.
type Period struct {
	From      Date      `json:"from"`
	To        Date      `json:"to"`
	Precision Precision `json:"precision"`
}

// AppendJSON appends the period as encoding/json writes it.
func (p Period) AppendJSON(to []byte) []byte {
	to = p.From.appendJSON(append(to, `{"from":`...))
	to = p.To.appendJSON(append(to, `,"to":`...))
	return append(AppendText(append(to, `,"precision":`...), string(p.Precision)), '}')
}

// Always is the period that is open at both ends.
var Always = Period{Precision: PrecisionUnknown}

// Day returns the period of one day.
func Day(d Date) Period { return Period{d, d, PrecisionDay} }

// Week returns the Monday to Sunday that d lies in.
func Week(d Date) Period {
	monday := d.AddDays(-(int(d.Weekday()) + 6) % 7)
	return Period{monday, monday.AddDays(6), PrecisionWeek}
}

// Month returns a calendar month.
func Month(year int, m time.Month) Period {
	return Period{NewDate(year, m, 1), NewDate(year, m+1, 0), PrecisionMonth}
}

// Year returns a calendar year.
func Year(year int) Period {
	return Period{NewDate(year, 1, 1), NewDate(year, 12, 31), PrecisionYear}
}

// IsZero tells whether p says nothing at all, not even that it is unknown.
func (p Period) IsZero() bool { return p == Period{} }

// IsOpen tells whether both ends are open.
func (p Period) IsOpen() bool { return p.From == 0 && p.To == 0 }

// Since returns p with its end open: what begins in p and lasts.
func (p Period) Since() Period { return Period{p.From, 0, p.Precision} }

// Until returns p with its start open: what ends in p.
func (p Period) Until() Period { return Period{0, p.To, p.Precision} }

// Holds tells whether d lies in p.
func (p Period) Holds(d Date) bool {
	return (p.From == 0 || p.From <= d) && (p.To == 0 || d <= p.To)
}

// Overlaps tells whether p and q have a day in common.
func (p Period) Overlaps(q Period) bool {
	return (p.From == 0 || q.To == 0 || p.From <= q.To) && (q.From == 0 || p.To == 0 || q.From <= p.To)
}

// String writes one day as a date, a whole month as YYYY-MM, a whole year as
// YYYY, and anything else as "from…to" with an open end left out.
func (p Period) String() string {
	switch {
	case p.IsOpen():
		return "?"
	case p.From == p.To:
		return p.From.String()
	case p.From != 0 && p == Month(p.From.Year(), p.From.Month()):
		return p.From.String()[:7]
	case p.From != 0 && p == Year(p.From.Year()):
		return p.From.String()[:4]
	}
	return p.From.String() + "…" + p.To.String()
}

// Validate reports what is wrong with p, if anything.
func (p Period) Validate() error {
	switch p.Precision {
	case PrecisionDay, PrecisionWeek, PrecisionMonth, PrecisionSeason, PrecisionYear, PrecisionUnknown:
	default:
		return fmt.Errorf("precision %q is not one of day, week, month, season, year, unknown", p.Precision)
	}
	if p.IsOpen() && p.Precision != PrecisionUnknown {
		return fmt.Errorf("open on both sides but precision is %s, not unknown", p.Precision)
	}
	if p.From != 0 && p.To != 0 && p.From > p.To {
		return fmt.Errorf("from %s is after to %s", p.From, p.To)
	}
	return nil
}
