// Package memory keeps a ledger in memory and answers by looking at
// everything. It is the plain model that the contract's tests hold other
// keepers against, and a ledger for tests that need no file.
package memory

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"casus"
	"casus/ledger"
	"casus/ledger/fulltext"
)

// Ledger is the keeper. It meets ledger.Ledger.
type Ledger struct {
	now        func() time.Time
	similarity ledger.Similarity

	mu       sync.RWMutex
	last     time.Time // the ledger's clock
	articles []*article
	records  []ledger.Numbered
	actors   map[casus.ActorID]*casus.Actor

	corrections []ledger.Correction // Settled
}

var _ ledger.Ledger = (*Ledger)(nil)

type article struct {
	casus.Article
	words    []fulltext.Word
	title    []fulltext.Word
	sketch   ledger.Sketch
	recorded time.Time
	readers  []string // in the order of their readings; the last stands
	copies   []ledger.Copy
}

// New returns an empty ledger. Without a clock it is time.Now; without a
// similarity no near-copies are linked.
func New(now func() time.Time, similarity ledger.Similarity) *Ledger {
	if now == nil {
		now = time.Now
	}
	return &Ledger{now: now, similarity: similarity, actors: map[casus.ActorID]*casus.Actor{}}
}

// Close does nothing.
func (l *Ledger) Close() error { return nil }

// Append stores one reading; see ledger.Ledger.
func (l *Ledger) Append(ctx context.Context, r ledger.Reading) (ledger.Receipt, error) {
	receipts, err := l.AppendAll(ctx, []ledger.Reading{r})
	if err != nil {
		return ledger.Receipt{}, err
	}
	return receipts[0], nil
}

