package lab

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"casus"
	"casus/read/names"
	"casus/read/syntax"
)

// NameDocument is a document of a file in columns, as CoNLL-2002 has them: a
// word a line, its tag last, an empty line after a sentence.
type NameDocument struct {
	Start     string // the "-DOCSTART-" line, empty where the file has none
	Sentences [][]string
	Tags      [][]string // BIO tags, empty where the line holds the word alone
}

const docStart = "-DOCSTART-"

// EachNameDocument reads a file in columns, document by document, until do
// fails. A file without "-DOCSTART-" lines is one document.
func EachNameDocument(r io.Reader, do func(NameDocument) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), 16<<20)
	var d NameDocument
	var words, tags []string
	endSentence := func() {
		if len(words) > 0 {
			d.Sentences, d.Tags = append(d.Sentences, words), append(d.Tags, tags)
		}
		words, tags = nil, nil
	}
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		switch {
		case len(fields) == 0:
			endSentence()
		case fields[0] == docStart:
			if endSentence(); d.Start != "" || len(d.Sentences) > 0 {
				if err := do(d); err != nil {
					return err
				}
			}
			d = NameDocument{Start: lines.Text()}
		default:
			words = append(words, fields[0])
			tag := ""
			if len(fields) > 1 {
				tag = fields[len(fields)-1]
			}
			tags = append(tags, tag)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("reading words in columns: %w", err)
	}
	if endSentence(); d.Start != "" || len(d.Sentences) > 0 {
		return do(d)
	}
	return nil
}

// TagNames reads words and writes each with its BIO tag, a blank line after
// each sentence; "-DOCSTART-" lines stay.
func TagNames(m *names.Model, in io.Reader, out io.Writer) error {
	w := bufio.NewWriter(out)
	err := EachNameDocument(in, func(d NameDocument) error {
		if d.Start != "" {
			fmt.Fprintf(w, "%s\n\n", d.Start)
		}
		for i, found := range m.Find(d.Sentences) {
			tags := bioTags(found, len(d.Sentences[i]))
			for k, word := range d.Sentences[i] {
				fmt.Fprintf(w, "%s\t%s\n", word, tags[k])
			}
			fmt.Fprintln(w)
		}
		return nil
	})
	return errors.Join(err, w.Flush())
}

func bioTags(found []names.Name, n int) []string {
	tags := make([]string, n)
	for i := range tags {
		tags[i] = "O"
	}
	for _, name := range found {
		tags[name.First] = "B-" + string(name.Class)
		for i := name.First + 1; i <= name.Last; i++ {
			tags[i] = "I-" + string(name.Class)
		}
	}
	return tags
}

// bioNames reads names off BIO tags as conlleval does: an inside tag that
// continues nothing begins a name.
func bioNames(tags []string) []names.Name {
	var out []names.Name
	open := false // the last name goes on
	for i, tag := range tags {
		kind, class, _ := strings.Cut(tag, "-")
		switch {
		case kind == "I" && open && out[len(out)-1].Class == names.Class(class):
			out[len(out)-1].Last = i
		case kind == "B" || kind == "I":
			out, open = append(out, names.Name{First: i, Last: i, Class: names.Class(class)}), true
		default:
			open = false
		}
	}
	return out
}

// NameScores counts names found against those that are right, by class, as
// conlleval does (Tjong Kim Sang 2002): a name is right where its first and
// last word and its class are.
type NameScores map[names.Class]*NameCount

// NameCount is the counts of a class.
type NameCount struct{ Right, Found, Gold int }

// F1 is the harmonic mean of precision and recall, in per cent.
func (c NameCount) F1() float64 {
	if c.Found+c.Gold == 0 {
		return 0
	}
	return 200 * float64(c.Right) / float64(c.Found+c.Gold)
}

// All is the counts of all classes.
func (s NameScores) All() NameCount {
	var all NameCount
	for _, c := range s {
		all.Right, all.Found, all.Gold = all.Right+c.Right, all.Found+c.Found, all.Gold+c.Gold
	}
	return all
}

