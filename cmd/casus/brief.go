package main

import (
	"os"

	"casus"
	"casus/briefing"
	"casus/picture"
)

type briefCmd struct {
	Since string `required:"" help:"From this day …" placeholder:"DAY"`
	Until string `help:"… to this one (default: today)." placeholder:"DAY"`
	Actor string `help:"Only what this actor has a part in." placeholder:"NAME"`
	AsOf  string `help:"Nothing that begins after this day." placeholder:"DAY"`
	Known string `help:"As the desk knew it by the end of this day (default: now)." placeholder:"DAY"`
	recorded
	Language string `help:"In Dutch (nl) or English (en)." enum:"nl,en" default:"en" placeholder:"CODE"`
	HTML     bool   `name:"html" help:"Write HTML that needs nothing else, in place of Markdown." xor:"form"`
	JSON     bool   `name:"json" help:"Write JSON, in no language." xor:"form"`
	Out      string `help:"Write it to this file." placeholder:"FILE"`
}

// Run writes a brief.
func (c *briefCmd) Run(d *desk) error {
	q, err := c.question(d)
	if err != nil {
		return err
	}
	return ask(d, []string{c.Actor}, func(p *picture.Picture) error {
		shown := picture.Question{Known: q.Known}
		if err := d.shown(p, &shown, c.AsOf); err != nil {
			return err
		}
		q.Known = shown.Known
		b, err := p.Brief(d.ctx, q)
		if err != nil {
			return err
		}
		return c.write(d, b)
	})
}

func (c *briefCmd) question(d *desk) (picture.BriefQuestion, error) {
	q := picture.BriefQuestion{Actor: c.Actor}
	var err error
	if q.Since, q.Until, err = (period{c.Since, c.Until}).days(); err != nil {
		return q, err
	}
	if q.Until == 0 {
		q.Until = casus.DateOf(d.now())
	}
	if q.Since > q.Until {
		return q, swapped(q.Since.String(), q.Until.String())
	}
	narrowed, err := (clocks{c.AsOf, c.Known, c.recorded}).within(picture.Question{From: q.Since, To: q.Until})
	q.Until, q.Known, q.Recorded = narrowed.To, narrowed.Known, narrowed.Recorded
	return q, err
}

func (c *briefCmd) write(d *desk, b picture.Brief) (err error) {
	out := d.stdout
	if c.Out != "" {
		f, err := os.Create(c.Out)
		if err != nil {
			return &casus.Error{Code: casus.Unwritable, Input: c.Out, Problem: "cannot be made", Err: err}
		}
		defer f.Close()
		out = f
	}
	if c.JSON {
		return writeJSON(out, b)
	}
	if c.HTML {
		return briefing.HTML(out, b, c.Language)
	}
	return briefing.Markdown(out, b, c.Language)
}
