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
	words = c.participles(c.joined(c.doubled(c.givenBack(c.outOfInfinitive(c.rejoined(c.unfixed(c.doneBy(c.hung(acronyms(words))))))))))
	var out []syntax.Word
	finite := subjects(words)
	particles := particlesOf(words)
	for i, w := range words {
		if lemma := c.nounOf(words, i); lemma != "" {
			if out == nil {
				out = slices.Clone(words)
			}
			out[i].Lemma, out[i].UPOS, out[i].Feats = lemma, "NOUN", "Number=Plur"
			switch {
			case c.ofQuantity(words, i):
				out[i].Head, out[i].Deprel = i-1, "nmod"
			case w.Deprel == "xcomp":
				out[i].Deprel = "obl"
			case w.Deprel == "compound:prt":
				out[i].Head, out[i].Deprel = i-1, "nmod"
			}
			continue
		}
		class := classOf(w.UPOS)
		if finite[i] && (class == 'n' || class == 'a' && child(words, i, "obj") >= 0) {
			// "a charge that his party rejects": what has a subject and no copula is no noun
			class = 'v'
		}
		if class == 0 || class == classOf(w.UPOS) && c.lex.knows(strings.ToLower(w.Lemma), class) {
			continue
		}
		for _, lemma := range c.gram.lemmasOf(strings.ToLower(w.Form), class) {
			if lemma = particles[i] + lemma; !c.lex.knows(lemma, class) {
				continue
			}
			if out == nil {
				out = slices.Clone(words)
			}
			out[i].Lemma = lemma
			if class == 'v' {
				out[i].UPOS = "VERB"
				if c.gram.isPast(strings.ToLower(w.Form)) {
					out[i].Feats = strings.Replace(w.Feats, "Tense=Pres", "Tense=Past", 1)
				}
			}
			break
		}
	}
	if out == nil {
		return words
	}
	return out
}

// rejoined returns a tree's words with the particle of a verb joined to it
// where the tree hangs it on the reflexive or the object of the infinitive that
// follows: "riep Rusland op zich terug te trekken", "… op zijn troepen terug te
// trekken".
func (c *Coder) rejoined(words []syntax.Word) []syntax.Word {
	for i, w := range words {
		if w.UPOS != "ADP" || w.Deprel != "case" || w.Head < 0 {
			continue
		}
		inf, reflexive := words[w.Head].Head, strings.HasPrefix(words[w.Head].Deprel, "expl")
		if inf < 0 || words[inf].Deprel != "xcomp" || words[inf].Head < 0 {
			continue
		}
		verb := words[inf].Head
		lemma := strings.ToLower(w.Form) + words[verb].Lemma
		if verb > i || inf < i || child(words, verb, "compound:prt") >= 0 || !c.lex.knows(lemma, 'v') {
			continue
		}
		asked := child(words, inf, "obj") // "riep Israël op het offensief te staken": who is asked, hung on the infinitive
		between := asked > verb && asked < i
		if between && !c.gram.has("object-control", lemma) || !reflexive && !between && asked >= 0 && asked != w.Head {
			continue
		}
		out := slices.Clone(words)
		out[verb].Lemma = lemma
		out[i].Head, out[i].Deprel = verb, "compound:prt"
		c.enclosed(out, verb, i, inf)
		if !reflexive {
			out[w.Head].Deprel = "obj"
		}
		return out
	}
	return words
}

// enclosed hangs on a verb what the tree hangs on its infinitive although it
// stands before the verb's own particle: "drong er bij Servië op aan …".
func (c *Coder) enclosed(words []syntax.Word, verb, particle, inf int) {
	for k := verb + 1; k < particle; k++ {
		if words[k].Head == inf && words[k].Deprel != "compound:prt" {
			words[k].Head = verb
		}
	}
}

// outOfInfinitive returns a tree's words with the particle of a verb joined to it
// that the tree takes for one of its infinitive, where only that makes a verb that
// frames know: "droeg de bewoners op te vertrekken", "bood aan te bemiddelen".
func (c *Coder) outOfInfinitive(words []syntax.Word) []syntax.Word {
	for i, w := range words {
		inf := w.Head
		if w.Deprel != "compound:prt" || inf < i || words[inf].Deprel != "xcomp" && words[inf].Deprel != "ccomp" || words[inf].Head < 0 || words[inf].Head > i {
			continue
		}
		verb, form := words[inf].Head, strings.ToLower(w.Form)
		rest, joint := strings.CutPrefix(words[inf].Lemma, form)
		if !joint || c.lex.knows(words[inf].Lemma, 'v') || !c.lex.knows(form+words[verb].Lemma, 'v') || child(words, verb, "compound:prt") >= 0 {
			continue
		}
		out := slices.Clone(words)
		out[verb].Lemma, out[inf].Lemma, out[inf].Deprel = form+words[verb].Lemma, rest, "xcomp"
		out[i].Head = verb
		c.enclosed(out, verb, i, inf)
		return out
	}
	return words
}

