package frames

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casus/read/syntax"
)

// repaired returns a tree's words with those faults of the parser mended that
// cost a verb its object or its subject. Each is one that no sentence of the
// language can have meant.
func (c *Coder) repaired(words []syntax.Word) []syntax.Word {
	out := slices.Clone(words)
	for i := range out {
		c.repairWord(out, i)
	}
	for i := range out {
		if out[i].UPOS == "ADV" && out[i].Deprel == "ccomp" && !slices.ContainsFunc(out, func(k syntax.Word) bool { return k.Head == i }) {
			out[i].Deprel = "advmod" // "De prijs stijgt, zo verwacht de bank"
		}
		prepositioned(out, i)
		c.particleBeforeClause(out, i)
		c.calledWhat(out, i)
		deniedDoing(out, i)
		c.saysToo(out, i)
		if v := out[i].Head; out[i].Deprel == "csubj" && v >= 0 && v < i && out[v].UPOS == "VERB" && child(out, v, "nsubj") >= 0 {
			out[i].Deprel = "xcomp" // "It denies wanting a bomb"
		}
		if w := &out[i]; w.UPOS == "ADJ" && (w.Deprel == "obj" || w.Deprel == "nsubj:pass") && child(out, i, "det") >= 0 && child(out, i, "cop") < 0 && c.gram.has("people", w.Lemma) {
			w.UPOS = "NOUN" // "put the dead at 7,000"
		}
	}
	c.saysAsNoun(out)
	c.toldBehind(out)
	c.speakersBehind(out)
	c.voiced(out)
	c.openingNoun(out)
	c.onlyFinite(out)
	return out
}

// repairWord mends what the tree has made of one word.
func (c *Coder) repairWord(out []syntax.Word, i int) {
	c.particleOfVerb(out, i)
	fronted(out, i)
	hyphened(out, i)
	swallowed(out, i)
	c.perfected(out, i)
	c.conjoined(out, i)
	c.gerund(out, i)
	c.lawDoing(out, i)
	c.neighbouring(out, i)
	titled(out, i)
	apposed(out, i)
	c.opensAsSubject(out, i)
	heldUp(out, i)
	c.calledSo(out, i)
	givenTo(out, i)
	c.atMoment(out, i)
	c.opensClause(out, i)
	placed(out, i)
	c.dated(out, i)
	reduced(out, i)
	c.infinitive(out, i)
	c.nominal(out, i)
	c.tiedBy(out, i)
	c.closeBehind(out, i)
	c.twoObjects(out, i)
	c.askedFor(out, i)
	c.counted(out, i)
	if out[i].UPOS == "NOUN" && out[i].Deprel == "obj" && c.ofQuantity(out, i) {
		out[i].Head, out[i].Deprel = i-1, "nmod"
	}
	if w := &out[i]; w.UPOS == "VERB" && strings.ToLower(w.Form) != w.Lemma && strings.Contains(w.Feats, "Number=Plur") && c.gram.isPast(strings.ToLower(w.Form)) {
		w.Feats = strings.Replace(w.Feats, "Tense=Pres", "Tense=Past", 1) // "guards shot dead a soldier"
	}
}

// particleOfVerb gives a verb the particle that stands right behind it, and the
// phrase behind that as its object, where frames ask for the particle and the
// tree takes it for a preposition: "sealed off the square", "took in refugees".
func (c *Coder) particleOfVerb(words []syntax.Word, i int) {
	w := words[i]
	if i > 0 && w.UPOS == "ADP" && w.Deprel == "advmod" && w.Head > i && words[i-1].UPOS == "VERB" {
		if o := child(words, i-1, "obj"); o > i && c.lex.asksParticle(words[i-1].Lemma, strings.ToLower(w.Form), strings.ToLower(words[o].Lemma)) {
			words[i].Head, words[i].Deprel = i-1, "compound:prt" // "has taken in 10,000 refugees"
		}
		return
	}
	if i == 0 || w.Deprel != "case" || w.Head <= i || words[w.Head].Head != i-1 || words[w.Head].Deprel != "obl" && words[w.Head].Deprel != "obj" {
		return
	}
	verb := i - 1
	if words[i+1].Deprel == "case" { // "out of"
		return
	}
	if o := child(words, verb, "obj"); o == w.Head { // "took in 2,000 refugees", whose preposition is none
		if c.lex.asksParticle(words[verb].Lemma, strings.ToLower(w.Form), strings.ToLower(words[o].Lemma)) {
			words[i].Head, words[i].Deprel = verb, "compound:prt"
		}
		return
	}
	if words[verb].UPOS != "VERB" || child(words, verb, "obj", "aux:pass", "nsubj:pass") >= 0 ||
		!c.lex.asksParticle(words[verb].Lemma, strings.ToLower(w.Form), strings.ToLower(words[w.Head].Lemma)) {
		return
	}
	words[w.Head].Deprel = "obj"
	words[i].Head, words[i].Deprel = verb, "compound:prt"
}

// fronted makes an adjective between a verb and the article of its object what
// the verb does to the object: "shot dead a soldier", "set free the prisoners".
func fronted(words []syntax.Word, i int) {
	noun := words[i].Head
	if i == 0 || words[i].UPOS != "ADJ" || words[i].Deprel != "amod" || noun <= i+1 || words[noun].Head != i-1 || words[i-1].UPOS != "VERB" {
		return
	}
	if next := words[i+1]; next.Head == noun && (next.Deprel == "det" || next.Deprel == "nmod:poss" || next.Deprel == "nummod") {
		words[i].Head, words[i].Deprel = i-1, "xcomp"
	}
}

// hyphened makes the first part of a verb with a hyphen its particle, and what
// the tree has made a part of that the verb's subject: "Iran test-fired …".
func hyphened(words []syntax.Word, i int) {
	verb := words[i].Head
	if words[i].Deprel != "nsubj" || words[i].UPOS != "NOUN" || verb != i+2 || words[i+1].Form != "-" || words[verb].UPOS != "VERB" {
		return
	}
	for k := i - 1; k >= 0; k-- {
		if words[k].Head == i && words[k].UPOS != "DET" && words[k].UPOS != "PUNCT" {
			words[k].Head, words[k].Deprel = verb, "nsubj"
			words[i].Deprel = "compound:prt"
			return
		}
	}
}

