package main

import (
	"fmt"
	"io"

	"casus/lab"
	"casus/read/amount"
	"casus/read/text"
	"casus/read/when"
)

// labCmd gathers what people need who measure: see docs/EVALUATION.md.
type labCmd struct {
	Parse       labParseCmd       `cmd:"" help:"Fill in the trees of CoNLL-U, or of plain text."`
	NER         labNERCmd         `cmd:"" name:"ner" help:"Find names: tokens in, tokens with BIO tags out."`
	Time        labTimeCmd        `cmd:"" help:"Find times: JSON lines in, JSON lines out."`
	Quote       labQuoteCmd       `cmd:"" help:"Find what is said and by whom: JSON lines in, JSON lines out."`
	Amount      labAmountCmd      `cmd:"" help:"Find amounts: JSON lines in, JSON lines out."`
	Code        labCodeCmd        `cmd:"" help:"Code sentences with two parties: one of PLOVER's types each."`
	Score       labScoreCmd       `cmd:"" help:"Score records against gold ones."`
	Report      labReportCmd      `cmd:"" help:"One page of gold and predicted records side by side, with their sentences."`
	Picture     labPictureCmd     `cmd:"" help:"Score the picture on cases: contradictions, promises, one thing told by several."`
	Obligations labObligationsCmd `cmd:"" help:"Run scenarios with known outcomes: who must be bound, and who not."`
	Coverage    labCoverageCmd    `cmd:"" help:"Which verbs and event nouns of articles have a frame, and which have none."`
	Eval        labEvalCmd        `cmd:"" help:"Score trees, times and amounts against what is right."`
	Train       labTrainCmd       `cmd:"" help:"Train models."`
	Generate    generateCmd       `cmd:"" help:"Make a big ledger out of sample articles, for measuring."`
	Ask         labAskCmd         `cmd:"" help:"Put a ledger many random questions and print how long the answers took."`
	Bench       benchCmd          `cmd:"" help:"Print start-up, reading, memory and question times of this binary."`
}

type labEvalCmd struct {
	Code   labEvalCodeCmd   `cmd:"" help:"Accuracy and macro F1 of event types against a table of dyads."`
	Parse  labEvalParseCmd  `cmd:"" help:"UPOS, UAS, LAS and lemmas against a treebank, with its tokens."`
	NER    labEvalNERCmd    `cmd:"" name:"ner" help:"Precision, recall and F1 of names, as conlleval counts them."`
	Time   labEvalTimeCmd   `cmd:"" help:"The share of cases with all times and values right."`
	Quote  labEvalQuoteCmd  `cmd:"" help:"Words that are said found with the right source, against attributions."`
	Amount labEvalAmountCmd `cmd:"" help:"The share of cases with all amounts and values right."`
}

type labTrainCmd struct {
	Code   labTrainCodeCmd   `cmd:"" help:"Train a language's second opinion on event types."`
	Names  labTrainNamesCmd  `cmd:"" help:"Train a language's names."`
	Syntax labTrainSyntaxCmd `cmd:"" help:"Train a language's tags, lemmas and trees."`
}

// labTimeCmd is "casus lab time".
type labTimeCmd struct {
	Lang string `help:"The language's code (nl, en)." required:""`
}

// Run reads {"text","ref"} lines and writes {"times":[…]} lines.
func (c *labTimeCmd) Run(d *desk) error {
	grammar, rules, err := openTimes(c.Lang)
	if err != nil {
		return err
	}
	return lab.Times(d.ctx, grammar, rules, d.stdin, d.stdout)
}

// labAmountCmd is "casus lab amount".
type labAmountCmd struct {
	Lang string `help:"The language's code (nl, en)." required:""`
}

// Run reads {"text"} lines and writes {"amounts":[…]} lines.
func (c *labAmountCmd) Run(d *desk) error {
	grammar, rules, err := openAmounts(c.Lang)
	if err != nil {
		return err
	}
	return lab.Amounts(d.ctx, grammar, rules, d.stdin, d.stdout)
}

// labEvalTimeCmd is "casus lab eval time".
type labEvalTimeCmd struct {
	Lang    string   `help:"The language's code (nl, en)." required:""`
	Verbose bool     `help:"Print each miss." short:"v"`
	Cases   []string `arg:"" help:"Files of cases (JSON, as Recognizers-Text writes them)." type:"existingfile"`
}

// Run prints the share right of each file.
func (c *labEvalTimeCmd) Run(d *desk) error {
	grammar, rules, err := openTimes(c.Lang)
	if err != nil {
		return err
	}
	return shares(d.stdout, c.Cases, func(path string) (lab.Share, error) {
		return lab.EvalTimes(grammar, rules, path, c.Verbose, d.stdout)
	})
}

// labEvalAmountCmd is "casus lab eval amount".
type labEvalAmountCmd struct {
	Lang    string   `help:"The language's code (nl, en)." required:""`
	Verbose bool     `help:"Print each miss." short:"v"`
	Cases   []string `arg:"" help:"Files of cases (JSON, as Recognizers-Text writes them)." type:"existingfile"`
}

// Run prints the share right of each file, and of all.
func (c *labEvalAmountCmd) Run(d *desk) error {
	grammar, rules, err := openAmounts(c.Lang)
	if err != nil {
		return err
	}
	return shares(d.stdout, c.Cases, func(path string) (lab.Share, error) {
		return lab.EvalAmounts(grammar, rules, path, c.Verbose, d.stdout)
	})
}

// shares evaluates each file of cases, which prints its share right, and prints
// that of all together.
func shares(out io.Writer, files []string, eval func(path string) (lab.Share, error)) error {
	var all lab.Share
	for _, path := range files {
		s, err := eval(path)
		if err != nil {
			return err
		}
		all.Right, all.Cases = all.Right+s.Right, all.Cases+s.Cases
	}
	if len(files) > 1 {
		fmt.Fprintf(out, "all: %d of %d cases right, %.1f %%\n", all.Right, all.Cases, all.Percent())
	}
	return nil
}

func openTimes(code string) (*when.Grammar, *text.Rules, error) {
	files, err := pack(code)
	if err != nil {
		return nil, nil, err
	}
	grammar, err := when.Load(files)
	if err != nil {
		return nil, nil, err
	}
	rules, err := openTokens(code)
	return grammar, rules, err
}

func openAmounts(code string) (*amount.Grammar, *text.Rules, error) {
	files, err := pack(code)
	if err != nil {
		return nil, nil, err
	}
	grammar, err := amount.Load(files)
	if err != nil {
		return nil, nil, err
	}
	rules, err := openTokens(code)
	return grammar, rules, err
}
