package displacement

import (
	"cmp"
	"slices"
)

// cohort is a number of people whom the rules cannot tell from one another.
// They are at a place (way is what they still mean to travel, or none) or on a
// link (place is none; the first link of way).
type cohort struct {
	n      int64
	place  int32
	way    int32
	recent uint8   // how much they travelled lately, in 64ths of a full day, by halves (Settings.AvoidShortStints)
	fresh  bool    // they have not completed a link yet
	km     float64 // behind them on the link
	today  float64 // km travelled today
	left   float64 // the part of today that is left to travel in
}

// compare orders cohorts so that equals stand together, by place first.
func (c *cohort) compare(d *cohort) int {
	if r := cmp.Or(cmp.Compare(c.place, d.place), cmp.Compare(c.way, d.way)); r != 0 {
		return r
	}
	if c.fresh != d.fresh {
		if c.fresh {
			return -1
		}
		return 1
	}
	if r := cmp.Or(cmp.Compare(c.recent, d.recent), cmp.Compare(c.km, d.km)); r != 0 {
		return r
	}
	return cmp.Or(cmp.Compare(c.today, d.today), cmp.Compare(c.left, d.left))
}

// merge joins cohorts that are alike, and orders them.
func merge(cs []cohort) []cohort {
	slices.SortFunc(cs, func(a, b cohort) int { return a.compare(&b) })
	out := cs[:0]
	for _, c := range cs {
		switch last := len(out) - 1; {
		case c.n == 0:
		case last >= 0 && out[last].compare(&c) == 0:
			out[last].n += c.n
		default:
			out = append(out, c)
		}
	}
	return out
}
