package web_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"casus"
	"casus/foresee"
	"casus/web"
)

// writeScenario puts a text into a scenario's field, as a paste does.
func writeScenario(b *browser, field, text string) {
	b.t.Helper()
	b.wait(fmt.Sprintf("document.querySelector(%q)", field))
	ask[bool](b, fmt.Sprintf(`(() => { const f = document.querySelector(%q); f.value = %q; f.dispatchEvent(new Event("input", {bubbles: true})); return true; })()`, field, text))
}

func TestAScenarioIsWrittenRunAndLeft(t *testing.T) {
	b := look(t, web.New(foreseeing(t, options(sample(t)))), "en-GB")
	b.open("/foresee")
	b.sees("h1", "What if")
	writeScenario(b, "#scenario", attackScenario)
	b.click(".run")
	b.sees(".outcome .banner", "SCENARIO – ASSUMED, NOT REPORTED")
	b.sees(".outcome h2", "Dushanbe is attacked")
	b.sees(".duties", "waits")
	b.sees(".duties", "a request of tjk to csto")
	b.sees(".outcome table", "Osh")
	b.wait(`document.title.startsWith("Scenario – assumed, not reported")`)
	b.wait(`document.activeElement === document.querySelector(".outcome")`) // where a screen reader goes on
	if axe, err := os.ReadFile("desk/node_modules/axe-core/axe.min.js"); err == nil {
		b.wait(`document.querySelectorAll(".land").length > 3 && document.querySelector(".plot canvas")`)
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

// flightOf is what the API answers of a scenario's flight.
func flightOf(t *testing.T, o web.Options, scenario string) *foresee.Flight {
	t.Helper()
	w := postScenario(t, web.New(o), "/api/foresee", map[string]string{"scenario": scenario})
	var answer foresee.Answer
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || answer.Flight == nil {
		t.Fatalf("%d %v %s", w.Code, err, w.Body)
	}
	return answer.Flight
}

// inTable is what the table of a day shows of a place.
func inTable(f *foresee.Flight, place casus.ActorID, day int) string {
	for _, e := range f.Places {
		if e.Place == place {
			return fmt.Sprintf("%d (%d–%d)", e.Mid[day], e.Low[day], e.High[day])
		}
	}
	return "0 (0–0)"
}

// The map, the table and the plot show the day that the slider is moved to: what
// is shown are the numbers of the API, the zone burns on its days only, the
// border is closed on its days only.
func TestADayOfAScenarioIsShown(t *testing.T) {
	o := foreseeing(t, options(sample(t)))
	flight := flightOf(t, o, otherScenario)
	b := look(t, web.New(o), "en-GB")
	b.open("/foresee")
	writeScenario(b, "#scenario", otherScenario)
	b.click(".run")
	b.wait(`document.querySelectorAll(".land").length > 3`)
	row := func(place casus.ActorID) string { return fmt.Sprintf(`tr[data-place=%q]`, place) }
	shows := func(day int) {
		t.Helper()
		b.sees(".days", flight.Start.AddDays(day).Time().Format("2 January 2006"))
		for _, place := range []casus.ActorID{"kgz/osh", "uzb/termez"} {
			b.sees(row(place), inTable(flight, place, day))
		}
		b.sees(".flights tfoot", fmt.Sprintf("%d (%d–%d)", flight.Away.Mid[day], flight.Away.Low[day], flight.Away.High[day]))
	}
	b.sees(".told", "No fighting.") // it begins with the last day
	shows(flight.Days - 1)
	b.count(".zone.fights", 0)
	b.count(".closed", 0)
	b.sees(row("kgz/osh"), "of 100 places")

	// From the keyboard: the first day, then on by days.
	b.click(".days input")
	b.key(kb.Home)
	shows(0)
	b.sees(".told", "0 people are away from home")
	b.count(".spot", 0)
	b.count(".way-of", 0)
	for range 4 {
		b.key(kb.ArrowRight)
	}
	shows(4)
	b.sees(".told", "Fighting: Dushanbe.")
	b.sees(".told", "Closed: Tajikistan – Uzb.")
	b.count(".zone.fights", 1)
	b.count(".closed:not(.way)", 1)
	if border := ask[int](b, `document.querySelector(".closed path").getAttribute("d").length`); border < 60 {
		t.Errorf("the border that the two countries share is drawn as a path of %d characters", border)
	}
	if wide := ask[float64](b, `Math.max(...[...document.querySelectorAll(".way-of .line")].map((p) => Number(p.getAttribute("stroke-width"))))`); wide < 2 {
		t.Errorf("the widest arc is %g wide", wide)
	}
	for day := 5; day <= 12; day++ {
		b.key(kb.ArrowRight)
	}
	shows(12)
	b.count(".closed", 0)
	said := ask[string](b, `document.querySelector(".days input").getAttribute("aria-valuetext")`)
	if said != "21 July 2021" {
		t.Errorf("the slider says %q", said)
	}

	// A place that is chosen in the table stands alone in the plot, and is chosen on the map.
	b.click(row("uzb/termez") + " button")
	b.count(".lines li", 1)
	b.sees(".lines li", "Termez: "+inTable(flight, "uzb/termez", 12))
	b.clickWords(".beside button", "Show the fullest again")
	b.wait(`document.querySelectorAll(".lines li").length > 1`)
	// The map from the keyboard: Tab reaches one place, the arrows the others.
	b.wait(`document.querySelectorAll(".spot").length > 1`)
	b.count(".spot[tabindex='0']", 1)
	b.do(chromedp.SendKeys(chromedp.CSS(".spot"), kb.ArrowRight))
	b.wait(`document.activeElement === document.querySelectorAll(".spot")[1]`)
	b.key(kb.Enter)
	b.count(".spot.chosen", 1)
	b.count(".lines li", 1)

	// Playing goes on to the last day and stops there.
	b.click(".days .play")
	b.wait(`document.querySelector(".days .play").getAttribute("aria-label") === "Stop the days"`)
	b.wait(`Number(document.querySelector(".days input").value) > Number(document.querySelector(".days input").min) + 13`)
	b.click(".days .play")
	at := ask[string](b, `document.querySelector(".days input").value`)
	b.wait(`document.querySelector(".days .play").getAttribute("aria-label") === "Let the days run"`)
	if now := ask[string](b, `document.querySelector(".days input").value`); now != at {
		t.Errorf("it was stopped at %s and stands at %s", at, now)
	}
}

// Two scenarios stand side by side on one day, one part of the world and one scale,
// with what differs in words; × leaves them both.
func TestTwoScenariosAreComparedSideBySide(t *testing.T) {
	o := foreseeing(t, options(sample(t)))
	first, second := flightOf(t, o, attackScenario), flightOf(t, o, otherScenario)
	b := look(t, web.New(o), "en-GB")
	b.open("/foresee")
	writeScenario(b, "#scenario", attackScenario)
	b.click(".ask .beside")
	b.wait(`document.activeElement.id === "second"`)
	writeScenario(b, "#second", otherScenario)
	b.clickWords(".run", "Compare the two")
	b.sees(".names div:nth-child(2)", "B Dushanbe is attacked and asks for help")
	b.sees(".trees .event:nth-of-type(2) .cell:nth-child(2), .trees .event .cell:nth-child(2)", "REQUEST/assist")
	b.wait(`[...document.querySelectorAll(".trees .event")].some((e) => e.innerText.includes("Not in this scenario.") && e.innerText.includes("only here"))`)
	b.wait(`[...document.querySelectorAll(".mark-differs")].some((e) => e.innerText.includes("differs in the other: not missing there: a request of tjk to csto") || e.innerText.includes("missing there: a request of tjk to csto"))`)

	last := first.Days - 1
	b.sees(`tr[data-place="kgz/osh"]`, inTable(first, "kgz/osh", last)+" "+inTable(second, "kgz/osh", last)+" of 100 places")
	var osh foresee.ComparedPlace
	w := postScenario(t, web.New(o), "/api/foresee/compare", map[string]string{"first": attackScenario, "second": otherScenario})
	var pair foresee.Pair
	if err := json.Unmarshal(w.Body.Bytes(), &pair); err != nil {
		t.Fatal(err)
	}
	for _, p := range pair.Comparison.Places {
		if p.Place == "kgz/osh" {
			osh = p
		}
	}
	difference := func(day int) string {
		bands := map[bool]string{true: "overlap", false: "apart"}
		return strings.Replace(fmt.Sprintf("%+d", osh.More[day]), "-", "−", 1) + " " + bands[osh.Overlap[day]]
	}
	b.sees(`tr[data-place="kgz/osh"]`, difference(last))

	// One slider moves both; both maps have the same part of the world and the same scale.
	b.click(".days input")
	b.key(kb.Home)
	for range 6 {
		b.key(kb.ArrowRight)
	}
	b.sees(`tr[data-place="kgz/osh"]`, inTable(first, "kgz/osh", 6)+" "+inTable(second, "kgz/osh", 6))
	b.sees(".sides section:nth-child(2) .told", "Closed: Tajikistan – Uzb.")
	b.count(".sides section:nth-child(1) .closed", 0)
	b.count(".sides section:nth-child(2) .closed", 1)
	b.wait(`(() => { const z = [...document.querySelectorAll(".zone")].map((e) => e.getAttribute("transform")); return z.length === 2 && z[0] === z[1]; })()`)
	b.click(".sides section:nth-child(1) .moves button") // closer, in both
	b.wait(`(() => { const z = [...document.querySelectorAll(".zone")].map((e) => e.getAttribute("transform")); return z.length === 2 && z[0] === z[1]; })()`)
	scale := ask[[]float64](b, `[...document.querySelectorAll(".spot[data-place='kgz/osh'] .mid")].map((c) => Number(c.getAttribute("r")))`)
	people := []int{}
	for i, f := range []*foresee.Flight{first, second} {
		mid, err := strconv.Atoi(strings.Fields(inTable(f, "kgz/osh", 6))[0])
		if err != nil || i >= len(scale) {
			t.Fatalf("%v, %v", err, scale)
		}
		people = append(people, mid)
	}
	if got, want := scale[0]*scale[0]/(scale[1]*scale[1]), float64(people[0])/float64(people[1]); got/want > 1.05 || want/got > 1.05 {
		t.Errorf("the areas of the circles are as %.2f to 1, the people as %.2f", got, want)
	}

	if axe, err := os.ReadFile("desk/node_modules/axe-core/axe.min.js"); err == nil {
		for _, wide := range []int64{820, 1280} {
			b.do(chromedp.EmulateViewport(wide, 860))
			for _, scheme := range []string{"dark", "light"} {
				paint(b, scheme)
				b.sound(string(axe), fmt.Sprintf("/foresee with two scenarios, %s, %d px", scheme, wide))
			}
			if over := ask[int](b, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
				t.Errorf("at %d px the page is %d px too wide", wide, over)
			}
		}
	}
	// On paper: marked, without what is for clicking.
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		t.Fatal(err)
	}
	b.sees(".outcome .banner", "SCENARIO – ASSUMED, NOT REPORTED")
	b.wait(`getComputedStyle(document.querySelector(".outcome > .watermark")).display !== "none"`)
	b.wait(`![...document.querySelectorAll("textarea, .run, .leave, .moves, .days button")].some((e) => e.checkVisibility())`)
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{}); err != nil {
		t.Fatal(err)
	}
	b.click(".leave")
	b.count(".outcome", 0)
	b.click(".away")
	b.count("#second", 0)
	b.sees(".run", "See what follows")
}

