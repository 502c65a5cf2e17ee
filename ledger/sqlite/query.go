package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"casus"
	"casus/ledger"
)

// Records answers a query; see ledger.Ledger.
func (l *Ledger) Records(ctx context.Context, q ledger.Query) (ledger.Page, error) {
	page, err := l.records(ctx, q)
	return page, explain(err, l.path, "asking the ledger")
}

func (l *Ledger) records(ctx context.Context, q ledger.Query) (ledger.Page, error) {
	page := ledger.Page{Entries: []ledger.Entry{}}
	if q.Article != "" || len(q.Articles) > 0 {
		return l.recordsOfArticles(ctx, q)
	}
	q, err := q.Normal()
	if err != nil {
		return page, err
	}
	after, err := ledger.ParseCursor(q.After)
	if err != nil {
		return page, err
	}
	if few, err := l.newArticles(ctx, q); err != nil || few {
		if err != nil {
			return page, err
		}
		return l.recordsOfNew(ctx, q)
	}
	p, ok, err := l.plan(ctx, q)
	if err != nil || !ok {
		return page, err
	}
	hits, err := l.hits(ctx, p, after)
	if err != nil {
		return page, err
	}
	more := len(hits) > q.Limit // the one past the limit only tells that there is a next page
	numbers := make([]int64, min(len(hits), q.Limit))
	for i := range numbers {
		numbers[i] = hits[i].record
	}
	if page.Entries, err = l.byNumber(ctx, numbers, q.Recorded.IsZero()); err != nil {
		return page, err
	}
	if more {
		last := hits[len(numbers)-1]
		page.Next = ledger.Cursor{Day: casus.Date(last.day), Number: last.record}.String() //nolint:gosec // the index has days
	}
	return page, nil
}

// hit is a record that a query finds, and the day under which the index has it; 0 is none.
type hit struct{ day, record int64 }

// hits lists what a plan finds behind a place, one more than its page: records
// with a day first, then those without.
func (l *Ledger) hits(ctx context.Context, p plan, after ledger.Cursor) ([]hit, error) {
	var out []hit
	for _, dated := range []bool{true, false} {
		if dated && after.Number > 0 && after.Day == 0 || !dated && p.q.Starting || len(out) > p.q.Limit {
			continue
		}
		var b binder
		text := p.hits(&b, dated, after, p.q.Limit+1)
		if text == "" {
			continue
		}
		var err error
		if out, err = l.addHits(ctx, out, text, b.args); err != nil {
			return nil, err
		}
		after = ledger.Cursor{}
	}
	return out, nil
}

func (l *Ledger) addHits(ctx context.Context, out []hit, text string, args []any) ([]hit, error) {
	rows, err := l.query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var h hit
		if err := rows.Scan(&h.day, &h.record); err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, rows.Err()
}

// Days lists the days of a query's page from the index alone; see ledger.Ledger.
func (l *Ledger) Days(ctx context.Context, q ledger.Query) ([]casus.Date, bool, error) {
	days, more, err := l.days(ctx, q)
	return days, more, explain(err, l.path, "asking the ledger")
}

func (l *Ledger) days(ctx context.Context, q ledger.Query) (days []casus.Date, more bool, err error) {
	if q.Article != "" || len(q.Articles) > 0 || !q.KnownAfter.IsZero() || q.After != "" {
		page, err := l.records(ctx, q)
		days, more = ledger.DaysOf(page)
		return days, more, err
	}
	if q, err = q.Normal(); err != nil {
		return nil, false, err
	}
	p, ok, err := l.plan(ctx, q)
	if err != nil || !ok {
		return nil, false, err
	}
	hits, err := l.hits(ctx, p, ledger.Cursor{})
	if err != nil {
		return nil, false, err
	}
	for _, h := range hits[:min(len(hits), q.Limit)] {
		days = append(days, casus.Date(h.day)) //nolint:gosec // the index has days
	}
	return days, len(hits) > q.Limit, nil
}

// Record returns one record; see ledger.Ledger.
func (l *Ledger) Record(ctx context.Context, id casus.RecordID) (ledger.Entry, error) {
	number, err := ledger.RecordNumber(id)
	if err != nil {
		return ledger.Entry{}, err
	}
	e, _, err := scanEntry(l.read.QueryRowContext(ctx, selectEntry+` WHERE r.id = ? ORDER BY `+supersededAt+` IS NOT NULL, r.seq DESC LIMIT 1`, number))
	if errors.Is(err, sql.ErrNoRows) {
		return e, &casus.Error{Code: casus.NotFound, Input: string(id), Problem: "there is no such record in the ledger",
			Advice: "casus timeline --json names the records' ids."}
	}
	return e, explain(err, l.path, "asking the ledger")
}

