package changepoint

import (
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// levels draws a series of levels with noise.
func levels(seed uint64, noise float64, lengths []int, means []float64) []Point {
	r := rand.New(rand.NewPCG(seed, 1))
	var out []Point
	for i, n := range lengths {
		for range n {
			out = append(out, Point{means[i] + noise*r.NormFloat64(), 1})
		}
	}
	return out
}

func TestAChangeOfLevelIsFoundWithItsUncertainty(t *testing.T) {
	hits, covered := 0, 0
	const tries = 200
	for seed := range uint64(tries) {
		found := Find(levels(seed, 1, []int{30, 25}, []float64{2, -1}), 4)
		if len(found) != 1 {
			continue
		}
		hits++
		c := found[0]
		if c.From <= 30 && 30 <= c.To {
			covered++
		}
		if c.Before < c.After {
			t.Errorf("seed %d: from %.1f to %.1f", seed, c.Before, c.After)
		}
	}
	if hits < 180 || covered*100 < hits*85 {
		t.Errorf("of %d series with one change %d were found to have one, and %d intervals hold it", tries, hits, covered)
	}
}

func TestWhereNothingChangesNothingIsClaimed(t *testing.T) {
	claims := 0
	for seed := range uint64(200) {
		claims += len(Find(levels(seed, 1, []int{60}, []float64{0}), 4))
	}
	if claims > 20 { // a tenth of the series
		t.Errorf("%d changes in 200 series without any", claims)
	}
	if got := Find(levels(1, 1, []int{3, 3}, []float64{5, -5}), 4); got != nil {
		t.Errorf("six points are too few to tell, got %v", got)
	}
	if got := Find(make([]Point, 50), 4); got != nil {
		t.Errorf("points that tell nothing: %v", got)
	}
}

// TestPeltIsExact compares the search with trying every place of one change.
func TestPeltIsExact(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 25).Draw(rt, "n")
		series := make([]Point, n)
		for i := range series {
			series[i] = Point{rapid.Float64Range(-10, 10).Draw(rt, "value"), float64(rapid.IntRange(0, 3).Draw(rt, "weight"))}
		}
		s := newSums(series)
		penalty := rapid.Float64Range(0.1, 50).Draw(rt, "penalty")
		if got, want := s.total(s.pelt(n, 2, penalty), n, penalty), s.optimum(n, 2, penalty); got > want+1e-9 {
			rt.Fatalf("PELT found %v, the optimum is %v", got, want)
		}
	})
}

func (s sums) total(ends []int, n int, penalty float64) float64 {
	sum, first := 0.0, 0
	for _, at := range append(ends, n) {
		sum += s.cost(first, at) + penalty
		first = at
	}
	return sum - penalty
}

// optimum is optimal partitioning without pruning.
func (s sums) optimum(n, shortest int, penalty float64) float64 {
	best := make([]float64, n+1)
	best[0] = -penalty
	for end := 1; end <= n; end++ {
		best[end] = s.cost(0, end)
		for start := 1; start < end; start++ {
			if s.points(start, end) >= shortest && s.points(0, start) >= shortest {
				best[end] = min(best[end], best[start]+s.cost(start, end)+penalty)
			}
		}
	}
	return best[n]
}
