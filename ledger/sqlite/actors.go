package sqlite

import (
	"context"
	"errors"
	"slices"

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
	known, err := l.known(ctx)
	if err != nil {
		return nil, err
	}
	var b binder
	where := "t.sort = " + b.arg(int(sortActor))
	switch {
	case q.ID != "":
		where += " AND t.text = " + b.arg(string(q.ID)) + " AND (t.records > 0 OR a.term IS NOT NULL OR t.text IN (" + b.list(known.named()) + "))"
	case q.Name == "":
		where += " AND t.records > 0"
	}
	if q.Name != "" {
		called, err := l.called(ctx, q.Name, known)
		if err != nil {
			return nil, err
		}
		where += " AND t.text IN (" + b.list(called) + ")"
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
	for rows.Next() {
		var e ledger.ActorEntry
		var term int64
		if err := rows.Scan(&term, &e.ID, &e.Records, &e.Kind, &e.Note); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	for i := range out {
		if out[i].Names, err = l.namesOf(ctx, out[i].ID, known); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// corrected is what analysts' corrections say of actors' names.
type corrected struct {
	corrections []ledger.Correction
	names       map[casus.ActorID][]string // of the actors that they touch
}

// named lists the actors that have names in it.
func (k corrected) named() []string {
	var out []string
	for id, names := range k.names {
		if len(names) > 0 {
			out = append(out, string(id))
		}
	}
	slices.Sort(out)
	return out
}

// known reads what corrections say of actors.
func (l *Ledger) known(ctx context.Context) (k corrected, err error) {
	rows, err := l.read.QueryContext(ctx, `SELECT number, recorded, body FROM correction WHERE action IN (?, ?, ?, ?) ORDER BY number`,
		string(ledger.AddActor), string(ledger.Alias), string(ledger.Merge), string(ledger.Undo))
	if err != nil {
		return k, err
	}
	if k.corrections, err = scanCorrections(rows); err != nil || len(k.corrections) == 0 {
		return k, err
	}
	met := map[casus.ActorID][]string{}
	for _, c := range k.corrections {
		for _, id := range []casus.ActorID{c.Actor, c.Into} {
			if err := l.namesWithin(ctx, id, met); err != nil {
				return k, err
			}
		}
	}
	k.names = ledger.WithNames(met, k.corrections)
	return k, nil
}

// namesWithin adds the names that readings met of an actor and its parts.
func (l *Ledger) namesWithin(ctx context.Context, id casus.ActorID, into map[casus.ActorID][]string) error {
	if _, done := into[id]; id == "" || done {
		return nil
	}
	into[id] = nil
	rows, err := l.read.QueryContext(ctx, `SELECT t.text, n.name FROM term t JOIN actor_name n ON n.actor = t.id
		WHERE t.sort = ?1 AND (t.text = ?2 OR t.text > ?2 || '/' AND t.text < ?2 || '0') ORDER BY n.seq`, int(sortActor), string(id))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var part casus.ActorID
		var name string
		if err := rows.Scan(&part, &name); err != nil {
			return err
		}
		if !slices.Contains(into[part], name) {
			into[part] = append(into[part], name)
		}
	}
	return rows.Err()
}

// called lists the actors that have a name, whatever its capitals and diacritics.
func (l *Ledger) called(ctx context.Context, name string, k corrected) ([]string, error) {
	folded := fulltext.Fold(name)
	rows, err := l.read.QueryContext(ctx, `SELECT t.text FROM actor_name n JOIN term t ON t.id = n.actor WHERE n.folded = ?`, folded)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var id casus.ActorID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, string(ledger.Resolve(id, k.corrections)))
	}
	for id, names := range k.names {
		if slices.ContainsFunc(names, func(n string) bool { return fulltext.Fold(n) == folded }) {
			out = append(out, string(id))
		}
	}
	slices.Sort(out)
	return slices.Compact(out), rows.Err()
}

// namesOf lists an actor's names in the order in which they were met.
func (l *Ledger) namesOf(ctx context.Context, id casus.ActorID, k corrected) ([]string, error) {
	if names, ok := k.names[id]; ok || ledger.Resolve(id, k.corrections) != id {
		return names, nil
	}
	rows, err := l.read.QueryContext(ctx, `SELECT n.name FROM term t JOIN actor_name n ON n.actor = t.id WHERE t.sort = ? AND t.text = ? ORDER BY n.seq`,
		int(sortActor), string(id))
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