// A duty-only scenario shows no empty map but a word, also beside one with people who flee.
func TestAScenarioWithoutFlightHasAWordForIt(t *testing.T) {
	duties, _, _ := strings.Cut(attackScenario, "zones:")
	b := look(t, web.New(foreseeing(t, options(sample(t)))), "nl-NL")
	b.open("/foresee")
	writeScenario(b, "#scenario", duties)
	b.click(".run")
	b.sees(".noflight", "In dit scenario vlucht niemand")
	b.count(".outcome .atlas", 0)
	b.sees(".duties", "wacht")
	b.click(".ask .beside")
	writeScenario(b, "#second", attackScenario)
	b.click(".run")
	b.count(".outcome .atlas", 1)
	b.sees(".sides section:nth-child(1) .notice", "In dit scenario vlucht niemand")
	b.sees(".sides section:nth-child(2) .told", "mensen zijn van huis")
	b.count(".flights thead th", 2) // nothing to set beside it

	// Days apart: said in a word, and each scenario says when it does not play.
	writeScenario(b, "#scenario", strings.ReplaceAll(attackScenario, "2021-", "2022-"))
	b.click(".run")
	b.sees(".outcome .notice", "De twee spelen op geen enkele dag samen")
	b.sees(".sides section:nth-child(2) .told", "Dit scenario speelt niet op 31 augustus 2022.")
	b.sees(`tr[data-place="kgz/osh"]`, "speelt niet – –")
}