// tiedBy makes a participle that a hyphen ties to a name an attribute of the noun
// behind it, done by the one named, however the tree has hung the three:
// "rebel-held Goma", "the M23-held city", "Iran-backed fighters".
func (c *Coder) tiedBy(words []syntax.Word, i int) {
	if i < 2 || i+1 >= len(words) || words[i-1].Form != "-" || !c.gram.has("hyphened-participles", strings.ToLower(words[i].Form)) {
		return
	}
	by, noun := i-2, i+1
	for noun < len(words) && (words[noun].UPOS == "ADJ" || noun+1 < len(words) && words[noun].Head == noun+1 && words[noun].UPOS != "VERB") {
		noun++
	}
	if noun >= len(words) || words[noun].UPOS != "NOUN" && words[noun].UPOS != "PROPN" {
		return
	}
	if words[noun].Head >= by && words[noun].Head <= i { // the noun takes the place that the tree gave the participle or the name
		top := i
		for words[top].Head >= by && words[top].Head <= noun {
			top = words[top].Head
			if top == noun {
				return
			}
		}
		words[noun].Head, words[noun].Deprel = words[top].Head, words[top].Deprel
	}
	words[i].UPOS, words[i].Head, words[i].Deprel = "VERB", noun, "amod"
	if !strings.Contains(words[i].Feats, "VerbForm=Part") {
		words[i].Feats = "Tense=Past|VerbForm=Part"
	}
	words[by].Head, words[by].Deprel = i, "obl:agent"
	words[i-1].Head = by
	for k := range words {
		if k != by && k != noun && k != i-1 && words[k].Head == i && k > noun {
			words[k].Head = noun
		}
	}
	if words[noun].Head < 0 {
		verbBehind(words, i, noun)
	}
}

// verbBehind makes the verb behind a noun that such a participle has made the root the
// sentence's verb, the noun its subject, together with what the tree had for the
// participle's: "the army and Rwanda-backed rebels clashed".
func verbBehind(words []syntax.Word, participle, noun int) {
	verb := slices.IndexFunc(words, func(w syntax.Word) bool {
		return w.Head == noun && w.UPOS == "VERB" && strings.Contains(w.Feats, "Tense=Past") && slices.Contains([]string{"ccomp", "conj", "acl", "xcomp", "advcl", "parataxis"}, w.Deprel)
	})
	if verb < noun || child(words, verb, "nsubj", "nsubj:pass", "mark", "cc") >= 0 {
		return
	}
	words[verb].Head, words[verb].Deprel = -1, "root"
	first := child(words, participle, "nsubj")
	for k := range words {
		if (words[k].Head == noun || words[k].Head == participle) && k > verb {
			words[k].Head = verb
		}
	}
	words[noun].Head, words[noun].Deprel = verb, "nsubj"
	if first >= 0 && first < participle {
		words[first].Head, words[first].Deprel = verb, "nsubj"
		words[noun].Head, words[noun].Deprel = first, "conj"
		for k := first + 1; k < participle; k++ {
			if words[k].UPOS == "CCONJ" {
				words[k].Head = noun
			}
		}
	}
}

// closeBehind gives a verb the particle right behind it where the tree has hung that
// on a later verb, and frames know the two as one: "kwamen overeen hun troepen
// terug te halen".
func (c *Coder) closeBehind(words []syntax.Word, i int) {
	if i == 0 || words[i-1].UPOS != "VERB" || words[i].Head <= i || words[i].UPOS != "ADV" && words[i].UPOS != "ADP" || words[words[i].Head].UPOS != "VERB" {
		return
	}
	if whole := strings.ToLower(words[i].Form) + words[i-1].Lemma; len(c.lex.frames[Predicate{whole, 'v'}]) > 0 {
		words[i-1].Lemma = whole
		words[i].Head, words[i].Deprel = i-1, "compound:prt"
	}
}

// swallowed makes a finite past tense the verb again where the tree takes it for an
// attribute of its object, and the object for the sentence's root: "Bolivia
// severed diplomatic ties", "Korean hackers stole millions".
func swallowed(words []syntax.Word, i int) {
	object, subject := words[i].Head, i-1
	if words[i].UPOS != "VERB" || words[i].Deprel != "amod" || i == 0 || object <= i || words[object].Head >= 0 ||
		!strings.Contains(words[i].Feats, "Mood=Ind") || child(words, object, "cop", "aux") >= 0 {
		return
	}
	if s := words[subject]; s.Head != i && s.Head != object || s.UPOS != "NOUN" && s.UPOS != "PROPN" {
		return
	}
	words[i].Head, words[i].Deprel = -1, "root"
	words[i].Feats = strings.Replace(words[i].Feats, "Tense=Pres", "Tense=Past", 1)
	words[object].Head, words[object].Deprel = i, "obj"
	for k := range words[:subject] {
		if words[k].Head == object {
			words[k].Head = subject
		}
	}
	words[subject].Head, words[subject].Deprel = i, "nsubj"
}

// perfected makes a participle right behind its auxiliary the verb again where the
// tree takes it for an attribute of its object: "militias have fired rockets".
func (c *Coder) perfected(words []syntax.Word, i int) {
	aux, object := i-1, words[i].Head
	for aux > 0 && words[aux].UPOS == "ADV" {
		aux--
	}
	if aux < 0 || words[i].UPOS != "VERB" || words[i].Deprel != "amod" || object <= i || words[object].Deprel != "obj" || words[object].Head != aux ||
		!c.gram.has("perfect-first", words[aux].Lemma) || child(words, object, "det", "nmod:poss") >= 0 && child(words, object, "det", "nmod:poss") < i {
		return
	}
	words[i].Head, words[i].Deprel = words[aux].Head, words[aux].Deprel
	words[aux].Head, words[aux].Deprel, words[aux].UPOS = i, "aux", "AUX"
	takeObject(words, i, object)
	for k := range words {
		if words[k].Head == aux {
			words[k].Head = i
		}
	}
}

