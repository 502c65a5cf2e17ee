package web_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"casus"
	"casus/exchange"
	"casus/ledger"
	"casus/picture"
	"casus/web"
)

var spots = map[string]exchange.Spot{
	"afg":       {Place: "afg", Kind: "country", Lat: 34.5, Lon: 67},
	"tjk":       {Place: "tjk", Kind: "country", Lat: 38.5, Lon: 68.75},
	"afg/north": {Place: "afg/north", Kind: "region", Lat: 36.4, Lon: 67.5},
	"Kunduz":    {Place: "afg/kunduz", Kind: "city", Name: "Kunduz", Lat: 36.73, Lon: 68.87},
	hostileName: {Place: "nowhere", Kind: "city", Name: hostileName, Lat: 10, Lon: 10},
}

// located knows the places of the tests.
func located(place string, _ []string) (exchange.Spot, bool) {
	s, ok := spots[place]
	return s, ok
}

const kunduzText = "Rusland stuurde maandag troepen naar Tadzjikistan. De Taliban vielen Kunduz aan en doodden twee agenten in Kunduz. " +
	"De regering zegt dat zij Afghanistan in handen heeft. De Taliban zeggen dat zij Afghanistan in handen hebben."

// situated is the sample with things on the map: two events in one town, forces
// abroad, and a country that two sides are said to hold.
func situated(t testing.TB) ledger.Ledger {
	t.Helper()
	l := sample(t)
	monday := casus.Day(casus.NewDate(2021, 7, 5))
	attack := record(t, kunduzText, "De Taliban vielen Kunduz aan", monday, &casus.Event{Type: casus.Assault, Source: []casus.ActorID{"taliban"}, Target: []casus.ActorID{"afg"}})
	killed := record(t, kunduzText, "doodden twee agenten in Kunduz", monday, &casus.Event{Type: casus.Coerce, Source: []casus.ActorID{"taliban"}, Target: []casus.ActorID{"afg"}})
	attack.Where, killed.Where = []string{"Kunduz", "afg"}, []string{"Kunduz", "afg"}
	sent := record(t, kunduzText, "Rusland stuurde maandag troepen naar Tadzjikistan.", monday.Since(), &casus.Relation{Type: casus.DeploysIn, From: "rus", To: "tjk", Change: casus.Begins})
	ours := record(t, kunduzText, "dat zij Afghanistan in handen heeft", monday.Since(), &casus.Relation{Type: casus.Controls, From: "rus", To: "afg", Change: casus.Begins})
	theirs := record(t, kunduzText, "dat zij Afghanistan in handen hebben", monday.Since(), &casus.Relation{Type: casus.Controls, From: "taliban", To: "afg", Change: casus.Begins})
	sum := sha256.Sum256([]byte(kunduzText))
	if _, err := l.Append(t.Context(), ledger.Reading{Reader: "test-1", Records: []casus.Record{attack, killed, sent, ours, theirs},
		Article: casus.Article{ID: "kunduz", Hash: hex.EncodeToString(sum[:]), Publisher: "De Bode", Language: "nl", Date: monday, Text: kunduzText}}); err != nil {
		t.Fatal(err)
	}
	return l
}

func situation(t testing.TB, l ledger.Ledger) http.Handler {
	o := options(l)
	o.Locate = located
	return web.New(o)
}

