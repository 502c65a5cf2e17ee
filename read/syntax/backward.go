package syntax

import (
	"math"

	"casus/read/syntax/matrix"
)

// gradient is what training keeps beside a matrix of weights.
type gradient struct {
	g, m, v    []float32 // the gradient and Adam's two moments
	transposed matrix.Panels
}

// startTraining gives every dense parameter its gradient.
func (net *network) startTraining() {
	for _, d := range net.dense() {
		n := len(d.w)
		d.training = &gradient{g: make([]float32, n), m: make([]float32, n), v: make([]float32, n)}
	}
}

// prepareBackward lays the weights out for both directions.
func (net *network) prepareBackward() {
	net.prepare()
	for _, d := range net.dense() {
		if d.rows > 1 {
			d.training.transposed.Set(d.w, d.cols, d.rows, 1, d.cols)
		}
	}
}

// addProduct adds xᵀ·dy to d's gradient.
func (d *dense) addProduct(x, dy []float32, n int) {
	var panels matrix.Panels
	panels.Set(dy, n, d.cols, d.cols, 1)
	panels.MulAdd(d.training.g, d.cols, x, d.rows, 1, d.rows)
}

// backward adds to the gradients of y = x·W + b and returns the gradient of x added to dx.
func (l *linear) backward(x, dy, dx []float32, n int) {
	l.weights.addProduct(x, dy, n)
	addRows(l.bias.training.g, dy, n)
	if dx != nil {
		l.weights.training.transposed.MulAdd(dx, l.weights.rows, dy, n, l.weights.cols, 1)
	}
}

func addRows(sum, x []float32, n int) {
	cols := len(sum)
	for i := range n {
		for j, v := range x[i*cols : (i+1)*cols] {
			sum[j] += v
		}
	}
}

// backward adds to the LSTM's gradients and returns that of its input.
func (l *lstm) backward(ws *workspace, p *lstmPass, dOut []float32, n, steps int) []float32 {
	h := l.hidden
	dGates := ws.take(n * steps * 4 * h)
	dBefore, dCell := ws.take(n*h), ws.take(n*h)
	zero := ws.take(h)
	for t := steps - 1; t >= 0; t-- {
		at := t * n * h
		for s := range n {
			row := at + s*h
			last := zero
			if t > 0 {
				last = p.cells[row-n*h : row-n*h+h]
			}
			stepBack(p.gates[4*row:4*row+4*h], p.curved[row:row+h], last, dOut[row:row+h], dBefore[s*h:s*h+h], dCell[s*h:s*h+h], dGates[4*row:4*row+4*h])
		}
		clear(dBefore)
		if t > 0 {
			l.recurrent.training.transposed.MulAdd(dBefore, h, dGates[4*at:], n, 4*h, 1)
			for i, k := range p.keep {
				dBefore[i] *= k
			}
		}
	}
	l.recurrent.addProduct(p.before, dGates, n*steps)
	dx := ws.take(n * steps * l.input.weights.rows)
	l.input.backward(p.x, dGates, dx, n*steps)
	return dx
}

// stepBack goes back through one word; dCell becomes the gradient of the cell before.
func stepBack(gates, curved, last, dOut, dBefore, dCell, dGates []float32) {
	h := len(curved)
	for i := range h {
		in, forget, candidate, output := gates[i], gates[h+i], gates[2*h+i], gates[3*h+i]
		d := dOut[i] + dBefore[i]
		dc := dCell[i] + d*output*(1-curved[i]*curved[i])
		dGates[i] = dc * candidate * in * (1 - in)
		dGates[h+i] = dc * last[i] * forget * (1 - forget)
		dGates[2*h+i] = dc * in * (1 - candidate*candidate)
		dGates[3*h+i] = d * curved[i] * output * (1 - output)
		dCell[i] = dc * forget
	}
}

// softmaxLoss returns -log p(gold) and overwrites scores with the loss's gradient times weight.
func softmaxLoss(scores []float32, gold int, weight float32) float64 {
	top := scores[0]
	for _, v := range scores {
		top = max(top, v)
	}
	var sum float64
	for i, v := range scores {
		e := math.Exp(float64(v - top))
		scores[i] = float32(e)
		sum += e
	}
	p := float64(scores[gold]) / sum
	for i := range scores {
		scores[i] *= weight / float32(sum)
	}
	scores[gold] -= weight
	return -math.Log(max(p, 1e-30))
}

// answers are what the treebank says of a sentence; -1 is "does not say".
type answers struct {
	tags, feats, labels []int32
	heads               []int32 // 0 the root, else the word's place plus one
}

