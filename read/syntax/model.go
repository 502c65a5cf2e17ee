package syntax

import (
	"bufio"
	"context"
	"encoding/gob"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"sort"
	"strings"
	"unicode"

	"github.com/klauspost/compress/zstd"

	"casus/read/text"
)

// perceptron: interim model, replaced by the neural one.
type perceptron struct {
	n    int
	rows map[uint64]int32
	w    []float32
	acc  []float64 // for averaging
	t    float64
}

func newPerceptron(n int) *perceptron {
	return &perceptron{n: n, rows: map[uint64]int32{}}
}
func (p *perceptron) score(f []uint64, out []float32) {
	clear(out)
	for _, h := range f {
		if r, ok := p.rows[h]; ok {
			row := p.w[int(r)*p.n : int(r)*p.n+p.n]
			for i, v := range row {
				out[i] += v
			}
		}
	}
}
func (p *perceptron) add(f []uint64, class int, d float32) {
	for _, h := range f {
		r, ok := p.rows[h]
		if !ok {
			r = int32(len(p.w) / p.n)
			p.rows[h] = r
			p.w = append(p.w, make([]float32, p.n)...)
			p.acc = append(p.acc, make([]float64, p.n)...)
		}
		p.w[int(r)*p.n+class] += d
		p.acc[int(r)*p.n+class] += p.t * float64(d)
	}
}
func (p *perceptron) average() {
	for i := range p.w {
		p.w[i] -= float32(p.acc[i] / p.t)
	}
	p.acc = nil
}

type packed struct {
	N     int
	Hash  []uint32
	Count []uint8
	Class []uint8
	W     []int8
	Scale float32
}

func h32(h uint64) uint64 { return (h ^ h>>32) & 0xffffffff }

func (p *perceptron) pack(limit float32) packed {
	out := packed{N: p.n}
	type kv struct {
		h uint32
		r int32
	}
	var keys []kv
	for h, r := range p.rows {
		keys = append(keys, kv{uint32(h), r})
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i].h < keys[j].h })
	var mx float32
	for _, v := range p.w {
		mx = max(mx, v, -v)
	}
	mx = min(mx, 20)
	out.Scale = mx
	for _, k := range keys {
		n := 0
		for c, v := range p.w[int(k.r)*p.n : int(k.r)*p.n+p.n] {
			if v > limit || v < -limit {
				q := float32(math.Round(math.Sqrt(float64(min(max(v, -v)/mx, 1))) * 127))
				if v < 0 {
					q = -q
				}
				out.Class = append(out.Class, uint8(c))
				out.W = append(out.W, int8(q))
				n++
			}
		}
		if n > 0 {
			out.Hash = append(out.Hash, k.h)
			out.Count = append(out.Count, uint8(n))
		}
	}
	return out
}
func unpack(k packed) *perceptron {
	p := newPerceptron(k.N)
	p.rows = make(map[uint64]int32, len(k.Hash))
	p.w = make([]float32, len(k.Hash)*k.N)
	j := 0
	for i, h := range k.Hash {
		p.rows[uint64(h)] = int32(i)
		for c := 0; c < int(k.Count[i]); c++ {
			p.w[i*k.N+int(k.Class[j])] = float32(k.W[j]) * max(float32(k.W[j]), -float32(k.W[j])) / (127 * 127) * k.Scale
			j++
		}
	}
	return p
}

type feats struct{ h []uint64 }

func (f *feats) add(id uint64, parts ...string) {
	h := uint64(14695981039346656037) ^ id*0x9E3779B97F4A7C15
	for _, p := range parts {
		for i := 0; i < len(p); i++ {
			h = (h ^ uint64(p[i])) * 1099511628211
		}
		h = (h ^ 0xff) * 1099511628211
	}
	f.h = append(f.h, h32(h))
}

// Model analyses sentences; it is safe for concurrent use.
type Model struct {
	Tags, Labels []string
	Feats        map[string]string
	Lemmas       map[string]string
	Rules        map[string]string
	tagger       *perceptron
	parser       *perceptron
}
type saved struct {
	Tags, Labels  []string
	Feats, Lemmas map[string]string
	Rules         map[string]string
	Tagger        packed
	Parser        packed
}

