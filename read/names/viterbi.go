package names

// lattice is the scratch space of decoding.
type lattice struct {
	scores []float32 // by word and tag: of the best path there
	from   []tag     // by word and tag: its tag before
}

// decode returns the best tags of a sentence (Viterbi 1967), given each word's
// score for each tag and that of each tag after another.
func (v *lattice) decode(local [][tags]float32, transitions *[tags][tags]float32) []tag {
	n := len(local)
	if n == 0 {
		return nil
	}
	if len(v.scores) < n*tags {
		v.scores, v.from = make([]float32, n*tags), make([]tag, n*tags)
	}
	for i := range n {
		for t := range tag(tags) {
			v.step(&local[i], transitions, i, t)
		}
	}
	best := outside
	last := v.scores[(n-1)*tags : n*tags]
	for t := range tag(tags) {
		if last[t] > last[best] {
			best = t
		}
	}
	out := make([]tag, n)
	for i := n - 1; i >= 0; i-- {
		out[i] = best
		best = v.from[i*tags+int(best)]
	}
	return out
}

const never = float32(-1e30)

// step finds the best path to tag t of word i.
func (v *lattice) step(local *[tags]float32, transitions *[tags][tags]float32, i int, t tag) {
	at := i*tags + int(t)
	if i == 0 {
		v.scores[at] = local[t]
		if t.inside() {
			v.scores[at] = never
		}
		return
	}
	best, from := never, outside
	for before := range tag(tags) {
		if !t.follows(before) {
			continue
		}
		if s := v.scores[(i-1)*tags+int(before)] + transitions[before][t]; s > best {
			best, from = s, before
		}
	}
	v.scores[at], v.from[at] = best+local[t], from
}
