package main

import (
	"context"
	"errors"
	"fmt"
	"os"

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
	err = errors.Join(exchange.Write(out, file, list, func(place string) (lat, lon float64, ok bool) {
		p, known := world.Place(casus.ActorID(place))
		return p.Lat, p.Lon, known && p.Located
	}), out.Close())
	if err != nil {
		return errors.Join(err, os.Remove(file))
	}
	_, err = fmt.Fprintf(d.stdout, "%s: %s\n", file, plural(len(list), "record"))
	return err
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

// recordsIn lists the records of an answer, each once, in the answer's order.
func recordsIn(answer any) ([]ledger.Entry, bool) {
	var out []ledger.Entry
	seen := map[casus.RecordID]bool{}
	add := func(list ...ledger.Entry) {
		for _, e := range list {
			if !seen[e.ID] {
				seen[e.ID] = true
				out = append(out, e)
			}
		}
	}
	groups := func(list []picture.Group) {
		for _, g := range list {
			add(g.Entries...)
		}
	}
	holdings := func(list []picture.Holding) {
		for _, h := range list {
			add(h.Evidence...)
		}
	}
	switch a := answer.(type) {
	case picture.Answer:
		add(a.Entries...)
	case []ledger.Entry:
		add(a...)
	case picture.Portrait:
		holdings(a.Relations)
		holdings(a.Contested)
		add(a.Owes...)
		add(a.Owed...)
		add(a.Statements...)
		add(a.Events...)
	case picture.Situation:
		holdings(a.Relations)
		holdings(a.Contested)
		add(a.Commitments...)
	case picture.Diff:
		holdings(a.Begun)
		holdings(a.Ended)
		holdings(a.Contested)
		groups(a.Happened)
		groups(a.Moved)
		add(a.Bound...)
		add(a.Said...)
	case []picture.Promise:
		for _, p := range a {
			add(p.Entries...)
			for _, m := range p.Moves {
				add(m.Things...)
			}
		}
	case []picture.Contradiction:
		for _, c := range a {
			for _, s := range c.Sides {
				add(s.Entries...)
			}
		}
	case picture.Dyad:
		for _, w := range a.Weeks {
			groups(w.Things)
		}
	case []picture.Drift:
		for _, each := range a {
			groups(each.Things)
		}
	default:
		return nil, false
	}
	return out, true
}
