package web

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"casus"
	"casus/ledger"
	"casus/picture"
)

// CorrectionBody is what an analyst says, as the API takes it: the members of
// a correction that its action needs. What the ledger gives (number, moment) it
// does not take.
type CorrectionBody struct {
	Action  ledger.Action    `json:"action" enum:"accept,reject,amend,add-actor,alias,merge,split,grade,join,part,decide,undo" doc:"What it does."`
	Author  string           `json:"author" minLength:"1" maxLength:"200" doc:"Who says so."`
	Reason  string           `json:"reason,omitempty" maxLength:"2000" doc:"Why; needed for all but accept."`
	Seen    *int64           `json:"seen,omitempty" doc:"The number of the last correction of the same record or actor that the author has seen, 0 for none: where there is a later one, the answer is 409. Left out, it is not asked."`
	Record  casus.RecordID   `json:"record,omitempty" doc:"accept, reject, amend: the record. decide: a record of the side that is right, in place of records and others."`
	Records []casus.RecordID `json:"records,omitempty" maxItems:"10000" doc:"split, join, part, decide."`
	Others  []casus.RecordID `json:"others,omitempty" maxItems:"10000" doc:"part: from which records they are told apart; the rest of their group unless said. decide: the records that are not right."`
	About   string           `json:"about,omitempty" enum:"figures,status,blame,actors,dates" doc:"decide: in what the sides differ."`
	Amended *casus.Record    `json:"amended,omitempty" doc:"amend: the whole record as it should read."`

	Actor       casus.ActorID      `json:"actor,omitempty" maxLength:"200" doc:"add-actor, alias, merge, split: the actor's id."`
	Kind        casus.ActorKind    `json:"kind,omitempty" doc:"add-actor."`
	Names       []string           `json:"names,omitempty" maxItems:"100" doc:"add-actor, alias."`
	Into        casus.ActorID      `json:"into,omitempty" maxLength:"200" doc:"merge, split: whom it is."`
	Source      string             `json:"source,omitempty" maxLength:"200" doc:"grade: a publisher, or an actor's id."`
	Reliability ledger.Reliability `json:"reliability,omitempty" doc:"grade: A to F."`
	Undoes      int64              `json:"undoes,omitempty" doc:"undo: the number of what is taken back."`
}

func (b CorrectionBody) correction() (ledger.Correction, error) {
	c := ledger.Correction{Action: b.Action, Author: b.Author, Reason: b.Reason, Seen: -1, Record: b.Record, Records: b.Records, Others: b.Others, About: b.About,
		Amended: b.Amended, Actor: b.Actor, Kind: b.Kind, Names: b.Names, Into: b.Into, Source: b.Source, Reliability: b.Reliability, Undoes: b.Undoes}
	if b.Seen != nil {
		c.Seen = *b.Seen
	}
	if b.Reason == "" && b.Action != ledger.Accept {
		return c, &casus.Error{Code: casus.Invalid, Input: "reason", Problem: "a correction needs a reason", Advice: "Say why."}
	}
	return c, nil
}

type correctionsQuestion struct {
	Subject  string `query:"subject" maxLength:"200" doc:"Only about this record, actor or source, by its id or name."`
	Recorded string `query:"recorded" maxLength:"40" doc:"As the ledger stood at this moment of its own clock."`
	Order    string `query:"order" enum:"oldest,newest" doc:"Oldest first unless said."`
	Limit    int    `query:"limit" minimum:"0" maximum:"10000" doc:"At most this many; all unless said."`
	After    int64  `query:"after" minimum:"0" doc:"Those that come after the correction of this number: the last of the page before."`
}

// reviewQuestion are the parameters of the queue.
type reviewQuestion struct {
	Clocks
	Pair
	Days
	Kind  []string `query:"kind" enum:"event,claim,figure,relation,commitment,flow" maxItems:"6" doc:"Of these kinds, with commas between them."`
	Limit int      `query:"limit" minimum:"0" maximum:"10000" doc:"At most this many; 200 unless said."`
	After string   `query:"after" maxLength:"64" doc:"The next of the page before."`
}

func (a *api) review(ctx context.Context, in *reviewQuestion) (picture.Review, error) {
	from, to, err := in.days()
	q := picture.Question{Actor: in.Actor, With: in.With, From: from, To: to, Limit: in.Limit, After: in.After}
	for _, k := range in.Kind {
		q.Kinds = append(q.Kinds, casus.Kind(k))
	}
	if err == nil {
		q, err = in.within(ctx, a.picture, q)
	}
	if err != nil {
		return picture.Review{}, err
	}
	return a.picture.Review(ctx, q)
}

// corrections registers what analysts say: lists of it and, where this server
// takes any, saying it.
func (a *api) corrections(to huma.API) {
	get(a, to, "/api/corrections", "What analysts have said: who corrected what, when and why", func(ctx context.Context, in *correctionsQuestion) ([]ledger.Correction, error) {
		at, err := (&Clocks{Recorded: in.Recorded}).moment()
		if err != nil {
			return nil, err
		}
		return a.picture.Corrections(ctx, ledger.CorrectionQuery{Subject: in.Subject, Recorded: at, Newest: in.Order == "newest", Limit: in.Limit, After: in.After})
	})
	get(a, to, "/api/sources", "The publishers and graded speakers, with the analyst's grades", func(ctx context.Context, _ *struct{}) ([]picture.Source, error) {
		var publishers map[string]int
		if a.publishers != nil {
			var err error
			if publishers, err = a.publishers(ctx); err != nil {
				return nil, err
			}
		}
		return a.picture.Sources(ctx, publishers)
	})
	get(a, to, "/api/review", "Records of which the reader was unsure and that nobody has judged, the most doubtful first", a.review)
	get(a, to, "/api/records/{id}/history", "How one record has read, from when to when", a.history)
	get(a, to, "/api/records/{id}/group", "The thing that a record tells of, as all tell it", a.group)
	if a.correct == nil {
		return
	}
	operation := huma.Operation{OperationID: "correct", Method: http.MethodPost, Path: correctionsPath, Summary: "Say that something is right, wrong or otherwise; a new entry, which may be undone",
		DefaultStatus: http.StatusCreated, MaxBodyBytes: writes()[correctionsPath], Errors: []int{http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity}}
	huma.Register(to, operation, func(ctx context.Context, in *body[CorrectionBody]) (*body[ledger.Correction], error) {
		c, err := in.Body.correction()
		if err == nil {
			c, err = a.picture.Completed(ctx, c)
		}
		if err == nil {
			c, err = a.correct(ctx, c)
		}
		if err != nil {
			return nil, a.problem(ctx, err)
		}
		return &body[ledger.Correction]{Body: c}, nil
	})
}
