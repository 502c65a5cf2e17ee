package main

import (
	"fmt"

	"casus"
	"casus/feed"
	"casus/lab"
)

// labCoverageCmd is "casus lab coverage".
type labCoverageCmd struct {
	Lang  string   `help:"The articles' language (nl, en); those of another are passed over." required:""`
	Most  int      `help:"How many predicates without a frame to list." default:"40"`
	Paths []string `arg:"" name:"path" help:"Articles: files, folders and archives."`
}

// Help is printed by casus lab coverage --help.
func (labCoverageCmd) Help() string {
	return `Prints which verbs and event nouns of the articles have a frame, and the most frequent ones without: what to add next to
read/lang/XX/frames.`
}

// Run counts and prints.
func (c *labCoverageCmd) Run(d *desk) error {
	if c.Most < 0 {
		return &casus.Error{Code: casus.Invalid, Input: fmt.Sprintf("--most %d", c.Most), Problem: "is no number of lines", Advice: "Give 0 or more."}
	}
	reader, err := readerOf(c.Lang)
	if err != nil {
		return err
	}
	coverage, found := lab.NewCoverage(), false
	for item := range feed.Read(d.ctx, c.Paths, d.stdin, feed.Options{Now: d.now}) {
		if item.Err != nil {
			return item.Err
		}
		if item.Article.Language != c.Lang {
			continue
		}
		uses, err := reader.Uses(item.Article)
		if err != nil {
			return fmt.Errorf("reading %s: %w", item.Input, err)
		}
		coverage.Add(item.Article, uses)
		found = true
	}
	if err := d.ctx.Err(); err != nil {
		return err
	}
	if !found {
		return &casus.Error{Code: casus.NotFound, Input: "--lang " + c.Lang, Problem: "none of the articles is in this language"}
	}
	return coverage.Write(d.stdout, c.Most)
}
