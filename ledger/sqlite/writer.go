package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"casus"
	"casus/ledger"
	"casus/ledger/fulltext"
)

// writer is the one connection that writes, with its statements prepared. Its
// methods other than transact run inside a transaction, and are not cancelled
// half-way: a context is asked between articles. The first error must end the
// transaction, as SQLite may have rolled it back already (it does when the disk
// is full), and a statement after that would be committed on its own.
type writer struct {
	conn       *sql.Conn
	stmts      map[statementName]*sql.Stmt
	similarity ledger.Similarity
	now        func() time.Time

	// What is known to be there, of this transaction and those before, until
	// there are maxTerms or maxLinks.
	terms map[termKey]int64
	links map[link]struct{}
	stems fulltext.Terms

	// What the transaction under way has gathered.
	postings []posting
	words    []words
	counts   map[int64]int64 // term -> change of term.records

	days    *actorDays    // kept up where it is there
	changes []namedChange // of the transaction under way, where it is

	corrections []ledger.Correction // all of the ledger's, settled; see refresh
}

// maxTerms and maxLinks bound what a writer remembers: some hundred bytes each.
const (
	maxTerms = 1 << 17
	maxLinks = 1 << 17
)

// link is a row that need not be written again: an actor, a name of an actor,
// or a statement that names one.
type link struct {
	actor, statement int64 // terms
	name             string
}

// words are the terms of an article, for the full-text index.
type words struct {
	article     int64
	title, text string
}

// posting is a row of the index under way.
type posting struct {
	term, shelf, day, record, kind, last int64
	status, roles                        int
}

func newWriter(ctx context.Context, db *sql.DB, opts Options, days *actorDays) (*writer, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	w := &writer{conn: conn, stmts: map[statementName]*sql.Stmt{}, similarity: opts.Similarity, now: opts.Now,
		terms: map[termKey]int64{}, links: map[link]struct{}{}, counts: map[int64]int64{}, days: days}
	for name, text := range writerStatements() {
		if w.stmts[name], err = conn.PrepareContext(context.WithoutCancel(ctx), text); err != nil { //nolint:sqlclosecheck // close closes them
			return nil, errors.Join(err, w.close())
		}
	}
	return w, nil
}

func (w *writer) close() error {
	var errs []error
	for _, s := range w.stmts {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, w.conn.Close())...)
}

// appendAll appends readings, all or none. While one is stored, the next are
// made ready.
func (w *writer) appendAll(ctx context.Context, readings []ledger.Reading) ([]ledger.Receipt, error) {
	stop := make(chan struct{})
	incoming := makeReady(readings, &w.stems, stop)
	receipts := make([]ledger.Receipt, 0, len(readings))
	err := w.transact(ctx, func(clock func() time.Time) error {
		for r := range incoming {
			if err := cmp.Or(ctx.Err(), r.err); err != nil {
				return err
			}
			receipt, err := w.appendOne(r.incoming, clock)
			if err != nil {
				return err
			}
			receipts = append(receipts, receipt)
		}
		return nil
	})
	close(stop)
	for range incoming { // until nobody uses the stems
	}
	if err != nil {
		return nil, err
	}
	return receipts, nil
}

// transact runs do in a transaction, which its error undoes.
func (w *writer) transact(ctx context.Context, do func(clock func() time.Time) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := w.exec(begin); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			w.forget()
			err = errors.Join(err, w.rollback())
		}
	}()
	clock, err := w.clock()
	if err != nil {
		return err
	}
	before, err := w.mark()
	if err != nil {
		return err
	}
	if err := w.refresh(); err != nil {
		return err
	}
	if err := do(clock); err != nil {
		return err
	}
	if err := w.flush(); err != nil {
		return err
	}
	if err := w.flushWords(); err != nil {
		return err
	}
	after, err := w.mark()
	if err != nil {
		return err
	}
	if err := w.exec(commit); err != nil {
		return err
	}
	w.days.change(before, after, w.changes)
	w.changes = w.changes[:0]
	if len(w.terms) > maxTerms {
		clear(w.terms)
	}
	if len(w.links) > maxLinks {
		clear(w.links)
	}
	return nil
}

