package lab

import (
	"bytes"
	"context"
	"os"
	"strings"
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
	for lang, want := range map[string]float64{"nl": 92, "en": 92} {
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

func TestTimes(t *testing.T) {
	g, rules := pack(t, "nl")
	in := strings.NewReader(`{"text":"Zij vielen ‘zondag’ aan.","ref":"2021-07-06"}` + "\n" + `{"text":"Niets.","ref":""}` + "\n")
	var out bytes.Buffer
	if err := Times(context.Background(), g, rules, in, &out); err != nil {
		t.Fatal(err)
	}
	want := `{"times":[{"start":12,"end":18,"text":"zondag","type":"DATE","timex":"XXXX-WXX-7","from":"2021-07-04","to":"2021-07-04","precision":"day"}]}
{"times":[]}
`
	if out.String() != want {
		t.Errorf("got %s\nwant %s", out.String(), want)
	}
	if err := Times(context.Background(), g, rules, strings.NewReader(`{"text":"x","ref":"soon"}`), &out); err == nil {
		t.Error("a reference that is no date is taken")
	}
}
