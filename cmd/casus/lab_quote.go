package main

import (
	"fmt"

	"casus"
	"casus/lab"
)

// labQuoteCmd is "casus lab quote".
type labQuoteCmd struct {
	Lang string `help:"The language's code (nl, en)." required:""`
}

// Help is printed by casus lab quote --help.
func (labQuoteCmd) Help() string {
	return `Reads JSON lines {"id","text"} and writes {"id","quotes":[{"source":[start,end],"cue":[start,end],"content":[start,end]}]}: who says or
thinks it, the word that says so, and what. Offsets count code points, the end is exclusive; source and cue are null where the text
names none. What is said in several stretches is as many quotes.`
}

// Run finds the quotes of standard input.
func (c *labQuoteCmd) Run(d *desk) error {
	reader, err := readerOf(c.Lang)
	if err != nil {
		return err
	}
	if err := lab.Quotes(d.ctx, reader, c.Lang, d.stdin, d.stdout); err != nil {
		return &casus.Error{Code: casus.Invalid, Input: "standard input", Problem: "cannot be read for quotes", Err: err}
	}
	return nil
}

// labEvalQuoteCmd is "casus lab eval quote".
type labEvalQuoteCmd struct {
	Lang    string `help:"The language's code (nl, en)." required:""`
	Verbose bool   `help:"Print each annotation's counts." short:"v"`
	Folder  string `arg:"" help:"A folder with text/NAME.txt and attributions/NAME_ANNOTATOR.ann, as PolNeAR has them." type:"existingdir"`
}

// Run prints the scores.
func (c *labEvalQuoteCmd) Run(d *desk) error {
	reader, err := readerOf(c.Lang)
	if err != nil {
		return err
	}
	var each func(name string, count lab.QuoteCount)
	if c.Verbose {
		each = func(name string, count lab.QuoteCount) { fmt.Fprintf(d.stdout, "%s  %s\n", name, count) }
	}
	all, err := lab.EvalQuotes(d.ctx, reader, c.Lang, c.Folder, each)
	if err != nil {
		return err
	}
	fmt.Fprintln(d.stdout, all)
	return nil
}