// recordsOfArticles looks at all the records of an article or some: those of one are few.
func (l *Ledger) recordsOfArticles(ctx context.Context, q ledger.Query) (ledger.Page, error) {
	ids := q.Articles
	if q.Article != "" && (len(ids) == 0 || slices.Contains(ids, q.Article)) {
		ids = []casus.ArticleID{q.Article}
	}
	asked, err := json.Marshal(ids)
	if err != nil {
		return ledger.Page{}, err
	}
	q.Articles = nil // the statement selects them; Select looks for each record in a list
	return l.selected(ctx, q, `SELECT r.seq FROM json_each(?1) j CROSS JOIN article a ON a.id = j.value CROSS JOIN reading g ON g.article = a.seq
		CROSS JOIN record r ON r.seq >= g.first AND r.seq < g.first + g.count UNION ALL
		SELECT r.seq FROM json_each(?1) j CROSS JOIN article a ON a.id = j.value CROSS JOIN reading g ON g.article = a.seq
		CROSS JOIN record r ON r.reading = g.seq AND r.correction IS NOT NULL`, string(asked))
}

// fewArticles is how many articles that became known make it worth to look at
// all their records rather than to walk the index.
const fewArticles = 2000

// newArticles tells whether few articles became known between q's moments.
func (l *Ledger) newArticles(ctx context.Context, q ledger.Query) (bool, error) {
	if q.KnownAfter.IsZero() {
		return false, nil
	}
	var n int
	err := l.row(ctx, []any{&n}, `SELECT count(*) FROM (SELECT 1 FROM article WHERE known > ? AND known <= ? LIMIT `+strconv.Itoa(fewArticles)+`)`, q.KnownAfter.UnixMicro(), until(q.Known))
	return n < fewArticles, err
}

// until is the last moment to look at; zero is the end of time.
func until(known time.Time) int64 {
	if known.IsZero() {
		return math.MaxInt64
	}
	return known.UnixMicro()
}

// recordsOfNew looks at all the records of the articles that became known
// between q's moments.
func (l *Ledger) recordsOfNew(ctx context.Context, q ledger.Query) (ledger.Page, error) {
	return l.selected(ctx, q, `SELECT r.seq FROM article a CROSS JOIN reading g ON g.article = a.seq CROSS JOIN record r ON r.seq >= g.first AND r.seq < g.first + g.count
		WHERE a.known > ?1 AND a.known <= ?2 UNION ALL
		SELECT r.seq FROM article a CROSS JOIN reading g ON g.article = a.seq CROSS JOIN record r ON r.reading = g.seq AND r.correction IS NOT NULL
		WHERE a.known > ?1 AND a.known <= ?2`, q.KnownAfter.UnixMicro(), until(q.Known))
}

// selected answers a query from the records whose numbers a statement gives,
// those of q's kinds.
func (l *Ledger) selected(ctx context.Context, q ledger.Query, numbers string, args ...any) (ledger.Page, error) {
	kinds := ""
	for _, k := range q.Kinds {
		if i := kindIndex(k); i >= 0 { // else Select refuses it
			kinds += fmt.Sprintf(", %d", i)
		}
	}
	if kinds != "" {
		kinds = ` AND r.kind IN (` + kinds[2:] + `)`
	}
	var all []ledger.Numbered
	var err error
	if q.Recorded.IsZero() {
		all, err = l.standing(ctx, `r.seq IN (`+numbers+`)`+kinds, args...)
	} else {
		all, err = l.entries(ctx, selectBare+` WHERE r.seq IN (`+numbers+`)`+kinds, args...)
	}
	if err != nil {
		return ledger.Page{}, err
	}
	return ledger.Select(q, all)
}

