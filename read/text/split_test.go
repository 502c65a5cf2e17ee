package text

import (
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"casus"
)

func rules(t testing.TB, language string) *Rules {
	t.Helper()
	f, err := os.Open("../lang/" + language + "/tokens.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := LoadRules(f)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestSplit runs the cases of testdata, which say how to read them.
func TestSplit(t *testing.T) {
	for _, language := range []string{"nl", "en"} {
		archive, err := txtar.ParseFile("testdata/" + language + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		r := rules(t, language)
		article := ""
		for _, f := range archive.Files {
			name, isArticle := strings.CutSuffix(f.Name, ".article")
			if isArticle {
				article = string(f.Data)
				continue
			}
			t.Run(language+"/"+strings.TrimSuffix(name, ".sentences"), func(t *testing.T) {
				sentences := Split(r, article)
				if got, want := render(sentences), string(f.Data); got != want {
					t.Errorf("got\n%swant\n%s", got, want)
				}
				checkPlaces(t, article, sentences)
			})
		}
	}
}

// render writes sentences as testdata does.
func render(sentences []Sentence) string {
	var b strings.Builder
	for i, s := range sentences {
		if i > 0 && s.Paragraph != sentences[i-1].Paragraph {
			b.WriteString("\n")
		}
		b.WriteString(map[Shape]string{Heading: "[heading] ", Credit: "[credit] ", Dateline: "[dateline] "}[s.Shape])
		for j, token := range s.Tokens {
			if j > 0 {
				b.WriteString(" ")
			}
			b.WriteString(token.Form)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// checkPlaces holds what Split promises for any article: nothing but white
// space is lost, and every token lies where it says.
func checkPlaces(t *testing.T, article string, sentences []Sentence) {
	t.Helper()
	at, runes, paragraph := 0, 0, 0
	for _, s := range sentences {
		if len(s.Tokens) == 0 || len(s.Tokens) > MaxTokens {
			t.Fatalf("a sentence of %d tokens", len(s.Tokens))
		}
		if want := (casus.Span{Start: s.Tokens[0].Span.Start, End: s.Tokens[len(s.Tokens)-1].Span.End}); s.Span != want {
			t.Fatalf("sentence at %v, its tokens at %v", s.Span, want)
		}
		if s.Paragraph < paragraph {
			t.Fatalf("paragraph %d after %d", s.Paragraph, paragraph)
		}
		paragraph = s.Paragraph
		for _, token := range s.Tokens {
			gap := article[at:token.ByteStart]
			if strings.TrimFunc(gap, unicode.IsSpace) != "" {
				t.Fatalf("%q was lost before %q", gap, token.Form)
			}
			runes += utf8.RuneCountInString(gap)
			if token.Form != article[token.ByteStart:token.ByteEnd] || token.Span.Start != runes {
				t.Fatalf("token %q is not at %v", token.Form, token.Span)
			}
			runes += utf8.RuneCountInString(token.Form)
			if token.Span.End != runes || token.Form == "" {
				t.Fatalf("token %q does not end at %d", token.Form, token.Span.End)
			}
			if space := at == 0 || gap != ""; token.SpaceBefore != space && at != 0 {
				t.Fatalf("token %q: space before is %v", token.Form, token.SpaceBefore)
			}
			at = token.ByteEnd
		}
	}
	if rest := article[at:]; strings.TrimFunc(rest, unicode.IsSpace) != "" {
		t.Fatalf("%q was lost at the end", rest)
	}
}

// TestOddTexts reads texts that no newspaper prints, and long ones of each;
// what is not linear shows as a test that does not end.
func TestOddTexts(t *testing.T) {
	texts := []string{
		"", " ", "\n\n", "\x00", "a\x00b", "\xff\xfe", "e\u0301", "👩‍👩‍👧 🇳🇱 👍🏽.", "مرحبا بالعالم. שלום.", "\ufeffHallo.", "a\u00adb",
		"'", "''''", "((((", "....", "http://", "www.", "'s", "’", "J.", "1.", ".5", "-", "a-", "-a", "a'", "@", "x@", "\r\nA\r\rB", "Dr.",
	}
	for _, unit := range []string{"(", "a", "a.", "A. ", "1,", "a-", "'s", "“", ")", "\x00", "\n", "a\n", "http://a", "Dr. ", "x ", "? ", "’", "date 1 ", "A, "} {
		texts = append(texts, strings.Repeat(unit, 20_000))
	}
	for _, language := range []string{"nl", "en"} {
		r := rules(t, language)
		for _, article := range texts {
			checkPlaces(t, article, Split(r, article))
		}
	}
}

// TestRulesThatDoNotRead tells of mistakes in a rules file by their line.
func TestRulesThatDoNotRead(t *testing.T) {
	for in, want := range map[string]string{
		"# fine\nabreviation dr.\n": `line 2: unknown directive "abreviation"`,
		"title":                     `line 1: "title" has no words`,
		"hyphen maybe":              `line 1: hyphen is "maybe", want join or split`,
		"cut cannot can't":          `line 1: the parts of "cannot" do not make it up`,
		"title " + strings.Repeat("x", longestAbbreviation+1): "longer than",
	} {
		_, err := LoadRules(strings.NewReader(in))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q in it", in, err, want)
		}
	}
}

func FuzzSplit(f *testing.F) {
	for _, seed := range []string{" date 2021-07 In 'Noord'. ‘Ja.’ Beeld AP\n\nKop\n", "KABUL, July 5 (AP) - I don't. U.S. The", "a\x00\xff(’s\r\n👩‍👩‍👧"} {
		f.Add(seed)
	}
	languages := []*Rules{rules(f, "nl"), rules(f, "en")}
	f.Fuzz(func(t *testing.T, article string) {
		for _, r := range languages {
			checkPlaces(t, article, Split(r, article))
		}
	})
}

func BenchmarkSplit(b *testing.B) {
	r := rules(b, "nl")
	article := strings.Repeat("De minister sprak dinsdag met dr. J.W. de Boer over 1,2 miljoen euro. ‘We gaan niet weg’, zei hij.\n\n", 100)
	b.SetBytes(int64(len(article)))
	for b.Loop() {
		Split(r, article)
	}
}
