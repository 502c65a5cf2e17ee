package frames

import (
	"slices"

	"casus"
)

// reorder mends faults of trees that names cause, once it is known which
// words name actors and which tell a time. The tree given in is not changed.
func (s *sentence) reorder(g *Grammar) {
	s.words = slices.Clone(s.words)
	for w := range s.words {
		s.parted(w)
		s.subjectFirst(w)
		s.whichTheyDid(w)
		s.subjectCarried(w)
		s.subjectBehind(w)
		s.receiverFirst(w)
		s.nameOfThing(w)
		s.madeOut(w, g)
	}
}

// rehang hangs a word on another head.
func (s *sentence) rehang(w, head int, rel string) {
	if old := s.words[w].Head; old >= 0 {
		s.kids[old] = slices.DeleteFunc(slices.Clone(s.kids[old]), func(k int) bool { return k == w })
	}
	s.words[w].Head, s.words[w].Deprel = head, rel
	s.kids[head] = append(slices.Clone(s.kids[head]), w)
	slices.Sort(s.kids[head])
}

// parted takes an actor out of the time that a tree has hung it on as a part of
// one name ("ontving dinsdag Erdogan"): it is the verb's subject, or its object
// where the verb has one already.
func (s *sentence) parted(w int) {
	time := s.words[w].Head
	if s.rel(w) != "flat" || time < 0 || !s.timed[time] || s.timed[w] {
		return
	}
	verb := s.words[time].Head
	if _, named := s.mentions[w]; !named || verb < 0 || s.words[verb].UPOS != "VERB" {
		return
	}
	s.words[w].Head, s.words[w].Deprel = verb, "nsubj"
	if s.child(verb, "nsubj") >= 0 {
		s.words[w].Deprel = "obj"
	}
	s.kids[time] = slices.DeleteFunc(slices.Clone(s.kids[time]), func(k int) bool { return k == w })
	s.kids[verb] = append(slices.Clone(s.kids[verb]), w)
	slices.Sort(s.kids[verb])
}

// whichTheyDid makes a relative pronoun what was done, and the name behind it who did
// it, where pronoun and verb differ in number: "de sancties die Amerika Iran oplegde".
func (s *sentence) whichTheyDid(w int) {
	verb := s.words[w].Head
	if s.words[w].Deprel != "nsubj" || s.words[w].UPOS != "PRON" || verb <= w || s.words[verb].Deprel != "acl:relcl" || s.words[verb].Head < 0 {
		return
	}
	finite := verb
	for _, k := range s.kids[verb] {
		if s.words[k].UPOS == "AUX" && s.feat(k, "VerbForm") != "Inf" {
			finite = k
		}
	}
	if s.feat(s.words[verb].Head, "Number") != "Plur" || s.feat(finite, "Number") != "Sing" || s.feat(finite, "VerbForm") != "Fin" {
		return
	}
	var objects []int
	for _, k := range s.kids[verb] {
		if _, named := s.mentions[k]; named && k > w && k < verb && s.words[k].Deprel == "obj" && s.child(k, "case") < 0 {
			objects = append(objects, k)
		}
	}
	if len(objects) == 0 {
		return
	}
	s.words[w].Deprel, s.words[objects[0]].Deprel = "obj", "nsubj"
	if len(objects) > 1 {
		s.words[objects[1]].Deprel = "iobj"
	}
}

// subjectFirst gives a clause of two names around its verb the order that news
// has unless something marks another: "China steunt Pakistan" is not what
// Pakistan does.
func (s *sentence) subjectFirst(w int) {
	verb := s.words[w].Head
	if s.words[w].Deprel != "obj" || verb <= w || s.words[verb].UPOS != "VERB" {
		return
	}
	subject := s.child(verb, "nsubj")
	if subject < verb || s.child(w, "case") >= 0 || s.child(subject, "case") >= 0 {
		return
	}
	_, first := s.mentions[w]
	_, second := s.mentions[subject]
	if !first || !second || s.words[w].UPOS != "PROPN" || s.words[subject].UPOS != "PROPN" || s.feat(w, "Number") != s.feat(subject, "Number") {
		return
	}
	s.words[w].Deprel, s.words[subject].Deprel = "nsubj", "obj"
}

// receiverFirst tells whom something is given from what is given, where a tree
// has a verb with two objects: the name before an amount is the receiver
// ("geeft Oekraïne honderd miljoen euro").
func (s *sentence) receiverFirst(w int) {
	verb := s.words[w].Head
	if s.words[w].Deprel != "obj" || verb < 0 || s.child(w, "case") >= 0 || s.child(verb, "iobj") >= 0 {
		return
	}
	if _, named := s.mentions[w]; !named {
		return
	}
	for _, thing := range s.kids[verb] {
		if _, named := s.mentions[thing]; thing > w && !named && s.words[thing].Deprel == "obj" && s.child(thing, "nummod") >= 0 {
			s.words[w].Deprel = "iobj"
			return
		}
	}
}

