// Package ledgertest is the ledger's contract as a suite of tests. A keeper
// calls Run from a test of its own.
//
// The heart of it is Histories: random appends by several versions of the
// reader and corrections by people, with every question asked in between, of the keeper and of the
// plain model in package memory; both must answer the same. The other tests
// are the promises that a reader of the contract would look for, one each.
package ledgertest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"casus"
	"casus/ledger"
	"casus/ledger/fulltext"
	"casus/ledger/memory"
)

// Opener opens a new, empty ledger with a clock and a similarity.
type Opener func(t testing.TB, now func() time.Time, similarity ledger.Similarity) ledger.Ledger

// Run runs the suite.
func Run(t *testing.T, open Opener) {
	promises(t, open)
	t.Run("Histories", func(t *testing.T) { histories(t, open) })
}

// histories compares the keeper with the model. More of them are compared with
// the flag -rapid.checks.
func histories(t *testing.T, open Opener) {
	operations := 0
	defer func() { t.Logf("%d random operations were compared with the model", operations) }()
	rapid.Check(t, func(rt *rapid.T) {
		c := &clock{at: moment(0)}
		kept, model := open(t, c.now, Alike), ledger.Ledger(memory.New(c.now, Alike))
		defer kept.Close()
		p := pair{t: rt, kept: kept, model: model}
		for range rapid.IntRange(1, 30).Draw(rt, "steps") {
			c.at = moment(rapid.IntRange(0, 100).Draw(rt, "clock"))
			if rapid.IntRange(0, 2).Draw(rt, "append or correct") > 0 {
				p.append()
			} else {
				p.correct()
			}
			p.ask()
			if rapid.Bool().Draw(rt, "keep up") {
				p.keepUp()
			}
			operations += 2
		}
	})
}

// pair is a keeper and the model that it must equal.
type pair struct {
	t           *rapid.T
	kept, model ledger.Ledger
	hashes      []string
	records     []casus.RecordID
	// What stands of two kinds, kept up from mark to mark, of the keeper and of the model.
	marks  [2]ledger.Mark
	stands [2]map[int64]ledger.Numbered
}

func (p *pair) append() {
	readings := rapid.SliceOfN(rapid.Custom(drawReading), 1, 3).Draw(p.t, "readings")
	same(p.t, "receipts", p.kept, p.model, func(l ledger.Ledger) ([]ledger.Receipt, error) {
		receipts, err := l.AppendAll(context.Background(), readings)
		return receipts, err
	})
	for _, r := range readings {
		p.hashes = append(p.hashes, r.Article.Hash)
		prepared, err := ledger.Prepare(r)
		if err != nil {
			p.t.Fatal(err)
		}
		for _, rec := range prepared.Records {
			p.records = append(p.records, rec.ID)
		}
	}
}

func (p *pair) ask() {
	ctx := context.Background()
	switch rapid.IntRange(0, 10).Draw(p.t, "question") {
	case 0, 1, 2, 3:
		p.askRecords(drawQuery(p.t))
	case 4:
		p.askArticles()
	case 5:
		words := rapid.SampledFrom([]string{"troepen", "border kunduz", `"de grens"`, "GRENZEN", "naive", "nobody", `"`, "AND OR NOT *"}).Draw(p.t, "words")
		same(p.t, "found", p.kept, p.model, func(l ledger.Ledger) (map[casus.ArticleID][]fulltext.Snippet, error) {
			hits, err := l.Find(ctx, words, 0)
			found := map[casus.ArticleID][]fulltext.Snippet{} // the order of hits is the keeper's
			for _, h := range hits {
				found[h.Article.ID] = h.Snippets
			}
			return found, err
		})
	case 6:
		q := ledger.ActorQuery{Name: rapid.SampledFrom([]string{"", "RUSLAND", "niemand"}).Draw(p.t, "name"),
			Within: rapid.SampledFrom([]casus.ActorID{"", "rus", "afg/north", "person"}).Draw(p.t, "within"), Limit: rapid.SampledFrom([]int{0, 3}).Draw(p.t, "limit"),
			ID: rapid.SampledFrom([]casus.ActorID{"", "", "rus", "afg/north", "none"}).Draw(p.t, "id")}
		if rapid.Bool().Draw(p.t, "as of a day") {
			q.To = drawDate(p.t, "to")
		}
		if rapid.Bool().Draw(p.t, "known") {
			q.Known = moment(rapid.IntRange(0, 100).Draw(p.t, "known at"))
		}
		if rapid.Bool().Draw(p.t, "recorded") {
			q.Recorded = moment(rapid.IntRange(0, 100).Draw(p.t, "recorded at"))
		}
		same(p.t, label("actors of %+v", q), p.kept, p.model, func(l ledger.Ledger) ([]ledger.ActorEntry, error) { return l.Actors(ctx, q) })
	case 7:
		same(p.t, "totals", p.kept, p.model, func(l ledger.Ledger) (ledger.Totals, error) { return l.Totals(ctx) })
		id := rapid.SampledFrom([]casus.ArticleID{"a", "a-2", "b", "none"}).Draw(p.t, "copies of")
		same(p.t, "copies", p.kept, p.model, func(l ledger.Ledger) ([]ledger.Copy, error) { return l.Copies(ctx, id) })
		same(p.t, "copies of several", p.kept, p.model, func(l ledger.Ledger) (map[casus.ArticleID][]ledger.Copy, error) {
			return l.CopiesOf(ctx, []casus.ArticleID{"a", "a-2", "b", "none"})
		})
	case 8:
		p.askRelations()
	case 9:
		p.askOne()
	case 10:
		p.askCorrections()
	}
}

