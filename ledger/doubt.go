package ledger

import (
	"casus"
)

// MaxDoubt is the class of the records that are doubted most.
const MaxDoubt = 43

// sure is from which tenth of confidence on a record is not doubted for it.
const sure = 7

// Doubt is the class of doubt in which a record waits for somebody to judge it:
// from 1 up to MaxDoubt the less sure the reader was of it, and among those of
// which it was as sure the more they say of themselves that they are unsure: a
// side of an event that the quoted words leave out, a hedge or a status that
// leaves it open. 0 is not to wait: a person has judged it, or the reader was
// sure and nothing speaks against it.
func Doubt(e Entry) int {
	if e.Review != "" {
		return 0
	}
	signs := 0
	source, target := e.Made.Concluded()
	for _, sign := range []bool{source, target, e.Record.Hedge != "" || e.Record.Status == casus.Possible || e.Record.Status == casus.Conditional} {
		if sign {
			signs++
		}
	}
	tenth := int(e.Made.Confidence*10 + 0.0001) // 0.7 is a little less than seven tenths
	if tenth >= sure && signs == 0 {
		return 0
	}
	return (10-tenth)*4 + signs
}

// DueMonth is the month in which a commitment is due, as 2021-07; "" for a record
// that has no deadline.
func DueMonth(r casus.Record) string {
	c, ok := r.Body.(*casus.Commitment)
	if !ok || c.Deadline == 0 {
		return ""
	}
	return MonthOf(c.Deadline)
}

// MonthOf is the month of a day, as 2021-07.
func MonthOf(day casus.Date) string { return day.String()[:len("2006-01")] }
