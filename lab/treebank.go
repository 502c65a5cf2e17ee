package lab

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"casus"
	"casus/read/syntax"
	"casus/read/text"
)

// TreeScores counts agreement with a treebank word by word, as the evaluation
// of the CoNLL 2018 shared task does (Zeman et al. 2018) where tokens are the
// treebank's own: relations count without their subtype, and a lemma that the
// treebank leaves "_" counts as right. "_" inside a lemma, by which Alpino
// parts particles and compounds, does not count.
type TreeScores struct {
	Words  int // compared
	UPOS   int // part of speech right
	Feats  int // all features right
	Lemmas int
	Heads  int // unlabelled attachment
	Labels int // labelled attachment: head and relation right
}

// ScoreTrees compares system's trees with gold's, sentence by sentence. Both
// must hold the same sentences of the same words.
func ScoreTrees(gold, system []syntax.Entry) (TreeScores, error) {
	var s TreeScores
	if len(gold) != len(system) {
		return s, fmt.Errorf("%d sentences against %d of the treebank", len(system), len(gold))
	}
	for i := range gold {
		if err := s.addTree(gold[i].Tree, system[i].Tree); err != nil {
			return s, fmt.Errorf("sentence %d: %w", i+1, err)
		}
	}
	return s, nil
}

func (s *TreeScores) addTree(gold, system syntax.Tree) error {
	if len(gold.Words) != len(system.Words) {
		return fmt.Errorf("%d words against %d of the treebank", len(system.Words), len(gold.Words))
	}
	for i, g := range gold.Words {
		w := system.Words[i]
		if w.Form != g.Form {
			return fmt.Errorf("word %d is %q, in the treebank %q", i+1, w.Form, g.Form)
		}
		s.Words++
		s.UPOS += count(w.UPOS == g.UPOS)
		s.Feats += count(w.Feats == g.Feats)
		s.Lemmas += count(g.Lemma == "_" || joined(w.Lemma) == joined(g.Lemma))
		s.Heads += count(w.Head == g.Head)
		s.Labels += count(w.Head == g.Head && universal(w.Deprel) == universal(g.Deprel))
	}
	return nil
}

func count(right bool) int {
	if right {
		return 1
	}
	return 0
}

func joined(lemma string) string { return strings.ReplaceAll(lemma, "_", "") }

// universal is a relation without its subtype.
func universal(deprel string) string {
	relation, _, _ := strings.Cut(deprel, ":")
	return relation
}

// String writes the scores in per cent.
func (s TreeScores) String() string {
	share := func(n int) float64 { return 100 * float64(n) / float64(max(s.Words, 1)) }
	return fmt.Sprintf("words %d  UPOS %.2f  FEATS %.2f  lemma %.2f  UAS %.2f  LAS %.2f",
		s.Words, share(s.UPOS), share(s.Feats), share(s.Lemmas), share(s.Heads), share(s.Labels))
}

// ParseTreebank reads CoNLL-U and writes it with m's analysis in LEMMA, UPOS,
// FEATS, HEAD and DEPREL. Tokens, comments and the other columns stay, but for
// DEPS, which is emptied.
func ParseTreebank(m *syntax.Model, in io.Reader, out io.Writer) error {
	w := bufio.NewWriter(out)
	err := syntax.EachCoNLLU(in, func(e syntax.Entry) error {
		e.Tree = m.Parse(e.Tree.Sentence)
		return syntax.WriteCoNLLU(w, e)
	})
	return errors.Join(err, w.Flush())
}

// ParseText splits a raw article and writes its analysis as CoNLL-U, each
// sentence with its text and its place in code points.
func ParseText(m *syntax.Model, rules *text.Rules, article string, out io.Writer) error {
	w := bufio.NewWriter(out)
	for i, s := range text.Split(rules, article) {
		first, last := s.Tokens[0], s.Tokens[len(s.Tokens)-1]
		e := syntax.Entry{Tree: m.Parse(s), Comments: []string{
			fmt.Sprintf("# sent_id = %d", i+1),
			"# text = " + strings.Join(strings.Fields(article[first.ByteStart:last.ByteEnd]), " "),
			fmt.Sprintf("# span = %d %d", s.Span.Start, s.Span.End),
		}}
		if err := syntax.WriteCoNLLU(w, e); err != nil {
			return err
		}
	}
	return w.Flush()
}

// ReadTreebank reads a CoNLL-U file, gzipped where its name ends in ".gz".
func ReadTreebank(path string) ([]syntax.Entry, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &casus.Error{Code: casus.Unreadable, Input: path, Problem: "cannot be opened", Err: err}
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		z, err := gzip.NewReader(f)
		if err != nil {
			return nil, &casus.Error{Code: casus.Invalid, Input: path, Problem: "is not gzipped", Err: err}
		}
		defer z.Close()
		in = z
	}
	entries, err := syntax.ReadCoNLLU(in)
	if err != nil {
		return nil, &casus.Error{Code: casus.Invalid, Input: path, Problem: "is not CoNLL-U", Advice: "Check the named line.", Err: err}
	}
	return entries, nil
}

// SyntaxTraining says what a model of syntax is made from.
type SyntaxTraining struct {
	Treebanks     []string // CoNLL-U files
	WithoutFeats  []string // more of them, whose features follow another convention and are not learned
	Held          string   // a treebank that is only measured on, after some epochs; may be empty
	Epochs        int      // 0 for the usual number
	JoinParticles bool     // as in Dutch, lemmas take in separate particles
	Domain        string   // see syntax.Options
	Patterns      string   // a file of patterns that sentences are drawn from, see lab/trees
	Drawn         int      // how many
}

// reportEvery is after how many epochs a training is measured.
const reportEvery = 5

// TrainSyntax trains a model of syntax and writes it to out, telling how far it is.
func TrainSyntax(ctx context.Context, t SyntaxTraining, out io.Writer, progress func(line string)) error {
	entries, err := readTreebanks(t.Treebanks)
	if err != nil {
		return err
	}
	if t.Patterns != "" {
		drawn, err := PatternTrees(t.Patterns, t.Drawn, 1)
		if err != nil {
			return err
		}
		entries = append(entries, drawn...)
	}
	o := syntax.Options{Epochs: t.Epochs, JoinParticles: t.JoinParticles, Domain: t.Domain}
	if o.WithoutFeats, err = readTreebanks(t.WithoutFeats); err != nil {
		return err
	}
	var held []syntax.Entry
	if t.Held != "" {
		if held, err = ReadTreebank(t.Held); err != nil {
			return err
		}
		o.AfterEpoch = func(epoch int, m *syntax.Model) {
			if epoch%reportEvery == 0 {
				progress("  " + ScoreModel(m, held).String())
			}
		}
	}
	m, err := syntax.Train(ctx, entries, o, progress)
	if err != nil {
		return err
	}
	if held != nil {
		progress("done:\n  " + ScoreModel(m, held).String())
	}
	return m.Save(out)
}

// ScoreModel parses a treebank's sentences anew and compares.
func ScoreModel(m *syntax.Model, gold []syntax.Entry) TreeScores {
	var s TreeScores
	for _, e := range gold {
		// The words are the same by construction, so that there is no error.
		_ = s.addTree(e.Tree, m.Parse(e.Tree.Sentence))
	}
	return s
}

func readTreebanks(paths []string) ([]syntax.Entry, error) {
	var out []syntax.Entry
	for _, path := range paths {
		entries, err := ReadTreebank(path)
		if err != nil {
			return nil, err
		}
		out = append(out, entries...)
	}
	return out, nil
}
