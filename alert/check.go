package alert

import (
	"context"
	"slices"
	"time"

	"casus"
	"casus/ledger"
)

// Outlook is what the rules of a file would have raised in some days. Nothing of
// it is kept or delivered.
type Outlook struct {
	File     string     `json:"file"` // empty where there is no rules file
	AsOf     casus.Date `json:"as_of"`
	Days     int        `json:"days"`     // up to AsOf
	Articles int        `json:"articles"` // that the desk got on these days
	Rules    []Checked  `json:"rules"`    // in the order of the file
	Wrong    []string   `json:"wrong"`    // what is wrong with the file, each with line and column
	// Pending tells that this is what there is so far: ask again for the rest.
	Pending bool `json:"pending"`
}

// Checked is what a rule would have raised.
type Checked struct {
	Rule   string  `json:"rule"`
	Line   int     `json:"line"`
	Raised int     `json:"raised"`
	Alerts []Alert `json:"alerts"` // the first of them, as many as were asked for
}

// Replay raises what the articles that the desk got on the days up to one, and
// the days themselves, would have raised, each once, and tells how many articles
// they are. Of many articles that takes long: soFar, unless nil, is told by and by
// what was raised until then.
func (w *Watcher) Replay(ctx context.Context, days int, today casus.Date, soFar func(raised []Alert, articles int)) (out []Alert, articles int, err error) {
	fresh, err := articlesOf(ctx, w.ledger, ledger.ArticleQuery{KnownAfter: today.AddDays(1 - days).Time().Add(-time.Microsecond), Known: today.AddDays(1).Time().Add(-time.Microsecond)})
	if err != nil {
		return nil, 0, err
	}
	seen := Seen{}
	add := func(raised []Alert) {
		out = append(out, slices.DeleteFunc(raised, func(a Alert) bool { return !seen.New(a) })...)
		if soFar != nil {
			soFar(out, len(fresh))
		}
	}
	add(nil)
	raised, all, err := w.told(ctx, fresh)
	if err != nil {
		return nil, 0, err
	}
	add(raised)
	if raised, err = w.contradictions(ctx, all); err != nil {
		return nil, 0, err
	}
	add(raised)
	for day := today.AddDays(1 - days); day <= today; day = day.AddDays(1) {
		if raised, err = w.Standing(ctx, day); err != nil {
			return nil, 0, err
		}
		add(raised)
	}
	return out, len(fresh), nil
}

// PerRule sorts alerts by their rule, in the order of the file, with at most so
// many of each.
func (w *Watcher) PerRule(alerts []Alert, limit int) []Checked {
	out := []Checked{}
	for _, r := range w.Rules() {
		c := Checked{Rule: r.Name, Line: r.At.Line, Alerts: []Alert{}}
		for _, a := range alerts {
			if a.Rule != r.Name {
				continue
			}
			if c.Raised++; c.Raised <= limit {
				c.Alerts = append(c.Alerts, a)
			}
		}
		out = append(out, c)
	}
	return out
}

// Came lists the articles that came into a ledger after a moment of its clock.
func Came(ctx context.Context, l ledger.Ledger, moment time.Time) ([]ledger.ArticleEntry, error) {
	return articlesOf(ctx, l, ledger.ArticleQuery{Since: moment})
}

// articlesOf lists all articles of a query.
func articlesOf(ctx context.Context, l ledger.Ledger, q ledger.ArticleQuery) (out []ledger.ArticleEntry, err error) {
	q.Limit = ledger.MaxLimit
	for {
		page, err := l.Articles(ctx, q)
		if err != nil {
			return nil, err
		}
		out = append(out, page.Articles...)
		if q.After = page.Next; q.After == "" {
			return out, nil
		}
	}
}
