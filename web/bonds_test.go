package web_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"casus"
	"casus/ledger"
	"casus/picture"
	"casus/web"
)

// told is an article of one sentence with a record on the whole of it.
type told struct {
	id, published, by string
	status            casus.Status
	when              string // a day; the record's is the same unless said
	body              casus.Body
}

// tell adds articles to a ledger.
func tell(t testing.TB, l ledger.Ledger, stories ...told) {
	t.Helper()
	for _, s := range stories {
		text := "Dit staat in bericht " + s.id + "."
		sum := sha256.Sum256([]byte(text))
		published := dayOf(t, s.published)
		r := record(t, text, text, casus.Day(published), s.body)
		r.Status = s.status
		if s.when != "" {
			r.When = casus.Day(dayOf(t, s.when))
		}
		if s.by != "" {
			r.By, r.ByAs = casus.ActorID(s.by), "bericht"
		}
		reading := ledger.Reading{Reader: "test-1", Records: []casus.Record{r}, Article: casus.Article{ID: casus.ArticleID(s.id), Hash: hex.EncodeToString(sum[:]),
			Title: "Over " + s.id, Publisher: "De Bode", Language: "nl", Date: casus.Day(published), Text: text}}
		if _, err := l.Append(t.Context(), reading); err != nil {
			t.Fatal(err)
		}
	}
}

