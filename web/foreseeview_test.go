package web_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"casus/web"
)

// writeScenario puts a text into the scenario's field, as a paste does.
func writeScenario(b *browser, text string) {
	b.t.Helper()
	ask[bool](b, fmt.Sprintf(`(() => { const f = document.querySelector("#scenario"); f.value = %q; f.dispatchEvent(new Event("input", {bubbles: true})); return true; })()`, text))
}

func TestAScenarioIsWrittenRunAndLeft(t *testing.T) {
	b := look(t, web.New(foreseeing(t, options(sample(t)))), "en-GB")
	b.open("/foresee")
	b.sees("h1", "What if")
	writeScenario(b, attackScenario)
	b.click(".run")
	b.sees(".outcome .mark", "SCENARIO – ASSUMED, NOT REPORTED")
	b.sees(".outcome h2", "Dushanbe is attacked")
	b.sees(".duties", "waits")
	b.sees(".duties", "a request of tjk to csto")
	b.sees(".outcome table", "Osh")
	b.wait(`document.title.startsWith("Scenario – assumed, not reported")`)
	if file := os.Getenv("CASUS_SCREENSHOT"); file != "" {
		shot, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
		if err != nil || os.WriteFile(file, shot, 0o600) != nil {
			t.Fatal(err)
		}
	}

	if axe, err := os.ReadFile("desk/node_modules/axe-core/axe.min.js"); err == nil {
		for _, scheme := range []string{"dark", "light"} {
			paint(b, scheme)
			b.sound(string(axe), "/foresee with a scenario, "+scheme)
		}
	}

	// × leaves the scenario: nothing of it stays but the text that was written.
	b.click(".leave")
	b.count(".outcome", 0)
	b.wait(`!document.title.includes("assumed")`)
	if kept := ask[string](b, `document.querySelector("#scenario").value`); kept != attackScenario {
		t.Errorf("the text is now %q", kept)
	}
}

func TestTheMistakesOfAScenarioAreTold(t *testing.T) {
	b := look(t, web.New(foreseeing(t, options(sample(t)))), "nl-NL")
	b.open("/foresee")
	b.sees("h1", "Wat als")
	writeScenario(b, strings.Replace(attackScenario, "source: taliban", "source: <img src=x onerror=alert(1)>", 1)+"camps: []\n")
	b.click(".run")
	b.sees(".notice", "Regel 6, teken")
	b.sees(".notice", "<img src=x onerror=alert(1)>")
	b.forgive("422")
	b.count(".outcome", 0)
}

func TestADraftIsWrittenFromTheLedger(t *testing.T) {
	b := look(t, web.New(foreseeing(t, options(sample(t)))), "en-GB")
	b.open("/foresee?as_of=2021-07-06")
	b.sees("h1", "What if")
	ask[bool](b, `(() => { const f = document.querySelector(".draft input"); f.value = "afg"; f.dispatchEvent(new Event("input", {bubbles: true})); return true; })()`)
	b.clickWords(".draft button", "First draft from the news")
	b.wait(`document.querySelector("#scenario").value.includes("persons: 1000, in: tjk/")`)
	b.click(".run")
	b.sees(".outcome h2", "What if, afg from 2021-07-06")
}