func (s NameScores) class(c names.Class) *NameCount {
	if s[c] == nil {
		s[c] = &NameCount{}
	}
	return s[c]
}

func (s NameScores) add(gold, found []names.Name) {
	isGold := map[names.Name]bool{}
	for _, n := range gold {
		isGold[n] = true
		s.class(n.Class).Gold++
	}
	for _, n := range found {
		s.class(n.Class).Found++
		if isGold[n] {
			s.class(n.Class).Right++
		}
	}
}

// String writes precision, recall and F1 of all and of each class.
func (s NameScores) String() string {
	var b strings.Builder
	line := func(label string, c NameCount) {
		fmt.Fprintf(&b, "%-5s precision %6.2f  recall %6.2f  F1 %6.2f  names %d  found %d\n", label,
			100*float64(c.Right)/float64(max(c.Found, 1)), 100*float64(c.Right)/float64(max(c.Gold, 1)), c.F1(), c.Gold, c.Found)
	}
	line("all", s.All())
	for _, c := range []names.Class{names.Person, names.Location, names.Organisation, names.Other} {
		line(string(c), *s.class(c))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// EvalNames finds the names of a file in columns anew and compares with its
// tags. miss is called for each sentence that is not all right; it may be nil.
func EvalNames(m *names.Model, path string, miss func(words, gold, found []string)) (NameScores, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &casus.Error{Code: casus.Unreadable, Input: path, Problem: "cannot be opened", Err: err}
	}
	defer f.Close()
	s := NameScores{}
	err = EachNameDocument(f, func(d NameDocument) error {
		for i, found := range m.Find(d.Sentences) {
			gold := bioNames(d.Tags[i])
			before := s.All()
			s.add(gold, found)
			after := s.All()
			if miss != nil && (after.Right-before.Right != len(gold) || len(found) != len(gold)) {
				miss(d.Sentences[i], d.Tags[i], bioTags(found, len(d.Sentences[i])))
			}
		}
		return nil
	})
	if err != nil {
		return nil, &casus.Error{Code: casus.Invalid, Input: path, Problem: "is not words in columns", Err: err}
	}
	return s, nil
}

// NameTraining says what a model of names is made from.
type NameTraining struct {
	Treebanks []string // CoNLL-U files, whose proper nouns are the names
	Classes   string   // a table of the treebanks' names: the name, a tab, its class or O
	Sentences []string // files of sentences with their names in brackets: "[PER Bob Deen] spoke ."
	Columns   []string // files in columns, as NameDocument has them
	Held      string   // a file in columns that is only measured on; may be empty
	Epochs    int      // 0 for the usual number
}

// TrainNames trains a model of names and writes it to out, telling how far it is.
func TrainNames(ctx context.Context, l *names.Lexicon, t NameTraining, out io.Writer, progress func(line string)) error {
	classes, err := readNameClasses(t.Classes)
	if err != nil {
		return err
	}
	entries, err := readTreebanks(t.Treebanks)
	if err != nil {
		return err
	}
	examples := classes.examples(entries)
	for _, path := range t.Sentences {
		if examples, err = appendSentences(examples, path); err != nil {
			return err
		}
	}
	for _, path := range t.Columns {
		if examples, err = appendColumns(examples, path); err != nil {
			return err
		}
	}
	m, err := names.Train(ctx, l, examples, names.Options{Epochs: t.Epochs, Progress: progress})
	if err != nil {
		return err
	}
	if t.Held != "" {
		scores, err := EvalNames(m, t.Held, nil)
		if err != nil {
			return err
		}
		progress(scores.String())
	}
	return m.Save(out)
}

// appendSentences reads a file of sentences with their names in brackets, words
// parted by spaces; an empty line begins another document.
func appendSentences(examples []names.Example, path string) ([]names.Example, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, &casus.Error{Code: casus.Unreadable, Input: path, Problem: "cannot be read", Err: err}
	}
	var e names.Example
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		switch line = strings.TrimSpace(line); {
		case strings.HasPrefix(line, "#"):
		case line == "":
			examples, e = append(examples, e), names.Example{}
		default:
			words, found, err := unbracket(line)
			if err != nil {
				return nil, &casus.Error{Code: casus.Invalid, Input: path, Problem: fmt.Sprintf("line %d", n), Err: err}
			}
			e.Sentences, e.Names = append(e.Sentences, words), append(e.Names, found)
		}
	}
	return append(examples, e), nil
}

