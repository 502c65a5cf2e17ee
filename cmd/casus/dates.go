package main

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"casus"
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

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
