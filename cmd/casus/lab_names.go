package main

import (
	"fmt"
	"os"
	"path/filepath"

	"casus"
	"casus/lab"
	ner "casus/read/names"
	"casus/refdata"
)

// labNERCmd is "casus lab ner".
type labNERCmd struct {
	Lang  string `help:"The language's code (nl, en)." required:""`
	Model string `help:"A model file to use in place of the built-in one." type:"existingfile" placeholder:"FILE"`
}

// Help is printed by casus lab ner --help.
func (labNERCmd) Help() string {
	return `Reads a word a line (what follows it on the line is passed over), an empty line after each sentence, a -DOCSTART- line before
each document if there are several. Writes each word and its tag: O, or B- and I- with PER, LOC, ORG or MISC.`
}

// Run tags standard input.
func (c *labNERCmd) Run(d *desk) error {
	model, err := openNames(c.Lang, c.Model)
	if err != nil {
		return err
	}
	return lab.TagNames(model, d.stdin, d.stdout)
}

// labEvalNERCmd is "casus lab eval ner".
type labEvalNERCmd struct {
	Lang    string `help:"The language's code (nl, en)." required:""`
	Model   string `help:"A model file to use in place of the built-in one." type:"existingfile" placeholder:"FILE"`
	Verbose bool   `help:"Print each sentence with a miss." short:"v"`
	Gold    string `arg:"" help:"Words in columns, the right tag last." type:"existingfile"`
}

// Run prints the scores.
func (c *labEvalNERCmd) Run(d *desk) error {
	model, err := openNames(c.Lang, c.Model)
	if err != nil {
		return err
	}
	var miss func(words, gold, found []string)
	if c.Verbose {
		miss = func(words, gold, found []string) {
			for i, word := range words {
				fmt.Fprintf(d.stdout, "%s\t%s\t%s\n", word, gold[i], found[i])
			}
			fmt.Fprintln(d.stdout)
		}
	}
	scores, err := lab.EvalNames(model, c.Gold, miss)
	if err != nil {
		return err
	}
	fmt.Fprintln(d.stdout, scores)
	return nil
}

// labTrainNamesCmd is "casus lab train names".
type labTrainNamesCmd struct {
	Lang      string   `help:"The language's code (nl, en)." required:""`
	Treebanks []string `arg:"" name:"treebank" help:"Treebanks whose proper nouns to learn from (.conllu, .conllu.gz)." type:"existingfile"`
	Classes   string   `help:"The classes of the treebanks' names: a name, a tab, its class." required:"" type:"existingfile" placeholder:"FILE"`
	Sentences []string `help:"More to learn from: sentences with their names in brackets, [PER Bob Deen]." type:"existingfile" placeholder:"FILE"`
	Columns   []string `help:"More to learn from: words in columns, the tag last." type:"existingfile" placeholder:"FILE"`
	Held      string   `help:"Words in columns that are only measured on." type:"existingfile" placeholder:"FILE"`
	Epochs    int      `help:"How many times to go through it all." default:"10"`
	Out       string   `help:"Where the model goes." required:"" type:"path" placeholder:"FILE"`
}

// Help is printed by casus lab train names --help.
func (labTrainNamesCmd) Help() string {
	return `The same files, tables and options give the same model, byte for byte. docs/MODELS.md has the commands that made the built-in ones.`
}

// Run trains, and keeps nothing where it is stopped.
func (c *labTrainNamesCmd) Run(d *desk) error {
	lexicon, err := openNameLexicon(c.Lang)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(c.Out), ".casus-model-*")
	if err != nil {
		return &casus.Error{Code: casus.Unwritable, Input: c.Out, Problem: "cannot be written", Err: err}
	}
	defer os.Remove(f.Name())
	defer f.Close()
	t := lab.NameTraining{Treebanks: c.Treebanks, Classes: c.Classes, Sentences: c.Sentences, Columns: c.Columns, Held: c.Held, Epochs: c.Epochs}
	if err := lab.TrainNames(d.ctx, lexicon, t, f, func(line string) { fmt.Fprintln(d.stdout, line) }); err != nil {
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

// openNameLexicon joins what refdata and a language know of names.
func openNameLexicon(code string) (*ner.Lexicon, error) {
	files, err := pack(code)
	if err != nil {
		return nil, err
	}
	world, err := refdata.Open()
	if err != nil {
		return nil, err
	}
	list, err := files.Open("names.tsv")
	if err != nil {
		return nil, fmt.Errorf("loading the language %s: %w", code, err)
	}
	defer list.Close()
	l, err := ner.ReadLexicon(list, world, code)
	if err != nil {
		return nil, fmt.Errorf("loading the language %s: names.tsv: %w", code, err)
	}
	return l, nil
}

// openNames opens a language's model of names, or that of a file.
func openNames(code, path string) (*ner.Model, error) {
	lexicon, err := openNameLexicon(code)
	if err != nil {
		return nil, err
	}
	if path != "" {
		f, err := os.Open(path)
		if err != nil {
			return nil, &casus.Error{Code: casus.Unreadable, Input: path, Problem: "cannot be opened", Err: err}
		}
		defer f.Close()
		m, err := ner.Load(f, lexicon)
		if err != nil {
			return nil, &casus.Error{Code: casus.Invalid, Input: path, Problem: "is not a model of names", Err: err}
		}
		return m, nil
	}
	files, err := pack(code)
	if err != nil {
		return nil, err
	}
	f, err := files.Open("names.model")
	if err != nil {
		return nil, fmt.Errorf("loading the language %s: %w", code, err)
	}
	defer f.Close()
	m, err := ner.Load(f, lexicon)
	if err != nil {
		return nil, fmt.Errorf("loading the language %s: names.model: %w", code, err)
	}
	return m, nil
}
