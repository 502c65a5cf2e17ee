package web

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"casus"
	"casus/ledger"
	"casus/picture"
)

type actorsQuestion struct {
	Clocks
	Name   string `query:"name" maxLength:"200" doc:"Only actors with this name."`
	Within string `query:"within" maxLength:"200" doc:"Only this actor and its parts (an id)."`
	Limit  int    `query:"limit" minimum:"0" maximum:"10000" doc:"At most this many; 200 unless said."`
}

type showQuestion struct {
	Clocks
	Actor string `path:"actor" maxLength:"200" doc:"A name or an id; write the slash of an id as %2F."`
}

type namesQuestion struct {
	Language string `path:"language" enum:"nl,en" doc:"The language of the names."`
}

// actors registers the questions about actors.
func (a *api) actors(to huma.API) {
	get(a, to, "/api/actors", "The actors that records name, most often named first", func(ctx context.Context, in *actorsQuestion) ([]ledger.ActorEntry, error) {
		clock, err := in.within(ctx, a.picture, picture.Question{})
		if err != nil {
			return nil, err
		}
		list, err := a.picture.ActorsOn(ctx, ledger.ActorQuery{Name: in.Name, Within: casus.ActorID(in.Within), Limit: in.Limit}, clock)
		if list == nil {
			list = []ledger.ActorEntry{} // an empty list, not null
		}
		return list, err
	})
	get(a, to, "/api/show/{actor}", "One actor: relations in force, commitments, deployments, statements, names", func(ctx context.Context, in *showQuestion) (picture.Portrait, error) {
		q, err := in.within(ctx, a.picture, picture.Question{})
		if err != nil {
			return picture.Portrait{}, err
		}
		return a.picture.Show(ctx, picture.ShowQuestion{Actor: in.Actor, AsOf: q.To, Known: q.Known, Recorded: q.Recorded})
	})
	get(a, to, "/api/show/{actor}/sources", "On whose word it rests what is told of one actor", func(ctx context.Context, in *showQuestion) (picture.Sourcing, error) {
		q, err := in.within(ctx, a.picture, picture.Question{Actor: in.Actor})
		if err != nil {
			return picture.Sourcing{}, err
		}
		return a.picture.SourcesOn(ctx, q)
	})
	get(a, to, "/api/names/{language}", "The name by which a language calls each actor", a.namesIn)
}

// namesIn gives the names of the reference data only: what readings met are
// the words of a text, as "the soldiers", and name nobody outside it.
func (a *api) namesIn(_ context.Context, in *namesQuestion) (map[casus.ActorID]string, error) {
	if a.names == nil {
		return map[casus.ActorID]string{}, nil
	}
	return a.names(in.Language), nil
}
