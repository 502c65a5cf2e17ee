package sqlite

import (
	"database/sql"
	"encoding/json"
	"fmt"

	"casus"
	"casus/ledger"
)

// selectEntry reads a record with its reading and its article, for scanEntry.
// CROSS JOIN keeps SQLite to this order of the tables.
const selectEntry = `SELECT r.seq, r.id, r.kind, r.status, r.valid_from, r.valid_to, r.precision, r.span_start, r.span_end,
	r.confidence, r.quote, r.by, r.by_as, r.hedge, r.places, r.body, r.acts_for, r.mentions,
	(SELECT text FROM term WHERE id = r.rule), (SELECT text FROM term WHERE id = g.reader),
	` + recordedAt + `, ` + supersededAt + `, r.review, r.correction,
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

func scanEntry(row scanner) (e ledger.Entry, seq int64, err error) {
	var (
		number, kind, status, recorded            int64
		by, byAs, hedge, places, acts, rule, made sql.NullString
		body                                      []byte
		superseded, correction                    sql.NullInt64
		review, mentions                          sql.NullString
		ref                                       articleRefRow
	)
	r := &e.Record
	into := []any{&seq, &number, &kind, &status, &r.When.From, &r.When.To, &r.When.Precision, &r.Span.Start, &r.Span.End,
		&r.Made.Confidence, &r.Quote, &by, &byAs, &hedge, &places, &body, &acts, &mentions, &rule, &made, &recorded, &superseded, &review, &correction}
	if err := row.Scan(append(into, ref.into()...)...); err != nil {
		return e, 0, err
	}
	r.ID = ledger.RecordID(number)
	e.Article = ref.ref()
	r.Article = e.Article.ID
	r.Status = casus.Statuses()[status]
	r.By, r.ByAs, r.Hedge = casus.ActorID(by.String), byAs.String, hedge.String
	r.Made.Rule, r.Made.Reader = rule.String, made.String
	if places.Valid {
		if err := json.Unmarshal([]byte(places.String), &r.Where); err != nil {
			return e, 0, fmt.Errorf("places of record %s: %w", r.ID, err)
		}
	}
	if mentions.Valid {
		if err := json.Unmarshal([]byte(mentions.String), &r.Mentions); err != nil {
			return e, 0, fmt.Errorf("mentions of record %s: %w", r.ID, err)
		}
	}
	if acts.Valid {
		if err := json.Unmarshal([]byte(acts.String), &e.ActsFor); err != nil {
			return e, 0, fmt.Errorf("offices in record %s: %w", r.ID, err)
		}
	}
	r.Body = newBody(casus.Kinds()[kind])
	if err := json.Unmarshal(body, r.Body); err != nil {
		return e, 0, fmt.Errorf("body of record %s: %w", r.ID, err)
	}
	e.ID, e.Made, e.Mentions = r.ID, r.Made, r.Mentions
	e.Review, e.Correction = ledger.Review(review.String), correction.Int64
	e.Recorded, e.Superseded = moment(recorded), moment(superseded.Int64)
	return e, seq, nil
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