// Save writes the model.
func (m *Model) Save(w io.Writer) error {
	z, err := zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedBestCompression))
	if err != nil {
		return err
	}
	if err := gob.NewEncoder(z).Encode(saved{m.Tags, m.Labels, m.Feats, m.Lemmas, m.Rules, m.tagger.pack(0.05), m.parser.pack(1.0)}); err != nil {
		return err
	}
	return z.Close()
}

// Load reads a model.
func Load(r io.Reader) (*Model, error) {
	z, err := zstd.NewReader(r)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	var s saved
	if err := gob.NewDecoder(bufio.NewReader(z)).Decode(&s); err != nil {
		return nil, fmt.Errorf("syntax model: %w", err)
	}
	return &Model{s.Tags, s.Labels, s.Feats, s.Lemmas, s.Rules, unpack(s.Tagger), unpack(s.Parser)}, nil
}

func norm(form string) string {
	switch form {
	case "“", "”", "„", "«", "»", "''", ",,", "``", "\"":
		return "\""
	case "‘", "’", "`":
		return "'"
	}
	b := []rune(form)
	for i, r := range b {
		if r == '’' {
			b[i] = '\''
		} else if unicode.IsDigit(r) {
			b[i] = '0'
		}
	}
	return string(b)
}
func shape(w string) string {
	var b []rune
	for _, r := range w {
		c := r
		switch {
		case unicode.IsUpper(r):
			c = 'X'
		case unicode.IsLower(r):
			c = 'x'
		case unicode.IsDigit(r):
			c = '0'
		}
		if n := len(b); n < 2 || b[n-1] != c || b[n-2] != c {
			b = append(b, c)
		}
		if len(b) > 8 {
			break
		}
	}
	return string(b)
}
func suffix(w string, n int) string {
	for i := len(w); i > 0; {
		i--
		if w[i]&0xC0 != 0x80 {
			if n--; n == 0 {
				return w[i:]
			}
		}
	}
	return w
}
func prefix(w string, n int) string {
	for i := range w {
		if n == 0 {
			return w[:i]
		}
		n--
	}
	return w
}

func (m *Model) tagFeats(f *feats, form, low []string, i int, t1, t2 string) {
	f.h = f.h[:0]
	g := func(k int) string {
		if k < 0 || k >= len(low) {
			return "#"
		}
		return low[k]
	}
	w := low[i]
	f.add(1, w)
	f.add(2, suffix(w, 2))
	f.add(3, suffix(w, 3))
	f.add(4, suffix(w, 4))
	f.add(5, suffix(w, 5))
	f.add(6, prefix(w, 1))
	f.add(7, prefix(w, 3))
	f.add(8, shape(form[i]))
	f.add(9, t1)
	f.add(10, t2, t1)
	f.add(11, t1, w)
	f.add(12, g(i-1))
	f.add(13, g(i-2))
	f.add(14, g(i+1))
	f.add(15, g(i+2))
	f.add(16, g(i-1), w)
	f.add(17, w, g(i+1))
	f.add(18, suffix(g(i+1), 3))
	f.add(19, suffix(g(i-1), 3))
	f.add(20, t1, suffix(w, 3), suffix(g(i+1), 3))
	f.add(21, g(i+1), g(i+2))
	f.add(22, g(i-2), g(i-1))
	n := "mid"
	if i == 0 || i == 1 && !unicode.IsLetter([]rune(form[0])[0]) {
		n = "first"
	}
	f.add(23, shape(form[i]), n)
	f.add(24, t1, g(i+1))
	if i+1 < len(form) {
		f.add(25, shape(form[i+1]), shape(form[i]))
	}
	f.add(26)
}

func best(s []float32) int {
	b := 0
	for i, v := range s {
		if v > s[b] {
			b = i
		}
	}
	return b
}

func (m *Model) tag(form, low []string, gold []int, train bool) []int {
	tags := make([]int, len(form))
	sc := make([]float32, len(m.Tags))
	f := &feats{}
	t1, t2 := "^", "^"
	for i := range form {
		m.tagFeats(f, form, low, i, t1, t2)
		m.tagger.score(f.h, sc)
		b := best(sc)
		if train {
			m.tagger.t++
			if b != gold[i] {
				m.tagger.add(f.h, gold[i], 1)
				m.tagger.add(f.h, b, -1)
			}
		}
		tags[i] = b
		t2, t1 = t1, m.Tags[b]
	}
	return tags
}

type state struct {
	n      int
	stack  []int
	b      int
	head   []int
	lab    []int
	l1, l2 []int
	r1, r2 []int
	nl, nr []int
}

