package web_test

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"casus"
	"casus/feed"
	"casus/ledger"
	"casus/ledger/sqlite"
	"casus/ontology"
	"casus/picture"
	"casus/read"
	"casus/read/lang/en"
	"casus/read/lang/nl"
	"casus/refdata"
	"casus/web"
)

// correcting serves a ledger that takes corrections.
func correcting(l ledger.Ledger) http.Handler {
	o := options(l)
	o.Correct = l.Correct
	return web.New(o)
}

// doubtful adds articles of one record each of which the reader was the less
// sure the later it comes.
func doubtful(t *testing.T, l ledger.Ledger, n int) {
	t.Helper()
	for i := range n {
		text := fmt.Sprintf("Gisteren was er iets. Rusland hielp Tadzjikistan misschien, bericht %d. Morgen meer.", i)
		sum := sha256.Sum256([]byte(text))
		day := casus.Day(casus.NewDate(2022, 3, 1).AddDays(i))
		r := record(t, text, fmt.Sprintf("Rusland hielp Tadzjikistan misschien, bericht %d.", i), day, &casus.Event{Type: casus.Aid, Source: []casus.ActorID{"rus"}, Target: []casus.ActorID{"tjk"}})
		r.Made.Confidence = 0.6 - float64(i)/10
		if _, err := l.Append(t.Context(), ledger.Reading{Reader: "test-1", Records: []casus.Record{r},
			Article: casus.Article{ID: casus.ArticleID(fmt.Sprintf("aid-%d", i)), Hash: hex.EncodeToString(sum[:]), Title: fmt.Sprintf("Hulp %d", i), Language: "nl", Date: day, Text: text}}); err != nil {
			t.Fatal(err)
		}
	}
}

// fill types into the input that a selector finds, in the place of what it has.
func (b *browser) fill(selector, words string) {
	b.t.Helper()
	b.wait(fmt.Sprintf("document.querySelector(%q)", selector))
	ask[bool](b, fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.focus(); e.select?.(); return true; })()`, selector))
	b.key(words)
}

// strike strikes a letter as a keyboard does: what the page does with the key
// goes before the letter. (KeyEvent types the letter whatever the page did.)
func (b *browser) strike(letter string) {
	b.t.Helper()
	code := "Key" + strings.ToUpper(letter)
	key := int64(strings.ToUpper(letter)[0])
	for _, p := range []input.DispatchKeyEventParams{
		{Type: "keyDown", Key: letter, Code: code, Text: letter, UnmodifiedText: letter, WindowsVirtualKeyCode: key},
		{Type: "keyUp", Key: letter, Code: code, WindowsVirtualKeyCode: key},
	} {
		if _, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, p); err != nil {
			b.t.Fatal(err)
		}
	}
}

// choose picks an option of a select, or a day.
func (b *browser) choose(selector, value string) {
	b.t.Helper()
	b.wait(fmt.Sprintf("document.querySelector(%q)", selector))
	ask[bool](b, fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.value = %q; e.dispatchEvent(new Event("input", {bubbles: true})); e.dispatchEvent(new Event("change", {bubbles: true})); return true; })()`, selector, value))
}

