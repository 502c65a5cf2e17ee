// Package outbox keeps which alerts were raised and which were delivered where,
// in a SQLite file of its own beside the rules, so that each is delivered once
// to each target, whatever ends the program.
//
// An alert is raised in one transaction with how far the ledger was looked
// through: killed before it, the next look raises it again; killed after it, it
// is there. The file is synced at each commit. One process at a time has it
// open; the lock is the operating system's, so that it goes with the process.
//
// Before a delivery it is written down that it began, and after it that it was
// done. One that began and was not done (the process was killed in between) is
// given to the target as begun, which can often tell whether it arrived.
package outbox

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"sync"
	"time"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"casus"
	"casus/alert"
)

//go:embed schema.sql
var schema string

const (
	applicationID = 0x43415357 // "CASW"
	version       = 1
)

// Outbox is an open outbox. Its methods may be called from several goroutines.
type Outbox struct {
	path string
	db   *sql.DB // one connection, which holds the lock
	now  func() time.Time

	mu      sync.Mutex
	settled map[string]int64 // by target, the number up to which nothing waits any more
}

// Parcel is an alert on its way to a target.
type Parcel struct {
	Number int64
	Alert  alert.Alert
	// Begun tells that a delivery began and it is not known how it ended.
	Begun bool
}

// Pause is how long a target is left alone.
type Pause struct {
	Failures int // one after another
	Until    time.Time
}

// Open opens the outbox in a file, making it where there is none.
// casus.Conflict where another process has it open.
func Open(ctx context.Context, path string, now func() time.Time) (*Outbox, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, &casus.Error{Code: casus.Unreadable, Input: path, Problem: "its path could not be made out", Err: err}
	}
	q := url.Values{"_pragma": {"busy_timeout(0)", "locking_mode(exclusive)", "journal_mode(delete)", "synchronous(full)", "foreign_keys(1)"}, "_txlock": {"exclusive"}}
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(absolute), RawQuery: q.Encode()}
	db, err := sql.Open("sqlite", name.String())
	if err != nil {
		return nil, explain(path, "opening", err)
	}
	db.SetMaxOpenConns(1)
	o := &Outbox{path: path, db: db, now: now, settled: map[string]int64{}}
	if err := o.setUp(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return o, nil
}

// setUp takes the lock and makes the tables of a new file.
func (o *Outbox) setUp(ctx context.Context) error {
	return o.transact(ctx, "opening", func(tx *sql.Tx) error {
		var app, v, tables int
		for _, ask := range []struct {
			query string
			into  *int
		}{{"PRAGMA application_id", &app}, {"PRAGMA user_version", &v}, {"SELECT count(*) FROM sqlite_schema", &tables}} {
			if err := tx.QueryRowContext(ctx, ask.query).Scan(ask.into); err != nil {
				return err
			}
		}
		switch {
		case app == applicationID && v == version:
			// A write takes the lock for as long as the file is open.
			_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version))
			return err
		case app == applicationID:
			return &casus.Error{Code: casus.Newer, Input: o.path, Problem: "a newer Casus made this file", Advice: "Use the newer Casus, or name another file with --state."}
		case app != 0 || tables > 0:
			return foreign(o.path)
		}
		_, err := tx.ExecContext(ctx, schema+fmt.Sprintf(";PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version))
		return err
	})
}

func foreign(path string) error {
	return &casus.Error{Code: casus.Invalid, Input: path, Problem: "this is another file, not where casus watch keeps what it delivered", Advice: "Name another file with --state."}
}

// Close closes the file and gives the lock back.
func (o *Outbox) Close() error { return o.db.Close() }

func (o *Outbox) transact(ctx context.Context, doing string, do func(*sql.Tx) error) (err error) {
	tx, err := o.db.BeginTx(ctx, nil)
	if err != nil {
		return explain(o.path, doing, err)
	}
	if err := do(tx); err != nil {
		return explain(o.path, doing, errors.Join(err, tx.Rollback()))
	}
	return explain(o.path, doing, tx.Commit())
}

// explain says which file an error is about, and what to do where that is known.
func explain(path, doing string, err error) error {
	var known *casus.Error
	var failure *driver.Error
	code := 0
	if errors.As(err, &failure) {
		code = failure.Code() & 0xff // without the extended part
	}
	switch {
	case err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled):
		return err
	case code == codes.SQLITE_NOTADB:
		return foreign(path)
	case code == codes.SQLITE_BUSY || code == codes.SQLITE_LOCKED:
		return &casus.Error{Code: casus.Conflict, Input: path, Problem: "another casus watch is at work with these rules", Advice: "It delivers the alerts. To run two apart, give each its own --state."}
	}
	return &casus.Error{Code: casus.Unwritable, Input: path, Problem: doing + " what was raised and delivered failed", Err: err,
		Advice: "Check the disk and the folder's permissions, or name another file with --state."}
}

// Looked tells up to which moment of its clock a ledger was looked through;
// false where it never was.
func (o *Outbox) Looked(ctx context.Context, ledger string) (time.Time, bool, error) {
	var micros int64
	err := o.db.QueryRowContext(ctx, "SELECT recorded FROM looked WHERE ledger = ?", ledger).Scan(&micros)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, false, nil
	}
	return moment(micros), err == nil, explain(o.path, "reading", err)
}