// The map is what the exchange writes of the timeline's records; the ground is
// the picture's.
func TestTheMapIsWhatTheExchangeWrites(t *testing.T) {
	l := situated(t)
	o := options(l)
	o.Locate = located
	h, p := web.New(o), o.Picture
	answer, err := p.Timeline(t.Context(), picture.Question{Kinds: []casus.Kind{casus.KindEvent, casus.KindFlow}})
	if err != nil {
		t.Fatal(err)
	}
	want := asJSON(t, web.Map{Type: "FeatureCollection", Features: exchange.Features(answer.Entries, located)})
	if got := get(h, "/api/map").Body.String(); got != want {
		t.Errorf("the map is\n%s, want\n%s", got, want)
	}
	for _, c := range []struct {
		address string
		ids     int
		holds   []string
	}{
		{"/api/map?kind=flow", 1, []string{`"LineString"`, `[67,34.5]`, `"place":"tjk"`}},
		{"/api/map?kind=event&from=2021-07-05&starting=true", 2, []string{`"name":"Kunduz"`}},
		{"/api/map?as_of=2021-07-04", 0, nil}, // before the first article
		{"/api/map/ground?as_of=2021-07-05", 3, []string{`"rivalry":true`, `"territory afg"`, `"deploys-in rus tjk"`}},
		{"/api/map/ground?actor=tjk", 1, []string{`"deploys-in rus tjk"`}},
	} {
		got := get(h, c.address)
		var collection struct {
			Type     string
			Features []struct{ ID string }
		}
		if err := json.Unmarshal(got.Body.Bytes(), &collection); err != nil || collection.Type != "FeatureCollection" || len(collection.Features) != c.ids {
			t.Errorf("%s: %d features, want %d (%v): %s", c.address, len(collection.Features), c.ids, err, got.Body)
		}
		for _, words := range c.holds {
			if !strings.Contains(got.Body.String(), words) {
				t.Errorf("%s has no %s: %s", c.address, words, got.Body)
			}
		}
	}
	lately, err := p.Lately(t.Context(), picture.Question{From: casus.NewDate(2021, 7, 1), To: casus.NewDate(2021, 7, 5)})
	if err != nil || len(lately.Happened) == 0 || len(lately.Promised) != 1 {
		t.Fatalf("%+v, %v", lately, err)
	}
	if got := get(h, "/api/lately?from=2021-07-01&as_of=2021-07-05").Body.String(); got != asJSON(t, lately) {
		t.Errorf("lately is %s", got)
	}
	if got := get(h, "/api/days?kind=event").Body.String(); got != `{"days":[{"day":"2021-07-03","count":1},{"day":"2021-07-05","count":2}],"complete":true,"counted":3,"undated":0}`+"\n" {
		t.Errorf("the days are %s", got)
	}
}

// Somebody who opens the desk sees what happened, who says so, what was promised
// and whether it holds, and where accounts differ; each leads to its words.
func TestTheFirstMinute(t *testing.T) {
	b := look(t, situation(t, situated(t)), "en-GB")
	b.open("/")
	b.sees(".head section:nth-child(1)", "Taliban")
	b.sees(".head section:nth-child(1)", "De Bode itself")
	b.sees(".head section:nth-child(2)", "Taliban is bound towards civilians of Afghanistan")
	b.sees(".head section:nth-child(2)", "Stands: neither kept nor broken so far")
	b.click(".head section:nth-child(2) .source a")
	b.sees("h1", "Soldaten over de rivier")
	b.sees(".card h2", "Taliban is bound towards")
}

// At the end of a month of 31 days, what is only dated to that month is told too.
func TestTheSituationTellsWhatTheWholeMonthHas(t *testing.T) {
	l := sample(t)
	text := "Deze maand vielen de Taliban Afghanistan aan."
	r := record(t, text, text, casus.Month(2023, 7), &casus.Event{Type: casus.Assault, Source: []casus.ActorID{"taliban"}, Target: []casus.ActorID{"afg"}})
	if _, err := l.Append(t.Context(), ledger.Reading{Reader: "test-1", Records: []casus.Record{r},
		Article: casus.Article{ID: "july", Hash: "july", Language: "nl", Date: casus.Month(2023, 7), Text: text}}); err != nil {
		t.Fatal(err)
	}
	b := look(t, web.New(options(l)), "en-GB")
	b.open("/situation?as_of=2023-07-31")
	b.sees(".head section:nth-child(1)", "Taliban attacks Afghanistan")
	b.open("/situation?as_of=2023-07-31&days=7")
	b.sees(".head section:nth-child(1)", "No event is told of these days.")
}

// The map and the list show the same; a cluster opens into a stack of cards,
// whose words lead to the article.
func TestTheMapOpensIntoCards(t *testing.T) {
	b := look(t, situation(t, situated(t)), "en-GB")
	b.open("/situation")
	b.wait(`document.querySelectorAll(".land").length > 50`)
	b.count(".arc", 1)
	b.wait(`document.querySelector(".arc text").textContent === "at least 1,000"`)
	b.count(".held", 2) // Afghanistan, and its north
	b.count(`.held[aria-label="Afghanistan: said to be held by Russia, Taliban"] path[fill^="url(#held-"]`, 2)
	if outline := ask[int](b, `document.querySelector('.held[aria-label^="Afghanistan:"] path').getAttribute("d").length`); outline < 100 {
		t.Errorf("the country is drawn as a path of %d characters", outline)
	}
	b.sees(".legend", "said to be held by Taliban")
	b.sees("#list-force", "Forces abroad 1")
	b.sees("#list-event", "Events 3")
	b.sees(".small", "One thing has no known place") // the seizure of which no place is told

	b.do(chromedp.Focus(chromedp.CSS(`.cluster[aria-label*="Kunduz"]`)))
	b.key(kb.Enter)
	b.sees(".stack h2", "Kunduz")
	b.sees(".stack", "De Taliban vielen Kunduz aan")
	b.sees(".stack", "doodden twee agenten in Kunduz")
	if focused := ask[bool](b, `document.activeElement === document.querySelector(".stack")`); !focused {
		t.Error("the stack has not the focus")
	}
	if !strings.Contains(b.place(), "open=r") {
		t.Errorf("the address %s does not say what is open", b.place())
	}
	b.key(kb.Escape)
	b.count(".stack", 0)

	b.do(chromedp.Focus(chromedp.CSS(".arc")))
	b.key(kb.Enter)
	b.sees(".stack", "flees from Afghanistan to Tajikistan")
	b.click(".stack .source a")
	b.sees("h1", "Soldaten over de rivier")
	b.sees(".card h2", "flees from Afghanistan")
}

