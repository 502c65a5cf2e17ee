package actors

import (
	"strings"

	"casus/read/syntax"
)

// word is a word of a tree in the forms that tables are looked up by.
type word struct {
	parts []string // the folded form, cut at hyphens
	lemma string   // the folded lemma
	upper bool     // begins with a capital
	caps  bool     // all letters are capitals, two at least
	clit  bool     // a genitive clitic ("'s") or bare apostrophe
}

func newWord(w syntax.Word) word {
	upper, caps := letterCase(w.Form)
	parts := fold(w.Form)
	return word{
		parts: parts,
		lemma: strings.Join(fold(w.Lemma), " "),
		upper: upper,
		caps:  caps,
		clit:  isClitic(w),
	}
}

func isClitic(w syntax.Word) bool {
	switch w.Form {
	case "'s", "’s", "‘s", "'", "’":
		return !w.SpaceBefore && w.UPOS != "NOUN"
	}
	return false
}

// folded is the whole folded form.
func (w word) folded() string { return strings.Join(w.parts, " ") }

// phrases is a set of phrases of folded words, each with a value.
type phrases[T any] struct {
	next  map[string]*phrases[T]
	value []T
}

func (p *phrases[T]) add(words []string, v T) {
	for _, w := range words {
		if p.next == nil {
			p.next = map[string]*phrases[T]{}
		}
		child := p.next[w]
		if child == nil {
			child = &phrases[T]{}
			p.next[w] = child
		}
		p = child
	}
	p.value = append(p.value, v)
}

// longest returns the values of the longest phrase that begins at word from,
// comparing forms first and lemmas where the form is unknown, and the word
// after it. A phrase must end with a word.
func (p *phrases[T]) longest(words []word, from int) (values []T, end int) {
	at := p
	for i := from; i < len(words) && at != nil; i++ {
		if len(words[i].parts) == 0 { // a hyphen or quotation mark inside the phrase
			if i == from {
				return nil, 0
			}
			continue
		}
		at = at.step(words[i])
		if at != nil && len(at.value) > 0 {
			values, end = at.value, i+1
		}
	}
	return values, end
}

func (p *phrases[T]) step(w word) *phrases[T] {
	at := p
	for _, part := range w.parts {
		if at = at.next[part]; at == nil {
			break
		}
	}
	if at == nil && w.lemma != "" {
		at = p.next[w.lemma]
	}
	return at
}

// lookup returns the values of exactly this phrase.
func (p *phrases[T]) lookup(words []string) []T {
	at := p
	for _, w := range words {
		if at = at.next[w]; at == nil {
			return nil
		}
	}
	return at.value
}
