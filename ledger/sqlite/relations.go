package sqlite

import (
	"context"
	"database/sql"
	"math"
	"slices"

	"casus"
	"casus/ledger"
)

// Relations returns what decides the relations of a day; see ledger.Ledger. It
// walks the index of relations, of all statements or of those that name the
// actor, and reads the records that are in the answer only.
func (l *Ledger) Relations(ctx context.Context, q ledger.RelationQuery) ([]ledger.Entry, error) {
	entries, err := l.relations(ctx, q)
	return entries, explain(err, l.path, "asking the ledger for relations")
}

func (l *Ledger) relations(ctx context.Context, q ledger.RelationQuery) ([]ledger.Entry, error) {
	on := int64(q.On)
	if on == 0 {
		on = math.MaxInt32
	}
	var b binder
	text := `SELECT statement, open, day, record, says, valid_from, valid_to FROM relation WHERE (day <= ` + b.arg(on) + ` OR open & 1)`
	if q.Actor != "" {
		text += ` AND statement IN (SELECT statement FROM relation_of WHERE actor = (SELECT id FROM term WHERE sort = ` + b.arg(int(sortActor)) +
			` AND text = ` + b.arg(string(q.Actor)) + `))`
	}
	if !q.Known.IsZero() {
		text += ` AND known <= ` + b.arg(q.Known.UnixMicro())
	}
	if q.Recorded.IsZero() {
		text += ` AND past = 0`
	} else {
		at := b.arg(q.Recorded.UnixMicro())
		text += ` AND recorded <= ` + at + ` AND ifnull(superseded, ` + at + ` + 1) > ` + at
	}
	rows, err := l.query(ctx, text+` ORDER BY statement`, b.args...)
	if err != nil {
		return nil, err
	}
	records, err := deciding(rows, q.On)
	if err != nil {
		return nil, err
	}
	return l.evidenceOf(ctx, records, q.Recorded.IsZero())
}

// relationRow is a row of the index of relations.
type relationRow struct {
	statement, open, day, record, says int64
	from, to                           casus.Date
}

// bears is ledger.Bears of the record.
func (r relationRow) bears(on casus.Date) bool {
	lasts := r.says == saysBegins || r.to == 0
	return r.record != 0 && (r.says == saysEnds || on == 0 && lasts || on != 0 && r.from <= on && (lasts || on <= r.to))
}

// deciding picks of the rows, which come statement by statement, the records
// that ledger.RelationQuery asks for: of each lot the last on or before the day
// and, where its period has no start, the first after it.
func deciding(rows *sql.Rows, on casus.Date) ([]int64, error) {
	defer rows.Close()
	var out []int64
	var last, first [4]relationRow // of the statement under way, by which ends of the period are open
	flush := func() {
		for open := range last {
			for _, r := range []relationRow{last[open], first[open]} {
				if r.bears(on) {
					out = append(out, r.record)
				}
			}
		}
		last, first = [4]relationRow{}, [4]relationRow{}
	}
	var values [7]any
	into := make([]any, len(values))
	for i := range values {
		into[i] = &values[i]
	}
	statement := int64(0)
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		n := func(i int) int64 { v, _ := values[i].(int64); return v }
		r := relationRow{n(0), n(1), n(2), n(3), n(4), casus.Date(n(5)), casus.Date(n(6))}
		if r.statement != statement {
			flush()
			statement = r.statement
		}
		switch kept := &last[r.open]; {
		case on == 0 || r.day <= int64(on):
			if r.after(*kept) {
				*kept = r
			}
		case r.open&1 != 0:
			if kept := &first[r.open]; kept.record == 0 || kept.after(r) {
				*kept = r
			}
		}
	}
	flush()
	slices.Sort(out)
	return out, rows.Err()
}

// after orders the records of a lot by their anchors, then as they were appended.
func (r relationRow) after(other relationRow) bool {
	return other.record == 0 || r.day > other.day || r.day == other.day && r.record > other.record
}

// evidenceOf reads relation records in the order of appending. Those that stand
// are remembered, as the whole picture of a day needs thousands.
func (l *Ledger) evidenceOf(ctx context.Context, records []int64, standing bool) ([]ledger.Entry, error) {
	as, err := l.standingAs(ctx)
	if err != nil {
		return nil, err
	}
	met := make(map[int64]*ledger.Entry, len(records))
	var missing []int64
	l.kept.Lock()
	if l.kept.evidence.as != as {
		l.kept.evidence = evidence{as: as}
	}
	for _, n := range records {
		if e, ok := l.kept.evidence.entries[n]; ok && standing {
			met[n] = e
		} else {
			missing = append(missing, n)
		}
	}
	l.kept.Unlock()
	if len(missing) > 0 {
		found, err := l.entries(ctx, selectBare+` WHERE r.seq IN (SELECT value FROM json_each(?))`, list(missing))
		if err != nil {
			return nil, err
		}
		read := make(map[int64]*ledger.Entry, len(found))
		for i := range found {
			e := &found[i].Entry
			met[found[i].Number], read[found[i].Number] = e, e
		}
		if now, err := l.standingAs(ctx); standing && err == nil && now == as {
			l.kept.Lock()
			if l.kept.evidence.as == as {
				l.kept.evidence.entries = joined(l.kept.evidence.entries, read, maxEvidence)
			}
			l.kept.Unlock()
		}
	}
	out := make([]ledger.Entry, 0, len(records))
	for _, n := range records {
		if e := met[n]; e != nil {
			out = append(out, *e)
		}
	}
	return out, nil
}

// standingAs changes whenever a record stops to stand: by a correction or by a
// newer reading.
func (l *Ledger) standingAs(ctx context.Context) (as [2]int64, err error) {
	err = l.row(ctx, []any{&as[0], &as[1]}, `SELECT (SELECT ifnull(max(number), 0) FROM correction), (SELECT ifnull(max(superseded), 0) FROM reading WHERE superseded IS NOT NULL)`)
	return as, err
}
