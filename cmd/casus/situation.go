package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casus"
	"casus/ledger"
	"casus/picture"
)

type situationCmd struct {
	exported
	AsOf  string `help:"As it was on this day (default: today)." placeholder:"DAY"`
	Known string `help:"As the desk knew it by the end of this day (default: now)." placeholder:"DAY"`
	Actor string `help:"Only what this actor has a part in." placeholder:"NAME"`
	Limit int    `help:"At most this many relations, contested ones, places, deployments and commitments of a state, of each: those that were told of last (default: all)." placeholder:"N"`
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
	return askKnowing(d, true, func(p *picture.Picture) error {
		q := picture.Question{Actor: c.Actor, To: asOf, Known: known, Recorded: recorded, Limit: c.Limit}
		if err := d.shown(p, &q, c.AsOf); err != nil {
			return err
		}
		s, err := p.Situation(d.ctx, q)
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
		facts := []section{{"Who governs, by reference data", governments(s.Governments)}, {"Offices held, by reference data", offices(s.Offices)}}
		if !c.plain() {
			return d.answer(c.exported, s, joined(append(sections, facts...)))
		}
		if err := writeSections(d.stdout, sections, cmp.Or(d.note, fmt.Sprintf("The ledger has nothing that held on %s.", asOf))); err != nil {
			return err
		}
		return writeSections(d.stdout, facts, "")
	})
}

// territories lists the claims on places, those with rivals or those without.
func territories(list []picture.Territory, rival bool) grid {
	var claims []picture.Holding
	for _, t := range list {
		if t.Rivalry == rival {
			claims = append(claims, t.Claims...)
		}
		if t.Rivalry && rival {
			claims = append(claims, t.Contested...)
		}
	}
	return holdings(claims)
}

func offices(list []picture.OfficeHeld) grid {
	g := grid{columns: []string{"since", "until", "what"}}
	for _, o := range list {
		until := o.To.String()
		if o.To == 0 {
			until = "seen " + o.Checked.String()
		}
		g.rows = append(g.rows, []string{o.From.String(), until, fmt.Sprintf("%s: %s of %s", o.Person, o.Role, o.Actor)})
	}
	return g
}

func governments(list []picture.Government) grid {
	g := grid{columns: []string{"since", "until", "what"}}
	for _, each := range list {
		g.rows = append(g.rows, []string{each.From.String(), each.To.String(), fmt.Sprintf("%s governs %s", each.By, each.Place)})
	}
	return g
}

type diffCmd struct {
	From  string   `help:"What changed in the world after this day …" placeholder:"DAY"`
	To    string   `help:"… and up to this one (default: today)." placeholder:"DAY"`
	AsOf  string   `help:"Nothing that begins after this day." placeholder:"DAY"`
	Known []string `help:"Given twice: what became known after the first day and up to the second. Once, with --from: as the desk knew it by the end of this day." placeholder:"DAY" sep:","`
	Actor string   `help:"Only what this actor has a part in." placeholder:"NAME"`
	Limit int      `help:"At most this many of what happened, was said, moved and was promised, of each: the latest (default 200)." placeholder:"N"`
	recorded
	exported
}

// Run prints what changed.
func (c *diffCmd) Run(d *desk) error {
	q, err := c.question(d)
	if err != nil {
		return err
	}
	return ask(d, []string{c.Actor}, func(p *picture.Picture) error {
		shown := picture.Question{To: q.To, Known: q.Known}
		if err := d.shown(p, &shown, c.AsOf); err != nil {
			return err
		}
		if d.note != "" && !q.KnownFrom.IsZero() {
			q.KnownFrom = shown.Known
		}
		q.To, q.Known, q.Limit = shown.To, shown.Known, cmp.Or(c.Limit, ledger.DefaultLimit)
		diff, err := p.Diff(d.ctx, q)
		if err != nil {
			return err
		}
		sections := diffSections(diff)
		if !c.plain() {
			return d.answer(c.exported, diff, joined(sections))
		}
		if err := writeSections(d.stdout, sections, cmp.Or(d.note, "Nothing changed, as far as the ledger knows.")); err != nil {
			return err
		}
		return tellLeft(d, diff.Left)
	})
}

// tellLeft tells how many records an answer leaves out, if any.
func tellLeft(d *desk, left picture.Left) error {
	if !left.Any() {
		return nil
	}
	or := ""
	if left.More {
		or = " or more"
	}
	_, err := fmt.Fprintf(d.stdout, "\n%d%s earlier records are left out; --limit shows more.\n", left.Happened+left.Said+left.Moved+left.Bound, or)
	return err
}

func diffSections(diff picture.Diff) []section {
	return []section{
		{"Relations that began", holdings(diff.Begun)},
		{"Relations that ended", holdings(diff.Ended)},
		{"Newly contested or not (yet) so", holdings(diff.Contested)},
		{"Happened", thingsInRows(diff.Happened, "")},
		{"Moved", thingsInRows(diff.Moved, "")},
		{"Promised, agreed, broken", entries(diff.Bound, "", "", append([]column{dayColumn}, commitmentColumns()[:6]...)...)},
		{"Said", entries(diff.Said, "", "", dayColumn, whatColumn, statusColumn)},
	}
}

// question reads between what to compare: two days, or two moments of knowing.
func (c *diffCmd) question(d *desk) (picture.DiffQuestion, error) {
	q := picture.DiffQuestion{Actor: c.Actor}
	var err error
	if q.Recorded, err = c.moment(); err != nil {
		return q, err
	}
	if c.From != "" && len(c.Known) < 2 {
		return c.betweenDays(d, q)
	}
	if c.From != "" || c.To != "" || len(c.Known) != 2 {
		return q, &casus.Error{Code: casus.Invalid, Input: "diff", Problem: "it is not said between what",
			Advice: "Give --from DAY [--to DAY] for the world, or --known DAY --known DAY for what we know."}
	}
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

func (c *diffCmd) betweenDays(d *desk, q picture.DiffQuestion) (picture.DiffQuestion, error) {
	from, to, err := period{c.From, c.To}.days()
	if err != nil {
		return q, err
	}
	if to == 0 {
		to = casus.DateOf(d.now())
	}
	within, err := (clocks{AsOf: c.AsOf, Known: strings.Join(c.Known, "")}).within(picture.Question{From: from, To: to})
	if err != nil {
		return q, err
	}
	q.From, q.To, q.Known = from, within.To, within.Known
	if q.From >= q.To {
		return q, swapped(q.From.String(), q.To.String())
	}
	return q, nil
}

func swapped(first, second string) error {
	return &casus.Error{Code: casus.Invalid, Input: first, Problem: "the first day is not before the second, " + second, Advice: "Swap the two days."}
}
