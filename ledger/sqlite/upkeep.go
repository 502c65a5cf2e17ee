package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"casus"
	"casus/ledger"
)

// Check looks at the whole file and names what is damaged in it: pages that
// cannot be read, rows that point nowhere, texts that are not what they were,
// records that do not stand in their text. It returns an error only where it
// could not look.
func (l *Ledger) Check(ctx context.Context) ([]Damage, error) {
	damage, err := l.checkPages(ctx)
	if err != nil || len(damage) > 0 { // past a broken page nothing else can be trusted
		return damage, err
	}
	for _, look := range []func(context.Context) ([]Damage, error){l.checkKeys, l.checkCounts, l.checkTexts} {
		found, err := look(ctx)
		if damaged(err) {
			return append(damage, Damage{"the file", err.Error()}), nil
		}
		if err != nil {
			return damage, explain(err, l.path, "checking the ledger")
		}
		damage = append(damage, found...)
	}
	return damage, nil
}

// damaged tells whether an error is itself the damage that a check looks for.
func damaged(err error) bool {
	return casus.CodeOf(explain(err, "", "")) == casus.Unreadable
}

func (l *Ledger) checkPages(ctx context.Context) ([]Damage, error) {
	verdicts, err := texts(ctx, l.read, `PRAGMA integrity_check(1)`)
	if err != nil && !damaged(err) {
		return nil, explain(err, l.path, "checking the ledger")
	}
	if err == nil && len(verdicts) == 1 && verdicts[0] == "ok" {
		return nil, nil
	}
	found, err := Survey(ctx, l.path)
	if err == nil && len(found) == 0 { // it lies between the tables
		found = []Damage{{"the file", strings.Join(append(verdicts, "its pages do not hang together"), "; ")}}
	}
	return found, err
}

