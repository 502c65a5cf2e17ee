package sqlite

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"casus"
	"casus/ledger"
	"casus/ledger/fulltext"
)

// Append stores one reading; see ledger.Ledger.
func (l *Ledger) Append(ctx context.Context, r ledger.Reading) (ledger.Receipt, error) {
	receipts, err := l.AppendAll(ctx, []ledger.Reading{r})
	if err != nil {
		return ledger.Receipt{}, err
	}
	return receipts[0], nil
}

// AppendAll stores several readings in one transaction; see ledger.Ledger.
func (l *Ledger) AppendAll(ctx context.Context, readings []ledger.Reading) ([]ledger.Receipt, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.openWriter(ctx); err != nil {
		return nil, err
	}
	receipts, err := l.writer.appendAll(ctx, readings)
	return receipts, explain(err, l.path, "storing an article in the ledger")
}

// openWriter makes the writer if need be; the lock is held.
func (l *Ledger) openWriter(ctx context.Context) error {
	if l.writer != nil {
		return nil
	}
	w, err := newWriter(ctx, l.write, l.opts, &l.kept.actors)
	if err != nil {
		return explain(err, l.path, "opening the ledger for writing")
	}
	l.writer = w
	return nil
}

// appendOne stores one reading inside the transaction.
func (w *writer) appendOne(r incoming, clock func() time.Time) (ledger.Receipt, error) {
	seq, stored, err := w.articleByHash(r.Article.Hash)
	switch {
	case err != nil:
		return ledger.Receipt{}, err
	case seq == 0:
		return w.appendNew(r, clock())
	}
	done, err := w.hasRead(seq, r.Reader)
	if err != nil || done || r.Reader == "" {
		return ledger.Receipt{Outcome: ledger.Already, ID: stored.ID}, err
	}
	if stored.Text != r.Article.Text {
		if err := ledger.Fit(stored.ID, r.Records, stored.Text); err != nil {
			return ledger.Receipt{}, err
		}
	}
	now := clock()
	receipt := ledger.Receipt{Outcome: ledger.Reread, ID: stored.ID, Records: len(r.Records), Recorded: now}
	if err := w.supersede(seq, now); err != nil {
		return receipt, err
	}
	published := r.Article.Date
	r.Article = stored // what it came with this time is not kept
	if stored.Date != published {
		if err := r.makeRows(); err != nil { // for whom people act may be different
			return receipt, err
		}
	}
	return receipt, w.addReading(seq, r, now)
}

func (w *writer) appendNew(r incoming, now time.Time) (ledger.Receipt, error) {
	receipt := ledger.Receipt{Outcome: ledger.New, Recorded: now, Records: len(r.Records)}
	id, err := w.freeID(r.Article.ID)
	if err != nil {
		return receipt, err
	}
	receipt.ID, r.Article.ID = id, id
	if r.Article.Known.IsZero() {
		r.Article.Known = now
	}
	seq, err := w.addArticle(r.Article, now)
	if err != nil {
		return receipt, err
	}
	if err := w.addText(seq, r); err != nil {
		return receipt, err
	}
	if receipt.Copies, err = w.linkCopies(seq, r.Sketch); err != nil {
		return receipt, err
	}
	if r.Reader == "" {
		return receipt, nil
	}
	return receipt, w.addReading(seq, r, now)
}

// articleByHash returns what of an article a reading needs; seq 0 where there is none.
func (w *writer) articleByHash(hash string) (seq int64, a casus.Article, err error) {
	var known int64
	err = w.row(articleByHash, []any{&seq, &a.ID, &a.Date.From, &a.Date.To, &known, &a.Text}, hash)
	a.Known = moment(known)
	return seq, a, err
}

// freeID returns the id, or the id with the first free suffix.
func (w *writer) freeID(base casus.ArticleID) (casus.ArticleID, error) {
	var one, last int64
	if err := w.row(articleHasID, []any{&one}, string(base)); err != nil || one == 0 {
		return base, err
	}
	if err := w.row(lastSuffix, []any{&last}, string(base)); err != nil {
		return "", err
	}
	for n := max(last+1, 2); ; n++ {
		id := string(base) + "-" + strconv.FormatInt(n, 10)
		one = 0
		if err := w.row(articleHasID, []any{&one}, id); err != nil {
			return "", err
		}
		if one == 0 {
			return casus.ArticleID(id), w.exec(setSuffix, string(base), n)
		}
	}
}