// standing reads the records that stand of those for which a condition holds.
func (l *Ledger) standing(ctx context.Context, condition string, args ...any) ([]ledger.Numbered, error) {
	rows, err := l.query(ctx, `SELECT r.seq FROM record r CROSS JOIN reading g ON g.seq = r.reading WHERE `+condition+` AND `+supersededAt+` IS NULL`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var numbers []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		numbers = append(numbers, n)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	entries, err := l.byNumber(ctx, numbers, true)
	if err != nil || len(entries) != len(numbers) {
		return nil, cmp.Or(err, errGone)
	}
	out := make([]ledger.Numbered, len(entries))
	for i, e := range entries {
		out[i] = ledger.Numbered{Number: numbers[i], Entry: e}
	}
	return out, nil
}

// errGone cannot be: no row of a ledger is ever deleted.
var errGone = errors.New("a record is gone from the ledger")

// entries reads what a statement on selectBare selects.
func (l *Ledger) entries(ctx context.Context, text string, args ...any) ([]ledger.Numbered, error) {
	rows, err := l.query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	list, err := scanBare(rows)
	if err != nil {
		return nil, err
	}
	if err := l.fill(ctx, list); err != nil {
		return nil, err
	}
	out := make([]ledger.Numbered, len(list))
	for i, b := range list {
		out[i] = b.Numbered
	}
	return out, nil
}

// row reads one row by a statement that stays prepared.
func (l *Ledger) row(ctx context.Context, into []any, text string, args ...any) error {
	rows, err := l.query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
	}
	return rows.Err()
}

// plan is how a query walks the index: along the postings of the rarest of its
// terms, asking of each whether the record stands under the others too.
type plan struct {
	q        ledger.Query
	driver   want
	checks   []want
	typeTerm int64 // 0 is any type
	upTo     int64 // the last record that was recorded by q.Recorded
}

// want is a term under which the records must stand.
type want struct {
	found
	id      int64
	records int64 // how many stand under it
	implied bool  // others say it too: it may drive, but need not be checked
}

func wants(q ledger.Query) []want {
	out := []want{{found: found{termKey{sortAll, ""}, 0}, implied: true}}
	add := func(implied bool, key termKey, roles ...ledger.Role) {
		out = append(out, want{found: found{key, roleBits(roles)}, implied: implied})
	}
	if q.Type != "" {
		add(true, termKey{sortType, q.Type}) // every posting has the type
	}
	paired := q.With != "" && head(q.Actor) != head(q.With)
	// Of two heads in any role, the pair says it all.
	heads := paired && string(q.Actor) == head(q.Actor) && string(q.With) == head(q.With) && len(q.Roles)+len(q.WithRoles) == 0
	if paired {
		add(!heads, pairTerm(q.Actor, q.With))
	}
	actor := func(id casus.ActorID, roles []ledger.Role) {
		switch {
		case id == "" || heads:
		case len(roles) == 1 && ownTerm(roles[0]):
			add(false, roleTerm(id, roles[0]))
		default:
			add(false, termKey{sortActor, string(id)}, roles...)
		}
	}
	actor(q.Actor, q.Roles)
	actor(q.With, q.WithRoles)
	if q.Place != "" {
		add(false, termKey{sortPlace, q.Place})
	}
	if q.Word != "" {
		add(false, termKey{sortWord, q.Word})
	}
	if q.Doubt != 0 {
		add(false, doubtTerm(q.Doubt))
	}
	if q.Due != "" {
		add(false, termKey{sortDue, q.Due})
	}
	if len(q.Statuses) == 1 && ownStatus(q.Statuses[0]) {
		add(true, statusTerm(q.Statuses[0])) // every posting has the status
	}
	return out
}

// plan looks up the terms of a query. It is not ok where a term is not in the
// ledger, so that nothing can match.
func (l *Ledger) plan(ctx context.Context, q ledger.Query) (p plan, ok bool, err error) {
	p = plan{q: q}
	all := wants(q)
	for i := range all {
		w := &all[i]
		if w.id, w.records, err = l.lookTerm(ctx, w.termKey); err != nil || w.id == 0 {
			return p, false, err
		}
		if w.sort == sortType {
			p.typeTerm = w.id
		}
	}
	if !q.Recorded.IsZero() {
		if p.upTo, err = l.recordedBy(ctx, q.Recorded); err != nil {
			return p, false, err
		}
	}
	driver := cheapest(all)
	p.driver = all[driver]
	for i, w := range all {
		if i != driver && !w.implied {
			p.checks = append(p.checks, w)
		}
	}
	return p, true, nil
}

// checkCost is what it costs to look for a record under another term, in steps
// along a shelf.
const checkCost = 10

