package main

import (
	"fmt"
	"strings"

	"casus/picture"
)

type contradictionsCmd struct {
	period
	clocks
	exported
	Actor string `help:"Only what this actor has a part in." placeholder:"NAME"`
	With  string `help:"Only what this actor has a part in too." placeholder:"NAME"`
}

// Run lists what sources tell in ways that cannot all be right.
func (c *contradictionsCmd) Run(d *desk) error {
	from, to, err := c.days()
	if err != nil {
		return err
	}
	q, err := c.within(picture.Question{Actor: c.Actor, With: c.With, From: from, To: to})
	if err != nil {
		return err
	}
	return ask(d, []string{c.Actor, c.With}, func(p *picture.Picture) error {
		list, err := p.Contradictions(d.ctx, q)
		if err != nil {
			return err
		}
		if !c.plain() {
			return d.answer(c.exported, list, sidesInRows(list))
		}
		if len(list) == 0 {
			_, err := fmt.Fprintln(d.stdout, "The sources contradict each other nowhere.")
			return err
		}
		for _, each := range list {
			if _, err := fmt.Fprintln(d.stdout, sideBySide(each, width(d.stdout))); err != nil {
				return err
			}
		}
		return nil
	})
}

// headings say in plain words what two tellings differ in.
var headings = map[picture.Rivalry]string{
	picture.RivalFigures: "Numbers that cannot both be",
	picture.RivalStatus:  "Told as so, and denied",
	picture.RivalBlame:   "Each says that the other did it",
	picture.RivalActors:  "Different names for who did it",
	picture.RivalDates:   "Different days for it",
}

// sideBySide writes a contradiction: what it is in, and the sides one under
// another, each with its origins and sentences.
func sideBySide(c picture.Contradiction, width int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s (sure for %.2f)\n", headings[c.Rivalry], c.Verdict, c.Sure)
	for _, side := range c.Sides {
		var origins []string
		for _, o := range side.Origins {
			origins = append(origins, o.String())
		}
		first := side.Entries[0]
		fmt.Fprintf(&b, "  %s  %s  %s\n", first.Record.When, what(first.Record), plainText("— "+strings.Join(origins, ", ")))
		for _, e := range side.Entries {
			fmt.Fprintf(&b, "    “%s”\n    %s\n", plainText(e.Record.Quote), plainText(from(e.Article)+", "+published(e.Article)+", "+string(e.ID)))
		}
	}
	return b.String()
}

// sidesInRows is contradictions for CSV: a row for each telling.
func sidesInRows(list []picture.Contradiction) grid {
	g := grid{columns: []string{"number", "rivalry", "verdict", "side", "origins", "when", "what", "article", "record", "quote"}}
	for i, c := range list {
		for j, side := range c.Sides {
			var origins []string
			for _, o := range side.Origins {
				origins = append(origins, o.String())
			}
			for _, e := range side.Entries {
				g.rows = append(g.rows, []string{fmt.Sprint(i + 1), string(c.Rivalry), string(c.Verdict), fmt.Sprint(j + 1), strings.Join(origins, ", "),
					e.Record.When.String(), what(e.Record), from(e.Article), string(e.ID), e.Record.Quote})
			}
		}
	}
	return g
}
