// Package sqlite keeps a ledger in one SQLite file (modernc.org/sqlite: no C
// compiler, full-text search built in).
//
// One connection writes, a small pool reads; in write-ahead mode neither waits
// for the other. Several processes may have the same file open: writers wait
// for one another up to busyTimeout.
//
// The write-ahead log is not synced at each commit (synchronous=NORMAL). When
// the process is killed, all that was committed is in the operating system's
// hands and is there on the next opening, and what was not committed is rolled
// back. When the whole machine loses power, the last commits may be missing,
// in whole articles and without damage to the file; reading the same input
// again brings them back, as appending is idempotent. Syncing each article
// would cost ten times the speed and buy only that.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"casus"
	"casus/ledger"
)

// Ledger is the keeper. It meets ledger.Ledger.
type Ledger struct {
	path  string
	opts  Options
	read  *sql.DB
	write *sql.DB // one connection

	mu     sync.Mutex // held while writing
	writer *writer    // nil until the first append

	kept remembered
}

var _ ledger.Ledger = (*Ledger)(nil)

// Options say how a ledger is opened.
type Options struct {
	// Create makes a new ledger where there is none. Without it that is
	// casus.NotFound.
	Create bool
	// Similarity compares the sketches of two articles; without it no
	// near-copies are linked.
	Similarity ledger.Similarity
	// Identity is the hash of a text, as articles come with it; without it
	// Check cannot tell whether a text is still the one that was stored.
	Identity func(text string) string
	// Now is the clock; time.Now where it is nil.
	Now func() time.Time
	// MaxPages bounds the file, in pages of 4 KiB; 0 is no bound. Past it an
	// append fails as on a full disk.
	MaxPages int
}

const (
	busyTimeout = 10 * time.Second
	readers     = 4
	// Page caches in KiB: writerCache + readers*readerCache bound what the
	// ledger holds in memory. The writer's is there once something is written: a
	// ledger of a million records has a quarter of a gigabyte of indexes, any page
	// of which an article may touch.
	writerCache = 128 << 10
	readerCache = 8 << 10
	// checkpointPages is how many pages of 4 KiB the write-ahead log gathers
	// before it is folded into the file, with a sync. An article writes some
	// hundred, mostly the same ones as the articles before it.
	checkpointPages = 8000
)

// Open opens the ledger in the file path. It is quick whatever the file's
// size: it reads the header and the schema.
func Open(ctx context.Context, path string, opts Options) (*Ledger, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, &casus.Error{Code: casus.Unreadable, Input: path, Problem: "the ledger's path could not be made out", Err: err}
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	fresh, err := look(path, opts.Create)
	if err != nil {
		return nil, err
	}
	l := &Ledger{path: path, opts: opts}
	if l.write, err = connect(absolute, writerPragmas(opts)); err != nil {
		return nil, explain(err, path, "opening the ledger")
	}
	l.write.SetMaxOpenConns(1)
	if fresh {
		if err := migrate(ctx, l.write, path); err != nil {
			return nil, errors.Join(err, l.write.Close())
		}
	}
	if err := l.openReaders(ctx, absolute); err != nil {
		return nil, errors.Join(err, l.write.Close())
	}
	return l, nil
}

// look tells whether the ledger is still to be made.
func look(path string, create bool) (fresh bool, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && create:
		return true, nil
	case errors.Is(err, fs.ErrNotExist):
		return false, &casus.Error{Code: casus.NotFound, Input: path, Problem: "there is no ledger here",
			Advice: "Make one with casus read, or name another file with --ledger."}
	case err != nil:
		return false, &casus.Error{Code: casus.Unreadable, Input: path, Problem: "the ledger cannot be opened", Err: err,
			Advice: "Check its path, or name another file with --ledger."}
	case info.IsDir():
		return false, &casus.Error{Code: casus.Invalid, Input: path, Problem: "this is a folder, not a ledger",
			Advice: "Name a file with --ledger."}
	}
	return info.Size() == 0 && create, nil
}

func writerPragmas(opts Options) url.Values {
	q := url.Values{"mode": {"rwc"}}
	addPragma(q, "busy_timeout", int(busyTimeout/time.Millisecond))
	addPragma(q, "journal_mode", "wal")
	addPragma(q, "synchronous", "normal")
	addPragma(q, "wal_autocheckpoint", checkpointPages)
	addPragma(q, "journal_size_limit", 4<<10*checkpointPages) // a bulk load grows the log; give the disk back after it
	addPragma(q, "foreign_keys", 1)
	addPragma(q, "cache_size", -writerCache)
	if opts.MaxPages > 0 {
		addPragma(q, "max_page_count", opts.MaxPages)
	}
	return q
}

func readerPragmas() url.Values {
	q := url.Values{"mode": {"rw"}}
	addPragma(q, "busy_timeout", int(busyTimeout/time.Millisecond))
	addPragma(q, "query_only", 1)
	addPragma(q, "cache_size", -readerCache)
	return q
}

// openReaders opens the pool and checks that the file is a ledger of ours. A
// ledger on a disk or in a folder that cannot be written is read as it is.
func (l *Ledger) openReaders(ctx context.Context, absolute string) error {
	pragmas := readerPragmas()
	err := l.openPool(ctx, absolute, pragmas)
	if code := casus.CodeOf(err); code == casus.Unwritable && noLog(absolute) {
		pragmas.Set("mode", "ro")
		pragmas.Set("immutable", "1")
		err = l.openPool(ctx, absolute, pragmas)
	}
	return err
}

func (l *Ledger) openPool(ctx context.Context, absolute string, pragmas url.Values) error {
	pool, err := connect(absolute, pragmas)
	if err != nil {
		return explain(err, l.path, "opening the ledger")
	}
	pool.SetMaxOpenConns(readers)
	pool.SetMaxIdleConns(readers)
	v, err := versionOf(ctx, pool, l.path)
	switch {
	case err == nil && v == 0 && !l.opts.Create:
		err = &casus.Error{Code: casus.NotFound, Input: l.path, Problem: "this file is empty, there is no ledger in it",
			Advice: "Make one with casus read, or name another file with --ledger."}
	case err == nil && v < schemaVersion:
		err = migrate(ctx, l.write, l.path)
	}
	if err != nil {
		return errors.Join(err, pool.Close())
	}
	l.read = pool
	return nil
}

// noLog tells whether the file has no write-ahead log beside it with commits
// that only a writer could bring in.
func noLog(absolute string) bool {
	info, err := os.Stat(absolute + "-wal")
	return err != nil || info.Size() == 0
}

func connect(absolute string, q url.Values) (*sql.DB, error) {
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(absolute), RawQuery: q.Encode()}
	return sql.Open("sqlite", name.String())
}

// Close waits for the append that is under way, folds the write-ahead log into
// the file and closes it.
func (l *Ledger) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var errs []error
	if l.writer != nil {
		errs = append(errs, l.writer.close())
	}
	l.closeStatements()
	errs = append(errs, l.read.Close(), l.write.Close())
	if err := errors.Join(errs...); err != nil {
		return explain(err, l.path, "closing the ledger")
	}
	return nil
}
