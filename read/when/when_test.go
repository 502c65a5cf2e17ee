package when

import (
	"fmt"
	"os"
	"slices"
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

// anchorOf reads an article's date: a day, a month, or - for none.
func anchorOf(t testing.TB, s string) casus.Period {
	t.Helper()
	if s == "-" {
		return casus.Period{}
	}
	d, err := casus.ParseDate(s + "-01"[:3*(len("2006-01-02")-len(s))/3])
	if err != nil {
		t.Fatal(err)
	}
	if len(s) == len("2006-01") {
		return casus.Month(d.Year(), d.Month())
	}
	return casus.Day(d)
}

var tenses = map[string]Tense{"past": Past, "future": Future, "-": Unknown}

// show writes an expression as the case files do.
func show(e Expression) string {
	s := fmt.Sprintf("%s = %s", e.Text, e.Value)
	if e.Mod != "" {
		s += " " + string(e.Mod)
	}
	if e.Period.IsZero() {
		return s + " " + strings.ToLower(string(e.Type))
	}
	return s + " " + e.Period.String() + " " + string(e.Period.Precision)
}

// TestNews runs testdata/news-LANG.tsv: the article's date, the tense, a
// sentence, and what is found in it, joined by " ; ".
func TestNews(t *testing.T) {
	for _, lang := range []string{"nl", "en"} {
		t.Run(lang, func(t *testing.T) {
			g := load(t, lang)
			b, err := os.ReadFile("testdata/news-" + lang + ".tsv")
			if err != nil {
				t.Fatal(err)
			}
			for n, line := range slices.Collect(strings.Lines(string(b))) {
				line = strings.TrimRight(line, "\n")
				if line == "" || line[0] == '#' {
					continue
				}
				cols := strings.Split(line, "\t")
				if len(cols) < 3 {
					t.Fatalf("line %d: %d columns", n+1, len(cols))
				}
				var got []string
				for _, e := range g.Find(tokens(cols[2]), anchorOf(t, cols[0]), tenses[cols[1]]) {
					if e.Period != (casus.Period{}) {
						if err := e.Period.Validate(); err != nil {
							t.Errorf("line %d: %v", n+1, err)
						}
					}
					got = append(got, show(e))
				}
				found := strings.Join(got, " ; ")
				if len(cols) < 4 || found != cols[3] {
					t.Errorf("line %d: %s\n got %s\nwant %s", n+1, cols[2], found, strings.Join(cols[3:], ""))
				}
			}
		})
	}
}

// FuzzFind reads any text: it must end, its spans must lie in order, and every period be valid.
func FuzzFind(f *testing.F) {
	for _, s := range []string{"zondag 4 juli 2021 om half acht", "31/2/2019-1/3/2019 13:00-15:00", "last 999999 years of next week", "since before the end of late 0000", "de jaren '90 in 2 weken geleden", "5th of every Friday night", strings.Repeat("week ", 40), "a\x00b 3\u200f\U0001f600"} {
		f.Add(s)
	}
	grammars := []*Grammar{load(f, "nl"), load(f, "en")}
	anchors := []casus.Period{{}, casus.Month(2021, 7), casus.Day(casus.NewDate(2021, 7, 6))}
	f.Fuzz(func(t *testing.T, s string) {
		ts := tokens(strings.ToValidUTF8(s, "?"))
		for i, g := range grammars {
			for j, anchor := range anchors {
				checkFound(t, s, ts, g.Find(ts, anchor, Tense((i+j)%3)))
			}
		}
	})
}

func checkFound(t *testing.T, s string, ts []text.Token, found []Expression) {
	t.Helper()
	at := 0
	for _, e := range found {
		if e.Span.Start < at || e.Span.End <= e.Span.Start || e.First >= e.Last || e.Last > len(ts) || e.Value == "" {
			t.Fatalf("%q: expression %+v after %d", s, e, at)
		}
		if !e.Period.IsZero() {
			if err := e.Period.Validate(); err != nil {
				t.Fatalf("%q: %+v: %v", s, e, err)
			}
		}
		at = e.Span.End
	}
}

// TestLongInput reads long texts of every awkward shape; a reader that is not
// linear would not come back.
func TestLongInput(t *testing.T) {
	g := load(t, "nl")
	for _, s := range []string{
		strings.Repeat("zondag", 6000), strings.Repeat("zondag ", 6000), strings.Repeat("1", 200000), strings.Repeat("1-", 10000),
		strings.Repeat("12/", 10000), strings.Repeat("voor ", 10000), strings.Repeat("van 1 tot ", 5000), strings.Repeat("twee weken ", 5000), strings.Repeat("op 2 ", 6000), strings.Repeat("de dag voor ", 6000), strings.Repeat("de eerste week van ", 6000),
	} {
		g.Find(tokens(s), casus.Day(casus.NewDate(2021, 7, 6)), Unknown)
	}
}

func BenchmarkFind(b *testing.B) {
	g := load(b, "nl")
	sample, err := os.ReadFile("testdata/news-nl.tsv")
	if err != nil {
		b.Fatal(err)
	}
	var sentences strings.Builder
	for line := range strings.Lines(string(sample)) {
		if cols := strings.Split(line, "\t"); len(cols) > 2 {
			sentences.WriteString(cols[2] + "\n")
		}
	}
	ts := tokens(sentences.String())
	anchor := casus.Day(casus.NewDate(2021, 7, 6))
	b.ReportAllocs()
	for b.Loop() {
		g.Find(ts, anchor, Past)
	}
	b.ReportMetric(float64(len(ts))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
