package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"

	"casus"
	"casus/alert"
	"casus/ledger"
	"casus/picture"
	"casus/web"
)

// A brief has each sentence once, by its number; the number and the footnote
// lead to it.
func TestTheBriefLeadsToItsSentences(t *testing.T) {
	l := sample(t)
	b := look(t, web.New(options(l)), "nl-NL")
	b.open("/brief?since=2021-07-01&until=2021-07-09")
	b.sees("article", "1 juli 2021 – 9 juli 2021")
	b.sees("article", "Wat gebeurde")
	b.sees("article", "Taliban neemt in: Afghanistan[1] (De Grenspost; F3")
	b.sees("article", "Wat veranderde")
	b.sees(".notes", "De Taliban namen zaterdag zes districten in.")
	b.click("article .note")
	b.sees(".card", "De Taliban namen zaterdag zes districten in.")
	b.do(chromedp.NavigateBack())
	b.sees("article", "Wat gebeurde")
	b.do(chromedp.SendKeys(chromedp.CSS("input[name=actor]"), "Rusland"+kb.Enter))
	b.sees("h1", "Briefing: Rusland")
	b.sees(".notice", "Over deze dagen is niets bekend.")
	if got := b.place(); got != "/brief?since=2021-07-01&until=2021-07-09&actor=Rusland" {
		t.Errorf("the address is %s", got)
	}
	b.open("/brief?since=2021-07-10&as_of=2021-07-05")
	b.sees(".notice", "De klok staat voor de eerste dag")
	b.open("/brief")
	b.sees(".days", "29 juni 2021 – 5 juli 2021") // the week up to the last article
}

// graded are options of a server that takes corrections of a ledger.
func graded(l ledger.Ledger) web.Options {
	o := options(l)
	o.Publishers = func(context.Context) (map[string]int, error) {
		return map[string]int{"De Grenspost": 2, hostileName: 1}, nil
	}
	o.Correct = l.Correct
	return o
}

