package frames

import (
	"slices"
	"strings"

	"casus/read/syntax"
)

// mend repairs reporting verbs that the tagger took for something else. News
// puts them where treebanks seldom do ("Kabul denies that", "beloofden de
// Taliban"), and without its verb a saying is lost. The forms that can be
// nothing else are the language's list verb-forms.
func mend(words []syntax.Word, g *Grammar) []syntax.Word {
	copied := false
	for w := range words {
		if words[w].UPOS == "ADV" && g.has("nouns", strings.ToLower(words[w].Form)) {
			if !copied {
				words, copied = slices.Clone(words), true
			}
			words[w].UPOS = "NOUN"
			headPhrase(words, w)
			continue
		}
		lemma, ok := g.forms[strings.ToLower(words[w].Form)]
		if !ok {
			lemma, ok = g.forms[words[w].Lemma] // one that the lemmatiser made up: "overstaken" for "staken … over"
		}
		verbal := words[w].UPOS == "VERB" || words[w].UPOS == "AUX"
		if k := speakerBehind(words, w); ok && verbal && k >= 0 {
			if !copied {
				words, copied = slices.Clone(words), true
			}
			words[w].Deprel, words[k].Deprel = "parataxis", "nsubj"
			continue
		}
		switch {
		case !ok || verbal && strings.HasSuffix(words[w].Lemma, lemma):
			continue // also a separable verb, rejoined: "volhouden" for "hield"
		case !verbal && (words[w].UPOS == "ADJ" || words[w].Deprel == "amod"):
			continue // "the alleged attack"
		}
		if !copied {
			words, copied = slices.Clone(words), true
		}
		words[w].Lemma = lemma
		if !verbal {
			words[w].UPOS, words[w].Feats = "VERB", "VerbForm=Fin"
			reshape(words, w)
		}
	}
	return words
}

// speakerBehind returns the head of the phrase behind a verb of saying that a
// comma sets off, where the tree takes it for one that is told something and the verb for one more act of the sentence's
// own subject ("Thousands fled, said the agency"); -1 where it does not.
func speakerBehind(words []syntax.Word, verb int) int {
	if words[verb].Deprel != "conj" || verb < 2 || words[verb-1].Form != "," || verb+1 == len(words) {
		return -1
	}
	behind := -1
	for k := range words {
		if words[k].Head != verb {
			continue
		}
		switch rel, _, _ := strings.Cut(words[k].Deprel, ":"); {
		case k < verb && rel != "punct", rel == "cc", rel == "ccomp", rel == "xcomp", rel == "nsubj":
			return -1
		case rel == "obj":
			return -1 // "…, questioned the vote"
		case behind < 0 && rel == "iobj" && firstOf(words, k) == verb+1:
			behind = k
		}
	}
	return behind
}

// firstOf returns the first word of a noun's determiners, attributes and compounds.
func firstOf(words []syntax.Word, noun int) int {
	for i := range words {
		if words[i].Head == noun && i < noun {
			return i
		}
	}
	return noun
}

// predicates makes adjectives of words that say what something is: one with a
// copula that was taken for a participle ("bezorgd zijn"), and one behind an object.
func predicates(words []syntax.Word, g *Grammar) []syntax.Word {
	words = judged(words, g)
	for w := range words {
		if form := strings.ToLower(words[w].Form); words[w].UPOS == "VERB" && g.has("adjectives", form) &&
			slices.ContainsFunc(words, func(k syntax.Word) bool { return k.Head == w && k.Deprel == "cop" }) {
			words = slices.Clone(words)
			words[w].UPOS, words[w].Lemma = "ADJ", form
		}
	}
	return words
}

