package web_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"casus"
	"casus/ledger"
	"casus/ledger/memory"
	"casus/web"
)

func TestReadingAnArticle(t *testing.T) {
	b := look(t, web.New(options(sample(t))), "nl-NL")
	b.open("/articles")
	b.sees("h1", "Artikelen")
	b.count(".articles li", 2)
	b.sees(".articles li", "5 juli 2021 Soldaten over de rivier De Grenspost NL 6 records")
	b.click(".articles a")
	b.sees("h1", "Soldaten over de rivier")
	b.count(".mark", 6)

	// The text is whole, with its marks laid over.
	want := strings.Join(strings.Fields(borderText), " ")
	if got := ask[string](b, `[...document.querySelectorAll(".marked p")].map((p) => p.textContent).join(" ").replace(/\s+/g, " ").trim()`); got != want {
		t.Errorf("the page has the text\n%q, want\n%q", got, want)
	}

	// A click means the record with the fewest words; another one, the next.
	b.clickWords(".piece", "zes districten")
	b.sees(".card h2", "6 districten")
	b.sees(".card .kind", "getal")
	b.clickWords(".piece", "zes districten")
	b.sees(".card h2", "Taliban neemt in: Afghanistan")
	b.sees(".card blockquote", "De Taliban namen zaterdag zes districten in.")
	for _, words := range []string{"Wie zegt het het artikel zelf", "Status gebeurd", "Wanneer 3 juli 2021", "Taliban taliban", "line of frames/seize.tsv:12 innemen", "lezer test-1, zekerheid 0,75"} {
		b.sees(".card dl", words)
	}
	if on := ask[string](b, `[...document.querySelectorAll(".piece.on")].map((p) => p.textContent).join("")`); on != "De Taliban namen zaterdag zes districten in." {
		t.Errorf("the words that light up are %q", on)
	}
	b.wait(`/[?&]record=r[0-9a-f]+/.test(location.search)`)
	b.sees(".same", "Taliban krijgt")

	b.clickWords(".piece", "Meer dan duizend Afghaanse soldaten vluchtten naar Tadzjikistan, volgens de grenswacht.")
	b.sees(".card h2", "Leger van Afghanistan vlucht uit Afghanistan naar Tadzjikistan (ten minste 1.000)")
	for _, words := range []string{"Grenswacht van Tadzjikistan in de woorden de grenswacht", "volgens", "Wanneer juli 2021", "Waar Tadzjikistan"} {
		b.wait(`document.querySelector(".card dl").innerText.replace(/\s+/g, " ").toLowerCase().includes("` + strings.ToLower(words) + `")`)
	}
}

func TestTheKeyboardGoesFromRecordToRecord(t *testing.T) {
	b := look(t, web.New(options(sample(t))), "en-GB")
	b.open("/article/border")
	b.count(".mark", 6)
	b.do(chromedp.Focus(chromedp.CSS(".mark[tabindex='0']")))
	b.key(kb.Enter)
	b.sees(".card .place", "1 of 6")
	first := ask[string](b, `document.querySelector(".card h2").innerText`)
	for _, key := range []string{kb.ArrowRight, kb.ArrowDown, kb.ArrowLeft} {
		b.key(key)
	}
	b.sees(".card .place", "2 of 6")
	b.wait(`document.activeElement.dataset.record === new URLSearchParams(location.search).get("record")`)
	if now := ask[string](b, `document.querySelector(".card h2").innerText`); now == first {
		t.Errorf("the arrow keys stay at %q", first)
	}
	b.key(kb.ArrowLeft)
	b.key(kb.ArrowLeft)
	b.sees(".card .place", "6 of 6")
	b.key(kb.Escape)
	b.count(".card", 0)
	b.wait(`document.activeElement.matches(".mark")`)
	if unnamed := ask[[]string](b, `[...document.querySelectorAll("button, a, input, select")].filter((e) => !(e.textContent.trim() || e.ariaLabel || e.labels?.length || e.querySelector("[aria-label]"))).map((e) => e.outerHTML)`); len(unnamed) > 0 {
		t.Errorf("controls without a name: %v", unnamed)
	}
}

