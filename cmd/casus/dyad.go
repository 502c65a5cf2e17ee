package main

import (
	"fmt"
	"math"
	"strings"

	"casus"
	"casus/picture"
)

type dyadCmd struct {
	period
	clocks
	exported
	A string `arg:"" help:"One actor: a name or an id."`
	B string `arg:"" help:"The other."`
}

// Run prints how two actors deal with each other, week by week.
func (c *dyadCmd) Run(d *desk) error {
	from, to, err := c.days()
	if err != nil {
		return err
	}
	return c.ask(d, picture.Question{From: from, To: to}, []string{c.A, c.B}, func(p *picture.Picture, q picture.Question) error {
		dyad, err := p.Dyad(d.ctx, c.A, c.B, q)
		if err != nil {
			return err
		}
		g := grid{columns: []string{"week of", "index", "conflict ← → cooperation", "words", "deeds", "events", "origins", "first of them"},
			empty: fmt.Sprintf("The ledger has no event between %s and %s.", dyad.A.ID, dyad.B.ID), more: changesOf(dyad)}
		for _, w := range dyad.Weeks {
			if w.Events == 0 {
				continue
			}
			e := w.Things[0].Entries[0]
			g.rows = append(g.rows, []string{w.Monday.String(), score(w.Index), bar(w.Index), score(w.Verbal), score(w.Material), fmt.Sprint(w.Events), fmt.Sprint(w.Origins),
				fmt.Sprintf("%s: %s (%s)", what(e.Record), e.Record.Quote, e.ID)})
		}
		return d.answer(c.exported, dyad, g)
	})
}

func score(v float64) string { return fmt.Sprintf("%+.1f", v) }

// bar draws a score from -10 to +10 around a middle line.
func bar(v float64) string {
	const half = 10
	n := int(math.Round(math.Abs(v) / 10 * half))
	if v < 0 {
		return strings.Repeat(" ", half-n) + strings.Repeat("█", n) + "│" + strings.Repeat(" ", half)
	}
	return strings.Repeat(" ", half) + "│" + strings.Repeat("█", n) + strings.Repeat(" ", half-n)
}

// changesOf says in words where the level changed, or that too little is told to say.
func changesOf(d picture.Dyad) string {
	if !d.Enough {
		return "Too little is told of these two to say whether anything changed."
	}
	if len(d.Changes) == 0 {
		return "The level did not change, as far as these events show."
	}
	var lines []string
	for _, c := range d.Changes {
		lines = append(lines, fmt.Sprintf("The level changed from %s to %s in the week of %s (with 90 %% probability between those of %s and %s).",
			score(c.Before), score(c.After), c.Week, c.From, c.To))
	}
	return strings.Join(lines, "\n")
}

type driftCmd struct {
	clocks
	exported
	From  string `required:"" help:"From this day …" placeholder:"DAY"`
	To    string `help:"… to this one (default: today), against as long before it." placeholder:"DAY"`
	Actor string `help:"Only pairs of this actor." placeholder:"NAME"`
}

// Run lists the pairs that moved most in a period.
func (c *driftCmd) Run(d *desk) error {
	from, to, err := period{c.From, c.To}.days()
	if err != nil {
		return err
	}
	if to == 0 {
		to = casus.DateOf(d.now())
	}
	if from > to {
		return swapped(from.String(), to.String())
	}
	return c.ask(d, picture.Question{Actor: c.Actor, From: from, To: to}, []string{c.Actor}, func(p *picture.Picture, q picture.Question) error {
		list, err := p.Drifting(d.ctx, q)
		if err != nil {
			return err
		}
		g := grid{columns: []string{"pair", "before", "after", "moved", "events", "origins", "the last of them"}, empty: "Of no pair is enough told before and in this period to say that it moved."}
		for _, each := range list {
			last := each.Things[len(each.Things)-1].Entries[0]
			g.rows = append(g.rows, []string{fmt.Sprintf("%s – %s", each.A, each.B), score(each.Before), score(each.After), sureness(each.Sure, each.Likely),
				fmt.Sprintf("%d, %d", each.Events[0], each.Events[1]), fmt.Sprint(each.Origins), fmt.Sprintf("%s (%s)", last.Record.Quote, last.ID)})
		}
		return d.answer(c.exported, list, g)
	})
}
