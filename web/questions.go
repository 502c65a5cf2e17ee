package web

import (
	"cmp"
	"context"

	"github.com/danielgtaylor/huma/v2"

	"casus"
	"casus/ledger"
	"casus/picture"
)

// Days are the parameters of questions about a stretch of time.
type Days struct {
	From string `query:"from" maxLength:"10" example:"2021-07-01" doc:"On or after this day."`
	To   string `query:"to" maxLength:"10" example:"2021-07-31" doc:"On or before this day."`
}

func (d Days) days() (from, to casus.Date, err error) {
	if from, err = parseDay("from", d.From); err != nil {
		return from, to, err
	}
	to, err = parseDay("to", d.To)
	return from, to, err
}

// Paging are the parameters of answers that may be long.
type Paging struct {
	Form
	Order string `query:"order" enum:"newest,oldest" doc:"By valid time; newest first unless said."`
	Limit int    `query:"limit" minimum:"0" maximum:"10000" doc:"At most this many; 200 unless said, and all in other forms than JSON."`
	After string `query:"after" maxLength:"64" doc:"The next of the page before."`
}

func (p Paging) narrow(q picture.Question) picture.Question {
	q.Order, q.Limit, q.After = ledger.Order(p.Order), p.Limit, p.After
	if p.whole() {
		q.Limit = filePart
	}
	return q
}

func (p Paging) whole() bool { return p.Limit == 0 && p.form() > 0 } // for a file, not for a screen

func (p *Paging) goOn(after string) { p.After = after }

// Pair are the parameters that name whom a question is about.
type Pair struct {
	Actor string `query:"actor" maxLength:"200" example:"Taliban" doc:"Names this actor, a part of it or who acts for it: a name or an id."`
	With  string `query:"with" maxLength:"200" doc:"And this one too."`
}

// TimelineQuestion are the parameters of a timeline; its parts are exported so
// that huma sees them.
type TimelineQuestion struct {
	Clocks
	Pair
	Days
	Paging
	Kind   []string `query:"kind" enum:"event,claim,figure,relation,commitment,flow" maxItems:"6" doc:"Of these kinds, with commas between them."`
	Type   string   `query:"type" maxLength:"64" example:"ASSAULT" doc:"An event's or relation's type, a claim's act, a commitment's state, a flow's cause, a figure's unit."`
	Status []string `query:"status" enum:"happened,ongoing,planned,possible,conditional,denied" maxItems:"6" doc:"Presented so by the text."`
	Place  string   `query:"place" maxLength:"200" doc:"In this place or a part of it: a name or an id."`
}

// siftedQuestion is what the timeline itself takes besides.
type siftedQuestion struct {
	TimelineQuestion
	Publisher string `query:"publisher" maxLength:"200" doc:"Only from articles of this publisher. A page may then have few, or none, and others after it."`
	Language  string `query:"language" maxLength:"35" example:"nl" doc:"Only from articles in this language."`
	Origins   int    `query:"origins" minimum:"0" maximum:"100" doc:"Only what at least this many origins tell of."`
}

func (a *api) timelineQuestion(ctx context.Context, in *TimelineQuestion) (picture.Question, error) {
	from, to, err := in.days()
	q := in.narrow(picture.Question{Actor: in.Actor, With: in.With, From: from, To: to, Type: in.Type, Place: in.Place})
	for _, k := range in.Kind {
		q.Kinds = append(q.Kinds, casus.Kind(k))
	}
	for _, s := range in.Status {
		q.Statuses = append(q.Statuses, casus.Status(s))
	}
	if err != nil {
		return q, err
	}
	return in.within(ctx, a.picture, q)
}

type saidQuestion struct {
	Clocks
	Days
	Paging
	Actor string `query:"actor" required:"true" maxLength:"200" doc:"Who spoke: a name or an id."`
	Act   string `query:"act" maxLength:"64" doc:"Only this act, as say, deny or promise."`
}

type commitmentsQuestion struct {
	Clocks
	Pair
	Days
	Paging
	State string `query:"state" maxLength:"64" doc:"Only in this state, as in-force, kept or broken."`
}

type flowsQuestion struct {
	Clocks
	Paging
	From  string `query:"from" maxLength:"200" doc:"From this place or country."`
	To    string `query:"to" maxLength:"200" doc:"To this place or country."`
	Cause string `query:"cause" maxLength:"64" doc:"Only for this cause, as conflict or return."`
}

type figuresQuestion struct {
	Clocks
	Days
	Paging
	Of string `query:"of" maxLength:"100" doc:"Numbers of this: a word of what is counted, or a unit."`
}

// RecordPath names a record; it is exported so that huma sees it.
type RecordPath struct {
	ID string `path:"id" maxLength:"64" doc:"The record's id."`
}