func TestKindsCanBeLeftOut(t *testing.T) {
	b := look(t, web.New(options(sample(t))), "en-GB")
	b.open("/article/border")
	b.count(".mark", 6)
	b.click(".chip.kind-figure")
	b.count(".mark", 1)
	b.click(".chip.kind-claim")
	b.count(".mark", 2)
	if got := b.place(); got != "/article/border?kind=claim%2Cfigure" {
		t.Errorf("the address is %s", got)
	}
	b.do(chromedp.Reload())
	b.count(".mark", 2)
}

func TestTheLanguageIsChosenAndRemembered(t *testing.T) {
	b := look(t, web.New(options(sample(t))), "nl-NL")
	b.open("/timeline")
	b.sees("h1", "Tijdlijn")
	b.sees(".timeline h2", "5 juli 2021")
	b.click(".languages button[lang=en]")
	b.sees("h1", "Timeline")
	b.sees(".timeline h2", "5 July 2021")
	b.sees(".timeline", "Military of Afghanistan flees from Afghanistan to Tajikistan (at least 1,000)")
	b.do(chromedp.Reload())
	b.sees("h1", "Timeline")
	if got := ask[string](b, "document.documentElement.lang"); got != "en" {
		t.Errorf("the document's language is %s", got)
	}
}

func TestFromTheTimelineToTheSentence(t *testing.T) {
	l := sample(t)
	many(t, l, 100)
	b := look(t, web.New(options(l)), "nl-NL")
	b.open("/timeline")
	b.count(".timeline .says", 60)
	b.click("button.more")
	b.count(".timeline .says", 107)
	b.wait(`!document.querySelector("button.more")`)

	b.do(chromedp.SendKeys(chromedp.CSS("input[name=actor]"), "Taliban"+kb.Enter))
	b.sees("h1", "Tijdlijn van Taliban")
	b.count(".timeline .says", 4)
	b.click(".chip.kind-event")
	b.count(".timeline .says", 1)
	b.sees(".timeline section", "3 juli 2021 Taliban neemt in: Afghanistan")
	b.do(chromedp.SetValue(chromedp.CSS("select[name=type]"), "ASSAULT"))
	ask[bool](b, `document.querySelector("select[name=type]").dispatchEvent(new Event("change", {bubbles: true}))`)
	b.sees(".notice", "Hier is niets dat op de vraag past.")
	b.do(chromedp.NavigateBack())
	b.count(".timeline .says", 1)
	if got := b.place(); got != "/timeline?actor=Taliban&kind=event" {
		t.Errorf("the address is %s", got)
	}

	b.click(".timeline .quote")
	b.sees(".card h2", "Taliban neemt in: Afghanistan")
	b.wait(`[...document.querySelectorAll(".piece.on")].map((p) => p.textContent).join("") === "De Taliban namen zaterdag zes districten in."`)
	b.do(chromedp.NavigateBack())
	b.sees("h1", "Tijdlijn van Taliban")
	b.click(".clear")
	b.count(".timeline .says", 60)
}

func TestAMonthOfTheHistogramNarrowsTheTimeline(t *testing.T) {
	l := sample(t)
	many(t, l, 40)
	b := look(t, web.New(options(l)), "en-GB")
	b.open("/timeline")
	b.count(".histogram a", 3)
	b.wait(`document.querySelector(".histogram a").ariaLabel === "July 2021: 6 records"`)
	ask[bool](b, `document.querySelector(".histogram a").dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true})) || true`)
	b.count(".timeline .says", 7) // the six, and what has no date may have been then
	if got := b.place(); got != "/timeline?from=2021-07-01&to=2021-07-31" {
		t.Errorf("the address is %s", got)
	}
	b.count(".histogram a", 3) // the other months stay to be chosen
	b.count(".histogram a[aria-current]", 1)
}

func TestSearchingLeadsToTheArticle(t *testing.T) {
	b := look(t, web.New(options(sample(t))), "nl-NL")
	b.open("/articles")
	b.do(chromedp.SendKeys(chromedp.CSS("input[type=search]"), "soldaat"+kb.Enter))
	b.sees("h1", "Gevonden voor “soldaat”")
	b.sees(".hits mark", "oldaten")
	b.click(".hits a")
	b.sees("h1", "Soldaten over de rivier")
}

