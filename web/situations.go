package web

import (
	"cmp"
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"casus"
	"casus/ledger"
	"casus/picture"
)

type situationQuestion struct {
	Clocks
	Actor string `query:"actor" maxLength:"200" doc:"Only what this actor has a part in."`
}

// wholeSituationQuestion asks for more than the map does.
type wholeSituationQuestion struct {
	Clocks
	Actor string `query:"actor" maxLength:"200" doc:"Only what this actor has a part in."`
	Limit int    `query:"limit" minimum:"0" maximum:"10000" doc:"At most this many relations, contested ones, places, deployments and commitments of a state, of each: those that were told of last; 100 unless said. The answer counts what is left."`
}

type diffQuestion struct {
	Clocks
	From      string `query:"from" maxLength:"10" doc:"In the world: after this day …"`
	To        string `query:"to" maxLength:"10" doc:"… and up to this one; today unless said."`
	KnownFrom string `query:"known_from" maxLength:"10" doc:"In what we know: what became known after this day, and up to known."`
	Actor     string `query:"actor" maxLength:"200" doc:"Only what this actor has a part in."`
	Limit     int    `query:"limit" minimum:"0" maximum:"10000" doc:"At most this many of what happened, was said, moved and was promised, of each: the latest; 200 unless said. The answer counts the records that are left."`
}

type contradictionsQuestion struct {
	Clocks
	Pair
	Days
	Open  bool   `query:"open" doc:"Only those on which no analyst has decided."`
	Limit int    `query:"limit" minimum:"0" maximum:"1000" doc:"Of a long period a page ends with the day on which there are this many; 25 unless said. The header Casus-Next then has the after of the next page."`
	After string `query:"after" maxLength:"10" doc:"The Casus-Next of the page before."`
	next  string
}

func (q *contradictionsQuestion) nextPage() string { return q.next }

// contradictionsListed is how many contradictions a page has unless said.
const contradictionsListed = 25

type followedQuestion struct {
	Clocks
	Pair
	Days
	Starting bool   `query:"starting" doc:"Of the days from to to only what was made on them, not what lasted on them."`
	State    string `query:"state" maxLength:"64" doc:"Only in this state on the day: in-force, kept, broken …"`
	Limit    int    `query:"limit" minimum:"0" maximum:"10000" doc:"A page ends with the day on which there are this many, those told of last; 30 unless said, and in a calendar 5000. Of a long period it may have fewer. The header Casus-Next then has the after of the next page."`
	After    string `query:"after" maxLength:"10" doc:"The Casus-Next of the page before."`
	next     string
}

func (q *followedQuestion) nextPage() string { return q.next }

type quantitiesQuestion struct {
	Clocks
	Pair
	Days
	Kind     []string `query:"kind" enum:"figure,flow" maxItems:"2" doc:"Numbers in the text, people on the move, or both."`
	Of       string   `query:"of" maxLength:"100" doc:"Of this: a word of what is counted or its unit; of flows, one that a word of the quote begins with."`
	Place    string   `query:"place" maxLength:"200" doc:"In this place or a part of it: a name or an id."`
	Starting bool     `query:"starting" doc:"Of the days from to to only what begins on them, not what lasts on them."`
	Limit    int      `query:"limit" minimum:"0" maximum:"10000" doc:"At most this many; 200 unless said."`
	After    string   `query:"after" maxLength:"10" doc:"Of more than 900 numbers it is those of the latest days, and the header Casus-Next has the after of the days before."`
	next     string
}

func (q *quantitiesQuestion) nextPage() string { return q.next }

type dyadQuestion struct {
	Clocks
	Days
	A string `query:"a" required:"true" maxLength:"200" doc:"One actor: a name or an id."`
	B string `query:"b" required:"true" maxLength:"200" doc:"The other."`
	// Without its things the answer for a pair of many years is small.
	Things bool `query:"things" default:"true" doc:"Whether each week comes with what happened in it."`
}

type driftQuestion struct {
	Clocks
	From  string `query:"from" required:"true" maxLength:"10" doc:"From this day …"`
	To    string `query:"to" maxLength:"10" doc:"… to this one, today unless said; against as long before it."`
	Actor string `query:"actor" maxLength:"200" doc:"Only pairs of this actor."`
}

type briefQuestion struct {
	Clocks
	Since string `query:"since" required:"true" maxLength:"10" doc:"From this day …"`
	Until string `query:"until" maxLength:"10" doc:"… to this one; today unless said."`
	Actor string `query:"actor" maxLength:"200" doc:"Only what this actor has a part in."`
}