// Layers are hidden, the map is moved, and the address holds all of it.
func TestTheMapMovesAndHides(t *testing.T) {
	b := look(t, situation(t, situated(t)), "nl-NL")
	b.open("/situation")
	b.sees("#list-event", "Gebeurtenissen 3")
	b.clickWords(".layers button", "Mensen onderweg 1")
	b.count(".arc", 0)
	b.count("#list-flow", 0)
	before := ask[string](b, `document.querySelector(".land").getAttribute("d")`)
	b.click(`.moves button[aria-label="Vergroot"]`)
	b.wait(fmt.Sprintf(`document.querySelector(".land").getAttribute("d") !== %q`, before))
	if at := b.place(); !strings.Contains(at, "hide=flow") || !strings.Contains(at, "at=") {
		t.Errorf("the address is %s", at)
	}
	again := b.place()
	b.open(again)
	b.count(".arc", 0)
	b.sees("#list-held", "Wie wat in handen heeft 2")
	b.clickWords(".layers button", "Mensen onderweg 1")
	b.count(".arc", 1)
}

// The strip below the map chooses the days; the clock's stop before is what the
// page compares with.
func TestTheStripChoosesTheDays(t *testing.T) {
	l := situated(t)
	many(t, l, 40) // talks from 1 January 2022 on
	b := look(t, situation(t, l), "en-GB")
	b.open("/situation?as_of=2021-07-05")
	b.sees("#list-event", "Events 3")
	b.do(chromedp.SetValue(chromedp.CSS(".brush .days label:nth-child(2) input"), "2022-01-03"))
	ask[bool](b, `document.querySelector(".brush .days label:nth-child(2) input").dispatchEvent(new Event("change", {bubbles: true}))`)
	b.sees(".top-line", "As it was on 3 January 2022")
	b.sees("#changed", "Changed between 5 July 2021 and 3 January 2022")
	b.sees(".changed", "Happened 1") // one round of talks, as three articles tell it
	b.sees(".changed", "Russia holds talks with Tajikistan")

	// Dragging over the strip does the same with the mouse.
	ask[bool](b, `(document.querySelector(".brush svg").scrollIntoView({block: "center"}), true)`)
	box := ask[[]float64](b, `(() => { const r = document.querySelector(".brush svg").getBoundingClientRect(); return [r.x, r.y, r.width]; })()`)
	days := b.place()
	b.do(chromedp.MouseEvent("mousePressed", box[0]+box[2]-60, box[1]+30, chromedp.ButtonLeft),
		chromedp.MouseEvent("mouseMoved", box[0]+box[2]-40, box[1]+30, chromedp.ButtonLeft),
		chromedp.MouseEvent("mouseMoved", box[0]+box[2]-4, box[1]+30, chromedp.ButtonLeft),
		chromedp.MouseEvent("mouseReleased", box[0]+box[2]-4, box[1]+30, chromedp.ButtonLeft))
	b.wait(fmt.Sprintf(`location.pathname + location.search !== %q`, days))
	b.sees(".top-line", "February 2022")
}

// Whatever a place is called is shown and not run, on the map too.
func TestHostilePlacesAreShownAndNotRun(t *testing.T) {
	l := situated(t)
	text := "Er gebeurde iets."
	r := record(t, text, text, casus.Day(casus.NewDate(2021, 7, 5)), &casus.Event{Type: casus.Assault, Source: []casus.ActorID{"person/x"}, Target: []casus.ActorID{"taliban"}})
	r.Where = []string{hostileName}
	sum := sha256.Sum256([]byte(text))
	if _, err := l.Append(t.Context(), ledger.Reading{Reader: "test-1", Records: []casus.Record{r},
		Article: casus.Article{ID: "x", Hash: hex.EncodeToString(sum[:]), Publisher: hostileName, Language: "nl", Date: r.When, Text: text}}); err != nil {
		t.Fatal(err)
	}
	b := look(t, situation(t, l), "en-GB")
	b.open(`/situation?open=%3Cimg%20src%3Dx%3E&at=<script>&days=-1&hide=<b>`)
	b.sees(".beside", hostileName)
	b.open("/situation")
	b.clickWords(".where", "⌖ "+hostileName)
	b.sees(".stack h2", hostileName)
	b.wait(fmt.Sprintf(`document.querySelector(%q)`, `.cluster[aria-label*="onerror"]`))
	if made := ask[int](b, `document.querySelectorAll("main img, main script").length`); made != 0 {
		t.Errorf("%d elements came out of names", made)
	}
}