func TestTheMistakesOfAScenarioAreTold(t *testing.T) {
	b := look(t, web.New(foreseeing(t, options(sample(t)))), "nl-NL")
	b.open("/foresee")
	b.sees("h1", "Wat als")
	wrong := strings.Replace(attackScenario, "source: taliban", "source: <img src=x onerror=alert(1)>", 1) + "camps: []\n"
	writeScenario(b, "#scenario", wrong)
	b.click(".run")
	b.sees(".notice", "Regel 6, teken")
	b.sees(".notice", "<img src=x onerror=alert(1)>")
	b.count(".outcome", 0)

	// Of two, each mistake stands under its own text, and leads to its place there.
	writeScenario(b, "#scenario", attackScenario)
	b.click(".ask .beside")
	writeScenario(b, "#second", strings.Replace(otherScenario, "capacity: 100", "capacity: -1", 1))
	b.click(".run")
	b.sees("#second-wrong", "Regel 14, teken 32")
	b.count("#scenario-wrong", 0)
	b.count(".outcome", 0)
	b.click("#second-wrong button")
	at := ask[string](b, `(() => { const f = document.activeElement; return f.id + " " + f.value.slice(f.selectionStart, f.selectionStart + 2); })()`)
	if at != "second -1" {
		t.Errorf("the cursor is at %q", at)
	}
	writeScenario(b, "#second", otherScenario+"engine: {speed: 3}\n") // the engine says no, not the file's reader
	b.click(".run")
	b.sees("#second-wrong", "Regel 19, teken 10")
	b.forgive("422")
	b.forgive("400")
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