// situations registers the questions that are answered with more than records.
func (a *api) situations(to huma.API) {
	get(a, to, "/api/situation", "What held on a day: who holds what, relations, deployments, commitments, offices", a.situation)
	get(a, to, "/api/diff", "What changed between two days, in the world or in what we know", a.diff)
	get(a, to, "/api/contradictions", "What sources tell in ways that cannot all be right", a.contradictions)
	get(a, to, "/api/commitments/followed", "What became of each commitment by a day", a.followed)
	a.deadlines(to)
	get(a, to, "/api/quantities", "What is counted, as its sources give it over time", a.quantities)
	get(a, to, "/api/dyad", "How two actors deal with each other, week by week", a.dyad)
	get(a, to, "/api/drift", "The pairs that moved most in a period", a.drift)
	get(a, to, "/api/brief", "The parts of a briefing of some days", a.brief)
	get(a, to, "/api/alerts", "What the rules of this server's rules file would have raised in some days", a.alerts)
	get(a, to, "/api/network", "Who is tied to whom on a day, unfolded from an actor or a type of relation", a.network)
	get(a, to, "/api/things", "What happened, was said, promised and counted, each thing once", a.things)
}

// situationListed is how much of each sort a situation has unless said.
const situationListed = 60

func (a *api) situation(ctx context.Context, in *wholeSituationQuestion) (picture.Situation, error) {
	q, err := in.within(ctx, a.picture, picture.Question{Actor: in.Actor})
	if err != nil {
		return picture.Situation{}, err
	}
	q.To, q.Limit = a.today(q.To), cmp.Or(in.Limit, situationListed)
	return a.picture.Situation(ctx, q)
}

func (a *api) diff(ctx context.Context, in *diffQuestion) (picture.Diff, error) {
	from, to, err := Days{in.From, in.To}.days()
	if err != nil {
		return picture.Diff{}, err
	}
	q := picture.DiffQuestion{Actor: in.Actor, From: from, Limit: cmp.Or(in.Limit, ledger.DefaultLimit)}
	if q.KnownFrom, err = endOfDay("known_from", in.KnownFrom); err != nil {
		return picture.Diff{}, err
	}
	if q.KnownFrom.IsZero() {
		to = a.today(to)
	}
	narrowed, err := in.within(ctx, a.picture, picture.Question{From: from, To: to})
	if err != nil {
		return picture.Diff{}, err
	}
	q.To, q.Known, q.Recorded = narrowed.To, narrowed.Known, narrowed.Recorded
	if in.early && !q.KnownFrom.IsZero() {
		q.KnownFrom = q.Known
	}
	if err := betweenWhat(in, q); err != nil {
		return picture.Diff{}, err
	}
	return a.picture.Diff(ctx, q)
}

// betweenWhat tells what is wrong with the ends of a comparison.
func betweenWhat(in *diffQuestion, q picture.DiffQuestion) error {
	e := &casus.Error{Code: casus.Invalid, Input: "diff"}
	switch {
	case (in.From == "") == (in.KnownFrom == "") || in.KnownFrom != "" && (in.Known == "" || in.To != ""):
		e.Problem, e.Advice = "it is not said between what", "Give from and to for the world, or known_from and known for what we know."
	case in.From != "" && q.From >= q.To, in.KnownFrom != "" && !in.early && !q.KnownFrom.Before(q.Known):
		e.Problem, e.Advice = "the first day is not before the second", "Swap the two days."
	default:
		return nil
	}
	return e
}

func (a *api) contradictions(ctx context.Context, in *contradictionsQuestion) ([]picture.Contradiction, error) {
	from, to, err := in.days()
	if err != nil {
		return nil, err
	}
	q, err := in.within(ctx, a.picture, picture.Question{Actor: in.Actor, With: in.With, From: from, To: to})
	if err != nil {
		return nil, err
	}
	q.Limit, q.After = cmp.Or(in.Limit, contradictionsListed), in.After
	var wanted func(picture.Contradiction) bool
	if in.Open {
		wanted = func(c picture.Contradiction) bool { return c.Decided == nil }
	}
	var list []picture.Contradiction
	list, in.next, err = a.picture.ContradictionPage(ctx, q, wanted)
	return list, err
}

// followedListed is how many commitments are followed unless said.
const followedListed = 30

func (a *api) followed(ctx context.Context, in *followedQuestion) ([]picture.Promise, error) {
	from, to, err := in.days()
	if err != nil {
		return nil, err
	}
	q, err := in.within(ctx, a.picture, picture.Question{Actor: in.Actor, With: in.With, Type: in.State, From: from, To: to, Starting: in.Starting, Limit: cmp.Or(in.Limit, followedListed), After: in.After})
	if err != nil {
		return nil, err
	}
	q.To = a.today(q.To)
	var list []picture.Promise
	list, in.next, err = a.picture.PromisePage(ctx, q)
	return list, err
}

