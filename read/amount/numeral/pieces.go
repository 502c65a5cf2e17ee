// Package numeral reads numbers: in figures, in words, and in mixes of both
// ("1,2 miljoen", "tweeëntwintig", "3 hundred and 21", "21st"). It is the
// ground that packages when and amount stand on.
//
// It reads pieces, not tokens: a piece is a run of letters, a run of digits
// or one mark, so that "13:00-15:00" and "mar4" are read alike however a
// tokenizer cut them.
package numeral

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"casus"
	"casus/read/text"

	"golang.org/x/text/unicode/norm"
)

// Kind sorts pieces.
type Kind uint8

const (
	Letters Kind = iota
	Digits
	Mark
)

// Piece is a run of letters, a run of digits or one mark of a token.
type Piece struct {
	Text  string // as written
	Key   string // lower case, without accents, with straight quotes and hyphens
	Kind  Kind
	Span  casus.Span
	Token int  // the index of its token
	Space bool // white space stands before it
}

// Pieces cuts tokens into pieces. The result keeps all text of the tokens.
func Pieces(tokens []text.Token) []Piece {
	out := make([]Piece, 0, len(tokens)+len(tokens)/4)
	for i, t := range tokens {
		start, runes := 0, 0
		for start < len(t.Form) {
			size, count, kind := run(t.Form[start:])
			form := t.Form[start : start+size]
			at := t.Span.Start + runes
			out = append(out, Piece{
				Text: form, Key: Fold(form), Kind: kind, Token: i,
				Span:  casus.Span{Start: at, End: at + count},
				Space: start == 0 && (t.SpaceBefore || i == 0),
			})
			start += size
			runes += count
		}
	}
	return out
}

// run returns the bytes, the code points and the kind of the piece that opens s.
func run(s string) (size, count int, kind Kind) {
	first, w := utf8.DecodeRuneInString(s)
	kind = kindOf(first)
	size, count = w, 1
	if kind == Mark {
		return size, count, kind
	}
	for size < len(s) {
		r, w := utf8.DecodeRuneInString(s[size:])
		if k := kindOf(r); k != kind && !unicode.Is(unicode.Mn, r) {
			break
		}
		size += w
		count++
	}
	return size, count, kind
}

func kindOf(r rune) Kind {
	switch {
	case '0' <= r && r <= '9':
		return Digits
	case unicode.IsLetter(r):
		return Letters
	}
	return Mark
}

// foldedMarks are marks that are written in several ways.
var foldedMarks = strings.NewReplacer("’", "'", "‘", "'", "`", "'", "–", "-", "—", "-", "‑", "-", "−", "-", "~", "-", "…", "...")

// Fold returns the form under which words are looked up: lower case, without
// accents, with straight quotes and hyphens.
func Fold(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf || s[i] == '`' || s[i] == '~' {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(foldedMarks.Replace(s))) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Words cuts a phrase of a data file into the keys of its pieces.
func Words(phrase string) []string {
	var keys []string
	for word := range strings.FieldsSeq(phrase) {
		for len(word) > 0 {
			size, _, _ := run(word)
			keys = append(keys, Fold(word[:size]))
			word = word[size:]
		}
	}
	return keys
}
