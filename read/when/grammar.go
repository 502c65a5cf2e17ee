package when

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"casus/read/amount/numeral"
)

// Grammar is what a language's data files say about time expressions. It is
// safe for concurrent use.
type Grammar struct {
	numbers    *numeral.Lexicon
	categories map[string]int // by name
	names      []string
	entries    map[string][]entry // words by the key of their first piece
	compounds  map[string][2]int  // bytes of the two halves of a compound word
	rules      [][]rule           // by category
	startBits  map[string]bits    // the categories that a word may begin
	numberBits bits               // those that any number may begin
	tops       int                // the category of what stands for itself
	counted    map[string]bool    // nouns that are counted: a number before them is no year
	cues       map[string]bool    // words after which a weak word is a time
}

// entry is a word or fixed phrase of times.tsv.
type entry struct {
	keys     []string
	category int
	value    string
	capital  bool
	weak     bool
}

// rule is a line of times-phrases.tsv.
type rule struct {
	after  map[string]bool // words of which one must stand before the phrase
	items  []item
	action action
	arg    string
	line   int
}

// item is one place in a rule's pattern.
type item struct {
	words      []string // any of these keys
	categories []int    // or any of these categories
	optional   bool
	glued      bool // no white space before it
}

// starts says with what a category can begin, so that most places of a text
// are passed over at once.
type starts struct {
	keys    map[string]bool
	numbers bool // any number, in figures or words
}

// bits is a set of categories.
type bits [4]uint64

// maxCategories is how many categories a grammar may have.
const maxCategories = len(bits{}) * 64

func (b *bits) add(cat int)      { b[cat/64] |= 1 << (cat % 64) }
func (b *bits) has(cat int) bool { return b[cat/64]&(1<<(cat%64)) != 0 }

// terminals are the categories that the engine itself reads from figures and number words.
var terminals = []string{"n", "ord", "dd", "mm", "yyyy", "yy", "hh", "mi", "hhmm", "ymd", "wk"}

// top is the category of phrases that stand for themselves.
const top = "expression"

// Load reads times.tsv, times-phrases.tsv, numbers.tsv and, where it is there,
// numbers-units.tsv from a language pack.
func Load(pack fs.FS) (*Grammar, error) {
	lines, err := numeral.ReadFile(pack, "numbers.tsv")
	if err != nil {
		return nil, err
	}
	lexicon, err := numeral.NewLexicon(lines)
	if err != nil {
		return nil, fmt.Errorf("reading the number words: %w", err)
	}
	g := &Grammar{
		numbers: lexicon, categories: map[string]int{}, entries: map[string][]entry{},
		compounds: map[string][2]int{}, counted: map[string]bool{}, cues: map[string]bool{},
	}
	for _, name := range terminals {
		g.category(name)
	}
	g.tops = g.category(top)
	if lines, err = numeral.ReadFile(pack, "times.tsv"); err != nil {
		return nil, err
	}
	if err := g.addWords(lines); err != nil {
		return nil, fmt.Errorf("reading times.tsv: %w", err)
	}
	if err := g.readPhrases(pack, "times-phrases.tsv"); err != nil {
		return nil, err
	}
	lines, err = numeral.ReadFile(pack, "numbers-units.tsv")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, l := range lines {
		for _, w := range l.Words {
			g.counted[numeral.Fold(w)] = true
		}
	}
	g.findStarts()
	return g, nil
}

// category returns the number of a category, a new one for a new name.
func (g *Grammar) category(name string) int {
	c, ok := g.categories[name]
	if !ok {
		c = len(g.names)
		g.categories[name] = c
		g.names = append(g.names, name)
	}
	return c
}

func (g *Grammar) addWords(lines []numeral.Line) error {
	var compounds []numeral.Line
	for _, l := range lines {
		switch l.Kind {
		case "compound":
			compounds = append(compounds, l)
			continue
		case "cue":
			for _, w := range l.Words {
				g.cues[numeral.Fold(w)] = true
			}
			continue
		}
		if problem := checkWord(l); problem != nil {
			return fmt.Errorf("line %d: %w", l.Number, problem)
		}
		for _, w := range l.Words {
			e := entry{category: g.category(l.Kind), value: l.Value}
			w, e.capital = strings.CutPrefix(w, "^")
			w, e.weak = strings.CutSuffix(w, "?")
			e.keys = numeral.Words(w)
			g.entries[e.keys[0]] = append(g.entries[e.keys[0]], e)
		}
	}
	for _, l := range compounds {
		if err := g.addCompounds(l); err != nil {
			return fmt.Errorf("line %d: %w", l.Number, err)
		}
	}
	return nil
}

// checkWord checks the values that the engine reckons with.
func checkWord(l numeral.Line) error {
	limit := map[string]int{"month": 12, "weekday": 7, "direction": 1, "near": 1, "relday": 9}[l.Kind]
	if limit == 0 {
		return nil
	}
	n, err := strconv.Atoi(l.Value)
	if err != nil || n > limit || n < -limit {
		return fmt.Errorf("value %q of a %s", l.Value, l.Kind)
	}
	return nil
}

// addCompounds makes a word of every word of one kind before every word of
// another: vrijdag and avond give vrijdagavond, which is read as the two.
func (g *Grammar) addCompounds(l numeral.Line) error {
	head, tail, ok := strings.Cut(l.Value, " ")
	if !ok {
		return fmt.Errorf("a compound of %q, not of two kinds", l.Value)
	}
	for _, first := range g.single(head) {
		for _, second := range g.single(tail) {
			g.compounds[first+second] = [2]int{len(first), len(second)}
		}
	}
	return nil
}

