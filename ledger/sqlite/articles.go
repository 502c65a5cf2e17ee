package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"casus"
	"casus/ledger"
	"casus/ledger/fulltext"
)

// HasRead tells whether a reader has read a text; see ledger.Ledger.
func (l *Ledger) HasRead(ctx context.Context, hash, reader string) (bool, error) {
	text, args := `SELECT 1 FROM article WHERE hash = ?`, []any{hash}
	if reader != "" {
		text = `SELECT 1 FROM article a JOIN reading g ON g.article = a.seq JOIN term t ON t.id = g.reader
			WHERE a.hash = ? AND t.sort = ? AND t.text = ?`
		args = append(args, int(sortReader), reader)
	}
	var one int
	err := l.read.QueryRowContext(ctx, text, args...).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return one == 1, explain(err, l.path, "asking the ledger")
}

// selectArticle reads an article, for scanArticle; the text stands last.
// standingRecords counts the records of an article a, whose reading that
// stands is g, that stand: those of the reading that no correction superseded,
// and the versions that corrections made.
const standingRecords = `(SELECT count(*) FROM record r WHERE r.seq >= g.first AND r.seq < g.first + g.count AND r.superseded IS NULL) +
	(SELECT count(*) FROM reading h CROSS JOIN record r ON r.reading = h.seq AND r.correction IS NOT NULL WHERE h.article = a.seq AND r.superseded IS NULL)`

const selectArticle = `SELECT a.seq, ` + articleRefColumns + `, a.hash, a.recorded, a.characters, ` + standingRecords + `,
	ifnull((SELECT text FROM term WHERE id = g.reader), ''), (SELECT count(*) FROM copy WHERE article = a.seq)`

func scanArticle(row scanner, more ...any) (e ledger.ArticleEntry, seq int64, err error) {
	var ref articleRefRow
	var recorded int64
	into := append([]any{&seq}, ref.into()...)
	into = append(into, &e.Hash, &recorded, &e.Characters, &e.Records, &e.Reader, &e.Copies)
	if err := row.Scan(append(into, more...)...); err != nil {
		return e, 0, err
	}
	r := ref.ref()
	e.ID, e.Title, e.Publisher, e.URL, e.Language, e.Date, e.Known = r.ID, r.Title, r.Publisher, r.URL, r.Language, r.Date, r.Known
	e.Recorded = moment(recorded)
	return e, seq, nil
}

// Article returns one article with its text; see ledger.Ledger.
func (l *Ledger) Article(ctx context.Context, idOrHash string) (ledger.ArticleEntry, error) {
	var text string
	row := l.read.QueryRowContext(ctx, selectArticle+`, t.text FROM article a LEFT JOIN reading g ON g.seq = a.reading JOIN text t ON t.article = a.seq
		WHERE a.seq = ifnull((SELECT seq FROM article WHERE id = ?1), (SELECT seq FROM article WHERE hash = ?1))`, idOrHash)
	e, _, err := scanArticle(row, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return e, &casus.Error{Code: casus.NotFound, Input: idOrHash, Problem: "there is no such article in the ledger",
			Advice: "See casus articles for those that there are."}
	}
	e.Text = text
	return e, explain(err, l.path, "asking the ledger")
}

// Articles lists articles; see ledger.Ledger.
func (l *Ledger) Articles(ctx context.Context, q ledger.ArticleQuery) (ledger.ArticlePage, error) {
	page, err := l.articles(ctx, q)
	return page, explain(err, l.path, "asking the ledger")
}

func (l *Ledger) articles(ctx context.Context, q ledger.ArticleQuery) (ledger.ArticlePage, error) {
	page := ledger.ArticlePage{Articles: []ledger.ArticleEntry{}}
	limit, err := ledger.NormalLimit(q.Limit)
	if err != nil {
		return page, err
	}
	after, err := ledger.ParseCursor(q.After)
	if err != nil {
		return page, err
	}
	text, args := articlesSQL(q, after, limit+1)
	rows, err := l.read.QueryContext(ctx, text, args...)
	if err != nil {
		return page, err
	}
	defer rows.Close()
	var last ledger.Cursor
	for rows.Next() {
		e, seq, err := scanArticle(rows)
		if err != nil {
			return page, err
		}
		if len(page.Articles) == limit {
			page.Next = last.String()
			break
		}
		page.Articles = append(page.Articles, e)
		last = ledger.Cursor{Day: ledger.Day(e.Date), Number: seq}
	}
	return page, rows.Err()
}