// AppendAll stores several readings, all or none; see ledger.Ledger.
func (l *Ledger) AppendAll(ctx context.Context, readings []ledger.Reading) ([]ledger.Receipt, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	prepared := make([]ledger.Reading, len(readings))
	for i, r := range readings {
		var err error
		if prepared[i], err = ledger.Prepare(r); err != nil {
			return nil, err
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	var receipts []ledger.Receipt
	for i, r := range prepared {
		if err := l.fit(r, prepared[:i]); err != nil {
			return nil, err
		}
	}
	for _, r := range prepared {
		receipts = append(receipts, l.append(r))
	}
	return receipts, nil
}

// fit checks a reading of a text that is there, or comes in just before it,
// against that text.
func (l *Ledger) fit(r ledger.Reading, before []ledger.Reading) error {
	text, there, read := "", false, r.Reader == ""
	if a := l.byHash(r.Article.Hash); a != nil {
		text, there, read = a.Text, true, a.readBy(r.Reader)
	}
	for _, b := range before {
		if b.Article.Hash == r.Article.Hash {
			if !there {
				text, there = b.Article.Text, true
			}
			read = read || b.Reader == r.Reader
		}
	}
	if there && !read && text != r.Article.Text {
		return ledger.Fit(r.Article.ID, r.Records, text)
	}
	return nil
}

func (a *article) readBy(reader string) bool {
	return reader == "" || slices.Contains(a.readers, reader)
}

func (l *Ledger) append(r ledger.Reading) ledger.Receipt {
	a := l.byHash(r.Article.Hash)
	if a != nil && a.readBy(r.Reader) {
		return ledger.Receipt{Outcome: ledger.Already, ID: a.ID}
	}
	now := l.tick()
	receipt := ledger.Receipt{Outcome: ledger.Reread, Records: len(r.Records), Recorded: now}
	if a == nil {
		receipt.Outcome = ledger.New
		a = l.add(r, now)
		for _, c := range a.copies {
			receipt.Copies = append(receipt.Copies, c.Article.ID)
		}
	}
	receipt.ID = a.ID
	if r.Reader != "" {
		l.supersede(a, now)
		l.addReading(a, r, now)
	}
	return receipt
}

// tick is the next moment of the ledger's clock.
func (l *Ledger) tick() time.Time {
	now := l.now().UTC().Truncate(time.Microsecond)
	if !now.After(l.last) {
		now = l.last.Add(time.Microsecond)
	}
	l.last = now
	return now
}

// supersede takes what earlier readings made out of the answers, but for what
// a person has judged.
func (l *Ledger) supersede(a *article, now time.Time) {
	for i := range l.records {
		if e := &l.records[i].Entry; e.Article.ID == a.ID && e.Superseded.IsZero() && e.Review == "" {
			e.Superseded = now
		}
	}
}

func (l *Ledger) add(r ledger.Reading, now time.Time) *article {
	a := &article{Article: r.Article, sketch: r.Sketch, recorded: now,
		words: fulltext.Words(r.Article.Text, r.Article.Language), title: fulltext.Words(r.Article.Title, r.Article.Language)}
	for n := 2; l.byID(string(a.ID)) != nil; n++ {
		a.ID = casus.ArticleID(fmt.Sprintf("%s-%d", r.Article.ID, n))
	}
	if a.Known.IsZero() {
		a.Known = now
	}
	a.Known = a.Known.UTC().Truncate(time.Microsecond)
	l.linkCopies(a)
	l.articles = append(l.articles, a)
	return a
}

func (l *Ledger) linkCopies(a *article) {
	if l.similarity == nil || len(a.sketch.Data) == 0 {
		return
	}
	compared := map[*article]bool{}
	for _, band := range a.sketch.Bands {
		n := 0
		for _, other := range l.articles {
			if n < ledger.MaxCandidates && len(other.sketch.Data) > 0 && slices.Contains(other.sketch.Bands, band) {
				compared[other] = true
				n++
			}
		}
	}
	for _, other := range l.articles {
		if !compared[other] {
			continue
		}
		if s := l.similarity(a.sketch.Data, other.sketch.Data); s > 0 {
			a.copies = append(a.copies, ledger.Copy{Article: other.ref(), Similarity: s})
			other.copies = append(other.copies, ledger.Copy{Article: a.ref(), Similarity: s})
		}
	}
}

func (l *Ledger) addReading(a *article, r ledger.Reading, now time.Time) {
	a.readers = append(a.readers, r.Reader)
	var corrected []ledger.Reviewed
	for _, rec := range r.Records {
		rec.Article = a.ID
		e := ledger.Entry{ID: rec.ID, Record: rec, Made: rec.Made, Mentions: rec.Mentions, Article: a.ref(), ActsFor: ledger.ActsFor(rec, a.Date, r.Actors), Recorded: now}
		if v := ledger.Apply(e, l.corrections); v.Last != 0 {
			e.Superseded = now // it never stands as the reader made it
			corrected = append(corrected, v)
		}
		l.addEntry(e)
	}
	for _, v := range corrected {
		l.settle(v.Record.ID, v.Last, now)
	}
	for _, actor := range r.Actors {
		kept := l.actors[actor.ID]
		if kept == nil {
			kept = &casus.Actor{ID: actor.ID, Kind: actor.Kind, Note: actor.Note}
			l.actors[actor.ID] = kept
		}
		for _, name := range actor.Names {
			if !slices.Contains(kept.Names, name) {
				kept.Names = append(kept.Names, name)
			}
		}
	}
}

func (l *Ledger) addEntry(e ledger.Entry) {
	l.records = append(l.records, ledger.Numbered{Number: int64(len(l.records)) + 1, Entry: e})
}

func (l *Ledger) byHash(hash string) *article {
	for _, a := range l.articles {
		if a.Hash == hash {
			return a
		}
	}
	return nil
}

func (l *Ledger) byID(id string) *article {
	for _, a := range l.articles {
		if string(a.ID) == id {
			return a
		}
	}
	return nil
}

func (a *article) ref() ledger.ArticleRef {
	return ledger.ArticleRef{ID: a.ID, Title: a.Title, Publisher: a.Publisher, URL: a.URL, Language: a.Language, Date: a.Date, Known: a.Known}
}

// HasRead tells whether a reader has read a text; see ledger.Ledger.
func (l *Ledger) HasRead(_ context.Context, hash, reader string) (bool, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	a := l.byHash(hash)
	return a != nil && a.readBy(reader), nil
}

// Article returns one article; see ledger.Ledger.
func (l *Ledger) Article(_ context.Context, idOrHash string) (ledger.ArticleEntry, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	a := l.byID(idOrHash)
	if a == nil {
		a = l.byHash(idOrHash)
	}
	if a == nil {
		return ledger.ArticleEntry{}, notFound(idOrHash, "article")
	}
	return l.entry(a), nil
}

func notFound(input, what string) error {
	return &casus.Error{Code: casus.NotFound, Input: input, Problem: "there is no such " + what + " in the ledger"}
}

func (l *Ledger) entry(a *article) ledger.ArticleEntry {
	e := ledger.ArticleEntry{Article: a.Article, Copies: len(a.copies), Characters: len([]rune(a.Text)), Recorded: a.recorded}
	if len(a.readers) > 0 {
		e.Reader = a.readers[len(a.readers)-1]
	}
	for _, r := range l.records {
		if r.Article.ID == a.ID && r.Superseded.IsZero() {
			e.Records++
		}
	}
	return e
}

// Articles lists articles; see ledger.Ledger.
func (l *Ledger) Articles(_ context.Context, q ledger.ArticleQuery) (ledger.ArticlePage, error) {
	page := ledger.ArticlePage{Articles: []ledger.ArticleEntry{}}
	limit, err := ledger.NormalLimit(q.Limit)
	if err != nil {
		return page, err
	}
	after, err := ledger.ParseCursor(q.After)
	if err != nil {
		return page, err
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	var places []ledger.Cursor
	for i, a := range l.articles {
		place := ledger.Cursor{Day: ledger.Day(a.Date), Number: int64(i) + 1}
		if a.selected(q) && (after.Number == 0 || later(after, place) > 0) {
			places = append(places, place)
		}
	}
	slices.SortFunc(places, func(a, b ledger.Cursor) int { return later(b, a) })
	if len(places) > limit {
		places = places[:limit]
		page.Next = places[limit-1].String()
	}
	for _, p := range places {
		e := l.entry(l.articles[p.Number-1])
		e.Text = ""
		page.Articles = append(page.Articles, e)
	}
	return page, nil
}

func later(a, b ledger.Cursor) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Number, b.Number))
}

