package refdata

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"casus"
)

// isKnown tells whether a table has an actor, or has the state or group whose
// organ it is: usa/gov/mfa. The organs are those of roles.tsv.
func isKnown(w *World, id casus.ActorID) bool {
	if _, known := w.Actor(id); known {
		return true
	}
	head, organ, _ := strings.Cut(string(id), "/")
	_, known := w.Actor(casus.ActorID(head))
	return known && slices.ContainsFunc(w.Roles(), func(r Role) bool { return r.Organ != "" && r.Organ == organ })
}

func TestEveryAliasStandsForAKnownActor(t *testing.T) {
	w := open(t)
	for _, a := range w.aliases {
		if !isKnown(w, a.ID) {
			t.Errorf("%q stands for %s, which no table has", a.Text, a.ID)
		}
	}
}

func TestEveryAliasIsOfAKnownKindAndListedOnce(t *testing.T) {
	classes := []AliasClass{Name, Acronym, Adjective, Demonym, DemonymSingular, Capital, Metonym, Surname, PlaceName}
	seen := map[Alias]bool{}
	for _, a := range open(t).aliases {
		if !slices.Contains(classes, a.Class) {
			t.Errorf("%q of %s: class %q is not known", a.Text, a.ID, a.Class)
		}
		if seen[a] {
			t.Errorf("%q of %s is listed twice", a.Text, a.ID)
		}
		seen[a] = true
	}
}

// aliasKey brings together what a reader may confuse.
func aliasKey(text string) string { return strings.ReplaceAll(nameKey(text), ".", "") }

// ambiguous returns the ids of the words that stand for more than one, in the
// order of Aliases. A capital and the town of that name are no case of it.
func ambiguous(w *World, lang string) map[string][]casus.ActorID {
	bearers := map[string][]casus.ActorID{}
	classes := map[string]map[AliasClass]bool{}
	for _, a := range w.Aliases(lang) {
		key := aliasKey(a.Text)
		if !slices.Contains(bearers[key], a.ID) {
			bearers[key] = append(bearers[key], a.ID)
		}
		if classes[key] == nil {
			classes[key] = map[AliasClass]bool{}
		}
		classes[key][a.Class] = true
	}
	maps.DeleteFunc(bearers, func(key string, ids []casus.ActorID) bool {
		c := classes[key]
		return len(ids) == 1 || len(ids) == 2 && len(c) == 2 && c[Capital] && c[PlaceName]
	})
	return bearers
}

func TestAmbiguousWordsAreReviewed(t *testing.T) {
	text, err := os.ReadFile("testdata/ambiguous.tsv")
	if err != nil {
		t.Fatal(err)
	}
	reviewed, err := parseTable("testdata/ambiguous.tsv", string(text))
	if err != nil {
		t.Fatal(err)
	}
	w := open(t)
	found := map[string]map[string][]casus.ActorID{"nl": ambiguous(w, "nl"), "en": ambiguous(w, "en")}
	for _, r := range reviewed.rows {
		key, lang := aliasKey(r.cell("word")), r.cell("lang")
		want := append([]string{r.cell("choice")}, r.list("others")...)
		if got := ids(found[lang][key]); got != strings.Join(want, " ") {
			t.Errorf("%s:%d: %s stands for %q, not %q", reviewed.file, r.line, r.cell("word"), got, want)
		}
		if r.cell("why") == "" {
			t.Errorf("%s:%d: no reason", reviewed.file, r.line)
		}
		delete(found[lang], key)
	}
	for lang, words := range found {
		for key, ids := range words {
			t.Errorf("%s: %q stands for %s: choose, and say why in %s", lang, key, ids, reviewed.file)
		}
	}
}

func TestWordsOfTheNewsStandForTheirActor(t *testing.T) {
	w := open(t)
	for _, c := range []struct {
		text, lang string
		class      AliasClass
		want       casus.ActorID
	}{
		{"Afghaanse", "nl", Adjective, "afg"},
		{"Russians", "en", Demonym, "rus"},
		{"Moskou", "nl", Capital, "rus"},
		{"Kremlin", "nl", Metonym, "rus"},
		{"CVVO", "nl", Acronym, "csto"},
		{"CSTO", "en", Acronym, "csto"},
		{"Poetin", "nl", Surname, "person/vladimir-putin"},
		{"Azeri’s", "nl", Demonym, "aze"}, // listed with the straight apostrophe
		{"Donbas", "en", PlaceName, "ukr/donbas"},
	} {
		found := slices.ContainsFunc(w.Aliases(c.lang), func(a Alias) bool {
			return a.Text == c.text && a.Class == c.class && a.ID == c.want
		})
		if !found {
			t.Errorf("%s (%s) is not a %s of %s", c.text, c.lang, c.class, c.want)
		}
	}
}