// unbracket reads "[PER Bob Deen] spoke ." as words and names.
func unbracket(line string) (words []string, found []names.Name, err error) {
	open := false
	for _, field := range strings.Fields(line) {
		if class, ok := strings.CutPrefix(field, "["); ok && !open {
			found, open = append(found, names.Name{First: len(words), Class: names.Class(class)}), true
			continue
		}
		word, last := strings.CutSuffix(field, "]")
		words = append(words, word)
		if last && !open {
			return nil, nil, fmt.Errorf("%q ends a name that did not begin", field)
		}
		if last {
			found[len(found)-1].Last, open = len(words)-1, false
		}
	}
	if open {
		return nil, nil, errors.New("a name does not end")
	}
	return words, found, nil
}

func appendColumns(examples []names.Example, path string) ([]names.Example, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &casus.Error{Code: casus.Unreadable, Input: path, Problem: "cannot be opened", Err: err}
	}
	defer f.Close()
	err = EachNameDocument(f, func(d NameDocument) error {
		e := names.Example{Sentences: d.Sentences}
		for _, tags := range d.Tags {
			e.Names = append(e.Names, bioNames(tags))
		}
		examples = append(examples, e)
		return nil
	})
	if err != nil {
		return nil, &casus.Error{Code: casus.Invalid, Input: path, Problem: "is not words in columns", Err: err}
	}
	return examples, nil
}

// nameClasses gives treebanks' proper nouns a class.
type nameClasses struct {
	classes map[string]names.Class // "" for what is no name
	others  names.Class            // of proper nouns that the table does not list
	small   map[string]bool        // forms that the treebanks have in small letters
	capital map[string]bool        // adjectives and nouns that they have with a capital within a sentence
}

// otherNames stands in a table for every name of more than one word that it does not list, so that it
// need not print the names of the private persons of a treebank.
const otherNames = "*"

// readNameClasses reads a table of names and their classes.
func readNameClasses(path string) (*nameClasses, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &casus.Error{Code: casus.Unreadable, Input: path, Problem: "cannot be opened", Err: err}
	}
	defer f.Close()
	c := &nameClasses{classes: map[string]names.Class{}, others: names.Other, small: map[string]bool{}, capital: map[string]bool{}}
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		name, class, ok := strings.Cut(lines.Text(), "\t")
		if !ok {
			return nil, &casus.Error{Code: casus.Invalid, Input: path, Problem: fmt.Sprintf("line %d: no tab between name and class", n)}
		}
		switch {
		case name == otherNames:
			c.others = names.Class(class)
		case class == "O":
			c.classes[name] = ""
		default:
			c.classes[name] = names.Class(class)
		}
	}
	return c, lines.Err()
}

// documentSentences is how many sentences of a treebank are taken together as
// a document: it does not say where its documents begin.
const documentSentences = 25

// examples turns trees into documents with their names.
func (c *nameClasses) examples(entries []syntax.Entry) []names.Example {
	c.countForms(entries)
	var out []names.Example
	for i, e := range entries {
		if i%documentSentences == 0 {
			out = append(out, names.Example{})
		}
		d := &out[len(out)-1]
		var words []string
		for _, w := range e.Tree.Words {
			words = append(words, w.Form)
		}
		d.Sentences, d.Names = append(d.Sentences, words), append(d.Names, c.names(e.Tree.Words, words))
	}
	return out
}