// cheapest picks the term to walk along. The counts leave out superseded
// records, which a query for the past walks too; they only guide.
func cheapest(all []want) int {
	checks := 0
	for _, w := range all {
		if !w.implied {
			checks++
		}
	}
	best, least := 0, int64(-1)
	for i, w := range all {
		others := checks
		if !w.implied {
			others--
		}
		if cost := w.records * int64(1+checkCost*others); least < 0 || cost <= least {
			best, least = i, cost
		}
	}
	return best
}

func (l *Ledger) lookTerm(ctx context.Context, key termKey) (id, records int64, err error) {
	err = l.row(ctx, []any{&id, &records}, `SELECT id, records FROM term WHERE sort = ? AND text = ?`, int(key.sort), key.text)
	return id, records, err
}

// hits writes the statement for the days and numbers of records: one walk along
// each shelf, merged. SQLite takes from each walk as it needs. The limit is no
// argument: SQLite would plan anew for each value of one. It is empty for a
// type that none of the kinds has.
func (p plan) hits(b *binder, dated bool, after ledger.Cursor, limit int) string {
	direction, beyond := "DESC", "<"
	if p.q.Order == ledger.Oldest {
		direction, beyond = "ASC", ">"
	}
	var walks []string
	for _, s := range p.shelves(dated) {
		walks = append(walks, p.walk(b, s, after, beyond))
	}
	if len(walks) == 0 {
		return ""
	}
	return fmt.Sprintf(`SELECT day, record FROM (%s) ORDER BY day %[2]s, record %[2]s LIMIT %[3]d`, strings.Join(walks, " UNION ALL "), direction, limit)
}

// place is a shelf that a query visits.
type place struct {
	shelf  int
	extent extent
}

// shelves lists the shelves that can hold answers with a day, or without.
func (p plan) shelves(dated bool) []place {
	var out []place
	for _, kind := range casus.Kinds() {
		if len(p.q.Kinds) > 0 && !slices.Contains(p.q.Kinds, kind) || p.q.Type != "" && !slices.Contains(kindsWithType(p.q.Type), kind) {
			continue
		}
		for _, lot := range lotsOf(kind, p.q.Type) {
			for e := range extents {
				if dated == (e == undated) {
					continue
				}
				out = append(out, place{shelf(lot, e, false), e})
				if !p.q.Recorded.IsZero() {
					out = append(out, place{shelf(lot, e, true), e})
				}
			}
		}
	}
	return out
}

// kindsWithType lists the kinds of which a record may have a type. Units of
// figures are open: any type may be one.
func kindsWithType(t string) []casus.Kind {
	kinds := []casus.Kind{casus.KindFigure}
	if slices.Contains(casus.EventTypes(), casus.EventType(t)) {
		kinds = append(kinds, casus.KindEvent)
	}
	if slices.Contains(casus.Acts(), casus.Act(t)) {
		kinds = append(kinds, casus.KindClaim)
	}
	if slices.Contains(casus.RelationTypes(), casus.RelationType(t)) {
		kinds = append(kinds, casus.KindRelation)
	}
	if slices.Contains(casus.States(), casus.State(t)) {
		kinds = append(kinds, casus.KindCommitment)
	}
	if slices.Contains(casus.Causes(), casus.Cause(t)) {
		kinds = append(kinds, casus.KindFlow)
	}
	return kinds
}

