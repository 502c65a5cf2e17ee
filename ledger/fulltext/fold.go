package fulltext

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// Fold lowers capitals and drops diacritics: "Côte" and "cote" are the same.
func Fold(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	if folded, ok := foldLatin(s); ok {
		return folded
	}
	return foldAny(s)
}

// foldAny is Fold of any text.
func foldAny(s string) string {
	// A transformer has state, so each call has its own.
	fold := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	folded, _, err := transform.String(fold, s)
	if err != nil {
		folded = s
	}
	return strings.ToLower(folded)
}

// foldLatin is Fold of a text of Latin letters, written as one rune each, and marks
// between words: all but a few texts are no more. It is not ok for any other.
func foldLatin(s string) (folded string, ok bool) {
	letters := latinFolds()
	out := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case 'A' <= r && r <= 'Z':
			out = append(out, byte(r)+'a'-'A')
		case r < utf8.RuneSelf:
			out = append(out, byte(r))
		case r < lastLatin:
			out = append(out, letters[r]...)
		case r >= 0x2010 && r <= 0x2027, r == '€': // dashes, quotation marks, bullets and dots
			out = utf8.AppendRune(out, r)
		default:
			return "", false
		}
	}
	return string(out), true
}

// lastLatin is the first rune after Latin Extended-B.
const lastLatin = 0x250

// latinFolds has the folded form of each rune before lastLatin.
var latinFolds = sync.OnceValue(func() *[lastLatin]string { //nolint:gochecknoglobals // worked out once, and then the same
	var out [lastLatin]string
	for r := range rune(lastLatin) {
		out[r] = foldAny(string(r))
	}
	return &out
})
