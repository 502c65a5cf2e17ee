package frames

import (
	"casus"
)

// quotation is a stretch between quotation marks: words first to last of the
// document, marks left out, counted through its sentences.
type quotation struct {
	fromSentence, fromWord int
	toSentence, toWord     int // inclusive
	words                  int
}

var opening = map[string]string{"‘": "’", "“": "”", "„": "”", "«": "»", "‚": "‘"}

// longestQuotation bounds how far a closing mark is looked for, in words.
const longestQuotation = 400

// quotations pairs quotation marks through an article. Straight marks and ”
// close what they opened; a mark that never closes within longestQuotation
// words or before another of its kind opens is left alone.
func quotations(sentences []*sentence) []quotation {
	var out []quotation
	var open *quotation
	var closer string
	for _, s := range sentences {
		for w, word := range s.words {
			form := word.Form
			switch {
			case open != nil && (form == closer || closer == "”" && form == "“"):
				out = appendQuotation(out, *open, sentences)
				open = nil
			case open != nil && open.words > longestQuotation:
				open = nil
			case opening[form] != "":
				open, closer = &quotation{fromSentence: s.index, fromWord: w + 1}, opening[form]
				open.toSentence, open.toWord = s.index, w
			case open == nil && (form == `"` || form == "'" || form == "''" || form == "``"):
				open, closer = &quotation{fromSentence: s.index, fromWord: w + 1}, form
				if form == "``" {
					closer = "''"
				}
				open.toSentence, open.toWord = s.index, w
			case open != nil:
				open.toSentence, open.toWord = s.index, w
				open.words++
			}
		}
	}
	return out
}

func appendQuotation(out []quotation, q quotation, sentences []*sentence) []quotation {
	if q.words == 0 {
		return out
	}
	for i := q.fromSentence; i <= q.toSentence; i++ {
		from, to := 0, len(sentences[i].words)-1
		if i == q.fromSentence {
			from = q.fromWord
		}
		if i == q.toSentence {
			to = q.toWord
		}
		for w := from; w <= to; w++ {
			sentences[i].quoted[w] = true
		}
	}
	return append(out, q)
}

// share returns how much of a sentence stands in quotation marks, punctuation left out.
func (s *sentence) share() float64 {
	in, all := 0, 0
	for w := range s.words {
		if s.words[w].UPOS == "PUNCT" {
			continue
		}
		all++
		if s.quoted[w] {
			in++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(in) / float64(all)
}

// isSpeech tells whether a quotation is words spoken and not a word held at arm's length.
func (q quotation) isSpeech() bool { return q.words >= 5 }

// speakers attributes the quotations that stand as sentences of their own: to
// the reporting clause beside them, to whoever spoke last in the paragraph, to
// the one whom the next sentence brings on.
func (r *reading) speakers(sayings [][]*saying) {
	for _, q := range r.quotes {
		if !q.isSpeech() {
			continue
		}
		for i := q.fromSentence; i <= q.toSentence; i++ {
			s := r.sentences[i]
			if s.share() < 0.5 || hasSpeakerOf(sayings[i], s) {
				continue
			}
			if y := r.speakerOf(i, q, sayings); y != nil {
				sayings[i] = append(sayings[i], y)
			}
		}
	}
	for i, s := range r.sentences {
		for _, y := range sayings[i] {
			y.quoted = y.quoted || s.quotedUnder(y)
		}
	}
}

// hasSpeakerOf tells whether a saying in the sentence already accounts for its quotation.
func hasSpeakerOf(sayings []*saying, s *sentence) bool {
	for _, y := range sayings {
		if y.clause == nil || !s.quoted[y.clause.pred] {
			return true
		}
	}
	return false
}

func (s *sentence) quotedUnder(y *saying) bool {
	for w := range s.words {
		if s.quoted[w] && (y.covers(s, w) || y.clause != nil && s.under(w, y.clause.pred)) {
			return true
		}
	}
	return false
}

// speakerOf looks for the speaker of a quoted sentence that names none: in the
// rest of the quotation, before it in the paragraph, and after it.
func (r *reading) speakerOf(i int, q quotation, sayings [][]*saying) *saying {
	s := r.sentences[i]
	for _, j := range []int{q.toSentence, q.fromSentence, i - 1, i + 1} {
		if j < 0 || j >= len(r.sentences) || !r.sameParagraph(i, j) {
			continue
		}
		if y := spoken(sayings[j], r.sentences[j]); y != nil && (j != i+1 || r.sentences[j].share() > 0.3) {
			return r.quoteBy(s, y.speaker, y.as, y.act)
		}
	}
	if i+1 < len(r.sentences) && r.sameParagraph(i, i+1) {
		next := r.sentences[i+1]
		if m, ok := next.subjectPerson(); ok {
			return r.quoteBy(s, m.ID, m.Span, casus.Say)
		}
	}
	if i > 0 && r.sameParagraph(i, i-1) {
		if m, ok := r.sentences[i-1].subjectPerson(); ok {
			return r.quoteBy(s, m.ID, m.Span, casus.Say)
		}
	}
	return nil
}

func (r *reading) quoteBy(s *sentence, speaker casus.ActorID, as casus.Span, act casus.Act) *saying {
	root := 0
	for w := range s.words {
		if s.words[w].Head < 0 {
			root = w
		}
	}
	if act != casus.Assess {
		act = casus.Say
	}
	return &saying{s: s, act: act, speaker: speaker, as: as, content: []int{root}, quoted: true, rule: "quotation"}
}

// spoken returns the saying of a sentence whose words a quotation beside it may go on with.
func spoken(sayings []*saying, s *sentence) *saying {
	for _, y := range sayings {
		if y.clause == nil && y.rule != "quotation" || y.quoted || s.share() > 0 || y.rule == "quotation" {
			return y
		}
	}
	return nil
}
