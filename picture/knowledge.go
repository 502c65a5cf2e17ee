package picture

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"casus"
	"casus/ledger/fulltext"
)

// knowledge is what package picture knows of language and the world, from its
// tables. It does not change once it is read, but for the terms that it remembers.
type knowledge struct {
	terms    sharedTerms
	weights  map[casus.Kind]*[features]float64
	fates    []wordList // of those who are counted
	again    wordList
	others   wordList
	joins    wordList        // what stands between two fates that are counted as one
	days     wordList        // what names a day
	matters  []wordList      // what two accusations may both be of
	outlets  wordList        // how those who only pass on news are called
	sectors  map[string]bool // of a country's people; true are those who act for the state
	promises []promiseRule
}

// wordList is the words of one line of words.tsv.
type wordList struct {
	name  string
	words []string // folded; after a space, and before one where they stand for themselves alone
	// begins has the words by their first byte after the space: most texts have
	// hardly any of a list, and one look at each of their words tells so.
	begins *[256][]string
}

func (l *wordList) add(word string) {
	if l.begins == nil {
		l.begins = &[256][]string{}
	}
	l.words = append(l.words, word)
	l.begins[word[1]] = append(l.begins[word[1]], word)
}

//go:embed sameness.tsv
var samenessTable string

//go:embed words.tsv
var wordTable string

//go:embed sectors.txt
var sectorList string

// readKnowledge reads the tables. Its error names the file and line.
func readKnowledge() (*knowledge, error) {
	k := &knowledge{weights: map[casus.Kind]*[features]float64{}, sectors: map[string]bool{}}
	if err := k.readWeights(samenessTable); err != nil {
		return nil, err
	}
	if err := k.readWords(wordTable); err != nil {
		return nil, err
	}
	for line := range strings.Lines(sectorList) {
		words, others := strings.CutPrefix(line, "+")
		if !strings.HasPrefix(line, "#") {
			for word := range strings.FieldsSeq(words) {
				k.sectors[word] = !others
			}
		}
	}
	var err error
	k.promises, err = readPromiseRules(promiseTable)
	return k, err
}

// Features names what grouping weighs, as sameness.tsv has it.
func Features() []string { return featureNames() }

// Without is the picture that does not weigh a feature: what it is worth is seen
// where cases are scored without it. It is casus.Invalid where there is none of
// this name.
func (p *Picture) Without(feature string) (*Picture, error) {
	place := slices.Index(featureNames(), feature)
	if place < 0 {
		return nil, &casus.Error{Code: casus.Invalid, Input: feature, Problem: "no such feature", Advice: "picture/sameness.tsv has them."}
	}
	less := *p
	less.knowledge = sync.OnceValues(func() (*knowledge, error) {
		k, err := readKnowledge()
		if err != nil {
			return nil, err
		}
		for _, w := range k.weights {
			w[place] = 0
		}
		return k, nil
	})
	return &less, nil
}