// conjoined makes a verb right behind "and" the second act of the sentence's
// subject where the tree takes it for an attribute of its object: "raised their
// readiness and deployed missiles". Frames must know the object as the verb's.
func (c *Coder) conjoined(words []syntax.Word, i int) {
	object := words[i].Head
	if i == 0 || words[i].UPOS != "VERB" || words[i].Deprel != "amod" || object <= i || words[object].Deprel != "conj" || words[i-1].Deprel != "cc" ||
		!c.lex.asks(Predicate{words[i].Lemma, 'v'}, "patient", strings.ToLower(words[object].Lemma)) {
		return
	}
	first := words[object].Head
	verb := words[first].Head
	if verb < 0 || first > i || words[first].Deprel != "obj" || words[verb].UPOS != "VERB" {
		return
	}
	words[i].Head, words[i].Deprel = verb, "conj"
	words[i-1].Head = i
	takeObject(words, i, object)
}

// gerund makes a present participle behind a preposition the verb again where the tree
// takes it for an attribute of its object: "accused India of firing missiles at …".
// Frames must know the object as the verb's.
func (c *Coder) gerund(words []syntax.Word, i int) {
	object := words[i].Head
	if i == 0 || words[i].UPOS != "VERB" || words[i].Deprel != "amod" || object <= i || words[object].Head < 0 ||
		words[i-1].Head != object || words[i-1].Deprel != "case" || !c.gram.has("purpose", strings.ToLower(words[i-1].Form)) && !c.gram.has("agent", strings.ToLower(words[i-1].Form)) ||
		!slices.ContainsFunc(c.gram.lists["present-participle"], func(ending string) bool { return strings.HasSuffix(strings.ToLower(words[i].Form), ending) }) ||
		!c.lex.asks(Predicate{words[i].Lemma, 'v'}, "patient", strings.ToLower(words[object].Lemma)) {
		return
	}
	up := words[object].Head
	words[i].Head, words[i].Deprel = up, "advcl"
	words[i].Feats = "VerbForm=Ger"
	if words[up].UPOS == "NOUN" || words[up].UPOS == "PROPN" {
		if words[up].Deprel == "obj" && words[up].Head >= 0 && words[words[up].Head].UPOS == "VERB" {
			words[i].Head = words[up].Head // "accused India | of firing missiles"
		} else {
			words[i].Deprel = "acl"
		}
	}
	words[i-1].Head, words[i-1].Deprel = i, "mark"
	takeObject(words, i, object)
}

// neighbouring makes a participle that is never a verb in news an attribute of the name
// right behind it, and that name the object: "accuses neighboring Rwanda of …".
func (c *Coder) neighbouring(words []syntax.Word, i int) {
	object, verb := i+1, words[i].Head
	if i > 0 && object < len(words) && words[i].UPOS == "VERB" && words[i-1].Head == i && words[object].Head == i && words[object].UPOS == "PROPN" &&
		(words[i-1].UPOS == "SCONJ" || words[i-1].UPOS == "ADP") && c.gram.has("only-attributes", strings.ToLower(words[i].Form)) {
		for k := range words { // "driven into neighboring Bangladesh by the army"
			if words[k].Head == i && k != object && k != i-1 {
				words[k].Head = verb
			}
		}
		words[object].Head, words[object].Deprel = verb, "obl"
		words[i-1].Head, words[i-1].Deprel, words[i-1].UPOS = object, "case", "ADP"
		words[i].UPOS, words[i].Head, words[i].Deprel, words[i].Feats = "ADJ", object, "amod", ""
		return
	}
	if verb < 0 || verb > i || object >= len(words) || words[i].UPOS != "VERB" || words[i].Deprel != "xcomp" || !c.gram.has("only-attributes", strings.ToLower(words[i].Form)) ||
		words[object].UPOS != "PROPN" || words[object].Head != i || words[object].Deprel != "obj" || child(words, verb, "obj") >= 0 {
		return
	}
	for k := range words {
		if words[k].Head == i && k != object {
			words[k].Head = verb
		}
	}
	words[object].Head, words[object].Deprel = verb, "obj"
	words[i].UPOS, words[i].Head, words[i].Deprel, words[i].Feats = "ADJ", object, "amod", ""
}

// lawDoing makes what a noun with an article does its participle, where the tree takes
// noun and participle for attributes of the object: "passed a law suspending cooperation".
func (c *Coder) lawDoing(words []syntax.Word, i int) {
	object := words[i].Head
	if i < 2 || words[i].UPOS != "VERB" || words[i].Deprel != "amod" || !strings.HasSuffix(words[i].Form, "ing") || object != i+1 ||
		words[i-1].UPOS != "NOUN" || words[i-1].Head != object || words[i-1].Deprel != "compound" ||
		!c.lex.asks(Predicate{words[i].Lemma, 'v'}, "patient", strings.ToLower(words[object].Lemma)) {
		return
	}
	words[i-1].Head, words[i-1].Deprel = words[object].Head, words[object].Deprel
	words[i].Head, words[i].Deprel, words[i].Feats = i-1, "acl", "VerbForm=Ger"
	for k := range i - 1 {
		if words[k].Head == object {
			words[k].Head = i - 1
		}
	}
	takeObject(words, i, object)
}

// takeObject makes a noun a verb's object, and the phrases behind it the verb's own.
func takeObject(words []syntax.Word, verb, object int) {
	words[object].Head, words[object].Deprel = verb, "obj"
	for k := object + 1; k < len(words); k++ {
		if words[k].Head == object && words[k].Deprel == "nmod" && child(words, k, "case") >= 0 {
			words[k].Head, words[k].Deprel = verb, "obl"
		}
	}
}

// nominal makes a word with an article that stands where only a noun can a noun:
// "A Red Cross convoy reached Gaza"; so does one with an owner and what it owns the
// deed to: "Israel's killing of …".
func (c *Coder) nominal(words []syntax.Word, i int) {
	w := &words[i]
	switch w.Deprel {
	case "nsubj", "nsubj:pass", "obj", "nmod", "obl":
	default:
		return
	}
	article := child(words, i, "det")
	marked := article >= 0 && strings.Contains(words[article].Feats, "Definite=") || child(words, i, "nmod:poss") == i-2 && child(words, i, "nmod") == i+2
	if w.UPOS != "VERB" || !marked || child(words, i, "nsubj", "obj", "aux", "mark", "xcomp", "ccomp") >= 0 {
		return
	}
	form := strings.ToLower(w.Form)
	for _, lemma := range append(c.gram.lemmasOf(form, 'n'), form) {
		if c.lex.knows(lemma, 'n') {
			w.UPOS, w.Lemma, w.Feats = "NOUN", lemma, ""
			return
		}
	}
}