// doneBy returns a tree's words with the one who acts hung on the event noun
// before it where the tree hangs it on a verb in the active, which has its own
// subject: "de moord op de generaal door de VS leidde tot woede".
func (c *Coder) doneBy(words []syntax.Word) []syntax.Word {
	var out []syntax.Word
	for i, w := range words {
		verb := w.Head
		if w.Deprel != "obl" && w.Deprel != "obl:agent" || verb < 0 || child(words, verb, "nsubj") < 0 || child(words, verb, "aux:pass", "nsubj:pass") >= 0 {
			continue
		}
		mark := child(words, i, "case")
		if mark < 0 || !c.gram.has("agent", strings.ToLower(words[mark].Form)) {
			continue
		}
		noun := -1
		for k := range words[:i] {
			if words[k].Head == verb && (words[k].Deprel == "nsubj" || words[k].Deprel == "obj") && (k > verb) == (i > verb) {
				noun = k
			}
		}
		if noun < 0 || words[noun].UPOS != "NOUN" || !c.lex.knows(strings.ToLower(words[noun].Lemma), 'n') {
			continue
		}
		if out == nil {
			out = slices.Clone(words)
		}
		out[i].Head, out[i].Deprel = noun, "nmod"
	}
	if out == nil {
		return words
	}
	return out
}

// hung returns a tree's words with what hangs on an auxiliary hung on its verb
// ("Militairen zouden dorpen hebben platgebrand"), and a clause with a word of
// purpose made the infinitive that it is ("vroeg hun om de opmars te stoppen").
func (c *Coder) hung(words []syntax.Word) []syntax.Word {
	out := slices.Clone(words)
	for i, w := range out {
		if w.Head < 0 || w.Deprel == "punct" {
			continue
		}
		if up := out[w.Head]; up.Head >= 0 && up.UPOS == "AUX" && strings.HasPrefix(up.Deprel, "aux") && up.Head != i {
			out[i].Head = up.Head
		}
		if up := out[w.Head]; w.Deprel == "nsubj" && up.UPOS == "NOUN" && up.Deprel == "obj" && i < w.Head && up.Head > w.Head && child(out, w.Head, "cop") < 0 && child(out, up.Head, "nsubj", "nsubj:pass") < 0 {
			out[i].Head = up.Head
		}
		if mark := child(out, i, "mark"); w.Deprel == "ccomp" && mark >= 0 && c.gram.has("purpose", strings.ToLower(out[mark].Form)) && child(out, i, "nsubj") < 0 {
			out[i].Deprel = "xcomp"
		}
	}
	return out
}

// acronyms returns a tree's words with a name in capitals made the subject that
// the tree takes for an auxiliary: "IS heeft de aanslag opgeëist".
func acronyms(words []syntax.Word) []syntax.Word {
	for i, w := range words {
		verb := w.Head
		if w.UPOS != "AUX" || len(w.Form) < 2 || w.Form != strings.ToUpper(w.Form) || verb < 0 || i > 0 && words[i-1].Form == strings.ToUpper(words[i-1].Form) && words[i-1].UPOS != "PUNCT" {
			continue
		}
		out := slices.Clone(words)
		out[i].UPOS, out[i].Lemma, out[i].Deprel, out[i].Feats = "PROPN", w.Form, "nsubj", ""
		if k := child(words, verb, "nsubj", "nsubj:pass"); k > i {
			out[k].Deprel = "obj"
		}
		return out
	}
	return words
}

// givenBack returns a tree's words with the objects of a verb hung on it that the
// tree hangs on its infinitive: "beschuldigt Rwanda ervan de rebellen te
// steunen", "geeft de inwoners bevel te vertrekken".
func (c *Coder) givenBack(words []syntax.Word) []syntax.Word {
	for inf, w := range words {
		if w.Deprel != "xcomp" || w.Head < 0 || w.Head > inf || child(words, w.Head, "obj") >= 0 {
			continue
		}
		verb := w.Head
		var objects []int
		last := -1
		for k := verb + 1; k < inf; k++ {
			if words[k].Head != inf || words[k].Deprel != "obj" && words[k].Deprel != "iobj" {
				continue
			}
			objects = append(objects, k)
			if c.gram.has("object-control", strings.ToLower(words[k].Lemma)) {
				last = len(objects) - 1 // "bevel"
			}
		}
		asks, lets := c.gram.has("object-control", words[verb].Lemma), c.gram.has("let", words[verb].Lemma)
		moves := c.gram.has("perfect-of-motion", w.Lemma) // and has no object of its own: "liet de gijzelaars gaan"
		if last < 0 && len(objects) < 2 && !(moves && len(objects) == 1) || last < 0 && !asks && !(lets && moves) {
			continue
		}
		out := slices.Clone(words)
		for _, k := range objects[:max(last, 0)+1] {
			out[k].Head, out[k].Deprel = verb, "obj"
		}
		return out
	}
	return words
}

