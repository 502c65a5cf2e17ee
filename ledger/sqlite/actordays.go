package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"sync"

	"casus"
	"casus/ledger"
)

// actorDays are the days of the records that stand under each actor, in memory: how
// often each is named as of a day is asked of all of them each time that a clock
// moves. It takes ten bytes for each of their postings. A warm ledger has it (see
// Warm), and its writer keeps it up; where another process wrote, it is read anew.
type actorDays struct {
	lock sync.RWMutex
	as   ledger.Mark // of which state of the ledger they are
	of   map[string]*daysOf
}

// daysOf are the named records of an actor: those in order, and some that came since.
type daysOf struct {
	sorted, since []dayNamed
}

// dayNamed is a record that names an actor, and the day from which it does. A record
// without a start names it on any day: always.
type dayNamed struct {
	day    int32
	record int32
}

const always = math.MinInt32

// mostSince is how many records are looked through one by one before they are put in order.
const mostSince = 512

// namedOn is the day from which a posting counts.
func namedOn(shelf, day int64) int32 {
	if e := extent(shelf / 2 % int64(extents)); e == openStart || e == undated {
		return always
	}
	return int32(day) //nolint:gosec // the column has days
}

func (a dayNamed) compare(b dayNamed) int {
	return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.record, b.record))
}

// namedChange is a posting of an actor that came or went.
type namedChange struct {
	actor string
	dayNamed
	gone bool
}

// warmActors reads the index.
func (l *Ledger) warmActors(ctx context.Context) error {
	as, err := l.mark(ctx)
	if err != nil {
		return err
	}
	rows, err := l.query(ctx, `SELECT t.text, p.shelf, p.day, p.record FROM term t CROSS JOIN posting p ON p.term = t.id WHERE t.sort = ? AND p.shelf % 2 = 0 ORDER BY t.id`, int(sortActor))
	if err != nil {
		return err
	}
	defer rows.Close()
	of := map[string]*daysOf{}
	var last string
	var list []dayNamed // of the last
	end := func() {
		if len(list) > 0 {
			slices.SortFunc(list, dayNamed.compare)
			of[last] = &daysOf{sorted: slices.Clone(list)}
		}
	}
	var actor sql.RawBytes // no copy for each row
	var shelf, day, record int64
	for rows.Next() {
		if err := rows.Scan(&actor, &shelf, &day, &record); err != nil {
			return err
		}
		if len(list) == 0 || string(actor) != last {
			end()
			list, last = list[:0], string(actor)
		}
		list = append(list, dayNamed{namedOn(shelf, day), int32(record)}) //nolint:gosec // a ledger has fewer
	}
	if err := rows.Err(); err != nil {
		return err
	}
	end()
	if now, err := l.mark(ctx); err != nil || now != as {
		return err // something came while it was read: the next to ask reads it
	}
	a := &l.kept.actors
	a.lock.Lock()
	defer a.lock.Unlock()
	a.as, a.of = as, of
	return nil
}

// there tells whether there is an index to keep up.
func (a *actorDays) there() bool {
	a.lock.RLock()
	defer a.lock.RUnlock()
	return a.of != nil
}

// keptUp tells whether the index is there and of a state of the ledger.
func (a *actorDays) keptUp(as ledger.Mark) bool {
	a.lock.RLock()
	defer a.lock.RUnlock()
	return a.of != nil && a.as == as
}

// change takes up what a transaction changed.
func (a *actorDays) change(before, after ledger.Mark, changes []namedChange) {
	a.lock.Lock()
	defer a.lock.Unlock()
	if a.of == nil || a.as != before {
		return
	}
	a.as = after
	for _, c := range changes {
		list := a.of[c.actor]
		if list == nil {
			list = &daysOf{}
			a.of[c.actor] = list
		}
		if c.gone {
			list.remove(c.dayNamed)
		} else {
			list.add(c.dayNamed)
		}
	}
}

func (d *daysOf) add(n dayNamed) {
	if d.since = append(d.since, n); len(d.since) > mostSince {
		d.sorted = append(d.sorted, d.since...)
		d.since = nil
		slices.SortFunc(d.sorted, dayNamed.compare)
	}
}

func (d *daysOf) remove(n dayNamed) {
	if i := slices.Index(d.since, n); i >= 0 {
		d.since = slices.Delete(d.since, i, i+1)
		return
	}
	if i, there := slices.BinarySearchFunc(d.sorted, n, dayNamed.compare); there {
		d.sorted = slices.Delete(d.sorted, i, i+1)
	}
}

