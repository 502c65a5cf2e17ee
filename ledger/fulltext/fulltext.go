// Package fulltext says which words of an article a search finds: it cuts text
// into words that keep their place, folds capitals and diacritics, and stems
// Dutch and English (Snowball). Every keeper of the ledger searches by it, so
// that all find the same articles.
//
// A search is made of words, all of which must be there, and of phrases in
// double quotes, whose words must follow one another. Nothing else has a
// meaning: there are no operators, so nothing that a user types is an error
// of syntax. The language of a search is not known, so each word is looked for
// in its Dutch, its English and its plain form.
package fulltext

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"

	"casus"
)

// Word is a word of a text: a run of letters, digits and the marks on them.
type Word struct {
	Span casus.Span
	Term string // folded and stemmed
}

// maxStemmed bounds the bytes of a word that is stemmed and the runes of a
// term: what is longer is no word of a language.
const maxStemmed = 64

// Words lists the words of a text in a language (BCP 47), in order. Words of
// languages other than Dutch and English are folded, not stemmed.
func Words(text, language string) []Word {
	var t Terms
	words := make([]Word, 0, len(text)/6)
	t.each(text, language, func(term string, at casus.Span) { words = append(words, Word{at, term}) })
	return words
}

// Terms makes the terms of words, and remembers them from one text to the
// next: most words come back. The zero value is ready; it is for one goroutine
// at a time.
type Terms struct {
	known map[string]map[string]string // by base language, "" for those that are not stemmed: words as written, with their terms
}

// maxKnown bounds the words of a language that are remembered, some hundred bytes each.
const maxKnown = 1 << 14

// Join joins the terms of a text in a language with spaces: what a store indexes.
func (t *Terms) Join(text, language string) string {
	var b strings.Builder
	b.Grow(len(text))
	t.each(text, language, func(term string, _ casus.Span) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(term)
	})
	return b.String()
}

// Each calls do with the term of each word of a text in a language, in order.
func (t *Terms) Each(text, language string, do func(term string)) {
	t.each(text, language, func(term string, _ casus.Span) { do(term) })
}

// each calls do with the term of each word of a text, and where it stands.
func (t *Terms) each(text, language string, do func(term string, at casus.Span)) {
	base, _, _ := strings.Cut(language, "-")
	if base != "nl" && base != "en" {
		base = ""
	}
	known := t.known[base]
	if known == nil || len(known) > maxKnown {
		known = map[string]string{}
		if t.known == nil {
			t.known = map[string]map[string]string{}
		}
		t.known[base] = known
	}
	start, from, n := -1, 0, 0 // byte and code point where the word began; code points so far
	end := func(i int) {
		if start < 0 {
			return
		}
		word := text[start:i]
		term, ok := known[word]
		if !ok {
			term = stem(clip(Fold(word)), base)
			known[strings.Clone(word)] = term // a piece of the text would keep all of it
		}
		if term != "" { // as of a mark that stands alone
			do(term, casus.Span{Start: from, End: n})
		}
		start = -1
	}
	for i, r := range text {
		switch {
		case !wordRune(r):
			end(i)
		case start < 0:
			start, from = i, n
		}
		n++
	}
	end(len(text))
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

func clip(word string) string {
	if len(word) <= 4*maxStemmed {
		return word
	}
	for i := range word {
		if i >= 4*maxStemmed {
			return word[:i]
		}
	}
	return word
}

// stem takes the ending off a folded word of a base language.
func stem(word, base string) string {
	var rules func(*snowballstem.Env) bool
	switch {
	case len(word) > maxStemmed:
		return word
	case base == "nl":
		rules = dutch.Stem
	case base == "en":
		rules = english.Stem
	default:
		return word
	}
	env := snowballstem.NewEnv(word)
	rules(env)
	return env.Current()
}

// AnyLanguage lists the terms of a few words whose language is not known, such
// as a label: stemmed by the rules of Dutch and then by those of English.
func AnyLanguage(text string) []string {
	var terms []string
	for _, w := range Words(text, "nl") {
		terms = append(terms, stem(w.Term, "en"))
	}
	return terms
}

// forms are the languages in which a search looks for a word.
func forms() []string { return []string{"nl", "en", "und"} }

// Search is a parsed search.
type Search struct {
	// Groups must all be found. Each lists the ways in which it may be: a
	// sequence of terms that follow one another, one term for a single word.
	Groups []Group
}

// Group is one word or phrase of a search, in each form in which it may stand.
type Group [][]string

// maxTyped bounds the bytes of a search that are looked at.
const maxTyped = 500

// Parse reads what a user typed, to maxTyped. A search without any word has no
// groups, and finds nothing.
func Parse(typed string) Search {
	var s Search
	for i, part := range strings.Split(typed[:min(len(typed), maxTyped)], `"`) {
		phrase := i%2 == 1
		perForm := make([][]Word, len(forms()))
		for f, language := range forms() {
			perForm[f] = Words(part, language)
		}
		for at := 0; at < len(perForm[0]); at++ {
			to := at + 1
			if phrase {
				to = len(perForm[0])
			}
			s.Groups = append(s.Groups, group(perForm, at, to))
			at = to - 1
		}
	}
	return s
}

func group(perForm [][]Word, from, to int) Group {
	var g Group
	for _, words := range perForm {
		var terms []string
		for _, w := range words[from:to] {
			terms = append(terms, w.Term)
		}
		if !slices.ContainsFunc(g, func(seen []string) bool { return slices.Equal(seen, terms) }) {
			g = append(g, terms)
		}
	}
	return g
}

// Matches tells whether an article with these words, those of its title and
// those of its text, has every group of s in one of them.
func (s Search) Matches(parts ...[]Word) bool {
	found := make([]bool, len(s.Groups))
	for _, words := range parts {
		for _, m := range s.find(words) {
			found[m.group] = true
		}
	}
	return len(found) > 0 && !slices.Contains(found, false)
}

// match is a group found in a text: its words at [from, to).
type match struct{ group, from, to int }

// find lists where the groups stand in words, in order.
func (s Search) find(words []Word) []match {
	type start struct {
		group int
		terms []string
	}
	starts := map[string][]start{}
	for g, group := range s.Groups {
		for _, terms := range group {
			starts[terms[0]] = append(starts[terms[0]], start{g, terms})
		}
	}
	var out []match
	for i, w := range words {
		for _, st := range starts[w.Term] {
			if follows(words[i:], st.terms) {
				out = append(out, match{st.group, i, i + len(st.terms)})
			}
		}
	}
	return out
}

func follows(words []Word, terms []string) bool {
	if len(terms) > len(words) {
		return false
	}
	for i, term := range terms {
		if words[i].Term != term {
			return false
		}
	}
	return true
}