func (w *writer) addArticle(a casus.Article, now time.Time) (int64, error) {
	return w.insert(addArticle, string(a.ID), a.Hash, a.URL, a.Title, a.Publisher, a.Language,
		int64(a.Date.From), int64(a.Date.To), string(a.Date.Precision), int64(ledger.Day(a.Date)),
		a.Known.UnixMicro(), now.UnixMicro(), utf8.RuneCountInString(a.Text))
}

func (w *writer) addText(seq int64, r incoming) error {
	if err := w.exec(addText, seq, r.Article.Text, r.Sketch.Data); err != nil {
		return err
	}
	w.words = append(w.words, words{seq, r.title, r.text})
	return nil
}

// linkCopies links an article to those that it is a near-copy of, and leaves
// its bands for later ones to find.
func (w *writer) linkCopies(seq int64, s ledger.Sketch) ([]casus.ArticleID, error) {
	if w.similarity == nil || len(s.Data) == 0 {
		return nil, nil
	}
	candidates := map[int64]bool{}
	for _, band := range s.Bands {
		others, err := w.inBand(int64(band))
		if err != nil {
			return nil, err
		}
		for _, o := range others {
			candidates[o] = true
		}
		if err := w.exec(addBand, int64(band), seq); err != nil {
			return nil, err
		}
	}
	delete(candidates, seq) // where a sketch has a band twice
	var ids []casus.ArticleID
	for _, other := range sortedKeys(candidates) {
		var id string
		var sketch []byte
		if err := w.row(sketchOf, []any{&id, &sketch}, other); err != nil {
			return nil, err
		}
		similarity := w.similarity(s.Data, sketch)
		if similarity <= 0 {
			continue
		}
		ids = append(ids, casus.ArticleID(id))
		if err := w.exec(addCopy, seq, other, similarity); err != nil {
			return nil, err
		}
		if err := w.exec(addCopy, other, seq, similarity); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

func (w *writer) inBand(band int64) ([]int64, error) {
	rows, err := w.stmts[inBand].QueryContext(context.Background(), band, ledger.MaxCandidates)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var seq int64
		if err := rows.Scan(&seq); err != nil {
			return nil, err
		}
		out = append(out, seq)
	}
	return out, rows.Err()
}

func (w *writer) hasRead(article int64, reader string) (bool, error) {
	id, err := w.term(termKey{sortReader, reader})
	if err != nil {
		return false, err
	}
	var one int64
	err = w.row(hasReading, []any{&one}, article, id)
	return one == 1, err
}

// addReading stores a reading and its records, and makes it the one that stands.
func (w *writer) addReading(article int64, r incoming, now time.Time) error {
	reader, err := w.term(termKey{sortReader, r.Reader})
	if err != nil {
		return err
	}
	var first int64
	if err := w.row(nextRecord, []any{&first}); err != nil {
		return err
	}
	reading, err := w.insert(addReading, article, reader, now.UnixMicro(), first, len(r.Records))
	if err != nil {
		return err
	}
	if len(r.rows) > 0 {
		if err := w.exec(addStretch, first, r.Article.Known.UnixMicro()); err != nil {
			return err
		}
	}
	var corrected []ledger.Reviewed
	for i, row := range r.rows {
		row.Article = ledger.ArticleRef{ID: r.Article.ID, Date: r.Article.Date, Known: r.Article.Known}
		v := ledger.Apply(row.Entry, w.corrections)
		if v.Last != 0 { // it never stands as the reader made it
			row.Superseded = now
			corrected = append(corrected, v)
		}
		if err := w.addRecord(first+int64(i), reading, row, now); err != nil {
			return err
		}
	}
	if err := w.addActors(r.Actors, now); err != nil {
		return err
	}
	if err := w.exec(setReading, reading, article); err != nil {
		return err
	}
	for _, v := range corrected {
		if err := w.settle(v.Record.ID, v.Last, now); err != nil {
			return err
		}
	}
	return nil
}

// addRecord stores a record of a reading and indexes it; now is when it is recorded.
func (w *writer) addRecord(seq, reading int64, r row, now time.Time) error {
	if err := w.storeRecord(seq, reading, r); err != nil {
		return fmt.Errorf("record %s: %w", r.ID, err)
	}
	r.Recorded = now
	if err := w.index(seq, r.Entry, r.terms); err != nil {
		return fmt.Errorf("indexing record %s: %w", r.ID, err)
	}
	return nil
}

func (w *writer) storeRecord(seq, reading int64, row row) error {
	r := &row.Record
	rule, err := w.term(termKey{sortRule, r.Made.Rule})
	if err != nil {
		return err
	}
	return w.exec(addRecord, seq, row.number, reading, kindIndex(r.Kind()), statusIndex(r.Status),
		int64(r.When.From), int64(r.When.To), string(r.When.Precision), r.Span.Start, r.Span.End,
		rule, r.Made.Confidence, r.Quote, orNull(string(r.By)), orNull(r.ByAs), orNull(r.Hedge), row.places, row.body, row.actsFor, row.mentions,
		numberOrNull(row.Correction), orNull(string(row.Review)), momentOrNull(row.Recorded), momentOrNull(row.Superseded))
}

func numberOrNull(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}

func momentOrNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// supersede takes what the reading that stands made, if any, out of today's
// answers, but for what a person has judged.
func (w *writer) supersede(article int64, now time.Time) error {
	var reading int64
	if err := w.row(standing, []any{&reading}, article); err != nil || reading == 0 {
		return err
	}
	if err := w.flush(); err != nil { // postings of this transaction may be among those to move
		return err
	}
	old, err := w.entries(madeBy, reading)
	if err != nil {
		return err
	}
	for _, o := range old {
		if err := w.shelve(o, now); err != nil {
			return err
		}
	}
	versions, err := w.entries(standingVersions, article)
	if err != nil {
		return err
	}
	for _, v := range versions {
		if err := w.supersedeOne(v, now); err != nil {
			return err
		}
	}
	return w.exec(setSuperseded, now.UnixMicro(), reading)
}

// shelve moves a record's postings to where the past stands.
func (w *writer) shelve(n ledger.Numbered, now time.Time) error {
	if err := w.unindex(n.Number, n.Entry); err != nil {
		return fmt.Errorf("superseding record %s: %w", n.ID, err)
	}
	n.Superseded = now
	if err := w.index(n.Number, n.Entry, termsOf(n.Entry)); err != nil {
		return fmt.Errorf("superseding record %s: %w", n.ID, err)
	}
	return nil
}

// supersedeOne takes one version out of today's answers.
func (w *writer) supersedeOne(n ledger.Numbered, now time.Time) error {
	if err := w.shelve(n, now); err != nil {
		return err
	}
	return w.exec(setRecordSuperseded, now.UnixMicro(), n.Number)
}

func (w *writer) entries(name statementName, args ...any) ([]ledger.Numbered, error) {
	rows, err := w.stmts[name].QueryContext(context.Background(), args...)
	if err != nil {
		return nil, err
	}
	return scanEntries(rows)
}

// addActors keeps whom a reading named, with the names that are new.
func (w *writer) addActors(actors []casus.Actor, now time.Time) error {
	for _, a := range actors {
		id, err := w.term(termKey{sortActor, string(a.ID)})
		if err != nil {
			return err
		}
		if w.isNew(link{actor: id}) {
			if err := w.exec(addActor, id, string(a.Kind), a.Note, now.UnixMicro()); err != nil {
				return fmt.Errorf("actor %s: %w", a.ID, err)
			}
		}
		for _, name := range a.Names {
			if !w.isNew(link{actor: id, name: name}) {
				continue
			}
			if err := w.exec(addActorName, fulltext.Fold(name), id, name, now.UnixMicro()); err != nil {
				return fmt.Errorf("name %q of actor %s: %w", name, a.ID, err)
			}
		}
	}
	return nil
}

// isNew tells whether this writer has not met a link yet, and remembers it.
func (w *writer) isNew(l link) bool {
	if _, ok := w.links[l]; ok {
		return false
	}
	w.links[l] = struct{}{}
	return true
}

func sortedKeys(set map[int64]bool) []int64 {
	keys := make([]int64, 0, len(set))
	for k := range set {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
