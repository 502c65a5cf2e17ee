package syntax

import "math/rand/v2"

// Noise rates of training (Srivastava et al. 2014; the same mask for all words
// of a sentence, Gal & Ghahramani 2016).
const (
	layerNoise     = 0.33
	recurrentNoise = 0.2
	unitNoise      = 0.33
)

// dropout draws the noise of training. A nil dropout draws none.
type dropout struct {
	rng   *rand.Rand
	known []float32 // how probably each word is taken for an unknown one
}

// word returns the row to use for a word's row.
func (d *dropout) word(row int32) int32 {
	if d != nil && d.rng.Float32() < d.known[row] {
		return unknown
	}
	return row
}

// mask returns n factors, 0 at the given rate and else what keeps the sum.
func (d *dropout) mask(ws *workspace, n int, rate float32) []float32 {
	out := ws.take(n)
	for i := range out {
		if d.rng.Float32() >= rate {
			out[i] = 1 / (1 - rate)
		}
	}
	return out
}

// recurrent returns a mask for what an LSTM hands itself.
func (d *dropout) recurrent(ws *workspace, n int) []float32 {
	if d == nil {
		return nil
	}
	return d.mask(ws, n, recurrentNoise)
}

// sentences masks x, the same for all words of a sentence, and returns the mask.
func (d *dropout) sentences(ws *workspace, b batch, x []float32, cols int) []float32 {
	if d == nil {
		return nil
	}
	keep := d.mask(ws, len(b.words)*cols, layerNoise)
	applySentences(b, x, keep, cols)
	return keep
}

func applySentences(b batch, x, keep []float32, cols int) {
	size := len(b.words) * cols
	for t := range b.steps {
		row := x[t*size : (t+1)*size]
		for i, k := range keep {
			row[i] *= k
		}
	}
}

// units masks each number of x by itself and returns the mask.
func (d *dropout) units(ws *workspace, x []float32) []float32 {
	if d == nil {
		return nil
	}
	keep := d.mask(ws, len(x), unitNoise)
	for i, k := range keep {
		x[i] *= k
	}
	return keep
}