// An analyst grades a source, sees it at once, in the brief too, and takes it back.
func TestASourceIsGraded(t *testing.T) {
	l := sample(t)
	b := look(t, web.New(graded(l)), "en-GB")
	b.open("/sources")
	b.count("tbody tr", 2)
	b.sees("tbody", hostileName)
	b.sees("tr[data-source='De Grenspost']", "F reliability cannot be judged")
	b.click("tr[data-source='De Grenspost'] .does button")
	b.click("form.grade input[value=B]")
	b.do(chromedp.SendKeys(chromedp.CSS("form.grade input[name=reason]"), "corrects itself"+kb.Enter))
	b.sees(".problem", "Write your name first")
	b.do(chromedp.SendKeys(chromedp.CSS(".me input"), "Ann"))
	b.click("form.grade .save")
	b.sees(".told", "De Grenspost now has B: usually reliable.")
	b.sees("tr[data-source='De Grenspost']", "B usually reliable 2 Ann: corrects itself")
	b.open("/brief?since=2021-07-01&until=2021-07-09")
	b.sees("article", "(De Grenspost; B3")
	b.open("/sources")
	b.clickWords("tr[data-source='De Grenspost'] .does button", "Take back – De Grenspost")
	b.sees("tr[data-source='De Grenspost']", "F reliability cannot be judged")
	b.click(".add")
	b.do(chromedp.SendKeys(chromedp.CSS("form.grade input[name=source]"), "Rusland"))
	b.click("form.grade input[value=D]")
	b.do(chromedp.SendKeys(chromedp.CSS("form.grade input[name=reason]"), "seldom right"+kb.Enter))
	b.sees(".told", "Russia now has D: not usually reliable.")
	corrections, err := l.Corrections(t.Context(), ledger.CorrectionQuery{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range corrections {
		got = append(got, string(c.Action)+" "+c.Source+" "+string(c.Reliability)+" "+c.Author)
	}
	if diff := cmp.Diff([]string{"grade De Grenspost B Ann", "undo   Ann", "grade rus D Ann"}, got); diff != "" {
		t.Error(diff)
	}
}

// ruled are options of a server with a rules file.
func ruled(t testing.TB, l ledger.Ledger, rules string) web.Options {
	o := options(l)
	o.Now = func() time.Time { return time.Date(2026, time.November, 21, 12, 0, 0, 0, time.UTC) }
	o.Alerts = func(ctx context.Context, q web.AlertsQuestion, _ func(alert.Outlook)) (alert.Outlook, error) {
		parsed, wrong := alert.Parse("desk.rules", []byte(rules))
		w, unresolved, err := alert.New(ctx, l, picture.New(l, nil), parsed.Rules, q.Language, func(id casus.ActorID) string { return testNames[q.Language][id] })
		if err != nil {
			return alert.Outlook{}, err
		}
		out := alert.Outlook{File: "desk.rules", AsOf: q.AsOf, Days: q.Days, Wrong: []string{}}
		for _, err := range append(wrong, unresolved...) {
			out.Wrong = append(out.Wrong, err.Error())
		}
		raised, articles, err := w.Replay(ctx, q.Days, q.AsOf, nil)
		out.Articles, out.Rules = articles, w.PerRule(raised, q.Limit)
		return out, err
	}
	return o
}

// What takes long is answered with what there is so far, until it is whole.
func TestAlertsThatTakeLongComeByAndBy(t *testing.T) {
	l := sample(t)
	o := ruled(t, l, deskRules)
	whole, goOn, stopped := o.Alerts, make(chan struct{}), make(chan error, 1)
	o.Alerts = func(ctx context.Context, q web.AlertsQuestion, soFar func(alert.Outlook)) (alert.Outlook, error) {
		soFar(alert.Outlook{File: "desk.rules", AsOf: q.AsOf, Days: q.Days, Articles: 3, Rules: []alert.Checked{}, Wrong: []string{}})
		select {
		case <-goOn:
			return whole(ctx, q, soFar)
		case <-ctx.Done():
			stopped <- ctx.Err()
			return alert.Outlook{}, ctx.Err()
		}
	}
	server := web.NewServer(o)
	ask := func(address string) (out alert.Outlook) {
		t.Helper()
		w := get(server.Handler, address)
		if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil || w.Code != http.StatusOK {
			t.Fatalf("%d, %v: %s", w.Code, err, w.Body)
		}
		return out
	}
	const week, month = "/api/alerts?as_of=2026-11-21", "/api/alerts?as_of=2026-11-21&days=30"
	for range 2 {
		if got := ask(week); !got.Pending || got.Articles != 3 {
			t.Fatalf("so far: %+v", got)
		}
	}
	goOn <- struct{}{}
	got := ask(week)
	for ; got.Pending; got = ask(week) {
	}
	if len(got.Rules) != 3 || got.Articles == 3 {
		t.Errorf("the whole: %+v", got)
	}
	if got := ask(month); !got.Pending {
		t.Errorf("another question: %+v", got)
	}
	if err := server.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-stopped; !errors.Is(err, context.Canceled) {
		t.Errorf("when the server stops: %v", err)
	}
}

// A fault while alerts are worked out is told to who asked, and costs nobody else anything.
func TestAlertsThatFailAreAskedForAnew(t *testing.T) {
	o := ruled(t, sample(t), deskRules)
	o.Log = slog.New(slog.DiscardHandler)
	whole, faults := o.Alerts, 1
	o.Alerts = func(ctx context.Context, q web.AlertsQuestion, soFar func(alert.Outlook)) (alert.Outlook, error) {
		if faults--; faults >= 0 {
			panic("a fault of ours")
		}
		return whole(ctx, q, soFar)
	}
	h := web.New(o)
	if w := get(h, "/api/alerts"); w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "goroutine") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	var w *httptest.ResponseRecorder
	for w = get(h, "/api/alerts"); w.Code == http.StatusInternalServerError; w = get(h, "/api/alerts") { // until the failed one is forgotten
	}
	if w.Code != http.StatusOK {
		t.Errorf("asked anew: %d %s", w.Code, w.Body)
	}
}

// The desk asks on until all is there.
func TestTheDeskWaitsForAlertsThatTakeLong(t *testing.T) {
	o := ruled(t, sample(t), deskRules)
	whole, goOn := o.Alerts, make(chan struct{})
	o.Alerts = func(ctx context.Context, q web.AlertsQuestion, soFar func(alert.Outlook)) (alert.Outlook, error) {
		soFar(alert.Outlook{File: "desk.rules", AsOf: q.AsOf, Days: q.Days, Rules: []alert.Checked{}, Wrong: []string{}})
		<-goOn
		return whole(ctx, q, soFar)
	}
	b := look(t, web.New(o), "en-GB")
	b.open("/alerts")
	b.sees(".pending", "Still looking further; this is what there is so far.")
	close(goOn)
	b.sees(".alerts .says", "Taliban seizes: Afghanistan · 3 July 2021")
	b.wait(`!document.querySelector(".pending")`)
}

const deskRules = `[rule The Taliban act]
kind: event
actor: taliban

[rule Numbers of soldiers]
kind: figure
unit: soldiers

[rule All talks]
kind: event
type: CONSULT

[rule <b>wrong</b>]
kind: rumour
`

func TestAlertsLeadToTheirSentences(t *testing.T) {
	l := sample(t)
	many(t, l, 12)
	b := look(t, web.New(ruled(t, l, deskRules)), "en-GB")
	b.open("/alerts")
	b.sees(".meta", "In 7 days up to 21 November 2026, 14 articles came in. Rules of desk.rules.")
	b.sees(".notice", "rumour")
	b.sees(".alerts section", "The Taliban act 1 alert · line 1")
	b.sees(".alerts .says", "Taliban seizes: Afghanistan · 3 July 2021")
	b.sees("section.none", "Numbers of soldiers nothing")
	b.wait(`[...document.querySelectorAll("section")].some((s) => s.innerText.includes("All talks") && s.querySelectorAll("li").length === 10 && s.innerText.includes("and 2 more"))`)
	b.click("section a[href*='all=']")
	b.wait(`[...document.querySelectorAll("section")].some((s) => s.innerText.includes("All talks") && s.querySelectorAll("li").length === 12)`)
	b.click("section .quote")
	b.sees(".card", "De Taliban namen zaterdag zes districten in.")
	b.open("/alerts?known=2026-11-20")
	b.sees(".meta", "0 articles came in")
	b.sees("body", "No rule tells anything of these days.")
}

func TestWithoutRulesTheDeskSaysHowToWriteThem(t *testing.T) {
	l := sample(t)
	b := look(t, web.New(options(l)), "nl-NL")
	b.open("/alerts")
	b.sees(".notice", "Er is geen bestand met regels.")
	b.sees(".notice", "casus serve --rules desk.rules")
	w := get(web.New(options(l)), "/api/alerts?days=3&as_of=2021-07-09")
	if want := "{\"file\":\"\",\"as_of\":\"2021-07-09\",\"days\":3,\"articles\":0,\"rules\":[],\"wrong\":[],\"pending\":false}\n"; w.Code != http.StatusOK || w.Body.String() != want {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := get(web.New(options(l)), "/api/alerts?days=400"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("400 days are answered with %d", w.Code)
	}
	example := ask[string](b, `document.querySelector(".notice pre").innerText`)
	if _, wrong := alert.Parse("example", []byte(example)); len(wrong) > 0 || !strings.Contains(example, "[rule ") {
		t.Errorf("the example %s is wrong: %v", example, wrong)
	}
}
