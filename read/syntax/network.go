package syntax

import (
	"math"

	"casus/read/syntax/matrix"
)

// sizes are the dimensions of a network; all but the last three are multiples
// of matrix.Width.
type sizes struct {
	Word   int // of a word's vector
	Affix  int // of the sum of its affixes' vectors
	Hidden int // of an LSTM in one direction
	Layers int
	Arc    int // of the spaces in which heads and dependents meet
	Label  int
	Tags   int // how many UPOS tags, features and relations there are to choose from
	Feats  int
	Labels int
}

// network is a sentence encoder of stacked bidirectional LSTMs over word and
// affix vectors (Kiperwasser & Goldberg 2016), with a tagger on its first
// layer (Søgaard & Goldberg 2016) and on its last a biaffine scorer of heads
// (Dozat & Manning 2017) and a scorer of relations.
type network struct {
	sizes
	words, affixes *table
	layers         []layer
	tags, feats    *linear
	arcDep         *linear
	arcHead        *linear
	arcs           *linear // dependent space to head space: the biaffine matrix, its bias how likely a head is whoever asks
	arcRoot        *dense  // the root as a head
	labelDep       *linear
	labelHead      *linear
	labelRoot      *dense
	labels         *linear
}

// layer is an LSTM for each direction over the same input.
type layer struct{ forward, backward *lstm }

// newNetwork makes a network of the given sizes, all zero.
func newNetwork(s sizes, words, affixes int) *network {
	net := &network{
		sizes: s, words: newTable(words, s.Word), affixes: newTable(affixes, s.Affix),
		tags: newLinear(2*s.Hidden, s.Tags), feats: newLinear(2*s.Hidden, s.Feats),
		arcDep: newLinear(2*s.Hidden, s.Arc), arcHead: newLinear(2*s.Hidden, s.Arc), arcs: newLinear(s.Arc, s.Arc),
		arcRoot:  newDense(1, s.Arc),
		labelDep: newLinear(2*s.Hidden, s.Label), labelHead: newLinear(2*s.Hidden, s.Label),
		labelRoot: newDense(1, s.Label), labels: newLinear(2*s.Label, s.Labels),
	}
	in := s.Word + s.Affix
	for range s.Layers {
		net.layers = append(net.layers, layer{newLSTM(in, s.Hidden), newLSTM(in, s.Hidden)})
		in = 2 * s.Hidden
	}
	return net
}

// dense lists the network's dense parameters in the order of the model file.
func (net *network) dense() []*dense {
	var out []*dense
	for _, l := range net.layers {
		for _, d := range []*lstm{l.forward, l.backward} {
			out = append(out, d.input.weights, d.input.bias, d.recurrent)
		}
	}
	for _, l := range []*linear{net.tags, net.feats, net.arcDep, net.arcHead, net.arcs, net.labelDep, net.labelHead, net.labels} {
		out = append(out, l.weights, l.bias)
	}
	return append(out, net.arcRoot, net.labelRoot)
}

// prepare lays the weights out for multiplication, after they changed.
func (net *network) prepare() {
	for _, d := range net.dense() {
		d.panels.Set(d.w, d.rows, d.cols, d.cols, 1)
	}
}

// table is a matrix of vectors, one a row, that are looked up. Training works
// on w; a shipped model has quantised rows instead, q times scale.
type table struct {
	rows, cols int
	w          []float32
	q          []int8
	scale      []float32
}

func newTable(rows, cols int) *table { return &table{rows: rows, cols: cols} }

// addTo adds a row to out.
func (t *table) addTo(out []float32, row int32) {
	from, to := int(row)*t.cols, int(row+1)*t.cols
	if t.q == nil {
		for i, v := range t.w[from:to] {
			out[i] += v
		}
		return
	}
	scale := t.scale[row]
	for i, v := range t.q[from:to] {
		out[i] += scale * float32(v)
	}
}

// dense is a matrix of weights, its columns padded for multiplication.
type dense struct {
	rows, cols int
	w          []float32
	panels     matrix.Panels
	training   *gradient // nil outside training
}

func newDense(rows, cols int) *dense {
	cols = matrix.Pad(cols)
	return &dense{rows: rows, cols: cols, w: make([]float32, rows*cols)}
}

// linear is a matrix and a bias.
type linear struct{ weights, bias *dense }

func newLinear(in, out int) *linear { return &linear{newDense(in, out), newDense(1, out)} }

// apply returns x·W + b for n rows of x.
func (l *linear) apply(ws *workspace, x []float32, n int) []float32 {
	cols := l.weights.cols
	y := ws.take(n * cols)
	for i := range n {
		copy(y[i*cols:], l.bias.w)
	}
	l.weights.panels.MulAdd(y, cols, x, n, l.weights.rows, 1)
	return y
}

// lstm is a long short-term memory that reads one way. Its gates stand in the
// order input, forget, candidate, output.
type lstm struct {
	hidden    int
	input     *linear
	recurrent *dense
}