func moment(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Raise keeps the alerts that are news, with how far the ledger was looked
// through, all or nothing, and returns how many are.
func (o *Outbox) Raise(ctx context.Context, ledger string, looked time.Time, alerts []alert.Alert) (raised int, err error) {
	now := o.now().UTC().Truncate(time.Second)
	err = o.transact(ctx, "keeping", func(tx *sql.Tx) error {
		for _, a := range alerts {
			a.Raised = now
			news, err := raise(ctx, tx, a)
			if err != nil {
				return err
			}
			if news {
				raised++
			}
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO looked VALUES (?, ?) ON CONFLICT (ledger) DO UPDATE SET recorded = excluded.recorded", ledger, micros(looked))
		return err
	})
	if err != nil {
		return 0, err
	}
	return raised, nil
}

// raise keeps an alert unless one of its keys was seen, and all its keys.
func raise(ctx context.Context, tx *sql.Tx, a alert.Alert) (news bool, err error) {
	news = true
	for _, k := range a.Keys {
		result, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO seen VALUES (?)", k)
		if err != nil {
			return false, err
		}
		added, err := result.RowsAffected()
		if err != nil {
			return false, err
		}
		news = news && added == 1
	}
	if !news {
		return false, nil
	}
	body, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO alert (id, body) VALUES (?, ?)", a.ID, string(body))
	return true, err
}

// Introduce makes targets known, before the alerts are raised that are for
// them: one that is new gets those that are raised from now on.
func (o *Outbox) Introduce(ctx context.Context, targets []string) error {
	return o.transact(ctx, "keeping", func(tx *sql.Tx) error {
		for _, t := range targets {
			if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO target SELECT ?, ifnull(max(number), 0) FROM alert", t); err != nil {
				return err
			}
		}
		return nil
	})
}

// Waiting returns the alerts that a target is still to get, in the order in
// which they were raised, at most so many.
func (o *Outbox) Waiting(ctx context.Context, target string, most int) (out []Parcel, err error) {
	o.mu.Lock()
	settled := o.settled[target]
	o.mu.Unlock()
	rows, err := o.db.QueryContext(ctx, `SELECT a.number, a.body, EXISTS (SELECT 1 FROM delivery WHERE target = t.name AND alert = a.number AND outcome = 'begun')
		FROM target t JOIN alert a ON a.number > t.after
		WHERE t.name = ? AND a.number > ? AND NOT EXISTS (SELECT 1 FROM delivery WHERE target = t.name AND alert = a.number AND outcome <> 'begun')
		ORDER BY a.number LIMIT ?`, target, settled, most)
	if err != nil {
		return nil, explain(o.path, "reading", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var p Parcel
		var body string
		if err := rows.Scan(&p.Number, &body, &p.Begun); err != nil {
			return nil, explain(o.path, "reading", err)
		}
		if err := json.Unmarshal([]byte(body), &p.Alert); err != nil {
			return nil, explain(o.path, "reading", fmt.Errorf("alert %d: %w", p.Number, err))
		}
		out = append(out, p)
	}
	if len(out) > 0 {
		o.mu.Lock()
		o.settled[target] = out[0].Number - 1
		o.mu.Unlock()
	}
	return out, explain(o.path, "reading", rows.Err())
}

// Count tells how many alerts a target is still to get.
func (o *Outbox) Count(ctx context.Context, target string) (n int, err error) {
	err = o.db.QueryRowContext(ctx, `SELECT count(*) FROM target t JOIN alert a ON a.number > t.after
		WHERE t.name = ? AND NOT EXISTS (SELECT 1 FROM delivery WHERE target = t.name AND alert = a.number AND outcome <> 'begun')`, target).Scan(&n)
	return n, explain(o.path, "reading", err)
}

// Begin writes down that a delivery begins.
func (o *Outbox) Begin(ctx context.Context, target string, parcels []Parcel) error {
	return o.write(ctx, target, parcels, "begun", false)
}

// Done writes down that parcels arrived, which ends the target's pause.
func (o *Outbox) Done(ctx context.Context, target string, parcels []Parcel) error {
	return o.write(ctx, target, parcels, "done", true)
}

// Refused writes down that the target will never take these parcels; it ends
// the pause too, as the target answers.
func (o *Outbox) Refused(ctx context.Context, target string, parcels []Parcel) error {
	return o.write(ctx, target, parcels, "refused", true)
}

func (o *Outbox) write(ctx context.Context, target string, parcels []Parcel, outcome string, unpause bool) error {
	now := o.now().UnixMicro()
	return o.transact(ctx, "keeping", func(tx *sql.Tx) error {
		for _, p := range parcels {
			if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO delivery VALUES (?, ?, ?, ?)", target, p.Number, outcome, now); err != nil {
				return err
			}
		}
		if unpause {
			_, err := tx.ExecContext(ctx, "DELETE FROM pause WHERE target = ?", target)
			return err
		}
		return nil
	})
}

// Pause returns how long a target is left alone; the zero Pause where it is not.
func (o *Outbox) Pause(ctx context.Context, target string) (Pause, error) {
	var p Pause
	var until int64
	err := o.db.QueryRowContext(ctx, "SELECT failures, until FROM pause WHERE target = ?", target).Scan(&p.Failures, &until)
	if errors.Is(err, sql.ErrNoRows) {
		return Pause{}, nil
	}
	p.Until = moment(until)
	return p, explain(o.path, "reading", err)
}

// Failed writes down that a target could not be reached.
func (o *Outbox) Failed(ctx context.Context, target string, p Pause) error {
	return o.transact(ctx, "keeping", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO pause VALUES (?, ?, ?)", target, p.Failures, micros(p.Until))
		return err
	})
}
