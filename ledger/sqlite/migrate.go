package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"net/url"
	"path"

	"casus"
)

// Migrations run in the order of their numbers, each once and all in one
// transaction; the file's user_version is the number of the last. That is all
// there is to it, so we do it ourselves: goose would bring a table of its own
// to look at on each opening, and a later release of the driver than the one
// that we hold to.
//
//go:embed migrations/*.sql
var migrations embed.FS

// schemaVersion is the number of the last migration.
const schemaVersion = 8

// applicationID marks a SQLite file as a ledger of Casus: "CASU".
const applicationID = 0x43415355

func addPragma(q url.Values, name string, value any) {
	q.Add("_pragma", fmt.Sprintf("%s(%v)", name, value))
}

// querier is what a connection, a transaction and a pool have in common.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// versionOf reads the version of the ledger in a file, and refuses a file that
// is no ledger or that a newer Casus made. 0 is an empty file.
func versionOf(ctx context.Context, db querier, file string) (int, error) {
	var version, application, tables int
	err := errors.Join(
		db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version),
		db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&application),
		db.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT 1 FROM sqlite_schema LIMIT 1)").Scan(&tables))
	if err != nil {
		return 0, explain(err, file, "opening the ledger")
	}
	switch {
	case application == 0 && version == 0 && tables == 0:
		return 0, nil
	case application != applicationID:
		return 0, &casus.Error{Code: casus.Invalid, Input: file, Problem: "this is a database of another program, not a ledger of Casus",
			Advice: "Name another file with --ledger."}
	case version > schemaVersion:
		return 0, &casus.Error{Code: casus.Newer, Input: file,
			Problem: fmt.Sprintf("a newer Casus made this ledger (version %d, this one knows up to %d)", version, schemaVersion),
			Advice:  "Use the newer Casus; the ledger was left as it is."}
	}
	return version, nil
}

// migrate brings the ledger up to schemaVersion. It may run in several
// processes at once: the first does the work, the others find it done.
func migrate(ctx context.Context, db *sql.DB, file string) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return explain(err, file, "opening the ledger for writing")
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return explain(err, file, "setting up the ledger")
	}
	version, err := versionOf(ctx, conn, file)
	if err == nil {
		err = runFrom(ctx, conn, version)
	}
	if err == nil {
		_, err = conn.ExecContext(ctx, "COMMIT")
	}
	if err != nil {
		_, rollback := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		return explain(errors.Join(err, rollback), file, "setting up the ledger")
	}
	return nil
}

func runFrom(ctx context.Context, conn *sql.Conn, version int) error {
	files, err := migrations.ReadDir("migrations")
	if err != nil {
		return err
	}
	for _, f := range files[version:] {
		script, err := migrations.ReadFile(path.Join("migrations", f.Name()))
		if err != nil {
			return err
		}
		if _, err := conn.ExecContext(ctx, string(script)); err != nil {
			return fmt.Errorf("migration %s: %w", f.Name(), err)
		}
	}
	_, err = conn.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, schemaVersion))
	return err
}