// doubled returns a tree's words with the particle of a verb joined to it that the
// tree takes for a preposition of the phrase behind it, which has one of its own:
// "rukt op richting de stad". The prepositions are those of towards whom.
func (c *Coder) doubled(words []syntax.Word) []syntax.Word {
	for i, w := range words {
		if w.Deprel != "case" || w.Head != i+1 || i == 0 || !c.aims(words[i+1]) {
			continue
		}
		verb := words[i+1].Head
		if verb != i-1 || words[verb].UPOS != "VERB" || child(words, verb, "compound:prt") >= 0 {
			continue
		}
		lemma := strings.ToLower(w.Form) + words[verb].Lemma
		if !c.lex.knows(lemma, 'v') {
			continue
		}
		out := slices.Clone(words)
		out[verb].Lemma = lemma
		out[i].Head, out[i].Deprel = verb, "compound:prt"
		behind := slices.IndexFunc(words[i+2:], func(k syntax.Word) bool {
			return k.Head == i+1 && k.Deprel == "appos" || k.Head == verb && k.Deprel == "obj"
		})
		if behind < 0 {
			return out
		}
		behind += i + 2
		out[i+1].UPOS, out[i+1].Head, out[i+1].Deprel = "ADP", behind, "case"
		out[behind].Head, out[behind].Deprel = verb, "obl"
		return out
	}
	return words
}

// aims tells whether a noun is a preposition of towards whom as well: "richting".
func (c *Coder) aims(w syntax.Word) bool {
	return w.UPOS == "NOUN" && c.gram.has("towards", strings.ToLower(w.Form))
}

// joined returns a tree's words with the particles of verbs joined to them that
// the tree takes for adverbs: "trekt troepen samen", "kwam vrij".
func (c *Coder) joined(words []syntax.Word) []syntax.Word {
	var out []syntax.Word
	for i, w := range words {
		if w.Head < 0 || w.Head > i || w.Deprel != "advmod" || words[w.Head].UPOS != "VERB" || !c.gram.has("prefixes", strings.ToLower(w.Form)) {
			continue
		}
		lemma := strings.ToLower(w.Form + words[w.Head].Lemma)
		if child(words, i, "advmod") >= 0 || child(words, w.Head, "compound:prt") >= 0 || !c.lex.knows(lemma, 'v') {
			continue
		}
		if out == nil {
			out = slices.Clone(words)
		}
		out[w.Head].Lemma, out[i].Deprel = lemma, "compound:prt"
	}
	if out == nil {
		return words
	}
	return out
}

// participles returns a tree's words with the participle made the verb of its
// clause that the tree takes for an object of the auxiliary: "heeft een dorp
// platgebrand". What hung on the auxiliary hangs on it.
func (c *Coder) participles(words []syntax.Word) []syntax.Word {
	for i, w := range words {
		h := w.Head
		if h < 0 || h > i || w.UPOS != "NOUN" && w.UPOS != "ADJ" && (w.UPOS != "PROPN" || w.Form != strings.ToLower(w.Form)) || words[h].UPOS != "VERB" || !c.gram.has("perfect", strings.ToLower(words[h].Lemma)) {
			continue
		}
		if rel, _, _ := strings.Cut(w.Deprel, ":"); rel != "obj" && rel != "xcomp" || child(words, h, "obj") == i || slices.ContainsFunc(words, func(k syntax.Word) bool {
			return k.Head == i && k.Deprel != "punct" && k.Deprel != "obl" && k.Deprel != "advmod"
		}) {
			continue
		}
		lemma := c.participleOf(strings.ToLower(w.Form))
		if lemma == "" {
			continue
		}
		out := slices.Clone(words)
		for k := range out {
			if out[k].Head == h {
				out[k].Head = i
			}
		}
		out[i] = syntax.Word{Token: w.Token, Lemma: lemma, UPOS: "VERB", Feats: "VerbForm=Part", Head: words[h].Head, Deprel: words[h].Deprel}
		out[h].UPOS, out[h].Head, out[h].Deprel = "AUX", i, "aux"
		return out
	}
	return words
}

