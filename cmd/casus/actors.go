package main

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"casus"
	"casus/ledger"
	"casus/picture"
	"casus/refdata"
)

// newLexicon is how people call actors, from reference data.
func newLexicon() (*picture.Lexicon, error) {
	world, err := refdata.Open()
	if err != nil {
		return nil, err
	}
	return picture.NewLexicon(names(world), world.Actor), nil
}

// names yields every name that reference data has, both languages' alike.
func names(w *refdata.World) iter.Seq2[string, casus.ActorID] {
	return func(yield func(string, casus.ActorID) bool) {
		for _, language := range []string{"nl", "en"} {
			for _, a := range w.Aliases(language) {
				if !yield(a.Text, a.ID) {
					return
				}
			}
		}
	}
}

type actorsCmd struct {
	format
	Name   string `arg:"" optional:"" help:"Only actors with this name."`
	Within string `help:"Only this actor and its parts (an id)." placeholder:"ID"`
	Limit  int    `help:"At most this many lines (default 200)." placeholder:"N"`
}

// Run lists actors, most often named first.
func (c *actorsCmd) Run(d *desk) error {
	return ask(d, []string{c.Name}, func(p *picture.Picture) error {
		list, err := c.list(d.ctx, p)
		if err != nil {
			return err
		}
		if list == nil {
			list = []ledger.ActorEntry{} // [] in JSON, not null
		}
		g := grid{columns: []string{"actor", "kind", "records", "names"}, empty: "The ledger names no such actor."}
		for _, a := range list {
			g.rows = append(g.rows, []string{string(a.ID), string(a.Kind), fmt.Sprint(a.Records), strings.Join(a.Names, "; ")})
		}
		return d.print(c.format, list, g)
	})
}

// list asks for the actors; a name that no article writes just so is looked up
// as the other questions do.
func (c *actorsCmd) list(ctx context.Context, p *picture.Picture) ([]ledger.ActorEntry, error) {
	q := ledger.ActorQuery{Name: c.Name, Within: casus.ActorID(c.Within), Limit: c.Limit}
	list, err := p.Actors(ctx, q)
	if err != nil || len(list) > 0 || c.Name == "" {
		return list, err
	}
	actor, err := p.Resolve(ctx, c.Name)
	if err != nil {
		return nil, err
	}
	q.Name, q.ID = "", actor.ID
	return p.Actors(ctx, q)
}
