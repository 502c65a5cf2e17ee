package lab

import (
	"os"
	"testing"

	"casus/read/text"
	"casus/read/when"
)

// pack loads the time grammar and the tokenizer's rules of a language.
func pack(t testing.TB, lang string) (*when.Grammar, *text.Rules) {
	t.Helper()
	dir := "../read/lang/" + lang
	g, err := when.Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(dir + "/tokens.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rules, err := text.LoadRules(f)
	if err != nil {
		t.Fatal(err)
	}
	return g, rules
}

// spec gives the path of a file of development cases, and skips where they are not at hand.
func spec(t testing.TB, lang, model string) string {
	path := "../../shared/data/timespecs/" + lang + "/" + model + ".json"
	if _, err := os.Stat(path); err != nil {
		t.Skip("the development cases of Recognizers-Text are not here: ", path)
	}
	return path
}

func TestDateTimeCases(t *testing.T) {
	for lang, want := range map[string]float64{"nl": 70, "en": 70} {
		t.Run(lang, func(t *testing.T) {
			g, rules := pack(t, lang)
			share, err := EvalTimes(g, rules, spec(t, lang, "DateTimeModel"), testing.Verbose(), os.Stdout)
			if err != nil {
				t.Fatal(err)
			}
			if share.Percent() < want {
				t.Errorf("%.1f %% right, want %.1f", share.Percent(), want)
			}
		})
	}
}
