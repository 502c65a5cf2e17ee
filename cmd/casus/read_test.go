package main

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casus"
	"casus/feed"
	"casus/ledger"
	"casus/read"
)

// Articles that are ready together are stored in one transaction. One that the
// ledger refuses stops the run, as it would alone: those before it are kept,
// those after it are not, and each is reported in its turn.
func TestArticlesReadyTogetherAreStoredTogether(t *testing.T) {
	for _, c := range []struct {
		name     string
		bad      bool
		articles int
		summary  string
	}{
		{"all good", false, 3, "3 articles read, 3 records; 2 there already; 1 failed"},
		{"one bad", true, 1, "1 article read, 1 record; 1 there already; 1 failed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var told bytes.Buffer
			d := &desk{ctx: context.Background(), stdout: &told, stderr: &told, now: time.Now, ledger: filepath.Join(t.TempDir(), "casus.db")}
			l, err := openLedger(d, true)
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			r := &articleReader{desk: d, cmd: &readCmd{}, ledger: l, actors: map[casus.ActorID]casus.Actor{}, bar: newProgress(&told, false)}
			second := doneJob("second", "De troepen kwamen terug.")
			if c.bad {
				second.reading.Records[0].Quote = "wat er niet staat"
			}
			unread := &job{item: feed.Item{Input: "unread", Err: errors.New("unread: cannot be read")}, done: make(chan struct{})}
			close(unread.done)
			there := doneJob("there", "Dat was er al.")
			there.already = true
			ordered := make(chan *job, 8)
			for _, j := range []*job{doneJob("first", "De troepen trokken weg."), unread, there, second,
				doneJob("first-again", "De troepen trokken weg."), doneJob("third", "De troepen bleven.")} {
				ordered <- j
			}
			close(ordered)
			if err := r.store(d.ctx, ordered); c.bad != (casus.CodeOf(err) == casus.Invalid) {
				t.Fatalf("storing ended in %v", err)
			}
			if got := r.tally.String(); got != c.summary {
				t.Errorf("the summary is %q, want %q", got, c.summary)
			}
			if !strings.HasPrefix(told.String(), "casus: unread: cannot be read") {
				t.Errorf("it said %q", told.String())
			}
			if page, err := l.Articles(d.ctx, ledger.ArticleQuery{}); err != nil || len(page.Articles) != c.articles {
				t.Errorf("%d articles are kept, want %d; %v", len(page.Articles), c.articles, err)
			}
		})
	}
}

// doneJob is an article that was read, with one record of all its text.
func doneJob(name, text string) *job {
	j := &job{version: "1", done: make(chan struct{})}
	j.item = feed.Item{Input: name, Article: casus.Article{ID: casus.ArticleID(name), Hash: feed.Identity(text), Language: "nl", Text: text}}
	j.reading = read.Reading{Records: []casus.Record{{Quote: text, Span: casus.Span{End: len(text)}, Status: casus.Happened, When: casus.Day(1000),
		Body: &casus.Event{Type: casus.Retreat, Source: []casus.ActorID{"rus/mil"}}}}}
	close(j.done)
	return j
}
