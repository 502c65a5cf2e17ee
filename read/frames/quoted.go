package frames

import (
	"casus"
)

// Quoted is one stretch of words that a text puts in somebody's mouth, in code
// points of the article. Source and Cue have no length where the text names none.
type Quoted struct {
	Source  casus.Span // who says or thinks it, as the text names them here
	Cue     casus.Span // the word that says so: the verb, "according to"
	Content casus.Span // what is said or thought
}

// Quotes returns what a document puts in people's mouths, in the order of the
// text. Unlike Code it also takes speakers whom nobody can make out ("she",
// "a report") and words of thinking and wanting. What is said in several
// stretches, or over several sentences, is as many Quoted.
func (c *Coder) Quotes(d Document) []Quoted {
	r := c.reading(d)
	r.anybody = true
	r.findSayings()
	var out []Quoted
	for i, s := range r.sentences {
		for _, y := range r.sayings[i] {
			source, cue := r.source(y), y.cue()
			for _, content := range s.stretches(y) {
				out = append(out, Quoted{Source: source, Cue: cue, Content: content})
			}
		}
	}
	return out
}

// source is the words that name the speaker, with the relative pronoun that
// stands for them beside the verb ("the minister, who said …").
func (r *reading) source(y *saying) casus.Span {
	if y.clause == nil || y.s.words[y.clause.pred].Deprel != "acl:relcl" {
		return y.as
	}
	for _, k := range y.s.kids[y.clause.pred] {
		if k < y.clause.pred && r.gram.has("relative", y.s.lower(k)) {
			return casus.Span{Start: min(y.as.Start, y.s.words[k].Span.Start), End: max(y.as.End, y.s.words[k].Span.End)}
		}
	}
	return y.as
}

// cue is the verb of a saying with its auxiliaries and particle where they stand
// beside it, or the words that introduce a source; no length for bare quotations.
func (y *saying) cue() casus.Span {
	switch {
	case y.clause == nil && y.marker > 0:
		return y.s.span(y.marker-1, y.marker-1)
	case y.clause == nil:
		return casus.Span{}
	}
	first, last := y.clause.pred, y.clause.pred
	for grew := true; grew; {
		grew = false
		for _, k := range y.s.kids[y.clause.pred] {
			rel := y.s.rel(k)
			if (rel == "aux" || rel == "compound" || rel == "advmod") && (k == first-1 || k == last+1) {
				first, last, grew = min(first, k), max(last, k), true
			}
		}
	}
	return y.s.span(first, last)
}

// stretches returns the words that a saying covers as unbroken stretches.
// Punctuation at their edges is left out but for quotation marks, and so are
// stretches of punctuation alone.
func (s *sentence) stretches(y *saying) []casus.Span {
	var out []casus.Span
	for w := 0; w < len(s.words); w++ {
		if !s.says(y, w) {
			continue
		}
		first, last := w, w
		for w+1 < len(s.words) && (s.says(y, w+1) || s.isPunct(w+1) && w+2 < len(s.words) && s.says(y, w+2)) {
			w++
			last = w
		}
		for first <= last && s.isPunct(first) && !isQuoteMark(s.words[first].Form) {
			first++
		}
		for last >= first && s.isPunct(last) && !isQuoteMark(s.words[last].Form) {
			last--
		}
		if first < last || first == last && !s.isPunct(first) {
			out = append(out, s.span(first, last))
		}
	}
	return out
}

// says tells whether a saying covers a word that is not one of its speaker's own.
func (s *sentence) says(y *saying, w int) bool {
	if y.source > 0 && (s.under(w, y.source-1) || s.under(w, y.marker-1)) {
		return false
	}
	return y.covers(s, w) && !y.as.Contains(s.words[w].Span)
}

func (s *sentence) isPunct(w int) bool { return s.words[w].UPOS == "PUNCT" }

func isQuoteMark(form string) bool {
	return opening[form] != "" || form == `"` || form == "'" || form == "''" || form == "``" || form == "”" || form == "’"
}