func articlesSQL(q ledger.ArticleQuery, after ledger.Cursor, limit int) (string, []any) {
	var b binder
	where := []string{"1"}
	add := func(cond string, args ...any) { where = append(where, b.cond(cond, args...)) }
	if after.Number > 0 {
		add("(a.day, a.seq) < (?, ?)", int64(after.Day), after.Number)
	}
	if q.From != 0 {
		add("a.day > 0 AND (a.date_to = 0 OR a.date_to >= ?)", int64(q.From))
	}
	if q.To != 0 {
		add("a.day > 0 AND a.date_from <= ?", int64(q.To))
	}
	if q.Publisher != "" {
		add("a.publisher = ?", q.Publisher)
	}
	if q.Language != "" {
		add("a.language = ?", q.Language)
	}
	order := ` ORDER BY a.day DESC, a.seq DESC LIMIT `
	if !q.Known.IsZero() {
		add("a.known <= ?", q.Known.UnixMicro())
	}
	if !q.KnownAfter.IsZero() {
		add("a.known > ?", q.KnownAfter.UnixMicro())
		order = ` ORDER BY +a.day DESC, a.seq DESC LIMIT ` // along the index of these moments, not along all days
	}
	if !q.Since.IsZero() {
		// Moments grow with seq, so that what is new stands at the end: walk back
		// to it, and (by the +) do not walk all days instead.
		add("a.seq > ifnull((SELECT o.seq FROM article o WHERE o.recorded <= ? ORDER BY o.seq DESC LIMIT 1), 0)", q.Since.UnixMicro())
		order = ` ORDER BY +a.day DESC, a.seq DESC LIMIT `
	}
	return selectArticle + ` FROM article a LEFT JOIN reading g ON g.seq = a.reading WHERE ` + strings.Join(where, " AND ") +
		order + b.arg(limit), b.args
}

// Copies returns an article's near-copies; see ledger.Ledger.
func (l *Ledger) Copies(ctx context.Context, id casus.ArticleID) ([]ledger.Copy, error) {
	rows, err := l.query(ctx, `SELECT c.similarity, `+articleRefColumns+` FROM copy c JOIN article a ON a.seq = c.other
		WHERE c.article = (SELECT seq FROM article WHERE id = ?) ORDER BY c.similarity DESC, a.seq`, string(id))
	if err != nil {
		return nil, explain(err, l.path, "asking the ledger")
	}
	defer rows.Close()
	var out []ledger.Copy
	for rows.Next() {
		var c ledger.Copy
		var ref articleRefRow
		if err := rows.Scan(append([]any{&c.Similarity}, ref.into()...)...); err != nil {
			return nil, explain(err, l.path, "asking the ledger")
		}
		c.Article = ref.ref()
		out = append(out, c)
	}
	return out, explain(rows.Err(), l.path, "asking the ledger")
}

// CopiesOf is Copies of several articles.
func (l *Ledger) CopiesOf(ctx context.Context, ids []casus.ArticleID) (map[casus.ArticleID][]ledger.Copy, error) {
	asked, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := l.query(ctx, `SELECT b.id, c.similarity, `+articleRefColumns+` FROM json_each(?) j CROSS JOIN article b ON b.id = j.value
		CROSS JOIN copy c ON c.article = b.seq CROSS JOIN article a ON a.seq = c.other ORDER BY c.similarity DESC, a.seq`, string(asked))
	if err != nil {
		return nil, explain(err, l.path, "asking the ledger")
	}
	defer rows.Close()
	out := map[casus.ArticleID][]ledger.Copy{}
	for rows.Next() {
		var id casus.ArticleID
		var c ledger.Copy
		var ref articleRefRow
		if err := rows.Scan(append([]any{&id, &c.Similarity}, ref.into()...)...); err != nil {
			return nil, explain(err, l.path, "asking the ledger")
		}
		c.Article = ref.ref()
		out[id] = append(out[id], c)
	}
	return out, explain(rows.Err(), l.path, "asking the ledger")
}

// titleWeight is how much more a word counts in a title than in a text.
const titleWeight = 4.0

// Find searches the articles; see ledger.Ledger. It ranks by bm25.
func (l *Ledger) Find(ctx context.Context, typed string, limit int) ([]ledger.Hit, error) {
	limit, err := ledger.NormalLimit(limit)
	if err != nil {
		return nil, err
	}
	search := fulltext.Parse(typed)
	if len(search.Groups) == 0 {
		return nil, nil
	}
	rows, err := l.read.QueryContext(ctx, `WITH hit AS MATERIALIZED (SELECT rowid AS seq, bm25(words, ?) AS rank FROM words WHERE words MATCH ? ORDER BY rank, seq DESC LIMIT ?)
		SELECT t.text, `+articleRefColumns+` FROM hit CROSS JOIN article a ON a.seq = hit.seq CROSS JOIN text t ON t.article = hit.seq
		ORDER BY hit.rank, hit.seq DESC`, titleWeight, matchExpression(search), limit)
	if err != nil {
		return nil, explain(err, l.path, "searching the ledger")
	}
	defer rows.Close()
	var hits []ledger.Hit
	for rows.Next() {
		var text string
		var ref articleRefRow
		if err := rows.Scan(append([]any{&text}, ref.into()...)...); err != nil {
			return nil, explain(err, l.path, "searching the ledger")
		}
		hit := ledger.Hit{Article: ref.ref()}
		hit.Snippets = search.Snippets(text, hit.Article.Language)
		hits = append(hits, hit)
	}
	return hits, explain(rows.Err(), l.path, "searching the ledger")
}

// matchExpression writes a search in FTS5's language. Terms hold letters and
// digits only, so that nothing in them can be taken for its syntax.
func matchExpression(s fulltext.Search) string {
	var all []string
	for _, group := range s.Groups {
		var forms []string
		for _, terms := range group {
			forms = append(forms, `"`+strings.Join(terms, " ")+`"`)
		}
		all = append(all, "("+strings.Join(forms, " OR ")+")")
	}
	return strings.Join(all, " AND ")
}
