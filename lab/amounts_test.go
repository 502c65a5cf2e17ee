package lab

import (
	"os"
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
			if all.Percent() < 85 {
				t.Errorf("%.1f %% right, want 85", all.Percent())
			}
		})
	}
}
