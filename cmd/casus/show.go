package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"casus"
	"casus/ledger"
	"casus/picture"
)

type showCmd struct {
	exported
	Actor string `arg:"" help:"A name or an id: Taliban, \"Verenigde Staten\", rus/mil, person/vladimir-putin."`
	AsOf  string `help:"As it was on this day (default: today)." placeholder:"DAY"`
	Known string `help:"As the desk knew it by the end of this day (default: now)." placeholder:"DAY"`
	recorded
}

// Run prints an actor's portrait as of a day.
func (c *showCmd) Run(d *desk) error {
	asOf, err := parseDay("--as-of", c.AsOf)
	if err != nil {
		return err
	}
	if asOf.IsZero() {
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
		q := picture.Question{To: asOf, Known: known, Recorded: recorded}
		if err := d.shown(p, &q, c.AsOf); err != nil {
			return err
		}
		portrait, err := p.Show(d.ctx, picture.ShowQuestion{Actor: c.Actor, AsOf: asOf, Known: q.Known, Recorded: recorded})
		if err != nil {
			return err
		}
		sections := portraitSections(portrait)
		if !c.plain() {
			return d.answer(c.exported, portrait, joined(sections))
		}
		return writePortrait(d.stdout, portrait, sections, d.note)
	})
}

// section is one part of a portrait.
type section struct {
	head string
	grid grid
}

func portraitSections(p picture.Portrait) []section {
	due := append([]column{dayColumn}, commitmentColumns()[:6]...)
	return []section{
		{"In force", holdings(p.Relations)},
		{"Said, but contested or not (yet) so", holdings(p.Contested)},
		{"Deployments", deployments(p.Deployments)},
		{"Owes", entries(p.Owes, "", "", due...)},
		{"Is owed", entries(p.Owed, "", "", due...)},
		{"Latest statements", entries(p.Statements, "", "", dayColumn, whatColumn, statusColumn)},
		{"Latest events", entries(p.Events, "", "", dayColumn, whatColumn, statusColumn, gradeColumn(p.Grades), byColumn)},
	}
}

// gradeColumn shows how far events can be relied on.
func gradeColumn(grades map[casus.RecordID]picture.Grade) column {
	return column{"grade", func(e ledger.Entry) string {
		if g, ok := grades[e.ID]; ok {
			return g.String()
		}
		return ""
	}}
}

func holdings(list []picture.Holding) grid {
	g := grid{columns: []string{"since", "what", "status", "told", "grade", "origins", "article", "record", "quote"}, sources: 2}
	for _, h := range list {
		g.rows = append(g.rows, holdingRow(h))
	}
	return g
}

func holdingRow(h picture.Holding) []string {
	e := h.Evidence[0]
	return []string{h.Since.String(), fmt.Sprintf("%s %s %s", h.From, h.Type, h.To), state(e.Record), fmt.Sprintf("%d ×", len(h.Evidence)), h.Grade.String(),
		originNames(h.Origins), from(e.Article), string(e.ID), e.Record.Quote}
}

func deployments(list []picture.Deployment) grid {
	g := grid{columns: []string{"since", "what", "status", "told", "grade", "origins", "article", "record", "quote"}, sources: 2}
	for _, d := range list {
		row := holdingRow(d.Holding)
		if n := numbers(d.Figures); n != "" {
			row[1] += " (" + n + ")"
		}
		g.rows = append(g.rows, row)
	}
	return g
}

func numbers(figures []ledger.Entry) string {
	var out []string
	for _, e := range figures {
		if f, ok := e.Record.Body.(*casus.Figure); ok {
			out = append(out, bounds(f.Low, f.High, f.Approx)+" "+f.Unit)
		}
	}
	return strings.Join(out, "; ")
}

// joined puts sections under each other for CSV, with the section in the first column.
func joined(sections []section) grid {
	g := grid{columns: []string{"section", "when", "what", "by", "article", "record", "quote"}}
	for _, s := range sections {
		at := map[string]int{}
		for i, c := range s.grid.columns {
			at[c] = i
		}
		cell := func(row []string, names ...string) string {
			for _, n := range names {
				if i, ok := at[n]; ok {
					return row[i]
				}
			}
			return ""
		}
		for _, row := range s.grid.rows {
			what := cell(row, "what")
			if what == "" {
				what = strings.TrimSpace(cell(row, "debtor") + " owes " + cell(row, "towards") + ": " + cell(row, "state"))
			}
			g.rows = append(g.rows, []string{s.head, cell(row, "when", "since"), what, cell(row, "says", "origins"), cell(row, "article"), cell(row, "record"), cell(row, "quote")})
		}
	}
	return g
}

func writePortrait(w io.Writer, p picture.Portrait, sections []section, note string) error {
	fmt.Fprintf(w, "%s  (%s, as of %s; %s)\n", p.Actor.ID, p.Actor.Kind, p.AsOf, plural(p.Records, "record"))
	if len(p.Actor.Names) > 0 {
		fmt.Fprintf(w, "  also: %s\n", plainText(strings.Join(p.Actor.Names, "; ")))
	}
	for _, o := range p.Actor.ActsFor {
		fmt.Fprintf(w, "  %s of %s, %s\n", plainText(o.Role), o.Actor, casus.Period{From: o.From, To: o.To})
	}
	return writeSections(w, sections, cmp.Or(note, fmt.Sprintf("The ledger says nothing of this actor up to %s.", p.AsOf)))
}

// writeSections writes the parts of an answer that have something in them, or
// that there is nothing.
func writeSections(w io.Writer, sections []section, nothing string) error {
	for _, s := range sections {
		if len(s.grid.rows) == 0 {
			continue
		}
		nothing = ""
		fmt.Fprintf(w, "\n%s\n", s.head)
		if err := s.grid.table(w); err != nil {
			return err
		}
	}
	if nothing == "" {
		return nil
	}
	_, err := fmt.Fprintf(w, "\n%s\n", nothing)
	return err
}