func newState(n int) *state {
	s := &state{n: n}
	mk := func() []int {
		a := make([]int, n+1)
		for i := range a {
			a[i] = -1
		}
		return a
	}
	s.head, s.lab, s.l1, s.l2, s.r1, s.r2 = mk(), mk(), mk(), mk(), mk(), mk()
	s.nl, s.nr = make([]int, n+1), make([]int, n+1)
	return s
}
func (s *state) arc(h, d, l int) {
	s.head[d], s.lab[d] = h, l
	if d < h {
		s.l2[h], s.l1[h] = s.l1[h], d
		s.nl[h]++
	} else {
		s.r2[h], s.r1[h] = s.r1[h], d
		s.nr[h]++
	}
}

// actions: 0 shift, 1+l left, 1+L+l right
func (s *state) legal(kind int) bool {
	switch kind {
	case 0:
		return s.b < s.n
	case 1:
		return len(s.stack) > 0 && (s.b < s.n || len(s.stack) == 1)
	}
	return len(s.stack) > 1
}
func (s *state) do(kind, l int) {
	switch kind {
	case 0:
		s.stack = append(s.stack, s.b)
		s.b++
	case 1:
		t := s.stack[len(s.stack)-1]
		s.stack = s.stack[:len(s.stack)-1]
		s.arc(s.b, t, l)
	default:
		t := s.stack[len(s.stack)-1]
		s.stack = s.stack[:len(s.stack)-1]
		s.arc(s.stack[len(s.stack)-1], t, l)
	}
}
func (s *state) costs(gold []int) (c [3]int) {
	n := len(s.stack)
	top, below := -1, -1
	if n > 0 {
		top = s.stack[n-1]
	}
	if n > 1 {
		below = s.stack[n-2]
	}
	g := func(d int) int {
		if d >= s.n {
			return -2
		}
		return gold[d]
	}
	if top >= 0 {
		for d := s.b; d < s.n; d++ {
			if g(d) == top {
				c[1]++
				c[2]++
			}
		}
		h := g(top)
		if h == below && below >= 0 || h > s.b {
			c[1]++
		}
		if h >= s.b {
			c[2]++
		}
	}
	if s.b < s.n {
		for k, x := range s.stack {
			if g(x) == s.b {
				c[0]++
			}
			if g(s.b) == x && k < n-1 {
				c[0]++
			}
		}
	}
	return c
}

