package main

import (
	"fmt"
	"slices"

	"casus"
	"casus/picture"
)

type situationCmd struct {
	exported
	AsOf  string `help:"As it was on this day (default: today)." placeholder:"DAY"`
	Known string `help:"As the desk knew it by the end of this day (default: now)." placeholder:"DAY"`
	Actor string `help:"Only what this actor has a part in." placeholder:"NAME"`
	recorded
}

// Run prints what held on a day.
func (c *situationCmd) Run(d *desk) error {
	asOf, err := parseDay("--as-of", c.AsOf)
	if err != nil {
		return err
	}
	if asOf == 0 {
		asOf = casus.DateOf(d.now())
	}
	known, err := endOfDay("--known", c.Known)
	if err != nil {
		return err
	}
	recorded, err := c.moment()
	if err != nil {
		return err
	}
	return ask(d, []string{c.Actor}, func(p *picture.Picture) error {
		s, err := p.Situation(d.ctx, picture.Question{Actor: c.Actor, To: asOf, Known: known, Recorded: recorded})
		if err != nil {
			return err
		}
		sections := []section{
			{"Who holds what: rival claims", territories(s.Territory, true)},
			{"Who holds what", territories(s.Territory, false)},
			{"In force", holdings(slices.DeleteFunc(slices.Clone(s.Relations), picture.Holding.HoldsPlace))},
			{"Said, but contested or not (yet) so", holdings(s.Contested)},
			{"Deployments", deployments(s.Deployments)},
			{"Open commitments", entries(s.Commitments, "", "", append([]column{dayColumn}, commitmentColumns()[:6]...)...)},
		}
		if !c.plain() {
			return d.answer(c.exported, s, joined(sections))
		}
		return writeSections(d.stdout, sections, fmt.Sprintf("The ledger has nothing that held on %s.", asOf))
	})
}

// territories lists the claims on places, those with rivals or those without.
func territories(list []picture.Territory, rival bool) grid {
	var claims []picture.Holding
	for _, t := range list {
		if t.Rivalry == rival {
			claims = append(claims, t.Claims...)
		}
	}
	return holdings(claims)
}

type diffCmd struct {
	From  string   `help:"What changed in the world after this day …" placeholder:"DAY"`
	To    string   `help:"… and up to this one (default: today)." placeholder:"DAY"`
	Known []string `help:"What became known after the first day and up to the second; give it twice." placeholder:"DAY" sep:","`
	Actor string   `help:"Only what this actor has a part in." placeholder:"NAME"`
	exported
}

// Run prints what changed.
func (c *diffCmd) Run(d *desk) error {
	q, err := c.question(d)
	if err != nil {
		return err
	}
	return ask(d, []string{c.Actor}, func(p *picture.Picture) error {
		diff, err := p.Diff(d.ctx, q)
		if err != nil {
			return err
		}
		sections := []section{
			{"Relations that began", holdings(diff.Begun)},
			{"Relations that ended", holdings(diff.Ended)},
			{"Newly contested or not (yet) so", holdings(diff.Contested)},
			{"Happened", thingsInRows(diff.Happened, "")},
			{"Moved", thingsInRows(diff.Moved, "")},
			{"Promised, agreed, broken", entries(diff.Bound, "", "", append([]column{dayColumn}, commitmentColumns()[:6]...)...)},
			{"Said", entries(diff.Said, "", "", dayColumn, whatColumn, statusColumn)},
		}
		if !c.plain() {
			return d.answer(c.exported, diff, joined(sections))
		}
		return writeSections(d.stdout, sections, "Nothing changed, as far as the ledger knows.")
	})
}

func (c *diffCmd) question(d *desk) (picture.DiffQuestion, error) {
	q := picture.DiffQuestion{Actor: c.Actor}
	usage := &casus.Error{Code: casus.Invalid, Input: "diff", Problem: "it is not said between what",
		Advice: "Give --from DAY [--to DAY] for the world, or --known DAY --known DAY for what we know."}
	if (c.From == "") == (len(c.Known) != 2) || c.From == "" && c.To != "" {
		return q, usage
	}
	if c.From == "" {
		var err error
		if q.KnownFrom, err = endOfDay("--known", c.Known[0]); err != nil {
			return q, err
		}
		if q.Known, err = endOfDay("--known", c.Known[1]); err != nil {
			return q, err
		}
		if !q.KnownFrom.Before(q.Known) {
			return q, swapped(c.Known[0], c.Known[1])
		}
		return q, nil
	}
	var err error
	if q.From, err = parseDay("--from", c.From); err != nil {
		return q, err
	}
	if q.To, err = parseDay("--to", c.To); err != nil {
		return q, err
	}
	if q.To == 0 {
		q.To = casus.DateOf(d.now())
	}
	if q.From >= q.To {
		return q, swapped(q.From.String(), q.To.String())
	}
	return q, nil
}

func swapped(first, second string) error {
	return &casus.Error{Code: casus.Invalid, Input: first, Problem: "the first day is not before the second, " + second, Advice: "Swap the two days."}
}
