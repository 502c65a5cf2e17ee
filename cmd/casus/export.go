package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"casus"
	"casus/exchange"
	"casus/ledger"
	"casus/picture"
	"casus/refdata"
)

// export writes the records of an answer to a file, in the form that its name
// says. A file that could not be written whole is taken away.
func (d *desk) export(file string, answer any) error {
	list, ok := recordsIn(answer)
	if !ok {
		return &casus.Error{Code: casus.Unsupported, Input: "--export " + file, Problem: "this answer has no records", Advice: "Use --json or --csv."}
	}
	world, err := refdata.Open()
	if err != nil {
		return err
	}
	out, err := os.Create(file)
	if err != nil {
		return &casus.Error{Code: casus.Unwritable, Input: file, Problem: "cannot be made", Err: err}
	}
	err = errors.Join(exchange.Write(out, file, list, locate(world)), out.Close())
	if err != nil {
		return errors.Join(err, os.Remove(file))
	}
	_, err = fmt.Fprintf(d.stdout, "%s: %s\n", file, plural(len(list), "record"))
	return err
}

// locate finds places in the reference data: by id, or by a name that is one of
// the country of the places around it, else the most prominent of that name.
func locate(world *refdata.World) exchange.Locate {
	return func(place string, wider []string) (exchange.Spot, bool) {
		p, known := world.Place(casus.ActorID(place))
		name := ""
		if !known {
			list, country := world.PlacesNamed(place), casus.ActorID("")
			if len(wider) > 0 {
				country = casus.ActorID(casus.ActorID(wider[len(wider)-1]).Head())
			}
			at := slices.IndexFunc(list, func(p refdata.Place) bool { return p.Located && (p.Country == country || p.ID == country) })
			if _, isCountry := world.Place(country); at < 0 && !isCountry {
				at = slices.IndexFunc(list, func(p refdata.Place) bool { return p.Located })
			}
			if known = at >= 0; known {
				p, name = list[at], place
			}
		}
		return exchange.Spot{Place: p.ID, Kind: string(p.Kind), Name: name, Lat: p.Lat, Lon: p.Lon}, known && p.Located
	}
}

// asked answers a question; where the records go to a file, with all pages.
func (e exported) asked(ctx context.Context, q picture.Question, ask func(context.Context, picture.Question) (picture.Answer, error)) (picture.Answer, error) {
	if e.Export == "" {
		return ask(ctx, q)
	}
	if q.Limit == 0 {
		q.Limit = ledger.MaxLimit
	}
	all, err := ask(ctx, q)
	for err == nil && all.Next != "" && q.Limit == ledger.MaxLimit {
		q.After = all.Next
		var page picture.Answer
		page, err = ask(ctx, q)
		all.Entries, all.Next = append(all.Entries, page.Entries...), page.Next
	}
	return all, err
}

// gathered is a list of records, each once.
type gathered struct {
	list []ledger.Entry
	seen map[casus.RecordID]bool
}

func (g *gathered) add(list ...ledger.Entry) {
	for _, e := range list {
		if !g.seen[e.ID] {
			g.seen[e.ID] = true
			g.list = append(g.list, e)
		}
	}
}

func (g *gathered) groups(list []picture.Group) {
	for _, group := range list {
		g.add(group.Entries...)
	}
}

func (g *gathered) holdings(lists ...[]picture.Holding) {
	for _, list := range lists {
		for _, h := range list {
			g.add(h.Evidence...)
		}
	}
}

// recordsIn lists the records of an answer, each once, in the answer's order.
func recordsIn(answer any) ([]ledger.Entry, bool) {
	g := &gathered{seen: map[casus.RecordID]bool{}}
	switch a := answer.(type) {
	case picture.Answer:
		g.add(a.Entries...)
	case []ledger.Entry:
		g.add(a...)
	case picture.Portrait:
		g.holdings(a.Relations, a.Contested)
		g.add(slices.Concat(a.Owes, a.Owed, a.Statements, a.Events)...)
	case picture.Situation:
		g.holdings(a.Relations, a.Contested)
		g.add(a.Commitments...)
	case picture.Diff:
		g.holdings(a.Begun, a.Ended, a.Contested)
		g.groups(a.Happened)
		g.groups(a.Moved)
		g.add(slices.Concat(a.Bound, a.Said)...)
	case []picture.Promise:
		for _, p := range a {
			g.add(p.Entries...)
			for _, m := range p.Moves {
				g.add(m.Things...)
			}
		}
	case []picture.Contradiction:
		for _, c := range a {
			for _, s := range c.Sides {
				g.add(s.Entries...)
			}
		}
	case picture.Thing:
		g.add(a.Entries...)
	case picture.Things:
		g.groups(a.Things)
	case picture.Dyad:
		for _, w := range a.Weeks {
			g.groups(w.Things)
		}
	case []picture.Drift:
		for _, each := range a {
			g.groups(each.Things)
		}
	default:
		return nil, false
	}
	return g.list, true
}
