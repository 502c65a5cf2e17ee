package web_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"casus/ledger"
	"casus/web"
)

// Axe (Deque's accessibility engine, a development dependency of desk) may find
// nothing serious or critical on any view, in both colour schemes.
func TestEveryViewIsAccessible(t *testing.T) {
	axe, err := os.ReadFile("desk/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Skip("axe-core is not installed: run npm ci in web/desk")
	}
	l := promises(t)
	many(t, l, 10)
	if _, err := l.Correct(t.Context(), ledger.Correction{Action: ledger.Accept, Author: "Ann", Record: ids(t, l, "seize"), Seen: -1}); err != nil {
		t.Fatal(err)
	}
	turned(t, l)
	o := correctable(l)
	o.Locate = located
	o.Publishers, o.Now, o.Alerts = graded(l).Publishers, ruled(t, l, deskRules).Now, ruled(t, l, deskRules).Alerts
	o.Import = importing(l)
	b := look(t, web.New(o), "nl-NL")
	views := map[string]string{
		"/":                             ".situation .told",
		"/situation?days=365":           ".arc",
		"/articles":                     ".articles li",
		"/article/border":               ".mark",
		"/article/border?kind=claim":    ".mark",
		"/timeline":                     ".timeline .says",
		"/timeline?actor=rus&from=1999": ".notice",
		"/find?q=soldaat":               ".hits li",
		"/review":                       ".queue .card dl",
		"/review?part=log":              ".log li",
		"/import":                       ".choose",
		"/foresee":                      "#scenario",
		"/actor":                        ".actors li",
		"/actor/taliban":                "#sources table",
		"/pair":                         ".notice",
		"/pair?a=rus&b=tjk":             ".chart canvas",
		"/network":                      ".nodes button",
		"/brief?since=2021-07-01":       ".notes li",
		"/sources":                      "tbody tr",
		"/alerts":                       "section li",
		"/network?actor=taliban":        ".ties li",
		"/commitments":                  ".matrix .cell",
		"/commitments?cell=rus~tjk~kept&by=&as_of=2021-12-31": "#evidence h3",
		"/contradictions": ".side .choose",
		"/numbers":        ".quantity svg a",
		"/api/docs":       "table",
	}
	for _, scheme := range []string{"light", "dark"} {
		paint(b, scheme)
		for view, shown := range views {
			check(b, string(axe), view, shown)
		}
	}
	b.forgive("400") // the day that is none
}

// paint has the browser prefer a colour scheme.
func paint(b *browser, scheme string) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}); err != nil {
		b.t.Fatal(err)
	}
}

// check has axe look at one view once it has what it shows, with a card open where there are marks.
func check(b *browser, axe, view, shown string) {
	b.t.Helper()
	b.open(view)
	b.wait(`document.querySelector("` + shown + `")`)
	if shown == ".mark" {
		b.click(".mark")
		b.sees(".card dl", "lezer")
	}
	b.sound(axe, view)
}

// sound has axe look at what is shown.
func (b *browser) sound(axe, view string) {
	b.t.Helper()
	ask[bool](b, axe+"; true")
	var found []struct {
		ID     string   `json:"id"`
		Impact string   `json:"impact"`
		Where  []string `json:"where"`
	}
	answer := askLater(b, `axe.run().then((r) => JSON.stringify(r.violations.map((v) => ({id: v.id, impact: v.impact, where: v.nodes.map((n) => n.html + " " + n.failureSummary).slice(0, 3)}))))`)
	if err := json.Unmarshal([]byte(answer), &found); err != nil {
		b.t.Fatal(err)
	}
	for _, v := range found {
		if v.Impact == "serious" || v.Impact == "critical" {
			b.t.Errorf("%s: %s (%s): %v", view, v.ID, v.Impact, v.Where)
		} else {
			b.t.Logf("%s: %s (%s): %v", view, v.ID, v.Impact, v.Where)
		}
	}
}

// askLater evaluates an expression that promises a string.
func askLater(b *browser, expression string) string {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return value
}
