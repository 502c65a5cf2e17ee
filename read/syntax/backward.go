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

// learn adds the gradients of a batch to the network's and returns its losses.
// rows collects the gradients of looked-up vectors.
func (net *network) learn(ws *workspace, b batch, gold []answers, drop *dropout, rows *rowGradients) losses {
	e := net.encode(ws, b, drop)
	sp := net.project(ws, e, b.rows(), drop)
	var sum losses
	for _, n := range b.length {
		sum.words += n
	}
	weight := 1 / float32(sum.words)
	dOut := ws.take(len(e.out))
	net.learnArcs(ws, b, gold, sp, e, dOut, weight, &sum)
	net.learnLabels(ws, b, gold, drop, sp, e, dOut, weight, &sum)
	dTag := ws.take(len(e.tagInput))
	sum.tags = net.learnTags(ws, b, net.tags, net.Tags, e.tags, e.tagInput, dTag, weight, func(s int) []int32 { return gold[s].tags })
	sum.feats = net.learnTags(ws, b, net.feats, net.Feats, e.feats, e.tagInput, dTag, weight, func(s int) []int32 { return gold[s].feats })
	applySentences(b, dOut, e.outKeep, 2*net.Hidden)
	applySentences(b, dTag, e.tagKeep, 2*net.Hidden)
	net.learnLayers(ws, b, e, dOut, dTag, rows)
	return sum
}

// learnTags goes back through a tagger on the first layer.
func (net *network) learnTags(ws *workspace, b batch, l *linear, classes int, scores, x, dx []float32, weight float32, gold func(s int) []int32) (loss float64) {
	n, cols := len(b.words), l.weights.cols
	d := ws.take(len(scores))
	for s, length := range b.length {
		for t := range length {
			answer := gold(s)[t]
			if answer < 0 {
				continue
			}
			row := d[(t*n+s)*cols : (t*n+s)*cols+classes]
			copy(row, scores[(t*n+s)*cols:])
			loss += softmaxLoss(row, int(answer), weight)
		}
	}
	l.backward(x, d, dx, b.rows())
	return loss
}

// learnArcs goes back through the scorer of heads.
func (net *network) learnArcs(ws *workspace, b batch, gold []answers, sp *spaces, e *encoding, dOut []float32, weight float32, sum *losses) {
	n, a := len(b.words), net.Arc
	dAsked, dHead := ws.take(len(sp.asked)), ws.take(len(sp.arcHead))
	var panels matrix.Panels
	for s, length := range b.length {
		heads := net.heads(ws, sp.arcHead, s, n, length)
		scores, stride := net.arcScores(ws, sp, heads, s, n, length)
		for i := range length {
			row := scores[i*stride : i*stride+length+1]
			sum.arcs += softmaxLoss(row, int(gold[s].heads[i]), weight)
			clear(scores[i*stride+length+1 : (i+1)*stride])
		}
		panels.Set(heads, length+1, a, a, 1)
		panels.MulAdd(dAsked[s*a:], n*a, scores, length, stride, 1)
		asked := ws.take(length * a)
		for t := range length {
			copy(asked[t*a:], sp.asked[(t*n+s)*a:(t*n+s+1)*a])
		}
		d := ws.take((length + 1) * a)
		panels.Set(asked, length, a, a, 1)
		panels.MulAdd(d, a, scores, length+1, 1, stride)
		axpy(net.arcRoot.training.g, 1, d[:a])
		for t := range length {
			copy(dHead[(t*n+s)*a:], d[(t+1)*a:(t+2)*a])
		}
	}
	dDep := ws.take(len(sp.arcDep))
	net.arcs.backward(sp.arcDep, dAsked, dDep, b.rows())
	rectifyBack(dDep, sp.arcDep, sp.arcDepKeep)
	rectifyBack(dHead, sp.arcHead, sp.arcHeadKeep)
	net.arcDep.backward(e.out, dDep, dOut, b.rows())
	net.arcHead.backward(e.out, dHead, dOut, b.rows())
}

