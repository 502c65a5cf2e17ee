package names

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a word with what features are made of.
type word struct {
	form, lower, folded string
	shape               string
	upper               bool // begins with a capital
	caps                bool // all letters are capitals, two at least
	letters             bool // has a letter
}

func newWord(form string) word {
	const longest = 60 // longer words are cut: no name is so long, and features stay cheap
	if len(form) > longest {
		cut := longest
		for !utf8.RuneStart(form[cut]) {
			cut--
		}
		form = form[:cut]
	}
	w := word{form: form, lower: strings.ToLower(form), shape: shapeOf(form)}
	uppers, lowers := 0, 0
	for i, r := range form {
		switch {
		case unicode.IsUpper(r):
			uppers++
			w.upper = w.upper || i == 0
		case unicode.IsLetter(r):
			lowers++
		}
	}
	// "'s-Gravenhage", "'t Harde" and "d'Ancona" are known by their table.
	w.letters, w.caps = uppers+lowers > 0, uppers > 1 && lowers == 0
	w.folded = fold(form)
	return w
}

// shapeOf writes a word's capitals as X, small letters as x, digits as d,
// others as they are, and runs of one sign once: "VN-gezant" is "X-x".
func shapeOf(form string) string {
	var b strings.Builder
	var before rune
	for i, r := range form {
		switch {
		case unicode.IsUpper(r):
			r = 'X'
		case unicode.IsLetter(r):
			r = 'x'
		case unicode.IsDigit(r):
			r = 'd'
		}
		if r != before || i == 1 && r == 'X' {
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}

// document is what all of a document's sentences say of its words together.
type document struct {
	lexicon   *Lexicon
	sentences [][]word
	memory    map[string]memory // by lower-cased form
}

// memory is what a document says of a form.
type memory uint8

const (
	seenSmall    memory = 1 << iota // it stands somewhere in small letters
	seenCapital                     // within a sentence it stands with a capital
	endsPerson                      // it ends a run of capitals that begins with a first name or follows a title
	inBrackets                      // it is capitals in brackets
	beginsPerson                    // it is a first name before a capital
	memories     = iota
)

func newDocument(l *Lexicon, sentences [][]string) *document {
	d := &document{lexicon: l, sentences: make([][]word, len(sentences)), memory: map[string]memory{}}
	for i, forms := range sentences {
		ws := make([]word, len(forms))
		for k, form := range forms {
			ws[k] = newWord(form)
		}
		d.sentences[i] = ws
		d.remember(ws)
	}
	return d
}

// remember takes up what a sentence says of its words.
func (d *document) remember(ws []word) {
	heading := allCapitals(ws)
	for i, w := range ws {
		switch {
		case !w.letters:
		case !w.upper:
			d.memory[w.lower] |= seenSmall
		case i > 0 && !heading && ws[i-1].letters:
			d.memory[w.lower] |= seenCapital
		}
		if w.caps && i > 0 && i+1 < len(ws) && ws[i-1].form == "(" && ws[i+1].form == ")" {
			d.memory[w.lower] |= inBrackets
		}
	}
	for i := 0; i < len(ws); i++ {
		if !ws[i].upper || heading {
			continue
		}
		last := d.runEnd(ws, i)
		isGiven := d.lexicon.phrases[ws[i].folded]&given != 0
		titled := i > 0 && d.lexicon.phrases[ws[i-1].folded]&title != 0
		if last > i && isGiven {
			d.memory[ws[i].lower] |= beginsPerson
			d.memory[ws[last].lower] |= endsPerson
		} else if titled {
			d.memory[ws[last].lower] |= endsPerson
		}
		i = last
	}
}

// runEnd returns the last word of the run of capitals from i, with the
// particles of surnames in it.
func (d *document) runEnd(ws []word, i int) int {
	last := i
	for k := i + 1; k < len(ws); k++ {
		switch {
		case ws[k].upper:
			last = k
		case d.lexicon.phrases[ws[k].folded]&particle == 0:
			return last
		}
	}
	return last
}

// allCapitals tells whether a sentence is a heading in capitals, or with a
// capital on nearly each word, where capitals mean nothing.
func allCapitals(ws []word) bool {
	uppers, letters := 0, 0
	for _, w := range ws {
		if w.letters {
			letters++
			if w.upper {
				uppers++
			}
		}
	}
	return letters > 3 && uppers*5 >= letters*4
}
