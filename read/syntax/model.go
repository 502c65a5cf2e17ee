package syntax

import (
	"math"
	"strings"
	"sync"
	"unicode"

	"casus/read/text"
)

// featsMark stands between tag and features in the name of a feature class.
const featsMark = "\t"

// particleRelation is the relation of a verb's separate particle.
const particleRelation = "compound:prt"

// Model analyses sentences of one language. It is safe for concurrent use.
type Model struct {
	vocabulary
	net                 *network
	lemmas              *lemmatiser
	joinParticles       bool
	domain              string // the domain that a text is taken to be of
	tags, feats, labels []string
	featsOf             [][]int // the feature classes of each tag
	root                int     // the relation "root"
	workspaces          sync.Pool
}

// index works out what follows from the classes.
func (m *Model) index() {
	tags := numbered(m.tags)
	m.featsOf = make([][]int, len(m.tags))
	for i, name := range m.feats {
		tag, _, _ := strings.Cut(name, featsMark)
		if t, ok := tags[tag]; ok {
			m.featsOf[t] = append(m.featsOf[t], i)
		}
	}
	m.root = -1
	for i, name := range m.labels {
		if name == "root" {
			m.root = i
		}
	}
}

// Parse analyses a sentence. Any sentence gets a well-formed tree with one
// root. What is longer than text.MaxTokens is analysed in parts that hang from
// the first part's root as parataxis.
func (m *Model) Parse(s text.Sentence) Tree {
	t := Tree{Sentence: s, Words: make([]Word, len(s.Tokens))}
	for i, token := range s.Tokens {
		t.Words[i].Token = token
	}
	for from := 0; from < len(t.Words); from += text.MaxTokens {
		part := t.Words[from:min(from+text.MaxTokens, len(t.Words))]
		m.parse(part)
		if from == 0 {
			continue
		}
		first := t.Root()
		for i := range part {
			if part[i].Head < 0 {
				part[i].Head, part[i].Deprel = first, "parataxis"
			} else {
				part[i].Head += from
			}
		}
	}
	if m.joinParticles {
		joinParticles(t.Words, m.lemmas.particles)
	}
	return t
}

// parse fills in the analysis of words, heads as indices into words.
func (m *Model) parse(words []Word) {
	ws, ok := m.workspaces.Get().(*workspace)
	if !ok {
		ws = &workspace{}
	}
	defer m.workspaces.Put(ws)
	ws.reset()
	forms := make([]string, len(words))
	for i, w := range words {
		forms[i] = normal(w.Form)
	}
	b := newBatch(m.lookup(forms, m.domain))
	e := m.net.encode(ws, b, nil)
	first := true
	for i := range words {
		w := &words[i]
		m.tag(w, e.tags[i*m.net.tags.weights.cols:], e.feats[i*m.net.feats.weights.cols:])
		w.Lemma = m.lemmas.lemma(w.Form, w.UPOS, w.Feats, first)
		first = first && strings.IndexFunc(w.Form, unicode.IsLetter) < 0
	}
	sp := m.net.project(ws, e, len(words), nil)
	heads := m.net.heads(ws, sp.arcHead, 0, 1, len(words))
	scores, stride := m.net.arcScores(ws, sp, heads, 0, 1, len(words))
	m.label(ws, words, spanningTree(scores, stride, len(words)), sp)
}

// tag sets part of speech and features from the taggers' scores.
func (m *Model) tag(w *Word, tags, feats []float32) {
	tag := best(tags[:len(m.tags)])
	w.UPOS = m.tags[tag]
	class := -1
	for _, f := range m.featsOf[tag] {
		if class < 0 || feats[f] > feats[class] {
			class = f
		}
	}
	if class >= 0 {
		_, w.Feats, _ = strings.Cut(m.feats[class], featsMark)
	}
}

// label sets heads, 0 the root, and their relations.
func (m *Model) label(ws *workspace, words []Word, heads []int, sp *spaces) {
	r := m.net.Label
	hidden := ws.take(len(words) * 2 * r)
	for i, h := range heads {
		governor := m.net.labelRoot.w
		if h > 0 {
			governor = sp.labelHead[(h-1)*r : h*r]
		}
		m.net.labelHidden(hidden[i*2*r:(i+1)*2*r], sp.labelDep[i*r:(i+1)*r], governor)
	}
	scores, cols := m.net.labels.apply(ws, hidden, len(words)), m.net.labels.weights.cols
	for i, h := range heads {
		words[i].Head = h - 1
		if h == 0 {
			words[i].Deprel = "root"
			continue
		}
		row := scores[i*cols : i*cols+len(m.labels)]
		if m.root >= 0 {
			row[m.root] = float32(math.Inf(-1)) // only the root is "root"
		}
		words[i].Deprel = m.labels[best(row)]
	}
}

func best(scores []float32) int {
	top := 0
	for i, v := range scores {
		if v > scores[top] {
			top = i
		}
	}
	return top
}

// joinParticles writes separable verbs as one lemma: "namen … in" is innemen.
// Only particles that some verb of the treebank has are joined, one to a verb.
func joinParticles(words []Word, particles map[string]bool) {
	joined := map[int]bool{}
	for _, w := range words {
		if w.Deprel != particleRelation || w.Head < 0 || joined[w.Head] {
			continue
		}
		verb := &words[w.Head]
		if particle := strings.ToLower(w.Form); particles[particle] && verb.UPOS == "VERB" && !strings.HasPrefix(verb.Lemma, particle) {
			verb.Lemma = particle + verb.Lemma
			joined[w.Head] = true
		}
	}
}

// quantise rounds the weights to what a model file keeps of them.
func (net *network) quantise() {
	for _, t := range []*table{net.words, net.affixes} {
		t.quantise()
	}
	for _, d := range net.dense() {
		scale := d.scale()
		for i, v := range d.w {
			d.w[i] = float32(toInt16(v, scale)) * scale
		}
	}
	net.prepare()
}

// quantise turns the rows to eight bits, each with a scale of its own.
func (t *table) quantise() {
	t.q, t.scale = make([]int8, len(t.w)), make([]float32, t.rows)
	for r := range t.rows {
		row := t.w[r*t.cols : (r+1)*t.cols]
		scale := largest(row) / 127
		t.scale[r] = scale
		for i, v := range row {
			if scale > 0 {
				t.q[r*t.cols+i] = int8(roundHalf(v / scale))
			}
		}
	}
	t.w = nil
}

// scale is the step of d's sixteen-bit weights.
func (d *dense) scale() float32 { return largest(d.w) / 32767 }

func toInt16(v, scale float32) int16 {
	if scale == 0 {
		return 0
	}
	return int16(max(-32767, min(32767, roundHalf(v/scale))))
}

func roundHalf(v float32) float32 {
	if v < 0 {
		return float32(int32(v - 0.5))
	}
	return float32(int32(v + 0.5))
}

func largest(w []float32) (most float32) {
	for _, v := range w {
		most = max(most, v, -v)
	}
	return most
}
