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
		if c.secondSubject(t, i) {
			t.Words = slices.Clone(t.Words)
			t.Words[child(t.Words[i+1:], w.Head, "nsubj")+i+1].Deprel = "obj"
			t.Words[i].UPOS, t.Words[i].Feats = "PRON", "Person=3|PronType=Prs"
			continue
		}
		if w.Deprel != "det" || w.Head != i+1 || !c.gram.has("neuter-articles", strings.ToLower(w.Form)) {
			continue
		}
		noun := t.Words[w.Head]
		verb := noun.Head
		if verb < 0 || t.Words[verb].UPOS != "VERB" || child(t.Words, w.Head, "case") >= 0 || subjectBeside(t.Words, verb, w.Head) {
			continue
		}
		plural := noun.UPOS == "NOUN" && strings.Contains(noun.Feats, "Number=Plur") && (noun.Deprel == "obj" || noun.Deprel == "nsubj")
		named := noun.UPOS == "PROPN" && child(t.Words, verb, "mark") >= 0 && (noun.Deprel == "obj" || noun.Deprel == "nsubj" && c.withoutArticle(t.Words, w.Head))
		if !plural && !named {
			continue
		}
		t.Words = slices.Clone(t.Words)
		t.Words[i].UPOS, t.Words[i].Head, t.Words[i].Deprel, t.Words[i].Feats = "PRON", verb, "nsubj", "Person=3|PronType=Prs"
		t.Words[w.Head].Deprel = "obj"
	}
	return t
}

// secondSubject tells whether a word at place i that the parser took for an
// article is the subject beside a plural that cannot be: "dat het twee diplomaten
// uitzet".
func (c *Coder) secondSubject(t syntax.Tree, i int) bool {
	w := t.Words[i]
	if w.Deprel != "nsubj" || w.Head < i || !c.gram.has("neuter-articles", strings.ToLower(w.Form)) || t.Words[w.Head].UPOS != "VERB" || child(t.Words, w.Head, "obj") >= 0 {
		return false
	}
	other := child(t.Words[i+1:], w.Head, "nsubj")
	return other >= 0 && other+i+1 < w.Head && strings.Contains(t.Words[other+i+1].Feats, "Number=Plur")
}

// withoutArticle tells whether a name has no article of its own, and the verb no
// other object: "dat het Georgië heeft aangevallen", but "dat het Kremlin zwijgt".
func (c *Coder) withoutArticle(words []syntax.Word, name int) bool {
	w := words[name]
	return w.Form != strings.ToUpper(w.Form) && !c.gram.has("neuter-names", strings.ToLower(w.Form)) &&
		child(words, name, "flat", "amod", "nmod", "appos") < 0 && child(words, w.Head, "obj", "ccomp", "xcomp", "cop") < 0
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