// judged hangs an adjective behind the object of a verb of judging on the
// verb ("calls the plan unacceptable"), where the tree has it as the noun's attribute
// or took it for an adverb.
func judged(words []syntax.Word, g *Grammar) []syntax.Word {
	copied := false
	for w := 1; w < len(words); w++ {
		noun := w - 1
		verb := words[noun].Head
		if words[noun].UPOS != "NOUN" && words[noun].UPOS != "PROPN" || words[noun].Deprel != "obj" || verb < 0 || verb > noun || !g.has("judging", words[verb].Lemma) {
			continue
		}
		attribute := words[w].UPOS == "ADJ" && words[w].Deprel == "amod" && words[w].Head == noun
		adverb := words[w].UPOS == "ADV" && words[w].Deprel == "advmod" && words[w].Head == verb && (w+1 == len(words) || words[w+1].UPOS == "PUNCT")
		if !attribute && !adverb {
			continue
		}
		if !copied {
			words, copied = slices.Clone(words), true
		}
		words[w].UPOS, words[w].Head, words[w].Deprel = "ADJ", verb, "xcomp"
	}
	return words
}

// headPhrase makes a noun that was taken for an adverb of the word before it the
// head of their phrase ("a key US ally").
func headPhrase(words []syntax.Word, noun int) {
	first := words[noun].Head
	if first != noun-1 || words[noun].Deprel != "advmod" {
		return
	}
	words[noun].Head, words[noun].Deprel = words[first].Head, words[first].Deprel
	for i := range words {
		if words[i].Head == first {
			words[i].Head = noun
		}
	}
	words[first].Head, words[first].Deprel = noun, "compound"
}

// reshape turns the noun phrase that a verb was taken for into its clause: what
// stood before it as part of a compound is its subject, what followed as a
// clause about it is what it reports.
func reshape(words []syntax.Word, verb int) {
	takeOver(words, verb)
	subject := -1
	for i := verb - 1; i >= 0; i-- {
		if words[i].Head != verb {
			continue
		}
		switch rel, _, _ := strings.Cut(words[i].Deprel, ":"); {
		case rel == "nsubj":
			subject = i
		case subject < 0 && words[i].UPOS != "PUNCT" && (rel == "compound" || rel == "nmod" || rel == "amod" || rel == "flat"):
			subject, words[i].Deprel = i, "nsubj"
		case subject >= 0 && (rel == "det" || rel == "compound" || rel == "amod" || rel == "nmod" || rel == "flat" || rel == "case"):
			words[i].Head = subject
		}
	}
	for i := verb + 1; i < len(words); i++ {
		if words[i].Head != verb {
			continue
		}
		switch rel, _, _ := strings.Cut(words[i].Deprel, ":"); rel {
		case "acl":
			reportedBy(words, verb, i)
		case "nmod":
			words[i].Deprel = "obl"
		}
	}
}

// takeOver puts a verb that was taken for the subject of what it reports in the
// place of that ("The Kremlin denies having failed"), and one between commas
// beside it ("…, the UN reckons, …").
func takeOver(words []syntax.Word, verb int) {
	head := words[verb].Head
	if head < 0 || words[verb].Deprel != "nsubj" && words[verb].Deprel != "appos" && words[verb].Deprel != "compound" {
		return
	}
	if verb+1 < len(words) && words[verb+1].UPOS == "PUNCT" || head < verb {
		words[verb].Deprel = "parataxis"
		return
	}
	words[verb].Head, words[verb].Deprel = words[head].Head, words[head].Deprel
	words[head].Head, words[head].Deprel = verb, "ccomp"
	if strings.Contains(words[head].Feats, "VerbForm=Ger") || words[head].UPOS != "VERB" {
		words[head].Deprel = "xcomp"
	}
}

// reportedBy makes a clause that was taken for a relative one what the verb
// reports; its pronoun is then the conjunction ("denies that its fighters …").
func reportedBy(words []syntax.Word, verb, clause int) {
	words[clause].Deprel = "xcomp"
	for i := verb + 1; i < clause; i++ {
		if words[i].Head != clause {
			continue
		}
		switch words[i].Deprel {
		case "nsubj", "nsubj:pass":
			words[clause].Deprel = "ccomp"
		case "obj":
			if i == verb+1 && words[i].UPOS == "PRON" {
				words[i].Deprel, words[i].UPOS = "mark", "SCONJ"
			}
		}
	}
}
