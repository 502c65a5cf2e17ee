package names

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
)

// Example is a document with its names, to learn from. Names has an entry for each sentence.
type Example struct {
	Sentences [][]string
	Names     [][]Name
}

// Options say how to train.
type Options struct {
	Epochs   int // how many times to go through the examples; 0 is 10
	Rarest   int // how often a feature must occur to be learned; 0 is 3
	Progress func(line string)
}

// perceptron is a model in training: weights, and their sums over time.
type perceptron struct {
	weights, sums [][tags]float32
	seen          []uint8
	rarest        uint8
	trans, transS [tags][tags]float32
	now           float32
	lattice       lattice
}

// Train learns from examples by the structured perceptron, averaged (Collins
// 2002). The same examples and options give the same model.
func Train(ctx context.Context, l *Lexicon, examples []Example, o Options) (*Model, error) {
	if o.Epochs == 0 {
		o.Epochs = 10
	}
	if o.Rarest == 0 {
		o.Rarest = 3
	}
	p := &perceptron{
		weights: make([][tags]float32, rowMask+1), sums: make([][tags]float32, rowMask+1),
		seen: make([]uint8, rowMask+1), rarest: uint8(o.Rarest),
	}
	var data []features
	var gold [][]tag
	for _, e := range examples {
		d := newDocument(l, e.Sentences)
		for i := range e.Sentences {
			fs := d.features(i)
			p.count(fs)
			data = append(data, fs)
			gold = append(gold, tagsOf(e.Names[i], len(fs)))
		}
	}
	rng := rand.New(rand.NewPCG(2002, 1))
	for epoch := range o.Epochs {
		wrong := 0
		for _, i := range rng.Perm(len(data)) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			wrong += p.learn(withoutWords(rng, data[i]), gold[i])
		}
		if o.Progress != nil {
			o.Progress(fmt.Sprintf("epoch %d: %d words tagged wrong", epoch+1, wrong))
		}
	}
	return p.model(l), nil
}

// count notes a sentence's features, so that rare ones are not learned.
func (p *perceptron) count(fs features) {
	for _, word := range fs {
		for _, f := range word {
			if r := f & rowMask; p.seen[r] < p.rarest {
				p.seen[r]++
			}
		}
	}
}

func (p *perceptron) score(fs []uint32, out *[tags]float32) {
	*out = [tags]float32{}
	for _, f := range fs {
		for t, w := range p.weights[f&rowMask] {
			out[t] += w
		}
	}
}

// learn decodes a sentence, moves the weights towards the right tags and
// returns how many were wrong.
func (p *perceptron) learn(fs features, gold []tag) int {
	p.now++
	local := make([][tags]float32, len(fs))
	for i := range fs {
		p.score(fs[i], &local[i])
	}
	guess := p.lattice.decode(local, &p.trans)
	wrong := 0
	for i := range gold {
		if i > 0 && (guess[i] != gold[i] || guess[i-1] != gold[i-1]) {
			p.transition(gold[i-1], gold[i], 1)
			p.transition(guess[i-1], guess[i], -1)
		}
		if guess[i] == gold[i] {
			continue
		}
		wrong++
		for _, f := range fs[i] {
			r := f & rowMask
			if p.seen[r] < p.rarest {
				continue
			}
			p.weights[r][gold[i]]++
			p.sums[r][gold[i]] += p.now
			p.weights[r][guess[i]]--
			p.sums[r][guess[i]] -= p.now
		}
	}
	return wrong
}

func (p *perceptron) transition(before, t tag, by float32) {
	p.trans[before][t] += by
	p.transS[before][t] += by * p.now
}

// model averages the weights over time and writes them as small integers.
func (p *perceptron) model(l *Lexicon) *Model {
	m := &Model{lexicon: l, rows: make([]row, rowMask+1)}
	average := func(w, sum float32) float32 { return w - sum/(p.now+1) }
	largest := float32(1)
	for r := range p.weights {
		for t := range tags {
			a := average(p.weights[r][t], p.sums[r][t])
			largest = max(largest, a, -a)
		}
	}
	scale := 127 / largest
	for r := range p.weights {
		for t := range tags {
			a := average(p.weights[r][t], p.sums[r][t]) * scale
			m.rows[r][t] = int8(math.Round(float64(a)))
		}
	}
	for before := range tags {
		for t := range tags {
			m.transitions[before][t] = average(p.trans[before][t], p.transS[before][t]) * scale
		}
	}
	return m
}

// withoutWords returns a sentence's features with the form of every other word
// left out, by chance, so that what surrounds a name and how it looks is
// learned too, and not only the names of the examples.
func withoutWords(rng *rand.Rand, sentence features) features {
	const share = 0.5
	out := make(features, len(sentence))
	for i, word := range sentence {
		if rng.Float64() < share {
			word = append([]uint32(nil), word...)
			for _, at := range lexicalFeatures {
				word[at] = word[0]
			}
		}
		out[i] = word
	}
	return out
}