// single returns the words of a kind that are one run of letters.
func (g *Grammar) single(kind string) []string {
	c := g.category(kind)
	var out []string
	for _, es := range g.entries {
		for _, e := range es {
			if e.category == c && len(e.keys) == 1 {
				out = append(out, e.keys[0])
			}
		}
	}
	slices.Sort(out)
	return out
}

// readPhrases reads the rules: a category, a pattern, an action, with tabs between them.
func (g *Grammar) readPhrases(pack fs.FS, name string) error {
	f, err := pack.Open(name)
	if err != nil {
		return fmt.Errorf("opening %s of the language pack: %w", name, err)
	}
	defer f.Close()
	if err := g.addPhrases(f); err != nil {
		return fmt.Errorf("reading %s of the language pack: %w", name, err)
	}
	return nil
}

func (g *Grammar) addPhrases(r io.Reader) error {
	defined := map[int]bool{}
	scan := bufio.NewScanner(r)
	for n := 1; scan.Scan(); n++ {
		raw := strings.TrimRight(scan.Text(), " \t\r")
		if raw == "" || raw[0] == '#' {
			continue
		}
		cols := strings.Split(raw, "\t")
		if len(cols) < 3 || len(cols) > 4 { // the fourth is an example
			return fmt.Errorf("line %d: %d columns, not category, pattern, action and perhaps an example", n, len(cols))
		}
		name, arg, _ := strings.Cut(cols[2], " ")
		act, ok := actions[name]
		if !ok {
			return fmt.Errorf("line %d: no action is called %q", n, name)
		}
		items, after, err := g.pattern(cols[1])
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		c := g.category(cols[0])
		defined[c] = true
		for len(g.rules) <= c {
			g.rules = append(g.rules, nil)
		}
		g.rules[c] = append(g.rules[c], rule{after: after, items: items, action: act, arg: arg, line: n})
	}
	if err := scan.Err(); err != nil {
		return err
	}
	return g.checkCategories(defined)
}

// pattern reads places such as <month>, <date|period>, of, the?, _/ (glued to what stands before).
// A first place after:in|on asks for a word before the phrase.
func (g *Grammar) pattern(s string) (items []item, after map[string]bool, err error) {
	required := false
	for field := range strings.FieldsSeq(s) {
		var it item
		if words, ok := strings.CutPrefix(field, "after:"); ok {
			after = map[string]bool{}
			for w := range strings.SplitSeq(words, "|") {
				after[numeral.Fold(w)] = true
			}
			continue
		}
		if len(field) > 1 {
			field, it.glued = strings.CutPrefix(field, "_")
		}
		if len(field) > 1 {
			field, it.optional = strings.CutSuffix(field, "?")
		}
		inner, isCategory := strings.CutPrefix(field, "<")
		if isCategory && strings.HasSuffix(inner, ">") {
			for name := range strings.SplitSeq(strings.TrimSuffix(inner, ">"), "|") {
				it.categories = append(it.categories, g.category(name))
			}
		} else {
			for w := range strings.SplitSeq(field, "|") {
				it.words = append(it.words, numeral.Fold(w))
			}
		}
		required = required || !it.optional
		items = append(items, it)
	}
	if !required {
		return nil, nil, fmt.Errorf("pattern %q may be empty", s)
	}
	return items, after, nil
}

// checkCategories finds names that a pattern uses and nothing defines.
func (g *Grammar) checkCategories(defined map[int]bool) error {
	for _, es := range g.entries {
		for _, e := range es {
			defined[e.category] = true
		}
	}
	for c, name := range g.names {
		if !defined[c] && !slices.Contains(terminals, name) {
			return fmt.Errorf("a pattern uses <%s>, which no word and no phrase makes", name)
		}
	}
	for len(g.rules) < len(g.names) {
		g.rules = append(g.rules, nil)
	}
	if len(g.names) > maxCategories {
		return fmt.Errorf("%d categories, more than %d", len(g.names), maxCategories)
	}
	return nil
}

// findStarts works out with what each category can begin, until nothing is added.
func (g *Grammar) findStarts() {
	all := make([]starts, len(g.names))
	for c, name := range g.names {
		all[c] = starts{keys: map[string]bool{}, numbers: slices.Contains(terminals, name)}
	}
	for key, es := range g.entries {
		for _, e := range es {
			all[e.category].keys[key] = true
		}
	}
	for changed := true; changed; {
		changed = false
		for c, rules := range g.rules {
			for _, r := range rules {
				changed = all[c].take(all, r) || changed
			}
		}
	}
	g.startBits = map[string]bits{}
	for c, s := range all {
		if s.numbers {
			g.numberBits.add(c)
		}
		for key := range s.keys {
			b := g.startBits[key]
			b.add(c)
			g.startBits[key] = b
		}
	}
}

// take adds the beginnings of a rule and tells whether any was new.
func (s *starts) take(all []starts, r rule) bool {
	changed := false
	for _, it := range r.items {
		for _, w := range it.words {
			changed = changed || !s.keys[w]
			s.keys[w] = true
		}
		for _, c := range it.categories {
			changed = changed || all[c].numbers && !s.numbers
			s.numbers = s.numbers || all[c].numbers
			for k := range all[c].keys {
				changed = changed || !s.keys[k]
				s.keys[k] = true
			}
		}
		if !it.optional {
			break
		}
	}
	return changed
}

func isCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
