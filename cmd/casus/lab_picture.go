package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"casus"
	"casus/feed"
	"casus/lab"
	"casus/ledger"
	"casus/ledger/memory"
	"casus/picture"
	"casus/read"
)

// labPictureCmd is "casus lab picture".
type labPictureCmd struct {
	Cases   string `help:"The folder of cases." default:"lab/picture" placeholder:"DIR"`
	Family  string `help:"Only cases of this family." placeholder:"NAME"`
	Folder  string `help:"Only cases of this folder of the cases." placeholder:"NAME"`
	Verbose bool   `short:"v" help:"Print each answer that was missed, and each that was not wanted."`
	Ablate  bool   `help:"Print the scores without each feature that grouping weighs."`
	JSON    bool   `name:"json" help:"Print JSON: what came of each case."`
}

// Help is printed by casus lab picture --help.
func (labPictureCmd) Help() string {
	return `Reads small groups of articles, asks the picture what each case asks, and counts the answers that were wanted and those that
were not. "text" goes from the articles through the reader, "records" from records made by hand. docs/EVALUATION.md has the form of a case.`
}

// Run scores the cases.
func (c *labPictureCmd) Run(d *desk) error {
	cases, err := c.chosen()
	if err != nil {
		return err
	}
	bench, err := newPictureBench()
	if err != nil {
		return err
	}
	scores, err := lab.ScorePicture(d.ctx, bench, cases)
	if err != nil {
		return err
	}
	if c.Ablate {
		without, err := lab.AblatePicture(d.ctx, bench, cases)
		if err != nil {
			return err
		}
		return lab.WriteAblation(d.stdout, scores, without)
	}
	if c.JSON {
		enc := json.NewEncoder(d.stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", " ")
		return enc.Encode(scores)
	}
	if c.Verbose {
		if err := lab.WritePictureMisses(d.stdout, scores); err != nil {
			return err
		}
		fmt.Fprintln(d.stdout)
	}
	return lab.WritePictureScores(d.stdout, scores)
}

// chosen reads the cases that the flags choose.
func (c *labPictureCmd) chosen() ([]lab.PictureCase, error) {
	all, err := lab.ReadPictureCases(c.Cases)
	if err != nil {
		return nil, err
	}
	var out []lab.PictureCase
	for _, each := range all {
		if (c.Family == "" || each.Family == c.Family) && (c.Folder == "" || each.Folder == c.Folder) {
			out = append(out, each)
		}
	}
	if len(out) == 0 {
		return nil, &casus.Error{Code: casus.NotFound, Input: strings.TrimSpace(c.Family + " " + c.Folder), Problem: "no case is of this family or folder"}
	}
	return out, nil
}

// newPictureBench is the program as the cases use it: a ledger in memory for
// each case, the reader and reference data.
func newPictureBench() (lab.PictureBench, error) {
	reader, _, err := newReader()
	if err != nil {
		return lab.PictureBench{}, err
	}
	lexicon, err := newLexicon(nil)
	if err != nil {
		return lab.PictureBench{}, err
	}
	return lab.PictureBench{
		Ledger:  func() ledger.Ledger { return memory.New(nil, alike) },
		Picture: func(l ledger.Ledger) (*picture.Picture, error) { return picture.New(l, lexicon), nil },
		Reading: func(a casus.Article, byHand []casus.Record) (ledger.Reading, error) {
			return caseReading(reader, a, byHand)
		},
	}, nil
}

// caseReading reads an article, or takes the records made by hand for it.
func caseReading(reader *read.Reader, a casus.Article, byHand []casus.Record) (ledger.Reading, error) {
	a.Hash = feed.Identity(a.Text)
	out := ledger.Reading{Article: a, Reader: "by hand", Records: byHand}
	if byHand == nil {
		found, err := reader.Read(a)
		if err != nil {
			return out, err
		}
		out.Reader, out.Records, out.Actors = "reader", found.Records, found.Actors
	}
	var err error
	out.Sketch, err = sketchOf(a.Text)
	return out, err
}