func (m *Model) parseFeats(f *feats, s *state, low, tags []string) {
	f.h = f.h[:0]
	w := func(i int) string {
		if i < 0 {
			return "#"
		}
		if i >= s.n {
			return "R"
		}
		return low[i]
	}
	t := func(i int) string {
		if i < 0 {
			return "#"
		}
		if i >= s.n {
			return "R"
		}
		return tags[i]
	}
	l := func(i int) string {
		if i < 0 || s.lab[i] < 0 {
			return "-"
		}
		return m.Labels[s.lab[i]]
	}
	at := func(a []int, i int) int {
		if i < 0 || i > s.n {
			return -1
		}
		return a[i]
	}
	k := len(s.stack)
	s0, s1, s2 := -1, -1, -1
	if k > 0 {
		s0 = s.stack[k-1]
	}
	if k > 1 {
		s1 = s.stack[k-2]
	}
	if k > 2 {
		s2 = s.stack[k-3]
	}
	b0, b1, b2 := s.b, -1, -1
	if b0+1 <= s.n {
		b1 = b0 + 1
	}
	if b0+2 <= s.n {
		b2 = b0 + 2
	}
	s0l, s0l2, s0r, s0r2 := at(s.l1, s0), at(s.l2, s0), at(s.r1, s0), at(s.r2, s0)
	s1l, s1r, b0l := at(s.l1, s1), at(s.r1, s1), at(s.l1, b0)
	s1r2 := at(s.r2, s1)
	b0l2 := at(s.l2, b0)
	d := "9"
	if s0 >= 0 {
		d = string(rune('0' + min(b0-s0, 8)))
	}
	d1 := "9"
	if s1 >= 0 && s0 >= 0 {
		d1 = string(rune('0' + min(s0-s1, 8)))
	}
	n := func(a []int, i int) string {
		if i < 0 || i > s.n {
			return "-"
		}
		return string(rune('0' + min(a[i], 5)))
	}
	W0, W1, B0, B1 := w(s0), w(s1), w(b0), w(b1)
	T0, T1, P0, P1, P2 := t(s0), t(s1), t(b0), t(b1), t(b2)
	all := [][]string{
		{W0}, {T0}, {W0, T0}, {W1}, {T1}, {W1, T1}, {B0}, {P0}, {B0, P0}, {B1}, {P1}, {w(b2)}, {P2}, {t(s2)}, {B1, P1},
		{W0, B0}, {W0, T0, B0, P0}, {W0, T0, P0}, {T0, B0, P0}, {W0, P0}, {T0, B0}, {T0, P0}, {W0, T0, B0},
		{W1, W0}, {W1, T0}, {T1, W0}, {T1, T0}, {W1, T1, T0}, {T1, W0, T0}, {T1, T0, P0}, {T1, B0, P0}, {T1, P0}, {W1, P0},
		{T0, P0, P1}, {P0, P1, P2}, {T0, P0, P1, P2}, {t(s2), T1, T0}, {t(s2), T1, T0, P0}, {T0, T1, P0, P1},
		{T0, t(s0l), P0}, {T0, t(s0r), P0}, {T0, t(b0l), P0}, {T1, t(s1r), T0}, {T1, t(s1l), T0}, {T1, T0, t(s0l)}, {T1, T0, t(s0r)},
		{W0, d}, {T0, d}, {P0, d}, {B0, d}, {T0, P0, d}, {T1, T0, d1}, {W1, d1}, {T1, T0, P0, d1},
		{W0, n(s.nl, s0)}, {W0, n(s.nr, s0)}, {T0, n(s.nl, s0)}, {T0, n(s.nr, s0)}, {P0, n(s.nl, b0)}, {B0, n(s.nl, b0)},
		{l(s0l), T0}, {l(s0r), T0}, {l(b0l), P0}, {w(s0l), T0}, {w(s0r), T0}, {w(b0l), P0}, {l(s1r), T1}, {l(s1l), T1, T0},
		{T0, l(s0l), l(s0l2)}, {T0, l(s0r), l(s0r2)}, {P0, l(b0l), l(b0l2)}, {T1, l(s1r), l(s1r2)},
		{t(s0l), t(s0l2), T0}, {t(s0r), t(s0r2), T0}, {t(b0l), t(b0l2), P0},
		{W0, l(s0l), l(s0r)}, {W1, l(s1l), l(s1r)}, {T0, l(s0r), P0}, {T0, l(s0l), T1}, {P0, l(b0l), T0},
		{suffix(W0, 3), suffix(B0, 3)}, {suffix(W1, 3), suffix(W0, 3)}, {W0, B1}, {W0, P1}, {w(s0r), B0}, {w(s0r), W0, P0},
	}
	for i, x := range all {
		f.add(uint64(100+i), x...)
	}
	f.add(99)
}

func (m *Model) parse(low, tags []string, heads []int, labs []int, rng *rand.Rand, explore float64) *state {
	n := len(low)
	s := newState(n)
	L := len(m.Labels)
	sc := make([]float32, 1+2*L)
	f := &feats{}
	for s.b < n || len(s.stack) > 0 {
		m.parseFeats(f, s, low, tags)
		m.parser.score(f.h, sc)
		kind := func(a int) int {
			if a == 0 {
				return 0
			}
			return 1 + (a-1)/L
		}
		pick := func(ok func(a int) bool) int {
			b := -1
			for a := range sc {
				if s.legal(kind(a)) && ok(a) && (b < 0 || sc[a] > sc[b]) {
					b = a
				}
			}
			return b
		}
		act := pick(func(int) bool { return true })
		if heads != nil {
			m.parser.t++
			c := s.costs(heads)
			least := 1 << 30
			for k := 0; k < 3; k++ {
				if s.legal(k) {
					least = min(least, c[k])
				}
			}
			good := pick(func(a int) bool {
				k := kind(a)
				if c[k] != least {
					return false
				}
				if k == 0 {
					return true
				}
				top := s.stack[len(s.stack)-1]
				h := s.b
				if k == 2 {
					h = s.stack[len(s.stack)-2]
				}
				return heads[top] != h || labs[top] == (a-1)%L
			})
			if act != good {
				okay := false
				if kind(act) == kind(good) && false {
					okay = true
				}
				if !okay {
					m.parser.add(f.h, good, 1)
					m.parser.add(f.h, act, -1)
				}
				if rng.Float64() > explore {
					act = good
				}
			}
		}
		l := 0
		if act > 0 {
			l = (act - 1) % L
		}
		s.do(kind(act), l)
	}
	return s
}