// titled makes a noun right before a name what the name is called, where the tree
// gives the verb two subjects: "NATO members Poland and Latvia protested".
func titled(words []syntax.Word, i int) {
	if i == 0 || words[i].Deprel != "nsubj" || words[i].UPOS != "PROPN" {
		return
	}
	if title := words[i-1]; title.Deprel == "nsubj" && title.Head == words[i].Head && title.UPOS == "NOUN" && strings.Contains(title.Feats, "Number=Plur") {
		words[i-1].Head, words[i-1].Deprel = i, "compound"
	}
}

// apposed makes a name that opens a sentence its verb's subject, and the noun
// between two commas behind it what is said of the name, where the tree takes the
// noun for the subject: "Moscow, traditionally their ally, welcomed the truce".
func apposed(words []syntax.Word, i int) {
	v := words[i].Head
	if words[i].UPOS != "PROPN" || v <= i+2 || words[v].UPOS != "VERB" || words[i+1].Form != "," || words[v-1].Form != "," ||
		!slices.Contains([]string{"discourse", "vocative", "dislocated", "obl", "nmod", "advmod", "parataxis"}, words[i].Deprel) {
		return
	}
	n := slices.IndexFunc(words, func(w syntax.Word) bool { return w.Head == v && w.Deprel == "nsubj" })
	if n < i+2 || n > v || words[n].UPOS != "NOUN" || slices.ContainsFunc(words, func(w syntax.Word) bool { return w.Head == i && w.Deprel == "case" }) {
		return
	}
	words[n].Head, words[n].Deprel = i, "appos"
	words[i].Deprel = "nsubj"
}

// opensAsSubject makes a name that opens a sentence the subject of a verb that has none,
// where the tree takes it for an adverb: "Aguer also accused the opposition".
func (c *Coder) opensAsSubject(words []syntax.Word, i int) {
	verb := words[i].Head
	if i != 0 || words[i].UPOS != "PROPN" || verb <= i || words[verb].UPOS != "VERB" || !slices.Contains([]string{"advmod", "obl", "vocative", "dislocated"}, words[i].Deprel) ||
		c.gram.has("calendar", strings.ToLower(words[i].Form)) || child(words, i, "case") >= 0 || child(words, verb, "nsubj", "nsubj:pass", "csubj", "expl") >= 0 ||
		!strings.Contains(words[verb].Feats, "Tense=Past") && !strings.Contains(words[verb].Feats, "VerbForm=Fin") {
		return
	}
	for k := 1; k < verb; k++ {
		if words[k].Form == "," {
			return
		}
	}
	words[i].Deprel = "nsubj"
	if child(words, verb, "aux:pass") >= 0 {
		words[i].Deprel = "nsubj:pass"
	}
}

// givenTo makes a name right behind the receiver of a gift that receiver's name, where
// the tree takes it for a part of the amount: "give its ally Tajikistan $1.1 million".
func givenTo(words []syntax.Word, i int) {
	to := i - 1
	if to < 0 || words[i].UPOS != "PROPN" || words[i].Deprel != "compound" || words[to].UPOS != "NOUN" || words[to].Deprel != "iobj" && words[to].Deprel != "obj" || words[i].Head <= i ||
		words[words[i].Head].Head != words[to].Head || words[words[i].Head].Deprel != "obj" {
		return
	}
	amount := words[i].Head
	for k := i + 1; k < amount; k++ {
		if words[k].Head == i {
			words[k].Head = amount
			words[k].Deprel = "nummod"
		}
	}
	words[i].Head, words[i].Deprel = to, "appos"
	words[to].Deprel = "iobj"
}

// calledSo makes a word with a capital right behind a noun that noun's name, where
// the tree takes it for an adverb of the verb: "nam de stad El-Fasher in".
func (c *Coder) calledSo(words []syntax.Word, i int) {
	w := &words[i]
	first, _ := utf8.DecodeRuneInString(w.Form)
	if i == 0 || w.UPOS != "ADV" && w.UPOS != "X" && w.UPOS != "PROPN" || w.Deprel != "obl" && w.Deprel != "advmod" || words[i-1].UPOS != "NOUN" || words[i-1].Head != w.Head ||
		!unicode.IsUpper(first) || c.gram.has("calendar", strings.ToLower(w.Form)) || child(words, i, "case") >= 0 {
		return
	}
	w.UPOS, w.Head, w.Deprel = "PROPN", i-1, "appos"
}

// heldUp gives a verb what the tree has hung on its auxiliary, where something
// stands between the two: "has, according to the UN, attacked".
func heldUp(words []syntax.Word, i int) {
	aux := words[i].Head
	if aux < 0 || words[aux].Deprel != "aux" && words[aux].Deprel != "aux:pass" || words[aux].Head < 0 {
		return
	}
	if slices.Contains([]string{"nsubj", "nsubj:pass", "obl", "advmod", "advcl"}, words[i].Deprel) {
		words[i].Head = words[aux].Head
	}
}

// atMoment makes a noun for a time that the tree takes for a second subject what
// it can only be: "moments later, Russia attacked", "the day Russia attacked".
func (c *Coder) atMoment(words []syntax.Word, i int) {
	if words[i].Deprel != "nsubj" || words[i].UPOS != "NOUN" || !c.gram.has("moments", words[i].Lemma) {
		return
	}
	for k := i + 1; k < words[i].Head; k++ {
		if words[k].Head == words[i].Head && words[k].Deprel == "nsubj" {
			words[i].Deprel = "obl"
			return
		}
	}
}

