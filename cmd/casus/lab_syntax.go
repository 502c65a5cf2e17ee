package main

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"casus"
	"casus/lab"
	"casus/read/syntax"
	"casus/read/text"
)

// labParseCmd is "casus lab parse".
type labParseCmd struct {
	Lang  string `help:"The language's code (nl, en)." required:""`
	Raw   bool   `help:"Standard input is plain text: split it too."`
	Model string `help:"A model file to use in place of the built-in one." type:"existingfile" placeholder:"FILE"`
}

// Help is printed by casus lab parse --help.
func (labParseCmd) Help() string {
	return `Reads CoNLL-U and writes it with LEMMA, UPOS, FEATS, HEAD and DEPREL filled in; tokens and comments stay. With --raw it reads
text and writes CoNLL-U, a comment giving each sentence's place in code points.`
}

// Run parses standard input.
func (c *labParseCmd) Run(d *desk) error {
	model, err := openSyntax(c.Lang, c.Model)
	if err != nil {
		return err
	}
	if !c.Raw {
		if err := lab.ParseTreebank(model, d.stdin, d.stdout); err != nil {
			return &casus.Error{Code: casus.Invalid, Input: "standard input", Problem: "cannot be parsed", Err: err,
				Advice: "Give CoNLL-U, or plain text with --raw."}
		}
		return nil
	}
	rules, err := openTokens(c.Lang)
	if err != nil {
		return err
	}
	article, err := io.ReadAll(bufio.NewReader(d.stdin))
	if err != nil {
		return fmt.Errorf("reading standard input: %w", err)
	}
	return lab.ParseText(model, rules, string(article), d.stdout)
}

// labEvalParseCmd is "casus lab eval parse".
type labEvalParseCmd struct {
	Lang   string `help:"The language's code (nl, en), to parse the treebank anew." xor:"system" required:""`
	System string `help:"CoNLL-U to compare, as casus lab parse wrote it." type:"existingfile" xor:"system" required:"" placeholder:"FILE"`
	Model  string `help:"A model file to use in place of the built-in one." type:"existingfile" placeholder:"FILE"`
	Gold   string `arg:"" help:"The treebank (.conllu, .conllu.gz)."`
}

// Run prints the scores.
func (c *labEvalParseCmd) Run(d *desk) error {
	gold, err := lab.ReadTreebank(c.Gold)
	if err != nil {
		return err
	}
	if c.System != "" {
		system, err := lab.ReadTreebank(c.System)
		if err != nil {
			return err
		}
		scores, err := lab.ScoreTrees(gold, system)
		if err != nil {
			return &casus.Error{Code: casus.Invalid, Input: c.System, Problem: "does not fit " + c.Gold, Err: err}
		}
		fmt.Fprintln(d.stdout, scores)
		return nil
	}
	model, err := openSyntax(c.Lang, c.Model)
	if err != nil {
		return err
	}
	fmt.Fprintln(d.stdout, lab.ScoreModel(model, gold))
	return nil
}

// labTrainSyntaxCmd is "casus lab train syntax".
type labTrainSyntaxCmd struct {
	Treebanks     []string `arg:"" name:"treebank" help:"What to learn from (.conllu, .conllu.gz)." type:"existingfile"`
	WithoutFeats  []string `help:"More treebanks, whose features follow another convention and are not learned." type:"existingfile" placeholder:"FILE"`
	Held          string   `help:"A treebank that is only measured on." type:"existingfile" placeholder:"FILE"`
	Epochs        int      `help:"How many times to go through the treebanks." default:"30"`
	JoinParticles bool     `help:"Lemmas take in separate particles, as in Dutch."`
	Domain        string   `help:"Take every text to be of this part of the treebank, the one before / in its # source comments." placeholder:"NAME"`
	Patterns      string   `help:"A file of sentence patterns with trees (lab/trees), to learn from too." type:"existingfile" placeholder:"FILE"`
	Drawn         int      `help:"How many sentences to draw from the patterns." default:"2500"`
	Out           string   `help:"Where the model goes." required:"" type:"path" placeholder:"FILE"`
}

// Help is printed by casus lab train syntax --help.
func (labTrainSyntaxCmd) Help() string {
	return `Trains on one processor core and prints its losses and figures. The same treebanks and options give the same file.
docs/MODELS.md has the commands that made the built-in models.`
}

// Run trains, and keeps nothing where it is stopped.
func (c *labTrainSyntaxCmd) Run(d *desk) error {
	f, err := os.CreateTemp(filepath.Dir(c.Out), ".casus-model-*")
	if err != nil {
		return &casus.Error{Code: casus.Unwritable, Input: c.Out, Problem: "cannot be written", Err: err}
	}
	defer os.Remove(f.Name())
	defer f.Close()
	t := lab.SyntaxTraining{Treebanks: c.Treebanks, WithoutFeats: c.WithoutFeats, Held: c.Held, Epochs: c.Epochs, JoinParticles: c.JoinParticles, Domain: c.Domain,
		Patterns: c.Patterns, Drawn: c.Drawn}
	if err := lab.TrainSyntax(d.ctx, t, f, func(line string) { fmt.Fprintln(d.stdout, line) }); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return &casus.Error{Code: casus.Unwritable, Input: c.Out, Problem: "cannot be written", Err: err}
	}
	if err := os.Rename(f.Name(), c.Out); err != nil {
		return &casus.Error{Code: casus.Unwritable, Input: c.Out, Problem: "cannot be written", Err: err}
	}
	return nil
}

// pack returns the files of a built-in language.
func pack(code string) (fs.FS, error) {
	files, ok := languages()[code]
	if !ok {
		return nil, &casus.Error{Code: casus.Unsupported, Input: "--lang " + code, Problem: "is no language of this Casus", Advice: "Use nl or en."}
	}
	return files, nil
}

// openSyntax loads the model at path, or the built-in one of a language where path is empty.
func openSyntax(code, path string) (*syntax.Model, error) {
	name := path
	var f fs.File
	files, err := pack(code)
	switch {
	case path != "":
		f, err = os.Open(path)
	case err == nil:
		name = "syntax.model of " + code
		f, err = files.Open("syntax.model")
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	m, err := syntax.Load(f)
	if err != nil {
		return nil, &casus.Error{Code: casus.Invalid, Input: name, Problem: "cannot be used", Err: err}
	}
	return m, nil
}

// openTokens loads a built-in language's rules for cutting text.
func openTokens(code string) (*text.Rules, error) {
	files, err := pack(code)
	if err != nil {
		return nil, err
	}
	f, err := files.Open("tokens.txt")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return text.LoadRules(f)
}
