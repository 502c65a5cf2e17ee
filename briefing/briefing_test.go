package briefing

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"casus"
	"casus/ledger"
	"casus/picture"
)

// sample is a brief whose article means harm.
func sample() picture.Brief {
	article := ledger.ArticleRef{ID: "a", Publisher: `<script>alert(1)</script>`, Date: casus.Day(737976)}
	claim := ledger.Entry{ID: "r000000000001", Article: article, Record: casus.Record{Quote: "Wij *vallen* niemand aan [klik](http://x) <img src=x onerror=alert(1)>",
		ByAs: "een woordvoerder", By: "rus", Status: casus.Denied, When: casus.Day(737976), Body: &casus.Claim{Speaker: "rus", Act: casus.Deny}}}
	owed := ledger.Entry{ID: "r000000000002", Article: article, Record: casus.Record{Quote: "tot 11 september", When: casus.Day(737976),
		Body: &casus.Commitment{Debtor: "usa", Beneficiary: "taliban", Deadline: 738040, State: casus.InForce}}}
	return picture.Brief{Since: 737970, Until: 737980, Said: []ledger.Entry{claim},
		Due: []picture.Promise{{Group: picture.Group{Entries: []ledger.Entry{owed}}, State: casus.InForce, Deadline: 738040}}}
}

func TestAPageRunsNothingFromAnArticle(t *testing.T) {
	var out bytes.Buffer
	if err := HTML(&out, sample(), "nl"); err != nil {
		t.Fatal(err)
	}
	tokens := html.NewTokenizer(&out)
	var links, targets []string
	for tokens.Next() != html.ErrorToken {
		token := tokens.Token()
		if token.Data == "script" || token.Data == "img" {
			t.Errorf("the page has a %s of the article", token.Data)
		}
		for _, a := range token.Attr {
			switch {
			case a.Key == "href":
				links = append(links, strings.TrimPrefix(a.Val, "#"))
			case a.Key == "id":
				targets = append(targets, a.Val)
			case strings.HasPrefix(a.Key, "on"):
				t.Errorf("the page has %s", a.Key)
			}
		}
	}
	if strings.Join(links, " ") != "n1 n2" || strings.Join(targets, " ") != "n1 n2" {
		t.Errorf("links %v, footnotes %v", links, targets)
	}
}

func TestMarkdownIsInTheReadersLanguage(t *testing.T) {
	for language, want := range map[string][]string{"nl": {"## Wat gezegd werd", "een woordvoerder ontkent: ", "## Wat moet", "van kracht"},
		"en": {"## What was said", "een woordvoerder denies: ", "## What is due", "in force"}} {
		var out bytes.Buffer
		if err := Markdown(&out, sample(), language); err != nil {
			t.Fatal(err)
		}
		for _, w := range append(want, `\*vallen\*`, `\[klik\]`, "&lt;img", "[^1]: ", "[^2]: ") {
			if !strings.Contains(out.String(), w) {
				t.Errorf("%s: no %q in\n%s", language, w, out.String())
			}
		}
	}
	if err := Markdown(&bytes.Buffer{}, sample(), "tg"); casus.CodeOf(err) != casus.Unsupported {
		t.Errorf("Tajik: %v", err)
	}
	var out bytes.Buffer
	if err := Markdown(&out, picture.Brief{Since: 737970, Until: 737980}, "nl"); err != nil || !strings.Contains(out.String(), "Over deze dagen is niets bekend.") {
		t.Errorf("nothing to tell is told as %q, %v", out.String(), err)
	}
}

// Every word has both languages.
func TestTheWordsAreWhole(t *testing.T) {
	data, err := files.ReadFile("words.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if line[0] != '#' && (len(f) != 3 || f[1] == "" || f[2] == "") {
			t.Errorf("a word lacks a language: %q", line)
		}
	}
}
