package web_test

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"casus/web"
)

// The clocks stand in the address, go along from view to view, and leave out
// what was not yet so.
func TestTheClocksAreOfAllViews(t *testing.T) {
	l := sample(t)
	many(t, l, 40)
	b := look(t, web.New(options(l)), "en-GB")
	b.open("/timeline")
	b.count(".timeline .says", 47)
	b.sees(".clock-bar", "True on everything")
	b.do(chromedp.SetValue(chromedp.CSS("#clock-true + input[type=date]"), "2021-07-04"))
	ask[bool](b, `document.querySelector("#clock-true + input[type=date]").dispatchEvent(new Event("change", {bubbles: true}))`)
	b.sees(".clock-bar", "True on 4 July 2021")
	b.sees(".notice", "Nothing here answers the question.") // the first article is of the day after
	b.do(chromedp.Focus(chromedp.CSS("#clock-true")))
	b.key(kb.ArrowRight) // the scale begins on the day of the first article
	b.sees(".clock-bar", "True on 6 July 2021")
	b.count(".timeline .says", 7)
	b.click(".rest summary")
	b.click(".rest a[href^='/articles']")
	b.count(".articles li", 2)
	if got := b.place(); got != "/articles?as_of=2021-07-06" {
		t.Errorf("the address is %s", got)
	}
	b.click(".clock-bar .reset")
	b.count(".articles li", 42)
}

// Time runs by itself, and stops at the end.
func TestTimeRuns(t *testing.T) {
	l := sample(t)
	many(t, l, 10)
	b := look(t, web.New(options(l)), "en-GB")
	b.open("/timeline")
	b.sees(".clock-bar", "True on everything")
	b.click(".clock-bar .play")
	b.sees(".clock-bar", "True on 5 July 2021")
	b.wait(`new URLSearchParams(location.search).get("as_of") > "2021-07-05"`)
	b.click(".clock-bar .play")
	stopped := b.place()
	time.Sleep(time.Second)
	if now := b.place(); now != stopped {
		t.Errorf("time stands at %s and goes on to %s", stopped, now)
	}
}

func TestThePaletteGoesThere(t *testing.T) {
	b := look(t, web.New(options(sample(t))), "nl-NL")
	b.open("/articles")
	b.count(".articles li", 2)
	b.do(chromedp.KeyEvent("k", chromedp.KeyModifiers(2))) // Ctrl
	b.do(chromedp.SendKeys(chromedp.CSS(".palette input"), "Taliban"))
	b.sees(".palette", "Wie Taliban")
	b.wait(`document.querySelectorAll(".palette li").length > 1`)
	b.key(kb.ArrowDown)
	b.key(kb.ArrowUp)
	b.key(kb.Enter)
	b.sees(".dossier h1", "Taliban")
	b.count(".palette", 0)
}
