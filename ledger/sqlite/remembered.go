package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"sync"

	"casus/ledger"
)

// What is remembered between questions, beside SQLite's own pages: statements
// that are prepared, and rows that never change once they are written. All of
// it is bounded; when one of the maps is full it starts anew.
const (
	maxStatements = 256
	maxArticles   = 8 << 10 // some hundred bytes each
	maxNames      = 8 << 10
	maxMoments    = 8 << 10
)

// remembered is what a ledger remembers; its lock guards all of it but for what
// has its own.
type remembered struct {
	sync.Mutex
	statements map[string]*preparedStatement
	articles   map[int64]ledger.ArticleRef
	names      map[int64]string // of terms that are readers and rules
	recorded   map[int64]int64  // of moments, in microseconds, the last record until then: see recordedBy
	corrected  corrected
	// corrections are all that there were when they were last asked for. They are
	// numbered from 1 without gaps, and nobody changes what is in the list.
	corrections []ledger.Correction
	packed      packed
	actors      actorDays
	relations   relationIndex
}

// preparedStatement is a prepared statement and how many are about to use it.
type preparedStatement struct {
	*sql.Stmt
	users int
	gone  bool // close it after the last user
}

// query asks the readers by a statement that stays prepared: making its plan
// takes longer than most answers.
func (l *Ledger) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	s, err := l.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(ctx, args...) //nolint:sqlclosecheck // the caller closes them
	l.kept.Lock()
	s.users--
	last := s.gone && s.users == 0
	l.kept.Unlock()
	if last {
		_ = s.Close() // rows that are open keep what they need
	}
	return rows, err
}

// statement is the prepared statement of a text, with one user more. It is prepared
// without the lock: that waits for a reader, and who has one may wait for the lock.
func (l *Ledger) statement(ctx context.Context, text string) (*preparedStatement, error) {
	if s := l.prepared(text, nil); s != nil {
		return s, nil
	}
	fresh, err := l.read.PrepareContext(context.WithoutCancel(ctx), text)
	if err != nil {
		return nil, err
	}
	s := l.prepared(text, fresh)
	if s.Stmt != fresh { // somebody else was quicker
		_ = fresh.Close() //nolint:sqlclosecheck // else it stays open
	}
	return s, nil
}

// prepared is the statement of a text that stays prepared: the one that there is,
// else a fresh one, if any.
func (l *Ledger) prepared(text string, fresh *sql.Stmt) *preparedStatement {
	l.kept.Lock()
	defer l.kept.Unlock()
	s, ok := l.kept.statements[text]
	if !ok {
		if fresh == nil {
			return nil
		}
		if l.kept.statements == nil {
			l.kept.statements = map[string]*preparedStatement{}
		}
		if len(l.kept.statements) >= maxStatements {
			l.dropStatement()
		}
		s = &preparedStatement{Stmt: fresh}
		l.kept.statements[text] = s
	}
	s.users++
	return s
}

// dropStatement forgets any one of the statements; the lock is held.
func (l *Ledger) dropStatement() {
	for text, s := range l.kept.statements {
		delete(l.kept.statements, text)
		if s.gone = true; s.users == 0 {
			_ = s.Close()
		}
		return
	}
}

// closeStatements closes all of them.
func (l *Ledger) closeStatements() {
	l.kept.Lock()
	defer l.kept.Unlock()
	for len(l.kept.statements) > 0 {
		l.dropStatement()
	}
}

// fill gives entries what their rows only have the numbers of.
func (l *Ledger) fill(ctx context.Context, list []bare) error {
	refs, names, missing := l.recall(list)
	moreRefs, err := l.readArticles(ctx, missing.articles)
	if err != nil {
		return err
	}
	moreNames, err := l.readNames(ctx, missing.names)
	if err != nil {
		return err
	}
	maps.Copy(refs, moreRefs)
	maps.Copy(names, moreNames)
	for i := range list {
		b := &list[i]
		b.Article = refs[b.article]
		b.Record.Article = b.Article.ID
		b.Record.Made.Rule, b.Record.Made.Reader = names[b.rule], names[b.reader]
		b.Made = b.Record.Made
	}
	l.kept.Lock()
	defer l.kept.Unlock()
	l.kept.articles = joined(l.kept.articles, moreRefs, maxArticles)
	l.kept.names = joined(l.kept.names, moreNames, maxNames)
	return nil
}

// numbers are those of articles and of terms.
type numbers struct{ articles, names []int64 }

// recall takes from memory what entries need, all at once: others may make it
// start anew at any moment. It lists what was not there.
func (l *Ledger) recall(list []bare) (refs map[int64]ledger.ArticleRef, names map[int64]string, missing numbers) {
	refs, names = map[int64]ledger.ArticleRef{}, map[int64]string{}
	asked := map[int64]bool{} // terms and articles have numbers of their own: those of articles are negative here
	l.kept.Lock()
	defer l.kept.Unlock()
	for _, b := range list {
		if !asked[-b.article] {
			asked[-b.article] = true
			if ref, ok := l.kept.articles[b.article]; ok {
				refs[b.article] = ref
			} else {
				missing.articles = append(missing.articles, b.article)
			}
		}
		for _, id := range []int64{b.rule, b.reader} {
			if asked[id] {
				continue
			}
			asked[id] = true
			if name, ok := l.kept.names[id]; ok {
				names[id] = name
			} else {
				missing.names = append(missing.names, id)
			}
		}
	}
	return refs, names, missing
}

// joined adds to what is remembered, or starts anew where that is too much.
func joined[V any](kept, more map[int64]V, most int) map[int64]V {
	if kept == nil || len(kept)+len(more) > most {
		kept = make(map[int64]V, min(len(more), most))
	}
	for k, v := range more {
		if len(kept) >= most {
			break
		}
		kept[k] = v
	}
	return kept
}

func (l *Ledger) readArticles(ctx context.Context, seqs []int64) (map[int64]ledger.ArticleRef, error) {
	out := make(map[int64]ledger.ArticleRef, len(seqs))
	if len(seqs) == 0 {
		return out, nil
	}
	rows, err := l.query(ctx, `SELECT a.seq, `+articleRefColumns+` FROM json_each(?) j CROSS JOIN article a ON a.seq = j.value`, list(seqs))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var seq int64
		var ref articleRefRow
		if err := rows.Scan(append([]any{&seq}, ref.into()...)...); err != nil {
			return nil, err
		}
		out[seq] = ref.ref()
	}
	return out, rows.Err()
}

func (l *Ledger) readNames(ctx context.Context, terms []int64) (map[int64]string, error) {
	out := map[int64]string{}
	if len(terms) == 0 {
		return out, nil
	}
	rows, err := l.query(ctx, `SELECT t.id, t.text FROM json_each(?) j CROSS JOIN term t ON t.id = j.value`, list(terms))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var text string
		if err := rows.Scan(&id, &text); err != nil {
			return nil, err
		}
		out[id] = text
	}
	return out, rows.Err()
}

// list writes numbers as a JSON list, for json_each: one argument however many.
func list(numbers []int64) string {
	b, err := json.Marshal(numbers)
	if err != nil {
		panic(fmt.Sprintf("numbers as JSON: %v", err)) // cannot be
	}
	return string(b)
}
