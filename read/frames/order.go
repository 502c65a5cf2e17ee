package frames

import "slices"

// reorder mends two faults of trees that names cause, once it is known which
// words name actors and which tell a time. The tree given in is not changed.
func (s *sentence) reorder() {
	s.words = slices.Clone(s.words)
	for w := range s.words {
		s.parted(w)
		s.subjectFirst(w)
	}
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
