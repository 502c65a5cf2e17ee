package lab

import (
	"bytes"
	"io/fs"
	"os"
	"strings"
	"testing"

	"casus/read/lang/en"
	"casus/read/lang/nl"
	"casus/read/syntax"
	"casus/read/text"
)

func model(t testing.TB, files fs.FS) *syntax.Model {
	t.Helper()
	f, err := files.Open("syntax.model")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := syntax.Load(f)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func tokens(t testing.TB, files fs.FS) *text.Rules {
	t.Helper()
	f, err := files.Open("tokens.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := text.LoadRules(f)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestShippedModels parses sentences written for this test. Each expectation
// is "form lemma UPOS relation>head's form", and sentences may have others.
func TestShippedModels(t *testing.T) {
	for _, c := range []struct {
		language fs.FS
		sentence string
		want     []string
	}{
		{nl.Files, "De opstandelingen namen gisteren twee havens in.", []string{
			"opstandelingen opstandeling NOUN nsubj>namen", "namen innemen VERB root>", "havens haven NOUN obj>namen", "twee twee NUM nummod>havens",
			"in in ADP compound:prt>namen"}},
		{nl.Files, "De president riep de buurlanden op om troepen te sturen.", []string{
			"president president NOUN nsubj>riep", "riep oproepen VERB root>", "troepen troep NOUN obj>sturen"}},
		{nl.Files, "Volgens de minister is de brug door het leger vernield.", []string{
			"minister minister NOUN obl>vernield", "brug brug NOUN nsubj:pass>vernield", "leger leger NOUN obl:agent>vernield", "vernield vernielen VERB root>"}},
		{nl.Files, "Het akkoord dat de ministers vrijdag sloten, houdt geen stand.", []string{
			"dat dat PRON obj>sloten", "sloten sluiten VERB acl:relcl>akkoord", "ministers minister NOUN nsubj>sloten"}},
		{en.Files, "The rebels seized two ports on Friday, the ministry said.", []string{
			"rebels rebel NOUN nsubj>seized", "seized seize VERB", "ports port NOUN obj>seized", "ministry ministry NOUN nsubj>said"}},
		{en.Files, "Troops were sent to the border by the government.", []string{
			"Troops troops NOUN nsubj:pass>sent", "sent send VERB root>", "border border NOUN obl>sent", "government government NOUN obl:agent>sent"}},
		{en.Files, "The president did not want to sign the treaty.", []string{
			"president president NOUN nsubj>want", "not not PART advmod>want", "sign sign VERB xcomp>want", "treaty treaty NOUN obj>sign"}},
	} {
		m := model(t, c.language)
		for _, s := range text.Split(tokens(t, c.language), c.sentence) {
			tree := m.Parse(s)
			said := describe(tree)
			for _, want := range c.want {
				if !strings.Contains(said, "\n"+want) {
					t.Errorf("%s: no %q in%s", c.sentence, want, said)
				}
			}
		}
	}
}

func describe(t syntax.Tree) string {
	var b strings.Builder
	b.WriteString("\n")
	for _, w := range t.Words {
		head := ""
		if w.Head >= 0 {
			head = t.Words[w.Head].Form
		}
		b.WriteString(strings.Join([]string{w.Form, w.Lemma, w.UPOS, w.Deprel + ">" + head}, " ") + "\n")
	}
	return b.String()
}

// TestShippedModelsOnTreebanks holds the shipped models to the bars of the
// development treebanks, which are given beside the repository and not part of it.
func TestShippedModelsOnTreebanks(t *testing.T) {
	for _, c := range []struct {
		language               fs.FS
		treebank               string
		upos, lemmas, uas, las float64 // at least, in per cent
	}{
		{nl.Files, "nl/nl_alpino-ud-dev.conllu", 95.5, 95, 86, 82},
		{en.Files, "en/en_ewt-ud-dev.conllu", 95.3, 95, 87, 84},
	} {
		gold, err := ReadTreebank("../../shared/data/treebanks/" + c.treebank)
		if err != nil {
			t.Skip("the development treebanks are not here: ", err)
		}
		s := ScoreModel(model(t, c.language), gold)
		t.Log(c.treebank, s)
		for _, bar := range []struct {
			name  string
			right int
			least float64
		}{{"UPOS", s.UPOS, c.upos}, {"lemma", s.Lemmas, c.lemmas}, {"UAS", s.Heads, c.uas}, {"LAS", s.Labels, c.las}} {
			if got := 100 * float64(bar.right) / float64(s.Words); got < bar.least {
				t.Errorf("%s: %s %.2f, want %.1f", c.treebank, bar.name, got, bar.least)
			}
		}
	}
}

const gold = `# sent_id = 1
1	Zij	zij	PRON	_	_	2	nsubj	_	_
2	namen	in_nemen	VERB	_	_	0	root	_	_
3	dorpen	_	NOUN	_	_	2	obj	_	_
4	in	in	ADP	_	_	2	compound:prt	_	_

`

// TestScoreTrees counts as the shared task does: "_" in a lemma, an unknown
// lemma and a subtype do not matter; a wrong head loses its relation too.
func TestScoreTrees(t *testing.T) {
	system := strings.NewReplacer("in_nemen", "innemen", "compound:prt", "compound", "2\tobj", "4\tobj").Replace(gold)
	g, err := syntax.ReadCoNLLU(strings.NewReader(gold))
	if err != nil {
		t.Fatal(err)
	}
	s, err := syntax.ReadCoNLLU(strings.NewReader(system))
	if err != nil {
		t.Fatal(err)
	}
	got, err := ScoreTrees(g, s)
	if want := (TreeScores{Words: 4, UPOS: 4, Feats: 4, Lemmas: 4, Heads: 3, Labels: 3}); err != nil || got != want {
		t.Errorf("got %+v, error %v, want %+v", got, err, want)
	}
	if _, err := ScoreTrees(g, nil); err == nil {
		t.Error("no sentences fit one")
	}
	s[0].Tree.Words[0].Form = "Wij"
	if _, err := ScoreTrees(g, s); err == nil || !strings.Contains(err.Error(), `sentence 1: word 1 is "Wij", in the treebank "Zij"`) {
		t.Errorf("error %v", err)
	}
}

// TestParseTreebank keeps tokens and comments; TestParseText's words lie in the text.
func TestParseTreebank(t *testing.T) {
	var out bytes.Buffer
	if err := ParseTreebank(model(t, nl.Files), strings.NewReader(gold), &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	if lines[0] != "# sent_id = 1" || !strings.HasPrefix(lines[1], "1\tZij\tzij\tPRON\t") || len(lines) != 7 {
		t.Errorf("got\n%s", out.String())
	}
}

func TestParseText(t *testing.T) {
	var out bytes.Buffer
	article := "Kop\n\n‘Wij  gaan’, zei\u00a0zij. Klaar."
	if err := ParseText(model(t, nl.Files), tokens(t, nl.Files), article, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# text = Kop\n# span = 0 3\n", "# text = ‘Wij gaan’, zei zij.\n# span = 5 26\n", "3\tgaan\tgaan\tVERB\t", "# sent_id = 3\n# text = Klaar.\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

// TestReadTreebank names the file in its errors.
func TestReadTreebank(t *testing.T) {
	path := t.TempDir() + "/a.conllu"
	if err := os.WriteFile(path, []byte("1\tx\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{path, path + ".gz"} {
		if _, err := ReadTreebank(p); err == nil || !strings.Contains(err.Error(), p) {
			t.Errorf("error %v", err)
		}
	}
}
