package sqlite

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"casus"
	"casus/ledger"
)

// relationIndex is the index of relations in memory, of those records that stand:
// which of them decide on a day is asked of all of them each time that a clock
// moves. It takes half a hundred bytes for each relation record.
type relationIndex struct {
	as   ledger.Mark // of which state of the ledger it is
	lots []lot
	keys []relationKey
}

// relationKey is a relation without what a record says of it.
type relationKey struct{ sort, from, to string }

// lot is the records of a statement whose periods are open at the same ends, in
// order of day and then of appending.
type lot struct {
	open int64
	key  int // the place of the relation among the keys
	of   []standingRelation
}

// standingRelation is a row of the index; see the table relation.
type standingRelation struct{ day, record, says, from, to, known int64 }

// decider is a row that decides on a day, and of which relation, by its place among
// the keys.
type decider struct {
	key    int
	record int64
	ends   bool // it tells as so that the relation ends
}

// deciding picks the records that decide on a day: the last on or before it and,
// where the period has no start, the first after it, of those that the desk knew
// of until a moment; and leaves out those that do not bear on it.
func (s relationIndex) deciding(q ledger.RelationQuery) (out []decider) {
	on := lastDay(q.On)
	until := until(q.Known)
	key := 0
	add := func(r standingRelation) {
		if bears(r.says, r.from, r.to, q.On) {
			out = append(out, decider{key, r.record, r.says == saysEnds})
		}
	}
	for _, l := range s.lots {
		key = l.key
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
	return out
}

// inOrder lists the records of deciders in the order of appending.
func inOrder(list []decider) []int64 {
	out := make([]int64, len(list))
	for i, d := range list {
		out[i] = d.record
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// turned does what ledger.Turned does, before the records are read.
func (s relationIndex) turned(before, after []decider) (was, is []decider) {
	may := make([]bool, len(s.keys))
	of := make([][2][]int64, len(s.keys))
	for i, list := range [][]decider{before, after} {
		for _, d := range list {
			of[d.key][i] = append(of[d.key][i], d.record)
			may[d.key] = may[d.key] || d.ends
		}
	}
	places := map[string]bool{}
	for key, records := range of {
		slices.Sort(records[0])
		slices.Sort(records[1])
		may[key] = may[key] || !slices.Equal(slices.Compact(records[0]), slices.Compact(records[1]))
		if may[key] && ledger.HoldsPlace(casus.RelationType(s.keys[key].sort)) {
			places[s.keys[key].to] = true
		}
	}
	for key, k := range s.keys {
		may[key] = may[key] || places[k.to] && ledger.HoldsPlace(casus.RelationType(k.sort))
	}
	not := func(d decider) bool { return !may[d.key] }
	return slices.DeleteFunc(before, not), slices.DeleteFunc(after, not)
}

// lastDay is the day of a question, or the last there is.
func lastDay(on casus.Date) int64 {
	if on == 0 {
		return math.MaxInt32
	}
	return int64(on)
}

// bears tells whether a row matters to what holds on a day: see ledger.Bears.
func bears(says, from, to int64, on casus.Date) bool {
	lasts := says == saysBegins || to == 0
	return says == saysEnds || on == 0 && lasts || on != 0 && from <= int64(on) && (lasts || int64(on) <= to)
}

// standingRelations returns the index as it stands.
func (l *Ledger) standingRelations(ctx context.Context) (relationIndex, error) {
	as, err := l.mark(ctx)
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
	if now, err := l.mark(ctx); err != nil || now != as {
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
	keys, err := l.relationKeys(ctx, &s)
	if err != nil {
		return s, err
	}
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
			if _, met := keys[statement]; !met { // it came since the keys were read
				keys[statement] = len(s.keys)
				s.keys = append(s.keys, relationKey{})
			}
			s.lots = append(s.lots, lot{open: open, key: keys[statement]})
			last = statement
		}
		at := &s.lots[len(s.lots)-1]
		at.of = append(at.of, r)
	}
	return s, rows.Err()
}

// relationKeys fills in the relations of which there are statements; it returns the
// place of each statement's.
func (l *Ledger) relationKeys(ctx context.Context, s *relationIndex) (map[int64]int, error) {
	rows, err := l.query(ctx, `SELECT id, text FROM term WHERE sort = ?`, int(sortStatement))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	of, places := map[int64]int{}, map[relationKey]int{}
	for rows.Next() {
		var statement int64
		var text string
		if err := rows.Scan(&statement, &text); err != nil {
			return nil, err
		}
		parts := strings.SplitN(text, " ", 4) // see statement
		if len(parts) < 4 {
			return nil, fmt.Errorf("statement %d reads %q", statement, text)
		}
		key := relationKey{parts[0], parts[1], parts[2]}
		place, met := places[key]
		if !met {
			place = len(s.keys)
			places[key], s.keys = place, append(s.keys, key)
		}
		of[statement] = place
	}
	return of, rows.Err()
}