// eachRow reads a table of tabs: comments and a header are left out. Its error
// names the line.
func eachRow(name, table string, columns int, row func(fields []string) error) error {
	header, n := false, 0
	for line := range strings.Lines(table) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		if !header {
			header = true
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != columns {
			return fmt.Errorf("%s:%d: %d fields, not %d", name, n, len(f), columns)
		}
		if err := row(f); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return nil
}

// readWeights reads sameness.tsv: lines of * first, then those of a kind in
// their place.
func (k *knowledge) readWeights(table string) error {
	for _, kind := range casus.Kinds() {
		k.weights[kind] = &[features]float64{}
	}
	for _, common := range []bool{true, false} {
		err := eachRow("sameness.tsv", table, 4, func(f []string) error {
			place := slices.Index(featureNames(), f[1])
			weight, err := strconv.ParseFloat(f[2], 64)
			if err != nil || place < 0 {
				return fmt.Errorf("no such feature, or no number")
			}
			switch {
			case (f[0] == "*") != common:
			case common:
				for _, w := range k.weights {
					w[place] = weight
				}
			case k.weights[casus.Kind(f[0])] == nil:
				return fmt.Errorf("no such kind")
			default:
				k.weights[casus.Kind(f[0])][place] = weight
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (k *knowledge) readWords(table string) error {
	return eachRow("words.tsv", table, 2, func(f []string) error {
		l := wordList{name: f[0]}
		for word := range strings.SplitSeq(f[1], ",") {
			whole := strings.HasSuffix(word, "|")
			word = " " + fulltext.Fold(strings.TrimSuffix(word, "|"))
			if whole {
				word += " "
			}
			l.add(word)
		}
		sort, name, _ := strings.Cut(l.name, ":")
		switch sort {
		case "fate":
			k.fates = append(k.fates, wordList{name, l.words, l.begins})
		case "matter":
			k.matters = append(k.matters, l)
		case "again":
			k.again = l
		case "others":
			k.others = l
		case "outlet":
			k.outlets = l
		case "or":
			k.joins = l
		case "day":
			k.days = l
		default:
			return fmt.Errorf("no such list")
		}
		return nil
	})
}

// plain is a text as lists of words look for them: folded, a space for each run
// of anything but letters and digits, and one at both ends.
func plain(text string) string {
	folded := fulltext.Fold(text)
	out := append(make([]byte, 0, len(folded)+2), ' ')
	for _, r := range folded {
		switch {
		case isWordRune(r):
			out = utf8.AppendRune(out, r)
		case out[len(out)-1] != ' ':
			out = append(out, ' ')
		}
	}
	if len(out) == 1 || out[len(out)-1] != ' ' {
		out = append(out, ' ')
	}
	return string(out)
}

// in tells whether a text has one of the words; the text is plain.
func (l wordList) in(text string) bool {
	for at := 0; at < len(text)-1; at++ {
		if text[at] != ' ' {
			continue
		}
		for _, w := range l.begins[text[at+1]] {
			first, last, parted := strings.Cut(w, "…")
			if strings.HasPrefix(text[at:], first) && (!parted || strings.Contains(text[at+len(first):], last)) {
				return true
			}
		}
	}
	return false
}

// fateOf is what became of those whom a figure counts: that of the list with a
// word nearest to the number, "" for none. "Killed or wounded" is a fate of its own.
func (k *knowledge) fateOf(quote, number string) string {
	text, before := plain(quote), 0
	if at := strings.Index(quote, number); at > 0 && number != "" {
		before = len(plain(quote[:at])) - 1
	}
	after := before + len(plain(number)) - 1
	nearest, far := fateWord{}, len(text)+1
	found := k.fateWords(text)
	for _, f := range found {
		if d := max(before-f.end+1, f.start-after, 0); d < far {
			nearest, far = f, d
		}
	}
	for _, f := range found {
		if f.fate == nearest.fate {
			continue
		}
		first, second := nearest, f
		if f.start < nearest.start {
			first, second = f, nearest
		}
		between := strings.Fields(text[min(first.end, second.start):second.start])
		if len(between) == 1 && k.joins.in(" "+between[0]+" ") {
			return min(first.fate, second.fate) + "+" + max(first.fate, second.fate)
		}
	}
	return nearest.fate
}

// find finds words of a list in a plain text, from the space before them to the
// one after; -1 where they are not there.
func find(text, words string) (start, end int) {
	first, last, parted := strings.Cut(words, "…")
	start = strings.Index(text, first)
	if start < 0 {
		return -1, -1
	}
	if end = start + len(first); parted { // "kwamen … om"
		at := strings.Index(text[end:], last)
		if at < 0 {
			return -1, -1
		}
		return start, end + at + len(last)
	}
	if text[end-1] != ' ' {
		end += strings.IndexByte(text[end:], ' ') + 1
	}
	return start, end
}

// fateWord is a word of the lists of fates in a plain text, with the spaces
// around it.
type fateWord struct {
	fate       string
	start, end int
}

func (k *knowledge) fateWords(text string) []fateWord {
	var out []fateWord
	for _, l := range k.fates {
		if !l.in(text) {
			continue
		}
		for _, w := range l.words {
			for from := 0; ; {
				at, end := find(text[from:], w)
				if at < 0 {
					break
				}
				out = append(out, fateWord{l.name, from + at, from + end})
				from += at + 1
			}
		}
	}
	return out
}

// side is the state, group or person that an actor speaks or acts for. Who is in
// a country and does not act for it stands alone: its rebels, its opposition.
func (k *knowledge) side(id casus.ActorID, actsFor map[casus.ActorID]casus.ActorID) casus.ActorID {
	if office := actsFor[id]; office != "" {
		id = office
	}
	if id.IsPerson() {
		return id
	}
	if _, part, ok := strings.Cut(string(id), "/"); ok {
		sector, _, _ := strings.Cut(part, "/")
		if state, known := k.sectors[sector]; known && !state {
			return casus.ActorID(id.Head()) + "/" + casus.ActorID(sector)
		}
	}
	return casus.ActorID(id.Head())
}
