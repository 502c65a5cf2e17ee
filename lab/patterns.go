package lab

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"casus"
	"casus/read/syntax"
)

// patterns are sentences with their trees, with open places: see lab/trees.
type patterns struct {
	tags    map[string]patternTag
	lists   map[string][]patternWord
	phrases map[string][][]patternToken
	all     [][]patternToken
	source  string // of which part of the treebank the sentences are, "" for none
}

type patternTag struct{ upos, feats string }

// patternWord is one of the words that a token may be; a name may have several parts.
type patternWord struct{ form, lemma string }

// patternToken is a word of a pattern, or a phrase that stands for several.
type patternToken struct {
	phrase string // empty for a word
	words  []patternWord
	list   string
	tag    string
	head   int // place in the line from 1; 0 is the root or the phrase's head
	deprel string
}

// PatternTrees draws sentences with trees from a file of patterns, each pattern
// as often as the others. The same seed draws the same.
func PatternTrees(path string, n int, seed uint64) ([]syntax.Entry, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &casus.Error{Code: casus.Unreadable, Input: path, Problem: "cannot be opened", Err: err}
	}
	defer f.Close()
	p, err := readPatterns(f)
	if err != nil {
		return nil, &casus.Error{Code: casus.Invalid, Input: path, Problem: "this is not a file of patterns", Err: err}
	}
	r := rand.New(rand.NewPCG(seed, 0))
	out := make([]syntax.Entry, n)
	for i := range out {
		var words []syntax.Word
		words, _ = p.expand(r, p.all[i%len(p.all)], words)
		polish(words)
		out[i].Tree.Words = words
		if p.source != "" {
			out[i].Comments = []string{"# source = " + p.source + "/patterns"}
		}
	}
	return out, nil
}

