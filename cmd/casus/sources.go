package main

import (
	"fmt"
	"strings"

	"casus/ledger"
	"casus/picture"
)

type sourcesCmd struct {
	List  sourcesListCmd  `cmd:"" default:"1" help:"List the publishers and graded speakers, with their grades."`
	Grade sourcesGradeCmd `cmd:"" help:"Say how reliable a publisher or speaker is, from A to F."`
}

type sourcesListCmd struct {
	format
}

// Run lists the sources.
func (c *sourcesListCmd) Run(d *desk) error {
	l, err := openLedger(d, false)
	if err != nil {
		return err
	}
	defer l.Close()
	stats, err := l.Stats(d.ctx)
	if err != nil {
		return err
	}
	list, err := picture.New(l, nil).Sources(d.ctx, stats.Publishers)
	if err != nil {
		return err
	}
	g := grid{columns: []string{"source", "grade", "articles", "by", "why"}, empty: "No article names its publisher, and no speaker is graded."}
	for _, s := range list {
		g.rows = append(g.rows, []string{s.Name, string(s.Reliability), fmt.Sprint(s.Articles), s.By, s.Reason})
	}
	return d.print(c.format, list, g)
}

type sourcesGradeCmd struct {
	signed
	Source string `arg:"" help:"A publisher as articles name it, or an actor's id."`
	Grade  string `arg:"" help:"A (completely reliable), B (usually), C (fairly), D (not usually), E (unreliable), F (cannot be judged)."`
}

// Run grades a source.
func (c *sourcesGradeCmd) Run(d *desk) error {
	correction, err := c.correction(ledger.Grade)
	if err != nil {
		return err
	}
	correction.Source, correction.Reliability = c.Source, ledger.Reliability(strings.ToUpper(c.Grade))
	return d.correct(correction)
}
