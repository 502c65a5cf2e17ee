// Package eventtype is a second opinion on what kind of event a sentence tells
// of between two parties, for where no frame does: a multinomial logistic
// regression over words, lemmas and their places in the tree. It chooses among
// PLOVER's sixteen types and says how sure it is.
package eventtype

import (
	"hash/fnv"
	"math"
	"slices"

	"casus"
)

// classes is how many types there are: those of casus.EventTypes, in its order.
const classes = 16

// Model tells events apart. It is read-only and safe for concurrent use. The
// zero model knows nothing: it holds every type as likely as any other.
type Model struct {
	rows  []row   // by a feature's hash
	scale float32 // what one step of a row's weights is worth
}

// row is the weights of a feature for each type.
type row [classes]int8

const (
	rowBits = 18
	rowMask = 1<<rowBits - 1
)

// Opinion is how likely each type is: those of casus.EventTypes, in its order.
type Opinion [classes]float64

// Best returns the likeliest type and how likely it is, between Unsure and 1.
func (o Opinion) Best() (casus.EventType, float64) {
	best := 0
	for c := range o {
		if o[c] > o[best] {
			best = c
		}
	}
	return casus.EventTypes()[best], o[best]
}

// Taking returns the opinion with one type taken for another: what speaks for
// an act speaks for its being promised where the words say that it is to come.
func (o Opinion) Taking(act, as casus.EventType) Opinion {
	from, to := slices.Index(casus.EventTypes(), act), slices.Index(casus.EventTypes(), as)
	if from >= 0 && to >= 0 && from != to {
		o[to] += o[from]
		o[from] = 0
	}
	return o
}

// Given returns the opinion after a witness who is right in a share of cases
// has said that the type is t.
func (o Opinion) Given(t casus.EventType, share float64) Opinion {
	sum := 0.0
	for c, known := range casus.EventTypes() {
		if known == t {
			o[c] *= share
		} else {
			o[c] *= (1 - share) / (classes - 1)
		}
		sum += o[c]
	}
	for c := range o {
		o[c] /= sum
	}
	return o
}

// Unsure is the confidence of somebody who knows nothing.
const Unsure = 1.0 / classes

// Judge tells how likely each type is for an event with these features (see Features).
func (m *Model) Judge(features []string) Opinion {
	var scores [classes]float64
	if len(m.rows) > 0 {
		var sum [classes]int32
		for _, f := range features {
			r := &m.rows[hash(f)]
			for c, w := range r {
				sum[c] += int32(w)
			}
		}
		size := norm(len(features))
		for c, s := range sum {
			scores[c] = float64(s) * float64(m.scale) * size
		}
	}
	return softmax(scores)
}

// norm is the value of each of n features: long sentences count no more than short ones.
func norm(n int) float64 { return 1 / math.Sqrt(float64(max(n, 1))) }

func hash(feature string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(feature))
	s := h.Sum32()
	return (s ^ s>>rowBits) & rowMask
}

// softmax turns scores into probabilities.
func softmax(scores [classes]float64) Opinion {
	top := scores[0]
	for _, s := range scores {
		top = max(top, s)
	}
	sum := 0.0
	for c, s := range scores {
		scores[c] = math.Exp(s - top)
		sum += scores[c]
	}
	for c := range scores {
		scores[c] /= sum
	}
	return Opinion(scores)
}
