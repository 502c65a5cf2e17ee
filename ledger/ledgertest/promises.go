package ledgertest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"casus"
	"casus/ledger"
)

// promises runs the lines of the contract, one test each.
func promises(t *testing.T, open Opener) {
	for _, p := range []struct {
		name string
		test func(t *testing.T, open Opener)
	}{
		{"a text is stored once", storedOnce},
		{"texts with one id get suffixes", suffixes},
		{"a later reading supersedes and keeps", rereading},
		{"a record that does not fit its text is refused with its article", refusal},
		{"a text that is there in other white space", whiteSpace},
		{"the clock never runs backwards", clockForward},
		{"a cancelled append stores nothing", cancelled},
		{"an actor is found by its parts and those who act for it", actorParts},
		{"records without a day come last", undatedLast},
		{"a window finds what reaches into it", window},
		{"near-copies are linked both ways", copies},
		{"what came in since a moment is listed, and no reading again", since},
		{"a search has no syntax to get wrong", searching},
		{"a question that cannot be is refused", badQuestions},
		{"a rejected record leaves the answers, and comes back", rejecting},
		{"an amended record takes its place", amending},
		{"corrections outlive readings", outliving},
		{"the second to correct is told of the first", somebodyFirst},
		{"of several who correct at once one is stored and the others are told", atOnce},
		{"merged actors answer as one", merging},
		{"which records are one thing is kept with its time", joining},
		{"many may ask while one appends", concurrent},
	} {
		t.Run(p.name, func(t *testing.T) { p.test(t, open) })
	}
}

// article makes a reading of a text whose sentences end with a full stop; each
// sentence that has a record quotes it whole.
func article(id, text string, records ...casus.Record) ledger.Reading {
	sum := sha256.Sum256([]byte(strings.Join(strings.Fields(text), " ")))
	r := ledger.Reading{Reader: "1", Article: casus.Article{ID: casus.ArticleID(id), Hash: hex.EncodeToString(sum[:]), Language: "nl",
		Text: text, Date: casus.Day(epoch)}}
	r.Records = records
	return r
}

// on quotes the first words of a text that are given.
func on(text, quote string, when casus.Period, body casus.Body) casus.Record {
	at := len([]rune(text[:max(0, strings.Index(text, quote))]))
	return casus.Record{Quote: quote, Span: casus.Span{Start: at, End: at + len([]rune(quote))}, Status: casus.Happened, When: when, Body: body}
}

func event(source, target casus.ActorID) casus.Body {
	return &casus.Event{Type: casus.Assault, Source: []casus.ActorID{source}, Target: []casus.ActorID{target}}
}

func openFor(t *testing.T, open Opener) ledger.Ledger {
	l := open(t, time.Now, Alike)
	t.Cleanup(func() { l.Close() })
	return l
}

