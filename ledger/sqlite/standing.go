package sqlite

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"casus"
	"casus/ledger"
)

// Mark is the ledger's state; see ledger.Ledger.
func (l *Ledger) Mark(ctx context.Context) (ledger.Mark, error) {
	m, err := l.mark(ctx)
	return m, explain(err, l.path, "asking the ledger")
}

func (l *Ledger) mark(ctx context.Context) (m ledger.Mark, err error) {
	err = l.row(ctx, ofMark(&m), selectMark)
	return m, err
}

// selectMark selects what ofMark takes.
const selectMark = `SELECT (SELECT ifnull(max(seq), 0) FROM article), (SELECT ifnull(max(seq), 0) FROM reading), (SELECT ifnull(max(seq), 0) FROM record),
	(SELECT ifnull(max(number), 0) FROM correction), (SELECT ifnull(max(superseded), 0) FROM reading WHERE superseded IS NOT NULL)`

func ofMark(m *ledger.Mark) []any {
	return []any{&m.Articles, &m.Readings, &m.Records, &m.Corrections, &m.Superseded}
}

// standingLot is how many records are read at once for Standing.
const standingLot = 2000

// Standing hands over what came to stand; see ledger.Ledger. The mark is taken
// first, and a record that ceased to stand never stands again: what is stored
// meanwhile is in the next answer, if it is not in this one.
func (l *Ledger) Standing(ctx context.Context, since ledger.Mark, kinds []casus.Kind, stands func(ledger.Numbered) error) (gone []int64, now ledger.Mark, err error) {
	if now, err = l.mark(ctx); err == nil {
		gone, err = l.ceased(ctx, since)
	}
	if err == nil {
		err = l.cameToStand(ctx, since.Records, now.Records, kinds, stands)
	}
	if err != nil {
		return nil, since, explain(err, l.path, "asking the ledger")
	}
	return gone, now, nil
}

// cameToStand hands over the records of some kinds that stand, after one number
// and up to another.
func (l *Ledger) cameToStand(ctx context.Context, after, to int64, kinds []casus.Kind, stands func(ledger.Numbered) error) error {
	var list []string
	for _, k := range kinds {
		list = append(list, fmt.Sprint(kindIndex(k)))
	}
	text := selectBare + ` WHERE r.seq > ? AND r.seq <= ? AND r.kind IN (` + strings.Join(list, ", ") + `) AND ` + supersededAt + ` IS NULL ORDER BY r.seq LIMIT ` + fmt.Sprint(standingLot)
	for {
		found, err := l.entries(ctx, text, after, to)
		if err != nil {
			return err
		}
		for _, n := range found {
			if err := stands(n); err != nil {
				return err
			}
			after = n.Number
		}
		if len(found) < standingLot {
			return nil
		}
	}
}

// ceased lists the records that no longer stand and may have stood at a mark:
// those of readings that were superseded since, those that corrections since then
// are about, and their other versions.
func (l *Ledger) ceased(ctx context.Context, since ledger.Mark) ([]int64, error) {
	if since.Records == 0 {
		return nil, nil
	}
	corrections, err := l.allCorrections(ctx)
	if err != nil {
		return nil, err
	}
	named := []int64{}
	for _, c := range corrections[min(since.Corrections, int64(len(corrections))):] {
		for c.Action == ledger.Undo {
			c = corrections[c.Undoes-1]
		}
		for _, id := range c.Named() {
			number, err := ledger.RecordNumber(id)
			if err != nil {
				return nil, err
			}
			named = append(named, number)
		}
	}
	slices.Sort(named)
	// A merge names no records: those that it changes have a new version.
	rows, err := l.query(ctx, `WITH reread AS (SELECT DISTINCT h.seq, h.first, h.count FROM reading g CROSS JOIN reading h ON h.article = g.article WHERE g.superseded > ?1),
		touched (seq) AS (
			SELECT r.seq FROM reread g CROSS JOIN record r ON r.seq >= g.first AND r.seq < g.first + g.count UNION
			SELECT r.seq FROM reread g CROSS JOIN record r ON r.reading = g.seq AND r.correction IS NOT NULL UNION
			SELECT r.seq FROM json_each(?3) j CROSS JOIN record r ON r.id = j.value UNION
			SELECT r.seq FROM record v CROSS JOIN record r ON r.id = v.id WHERE v.seq > ?2 AND v.correction IS NOT NULL)
		SELECT r.seq FROM touched t CROSS JOIN record r ON r.seq = t.seq CROSS JOIN reading g ON g.seq = r.reading
		WHERE `+supersededAt+` IS NOT NULL`, since.Superseded, since.Records, list(slices.Compact(named)))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
}

// Copied lists pairs of copies; see ledger.Ledger.
func (l *Ledger) Copied(ctx context.Context, since ledger.Mark) ([][2]ledger.ArticleRef, error) {
	rows, err := l.query(ctx, `SELECT b.id, b.title, b.publisher, b.url, b.language, b.date_from, b.date_to, b.precision, b.known, `+articleRefColumns+`
		FROM copy c CROSS JOIN article b ON b.seq = c.article CROSS JOIN article a ON a.seq = c.other WHERE c.article > ? ORDER BY c.article, c.other`, since.Articles)
	if err != nil {
		return nil, explain(err, l.path, "asking the ledger")
	}
	defer rows.Close()
	var out [][2]ledger.ArticleRef
	for rows.Next() {
		var pair [2]articleRefRow
		if err := rows.Scan(append(pair[0].into(), pair[1].into()...)...); err != nil {
			return nil, explain(err, l.path, "asking the ledger")
		}
		out = append(out, [2]ledger.ArticleRef{pair[0].ref(), pair[1].ref()})
	}
	return out, explain(rows.Err(), l.path, "asking the ledger")
}

// ByNumber returns records by their numbers; see ledger.Ledger.
func (l *Ledger) ByNumber(ctx context.Context, numbers []int64) ([]ledger.Entry, error) {
	out, err := l.byNumber(ctx, numbers, true)
	return out, explain(err, l.path, "asking the ledger")
}
