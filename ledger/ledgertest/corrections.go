package ledgertest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"casus"
	"casus/ledger"
)

// correct draws a correction, also ones that must be refused, and stores it in both.
func (p *pair) correct() {
	c := ledger.Correction{Action: rapid.SampledFrom(ledger.Actions()).Draw(p.t, "action"), Author: rapid.SampledFrom([]string{"Ann", "Ben"}).Draw(p.t, "author"),
		Reason: "drawn", Seen: rapid.SampledFrom([]int64{-1, -1, -1, 0, 1, 9}).Draw(p.t, "seen")}
	switch c.Action {
	case ledger.Accept, ledger.Reject:
		c.Record = p.drawRecordID()
	case ledger.Amend:
		c.Record = p.drawRecordID()
		c.Amended = p.drawAmended(c.Record)
	case ledger.Split:
		c.Records = rapid.SliceOfNDistinct(rapid.Just(p.drawRecordID()), 1, 1, rapid.ID[casus.RecordID]).Draw(p.t, "split off")
		c.Actor, c.Into = drawActor(p.t, "split"), drawActor(p.t, "into")
	case ledger.Merge:
		c.Actor, c.Into = drawActor(p.t, "merge"), drawActor(p.t, "into")
	case ledger.AddActor, ledger.Alias:
		c.Actor, c.Names = drawActor(p.t, "called"), []string{rapid.SampledFrom([]string{"Rusland", "De Beer", "RUSLAND"}).Draw(p.t, "name")}
	case ledger.Grade:
		c.Source, c.Reliability = rapid.SampledFrom([]string{"De Bode", "rus", ""}).Draw(p.t, "source"), rapid.SampledFrom(append(ledger.Reliabilities(), "Z")).Draw(p.t, "grade")
	case ledger.Join, ledger.Part, ledger.Decide:
		var named []casus.RecordID
		for range rapid.IntRange(0, 4).Draw(p.t, "how many") {
			named = append(named, p.drawRecordID())
		}
		cut := rapid.IntRange(0, len(named)).Draw(p.t, "cut")
		c.Records, c.Others = named[:cut], named[cut:]
	case ledger.Undo:
		c.Undoes = int64(rapid.IntRange(0, 8).Draw(p.t, "undoes"))
	}
	same(p.t, label("correction %+v", c), p.kept, p.model, func(l ledger.Ledger) (ledger.Correction, error) {
		stored, err := l.Correct(context.Background(), c)
		if err != nil {
			return ledger.Correction{}, err
		}
		return stored, nil
	})
}

func (p *pair) drawRecordID() casus.RecordID {
	if len(p.records) == 0 {
		return "r0123456789ab"
	}
	return rapid.SampledFrom(p.records).Draw(p.t, "record")
}

// drawAmended changes some of a record, or all but its words, or its words too.
func (p *pair) drawAmended(id casus.RecordID) *casus.Record {
	e, err := p.model.Record(context.Background(), id)
	if err != nil {
		return nil
	}
	r := e.Record
	r.Status = rapid.SampledFrom(casus.Statuses()).Draw(p.t, "amended status")
	if rapid.Bool().Draw(p.t, "amend when") {
		r.When = drawPeriod(p.t, "amended when")
	}
	if rapid.Bool().Draw(p.t, "amend what") {
		r.Body = drawBody(p.t, r.Quote)
	}
	if rapid.IntRange(0, 9).Draw(p.t, "misquote") == 0 {
		r.Quote = "Nobody said so."
	}
	return &r
}

func (p *pair) askCorrections() {
	ctx := context.Background()
	q := ledger.CorrectionQuery{Subject: rapid.SampledFrom([]string{"", "rus", "afg/north", string(p.drawRecordID())}).Draw(p.t, "subject")}
	if rapid.Bool().Draw(p.t, "as recorded") {
		q.Recorded = moment(rapid.IntRange(0, 100).Draw(p.t, "recorded at"))
	}
	same(p.t, label("corrections of %+v", q), p.kept, p.model, func(l ledger.Ledger) ([]ledger.Correction, error) { return l.Corrections(ctx, q) })
	id := p.drawRecordID()
	same(p.t, label("history of %s", id), p.kept, p.model, func(l ledger.Ledger) ([]ledger.Entry, error) { return l.History(ctx, id) })
}

// The promises about corrections, one test each.

const fled = "De jihadisten namen zes districten in. Duizend soldaten vluchtten."

// oneRecord stores an article with one record and returns its id.
func oneRecord(t *testing.T, l ledger.Ledger) (ledger.Reading, casus.RecordID) {
	t.Helper()
	r := article("a", fled, on(fled, "De jihadisten namen zes districten in.", casus.Day(epoch), event("jihadists", "afg")))
	mustAppend(t, l, r)
	page, err := l.Records(context.Background(), ledger.Query{})
	if err != nil || len(page.Entries) != 1 {
		t.Fatalf("%v, %v", page, err)
	}
	return r, page.Entries[0].ID
}