// losses sums the losses of a batch over its words.
type losses struct {
	words                     int
	arcs, labels, tags, feats float64
}

// lesson is one batch on its way back through the network.
type lesson struct {
	net    *network
	ws     *workspace
	batch  batch
	gold   []answers
	drop   *dropout
	enc    *encoding
	spaces *spaces
	weight float32   // of a word in the loss
	dOut   []float32 // the gradient of the encoder's output
	dTag   []float32 // and of what the taggers see
	sum    losses
}

// learn adds the gradients of a batch to the network's and returns its losses.
// rows collects the gradients of looked-up vectors.
func (net *network) learn(ws *workspace, b batch, gold []answers, drop *dropout, rows *rowGradients) losses {
	l := &lesson{net: net, ws: ws, batch: b, gold: gold, drop: drop}
	l.enc = net.encode(ws, b, drop)
	l.spaces = net.project(ws, l.enc, b.rows(), drop)
	for _, n := range b.length {
		l.sum.words += n
	}
	l.weight = 1 / float32(l.sum.words)
	l.dOut, l.dTag = ws.take(len(l.enc.out)), ws.take(len(l.enc.tagInput))
	l.arcs()
	l.labels()
	l.sum.tags = l.tagger(net.tags, net.Tags, l.enc.tags, func(a answers) []int32 { return a.tags })
	l.sum.feats = l.tagger(net.feats, net.Feats, l.enc.feats, func(a answers) []int32 { return a.feats })
	applySentences(b, l.dOut, l.enc.outKeep, 2*net.Hidden)
	applySentences(b, l.dTag, l.enc.tagKeep, 2*net.Hidden)
	l.rows(l.layers(), rows)
	return l.sum
}

// tagger goes back through a tagger on the first layer.
func (l *lesson) tagger(of *linear, classes int, scores []float32, gold func(answers) []int32) (loss float64) {
	n, cols := len(l.batch.words), of.weights.cols
	d := l.ws.take(len(scores))
	for s, length := range l.batch.length {
		for t := range length {
			answer := gold(l.gold[s])[t]
			if answer < 0 {
				continue
			}
			row := d[(t*n+s)*cols : (t*n+s)*cols+classes]
			copy(row, scores[(t*n+s)*cols:])
			loss += softmaxLoss(row, int(answer), l.weight)
		}
	}
	of.backward(l.enc.tagInput, d, l.dTag, l.batch.rows())
	return loss
}

// arcs goes back through the scorer of heads.
func (l *lesson) arcs() {
	net, sp, rows := l.net, l.spaces, l.batch.rows()
	dAsked, dHead, dDep := l.ws.take(len(sp.asked)), l.ws.take(len(sp.arcHead)), l.ws.take(len(sp.arcDep))
	for s := range l.batch.words {
		l.sentenceArcs(s, dAsked, dHead)
	}
	net.arcs.backward(sp.arcDep, dAsked, dDep, rows)
	rectifyBack(dDep, sp.arcDep, sp.arcDepKeep)
	rectifyBack(dHead, sp.arcHead, sp.arcHeadKeep)
	net.arcDep.backward(l.enc.out, dDep, l.dOut, rows)
	net.arcHead.backward(l.enc.out, dHead, l.dOut, rows)
}

// sentenceArcs does so for sentence s down to the two spaces.
func (l *lesson) sentenceArcs(s int, dAsked, dHead []float32) {
	net, ws, n, a, length := l.net, l.ws, len(l.batch.words), l.net.Arc, l.batch.length[s]
	heads := net.heads(ws, l.spaces.arcHead, s, n, length)
	scores, stride := net.arcScores(ws, l.spaces, heads, s, n, length)
	for i := range length {
		row := scores[i*stride : (i+1)*stride]
		l.sum.arcs += softmaxLoss(row[:length+1], int(l.gold[s].heads[i]), l.weight)
		clear(row[length+1:])
	}
	var panels matrix.Panels
	panels.Set(heads, length+1, a, a, 1)
	panels.MulAdd(dAsked[s*a:], n*a, scores, length, stride, 1)
	asked := ws.take(length * a)
	for t := range length {
		copy(asked[t*a:], l.spaces.asked[(t*n+s)*a:(t*n+s+1)*a])
	}
	d := ws.take((length + 1) * a)
	panels.Set(asked, length, a, a, 1)
	panels.MulAdd(d, a, scores, length+1, 1, stride)
	add(net.arcRoot.training.g, d[:a])
	for t := range length {
		copy(dHead[(t*n+s)*a:], d[(t+1)*a:(t+2)*a])
	}
}

