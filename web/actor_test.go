package web_test

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"casus"
	"casus/ledger"
	"casus/picture"
	"casus/web"
)

// A dossier has who somebody is, what holds, what is owed, what happened, what
// was said and by whom, and on whose word it rests; a line opens its sentence.
func TestADossierOpensItsSentences(t *testing.T) {
	l := sample(t)
	o := options(l)
	o.Picture = picture.New(l, picture.NewLexicon(func(yield func(string, casus.ActorID) bool) { yield("Taliban", "taliban") }, func(id casus.ActorID) (casus.Actor, bool) {
		return casus.Actor{ID: id, Kind: casus.ActorArmedGroup, Names: []string{"Taliban", "Talibaan"}}, id == "taliban"
	}).WithFacts(picture.Facts{
		Offices:     []picture.OfficeHeld{{Person: "person/leader", Office: casus.Office{Actor: "taliban", Role: "leader", From: casus.NewDate(2016, 5, 25)}, Checked: casus.NewDate(2025, 11, 1)}},
		Governments: []picture.Government{{Place: "afg", By: "taliban", From: casus.NewDate(2021, 8, 15)}},
	}))
	if _, err := l.Correct(t.Context(), ledger.Correction{Action: ledger.Grade, Author: "an analyst", Reason: "near the border", Source: "De Grenspost", Reliability: "B", Seen: -1}); err != nil {
		t.Fatal(err)
	}
	b := look(t, web.New(o), "en-GB")
	b.open("/actor/taliban")
	b.sees("h1", "Taliban")
	b.sees(".who", "Talibaan Who held office in it Leader, leader since 25 May 2016 (still so on 1 November 2025) Government Taliban governs Afghanistan since 15 August 2021")
	b.sees("#relations", "Relations 1 Taliban takes control of")
	b.sees("#relations", "since 3 July 2021 B3 possibly true; source usually reliable 1 origin: De Grenspost")
	b.sees("#commitments", "Is bound to do 1 5 July 2021 · Taliban is bound towards civilians of Afghanistan (pledge)")
	b.sees("#commitments", "in force")
	b.sees("#commitments", "Is owed 0")
	b.sees("#deployments", "No forces or bases are told")
	b.sees("#events", "3 July 2021 · Taliban seizes: Afghanistan")
	b.sees("#events", "B3 possibly true; source usually reliable")
	b.sees("#statements", "Taliban promises something")
	b.sees("#drift", "Of no pair is enough told")
	b.sees("#sources", "De Grenspost outlet 3 B source usually reliable")
	b.sees("#sources", "Taliban speaker 1 F: not graded")

	b.click("#commitments .quote")
	b.sees("h1", "Soldaten over de rivier")
	b.sees(".card h2", "Taliban is bound towards")
	b.click(".card h2 a.actor")
	b.sees("h1", "Taliban")
	if got := b.place(); got != "/actor/taliban" {
		t.Errorf("a name on a card leads to %s", got)
	}
	b.clickWords(".ways a", "Timeline of Taliban")
	b.sees("h1", "Timeline of Taliban")
	b.click(".timeline .says a.actor")
	b.sees(".dossier h1", "Taliban")
}

// What an analyst changes shows in the dossier, and what the line said before in its history.
func TestADossierHasTheHistoryOfALine(t *testing.T) {
	l := sample(t)
	page, err := l.Records(t.Context(), ledger.Query{Kinds: []casus.Kind{casus.KindRelation}})
	if err != nil || len(page.Entries) != 1 {
		t.Fatalf("%d relations: %v", len(page.Entries), err)
	}
	b := look(t, web.New(options(l)), "nl-NL")
	b.open("/actor/taliban")
	b.sees("#relations h2", "Betrekkingen 1")
	b.click("#relations .history summary")
	b.count("#relations .history li", 1)
	b.sees("#relations .history", "staat nog")
	b.sees("#relations .history", "lezer test-1, zekerheid 0,75")

	amended := page.Entries[0].Record
	amended.Status = casus.Denied
	if _, err := l.Correct(t.Context(), ledger.Correction{Action: ledger.Amend, Author: "J. Jansen", Reason: "de gouverneur spreekt het tegen", Record: page.Entries[0].ID, Amended: &amended, Seen: -1}); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Reload())
	b.sees("#relations h2", "Betrekkingen 0")
	b.sees("#relations h3", "Betwist of onzeker 1")
	b.sees("#relations .line", "ontkend")
	b.click("#relations .history summary")
	b.count("#relations .history li", 2)
	b.sees("#relations .history li", "correctie 1 van J. Jansen: de gouverneur spreekt het tegen")
	b.wait(`document.querySelectorAll("#relations .history li")[1].innerText.includes("lezer test-1")`)
}

// The dossier is of the clocks' day, and says so where nothing was told by then.
func TestADossierFollowsTheClocks(t *testing.T) {
	b := look(t, web.New(options(sample(t))), "en-GB")
	b.open("/actor/taliban?as_of=2021-07-04")
	b.sees(".notice", "Nothing is told of this actor Set the clocks later")
	b.click(".clock-bar .reset")
	b.sees("#relations h2", "Relations 1")
	b.count(".notice", 0)
	b.open("/actor/nobody")
	b.sees(".notice", "nobody")
	b.forgive("404")
}

func TestTheActorsAreListed(t *testing.T) {
	l := sample(t)
	many(t, l, 12)
	b := look(t, web.New(options(l)), "nl-NL")
	b.open("/actor")
	b.sees("h1", "Wie")
	b.sees(".actors li", "Tadzjikistan")
	b.do(chromedp.SendKeys(chromedp.CSS(".filters input[name=q]"), "rusl"))
	b.count(".actors li", 1)
	b.sees(".actors", "Rusland")
	b.sees(".actors", "12 records")
	if got := b.place(); got != "/actor?q=rusl" {
		t.Errorf("the address is %s", got)
	}
	b.do(chromedp.SendKeys(chromedp.CSS(".filters input[name=q]"), "zzz"))
	b.sees(".notice", "Hier is niets dat op de vraag past.")
	b.open("/actor?kind=person")
	b.count(".actors li", 1)
	b.do(chromedp.Focus(chromedp.CSS(".actors a")), chromedp.KeyEvent(kb.Enter))
	b.sees(".dossier h1", hostileName)
	b.sees("#statements", hostileName)
	b.click("#statements .history summary")
	b.sees("#statements .history li", hostileName)
	if made := ask[int](b, `document.querySelectorAll("main img, main script, main style").length`); made != 0 {
		t.Errorf("the text made %d elements", made)
	}
}

func TestADossierFitsATablet(t *testing.T) {
	b := look(t, web.New(options(sample(t))), "nl-NL")
	b.do(chromedp.EmulateViewport(820, 1180))
	for _, path := range []string{"/actor/taliban", "/actor/person%2Fx", "/actor", "/pair?a=taliban&b=afg", "/pair"} {
		b.open(path)
		b.wait(`document.querySelector("h1") && !document.querySelector(".waiting")`)
		if wide := ask[bool](b, "document.documentElement.scrollWidth > innerWidth"); wide {
			t.Errorf("%s is wider than the screen", path)
		}
	}
}