func (l *Ledger) checkKeys(ctx context.Context) ([]Damage, error) {
	rows, err := l.read.QueryContext(ctx, `SELECT "table", rowid, parent FROM pragma_foreign_key_check LIMIT 100`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Damage
	for rows.Next() {
		var table, parent string
		var row sql.NullInt64
		if err := rows.Scan(&table, &row, &parent); err != nil {
			return nil, err
		}
		out = append(out, Damage{table, fmt.Sprintf("row %d points to a row of %s that is not there", row.Int64, parent)})
	}
	return out, rows.Err()
}

// checkCounts holds what is stored twice against itself.
func (l *Ledger) checkCounts(ctx context.Context) ([]Damage, error) {
	var out []Damage
	for _, c := range []struct{ what, query string }{
		{"some articles have no text", `SELECT (SELECT count(*) FROM text) = (SELECT count(*) FROM article)`},
		{"the full-text index misses articles", `SELECT (SELECT count(*) FROM words) = (SELECT count(*) FROM article)`},
		{"the desk's clock misses some records", `SELECT NOT EXISTS (SELECT 1 FROM record) OR (SELECT min(first) FROM stretch) = (SELECT min(seq) FROM record)
			AND (SELECT count(*) FROM stretch) = (SELECT count(*) FROM reading WHERE count > 0) + (SELECT count(*) FROM record WHERE correction IS NOT NULL)`},
		{"the index of records misses some", `SELECT (SELECT count(*) FROM posting p JOIN term t ON t.id = p.term WHERE t.sort = 1) = (SELECT count(*) FROM record)`},
		{"readings have other records than they say", `SELECT NOT EXISTS (SELECT 1 FROM reading g WHERE g.count <>
			(SELECT count(*) FROM record r WHERE r.seq >= g.first AND r.seq < g.first + g.count AND r.reading = g.seq))`},
		{"corrections are missing", `SELECT ifnull(max(number), 0) = count(*) FROM correction`},
	} {
		var whole bool
		if err := l.read.QueryRowContext(ctx, c.query).Scan(&whole); err != nil {
			return nil, err
		}
		if !whole {
			out = append(out, Damage{"the ledger", c.what})
		}
	}
	return out, nil
}

// checkTexts holds each text against its hash and each record against its text.
func (l *Ledger) checkTexts(ctx context.Context) ([]Damage, error) {
	rows, err := l.read.QueryContext(ctx, `SELECT a.seq, a.id, a.hash, t.text FROM article a JOIN text t ON t.article = a.seq ORDER BY a.seq`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Damage
	for rows.Next() {
		var seq int64
		var id, hash, text string
		if err := rows.Scan(&seq, &id, &hash, &text); err != nil {
			return nil, err
		}
		if l.opts.Identity != nil && l.opts.Identity(text) != hash {
			out = append(out, Damage{"article " + id, "its text is not the one that was stored"})
		}
		found, err := l.checkRecords(ctx, seq, text)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, rows.Err()
}

func (l *Ledger) checkRecords(ctx context.Context, article int64, text string) ([]Damage, error) {
	rows, err := l.read.QueryContext(ctx, selectEntry+` WHERE r.seq IN (
		SELECT r.seq FROM reading g CROSS JOIN record r ON r.seq >= g.first AND r.seq < g.first + g.count WHERE g.article = ?1 UNION ALL
		SELECT r.seq FROM reading g CROSS JOIN record r ON r.reading = g.seq AND r.correction IS NOT NULL WHERE g.article = ?1)`, article)
	if err != nil {
		return nil, err
	}
	entries, err := scanEntries(rows)
	if err != nil {
		return nil, err
	}
	var out []Damage
	offsets := casus.NewOffsets(text)
	for _, e := range entries {
		if err := e.Record.ValidateIn(offsets); err != nil {
			out = append(out, Damage{"record " + string(e.ID), err.Error()})
		}
	}
	return out, nil
}

// Backup writes the ledger as it is at this moment to a new file, while others
// may go on reading and writing it. The copy is whole or is not there.
func (l *Ledger) Backup(ctx context.Context, to string) error {
	if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
		return &casus.Error{Code: casus.Conflict, Input: to, Problem: "there is a file already", Advice: "Name a new file; backups do not overwrite."}
	}
	part := to + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &casus.Error{Code: casus.Unwritable, Input: part, Problem: "what an earlier backup left cannot be removed", Err: err}
	}
	if err := l.copyTo(ctx, part); err != nil {
		return errors.Join(explain(err, to, "writing a backup of the ledger"), removeIfThere(part))
	}
	if err := os.Rename(part, to); err != nil {
		return &casus.Error{Code: casus.Unwritable, Input: to, Problem: "the backup cannot be given its name", Err: err}
	}
	return nil
}

// copyTo copies the ledger over a connection of its own: the writer's is taken,
// and the readers' may not write, not even elsewhere.
func (l *Ledger) copyTo(ctx context.Context, file string) error {
	absolute, err := filepath.Abs(l.path)
	if err != nil {
		return err
	}
	pragmas := url.Values{"mode": {"rw"}}
	addPragma(pragmas, "busy_timeout", int(busyTimeout/time.Millisecond))
	db, err := connect(absolute, pragmas)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `VACUUM INTO ?`, file)
	return errors.Join(err, db.Close())
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Stats says what a ledger holds.
type Stats struct {
	ledger.Totals
	Bytes       int64          `json:"bytes"`      // of the file, with its log
	Characters  int64          `json:"characters"` // of all texts
	Readings    int            `json:"readings"`
	Superseded  int            `json:"superseded"`  // records and versions that no longer stand
	Corrections int            `json:"corrections"` // undoings included
	Copies      int            `json:"copies"`      // articles that are near-copies of another
	Languages   map[string]int `json:"languages"`   // articles by language
	Publishers  map[string]int `json:"publishers"`  // articles by publisher, the thirty with most
	First       casus.Date     `json:"first"`       // day of the earliest article that has one
	Last        casus.Date     `json:"last"`
}

// Stats counts the ledger.
func (l *Ledger) Stats(ctx context.Context) (Stats, error) {
	totals, err := l.Totals(ctx)
	if err != nil {
		return Stats{}, err
	}
	s := Stats{Totals: totals, Languages: map[string]int{}, Publishers: map[string]int{}}
	for _, part := range []string{l.path, l.path + "-wal"} {
		if info, err := os.Stat(part); err == nil {
			s.Bytes += info.Size()
		}
	}
	var records int
	err = l.read.QueryRowContext(ctx, `SELECT ifnull(sum(characters), 0), ifnull(min(nullif(day, 0)), 0), ifnull(max(day), 0),
		(SELECT count(*) FROM reading), (SELECT count(*) FROM record), (SELECT count(*) FROM correction), (SELECT count(DISTINCT article) FROM copy)
		FROM article`).Scan(&s.Characters, &s.First, &s.Last, &s.Readings, &records, &s.Corrections, &s.Copies)
	if err != nil {
		return s, explain(err, l.path, "counting the ledger")
	}
	s.Superseded = records - totals.Records
	for query, into := range map[string]map[string]int{
		`SELECT language, count(*) FROM article GROUP BY language`:                                                     s.Languages,
		`SELECT publisher, count(*) FROM article WHERE publisher <> '' GROUP BY publisher ORDER BY 2 DESC, 1 LIMIT 30`: s.Publishers,
	} {
		if err := l.counts(ctx, query, into); err != nil {
			return s, explain(err, l.path, "counting the ledger")
		}
	}
	return s, nil
}

// Publishers counts the articles of each publisher.
func (l *Ledger) Publishers(ctx context.Context) (map[string]int, error) {
	out := map[string]int{}
	err := l.counts(ctx, `SELECT publisher, count(*) FROM article WHERE publisher <> '' GROUP BY publisher`, out)
	return out, explain(err, l.path, "counting the ledger")
}

func (l *Ledger) counts(ctx context.Context, query string, into map[string]int) error {
	rows, err := l.read.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var n int
		if err := rows.Scan(&name, &n); err != nil {
			return err
		}
		into[name] = n
	}
	return rows.Err()
}
