package read

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"

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

// Rule returns the line of a language's data that a record's Made.Rule names
// ("frames/seize.tsv:12 …"), "" where the rule is no line of a file.
func (r *Reader) Rule(language, name string) (string, error) {
	l := r.languages[language]
	if l == nil {
		return "", notRead(language)
	}
	place, _, _ := strings.Cut(name, " ")
	file, number, ok := strings.Cut(place, ":")
	n, err := strconv.Atoi(number)
	if !ok || err != nil {
		return "", nil //nolint:nilerr // a rule that is no line of a file has no line to show
	}
	data, err := fs.ReadFile(l.files, file)
	if err != nil {
		return "", fmt.Errorf("looking up the rule %s: %w", name, err)
	}
	lines := strings.Split(string(data), "\n")
	if n < 1 || n > len(lines) {
		return "", nil
	}
	return lines[n-1], nil
}
