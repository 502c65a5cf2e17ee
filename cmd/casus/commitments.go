package main

import (
	"fmt"
	"os"
	"strings"

	"casus"
	"casus/picture"
)

type commitmentsCmd struct {
	clocks
	paging
	period
	exported
	State   string `help:"Only in this state: offered, in-force, triggered, kept, broken, lapsed, rejected." placeholder:"STATE"`
	Actor   string `help:"Of or towards this actor." placeholder:"ACTOR"`
	With    string `help:"… and this one too." placeholder:"ACTOR"`
	Records bool   `help:"The records as they are, without what came of them."`
	ICS     string `name:"ics" help:"Write the deadlines to this calendar file too." placeholder:"FILE"`
}

// Run prints commitments and what came of them.
func (c *commitmentsCmd) Run(d *desk) error {
	from, to, err := c.days()
	if err != nil {
		return err
	}
	state, err := choice("--state", c.State, casus.States())
	if err != nil {
		return err
	}
	return c.ask(d, picture.Question{Actor: c.Actor, With: c.With, Type: string(state), From: from, To: to, Order: c.order(), Limit: c.Limit, After: c.After}, []string{c.Actor, c.With}, func(p *picture.Picture, q picture.Question) error {
		if c.Records {
			return c.records(d, p, q)
		}
		return c.followed(d, p, q)
	})
}

func (c *commitmentsCmd) records(d *desk, p *picture.Picture, q picture.Question) error {
	answer, err := c.asked(d.ctx, q, p.Commitments)
	if err != nil {
		return err
	}
	g := entries(answer.Entries, answer.Next, "No commitments answer this.", commitmentColumns()...)
	g.sources += 2 // the duty and its condition stand under the quote too
	return d.answer(c.exported, answer, g)
}

// followed prints commitments with what came of them by the question's last
// day, today where it has none.
func (c *commitmentsCmd) followed(d *desk, p *picture.Picture, q picture.Question) error {
	if q.To == 0 {
		q.To = casus.DateOf(d.now())
	}
	list, err := p.Promises(d.ctx, q)
	if err != nil {
		return err
	}
	if c.ICS != "" {
		if err := os.WriteFile(c.ICS, []byte(picture.Calendar(list, d.now())), 0o644); err != nil {
			return &casus.Error{Code: casus.Unwritable, Input: c.ICS, Problem: "the calendar cannot be written", Err: err}
		}
	}
	g := grid{columns: []string{"debtor", "towards", "state", "due", "basis", "made", "what came of it", "article", "published", "record", "quote"},
		sources: 4, empty: "No commitments answer this."}
	for _, promise := range list {
		g.rows = append(g.rows, promiseRow(promise))
	}
	return d.answer(c.exported, list, g)
}

func promiseRow(p picture.Promise) []string {
	e := p.Entries[0]
	c, ok := e.Record.Body.(*casus.Commitment)
	if !ok {
		return make([]string, 11)
	}
	due := p.Deadline.String()
	if p.Overdue {
		due += " (past)"
	}
	return []string{string(c.Debtor), string(c.Beneficiary), string(p.State), due, string(c.Basis), e.Record.When.String(), cameOf(p),
		from(e.Article), published(e.Article), string(e.ID), e.Record.Quote}
}

// cameOf says in a few words what a commitment's state rests on, beside that it
// was made.
func cameOf(p picture.Promise) string {
	var out []string
	for _, m := range p.Moves {
		if m.How == "told so" && m.To == p.State && m.Counts {
			continue
		}
		word := string(m.To)
		if !m.Counts {
			word = "said: " + word
		}
		out = append(out, fmt.Sprintf("%s %s (%s, %s)", m.Day, word, m.How, m.First()))
	}
	return plainText(strings.Join(out, "; "))
}
