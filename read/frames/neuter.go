package frames

import (
	"slices"
	"strings"

	"casus/read/syntax"
)

// Pronouns returns a tree with the words made subjects that the parser took for
// articles though they cannot be: "het" before a plural ("zegt dat het burgers
// spaart"), or before the name that is the object of a clause that otherwise has no
// subject ("wil dat het Hamas verslaat"). The words are the language's list
// neuter-articles. It comes before actors are sought, which pass over articles.
func (c *Coder) Pronouns(t syntax.Tree) syntax.Tree {
	for i, w := range t.Words {
		if w.Deprel != "det" || w.Head != i+1 || !c.gram.has("neuter-articles", strings.ToLower(w.Form)) {
			continue
		}
		noun := t.Words[w.Head]
		verb := noun.Head
		if verb < 0 || t.Words[verb].UPOS != "VERB" || child(t.Words, w.Head, "case") >= 0 || subjectBeside(t.Words, verb, w.Head) {
			continue
		}
		plural := noun.UPOS == "NOUN" && strings.Contains(noun.Feats, "Number=Plur") && (noun.Deprel == "obj" || noun.Deprel == "nsubj")
		named := noun.UPOS == "PROPN" && noun.Deprel == "obj" && child(t.Words, verb, "mark") >= 0
		if !plural && !named {
			continue
		}
		t.Words = slices.Clone(t.Words)
		t.Words[i].UPOS, t.Words[i].Head, t.Words[i].Deprel, t.Words[i].Feats = "PRON", verb, "nsubj", "Person=3|PronType=Prs"
		t.Words[w.Head].Deprel = "obj"
	}
	return t
}

// subjectBeside tells whether a verb has a subject other than a word, or is passive.
func subjectBeside(words []syntax.Word, verb, but int) bool {
	for k, w := range words {
		if w.Head == verb && k != but && (strings.HasPrefix(w.Deprel, "nsubj") || w.Deprel == "aux:pass" || w.Deprel == "expl") {
			return true
		}
	}
	return false
}
