package syntax

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// Options say how to train. The zero value of a field takes its default.
type Options struct {
	Epochs        int
	Seed          uint64
	JoinParticles bool // lemmas take in the verb's particle: Dutch "namen … in" is innemen
	// WithoutFeats are further sentences, whose features follow another
	// convention: everything but these is learned from them.
	WithoutFeats []Entry
	// Domain is the one that parsed texts are taken to be of: the part before
	// "/" of the treebank's "# source" comments, such as "cdb" for Alpino's newspaper.
	Domain string
	// AfterEpoch is called with the model as it stands; it may parse with it.
	AfterEpoch func(epoch int, m *Model)
	sizes      sizes
	batch      int // words in a batch
}

const (
	defaultEpochs = 30
	batchWords    = 600 // in a batch, padding included
	longestTrain  = 100 // words; longer sentences are few and are left out
	learningRate  = 2e-3
	warmupSteps   = 200
	clipNorm      = 5
)

// example is a sentence made ready for training.
type example struct {
	words  []wordRows
	answer answers
}

// Train learns a model from treebank sentences. The same entries and options
// give the same model, bit for bit, on processors of one kind. Progress gets a
// line for each epoch.
func Train(ctx context.Context, entries []Entry, o Options, progress func(line string)) (*Model, error) {
	withFeats := len(entries)
	entries = append(entries[:withFeats:withFeats], o.WithoutFeats...)
	if withFeats == 0 {
		return nil, errors.New("syntax model: no sentences to learn from")
	}
	rng := rand.New(rand.NewPCG(o.Seed, 0x9E3779B97F4A7C15))
	m, counts := newModel(entries, withFeats, o)
	m.net.initialise(rng)
	m.lemmas = learnLemmas(entries, o.JoinParticles)
	examples := m.examples(entries, withFeats)
	epochs := cmp.Or(o.Epochs, defaultEpochs)
	t := newTrainer(m.net, counts, rng)
	size := cmp.Or(o.batch, batchWords)
	batches := len(batchUp(examples, size, rng))
	for epoch := range epochs {
		var sum losses
		for i, chosen := range batchUp(examples, size, rng) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			t.rate = schedule(float64(epoch)+float64(i)/float64(batches), float64(epochs), t.steps)
			sum.add(t.step(examples, chosen))
		}
		m.net.prepare()
		progress(sum.line(epoch + 1))
		if o.AfterEpoch != nil {
			o.AfterEpoch(epoch+1, m)
		}
	}
	m.net.quantise()
	m.net.endTraining()
	return m, nil
}

// schedule is the learning rate: a short warm-up, then half a cosine down to nothing.
func schedule(epoch, epochs float64, steps int) float64 {
	rate := learningRate * 0.5 * (1 + math.Cos(math.Pi*min(1, epoch/epochs)))
	return rate * min(1, float64(steps+1)/warmupSteps)
}

// batchUp parts the examples into batches of like length and about size words, in random order.
func batchUp(examples []example, size int, rng *rand.Rand) [][]int {
	order := rng.Perm(len(examples))
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(examples[a].words), len(examples[b].words)) })
	var out [][]int
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && (to-from+1)*len(examples[order[to]].words) <= size {
			to++
		}
		out = append(out, order[from:to])
		from = to
	}
	rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// initialise draws the first weights.
func (net *network) initialise(rng *rand.Rand) {
	for _, d := range net.dense() {
		if d.rows == 1 {
			continue
		}
		limit := float32(math.Sqrt(6 / float64(d.rows+d.cols)))
		draw(d.w, limit, rng)
	}
	draw(net.arcRoot.w, 0.1, rng)
	draw(net.labelRoot.w, 0.1, rng)
	for _, l := range net.layers {
		for _, d := range []*lstm{l.forward, l.backward} {
			for i := range d.hidden {
				d.input.bias.w[d.hidden+i] = 1 // remember at first (Jozefowicz et al. 2015)
			}
		}
	}
	net.words.w, net.affixes.w = make([]float32, net.words.rows*net.words.cols), make([]float32, net.affixes.rows*net.affixes.cols)
	draw(net.words.w, 0.15, rng)
	draw(net.affixes.w, 0.05, rng)
}