func (a *article) selected(q ledger.ArticleQuery) bool {
	if q.Publisher != "" && q.Publisher != a.Publisher || q.Language != "" && q.Language != a.Language {
		return false
	}
	if !q.KnownAfter.IsZero() && !a.Known.After(q.KnownAfter) || !q.Known.IsZero() && a.Known.After(q.Known) {
		return false
	}
	if !q.Since.IsZero() && !a.recorded.After(q.Since) {
		return false
	}
	if q.From == 0 && q.To == 0 {
		return true
	}
	return !a.Date.IsOpen() && a.Date.Overlaps(casus.Period{From: q.From, To: q.To})
}

// Copies returns an article's near-copies; see ledger.Ledger.
func (l *Ledger) Copies(_ context.Context, id casus.ArticleID) ([]ledger.Copy, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	a := l.byID(string(id))
	if a == nil {
		return nil, nil
	}
	out := slices.Clone(a.copies)
	slices.SortStableFunc(out, func(x, y ledger.Copy) int { return cmp.Compare(y.Similarity, x.Similarity) })
	return out, nil
}

// Days lists the days of a query's page; see ledger.Ledger.
func (l *Ledger) Days(ctx context.Context, q ledger.Query) ([]casus.Date, bool, error) {
	page, err := l.Records(ctx, q)
	days, more := ledger.DaysOf(page)
	return days, more, err
}

// CopiesOf is Copies of several articles.
func (l *Ledger) CopiesOf(ctx context.Context, ids []casus.ArticleID) (map[casus.ArticleID][]ledger.Copy, error) {
	out := map[casus.ArticleID][]ledger.Copy{}
	for _, id := range ids {
		copies, err := l.Copies(ctx, id)
		if err != nil {
			return nil, err
		}
		if len(copies) > 0 {
			out[id] = copies
		}
	}
	return out, nil
}