// records registers the questions that are answered with records.
func (a *api) records(to huma.API) {
	getRecords(a, to, "/api/timeline", "What happened, was said, promised and counted, by date", func(ctx context.Context, in *siftedQuestion) (picture.Answer, error) {
		q, err := a.timelineQuestion(ctx, &in.TimelineQuestion)
		if err != nil {
			return picture.Answer{}, err
		}
		return a.picture.Sifted(ctx, q, picture.Sift{Publisher: in.Publisher, Language: in.Language, Origins: in.Origins})
	})
	get(a, to, "/api/months", "How many records a timeline has in each month", a.months)
	getRecords(a, to, "/api/said", "What an actor said", func(ctx context.Context, in *saidQuestion) (picture.Answer, error) {
		from, to, err := in.days()
		if err != nil {
			return picture.Answer{}, err
		}
		q, err := in.within(ctx, a.picture, in.narrow(picture.Question{Actor: in.Actor, Type: in.Act, From: from, To: to}))
		if err != nil {
			return picture.Answer{}, err
		}
		return a.picture.Said(ctx, q)
	})
	getRecords(a, to, "/api/commitments", "Who is bound to do what, towards whom, by when", func(ctx context.Context, in *commitmentsQuestion) (picture.Answer, error) {
		from, to, err := in.days()
		if err != nil {
			return picture.Answer{}, err
		}
		q, err := in.within(ctx, a.picture, in.narrow(picture.Question{Actor: in.Actor, With: in.With, Type: in.State, From: from, To: to}))
		if err != nil {
			return picture.Answer{}, err
		}
		return a.picture.Commitments(ctx, q)
	})
	getRecords(a, to, "/api/flows", "Who moves from where to where, how many, why", func(ctx context.Context, in *flowsQuestion) (picture.Answer, error) {
		q, err := in.within(ctx, a.picture, in.narrow(picture.Question{Actor: in.From, With: in.To, Type: in.Cause}))
		if err != nil {
			return picture.Answer{}, err
		}
		return a.picture.Flows(ctx, q)
	})
	getRecords(a, to, "/api/figures", "Numbers with their bounds, sources and dates", func(ctx context.Context, in *figuresQuestion) (picture.Answer, error) {
		from, to, err := in.days()
		if err != nil {
			return picture.Answer{}, err
		}
		q, err := in.within(ctx, a.picture, in.narrow(picture.Question{From: from, To: to}))
		if err != nil {
			return picture.Answer{}, err
		}
		return a.picture.Figures(ctx, in.Of, q)
	})
	get(a, to, "/api/records/{id}", "One record, and the rule that made it", a.record)
}

func (a *api) record(ctx context.Context, in *historyQuestion) (picture.Why, error) {
	q, err := in.within(ctx, a.picture, picture.Question{})
	if err != nil {
		return picture.Why{}, err
	}
	var line func(language, name string) (string, error)
	if a.rules != nil {
		line = a.rules.Rule
	}
	return a.picture.Why(ctx, casus.RecordID(in.ID), q, line)
}

type articlesQuestion struct {
	Clocks
	Days
	Publisher string `query:"publisher" maxLength:"200" doc:"Only of this publisher."`
	Language  string `query:"language" maxLength:"35" example:"nl" doc:"Only in this language."`
	Limit     int    `query:"limit" minimum:"0" maximum:"10000" doc:"At most this many; 200 unless said."`
	After     string `query:"after" maxLength:"64" doc:"The next of the page before."`
}

type articlePath struct {
	Clocks
	ID string `path:"id" maxLength:"1000" doc:"The article's id or hash."`
}

type findQuestion struct {
	Clocks
	Words string `query:"words" required:"true" maxLength:"400" doc:"Words in any of their forms; put a phrase between quotation marks."`
	Limit int    `query:"limit" minimum:"0" maximum:"1000" doc:"At most this many; 20 unless said."`
}

// foundArticles is how many hits a search gives unless said.
const foundArticles = 20

// articles registers the questions that are answered with articles.
func (a *api) articles(to huma.API) {
	get(a, to, "/api/articles", "The articles, latest publication first, without their texts", func(ctx context.Context, in *articlesQuestion) (ledger.ArticlePage, error) {
		from, to, err := in.days()
		if err != nil {
			return ledger.ArticlePage{}, err
		}
		q, err := in.within(ctx, a.picture, picture.Question{})
		if err != nil {
			return ledger.ArticlePage{}, err
		}
		return a.picture.Articles(ctx, ledger.ArticleQuery{From: from, To: to, Publisher: in.Publisher, Language: in.Language, Limit: in.Limit, After: in.After}, q)
	})
	get(a, to, "/api/articles/{id}", "One article with its text and its records", func(ctx context.Context, in *articlePath) (picture.ArticleAnswer, error) {
		q, err := in.within(ctx, a.picture, picture.Question{})
		if err != nil {
			return picture.ArticleAnswer{}, err
		}
		return a.picture.Article(ctx, in.ID, q)
	})
	get(a, to, "/api/find", "Articles with these words", func(ctx context.Context, in *findQuestion) ([]ledger.Hit, error) {
		q, err := in.within(ctx, a.picture, picture.Question{})
		if err != nil {
			return nil, err
		}
		hits, err := a.picture.Find(ctx, in.Words, cmp.Or(in.Limit, foundArticles), q)
		if hits == nil {
			hits = []ledger.Hit{} // an empty list, not null
		}
		return hits, err
	})
	get(a, to, "/api/totals", "How much is in the ledger", func(ctx context.Context, _ *struct{}) (ledger.Totals, error) {
		return a.picture.Totals(ctx)
	})
}