func dayOf(t testing.TB, s string) casus.Date {
	t.Helper()
	d, err := casus.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func owes(t testing.TB, debtor, beneficiary casus.ActorID, duty, condition string, basis casus.Basis, deadline string) casus.Body {
	c := &casus.Commitment{Debtor: debtor, Beneficiary: beneficiary, Duty: duty, Condition: condition, Basis: basis, State: casus.InForce}
	if deadline != "" {
		c.Deadline = dayOf(t, deadline)
	}
	return c
}

func fled(n float64) casus.Body {
	return &casus.Flow{Group: "afg/mil", Origin: "afg", Destination: "tjk", Low: &n, High: &n, Cause: casus.CauseConflict}
}

// promises is the sample with two promises, of which one is kept, a truce that
// one side alone says is broken, counts that cannot both be, and a promise of
// the one whose name attacks the page.
func promises(t testing.TB) ledger.Ledger {
	t.Helper()
	l := sample(t)
	event := func(sort casus.EventType, mode string, source, target casus.ActorID) casus.Body {
		return &casus.Event{Type: sort, Mode: mode, Source: []casus.ActorID{source}, Target: []casus.ActorID{target}}
	}
	tell(t, l,
		told{"leave", "2021-07-01", "", casus.Planned, "", owes(t, "rus", "tjk", "to withdraw its troops", "", casus.Deal, "2021-08-31")},
		told{"left", "2021-08-20", "", casus.Happened, "", event(casus.Retreat, "withdraw", "rus/mil", "tjk")},
		told{"talk", "2021-07-02", "", casus.Planned, "", owes(t, "rus", "afg", "to recognise", "if they talk", casus.Pledge, "2021-09-10")},
		told{"truce", "2021-07-01", "", casus.Happened, "", owes(t, "tjk", "rus", "to hold their fire", "", casus.Ceasefire, "")},
		told{"shot", "2021-07-03", "rus/gov", casus.Happened, "2021-07-02", event(casus.Assault, "", "tjk/mil", "rus/mil")},
		told{"many", "2021-07-05", "tjk/gov", casus.Happened, "", fled(1037)},
		told{"few", "2021-07-06", "afg/mil", casus.Happened, "2021-07-05", fled(300)},
		told{"threat", "2021-07-07", "", casus.Planned, "", owes(t, "person/x", "tjk", hostileText, hostileText, casus.Ultimatum, "")})
	return l
}

// correctable are options of a server that takes corrections.
func correctable(l ledger.Ledger) web.Options {
	o := options(l)
	o.Correct = l.Correct
	return o
}

// follow opens a link by keyboard, which what is still being laid out cannot move away from.
func (b *browser) follow(selector string) {
	b.t.Helper()
	b.wait(`document.querySelector("` + selector + `")`)
	b.do(chromedp.Focus(chromedp.CSS(selector)))
	b.key(kb.Enter)
}

func TestCommitmentsAreFollowedAndAskedForByTime(t *testing.T) {
	l := promises(t)
	h := web.New(options(l))
	for address, want := range map[string][]string{
		"/api/commitments/followed?as_of=2021-12-31":                               {"rus kept", "rus in-force", "tjk in-force", "taliban in-force", "person/x in-force"},
		"/api/commitments/followed?as_of=2021-12-31&actor=tjk&state=kept":          {"rus kept"},
		"/api/commitments/followed?as_of=2021-12-31&from=2021-07-05&starting=true": {"taliban in-force", "person/x in-force"},
	} {
		var list []picture.Promise
		if err := json.Unmarshal(get(h, address).Body.Bytes(), &list); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range list {
			got = append(got, string(p.Entries[0].Record.Body.(*casus.Commitment).Debtor)+" "+string(p.State))
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", address, got, want)
		}
	}
}

func TestDeadlinesComeAsACalendar(t *testing.T) {
	h := web.New(options(promises(t)))
	got := get(h, "/api/commitments/deadlines.ics?as_of=2021-12-31")
	if got.Code != http.StatusOK || got.Header().Get("Content-Type") != "text/calendar; charset=utf-8" || !strings.Contains(got.Header().Get("Content-Disposition"), "deadlines.ics") {
		t.Errorf("status %d, %v", got.Code, got.Header())
	}
	if n := strings.Count(got.Body.String(), "BEGIN:VEVENT"); n != 2 {
		t.Errorf("%d deadlines in\n%s", n, got.Body)
	}
	if one := get(h, "/api/commitments/deadlines.ics?as_of=2021-12-31&state=kept").Body.String(); !strings.Contains(one, "DTSTART;VALUE=DATE:20210831") || strings.Contains(one, "20210910") {
		t.Errorf("of those that were kept it has\n%s", one)
	}
	if got := get(h, "/api/commitments/deadlines.ics?actor=Nobody"); got.Code != http.StatusNotFound {
		t.Errorf("status %d for an actor that is not there", got.Code)
	}
}

func TestQuantitiesComeWithTheirTellings(t *testing.T) {
	l := promises(t)
	o := options(l)
	want, _, err := o.Picture.Quantities(t.Context(), "soldaten", picture.Question{Kinds: []casus.Kind{casus.KindFlow}})
	if err != nil || len(want) != 1 {
		t.Fatalf("%d quantities (%v), want the soldiers who fled", len(want), err)
	}
	if got := get(web.New(o), "/api/quantities?of=soldaten&kind=flow").Body.String(); got != asJSON(t, want) {
		t.Errorf("the answer is\n%s, want\n%s", got, asJSON(t, want))
	}
}

// Every rule by which an event bears on a commitment is said in both languages.
func TestThePageHasWordsForEveryRuleOfCommitments(t *testing.T) {
	rules, err := os.ReadFile("../picture/promises.tsv")
	if err != nil {
		t.Fatal(err)
	}
	words, err := os.ReadFile("desk/src/words/views/commitments.tsv")
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for line := range strings.Lines(string(rules)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || len(f) != 7 || f[6] == "how" {
			continue
		}
		if checked++; !strings.Contains(string(words), "\ncommitments.how."+f[6]+"\t") {
			t.Errorf("commitments.tsv has no line for %q", f[6])
		}
	}
	if checked == 0 {
		t.Error("promises.tsv has no rules")
	}
}

func TestACellOpensItsEvidence(t *testing.T) {
	b := look(t, web.New(options(promises(t))), "en-GB")
	b.open("/commitments?as_of=2021-12-31")
	b.count(".matrix .cell", 5)
	b.sees(".tally", "5 commitments. 2 with a deadline, 1 of them past")
	b.sees(".matrix", "Russia kept in force !")

	// By keyboard into a cell, and back to it.
	b.do(chromedp.Focus(chromedp.CSS(".cell.kept")))
	b.key(kb.Enter)
	b.sees("#evidence", "kept: Russia → Tajikistan")
	b.wait(`document.activeElement.id === "evidence"`)
	b.sees("#evidence dl", "Duty to withdraw its troops Condition none named Deadline 31 August 2021")
	b.sees("#evidence .columns section", "kept · 20 August 2021 · it withdrew Dit staat in bericht left.")
	b.sees("#evidence .columns section:last-child", "Nothing is known. How it began in force · 1 July 2021 · told so")
	b.click("#evidence .close")
	b.count("#evidence", 0)
	b.wait(`document.activeElement.matches(".cell.kept")`)

	// What one side alone says moves nothing, and is shown as what speaks against.
	b.clickWords(".cell[aria-label^='Tajikistan, Russia'] span", "in force")
	b.sees("#evidence .columns section:last-child", "it attacked, as Russia says alone only claimed Dit staat in bericht shot.")
	if got := b.place(); got != "/commitments?cell=tjk%7Erus%7Ein-force&as_of=2021-12-31" {
		t.Errorf("the address is %s", got)
	}
	b.do(chromedp.Reload())
	b.follow("#evidence .columns section:last-child a[href^='/article/shot']")
	b.sees(".card h2", "Military of Tajikistan attacks military of Russia")
}

func TestCommitmentsAreNarrowedByWhatTheAddressSays(t *testing.T) {
	b := look(t, web.New(options(promises(t))), "nl-NL")
	b.open("/commitments?as_of=2021-12-31")
	b.count(".matrix .cell", 5)
	b.clickWords(".states button", "nagekomen 1")
	b.count(".matrix .cell", 1)
	b.sees(".agenda", "31 augustus 2021 nagekomen · Rusland → Tadzjikistan")
	b.click(".clear")
	b.count(".matrix .cell", 5)
	b.do(chromedp.SendKeys(chromedp.CSS("input[name=actor]"), "Taliban"+kb.Enter))
	b.count(".matrix .cell", 1)
	b.open("/commitments?as_of=2021-12-31&by=basis")
	b.sees(".matrix thead", "afspraak bestand toezegging ultimatum")
	b.click(".years button[aria-label='september 2021: 1']")
	b.count(".agenda li", 1)
	b.sees(".agenda", "termijn verstreken, 112 dagen geleden")
	b.open("/commitments?as_of=2021-07-20&told=30&state=in-force")
	b.count(".matrix .cell", 5) // what was told by then, and nothing kept yet
	if href := ask[string](b, `document.querySelector("a[download]").getAttribute("href")`); href != "/api/commitments/deadlines.ics?as_of=2021-07-20&from=2021-06-21&starting=true&state=in-force" {
		t.Errorf("the calendar is at %s", href)
	}
	b.open("/commitments?actor=rus&state=rejected")
	b.sees(".notice", "Hier is niets dat op de vraag past.")
}

func TestAContradictionIsSettledAndTakenBack(t *testing.T) {
	l := promises(t)
	b := look(t, web.New(correctable(l)), "en-GB")
	b.open("/contradictions")
	b.count(".quarrel", 1)
	b.sees(".quarrel", "Numbers that cannot both be")
	b.sees(".verdict", "sources differ")
	b.sees(".side", "Military of Afghanistan flees from Afghanistan to Tajikistan (at least 1,000)")
	b.sees(".side:last-child", "300")
	b.sees(".side:last-child", "Dit staat in bericht few.")
	b.sees(".side:last-child", "According to Afghanistan")
	b.sees(".side:last-child dl", "Grade F4 doubtful; source cannot be judged")

	b.click(".side:last-child .choose")
	b.wait(`document.activeElement.name === "author"`)
	b.do(chromedp.SendKeys(chromedp.CSS(".settle [name=author]"), "Ada"))
	b.do(chromedp.SendKeys(chromedp.CSS(".settle [name=reason]"), "seen <b>myself</b>"+kb.Enter))
	b.sees(".decided", "Ada settled it on")
	b.sees(".decided", "seen <b>myself</b>")
	b.sees(".side.right", "This side is right, says the analyst")
	b.count(".side.wrong", 1)
	b.count(".settle", 0)
	b.sees("[role=status]", "Settled for side B.")
	corrections, err := l.Corrections(t.Context(), ledger.CorrectionQuery{})
	if err != nil || len(corrections) != 1 || corrections[0].Author != "Ada" || corrections[0].About != "figures" {
		t.Fatalf("the ledger has the corrections %+v (%v)", corrections, err)
	}

	b.click(".only-open")
	b.sees(".notice", "Nothing here answers the question.")
	b.click(".only-open")
	b.click(".undo")
	b.wait(`document.activeElement.name === "reason"`) // the name is remembered
	b.key(kb.Escape)
	b.count(".settle", 0)
	b.wait(`document.activeElement.matches(".undo")`)
	b.click(".undo")
	b.do(chromedp.SendKeys(chromedp.CSS(".settle [name=reason]"), "it was another night"+kb.Enter))
	b.count(".decided", 0)
	b.count(".choose", 2)

	b.follow(".side:last-child a[href^='/article/few']")
	b.sees(".card h2", "(300)")
}

func TestContradictionsOfAMonthAndOfAnActor(t *testing.T) {
	b := look(t, web.New(options(promises(t))), "nl-NL")
	b.open("/contradictions?month=2021-07")
	b.count(".quarrel", 1)
	b.sees(".month", "juli 2021")
	b.click(".months [aria-label='Vorige maand']")
	b.sees(".month", "juni 2021")
	b.sees(".notice", "Kies een andere maand")
	b.open("/contradictions?actor=Taliban")
	b.sees(".notice", "Hier is niets dat op de vraag past.")
	b.open("/contradictions?actor=tjk")
	b.count(".quarrel", 1)
	b.click(".choose")
	b.do(chromedp.SendKeys(chromedp.CSS(".settle [name=author]"), "Ada"), chromedp.SendKeys(chromedp.CSS(".settle [name=reason]"), "gezien"+kb.Enter))
	b.sees(".settle [role=alert]", "no such address") // this server only shows
	b.forgive("404")
}

func TestAQuantityShowsItsRanges(t *testing.T) {
	b := look(t, web.New(options(promises(t))), "en-GB")
	b.open("/numbers")
	b.count(".quantity", 1)
	b.sees(".quantity h2", "Military of Afghanistan flees from Afghanistan to Tajikistan")
	b.sees(".quantity .sum", "from 300 to 1,037 or more · told 3 times")
	b.count(".quantity svg a", 3)
	b.wait(`[...document.querySelectorAll(".quantity svg a")].some((a) => a.ariaLabel === "300; military of Afghanistan; 5 July 2021")`)
	b.sees(".once", "6")
	b.sees(".once", "zes districten")
	b.click(".quantity summary")
	b.sees(".quantity details", "Dit staat in bericht many.")
	b.do(chromedp.SendKeys(chromedp.CSS("input[name=of]"), "districten"+kb.Enter))
	b.count(".quantity", 0)
	b.count(".once li", 1)
	b.click(".clear")
	b.clickWords(".chip .underlined", "flows")
	b.count(".once li", 0)
	if got := b.place(); got != "/numbers?kind=flow&told=all" {
		t.Errorf("the address is %s", got)
	}
	b.follow(".quantity svg a[aria-label^='300']")
	b.sees(".card h2", "(300)")
}

// The names and texts that attack the page are shown in these views too, and
// the page stays as wide as a tablet.
func TestBondsShowHostileTextOnATablet(t *testing.T) {
	l := promises(t)
	b := look(t, web.New(correctable(l)), "en-GB")
	b.do(chromedp.EmulateViewport(820, 1180))
	b.open("/commitments?actor=person%2Fx")
	b.click(".cell")
	b.sees("#evidence", hostileName)
	b.sees("#evidence dl", `<img src=x onerror="document.title='owned'">`)
	for _, view := range []string{"/commitments", "/commitments?by=basis", "/contradictions", "/numbers"} {
		b.open(view)
		b.wait(`document.querySelector(".cell, .quarrel, .quantity")`)
		if wide := ask[bool](b, "document.documentElement.scrollWidth > innerWidth"); wide {
			t.Errorf("%s is wider than the screen", view)
		}
		if made := ask[int](b, `document.querySelectorAll("main img, main script, main style, a[href^='javascript']").length`); made != 0 {
			t.Errorf("%s: the text made %d elements", view, made)
		}
	}
}
