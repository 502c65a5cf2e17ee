package sqlite

import (
	"context"
	"errors"
	"slices"
	"strings"

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
	var called []string
	if q.Name != "" {
		if called, err = l.called(ctx, q.Name, known); err != nil {
			return nil, err
		}
	}
	if q.Limit = limit; q.Clocked() {
		out, counted, err := l.countActors(ctx, q, called)
		if err != nil {
			return nil, err
		}
		if counted {
			terms, err := l.described(ctx, out)
			if err != nil {
				return nil, err
			}
			return out, l.addNames(ctx, out, terms, known)
		}
	}
	return l.walkActors(ctx, q, called, known)
}

// walkActors lists actors by what the keeper has on disk.
func (l *Ledger) walkActors(ctx context.Context, q ledger.ActorQuery, called []string, known corrected) ([]ledger.ActorEntry, error) {
	var b binder
	count := "t.records"
	if q.Clocked() {
		count = countedOn(&b, q)
	}
	where := "t.sort = " + b.arg(int(sortActor))
	switch {
	case q.ID != "" && q.Clocked():
		where += " AND t.text = " + b.arg(string(q.ID))
	case q.ID != "":
		where += " AND t.text = " + b.arg(string(q.ID)) + " AND (t.records > 0 OR a.term IS NOT NULL OR t.text IN (" + b.list(known.named()) + "))"
	case q.Name == "" && q.Recorded.IsZero():
		where += " AND t.records > 0"
	}
	if q.Name != "" {
		where += " AND t.text IN (" + b.list(called) + ")"
	}
	if q.Within != "" { // the parts of a path are those that sort between "rus/" and "rus0"
		w := string(q.Within)
		where += " AND (t.text = " + b.arg(w) + " OR t.text > " + b.arg(w+"/") + " AND t.text < " + b.arg(w+"0") + ")"
	}
	text := `SELECT t.id, t.text, ` + count + ` AS n, ifnull(a.kind, ''), ifnull(a.note, '') FROM term t LEFT JOIN actor a ON a.term = t.id WHERE ` + where
	if q.Clocked() {
		text = `SELECT * FROM (` + text + `) WHERE n > 0 ORDER BY n DESC, text LIMIT `
	} else {
		text += ` ORDER BY n DESC, t.text LIMIT `
	}
	rows, err := l.query(ctx, text+b.arg(q.Limit), b.args...)
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
	return out, l.addNames(ctx, out, terms, known)
}

// countedOn counts the records under a term t that an actor query's clocks select.
func countedOn(b *binder, q ledger.ActorQuery) string {
	where := []string{"p.term = t.id"}
	if q.Recorded.IsZero() {
		where = append(where, "p.shelf % 2 = 0") // those that stand: see shelf
	}
	if q.To != 0 { // what has no start has begun by any day
		where = append(where, b.cond("(p.day <= ? OR p.shelf / 2 % ? IN (?, ?))", int64(q.To), int(extents), int(openStart), int(undated)))
	}
	if cond := (plan{q: ledger.Query{Known: q.Known, Recorded: q.Recorded}}).onClocks(b, false); cond != "" {
		where = append(where, cond)
	}
	return "(SELECT count(*) FROM posting p WHERE " + strings.Join(where, " AND ") + ")"
}

// corrected is what analysts' corrections say of actors' names. It is kept until
// there is another correction or name; nobody changes what is in it.
type corrected struct {
	as          [2]int64 // the last correction and the last name that it knows of
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

// known returns what corrections say of actors as of now.
func (l *Ledger) known(ctx context.Context) (corrected, error) {
	var as [2]int64
	if err := l.row(ctx, []any{&as[0], &as[1]}, `SELECT (SELECT ifnull(max(number), 0) FROM correction), (SELECT ifnull(max(seq), 0) FROM actor_name)`); err != nil {
		return corrected{}, err
	}
	l.kept.Lock()
	k := l.kept.corrected
	l.kept.Unlock()
	if k.as == as {
		return k, nil
	}
	k, err := l.readKnown(ctx)
	if err != nil {
		return k, err
	}
	k.as = as
	l.kept.Lock()
	l.kept.corrected = k
	l.kept.Unlock()
	return k, nil
}

func (l *Ledger) readKnown(ctx context.Context) (k corrected, err error) {
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
	// The plus keeps SQLite from walking all names in their order.
	rows, err := l.read.QueryContext(ctx, `SELECT t.text, n.name FROM term t CROSS JOIN actor_name n ON n.actor = t.id
		WHERE t.id IN (SELECT id FROM term WHERE sort = ?1 AND text = ?2 UNION ALL SELECT id FROM term WHERE sort = ?1 AND text > ?2 || '/' AND text < ?2 || '0')
		ORDER BY +n.seq`, int(sortActor), string(id))
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

// addNames gives each entry, whose term stands at the same place in terms, its
// names in the order in which they were met.
func (l *Ledger) addNames(ctx context.Context, entries []ledger.ActorEntry, terms []int64, k corrected) error {
	met, merges := make(map[int64][]string, len(terms)), ledger.Merges(k.corrections)
	if err := l.namesOf(ctx, terms, met); err != nil {
		return err
	}
	for i := range entries {
		e := &entries[i]
		if names, ok := k.names[e.ID]; ok || ledger.Resolve(e.ID, merges) != e.ID {
			e.Names = slices.Clone(names)
		} else {
			e.Names = met[terms[i]]
		}
	}
	return nil
}

// namesOf adds the names of actors by their terms.
func (l *Ledger) namesOf(ctx context.Context, terms []int64, into map[int64][]string) error {
	rows, err := l.query(ctx, `SELECT n.actor, n.name FROM json_each(?) j CROSS JOIN actor_name n ON n.actor = j.value ORDER BY n.seq`, list(terms))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var actor int64
		var name string
		if err := rows.Scan(&actor, &name); err != nil {
			return err
		}
		into[actor] = append(into[actor], name)
	}
	return rows.Err()
}

// Totals counts what there is, from the counts kept while appending.
func (l *Ledger) Totals(ctx context.Context) (ledger.Totals, error) {
	totals := ledger.Totals{Kinds: map[casus.Kind]int{}}
	var first, last, knownFirst, knownLast, recorded int64
	err := l.read.QueryRowContext(ctx, `SELECT (SELECT ifnull(max(seq), 0) FROM article),
		(SELECT ifnull(min(day), 0) FROM article WHERE day > 0), (SELECT ifnull(max(day), 0) FROM article),
		(SELECT ifnull(min(known), 0) FROM article), (SELECT ifnull(max(known), 0) FROM article),
		ifnull((SELECT recorded FROM article ORDER BY seq DESC LIMIT 1), 0)`).Scan(&totals.Articles, &first, &last, &knownFirst, &knownLast, &recorded)
	if err != nil {
		return totals, explain(err, l.path, "counting the ledger")
	}
	totals.First, totals.Last = casus.Date(first), casus.Date(last) //nolint:gosec // the column has days
	totals.KnownFirst, totals.KnownLast, totals.Recorded = moment(knownFirst), moment(knownLast), moment(recorded)
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
