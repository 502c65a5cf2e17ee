package eventtype

import (
	"strings"

	"casus/read/syntax"
)

// Features describes what a sentence says of two parties, given by the words
// that head their phrases, -1 for a party that is not in the sentence: the
// predicate that governs the source, what it governs in turn, the way from it
// to the target, and the words around.
func Features(t syntax.Tree, source, target int) []string {
	if len(t.Words) == 0 {
		return nil
	}
	d := &description{words: t.Words, kids: make([][]int, len(t.Words)), seen: map[string]bool{}}
	for i, w := range t.Words {
		if w.Head >= 0 && w.Head != i {
			d.kids[w.Head] = append(d.kids[w.Head], i)
		}
	}
	d.source, d.target = source, target
	d.predicate(d.governor(source))
	d.party("target", target)
	d.party("source", source)
	d.between(source, target)
	d.bag()
	return d.features
}

type description struct {
	words    []syntax.Word
	kids     [][]int
	features []string
	source   int // the words that head the parties, -1 for none
	target   int
	seen     map[string]bool
}

func (d *description) add(parts ...string) {
	f := strings.Join(parts, " ")
	if !d.seen[f] {
		d.seen[f] = true
		d.features = append(d.features, f)
	}
}

func (d *description) lemma(w int) string { return strings.ToLower(d.words[w].Lemma) }

// rel is a word's relation without its subtype.
func (d *description) rel(w int) string {
	r, _, _ := strings.Cut(d.words[w].Deprel, ":")
	return r
}

// isContent tells words that say what happens from those that hold them together.
func (d *description) isContent(w int) bool {
	switch d.words[w].UPOS {
	case "VERB", "NOUN", "ADJ", "ADV":
		return true
	}
	return false
}

// governor climbs out of a party's phrase to the predicate that it depends on;
// the sentence's root for no party.
func (d *description) governor(w int) int {
	for n := 0; w >= 0 && n <= len(d.words); n++ {
		head := d.words[w].Head
		if head < 0 {
			return w
		}
		switch d.rel(w) {
		case "nmod", "amod", "compound", "appos", "flat", "conj", "det", "case", "nummod":
			if d.words[head].UPOS != "VERB" {
				w = head
				continue
			}
		}
		return head
	}
	for i, word := range d.words {
		if word.Head < 0 {
			return i
		}
	}
	return 0
}

// predicate describes what stands at the head, and what it leads on to: its
// object, its complement clause and that one's object, and so to a depth of three.
func (d *description) predicate(w int) {
	head := d.lemma(w)
	d.add("predicate", head)
	d.add("predicate", head, d.words[w].UPOS, d.voice(w))
	d.add(d.voice(w))
	for _, k := range d.kids[w] {
		if d.rel(k) == "aux" {
			d.add("auxiliary", d.lemma(k))
		}
	}
	for _, k := range d.kids[w] {
		d.dependent(head, k)
	}
	d.complements(head, w, 2)
	if up := d.words[w].Head; up >= 0 {
		d.add("above", d.lemma(up))
		d.add("above", d.lemma(up), head)
	}
}

func (d *description) voice(w int) string {
	for _, k := range d.kids[w] {
		switch {
		case strings.HasSuffix(d.words[k].Deprel, ":pass"):
			return "passive"
		case strings.Contains(d.words[k].Feats, "Polarity=Neg"):
			return "negated"
		}
	}
	return "active"
}

// dependent describes a word that depends on the predicate.
func (d *description) dependent(head string, k int) {
	rel := d.rel(k)
	switch rel {
	case "obj", "iobj":
		d.add("object", d.lemma(k))
		d.add("object", head, d.lemma(k))
		for _, n := range d.kids[k] {
			if r := d.rel(n); r == "nmod" || r == "amod" || r == "compound" {
				d.add("object's", d.lemma(k), d.lemma(n))
			}
		}
	case "obl", "nmod":
		p := d.preposition(k)
		d.add("phrase", head, p)
		d.add("phrase", p, d.lemma(k))
		d.add("phrase", head, p, d.lemma(k))
	case "advmod", "compound", "aux", "cop", "expl":
		d.add(rel, head, d.lemma(k))
	}
}

