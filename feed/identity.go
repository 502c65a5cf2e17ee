package feed

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"casus"
)

// Identity is the name by which the same text is known again: the SHA-256, in
// hexadecimal, of the text in Unicode NFC with each run of white space made
// one space and none at its ends. Line breaks, indents and ways to write é do
// not make another article; a changed word does.
func Identity(text string) string {
	h := sha256.New()
	w := bufio.NewWriter(h)
	space, begun := false, false
	for _, c := range norm.NFC.String(text) {
		if unicode.IsSpace(c) {
			space = begun
			continue
		}
		if space {
			w.WriteByte(' ')
		}
		w.WriteRune(c)
		space, begun = false, true
	}
	w.Flush() // a hash never fails to write
	return hex.EncodeToString(h.Sum(nil))
}

// idLength bounds an id: file systems take 255 bytes.
const idLength = 120

// safeID makes a name fit to be an article's id, a file name and a part of a
// web address: letters and digits of ASCII, ".", "_" and "-"; accents are
// dropped and anything else becomes "-". The result is "" where nothing is left.
func safeID(name string) casus.ArticleID {
	var b strings.Builder
	gap := false
	for _, c := range norm.NFKD.String(firstBytes(name, 4*idLength)) {
		switch {
		case c < 0x80 && (unicode.IsLetter(c) || unicode.IsDigit(c) || c == '_' || c == '.' || c == '-'):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(c)
			gap = false
		case unicode.Is(unicode.Mn, c): // an accent
		default:
			gap = true
		}
	}
	return casus.ArticleID(strings.Trim(firstBytes(b.String(), idLength), ".-"))
}
