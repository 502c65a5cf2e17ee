package web_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"casus"
	"casus/ledger"
	"casus/picture"
	"casus/web"
)

// turned adds twenty weeks from 4 January 2021: ten in which Russia and
// Tajikistan help each other and ten in which they attack each other, told by
// two outlets. Each week's Wednesday they also speak.
func turned(t testing.TB, l ledger.Ledger) {
	t.Helper()
	for week := range 20 {
		deed := casus.Aid
		if week >= 10 {
			deed = casus.Assault
		}
		monday := casus.NewDate(2021, 1, 4).AddDays(7 * week)
		for i, e := range []struct {
			day  casus.Date
			sort casus.EventType
		}{{monday, deed}, {monday.AddDays(2), casus.Consult}} {
			text := fmt.Sprintf("In week %d deden zij dit: %s.", week, e.sort)
			sum := sha256.Sum256([]byte(text))
			r := record(t, text, text, casus.Day(e.day), &casus.Event{Type: e.sort, Source: []casus.ActorID{"rus"}, Target: []casus.ActorID{"tjk"}})
			if _, err := l.Append(t.Context(), ledger.Reading{Reader: "test-1", Records: []casus.Record{r},
				Article: casus.Article{ID: casus.ArticleID(fmt.Sprintf("week-%d-%d", week, i)), Publisher: []string{"De Bode", "De Post"}[i], Hash: hex.EncodeToString(sum[:]), Language: "nl", Date: casus.Day(e.day), Text: text}}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestAPairTurns(t *testing.T) {
	l := sample(t)
	turned(t, l)
	h := web.New(options(l))
	var want picture.Dyad
	if got := get(h, "/api/dyad?a=rus&b=tjk&things=false"); got.Code != http.StatusOK || json.Unmarshal(got.Body.Bytes(), &want) != nil || len(want.Changes) != 1 {
		t.Fatalf("%d: %+v", got.Code, want.Changes)
	}
	b := look(t, h, "en-GB")
	b.open("/pair")
	b.sees(".notice", "Choose two actors")
	b.do(chromedp.SendKeys(chromedp.CSS("input[name=a]"), "Rusland"+kb.Enter))
	b.sees("h2", "Of Rusland: the pairs that moved most in the last year")
	b.do(chromedp.SendKeys(chromedp.CSS("input[name=b]"), "Tadzjikistan"+kb.Enter))
	b.sees("h1", "Russia and Tajikistan")
	b.sees(".facts", "20 weeks with events, 40 events, 2 independent origins")
	b.sees(".changes", "In the week of 15 March 2021 the level went from +6.3 to −3.3.")
	b.sees(".changes", "With 90 % probability the change lies")
	b.count(".chart canvas", 1)
	b.sees("#pair-stretch", "What happened last")

	// The table has the numbers of the answer, and its buttons choose a week.
	b.click(".numbers summary")
	b.count(".numbers tbody tr", len(want.Weeks))
	b.sees(".numbers tbody tr", "4 January 2021 +6.3")
	b.sees(".numbers tbody tr", "+2.5 +10 2 2")
	b.do(chromedp.Focus(chromedp.CSS(".numbers tbody tr button")), chromedp.KeyEvent(kb.Enter))
	b.sees("#pair-stretch", "What happened from 4 January 2021 to 10 January 2021")
	b.count(".pair .line", 2)
	b.sees(".pair .line", "6 January 2021 · Russia")
	b.sees(".pair .line", "1 origin: De Post")
	b.wait(`document.activeElement.matches(".numbers button[aria-pressed=true]")`)

	// A change leads to the weeks around it, and from there to the sentence.
	b.click(".changes button")
	b.wait(`new URLSearchParams(location.search).get("from") < "2021-03-15"`)
	b.wait(`document.querySelectorAll(".pair .line").length > 8`)
	b.click(".pair .line .quote")
	b.sees(".card h2", "Russia")
	b.do(chromedp.NavigateBack())
	b.sees("#pair-stretch", "What happened from")
}

// A stretch is chosen with the mouse on the chart: by dragging, or by a click on a week.
func TestAStretchIsChosenOnTheChart(t *testing.T) {
	l := sample(t)
	turned(t, l)
	b := look(t, web.New(options(l)), "nl-NL")
	b.open("/pair?a=rus&b=tjk")
	b.count(".chart .u-over", 1)
	b.count(".pair .line", 16)
	box := ask[[]float64](b, `(() => { document.querySelector(".chart").scrollIntoView({block: "center"}); const r = document.querySelector(".u-over").getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; })()`)
	x, y := func(part float64) float64 { return box[0] + part*box[2] }, box[1]+box[3]/2
	b.do(chromedp.MouseEvent(chromedp.MouseMoved, x(0.02), y), chromedp.MouseEvent(chromedp.MousePressed, x(0.02), y, chromedp.ButtonLeft, chromedp.ClickCount(1)),
		chromedp.MouseEvent(chromedp.MouseMoved, x(0.2), y, chromedp.ButtonLeft), chromedp.MouseEvent(chromedp.MouseMoved, x(0.35), y, chromedp.ButtonLeft),
		chromedp.MouseEvent(chromedp.MouseReleased, x(0.35), y, chromedp.ButtonLeft, chromedp.ClickCount(1)))
	b.sees("#pair-stretch", "Wat er gebeurde van 4 januari 2021 tot en met")
	b.wait(`document.querySelectorAll(".pair .line").length === 2 * [...document.querySelectorAll(".numbers tr.chosen")].length`)
	if n := ask[int](b, `document.querySelectorAll(".numbers tr.chosen").length`); n < 5 || n > 9 {
		t.Errorf("a third of the chart is %d of 20 weeks", n)
	}
	b.wait(`document.querySelector(".reading").innerText.includes("Week van")`)
	b.do(chromedp.MouseClickXY(x(0.99), y))
	b.sees("#pair-stretch", "Wat er gebeurde van 17 mei 2021 tot en met 23 mei 2021")
	b.count(".pair .line", 2)
	b.do(chromedp.Reload())
	b.sees("#pair-stretch", "17 mei 2021")
	b.wait(`document.querySelector(".u-select")?.getBoundingClientRect().width > 4`)
	b.click(".pair .clear")
	b.sees("#pair-stretch", "Wat er het laatst gebeurde")
	b.count(".pair .line", 16)
}

func TestAPairOfWhichTooLittleIsToldSaysSo(t *testing.T) {
	b := look(t, web.New(options(sample(t))), "nl-NL")
	b.open("/pair?a=taliban&b=afg")
	b.sees(".few", "Van deze twee is te weinig verteld om te zeggen of er iets veranderde.")
	b.sees(".few", "ten minste acht weken met gebeurtenissen nodig; het zijn er 1")
	b.count(".pair .line", 1)
	b.sees(".pair .line", "Taliban neemt in: Afghanistan")
	b.click(".swap")
	b.sees("h1", "Afghanistan en Taliban")
	if got := b.place(); got != "/pair?a=afg&b=taliban" {
		t.Errorf("the address is %s", got)
	}
	b.open("/pair?a=tjk&b=taliban")
	b.sees(".notice", "Er is geen gebeurtenis tussen deze twee verteld")
	b.open("/pair?a=taliban&b=person%2Fx")
	b.sees("h1", "Taliban en "+hostileName)
	b.open(`/pair?a=taliban&b=%22%3E%3Cimg%20src%3Dx%3E`)
	b.sees(".notice", `"><img src=x>`)
	b.forgive("404")
	if made := ask[int](b, `document.querySelectorAll("main img, main script").length`); made != 0 {
		t.Errorf("the text made %d elements", made)
	}
}

// The clocks cut the series off.
func TestAPairFollowsTheClocks(t *testing.T) {
	l := sample(t)
	turned(t, l)
	b := look(t, web.New(options(l)), "en-GB")
	b.open("/pair?a=rus&b=tjk&as_of=2021-03-07")
	b.sees(".facts", "9 weeks with events")
	b.sees(".steady", "The level did not change")
	b.open("/pair?a=rus&b=tjk&as_of=2021-03-07&from=2021-04-05&to=2021-04-12")
	b.sees(".pair", "In this stretch nothing between them is told.")
	b.count(".pair .line", 0)
}
