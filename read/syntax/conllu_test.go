package syntax

import (
	"bytes"
	"strings"
	"testing"

	"casus"
)

const sample = `# sent_id = 1
# text = We don't, ja.
1	We	we	PRON	_	Case=Nom	2	nsubj	2:nsubj	_
2-3	don't	_	_	_	_	_	_	_	SpaceAfter=No
2	do	do	VERB	VBP	_	0	root	0:root	_
3	n't	not	PART	_	_	2	advmod	_	_
3.1	go	go	VERB	_	_	_	_	2:conj	_
4	,	,	PUNCT	_	_	2	punct	_	_
5	ja	ja	INTJ	_	_	2	discourse	_	SpaceAfter=No
6	.	.	PUNCT	_	_	2	punct	_	_

`

// TestCoNLLU reads a sentence with a multiword token and an empty node and
// writes it back as it was, but for the graph that DEPS held.
func TestCoNLLU(t *testing.T) {
	entries, err := ReadCoNLLU(strings.NewReader(sample))
	if err != nil || len(entries) != 1 {
		t.Fatalf("%d sentences, error %v", len(entries), err)
	}
	tree := entries[0].Tree
	if len(tree.Words) != 6 || tree.Root() != 1 || tree.Words[0].Feats != "Case=Nom" || tree.Words[2].Feats != "" {
		t.Fatalf("words %+v", tree.Words)
	}
	if got, want := tree.Words[3].Span, (casus.Span{Start: 8, End: 9}); got != want {
		t.Errorf("the comma is at %v, want %v: a multiword token's mark glues what follows it", got, want)
	}
	var out bytes.Buffer
	if err := WriteCoNLLU(&out, entries[0]); err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer("2:nsubj", "_", "0:root", "_").Replace(sample)
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}

// TestCoNLLUOfNoFile writes a tree that came from raw text.
func TestCoNLLUOfNoFile(t *testing.T) {
	entries, err := ReadCoNLLU(strings.NewReader(sample))
	if err != nil {
		t.Fatal(err)
	}
	var first, second bytes.Buffer
	if err := WriteCoNLLU(&first, Entry{Tree: entries[0].Tree}); err != nil {
		t.Fatal(err)
	}
	again, err := ReadCoNLLU(&first)
	if err != nil {
		t.Fatal(err)
	}
	if err := WriteCoNLLU(&second, again[0]); err != nil {
		t.Fatal(err)
	}
	if want := "5\tja\tja\tINTJ\t_\t_\t2\tdiscourse\t_\tSpaceAfter=No\n"; !strings.Contains(second.String(), want) {
		t.Errorf("no line %q in\n%s", want, second.String())
	}
}

// TestCoNLLUMistakes names the line of what is wrong.
func TestCoNLLUMistakes(t *testing.T) {
	word := "1\ta\t_\t_\t_\t_\t%\t_\t_\t_\n"
	for in, want := range map[string]string{
		"1\ta\n":                              "line 1: 2 columns, want 10",
		strings.Replace(word, "%", "x", 1):    `word 1 has head "x"`,
		strings.Replace(word, "%", "1", 1):    "word 1 has head 1 of 1 words",
		strings.Replace(word, "%", "9", 1):    "word 1 has head 9 of 1 words",
		"2" + strings.TrimPrefix(word, "1"):   `word id "2", want 1`,
		"1-b" + strings.TrimPrefix(word, "1"): `word id "1-b"`,
	} {
		if _, err := ReadCoNLLU(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q in it", in, err, want)
		}
	}
}

func FuzzCoNLLU(f *testing.F) {
	f.Add(sample)
	f.Add("1\t_\t_\t_\t_\t_\t_\t_\t_\t_\n\n#\n")
	f.Fuzz(func(t *testing.T, in string) {
		entries, err := ReadCoNLLU(strings.NewReader(in))
		if err != nil {
			return
		}
		for _, e := range entries {
			if err := WriteCoNLLU(&bytes.Buffer{}, e); err != nil {
				t.Fatal(err)
			}
		}
	})
}
