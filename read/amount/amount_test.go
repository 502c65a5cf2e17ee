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
				if found != want {
					t.Errorf("line %d: %s\n got %s\nwant %s", n, sentence, found, want)
				}
			}
		})
	}
}

// FuzzFind reads any text: it must end, and its spans must lie in the text, in order.
func FuzzFind(f *testing.F) {
	for _, s := range []string{"meer dan 1,2 miljoen euro", "1/2/3 -5 4e ½ 12e-1", "een een een op de drie", "$$$ 5 % €", strings.Repeat("honderd", 40), strings.Repeat("1.", 60), "a\x00b 3\u200f\U0001f600"} {
		f.Add(s)
	}
	grammars := []*Grammar{load(f, "nl"), load(f, "en")}
	f.Fuzz(func(t *testing.T, s string) {
		ts := tokens(strings.ToValidUTF8(s, "?"))
		for _, g := range grammars {
			at := 0
			for _, a := range g.Find(ts) {
				if a.Span.Start < at || a.Span.End <= a.Span.Start || a.First >= a.Last || a.Last > len(ts) {
					t.Fatalf("%q: amount %+v after %d", s, a, at)
				}
				if a.Low != nil && a.High != nil && *a.Low > *a.High {
					t.Fatalf("%q: low %v above high %v", s, *a.Low, *a.High)
				}
				at = a.Span.End
			}
			g.Numbers(ts)
		}
	})
}

// TestClaimed leaves out what package when has read.
func TestClaimed(t *testing.T) {
	ts := tokens("In 2014 kwamen 500 soldaten.")
	got := load(t, "nl").Find(ts, [2]int{1, 2})
	if len(got) != 1 || got[0].Text != "500" {
		t.Errorf("found %+v, want 500 only", got)
	}
}

// TestLongInput reads long texts of every awkward shape; a reader that is not
// linear would not come back.
func TestLongInput(t *testing.T) {
	g := load(t, "nl")
	for _, s := range []string{
		strings.Repeat("honderd", 6000), strings.Repeat("honderd ", 10000), strings.Repeat("1", 200000), strings.Repeat("1.000.", 10000),
		strings.Repeat("meer dan ", 10000), strings.Repeat("een half en ", 10000), strings.Repeat("tien tot ", 10000), strings.Repeat("-", 5000), strings.Repeat("en ", 5000), strings.Repeat("enkele ", 5000), strings.Repeat("half ", 10000),
	} {
		g.Find(tokens(s))
	}
}

func BenchmarkFind(b *testing.B) {
	g := load(b, "nl")
	text, err := os.ReadFile("testdata/news-nl.tsv")
	if err != nil {
		b.Fatal(err)
	}
	ts := tokens(string(text))
	b.ReportAllocs()
	for b.Loop() {
		g.Find(ts)
	}
	b.ReportMetric(float64(len(ts))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
