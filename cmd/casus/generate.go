package main

import (
	"cmp"
	"encoding/json"
	"fmt"

	"casus/feed"
	"casus/lab"
	"casus/ledger"
	"casus/ledger/sqlite"
	"casus/refdata"
)

type generateCmd struct {
	Samples  []string `arg:"" optional:"" name:"path" help:"Sample articles (default: examples)."`
	Articles int      `help:"How many articles to make." default:"1000"`
	Records  int      `help:"About how many records to keep in all, at random (default: all)."`
	From     int      `help:"Number of the first article, to add to a ledger made before." default:"0"`
	Batch    int      `help:"How many articles to store in one transaction." default:"2000"`
	Correct  int      `help:"How many corrections analysts then make."`
	JSON     bool     `name:"json" help:"Print as JSON what was stored and how long that took."`
	Seed     uint64   `help:"The same seed makes the same articles." default:"1"`
}

// Run reads the samples and stores what is made of them in a new ledger.
func (c *generateCmd) Run(d *desk) error {
	if len(c.Samples) == 0 {
		c.Samples = []string{"examples"}
	}
	reader, world, err := newReader()
	if err != nil {
		return err
	}
	var readings []ledger.Reading
	var first error
	for item := range feed.Read(d.ctx, c.Samples, d.stdin, feed.Options{Now: d.now}) {
		if item.Err != nil { // what is no article lies beside them
			first = cmp.Or(first, item.Err)
			continue
		}
		if !reader.Reads(item.Article.Language) {
			continue
		}
		r, err := reader.Read(item.Article)
		if err != nil {
			return fmt.Errorf("reading the sample %s: %w", item.Input, err)
		}
		readings = append(readings, ledger.Reading{Article: item.Article, Reader: r.Version, Records: r.Records, Actors: r.Actors})
	}
	if len(readings) == 0 && first != nil {
		return first
	}
	g, err := lab.NewGenerator(readings, generatorNames(world), feed.Identity, c.Seed)
	if err != nil {
		return err
	}
	g.Spent = processorTime
	g.Thin(float64(c.Records) / float64(max(c.Articles, 1)))
	l, err := sqlite.Open(d.ctx, d.ledger, sqlite.Options{Create: true, Now: d.now})
	if err != nil {
		return err
	}
	defer l.Close()
	bar := newProgress(d.stderr, true)
	stored, err := g.Generate(d.ctx, l, c.From, c.Articles, max(c.Batch, 1), bar.add)
	bar.stop()
	if err != nil {
		return err
	}
	if err := g.Correct(d.ctx, l, c.From+c.Articles, c.Correct); err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(d.stdout).Encode(stored)
	}
	fmt.Fprintf(d.stderr, "%s: %s, %s\n", d.ledger, plural(stored.Articles, "generated article"), plural(stored.Records, "record"))
	return nil
}

// generatorNames are the words by which one actor may stand in for another.
func generatorNames(w *refdata.World) []lab.Name {
	var out []lab.Name
	for _, language := range []string{"nl", "en"} {
		for _, a := range w.Aliases(language) {
			out = append(out, lab.Name{Text: a.Text, Lang: a.Lang, Class: string(a.Class), ID: a.ID})
		}
	}
	return out
}
