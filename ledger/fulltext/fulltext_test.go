package fulltext

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestTermsAreFoldedAndStemmed(t *testing.T) {
	var terms Terms // of all of them: what it remembers of one language is not used for another
	for _, c := range []struct{ language, text, want string }{
		{"nl", "De Tadzjiekse grenswachten vertelden", "de tadzjiek grenswacht verteld"},
		{"nl", "geëvacueerde vluchtelingen, naïef", "geevacueerd vluchtel naief"},
		{"nl-BE", "Noord-Afghanistan: 1.200 militairen", "noord afghanistan 1 200 militair"},
		{"en", "Refugees’ borders, crossing", "refuge border cross"},
		{"fr", "Les réfugiés", "les refugies"},
		{"und", "Талибан’s", "талибан s"},
		{"nl", "", ""},
		{"nl", "…!? \U0001F6A9 \xff", ""},
	} {
		if got := terms.Join(c.text, c.language); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.language, c.text, got, c.want)
		}
	}
}

func TestWordsKeepTheirPlaceInCodePoints(t *testing.T) {
	text := "\U0001F6A9 Ivoire’s naïef e\u0301t\u00e9"
	var got []string
	for _, w := range Words(text, "und") {
		word, ok := w.Span.Quote(text)
		if !ok {
			t.Fatalf("%v does not lie in the text", w.Span)
		}
		got = append(got, word)
	}
	if want := "Ivoire|s|naïef|e\u0301t\u00e9"; strings.Join(got, "|") != want {
		t.Errorf("words are %q, want %q", got, want)
	}
}

func TestASearchTriesEachLanguage(t *testing.T) {
	s := Parse(`vluchtelingen "the border crossings" x`)
	if len(s.Groups) != 3 || len(s.Groups[1][0]) != 3 {
		t.Fatalf("groups are %q", s.Groups)
	}
	for _, c := range []struct {
		text, language string
		want           bool
	}{
		{"De vluchteling en x zagen the border crossing.", "nl", true},
		{"Vluchtelingen x: the border crossing", "en", true},
		{"Vluchtelingen: the border crossing", "en", false},
		{"x the crossing border vluchtelingen", "en", false},
	} {
		if got := s.Matches(Words(c.text, c.language)); got != c.want {
			t.Errorf("%q: %v", c.text, got)
		}
	}
	if Parse("").Matches(Words("iets", "nl")) {
		t.Error("an empty search finds something")
	}
}

func TestSnippetsShowTheDensestStretches(t *testing.T) {
	filler := strings.Repeat("Er gebeurde verder niets bijzonders. ", 20)
	text := "De grens bleef dicht. " + filler + "Vluchtelingen staken\nde grens over. " + filler + "Nog een grens."
	snippets := Parse("grens vluchteling").Snippets(text, "nl")
	if len(snippets) != 3 {
		t.Fatalf("%d snippets", len(snippets))
	}
	want := [][]string{{"grens"}, {"Vluchtelingen", "grens"}, {"grens"}}
	for i, s := range snippets {
		if quote, ok := s.Span.Quote(text); !ok || quote != s.Text {
			t.Errorf("snippet %d is not the text's own: %q", i, s.Text)
		}
		var words []string
		for _, m := range s.Matches {
			word, _ := m.Quote(text)
			words = append(words, word)
			if !s.Span.Contains(m) {
				t.Errorf("snippet %d: match %v lies outside %v", i, m, s.Span)
			}
		}
		if strings.Join(words, " ") != strings.Join(want[i], " ") {
			t.Errorf("snippet %d marks %q, want %q", i, words, want[i])
		}
		if len(s.Text) > 400 {
			t.Errorf("snippet %d is long: %q", i, s.Text)
		}
	}
}

// Whatever is typed and whatever the text, terms are plain and places are right.
func FuzzSearch(f *testing.F) {
	f.Add("De grens over", `"grens over" OR`, "nl")
	f.Add("naïve \xff e\u0301 \U0001F6A9", `"`, "en")
	f.Add(strings.Repeat("a", 300), "a*", "und")
	f.Fuzz(func(t *testing.T, text, typed, language string) {
		for _, w := range Words(text, language) {
			if w.Term == "" || strings.ContainsAny(w.Term, "\" \t\n*()-:^") || !utf8.ValidString(w.Term) {
				t.Errorf("term %q", w.Term)
			}
			if _, ok := w.Span.Quote(text); !ok || w.Span.Len() == 0 {
				t.Errorf("span %v", w.Span)
			}
		}
		s := Parse(typed)
		found := s.Matches(Words(text, language))
		snippets := s.Snippets(text, language)
		if !found && len(s.Groups) == 1 && len(snippets) > 0 {
			t.Errorf("%q is not found in %q, and has snippets", typed, text)
		}
		for _, sn := range snippets {
			if quote, ok := sn.Span.Quote(text); !ok || quote != sn.Text || len(sn.Matches) == 0 {
				t.Errorf("snippet %+v", sn)
			}
		}
	})
}

// Texts of Latin letters are folded in a quicker way than others, with the same outcome.
func TestLatinIsFoldedLikeAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.OneOf(rapid.RuneFrom(nil, unicode.Latin), rapid.RuneFrom([]rune("aÀéİıſßŒǅ’“–€…\u0301\u00ad \u2011Å")), rapid.Rune())),
			rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "text")
		if got, want := Fold(text), foldAny(text); got != want {
			t.Fatalf("%q is folded to %q, not %q", text, got, want)
		}
	})
}