// lay gives a file to the page as an analyst does.
func (b *browser) lay(name, text string) {
	b.t.Helper()
	path := filepath.Join(b.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
	b.layFile(path)
}

func (b *browser) layFile(path string) {
	b.t.Helper()
	b.wait(`document.querySelector(".lay input:not([disabled])")`)
	b.do(chromedp.SetUploadFiles(chromedp.CSS(".lay input"), []string{path}))
}

// The analyst's own GeoJSON is laid over the map, stays in the browser, and what
// is wrong with a file is said.
func TestOwnGeoJSONIsLaidOver(t *testing.T) {
	b := look(t, situation(t, situated(t)), "en-GB")
	b.open("/situation")
	b.count(".arc", 1)
	// A district whose ring turns as RFC 7946 wants it, against the clock.
	b.lay("districts.geojson", `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"<img src=x onerror=alert(1)>"},
		"geometry":{"type":"Polygon","coordinates":[[[68,36],[69,36],[69,37],[68,37],[68,36]]]}},{"type":"Feature","properties":{},"geometry":null}]}`)
	b.sees(".said", "districts.geojson: 1 shapes. The file stays in this browser.")
	b.count(".overlay", 1)
	if wide := ask[float64](b, `document.querySelector(".overlay").getBBox().width`); wide <= 0 || wide > 300 {
		t.Errorf("a district is drawn %g wide: as the rest of the world", wide)
	}
	b.open("/situation?days=7")
	b.count(".overlay", 1) // after a reload too
	for text, says := range map[string]string{
		`{"type":"FeatureCollection"`: "this is not JSON",
		`{"hello":1}`:                 "it has no type",
		`{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Circle"}}]}`: "feature 1 is of a sort that GeoJSON does not know: Circle",
		`{"type":"Feature","geometry":{"type":"Point","coordinates":[512000,4100000]}}`:             "coordinates that are no longitude and latitude: [512000,4100000]",
		`{"type":"FeatureCollection","features":[]}`:                                                "there is no shape in it",
		`{"type":"LineString","coordinates":"` + strings.Repeat("x", 60) + `"}`:                     "coordinates that are no longitude",
	} {
		b.lay("bad.geojson", text)
		b.sees(".problem", "bad.geojson: ")
		b.sees(".problem", says)
	}
	b.count(".overlay", 1)
	b.clickWords(".layers button", "Remove districts.geojson")
	b.count(".overlay", 0)
}

// A file of 48 MB is thinned out while the page goes on; a larger one is refused.
func TestALargeOverlayDoesNotFreezeThePage(t *testing.T) {
	b := look(t, situation(t, situated(t)), "en-GB")
	b.open("/situation")
	b.count(".arc", 1)
	path := filepath.Join(t.TempDir(), "lines.geojson")
	var s strings.Builder
	s.WriteString(`{"type":"FeatureCollection","features":[`)
	for n := 0; s.Len() < 48_000_000; n++ {
		if n > 0 {
			s.WriteByte(',')
		}
		fmt.Fprintf(&s, `{"type":"Feature","properties":{"name":"line %d"},"geometry":{"type":"LineString","coordinates":[`, n)
		for i := range 2000 {
			if i > 0 {
				s.WriteByte(',')
			}
			fmt.Fprintf(&s, "[%.7f,%.7f]", 60+float64(i)*0.0005, 30+float64(n)*0.005)
		}
		s.WriteString(`]}}`)
	}
	s.WriteString("]}")
	if err := os.WriteFile(path, []byte(s.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	ask[bool](b, `(() => { window.longest = 0; let last = performance.now(); setInterval(() => { const now = performance.now(); window.longest = Math.max(window.longest, now - last); last = now; }, 20); return true; })()`)
	b.layFile(path)
	b.sees(".said", "Simplified for drawing")
	b.wait(`document.querySelectorAll(".overlay").length > 100`)
	t.Logf("the page stood still for at most %.0f ms", ask[float64](b, "window.longest"))
	if err := os.Truncate(path, 50_000_001); err != nil {
		t.Fatal(err)
	}
	b.layFile(path)
	b.sees(".problem", "this file is 51 MB; the page cannot draw more than 50 MB")
}
