package frames

import (
	"regexp"
	"strings"

	"casus"
)

// words returns the article's text in a span, "" for the empty span.
func (r *reading) words(span casus.Span) string {
	if span.Len() == 0 {
		return ""
	}
	q, _ := r.text.Quote(span)
	return q
}

// clauseSpan is the words of a clause or phrase: its subtree without the
// clauses that are coordinated with it; the whole sentence where little is left out.
func (x *scene) clauseSpan(c *clause) casus.Span {
	s := x.s
	if c.onlyVerb() {
		return s.span(0, len(s.words)-1)
	}
	at := c.pred
	if up := c.seems(x.gram); up >= 0 {
		at = up // that it only seems so belongs to the words
	}
	first, last := s.bounds(at, func(k int) bool {
		switch s.rel(k) {
		case "punct", "parataxis", "cc":
			return false
		case "conj":
			return c.noun || !s.isClause(k)
		case "acl":
			return !c.noun || s.words[k].Deprel != "acl:relcl"
		case "case", "mark":
			return !c.noun
		}
		return true
	})
	return x.widen(first, last)
}

// widen takes the whole sentence where a stretch leaves out less than a sixth of it.
func (x *scene) widen(first, last int) casus.Span {
	s := x.s
	span, whole := s.span(first, last), s.span(0, len(s.words)-1)
	if 6*span.Len() >= 5*whole.Len() {
		return whole
	}
	return span
}

// fewestWords is how short a quote may be: fewer words than this nobody can judge.
const fewestWords = 4

// quote cuts the record's quote out of the text; one that the contract would
// refuse is cut down to its first sentence.
func (x *scene) quote(rec *casus.Record) bool {
	if whole := x.s.span(0, len(x.s.words)-1); len(strings.Fields(x.words(rec.Span))) < fewestWords && whole.Contains(rec.Span) {
		rec.Span = whole
	}
	q := x.words(rec.Span)
	if i := strings.Index(q, "\n\n"); i >= 0 {
		q = q[:i]
	}
	if at := sentenceBreak.FindAllStringIndex(q, 2); len(at) == 2 {
		q = q[:at[1][0]+1]
	}
	lead := len([]rune(q)) - len([]rune(strings.TrimLeft(q, " \t\n\u00a0")))
	q = strings.TrimSpace(q)
	if q == "" {
		return false
	}
	rec.Quote = q
	rec.Span.Start += lead
	rec.Span.End = rec.Span.Start + len([]rune(q))
	return true
}

// sentenceBreak is how the contract counts the sentences of a quote.
var sentenceBreak = regexp.MustCompile(`[.!?]['"’”)]*\s+[A-Z‘“'"(]`)

// places lists where a clause is set: the places named in it, else in its
// sentence, most specific first, then the countries that they lie in.
func (x *scene) places(c *clause) []string {
	var out []string
	add := func(where []string) {
		for _, p := range where {
			if p != "" && !contains(out, p) {
				out = append(out, p)
			}
		}
	}
	first, last := x.s.bounds(c.pred, nil)
	for _, near := range []bool{true, false} {
		for w := range x.s.words {
			m, ok := x.s.mentions[w]
			if !ok || !m.Place || near != (first <= w && w <= last) || x.s.placing(m) == "" {
				continue
			}
			add(m.Where)
		}
		if len(out) > 0 {
			break
		}
	}
	return out
}

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}