// calendarListed is how many commitments a calendar looks at unless said: most have
// no deadline.
const calendarListed = 5000

// calendarFile is an iCalendar file, as a browser saves it.
type calendarFile struct {
	Type string `header:"Content-Type"`
	Name string `header:"Content-Disposition"`
	Body []byte
}

// deadlines registers what followed answers as a calendar.
func (a *api) deadlines(to huma.API) {
	operation := huma.Operation{OperationID: "commitments-deadlines", Method: http.MethodGet, Path: "/api/commitments/deadlines.ics",
		Summary: "The deadlines of followed commitments, as an iCalendar file", Errors: []int{http.StatusBadRequest, http.StatusNotFound, http.StatusUnprocessableEntity},
		Responses: map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{"text/calendar": {Schema: &huma.Schema{Type: huma.TypeString}}}}}}
	huma.Register(to, operation, func(ctx context.Context, in *followedQuestion) (*calendarFile, error) {
		in.Limit = cmp.Or(in.Limit, calendarListed)
		list, err := a.followed(ctx, in)
		if err != nil {
			return nil, a.problem(ctx, err)
		}
		return &calendarFile{"text/calendar; charset=utf-8", `attachment; filename="deadlines.ics"`, []byte(picture.Calendar(list, a.now()))}, nil
	})
}

func (a *api) quantities(ctx context.Context, in *quantitiesQuestion) ([]picture.Quantity, error) {
	from, to, err := in.days()
	if err != nil {
		return nil, err
	}
	q := picture.Question{Actor: in.Actor, With: in.With, From: from, To: to, Starting: in.Starting, Place: in.Place, Limit: in.Limit, After: in.After}
	for _, k := range in.Kind {
		q.Kinds = append(q.Kinds, casus.Kind(k))
	}
	if q, err = in.within(ctx, a.picture, q); err != nil {
		return nil, err
	}
	var list []picture.Quantity
	list, in.next, err = a.picture.Quantities(ctx, in.Of, q)
	return list, err
}

func (a *api) dyad(ctx context.Context, in *dyadQuestion) (picture.Dyad, error) {
	from, to, err := in.days()
	if err != nil {
		return picture.Dyad{}, err
	}
	q, err := in.within(ctx, a.picture, picture.Question{From: from, To: to})
	if err != nil {
		return picture.Dyad{}, err
	}
	d, err := a.picture.Dyad(ctx, in.A, in.B, q)
	for i := range d.Weeks {
		if !in.Things {
			d.Weeks[i].Things = nil
		}
	}
	return d, err
}

func (a *api) drift(ctx context.Context, in *driftQuestion) ([]picture.Drift, error) {
	from, to, err := Days{in.From, in.To}.days()
	if err != nil {
		return nil, err
	}
	q, err := in.within(ctx, a.picture, picture.Question{Actor: in.Actor, From: from, To: a.today(to)})
	if err != nil {
		return nil, err
	}
	return a.picture.Drifting(ctx, q)
}

func (a *api) brief(ctx context.Context, in *briefQuestion) (picture.Brief, error) {
	since, until, err := Days{in.Since, in.Until}.days()
	if err != nil {
		return picture.Brief{}, err
	}
	q, err := in.within(ctx, a.picture, picture.Question{From: since, To: a.today(until)})
	if err != nil {
		return picture.Brief{}, err
	}
	return a.picture.Brief(ctx, picture.BriefQuestion{Actor: in.Actor, Since: since, Until: q.To, Known: q.Known, Recorded: q.Recorded})
}

func (a *api) things(ctx context.Context, in *TimelineQuestion) (picture.Things, error) {
	q, err := a.timelineQuestion(ctx, in)
	if err != nil {
		return picture.Things{}, err
	}
	return a.picture.Things(ctx, q)
}

type historyQuestion struct {
	RecordPath
	Clocks
}

func (a *api) history(ctx context.Context, in *historyQuestion) ([]ledger.Entry, error) {
	q, err := in.within(ctx, a.picture, picture.Question{})
	if err != nil {
		return nil, err
	}
	return a.picture.History(ctx, casus.RecordID(in.ID), q)
}

func (a *api) group(ctx context.Context, in *historyQuestion) (picture.Thing, error) {
	q, err := in.within(ctx, a.picture, picture.Question{})
	if err != nil {
		return picture.Thing{}, err
	}
	return a.picture.Thing(ctx, casus.RecordID(in.ID), q)
}
