package sqlite

import (
	"context"
	"fmt"
	"math"
	"strings"

	"casus/ledger"
)

// Relations returns what decides the relations of a day; see ledger.Ledger.
// For each statement it takes a few steps into the index, however many records
// make that statement.
func (l *Ledger) Relations(ctx context.Context, q ledger.RelationQuery) ([]ledger.Entry, error) {
	entries, err := l.relations(ctx, q)
	return entries, explain(err, l.path, "asking the ledger for relations")
}

func (l *Ledger) relations(ctx context.Context, q ledger.RelationQuery) ([]ledger.Entry, error) {
	var b binder
	on := int64(q.On)
	if on == 0 {
		on = math.MaxInt32
	}
	statements := `SELECT id AS statement FROM term WHERE sort = ` + b.arg(int(sortStatement))
	if q.Actor != "" {
		statements = `SELECT statement FROM relation_of WHERE actor = (SELECT id FROM term WHERE sort = ` + b.arg(int(sortActor)) +
			` AND text = ` + b.arg(string(q.Actor)) + `)`
	}
	var hits []string
	for open := range 4 { // see openBits
		hits = append(hits, nearest(&b, q, "open = "+b.arg(open)+" AND day <= "+b.arg(on), "DESC"))
		if open&1 != 0 {
			hits = append(hits, nearest(&b, q, "open = "+b.arg(open)+" AND day > "+b.arg(on), "ASC"))
		}
	}
	rows, err := l.read.QueryContext(ctx, `WITH s AS MATERIALIZED (`+statements+`), hit (record) AS MATERIALIZED (`+strings.Join(hits, " UNION ALL ")+`)
		`+selectEntry+` WHERE r.seq IN (SELECT record FROM hit) ORDER BY r.seq`, b.args...)
	if err != nil {
		return nil, err
	}
	found, err := scanEntries(rows)
	var out []ledger.Entry
	for _, n := range found {
		out = append(out, n.Entry)
	}
	return out, err
}

// nearest selects of each statement the first record in a direction of time.
func nearest(b *binder, q ledger.RelationQuery, where, direction string) string {
	past := "past = 0"
	if !q.Recorded.IsZero() {
		past = "past IN (0, 1)"
	}
	if conds := clocks(b, q.Known, q.Recorded); len(conds) > 0 {
		where += ` AND EXISTS (SELECT 1 FROM record r CROSS JOIN reading g ON g.seq = r.reading CROSS JOIN article a ON a.seq = g.article
			WHERE r.seq = relation.record AND ` + strings.Join(conds, " AND ") + ")"
	}
	return fmt.Sprintf(`SELECT (SELECT record FROM relation WHERE statement = s.statement AND %s AND %s ORDER BY day %[3]s, record %[3]s LIMIT 1) FROM s`,
		past, where, direction)
}
