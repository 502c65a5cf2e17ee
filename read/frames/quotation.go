package frames

import (
	"slices"

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

// quotations pairs quotation marks through an article. Marks whose form does not
// tell open after a space and close before one. A mark that opens a paragraph
// goes on with a quotation that is still open; elsewhere one that opens again
// shows that the one before never closed, and so do longestQuotation words.
func quotations(sentences []*sentence, opensParagraph func(sentence int) bool) []quotation {
	var out []quotation
	var open *quotation
	var closer string
	for _, s := range sentences {
		for w, word := range s.words {
			mark := s.mark(w, closer, open != nil)
			switch {
			case open != nil && mark == closes:
				out = appendQuotation(out, *open, sentences)
				open = nil
			case open != nil && open.words > longestQuotation:
				open = nil
			case mark == opens && (open == nil || !(w == 0 && opensParagraph(s.index))):
				open, closer = &quotation{fromSentence: s.index, fromWord: w + 1}, closerOf(word.Form)
				open.toSentence, open.toWord = s.index, w
			case open != nil:
				open.toSentence, open.toWord = s.index, w
				open.words++
			}
		}
	}
	return out
}

// What a word does as a quotation mark.
const (
	noMark = iota
	opens
	closes
)

// mark tells what a word does as a quotation mark, where closer would close the
// quotation that is open.
func (s *sentence) mark(w int, closer string, open bool) int {
	form := s.words[w].Form
	if !isQuoteMark(form) {
		return noMark
	}
	last := len(s.words) - 1
	after := w == 0 || s.words[w].Span.Start > s.words[w-1].Span.End
	before := w == last || s.words[w+1].Span.Start > s.words[w].Span.End
	starts := after && !before
	if sameMark(form, closer) && open {
		if starts && ambiguous[form] {
			return opens
		}
		return closes
	}
	switch {
	case ambiguous[form]:
		if open || !starts {
			return noMark // an apostrophe, or a quotation inside a quotation
		}
		return opens
	case opening[form] == "" || open && opening[form] != closer:
		return noMark
	}
	return opens
}

// ambiguous are marks that stand on both sides of a quotation.
var ambiguous = map[string]bool{`"`: true, "'": true, "''": true, "``": true, "”": true}

// sameMark tells whether a mark may close what closer should: some write “ for ”.
func sameMark(form, closer string) bool {
	return form == closer || closer == "”" && (form == "“" || form == `"`) || closer == `"` && form == "”"
}

func closerOf(form string) string {
	switch c := opening[form]; {
	case c != "":
		return c
	case form == "``":
		return "''"
	}
	return form
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

// attributeQuotes gives each quotation that no reporting clause covers yet a
// speaker: the reporting clause beside it, whoever stands before its colon; and
// where it is a sentence of its own whoever spoke last, or the one whom the
// sentence beside it is about.
func (r *reading) attributeQuotes(sayings [][]*saying) {
	r.asked, _ = r.interviewee()
	for _, q := range r.quotes {
		if !q.isSpeech() {
			continue
		}
		for i := q.fromSentence; i <= q.toSentence; i++ {
			s := r.sentences[i]
			first, last := q.within(s)
			if first > last || isReported(sayings[i], s, first, last) {
				continue
			}
			if y := besideQuote(sayings[i], s, first, last); y != nil {
				y.first, y.last = first, last
			} else if y := r.speakerOf(i, first, q, sayings); y != nil {
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

// within returns the first and last word of a quotation in one of its sentences.
func (q quotation) within(s *sentence) (first, last int) {
	first, last = 0, len(s.words)-1
	if s.index == q.fromSentence {
		first = q.fromWord
	}
	if s.index == q.toSentence {
		last = q.toWord
	}
	return first, last
}

// isReported tells whether a saying covers most of the words from first to last.
func isReported(sayings []*saying, s *sentence, first, last int) bool {
	for _, y := range sayings {
		if y.clause != nil && first <= y.clause.pred && y.clause.pred <= last {
			continue // "‘I think so’" is not reported by its own verb
		}
		covered := 0
		for w := first; w <= last; w++ {
			if y.covers(s, w) {
				covered++
			}
		}
		if 2*covered > last-first+1 {
			return true
		}
	}
	return false
}

// nearQuote is how many words may stand between a quotation and the verb that
// reports it.
const nearQuote = 8

// besideQuote returns the saying outside a quotation that stands nearest to it
// and reports nothing outside it, nil for none.
func besideQuote(sayings []*saying, s *sentence, first, last int) *saying {
	var best *saying
	nearest := nearQuote + 1
	for _, y := range sayings {
		if y.clause == nil || s.quoted[y.clause.pred] || slices.ContainsFunc(y.content, func(h int) bool { return h < first || h > last }) {
			continue
		}
		if d := max(first-y.clause.pred, y.clause.pred-last); d < nearest {
			best, nearest = y, d
		}
	}
	return best
}

func (s *sentence) quotedUnder(y *saying) bool {
	for w := range s.words {
		if s.quoted[w] && (y.covers(s, w) || y.clause != nil && s.under(w, y.clause.pred)) {
			return true
		}
	}
	return false
}

// speakerOf looks for the speaker of quoted words that no clause reports:
// before their colon, in the rest of the quotation, in the sentences around it.
func (r *reading) speakerOf(i, first int, q quotation, sayings [][]*saying) *saying {
	s := r.sentences[i]
	if who, ok := s.beforeColon(first, r.gram); ok {
		return r.quoteBy(s, who.id, who.as, casus.Say)
	}
	if s.share() < 0.5 {
		return nil
	}
	for _, j := range []int{q.toSentence, q.fromSentence, q.fromSentence - 1, q.toSentence + 1} {
		if j < 0 || j >= len(r.sentences) || j == i || !r.sameParagraph(i, j) {
			continue
		}
		if y := spoken(sayings[j], r.sentences[j]); y != nil && (j != q.toSentence+1 || r.sentences[j].share() > 0.3) {
			return r.quoteBy(s, y.speaker, y.as, y.act)
		}
	}
	if y := r.answered(i, q, s); y != nil {
		return y
	}
	for _, j := range []int{q.toSentence + 1, q.fromSentence - 1} {
		if j < 0 || j >= len(r.sentences) || !r.sameParagraph(i, j) {
			continue
		}
		if m, ok := r.sentences[j].subjectPerson(); ok {
			return r.quoteBy(s, m.ID, m.Span, casus.Say)
		}
	}
	return r.goesOn(i, q, sayings)
}

// goesOn gives a quotation that opens a paragraph to whoever spoke at the end of
// the paragraph before it.
func (r *reading) goesOn(i int, q quotation, sayings [][]*saying) *saying {
	before := q.fromSentence - 1
	if before < 0 || q.fromWord > 1 || r.sameParagraph(q.fromSentence, before) {
		return nil
	}
	y := spoken(sayings[before], r.sentences[before])
	if y == nil && r.sentences[before].endsInColon() {
		y = announcing(sayings[before])
	}
	if y != nil {
		return r.quoteBy(r.sentences[i], y.speaker, y.as, y.act)
	}
	return nil
}

// beforeColon returns the actor who stands before the colon that introduces a
// quotation: its name alone ("Asif: ‘…’"), or the subject of the clause there
// ("Hij wijst dat van de hand: ‘…’").
func (s *sentence) beforeColon(first int, g *Grammar) (speaker, bool) {
	colon := first - 1
	for colon > 0 && s.words[colon].UPOS == "PUNCT" && s.words[colon].Form != ":" {
		colon--
	}
	if colon < 1 || s.words[colon].Form != ":" {
		return speaker{}, false
	}
	for w := range colon {
		if rel := s.rel(w); rel != "nsubj" && !(s.nameSpan(w).End == s.words[colon-1].Span.End && w <= 3) {
			continue
		}
		if who := s.speakers(w, false, g); len(who) > 0 && !who[0].unnamed && !s.quoted[w] {
			return who[0], true
		}
	}
	return speaker{}, false
}

func (r *reading) quoteBy(s *sentence, by casus.ActorID, as casus.Span, act casus.Act) *saying {
	if act != casus.Assess {
		act = casus.Say
	}
	return &saying{s: s, act: act, speaker: by, as: as, content: []int{s.root()}, quoted: true, rule: "quotation"}
}

// spoken returns the saying of a sentence whose words a quotation beside it may go on with.
func spoken(sayings []*saying, s *sentence) *saying {
	for _, y := range sayings {
		if y.clause != nil && s.quoted[y.clause.pred] {
			continue
		}
		if y.clause == nil && y.rule != "quotation" || y.quoted || s.share() > 0 || y.rule == "quotation" {
			return y
		}
	}
	return nil
}
