package ledger

import (
	"cmp"
	"slices"

	"casus"
)

// Numbered is an entry with its place in the order of appending, from 1.
type Numbered struct {
	Number int64
	Entry
}

// Selects tells whether q, as Normal returned it, selects e. It is what a query means; a keeper may
// find the same entries by an index.
func (q Query) Selects(e Entry) bool {
	r := e.Record
	if len(q.Kinds) > 0 && !slices.Contains(q.Kinds, r.Kind()) ||
		q.Type != "" && q.Type != TypeOf(r) ||
		len(q.Statuses) > 0 && !slices.Contains(q.Statuses, r.Status) ||
		q.Article != "" && q.Article != e.Article.ID ||
		len(q.Articles) > 0 && !slices.Contains(q.Articles, e.Article.ID) ||
		q.Place != "" && !slices.Contains(Places(r), q.Place) ||
		q.Word != "" && !slices.Contains(Words(r), q.Word) ||
		q.Doubt != 0 && q.Doubt != Doubt(e) ||
		q.Due != "" && q.Due != DueMonth(r) ||
		!q.during(r.When) {
		return false
	}
	mentions := Mentions(e)
	return names(mentions, q.Actor, q.Roles) && names(mentions, q.With, q.WithRoles) && q.knows(e)
}

func names(mentions []Mention, actor casus.ActorID, roles []Role) bool {
	return actor == "" || slices.ContainsFunc(mentions, func(m Mention) bool {
		return m.Actor == actor && (len(roles) == 0 || slices.ContainsFunc(m.Roles, func(r Role) bool { return slices.Contains(roles, r) }))
	})
}

// during asks a record's valid time.
func (q Query) during(when casus.Period) bool {
	window := casus.Period{From: q.From, To: q.To}
	if q.Starting {
		day := Day(when)
		return day != 0 && window.Holds(day)
	}
	return when.Overlaps(window)
}

// knows asks the two clocks.
func (q Query) knows(e Entry) bool {
	if !q.Known.IsZero() && e.Article.Known.After(q.Known) || !q.KnownAfter.IsZero() && !e.Article.Known.After(q.KnownAfter) {
		return false
	}
	if q.Recorded.IsZero() {
		return e.Superseded.IsZero()
	}
	return !e.Recorded.After(q.Recorded) && (e.Superseded.IsZero() || e.Superseded.After(q.Recorded))
}

// Select answers a query by looking at every entry of a list: what a keeper's
// answer is measured by.
func Select(q Query, all []Numbered) (Page, error) {
	page := Page{Entries: []Entry{}}
	q, err := q.Normal()
	if err != nil {
		return page, err
	}
	after, err := ParseCursor(q.After)
	if err != nil {
		return page, err
	}
	var chosen []Numbered
	for _, n := range all {
		if q.Selects(n.Entry) && (after.Number == 0 || q.compare(n.cursor(), after) > 0) {
			chosen = append(chosen, n)
		}
	}
	slices.SortFunc(chosen, func(a, b Numbered) int { return q.compare(a.cursor(), b.cursor()) })
	if len(chosen) > q.Limit {
		chosen = chosen[:q.Limit]
		page.Next = chosen[q.Limit-1].cursor().String()
	}
	for _, n := range chosen {
		page.Entries = append(page.Entries, n.Entry)
	}
	return page, nil
}

// DaysOf lists the Day of each entry of a page.
func DaysOf(page Page) (days []casus.Date, more bool) {
	for _, e := range page.Entries {
		days = append(days, Day(e.Record.When))
	}
	return days, page.Next != ""
}

func (n Numbered) cursor() Cursor { return Cursor{Day(n.Record.When), n.Number} }

// compare orders two places by q's order, those without a day last.
func (q Query) compare(a, b Cursor) int {
	if (a.Day == 0) != (b.Day == 0) {
		return -cmp.Compare(a.Day, b.Day)
	}
	c := cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Number, b.Number))
	if q.Order == Oldest {
		return c
	}
	return -c
}