func mustAppend(t *testing.T, l ledger.Ledger, r ledger.Reading) ledger.Receipt {
	t.Helper()
	receipt, err := l.Append(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	return receipt
}

// ids asks a query and returns the articles of its entries.
func ids(t *testing.T, l ledger.Ledger, q ledger.Query) string {
	t.Helper()
	page, err := l.Records(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range page.Entries {
		out = append(out, string(e.Article.ID))
	}
	return strings.Join(out, " ")
}

func storedOnce(t *testing.T, open Opener) {
	l := openFor(t, open)
	text := "Côte d’Ivoire viel aan.\U0001F6A9"
	r := article("a", text, on(text, "d’Ivoire viel", casus.Day(epoch), event("civ", "gha")))
	first := mustAppend(t, l, r)
	if first.Outcome != ledger.New || first.Records != 1 {
		t.Errorf("the first append: %+v", first)
	}
	r.Article.ID, r.Article.Title = "other", "Another title"
	if again := mustAppend(t, l, r); again.Outcome != ledger.Already || again.ID != "a" {
		t.Errorf("the second append: %+v", again)
	}
	a, err := l.Article(context.Background(), "a")
	if err != nil || a.Title != "" || a.Text != text || a.Records != 1 {
		t.Errorf("the article is now %+v, %v", a, err)
	}
	page, err := l.Records(context.Background(), ledger.Query{})
	if err != nil || len(page.Entries) != 1 {
		t.Fatalf("records: %v, %v", page, err)
	}
	if err := page.Entries[0].Record.Validate(a.Text); err != nil {
		t.Errorf("the record came back otherwise: %v", err)
	}
	for _, ask := range []struct {
		hash, reader string
		want         bool
	}{{r.Article.Hash, "1", true}, {r.Article.Hash, "2", false}, {r.Article.Hash, "", true}, {"none", "", false}} {
		if got, err := l.HasRead(context.Background(), ask.hash, ask.reader); got != ask.want || err != nil {
			t.Errorf("HasRead(%.4s, %q) = %v, %v", ask.hash, ask.reader, got, err)
		}
	}
}

func suffixes(t *testing.T, open Opener) {
	l := openFor(t, open)
	var got []string
	for i, id := range []string{"index", "index", "index-3", "index", "index", ""} {
		text := fmt.Sprintf("Bericht nummer %d.", i)
		r := article(id, text, on(text, "Bericht", casus.Day(epoch), event("rus", "tjk")))
		receipt := mustAppend(t, l, r)
		got = append(got, string(receipt.ID))
		if named := ids(t, l, ledger.Query{Article: receipt.ID}); named != string(receipt.ID) {
			t.Errorf("the records of %s follow as %q", receipt.ID, named)
		}
	}
	if want := []string{"index", "index-2", "index-3", "index-4", "index-5"}; !slices.Equal(got[:5], want) || len(got[5]) != 12 {
		t.Errorf("ids are %v, want %v and twelve digits of the hash", got, want)
	}
}

func rereading(t *testing.T, open Opener) {
	l := openFor(t, open)
	ctx := context.Background()
	text := "De jihadisten namen zes districten in. Zij trokken verder."
	r := article("a", text, on(text, "De jihadisten namen zes districten in.", casus.Day(epoch), event("taliban", "afg")))
	first := mustAppend(t, l, r)
	r.Reader = "2"
	r.Records = append(r.Records, on(text, "Zij trokken verder.", casus.Day(epoch.AddDays(1)), event("taliban", "tjk")))
	second := mustAppend(t, l, r)
	if second.Outcome != ledger.Reread || second.Records != 2 || !second.Recorded.After(first.Recorded) {
		t.Errorf("rereading: %+v after %+v", second, first)
	}
	now, err := l.Records(ctx, ledger.Query{Actor: "taliban"})
	if err != nil || len(now.Entries) != 2 || now.Entries[0].Made.Reader != "2" {
		t.Errorf("now: %+v, %v", now, err)
	}
	then, err := l.Records(ctx, ledger.Query{Actor: "taliban", Recorded: first.Recorded})
	if err != nil || len(then.Entries) != 1 || then.Entries[0].Made.Reader != "1" || !then.Entries[0].Superseded.Equal(second.Recorded) {
		t.Errorf("then: %+v, %v", then, err)
	}
	r.Reader = "1"
	if back := mustAppend(t, l, r); back.Outcome != ledger.Already {
		t.Errorf("an earlier reader again: %+v", back)
	}
	if totals, err := l.Totals(ctx); totals.Records != 2 || totals.Kinds[casus.KindEvent] != 2 || err != nil {
		t.Errorf("totals: %+v, %v", totals, err)
	}
	if e, err := l.Record(ctx, now.Entries[1].ID); err != nil || e.Made.Reader != "2" {
		t.Errorf("a record that both readings made is %+v, %v", e, err)
	}
}

func refusal(t *testing.T, open Opener) {
	l := openFor(t, open)
	text := "De troepen trokken weg."
	good := article("good", text, on(text, "De troepen trokken weg.", casus.Day(epoch), event("rus", "tjk")))
	for _, spoil := range []func(*ledger.Reading){
		func(r *ledger.Reading) { r.Records[0].Span.End-- },
		func(r *ledger.Reading) { r.Records[0].Quote = "De troepen bleven." },
		func(r *ledger.Reading) { r.Records[0].Body = nil },
		func(r *ledger.Reading) { r.Reader = "" },
		func(r *ledger.Reading) { r.Article.Hash = "" },
		func(r *ledger.Reading) { r.Records[0].ID = "seven" },
	} {
		bad := article("bad", text+" Daarna niets.", good.Records[0])
		spoil(&bad)
		if _, err := l.AppendAll(context.Background(), []ledger.Reading{good, bad}); casus.CodeOf(err) != casus.Invalid {
			t.Errorf("error %v", err)
		}
	}
	if totals, err := l.Totals(context.Background()); totals.Articles != 0 || totals.Records != 0 || err != nil {
		t.Errorf("something was stored: %+v, %v", totals, err)
	}
	if receipt := mustAppend(t, l, good); receipt.ID != "good" || receipt.Outcome != ledger.New {
		t.Errorf("the good article alone: %+v", receipt)
	}
}

func whiteSpace(t *testing.T, open Opener) {
	l := openFor(t, open)
	text := "De troepen trokken weg."
	mustAppend(t, l, article("a", text, on(text, "trokken weg.", casus.Day(epoch), event("rus", "tjk"))))
	padded := "  De troepen\ntrokken weg."
	r := article("b", padded, on(padded, "trokken weg.", casus.Day(epoch), event("rus", "tjk")))
	r.Reader = "2"
	if _, err := l.Append(context.Background(), r); casus.CodeOf(err) != casus.Conflict {
		t.Errorf("error %v", err)
	}
	a, err := l.Article(context.Background(), r.Article.Hash)
	if err != nil || a.Text != text || a.Reader != "1" {
		t.Errorf("the article is %+v, %v", a, err)
	}
}

func clockForward(t *testing.T, open Opener) {
	c := &clock{at: moment(50)}
	l := open(t, c.now, nil)
	defer l.Close()
	var last time.Time
	for i, minute := range []int{50, 50, 10, 60} {
		c.at = moment(minute)
		receipt := mustAppend(t, l, article("a", fmt.Sprintf("Bericht %d.", i)))
		if !receipt.Recorded.After(last) {
			t.Errorf("append %d was recorded at %s, after %s", i, receipt.Recorded, last)
		}
		last = receipt.Recorded
	}
	if a, err := l.Article(context.Background(), "a-4"); err != nil || !a.Known.Equal(moment(60)) {
		t.Errorf("without a known time it is known at %s, %v", a.Known, err)
	}
}

func cancelled(t *testing.T, open Opener) {
	l := openFor(t, open)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := l.Append(ctx, article("a", "Bericht.")); err == nil {
		t.Error("no error")
	}
	if totals, err := l.Totals(context.Background()); totals.Articles != 0 || err != nil {
		t.Errorf("stored %+v, %v", totals, err)
	}
}

func actorParts(t *testing.T, open Opener) {
	l := openFor(t, open)
	texts := []string{"Russische troepen trokken weg uit Tadzjikistan.", "Poetin sprak met de Taliban.", "De Taliban spraken onder elkaar."}
	add := func(i int, body casus.Body, actors ...casus.Actor) {
		r := article(fmt.Sprint(i), texts[i], on(texts[i], texts[i], casus.Day(epoch.AddDays(i)), body))
		r.Records[0].Where = []string{"afg/north"}
		r.Actors = actors
		mustAppend(t, l, r)
	}
	add(0, event("rus/mil", "tjk"))
	add(1, event("person/vladimir-putin", "taliban"), casus.Actor{ID: "person/vladimir-putin", Kind: casus.ActorPerson, Names: []string{"Poetin"},
		ActsFor: []casus.Office{{Actor: "rus/gov", Role: "president", From: epoch}}})
	add(2, event("taliban", "taliban"))
	for _, c := range []struct {
		q    ledger.Query
		want string
	}{
		{ledger.Query{Actor: "rus"}, "1 0"},
		{ledger.Query{Actor: "rus", Order: ledger.Oldest}, "0 1"},
		{ledger.Query{Actor: "rus/mil"}, "0"},
		{ledger.Query{Actor: "rus/gov"}, "1"},
		{ledger.Query{Actor: "ru"}, ""},
		{ledger.Query{Actor: "person/vladimir-putin"}, "1"},
		{ledger.Query{Actor: "rus", With: "taliban"}, "1"},
		{ledger.Query{Actor: "rus/mil", With: "tjk"}, "0"},
		{ledger.Query{Actor: "rus/gov", With: "tjk"}, ""},
		{ledger.Query{With: "taliban"}, "2 1"},
		{ledger.Query{Actor: "taliban", Roles: []ledger.Role{ledger.Source}}, "2"},
		{ledger.Query{Actor: "rus", Roles: []ledger.Role{ledger.Source}, With: "taliban", WithRoles: []ledger.Role{ledger.Target}}, "1"},
		{ledger.Query{Actor: "taliban", Roles: []ledger.Role{ledger.Source}, With: "rus"}, ""},
		{ledger.Query{Place: "AFG"}, "2 1 0"},
		{ledger.Query{Actor: "afg"}, ""},
	} {
		if got := ids(t, l, c.q); got != c.want {
			t.Errorf("%+v finds %q, want %q", c.q, got, c.want)
		}
	}
	list, err := l.Actors(context.Background(), ledger.ActorQuery{Name: "POETIN"})
	if err != nil || len(list) != 1 || list[0].ID != "person/vladimir-putin" || list[0].Records != 1 {
		t.Errorf("who is called POETIN: %+v, %v", list, err)
	}
}

// periods stores a record for each period, in articles 0, 1, 2…
func periods(t *testing.T, l ledger.Ledger, list ...casus.Period) {
	for i, p := range list {
		text := fmt.Sprintf("Bericht %d.", i)
		mustAppend(t, l, article(fmt.Sprint(i), text, on(text, "Bericht", p, event("rus", "tjk"))))
	}
}

func undatedLast(t *testing.T, open Opener) {
	l := openFor(t, open)
	periods(t, l, casus.Always, casus.Day(epoch), casus.Day(epoch.AddDays(2)), casus.Always, casus.Day(epoch).Until())
	for _, c := range []struct {
		order ledger.Order
		want  string
	}{{ledger.Newest, "2 4 1 3 0"}, {ledger.Oldest, "1 4 2 0 3"}} {
		if got := ids(t, l, ledger.Query{Order: c.order}); got != c.want {
			t.Errorf("%s first is %q, want %q", c.order, got, c.want)
		}
		var paged []string
		q := ledger.Query{Order: c.order, Limit: 1}
		for {
			page, err := l.Records(context.Background(), q)
			if err != nil || len(page.Entries) != 1 {
				t.Fatalf("a page of one: %+v, %v", page, err)
			}
			paged = append(paged, string(page.Entries[0].Article.ID))
			if q.After = page.Next; q.After == "" {
				break
			}
		}
		if got := strings.Join(paged, " "); got != c.want {
			t.Errorf("%s first in pages of one is %q, want %q", c.order, got, c.want)
		}
	}
}

func window(t *testing.T, open Opener) {
	l := openFor(t, open)
	d := epoch
	stretch := func(from, to casus.Date) casus.Period {
		return casus.Period{From: from, To: to, Precision: casus.PrecisionDay}
	}
	periods(t, l, casus.Day(d), stretch(d-400, d), stretch(d-400, d-1), casus.Day(d).Since(), casus.Day(d).Until(), casus.Always, stretch(d-50, d-1), stretch(d-1, d+1))
	for _, c := range []struct {
		from, to casus.Date
		want     string
	}{
		{d, d, "0 1 3 4 5 7"},
		{d + 1, d + 1, "3 5 7"},
		{d - 1, d - 1, "1 2 4 5 6 7"},
		{d + 1, 0, "3 5 7"},
		{0, d - 51, "1 2 4 5"},
		{0, 0, "0 1 2 3 4 5 6 7"},
	} {
		got := strings.Fields(ids(t, l, ledger.Query{From: c.from, To: c.to}))
		slices.Sort(got)
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s to %s finds %v, want %s", c.from, c.to, got, c.want)
		}
	}
}

func copies(t *testing.T, open Opener) {
	l := openFor(t, open)
	add := func(id string, sketch ...byte) ledger.Receipt {
		r := article(id, "Tekst van "+id+".")
		r.Sketch = ledger.Sketch{Bands: []uint64{uint64(sketch[0]), 1<<63 | uint64(sketch[1])}, Data: sketch}
		return mustAppend(t, l, r)
	}
	add("wire", 1, 2, 3, 4)
	add("other", 9, 2, 7, 7)
	if got := add("copy", 1, 2, 3, 5).Copies; !slices.Equal(got, []casus.ArticleID{"wire"}) {
		t.Errorf("copy is a copy of %v", got)
	}
	if got := add("same", 1, 2, 3, 4).Copies; !slices.Equal(got, []casus.ArticleID{"wire", "copy"}) {
		t.Errorf("same is a copy of %v", got)
	}
	list, err := l.Copies(context.Background(), "wire")
	if err != nil || len(list) != 2 || list[0].Article.ID != "same" || list[0].Similarity != 1 || list[1].Similarity != 0.75 {
		t.Errorf("copies of wire: %+v, %v", list, err)
	}
}

func since(t *testing.T, open Opener) {
	c := &clock{at: moment(0)}
	l := open(t, c.now, nil)
	ctx := context.Background()
	first, err := l.Append(ctx, article("first", "De troepen trokken weg."))
	if err != nil {
		t.Fatal(err)
	}
	c.at = moment(5)
	later, err := l.AppendAll(ctx, []ledger.Reading{article("second", "De troepen kwamen terug."), article("third", "De troepen bleven.")})
	if err != nil {
		t.Fatal(err)
	}
	again := article("first", "De troepen trokken weg.")
	again.Reader = "2"
	if _, err := l.Append(ctx, again); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		since time.Time
		want  []casus.ArticleID
	}{
		{time.Time{}, []casus.ArticleID{"third", "second", "first"}},
		{first.Recorded, []casus.ArticleID{"third", "second"}},
		{later[0].Recorded, []casus.ArticleID{"third"}},
		{later[1].Recorded, nil},
	} {
		page, err := l.Articles(ctx, ledger.ArticleQuery{Since: c.since})
		if err != nil {
			t.Fatal(err)
		}
		var got []casus.ArticleID
		for _, a := range page.Articles {
			got = append(got, a.ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("since %v there came %v, want %v", c.since, got, c.want)
		}
	}
}

func searching(t *testing.T, open Opener) {
	l := openFor(t, open)
	ctx := context.Background()
	text := "Duizenden vluchtelingen staken de grens over. De minister noemde het “naïef” en AND NOT goed."
	mustAppend(t, l, article("nl", text))
	english := article("en", "Thousands of refugees crossed the borders.")
	english.Article.Language = "en"
	mustAppend(t, l, english)
	for words, want := range map[string]string{
		"vluchteling": "nl", "ministers grens": "nl", "naief": "nl", "NAÏEF minister": "nl", `"de grens over"`: "nl", `"over grens"`: "",
		"refugee border": "en", "crossing": "en", "vluchteling refugee": "", "AND": "nl", "goed NOT": "nl",
		`"`: "", "": "", "*": "", `")(`: "", "title:x": "", "NEAR(grens, 2)": "", "-grens": "nl", "grens*": "nl", "\x00": "", "'; DROP TABLE article; --": "",
	} {
		hits, err := l.Find(ctx, words, 0)
		if err != nil {
			t.Errorf("%q: %v", words, err)
		}
		var got []string
		for _, h := range hits {
			got = append(got, string(h.Article.ID))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q finds %v, want %q", words, got, want)
		}
	}
	hits, err := l.Find(ctx, "naief grens", 1)
	if err != nil || len(hits) != 1 || len(hits[0].Snippets) != 1 {
		t.Fatalf("hits %+v, %v", hits, err)
	}
	for _, m := range hits[0].Snippets[0].Matches {
		if word, _ := m.Quote(text); word != "grens" && word != "naïef" {
			t.Errorf("the match is %q", word)
		}
	}
}

func badQuestions(t *testing.T, open Opener) {
	l := openFor(t, open)
	ctx := context.Background()
	for _, q := range []ledger.Query{
		{Actor: "Rusland"}, {Kinds: []casus.Kind{"rumour"}}, {Roles: []ledger.Role{ledger.Source}}, {Actor: "rus", Roles: []ledger.Role{"actor"}},
		{From: epoch, To: epoch - 1}, {Limit: -1}, {Limit: ledger.MaxLimit + 1}, {Order: "random"}, {After: "x"}, {After: "1.0"}, {After: "-1.5"}, {Word: "two words"},
	} {
		if _, err := l.Records(ctx, q); casus.CodeOf(err) != casus.Invalid {
			t.Errorf("%+v: error %v", q, err)
		}
	}
	if _, err := l.Article(ctx, "none"); casus.CodeOf(err) != casus.NotFound {
		t.Errorf("no article: error %v", err)
	}
	if _, err := l.Record(ctx, "r0123456789ab"); casus.CodeOf(err) != casus.NotFound {
		t.Errorf("no record: error %v", err)
	}
	if got := ids(t, l, ledger.Query{Actor: "rus", Type: "none"}); got != "" {
		t.Errorf("an empty ledger answers %q", got)
	}
}

func concurrent(t *testing.T, open Opener) {
	l := openFor(t, open)
	const writers, each = 3, 15
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				text := fmt.Sprintf("Bericht %d van %d.", i, w)
				if _, err := l.Append(context.Background(), article("a", text, on(text, "Bericht", casus.Day(epoch), event("rus", "tjk")))); err != nil {
					t.Error(err)
				}
			}
		})
		wg.Go(func() {
			for range each {
				page, err := l.Records(context.Background(), ledger.Query{Actor: "rus"})
				if err != nil {
					t.Error(err)
				}
				for _, e := range page.Entries {
					if _, err := l.Article(context.Background(), string(e.Article.ID)); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
	if totals, err := l.Totals(context.Background()); totals.Articles != writers*each || totals.Records != writers*each || err != nil {
		t.Errorf("totals %+v, %v", totals, err)
	}
}
