package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"casus"
	"casus/feed"
	"casus/lab"
	"casus/read"
	"casus/read/text"
)

// labReportCmd is "casus lab report".
type labReportCmd struct {
	Gold     string   `help:"The folder of gold records." placeholder:"DIR"`
	Pred     string   `help:"The predicted records, as casus read --json prints them; without it the articles are read." placeholder:"FILE"`
	Articles []string `arg:"" optional:"" name:"article" help:"The articles: files, folders and archives."`
	Out      string   `help:"Where the page goes." required:"" type:"path" placeholder:"FILE"`
}

// Help is printed by casus lab report --help.
func (labReportCmd) Help() string {
	return `Writes one page of HTML that works offline: every gold and predicted record side by side with its sentence. With --pred the articles
only give the sentences, and may be left out.`
}

// Run writes the page.
func (c *labReportCmd) Run(d *desk) error {
	if c.Pred == "" && len(c.Articles) == 0 {
		return &casus.Error{Code: casus.Invalid, Input: "casus lab report", Problem: "has nothing to show", Advice: "Give --pred, or articles to read."}
	}
	var in lab.ReportInput
	var err error
	if c.Gold != "" {
		if in.Gold, err = lab.ReadGold(c.Gold); err != nil {
			return err
		}
	}
	if c.Pred != "" {
		if in.Predictions, err = lab.ReadPredictions(c.Pred); err != nil {
			return err
		}
	}
	if err := c.read(d, &in); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(c.Out), ".casus-report-*")
	if err != nil {
		return unwritable(c.Out, err)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if err := lab.WriteReport(f, in); err != nil {
		return unwritable(c.Out, err)
	}
	if err := f.Close(); err != nil {
		return unwritable(c.Out, err)
	}
	if err := os.Rename(f.Name(), c.Out); err != nil {
		return unwritable(c.Out, err)
	}
	return nil
}

// read takes in the articles, and their records where none were given.
func (c *labReportCmd) read(d *desk, in *lab.ReportInput) error {
	if len(c.Articles) == 0 {
		return nil
	}
	reader, _, err := newReader()
	if err != nil {
		return err
	}
	for item := range feed.Read(d.ctx, c.Articles, d.stdin, feed.Options{Now: d.now}) {
		if item.Err != nil {
			return item.Err
		}
		a, err := reportArticle(item.Article)
		if err != nil {
			return err
		}
		in.Articles = append(in.Articles, a)
		if c.Pred != "" || !reader.Reads(a.Language) {
			continue
		}
		found, err := predict(reader, item.Article)
		if err != nil {
			return err
		}
		in.Predictions = append(in.Predictions, found...)
	}
	return d.ctx.Err()
}

// reportArticle cuts an article into sentences, if its language is one of ours.
func reportArticle(a casus.Article) (lab.ReportArticle, error) {
	out := lab.ReportArticle{Article: a}
	if _, ok := languages()[a.Language]; !ok {
		return out, nil
	}
	rules, err := openTokens(a.Language)
	if err != nil {
		return out, err
	}
	for _, s := range text.Split(rules, a.Text) {
		out.Sentences = append(out.Sentences, s.Span)
	}
	return out, nil
}

// predict reads an article into records in the contract's form.
func predict(reader *read.Reader, a casus.Article) ([]lab.Prediction, error) {
	reading, err := reader.Read(a)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", a.ID, err)
	}
	out := make([]lab.Prediction, len(reading.Records))
	for i, rec := range reading.Records {
		line, err := rec.MarshalJSON()
		if err == nil {
			err = json.Unmarshal(line, &out[i])
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