// opensClause makes a preposition the conjunction of the clause that its phrase
// stands in, where the verb of that has no subject but the phrase, and the second
// part of the "name" the object: "sinds Rusland Georgië aanviel".
func (c *Coder) opensClause(words []syntax.Word, i int) {
	p := words[i].Head
	if words[i].Deprel != "case" || !c.gram.has("since", strings.ToLower(words[i].Form)) || p != i+1 || words[p].UPOS != "PROPN" || words[p].Deprel != "obl" {
		return
	}
	v := words[p].Head
	if v < p || words[v].UPOS != "VERB" || words[v].Deprel != "advcl" || child(words, v, "nsubj:pass", "mark") >= 0 {
		return
	}
	if other := child(words, v, "nsubj"); other >= 0 {
		if !strings.Contains(words[other].Feats, "Number=Plur") || !strings.Contains(words[v].Feats, "Number=Sing") {
			return
		}
		words[other].Deprel = "obj" // "sinds Rusland twee diplomaten uitzette"
	}
	words[i].Head, words[i].Deprel = v, "mark"
	words[p].Deprel = "nsubj"
	if o := child(words, p, "flat"); o == p+1 && words[o].UPOS == "PROPN" && child(words, v, "obj") < 0 {
		words[o].Head, words[o].Deprel = v, "obj"
	}
}

// placed makes a phrase with a preposition that the tree takes for a second subject
// what it can only be: "who in May attacked Iran".
func placed(words []syntax.Word, i int) {
	w := &words[i]
	if i == 0 || w.Deprel != "nsubj" && w.Deprel != "nsubj:pass" || w.Head < 0 || child(words, i, "case") != i-1 {
		return
	}
	for k := range words {
		if k != i && words[k].Head == w.Head && words[k].Deprel == w.Deprel {
			w.Deprel = "obl"
			return
		}
	}
}

// dated makes the noun right before a verb without a subject that subject, where the tree
// has swallowed it into a date: "On Friday Indian troops blew up homes".
func (c *Coder) dated(words []syntax.Word, i int) {
	verb, mark := words[i].Head, child(words, i, "case")
	if words[i].Deprel != "obl" || verb <= i || words[verb].UPOS != "VERB" || mark < 0 || mark+2 > i || child(words, verb, "nsubj", "nsubj:pass", "csubj") >= 0 {
		return
	}
	day := mark + 1
	if up := words[day].Head; up <= day || up != i && words[up].Head != i || !c.gram.has("calendar", strings.ToLower(words[day].Form)) {
		return
	}
	for k := i + 1; k < verb; k++ {
		if words[k].Head != verb || words[k].UPOS != "AUX" && words[k].UPOS != "ADV" {
			return
		}
	}
	words[mark].Head = day
	words[day].Head, words[day].Deprel = verb, "obl"
	words[i].Deprel = "nsubj"
	if child(words, verb, "aux:pass") >= 0 {
		words[i].Deprel = "nsubj:pass"
	}
}

// reduced makes a past tense with an object the sentence's verb where the tree takes
// for that the participle of its subject: "violence linked to the group killed …".
func reduced(words []syntax.Word, i int) {
	part := words[i].Head
	if words[i].UPOS != "VERB" || words[i].Deprel != "advcl" || part < 0 || part > i || words[part].UPOS != "VERB" || !strings.Contains(words[i].Feats, "Tense=Past") ||
		child(words, i, "obj") < i || child(words, i, "mark", "nsubj", "aux", "aux:pass", "cc", "advmod") >= 0 ||
		child(words, part, "obj", "aux", "aux:pass", "mark", "ccomp", "xcomp") >= 0 || !strings.Contains(words[part].Feats, "Tense=Past") {
		return
	}
	subject := child(words, part, "nsubj")
	if subject < 0 || subject != part-1 || slices.ContainsFunc(words[subject:i], func(w syntax.Word) bool { return w.UPOS == "PUNCT" }) {
		return
	}
	words[i].Head, words[i].Deprel = words[part].Head, words[part].Deprel
	words[part].Head, words[part].Deprel = subject, "acl"
	words[part].Feats = "Tense=Past|VerbForm=Part"
	words[subject].Head = i
	for k := range words {
		if words[k].Head == part && (k > i || k < subject) {
			words[k].Head = i
		}
	}
}

// infinitive makes an infinitive that the tree takes for a phrase the clause that
// it is: "called on the alliance to intervene".
//
// A form with an ending after the marker is none: "returned to talks".
func (c *Coder) infinitive(words []syntax.Word, i int) {
	mark := child(words, i, "case", "mark")
	if w := &words[i]; w.UPOS == "VERB" && w.Deprel == "xcomp" && mark >= 0 && mark == i-1 && c.gram.has("purpose", strings.ToLower(words[mark].Form)) &&
		w.Form == w.Lemma+"s" && c.lex.asked[w.Lemma] {
		w.UPOS, w.Deprel, w.Feats, words[mark].Deprel = "NOUN", "obl", "Number=Plur", "case"
		return
	}
	if words[i].UPOS == "VERB" && words[i].Deprel == "obl" && strings.Contains(words[i].Feats, "VerbForm=Inf") && words[i].Head < i &&
		mark >= 0 && c.gram.has("purpose", strings.ToLower(words[mark].Form)) {
		words[i].Deprel, words[mark].Deprel = "xcomp", "mark"
	}
}

// twoObjects makes the first of two objects of a verb of giving the one who
// gets the second: "gave Damascus an ultimatum".
func (c *Coder) twoObjects(words []syntax.Word, verb int) {
	if words[verb].UPOS != "VERB" || child(words, verb, "iobj") >= 0 {
		return
	}
	asked := c.lex.asksReceiver(words[verb].Lemma)
	if !asked && (!c.lex.gives(words[verb].Lemma) || c.gram.has("calling", words[verb].Lemma) || c.gram.has("judging", words[verb].Lemma)) {
		return
	}
	var objects []int
	for k := range words {
		if words[k].Head == verb && words[k].Deprel == "obj" {
			objects = append(objects, k)
		}
	}
	if len(objects) == 2 && verb < objects[0] && (asked || named(words, objects[0]) && words[objects[1]].UPOS == "NOUN") {
		words[objects[0]].Deprel = "iobj" // "bood het Noorden gesprekken aan"
	}
}

