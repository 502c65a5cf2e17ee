package numeral

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// role is what a number word does in a number.
type role uint8

const (
	digit   role = iota + 1 // 0 to 9
	teen                    // 10 to 19
	ten                     // 20, 30 … 90
	hundred                 // multiplies what stands before it
	scale                   // thousand and up: closes a group
	join                    // "and" inside a number
)

// part is one word, or a part of a compound word.
type part struct {
	role    role
	value   float64
	ordinal bool
	article bool // "a", and Dutch "een" without its accents: perhaps no number at all
}

// Lexicon holds a language's number words. It is safe for concurrent use.
type Lexicon struct {
	words    map[string]part
	abbrev   map[string]part // scales that are written after figures only: "k", "mld"
	suffixes map[string]bool // that make an ordinal of figures: "st", "e"
	minus    map[string]bool
	point    map[string]bool // the word for the decimal mark: "point", "komma"
	tenFirst bool            // tens stand before digits as words of their own: "twenty one"
	group    string          // mark between thousands
	longest  int             // bytes of the longest word
}

// Line is one line of a data file of tab-separated columns: a kind, a value,
// words separated by commas.
type Line struct {
	Number int // in its file, from 1
	Kind   string
	Value  string
	Words  []string
}

// ReadLines reads such a file; empty lines and lines that begin with # are left out.
func ReadLines(r io.Reader) ([]Line, error) {
	var lines []Line
	scan := bufio.NewScanner(r)
	for n := 1; scan.Scan(); n++ {
		raw := strings.TrimRight(scan.Text(), " \t\r")
		if raw == "" || raw[0] == '#' {
			continue
		}
		cols := strings.Split(raw, "\t")
		if len(cols) != 3 {
			return nil, fmt.Errorf("line %d: %d columns, not 3 (kind, value, words)", n, len(cols))
		}
		line := Line{Number: n, Kind: cols[0], Value: cols[1]}
		for w := range strings.SplitSeq(cols[2], ", ") {
			if w = strings.TrimSpace(w); w != "" {
				line.Words = append(line.Words, w)
			}
		}
		lines = append(lines, line)
	}
	return lines, scan.Err()
}

var roles = map[string]role{"digit": digit, "teen": teen, "ten": ten, "hundred": hundred, "scale": scale, "join": join}

// NewLexicon takes the number words from the lines of numbers.tsv; lines of
// other kinds are left for package amount.
func NewLexicon(lines []Line) (*Lexicon, error) {
	l := &Lexicon{
		words: map[string]part{}, abbrev: map[string]part{}, suffixes: map[string]bool{}, minus: map[string]bool{},
		point: map[string]bool{}, group: ",",
	}
	for _, line := range lines {
		if err := l.add(line); err != nil {
			return nil, fmt.Errorf("numbers.tsv line %d: %w", line.Number, err)
		}
	}
	for w := range l.words {
		l.longest = max(l.longest, len(w))
	}
	return l, nil
}

func (l *Lexicon) add(line Line) error {
	kind, ordinal := strings.CutPrefix(line.Kind, "ordinal-")
	if r, ok := roles[kind]; ok {
		return l.addParts(line, part{role: r, ordinal: ordinal})
	}
	switch line.Kind {
	case "article":
		return l.addParts(line, part{role: digit, article: true})
	case "scale-sign":
		return l.addSigns(line)
	case "suffix":
		mark(l.suffixes, line.Words)
	case "ten-first":
		l.tenFirst = line.Value == "yes"
	case "minus":
		mark(l.minus, line.Words)
	case "point":
		mark(l.point, line.Words)
	case "marks":
		if len(line.Words) != 2 {
			return fmt.Errorf("marks wants the decimal mark and the mark of thousands")
		}
		l.group = named(line.Words[1]) // figures that fit no groups are decimals
	}
	return nil
}

// named gives the marks that a data file calls by name.
func named(word string) string {
	switch word {
	case "comma":
		return ","
	case "point":
		return "."
	}
	return word
}

func (l *Lexicon) addParts(line Line, p part) error {
	return addAll(l.words, line, p)
}

func addAll(to map[string]part, line Line, p part) error {
	if p.role != join {
		v, err := strconv.ParseFloat(line.Value, 64)
		if err != nil {
			return fmt.Errorf("value %q is not a number", line.Value)
		}
		p.value = v
	}
	for _, w := range line.Words {
		key := Fold(w)
		if old, ok := to[key]; ok && old.role == p.role && old.value == p.value {
			p.article = p.article || old.article
		}
		to[key] = p
	}
	return nil
}

// addSigns takes signs such as "k" and "M", in which case tells: 5 m are metres.
func (l *Lexicon) addSigns(line Line) error {
	v, err := strconv.ParseFloat(line.Value, 64)
	if err != nil {
		return fmt.Errorf("value %q is not a number", line.Value)
	}
	for _, w := range line.Words {
		l.abbrev[w] = part{role: scale, value: v}
	}
	return nil
}

func mark(set map[string]bool, words []string) {
	for _, w := range words {
		set[Fold(w)] = true
	}
}

// maxWord bounds the compound words that are tried, in bytes.
const maxWord = 80

// parts returns the number words that a word is made of, nil where it is none.
func (l *Lexicon) parts(word string) []part {
	if p, ok := l.words[word]; ok {
		return []part{p}
	}
	if len(word) > maxWord {
		return nil
	}
	dead := make([]bool, len(word)+1) // places that lead nowhere
	var split func(from int, before []part) []part
	split = func(from int, before []part) []part {
		if from == len(word) {
			if _, ok := evaluate(before, l.tenFirst); ok {
				return before
			}
			return nil
		}
		if dead[from] {
			return nil
		}
		for size := min(l.longest, len(word)-from); size > 0; size-- {
			p, ok := l.words[word[from:from+size]]
			if !ok || p.ordinal && from+size < len(word) {
				continue
			}
			if got := split(from+size, append(before, p)); got != nil {
				return got
			}
		}
		dead[from] = true
		return nil
	}
	return split(0, make([]part, 0, 8))
}