// keepUp takes up what changed since it was last asked, and holds what stands
// then against the answers to a query.
func (p *pair) keepUp() {
	ctx, kinds := context.Background(), []casus.Kind{casus.KindEvent, casus.KindCommitment}
	var copied [2][]casus.ArticleID
	for i, l := range []ledger.Ledger{p.kept, p.model} {
		if p.stands[i] == nil {
			p.stands[i] = map[int64]ledger.Numbered{}
		}
		before := p.marks[i]
		gone, now, err := l.Standing(ctx, before, kinds, func(n ledger.Numbered) error { p.stands[i][n.Number] = n; return nil })
		if err != nil {
			p.t.Fatal(err)
		}
		for _, n := range gone {
			delete(p.stands[i], n)
		}
		page, err := l.Records(ctx, ledger.Query{Kinds: kinds, Limit: ledger.MaxLimit})
		if err != nil {
			p.t.Fatal(err)
		}
		numbers := slices.Sorted(maps.Keys(p.stands[i]))
		read, err := l.ByNumber(ctx, append(numbers, 1<<40))
		if err != nil {
			p.t.Fatal(err)
		}
		standing, wanted, entries := map[casus.RecordID]ledger.Entry{}, map[casus.RecordID]ledger.Entry{}, map[casus.RecordID]ledger.Entry{}
		for _, n := range p.stands[i] {
			standing[n.ID] = n.Entry
		}
		for _, n := range read {
			entries[n.ID] = n
		}
		for _, e := range page.Entries {
			wanted[e.ID] = e
		}
		for _, got := range []map[casus.RecordID]ledger.Entry{standing, entries} {
			if diff := cmp.Diff(wanted, got, cmpopts.EquateEmpty(), cmp.AllowUnexported(casus.Record{})); diff != "" || len(read) != len(numbers) {
				p.t.Fatalf("what stands since %+v differs from the answers (-answers +kept up):\n%s", before, diff)
			}
		}
		pairs, err := l.Copied(ctx, before)
		if err != nil {
			p.t.Fatal(err)
		}
		for _, pair := range pairs {
			copied[i] = append(copied[i], pair[0].ID+" "+pair[1].ID)
		}
		slices.Sort(copied[i])
		if mark, err := l.Mark(ctx); err != nil || mark != now {
			p.t.Fatalf("the mark is %+v, not %+v: %v", mark, now, err)
		}
		p.marks[i] = now
	}
	if diff := cmp.Diff(copied[1], copied[0]); diff != "" {
		p.t.Fatalf("copies since then differ (-model +keeper):\n%s", diff)
	}
}

// askRecords asks all pages of a query.
func (p *pair) askRecords(q ledger.Query) {
	same(p.t, label("days of %+v", q), p.kept, p.model, func(l ledger.Ledger) ([]string, error) {
		days, more, err := l.Days(context.Background(), q)
		return []string{fmt.Sprint(days), fmt.Sprint(more)}, err
	})
	for {
		page := same(p.t, label("records of %+v", q), p.kept, p.model, func(l ledger.Ledger) (ledger.Page, error) {
			return l.Records(context.Background(), q)
		})
		if q.After = page.Next; q.After == "" {
			return
		}
	}
}

