package frames

import (
	"strings"

	"casus"
	"casus/read/actors"
	"casus/read/syntax"
)

// sentence is a tree with what is needed to walk it downwards.
type sentence struct {
	index    int
	words    []syntax.Word
	kids     [][]int // children of each word, in text order
	mentions map[int]actors.Mention
	quoted   []bool          // the word stands inside quotation marks
	parts    map[string]bool // the language's words for quantities and parts
	backed   map[string]bool // participles that a hyphen ties to who did it
	aimed    map[string]bool // prepositions of the one towards whom, which are not of where
	senders  map[string]bool // prepositions of who stands behind a thing, with the participle where that matters
	of       map[string]bool // prepositions of possession
	people   map[string]bool // words for people
	nots     map[string]bool // words that deny
	timed    []bool          // the word stands in a time expression
	kinds    map[casus.ActorID]casus.ActorKind
	back     int // the verb by which it reports the sentence before it, -1 for none
}

func newSentence(index int, t syntax.Tree, cast *actors.Cast, g *Grammar) *sentence {
	s := &sentence{index: index, words: predicates(mend(t.Words, g), g), kids: make([][]int, len(t.Words)), parts: g.words["parts"], aimed: g.aimed(), backed: g.words["hyphened-participles"], senders: g.words["senders"], of: g.words["of"], people: g.words["people"], nots: g.words["negation"],
		mentions: map[int]actors.Mention{}, quoted: make([]bool, len(t.Words))}
	for i, w := range s.words {
		if w.Head >= 0 && w.Head != i {
			s.kids[w.Head] = append(s.kids[w.Head], i)
		}
	}
	if index < len(cast.Sentences) {
		for _, m := range cast.Sentences[index] {
			if old, ok := s.mentions[m.Head]; !ok || m.Last-m.First > old.Last-old.First {
				s.mentions[m.Head] = m
			}
			// "zeker 100.000 Somaliërs", where the tree has made an adverb of the first word
			if last := m.Last - 1; last > m.Head && s.words[last].Deprel == "nsubj" && s.words[m.Head].UPOS != "NOUN" {
				if _, ok := s.mentions[last]; !ok {
					s.mentions[last] = m
				}
			}
		}
	}
	return s
}

// rel is a word's relation without its subtype.
func (s *sentence) rel(w int) string {
	r, _, _ := strings.Cut(s.words[w].Deprel, ":")
	return r
}

func (s *sentence) lower(w int) string { return strings.ToLower(s.words[w].Form) }

// feat returns the value of a feature of a word, "" where it has none.
func (s *sentence) feat(w int, name string) string {
	for f := range strings.SplitSeq(s.words[w].Feats, "|") {
		if v, ok := strings.CutPrefix(f, name+"="); ok {
			return v
		}
	}
	return ""
}

// child returns the first child with one of the relations, -1 if there is none.
func (s *sentence) child(w int, rels ...string) int {
	for _, k := range s.kids[w] {
		for _, r := range rels {
			if s.words[k].Deprel == r || s.rel(k) == r {
				return k
			}
		}
	}
	return -1
}

// preposition returns the words of a phrase's case markers ("naar", "according
// to", "ten opzichte van"), lower case, "" for a bare phrase.
func (s *sentence) preposition(w int) string {
	var parts []string
	for _, k := range s.kids[w] {
		if s.rel(k) != "case" || k > w && s.words[k].UPOS == "PART" {
			continue
		}
		parts = append(parts, s.lower(k))
		for _, f := range s.kids[k] {
			if s.rel(f) == "fixed" {
				parts = append(parts, s.lower(f))
			}
		}
	}
	return strings.Join(parts, " ")
}

// with returns w and what is coordinated with it.
func (s *sentence) with(w int) []int {
	out := []int{w}
	for _, k := range s.kids[w] {
		if s.rel(k) == "conj" {
			out = append(out, s.with(k)...)
		}
	}
	return out
}

// walk visits w and everything below it; descend tells whether to go on below a word.
func (s *sentence) walk(w int, visit func(int), descend func(int) bool) {
	stack := []int{w}
	for len(stack) > 0 {
		i := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		visit(i)
		for _, k := range s.kids[i] {
			if descend == nil || descend(k) {
				stack = append(stack, k)
			}
		}
	}
}

// bounds returns the first and last word of a subtree.
func (s *sentence) bounds(w int, descend func(int) bool) (first, last int) {
	first, last = w, w
	s.walk(w, func(i int) { first, last = min(first, i), max(last, i) }, descend)
	return first, last
}

// under tells whether w is top or stands below it.
func (s *sentence) under(w, top int) bool {
	for n := 0; w >= 0 && n <= len(s.words); n++ {
		if w == top {
			return true
		}
		w = s.words[w].Head
	}
	return false
}

func (s *sentence) span(first, last int) casus.Span {
	return casus.Span{Start: s.words[first].Span.Start, End: s.words[last].Span.End}
}

// isClause tells whether the word heads a clause of its own under its governor.
func (s *sentence) isClause(w int) bool {
	switch s.rel(w) {
	case "ccomp", "advcl", "acl", "parataxis", "csubj":
		return true
	case "conj":
		return s.words[w].UPOS == "VERB" || s.child(w, "cop", "nsubj") >= 0
	}
	return false
}