// nameOfThing puts a name to the noun right before it where a tree has made two
// objects of them ("hebben de stad Kunduz veroverd").
func (s *sentence) nameOfThing(w int) {
	verb, noun := s.words[w].Head, w-1
	if s.words[w].Deprel != "obj" || s.words[w].UPOS != "PROPN" || noun < 0 || s.child(w, "det") >= 0 {
		return
	}
	if s.words[noun].Head != verb || s.words[noun].Deprel != "obj" || s.words[noun].UPOS != "NOUN" || s.child(noun, "det") < 0 {
		return
	}
	s.words[w].Head, s.words[w].Deprel = noun, "appos"
	s.kids[verb] = slices.DeleteFunc(slices.Clone(s.kids[verb]), func(k int) bool { return k == w })
	s.kids[noun] = append(slices.Clone(s.kids[noun]), w)
}

// madeOut hangs what something is called on the verb that calls it so: quoted
// words behind its object, or a second object ("called the raids “a war crime”",
// "noemt de uitslag ‘een farce’").
func (s *sentence) madeOut(verb int, g *Grammar) {
	if s.words[verb].UPOS != "VERB" || !g.has("judging", s.words[verb].Lemma) || s.child(verb, "xcomp") >= 0 {
		return
	}
	object := s.child(verb, "obj", "nsubj:pass")
	if object < 0 {
		return
	}
	for w := max(object, verb) + 1; w < len(s.words); w++ {
		head := s.words[w].Head
		nominal := s.words[w].UPOS == "NOUN" || s.words[w].UPOS == "X" || s.words[w].UPOS == "ADJ" || s.words[w].UPOS == "PROPN"
		switch {
		case s.words[w].UPOS == "VERB" && s.feat(w, "VerbForm") == "Fin":
			return
		case !nominal || head < 0 || s.child(w, "case", "cop") >= 0:
		case head == verb && s.words[w].Deprel == "obj", s.isWholeQuote(w) && s.under(w, verb):
			s.rehang(w, verb, "xcomp")
			return
		}
	}
}

// isWholeQuote tells whether a word heads all that stands between two quotation marks.
func (s *sentence) isWholeQuote(w int) bool {
	first, last := s.bounds(w, func(k int) bool { return !s.isPunct(k) })
	return first > 0 && last+1 < len(s.words) && isQuoteMark(s.words[first-1].Form) && isQuoteMark(s.words[last+1].Form)
}

// subjectCarried gives a verb behind "and" its object back: where the clause
// before it opens with a subject, that is its subject too, and the noun phrase
// that follows is none ("Servië ontkent dat, en beschuldigt Kosovo").
func (s *sentence) subjectCarried(w int) {
	verb := s.words[w].Head
	if s.words[w].Deprel != "nsubj" || verb < 1 || verb > w || s.rel(verb) != "conj" || s.words[verb-1].UPOS != "CCONJ" || s.child(verb, "obj") >= 0 {
		return
	}
	first := s.words[verb].Head
	if s.words[verb].UPOS != "VERB" || s.words[first].UPOS != "VERB" {
		return
	}
	if subject := s.child(first, "nsubj"); subject >= 0 && subject < first {
		s.words[w].Deprel = "obj"
	}
}

// subjectBehind makes a name right behind its verb the subject where the tree has
// made it the owner of the object that follows ("Ook stuurde Turkije troepen").
func (s *sentence) subjectBehind(w int) {
	object := s.words[w].Head
	if s.rel(w) != "nmod" || s.words[w].UPOS != "PROPN" || object <= w || w == 0 || s.child(w, "case") >= 0 || s.words[w].Form != s.words[w].Lemma {
		return
	}
	verb := s.words[object].Head
	if verb != w-1 || s.words[verb].UPOS != "VERB" || s.child(object, "case") >= 0 {
		return
	}
	rel, subject := s.rel(object), s.child(verb, "nsubj")
	if _, named := s.mentions[w]; !named || rel != "obj" && rel != "nsubj" || subject >= 0 && subject != object {
		return
	}
	s.words[w].Head, s.words[w].Deprel, s.words[object].Deprel = verb, "nsubj", "obj"
	s.kids[object] = slices.DeleteFunc(slices.Clone(s.kids[object]), func(k int) bool { return k == w })
	s.kids[verb] = append(slices.Clone(s.kids[verb]), w)
	slices.Sort(s.kids[verb])
}

// pointsBack returns the verb of saying of a sentence like "Dat zegt de
// regering", which reports the sentence before it, -1 for none. The tree may
// have taken the pronoun for the subject: then the two change places.
func (c *Coder) pointsBack(s *sentence) int {
	if len(s.words) < 3 || s.words[0].UPOS != "PRON" || !c.gram.has("that", s.lower(0)) {
		return -1
	}
	verb := s.words[0].Head
	if verb < 1 || !c.lex.says(s.words[verb].Lemma) || s.child(verb, "ccomp", "xcomp") >= 0 {
		return -1
	}
	who := s.child(verb, "obj")
	if _, named := s.mentions[who]; named && s.words[0].Deprel == "nsubj" && who > 0 {
		s.words[0].Deprel, s.words[who].Deprel = "obj", "nsubj"
	}
	if s.words[0].Deprel != "obj" {
		return -1
	}
	return verb
}

// says tells whether a verb puts words in its subject's mouth and judges nothing.
func (l *Lexicon) says(verb string) bool {
	for _, f := range l.frames[Predicate{verb, 'v'}] {
		if m, ok := f.claimMake(); ok && m.What[0] == string(casus.Say) {
			return true
		}
	}
	return false
}