// countForms notes which forms stand in small letters, and which adjectives
// and nouns with a capital although they begin no sentence.
func (c *nameClasses) countForms(entries []syntax.Entry) {
	for _, e := range entries {
		for i, w := range e.Tree.Words {
			switch {
			case !capitalised(w.Form):
				c.small[w.Form] = true
			case i > 0 && (w.UPOS == "ADJ" || w.UPOS == "NOUN") && e.Tree.Words[i-1].UPOS != "PUNCT":
				c.capital[w.Form] = true
			}
		}
	}
}

func capitalised(form string) bool {
	return form != strings.ToLower(form) && form[0] >= 'A' && form[0] <= 'Z'
}

// names finds the names of a tree: runs of proper nouns that belong together,
// phrases of the table, and words derived from names.
func (c *nameClasses) names(ws []syntax.Word, words []string) []names.Name {
	var out []names.Name
	for i := 0; i < len(ws); {
		last, class := c.nameAt(ws, words, i)
		if class != "" {
			out = append(out, names.Name{First: i, Last: last, Class: class})
		}
		i = last + 1
	}
	return out
}

// honorifics stand before a person's name and are no part of it, though some treebanks have them so.
var honorifics = map[string]bool{"dr.": true, "mr.": true, "drs.": true, "ir.": true, "ds.": true, "prof.": true, "mevr.": true, "mej.": true,
	"dhr.": true, "jhr.": true, "fa.": true, "mgr.": true, "mrs.": true, "ms.": true, "sen.": true, "gen.": true, "sir": false}

// nameAt returns the last word and the class of what begins at word i; the class is "" for no name.
func (c *nameClasses) nameAt(ws []syntax.Word, words []string, i int) (int, names.Class) {
	proper := isProper(ws[i])
	switch {
	case honorifics[strings.ToLower(words[i])]:
		return i, ""
	case proper:
		last := properEnd(ws, i)
		if class, known := c.classes[strings.Join(words[i:last+1], " ")]; known {
			return last, class
		}
	case !capitalised(words[i]):
		return i, ""
	case i == 0 || ws[i-1].UPOS == "PUNCT" && ws[i-1].Form != "(" && ws[i-1].Form != ",":
		// At the start of a sentence a capital says nothing, but that the word is never written without.
		if ws[i].UPOS == "ADJ" && c.capital[words[i]] && !c.small[strings.ToLower(words[i])] {
			return i, names.Other
		}
		return i, ""
	}
	if last, class, known := c.longest(ws, words, i); known {
		return last, class
	}
	switch {
	case proper && properEnd(ws, i) > i:
		last := properEnd(ws, i)
		if strings.ContainsAny(strings.Join(words[i:last+1], " "), "@/>0123456789") {
			return last, "" // a date, an address, a path through menus
		}
		return last, c.others
	case (ws[i].UPOS == "ADJ" || ws[i].UPOS == "NOUN" && strings.Contains(words[i], "-")) && !c.small[strings.ToLower(words[i])]:
		return i, names.Other
	}
	return i, ""
}

// longest returns the longest phrase of the table that begins at word i and ends at a capital.
func (c *nameClasses) longest(ws []syntax.Word, words []string, i int) (last int, class names.Class, known bool) {
	const longest = 7
	for last = min(i+longest, len(ws)) - 1; last >= i; last-- {
		if !capitalised(words[last]) {
			continue
		}
		if class, known = c.classes[strings.Join(words[i:last+1], " ")]; known {
			return last, class, true
		}
	}
	return i, "", false
}

func isProper(w syntax.Word) bool {
	return w.UPOS == "PROPN" || strings.Contains(w.Feats, "ExtPos=PROPN")
}

// properEnd returns the last word of the name that begins at word i: those that hang on one head as parts of one name.
func properEnd(ws []syntax.Word, i int) int {
	head := i
	if strings.HasPrefix(ws[i].Deprel, "flat") {
		head = ws[i].Head
	}
	last := i
	for last+1 < len(ws) && ws[last+1].Head == head && strings.HasPrefix(ws[last+1].Deprel, "flat") {
		last++
	}
	return last
}
