package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casus/ledger"
	"casus/picture"
)

type contradictionsCmd struct {
	period
	clocks
	exported
	Actor string `help:"Only what this actor has a part in." placeholder:"NAME"`
	With  string `help:"Only what this actor has a part in too." placeholder:"NAME"`
	Open  bool   `help:"Only those on which no analyst has decided."`
	Limit int    `help:"End with the day on which there are this many; without it a period with both ends is answered whole, and all else ends at 200." placeholder:"N"`
	After string `help:"Go on where an answer ended: what it named as next." placeholder:"NEXT"`
}

// Run lists what sources tell in ways that cannot all be right.
func (c *contradictionsCmd) Run(d *desk) error {
	from, to, err := c.days()
	if err != nil {
		return err
	}
	return c.ask(d, picture.Question{Actor: c.Actor, With: c.With, From: from, To: to}, []string{c.Actor, c.With}, func(p *picture.Picture, q picture.Question) error {
		q.Limit, q.After = cmp.Or(c.Limit, ledger.DefaultLimit), c.After
		var wanted func(picture.Contradiction) bool
		if c.Open {
			wanted = func(c picture.Contradiction) bool { return c.Decided == nil }
		}
		var list []picture.Contradiction
		var next string
		var err error
		if q.From != 0 && q.To != 0 && c.Limit == 0 && c.After == "" { // of a period all, also those whose sides lie far apart
			list, err = p.Contradictions(d.ctx, q)
			list = slices.DeleteFunc(list, func(c picture.Contradiction) bool { return wanted != nil && !wanted(c) })
		} else {
			list, next, err = p.ContradictionPage(d.ctx, q, wanted)
		}
		if err != nil {
			return err
		}
		if !c.plain() {
			return d.answer(c.exported, list, sidesInRows(list))
		}
		if len(list) == 0 {
			_, err := fmt.Fprintln(d.stdout, cmp.Or(d.note, "The sources contradict each other nowhere."))
			return err
		}
		for _, each := range list {
			if _, err := fmt.Fprintln(d.stdout, sideBySide(each)); err != nil {
				return err
			}
		}
		if next != "" {
			_, err = fmt.Fprintf(d.stdout, "\nEarlier ones: add --after %s\n", next)
		}
		return err
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
func sideBySide(c picture.Contradiction) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s (of one thing: %s)\n", headings[c.Rivalry], c.Verdict, sureness(c.Sure, c.Likely))
	if d := c.Decided; d != nil {
		fmt.Fprintf(&b, "  Decided for side %d by %s (correction %d), because: %s%s\n", d.Side+1, plainText(d.By), d.Correction, plainText(d.Reason), unseen(d.Since))
	}
	for i, side := range c.Sides {
		first := side.Entries[0]
		fmt.Fprintf(&b, "  %d. %s  %s  %s (%s)\n", i+1, first.Record.When, what(first.Record), plainText("— "+originNames(side.Origins)), side.Grade)
		for _, e := range side.Entries {
			fmt.Fprintf(&b, "    “%s”\n    %s\n", plainText(e.Record.Quote), plainText(from(e.Article)+", "+published(e.Article)+", "+string(e.ID)))
		}
	}
	return b.String()
}

// unseen says how many records came after a decision.
func unseen(since int) string {
	if since == 0 {
		return ""
	}
	return " (" + plural(since, "record") + " came since)"
}

// sidesInRows is contradictions for CSV: a row for each telling.
func sidesInRows(list []picture.Contradiction) grid {
	g := grid{columns: []string{"number", "rivalry", "verdict", "side", "decided", "grade", "origins", "when", "what", "article", "record", "quote"}}
	for i, c := range list {
		for j, side := range c.Sides {
			decided := ""
			if c.Decided != nil && c.Decided.Side == j {
				decided = c.Decided.By + ": " + c.Decided.Reason
			}
			for _, e := range side.Entries {
				g.rows = append(g.rows, []string{fmt.Sprint(i + 1), string(c.Rivalry), string(c.Verdict), fmt.Sprint(j + 1), decided, side.Grade.String(), originNames(side.Origins),
					e.Record.When.String(), what(e.Record), from(e.Article), string(e.ID), e.Record.Quote})
			}
		}
	}
	return g
}
