package amount

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"casus"
	"casus/read/text"
)

// tokens cuts at white space, and cuts marks off the ends of words.
func tokens(s string) []text.Token {
	var out []text.Token
	at, runes := 0, 0
	for _, word := range strings.Fields(s) {
		start := at + strings.Index(s[at:], word)
		runes += len([]rune(s[at:start]))
		for body := word; body != ""; {
			n := len(strings.TrimRight(body, ".,;:!?’”\"')"))
			if n == 0 || n == len(body) {
				n = len(body)
			}
			form := body[:n]
			size := len([]rune(form))
			out = append(out, text.Token{Form: form, Span: casus.Span{Start: runes, End: runes + size}, SpaceBefore: len(body) == len(word) && start > 0})
			runes += size
			body = body[n:]
		}
		at = start + len(word)
	}
	return out
}

func load(t testing.TB, lang string) *Grammar {
	t.Helper()
	g, err := Load(os.DirFS("../lang/" + lang))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// show writes an amount as the case files do: text = low..high unit, flags.
func show(ts []text.Token, a Amount) string {
	bound := func(v *float64) string {
		if v == nil {
			return ""
		}
		return fmt.Sprintf("%.15g", *v)
	}
	s := fmt.Sprintf("%s = %s..%s", a.Text, bound(a.Low), bound(a.High))
	if a.Low != nil && a.High != nil && *a.Low == *a.High {
		s = fmt.Sprintf("%s = %s", a.Text, bound(a.Low))
	}
	if a.Class == Ordinal {
		s = fmt.Sprintf("%s = rank %s", a.Text, bound(a.Value))
	}
	if a.Unit != "" {
		s += " " + a.Unit
	}
	if a.Approx {
		s += " approx"
	}
	if a.Counted[1] > a.Counted[0] {
		s += " of"
		for _, t := range ts[a.Counted[0]:a.Counted[1]] {
			s += " " + t.Form
		}
	}
	return s
}

// TestNews runs testdata/news-LANG.tsv: a sentence, and what is found in it, joined by " ; ".
func TestNews(t *testing.T) {
	for _, lang := range []string{"nl", "en"} {
		t.Run(lang, func(t *testing.T) {
			g := load(t, lang)
			b, err := os.ReadFile("testdata/news-" + lang + ".tsv")
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for line := range strings.Lines(string(b)) {
				n++
				line = strings.TrimRight(line, "\n")
				if line == "" || line[0] == '#' {
					continue
				}
				sentence, want, _ := strings.Cut(line, "\t")
				ts := tokens(sentence)
				var got []string
				for _, a := range g.Find(ts) {
					got = append(got, show(ts, a))
				}
				found := strings.Join(got, " ; ")
				if os.Getenv("SHOW") != "" {
					fmt.Printf("%s\t%s\n", sentence, found)
				} else if found != want {
					t.Errorf("line %d: %s\n got %s\nwant %s", n, sentence, found, want)
				}
			}
		})
	}
}
