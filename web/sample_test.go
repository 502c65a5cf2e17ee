package web_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"casus"
	"casus/ledger"
	"casus/ledger/memory"
	"casus/picture"
	"casus/web"
)

// The articles of the tests: news with marks that overlap and a character
// outside the basic plane before them, and one that attacks the page.
const (
	borderText = " date 2021-07-05 Soldaten over de rivier\n\n🙂 De Taliban namen zaterdag zes districten in. Meer dan duizend Afghaanse soldaten vluchtten naar Tadzjikistan, " +
		"volgens de grenswacht.\n\n‘Wij beloven dat niemand iets overkomt’, zei een woordvoerder van de Taliban."
	hostileText = `<script>document.title = "owned"; fetch("http://evil.example/")</script> Mr <img src=x onerror="document.title='owned'"> said nothing. </p></div><style>body{display:none}</style>`
	hostileName = `"><img onerror=alert(1) src=x>`
)

// spanOf finds a quote in a text, in code points.
func spanOf(t testing.TB, text, quote string) casus.Span {
	t.Helper()
	i := strings.Index(text, quote)
	if i < 0 {
		t.Fatalf("%q does not stand in the text", quote)
	}
	start := len([]rune(text[:i]))
	return casus.Span{Start: start, End: start + len([]rune(quote))}
}

func record(t testing.TB, text, quote string, when casus.Period, body casus.Body) casus.Record {
	return casus.Record{Quote: quote, Span: spanOf(t, text, quote), Status: casus.Happened, When: when, Body: body,
		Made: casus.Made{Rule: "frames/seize.tsv:12 innemen", Confidence: 0.75}}
}

func number(n float64) *float64 { return &n }

func borderRecords(t testing.TB) []casus.Record {
	saturday, monday := casus.Day(casus.NewDate(2021, 7, 3)), casus.Day(casus.NewDate(2021, 7, 5))
	seized := record(t, borderText, "De Taliban namen zaterdag zes districten in.", saturday,
		&casus.Event{Type: casus.Coerce, Mode: "seize", Source: []casus.ActorID{"taliban"}, Target: []casus.ActorID{"afg"}})
	districts := record(t, borderText, "zes districten", saturday,
		&casus.Figure{Low: number(6), High: number(6), Unit: "districts", Of: "districten", AsWritten: "zes"})
	fled := record(t, borderText, "Meer dan duizend Afghaanse soldaten vluchtten naar Tadzjikistan, volgens de grenswacht.", casus.Month(2021, 7),
		&casus.Flow{Group: "afg/mil", Origin: "afg", Destination: "tjk", Low: number(1000), Cause: casus.CauseConflict})
	fled.By, fled.ByAs, fled.Hedge, fled.Where = "tjk/border-guard", "de grenswacht", "volgens", []string{"tjk"}
	said := record(t, borderText, "‘Wij beloven dat niemand iets overkomt’, zei een woordvoerder van de Taliban.", monday,
		&casus.Claim{Speaker: "taliban", Act: casus.Promise, Quoted: true, About: []casus.ActorID{"afg/civ"}})
	said.By, said.ByAs = "taliban", "een woordvoerder van de Taliban"
	bound := record(t, borderText, "‘Wij beloven dat niemand iets overkomt’", monday,
		&casus.Commitment{Debtor: "taliban", Beneficiary: "afg/civ", Duty: "niemand iets laten overkomen", Basis: casus.Pledge, State: casus.InForce})
	holds := record(t, borderText, "De Taliban namen zaterdag zes districten in.", saturday.Since(),
		&casus.Relation{Type: casus.Controls, From: "taliban", To: "afg/north", Change: casus.Begins})
	return []casus.Record{seized, districts, fled, said, bound, holds}
}

// sample is a ledger with both articles.
func sample(t testing.TB) ledger.Ledger {
	t.Helper()
	l := memory.New(func() time.Time { return time.Date(2026, time.November, 21, 12, 0, 0, 0, time.UTC) }, nil)
	hostile := record(t, hostileText, "said nothing", casus.Always,
		&casus.Claim{Speaker: "person/x", Act: casus.Say})
	hostile.By, hostile.ByAs = "person/x", `<img src=x onerror="document.title='owned'">`
	hostile.Where = []string{hostileName}
	for _, r := range []ledger.Reading{
		{Article: casus.Article{ID: "border", Title: "Soldaten over de rivier", Publisher: "De Grenspost", Language: "nl", Date: casus.Day(casus.NewDate(2021, 7, 5)), Text: borderText},
			Records: borderRecords(t)},
		{Article: casus.Article{ID: `https://evil.example/a?b="><script>`, Title: hostileText, Publisher: hostileName, URL: "javascript:document.title='owned'", Language: "en", Text: hostileText},
			Records: []casus.Record{hostile},
			Actors:  []casus.Actor{{ID: "person/x", Kind: casus.ActorPerson, Names: []string{hostileName}}}},
	} {
		sum := sha256.Sum256([]byte(r.Article.Text))
		r.Article.Hash, r.Reader = hex.EncodeToString(sum[:]), "test-1"
		if _, err := l.Append(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

// many adds articles of one record each, so that answers have more than one page.
func many(t testing.TB, l ledger.Ledger, n int) {
	t.Helper()
	for i := range n {
		text := fmt.Sprintf("Rusland overlegt met Tadzjikistan, bericht %d.", i)
		sum := sha256.Sum256([]byte(text))
		day := casus.Day(casus.NewDate(2022, 1, 1).AddDays(i))
		r := record(t, text, text, day, &casus.Event{Type: casus.Consult, Source: []casus.ActorID{"rus"}, Target: []casus.ActorID{"tjk"}})
		if _, err := l.Append(t.Context(), ledger.Reading{Reader: "test-1", Records: []casus.Record{r},
			Article: casus.Article{ID: casus.ArticleID(fmt.Sprintf("talks-%d", i)), Hash: hex.EncodeToString(sum[:]), Language: "nl", Date: day, Text: text}}); err != nil {
			t.Fatal(err)
		}
	}
}

var testNames = map[string]map[casus.ActorID]string{
	"nl": {"taliban": "Taliban", "afg": "Afghanistan", "tjk": "Tadzjikistan", "rus": "Rusland", "person/x": hostileName},
	"en": {"taliban": "Taliban", "afg": "Afghanistan", "tjk": "Tajikistan", "rus": "Russia", "person/x": hostileName},
}

// ruleBook is the rules of the tests: the line says its own name.
type ruleBook struct{}

func (ruleBook) Rule(language, name string) (string, error) {
	if language != "nl" {
		return "", &casus.Error{Code: casus.NotFound, Input: name, Problem: "no such rule"}
	}
	return "line of " + name + "\n", nil
}

func options(l ledger.Ledger) web.Options {
	lexicon := picture.NewLexicon(func(yield func(string, casus.ActorID) bool) {
		for _, language := range []string{"nl", "en"} {
			for id, name := range maps.All(testNames[language]) {
				if !yield(name, id) {
					return
				}
			}
		}
	}, nil)
	return web.Options{Picture: picture.New(l, lexicon), Rules: ruleBook{}, Version: "test",
		Names: func(language string) map[casus.ActorID]string { return testNames[language] }}
}