func (d *description) preposition(w int) string {
	for _, k := range d.kids[w] {
		if d.rel(k) == "case" {
			return d.lemma(k)
		}
	}
	return ""
}

// complements follows the clauses that a predicate leads on to.
func (d *description) complements(head string, w, depth int) {
	if depth == 0 {
		return
	}
	for _, k := range d.kids[w] {
		switch rel := d.rel(k); rel {
		case "xcomp", "ccomp", "advcl", "conj", "acl":
			d.add(rel, d.lemma(k))
			d.add(rel, head, d.lemma(k))
			d.presented(rel, k)
			for _, o := range d.kids[k] {
				if r := d.rel(o); r == "obj" || r == "obl" {
					d.add(rel+"-"+r, d.lemma(k), d.lemma(o))
				}
			}
			d.complements(head, k, depth-1)
		}
	}
}

// presented describes who a complement clause says it of and how: "that they
// will not …" is another matter than "that Israel must …".
func (d *description) presented(rel string, w int) {
	subject, auxiliary := "none", ""
	for _, k := range d.kids[w] {
		switch {
		case d.rel(k) == "aux":
			auxiliary = d.lemma(k)
		case d.rel(k) != "nsubj":
		case d.within(k, d.target):
			subject = "target"
		case d.within(k, d.source) || d.words[k].UPOS == "PRON":
			subject = "source"
		default:
			subject = "other"
		}
	}
	d.add(rel, "of", subject)
	d.add(rel, "is", d.voice(w), auxiliary)
	d.add(rel, "is", d.voice(w), auxiliary, subject)
}

// within tells whether a party's head stands in the phrase of a word.
func (d *description) within(phrase, party int) bool {
	for n := 0; party >= 0 && n <= len(d.words); n++ {
		if party == phrase {
			return true
		}
		party = d.words[party].Head
	}
	return false
}

// party describes the words of a party's phrase that are no names, and what governs it.
func (d *description) party(role string, head int) {
	if head < 0 {
		d.add(role, "absent")
		return
	}
	if up := d.words[head].Head; up >= 0 {
		d.add(role, "of", d.lemma(up))
		d.add(role, "of", d.lemma(up), d.rel(head), d.preposition(head))
	}
	if d.isContent(head) {
		d.add(role, d.lemma(head))
	}
	for _, k := range d.kids[head] {
		if d.isContent(k) {
			d.add(role, d.lemma(k))
		}
	}
}

// between describes the words between the two parties.
func (d *description) between(source, target int) {
	if source < 0 || target < 0 {
		return
	}
	if target < source {
		source, target = target, source
		d.add("target first")
	}
	before := ""
	for w := source + 1; w < target; w++ {
		switch {
		case d.isContent(w) || d.words[w].UPOS == "ADP":
			d.add("between", d.lemma(w))
			d.add("between", before, d.lemma(w))
			before = d.lemma(w)
		case d.words[w].UPOS == "PROPN":
			before = "NAME"
		}
	}
}

// stemLength is how much of a word tells it from others, whatever its ending:
// "accus" of accuse, accusation and accusing.
const stemLength = 5

// bag describes all words of the sentence, and pairs of neighbours.
func (d *description) bag() {
	before := ""
	for w := range d.words {
		if !d.isContent(w) {
			continue
		}
		lemma := d.lemma(w)
		d.add("word", lemma)
		if r := []rune(lemma); len(r) > stemLength {
			d.add("stem", string(r[:stemLength]))
		} else {
			d.add("stem", lemma)
		}
		if before != "" {
			d.add("words", before, lemma)
		}
		before = lemma
	}
}