func readPatterns(in io.Reader) (*patterns, error) {
	p := &patterns{tags: map[string]patternTag{}, lists: map[string][]patternWord{}, phrases: map[string][][]patternToken{}}
	scan := bufio.NewScanner(in)
	scan.Buffer(make([]byte, 64<<10), 1<<20)
	for n := 1; scan.Scan(); n++ {
		line := strings.TrimSpace(scan.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		if err := p.line(line); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if len(p.all) == 0 {
		return nil, fmt.Errorf("there is no pattern")
	}
	return p, scan.Err()
}

func (p *patterns) line(line string) error {
	kind, rest, _ := strings.Cut(line, " ")
	if kind == "source" {
		p.source = rest
		return nil
	}
	if kind == "tag" {
		f := strings.Fields(rest)
		if len(f) != 3 {
			return fmt.Errorf("a tag needs a name, a part of speech and features")
		}
		p.tags[f[0]] = patternTag{f[1], strings.Trim(f[2], "_")}
		return nil
	}
	name, body, ok := strings.Cut(rest, ":")
	if kind == "pattern:" {
		name, body, ok = "", rest, true
	}
	if !ok {
		return fmt.Errorf("no colon after the name")
	}
	switch kind {
	case "list":
		for _, w := range strings.Fields(body) {
			p.lists[name] = append(p.lists[name], newPatternWord(w))
		}
		return nil
	case "phrase", "pattern:":
		tokens, err := p.tokens(strings.Fields(body))
		if err != nil {
			return err
		}
		if kind == "phrase" {
			p.phrases[name] = append(p.phrases[name], tokens)
		} else {
			p.all = append(p.all, tokens)
		}
		return nil
	}
	return fmt.Errorf("%q is not tag, list, phrase or pattern", kind)
}

func newPatternWord(s string) patternWord {
	form, lemma, ok := strings.Cut(strings.ReplaceAll(s, "_", " "), "=")
	if !ok {
		lemma = ""
	}
	return patternWord{form, lemma}
}

func (p *patterns) tokens(fields []string) ([]patternToken, error) {
	var out []patternToken
	for _, field := range fields {
		parts := strings.Split(field, "|")
		t := patternToken{}
		if name, ok := strings.CutPrefix(parts[0], "$"); ok {
			t.phrase = name
			parts = append(parts[:1], append([]string{""}, parts[1:]...)...)
			if len(p.phrases[name]) == 0 {
				return nil, fmt.Errorf("no phrase %q stands above", name)
			}
		}
		if len(parts) != 4 {
			return nil, fmt.Errorf("%q is not WORDS|TAG|HEAD|RELATION", field)
		}
		var err error
		if t.head, err = strconv.Atoi(parts[2]); err != nil || t.head < 0 || t.head > len(fields) {
			return nil, fmt.Errorf("%q: no such head", field)
		}
		t.tag, t.deprel = parts[1], parts[3]
		if _, ok := p.tags[t.tag]; !ok && t.phrase == "" {
			return nil, fmt.Errorf("%q: no such tag", field)
		}
		if t.list, _ = strings.CutPrefix(parts[0], "@"); t.list == parts[0] {
			t.list = ""
			for w := range strings.SplitSeq(parts[0], ",") {
				t.words = append(t.words, newPatternWord(w))
			}
			if parts[0] == "," {
				t.words = []patternWord{{form: ","}}
			}
		} else if t.words = p.lists[t.list]; len(t.words) == 0 {
			return nil, fmt.Errorf("%q: no such list", field)
		}
		out = append(out, t)
	}
	return out, nil
}

// expand appends the words of a pattern and returns where its head is.
func (p *patterns) expand(r *rand.Rand, tokens []patternToken, words []syntax.Word) (out []syntax.Word, head int) {
	at := make([]int, len(tokens)) // of each token, its head word
	for i, t := range tokens {
		if t.phrase != "" {
			choices := p.phrases[t.phrase]
			words, at[i] = p.expand(r, choices[r.IntN(len(choices))], words)
			continue
		}
		at[i] = len(words)
		words, at[i] = p.word(t, t.words[r.IntN(len(t.words))], words)
	}
	head = -1
	for i, t := range tokens {
		w := &words[at[i]]
		if t.head == 0 {
			head = at[i]
			if t.deprel == "root" {
				w.Head, w.Deprel = -1, "root"
			}
			continue
		}
		w.Head, w.Deprel = at[t.head-1], t.deprel
	}
	return words, head
}

// word appends a word, or a name of several: of a title ("Prime Minister") the
// last part is the head and the first an adjective, of other names the first is
// the head (UD English-EWT).
func (p *patterns) word(t patternToken, w patternWord, words []syntax.Word) (out []syntax.Word, head int) {
	tag := p.tags[t.tag]
	parts := strings.Fields(w.form)
	first := len(words)
	head = first
	if t.list == "title" {
		head = first + len(parts) - 1
	}
	for i, part := range parts {
		word := syntax.Word{Lemma: w.lemma, UPOS: tag.upos, Feats: tag.feats, Head: head, Deprel: "flat"}
		word.Form = part
		if w.lemma == "" || len(parts) > 1 {
			word.Lemma = part
			if tag.upos != "PROPN" {
				word.Lemma = strings.ToLower(part)
			}
		}
		if t.list == "title" && first+i < head {
			word.UPOS, word.Feats, word.Deprel = "ADJ", "Degree=Pos", "amod"
		}
		words = append(words, word)
	}
	return words, head
}

// polish gives the sentence its capital and its articles their n.
func polish(words []syntax.Word) {
	for i := range words {
		w := &words[i]
		if (w.Form == "a" || w.Form == "an") && i+1 < len(words) {
			w.Form, w.Lemma = "a", "a"
			if strings.ContainsRune("aeiouAEIOU", rune(words[i+1].Form[0])) {
				w.Form = "an"
			}
		}
	}
	i := slices.IndexFunc(words, func(w syntax.Word) bool { return w.UPOS != "PUNCT" })
	if i >= 0 {
		form := []rune(words[i].Form)
		form[0] = unicode.ToUpper(form[0])
		words[i].Form = string(form)
	}
}