func TestAnEmptyLedgerSaysWhatToDo(t *testing.T) {
	b := look(t, web.New(options(memory.New(time.Now, nil))), "nl-NL")
	b.open("/articles")
	b.sees(".notice", "casus read")
	b.open("/timeline")
	b.sees(".notice", "casus read")
}

// Whatever an article, a title, a publisher, an address and an actor's name
// say, it is shown and not run.
func TestHostileTextIsShownAndNotRun(t *testing.T) {
	b := look(t, web.New(options(sample(t))), "en-GB")
	b.open("/articles")
	b.sees(".articles", "<script>document.title")
	b.clickWords(".articles .title", strings.TrimSpace(hostileText))
	b.sees(".marked", `<img src=x onerror="document.title='owned'">`)
	b.click(".mark")
	b.sees(".card h2", hostileName+" makes a statement")
	b.open("/timeline?actor=person%2Fx")
	b.sees(".timeline", hostileName)
	b.open(`/timeline?type=%3Cscript%3E&kind=<img>&actor=%3Cimg%20src%3Dx%3E&order=oldest`)
	b.sees(".notice", "<img src=x>")
	b.forgive("404") // nobody is called so
	if made := ask[int](b, `document.querySelectorAll("main img, main script, main style, a[href^='javascript']").length`); made != 0 {
		t.Errorf("the text made %d elements", made)
	}
	if title := ask[string](b, "document.title"); strings.Contains(title, "owned") {
		t.Errorf("the title is %s", title)
	}
}

func TestAnArticleWithTenThousandRecordsOpens(t *testing.T) {
	l := memory.New(time.Now, nil)
	text := strings.Repeat("Woord voor woord staat hier wat er gezegd is, ", 5) + "en meer niet."
	length := len([]rune(text))
	var records []casus.Record
	for start := 0; len(records) < 10_000; start++ {
		for end := length; end > start+40 && len(records) < 10_000; end-- {
			if quote := text[start:end]; quote == strings.TrimSpace(quote) {
				records = append(records, record(t, text, quote, casus.Always, &casus.Claim{Speaker: "rus", Act: casus.Say}))
				records[len(records)-1].Span = casus.Span{Start: start, End: end}
			}
		}
	}
	if _, err := l.Append(t.Context(), ledger.Reading{Reader: "test-1", Records: records,
		Article: casus.Article{ID: "crowded", Hash: "crowded", Language: "nl", Text: text}}); err != nil {
		t.Fatal(err)
	}
	b := look(t, web.New(options(l)), "nl-NL")
	b.open("/article/crowded")
	b.count(".mark", 10_000)
	b.click(".same button")
	b.sees(".card .place", "1 van 10000")
}

func TestAnAddressThatIsNotThereSaysSo(t *testing.T) {
	b := look(t, web.New(options(sample(t))), "en-GB")
	b.open("/article/nothing")
	b.sees(".notice", "nothing")
	b.forgive("404")
}

func TestATabletShowsTheCardOverTheText(t *testing.T) {
	b := look(t, web.New(options(sample(t))), "nl-NL")
	b.do(chromedp.EmulateViewport(820, 1180))
	b.open("/article/border")
	b.click(".mark")
	b.wait(`(() => { const r = document.querySelector(".card").getBoundingClientRect(); return r.top > 500 && r.bottom <= innerHeight; })()`)
	if wide := ask[bool](b, "document.documentElement.scrollWidth > innerWidth"); wide {
		t.Error("the page is wider than the screen")
	}
}

// desk is the address of a running casus serve, of which pictures are taken for the documents:
//
//	go test ./web -run TestPictures -desk http://127.0.0.1:8317
var desk = flag.String("desk", "", "take the pictures of docs/images from the desk at this address")

