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
