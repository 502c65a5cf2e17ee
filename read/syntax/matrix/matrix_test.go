package matrix

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestMulAdd holds the product against its definition for awkward sizes and
// for a transposed left side.
func TestMulAdd(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	random := func(n int) []float32 {
		out := make([]float32, n)
		for i := range out {
			out[i] = rng.Float32() - 0.5
		}
		return out
	}
	for _, size := range [][3]int{{1, 1, 1}, {1, 128, 512}, {3, 5, 17}, {4, 4, 16}, {7, 0, 20}, {9, 33, 48}, {0, 3, 3}} {
		m, k, n := size[0], size[1], size[2]
		a, b, c := random(m*k), random(k*n), random(m*Pad(n))
		want := make([]float64, m*n)
		for i := range m {
			for j := range n {
				want[i*n+j] = float64(c[i*Pad(n)+j])
				for x := range k {
					want[i*n+j] += float64(a[i*k+x]) * float64(b[x*n+j])
				}
			}
		}
		transposed := make([]float32, m*k)
		for i := range m {
			for x := range k {
				transposed[x*m+i] = a[i*k+x]
			}
		}
		var p Panels
		p.Set(b, k, n, n, 1)
		other := append([]float32(nil), c...)
		p.MulAdd(c, Pad(n), a, m, k, 1)
		p.MulAdd(other, Pad(n), transposed, m, 1, m)
		for i := range m {
			for j := range n {
				for _, got := range []float32{c[i*Pad(n)+j], other[i*Pad(n)+j]} {
					if math.Abs(float64(got)-want[i*n+j]) > 1e-4 {
						t.Fatalf("%v: element (%d, %d) is %v, want %v", size, i, j, got, want[i*n+j])
					}
				}
			}
		}
	}
}

// TestPlainGoAgrees holds the vector kernels against the plain ones.
func TestPlainGoAgrees(t *testing.T) {
	const k = 37
	a, b := make([]float32, 4*k), make([]float32, k*Width)
	for i := range a {
		a[i] = float32(i%7) - 3
	}
	for i := range b {
		b[i] = float32(i%5) - 2
	}
	fast, plain := make([]float32, 4*Width), make([]float32, 4*Width)
	rows4(k, a, k, 1, b, fast, Width)
	mul4x16(k, a, k, 1, b, plain, Width)
	row1(k, a, 1, b, fast)
	mul1x16(k, a, 1, b, plain)
	for i := range fast {
		if fast[i] != plain[i] {
			t.Fatalf("element %d is %v, want %v", i, fast[i], plain[i])
		}
	}
}

// TestTanh holds the tangent against the exact one, and the vector kernel
// against the plain one to the last bit.
func TestTanh(t *testing.T) {
	var x []float32
	for v := float32(-12); v < 12; v += 0.0137 {
		x = append(x, v)
	}
	got := append([]float32(nil), x...)
	Tanh(got)
	for i, v := range x {
		if want := tanh(v); got[i] != want {
			t.Fatalf("tanh(%v) is %v by vectors, %v plainly", v, got[i], want)
		}
		if want := math.Tanh(float64(v)); math.Abs(float64(got[i])-want) > 1e-6 {
			t.Fatalf("tanh(%v) is %v, want %v", v, got[i], want)
		}
	}
}

func BenchmarkMulAdd(b *testing.B) {
	for _, m := range []int{1, 32} {
		b.Run(map[int]string{1: "vector", 32: "matrix"}[m], func(b *testing.B) {
			const k, n = 128, 512
			var p Panels
			p.Set(make([]float32, k*n), k, n, n, 1)
			a, c := make([]float32, m*k), make([]float32, m*n)
			for b.Loop() {
				p.MulAdd(c, n, a, m, k, 1)
			}
			b.ReportMetric(float64(m*k*n)*float64(b.N)/b.Elapsed().Seconds()/1e9, "Gmul/s")
		})
	}
}
