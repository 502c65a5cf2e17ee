// Package names finds the names in a document: persons, places, organisations
// and others (nationalities, languages, events, titles, products), also those
// that no table knows. It is a sequence model: a linear scorer over hashed
// features of each word, decoded with Viterbi over BIO tags, trained as a
// structured perceptron (Collins 2002). What the world and the language know of
// names enters as features, so that a new line in a table is used at once.
package names

import "slices"

// Class is the kind of a name, as in CoNLL-2002.
type Class string

const (
	Person       Class = "PER"
	Location     Class = "LOC"
	Organisation Class = "ORG"
	Other        Class = "MISC" // nationalities and their adjectives, languages, events, titles, products
)

// Name is a name found in a sentence: its words First to Last, both included.
type Name struct {
	First, Last int
	Class       Class
}

// tag is a BIO tag: outside, or the beginning or inside of a class's name.
type tag int8

const outside tag = 0

// classes are in the order of their tags: B-PER is 1, I-PER 2, B-LOC 3 and so on.
var classes = [...]Class{Person, Location, Organisation, Other}

const tags = 1 + 2*len(classes)

func begin(c int) tag      { return tag(1 + 2*c) }
func inside(c int) tag     { return tag(2 + 2*c) }
func (t tag) inside() bool { return t != outside && t%2 == 0 }
func (t tag) class() int   { return int(t-1) / 2 }

// follows tells whether t may stand after before.
func (t tag) follows(before tag) bool {
	return !t.inside() || before == t || before == t-1
}

// namesOf reads the names off a sentence's tags.
func namesOf(ts []tag) []Name {
	var out []Name
	for i, t := range ts {
		switch {
		case t == outside:
		case t.inside() && len(out) > 0 && out[len(out)-1].Last == i-1:
			out[len(out)-1].Last = i
		default:
			out = append(out, Name{First: i, Last: i, Class: classes[t.class()]})
		}
	}
	return out
}

// tagsOf writes names as tags of a sentence of n words.
func tagsOf(names []Name, n int) []tag {
	ts := make([]tag, n)
	for _, name := range names {
		c := 0
		for k, class := range classes {
			if class == name.Class {
				c = k
			}
		}
		ts[name.First] = begin(c)
		for i := name.First + 1; i <= name.Last; i++ {
			ts[i] = inside(c)
		}
	}
	return ts
}

// Find returns the names of each sentence of a document, in order. A sentence is
// its words' forms. The sentences belong together: what one says of a name
// ("Bob Deen", "the bank (ABC)") helps with another ("Deen", "ABC"). The time
// is linear in the number of words.
func (m *Model) Find(document [][]string) [][]Name {
	d := newDocument(m.lexicon, document)
	out := make([][]Name, len(document))
	var lattice lattice
	var scores [][tags]float32
	for i := range document {
		fs := d.features(i)
		scores = slices.Grow(scores[:0], len(fs))[:len(fs)]
		for k := range fs {
			m.score(fs[k], &scores[k])
		}
		out[i] = namesOf(lattice.decode(scores, &m.transitions))
	}
	return out
}
