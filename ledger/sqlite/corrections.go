package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"casus"
	"casus/ledger"
)

const selectCorrections = `SELECT number, recorded, body FROM correction ORDER BY number`

// Correct stores a correction; see ledger.Ledger.
func (l *Ledger) Correct(ctx context.Context, c ledger.Correction) (ledger.Correction, error) {
	c, err := c.Normal()
	if err != nil {
		return c, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.openWriter(ctx); err != nil {
		return c, err
	}
	err = l.writer.transact(ctx, func(clock func() time.Time) error {
		c, err = l.writer.correct(c, clock)
		return err
	})
	return c, explain(err, l.path, "storing a correction in the ledger")
}

// refresh reads the corrections that this or another process has added.
func (w *writer) refresh() error {
	var last int
	if err := w.row(lastCorrection, []any{&last}); err != nil || last == len(w.corrections) {
		return err
	}
	rows, err := w.stmts[readCorrections].QueryContext(context.Background())
	if err != nil {
		return err
	}
	w.corrections, err = scanCorrections(rows)
	return err
}

// scanCorrections reads all rows of selectCorrections and closes them.
func scanCorrections(rows *sql.Rows) ([]ledger.Correction, error) {
	defer rows.Close()
	var out []ledger.Correction
	for rows.Next() {
		var c ledger.Correction
		var number, recorded int64
		var body []byte
		if err := rows.Scan(&number, &recorded, &body); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(body, &c); err != nil {
			return nil, fmt.Errorf("correction %d: %w", number, err)
		}
		c.Number, c.Recorded = number, moment(recorded)
		out = append(out, c)
	}
	ledger.Settle(out)
	return out, rows.Err()
}

// correct stores a correction inside the transaction and makes what it changes
// stand.
func (w *writer) correct(c ledger.Correction, clock func() time.Time) (ledger.Correction, error) {
	base, err := ledger.Root(c, w.corrections)
	if err != nil {
		return c, err
	}
	affected, err := w.affected(c, base)
	if err != nil {
		return c, err
	}
	c.Number, c.Recorded, c.Seen = int64(len(w.corrections))+1, clock(), 0
	body, err := json.Marshal(c)
	if err != nil {
		return c, err
	}
	if err := w.exec(addCorrection, c.Number, c.Recorded.UnixMicro(), string(c.Action), string(body)); err != nil {
		return c, err
	}
	for _, id := range []casus.ActorID{c.Actor, c.Into} { // so that lists of actors find them
		if id == "" {
			continue
		}
		if _, err := w.term(termKey{sortActor, string(id)}); err != nil {
			return c, err
		}
	}
	w.corrections = append(w.corrections, c)
	ledger.Settle(w.corrections)
	for _, id := range affected {
		if err := w.settle(id, c.Number, c.Recorded); err != nil {
			return c, err
		}
	}
	return c, nil
}

// affected lists the records that a correction may change. base is what it
// takes back, or itself.
func (w *writer) affected(c, base ledger.Correction) ([]casus.RecordID, error) {
	if base.Action == ledger.Merge {
		return w.concerned(base, c.Action == ledger.Undo)
	}
	ids := base.Named()
	for _, id := range ids {
		e, there, err := w.machine(id)
		if err != nil {
			return nil, err
		}
		if !there {
			return nil, noRecord(id)
		}
		if c.Action != ledger.Amend {
			continue
		}
		var text string
		if err := w.row(articleText, []any{&text}, string(e.Article.ID)); err != nil {
			return nil, err
		}
		if err := ledger.FitAmended(e.Entry, *c.Amended, text); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

func noRecord(id casus.RecordID) error {
	return &casus.Error{Code: casus.NotFound, Input: string(id), Problem: "there is no such record in the ledger",
		Advice: "casus timeline --json names the records' ids."}
}

// concerned lists the records that a merge may change: those that name its
// actor in any version, and to undo it those that a correction made name what
// it became.
func (w *writer) concerned(merge ledger.Correction, undo bool) ([]casus.RecordID, error) {
	if err := w.flush(); err != nil {
		return nil, err
	}
	var terms [4]int64
	for i, key := range []termKey{{sortActor, string(merge.Actor)}, {sortPlace, string(merge.Actor)}, {sortActor, string(merge.Into)}, {sortPlace, string(merge.Into)}} {
		if i >= 2 && !undo {
			break
		}
		if err := w.row(termID, []any{&terms[i]}, int(key.sort), key.text); err != nil {
			return nil, err
		}
	}
	rows, err := w.stmts[concerned].QueryContext(context.Background(), terms[0], terms[1], terms[2], terms[3])
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []casus.RecordID
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		out = append(out, ledger.RecordID(n))
	}
	return out, rows.Err()
}

// machine returns a record as the last reading that has it made it.
func (w *writer) machine(id casus.RecordID) (n ledger.Numbered, there bool, err error) {
	number, err := ledger.RecordNumber(id)
	if err != nil {
		return n, false, err
	}
	found, err := w.entries(machineRecord, number)
	if err != nil || len(found) == 0 {
		return n, false, err
	}
	return found[0], true, nil
}

// settle makes the version stand that the corrections leave of a record.
func (w *writer) settle(id casus.RecordID, by int64, now time.Time) error {
	e, there, err := w.machine(id)
	if err != nil || !there {
		return err
	}
	var reading int64
	var read bool // the reading that stands has it
	if err := w.row(machineStands, []any{&reading, &read}, e.Number); err != nil {
		return err
	}
	v := ledger.Apply(e.Entry, w.corrections)
	wanted := v.Stands && (v.Review != "" || read)
	version := v.Version(e.Entry, by, now)
	number, err := ledger.RecordNumber(id)
	if err != nil {
		return err
	}
	old, err := w.entries(standingVersion, number)
	if err != nil {
		return err
	}
	for _, o := range old {
		if wanted && sameVersion(o.Entry, version) {
			return nil
		}
		if err := w.flush(); err != nil { // its postings may be of this transaction
			return err
		}
		if err := w.supersedeOne(o, now); err != nil {
			return err
		}
	}
	if !wanted {
		return nil
	}
	var seq int64
	if err := w.row(nextRecord, []any{&seq}); err != nil {
		return err
	}
	row, err := rowOf(version)
	if err != nil {
		return err
	}
	if err := w.exec(addStretch, seq, version.Article.Known.UnixMicro()); err != nil {
		return err
	}
	return w.addRecord(seq, reading, row, now)
}

// sameVersion tells whether two versions of a record read the same.
func sameVersion(a, b ledger.Entry) bool {
	x, err1 := a.Record.MarshalJSON()
	y, err2 := b.Record.MarshalJSON()
	return err1 == nil && err2 == nil && bytes.Equal(x, y) && a.Review == b.Review
}

// Corrections lists corrections; see ledger.Ledger.
func (l *Ledger) Corrections(ctx context.Context, q ledger.CorrectionQuery) ([]ledger.Correction, error) {
	all, err := l.allCorrections(ctx)
	if err != nil {
		return nil, explain(err, l.path, "listing corrections")
	}
	return ledger.SelectCorrections(q, all), nil
}

// allCorrections lists them all; they are read again when there is another.
func (l *Ledger) allCorrections(ctx context.Context) ([]ledger.Correction, error) {
	var last int
	if err := l.row(ctx, []any{&last}, `SELECT ifnull(max(number), 0) FROM correction`); err != nil {
		return nil, err
	}
	l.kept.Lock()
	all := l.kept.corrections
	l.kept.Unlock()
	if len(all) == last {
		return all, nil
	}
	rows, err := l.query(ctx, selectCorrections)
	if err != nil {
		return nil, err
	}
	if all, err = scanCorrections(rows); err != nil {
		return nil, err
	}
	l.kept.Lock()
	l.kept.corrections = all
	l.kept.Unlock()
	return all, nil
}

// History lists the versions of a record; see ledger.Ledger.
func (l *Ledger) History(ctx context.Context, id casus.RecordID) ([]ledger.Entry, error) {
	number, err := ledger.RecordNumber(id)
	if err != nil {
		return nil, err
	}
	rows, err := l.read.QueryContext(ctx, selectEntry+` WHERE r.id = ? ORDER BY r.seq`, number)
	if err != nil {
		return nil, explain(err, l.path, "asking the ledger")
	}
	found, err := scanEntries(rows)
	if err != nil {
		return nil, explain(err, l.path, "asking the ledger")
	}
	if len(found) == 0 {
		return nil, noRecord(id)
	}
	var out []ledger.Entry
	for _, n := range found {
		if !n.Superseded.Equal(n.Recorded) { // else it never stood
			out = append(out, n.Entry)
		}
	}
	return out, nil
}
