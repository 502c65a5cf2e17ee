package lab

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"casus/read/syntax"
)

const somePatterns = `
tag V VERB VerbForm=Fin
tag P PROPN _
tag D DET _
tag N NOUN _
tag . PUNCT _
list name: Iran Banja_Luka
list title: Prime_Minister
phrase who: @name|P|0|-
phrase who: a|D|3|det @title|P|3|nmod:desc envoy=envoy|N|0|-
pattern: $who|2|nsubj attacked=attack|V|0|root $who|2|obj .|.|2|punct
`

func TestPatternsMakeTrees(t *testing.T) {
	p, err := readPatterns(strings.NewReader(somePatterns))
	if err != nil {
		t.Fatal(err)
	}
	words, head := p.expand(rand.New(rand.NewPCG(1, 0)), p.all[0], nil)
	polish(words)
	var got []string
	for _, w := range words {
		governor := "-"
		if w.Head >= 0 {
			governor = words[w.Head].Form
		}
		got = append(got, fmt.Sprintf("%s/%s/%s<%s", w.Form, w.Lemma, w.Deprel, governor))
	}
	if words[head].Deprel != "root" || words[head].Lemma != "attack" {
		t.Errorf("the root of %v is word %d", got, head)
	}
	for i, w := range words {
		if w.Head >= len(words) || w.Head == i || (w.Head < 0) != (i == head) {
			t.Errorf("word %d of %v has no right head", i, got)
		}
	}
}

func TestPatternsNameWhatIsWrong(t *testing.T) {
	for line, want := range map[string]string{
		"pattern: x|Q|0|root":     "no such tag",
		"pattern: @none|V|0|root": "no such list",
		"pattern: $none|0|root":   "no phrase",
		"pattern: x|V|7|root":     "no such head",
		"pattern: x|V":            "is not WORDS",
		"story x: y":              "is not tag",
		"tag V":                   "a tag needs",
	} {
		_, err := readPatterns(strings.NewReader("tag V VERB _\n" + line + "\n"))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "line 2: ") {
			t.Errorf("%s: error %v, want line 2 and %q", line, err, want)
		}
	}
}

// TestThePatternsAreTrees draws the sentences that the parsers learn from and
// checks that each is a tree with one root.
func TestThePatternsAreTrees(t *testing.T) {
	for _, file := range []string{"trees/en-news.txt", "trees/nl-news.txt"} {
		entries, err := PatternTrees(file, 500, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if text, ok := oneTree(e.Tree.Words); !ok {
				t.Errorf("%s: no tree: %s", file, text)
			}
		}
	}
}

func oneTree(words []syntax.Word) (text string, ok bool) {
	roots := 0
	ok = true
	for i, w := range words {
		text += fmt.Sprintf("%d %s(%s %s %d) ", i, w.Form, w.UPOS, w.Deprel, w.Head)
		if w.Head < 0 {
			roots++
		}
		at := i
		for range words {
			if at < 0 {
				break
			}
			at = words[at].Head
		}
		ok = ok && at < 0 && w.Deprel != "-" && w.Deprel != "" && w.Lemma != ""
	}
	return text, ok && roots == 1
}