// Find searches the articles; see ledger.Ledger. The latest article is best.
func (l *Ledger) Find(_ context.Context, typed string, limit int) ([]ledger.Hit, error) {
	limit, err := ledger.NormalLimit(limit)
	if err != nil {
		return nil, err
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	search := fulltext.Parse(typed)
	var hits []ledger.Hit
	for _, a := range slices.Backward(l.articles) {
		if len(hits) < limit && search.Matches(a.title, a.words) {
			hits = append(hits, ledger.Hit{Article: a.ref(), Snippets: search.Snippets(a.Text, a.Language)})
		}
	}
	return hits, nil
}

// Records answers a query; see ledger.Ledger.
func (l *Ledger) Records(_ context.Context, q ledger.Query) (ledger.Page, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return ledger.Select(q, l.records)
}

// Record returns one record; see ledger.Ledger.
func (l *Ledger) Record(_ context.Context, id casus.RecordID) (ledger.Entry, error) {
	if _, err := ledger.RecordNumber(id); err != nil {
		return ledger.Entry{}, err
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	var found *ledger.Entry
	for i := range l.records {
		if e := &l.records[i].Entry; e.ID == id && (found == nil || !found.Superseded.IsZero()) {
			found = e
		}
	}
	if found == nil {
		return ledger.Entry{}, notFound(string(id), "record")
	}
	return *found, nil
}

// Turned compares what decides on two days; see ledger.Ledger.
func (l *Ledger) Turned(ctx context.Context, before, after ledger.RelationQuery) (was, is []ledger.Entry, err error) {
	if was, err = l.Relations(ctx, before); err != nil {
		return nil, nil, err
	}
	if is, err = l.Relations(ctx, after); err != nil {
		return nil, nil, err
	}
	was, is = ledger.Turned(was, is)
	return was, is, nil
}

// Mark counts what there is; see ledger.Ledger.
func (l *Ledger) Mark(context.Context) (ledger.Mark, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.mark(), nil
}

func (l *Ledger) mark() ledger.Mark {
	m := ledger.Mark{Articles: int64(len(l.articles)), Records: int64(len(l.records)), Corrections: int64(len(l.corrections))}
	for _, a := range l.articles {
		m.Readings += int64(len(a.readers))
	}
	for _, n := range l.records {
		if !n.Superseded.IsZero() {
			m.Superseded = max(m.Superseded, n.Superseded.UnixMicro())
		}
	}
	return m
}

// Standing hands over what is new; see ledger.Ledger.
func (l *Ledger) Standing(_ context.Context, since ledger.Mark, kinds []casus.Kind, stands func(ledger.Numbered) error) (gone []int64, now ledger.Mark, err error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	for _, n := range l.records {
		switch {
		case !n.Superseded.IsZero():
			gone = append(gone, n.Number)
		case n.Number > since.Records && slices.Contains(kinds, n.Record.Kind()):
			if err := stands(n); err != nil {
				return nil, since, err
			}
		}
	}
	return gone, l.mark(), nil
}

// Copied lists pairs of copies; see ledger.Ledger.
func (l *Ledger) Copied(_ context.Context, since ledger.Mark) ([][2]ledger.ArticleRef, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var out [][2]ledger.ArticleRef
	for _, a := range l.articles[since.Articles:] {
		for _, c := range a.copies {
			out = append(out, [2]ledger.ArticleRef{a.ref(), c.Article})
		}
	}
	return out, nil
}

// ByNumber returns records by their numbers; see ledger.Ledger.
func (l *Ledger) ByNumber(_ context.Context, numbers []int64) ([]ledger.Entry, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var out []ledger.Entry
	for _, n := range numbers {
		if 0 < n && n <= int64(len(l.records)) {
			out = append(out, l.records[n-1].Entry)
		}
	}
	return out, nil
}

// Relations returns what decides the relations of a day; see ledger.Ledger.
func (l *Ledger) Relations(_ context.Context, q ledger.RelationQuery) ([]ledger.Entry, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	type lot struct {
		relation             casus.Relation
		asserted, start, end bool
	}
	last, first := map[lot]ledger.Numbered{}, map[lot]ledger.Numbered{}
	in := ledger.Query{Kinds: []casus.Kind{casus.KindRelation}, Known: q.Known, Recorded: q.Recorded}
	for _, n := range l.records {
		rel, ok := n.Record.Body.(*casus.Relation)
		if !ok || !in.Selects(n.Entry) || !naming(rel, q.Actor) {
			continue
		}
		key := lot{*rel, ledger.Asserted(n.Record), n.Record.When.From != 0, n.Record.When.To != 0}
		switch day := ledger.Anchor(n.Entry); {
		case q.On == 0 || day <= q.On:
			if kept, ok := last[key]; !ok || day >= ledger.Anchor(kept.Entry) {
				last[key] = n
			}
		case !key.start:
			if kept, ok := first[key]; !ok || day < ledger.Anchor(kept.Entry) {
				first[key] = n
			}
		}
	}
	var chosen []ledger.Numbered
	for _, lots := range []map[lot]ledger.Numbered{last, first} {
		for _, n := range lots {
			if ledger.Bears(n.Entry, q.On) {
				chosen = append(chosen, n)
			}
		}
	}
	slices.SortFunc(chosen, func(a, b ledger.Numbered) int { return cmp.Compare(a.Number, b.Number) })
	var out []ledger.Entry
	for _, n := range chosen {
		out = append(out, n.Entry)
	}
	return out, nil
}

func naming(r *casus.Relation, actor casus.ActorID) bool {
	return actor == "" || slices.Contains(ledger.Widening(r.From), actor) || slices.Contains(ledger.Widening(r.To), actor)
}

// Actors lists actors; see ledger.Ledger.
func (l *Ledger) Actors(_ context.Context, q ledger.ActorQuery) ([]ledger.ActorEntry, error) {
	limit, err := ledger.NormalLimit(q.Limit)
	if err != nil {
		return nil, err
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	counts := map[casus.ActorID]int{}
	for id := range l.actors {
		counts[id] = 0
	}
	selected := ledger.Query{To: q.To, Known: q.Known, Recorded: q.Recorded}
	for _, r := range l.records {
		for _, m := range ledger.Mentions(r.Entry) {
			if selected.Selects(r.Entry) {
				counts[m.Actor]++
			}
		}
	}
	names := l.names()
	for id := range names {
		counts[id] += 0
	}
	var out []ledger.ActorEntry
	for id, n := range counts {
		e := ledger.ActorEntry{Actor: casus.Actor{ID: id, Names: names[id]}, Records: n}
		if a := l.actors[id]; a != nil {
			e.Kind, e.Note = a.Kind, a.Note
		}
		named := slices.ContainsFunc(e.Names, func(name string) bool { return fulltext.Fold(name) == fulltext.Fold(q.Name) })
		if q.ID != "" && q.ID != id || n == 0 && q.Name == "" && (q.ID == "" || l.actors[id] == nil && len(e.Names) == 0) {
			continue
		}
		if (q.Name == "" || named) && (q.Within == "" || id.Within(q.Within)) && (n > 0 || !q.Clocked()) {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b ledger.ActorEntry) int {
		return cmp.Or(cmp.Compare(b.Records, a.Records), cmp.Compare(a.ID, b.ID))
	})
	return out[:min(limit, len(out))], nil
}

// Totals counts what there is; see ledger.Ledger.
func (l *Ledger) Totals(context.Context) (ledger.Totals, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	totals := ledger.Totals{Articles: len(l.articles), Kinds: map[casus.Kind]int{}}
	for _, a := range l.articles {
		if day := ledger.Day(a.Date); day != 0 {
			totals.First, totals.Last = min(cmp.Or(totals.First, day), day), max(totals.Last, day)
		}
		if totals.KnownFirst.IsZero() || a.Known.Before(totals.KnownFirst) {
			totals.KnownFirst = a.Known
		}
		if a.Known.After(totals.KnownLast) {
			totals.KnownLast = a.Known
		}
		totals.Recorded = a.recorded // they stand in the order in which they came
	}
	for _, r := range l.records {
		if r.Superseded.IsZero() {
			totals.Records++
			totals.Kinds[r.Record.Kind()]++
		}
	}
	return totals, nil
}
