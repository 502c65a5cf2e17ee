package sqlite

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casus"
	"casus/ledger"
)

// A query must walk the index in order and stop when its page is full: no scan
// of a whole table, and nothing sorted but the page itself, at the end.
func TestQueriesWalkTheIndex(t *testing.T) {
	ctx := context.Background()
	l, err := Open(ctx, filepath.Join(t.TempDir(), "casus.db"), Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	text := "De Russische troepen trokken weg."
	_, err = l.Append(ctx, ledger.Reading{Reader: "1", Article: casus.Article{ID: "a", Hash: "h", Language: "nl", Text: text}, Records: []casus.Record{
		{Quote: text, Span: casus.Span{End: len(text)}, Status: casus.Happened, When: casus.Day(1000), Where: []string{"tjk"},
			Body: &casus.Event{Type: casus.Retreat, Source: []casus.ActorID{"rus/mil"}, Target: []casus.ActorID{"tjk"}}}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []ledger.Query{
		{},
		{Order: ledger.Oldest},
		{Actor: "rus"},
		{Actor: "rus", With: "tjk"},
		{Actor: "rus/mil", Roles: []ledger.Role{ledger.Source}, With: "tjk"},
		{Type: "RETREAT", From: 990, To: 1010},
		{Actor: "rus", Place: "tjk", Kinds: []casus.Kind{casus.KindEvent}, After: "1000.5"},
		{Actor: "rus", Statuses: []casus.Status{casus.Happened}},
		{Known: time.Now(), Recorded: time.Now()},
		{Doubt: 40},
		{Doubt: 40, Actor: "rus", Kinds: []casus.Kind{casus.KindEvent}},
	} {
		q, err := q.Normal()
		if err != nil {
			t.Fatal(err)
		}
		p, ok, err := l.plan(ctx, q)
		if err != nil || !ok {
			t.Fatalf("%+v: no plan, %v", q, err)
		}
		after, err := ledger.ParseCursor(q.After)
		if err != nil {
			t.Fatal(err)
		}
		var b binder
		sql := p.hits(&b, true, after, q.Limit)
		steps := explainPlan(t, l, sql, b.args)
		if strings.Count(steps, "TEMP B-TREE") > 1 || strings.Contains(steps, "SCAN p") || strings.Contains(steps, "SCAN r") || !strings.Contains(steps, "SEARCH p USING PRIMARY KEY (term=? AND shelf=?") {
			t.Errorf("%+v does not walk the index:\n%s", q, steps)
		}
	}
}

// What came in since a moment is found from the end of the table, however many
// articles there are.
func TestArticlesSinceAMomentWalkFromTheEnd(t *testing.T) {
	l, err := Open(context.Background(), filepath.Join(t.TempDir(), "casus.db"), Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	sql, args := articlesSQL(ledger.ArticleQuery{Since: time.Now()}, ledger.Cursor{}, 10)
	if steps := explainPlan(t, l, sql, args); !strings.Contains(steps, "SEARCH a USING INTEGER PRIMARY KEY (rowid>?)") {
		t.Errorf("articles since a moment do not walk from the end:\n%s", steps)
	}
}

func explainPlan(t *testing.T, l *Ledger, sql string, args []any) string {
	t.Helper()
	rows, err := l.read.QueryContext(context.Background(), "EXPLAIN QUERY PLAN "+sql, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(steps, "\n")
}
