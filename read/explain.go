package read

import (
	"casus"
	"casus/read/actors"
	"casus/read/amount"
	"casus/read/syntax"
	"casus/read/when"
)

// Analysis is what the reader saw in a sentence: the ground for its records.
type Analysis struct {
	Tree    syntax.Tree
	Actors  []actors.Mention
	Times   []when.Expression
	Amounts []amount.Amount
}

// Explain returns the analysis of the sentences that a span of an article lies in.
func (r *Reader) Explain(a casus.Article, span casus.Span) ([]Analysis, error) {
	if !r.Reads(a.Language) {
		return nil, notRead(a.Language)
	}
	o, err := r.languages[a.Language].open()
	if err != nil {
		return nil, err
	}
	doc := o.analyse(a)
	var out []Analysis
	for i, t := range doc.Trees {
		if t.Sentence.Span.Overlaps(span) {
			out = append(out, Analysis{Tree: t, Actors: doc.Cast.Sentences[i], Times: doc.Times[i], Amounts: doc.Amounts[i]})
		}
	}
	if len(out) == 0 {
		return nil, ErrNoSentence
	}
	return out, nil
}
