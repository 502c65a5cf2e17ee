package memory

import (
	"bytes"
	"context"
	"slices"
	"time"

	"casus"
	"casus/ledger"
)

// Correct stores a correction; see ledger.Ledger.
func (l *Ledger) Correct(ctx context.Context, c ledger.Correction) (ledger.Correction, error) {
	if err := ctx.Err(); err != nil {
		return c, err
	}
	c, err := c.Normal()
	if err != nil {
		return c, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	affected, err := l.affected(c)
	if err != nil {
		return c, err
	}
	c.Number, c.Recorded, c.Seen = int64(len(l.corrections))+1, l.tick(), 0
	l.corrections = append(l.corrections, c)
	ledger.Settle(l.corrections)
	for _, id := range affected {
		l.settle(id, c.Number, c.Recorded)
	}
	return c, nil
}

// affected checks a correction against what is there, and lists the records
// that it may change.
func (l *Ledger) affected(c ledger.Correction) ([]casus.RecordID, error) {
	base, err := ledger.Root(c, l.corrections)
	if err != nil {
		return nil, err
	}
	if base.Action == ledger.Merge {
		return l.concerned(base, c.Action == ledger.Undo), nil
	}
	ids := base.Named()
	for _, id := range ids {
		e, ok := l.machine(id)
		if !ok {
			return nil, notFound(string(id), "record")
		}
		if c.Action == ledger.Amend {
			if err := ledger.FitAmended(e, *c.Amended, l.byID(string(e.Article.ID)).Text); err != nil {
				return nil, err
			}
		}
	}
	return ids, nil
}

// concerned lists the records that a merge may change: those that name its
// actor in any version, and to undo it those that a correction made name what
// it became.
func (l *Ledger) concerned(merge ledger.Correction, undo bool) []casus.RecordID {
	var ids []casus.RecordID
	back := ledger.Correction{Actor: merge.Into}
	for _, n := range l.records {
		if (merge.Concerns(n.Entry) || undo && n.Correction != 0 && back.Concerns(n.Entry)) && !slices.Contains(ids, n.ID) {
			ids = append(ids, n.ID)
		}
	}
	return ids
}

// machine returns a record as the last reading that has it made it.
func (l *Ledger) machine(id casus.RecordID) (ledger.Entry, bool) {
	for _, n := range slices.Backward(l.records) {
		if n.ID == id && n.Correction == 0 {
			return n.Entry, true
		}
	}
	return ledger.Entry{}, false
}

// settle makes the version stand that the corrections leave of a record.
func (l *Ledger) settle(id casus.RecordID, by int64, now time.Time) {
	e, ok := l.machine(id)
	if !ok {
		return
	}
	a := l.byID(string(e.Article.ID))
	read := e.Made.Reader == a.readers[len(a.readers)-1] // the reading that stands has it
	v := ledger.Apply(e, l.corrections)
	wanted := v.Stands && (v.Review != "" || read)
	version := v.Version(e, by, now)
	for i := range l.records {
		old := &l.records[i].Entry
		if old.ID != id || !old.Superseded.IsZero() {
			continue
		}
		if wanted && sameVersion(*old, version) {
			return
		}
		old.Superseded = now
	}
	if wanted {
		l.addEntry(version)
	}
}

// sameVersion tells whether two versions of a record read the same.
func sameVersion(a, b ledger.Entry) bool {
	x, err1 := a.Record.MarshalJSON()
	y, err2 := b.Record.MarshalJSON()
	return err1 == nil && err2 == nil && bytes.Equal(x, y) && a.Review == b.Review
}

// Corrections lists corrections; see ledger.Ledger.
func (l *Ledger) Corrections(_ context.Context, q ledger.CorrectionQuery) ([]ledger.Correction, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return ledger.SelectCorrections(q, l.corrections), nil
}

// History lists the versions of a record; see ledger.Ledger.
func (l *Ledger) History(_ context.Context, id casus.RecordID) ([]ledger.Entry, error) {
	if _, err := ledger.RecordNumber(id); err != nil {
		return nil, err
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	var out []ledger.Entry
	there := false
	for _, n := range l.records {
		there = there || n.ID == id
		if n.ID == id && !n.Superseded.Equal(n.Recorded) {
			out = append(out, n.Entry)
		}
	}
	if !there {
		return nil, notFound(string(id), "record")
	}
	return out, nil
}

// names gives each actor its names: those that readings met, those that
// corrections gave, and those of whom it was merged with.
func (l *Ledger) names() map[casus.ActorID][]string {
	out := map[casus.ActorID][]string{}
	for id, a := range l.actors {
		out[id] = slices.Clone(a.Names)
	}
	return ledger.WithNames(out, l.corrections)
}