func TestARecordIsCorrectedByKey(t *testing.T) {
	l := sample(t)
	b := look(t, correcting(l), "nl-NL")
	b.open("/article/border")
	b.clickWords(".piece", "zes districten")
	b.sees(".card h2", "6 districten")

	// Who accepts is asked once.
	b.strike("a")
	b.fill(".correct input[name=author]", "Ann axe e") // letters that do something elsewhere
	b.key(kb.Enter)
	b.sees(".verdict", "Akkoord bevonden")
	b.sees(".correct .who", "Je corrigeert als Ann axe e.")
	b.sees(".last li", "Akkoord: 6 districten")
	b.clickWords(".piece", "zes districten")
	b.sees(".card h2", "Taliban neemt in: Afghanistan")
	b.strike("a")
	b.sees(".verdict", "Akkoord bevonden")
	b.count(".correct form", 0)

	// Rejecting needs a reason; the record is struck out and can come back.
	b.strike("x")
	b.key(kb.Enter)
	b.count(".correct form", 1)
	b.fill(".correct input[name=reason]", "dat staat er niet")
	b.key(kb.Enter)
	b.sees(".verdict", "Afgewezen")
	b.wait(`getComputedStyle(document.querySelector(".card h2")).textDecorationLine === "line-through"`)
	b.sees(".last li", "dat staat er niet")
	b.strike("u")
	b.sees(".verdict", "Akkoord bevonden")
	b.sees(".told", "is ongedaan gemaakt")

	// Amending by the form: the card and the sentence follow at once.
	b.strike("e")
	b.choose(".correct select", "possible")
	b.choose(".correct .fields label:nth-of-type(3) input", "2021-07-04") // after its end
	b.fill(".correct input[aria-label='Jegens wie 2']", "Tadzjikistan")
	b.fill(".correct input[name=reason]", "het is niet zeker")
	b.key(kb.Enter)
	b.sees(".problem", "from 2021-07-04 is after to 2021-07-03")
	b.forgive("400")
	b.choose(".correct .fields label:nth-of-type(3) input", "2021-07-02")
	b.click(".correct form .go")
	b.sees(".verdict", "Verbeterd")
	b.sees(".card h2", "Taliban neemt in: Afghanistan en Tadzjikistan")
	b.sees(".card dl", "mogelijk")

	// Somebody who is nobody is told, and what was typed stays.
	b.strike("w")
	b.fill(".correct .actor-field input", "Talibna")
	b.fill(".correct input[name=reason]", "het was een ander")
	b.key(kb.Enter)
	b.sees(".problem", "Did you mean")
	b.forgive("404")
	b.fill(".correct .actor-field input", "Rusland")
	b.key(kb.Tab)
	b.click(".correct form .go")
	b.sees(".card h2", "Rusland neemt in")
	b.sees(".last li", "Hier is Taliban eigenlijk Rusland")

	// All versions stay, each with who made it.
	b.strike("h")
	b.count(".history > ol > li", 5) // as read, accepted, accepted again, amended, re-assigned
	b.sees(".history > ol > li:last-child", "Rusland neemt in")
	b.sees(".history > ol > li", "lezer test-1")

	// Without the letters the buttons still do it.
	b.click(".correct .who input[type=checkbox]")
	b.strike("x")
	b.do(chromedp.Reload())
	b.sees(".card h2", "Rusland neemt in")
	b.strike("x")
	b.count(".correct form", 0)
	b.click(".correct button[data-form=reject]")
	b.count(".correct form", 1)
	b.key(kb.Escape)
	b.count(".correct form", 0)
	b.count(".card", 1)
	stands, err := l.Record(t.Context(), ids(t, l, "seize"))
	if err != nil || stands.Record.Status != casus.Possible || stands.Record.Body.(*casus.Event).Source[0] != "rus" || stands.Record.When.From != casus.NewDate(2021, 7, 2) {
		t.Errorf("in the ledger it stands as %+v, %v", stands.Record, err)
	}
}

// ids finds the event of a mode.
func ids(t *testing.T, l ledger.Ledger, mode string) casus.RecordID {
	t.Helper()
	page, err := l.Records(t.Context(), ledger.Query{Kinds: []casus.Kind{casus.KindEvent}})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range page.Entries {
		if e.Record.Body.(*casus.Event).Mode == mode {
			return e.ID
		}
	}
	t.Fatalf("no event %s", mode)
	return ""
}

// Two analysts at one record: the second is told, and nothing of either is lost.
func TestAConflictLosesNothing(t *testing.T) {
	l := sample(t)
	b := look(t, correcting(l), "en-GB")
	seized := ids(t, l, "seize")
	b.open("/article/border?record=" + string(seized))
	b.sees(".card h2", "Taliban seizes: Afghanistan")
	b.strike("e")
	b.choose(".correct select", "denied")
	b.fill(".correct input[name=author]", "Ann")
	b.fill(".correct input[name=reason]", "he denies it")
	stands, err := l.Record(t.Context(), seized)
	if err != nil {
		t.Fatal(err)
	}
	other := stands.Record
	other.Body = &casus.Event{Type: casus.Coerce, Mode: "seize", Source: []casus.ActorID{"taliban"}, Target: []casus.ActorID{"tjk"}}
	if _, err := l.Correct(t.Context(), ledger.Correction{Action: ledger.Amend, Author: "Ben", Reason: "it was over the river", Record: seized, Amended: &other, Seen: -1}); err != nil {
		t.Fatal(err)
	}
	b.key(kb.Enter)
	b.sees(".problem", "Somebody else was first. What you filled in is still there.")
	b.sees(".problem", "Ben corrected it in the meantime")
	b.sees(".problem", "The record now reads: Taliban seizes: Tajikistan")
	b.wait(`document.querySelector(".correct input[name=reason]").value === "he denies it" && document.querySelector(".correct select").value === "denied"`)
	b.forgive("409")
	b.click(".correct form .go")
	b.sees(".card h2", "Taliban seizes: Tajikistan")
	b.sees(".card dl", "denied")
	stands, err = l.Record(t.Context(), seized)
	if target := stands.Record.Body.(*casus.Event).Target; err != nil || stands.Record.Status != casus.Denied || len(target) != 1 || target[0] != "tjk" {
		t.Errorf("it stands as %+v, %v", stands.Record, err)
	}
}

