package web

import (
	"cmp"
	"context"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"casus"
	"casus/exchange"
	"casus/ledger"
	"casus/picture"
)

// Map is records where they are, as GeoJSON (RFC 7946): the features are those
// of casus export.
type Map struct {
	Type     string             `json:"type" enum:"FeatureCollection"`
	Features []exchange.Feature `json:"features"`
	Next     string             `json:"next,omitempty" doc:"The after of the next page."`
}

// GroundMap is who holds what and which forces are where, as GeoJSON.
type GroundMap struct {
	Type     string          `json:"type" enum:"FeatureCollection"`
	Features []GroundFeature `json:"features"`
}

// GroundFeature is a place that somebody is said to hold, or forces abroad.
type GroundFeature struct {
	Type       string             `json:"type" enum:"Feature"`
	ID         string             `json:"id"`
	Geometry   *exchange.Geometry `json:"geometry"` // null where nobody knows the place
	Spots      []exchange.Spot    `json:"spots,omitempty"`
	Properties GroundProperties   `json:"properties"`
}

// GroundProperties has one of the two.
type GroundProperties struct {
	Territory  *picture.Territory  `json:"territory,omitempty"`
	Deployment *picture.Deployment `json:"deployment,omitempty"`
}

// MapQuestion are the parameters of a map of records.
type MapQuestion struct {
	TimelineQuestion
	Starting bool `query:"starting" doc:"Only what begins between from and to; else what shares a day with them."`
}

// LatelyQuestion asks what happened lately.
type LatelyQuestion struct {
	Clocks
	Days
	Actor string `query:"actor" maxLength:"200" doc:"Only what this actor has a part in."`
}

// maps registers what the page that shows the situation asks.
func (a *api) maps(to huma.API) {
	get(a, to, "/api/map", "Records where they are, as GeoJSON: events and flows unless kinds are named", a.recordMap)
	get(a, to, "/api/map/ground", "Who is said to hold which place, and forces abroad, on a day, as GeoJSON", a.groundMap)
	get(a, to, "/api/lately", "In a few lines: what happened, what was promised and what became of it, where accounts differ", a.lately)
	get(a, to, "/api/days", "How many records a timeline has on each day", a.daily)
}

func (a *api) recordMap(ctx context.Context, in *MapQuestion) (Map, error) {
	q, err := a.timelineQuestion(ctx, &in.TimelineQuestion)
	if err != nil {
		return Map{}, err
	}
	if len(q.Kinds) == 0 {
		q.Kinds = []casus.Kind{casus.KindEvent, casus.KindFlow}
	}
	q.Starting = in.Starting
	found, err := a.picture.Timeline(ctx, q)
	if in.Starting {
		found.Entries = slices.DeleteFunc(found.Entries, func(e ledger.Entry) bool { return e.Record.When.From == 0 }) // nobody knows when it began
	}
	return Map{Type: "FeatureCollection", Features: exchange.Features(found.Entries, a.locate), Next: found.Next}, err
}

func (a *api) groundMap(ctx context.Context, in *situationQuestion) (GroundMap, error) {
	q, err := in.within(ctx, a.picture, picture.Question{Actor: in.Actor})
	if err != nil {
		return GroundMap{}, err
	}
	ground, err := a.picture.Ground(ctx, q)
	out := GroundMap{Type: "FeatureCollection", Features: []GroundFeature{}}
	add := func(id string, place casus.ActorID, properties GroundProperties) {
		var spots []exchange.Spot
		if spot, ok := a.locate(string(place), nil); ok {
			spots = []exchange.Spot{spot}
		}
		out.Features = append(out.Features, GroundFeature{"Feature", id, exchange.GeometryOf(spots), spots, properties})
	}
	for _, t := range ground.Territory {
		add("territory "+string(t.Place), t.Place, GroundProperties{Territory: &t})
	}
	for _, d := range ground.Deployments {
		add(string(d.Type)+" "+string(d.From)+" "+string(d.To), d.To, GroundProperties{Deployment: &d})
	}
	return out, err
}

func (a *api) lately(ctx context.Context, in *LatelyQuestion) (picture.Lately, error) {
	from, to, err := in.days()
	if err != nil {
		return picture.Lately{}, err
	}
	q, err := in.within(ctx, a.picture, picture.Question{Actor: in.Actor, From: from, To: a.today(to)})
	if err != nil {
		return picture.Lately{}, err
	}
	return a.picture.Lately(ctx, q)
}

// DayCounts says how many records of a timeline fall on each day, by the first
// day of their valid time.
type DayCounts struct {
	Days     []DayCount `json:"days"` // those that have any, earliest first
	Complete bool       `json:"complete" doc:"False where the timeline is longer than what was counted: the newest records."`
	Counted  int        `json:"counted"`
	Undated  int        `json:"undated"`
}

// DayCount is how many records one day has.
type DayCount struct {
	Day   string `json:"day" example:"2021-07-05"`
	Count int    `json:"count"`
}

type daysQuestion struct{ TimelineQuestion }

func (a *api) daily(ctx context.Context, in *daysQuestion) (DayCounts, error) {
	q, err := a.timelineQuestion(ctx, &in.TimelineQuestion)
	if err != nil {
		return DayCounts{}, err
	}
	q.Order, q.Limit, q.After = ledger.Newest, countedRecords, ""
	days, more, err := a.picture.Days(ctx, q)
	out := DayCounts{Days: []DayCount{}, Complete: !more, Counted: len(days)}
	for day, n := range counted(days, "2006-01-02") {
		if day == "" {
			out.Undated = n
		} else {
			out.Days = append(out.Days, DayCount{day, n})
		}
	}
	slices.SortFunc(out.Days, func(a, b DayCount) int { return cmp.Compare(a.Day, b.Day) })
	return out, err
}