// lift makes heads projective (Nivre & Nilsson 2005, without marks).
func lift(heads []int) []int {
	h := append([]int(nil), heads...)
	n := len(h)
	for i := range h {
		if h[i] < 0 {
			h[i] = n
		}
	}
	dominates := func(a, x int) bool {
		for k := 0; x != n && k <= n; k++ {
			if x == a {
				return true
			}
			x = h[x]
		}
		return x == a
	}
	for {
		bestD, bestLen := -1, 1<<30
		for d := range h {
			lo, hi := min(d, h[d]), max(d, h[d])
			if h[d] == n {
				continue
			}
			for x := lo + 1; x < hi; x++ {
				if !dominates(h[d], x) {
					if hi-lo < bestLen {
						bestD, bestLen = d, hi-lo
					}
					break
				}
			}
		}
		if bestD < 0 {
			return h
		}
		h[bestD] = h[h[bestD]]
	}
}

// Options for training.
type Options struct {
	Epochs        int
	JoinParticles bool
	WithoutFeats  []Entry
	AfterEpoch    func(epoch int, m *Model)
}

// Train trains a model.
func Train(ctx context.Context, entries []Entry, o Options, progress func(string)) (*Model, error) {
	m := &Model{}
	tagID, labID := map[string]int{}, map[string]int{}
	for _, e := range entries {
		for _, w := range e.Tree.Words {
			if _, ok := tagID[w.UPOS]; !ok {
				tagID[w.UPOS] = len(m.Tags)
				m.Tags = append(m.Tags, w.UPOS)
			}
			if _, ok := labID[w.Deprel]; !ok {
				labID[w.Deprel] = len(m.Labels)
				m.Labels = append(m.Labels, w.Deprel)
			}
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	type sent struct {
		form, low   []string
		tags, heads []int
		labs        []int
		auto        []string
	}
	var data []sent
	for _, e := range entries {
		var s sent
		for _, w := range e.Tree.Words {
			x := norm(w.Form)
			s.form, s.low = append(s.form, x), append(s.low, strings.ToLower(x))
			s.tags = append(s.tags, tagID[w.UPOS])
			s.heads = append(s.heads, w.Head)
			s.labs = append(s.labs, labID[w.Deprel])
		}
		s.heads = lift(s.heads)
		data = append(data, s)
	}
	trainTagger := func(skip int) *perceptron {
		m.tagger = newPerceptron(len(m.Tags))
		for ep := 0; ep < 5; ep++ {
			for _, i := range rng.Perm(len(data)) {
				if skip >= 0 && i%4 == skip {
					continue
				}
				m.tag(data[i].form, data[i].low, data[i].tags, true)
			}
		}
		m.tagger.average()
		return m.tagger
	}
	for k := 0; k < 4; k++ {
		trainTagger(k)
		right, all := 0, 0
		for i := range data {
			if i%4 == k {
				for j, t := range m.tag(data[i].form, data[i].low, nil, false) {
					data[i].auto = append(data[i].auto, m.Tags[t])
					if t == data[i].tags[j] {
						right++
					}
					all++
				}
			}
		}
		progress(fmt.Sprintf("fold %d UPOS %.2f", k, 100*float64(right)/float64(all)))
	}
	trainTagger(-1)
	m.parser = newPerceptron(1 + 2*len(m.Labels))
	for ep := 0; ep < o.Epochs; ep++ {
		for _, i := range rng.Perm(len(data)) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			ex := 0.9
			if ep == 0 {
				ex = 0
			}
			m.parse(data[i].low, data[i].auto, data[i].heads, data[i].labs, rng, ex)
		}
		progress(fmt.Sprintf("epoch %d rows %d", ep, len(m.parser.rows)))
	}
	m.parser.average()
	// feats and lemmas by dictionary
	fc, lc, rc := map[string]map[string]int{}, map[string]map[string]int{}, map[string]map[string]int{}
	inc := func(c map[string]map[string]int, k, v string) {
		if c[k] == nil {
			c[k] = map[string]int{}
		}
		c[k][v]++
	}
	for _, e := range entries {
		for _, w := range e.Tree.Words {
			low := strings.ToLower(norm(w.Form))
			inc(fc, low+"\t"+w.UPOS, w.Feats)
			inc(fc, "~"+suffix(low, 3)+"\t"+w.UPOS, w.Feats)
			inc(fc, "~\t"+w.UPOS, w.Feats)
			if prt(e.Tree, w) {
				continue
			}
			lemma := strings.ReplaceAll(w.Lemma, "_", "")
			if w.Form == "_" {
				lemma = "_"
			}
			inc(lc, low+"\t"+w.UPOS, lemma)
			base := low
			if w.UPOS == "PROPN" {
				base = w.Form
			}
			r := editRule(base, lemma)
			for n := 0; n <= 5; n++ {
				sx := ""
				if n > 0 {
					sx = suffix(low, n)
				}
				inc(rc, sx+"\t"+w.UPOS, r)
			}
		}
	}
	top := func(c map[string]map[string]int, least int) map[string]string {
		out := map[string]string{}
		for k, vs := range c {
			bv, bn, sum := "", 0, 0
			for v, n := range vs {
				sum += n
				if n > bn || n == bn && v < bv {
					bv, bn = v, n
				}
			}
			if sum >= least {
				out[k] = bv
			}
		}
		return out
	}
	m.Feats, m.Lemmas, m.Rules = top(fc, 1), top(lc, 1), top(rc, 2)
	return m, nil
}

func prt(t Tree, w Word) bool {
	for i := range t.Words {
		x := t.Words[i]
		if x.Deprel == "compound:prt" && x.Head >= 0 && t.Words[x.Head].Span == w.Span && strings.Contains(w.Lemma, "_") {
			return true
		}
	}
	return false
}

func editRule(form, lemma string) string {
	n := 0
	for n < len(form) && n < len(lemma) && form[n] == lemma[n] {
		n++
	}
	return fmt.Sprintf("%d\t%s", len(form)-n, lemma[n:])
}

func (m *Model) lemma(form, low, upos string) string {
	if l, ok := m.Lemmas[low+"\t"+upos]; ok {
		return l
	}
	base := low
	if upos == "PROPN" {
		base = form
	}
	for n := 5; n >= 0; n-- {
		sx := ""
		if n > 0 {
			sx = suffix(low, n)
		}
		if r, ok := m.Rules[sx+"\t"+upos]; ok {
			var cut int
			cs, tail, _ := strings.Cut(r, "\t")
			fmt.Sscanf(cs, "%d", &cut)
			if cut < len(base) || tail != "" && cut <= len(base) {
				return base[:len(base)-cut] + tail
			}
		}
	}
	return base
}

// Parse analyses a sentence.
func (m *Model) Parse(s text.Sentence) Tree {
	t := Tree{Sentence: s}
	n := len(s.Tokens)
	if n == 0 {
		return t
	}
	form, low := make([]string, n), make([]string, n)
	for i, k := range s.Tokens {
		form[i] = norm(k.Form)
		low[i] = strings.ToLower(form[i])
	}
	tags := make([]string, n)
	for i, k := range m.tag(form, low, nil, false) {
		tags[i] = m.Tags[k]
	}
	st := m.parse(low, tags, nil, nil, nil, 0)
	t.Words = make([]Word, n)
	for i, k := range s.Tokens {
		w := Word{Token: k, UPOS: tags[i], Head: st.head[i], Deprel: m.Labels[st.lab[i]], Lemma: m.lemma(k.Form, low[i], tags[i])}
		if w.Head == n {
			w.Head, w.Deprel = -1, "root"
		} else if w.Deprel == "root" {
			w.Deprel = "parataxis"
		}
		for _, key := range []string{low[i], "~" + suffix(low[i], 3), "~"} {
			if f, ok := m.Feats[key+"\t"+tags[i]]; ok {
				w.Feats = f
				break
			}
		}
		t.Words[i] = w
	}
	for _, w := range t.Words {
		if w.Deprel == "compound:prt" && w.Head >= 0 && m.isDutch() {
			h := &t.Words[w.Head]
			p := strings.ToLower(w.Form)
			if !strings.HasPrefix(h.Lemma, p) {
				h.Lemma = p + h.Lemma
			}
		}
	}
	return t
}

func (m *Model) isDutch() bool { return m.Lemmas["het\tDET"] != "" }
