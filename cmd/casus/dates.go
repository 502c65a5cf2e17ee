package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"casus"
	"casus/picture"
)

// parsePublished reads a date of publication: a day, a month or a year.
func parsePublished(s string) (casus.Period, error) {
	if s == "" {
		return casus.Period{}, nil
	}
	if d, err := casus.ParseDate(s); err == nil {
		return casus.Day(d), nil
	}
	if t, err := time.Parse("2006-01", s); err == nil {
		return casus.Month(t.Year(), t.Month()), nil
	}
	if y, err := strconv.Atoi(s); err == nil && len(s) == 4 {
		return casus.Year(y), nil
	}
	return casus.Period{}, &casus.Error{Code: casus.Invalid, Input: "--date " + s, Problem: "this is not a date",
		Advice: "Write YYYY-MM-DD, YYYY-MM or YYYY."}
}

// parseDay reads an option that names a day.
func parseDay(option, s string) (casus.Date, error) {
	d, err := casus.ParseDate(s)
	if err != nil {
		return 0, &casus.Error{Code: casus.Invalid, Input: option + " " + s, Problem: "this is not a day", Advice: "Write YYYY-MM-DD."}
	}
	return d, nil
}

// clocks are the two clocks of a question: what is true, and what we know. What
// we know has two sides: what the desk had, and what the ledger held.
type clocks struct {
	AsOf  string `help:"Nothing that begins after this day." placeholder:"DAY"`
	Known string `help:"Only what the desk knew by the end of this day." placeholder:"DAY"`
	recorded
}

// recorded is the ledger's own clock, which tells of readings and corrections
// when they came in.
type recorded struct {
	Recorded string `help:"As the ledger stood at this moment of its own clock, with the readings and corrections of then: a day (its end, UTC) or a moment (RFC 3339)." placeholder:"MOMENT"`
}

// moment is the moment that was named, zero for now.
func (r recorded) moment() (time.Time, error) {
	if at, err := time.Parse(time.RFC3339Nano, r.Recorded); err == nil {
		return at, nil
	}
	return endOfDay("--recorded", r.Recorded)
}

// to is the last day that a question asks about: its own, or that of the clock
// if that is earlier.
func (c clocks) to(own casus.Date) (casus.Date, error) {
	asOf, err := parseDay("--as-of", c.AsOf)
	if err != nil || asOf == 0 || own != 0 && own < asOf {
		return own, err
	}
	return asOf, nil
}

// known is the last moment of the day by which the desk knew, zero for all.
func (c clocks) known() (time.Time, error) {
	return endOfDay("--known", c.Known)
}

func endOfDay(option, day string) (time.Time, error) {
	d, err := parseDay(option, day)
	if err != nil || d == 0 {
		return time.Time{}, err
	}
	return d.AddDays(1).Time().Add(-time.Microsecond), nil
}

// within narrows a question to what the clocks show.
func (c clocks) within(q picture.Question) (picture.Question, error) {
	var err error
	if q.To, err = c.to(q.To); err != nil {
		return q, err
	}
	if c.AsOf != "" && q.From != 0 && q.To != 0 && q.From > q.To {
		return q, &casus.Error{Code: casus.Invalid, Input: "--as-of " + c.AsOf, Problem: "this is before --from " + q.From.String(), Advice: "Leave one of the two out."}
	}
	if q.Known, err = c.known(); err != nil {
		return q, err
	}
	q.Recorded, err = c.moment()
	return q, err
}

// shown narrows a question to what an --as-of shows: before the first article
// there is nothing, and the answer says so.
func (d *desk) shown(p *picture.Picture, q *picture.Question, asOf string) error {
	day, err := parseDay("--as-of", asOf)
	if err != nil {
		return err
	}
	narrowed, early, err := p.AsOf(d.ctx, *q, day)
	if *q = narrowed; early {
		d.note = fmt.Sprintf("The ledger has no article of %s or before: nothing is known as of that day.", day)
	}
	return err
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
