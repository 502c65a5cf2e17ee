package syntax

import (
	"hash/fnv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The neural model knows a word by a row for the word itself and by rows for
// its beginnings, endings and shape, so that an unknown word is still told by
// what it looks like.
const (
	longestPrefix = 5
	longestSuffix = 8
	unknown       = 0 // the row of every word that has none
)

// vocabulary gives the words and affixes that training kept their rows, by
// hash. Row 0 of each is for what is unknown.
type vocabulary struct {
	words   map[uint32]int32
	affixes map[uint32]int32
}

// wordRows are the rows of one word.
type wordRows struct {
	word    int32
	affixes []int32
}

// lookup returns the rows of forms, which are the normal forms of a sentence of
// a domain. The domain has a row of its own beside those of the affixes, by
// which treebanks that differ in kind or in convention learn from each other
// (Stymne et al. 2018).
func (v *vocabulary) lookup(forms []string, domain string) []wordRows {
	kind, known := v.affixes[hashDomain(domain)]
	out := make([]wordRows, len(forms))
	for i, form := range forms {
		low := strings.ToLower(form)
		rows := make([]int32, 0, longestPrefix+longestSuffix+4)
		if known {
			rows = append(rows, kind)
		}
		if row, ok := v.affixes[hashCased(form)]; ok && form != low {
			rows = append(rows, row)
		}
		eachAffix(form, low, i == 0, func(hash uint32) {
			if row, ok := v.affixes[hash]; ok {
				rows = append(rows, row)
			}
		})
		out[i] = wordRows{v.words[hashWord(low)], rows}
	}
	return out
}

// eachAffix calls do with the hash of each beginning, ending and shape of a word.
func eachAffix(form, low string, first bool, do func(hash uint32)) {
	h := newHash('p')
	n := 0
	for _, r := range low {
		h = h.add(r)
		do(uint32(h))
		if n++; n == longestPrefix {
			break
		}
	}
	h = newHash('s')
	rest := low
	for n = 0; n < longestSuffix && rest != ""; n++ {
		r, size := utf8.DecodeLastRuneInString(rest)
		rest = rest[:len(rest)-size]
		h = h.add(r)
		do(uint32(h))
	}
	shape := shapeOf(form)
	do(hashOf('f', shape))
	if first {
		do(hashOf('f', shape+"^"))
	}
}

// hash is 32-bit FNV-1a over code points, begun with a kind.
type hash uint32

func newHash(kind byte) hash { return (hash(2166136261) ^ hash(kind)) * 16777619 }

func (h hash) add(r rune) hash {
	for ; r > 0xff; r >>= 8 {
		h = (h ^ hash(r&0xff)) * 16777619
	}
	return (h ^ hash(r)) * 16777619
}

func hashDomain(name string) uint32 { return hashOf('d', name) }

// hashCased is for words with a capital: "Will" beside "will".
func hashCased(form string) uint32 { return hashOf('c', form) }

func hashOf(kind byte, s string) uint32 {
	h := newHash(kind)
	for _, r := range s {
		h = h.add(r)
	}
	return uint32(h)
}

func hashWord(low string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(low))
	return h.Sum32()
}

// normal writes form the way the model sees it: one kind of quote, one
// apostrophe, and 0 for every digit.
func normal(form string) string {
	switch form {
	case "“", "”", "„", "«", "»", "''", ",,", "``":
		return `"`
	case "‘", "’", "`", "‚":
		return "'"
	case "–", "—", "--":
		return "-"
	case "…":
		return "..."
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '’':
			return '\''
		case unicode.IsDigit(r):
			return '0'
		}
		return r
	}, form)
}

// longestShape bounds, in code points, how far a shape looks and grows.
const longestShape = 10

// shapeOf writes X for capitals, x for small letters and 0 for digits, runs cut to two.
func shapeOf(form string) string {
	shape := make([]rune, 0, longestShape)
	for _, r := range form {
		switch {
		case unicode.IsUpper(r):
			r = 'X'
		case unicode.IsLower(r):
			r = 'x'
		case unicode.IsDigit(r):
			r = '0'
		}
		if n := len(shape); n > 1 && shape[n-1] == r && shape[n-2] == r {
			continue
		}
		if shape = append(shape, r); len(shape) == longestShape {
			break
		}
	}
	return string(shape)
}

const (
	leastAffix  = 3   // words that share an affix before it gets a row
	leastWord   = 2   // times that a word is seen before it gets a row
	leastDomain = 100 // sentences of a domain before it gets a row
)

// build gives rows to the words and affixes that occur often enough. Forms are
// in order of appearance, with "^" before those that began a sentence.
func (v *vocabulary) build(forms []string, seen map[string]int) (counts []int) {
	words, affixes := map[string]int{}, map[uint32]map[string]bool{}
	var wordOrder []string
	var affixOrder []uint32
	for _, marked := range forms {
		form, first := strings.CutPrefix(marked, "^")
		if form == "" {
			form, first = marked, false
		}
		low := strings.ToLower(form)
		if words[low] == 0 {
			wordOrder = append(wordOrder, low)
		}
		words[low] += seen[marked]
		eachAffix(form, low, first, func(hash uint32) {
			if affixes[hash] == nil {
				affixes[hash] = map[string]bool{}
				affixOrder = append(affixOrder, hash)
			}
			if len(affixes[hash]) < leastAffix {
				affixes[hash][low] = true
			}
		})
	}
	v.words, v.affixes, counts = map[uint32]int32{}, map[uint32]int32{}, []int{1 << 30}
	for _, w := range wordOrder {
		if _, ok := v.words[hashWord(w)]; !ok && words[w] >= leastWord {
			counts = append(counts, words[w])
			v.words[hashWord(w)] = int32(len(v.words) + 1)
		}
	}
	for _, a := range affixOrder {
		if len(affixes[a]) >= leastAffix {
			v.affixes[a] = int32(len(v.affixes) + 1)
		}
	}
	for _, form := range forms {
		hash := hashCased(form)
		if _, ok := v.affixes[hash]; !ok && seen[form] >= leastWord && form != strings.ToLower(form) && form[0] != '^' {
			v.affixes[hash] = int32(len(v.affixes) + 1)
		}
	}
	return counts
}

// addDomains gives rows to the domains of the entries.
func (v *vocabulary) addDomains(entries []Entry) {
	count := map[string]int{}
	for _, e := range entries {
		name := e.domain()
		if count[name]++; name != "" && count[name] == leastDomain {
			v.affixes[hashDomain(name)] = int32(len(v.affixes) + 1)
		}
	}
}
