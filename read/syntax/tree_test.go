package syntax

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestSpanningTree holds the answer against every tree of small sentences.
func TestSpanningTree(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 400 {
		n := 1 + rng.IntN(5)
		stride := n + 3
		scores := make([]float32, n*stride)
		for i := range scores {
			scores[i] = float32(rng.NormFloat64())
		}
		for i := range n {
			scores[i*stride+i+1] = float32(math.Inf(-1))
		}
		heads := spanningTree(scores, stride, n)
		if !isTree(heads) {
			t.Fatalf("%v is no tree with one root", heads)
		}
		if got, want := treeScore(scores, stride, heads), bestScore(scores, stride, n); math.Abs(got-want) > 1e-4 {
			t.Fatalf("%v scores %.4f, the best tree of %d words %.4f", heads, got, n, want)
		}
	}
}

func treeScore(scores []float32, stride int, heads []int) (sum float64) {
	for i, h := range heads {
		sum += float64(scores[i*stride+h])
	}
	return sum
}

// bestScore tries all assignments of heads.
func bestScore(scores []float32, stride, n int) float64 {
	best := math.Inf(-1)
	heads := make([]int, n)
	var try func(i int)
	try = func(i int) {
		if i == n {
			if isTree(heads) {
				best = max(best, treeScore(scores, stride, heads))
			}
			return
		}
		for h := range n + 1 {
			if h != i+1 {
				heads[i] = h
				try(i + 1)
			}
		}
	}
	try(0)
	return best
}

// TestSpanningTreeOfOddScores: whatever the scores, there is a tree.
func TestSpanningTreeOfOddScores(t *testing.T) {
	odd := []float32{0, float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1)), math.MaxFloat32, -math.MaxFloat32}
	rng := rand.New(rand.NewPCG(7, 8))
	for _, n := range []int{1, 2, 7, 60, 200} {
		for range 20 {
			scores := make([]float32, n*(n+1))
			for i := range scores {
				scores[i] = odd[rng.IntN(len(odd))]
			}
			if heads := spanningTree(scores, n+1, n); !isTree(heads) {
				t.Fatalf("%d words: %v is no tree with one root", n, heads)
			}
		}
	}
}
