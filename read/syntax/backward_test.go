package syntax

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// TestGradients holds the gradients against differences of the loss.
func TestGradients(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	net := newNetwork(sizes{Word: 16, Affix: 16, Hidden: 16, Layers: 2, Arc: 16, Label: 16, Tags: 3, Feats: 4, Labels: 5}, 6, 7)
	net.initialise(rng)
	for _, l := range []*linear{net.arcDep, net.arcHead, net.labelDep} {
		draw(l.bias.w, 2, rng) // away from zero, where the rectifier has no gradient
	}
	net.startTraining()
	var sentences [][]wordRows
	var gold []answers
	for _, n := range []int{5, 3, 1} {
		var words []wordRows
		var a answers
		for i := range n {
			words = append(words, wordRows{int32(rng.IntN(6)), []int32{int32(rng.IntN(7)), int32(rng.IntN(7))}})
			a.tags, a.feats, a.labels = append(a.tags, int32(rng.IntN(3))), append(a.feats, int32(rng.IntN(5)-1)), append(a.labels, int32(rng.IntN(5)))
			head := int32(rng.IntN(n + 1))
			if int(head) == i+1 {
				head = 0
			}
			a.heads = append(a.heads, head)
		}
		sentences, gold = append(sentences, words), append(gold, a)
	}
	rows := &rowGradients{newRowGradient(net.words), newRowGradient(net.affixes)}
	loss := func() float64 {
		net.prepareBackward()
		l := net.learn(&workspace{}, newBatch(sentences...), gold, nil, rows)
		return (l.arcs + l.labels + l.tags + l.feats) / float64(l.words)
	}
	check := func(name string, w, g []float32) {
		for range 6 {
			i := rng.IntN(len(w))
			want, old := g[i], w[i]
			const step = 1e-3
			w[i] = old + step
			up := loss()
			w[i] = old - step
			down := loss()
			w[i] = old
			if diff := (up - down) / (2 * step); math.Abs(diff-float64(want)) > 2e-3+0.05*math.Abs(diff) {
				t.Errorf("%s %d: gradient %.5f, difference %.5f", name, i, want, diff)
			}
		}
	}
	loss()
	var saved [][]float32
	for _, d := range net.dense() {
		saved = append(saved, append([]float32(nil), d.training.g...))
	}
	words, affixes := append([]float32(nil), rows.words.g...), append([]float32(nil), rows.affixes.g...)
	for i, d := range net.dense() {
		check(fmt.Sprint("matrix ", i), d.w, saved[i])
	}
	check("words", net.words.w, words)
	check("affixes", net.affixes.w, affixes)
}
