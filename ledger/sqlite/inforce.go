package sqlite

import (
	"cmp"
	"context"
	"slices"

	"casus"
	"casus/ledger"
)

// relationIndex is the index of relations in memory, of those records that stand:
// which of them decide on a day is asked of all of them each time that a clock
// moves. It takes half a hundred bytes for each relation record.
type relationIndex struct {
	as   [3]int64 // until when: see relationsAs
	lots []lot
}

// lot is the records of a statement whose periods are open at the same ends, in
// order of day and then of appending.
type lot struct {
	open int64
	of   []standingRelation
}

// standingRelation is a row of the index; see the table relation.
type standingRelation struct{ day, record, says, from, to, known int64 }

// deciding picks the records that decide on a day: the last on or before it and,
// where the period has no start, the first after it, of those that the desk knew
// of until a moment; and leaves out those that do not bear on it.
func (s relationIndex) deciding(q ledger.RelationQuery, on int64) []int64 {
	var out []int64
	until := until(q.Known)
	add := func(r standingRelation) {
		if bears(r.says, r.from, r.to, q.On) {
			out = append(out, r.record)
		}
	}
	for _, l := range s.lots {
		after, _ := slices.BinarySearchFunc(l.of, on, func(r standingRelation, on int64) int {
			return cmp.Or(cmp.Compare(r.day, on), -1) // behind those of the day
		})
		for i := after - 1; i >= 0; i-- {
			if l.of[i].known <= until {
				add(l.of[i])
				break
			}
		}
		if l.open&1 == 0 {
			continue
		}
		for _, r := range l.of[after:] {
			if r.known <= until {
				add(r)
				break
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// bears tells whether a row matters to what holds on a day: see ledger.Bears.
func bears(says, from, to int64, on casus.Date) bool {
	lasts := says == saysBegins || to == 0
	return says == saysEnds || on == 0 && lasts || on != 0 && from <= int64(on) && (lasts || int64(on) <= to)
}

// standingRelations returns the index as it stands.
func (l *Ledger) standingRelations(ctx context.Context) (relationIndex, error) {
	as, err := l.relationsAs(ctx)
	if err != nil {
		return relationIndex{}, err
	}
	l.kept.Lock()
	s := l.kept.relations
	l.kept.Unlock()
	if s.as == as && s.lots != nil {
		return s, nil
	}
	if s, err = l.readStanding(ctx); err != nil {
		return s, err
	}
	if now, err := l.relationsAs(ctx); err != nil || now != as {
		return s, err // something came while it was read: it is of either moment, and not kept
	}
	s.as = as
	l.kept.Lock()
	l.kept.relations = s
	l.kept.Unlock()
	return s, nil
}

func (l *Ledger) readStanding(ctx context.Context) (relationIndex, error) {
	s := relationIndex{lots: []lot{}}
	rows, err := l.query(ctx, `SELECT statement, open, day, record, says, valid_from, valid_to, known FROM relation WHERE past = 0 ORDER BY statement, open, day, record`)
	if err != nil {
		return s, err
	}
	defer rows.Close()
	last := int64(0)
	for rows.Next() {
		var statement, open int64
		var r standingRelation
		if err := rows.Scan(&statement, &open, &r.day, &r.record, &r.says, &r.from, &r.to, &r.known); err != nil {
			return s, err
		}
		if n := len(s.lots); n == 0 || statement != last || s.lots[n-1].open != open {
			s.lots = append(s.lots, lot{open: open})
			last = statement
		}
		at := &s.lots[len(s.lots)-1]
		at.of = append(at.of, r)
	}
	return s, rows.Err()
}

// relationsAs changes whenever another record stands, or no longer does.
func (l *Ledger) relationsAs(ctx context.Context) (as [3]int64, err error) {
	err = l.row(ctx, []any{&as[0], &as[1], &as[2]}, selectAs)
	return as, err
}

const selectAs = `SELECT (SELECT ifnull(max(number), 0) FROM correction),
	(SELECT ifnull(max(superseded), 0) FROM reading WHERE superseded IS NOT NULL), (SELECT ifnull(max(seq), 0) FROM reading)`