// participleOf returns the verb that frames know of which a form is the past
// participle by its prefix ("platgebrand", "bezet"), "" for none.
func (c *Coder) participleOf(form string) string {
	for _, participle := range c.gram.lists["participle"] {
		for _, prefix := range append([]string{""}, c.gram.lists["prefixes"]...) {
			rest, ok := strings.CutPrefix(form, prefix+participle)
			if !ok || len(rest) < 3 {
				continue
			}
			for _, lemma := range append(c.gram.irregular(participle+rest), c.gram.stripped(rest, "endings-v")...) {
				if c.lex.knows(prefix+lemma, 'v') {
					return prefix + lemma
				}
			}
		}
	}
	return ""
}

// ofQuantity tells whether a word stands right behind one for a quantity that hangs
// on the same verb: "tientallen raketten", which a tree may take for two objects.
func (c *Coder) ofQuantity(words []syntax.Word, i int) bool {
	if i == 0 || words[i-1].Head != words[i].Head || words[i].Head < 0 {
		return false
	}
	for k := max(i-4, 0); k < i; k++ {
		if words[k].Deprel == "case" && words[k].Head >= 0 && words[words[k].Head].UPOS == "ADV" {
			return false // "sprak van hooguit enkele honderden soldaten"
		}
	}
	before := words[i-1]
	return (before.Deprel == "obj" || before.Deprel == "nsubj" || before.Deprel == "nsubj:pass") &&
		(c.gram.has("parts", strings.ToLower(before.Form)) || c.gram.has("parts", strings.ToLower(before.Lemma)))
}

// nounOf returns the lemma of a plural that the tagger took for a verb ("eiste
// aanvallen op"), "" where it is none: it stands where a noun does, and has
// nothing that only a verb has.
func (c *Coder) nounOf(words []syntax.Word, i int) string {
	w := words[i]
	if w.UPOS != "VERB" || strings.Contains(w.Feats, "VerbForm=Part") {
		return ""
	}
	switch rel, _, _ := strings.Cut(w.Deprel, ":"); {
	case rel == "obj", rel == "iobj", rel == "obl", rel == "nmod", rel == "nsubj":
	case rel == "xcomp" && c.ofQuantity(words, i): // "ruilden honderden krijgsgevangenen"
	case rel == "xcomp" && child(words, i, "case") >= 0: // "voorziet Hezbollah van raketten"
	case w.Deprel == "compound:prt" && i > 0 && c.gram.has("parts", strings.ToLower(words[i-1].Form)): // "vuurde tientallen raketten af"
	default:
		return ""
	}
	for _, k := range words {
		if rel, _, _ := strings.Cut(k.Deprel, ":"); k.Head == i && (rel == "nsubj" || rel == "obj" || rel == "aux" || rel == "mark" || rel == "compound") {
			return ""
		}
	}
	for _, lemma := range c.gram.stripped(strings.ToLower(w.Form), "endings-n") {
		if c.lex.knows(lemma, 'n') || c.units.Unit(lemma) != "" {
			return lemma
		}
	}
	return ""
}

// unfixed returns a tree's words with the phrases of idioms hung as phrases
// ("onder vuur nemen", "in brand steken"), where the tree takes the preposition
// for the verb's particle or the noun for a part of the verb: frames ask for both.
func (c *Coder) unfixed(words []syntax.Word) []syntax.Word {
	var out []syntax.Word
	for i, w := range words {
		if w.Deprel != "compound:prt" || w.Head < 0 {
			continue
		}
		noun, preposition := idiom(words, i)
		if noun < 0 || preposition < 0 {
			continue
		}
		form := strings.ToLower(words[preposition].Form)
		verb := words[w.Head].Lemma
		if preposition == i {
			verb = strings.TrimPrefix(verb, form)
		}
		madeUp := preposition == i && noun == i+1 && !c.lex.knows(words[w.Head].Lemma, 'v') && c.lex.knows(verb, 'v') // "landde voor overleg"
		if lemma := strings.ToLower(words[noun].Lemma); !madeUp && !c.lex.asks(Predicate{verb, 'v'}, form, lemma) && !c.lex.asks(Predicate{anyWord, 'v'}, form, lemma) {
			continue
		}
		if out == nil {
			out = slices.Clone(words)
		}
		out[w.Head].Lemma = verb
		for k := range out {
			if out[k].Head == i && out[k].Deprel == "fixed" {
				out[k].Head, out[k].Deprel = noun, "det"
			}
		}
		out[noun].Head, out[noun].Deprel = w.Head, "obl"
		out[preposition].Head, out[preposition].Deprel = noun, "case"
	}
	if out == nil {
		return words
	}
	return out
}

