package picture

import (
	"context"
	"time"

	"casus"
	"casus/ledger"
)

// never is a moment before any at which a desk knew something.
var never = time.Unix(0, 0).UTC() //nolint:gochecknoglobals // a constant

// AsOf narrows a question to what began by a day. Where all dated articles are
// of later days, nothing is known as of that day: the question is then one
// that has no answers, and early tells so. What no article dates, and what holds
// without a beginning, would else be told of any day there ever was.
func (p *Picture) AsOf(ctx context.Context, q Question, day casus.Date) (narrowed Question, early bool, err error) {
	if day == 0 {
		return q, false, nil
	}
	if q.To == 0 || day < q.To {
		q.To = day
	}
	if early, err = p.BeforeFirst(ctx, day); early {
		q.Known = never
	}
	return q, early, err
}

// BeforeFirst tells whether a day is before that of the first dated article, by
// ledger.Day.
func (p *Picture) BeforeFirst(ctx context.Context, day casus.Date) (bool, error) {
	totals, err := p.ledger.Totals(ctx)
	return totals.First > day, err // where no article is dated it is 0
}

// knows tells whether the question's clocks show an article: it was published by
// its last day, the desk had it by Known, and the ledger by Recorded.
func (q Question) knows(date casus.Period, known, recorded time.Time) bool {
	return (q.To == 0 || date.From <= q.To) && (q.Known.IsZero() || !known.After(q.Known)) && (q.Recorded.IsZero() || !recorded.After(q.Recorded))
}

// History lists the versions in which a record ever stood, oldest first, as the
// question's clocks show it.
func (p *Picture) History(ctx context.Context, id casus.RecordID, q Question) ([]ledger.Entry, error) {
	versions, err := p.ledger.History(ctx, id)
	if err != nil {
		return nil, err
	}
	out := []ledger.Entry{}
	for _, v := range versions {
		if !q.knows(casus.Period{}, v.Article.Known, v.Recorded) || q.To != 0 && v.Record.When.From > q.To {
			continue
		}
		if !q.Recorded.IsZero() && v.Superseded.After(q.Recorded) {
			v.Superseded = time.Time{}
		}
		out = append(out, v)
	}
	return out, nil
}

// ActorsOn is Actors with the numbers of records that the question's clocks
// show: it counts anew, and leaves out who is not named by then.
func (p *Picture) ActorsOn(ctx context.Context, q ledger.ActorQuery, clock Question) ([]ledger.ActorEntry, error) {
	q.To, q.Known, q.Recorded = clock.To, clock.Known, clock.Recorded
	return p.Actors(ctx, q)
}

// notYet says that the clocks of a question do not show an article.
func notYet(id casus.ArticleID) error {
	return &casus.Error{Code: casus.NotFound, Input: string(id), Problem: "the article is there, but not as of the days asked about",
		Advice: "Name later days with --as-of, --known or --recorded, or none."}
}