func TestPictures(t *testing.T) {
	if *desk == "" {
		t.Skip("pictures are taken with -desk ADDRESS, on the ledger of make demo")
	}
	b := lookAt(t, *desk, "en-GB")
	shoot := func(name string) {
		t.Helper()
		time.Sleep(300 * time.Millisecond) // for what fades
		picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join("../docs/images", name), picture, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b.open("/article/2022-01-06-alliance-sends-troops-caspian-ledger")
	b.wait(`document.querySelectorAll(".mark").length > 3`)
	b.click(".mark.kind-event")
	b.sees(".card", "frames")
	shoot("reader.png")
	b.open("/timeline?actor=taliban")
	b.wait(`document.querySelectorAll(".timeline .says").length > 3 && document.querySelector(".histogram")`)
	shoot("timeline.png")
	b.open("/articles")
	b.wait(`document.querySelectorAll(".articles li").length > 3`)
	shoot("articles.png")
	b.open("/situation?as_of=2021-07-09")
	b.wait(`document.querySelectorAll(".land").length > 20 && document.querySelector(".arc") && document.querySelector(".head li")`)
	shoot("situation.png")
	b.open("/commitments?told=all")
	b.wait(`document.querySelector(".matrix .cell")`)
	shoot("commitments.png")
	b.open("/contradictions?actor=afg&month=all")
	b.wait(`document.querySelector(".quarrel")`)
	shoot("contradictions.png")
	b.open("/numbers?told=all")
	b.wait(`document.querySelector(".quantity svg a")`)
	shoot("numbers.png")
	b.open("/review")
	b.sees(".queue .card dl", "reader")
	shoot("review.png")
	for _, view := range []struct{ name, address, there string }{
		{"actor", "/actor/taliban?as_of=2025-07-10", ".view h2"},
		{"pair", "/pair?a=taliban&b=pak", ".pair canvas"},
		{"network", "/network?actor=rus", ".view canvas"},
		{"brief", "/brief?since=2025-07-01&as_of=2025-07-20", ".view h2"},
		{"alerts", "/alerts?as_of=2025-10-25", ".view h2"},
		{"sources", "/sources", "main table, main li"},
		{"import", "/import", ".choose"},
	} {
		b.open(view.address)
		b.wait(`document.querySelector("` + view.there + `")`)
		time.Sleep(700 * time.Millisecond) // for what is drawn after
		shoot(view.name + ".png")
	}
	scenarios := map[string]string{}
	for field, file := range map[string]string{"#scenario": "karabakh-flight-2023", "#second": "karabakh-front-closed"} {
		text, err := os.ReadFile("../examples/scenarios/" + file + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		scenarios[field] = string(text)
	}
	b.open("/foresee")
	writeScenario(b, "#scenario", scenarios["#scenario"])
	showOutcome := func(name string) {
		t.Helper()
		b.click(".run")
		b.wait(`document.querySelectorAll(".land").length > 3 && document.querySelector(".plot canvas")`)
		ask[bool](b, `(document.querySelector("#flight").scrollIntoView(), true)`)
		b.click(".days input")
		b.key(kb.End + kb.ArrowLeft + kb.ArrowLeft + kb.ArrowLeft)
		time.Sleep(700 * time.Millisecond) // for the finer outlines
		shoot(name)
	}
	showOutcome("foresee.png")
	b.click(".leave")
	b.click(".ask .beside")
	writeScenario(b, "#second", scenarios["#second"])
	showOutcome("foresee-two.png")
}

// A timeline is narrowed to one source, a language, and what several tell; what
// is left is there without asking on.
func TestTheTimelineIsSifted(t *testing.T) {
	l := sample(t)
	many(t, l, 100)
	b := look(t, web.New(options(l)), "en-GB")
	b.open("/timeline?publisher=de%20GRENSPOST")
	b.count(".timeline .says", 6)
	b.open("/timeline?language=nl")
	b.count(".timeline .says", 60)
	b.open("/timeline?language=fr")
	b.sees(".notice", "Nothing here answers the question.")
	b.open("/timeline?origins=5&actor=taliban") // the talks of a hundred days are told by many
	b.sees(".notice", "Nothing here answers the question.")
	ask[bool](b, `(() => { const s = document.querySelector("select[name=origins]"); s.value = ""; return s.dispatchEvent(new Event("change", {bubbles: true})) })()`)
	b.count(".timeline .says", 4)
}
