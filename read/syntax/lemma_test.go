package syntax

import "testing"

// TestLemmaOfUnknownWords shows the ways to a lemma, with a treebank of a few words.
func TestLemmaOfUnknownWords(t *testing.T) {
	entries := []Entry{{Tree: Tree{Words: []Word{
		word("troepen", "troep", "NOUN", "Number=Plur"), word("landen", "land", "NOUN", "Number=Plur"), word("standen", "stand", "NOUN", "Number=Plur"),
		word("branden", "brand", "NOUN", "Number=Plur"), word("genomen", "nemen", "VERB", "VerbForm=Part"), word("VN", "VN", "PROPN", ""),
		word("ingestort", "in_storten", "VERB", "VerbForm=Part"), word("zedendelinquenten", "zede_delinquent", "NOUN", "Number=Plur"),
	}}}}
	l := learnLemmas(entries, true)
	for _, c := range []struct{ form, upos, feats, want string }{
		{"Troepen", "NOUN", "Number=Plur", "troep"},                     // known, whatever its case
		{"vredestroepen", "NOUN", "Number=Plur", "vredestroep"},         // by its last part
		{"VN-troepen", "NOUN", "Number=Plur", "VN-troep"},               // inner capitals stay
		{"wanden", "NOUN", "Number=Plur", "wand"},                       // by its ending
		{"ingenomen", "VERB", "VerbForm=Part", "innemen"},               // a known particle and a known verb
		{"zedendelinquenten", "NOUN", "Number=Plur", "zedendelinquent"}, // the form's own joints
		{"Kaboelov", "PROPN", "", "Kaboelov"},
		{"…", "PUNCT", "", "…"},
		{"", "NOUN", "", ""},
	} {
		if got := l.lemma(c.form, c.upos, c.feats, c.form == "Troepen"); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.form, c.upos, got, c.want)
		}
	}
}

func word(form, lemma, upos, feats string) Word {
	w := Word{Lemma: lemma, UPOS: upos, Feats: feats, Head: -1}
	w.Form = form
	return w
}

// TestSeparateVerbs joins a particle to its verb, wherever it stands.
func TestSeparateVerbs(t *testing.T) {
	words := []Word{word("namen", "nemen", "VERB", ""), word("districten", "district", "NOUN", ""), word("In", "in", "ADP", "")}
	words[1].Head, words[2].Head, words[2].Deprel = 0, 0, particleRelation
	joinParticles(words, map[string]bool{"in": true})
	if words[0].Lemma != "innemen" {
		t.Errorf("namen … in is %q", words[0].Lemma)
	}
	joinParticles(words, map[string]bool{"in": true})
	if words[0].Lemma != "innemen" {
		t.Errorf("joined twice: %q", words[0].Lemma)
	}
}
