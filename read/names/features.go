package names

// features holds the features of each word of a sentence, as hashes.
type features [][]uint32

// hasher mixes the parts of a feature.
type hasher uint64

func (h hasher) number(x uint64) hasher {
	h ^= hasher(x)
	h *= 0x9E3779B97F4A7C15
	return h ^ h>>29
}

func (h hasher) text(s string) hasher {
	x := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		x = (x ^ uint64(s[i])) * 1099511628211
	}
	return h.number(x)
}

// attributes are the hashed properties of a word that features combine.
type attributes struct {
	lower, shape, kinds, memory uint64
	tail                        uint64    // how the lexicon knows the end of a compound
	suffix                      [6]uint64 // of 1 to 6 bytes, 0 where the word is shorter
	prefix                      [5]uint64
}

// extractor makes the features of a sentence.
type extractor struct {
	words []word
	attrs []attributes
	inner []uint64 // the lexicon's phrases at each word, with the word's place in them
	kinds []kinds
	out   []uint32
	first int // the first word with a letter
	caps  uint64
}

// features returns the features of sentence i.
func (d *document) features(i int) features {
	ws := d.sentences[i]
	x := extractor{words: ws, attrs: make([]attributes, len(ws)), inner: make([]uint64, len(ws)), kinds: make([]kinds, len(ws))}
	for k := range ws {
		x.attrs[k] = d.attributes(ws[k])
	}
	for _, m := range d.lexicon.matches(ws) {
		for k := m.first; k <= m.last; k++ {
			if x.inner[k] != 0 && m.first == m.last {
				continue // inside a longer phrase
			}
			place := uint64(0) // alone, first, inside, last
			switch {
			case m.first == m.last:
			case k == m.first:
				place = 1
			case k == m.last:
				place = 3
			default:
				place = 2
			}
			x.kinds[k] |= m.kinds
			x.inner[k] = uint64(x.kinds[k])<<2 | place
		}
	}
	for x.first < len(ws) && !ws[x.first].letters {
		x.first++
	}
	if allCapitals(ws) {
		x.caps = 1
	}
	all := make(features, len(ws))
	for k := range ws {
		start := len(x.out)
		x.word(k, d)
		all[k] = x.out[start:len(x.out):len(x.out)]
	}
	return all
}

func (d *document) attributes(w word) attributes {
	a := attributes{
		lower: uint64(hasher(1).text(w.lower)), shape: uint64(hasher(2).text(w.shape)), memory: uint64(d.memory[w.lower]),
	}
	if d.lexicon.phrases[w.folded] == 0 {
		a.tail = uint64(d.lexicon.tail(w.folded))
	}
	for n := range a.suffix {
		if len(w.lower) > n {
			a.suffix[n] = uint64(hasher(3).text(w.lower[len(w.lower)-n-1:]))
		}
	}
	for n := range a.prefix {
		if len(w.lower) > n {
			a.prefix[n] = uint64(hasher(4).text(w.lower[:n+1]))
		}
	}
	return a
}

// add adds a feature: its number and its parts.
func (x *extractor) add(number uint64, parts ...uint64) {
	h := hasher(0).number(number)
	for _, p := range parts {
		h = h.number(p)
	}
	x.out = append(x.out, uint32(h>>32))
}

// edge are the attributes of the words before and after a sentence.
var edge = attributes{lower: 1, shape: 1, kinds: 1}

func (x *extractor) at(i int) *attributes {
	if i < 0 || i >= len(x.attrs) {
		return &edge
	}
	return &x.attrs[i]
}

func (x *extractor) known(i int) uint64 {
	if i < 0 || i >= len(x.inner) {
		return 0
	}
	return x.inner[i]
}

// lexicalFeatures are the places, among a word's features, of those with its form.
var lexicalFeatures = [...]int{1, 6, 7}

// word adds the features of word i. The first is always there.
func (x *extractor) word(i int, d *document) {
	a, before, before2, after, after2 := x.at(i), x.at(i-1), x.at(i-2), x.at(i+1), x.at(i+2)
	start := uint64(0)
	if i == x.first {
		start = 1
	}
	upper := uint64(0)
	if x.words[i].upper {
		upper = 1
	}
	x.add(0)
	x.add(1, a.lower)
	x.add(2, before.lower)
	x.add(3, after.lower)
	x.add(4, before2.lower)
	x.add(5, after2.lower)
	x.add(6, before.lower, a.lower)
	x.add(7, a.lower, after.lower)
	x.add(8, a.shape, start, x.caps)
	x.add(9, a.shape, before.shape)
	x.add(10, a.shape, after.shape)
	x.add(11, before.shape, a.shape, after.shape)
	x.add(12, a.shape, before.lower)
	x.add(13, a.shape, after.lower)
	x.add(14, before2.shape, before.shape, a.shape)
	x.add(15, before2.lower, before.lower, upper)
	for n, s := range a.suffix {
		if s != 0 {
			x.add(20+uint64(n), s, upper)
		}
	}
	for n, p := range a.prefix {
		if p != 0 {
			x.add(30+uint64(n), p, upper)
		}
	}
	x.add(40, before.suffix[2], upper)
	x.add(41, after.suffix[2], upper)
	x.add(42, before.suffix[3], upper)
	x.lexical(i, d, upper, start)
}

// lexical adds the features that the lexicon and the document give.
func (x *extractor) lexical(i int, d *document, upper, start uint64) {
	a := x.at(i)
	known, knownBefore, knownAfter := x.known(i), x.known(i-1), x.known(i+1)
	x.add(50, known, upper)
	x.add(51, known, upper, start, a.memory)
	x.add(52, knownBefore, upper)
	x.add(53, knownAfter, upper)
	x.add(54, knownBefore, known, upper)
	x.add(55, known, knownAfter, upper)
	x.add(56, x.known(i-2), knownBefore, upper)
	x.add(57, a.memory, a.shape, start, x.caps)
	x.add(58, x.at(i+1).memory, a.shape)
	x.add(59, known, x.at(i-1).lower)
	if tail := x.at(i - 1).tail; tail != 0 {
		x.add(66, tail, a.shape)
	}
	if a.tail != 0 {
		x.add(67, a.tail, a.shape, start)
	}
	for k := kinds(0); k < kindsCount; k++ {
		bit := kinds(1) << k
		if x.kinds[i]&bit != 0 {
			x.add(60, uint64(k), known&3, upper, start)
		}
		if i > 0 && x.kinds[i-1]&bit != 0 {
			x.add(61, uint64(k), upper)
		}
		if i+1 < len(x.kinds) && x.kinds[i+1]&bit != 0 {
			x.add(62, uint64(k), upper)
		}
	}
	if compound := d.lexicon.hyphenated(x.words[i].form); compound != 0 {
		x.add(63, uint64(compound), a.shape)
		x.add(64, a.shape, a.suffix[2])
	}
}