func newLSTM(in, hidden int) *lstm {
	return &lstm{hidden, newLinear(in, 4*hidden), newDense(hidden, 4*hidden)}
}

// lstmPass is what an LSTM computed: a row for each step of each sentence.
type lstmPass struct {
	x      []float32 // its input
	gates  []float32
	cells  []float32
	curved []float32 // tanh of the cells
	before []float32 // the output of the step before, as the gates saw it
	out    []float32
	keep   []float32 // dropout of before, a row for each sentence; nil for none
}

// run reads x, whose row t*n+s is step t of sentence s of n.
func (l *lstm) run(ws *workspace, x []float32, n, steps int, keep []float32) *lstmPass {
	h := l.hidden
	p := &lstmPass{
		x: x, keep: keep, gates: l.input.apply(ws, x, n*steps), cells: ws.take(n * steps * h),
		curved: ws.take(n * steps * h), before: ws.take(n * steps * h), out: ws.take(n * steps * h),
	}
	for t := range steps {
		at, size := t*n*h, n*h
		gates := p.gates[4*at : 4*(at+size)]
		var last []float32
		if t > 0 {
			before := p.before[at : at+size]
			copy(before, p.out[at-size:at])
			for i, k := range keep {
				before[i] *= k
			}
			l.recurrent.panels.MulAdd(gates, 4*h, before, n, h, 1)
			last = p.cells[at-size : at]
		}
		for s := range n {
			row := at + s*h
			var lastCell []float32
			if last != nil {
				lastCell = last[s*h : s*h+h]
			}
			step(gates[s*4*h:s*4*h+4*h], lastCell, p.cells[row:row+h], p.curved[row:row+h], p.out[row:row+h])
		}
	}
	return p
}

// step squashes the gates in place and computes cell and output of one word.
func step(gates, last, cell, curved, out []float32) {
	h := len(cell)
	squash(gates, h)
	in, forget, candidate, output := gates[:h], gates[h:2*h], gates[2*h:3*h], gates[3*h:4*h]
	for i := range cell {
		c := in[i] * candidate[i]
		if last != nil {
			c += forget[i] * last[i]
		}
		cell[i], curved[i] = c, c
	}
	matrix.Tanh(curved)
	for i, c := range curved {
		out[i] = output[i] * c
	}
}

// squash turns the candidate to its tanh and the other gates to their logistic
// function, which is tanh too, of half the number, moved to between 0 and 1.
func squash(gates []float32, h int) {
	halve(gates[:2*h])
	halve(gates[3*h:])
	matrix.Tanh(gates)
	lift(gates[:2*h])
	lift(gates[3*h:])
}

func halve(x []float32) {
	for i := range x {
		x[i] *= 0.5
	}
}

func lift(x []float32) {
	for i, v := range x {
		x[i] = 0.5 + 0.5*v
	}
}

// leak is how much of a negative number the leaky rectifier lets through.
const leak = 0.1

func rectify(x []float32) []float32 {
	for i, v := range x {
		if v < 0 {
			x[i] = leak * v
		}
	}
	return x
}

// workspace hands out zeroed slices of one analysis and takes them back together.
type workspace struct {
	chunk []float32
	used  int
}

const chunkSize = 1 << 18

func (w *workspace) take(n int) []float32 {
	if w.used+n > len(w.chunk) {
		w.chunk = make([]float32, max(n, 2*len(w.chunk), chunkSize))
		w.used = 0
	}
	out := w.chunk[w.used : w.used+n : w.used+n]
	w.used += n
	clear(out)
	return out
}

func (w *workspace) reset() { w.used = 0 }

// batch is a few sentences that are analysed together. Row t*n+s of a matrix
// is word t of sentence s.
type batch struct {
	words  [][]wordRows
	length []int
	steps  int // the longest length
}

func newBatch(words ...[]wordRows) batch {
	b := batch{words: words}
	for _, s := range words {
		b.length = append(b.length, len(s))
		b.steps = max(b.steps, len(s))
	}
	return b
}

func (b batch) rows() int { return b.steps * len(b.words) }

// reversed copies the rows of x with each sentence back to front.
func (b batch) reversed(ws *workspace, x []float32, cols int) []float32 {
	n := len(b.words)
	out := ws.take(b.rows() * cols)
	for s, length := range b.length {
		for t := range length {
			from := ((length-1-t)*n + s) * cols
			copy(out[(t*n+s)*cols:], x[from:from+cols])
		}
	}
	return out
}

// encoding is what the encoder and the taggers computed for a batch.
type encoding struct {
	words             [][]int32 // the row of each word that was looked up
	layers            []layerPass
	tagInput, tagKeep []float32 // output of the first layer and its dropout
	tags, feats       []float32 // scores
	out, outKeep      []float32 // output of the last layer and its dropout
}

