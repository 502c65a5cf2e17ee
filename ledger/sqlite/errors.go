package sqlite

import (
	"context"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"casus"
)

// explain turns what SQLite reports into what a user can act upon. Errors that
// already say so, and cancellations, pass.
func explain(err error, file, doing string) error {
	var said *casus.Error
	if err == nil || errors.As(err, &said) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	e := &casus.Error{Input: file, Err: err}
	var lite *sqlite.Error
	if !errors.As(err, &lite) {
		return fmt.Errorf("%s %s: %w", doing, file, err)
	}
	e.Err = lite                // once, where several statements met the same
	switch lite.Code() & 0xff { // the primary result code
	case sqlite3.SQLITE_NOTADB:
		e.Code, e.Problem, e.Advice = casus.Invalid, "this is not a ledger", "Name another file with --ledger."
	case sqlite3.SQLITE_CORRUPT:
		e.Code, e.Problem, e.Advice = casus.Unreadable, "the ledger is damaged", "Put a backup in its place (casus ledger restore FILE), or read the articles into a new ledger."
	case sqlite3.SQLITE_FULL:
		e.Code, e.Problem, e.Advice = casus.Unwritable, "the disk is full", "Free some space and run this again; what was stored so far is whole."
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		e.Code, e.Problem, e.Advice = casus.Unwritable, "the ledger cannot be written", "Check the permissions of the file and its folder, or name another with --ledger."
	case sqlite3.SQLITE_CANTOPEN:
		e.Code, e.Problem, e.Advice = casus.Unwritable, "the ledger cannot be opened for writing", "Check that its folder is there and may be written, or name another with --ledger."
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		e.Code, e.Problem, e.Advice = casus.Conflict, "another program is writing to the ledger", "Wait until it is done and run this again."
	case sqlite3.SQLITE_IOERR:
		e.Code, e.Problem, e.Advice = casus.Unwritable, "the disk could not be read or written", "Check the disk and its free space; what was stored so far is whole."
	default:
		return fmt.Errorf("%s %s: %w", doing, file, err)
	}
	return e
}

// noTransaction tells whether a rollback failed because SQLite had rolled back
// by itself, as it does when the disk is full.
func noTransaction(err error) bool {
	var lite *sqlite.Error
	return errors.As(err, &lite) && lite.Code() == sqlite3.SQLITE_ERROR
}