// rollback ends the transaction, if SQLite has not done so.
func (w *writer) rollback() error {
	_, err := w.stmts[rollback].ExecContext(context.Background())
	if noTransaction(err) {
		return nil
	}
	return err
}

// forget drops what the failed transaction had gathered; the ids of terms that
// it made are not to be used again.
func (w *writer) forget() {
	clear(w.terms)
	clear(w.links)
	clear(w.counts)
	w.postings, w.words, w.changes = w.postings[:0], nil, w.changes[:0]
	w.corrections = nil
}

// clock returns the ledger's clock for this transaction: each call a later
// moment than the one before, and than all that the ledger has, whatever the
// machine's clock does.
func (w *writer) clock() (func() time.Time, error) {
	var last int64
	if err := w.row(lastMoment, []any{&last}); err != nil {
		return nil, err
	}
	return func() time.Time {
		last = max(last+1, w.now().UnixMicro())
		return moment(last)
	}, nil
}

func moment(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

// index gathers the postings of a record, and counts it if it stands. e is as
// it is on the ledger's clock.
func (w *writer) index(seq int64, e ledger.Entry, terms []found) error {
	r, past := e.Record, !e.Superseded.IsZero()
	kind, err := w.term(termKey{sortType, ledger.TypeOf(r)})
	if err != nil {
		return err
	}
	place := int64(shelf(lotOf(r), extentOf(r.When), past))
	for _, f := range terms {
		term, err := w.term(f.termKey)
		if err != nil {
			return err
		}
		w.postings = append(w.postings, posting{term: term, shelf: place, day: int64(ledger.Day(r.When)),
			record: seq, kind: kind, status: statusIndex(r.Status), last: int64(r.When.To), roles: f.roles})
		if !past {
			w.counts[term]++
			w.named(f.termKey, place, r, seq, false)
		}
	}
	if !past {
		if err := w.count(termKey{sortKind, string(r.Kind())}, 1); err != nil {
			return err
		}
	}
	return w.indexRelation(seq, e)
}

// named notes that an actor is named by a record that comes to stand, or no longer
// does, for those who keep such in memory.
func (w *writer) named(key termKey, shelf int64, r casus.Record, seq int64, gone bool) {
	if key.sort == sortActor && w.days.there() {
		w.changes = append(w.changes, namedChange{key.text, dayNamed{namedOn(shelf, int64(ledger.Day(r.When))), int32(seq)}, gone}) //nolint:gosec // a ledger has fewer
	}
}

// mark is the ledger's mark within the transaction, for those who keep something in memory.
func (w *writer) mark() (m ledger.Mark, err error) {
	if !w.days.there() {
		return m, nil
	}
	err = w.row(markNow, ofMark(&m))
	return m, err
}

// unindex removes the postings of a record that stood.
func (w *writer) unindex(seq int64, e ledger.Entry) error {
	r := e.Record
	place := shelf(lotOf(r), extentOf(r.When), false)
	for _, f := range termsOf(e) {
		term, err := w.term(f.termKey)
		if err != nil {
			return err
		}
		if err := w.exec(dropPosting, term, place, int64(ledger.Day(r.When)), seq); err != nil {
			return err
		}
		w.counts[term]--
		w.named(f.termKey, int64(place), r, seq, true)
	}
	if rel, ok := r.Body.(*casus.Relation); ok {
		term, err := w.term(statement(r, rel))
		if err != nil {
			return err
		}
		if err := w.exec(dropRelation, term, seq, openBits(r), int64(ledger.Anchor(e))); err != nil {
			return err
		}
	}
	return w.count(termKey{sortKind, string(r.Kind())}, -1)
}

// openBits says which ends of a record's period are open: 1 the start, 2 the end.
func openBits(r casus.Record) int {
	bits := 0
	if r.When.From == 0 {
		bits |= 1
	}
	if r.When.To == 0 {
		bits |= 2
	}
	return bits
}

// saysOf is what of a relation record decides whether it bears on a day, see
// ledger.Bears: 1 where it begins, 2 where it ends and that is told as so.
func saysOf(r casus.Record, rel *casus.Relation) int {
	switch {
	case rel.Change == casus.Begins:
		return saysBegins
	case rel.Change == casus.Ends && ledger.Asserted(r):
		return saysEnds
	}
	return 0
}

const (
	saysBegins = 1
	saysEnds   = 2
)

func (w *writer) indexRelation(seq int64, e ledger.Entry) error {
	r := e.Record
	rel, ok := r.Body.(*casus.Relation)
	if !ok {
		return nil
	}
	term, err := w.term(statement(r, rel))
	if err != nil {
		return err
	}
	pastBit := 0
	if !e.Superseded.IsZero() {
		pastBit = 1
	}
	if err := w.exec(addRelation, term, pastBit, openBits(r), int64(ledger.Anchor(e)), seq, saysOf(r, rel), int64(r.When.From), int64(r.When.To),
		e.Article.Known.UnixMicro(), e.Recorded.UnixMicro(), momentOrNull(e.Superseded)); err != nil {
		return err
	}
	for _, end := range []casus.ActorID{rel.From, rel.To} {
		for _, wide := range ledger.Widening(end) {
			actor, err := w.term(termKey{sortActor, string(wide)})
			if err != nil {
				return err
			}
			if !w.isNew(link{actor: actor, statement: term}) {
				continue
			}
			if err := w.exec(addRelationOf, actor, term); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) count(key termKey, change int64) error {
	term, err := w.term(key)
	if err == nil {
		w.counts[term] += change
	}
	return err
}

// flush writes the gathered postings in the order of their keys, so that
// neighbours are written together, and then the counts.
func (w *writer) flush() error {
	slices.SortFunc(w.postings, func(a, b posting) int {
		return cmp.Or(cmp.Compare(a.term, b.term), cmp.Compare(a.shelf, b.shelf), cmp.Compare(a.day, b.day), cmp.Compare(a.record, b.record))
	})
	for lot := range slices.Chunk(w.postings, lotSize) {
		if err := w.addLot(lot); err != nil {
			return err
		}
	}
	w.postings = w.postings[:0]
	changed := map[int64]bool{}
	for term := range w.counts {
		changed[term] = true
	}
	for _, term := range sortedKeys(changed) {
		if err := w.exec(addCount, w.counts[term], term); err != nil {
			return err
		}
	}
	clear(w.counts)
	return nil
}

// addLot writes at most lotSize postings, a whole lot in one statement.
func (w *writer) addLot(lot []posting) error {
	args := make([]any, 0, 8*lotSize)
	for _, p := range lot {
		args = append(args, p.term, p.shelf, p.day, p.record, p.kind, p.status, p.last, p.roles)
	}
	if len(lot) == lotSize {
		return w.exec(addPostings, args...)
	}
	for one := range slices.Chunk(args, 8) {
		if err := w.exec(addPosting, one...); err != nil {
			return err
		}
	}
	return nil
}

// flushWords writes the gathered words. They come last in a transaction: from
// then on, each statement that can fail half-way has SQLite write out the
// full-text index that it gathers in memory.
func (w *writer) flushWords() error {
	for _, t := range w.words {
		if err := w.exec(addWords, t.article, t.title, t.text); err != nil {
			return err
		}
	}
	w.words = nil
	return nil
}

// term returns the id of a term, which it makes if need be.
func (w *writer) term(key termKey) (int64, error) {
	if id, ok := w.terms[key]; ok {
		return id, nil
	}
	var id int64
	if err := w.row(termID, []any{&id}, int(key.sort), key.text); err != nil {
		return 0, err
	}
	if id == 0 {
		var err error
		if id, err = w.insert(addTerm, int(key.sort), key.text); err != nil {
			return 0, err
		}
	}
	w.terms[key] = id
	return id, nil
}

// row reads one row, or leaves the targets as they are where there is none.
func (w *writer) row(name statementName, into []any, args ...any) error {
	err := w.stmts[name].QueryRowContext(context.Background(), args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}

func (w *writer) exec(name statementName, args ...any) error {
	_, err := w.stmts[name].ExecContext(context.Background(), args...)
	return err
}

func (w *writer) insert(name statementName, args ...any) (int64, error) {
	res, err := w.stmts[name].ExecContext(context.Background(), args...)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}