// walk is the walk along one shelf.
func (p plan) walk(b *binder, s place, after ledger.Cursor, beyond string) string {
	where := []string{"p.term = " + b.arg(p.driver.id), "p.shelf = " + b.arg(s.shelf)}
	add := func(cond string, args ...any) { where = append(where, b.cond(cond, args...)) }
	if after.Number > 0 {
		add("(p.day, p.record) "+beyond+" (?, ?)", int64(after.Day), after.Number)
	}
	from, to := int64(p.q.From), int64(p.q.To)
	switch {
	case p.q.Starting && from != 0:
		add("p.day >= ?", from)
	case s.extent == short && from != 0:
		add("p.day >= ? AND p.last >= ?", from-shortDays, from)
	case s.extent == long && from != 0:
		add("(p.last = 0 OR p.last >= ?)", from)
	case s.extent == openStart && from != 0:
		add("p.day >= ?", from)
	}
	if to != 0 && (p.q.Starting || s.extent == short || s.extent == long) {
		add("p.day <= ?", to)
	}
	if p.driver.roles != 0 {
		add("p.roles & ?", p.driver.roles)
	}
	if p.typeTerm != 0 && p.typeTerm != p.driver.id {
		add("p.type = ?", p.typeTerm)
	}
	if len(p.q.Statuses) > 0 {
		var list []string
		for _, status := range p.q.Statuses {
			list = append(list, b.arg(statusIndex(status)))
		}
		where = append(where, "p.status IN ("+strings.Join(list, ", ")+")")
	}
	for _, c := range p.checks {
		roles := ""
		if c.roles != 0 {
			roles = " AND o.roles & " + b.arg(c.roles)
		}
		where = append(where, "EXISTS (SELECT 1 FROM posting o WHERE o.term = "+b.arg(c.id)+
			" AND o.shelf = p.shelf AND o.day = p.day AND o.record = p.record"+roles+")")
	}
	if !p.q.Recorded.IsZero() { // records have their numbers in the order in which they are recorded
		add("p.record <= ?", p.upTo)
	}
	if cond := p.onClocks(b, s.shelf%2 == 0); cond != "" {
		where = append(where, cond)
	}
	return "SELECT p.day, p.record FROM posting p WHERE " + strings.Join(where, " AND ")
}

// onClocks asks the record's stretch and reading about the two clocks. Of what
// stands it needs to know by its number only that it was recorded in time.
func (p plan) onClocks(b *binder, stands bool) string {
	const known = `(SELECT s.known FROM stretch s WHERE s.first <= p.record ORDER BY s.first DESC LIMIT 1)`
	var where []string
	if !p.q.Known.IsZero() {
		where = append(where, known+" <= "+b.arg(p.q.Known.UnixMicro()))
	}
	if !p.q.KnownAfter.IsZero() {
		where = append(where, known+" > "+b.arg(p.q.KnownAfter.UnixMicro()))
	}
	if !p.q.Recorded.IsZero() && !stands {
		at := b.arg(p.q.Recorded.UnixMicro())
		where = append(where, `EXISTS (SELECT 1 FROM record r CROSS JOIN reading g ON g.seq = r.reading
			WHERE r.seq = p.record AND `+recordedAt+" <= "+at+" AND ifnull("+supersededAt+", "+at+" + 1) > "+at+")")
	}
	return strings.Join(where, " AND ")
}

// recordedBy is the number of the last record that was recorded by a moment: they
// are numbered in that order.
func (l *Ledger) recordedBy(ctx context.Context, at time.Time) (int64, error) {
	var first, after int64 = 0, 1
	moment := at.UnixMicro()
	l.kept.Lock()
	kept, met := l.kept.recorded[moment]
	l.kept.Unlock()
	if met {
		return kept, nil
	}
	if err := l.row(ctx, []any{&after}, `SELECT ifnull(max(seq), 0) + 1 FROM record`); err != nil {
		return 0, err
	}
	last := after - 1
	for first+1 < after { // first is recorded by then, after is not
		half, recorded := first+(after-first)/2, int64(math.MaxInt64)
		if err := l.row(ctx, []any{&recorded}, `SELECT `+recordedAt+` FROM record r CROSS JOIN reading g ON g.seq = r.reading WHERE r.seq = ?`, half); err != nil {
			return 0, err
		}
		if recorded <= moment {
			first = half
		} else {
			after = half
		}
	}
	if first < last { // else more may come that are recorded by then
		l.kept.Lock()
		l.kept.recorded = joined(l.kept.recorded, map[int64]int64{moment: first}, maxMoments)
		l.kept.Unlock()
	}
	return first, nil
}

// binder gathers the arguments of a statement. Equal ones share a number.
type binder struct{ args []any }

func (b *binder) arg(v any) string {
	i := slices.Index(b.args, v)
	if i < 0 {
		i, b.args = len(b.args), append(b.args, v)
	}
	return fmt.Sprintf("?%d", i+1)
}

// list binds the members of a list; an empty one matches nothing.
func (b *binder) list(members []string) string {
	if len(members) == 0 {
		return "NULL"
	}
	var out []string
	for _, m := range members {
		out = append(out, b.arg(m))
	}
	return strings.Join(out, ", ")
}

// cond numbers the question marks of a condition, in order.
func (b *binder) cond(cond string, args ...any) string {
	for _, a := range args {
		cond = strings.Replace(cond, "?", "\x00"+b.arg(a)[1:], 1)
	}
	return strings.ReplaceAll(cond, "\x00", "?")
}
