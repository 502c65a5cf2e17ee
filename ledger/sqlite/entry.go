package sqlite

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"casus"
	"casus/ledger"
)

// recordColumns are those of a record r and of its reading g, for recordRow.
const recordColumns = `r.seq, r.id, r.kind, r.status, r.valid_from, r.valid_to, r.precision, r.span_start, r.span_end,
	r.confidence, r.quote, r.by, r.by_as, r.hedge, r.places, r.body, r.acts_for, r.mentions,
	` + recordedAt + `, ` + supersededAt + `, r.review, r.correction`

// selectEntry reads a record with its reading and its article, for scanEntry.
// CROSS JOIN keeps SQLite to this order of the tables.
const selectEntry = `SELECT ` + recordColumns + `,
	(SELECT text FROM term WHERE id = r.rule), (SELECT text FROM term WHERE id = g.reader),
	` + articleRefColumns + `
	FROM record r CROSS JOIN reading g ON g.seq = r.reading CROSS JOIN article a ON a.seq = g.article`

// recordedAt and supersededAt are the moments of a record r of a reading g: a
// version that a correction made has its own.
const (
	recordedAt   = `ifnull(r.recorded, g.recorded)`
	supersededAt = `CASE WHEN r.recorded IS NULL THEN ifnull(r.superseded, g.superseded) ELSE r.superseded END`
)

const articleRefColumns = `a.id, a.title, a.publisher, a.url, a.language, a.date_from, a.date_to, a.precision, a.known`

// scanner is a row or rows.
type scanner interface{ Scan(into ...any) error }

// selectBare is selectEntry without the article and the words that many records
// share: their numbers stand last, for Ledger.fill.
const selectBare = `SELECT ` + recordColumns + `, r.rule, g.reader, g.article
	FROM record r CROSS JOIN reading g ON g.seq = r.reading`

// bare is an entry as selectBare reads it.
type bare struct {
	ledger.Numbered
	rule, reader, article int64
}

// recordRow reads recordColumns. The values are taken as SQLite gives them:
// converting each by reflection takes longer than reading it.
type recordRow struct{ values [recordValues]any }

const recordValues = 22

// into lists where to scan the columns.
func (r *recordRow) into(more ...any) []any {
	out := make([]any, 0, recordValues+len(more))
	for i := range r.values {
		out = append(out, &r.values[i])
	}
	return append(out, more...)
}

func (r *recordRow) number(i int) int64 {
	n, _ := r.values[i].(int64) // null is 0
	return n
}

func (r *recordRow) text(i int) string {
	s, _ := r.values[i].(string) // null is empty
	return s
}

// entry makes the entry, but for its article, rule and reader.
func (r *recordRow) entry() (n ledger.Numbered, err error) {
	rec := &n.Record
	n.Number, rec.ID = r.number(0), ledger.RecordID(r.number(1))
	rec.Status = casus.Statuses()[r.number(3)]
	rec.When = casus.Period{From: casus.Date(r.number(4)), To: casus.Date(r.number(5)), Precision: casus.Precision(r.text(6))}
	rec.Span = casus.Span{Start: int(r.number(7)), End: int(r.number(8))}
	rec.Made.Confidence, _ = r.values[9].(float64)
	rec.Quote, rec.By, rec.ByAs, rec.Hedge = r.text(10), casus.ActorID(r.text(11)), r.text(12), r.text(13)
	rec.Body = newBody(casus.Kinds()[r.number(2)])
	for _, f := range []struct {
		column int
		what   string
		into   any
	}{{14, "places", &rec.Where}, {15, "body", rec.Body}, {16, "offices", &n.ActsFor}, {17, "mentions", &rec.Mentions}} {
		text := r.text(f.column)
		if text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(text), f.into); err != nil {
			return n, fmt.Errorf("%s of record %s: %w", f.what, rec.ID, err)
		}
	}
	n.ID, n.Mentions = rec.ID, rec.Mentions
	n.Recorded, n.Superseded = moment(r.number(18)), moment(r.number(19))
	n.Review, n.Correction = ledger.Review(r.text(20)), r.number(21)
	return n, nil
}

// scanBare reads all rows of selectBare and closes them.
func scanBare(rows *sql.Rows) ([]bare, error) {
	defer rows.Close()
	var out []bare
	var row recordRow
	var b bare
	into := row.into(&b.rule, &b.reader, &b.article)
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		var err error
		if b.Numbered, err = row.entry(); err != nil {
			return nil, err
		}
		if len(out) == cap(out) { // they are big: append would copy them more often
			out = slices.Grow(out, max(64, len(out)))
		}
		out = append(out, b)
	}
	return out, rows.Err()
}

// scanEntry reads a row of selectEntry.
func scanEntry(from scanner) (e ledger.Entry, seq int64, err error) {
	var row recordRow
	var rule, reader sql.NullString
	var ref articleRefRow
	if err := from.Scan(row.into(append([]any{&rule, &reader}, ref.into()...)...)...); err != nil {
		return e, 0, err
	}
	n, err := row.entry()
	if err != nil {
		return e, 0, err
	}
	e = n.Entry
	e.Article = ref.ref()
	e.Record.Article = e.Article.ID
	e.Record.Made.Rule, e.Record.Made.Reader = rule.String, reader.String
	e.Made = e.Record.Made
	return e, n.Number, nil
}

func newBody(k casus.Kind) casus.Body {
	switch k {
	case casus.KindEvent:
		return &casus.Event{}
	case casus.KindClaim:
		return &casus.Claim{}
	case casus.KindFigure:
		return &casus.Figure{}
	case casus.KindRelation:
		return &casus.Relation{}
	case casus.KindCommitment:
		return &casus.Commitment{}
	}
	return &casus.Flow{}
}

// articleRefRow reads articleRefColumns.
type articleRefRow struct {
	a     ledger.ArticleRef
	known int64
}

func (r *articleRefRow) into() []any {
	a := &r.a
	return []any{&a.ID, &a.Title, &a.Publisher, &a.URL, &a.Language, &a.Date.From, &a.Date.To, &a.Date.Precision, &r.known}
}

func (r *articleRefRow) ref() ledger.ArticleRef {
	r.a.Known = moment(r.known)
	return r.a
}

// scanEntries reads all rows of selectEntry and closes them.
func scanEntries(rows *sql.Rows) ([]ledger.Numbered, error) {
	defer rows.Close()
	var out []ledger.Numbered
	for rows.Next() {
		e, seq, err := scanEntry(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, ledger.Numbered{Number: seq, Entry: e})
	}
	return out, rows.Err()
}
