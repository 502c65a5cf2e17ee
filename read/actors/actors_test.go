package actors

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"casus"
	"casus/read/syntax"
	"casus/read/text"
	"casus/refdata"
)

var parse = flag.Bool("parse", false, "parse the texts of testdata anew; read the trees before they are kept")

// world opens the reference data once for all tests.
var world = sync.OnceValues(refdata.Open)

func resolver(t testing.TB, lang string) *Resolver {
	t.Helper()
	w, err := world()
	if err != nil {
		t.Fatal(err)
	}
	lex, err := LoadLexicon(lang, os.DirFS("../lang/"+lang))
	if err != nil {
		t.Fatal(err)
	}
	return New(w, lex)
}

// TestCases reads testdata/*.txtar. A case has a text of one sentence a line,
// its trees (made by the parser, corrected by hand), and what is wanted:
//
//	sentence | words | ids | class [| where]
//	acts for | person | actor
//	none | sentence            nobody is mentioned there
//
// Ids are separated by spaces where a mention has members; "-" is nobody.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases in testdata", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			part := map[string]string{}
			for _, f := range archive.Files {
				part[f.Name] = string(f.Data)
			}
			lang := strings.TrimSpace(part["lang"])
			if *parse {
				reparse(t, file, archive, lang, part["text"])
				return
			}
			trees := readTrees(t, part["text"], part["trees"])
			var published casus.Period
			if day, err := casus.ParseDate(strings.TrimSpace(part["date"])); err != nil {
				t.Fatal(err)
			} else if day != 0 {
				published = casus.Day(day)
			}
			check(t, part["text"], trees, resolver(t, lang).Resolve(trees, published), part["want"])
		})
	}
}

// readTrees reads CoNLL-U and puts each word at its place in the text.
func readTrees(t *testing.T, article, conllu string) []syntax.Tree {
	t.Helper()
	entries, err := syntax.ReadCoNLLU(strings.NewReader(conllu))
	if err != nil {
		t.Fatal(err)
	}
	var trees []syntax.Tree
	at := 0
	runes := []rune(article)
	for _, e := range entries {
		for i := range e.Tree.Words {
			w := &e.Tree.Words[i]
			start := at
			for start < len(runes) && (runes[start] == ' ' || runes[start] == '\n') {
				start++
			}
			w.SpaceBefore = start > at
			at = start + len([]rune(w.Form))
			w.Span = casus.Span{Start: start, End: at}
			if got, ok := w.Span.Quote(article); !ok || got != w.Form {
				t.Fatalf("the trees have %q where the text has %q; run with -parse", w.Form, got)
			}
		}
		trees = append(trees, e.Tree)
	}
	if lines := strings.Count(article, "\n"); lines != len(trees) {
		t.Fatalf("%d trees for %d lines; run with -parse", len(trees), lines)
	}
	return trees
}

func check(t *testing.T, article string, trees []syntax.Tree, cast *Cast, want string) {
	t.Helper()
	checkShape(t, trees, cast)
	for line := range strings.Lines(want) {
		f := strings.Split(strings.TrimSpace(line), " | ")
		switch f[0] {
		case "none":
			var n int
			fmt.Sscan(f[1], &n)
			if ms := cast.Sentences[n-1]; len(ms) > 0 {
				t.Errorf("sentence %d mentions %+v, want nobody", n, ms)
			}
		case "acts for":
			i := slices.IndexFunc(cast.Actors, func(a casus.Actor) bool { return string(a.ID) == f[1] })
			if i < 0 || len(cast.Actors[i].ActsFor) == 0 || string(cast.Actors[i].ActsFor[0].Actor) != f[2] {
				t.Errorf("want %s to act for %s; actors are %+v", f[1], f[2], cast.Actors)
			}
		default:
			checkMention(t, article, cast, f)
		}
	}
}

func checkMention(t *testing.T, article string, cast *Cast, f []string) {
	t.Helper()
	var n int
	if _, err := fmt.Sscan(f[0], &n); err != nil || len(f) < 4 || n > len(cast.Sentences) {
		t.Fatalf("cannot read %q", f)
	}
	var seen []string
	for _, m := range cast.Sentences[n-1] {
		quote, _ := m.Span.Quote(article)
		seen = append(seen, quote+" = "+ids(m)+" ("+string(m.Class)+", "+m.Rule+")")
		if quote != f[1] || ids(m) != f[2] || string(m.Class) != f[3] {
			continue
		}
		if len(f) > 4 && strings.Join(m.Where, " ") != f[4] {
			t.Errorf("%q lies in %v, want %s", quote, m.Where, f[4])
		}
		return
	}
	t.Errorf("want %s\n found %s", strings.Join(f, " | "), strings.Join(seen, "\n       "))
}

func ids(m Mention) string {
	if m.ID == "" {
		return "-"
	}
	if len(m.Members) == 0 {
		return string(m.ID)
	}
	var all []string
	for _, id := range m.Members {
		all = append(all, string(id))
	}
	return strings.Join(all, " ")
}

// checkShape asserts what holds of every cast.
func checkShape(t testing.TB, trees []syntax.Tree, cast *Cast) {
	t.Helper()
	known := map[casus.ActorID]bool{}
	for _, a := range cast.Actors {
		known[a.ID] = true
	}
	for i, mentions := range cast.Sentences {
		for _, m := range mentions {
			if m.First < 0 || m.Last > len(trees[i].Words) || m.First >= m.Last || m.Head < m.First || m.Head >= m.Last {
				t.Fatalf("sentence %d: mention %+v does not lie in %d words", i, m, len(trees[i].Words))
			}
			if m.ID == "" && m.Class != Pronoun || m.ID != "" && (!m.ID.Valid() || !known[m.ID]) {
				t.Fatalf("sentence %d: %+v has no valid id, or one that is not in the cast", i, m)
			}
		}
	}
}

// parser loads a language's tokens and model.
func parser(t testing.TB, lang string) func(string) []syntax.Tree {
	t.Helper()
	tokens, err := os.Open("../lang/" + lang + "/tokens.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer tokens.Close()
	rules, err := text.LoadRules(tokens)
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open("../lang/" + lang + "/syntax.model")
	if err != nil {
		t.Skip("no model of the syntax: ", err)
	}
	defer file.Close()
	model, err := syntax.Load(bufio.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return func(article string) []syntax.Tree {
		var trees []syntax.Tree
		for _, s := range text.Split(rules, article) {
			trees = append(trees, model.Parse(s))
		}
		return trees
	}
}

// reparse writes the parser's trees into a case.
func reparse(t *testing.T, file string, archive *txtar.Archive, lang, article string) {
	t.Helper()
	read := parser(t, lang)
	var b strings.Builder
	for line := range strings.Lines(article) {
		for _, tree := range read(line) {
			if err := syntax.WriteCoNLLU(&b, syntax.Entry{Tree: tree}); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i := range archive.Files {
		if archive.Files[i].Name == "trees" {
			archive.Files[i].Data = []byte(b.String())
		}
	}
	if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