func mustCorrect(t *testing.T, l ledger.Ledger, c ledger.Correction) ledger.Correction {
	t.Helper()
	c.Author, c.Reason = "Ann", "I looked"
	stored, err := l.Correct(context.Background(), c)
	if err != nil {
		t.Fatalf("%s: %v", c.Action, err)
	}
	return stored
}

// sources lists who did it, in the records that stand.
func sources(t *testing.T, l ledger.Ledger, q ledger.Query) string {
	t.Helper()
	page, err := l.Records(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range page.Entries {
		for _, id := range e.Record.Body.(*casus.Event).Source {
			out = append(out, fmt.Sprintf("%s%s", id, e.Review))
		}
	}
	return strings.Join(out, " ")
}

func rejecting(t *testing.T, open Opener) {
	l := openFor(t, open)
	_, id := oneRecord(t, l)
	c := mustCorrect(t, l, ledger.Correction{Action: ledger.Reject, Record: id})
	if got := sources(t, l, ledger.Query{}); got != "" {
		t.Errorf("a rejected record still stands: %s", got)
	}
	if got := sources(t, l, ledger.Query{Recorded: c.Recorded.Add(-1)}); got != "jihadists" {
		t.Errorf("before it was rejected there stood %q", got)
	}
	if totals, err := l.Totals(context.Background()); err != nil || totals.Records != 0 {
		t.Errorf("totals %+v, %v", totals, err)
	}
	if e, err := l.Record(context.Background(), id); err != nil || e.Superseded.IsZero() {
		t.Errorf("the record is %+v, %v", e, err)
	}
	undo := mustCorrect(t, l, ledger.Correction{Action: ledger.Undo, Undoes: c.Number})
	if got := sources(t, l, ledger.Query{Actor: "jihadists"}); got != "jihadists" {
		t.Errorf("taken back, there stands %q", got)
	}
	mustCorrect(t, l, ledger.Correction{Action: ledger.Undo, Undoes: undo.Number})
	if got := sources(t, l, ledger.Query{}); got != "" {
		t.Errorf("the undoing undone, there stands %q", got)
	}
	all, err := l.Corrections(context.Background(), ledger.CorrectionQuery{Subject: string(id)})
	if err != nil || len(all) != 3 || all[0].Undone != 0 || all[1].Undone != 3 || all[2].Author != "Ann" {
		t.Errorf("corrections: %+v, %v", all, err)
	}
}

func amending(t *testing.T, open Opener) {
	l := openFor(t, open)
	r, id := oneRecord(t, l)
	amended := r.Records[0]
	amended.Body = event("taliban", "afg")
	c := mustCorrect(t, l, ledger.Correction{Action: ledger.Amend, Record: id, Amended: &amended})
	if got := sources(t, l, ledger.Query{Actor: "taliban"}); got != "talibanamended" {
		t.Errorf("amended, there stands %q", got)
	}
	if got := sources(t, l, ledger.Query{Actor: "jihadists"}); got != "" {
		t.Errorf("what was amended still stands: %q", got)
	}
	history, err := l.History(context.Background(), id)
	if err != nil || len(history) != 2 || history[0].Correction != 0 || history[1].Correction != c.Number || !history[0].Superseded.Equal(history[1].Recorded) {
		t.Errorf("history %+v, %v", history, err)
	}
	amended.Quote = "Niemand vluchtte."
	if _, err := l.Correct(context.Background(), ledger.Correction{Action: ledger.Amend, Author: "Ann", Record: id, Amended: &amended, Seen: -1}); casus.CodeOf(err) != casus.Invalid {
		t.Errorf("a quote that the article does not have: error %v", err)
	}
}

func outliving(t *testing.T, open Opener) {
	l := openFor(t, open)
	second := "Duizend soldaten vluchtten."
	r := article("a", fled, on(fled, "De jihadisten namen zes districten in.", casus.Day(epoch), event("jihadists", "afg")),
		on(fled, second, casus.Day(epoch), event("afg/mil", "tjk")))
	mustAppend(t, l, r)
	page, err := l.Records(context.Background(), ledger.Query{Order: ledger.Oldest})
	if err != nil || len(page.Entries) != 2 {
		t.Fatal(page, err)
	}
	amended := r.Records[0]
	amended.Body = event("taliban", "afg")
	mustCorrect(t, l, ledger.Correction{Action: ledger.Amend, Record: page.Entries[0].ID, Amended: &amended})
	reject := mustCorrect(t, l, ledger.Correction{Action: ledger.Reject, Record: page.Entries[1].ID})
	r.Reader = "2"
	r.Records = append(slices.Clone(r.Records), on(fled, second, casus.Day(epoch), event("afg/mil", "uzb")))
	mustAppend(t, l, r)
	if got := sources(t, l, ledger.Query{Order: ledger.Oldest}); got != "talibanamended afg/mil" {
		t.Errorf("after a newer reader there stand %q", got)
	}
	mustCorrect(t, l, ledger.Correction{Action: ledger.Undo, Undoes: reject.Number})
	if got := sources(t, l, ledger.Query{Actor: "tjk"}); got != "afg/mil" {
		t.Errorf("the rejection taken back, there stands %q", got)
	}
	r.Reader, r.Records = "3", nil
	mustAppend(t, l, r)
	if got := sources(t, l, ledger.Query{}); got != "talibanamended" {
		t.Errorf("after a reader that finds nothing there stands %q", got)
	}
}

func somebodyFirst(t *testing.T, open Opener) {
	l := openFor(t, open)
	_, id := oneRecord(t, l)
	mustCorrect(t, l, ledger.Correction{Action: ledger.Accept, Record: id})
	_, err := l.Correct(context.Background(), ledger.Correction{Action: ledger.Reject, Author: "Ben", Record: id})
	if casus.CodeOf(err) != casus.Conflict || !strings.Contains(err.Error(), "Ann") {
		t.Errorf("error %v, want a conflict that names Ann", err)
	}
	if _, err := l.Correct(context.Background(), ledger.Correction{Action: ledger.Reject, Author: "Ben", Record: id, Seen: 1}); err != nil {
		t.Errorf("having seen it: %v", err)
	}
	for _, c := range []ledger.Correction{{Action: "praise", Author: "Ann"}, {Action: ledger.Accept, Record: id}, {Action: ledger.Accept, Author: "Ann", Record: "x"},
		{Action: ledger.Merge, Author: "Ann", Actor: "rus", Into: "rus/mil"}, {Action: ledger.Alias, Author: "Ann", Actor: "rus"}} {
		if _, err := l.Correct(context.Background(), c); casus.CodeOf(err) != casus.Invalid {
			t.Errorf("%+v: error %v", c, err)
		}
	}
	for _, c := range []ledger.Correction{{Action: ledger.Accept, Record: "r0123456789ab"}, {Action: ledger.Undo, Undoes: 77}} {
		c.Author = "Ann"
		if _, err := l.Correct(context.Background(), c); casus.CodeOf(err) != casus.NotFound {
			t.Errorf("%+v: error %v", c, err)
		}
	}
}

// atOnce has several analysts correct one record at the same moment, each
// having seen it as the reader made it.
func atOnce(t *testing.T, open Opener) {
	l := openFor(t, open)
	ctx := context.Background()
	_, id := oneRecord(t, l)
	const analysts = 6
	correct := func(n int, seen int64) error {
		_, err := l.Correct(ctx, ledger.Correction{Action: ledger.Reject, Author: fmt.Sprintf("analyst %d", n), Reason: "not so", Record: id, Seen: seen})
		return err
	}
	var errs [analysts]error
	var wg sync.WaitGroup
	for n := range analysts {
		wg.Go(func() { errs[n] = correct(n, 0) })
	}
	wg.Wait()
	all, err := l.Corrections(ctx, ledger.CorrectionQuery{})
	if err != nil || len(all) != 1 {
		t.Fatalf("%d corrections were stored, %v", len(all), err)
	}
	for n, err := range errs {
		first := all[0].Author == fmt.Sprintf("analyst %d", n)
		if first && err != nil || !first && (casus.CodeOf(err) != casus.Conflict || !strings.Contains(err.Error(), all[0].Author)) {
			t.Errorf("%s was first, and analyst %d is told %v", all[0].Author, n, err)
		}
	}
	for n := range analysts { // who looks again may correct, and nothing of it is lost
		if err := correct(n, int64(n+1)); err != nil {
			t.Errorf("analyst %d, having looked again: %v", n, err)
		}
	}
	if all, err = l.Corrections(ctx, ledger.CorrectionQuery{Subject: string(id)}); err != nil || len(all) != analysts+1 {
		t.Errorf("in the end %d corrections are stored, %v", len(all), err)
	}
}

func merging(t *testing.T, open Opener) {
	l := openFor(t, open)
	ctx := context.Background()
	r, id := oneRecord(t, l)
	r.Actors = nil
	mustCorrect(t, l, ledger.Correction{Action: ledger.Alias, Actor: "taliban", Names: []string{"de baardmannen"}})
	merge := mustCorrect(t, l, ledger.Correction{Action: ledger.Merge, Actor: "jihadists", Into: "taliban"})
	text := "De jihadisten trokken verder."
	later := article("b", text, on(text, text, casus.Day(epoch.AddDays(1)), event("jihadists/mil", "tjk")))
	later.Actors = []casus.Actor{{ID: "jihadists/mil", Kind: casus.ActorArmedGroup, Names: []string{"jihadisten"}}}
	mustAppend(t, l, later)
	if got := sources(t, l, ledger.Query{Actor: "taliban", Order: ledger.Oldest}); got != "taliban taliban/mil" {
		t.Errorf("merged, there stand %q", got)
	}
	for _, name := range []string{"Jihadisten", "DE BAARDMANNEN"} {
		found, err := l.Actors(ctx, ledger.ActorQuery{Name: name})
		if err != nil || len(found) != 1 || found[0].ID.Head() != "taliban" {
			t.Errorf("who is called %s: %+v, %v", name, found, err)
		}
	}
	split := mustCorrect(t, l, ledger.Correction{Action: ledger.Split, Actor: "taliban", Into: "islamic-state", Records: []casus.RecordID{id}})
	if got := sources(t, l, ledger.Query{Order: ledger.Oldest}); got != "islamic-stateamended taliban/mil" {
		t.Errorf("split, there stand %q", got)
	}
	mustCorrect(t, l, ledger.Correction{Action: ledger.Undo, Undoes: split.Number})
	mustCorrect(t, l, ledger.Correction{Action: ledger.Undo, Undoes: merge.Number})
	if got := sources(t, l, ledger.Query{Order: ledger.Oldest}); got != "jihadists jihadists/mil" {
		t.Errorf("all taken back, there stand %q", got)
	}
}

// joining holds that what analysts say of which records are one thing is kept,
// as of any moment, whatever readings come, and changes no record.
func joining(t *testing.T, open Opener) {
	l := openFor(t, open)
	second := "Duizend soldaten vluchtten."
	r := article("a", fled, on(fled, "De jihadisten namen zes districten in.", casus.Day(epoch), event("jihadists", "afg")),
		on(fled, second, casus.Day(epoch), event("afg/mil", "tjk")))
	mustAppend(t, l, r)
	before, err := l.Records(context.Background(), ledger.Query{Order: ledger.Oldest})
	if err != nil || len(before.Entries) != 2 {
		t.Fatal(before, err)
	}
	a, b := before.Entries[0].ID, before.Entries[1].ID
	join := mustCorrect(t, l, ledger.Correction{Action: ledger.Join, Records: []casus.RecordID{a, b}})
	r.Reader = "2"
	mustAppend(t, l, r)
	part := mustCorrect(t, l, ledger.Correction{Action: ledger.Part, Records: []casus.RecordID{a}, Others: []casus.RecordID{b}, Seen: join.Number})
	undo := mustCorrect(t, l, ledger.Correction{Action: ledger.Undo, Undoes: part.Number})
	for _, c := range []struct {
		at    ledger.Correction
		early time.Duration
		want  string
	}{{join, 1, "together false, apart false"}, {join, 0, "together true, apart false"}, {part, 1, "together true, apart false"},
		{part, 0, "together false, apart true"}, {undo, 0, "together true, apart false"}} {
		list, err := l.Corrections(context.Background(), ledger.CorrectionQuery{Recorded: c.at.Recorded.Add(-c.early)})
		if err != nil {
			t.Fatal(err)
		}
		ties := ledger.NewTies(list)
		if got := fmt.Sprintf("together %v, apart %v", ties.Together(b, a), ties.Apart(b, a)); got != c.want {
			t.Errorf("by correction %d, %d before: %s, want %s", c.at.Number, c.early, got, c.want)
		}
	}
	if about, err := l.Corrections(context.Background(), ledger.CorrectionQuery{Subject: string(b)}); err != nil || len(about) != 3 {
		t.Errorf("corrections about the second: %v, %v", about, err)
	}
	if got := sources(t, l, ledger.Query{Order: ledger.Oldest}); got != "jihadists afg/mil" {
		t.Errorf("joined and parted, there stand %q", got)
	}
	for code, bad := range map[casus.Code]ledger.Correction{
		casus.Invalid:  {Action: ledger.Join, Records: []casus.RecordID{a}},
		casus.Conflict: {Action: ledger.Part, Records: []casus.RecordID{a}, Others: []casus.RecordID{b}},
		casus.NotFound: {Action: ledger.Decide, Records: []casus.RecordID{b}, Others: []casus.RecordID{"r0123456789ab"}, Seen: -1}} {
		bad.Author = "Ben"
		if _, err := l.Correct(context.Background(), bad); casus.CodeOf(err) != code {
			t.Errorf("%+v: error %v, want %s", bad, err, code)
		}
	}
}
