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

// newLexicon is how people call actors: by reference data, and by what
// corrections add to it. A merged actor's names, its id among them, are those
// of whom it became.
func newLexicon(corrections []ledger.Correction) (*picture.Lexicon, error) {
	world, err := openWorld(corrections)
	if err != nil {
		return nil, err
	}
	merges := ledger.Merges(corrections)
	merged := func(yield func(string, casus.ActorID) bool) {
		for name, id := range names(world) {
			if !yield(name, ledger.Resolve(id, merges)) {
				return
			}
		}
		for _, c := range corrections {
			if c.Action == ledger.Merge && c.Undone == 0 && !yield(string(c.Actor), ledger.Resolve(c.Actor, corrections)) {
				return
			}
		}
	}
	describe := func(id casus.ActorID) (casus.Actor, bool) {
		if ledger.Resolve(id, merges) != id {
			return casus.Actor{}, false
		}
		return world.Actor(id)
	}
	return picture.NewLexicon(merged, describe).WithFacts(facts(world, corrections)), nil
}

// facts are the offices and governments of reference data, by the ids that
// actors go by after corrections.
func facts(world *refdata.World, corrections []ledger.Correction) picture.Facts {
	var out picture.Facts
	for _, t := range world.Terms() {
		o := picture.OfficeHeld{Person: ledger.Resolve(t.Person, corrections), Office: t.Office, Checked: t.AsOf, Source: t.Source}
		o.Actor = ledger.Resolve(o.Actor, corrections)
		out.Offices = append(out.Offices, o)
	}
	for _, g := range world.Governments() {
		out.Governments = append(out.Governments, picture.Government{Place: ledger.Resolve(g.Place, corrections), By: ledger.Resolve(g.By, corrections),
			From: g.Held.From, To: g.Held.To, Source: g.Source})
	}
	return out
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
	List  actorsListCmd  `cmd:"" default:"withargs" help:"The actors that records name, most often named first."`
	Add   actorsAddCmd   `cmd:"" help:"Add an actor whom the reference data lack, with its names."`
	Alias actorsAliasCmd `cmd:"" help:"Give an actor further names."`
	Merge actorsMergeCmd `cmd:"" help:"Say that two ids are one actor."`
	Split actorsSplitCmd `cmd:"" help:"Say that some records, or a name, mean another actor."`
	Undo  correctUndoCmd `cmd:"" help:"Take a correction back, by its number."`
}

type actorsListCmd struct {
	clocks
	format
	Name   string `arg:"" optional:"" help:"Only actors with this name."`
	Within string `help:"Only this actor and its parts (an id)." placeholder:"ID"`
	Limit  int    `help:"At most this many lines (default 200)." placeholder:"N"`
}

// Run lists actors, most often named first.
func (c *actorsListCmd) Run(d *desk) error {
	return c.ask(d, picture.Question{}, []string{c.Name}, func(p *picture.Picture, clock picture.Question) error {
		list, err := c.list(d.ctx, p, clock)
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
func (c *actorsListCmd) list(ctx context.Context, p *picture.Picture, clock picture.Question) ([]ledger.ActorEntry, error) {
	q := ledger.ActorQuery{Name: c.Name, Within: casus.ActorID(c.Within), Limit: c.Limit}
	list, err := p.ActorsOn(ctx, q, clock)
	if err != nil || len(list) > 0 || c.Name == "" {
		return list, err
	}
	actor, err := p.Resolve(ctx, c.Name)
	if err != nil {
		return nil, err
	}
	q.Name, q.ID = "", actor.ID
	return p.ActorsOn(ctx, q, clock)
}
