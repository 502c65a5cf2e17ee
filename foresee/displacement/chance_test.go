package displacement

import (
	"math"
	"testing"
)

// TestBinomial holds each way of drawing to mean and variance of the binomial
// distribution: 40,000 draws, five standard errors, from fixed seeds.
func TestBinomial(t *testing.T) {
	for _, c := range []struct {
		n int64
		p float64
	}{{1, 0.3}, {9, 0.7}, {40, 0.1}, {40, 0.9}, {300, 0.4}, {1_000_000, 0.001}, {1_000_000, 0.3}, {50_000_000, 0.75}} {
		const draws = 40_000
		r := newChance(5)
		sum, squares := 0.0, 0.0
		for i := range draws {
			r.key(i, 0, 1)
			k := r.binomial(c.n, c.p)
			if k < 0 || k > c.n {
				t.Fatalf("%d of %d succeeded", k, c.n)
			}
			d := float64(k) - float64(c.n)*c.p
			sum += d
			squares += d * d
		}
		variance := float64(c.n) * c.p * (1 - c.p)
		if off := sum / draws / math.Sqrt(variance/draws); math.Abs(off) > 5 {
			t.Errorf("n %d, p %g: the mean is %.1f standard errors off", c.n, c.p, off)
		}
		if ratio := squares / draws / variance; math.Abs(ratio-1) > 0.05 {
			t.Errorf("n %d, p %g: the variance is %.3f times what it should be", c.n, c.p, ratio)
		}
	}
}

// TestBinomialByCount compares how often each number of successes comes with
// how often it should, in the three ways of drawing (chi-square at 1 in 10,000).
func TestBinomialByCount(t *testing.T) {
	for _, c := range []struct {
		n     int64
		p     float64
		limit float64
	}{{12, 0.25, 39}, {30, 0.2, 50}, {60, 0.3, 67}} {
		const draws = 100_000
		seen := make([]float64, c.n+1)
		r := newChance(9)
		for i := range draws {
			r.key(i, 1, 2)
			seen[r.binomial(c.n, c.p)]++
		}
		chi := 0.0
		for k, got := range seen {
			want := draws * math.Exp(math.Log(1)+lchoose(c.n, int64(k))+float64(k)*math.Log(c.p)+float64(c.n-int64(k))*math.Log(1-c.p))
			if want >= 5 {
				chi += (got - want) * (got - want) / want
			}
		}
		if chi > c.limit {
			t.Errorf("n %d, p %g: chi-square is %.1f, more than %.0f", c.n, c.p, chi, c.limit)
		}
	}
}

func lchoose(n, k int64) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	return a - logFactorials(float64(k), float64(n))
}

func TestPoisson(t *testing.T) {
	const draws, mean = 20_000, 53.5
	r := newChance(3)
	sum := 0.0
	for i := range draws {
		r.key(i, 0, 0)
		sum += float64(r.poisson(mean))
	}
	if off := (sum/draws - mean) / math.Sqrt(mean/draws); math.Abs(off) > 5 {
		t.Errorf("the mean is %.1f standard errors off", off)
	}
}