func draw(w []float32, limit float32, rng *rand.Rand) {
	for i := range w {
		w[i] = (2*rng.Float32() - 1) * limit
	}
}

// endTraining lets go of what only training needs.
func (net *network) endTraining() {
	for _, d := range net.dense() {
		d.training = nil
	}
}

// newModel counts words, affixes and classes, and makes a model of that size.
// The counts are those of the word rows. Features are those of the first entries only.
func newModel(entries []Entry, withFeats int, o Options) (*Model, []int) {
	m := &Model{joinParticles: o.JoinParticles, domain: o.Domain}
	seen := map[string]int{}
	var order []string
	tags, feats, labels := classes{}, classes{}, classes{}
	for n, e := range entries {
		for i, w := range e.Tree.Words {
			form := normal(w.Form)
			if i == 0 {
				form = "^" + form
			}
			if seen[form]++; seen[form] == 1 {
				order = append(order, form)
			}
			tags.add(w.UPOS)
			labels.add(w.Deprel)
			if n < withFeats {
				feats.add(w.UPOS + featsMark + w.Feats)
			}
		}
	}
	m.tags, m.feats, m.labels = tags.names, feats.names, labels.names
	counts := m.vocabulary.build(order, seen)
	m.vocabulary.addDomains(entries)
	s := o.sizes
	if s.Layers == 0 {
		s = sizes{Word: 96, Affix: 96, Hidden: 128, Layers: 2, Arc: 128, Label: 128}
	}
	s.Tags, s.Feats, s.Labels = len(m.tags), len(m.feats), len(m.labels)
	m.net = newNetwork(s, len(m.words)+1, len(m.affixes)+1)
	m.index()
	return m, counts
}

// classes numbers names in order of appearance.
type classes struct {
	names []string
	ids   map[string]int32
}

func (c *classes) add(name string) {
	if c.ids == nil {
		c.ids = map[string]int32{}
	}
	if _, ok := c.ids[name]; !ok {
		c.ids[name] = int32(len(c.names))
		c.names = append(c.names, name)
	}
}

func numbered(names []string) map[string]int32 {
	var c classes
	for _, n := range names {
		c.add(n)
	}
	return c.ids
}

// examples makes the entries ready.
func (m *Model) examples(entries []Entry, withFeats int) []example {
	tags, feats, labels := numbered(m.tags), numbered(m.feats), numbered(m.labels)
	var out []example
	for i, e := range entries {
		if n := len(e.Tree.Words); n == 0 || n > longestTrain {
			continue
		}
		plain := i >= withFeats
		var x example
		forms := make([]string, len(e.Tree.Words))
		for i, w := range e.Tree.Words {
			forms[i] = normal(w.Form)
			x.answer.tags = append(x.answer.tags, tags[w.UPOS])
			f := feats[w.UPOS+featsMark+w.Feats]
			if plain {
				f = -1
			}
			x.answer.feats = append(x.answer.feats, f)
			x.answer.labels = append(x.answer.labels, labels[w.Deprel])
			x.answer.heads = append(x.answer.heads, int32(w.Head+1))
		}
		x.words = m.lookup(forms, e.domain())
		out = append(out, x)
	}
	return out
}

func (l *losses) add(o losses) {
	l.words += o.words
	l.arcs += o.arcs
	l.labels += o.labels
	l.tags += o.tags
	l.feats += o.feats
}

// line tells of an epoch: its mean losses by word.
func (l losses) line(epoch int) string {
	n := float64(max(l.words, 1))
	return fmt.Sprintf("epoch %d: losses by word: heads %.3f, relations %.3f, tags %.3f, features %.3f",
		epoch, l.arcs/n, l.labels/n, l.tags/n, l.feats/n)
}
