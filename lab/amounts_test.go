package lab

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"casus/read/amount"
)

func TestAmountCases(t *testing.T) {
	models := []string{"NumberModel", "OrdinalModel", "PercentModel", "NumberRangeModel", "CurrencyModel", "DimensionModel"}
	for _, lang := range []string{"nl", "en"} {
		t.Run(lang, func(t *testing.T) {
			g, err := amount.Load(os.DirFS("../read/lang/" + lang))
			if err != nil {
				t.Fatal(err)
			}
			_, rules := pack(t, lang)
			var all Share
			for _, model := range models {
				share, err := EvalAmounts(g, rules, spec(t, lang, model), testing.Verbose(), os.Stdout)
				if err != nil {
					t.Fatal(err)
				}
				all.Right += share.Right
				all.Cases += share.Cases
			}
			t.Logf("%s: %d of %d cases right, %.1f %%", lang, all.Right, all.Cases, all.Percent())
			if all.Percent() < 94 {
				t.Errorf("%.1f %% right, want 94", all.Percent())
			}
		})
	}
}

func TestAmounts(t *testing.T) {
	g, err := amount.Load(os.DirFS("../read/lang/nl"))
	if err != nil {
		t.Fatal(err)
	}
	_, rules := pack(t, "nl")
	var out bytes.Buffer
	if err := Amounts(context.Background(), g, rules, strings.NewReader(`{"text":"Zo’n 48 uur na meer dan duizend soldaten."}`), &out); err != nil {
		t.Fatal(err)
	}
	want := `{"amounts":[{"start":5,"end":11,"text":"48 uur","value":48,"low":48,"high":48,"unit":"hours","approx":true,"class":"duration"},` +
		`{"start":15,"end":31,"text":"meer dan duizend","value":1000,"low":1000,"high":null,"unit":"soldiers","approx":false,"class":"cardinal"}]}` + "\n"
	if out.String() != want {
		t.Errorf("got %s\nwant %s", out.String(), want)
	}
}