// idiom returns the noun and the preposition of a phrase of which word i is
// taken for a part of the verb, -1 for none: "onder" of "onder vuur" or "brand"
// of "in brand".
func idiom(words []syntax.Word, i int) (noun, preposition int) {
	if words[i].UPOS == "NOUN" {
		return i, child(words, i, "case")
	}
	if words[i].UPOS != "ADP" {
		return -1, i
	}
	for k := i + 1; k < len(words) && k <= i+3; k++ {
		switch w := words[k]; {
		case w.UPOS == "DET":
		case w.UPOS == "NOUN" && (w.Head == i && w.Deprel == "fixed" || w.Head == words[i].Head && child(words, k, "case") < 0):
			return k, i
		default:
			return -1, i
		}
	}
	return -1, i
}

// child returns the first word that hangs on another with a relation, -1 for none.
func child(words []syntax.Word, head int, deprels ...string) int {
	return slices.IndexFunc(words, func(w syntax.Word) bool { return w.Head == head && slices.Contains(deprels, w.Deprel) })
}

// particlesOf returns the separated particle of each verb, "" for none, where
// the language joins it to the lemma ("staken … over" is "oversteken").
func particlesOf(words []syntax.Word) []string {
	out := make([]string, len(words))
	for _, w := range words {
		if w.Head < 0 || w.Deprel != "compound:prt" {
			continue
		}
		if form := strings.ToLower(w.Form); strings.HasPrefix(strings.ToLower(words[w.Head].Lemma), form) {
			out[w.Head] = form
		}
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
// irregular forms and endings ("froze>freeze", "ied>y"); for a verb also with a
// prefix before it ("beschoot" as "schoot").
func (g *Grammar) lemmasOf(form string, class byte) []string {
	if class != 'v' {
		return g.stripped(form, "endings-n")
	}
	out := g.verbsOf(form)
	for _, prefix := range g.lists["prefixes"] {
		rest, ok := strings.CutPrefix(form, prefix)
		if !ok || len(rest) < 3 {
			continue
		}
		for _, participle := range g.lists["participle"] {
			for _, lemma := range g.irregular(participle + rest) {
				out = append(out, prefix+lemma) // "beschoten" has no "ge"
			}
		}
		for _, lemma := range g.verbsOf(rest) {
			out = append(out, prefix+lemma)
		}
	}
	return out
}

// verbsOf returns what a form without a prefix may be an inflection of.
func (g *Grammar) verbsOf(form string) []string {
	out := append(g.irregular(form), g.stripped(form, "endings-v")...)
	for _, participle := range g.lists["participle"] {
		if rest, ok := strings.CutPrefix(form, participle); ok {
			out = append(out, g.stripped(rest, "endings-v")...)
		}
	}
	return out
}

// stripped returns a form with each of a list's endings replaced. A consonant
// that is doubled before the ending may be single in the lemma ("barred",
// "bar"); the end of the stem may change as the language has it ("stoomde", "stomen").
func (g *Grammar) stripped(form, endings string) []string {
	var out []string
	for _, e := range g.lists[endings] {
		ending, instead, _ := strings.Cut(e, ">")
		stem, ok := strings.CutSuffix(form, ending)
		if !ok || len(stem) < 2 {
			continue
		}
		out = append(out, stem+instead)
		if n := len(stem); instead == "" && stem[n-1] == stem[n-2] {
			out = append(out, stem[:n-1])
		}
		for _, change := range g.lists["stem-changes"] {
			from, to, _ := strings.Cut(change, ">")
			if front, ok := strings.CutSuffix(stem, from); ok && instead != "" {
				out = append(out, front+to+instead)
			}
		}
	}
	return out
}

// isPast tells whether a form is irregular, with or without a prefix: where the
// tagger did not know the verb, it did not know its past either.
func (g *Grammar) isPast(form string) bool {
	if len(g.irregular(form)) > 0 {
		return true
	}
	for _, prefix := range g.lists["prefixes"] {
		if rest, ok := strings.CutPrefix(form, prefix); ok && len(g.irregular(rest)) > 0 {
			return true
		}
	}
	return false
}

// irregular returns the lemmas that the list of irregular forms ("froze>freeze") has for one.
func (g *Grammar) irregular(form string) []string {
	var out []string
	for _, pair := range g.lists["irregular"] {
		if lemma, ok := strings.CutPrefix(pair, form+">"); ok {
			out = append(out, lemma)
		}
	}
	return out
}
