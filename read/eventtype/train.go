package eventtype

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"casus"
)

// Example is an event to learn from: its features and its type.
type Example struct {
	Features []string
	Type     casus.EventType
}

// Options say how to train; zero values stand for the usual ones.
type Options struct {
	Epochs int     // passes over the examples
	Decay  float64 // how strongly weights are drawn to zero (L2)
}

const (
	usualEpochs = 30
	usualDecay  = 2e-5
	learning    = 0.5
)

// Train fits a model to examples by stochastic gradient descent with a step for
// each weight that shrinks as it moves (AdaGrad). Each type counts as much as
// every other, however many examples it has. The same examples in the same
// order give the same model.
func Train(ctx context.Context, examples []Example, o Options) (*Model, error) {
	if len(examples) == 0 {
		return nil, errors.New("no examples to learn from")
	}
	if o.Epochs == 0 {
		o.Epochs = usualEpochs
	}
	if o.Decay == 0 {
		o.Decay = usualDecay
	}
	l, err := newLearner(examples, o)
	if err != nil {
		return nil, err
	}
	order := rand.New(rand.NewPCG(1, 1)) //nolint:gosec // an order, no secret
	turns := make([]int, len(l.examples))
	for i := range turns {
		turns[i] = i
	}
	for range o.Epochs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		order.Shuffle(len(turns), func(i, j int) { turns[i], turns[j] = turns[j], turns[i] })
		for _, i := range turns {
			l.learn(l.examples[i])
		}
	}
	return l.model(), nil
}

// learner is a model while it is trained.
type learner struct {
	examples []hashed
	weights  map[uint32]*[classes]float64
	moved    map[uint32]*[classes]float64 // sums of squared gradients
	decay    float64
	worth    [classes]float64 // how much an example of a type counts
}

// hashed is an example with its features as rows.
type hashed struct {
	rows  []uint32
	class int
}

func newLearner(examples []Example, o Options) (*learner, error) {
	l := &learner{weights: map[uint32]*[classes]float64{}, moved: map[uint32]*[classes]float64{}, decay: o.Decay}
	var of [classes]float64
	for _, e := range examples {
		class := slices.Index(casus.EventTypes(), e.Type)
		if class < 0 {
			return nil, fmt.Errorf("an example has the type %q, which is none of PLOVER's", e.Type)
		}
		h := hashed{class: class}
		for _, f := range e.Features {
			r := hash(f)
			h.rows = append(h.rows, r)
			if l.weights[r] == nil {
				l.weights[r], l.moved[r] = new([classes]float64), new([classes]float64)
			}
		}
		of[class]++
		l.examples = append(l.examples, h)
	}
	for c, n := range of {
		if n > 0 {
			l.worth[c] = math.Sqrt(float64(len(examples)) / classes / n)
		}
	}
	return l, nil
}

// learn moves the weights of one example's features down the gradient. Products
// are rounded before they are added, so that every processor gets the same sums.
func (l *learner) learn(e hashed) {
	size := norm(len(e.rows))
	var scores [classes]float64
	for _, r := range e.rows {
		for c, w := range l.weights[r] {
			scores[c] += w
		}
	}
	for c := range scores {
		scores[c] *= size
	}
	p := softmax(scores)
	for _, r := range e.rows {
		w, moved := l.weights[r], l.moved[r]
		for c := range p {
			gradient := p[c]
			if c == e.class {
				gradient--
			}
			gradient = float64(gradient*size*l.worth[e.class]) + float64(l.decay*w[c])
			moved[c] += float64(gradient * gradient)
			w[c] -= float64(learning * gradient / (1e-6 + math.Sqrt(moved[c])))
		}
	}
}

// model rounds the weights to 8 bits.
func (l *learner) model() *Model {
	largest := 0.0
	for _, w := range l.weights {
		for _, v := range w {
			largest = max(largest, math.Abs(v))
		}
	}
	scale := largest / math.MaxInt8
	m := &Model{rows: make([]row, rowMask+1), scale: float32(scale)}
	for r, w := range l.weights {
		for c, v := range w {
			m.rows[r][c] = int8(math.Round(v / scale))
		}
	}
	return m
}
