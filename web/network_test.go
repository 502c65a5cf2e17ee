package web_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"

	"casus"
	"casus/ledger"
	"casus/picture"
	"casus/web"
)

// tied is the sample with relations around the Taliban: more neighbours than
// unfold at once, one of them with a hostile name and one with neighbours of its own.
func tied(t testing.TB) ledger.Ledger {
	t.Helper()
	l := sample(t)
	tell := func(id string, sort casus.RelationType, from, to casus.ActorID, status casus.Status) {
		text := fmt.Sprintf("Bericht %s over %s en %s.", id, from, to)
		r := record(t, text, text, casus.Day(casus.NewDate(2021, 7, 1)).Since(), &casus.Relation{Type: sort, From: from, To: to, Change: casus.Held})
		r.Status = status
		if _, err := l.Append(t.Context(), ledger.Reading{Reader: "test-1", Records: []casus.Record{r}, Actors: []casus.Actor{{ID: "person/x", Kind: casus.ActorPerson, Names: []string{hostileName}}},
			Article: casus.Article{ID: casus.ArticleID(id), Hash: fmt.Sprintf("%064s", id), Language: "nl", Publisher: "De Bode", Date: casus.Day(casus.NewDate(2021, 7, 6)), Text: text}}); err != nil {
			t.Fatal(err)
		}
	}
	tell("ally", casus.AlliedWith, "taliban", "rus", casus.Ongoing)
	tell("war", casus.AtWarWith, "rus", "tjk", casus.Ongoing)
	tell("x", casus.Recognises, "person/x", "taliban", casus.Possible)
	for i := range 14 {
		tell(fmt.Sprintf("place-%d", i), casus.Controls, "taliban", casus.ActorID(fmt.Sprintf("afg/dorp-%d", i)), casus.Ongoing)
	}
	return l
}

func TestTheNetworkAnswersAsThePictureDoes(t *testing.T) {
	l := tied(t)
	o := options(l)
	h := web.New(o)
	want, err := o.Picture.Network(t.Context(), picture.NetworkQuestion{Ask: casus.AlliedWith, Actors: []string{"Taliban", "rus"}, Types: []casus.RelationType{casus.AtWarWith, casus.AlliedWith}, AsOf: casus.NewDate(2021, 7, 9)})
	if err != nil {
		t.Fatal(err)
	}
	w := get(h, "/api/network?ask=allied-with&actor=Taliban,rus&type=at-war-with,allied-with&as_of=2021-07-09")
	if diff := cmp.Diff(asJSON(t, want), w.Body.String()); w.Code != http.StatusOK || diff != "" {
		t.Errorf("%d %s", w.Code, diff)
	}
	if w := get(h, "/api/network?ask=married-to"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a type that is none is answered with %d", w.Code)
	}
	if w := get(h, "/api/network?actor=nobody-of-that-name"); w.Code != http.StatusBadRequest && w.Code != http.StatusNotFound {
		t.Errorf("an actor that is none is answered with %d: %s", w.Code, w.Body)
	}
}

