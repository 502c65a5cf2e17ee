package displacement

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"casus"
)

// Point is a count of people on a date.
type Point struct {
	Date  casus.Date
	Count float64
}

// Series are the counts of one camp, in the order of their dates.
type Series []Point

// On returns the count on a date: between two counts on the straight line from
// one to the other, cut to a whole number; before the first and after the last
// as they are. A gap, however long, is so bridged.
//
// It walks along the points instead of searching, so that a series as written,
// with a date that goes back, reads as Flee reads it (Peer.RowsAsWritten).
func (s Series) On(date casus.Date) int {
	if len(s) == 0 || date <= s[0].Date {
		return int(s.first())
	}
	a := s[0]
	for _, b := range s[1:] {
		if b.Date > date {
			share := float64(date-a.Date) / float64(b.Date-a.Date)
			return int(a.Count + share*(b.Count-a.Count))
		}
		a = b
	}
	return int(a.Count)
}

func (s Series) first() float64 {
	if len(s) == 0 {
		return 0
	}
	return s[0].Count
}

// plus returns the sum of two series, on all dates of both.
func (s Series) plus(t Series) Series {
	var out Series
	for _, p := range slices.Concat(s, t) {
		out = append(out, Point{p.Date, float64(s.On(p.Date) + t.On(p.Date))})
	}
	slices.SortStableFunc(out, func(a, b Point) int { return cmp.Compare(a.Date, b.Date) })
	return slices.CompactFunc(out, func(a, b Point) bool { return a.Date == b.Date })
}

// correct scales all counts before a date so that the last of them meets the
// count of that date, from which on people were counted anew and better.
func (s Series) correct(date casus.Date) {
	for i := 1; i < len(s); i++ {
		if s[i].Date != date || s[i-1].Count == 0 {
			continue
		}
		factor := s[i].Count / s[i-1].Count
		for j := range s[:i] {
			s[j].Count *= factor
		}
	}
}

// Counts are what was counted in the camps of one conflict.
type Counts struct {
	notes  []string
	Camps  []string // in the order of data_layout.csv
	Series []Series // by camp
	Total  Series   // of all who fled, as reported
}

// ReadCounts reads a folder of validation data: data_layout.csv names the file
// of the total and those of each camp, whose counts are summed. A row whose date
// goes back behind the row above is a slip and is left out, unless asWritten.
func ReadCounts(fsys fs.FS, asWritten bool) (*Counts, error) {
	const layout = "data_layout.csv"
	data, err := readFile(fsys, layout, true)
	if err != nil {
		return nil, err
	}
	_, rows, err := readRows(layout, data)
	if err != nil {
		return nil, err
	}
	c := &Counts{}
	for _, r := range rows {
		series, err := c.readLayoutRow(fsys, r, asWritten)
		switch name := r.cell(0); {
		case err != nil:
			return nil, err
		case strings.EqualFold(name, "total"):
			c.Total = series
		case slices.Contains(c.Camps, name):
			return nil, r.fault(fmt.Sprintf("%s stands here a second time", name), "Put all files of a camp on one row.")
		default:
			c.Camps, c.Series = append(c.Camps, name), append(c.Series, series)
		}
	}
	if len(c.Camps) == 0 {
		return nil, invalid(layout, "it names no camp", "Write a row for each camp: its name, its file.")
	}
	return c, nil
}

func (c *Counts) readLayoutRow(fsys fs.FS, r row, asWritten bool) (Series, error) {
	if r.cell(1) == "" {
		return nil, r.fault(fmt.Sprintf("%s has no file", r.cell(0)), "Write the file's name after the camp's.")
	}
	var sum Series
	for _, name := range r.cells[1:] {
		if name == "" {
			continue
		}
		if !fs.ValidPath(name) {
			return nil, r.fault(fmt.Sprintf("%q is not a file of this folder", name), "Write the name of a file in the folder itself.")
		}
		data, err := readFile(fsys, name, true)
		if err != nil {
			return nil, r.fault("a file that it names cannot be read: "+err.Error(), "")
		}
		s, notes, err := readSeries(name, data, asWritten)
		if err != nil {
			return nil, err
		}
		c.notes = append(c.notes, notes...)
		if sum == nil {
			sum = s
		} else {
			sum = sum.plus(s)
		}
	}
	return sum, nil
}

// readSeries reads rows of date and count. The first row may be a header; rows
// without a count are left out.
func readSeries(file string, data []byte, asWritten bool) (s Series, notes []string, err error) {
	_, rows, err := readRows(file, data)
	if err != nil {
		return nil, nil, err
	}
	for i, r := range rows {
		date, err := parseDay(r.cell(0))
		if err != nil && i == 0 {
			continue
		}
		if err != nil {
			return nil, nil, r.fault(err.Error(), "Write the date as YYYY-MM-DD.")
		}
		if r.cell(1) == "" {
			continue
		}
		n, err := r.count(1, "the count")
		if err != nil {
			return nil, nil, err
		}
		if last := len(s) - 1; last >= 0 && date <= s[last].Date && !asWritten {
			notes = append(notes, fmt.Sprintf("%s:%d: %s stands after %s: the row is left out", file, r.line, date, s[last].Date))
			continue
		}
		s = append(s, Point{date, float64(n)})
	}
	return s, notes, nil
}

// parseDay reads a date that must be there; a time of day after it does not count.
func parseDay(s string) (casus.Date, error) {
	if len(s) > 10 && (s[10] == ' ' || s[10] == 'T') {
		s = s[:10]
	}
	if s == "" {
		return 0, fmt.Errorf("there is no date")
	}
	return casus.ParseDate(s)
}

// correct applies registration_corrections.csv: camp, date.
func (c *Counts) correct(file string, data []byte) error {
	_, rows, err := readRows(file, data)
	if err != nil {
		return err
	}
	for _, r := range rows {
		date, err := parseDay(r.cell(1))
		if err != nil {
			return r.fault(err.Error(), "Write the camp and the date of its new registration.")
		}
		if i := slices.Index(c.Camps, r.cell(0)); i >= 0 {
			c.Series[i].correct(date)
		}
	}
	return nil
}

// Sum returns the people counted in all camps on a date.
func (c *Counts) Sum(date casus.Date) int {
	sum := 0
	for _, s := range c.Series {
		sum += s.On(date)
	}
	return sum
}

// arrivals returns by how many people the counts rose on each day.
func (c *Counts) arrivals(start casus.Date, days int, totalOnly bool) []int {
	count := c.Sum
	if totalOnly {
		count = c.Total.On
	}
	out := make([]int, days)
	before := count(start)
	for day := 1; day < days; day++ {
		now := count(start.AddDays(day))
		out[day], before = now-before, now
	}
	return out
}
