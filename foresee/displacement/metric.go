package displacement

import (
	"math"
	"strconv"
)

// Fit says how near a run came to what was counted.
type Fit struct {
	// Raw is the average relative difference: the mean over the days of the sum
	// over camps |simulated − counted| / people counted. 0 is equal; half of it
	// is the share of people in the wrong camp.
	Raw float64 `json:"ard_raw"`
	// Rescaled is the same after the camps' simulated people are scaled to as
	// many as were counted; what Flee calls the error.
	Rescaled float64 `json:"ard"`
	// MASE7 and MASE30 are the mean absolute scaled errors against the naive
	// guess that each camp stays as it is on day 7 or 30, all camps together,
	// weighed by their people. Below 1 is better than the guess.
	MASE7  Ratio     `json:"mase7"`
	MASE30 Ratio     `json:"mase30"`
	Camps  []CampFit `json:"camps"`
}

// CampFit is the Fit of one camp.
type CampFit struct {
	Name     string  `json:"name"`
	Raw      float64 `json:"ard_raw"` // its part of Fit.Raw: the camps' parts add up to it
	Rescaled float64 `json:"ard"`
	MASE7    Ratio   `json:"mase7"`
	MASE30   Ratio   `json:"mase30"`
}

// Ratio is a scaled error: NaN, in JSON null, where the naive guess had no error
// because the camp did not change after that day.
type Ratio float64

// MarshalJSON writes the number or null.
func (r Ratio) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(r)) || math.IsInf(float64(r), 0) {
		return []byte("null"), nil
	}
	return strconv.AppendFloat(nil, float64(r), 'g', 6, 64), nil
}

// Compare measures simulated against counted people: rows of days, a column for
// each camp. (DISPLACEMENT's metric, after Flee's extract-validation-results.)
func Compare(camps []string, simulated, counted [][]float64) Fit {
	f := Fit{Camps: make([]CampFit, len(camps))}
	days := float64(len(counted))
	wrong := make([]float64, len(camps)) // by camp, the sum over days |counted - rescaled|
	for day, row := range counted {
		people, there := sum(row), sum(simulated[day])
		scale := 0.0
		if there > 0 {
			scale = people / there
		}
		for i, n := range row {
			raw, rescaled := math.Abs(simulated[day][i]-n), math.Abs(simulated[day][i]*scale-n)
			f.Camps[i].Raw += raw / max(people, 1) / days
			f.Camps[i].Rescaled += rescaled / max(people, 1) / days
			wrong[i] += rescaled
		}
	}
	for i := range f.Camps {
		c := &f.Camps[i]
		c.Name = camps[i]
		f.Raw += c.Raw
		f.Rescaled += c.Rescaled
		c.MASE7, c.MASE30 = scaledError(counted, i, wrong[i]/days, 7), scaledError(counted, i, wrong[i]/days, 30)
	}
	f.MASE7 = f.weighed(counted, func(c *CampFit) Ratio { return c.MASE7 })
	f.MASE30 = f.weighed(counted, func(c *CampFit) Ratio { return c.MASE30 })
	return f
}

// weighed returns the mean of a ratio over the camps that have it, weighed by
// the people counted in each over all days.
func (f *Fit) weighed(counted [][]float64, ratio func(*CampFit) Ratio) Ratio {
	var weight, total float64
	for i := range f.Camps {
		r := float64(ratio(&f.Camps[i]))
		if math.IsNaN(r) {
			continue
		}
		for _, row := range counted {
			weight += row[i]
			total += row[i] * r
		}
	}
	return Ratio(total / weight)
}

// MeanFit returns the mean of each figure over several runs.
func MeanFit(fits []Fit) Fit {
	mean := Fit{Camps: make([]CampFit, len(fits[0].Camps))}
	n := float64(len(fits))
	for _, f := range fits {
		mean.Raw += f.Raw / n
		mean.Rescaled += f.Rescaled / n
		mean.MASE7 += f.MASE7 / Ratio(n)
		mean.MASE30 += f.MASE30 / Ratio(n)
		for i, c := range f.Camps {
			m := &mean.Camps[i]
			m.Name = c.Name
			m.Raw += c.Raw / n
			m.Rescaled += c.Rescaled / n
			m.MASE7 += c.MASE7 / Ratio(n)
			m.MASE30 += c.MASE30 / Ratio(n)
		}
	}
	return mean
}

// scaledError divides a camp's mean error by that of the guess that it stays as
// it is on a day, over the days after it; NaN where that guess has no error.
func scaledError(counted [][]float64, camp int, meanError float64, day int) Ratio {
	if day >= len(counted) {
		return Ratio(math.NaN())
	}
	guess, off, n := counted[day][camp], 0.0, 0.0
	for _, row := range counted[day+1:] {
		off += math.Abs(row[camp] - guess)
		n++
	}
	if off == 0 {
		return Ratio(math.NaN())
	}
	return Ratio(meanError / (off / n))
}

func sum(row []float64) float64 {
	total := 0.0
	for _, x := range row {
		total += x
	}
	return total
}
