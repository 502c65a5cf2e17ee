package sqlite

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"casus"
	"casus/ledger"
)

// What is remembered may start anew between any two steps of a question: no
// entry of an answer may lack its article or its rule for that.
func TestAnswersAreWholeWhileMemoryStartsAnew(t *testing.T) {
	ctx := context.Background()
	l, err := Open(ctx, filepath.Join(t.TempDir(), "casus.db"), Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	text := "De Russische troepen trokken weg."
	_, err = l.Append(ctx, ledger.Reading{Reader: "1", Article: casus.Article{ID: "a", Hash: "h", Language: "nl", Text: text}, Records: []casus.Record{
		{Quote: text, Span: casus.Span{End: len(text)}, Status: casus.Happened, When: casus.Day(1000), Made: casus.Made{Rule: "retreat.tsv:1"},
			Body: &casus.Event{Type: casus.Retreat, Source: []casus.ActorID{"rus/mil"}}}}})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	var forgetting sync.WaitGroup
	forget := func(every time.Duration, forget func()) {
		forgetting.Go(func() {
			for {
				select {
				case <-done:
					return
				case <-time.After(every):
					l.kept.Lock()
					forget()
					l.kept.Unlock()
				}
			}
		})
	}
	// Mostly a question must read a name anew, and meanwhile its article is forgotten.
	forget(10*time.Microsecond, func() { l.kept.names = nil })
	forget(150*time.Microsecond, func() { l.kept.articles = nil })
	var asking sync.WaitGroup
	for range 4 {
		asking.Go(func() {
			for range 1000 {
				page, err := l.Records(ctx, ledger.Query{})
				if err != nil || len(page.Entries) != 1 || page.Entries[0].Article.ID != "a" || page.Entries[0].Made.Rule != "retreat.tsv:1" {
					t.Errorf("%+v, %v", page.Entries, err)
					return
				}
			}
		})
	}
	asking.Wait()
	close(done)
	forgetting.Wait()
}

// To prepare a statement takes a reader: whoever has one must never have to wait
// for somebody who waits for one, however many ask and whatever they ask.
func TestManyWhoAskSomethingNewDoNotWaitForEachOther(t *testing.T) {
	ctx := t.Context()
	l, err := Open(ctx, filepath.Join(t.TempDir(), "casus.db"), Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	var asking sync.WaitGroup
	for i := range 4 * readers {
		asking.Go(func() {
			for j := range 2 * maxStatements {
				var n int
				if err := l.row(ctx, []any{&n}, fmt.Sprintf(`SELECT %d`, (i/2+1)*j)); err != nil || n != (i/2+1)*j {
					t.Errorf("%d, %v", n, err)
				}
			}
		})
	}
	answered := make(chan struct{})
	go func() { asking.Wait(); close(answered) }()
	select {
	case <-answered:
		l.Close()
	case <-time.After(time.Minute):
		t.Fatal("they wait for each other for ever")
	}
}
