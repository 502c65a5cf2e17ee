package web

import (
	"cmp"
	"context"
	"slices"

	"casus"
	"casus/ledger"
)

// countedRecords bounds how many records a count by month looks at.
const countedRecords = 5000

// Months says how many records of a timeline fall in each month, by the first
// day of their valid time.
type Months struct {
	Months []MonthCount `json:"months"` // those that have any, earliest first
	// Complete is false where the timeline is longer than what was counted: the
	// newest records.
	Complete bool `json:"complete"`
	Counted  int  `json:"counted"`
	Undated  int  `json:"undated"` // of those counted, in no month
}

// MonthCount is how many records one month has.
type MonthCount struct {
	Month string `json:"month" example:"2021-07"`
	Count int    `json:"count"`
}

type monthsQuestion struct{ TimelineQuestion }

func (a *api) months(ctx context.Context, in *monthsQuestion) (Months, error) {
	q, err := a.timelineQuestion(ctx, &in.TimelineQuestion)
	if err != nil {
		return Months{}, err
	}
	q.Order, q.Limit, q.After = ledger.Newest, countedRecords, ""
	days, more, err := a.picture.Days(ctx, q)
	if err != nil {
		return Months{}, err
	}
	return countByMonth(days, more), nil
}

func countByMonth(days []casus.Date, more bool) Months {
	out := Months{Months: []MonthCount{}, Complete: !more, Counted: len(days)}
	for month, n := range counted(days, "2006-01") {
		if month == "" {
			out.Undated = n
		} else {
			out.Months = append(out.Months, MonthCount{month, n})
		}
	}
	slices.SortFunc(out.Months, func(a, b MonthCount) int { return cmp.Compare(a.Month, b.Month) })
	return out
}

// counted counts days by the beginning of how they are written that is as long
// as form; "" are those that nobody knows.
func counted(days []casus.Date, form string) map[string]int {
	out := map[string]int{}
	for _, day := range days {
		if day.IsZero() {
			out[""]++
		} else {
			out[day.String()[:len(form)]]++
		}
	}
	return out
}
