package casus

import (
	"fmt"
	"time"
)

// Date is a civil date: the number of days since 0001-01-01, plus one, so that
// the zero value is "no date", the open end of a Period. Dates compare with <.
type Date int32

// NewDate returns the date of a year, month and day; days and months out of
// range roll over as in time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return DateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// DateOf returns the civil date that t shows in its own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	days := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()/86400 + daysToUnix
	return Date(days + 1)
}

// daysToUnix is the number of days from 0001-01-01 to 1970-01-01.
const daysToUnix = 719162

// ParseDate reads YYYY-MM-DD; the empty string is the zero Date.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return 0, nil
	}
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return 0, fmt.Errorf("date %q is not of the form YYYY-MM-DD", s)
	}
	return DateOf(t), nil
}

// IsZero tells whether d is "no date".
func (d Date) IsZero() bool { return d == 0 }

// Time returns midnight UTC of d.
func (d Date) Time() time.Time {
	return time.Unix((int64(d)-1-daysToUnix)*86400, 0).UTC()
}

// Year is that of the civil calendar.
func (d Date) Year() int { return d.Time().Year() }

// Month is that of the civil calendar.
func (d Date) Month() time.Month { return d.Time().Month() }

// Day is that of the month.
func (d Date) Day() int { return d.Time().Day() }

// Weekday is that of the civil calendar.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// AddDays returns the date n days later; an open date stays open.
func (d Date) AddDays(n int) Date {
	if d == 0 {
		return 0
	}
	return d + Date(n)
}

// AddMonths returns the same day n months later, or the last day of that month
// where it is shorter (31 January plus one month is 28 or 29 February).
func (d Date) AddMonths(n int) Date {
	if d == 0 {
		return 0
	}
	y, m, day := d.Time().Date()
	last := NewDate(y, m+time.Month(n)+1, 0)
	if got := NewDate(y, m+time.Month(n), day); got <= last {
		return got
	}
	return last
}

// String writes YYYY-MM-DD, and nothing for the zero Date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format("2006-01-02")
}

// MarshalJSON writes "YYYY-MM-DD", or null for the zero Date.
func (d Date) MarshalJSON() ([]byte, error) {
	if d == 0 {
		return []byte("null"), nil
	}
	return d.appendJSON(make([]byte, 0, len(`"2006-01-02"`))), nil
}

// appendJSON appends what MarshalJSON writes.
func (d Date) appendJSON(to []byte) []byte {
	if d == 0 {
		return append(to, "null"...)
	}
	return append(d.Time().AppendFormat(append(to, '"'), time.DateOnly), '"')
}

// UnmarshalJSON reads what MarshalJSON writes.
func (d *Date) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*d = 0
		return nil
	}
	if len(b) < 2 || b[0] != '"' || b[len(b)-1] != '"' {
		return fmt.Errorf("date %s is not a string of the form YYYY-MM-DD", b)
	}
	var err error
	*d, err = ParseDate(string(b[1 : len(b)-1]))
	return err
}