// Without WebGL the list says it all: begin, unfold with Enter, go to a
// sentence, come back, take the unfolding back, move the clock.
func TestTheNetworkUnfoldsByKeyboard(t *testing.T) {
	b := look(t, web.New(options(tied(t))), "en-GB", chromedp.Flag("disable-3d-apis", true))
	b.open("/network")
	b.sees(".nodes", "Taliban +17")
	b.do(chromedp.SendKeys(chromedp.CSS("input[name=actor]"), "Taliban"+kb.Enter))
	b.sees("h1", "Network of Taliban")
	b.sees(".sides", "WebGL is missing")
	b.count(".nodes button", 13)
	b.sees(".steps", "13 names, 12 relations")
	b.sees("[data-node=taliban]", "Taliban +5")
	b.do(chromedp.Focus(chromedp.CSS("[data-node=taliban]")))
	b.key(kb.Enter)
	b.count(".nodes button", 18)
	b.sees(".list", hostileName+" recognises Taliban possible")
	b.do(chromedp.Focus(chromedp.CSS("[data-node=rus]")))
	b.key(kb.Enter)
	b.sees(".list", "Russia is at war with Tajikistan")
	if got := b.place(); got != "/network?actor=Taliban%2Ctaliban%2Crus" {
		t.Errorf("the address is %s", got)
	}
	b.clickWords(".ties a", "Taliban is an ally of Russia")
	b.sees(".card", "Bericht ally over taliban en rus.")
	b.do(chromedp.NavigateBack())
	b.sees(".list", "Russia is at war with Tajikistan")
	b.click(".undo")
	b.wait(`!document.querySelector(".list").innerText.includes("at war")`)
	b.clickWords(".types button span, .types button", "alliance1")
	b.count(".ties li", 1)
	b.open("/network?actor=taliban&as_of=2021-07-05")
	b.sees(".steps", "13 names")
	b.open("/network?actor=tjk&as_of=2021-07-04")
	b.sees(".notice", "No relation")
}

func TestAQuestionStartsTheNetwork(t *testing.T) {
	b := look(t, web.New(options(tied(t))), "nl-NL")
	b.open("/network")
	b.click(".asks a[href='/network?ask=at-war-with']")
	b.sees("h1", "Wie is in oorlog met wie?")
	b.sees(".ties", "Rusland is in oorlog met Tadzjikistan")
	b.count(".nodes button", 2)
	b.click("[data-node=rus]")
	b.sees(".list", "Taliban is bondgenoot van Rusland")
}

// With WebGL the same is drawn: a click on a line opens its sentence, one on a
// circle unfolds it.
func TestTheNetworkIsDrawn(t *testing.T) {
	b := look(t, web.New(options(tied(t))), "nl-NL", chromedp.Flag("disable-gpu", false), chromedp.Flag("use-angle", "swiftshader"), chromedp.Flag("enable-unsafe-swiftshader", true))
	b.open("/network?actor=rus")
	if !ask[bool](b, `Boolean(document.createElement("canvas").getContext("webgl2"))`) {
		t.Skip("this Chromium has no WebGL, not even in software")
	}
	b.wait(`document.querySelector(".box")?.dataset.drawn === "3 2"`)
	if painted := ask[int](b, `(() => { const c = document.querySelector(".sigma-lines"); const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n++; return n; })()`); painted < 200 {
		t.Errorf("the lines cover %d points", painted)
	}
	b.clickWhat("circle", "Taliban")
	b.wait(`document.querySelectorAll(".nodes button").length > 3`)
	b.do(chromedp.NavigateBack())
	b.wait(`document.querySelector(".box")?.dataset.drawn === "3 2"`)
	for range 5 { // what is drawn anew may still move under the pointer
		b.clickWhat("line", "")
		time.Sleep(time.Second)
		if ask[bool](b, `Boolean(document.querySelector(".card"))`) {
			break
		}
	}
	b.sees(".card", "Bericht")
}

// clickWhat moves the pointer over the drawing of a network until it is on a
// circle or line (of that name, where there is one), and clicks there.
func (b *browser) clickWhat(what, name string) {
	b.t.Helper()
	at := ask[[]float64](b, fmt.Sprintf(`(() => {
		const box = document.querySelector(".box");
		box.scrollIntoView({block: "center"});
		const r = box.getBoundingClientRect(), mouse = document.querySelector(".sigma-mouse");
		for (let y = 6; y < r.height; y += 6) for (let x = 6; x < r.width; x += 6) {
			mouse.dispatchEvent(new MouseEvent("mousemove", {clientX: r.x + x, clientY: r.y + y, bubbles: true}));
			if (box.dataset.pointing === %q && (!%q || box.title === %q)) return [r.x + x, r.y + y];
		}
		return [];
	})()`, what, name, name))
	if len(at) != 2 {
		b.t.Fatalf("there is no %s %s in the drawing", what, name)
	}
	b.do(chromedp.MouseClickXY(at[0], at[1]))
}