// count counts the records up to a day, those that are known.
func (d *daysOf) count(to int32, known func(record int32) bool) int {
	n, _ := slices.BinarySearchFunc(d.sorted, dayNamed{to, math.MaxInt32}, dayNamed.compare)
	if known == nil {
		for _, s := range d.since {
			if s.day <= to {
				n++
			}
		}
		return n
	}
	up, n := n, 0
	for _, s := range d.sorted[:up] {
		if known(s.record) {
			n++
		}
	}
	for _, s := range d.since {
		if s.day <= to && known(s.record) {
			n++
		}
	}
	return n
}

// countActors counts what an actor query on clocks selects in memory, most named
// first. It is not ok where the index is not there or not of today.
func (l *Ledger) countActors(ctx context.Context, q ledger.ActorQuery, called []string) (out []ledger.ActorEntry, ok bool, err error) {
	if !q.Recorded.IsZero() {
		return nil, false, nil
	}
	as, err := l.mark(ctx)
	if err != nil || !l.kept.actors.keptUp(as) {
		return nil, false, err
	}
	known, err := l.knownRecords(ctx, q)
	if err != nil {
		return nil, false, err
	}
	to := int32(math.MaxInt32)
	if q.To != 0 {
		to = int32(q.To)
	}
	a := &l.kept.actors
	a.lock.RLock()
	defer a.lock.RUnlock()
	if a.as != as {
		return nil, false, nil
	}
	for id, list := range a.of {
		if q.ID != "" && id != string(q.ID) || q.Within != "" && id != string(q.Within) && !strings.HasPrefix(id, string(q.Within)+"/") ||
			q.Name != "" && !slices.Contains(called, id) {
			continue
		}
		if n := list.count(to, known); n > 0 {
			out = append(out, ledger.ActorEntry{Actor: casus.Actor{ID: casus.ActorID(id)}, Records: n})
		}
	}
	slices.SortFunc(out, func(a, b ledger.ActorEntry) int {
		return cmp.Or(cmp.Compare(b.Records, a.Records), cmp.Compare(a.ID, b.ID))
	})
	return out[:min(len(out), q.Limit)], true, nil
}

// knownRecords tells of records whether the desk knew of them; nil knows all.
func (l *Ledger) knownRecords(ctx context.Context, q ledger.ActorQuery) (func(record int32) bool, error) {
	if q.Known.IsZero() {
		return nil, nil
	}
	rows, err := l.query(ctx, `SELECT first, known FROM stretch ORDER BY first`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var bits []uint64
	at, shown, until := int64(0), false, until(q.Known)
	fill := func(to int64) {
		for int64(len(bits)) <= to/64 {
			bits = append(bits, 0)
		}
		for ; shown && at < to; at++ {
			bits[at/64] |= 1 << (at % 64)
		}
		at = to
	}
	for rows.Next() {
		var first, known int64
		if err := rows.Scan(&first, &known); err != nil {
			return nil, err
		}
		fill(first)
		shown = known <= until
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	last, rest := int32(at), shown //nolint:gosec // a ledger has fewer
	return func(record int32) bool {
		if record >= last {
			return rest
		}
		return bits[record/64]&(1<<(record%64)) != 0
	}, nil
}

// described gives counted actors their kinds and notes; it returns their terms.
func (l *Ledger) described(ctx context.Context, list []ledger.ActorEntry) ([]int64, error) {
	ids := make([]string, len(list))
	place := make(map[string]int, len(list))
	for i, e := range list {
		ids[i] = string(e.ID)
		place[ids[i]] = i
	}
	asked, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := l.query(ctx, `SELECT t.id, t.text, ifnull(a.kind, ''), ifnull(a.note, '') FROM json_each(?) j CROSS JOIN term t ON t.sort = ? AND t.text = j.value
		LEFT JOIN actor a ON a.term = t.id`, string(asked), int(sortActor))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	terms := make([]int64, len(list))
	for rows.Next() {
		var term int64
		var id, note string
		var kind casus.ActorKind
		if err := rows.Scan(&term, &id, &kind, &note); err != nil {
			return nil, err
		}
		at := place[id]
		terms[at], list[at].Kind, list[at].Note = term, kind, note
	}
	return terms, rows.Err()
}