// askedFor makes a bare infinitive right behind a verb the noun that frames of the
// verb ask for as its object: "sought refuge".
func (c *Coder) askedFor(words []syntax.Word, i int) {
	w := &words[i]
	if w.UPOS != "VERB" || w.Deprel != "xcomp" || w.Head != i-1 || child(words, i, "mark", "aux", "obj", "nsubj") >= 0 {
		return
	}
	form := strings.ToLower(w.Form)
	for _, lemma := range append(c.gram.lemmasOf(form, 'n'), form) {
		if c.lex.asks(Predicate{strings.ToLower(words[i-1].Lemma), 'v'}, "patient", lemma) {
			w.UPOS, w.Lemma, w.Deprel, w.Feats = "NOUN", lemma, "obj", ""
			return
		}
	}
}

// counted makes a phrase without preposition that counts people a verb's object,
// and one whose preposition only rounds the number: "deported more than a
// million Afghans", "controls about a fifth of the country".
func (c *Coder) counted(words []syntax.Word, i int) {
	w, verb := words[i], words[i].Head
	if w.Deprel != "obl" || verb < 0 || verb > i || words[verb].UPOS != "VERB" || child(words, verb, "obj", "aux:pass", "nsubj:pass") >= 0 {
		return
	}
	mark := child(words, i, "case")
	lemma := strings.ToLower(w.Lemma)
	people := w.Form != lemma && strings.ToLower(w.Form) != w.Form || c.gram.has("people", lemma)
	switch {
	case mark < 0 && people && child(words, i, "nummod") >= 0:
		words[i].Deprel = "obj"
	case mark == verb+1 && c.gram.has("hedges", strings.ToLower(words[mark].Form)) && (child(words, i, "nummod") >= 0 || c.gram.has("parts", lemma)):
		words[i].Deprel, words[mark].Deprel = "obj", "advmod"
	}
}

// named tells whether a word is a name, or a quantity of what a name says.
func named(words []syntax.Word, i int) bool {
	if words[i].UPOS == "PROPN" {
		return true
	}
	part := child(words, i, "nmod")
	return part == i+1 && words[part].UPOS == "PROPN"
}

// asksReceiver tells whether frames of a verb ask for an indirect object.
func (l *Lexicon) asksReceiver(verb string) bool {
	return slices.ContainsFunc(l.frames[Predicate{strings.ToLower(verb), 'v'}], func(f *Frame) bool {
		return slices.ContainsFunc(f.Conditions, func(cond Condition) bool { return cond.Slot == "iobj" && !cond.Absent })
	})
}

// gives tells whether frames of a verb name an indirect object in a role.
func (l *Lexicon) gives(verb string) bool {
	return slices.ContainsFunc(l.frames[Predicate{strings.ToLower(verb), 'v'}], func(f *Frame) bool {
		return f.names("iobj") && !f.denies("iobj")
	})
}

// denies tells whether a frame asks that a slot be empty.
func (f *Frame) denies(slot string) bool {
	return slices.ContainsFunc(f.Conditions, func(cond Condition) bool { return cond.Slot == slot && cond.Absent })
}

// openingNoun makes a gerund that opens the sentence right before a verb without
// a subject that subject, where frames know it as a noun: "Fighting broke out".
func (c *Coder) openingNoun(words []syntax.Word) {
	c.notRoot(words)
	if len(words) < 2 || words[0].UPOS != "VERB" || words[0].Deprel == "root" {
		return
	}
	verb, form := words[0].Head, strings.ToLower(words[0].Form)
	if verb < 1 || words[verb].UPOS != "VERB" || child(words, verb, "nsubj", "nsubj:pass") >= 0 || child(words, 0, "obj", "mark") >= 0 {
		return
	}
	for k := 1; k < verb; k++ {
		if w := words[k]; w.UPOS == "AUX" || w.UPOS == "ADV" {
			if w.Head != verb {
				return
			}
		} else if words[k].UPOS != "PUNCT" && !hangsOn(words, k, 0) { // "Fighting near Goma has …"
			return
		}
	}
	if c.lex.knows(form, 'n') {
		words[0].Deprel, words[0].UPOS, words[0].Lemma, words[0].Feats = "nsubj", "NOUN", form, "Number=Sing"
		if child(words, verb, "aux:pass") >= 0 {
			words[0].Deprel = "nsubj:pass"
		}
		for k := range words {
			if words[k].Head == 0 && words[k].Deprel == "obl" {
				words[k].Deprel = "nmod"
			}
		}
	}
}

// hangsOn tells whether a word stands under another, at any depth.
func hangsOn(words []syntax.Word, w, top int) bool {
	for depth := 0; depth < len(words) && w >= 0; depth++ {
		if w == top {
			return true
		}
		w = words[w].Head
	}
	return false
}

// notRoot makes the past tense right behind such a gerund the sentence's verb, where
// the tree has taken the gerund for it.
func (c *Coder) notRoot(words []syntax.Word) {
	if len(words) < 3 || words[0].UPOS != "VERB" || words[0].Deprel != "root" || !c.lex.knows(strings.ToLower(words[0].Form), 'n') {
		return
	}
	verb := slices.IndexFunc(words[1:], func(w syntax.Word) bool { return w.UPOS != "AUX" && w.UPOS != "ADV" }) + 1
	if verb < 1 || words[verb].UPOS != "VERB" || words[verb].Head != 0 || !strings.Contains(words[verb].Feats, "Tense=Past") {
		return
	}
	for k := range words {
		if words[k].Head == 0 {
			words[k].Head = verb
		}
	}
	words[verb].Head, words[verb].Deprel = -1, "root"
	words[0].Head, words[0].Deprel = verb, "csubj"
}

// onlyFinite makes the root of a sentence without a finite verb that verb, where it
// can be one and a name stands right before it: "Germany plans to deport …".
func (c *Coder) onlyFinite(words []syntax.Word) {
	root := slices.IndexFunc(words, func(w syntax.Word) bool { return w.Head < 0 })
	if root < 1 || words[root].UPOS != "NOUN" || !strings.HasSuffix(words[root].Form, "s") || words[root-1].UPOS != "PROPN" ||
		words[root-1].Head != root || words[len(words)-1].Form != "." || child(words, root, "cop", "det", "nmod:poss", "amod", "nsubj", "aux") >= 0 ||
		slices.ContainsFunc(words, func(w syntax.Word) bool { return strings.Contains(w.Feats, "VerbForm=Fin") }) {
		return
	}
	for _, lemma := range c.gram.lemmasOf(strings.ToLower(words[root].Form), 'v') {
		if c.lex.knows(lemma, 'v') {
			words[root].UPOS, words[root].Lemma, words[root].Feats = "VERB", lemma, "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
			reshape(words, root)
			return
		}
	}
}

