package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"runtime"
	"slices"
	"sync"

	"casus"
	"casus/ledger"
)

// Relations returns what decides the relations of a day; see ledger.Ledger. It
// walks the index of relations, of those statements that name the actor or in
// memory of all, and reads the records that are in the answer only.
func (l *Ledger) Relations(ctx context.Context, q ledger.RelationQuery) ([]ledger.Entry, error) {
	entries, err := l.relations(ctx, q)
	return entries, explain(err, l.path, "asking the ledger for relations")
}

func (l *Ledger) relations(ctx context.Context, q ledger.RelationQuery) ([]ledger.Entry, error) {
	if q.Actor == "" && q.Recorded.IsZero() {
		s, err := l.standingRelations(ctx)
		if err != nil {
			return nil, err
		}
		return l.byNumber(ctx, inOrder(s.deciding(q)), true)
	}
	text, args := decidingSQL(q, lastDay(q.On))
	rows, err := l.query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	records, err := deciding(rows, q.On)
	if err != nil {
		return nil, err
	}
	return l.byNumber(ctx, records, q.Recorded.IsZero())
}

// Turned compares what decides on two days; see ledger.Ledger. Of all relations it
// compares the rows of the index, and reads the records that differ only.
func (l *Ledger) Turned(ctx context.Context, before, after ledger.RelationQuery) (was, is []ledger.Entry, err error) {
	was, is, err = l.turned(ctx, before, after)
	return was, is, explain(err, l.path, "asking the ledger for relations")
}

func (l *Ledger) turned(ctx context.Context, before, after ledger.RelationQuery) (was, is []ledger.Entry, err error) {
	if before.Actor == "" && after.Actor == "" && before.Recorded.IsZero() && after.Recorded.IsZero() {
		s, err := l.standingRelations(ctx)
		if err != nil {
			return nil, nil, err
		}
		old, now := s.turned(s.deciding(before), s.deciding(after))
		if was, err = l.byNumber(ctx, inOrder(old), true); err != nil {
			return nil, nil, err
		}
		is, err = l.byNumber(ctx, inOrder(now), true)
		return was, is, err
	}
	if was, err = l.relations(ctx, before); err != nil {
		return nil, nil, err
	}
	if is, err = l.relations(ctx, after); err != nil {
		return nil, nil, err
	}
	was, is = ledger.Turned(was, is)
	return was, is, nil
}

// decidingSQL writes the statement for the rows that may decide: of each lot of
// a statement's rows (by which ends of the period are open) the last on or before
// the day and, where the period has no start, the first after it. SQLite takes the
// bare columns from the row that has the maximum or minimum.
func decidingSQL(q ledger.RelationQuery, on int64) (string, []any) {
	var b binder
	from, where, statement := `relation l`, ``, `l.statement`
	if q.Actor != "" {
		statement = `o.statement` // so that SQLite sees that they come in order
		from = `relation_of o CROSS JOIN relation l ON l.statement = o.statement`
		where = ` AND o.actor = (SELECT id FROM term WHERE sort = ` + b.arg(int(sortActor)) + ` AND text = ` + b.arg(string(q.Actor)) + `)`
	}
	if !q.Known.IsZero() {
		where += ` AND l.known <= ` + b.arg(q.Known.UnixMicro())
	}
	if q.Recorded.IsZero() {
		where += ` AND l.past = 0`
	} else {
		at := b.arg(q.Recorded.UnixMicro())
		where += ` AND l.recorded <= ` + at + ` AND ifnull(l.superseded, ` + at + ` + 1) > ` + at
	}
	lots := func(pick, when string) string {
		return `SELECT ` + pick + `((l.day << 32) + l.record), l.record, l.says, l.valid_from, l.valid_to FROM ` + from + ` WHERE ` + when + where + ` GROUP BY ` + statement + `, l.open`
	}
	day := b.arg(on)
	return lots("max", `l.day <= `+day) + ` UNION ALL ` + lots("min", `l.day > `+day+` AND l.open & 1`), b.args
}

// deciding reads the rows of decidingSQL, and leaves out those that do not bear
// on the day: see ledger.Bears.
func deciding(rows *sql.Rows, on casus.Date) ([]int64, error) {
	defer rows.Close()
	var out []int64
	var order, record, says, from, to int64
	for rows.Next() {
		if err := rows.Scan(&order, &record, &says, &from, &to); err != nil {
			return nil, err
		}
		if bears(says, from, to, on) {
			out = append(out, record)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), rows.Err()
}

// manyNumbers is from how many records on they are read side by side.
const manyNumbers = 1000

// numbered reads records by their numbers from the tables, in no order.
func (l *Ledger) numbered(ctx context.Context, numbers []int64) ([]ledger.Numbered, error) {
	n := min(runtime.GOMAXPROCS(0), readers/2, 1+len(numbers)/manyNumbers)
	found, failed := make([][]ledger.Numbered, n), make([]error, n)
	var all sync.WaitGroup
	for i, part := range slices.Collect(slices.Chunk(numbers, (len(numbers)+n-1)/n)) {
		all.Go(func() {
			found[i], failed[i] = l.entries(ctx, selectBare+` WHERE r.seq IN (SELECT value FROM json_each(?))`, list(part))
		})
	}
	all.Wait()
	return slices.Concat(found...), errors.Join(failed...)
}

// byNumber reads records by their numbers, in that order; standing says that they
// are known to stand. What was read once is packed, and then needs no reading.
func (l *Ledger) byNumber(ctx context.Context, records []int64, standing bool) ([]ledger.Entry, error) {
	out := make([]ledger.Entry, len(records))
	var missing []int
	if standing {
		missing = l.kept.packed.take(records, out)
	} else { // when they were superseded is not packed
		for i := range records {
			missing = append(missing, i)
		}
	}
	if len(missing) == 0 {
		return out, nil
	}
	numbers, places := make([]int64, len(missing)), make(map[int64]int, len(missing))
	for i, at := range missing {
		numbers[i], places[records[at]] = records[at], at
	}
	found, err := l.numbered(ctx, numbers)
	if err != nil {
		return nil, err
	}
	for i := range found {
		at := places[found[i].Number]
		out[at] = found[i].Entry
		delete(places, found[i].Number)
	}
	if standing {
		l.kept.packed.put(found)
	}
	if len(places) > 0 {
		out = slices.DeleteFunc(out, func(e ledger.Entry) bool { return e.ID == "" })
	}
	return out, nil
}
