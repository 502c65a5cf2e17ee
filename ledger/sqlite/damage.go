package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"casus"
)

// Damage is one thing that Check found wrong.
type Damage struct {
	Where string `json:"where"` // a table, an article, a record; the file
	What  string `json:"what"`
}

// tableHolds says of each table what a person loses with it.
func tableHolds(table string) string {
	holds := map[string]string{
		"article": "the articles' titles, dates and publishers", "text": "the articles' texts", "reading": "which reader read which article",
		"record": "the records", "correction": "the analysts' corrections", "term": "what records are found by",
		"posting": "the index of records", "stretch": "when the desk had each record", "relation": "the index of relations", "relation_of": "the index of relations",
		"actor": "the actors that readings met", "actor_name": "the actors' names", "copy": "the links between near-copies",
		"band": "the links between near-copies", "suffix": "the ids that several texts came with",
	}
	if strings.HasPrefix(table, "words") {
		return "the full-text index"
	}
	return holds[table]
}

// Survey names what is damaged in a file that is, or was, a ledger, also where
// it is cut off or its pages are broken so that it cannot be opened: the file,
// and each table with what it holds and how many of its rows can still be
// read. It looks at pages only; see Ledger.Check for what they say. It returns
// an error where it could not look, or the file is no database.
func Survey(ctx context.Context, path string) ([]Damage, error) {
	out, err := cutOff(path)
	if err != nil {
		return nil, err
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, &casus.Error{Code: casus.Unreadable, Input: path, Problem: "the ledger's path could not be made out", Err: err}
	}
	pragmas := url.Values{"mode": {"rw"}}
	addPragma(pragmas, "query_only", 1)
	addPragma(pragmas, "writable_schema", 1) // else SQLite opens no file that is shorter than it says
	db, err := connect(absolute, pragmas)
	if err != nil {
		return nil, explain(err, path, "surveying the ledger")
	}
	defer db.Close()
	tables, err := texts(ctx, db, `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY rowid`)
	if damaged(err) {
		return append(out, Damage{"the file", "the pages that say where everything is are damaged"}), nil
	}
	if err != nil {
		return nil, explain(err, path, "surveying the ledger")
	}
	for _, table := range tables {
		found, err := surveyTable(ctx, db, table)
		if err != nil {
			return nil, explain(err, path, "surveying the ledger")
		}
		out = append(out, found...)
	}
	return out, nil
}

// cutOff tells whether a file is shorter than its header says.
func cutOff(path string) ([]Damage, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &casus.Error{Code: casus.Unreadable, Input: path, Problem: "the ledger cannot be read", Err: err, Advice: "Check its path and permissions."}
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, &casus.Error{Code: casus.Unreadable, Input: path, Problem: "the ledger cannot be read", Err: err, Advice: "Check its path and permissions."}
	}
	head := make([]byte, 100)
	if _, err := io.ReadFull(f, head); err != nil {
		return []Damage{{"the file", fmt.Sprintf("it is cut off: only %d bytes are left", info.Size())}}, nil
	}
	page := int64(binary.BigEndian.Uint16(head[16:]))
	if page == 1 { // how 65536 is written
		page = 1 << 16
	}
	whole := page * int64(binary.BigEndian.Uint32(head[28:]))
	if info.Size() < whole && noLog(path) { // with a log, the header may be ahead of the file
		return []Damage{{"the file", fmt.Sprintf("it is cut off: %d of its %d bytes are there", info.Size(), whole)}}, nil
	}
	return nil, nil
}

// surveyTable looks at the pages of one table and its indexes.
func surveyTable(ctx context.Context, db *sql.DB, table string) ([]Damage, error) {
	verdicts, err := texts(ctx, db, `PRAGMA integrity_check('`+table+`')`)
	if damaged(err) {
		verdicts = append(verdicts, "its pages cannot be followed")
	} else if err != nil {
		return nil, err
	}
	if len(verdicts) == 1 && verdicts[0] == "ok" {
		return nil, nil
	}
	first, _, _ := strings.Cut(strings.ReplaceAll(verdicts[0], "*** in database main ***\n", ""), "\n")
	what := fmt.Sprintf("%s: %s", tableHolds(table), first)
	if rows, err := readable(ctx, db, table); err != nil {
		what += fmt.Sprintf("; %d rows can be read before the damage", rows)
	}
	return []Damage{{"table " + table, what}}, nil
}

// readable counts the rows of a table that can be read from its start; the
// error says why no more can.
func readable(ctx context.Context, db *sql.DB, table string) (n int, err error) {
	rows, err := db.QueryContext(ctx, `SELECT * FROM "`+table+`"`)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// texts reads a result of one column of text; what was read before an error is
// returned with it.
func texts(ctx context.Context, db *sql.DB, query string) ([]string, error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return out, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}
