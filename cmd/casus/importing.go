package main

import (
	"bufio"
	"context"
	"io"
	"iter"
	"strings"
	"sync"

	"casus"
	"casus/feed"
	"casus/ledger"
	"casus/ledger/sqlite"
	"casus/read"
	"casus/web"
)

// importer reads files that are handed to the server into its ledger, as casus
// read does. It keeps the reader until a correction adds to what that knows.
type importer struct {
	desk   *desk
	ledger *sqlite.Ledger

	mu     sync.Mutex
	reader *read.Reader
	knows  int // how many corrections there were when it was made
}

// importLimits bound a file from elsewhere more tightly than one of one's own: nobody can stop
// the reading of a single text.
func importLimits() feed.Limits {
	return feed.Limits{Text: 8_000_000, Unpacked: 500_000_000, Members: 50_000}
}

// take reads one file; see web.Importer.
func (i *importer) take(ctx context.Context, in web.Upload, tell func(web.Imported) error) error {
	reader, err := i.readerNow(ctx)
	if err != nil {
		return err
	}
	d := *i.desk
	d.ctx, d.stdout, d.stderr = ctx, io.Discard, io.Discard
	r := &articleReader{desk: &d, cmd: &readCmd{Quiet: true, Language: in.Language}, reader: reader, ledger: i.ledger, out: bufio.NewWriter(io.Discard),
		actors: map[casus.ActorID]casus.Actor{}, bar: newProgress(io.Discard, false)}
	r.told = func(j *job) error {
		became, err := r.became(j)
		if err != nil {
			return err
		}
		return tell(became)
	}
	opt := feed.Options{Date: in.Date, Publisher: in.Publisher, Now: d.now, Limits: importLimits()}
	return r.all(func(ctx context.Context) iter.Seq[feed.Item] { return feed.ReadFile(ctx, in.Name, in.File, opt) })
}

// readerNow is the reader with all that corrections have added by now.
func (i *importer) readerNow(ctx context.Context) (*read.Reader, error) {
	corrections, err := i.ledger.Corrections(ctx, ledger.CorrectionQuery{})
	if err != nil {
		return nil, err
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.reader == nil || i.knows != len(corrections) {
		if i.reader, _, err = newReader(corrections...); err != nil {
			return nil, err
		}
		i.knows = len(corrections)
	}
	return i.reader, nil
}

// became is what is told of a job that is finished.
func (r *articleReader) became(j *job) (web.Imported, error) {
	a := j.item.Article
	out := web.Imported{Input: j.item.Input, Title: a.Title, Read: j.version != "", Notes: j.item.Notes}
	switch {
	case j.item.Err != nil:
		out.Outcome = web.OutcomeFailed
		out.Problem, out.Detail, out.Advice = aside(j.item.Err)
		return out, nil //nolint:nilerr // the answer tells it
	case j.already:
		there, err := r.ledger.Article(r.ctx, a.Hash)
		out.Outcome, out.Article = web.OutcomeKnown, there.ID
		return out, err
	}
	out.Article, out.Copies, out.Records = j.stored.ID, j.stored.Copies, j.stored.Records
	out.Outcome = map[ledger.Outcome]web.Outcome{ledger.New: web.OutcomeNew, ledger.Already: web.OutcomeKnown, ledger.Reread: web.OutcomeReread}[j.stored.Outcome]
	if !out.Read {
		out.Notes = append(out.Notes, notRead(a.Language))
	}
	return out, nil
}

// aside is what is wrong with an input, what was underneath and what to do, without
// its name, which stands beside it.
func aside(err error) (problem, detail, advice string) {
	e, ok := err.(*casus.Error) //nolint:errorlint // an item's error is one
	if !ok {
		return err.Error(), "", ""
	}
	if e.Err != nil {
		detail = strings.ReplaceAll(e.Err.Error(), "\n", " ")
	}
	return e.Problem, detail, e.Advice
}