// asksParticle tells whether frames of a verb ask for a particle, and for no
// object or for this one.
func (l *Lexicon) asksParticle(verb, particle, object string) bool {
	for _, f := range l.frames[Predicate{strings.ToLower(verb), 'v'}] {
		asked := false
		for _, cond := range f.Conditions {
			asked = asked || cond.Slot == "prt" && slices.Contains(cond.Lemmas, particle)
		}
		for _, cond := range f.Conditions {
			if cond.Slot == "patient" && !cond.Absent && len(cond.Lemmas) > 0 && !slices.Contains(cond.Lemmas, object) {
				asked = false
			}
		}
		if asked {
			return true
		}
	}
	return false
}

// toldBehind makes the noun right behind a verb of saying its subject, and the clause
// before the comma what it says, where the tree takes the clause for the subject
// and the noun for the object: "Vier doden, melden hulpdiensten", "Nu is het anders, hopen diplomaten".
func (c *Coder) toldBehind(words []syntax.Word) {
	for verb := 2; verb+1 < len(words); verb++ {
		if words[verb].UPOS != "VERB" || words[verb-1].Form != "," || c.gram.forms[strings.ToLower(words[verb].Form)] == "" && !c.reports(words[verb].Lemma) || child(words, verb, "mark", "aux", "ccomp", "iobj") >= 0 {
			continue
		}
		object := child(words, verb, "obj")
		if object < verb || firstOf(words, object) > verb+1 || child(words, object, "case") >= 0 || words[object].UPOS == "PRON" {
			continue
		}
		if clause := onlyClauseBefore(words, verb); clause >= 0 && child(words, clause, "mark") < 0 {
			words[clause].Deprel, words[object].Deprel = "ccomp", "nsubj"
		}
	}
}

// saysAsNoun makes a noun that heads a sentence and has a subject, but no copula, the verb
// of saying that it can be: "Analysts doubt that …", "Prime minister Sharif thanks Trump".
func (c *Coder) saysAsNoun(words []syntax.Word) {
	root := slices.IndexFunc(words, func(w syntax.Word) bool { return w.Head < 0 })
	if root < 1 || words[root].UPOS != "NOUN" || child(words, root, "cop", "aux", "det", "amod", "case", "nmod:poss", "compound", "nummod") >= 0 {
		return
	}
	subject := child(words, root, "nsubj", "vocative")
	if subject < 0 || subject > root || words[subject].Deprel == "vocative" && words[subject].UPOS != "PROPN" {
		return
	}
	for _, lemma := range c.gram.lemmasOf(strings.ToLower(words[root].Form), 'v') {
		if !c.reports(lemma) {
			continue
		}
		words[root].UPOS, words[root].Lemma, words[root].Feats = "VERB", lemma, "Mood=Ind|Tense=Pres|VerbForm=Fin"
		words[subject].Deprel = "nsubj"
		for k := root + 1; k < len(words); k++ {
			if words[k].Head != root {
				continue
			}
			switch words[k].Deprel {
			case "vocative", "appos", "flat":
				words[k].Deprel = "obj"
			case "nmod":
				words[k].Deprel = "obl"
			}
		}
		return
	}
}

// saysToo gives a verb of saying behind "and" or a comma to the one who spoke before, where
// the tree has hung it on what was said: "Anwar said the truce takes effect and stressed
// that …", "urged Serbia to withdraw its troops, calling for calm".
func (c *Coder) saysToo(words []syntax.Word, i int) {
	told := words[i].Head
	if words[i].UPOS != "VERB" || told < 0 || told > i || !c.reports(words[i].Lemma) || child(words, i, "nsubj", "nsubj:pass") >= 0 {
		return
	}
	says := words[told].Head
	if says < 0 || says > told || words[says].UPOS != "VERB" || !c.reports(words[says].Lemma) || child(words, says, "nsubj") < 0 || child(words, says, "aux:pass") >= 0 {
		return
	}
	switch {
	case words[i].Deprel == "conj" && words[told].Deprel == "ccomp" && child(words, i, "ccomp") > i:
		subject := child(words, told, "nsubj", "nsubj:pass")
		if subject < 0 || words[subject].UPOS != "NOUN" || child(words, told, "aux", "aux:pass") >= 0 && strings.Contains(words[i].Feats, "VerbForm=Part") ||
			!strings.Contains(words[i].Feats, "Tense=Past") || !strings.Contains(words[says].Feats, "Tense=Past") || strings.Contains(words[told].Feats, "Tense=Past") {
			return
		}
	case words[i].Deprel == "advcl" && words[told].Deprel == "xcomp" && words[i-1].Form == "," && strings.HasSuffix(words[i].Form, "ing"):
	case words[i].Deprel == "advcl" && words[told].Deprel == "ccomp" && words[i-1].Form == "," && strings.HasSuffix(words[i].Form, "ing"):
		if subject := child(words, told, "nsubj", "nsubj:pass"); subject < 0 || words[subject].UPOS != "NOUN" {
			return
		}
	default:
		return
	}
	words[i].Head = says
}

// speakersBehind makes two nouns between the last comma and a closing verb of saying its
// subject together, and what stands before what they say: "… near the border,
// diplomats and aid workers say."
func (c *Coder) speakersBehind(words []syntax.Word) {
	verb := len(words) - 2
	if verb < 5 || words[verb].UPOS != "VERB" || !c.reports(words[verb].Lemma) || child(words, verb, "obj", "mark", "aux") >= 0 {
		return
	}
	start, and := verb, -1
	for start--; start > 0 && words[start].Form != ","; start-- {
		switch words[start].UPOS {
		case "CCONJ":
			and = start
		case "NOUN", "PROPN", "ADJ", "DET", "NUM":
		default:
			return
		}
	}
	if start < 3 || and < start+2 || and > verb-2 || !isNominal(words[and-1]) || !isNominal(words[verb-1]) {
		return
	}
	first, second := and-1, verb-1
	if words[first].Head == verb || words[verb].Head >= start {
		return
	}
	c.nameTogether(words, start+1, first, second, verb)
	if root := slices.IndexFunc(words, func(w syntax.Word) bool { return w.Head < 0 }); root >= 0 && root < start {
		words[root].Head, words[root].Deprel = verb, "ccomp"
		words[verb].Head, words[verb].Deprel = -1, "root"
	}
}

