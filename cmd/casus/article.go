package main

import (
	"fmt"
	"io"
	"strings"

	"casus/picture"
)

type articleCmd struct {
	clocks
	format
	ID string `arg:"" help:"The article's id or hash."`
}

// Run prints an article with its records marked.
func (c *articleCmd) Run(d *desk) error {
	return c.ask(d, picture.Question{}, nil, func(p *picture.Picture, q picture.Question) error {
		if d.note != "" {
			return d.print(c.format, struct{}{}, entries(nil, "", ""))
		}
		answer, err := p.Article(d.ctx, c.ID, q)
		if err != nil {
			return err
		}
		if c.JSON || c.CSV {
			return d.print(c.format, answer, entries(answer.Entries, "", "", dayColumn, kindColumn, whatColumn, statusColumn, byColumn))
		}
		return writeArticle(d.stdout, answer)
	})
}

// writeArticle prints the head, the text with a number at the end of each
// record's words, and the records by their numbers.
func writeArticle(w io.Writer, a picture.ArticleAnswer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", a.Article.ID)
	for _, line := range [][2]string{{"title", a.Article.Title}, {"publisher", a.Article.Publisher}, {"published", a.Article.Date.String()},
		{"address", a.Article.URL}, {"language", a.Article.Language}, {"read by", a.Article.Reader}} {
		if line[1] != "" {
			fmt.Fprintf(&b, "%-10s %s\n", line[0], plainText(line[1]))
		}
	}
	for _, c := range a.Copies {
		fmt.Fprintf(&b, "%-10s near-copy, %.0f %% alike\n", c.Article.ID, 100*c.Similarity)
	}
	b.WriteString("\n" + marked(a) + "\n\n")
	for i, e := range a.Entries {
		fmt.Fprintf(&b, "[%d] %s  %s  %s  %s", i+1, e.ID, e.Record.Kind(), what(e.Record), e.Record.When)
		if s := state(e.Record); s != "" {
			fmt.Fprintf(&b, "  %s", s)
		}
		if by := says(e.Record); by != "" {
			fmt.Fprintf(&b, "  says %s", by)
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// marked returns the text with [n] after the words of record n.
func marked(a picture.ArticleAnswer) string {
	ends := map[int][]int{}
	for i, e := range a.Entries {
		ends[e.Record.Span.End] = append(ends[e.Record.Span.End], i+1)
	}
	var b strings.Builder
	n := 0
	mark := func() {
		for _, i := range ends[n] {
			fmt.Fprintf(&b, "[%d]", i)
		}
	}
	for _, r := range a.Article.Text {
		mark()
		if r == '\n' {
			b.WriteRune(r)
		} else {
			b.WriteString(plainText(string(r)))
		}
		n++
	}
	mark()
	return b.String()
}
