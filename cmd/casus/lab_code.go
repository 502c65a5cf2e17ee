package main

import (
	"fmt"
	"os"
	"path/filepath"

	"casus"
	"casus/lab"
	"casus/read"
)

// labCodeCmd is "casus lab code".
type labCodeCmd struct {
	Lang string `help:"The language's code (nl, en)." required:""`
}

// Help is printed by casus lab code --help.
func (labCodeCmd) Help() string {
	return `Reads lines of id, sentence, source and target, tabs between them, and writes lines of id, root (one of PLOVER's sixteen types), mode,
quad, confidence and how: "frame" where a frame links the parties, "classifier" where none does and the second opinion answers.`
}

// Run codes standard input.
func (c *labCodeCmd) Run(d *desk) error {
	reader, err := readerOf(c.Lang)
	if err != nil {
		return err
	}
	if err := lab.Code(d.ctx, reader, c.Lang, d.stdin, d.stdout); err != nil {
		return &casus.Error{Code: casus.Invalid, Input: "standard input", Problem: "cannot be coded", Err: err}
	}
	return nil
}

// readerOf returns the reader, if it reads a language.
func readerOf(language string) (*read.Reader, error) {
	if _, err := pack(language); err != nil {
		return nil, err
	}
	reader, _, err := newReader()
	return reader, err
}

// labEvalCodeCmd is "casus lab eval code".
type labEvalCodeCmd struct {
	Lang    string `help:"The language's code (nl, en)." required:""`
	Verbose bool   `help:"Print each miss." short:"v"`
	Gold    string `arg:"" help:"Lines of id, sentence, source, target and more, with a header that names the column root." type:"existingfile"`
}

// Run prints the scores.
func (c *labEvalCodeCmd) Run(d *desk) error {
	reader, err := readerOf(c.Lang)
	if err != nil {
		return err
	}
	f, err := os.Open(c.Gold)
	if err != nil {
		return &casus.Error{Code: casus.Unreadable, Input: c.Gold, Problem: "cannot be opened", Err: err}
	}
	defer f.Close()
	var miss func(read.Dyad, string, read.Coding)
	if c.Verbose {
		miss = func(y read.Dyad, root string, g read.Coding) {
			fmt.Fprintf(d.stdout, "%s\t%s\t%.2f\t%s %s\t%s\t%s\t%s\n", root, g.Type, g.Confidence, g.How, g.Rule, y.Sentence, y.Source, y.Target)
		}
	}
	scores, err := lab.EvalCode(d.ctx, reader, c.Lang, f, miss)
	if err != nil {
		return &casus.Error{Code: casus.Invalid, Input: c.Gold, Problem: "cannot be scored", Err: err}
	}
	fmt.Fprintln(d.stdout, scores)
	return nil
}

// labTrainCodeCmd is "casus lab train code".
type labTrainCodeCmd struct {
	Lang      string   `help:"The language's code (nl, en)." required:""`
	Sentences []string `arg:"" name:"sentences" help:"Files of sentences: a type, a tab, the sentence with its [source] and {target} in brackets." type:"existingfile"`
	Epochs    int      `help:"How many times to go through them." default:"30"`
	Out       string   `help:"Where the model goes." required:"" type:"path" placeholder:"FILE"`
}

// Help is printed by casus lab train code --help.
func (labTrainCodeCmd) Help() string {
	return `The same sentences and options give the same model, byte for byte. docs/MODELS.md has the commands that made the built-in ones.`
}

// Run trains, and keeps nothing where it is stopped.
func (c *labTrainCodeCmd) Run(d *desk) error {
	reader, err := readerOf(c.Lang)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(c.Out), ".casus-model-*")
	if err != nil {
		return unwritable(c.Out, err)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	t := lab.CodeTraining{Sentences: c.Sentences, Epochs: c.Epochs}
	if err := lab.TrainCode(d.ctx, reader, c.Lang, t, f, func(line string) { fmt.Fprintln(d.stdout, line) }); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return unwritable(c.Out, err)
	}
	if err := os.Rename(f.Name(), c.Out); err != nil {
		return unwritable(c.Out, err)
	}
	return nil
}
