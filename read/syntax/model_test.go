package syntax

import (
	"bytes"
	"context"
	"errors"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"

	"casus/read/text"
)

// tiny is a small treebank in the manner of Alpino.
const tiny = `1	Zij	zij	PRON	_	Case=Nom	2	nsubj	_	_
2	namen	in_nemen	VERB	_	Tense=Past	0	root	_	_
3	het	het	DET	_	_	4	det	_	_
4	dorp	dorp	NOUN	_	Number=Sing	2	obj	_	_
5	in	in	ADP	_	_	2	compound:prt	_	SpaceAfter=No
6	.	.	PUNCT	_	_	2	punct	_	_

1	De	de	DET	_	_	2	det	_	_
2	stad	stad	NOUN	_	Number=Sing	3	nsubj	_	_
3	valt	vallen	VERB	_	Tense=Pres	0	root	_	_
4	.	.	PUNCT	_	_	3	punct	_	_

1	De	de	DET	_	_	2	det	_	_
2	dorpen	dorp	NOUN	_	Number=Plur	3	nsubj	_	_
3	vallen	vallen	VERB	_	Tense=Pres	0	root	_	_
4	.	.	PUNCT	_	_	3	punct	_	_

`

// trainTiny trains a model of it anew.
func trainTiny(t testing.TB) *Model {
	t.Helper()
	o := Options{Epochs: 40, JoinParticles: true, batch: 60, sizes: sizes{Word: 32, Affix: 32, Hidden: 32, Layers: 2, Arc: 32, Label: 32}}
	m, err := Train(context.Background(), readTiny(t, 60), o, func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func readTiny(t testing.TB, times int) []Entry {
	t.Helper()
	entries, err := ReadCoNLLU(strings.NewReader(strings.Repeat(tiny, times)))
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

var trainedOnce sync.Once

// tinyModel returns a model of tiny, which tests share, and its sentences.
func tinyModel(t testing.TB) (*Model, []Entry) {
	t.Helper()
	trainedOnce.Do(func() { sharedModel = trainTiny(t) })
	return sharedModel, readTiny(t, 1)
}

var sharedModel *Model

func save(t testing.TB, m *Model) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := m.Save(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestTrainLearns: a model can say what it was shown, and the particle joins its verb.
func TestTrainLearns(t *testing.T) {
	m, entries := tinyModel(t)
	for _, e := range entries {
		got := m.Parse(e.Tree.Sentence)
		for i, want := range e.Tree.Words {
			want.Lemma = strings.ReplaceAll(want.Lemma, "_", "")
			if got.Words[i] != want {
				t.Errorf("got  %+v\nwant %+v", got.Words[i], want)
			}
		}
	}
}

// TestSameDataSameBytes: training and saving leave nothing to chance.
func TestSameDataSameBytes(t *testing.T) {
	first, _ := tinyModel(t)
	second := trainTiny(t)
	if !bytes.Equal(save(t, first), save(t, second)) {
		t.Error("two trainings made different files")
	}
}

// TestSaveAndLoad: a loaded model says and saves the same.
func TestSaveAndLoad(t *testing.T) {
	m, entries := tinyModel(t)
	file := save(t, m)
	loaded, err := Load(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(save(t, loaded), file) {
		t.Error("saved again, the file differs")
	}
	for _, e := range entries {
		if got, want := loaded.Parse(e.Tree.Sentence), m.Parse(e.Tree.Sentence); !reflect.DeepEqual(got, want) {
			t.Errorf("loaded\n%+v\ntrained\n%+v", got, want)
		}
	}
}

// TestDamagedFiles: every cut and every changed byte is an error.
func TestDamagedFiles(t *testing.T) {
	m, _ := tinyModel(t)
	file := save(t, m)
	for n := 0; n < len(file); n += 1 + n/16 {
		if _, err := Load(bytes.NewReader(file[:n])); err == nil {
			t.Fatalf("the first %d of %d bytes were read", n, len(file))
		}
		changed := bytes.Clone(file)
		changed[n] ^= 0x40
		if _, err := Load(bytes.NewReader(changed)); err == nil {
			t.Fatalf("byte %d of %d was changed and read", n, len(file))
		}
	}
}

// FuzzSections reads damage that a checksum would not show.
func FuzzSections(f *testing.F) {
	m, _ := tinyModel(f)
	body, err := readBody(bytes.NewReader(save(f, m)))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(body)
	f.Add(body[:200])
	f.Fuzz(func(t *testing.T, body []byte) {
		m, err := (&sections{rest: body}).model()
		if err == nil {
			checkTree(t, m.Parse(sentence("Zij namen het dorp in .")))
		}
	})
}

func sentence(words string) text.Sentence {
	var s text.Sentence
	for _, form := range strings.Fields(words) {
		s.Tokens = append(s.Tokens, text.Token{Form: form})
	}
	return s
}

// checkTree holds what Parse promises of any tree.
func checkTree(t *testing.T, tree Tree) {
	t.Helper()
	if len(tree.Words) == 0 {
		if tree.Root() != -1 {
			t.Fatal("an empty tree has a root")
		}
		return
	}
	heads := make([]int, len(tree.Words))
	for i, w := range tree.Words {
		heads[i] = w.Head + 1
		if w.Head < -1 || w.Head >= len(tree.Words) || w.UPOS == "" || w.Deprel == "" {
			t.Fatalf("word %d: %+v", i, w)
		}
		if (w.Deprel == "root") != (w.Head < 0) {
			t.Fatalf("word %d hangs from %d as %q", i, w.Head, w.Deprel)
		}
	}
	if !isTree(heads) {
		t.Fatalf("%v is no tree with one root", heads)
	}
}

// TestAnySentenceGetsATree parses what no newspaper prints.
func TestAnySentenceGetsATree(t *testing.T) {
	m, _ := tinyModel(t)
	for _, words := range []string{
		"", ".", "x", "\x00", "\xff\xfe", "مرحبا بالعالم", "👩‍👩‍👧 👍🏽", "İ ſ K Å", strings.Repeat("x", 1<<20),
		strings.Repeat("( ", text.MaxTokens), strings.Repeat("namen in ", 3*text.MaxTokens), strings.Repeat("in ", text.MaxTokens+1),
	} {
		checkTree(t, m.Parse(sentence(words)))
	}
}

// TestParseTogether: a model may be used by many at once.
func TestParseTogether(t *testing.T) {
	m, entries := tinyModel(t)
	want := m.Parse(entries[0].Tree.Sentence)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				m.Parse(entries[1].Tree.Sentence)
				if got := m.Parse(entries[0].Tree.Sentence); !reflect.DeepEqual(got, want) {
					t.Errorf("got %+v", got)
					return
				}
			}
		})
	}
	group.Wait()
}

// TestTrainStops: a cancelled training ends with the context's error.
func TestTrainStops(t *testing.T) {
	entries, err := ReadCoNLLU(strings.NewReader(tiny))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Train(ctx, entries, Options{}, func(string) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if _, err := Train(context.Background(), nil, Options{}, func(string) {}); err == nil {
		t.Error("a model of no sentences")
	}
}

// BenchmarkParse parses with the model named by CASUS_SYNTAX_MODEL.
func BenchmarkParse(b *testing.B) {
	f, err := os.Open(os.Getenv("CASUS_SYNTAX_MODEL"))
	if err != nil {
		b.Skip("CASUS_SYNTAX_MODEL names no model: ", err)
	}
	defer f.Close()
	m, err := Load(f)
	if err != nil {
		b.Fatal(err)
	}
	s := sentence("Volgens de woordvoerder namen de troepen vorige week zes districten in langs de grens , zei hij dinsdag .")
	for b.Loop() {
		m.Parse(s)
	}
	b.ReportMetric(float64(len(s.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
