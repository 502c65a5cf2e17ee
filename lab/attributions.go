package lab

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"casus"
	"casus/read"
	"casus/read/frames"
)

// QuoteCount counts the words (runs of letters and digits) that a text puts in
// somebody's mouth. A predicted word is right where it stands in the content of
// a gold attribution and the source predicted for it overlaps that attribution's
// source, or neither has one.
type QuoteCount struct {
	Right, Found, Gold int
	Inside             int // found words in any gold content, whoever is the source
	Texts              int
}

// Add adds another count.
func (c *QuoteCount) Add(o QuoteCount) {
	c.Right, c.Found, c.Gold = c.Right+o.Right, c.Found+o.Found, c.Gold+o.Gold
	c.Inside, c.Texts = c.Inside+o.Inside, c.Texts+o.Texts
}

// F1 is the harmonic mean of precision and recall, from 0 to 1; 0 where there is nothing.
func (c QuoteCount) F1() float64 {
	if c.Found+c.Gold == 0 {
		return 0
	}
	return 2 * float64(c.Right) / float64(c.Found+c.Gold)
}

func (c QuoteCount) String() string {
	share := func(a, b int) float64 { return float64(a) / float64(max(b, 1)) }
	return fmt.Sprintf("texts %d  words %d gold, %d found  precision %.3f  recall %.3f  F1 %.3f  content alone F1 %.3f", c.Texts, c.Gold, c.Found,
		share(c.Right, c.Found), share(c.Right, c.Gold), c.F1(), share(2*c.Inside, c.Found+c.Gold))
}

// attribution is a gold one: stretches in code points, several where the text
// interrupts them.
type attribution struct{ source, content []casus.Span }

// EvalQuotes scores the reader on a folder in PolNeAR's form: text/NAME.txt, and
// attributions/NAME_ANNOTATOR.ann in brat's standoff format. Each annotation is
// scored against its text; a text with several annotators counts once for each.
// each is called with every annotation's name and count, if not nil.
func EvalQuotes(ctx context.Context, reader *read.Reader, language, folder string, each func(name string, c QuoteCount)) (QuoteCount, error) {
	var all QuoteCount
	files, err := filepath.Glob(filepath.Join(folder, "attributions", "*.ann"))
	if err != nil || len(files) == 0 {
		return all, &casus.Error{Code: casus.Invalid, Input: folder, Problem: "has no attributions/*.ann"}
	}
	slices.Sort(files)
	read := map[string][]frames.Quoted{}
	for _, path := range files {
		if err := ctx.Err(); err != nil {
			return all, err
		}
		gold, err := readAttributions(path)
		if err != nil {
			return all, err
		}
		name := strings.TrimSuffix(filepath.Base(path), ".ann")
		stem := name[:max(0, strings.LastIndexByte(name, '_'))]
		data, err := os.ReadFile(filepath.Join(folder, "text", stem+".txt"))
		if err != nil {
			return all, fmt.Errorf("reading the text of %s: %w", path, err)
		}
		if _, done := read[stem]; !done {
			if read[stem], err = quotesIn(reader, language, string(data)); err != nil {
				return all, fmt.Errorf("reading %s: %w", stem, err)
			}
		}
		c := countQuotes(string(data), gold, read[stem])
		if each != nil {
			each(name, c)
		}
		all.Add(c)
	}
	return all, nil
}

// countQuotes compares the predictions for a text with gold, word by word.
func countQuotes(text string, gold []attribution, found []frames.Quoted) QuoteCount {
	c := QuoteCount{Texts: 1}
	for _, w := range wordSpans(text) {
		var right, inside, predicted, wanted bool
		for _, g := range gold {
			wanted = wanted || overlapsAny(g.content, w)
		}
		for _, q := range found {
			if !q.Content.Contains(w) {
				continue
			}
			predicted = true
			for _, g := range gold {
				if !overlapsAny(g.content, w) {
					continue
				}
				inside = true
				right = right || overlapsAny(g.source, q.Source) || len(g.source) == 0 && q.Source.Len() == 0
			}
		}
		c.Right, c.Found, c.Gold = c.Right+one(right), c.Found+one(predicted), c.Gold+one(wanted)
		c.Inside += one(inside)
	}
	return c
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func overlapsAny(spans []casus.Span, s casus.Span) bool {
	return slices.ContainsFunc(spans, func(t casus.Span) bool { return t.Overlaps(s) })
}

// wordSpans returns the runs of letters and digits of a text, in code points.
func wordSpans(text string) []casus.Span {
	var out []casus.Span
	at, start := 0, -1
	for _, r := range text {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r)
		switch {
		case letter && start < 0:
			start = at
		case !letter && start >= 0:
			out, start = append(out, casus.Span{Start: start, End: at}), -1
		}
		at++
	}
	if start >= 0 {
		out = append(out, casus.Span{Start: start, End: at})
	}
	return out
}

// readAttributions reads the attributions of a brat file: its T lines are
// stretches of text, its E lines tie a Source, a Cue and Contents together.
func readAttributions(path string) ([]attribution, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &casus.Error{Code: casus.NotFound, Input: path, Problem: "does not exist"}
	}
	if err != nil {
		return nil, fmt.Errorf("reading attributions: %w", err)
	}
	spans := map[string][]casus.Span{}
	var out []attribution
	for n, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		f := strings.SplitN(line, "\t", 3)
		switch {
		case len(f) < 2:
		case strings.HasPrefix(f[0], "T"):
			_, where, _ := strings.Cut(f[1], " ")
			if spans[f[0]], err = bratSpans(where); err != nil {
				return nil, &casus.Error{Code: casus.Invalid, Input: fmt.Sprintf("%s:%d", path, n+1), Problem: "is no stretch of text", Err: err}
			}
		case strings.HasPrefix(f[0], "E"):
			out = append(out, attributionOf(f[1], spans))
		}
	}
	return slices.DeleteFunc(out, func(a attribution) bool { return len(a.content) == 0 }), nil
}

// attributionOf reads "Attribution:T4 Content:T3 Cue:T2 Source:T1"; a role that
// comes twice has a number after its name.
func attributionOf(roles string, spans map[string][]casus.Span) attribution {
	var a attribution
	for role := range strings.FieldsSeq(roles) {
		name, id, _ := strings.Cut(role, ":")
		switch strings.TrimRightFunc(name, unicode.IsDigit) {
		case "Source":
			a.source = append(a.source, spans[id]...)
		case "Content":
			a.content = append(a.content, spans[id]...)
		}
	}
	return a
}

// bratSpans reads "107 114;120 131".
func bratSpans(s string) ([]casus.Span, error) {
	var out []casus.Span
	for part := range strings.SplitSeq(s, ";") {
		from, to, _ := strings.Cut(part, " ")
		start, err := strconv.Atoi(from)
		if err != nil {
			return nil, err
		}
		end, err := strconv.Atoi(to)
		if err != nil {
			return nil, err
		}
		out = append(out, casus.Span{Start: start, End: end})
	}
	return out, nil
}
