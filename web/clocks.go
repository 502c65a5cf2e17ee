package web

import (
	"cmp"
	"context"
	"time"

	"casus"
	"casus/picture"
)

// Clocks are the parameters of every question for what is true, and what we know.
type Clocks struct {
	AsOf     string `query:"as_of" maxLength:"10" example:"2021-07-09" doc:"Nothing that begins after this day. Before the first article the answer is empty, and the header Casus-Note says so."`
	Known    string `query:"known" maxLength:"10" doc:"Only what the desk knew by the end of this day (UTC)."`
	Recorded string `query:"recorded" maxLength:"40" doc:"As the ledger stood at this moment of its own clock: a day (its end, UTC) or a moment (RFC 3339)."`
	early    bool   // the day is before the first article
}

// note tells why an answer is empty, where that is known.
func (c *Clocks) note(ctx context.Context) string {
	if !c.early {
		return ""
	}
	return speaking(ctx).say("early", c.AsOf)
}

// within narrows a question to what the clocks show.
func (c *Clocks) within(ctx context.Context, p *picture.Picture, q picture.Question) (picture.Question, error) {
	asOf, err := parseDay("as_of", c.AsOf)
	if err != nil {
		return q, err
	}
	if asOf != 0 && q.From != 0 && asOf < q.From {
		return q, &casus.Error{Code: casus.Invalid, Input: "as_of=" + c.AsOf, Problem: "this is before from=" + q.From.String(), Advice: "Leave one of the two out."}
	}
	if q.Known, err = endOfDay("known", c.Known); err != nil {
		return q, err
	}
	if q.Recorded, err = c.moment(); err != nil {
		return q, err
	}
	q, c.early, err = p.AsOf(ctx, q, asOf)
	return q, err
}

func (c *Clocks) moment() (time.Time, error) {
	if at, err := time.Parse(time.RFC3339Nano, c.Recorded); err == nil {
		return at, nil
	}
	return endOfDay("recorded", c.Recorded)
}

// endOfDay is the last moment of a day, zero where none is named.
func endOfDay(parameter, day string) (time.Time, error) {
	d, err := parseDay(parameter, day)
	if err != nil || d == 0 {
		return time.Time{}, err
	}
	return d.AddDays(1).Time().Add(-time.Microsecond), nil
}

// today is the day that questions mean by default.
func (a *api) today(day casus.Date) casus.Date { return cmp.Or(day, casus.DateOf(a.now())) }
