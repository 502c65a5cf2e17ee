package numeral

import (
	"os"
	"strings"
	"testing"

	"casus"
	"casus/read/text"
)

// lexicon loads a language's real data.
func lexicon(t testing.TB, lang string) *Lexicon {
	t.Helper()
	f, err := os.Open("../../lang/" + lang + "/numbers.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := ReadLines(f)
	if err != nil {
		t.Fatal(err)
	}
	l, err := NewLexicon(lines)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// tokens cuts at white space, and marks off a final full stop or comma.
func tokens(s string) []text.Token {
	var out []text.Token
	at := 0
	for _, word := range strings.Fields(s) {
		start := at + strings.Index(s[at:], word)
		at = start + len(word)
		runes := len([]rune(s[:start]))
		out = append(out, text.Token{Form: word, Span: casus.Span{Start: runes, End: runes + len([]rune(word))}, ByteStart: start, ByteEnd: at, SpaceBefore: start > 0})
	}
	return out
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		lang, text, read string
		value            float64
		ordinal          bool
	}{
		{"nl", "tweeëntwintig soldaten", "tweeëntwintig", 22, false},
		{"nl", "honderdenzes", "honderdenzes", 106, false},
		{"nl", "driehonderdeenentachtigduizend", "driehonderdeenentachtigduizend", 381000, false},
		{"nl", "zeventien miljoen drieënvijftigduizend negenhonderdtachtig", "zeventien miljoen drieënvijftigduizend negenhonderdtachtig", 17053980, false},
		{"nl", "tweeduizend en vijfhonderdzevenenzeventig", "tweeduizend en vijfhonderdzevenenzeventig", 2577, false},
		{"nl", "honderdduizend miljoen", "honderdduizend miljoen", 1e11, false},
		{"nl", "drieduizend tweehonderdtwintigste", "drieduizend tweehonderdtwintigste", 3220, true},
		{"nl", "1,2 miljoen Afghanen", "1,2 miljoen", 1.2e6, false},
		{"nl", "20 duizend man", "20 duizend", 20000, false},
		{"nl", "1.234.567,89", "1.234.567,89", 1234567.89, false},
		{"nl", "6.45 procent", "6.45", 6.45, false},
		{"nl", "4e", "4e", 4, true},
		{"nl", "twee drie", "twee", 2, false},
		{"nl", "twee en drie", "twee", 2, false},
		{"nl", "enkele", "", 0, false},
		{"nl", "honderdachtste", "honderdachtste", 108, true},
		{"en", "twenty-one trillion three hundred", "twenty-one trillion three hundred", 21000000000300, false},
		{"en", "two thousand and fifteen", "two thousand and fifteen", 2015, false},
		{"en", "3 hundred and 21 yuan", "3 hundred and 21", 321, false},
		{"en", "3 hundred and 2 hundred", "3 hundred", 300, false},
		{"en", "4 thousand 3 hundred and 0", "4 thousand 3 hundred", 4300, false},
		{"en", "1,674.5 million", "1,674.5 million", 1674.5e6, false},
		{"en", "1 414 021 100.", "1 414 021 100", 1414021100, false},
		{"en", "12,34,567.89", "12,34,567.89", 1234567.89, false},
		{"en", "1.111,11", "1.111,11", 1111.11, false},
		{"en", "5,00", "5,00", 5, false},
		{"en", "1, 234, 567", "1", 1, false},
		{"en", "10M.", "10M", 1e7, false},
		{"en", "21st", "21st", 21, true},
		{"en", "fifty - two", "fifty - two", 52, false},
		{"en", "ten-year", "ten", 10, false},
		{"en", "a hundred trillionth", "a hundred trillionth", 1e14, true},
		{"en", "hundreds", "", 0, false},
		{"en", "½", "½", 0.5, false},
		{"en", "322 hundred", "322 hundred", 32200, false},
	} {
		pieces := Pieces(tokens(c.text))
		n, end := lexicon(t, c.lang).Read(pieces, 0)
		read := ""
		if end > 0 {
			read = string([]rune(c.text)[:pieces[end-1].Span.End])
		}
		if read != c.read || n.Value != c.value || n.Ordinal != c.ordinal {
			t.Errorf("%s %q: read %q = %v ordinal %v, want %q = %v ordinal %v", c.lang, c.text, read, n.Value, n.Ordinal, c.read, c.value, c.ordinal)
		}
	}
}