// rectifyBack turns the gradient of dropped-out rectified y into that of what was rectified.
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

func axpy(y []float32, a float32, x []float32) {
	for i, v := range x {
		y[i] += a * v
	}
}

// learnLabels goes back through the scorer of relations, at the right heads.
func (net *network) learnLabels(ws *workspace, b batch, gold []answers, drop *dropout, sp *spaces, e *encoding, dOut []float32, weight float32, sum *losses) {
	n, r := len(b.words), net.Label
	hidden := ws.take(sum.words * r)
	i := 0
	eachWord := func(do func(i, s, t, dep, head int)) {
		i = 0
		for s, length := range b.length {
			for t := range length {
				do(i, s, t, (t*n+s)*r, (int(gold[s].heads[t]-1)*n+s)*r)
				i++
			}
		}
	}
	eachWord(func(i, s, t, dep, head int) {
		governor := net.labelRoot.w
		if head >= 0 {
			governor = sp.labelHead[head : head+r]
		}
		net.labelHidden(hidden[i*r:(i+1)*r], sp.labelDep[dep:dep+r], governor)
	})
	keep := drop.units(ws, hidden)
	scores, cols := net.labels.apply(ws, hidden, sum.words), net.labels.weights.cols
	eachWord(func(i, s, t, dep, head int) {
		row := scores[i*cols : (i+1)*cols]
		sum.labels += softmaxLoss(row[:net.Labels], int(gold[s].labels[t]), weight)
		clear(row[net.Labels:])
	})
	d := ws.take(len(hidden))
	net.labels.backward(hidden, scores, d, sum.words)
	rectifyBack(d, hidden, keep)
	dDep, dHead := ws.take(len(sp.labelDep)), ws.take(len(sp.labelHead))
	eachWord(func(i, s, t, dep, head int) {
		axpy(dDep[dep:dep+r], 1, d[i*r:(i+1)*r])
		if head >= 0 {
			axpy(dHead[head:head+r], 1, d[i*r:(i+1)*r])
		} else {
			axpy(net.labelRoot.training.g, 1, d[i*r:(i+1)*r])
		}
	})
	net.labelDep.backward(e.out, dDep, dOut, b.rows())
	net.labelHead.backward(e.out, dHead, dOut, b.rows())
}

// learnLayers goes back through the encoder, down to the looked-up vectors.
func (net *network) learnLayers(ws *workspace, b batch, e *encoding, dOut, dTag []float32, rows *rowGradients) {
	n, h := len(b.words), net.Hidden
	for i := len(net.layers) - 1; i >= 0; i-- {
		if i == 0 {
			axpy(dOut, 1, dTag)
		}
		l, p := net.layers[i], e.layers[i]
		dForward, dBackward := ws.take(b.rows()*h), ws.take(b.rows()*h)
		for s, length := range b.length {
			for t := range length {
				row, mirror := (t*n+s)*h, ((length-1-t)*n+s)*h
				copy(dForward[row:row+h], dOut[2*row:])
				copy(dBackward[mirror:mirror+h], dOut[2*row+h:])
			}
		}
		dx := l.forward.backward(ws, p.forward, dForward, n, b.steps)
		cols := len(dx) / b.rows()
		axpy(dx, 1, b.reversed(ws, l.backward.backward(ws, p.backward, dBackward, n, b.steps), cols))
		applySentences(b, dx, p.keep, cols)
		dOut = dx
	}
	cols := net.Word + net.Affix
	for s, words := range b.words {
		for t, w := range words {
			row := dOut[(t*n+s)*cols : (t*n+s+1)*cols]
			rows.words.add(e.words[s][t], row[:net.Word])
			for _, a := range w.affixes {
				rows.affixes.add(a, row[net.Word:])
			}
		}
	}
}