func (p *pair) askArticles() {
	q := ledger.ArticleQuery{Limit: rapid.SampledFrom([]int{0, 1, 3}).Draw(p.t, "limit"),
		Publisher: rapid.SampledFrom([]string{"", "", "De Bode"}).Draw(p.t, "publisher"),
		Language:  rapid.SampledFrom([]string{"", "", "nl"}).Draw(p.t, "language")}
	if rapid.Bool().Draw(p.t, "window") {
		q.From = drawDate(p.t, "from")
		q.To = q.From.AddDays(30)
	}
	if rapid.Bool().Draw(p.t, "since") {
		q.Since = moment(rapid.IntRange(0, 100).Draw(p.t, "since when"))
	}
	if rapid.Bool().Draw(p.t, "known after") {
		q.KnownAfter = moment(rapid.IntRange(0, 100).Draw(p.t, "known after when"))
	}
	if rapid.Bool().Draw(p.t, "known") {
		q.Known = moment(rapid.IntRange(0, 100).Draw(p.t, "known at"))
	}
	for {
		page := same(p.t, label("articles of %+v", q), p.kept, p.model, func(l ledger.Ledger) (ledger.ArticlePage, error) {
			return l.Articles(context.Background(), q)
		})
		if q.After = page.Next; q.After == "" {
			return
		}
	}
}

func (p *pair) askRelations() {
	q := ledger.RelationQuery{On: drawDate(p.t, "on")}
	if rapid.Bool().Draw(p.t, "any day") {
		q.On = 0
	}
	if rapid.Bool().Draw(p.t, "of an actor") {
		q.Actor = drawActor(p.t, "actor")
	}
	if rapid.Bool().Draw(p.t, "known") {
		q.Known = moment(rapid.IntRange(0, 100).Draw(p.t, "known at"))
	}
	if rapid.Bool().Draw(p.t, "recorded") {
		q.Recorded = moment(rapid.IntRange(0, 100).Draw(p.t, "recorded at"))
	}
	same(p.t, label("relations of %+v", q), p.kept, p.model, func(l ledger.Ledger) ([]ledger.Entry, error) {
		return l.Relations(context.Background(), q)
	})
	then := q
	then.On = drawDate(p.t, "then on")
	if rapid.Bool().Draw(p.t, "then known") {
		then.Known = moment(rapid.IntRange(0, 100).Draw(p.t, "then known at"))
	}
	same(p.t, label("relations turned from %+v to %+v", q, then), p.kept, p.model, func(l ledger.Ledger) ([2][]ledger.Entry, error) {
		was, is, err := l.Turned(context.Background(), q, then)
		return [2][]ledger.Entry{was, is}, err
	})
}

func (p *pair) askOne() {
	ctx := context.Background()
	if len(p.hashes) == 0 {
		return
	}
	hash := rapid.SampledFrom(p.hashes).Draw(p.t, "hash")
	same(p.t, "article", p.kept, p.model, func(l ledger.Ledger) (ledger.ArticleEntry, error) { return l.Article(ctx, hash) })
	reader := rapid.SampledFrom([]string{"", "1", "2", "9"}).Draw(p.t, "reader")
	same(p.t, "has read", p.kept, p.model, func(l ledger.Ledger) (bool, error) { return l.HasRead(ctx, hash, reader) })
	id := casus.RecordID("r0123456789ab")
	if len(p.records) > 0 {
		id = rapid.SampledFrom(p.records).Draw(p.t, "record")
	}
	same(p.t, "record", p.kept, p.model, func(l ledger.Ledger) (ledger.Entry, error) { return l.Record(ctx, id) })
}

// same asks both and fails where the answers, or the codes of the errors, differ.
func same[T any](t *rapid.T, what string, kept, model ledger.Ledger, ask func(ledger.Ledger) (T, error)) T {
	t.Helper()
	got, gotErr := ask(kept)
	want, wantErr := ask(model)
	if casus.CodeOf(gotErr) != casus.CodeOf(wantErr) {
		t.Fatalf("%s: error %v, the model has %v", what, gotErr, wantErr)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmp.AllowUnexported(casus.Record{})); diff != "" {
		t.Fatalf("%s: the keeper differs from the model (-model +keeper):\n%s", what, diff)
	}
	return got
}
