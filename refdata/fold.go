package refdata

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold brings spellings of one name together: lower case, without diacritics
// and apostrophes, so that "Sana’a" and "sanaa" or "Bagrām" and "Bagram" are
// equal. Hyphens and spaces stay.
func Fold(s string) string {
	if folded, ok := foldASCII(s); ok {
		return folded
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r), isApostrophe(r):
		default:
			if plain, ok := plainLetters[r]; ok {
				b.WriteString(plain)
			} else {
				b.WriteRune(unicode.ToLower(r))
			}
		}
	}
	return b.String()
}

// foldASCII folds a name without accents, which nearly all are, and reports
// false for others.
func foldASCII(s string) (string, bool) {
	plain := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return "", false
		}
		if 'A' <= c && c <= 'Z' || c == '\'' || c == '`' {
			plain = false
		}
	}
	if plain {
		return s, true
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\'' || c == '`':
		case 'A' <= c && c <= 'Z':
			b = append(b, c+'a'-'A')
		default:
			b = append(b, c)
		}
	}
	return string(b), true
}

// isApostrophe tells whether r is an apostrophe or one of the signs that
// transliterations write for ayn, hamza and the soft sign.
func isApostrophe(r rune) bool {
	switch r {
	case '\'', '`', '´', '‘', '’', '‛', 'ʻ', 'ʼ', 'ʽ', 'ʾ', 'ʿ', '′', 'ʹ', 'ʺ':
		return true
	}
	return false
}

// plainLetters are the letters that have no decomposition in Unicode although
// the press writes them without their stroke or as two letters.
var plainLetters = map[rune]string{
	'ø': "o", 'Ø': "o", 'ł': "l", 'Ł': "l", 'đ': "d", 'Đ': "d", 'ħ': "h", 'Ħ': "h", 'ŧ': "t", 'Ŧ': "t",
	'ı': "i", 'ß': "ss", 'ẞ': "ss", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ð': "d", 'Ð': "d",
	'þ': "th", 'Þ': "th", 'ə': "a", 'Ə': "a",
}

// nameKey is what names are looked up by: folded, hyphens as spaces.
func nameKey(s string) string {
	return strings.ReplaceAll(Fold(s), "-", " ")
}
