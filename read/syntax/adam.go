package syntax

import (
	"math"
	"math/rand/v2"
)

// trainer is the state of Adam (Kingma & Ba 2015) over a network.
type trainer struct {
	net   *network
	rows  *rowGradients
	drop  *dropout
	ws    workspace
	rate  float64
	steps int
}

func newTrainer(net *network, counts []int, rng *rand.Rand) *trainer {
	net.startTraining()
	known := make([]float32, len(counts))
	for i, n := range counts {
		known[i] = 0.1 + 0.5/(0.5+float32(n)) // a rare word is taken for unknown more often
	}
	return &trainer{net: net, drop: &dropout{rng, known}, rows: &rowGradients{newRowGradient(net.words), newRowGradient(net.affixes)}}
}

// step learns from one batch.
func (t *trainer) step(examples []example, chosen []int) losses {
	words := make([][]wordRows, len(chosen))
	gold := make([]answers, len(chosen))
	for i, c := range chosen {
		words[i], gold[i] = examples[c].words, examples[c].answer
	}
	t.ws.reset()
	t.net.prepareBackward()
	sum := t.net.learn(&t.ws, newBatch(words...), gold, t.drop, t.rows)
	t.update()
	return sum
}

const (
	firstDecay  = 0.9
	secondDecay = 0.95
	smallest    = 1e-8
)

// update moves the weights against their gradients and clears these.
func (t *trainer) update() {
	t.steps++
	norm := 0.0
	for _, d := range t.net.dense() {
		norm += squares(d.training.g)
	}
	norm = math.Sqrt(norm + t.rows.words.squares() + t.rows.affixes.squares())
	clip := float32(1)
	if norm > clipNorm {
		clip = float32(clipNorm / norm)
	}
	rate := t.rate * math.Sqrt(1-math.Pow(secondDecay, float64(t.steps))) / (1 - math.Pow(firstDecay, float64(t.steps)))
	for _, d := range t.net.dense() {
		adam(d.w, d.training.g, d.training.m, d.training.v, clip, float32(rate))
	}
	t.rows.words.update(clip, float32(rate))
	t.rows.affixes.update(clip, float32(rate))
}

// adam moves w and clears g.
func adam(w, g, m, v []float32, clip, rate float32) {
	m, v, w = m[:len(g)], v[:len(g)], w[:len(g)]
	for i, d := range g {
		d *= clip
		m[i] = firstDecay*m[i] + (1-firstDecay)*d
		v[i] = secondDecay*v[i] + (1-secondDecay)*d*d
		w[i] -= rate * m[i] / (float32(math.Sqrt(float64(v[i]))) + smallest)
	}
	clear(g)
}

func squares(x []float32) (sum float64) {
	for _, v := range x {
		sum += float64(v) * float64(v)
	}
	return sum
}

// rowGradients are the gradients of the two tables, kept for the touched rows only.
type rowGradients struct{ words, affixes *rowGradient }

type rowGradient struct {
	table   *table
	g, m, v []float32
	touched []int32
	isIn    []bool
}

func newRowGradient(t *table) *rowGradient {
	n := t.rows * t.cols
	return &rowGradient{table: t, g: make([]float32, n), m: make([]float32, n), v: make([]float32, n), isIn: make([]bool, t.rows)}
}

func (r *rowGradient) add(row int32, d []float32) {
	if !r.isIn[row] {
		r.isIn[row] = true
		r.touched = append(r.touched, row)
	}
	add(r.g[int(row)*r.table.cols:int(row+1)*r.table.cols], d)
}

func (r *rowGradient) squares() (sum float64) {
	for _, row := range r.touched {
		sum += squares(r.g[int(row)*r.table.cols : int(row+1)*r.table.cols])
	}
	return sum
}

func (r *rowGradient) update(clip, rate float32) {
	for _, row := range r.touched {
		from, to := int(row)*r.table.cols, int(row+1)*r.table.cols
		adam(r.table.w[from:to], r.g[from:to], r.m[from:to], r.v[from:to], clip, rate)
		r.isIn[row] = false
	}
	r.touched = r.touched[:0]
}