// rectifyBack turns the gradient of y, rectified and dropped out, into that of what was rectified.
func rectifyBack(d, y, keep []float32) {
	for i := range d {
		if keep != nil {
			d[i] *= keep[i]
		}
		if y[i] < 0 {
			d[i] *= leak
		}
	}
}

func add(y, x []float32) {
	for i, v := range x {
		y[i] += v
	}
}

// pair is a word and its head in the relation scorer's space, with their gradients.
type pair struct {
	dep, head, dDep, dHead []float32
	label                  int // the right relation
}

// pairs lists the words with their right heads.
func (l *lesson) pairs(dDep, dHead []float32) []pair {
	n, r := len(l.batch.words), l.net.Label
	var out []pair
	for s, length := range l.batch.length {
		for t := range length {
			at := (t*n + s) * r
			p := pair{l.spaces.labelDep[at : at+r], l.net.labelRoot.w, dDep[at : at+r], l.net.labelRoot.training.g, int(l.gold[s].labels[t])}
			if head := int(l.gold[s].heads[t]); head > 0 {
				at = ((head-1)*n + s) * r
				p.head, p.dHead = l.spaces.labelHead[at:at+r], dHead[at:at+r]
			}
			out = append(out, p)
		}
	}
	return out
}

// labels goes back through the scorer of relations, at the right heads.
func (l *lesson) labels() {
	net, r := l.net, l.net.Label
	dDep, dHead := l.ws.take(len(l.spaces.labelDep)), l.ws.take(len(l.spaces.labelHead))
	pairs := l.pairs(dDep, dHead)
	hidden := l.ws.take(len(pairs) * 2 * r)
	for i, p := range pairs {
		net.labelHidden(hidden[i*2*r:(i+1)*2*r], p.dep, p.head)
	}
	keep := l.drop.units(l.ws, hidden)
	scores, cols := net.labels.apply(l.ws, hidden, len(pairs)), net.labels.weights.cols
	for i, p := range pairs {
		row := scores[i*cols : (i+1)*cols]
		l.sum.labels += softmaxLoss(row[:net.Labels], p.label, l.weight)
		clear(row[net.Labels:])
	}
	d := l.ws.take(len(hidden))
	net.labels.backward(hidden, scores, d, len(pairs))
	for i, k := range keep {
		d[i] *= k
	}
	for i, p := range pairs {
		sum, product := d[i*2*r:i*2*r+r], d[i*2*r+r:(i+1)*2*r]
		for j := range r {
			if p.dep[j]+p.head[j] < 0 {
				sum[j] *= leak
			}
			p.dDep[j] += sum[j] + product[j]*p.head[j]
			p.dHead[j] += sum[j] + product[j]*p.dep[j]
		}
	}
	net.labelDep.backward(l.enc.out, dDep, l.dOut, l.batch.rows())
	net.labelHead.backward(l.enc.out, dHead, l.dOut, l.batch.rows())
}

// layers goes back through the encoder and returns the gradient of its input.
func (l *lesson) layers() []float32 {
	net, b, n, h := l.net, l.batch, len(l.batch.words), l.net.Hidden
	d := l.dOut
	for i := len(net.layers) - 1; i >= 0; i-- {
		if i == 0 {
			add(d, l.dTag)
		}
		layer, p := net.layers[i], l.enc.layers[i]
		dForward, dBackward := l.ws.take(b.rows()*h), l.ws.take(b.rows()*h)
		for s, length := range b.length {
			for t := range length {
				row, mirror := (t*n+s)*h, ((length-1-t)*n+s)*h
				copy(dForward[row:row+h], d[2*row:])
				copy(dBackward[mirror:mirror+h], d[2*row+h:])
			}
		}
		dx := layer.forward.backward(l.ws, p.forward, dForward, n, b.steps)
		cols := len(dx) / b.rows()
		add(dx, b.reversed(l.ws, layer.backward.backward(l.ws, p.backward, dBackward, n, b.steps), cols))
		applySentences(b, dx, p.keep, cols)
		d = dx
	}
	return d
}

// rows hands the gradient of the encoder's input to the vectors that were looked up.
func (l *lesson) rows(d []float32, rows *rowGradients) {
	n, word, cols := len(l.batch.words), l.net.Word, l.net.Word+l.net.Affix
	for s, words := range l.batch.words {
		for t, w := range words {
			row := d[(t*n+s)*cols : (t*n+s+1)*cols]
			rows.words.add(l.enc.words[s][t], row[:word])
			for _, a := range w.affixes {
				rows.affixes.add(a, row[word:])
			}
		}
	}
}
