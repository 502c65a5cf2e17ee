package amount

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"casus/read/amount/numeral"
)

// Grammar is what a language's data files say about amounts. It is safe for
// concurrent use.
type Grammar struct {
	numbers *numeral.Lexicon
	words   map[string][]phrase // bounding words and the like, by their first key
	units   map[string][]phrase // by their first key
	nouns   map[string]noun     // counted nouns of one word
	stops   map[string]bool
	longest int      // bytes of the longest counted noun
	tenfold []string // endings of number words that are about so much: "tal"
	glue    bool     // counted nouns are found at the end of compound words
}

// noun is what a number may count. A name of a people is written with a
// capital; other nouns are not, so that "11 United Nations employees" counts no states.
type noun struct {
	unit    string
	capital bool
}

// phrase is a word or fixed phrase of the data files.
type phrase struct {
	kind  string
	value string
	keys  []string
	glued []bool  // no white space before the key
	weak  bool    // a unit only behind a number: "won", "cup"
	low   float64 // of a vague word
	high  float64
	size  float64 // of a fraction or a multiple
}

// Load reads numbers.tsv and numbers-units.tsv from a language pack.
func Load(pack fs.FS) (*Grammar, error) {
	lines, err := numeral.ReadFile(pack, "numbers.tsv")
	if err != nil {
		return nil, err
	}
	g := &Grammar{words: map[string][]phrase{}, units: map[string][]phrase{}, nouns: map[string]noun{}, stops: map[string]bool{}}
	if g.numbers, err = numeral.NewLexicon(lines); err != nil {
		return nil, fmt.Errorf("reading the number words: %w", err)
	}
	for _, l := range lines {
		if err := g.addWords(l); err != nil {
			return nil, fmt.Errorf("numbers.tsv line %d: %w", l.Number, err)
		}
	}
	if lines, err = numeral.ReadFile(pack, "numbers-units.tsv"); err != nil {
		return nil, err
	}
	for _, l := range lines {
		g.addUnits(l)
	}
	return g, nil
}

// addWords takes a line of bounding words; lines of number words are numeral's.
func (g *Grammar) addWords(l numeral.Line) error {
	switch l.Kind {
	case "stop":
		for _, w := range l.Words {
			g.stops[numeral.Fold(w)] = true
		}
		return nil
	case "tenfold":
		g.tenfold = l.Words
		return nil
	case "compounds":
		g.glue = l.Value == "yes"
		return nil
	}
	for _, w := range l.Words {
		p := newPhrase(l, w)
		var err error
		switch l.Kind {
		case "rank":
			_, offset, _ := strings.Cut(l.Value, " ")
			p.size, err = strconv.ParseFloat(offset, 64)
		case "vague":
			low, high, _ := strings.Cut(l.Value, " ")
			p.low, err = strconv.ParseFloat(low, 64)
			if err == nil {
				p.high, err = strconv.ParseFloat(high, 64)
			}
		case "fraction", "multiple", "money-sign":
			p.size, err = strconv.ParseFloat(l.Value, 64)
		}
		if err != nil {
			return fmt.Errorf("value %q of a %s: %w", l.Value, l.Kind, err)
		}
		g.words[p.keys[0]] = append(g.words[p.keys[0]], p)
	}
	return nil
}

// newPhrase cuts a phrase of a data file into keys, and notes what is written in one word: m2 is not "m 2".
func newPhrase(l numeral.Line, words string) phrase {
	p := phrase{kind: l.Kind, value: l.Value}
	words, p.weak = strings.CutSuffix(words, "?")
	for word := range strings.FieldsSeq(words) {
		for i, key := range numeral.Words(word) {
			p.keys = append(p.keys, key)
			p.glued = append(p.glued, i > 0)
		}
	}
	return p
}

func (g *Grammar) addUnits(l numeral.Line) {
	for _, w := range l.Words {
		p := newPhrase(l, w)
		if l.Kind != "counted" || len(p.keys) > 1 {
			g.units[p.keys[0]] = append(g.units[p.keys[0]], p)
		}
		if l.Kind == "counted" && len(p.keys) == 1 {
			g.nouns[p.keys[0]] = noun{unit: l.Value, capital: isCapital(w)}
			g.longest = max(g.longest, len(p.keys[0]))
		}
	}
}

// find returns the longest phrase of some kinds that begins at piece i.
func find(from map[string][]phrase, pieces []numeral.Piece, i int, kinds ...string) (phrase, int) {
	var best phrase
	if i < 0 || i >= len(pieces) {
		return best, i
	}
	for _, p := range from[pieces[i].Key] {
		if len(p.keys) > len(best.keys) && among(p.kind, kinds) && has(pieces, i, p) {
			best = p
		}
	}
	return best, i + len(best.keys)
}

func among(s string, list []string) bool {
	for _, x := range list {
		if s == x {
			return true
		}
	}
	return false
}

func has(pieces []numeral.Piece, i int, p phrase) bool {
	if i+len(p.keys) > len(pieces) {
		return false
	}
	for k, key := range p.keys {
		if pieces[i+k].Key != key || p.glued[k] && pieces[i+k].Space {
			return false
		}
	}
	return true
}
