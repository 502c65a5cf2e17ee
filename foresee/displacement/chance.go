package displacement

import (
	"math"
	"math/rand/v2"
)

// chance draws random numbers. Before each use it is keyed by what the draw is
// for, so that a draw depends on the seed, the day, the round and who it is for
// alone: never on how many draws were made before it, nor on which core. Two
// scenarios of one seed so share their luck wherever they are alike.
type chance struct {
	pcg  rand.PCG
	seed uint64
	_    [128 - 24]byte // so that those of two hands share no cache line, nor a pair of them
}

func newChance(seed uint64) *chance { return &chance{seed: seed} }

// float draws a number from 0 up to 1, as rand.Rand does without asking an interface.
func (c *chance) float() float64 { return float64(c.pcg.Uint64()<<11>>11) / (1 << 53) }

// key starts the stream of one day and round and of what what stands for.
func (c *chance) key(day, round int, what uint64) {
	c.pcg.Seed(mix(c.seed^mix(uint64(day)<<32|uint64(round))), what)
}

// mix is the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// binomial draws how many of n succeed, each with chance p.
func (c *chance) binomial(n int64, p float64) int64 {
	switch {
	case n <= 0 || p <= 0:
		return 0
	case p >= 1:
		return n
	case p > 0.5:
		return n - c.binomial(n, 1-p)
	case n <= 12: // one by one is quicker than an exponential
		var k int64
		for ; n > 0; n-- {
			if c.float() < p {
				k++
			}
		}
		return k
	case float64(n)*p < 10:
		return c.fewSuccesses(n, p)
	}
	return c.manySuccesses(n, p)
}

// fewSuccesses draws by walking up the distribution function; n×p is small.
func (c *chance) fewSuccesses(n int64, p float64) int64 {
	odds := p / (1 - p)
	first := math.Exp(float64(n) * math.Log1p(-p))
	for {
		u, r, k := c.float(), first, int64(0)
		for u > r && k <= n {
			u -= r
			k++
			r *= odds * float64(n-k+1) / float64(k)
		}
		if k <= n { // else rounding left a crumb of u beyond the end
			return k
		}
	}
}

// manySuccesses draws by transformed rejection: BTRS of W. Hörmann, "The
// generation of binomial random variates", J. Stat. Comput. Simul. 46 (1993).
// It needs n×p of 10 or more and p up to 0.5.
func (c *chance) manySuccesses(n int64, p float64) int64 {
	N := float64(n)
	spread := math.Sqrt(N * p * (1 - p))
	b := 1.15 + 2.53*spread
	a := -0.0873 + 0.0248*b + 0.01*p
	alpha := (2.83 + 5.1/b) * spread
	sure := 0.92 - 4.2/b
	mode := math.Floor((N + 1) * p)
	for {
		u, v := c.float()-0.5, c.float()
		us := 0.5 - math.Abs(u)
		k := math.Floor((2*a/us+b)*u + N*p + 0.5)
		if us >= 0.07 && v <= sure {
			return int64(k)
		}
		if k < 0 || k > N {
			continue
		}
		v = math.Log(v * alpha / (a/(us*us) + b))
		if v <= logFactorials(mode, N)-logFactorials(k, N)+(k-mode)*math.Log(p/(1-p)) {
			return int64(k)
		}
	}
}

// logFactorials returns log k! + log (n-k)!.
func logFactorials(k, n float64) float64 {
	a, _ := math.Lgamma(k + 1)
	b, _ := math.Lgamma(n - k + 1)
	return a + b
}

// poisson draws from the Poisson distribution: by walking up its distribution
// function, a large mean in parts, since sums of Poisson draws are such draws.
func (c *chance) poisson(mean float64) int64 {
	const part = 16
	var sum int64
	for ; mean > part; mean -= part {
		sum += c.poisson(part)
	}
	u, r, k := c.float(), math.Exp(-mean), int64(0)
	for u > r && r > 0 {
		u -= r
		k++
		r *= mean / float64(k)
	}
	return sum + k
}