type layerPass struct {
	keep              []float32 // dropout of the input, a row for each sentence
	forward, backward *lstmPass
}

// encode runs the encoder and the taggers; drop is nil outside training.
func (net *network) encode(ws *workspace, b batch, drop *dropout) *encoding {
	e := &encoding{}
	x, cols := net.embed(ws, b, e, drop), net.Word+net.Affix
	for i, l := range net.layers {
		p := layerPass{keep: drop.sentences(ws, b, x, cols)}
		p.forward = l.forward.run(ws, x, len(b.words), b.steps, drop.recurrent(ws, len(b.words)*net.Hidden))
		p.backward = l.backward.run(ws, b.reversed(ws, x, cols), len(b.words), b.steps, drop.recurrent(ws, len(b.words)*net.Hidden))
		e.layers = append(e.layers, p)
		x, cols = net.join(ws, b, p), 2*net.Hidden
		if i == 0 {
			e.tagInput = append(ws.take(len(x))[:0], x...) //nolint:gocritic // a copy in the work space
			e.tagKeep = drop.sentences(ws, b, e.tagInput, cols)
			e.tags = net.tags.apply(ws, e.tagInput, b.rows())
			e.feats = net.feats.apply(ws, e.tagInput, b.rows())
		}
	}
	e.out, e.outKeep = x, drop.sentences(ws, b, x, cols)
	return e
}

// embed looks the words up.
func (net *network) embed(ws *workspace, b batch, e *encoding, drop *dropout) []float32 {
	n, cols := len(b.words), net.Word+net.Affix
	x := ws.take(b.rows() * cols)
	for s, words := range b.words {
		used := make([]int32, len(words))
		for t, w := range words {
			used[t] = drop.word(w.word)
			row := x[(t*n+s)*cols : (t*n+s+1)*cols]
			net.words.addTo(row[:net.Word], used[t])
			for _, a := range w.affixes {
				net.affixes.addTo(row[net.Word:], a)
			}
		}
		e.words = append(e.words, used)
	}
	return x
}

// join sets the two directions' outputs side by side.
func (net *network) join(ws *workspace, b batch, p layerPass) []float32 {
	n, h := len(b.words), net.Hidden
	out := ws.take(b.rows() * 2 * h)
	for s, length := range b.length {
		for t := range length {
			row, mirror := (t*n+s)*h, ((length-1-t)*n+s)*h
			copy(out[2*row:], p.forward.out[row:row+h])
			copy(out[2*row+h:], p.backward.out[mirror:mirror+h])
		}
	}
	return out
}

// spaces are the encoder's words as dependents and as heads.
type spaces struct {
	arcDep, arcHead, asked []float32 // asked is arcDep through the biaffine matrix
	labelDep, labelHead    []float32
	arcDepKeep             []float32 // dropout
	arcHeadKeep            []float32
}

func (net *network) project(ws *workspace, e *encoding, rows int, drop *dropout) *spaces {
	sp := &spaces{
		arcDep: rectify(net.arcDep.apply(ws, e.out, rows)), arcHead: rectify(net.arcHead.apply(ws, e.out, rows)),
		labelDep: net.labelDep.apply(ws, e.out, rows), labelHead: net.labelHead.apply(ws, e.out, rows),
	}
	sp.arcDepKeep, sp.arcHeadKeep = drop.units(ws, sp.arcDep), drop.units(ws, sp.arcHead)
	sp.asked = net.arcs.apply(ws, sp.arcDep, rows)
	return sp
}

// heads gathers sentence s of n in head space: the root first, then its words.
func (net *network) heads(ws *workspace, head []float32, s, n, length int) []float32 {
	a := net.Arc
	out := ws.take((length + 1) * a)
	copy(out, net.arcRoot.w)
	for t := range length {
		copy(out[(t+1)*a:], head[(t*n+s)*a:(t*n+s+1)*a])
	}
	return out
}

// arcScores scores every head of every word of a sentence of a batch of n:
// element i*stride+j is for head j, 0 the root and j the word j-1, of word i.
func (net *network) arcScores(ws *workspace, sp *spaces, heads []float32, s, n, length int) (scores []float32, stride int) {
	a := net.Arc
	stride = matrix.Pad(length + 1)
	scores = ws.take(length * stride)
	var panels matrix.Panels
	panels.Set(heads, a, length+1, 1, a)
	panels.MulAdd(scores, stride, sp.asked[s*a:], length, n*a, 1)
	for i := range length {
		scores[i*stride+i+1] = float32(math.Inf(-1))
	}
	return scores, stride
}

// labelHidden computes the hidden layer of the relation scorer for one word and
// its head: their rectified sum, and their product.
func (net *network) labelHidden(out, dep, head []float32) {
	sum, product := out[:len(dep)], out[len(dep):]
	for i, d := range dep {
		sum[i], product[i] = d+head[i], d*head[i]
	}
	rectify(sum)
}
