package frames

import (
	"slices"
	"strings"

	"casus/read/syntax"
)

// mended returns a tree's words with the lemmas of those mended that no frame
// knows: a statistical lemmatiser makes up words for forms that it has not
// learned ("blockad" of "blockaded"), and the frames of the real one would stay
// silent. A lemma is replaced only by one that frames know and that the form inflects.
func (c *Coder) mended(words []syntax.Word) []syntax.Word {
	var out []syntax.Word
	finite := subjects(words)
	for i, w := range words {
		class := classOf(w.UPOS)
		if class == 'n' && finite[i] {
			// "a charge that his party rejects": what has a subject and no copula is no noun
			class = 'v'
		}
		if class == 0 || class == classOf(w.UPOS) && c.lex.knows(strings.ToLower(w.Lemma), class) {
			continue
		}
		for _, lemma := range c.gram.lemmasOf(strings.ToLower(w.Form), class) {
			if !c.lex.knows(lemma, class) {
				continue
			}
			if out == nil {
				out = slices.Clone(words)
			}
			out[i].Lemma = lemma
			if class == 'v' {
				out[i].UPOS = "VERB"
			}
			break
		}
	}
	if out == nil {
		return words
	}
	return out
}

// subjects marks the words that have a subject and neither copula nor auxiliary.
func subjects(words []syntax.Word) []bool {
	out := make([]bool, len(words))
	for _, w := range words {
		if w.Head >= 0 && w.Deprel == "nsubj" {
			out[w.Head] = true
		}
	}
	for _, w := range words {
		if w.Head >= 0 && (w.Deprel == "cop" || w.Deprel == "det" || w.Deprel == "case") {
			out[w.Head] = false
		}
	}
	return out
}

// classOf is the class of predicates that a part of speech belongs to, 0 for none.
func classOf(upos string) byte {
	switch upos {
	case "VERB":
		return 'v'
	case "NOUN", "PROPN":
		return 'n'
	case "ADJ":
		return 'a'
	}
	return 0
}

// lemmasOf returns what a form may be an inflection of, by the language's
// irregular forms and endings ("froze>freeze", "ied>y"). A consonant that is
// doubled before the ending may be single in the lemma ("barred", "bar").
func (g *Grammar) lemmasOf(form string, class byte) []string {
	var out []string
	list := "endings-n"
	if class == 'v' {
		list = "endings-v"
		out = append(out, g.pairs("irregular", form)...)
	}
	for _, e := range g.lists[list] {
		ending, instead, _ := strings.Cut(e, ">")
		stem, ok := strings.CutSuffix(form, ending)
		if !ok || len(stem) < 2 {
			continue
		}
		out = append(out, stem+instead)
		if n := len(stem); instead == "" && stem[n-1] == stem[n-2] {
			out = append(out, stem[:n-1])
		}
	}
	return out
}

// pairs returns the words that a list of pairs ("froze>freeze") has for a form.
func (g *Grammar) pairs(list, form string) []string {
	var out []string
	for _, pair := range g.lists[list] {
		if lemma, ok := strings.CutPrefix(pair, form+">"); ok {
			out = append(out, lemma)
		}
	}
	return out
}
