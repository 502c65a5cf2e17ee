package main

import (
	"fmt"
	"strings"

	"casus"
	"casus/picture"
	"casus/read"
)

type whyCmd struct {
	clocks
	JSON   bool   `name:"json" help:"Print JSON: the record, its rule, and the thing that it tells of."`
	Record string `arg:"" help:"The record's id, as the other questions print it."`
}

// Run prints the sentence, the analysis and the rule behind a record.
func (c *whyCmd) Run(d *desk) error {
	corrections, err := d.corrections()
	if err != nil {
		return err
	}
	reader, _, err := newReader(corrections...)
	if err != nil {
		return err
	}
	return c.ask(d, picture.Question{}, nil, func(p *picture.Picture, q picture.Question) error {
		if d.note != "" {
			return d.print(format{JSON: c.JSON}, struct{}{}, entries(nil, "", ""))
		}
		why, err := p.Why(d.ctx, casus.RecordID(c.Record), q, reader.Rule)
		if err != nil {
			return err
		}
		if c.JSON {
			return d.print(format{JSON: true}, why, grid{})
		}
		article, err := p.Article(d.ctx, string(why.Entry.Article.ID), picture.Question{})
		if err != nil {
			return err
		}
		analyses, err := reader.Explain(article.Article.Article, why.Entry.Record.Span)
		if err != nil {
			return err
		}
		_, err = fmt.Fprint(d.stdout, explain(why, analyses))
		return err
	})
}

// explain writes a record, what the reader saw in its sentence, and the rule.
func explain(why picture.Why, analyses []read.Analysis) string {
	var b strings.Builder
	e, rule := why.Entry, why.Line
	fmt.Fprintf(&b, "%s  %s  %s\n", e.ID, e.Record.Kind(), what(e.Record))
	fmt.Fprintf(&b, "  status %s, when %s", state(e.Record), e.Record.When)
	if e.Record.By != "" {
		fmt.Fprintf(&b, ", says %s (“%s”)", e.Record.By, e.Record.ByAs)
	}
	fmt.Fprintf(&b, "\n  “%s”\n  %s, %s, characters %d to %d\n", plainText(e.Record.Quote), from(e.Article), published(e.Article),
		e.Record.Span.Start, e.Record.Span.End)
	for _, m := range e.Mentions {
		fmt.Fprintf(&b, "  told again: “%s”, characters %d to %d\n", plainText(m.Quote), m.Start, m.End)
	}
	fmt.Fprintf(&b, "  made by reader %s, sure for %.2f, by the rule\n    %s\n", e.Made.Reader, e.Made.Confidence, e.Made.Rule)
	if rule != "" {
		fmt.Fprintf(&b, "    %s\n", plainText(rule))
	}
	if t := why.Thing; t != nil {
		fmt.Fprintf(&b, "  told %d ×, by %s: %s\n  graded %s\n", len(t.Entries), plural(len(t.Origins), "origin"), plainText(originNames(t.Origins)), gradeInWords(*t.Grade))
	}
	b.WriteString("  and, said of it now by this reader, the analysis of the sentence:\n")
	for _, a := range analyses {
		writeAnalysis(&b, a)
	}
	return b.String()
}

func writeAnalysis(b *strings.Builder, a read.Analysis) {
	b.WriteByte('\n')
	for i, w := range a.Tree.Words {
		head := "root"
		if w.Head >= 0 {
			head = a.Tree.Words[w.Head].Form
		}
		fmt.Fprintf(b, "  %3d  %-20s %-18s %-6s %-14s ← %s\n", i+1, plainText(w.Form), w.Lemma, w.UPOS, w.Deprel, plainText(head))
	}
	for _, m := range a.Actors {
		fmt.Fprintf(b, "  actor   %-30s %s (%s; %s)\n", phrase(a, m.First, m.Last), orUnknown(m.ID), m.Class, m.Rule)
	}
	for _, t := range a.Times {
		fmt.Fprintf(b, "  time    %-30s %s %s, that is %s\n", plainText(t.Text), t.Type, t.Value, t.Period)
	}
	for _, n := range a.Amounts {
		fmt.Fprintf(b, "  amount  %-30s %s %s\n", plainText(n.Text), bounds(n.Low, n.High, n.Approx), n.Unit)
	}
}

func phrase(a read.Analysis, first, last int) string {
	var words []string
	for _, w := range a.Tree.Words[first:last] {
		words = append(words, w.Form)
	}
	return plainText(strings.Join(words, " "))
}
