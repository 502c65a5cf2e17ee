package web

import (
	"context"

	"casus"
	"casus/picture"
)

type networkQuestion struct {
	Clocks
	Ask   string   `query:"ask" enum:"recognises,member-of,allied-with,governs,controls,bases-in,deploys-in,designates-terrorist,hosts,at-war-with,disputes,depends-on,neutral-on" doc:"Start with the relations of this type that are told most: who is allied with whom."`
	Actor []string `query:"actor" maxItems:"40" doc:"Unfold these actors, names or ids with commas between them, in this order; each time that one is named, more of its neighbours are there."`
	Type  []string `query:"type" enum:"recognises,member-of,allied-with,governs,controls,bases-in,deploys-in,designates-terrorist,hosts,at-war-with,disputes,depends-on,neutral-on" maxItems:"13" doc:"Unfold by relations of these types only, with commas between them."`
}

func (a *api) network(ctx context.Context, in *networkQuestion) (picture.Network, error) {
	narrowed, err := in.within(ctx, a.picture, picture.Question{})
	if err != nil {
		return picture.Network{}, err
	}
	q := picture.NetworkQuestion{Ask: casus.RelationType(in.Ask), Actors: in.Actor, AsOf: a.today(narrowed.To), Known: narrowed.Known, Recorded: narrowed.Recorded}
	for _, t := range in.Type {
		q.Types = append(q.Types, casus.RelationType(t))
	}
	return a.picture.Network(ctx, q)
}
