package sqlite

import (
	"context"
	"errors"

	"casus"
	"casus/ledger"
	"casus/ledger/fulltext"
)

// Actors lists actors; see ledger.Ledger.
func (l *Ledger) Actors(ctx context.Context, q ledger.ActorQuery) ([]ledger.ActorEntry, error) {
	out, err := l.actors(ctx, q)
	return out, explain(err, l.path, "asking the ledger")
}

func (l *Ledger) actors(ctx context.Context, q ledger.ActorQuery) ([]ledger.ActorEntry, error) {
	limit, err := ledger.NormalLimit(q.Limit)
	if err != nil {
		return nil, err
	}
	var b binder
	where := "t.sort = " + b.arg(int(sortActor))
	switch {
	case q.ID != "":
		where += " AND t.text = " + b.arg(string(q.ID)) + " AND (t.records > 0 OR a.term IS NOT NULL)"
	case q.Name == "":
		where += " AND t.records > 0"
	}
	if q.Name != "" {
		where += " AND t.id IN (SELECT actor FROM actor_name WHERE folded = " + b.arg(fulltext.Fold(q.Name)) + ")"
	}
	if q.Within != "" { // the parts of a path are those that sort between "rus/" and "rus0"
		w := string(q.Within)
		where += " AND (t.text = " + b.arg(w) + " OR t.text > " + b.arg(w+"/") + " AND t.text < " + b.arg(w+"0") + ")"
	}
	rows, err := l.read.QueryContext(ctx, `SELECT t.id, t.text, t.records, ifnull(a.kind, ''), ifnull(a.note, '') FROM term t
		LEFT JOIN actor a ON a.term = t.id WHERE `+where+` ORDER BY t.records DESC, t.text LIMIT `+b.arg(limit), b.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []ledger.ActorEntry
	var terms []int64
	for rows.Next() {
		var e ledger.ActorEntry
		var term int64
		if err := rows.Scan(&term, &e.ID, &e.Records, &e.Kind, &e.Note); err != nil {
			return nil, err
		}
		out, terms = append(out, e), append(terms, term)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	for i := range out {
		if out[i].Names, err = l.namesOf(ctx, terms[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// namesOf lists an actor's names in the order in which they were met.
func (l *Ledger) namesOf(ctx context.Context, actor int64) ([]string, error) {
	rows, err := l.read.QueryContext(ctx, `SELECT name FROM actor_name WHERE actor = ? ORDER BY seq`, actor)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// Totals counts what there is, from the counts kept while appending.
func (l *Ledger) Totals(ctx context.Context) (ledger.Totals, error) {
	totals := ledger.Totals{Kinds: map[casus.Kind]int{}}
	err := l.read.QueryRowContext(ctx, `SELECT ifnull(max(seq), 0) FROM article`).Scan(&totals.Articles)
	if err != nil {
		return totals, explain(err, l.path, "counting the ledger")
	}
	rows, err := l.read.QueryContext(ctx, `SELECT text, records FROM term WHERE sort = ? AND records > 0`, int(sortKind))
	if err != nil {
		return totals, explain(err, l.path, "counting the ledger")
	}
	defer rows.Close()
	for rows.Next() {
		var kind casus.Kind
		var n int
		if err := rows.Scan(&kind, &n); err != nil {
			return totals, explain(err, l.path, "counting the ledger")
		}
		totals.Kinds[kind] = n
		totals.Records += n
	}
	return totals, explain(rows.Err(), l.path, "counting the ledger")
}
