package frames

import "casus"

// fewestAnswers is how many answers make an interview of an article.
const fewestAnswers = 3

// interviewee returns who answers in an article of questions and quoted answers:
// the first person whom the text names before the answers begin. ok is false
// where the article is no interview.
func (r *reading) interviewee() (who speaker, ok bool) {
	answers, first := 0, 0
	for _, q := range r.quotes {
		if r.isAnswer(q) {
			if answers == 0 {
				first = q.fromSentence
			}
			answers++
		}
	}
	if answers < fewestAnswers {
		return speaker{}, false
	}
	for _, s := range r.sentences[:first] {
		for w := range s.words {
			if m, named := s.mentions[w]; named && m.ID.IsPerson() && !s.quoted[w] {
				return speaker{id: m.ID, as: m.Span}, true
			}
		}
	}
	return speaker{}, false
}

// isAnswer tells whether a quotation is whole sentences that follow a question
// of the writer's.
func (r *reading) isAnswer(q quotation) bool {
	before := q.fromSentence - 1
	if before < 0 || q.fromWord > 1 {
		return false
	}
	s := r.sentences[before]
	last := len(s.words) - 1
	return last > 0 && s.words[last].Form == "?" && !s.quoted[last-1] && r.sentences[q.fromSentence].share() > 0.9
}

// answered gives a quotation that opens a paragraph, or follows a question, to
// the one who is interviewed; nil where the article is no interview.
func (r *reading) answered(i int, q quotation, s *sentence) *saying {
	if r.asked.id == "" || q.fromWord > 1 || s.share() < 0.9 {
		return nil
	}
	if before := q.fromSentence - 1; before < 0 || r.sentences[before].share() > 0.5 {
		return nil
	}
	return r.quoteBy(r.sentences[i], r.asked.id, r.asked.as, casus.Say)
}