func TestTheQueueIsWorkedThrough(t *testing.T) {
	l := sample(t)
	doubtful(t, l, 3)
	b := look(t, correcting(l), "nl-NL")
	b.open("/review")
	b.sees(".left", "Nog 4 na te kijken") // the three, and what is told with a hedge
	b.sees(".context h2", "Hulp 2")
	b.sees(".context mark", "Rusland hielp Tadzjikistan misschien, bericht 2.")
	b.sees(".context .words", "Gisteren was er iets. Rusland")
	b.sees(".card h2", "Rusland helpt Tadzjikistan")

	b.strike("a")
	b.fill(".correct input[name=author]", "Ann")
	b.key(kb.Enter)
	b.sees(".context h2", "Hulp 1") // the next comes by itself
	b.sees(".left", "Nog 3 na te kijken")
	b.strike("n")
	b.sees(".context h2", "Hulp 0")
	b.strike("p")
	b.sees(".context h2", "Hulp 1")
	b.strike("x")
	b.fill(".correct input[name=reason]", "geen hulp")
	b.key(kb.Enter)
	b.sees(".context h2", "Hulp 0")
	b.sees(".left", "Nog 2 na te kijken")
	b.strike("u") // brings it back
	b.sees(".context h2", "Hulp 1")
	b.sees(".left", "Nog 3 na te kijken")
	b.sees(".last li", "ongedaan gemaakt door 3")

	// By kind, and by actor; the address says which.
	b.click(".chip.kind-flow")
	b.sees(".left", "Nog 1 na te kijken")
	b.sees(".card h2", "Leger van Afghanistan vlucht")
	b.sees(".context mark", "Meer dan duizend Afghaanse soldaten vluchtten")
	b.open("/review?actor=Rusland")
	b.sees(".left", "Nog 2 na te kijken")
	b.strike("a")
	b.sees(".context h2", "Hulp 0")
	b.strike("a")
	b.sees(".notice", "Dit was de laatste.")
	b.sees(".left", "Alles is nagekeken")

	// The log has it all, the latest first, each to be taken back with a reason.
	b.click(".parts a[href*=log]")
	b.count(".log li", 5)
	b.sees(".log li", "Akkoord: Rusland helpt Tadzjikistan")
	b.sees(".log li:nth-child(3)", "Correctie 2 ongedaan gemaakt")
	b.sees(".log li:nth-child(4)", "Ann")
	b.sees(".log li:nth-child(4)", "geen hulp")
	b.click(".log li:nth-child(5) .undo")
	b.fill(".log form input[name=reason]", "te vlug")
	b.key(kb.Enter)
	b.count(".log li", 6)
	b.sees(".log li", "te vlug")
	b.sees(".log li:nth-child(6)", "ongedaan gemaakt door 6")
	b.click(".parts a")
	b.sees(".left", "Nog 2 na te kijken")
}

// A rejected record is still found by its address, and can be taken back there
// after the page was loaded anew.
func TestARejectedRecordCanComeBack(t *testing.T) {
	l := sample(t)
	seized := ids(t, l, "seize")
	if _, err := l.Correct(t.Context(), ledger.Correction{Action: ledger.Reject, Author: hostileName, Reason: hostileText, Record: seized, Seen: -1}); err != nil {
		t.Fatal(err)
	}
	b := look(t, correcting(l), "en-GB")
	b.open("/article/border")
	b.count(".mark", 5)
	b.sees(".last li", hostileName)
	b.click(".last li a")
	b.sees(".verdict", "Rejected")
	b.count(".mark", 6)
	b.click(".last .undo")
	b.fill(".last input[name=author]", "Ann")
	b.fill(".last input[name=reason]", "it does say so")
	b.key(kb.Enter)
	b.count(".verdict", 0)
	b.click(".card .buttons button:last-child")
	b.count(".mark", 6)
	if made := ask[int](b, `document.querySelectorAll("main img, main script, main style").length`); made != 0 {
		t.Errorf("a hostile name made %d elements", made)
	}
}

