package displacement

import "slices"

// Table returns the counted people of each camp by day, for Compare.
func (c *Counts) Table(in *Input) [][]float64 {
	rows := make([][]float64, in.Days)
	for day := range rows {
		rows[day] = make([]float64, len(c.Series))
		for i, s := range c.Series {
			rows[day][i] = float64(s.On(in.Start.AddDays(day)))
		}
	}
	return rows
}

// Table returns the simulated people of the named places by day, for Compare.
func (o *Outcome) Table(places []string) [][]float64 {
	columns := make([]int, len(places))
	for i, name := range places {
		columns[i] = slices.Index(o.Names, name)
	}
	rows := make([][]float64, o.Days)
	for day := range rows {
		rows[day] = make([]float64, len(places))
		for i, column := range columns {
			if column >= 0 {
				rows[day][i] = float64(o.At(day, column))
			}
		}
	}
	return rows
}

// Fits measures each run of an ensemble against what was counted.
func (e *Ensemble) Fits(in *Input, counts *Counts) []Fit {
	counted := counts.Table(in)
	fits := make([]Fit, len(e.Runs))
	for i, run := range e.Runs {
		fits[i] = Compare(counts.Camps, run.Table(counts.Camps), counted)
	}
	return fits
}
