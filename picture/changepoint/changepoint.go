// Package changepoint finds where the level of a series changes, by PELT, the
// exact search of Killick, Fearnhead and Eckley, "Optimal detection of
// changepoints with a linear computational cost", JASA 107 (2012): it minimises
// the squared distance from each segment's mean plus a penalty for each change.
package changepoint

import (
	"math"
	"slices"
)

// Point is one value of a series and how much it weighs: a mean of n things
// weighs n. Points of weight 0 tell nothing.
type Point struct{ Value, Weight float64 }

// Change is a change of level.
type Change struct {
	At            int     // the first place of the new level
	From, To      int     // with 90 % probability it lies here, both inclusive
	Before, After float64 // the weighted means of the levels next to it
}

// Find returns the changes of a series, in order, and none where there are too
// few points to tell. The noise is estimated from the differences of
// neighbours, so that changes of level do not inflate it (von Neumann 1941);
// the penalty is that of the Bayesian information criterion for a mean and a
// place, and shortest is how many points of weight a level must have.
func Find(series []Point, shortest int) []Change {
	sums := newSums(series)
	noise := sums.noise(series)
	if noise == 0 || sums.points(0, len(series)) < 2*shortest {
		return nil
	}
	penalty := 3 * noise * math.Log(float64(sums.points(0, len(series))))
	ends := sums.pelt(len(series), shortest, penalty)
	var out []Change
	for i, at := range ends {
		first, last := 0, len(series)
		if i > 0 {
			first = ends[i-1]
		}
		if i+1 < len(ends) {
			last = ends[i+1]
		}
		c := Change{At: at, Before: sums.mean(first, at), After: sums.mean(at, last)}
		c.From, c.To = sums.interval(first, at, last, shortest, noise)
		out = append(out, c)
	}
	return out
}

// sums are running sums of a series, so that the cost of a segment takes no loop.
type sums struct{ weight, value, square, count []float64 }

func newSums(series []Point) sums {
	n := len(series) + 1
	s := sums{make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)}
	for i, p := range series {
		s.weight[i+1] = s.weight[i] + p.Weight
		s.value[i+1] = s.value[i] + p.Weight*p.Value
		s.square[i+1] = s.square[i] + p.Weight*p.Value*p.Value
		s.count[i+1] = s.count[i]
		if p.Weight > 0 {
			s.count[i+1]++
		}
	}
	return s
}

func (s sums) points(from, to int) int { return int(s.count[to] - s.count[from]) }

func (s sums) mean(from, to int) float64 {
	if w := s.weight[to] - s.weight[from]; w > 0 {
		return (s.value[to] - s.value[from]) / w
	}
	return 0
}

// cost is the weighted squared distance of a segment from its mean.
func (s sums) cost(from, to int) float64 {
	w := s.weight[to] - s.weight[from]
	if w == 0 {
		return 0
	}
	v := s.value[to] - s.value[from]
	return max(0, s.square[to]-s.square[from]-v*v/w)
}

// noise is the variance of a point of weight one.
func (s sums) noise(series []Point) float64 {
	sum, n := 0.0, 0.0
	last := -1
	for i, p := range series {
		if p.Weight == 0 {
			continue
		}
		if last >= 0 {
			d := p.Value - series[last].Value
			sum += d * d / (1/p.Weight + 1/series[last].Weight)
			n++
		}
		last = i
	}
	if n == 0 {
		return 0
	}
	return sum / n
}

// pelt returns the first places of the levels after the first.
func (s sums) pelt(n, shortest int, penalty float64) []int {
	best := make([]float64, n+1)
	from := make([]int, n+1)
	best[0] = -penalty
	candidates := []int{0}
	beaten := map[int]int{} // a start, and where a change is cheaper
	for end := 1; end <= n; end++ {
		best[end] = math.Inf(1)
		for _, start := range candidates {
			if start > 0 && (s.points(start, end) < shortest || s.points(0, start) < shortest) {
				continue
			}
			if total := best[start] + s.cost(start, end) + penalty; total < best[end] {
				best[end], from[end] = total, start
			}
		}
		// A start that is dearer than a change here is so for every later end, but
		// only once the level from here may end: until then it is still needed.
		candidates = slices.DeleteFunc(candidates, func(start int) bool {
			if here, ok := beaten[start]; ok {
				return s.points(here, end) >= shortest
			}
			if s.points(0, end) >= shortest && best[start]+s.cost(start, end) > best[end] {
				beaten[start] = end
			}
			return false
		})
		candidates = append(candidates, end)
	}
	var ends []int
	for at := from[n]; at > 0; at = from[at] {
		ends = append(ends, at)
	}
	slices.Reverse(ends)
	return ends
}

// interval is where a change lies with 90 % probability, the levels' other ends
// being given: each place weighs by its likelihood under Gaussian noise, and the
// likeliest places are taken until they make nine tenths.
func (s sums) interval(first, at, last, shortest int, noise float64) (from, to int) {
	type place struct {
		at     int
		weight float64
	}
	least := s.cost(first, at) + s.cost(at, last)
	var places []place
	total := 0.0
	for i := first + 1; i < last; i++ {
		if s.points(first, i) < min(shortest, s.points(first, at)) || s.points(i, last) < min(shortest, s.points(at, last)) {
			continue
		}
		w := math.Exp((least - s.cost(first, i) - s.cost(i, last)) / (2 * noise))
		places = append(places, place{i, w})
		total += w
	}
	slices.SortStableFunc(places, func(a, b place) int {
		switch {
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		}
		return 0
	})
	from, to = at, at
	sum := 0.0
	for _, p := range places {
		if sum >= 0.9*total {
			break
		}
		sum += p.weight
		from, to = min(from, p.at), max(to, p.at)
	}
	return from, to
}