// TestFromReadingToExport goes all the way, on articles of our own that the
// reader reads: read, see, filter, open the sentence, correct, see the
// correction, undo, export.
func TestFromReadingToExport(t *testing.T) {
	if testing.Short() {
		t.Skip("no browser tests with -short")
	}
	b := look(t, readExamples(t, "2021-07-05-districten-vallen.txt", "2021-07-08-correctie-aantal-soldaten.txt"), "nl-NL")
	b.open("/timeline")
	b.wait(`document.querySelectorAll(".timeline .says").length > 20`)
	b.do(chromedp.SendKeys(chromedp.CSS("input[name=actor]"), "Tadzjikistan"+kb.Enter))
	b.sees("h1", "Tijdlijn van Tadzjikistan")
	b.click(".chip.kind-flow")
	b.wait(`location.search.includes("kind=flow") && document.querySelector(".timeline .says") && !document.querySelector(".timeline .says:not(.kind-flow)")`)
	before := ask[int](b, `document.querySelectorAll(".timeline .says").length`)
	quote := ask[string](b, `document.querySelector(".timeline .quote q").textContent`)
	b.click(".timeline .quote")
	b.sees(".card blockquote", quote)
	b.wait(`document.querySelector(".piece.on")`)
	was := ask[string](b, `document.querySelector(".card .status").textContent.trim()`)

	b.strike("e")
	b.choose(".correct select", "denied")
	b.fill(".correct input[name=author]", "Ann")
	b.fill(".correct input[name=reason]", "de gouverneur spreekt het tegen")
	b.key(kb.Enter)
	b.sees(".card .status", "ontkend")
	b.do(chromedp.NavigateBack())
	b.sees(".timeline .status", "ontkend")
	if rows := exported(t, b); rows["amended"] != 1 || len(rows) != 2 {
		t.Errorf("exported after the correction: %v", rows)
	}

	b.do(chromedp.NavigateForward())
	b.sees(".last li", "Gewijzigd")
	b.strike("u")
	b.wait(fmt.Sprintf(`document.querySelector(".card .status").textContent.trim() === %q`, was))
	b.do(chromedp.NavigateBack())
	b.count(".timeline .says", before)
	if rows := exported(t, b); rows["amended"] != 0 || rows[""] != before {
		t.Errorf("exported after taking it back: %v, want %d", rows, before)
	}
}

// readExamples reads sample articles into a ledger on disk and serves it.
func readExamples(t *testing.T, names ...string) http.Handler {
	t.Helper()
	world, err := refdata.Open()
	if err != nil {
		t.Fatal(err)
	}
	plover, err := ontology.Open()
	if err != nil {
		t.Fatal(err)
	}
	reader := read.New(world, plover, map[string]fs.FS{"nl": nl.Files, "en": en.Files})
	l, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "desk.db"), sqlite.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	for _, name := range names {
		for item := range feed.Read(t.Context(), []string{filepath.Join("../examples", name)}, nil, feed.Options{}) {
			reading, err := reader.Read(item.Article)
			if item.Err != nil || err != nil {
				t.Fatal(item.Err, err)
			}
			if _, err := l.Append(t.Context(), ledger.Reading{Article: item.Article, Reader: reading.Version, Records: reading.Records, Actors: reading.Actors}); err != nil {
				t.Fatal(err)
			}
		}
	}
	o := options(l)
	o.Picture = picture.New(l, picture.NewLexicon(func(yield func(string, casus.ActorID) bool) {
		for id, name := range testNames["nl"] {
			if !yield(name, id) {
				return
			}
		}
	}, nil))
	o.Rules, o.Correct = reader, func(ctx context.Context, c ledger.Correction) (ledger.Correction, error) { return l.Correct(ctx, c) }
	return web.New(o)
}

// exported clicks on the link for a table, and counts the rows of the file that
// comes by what a person has made of the record.
func exported(t *testing.T, b *browser) map[string]int {
	t.Helper()
	folder := t.TempDir()
	if _, err := chromedp.Call(b.ctx, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{Behavior: "allow", DownloadPath: folder}); err != nil {
		t.Fatal(err)
	}
	b.click(".export a")
	file := filepath.Join(folder, "casus-timeline.csv")
	for deadline := time.Now().Add(patience); ; time.Sleep(40 * time.Millisecond) {
		if _, err := os.Stat(file); err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("no %s came", file)
		}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	column := -1
	for i, name := range rows[0] {
		if name == "review" {
			column = i
		}
	}
	out := map[string]int{}
	for _, row := range rows[1:] {
		out[row[column]]++
	}
	return out
}

// The forms have labels, and the colours of what is typed can be read.
func TestTheFormsOfCorrectingAreAccessible(t *testing.T) {
	axe, err := os.ReadFile("desk/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Skip("axe-core is not installed: run npm ci in web/desk")
	}
	l := sample(t)
	b := look(t, correcting(l), "nl-NL")
	for _, scheme := range []string{"light", "dark"} {
		paint(b, scheme)
		for _, letter := range []string{"x", "e", "w", "h"} {
			b.open("/article/border?record=" + string(ids(t, l, "seize")))
			b.sees(".card dl", "lezer")
			b.strike(letter)
			b.wait(`document.querySelector(".correct form, .correct .history li")`)
			b.sound(string(axe), "the form of "+letter)
		}
	}
}