// nameTogether hangs two nouns with "and" between them on a verb as its subject, from
// the word where the first one's phrase begins.
func (c *Coder) nameTogether(words []syntax.Word, from, first, second, verb int) {
	for k := from; k < verb; k++ {
		noun := first
		if k > first {
			noun = second
		}
		if k == first || k == second || words[k].Head >= from && words[k].Head < verb && words[k].Head != second && words[k].Head != first {
			continue
		}
		words[k].Head = noun
		if isNominal(words[k]) {
			words[k].Deprel = "compound"
		}
	}
	words[first].Head, words[first].Deprel = verb, "nsubj"
	words[second].Head, words[second].Deprel = first, "conj"
	words[first+1].Head, words[first+1].Deprel = second, "cc"
}

func isNominal(w syntax.Word) bool { return w.UPOS == "NOUN" || w.UPOS == "PROPN" }

// onlyClauseBefore returns the clause that alone hangs on a verb from before it; -1
// where something else does.
func onlyClauseBefore(words []syntax.Word, verb int) int {
	clause := -1
	for k := range verb {
		if words[k].Head != verb || words[k].UPOS == "PUNCT" {
			continue
		}
		rel, _, _ := strings.Cut(words[k].Deprel, ":")
		if clause >= 0 || words[k].UPOS != "VERB" && child(words, k, "cop", "nsubj") < 0 || !slices.Contains([]string{"nsubj", "csubj", "advmod", "xcomp", "advcl", "obl"}, rel) {
			return -1
		}
		clause = k
	}
	return clause
}

// reports tells whether frames make a verb one of saying.
func (c *Coder) reports(verb string) bool {
	return slices.ContainsFunc(c.lex.frames[Predicate{strings.ToLower(verb), 'v'}], func(f *Frame) bool { _, says := f.claimMake(); return says })
}

// voiced makes a past form of a verb of saying the sentence's verb again where the
// tree takes it for an attribute of its object, and the object for the root: "The
// United States and the EU voiced support for Georgia".
func (c *Coder) voiced(words []syntax.Word) {
	for i := 1; i < len(words); i++ {
		object := words[i].Head
		if words[i].UPOS != "VERB" || words[i].Deprel != "amod" || object <= i || words[object].Head >= 0 || words[object].UPOS != "NOUN" ||
			!c.reports(words[i].Lemma) || strings.HasSuffix(words[i].Form, "ing") || child(words, object, "cop", "aux", "det") >= 0 {
			continue
		}
		subject := child(words, object, "nsubj", "nsubj:pass")
		if subject < 0 || subject > i {
			continue
		}
		words[i].Head, words[i].Deprel, words[i].Feats = -1, "root", "Mood=Ind|Tense=Past|VerbForm=Fin"
		words[subject].Head, words[subject].Deprel = i, "nsubj"
		takeObject(words, i, object)
		return
	}
}

// deniedDoing makes a gerund right behind a verb with a subject its complement, where
// the tree takes it for a second subject: "It denies wanting a bomb".
func deniedDoing(words []syntax.Word, i int) {
	if i > 0 && words[i].Deprel == "csubj" && words[i].Head == i-1 && words[i].UPOS == "VERB" && strings.HasSuffix(words[i].Form, "ing") && child(words, i-1, "nsubj") >= 0 {
		words[i].Deprel = "xcomp"
	}
}

// prepositioned makes a second object with a preposition the phrase that it is:
// "vroegen hun ambtgenoot om een betere behandeling".
func prepositioned(words []syntax.Word, i int) {
	w := words[i]
	if w.UPOS != "NOUN" && w.UPOS != "PROPN" || w.Deprel != "obj" || child(words, w.Head, "obj") == i {
		return
	}
	if k := child(words, i, "case"); k > w.Head && k < i && words[k].UPOS == "ADP" {
		words[i].Deprel = "obl"
	}
}

// particleBeforeClause gives a verb the particle that stands right before the clause
// that it reports, where the tree takes it for a preposition of that: "spreekt tegen dat …".
func (c *Coder) particleBeforeClause(words []syntax.Word, i int) {
	w := words[i]
	if w.UPOS != "ADP" || w.Deprel != "case" || i+1 >= len(words) || !c.gram.has("complementizer", strings.ToLower(words[i+1].Form)) || words[i+1].Head != w.Head || w.Head < i {
		return
	}
	clause := w.Head
	verb := words[clause].Head
	if verb < 0 || verb > i || words[verb].UPOS != "VERB" || child(words, verb, "compound:prt") >= 0 {
		return
	}
	if lemma := strings.ToLower(w.Form + words[verb].Lemma); c.lex.knows(lemma, 'v') {
		words[verb].Lemma = lemma
		words[i].Head, words[i].Deprel = verb, "compound:prt"
		words[clause].Deprel, words[i+1].UPOS, words[i+1].Deprel = "ccomp", "SCONJ", "mark"
	}
}

// calledWhat gives a verb of calling the noun between it and what it calls that, where
// the tree hangs it on the latter: "noemt de beschuldiging verzonnen".
func (c *Coder) calledWhat(words []syntax.Word, i int) {
	what := words[i].Head
	if what <= i || words[i].UPOS != "NOUN" && words[i].UPOS != "PROPN" || words[i].Deprel != "obj" && words[i].Deprel != "xcomp" && words[i].Deprel != "nsubj" || words[what].Deprel != "xcomp" {
		return
	}
	if verb := words[what].Head; verb >= 0 && verb < i && words[verb].UPOS == "VERB" && c.gram.has("calling", words[verb].Lemma) && child(words, verb, "obj") < 0 {
		words[i].Head, words[i].Deprel = verb, "obj"
	}
}
