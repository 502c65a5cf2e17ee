package picture

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"casus"
	"casus/ledger"
)

// Things is what happened, was said, promised and counted, each thing once.
type Things struct {
	Actor  *casus.Actor `json:"actor,omitempty"`
	With   *casus.Actor `json:"with,omitempty"`
	Things []Group      `json:"things"`
	// Next is the After of the next page: of a long period a page ends with the day
	// on which as many records were looked at as the question's limit says.
	Next string `json:"next,omitempty"`
	// Lasting is how many more records only last into the period, having begun
	// before it, where these are more than the question's limit and so left out:
	// Timeline lists them, and what holds on a day tells what they come to.
	Lasting int `json:"lasting,omitempty"`
}

// Things is Timeline with each thing once, however many tell it, by the day of
// its first telling. In the order of the newest it comes in pages; the oldest
// first it is as many as the question's limit says.
func (p *Picture) Things(ctx context.Context, q Question) (Things, error) {
	out := Things{Things: []Group{}}
	limit, order := cmp.Or(q.Limit, ledger.DefaultLimit), q.Order
	last, err := pageEnd(q.After)
	if err != nil {
		return out, err
	}
	var about Answer
	q.After, q.Limit = "", 0
	lq, err := p.resolved(ctx, q, &about)
	if err != nil {
		return out, err
	}
	out.Actor, out.With = about.Actor, about.With
	s := stretch{first: lq.From, last: lq.To}
	if order != ledger.Oldest {
		if s, err = p.stretchBefore(ctx, lq, last, limit); err != nil {
			return out, err
		}
		if out.Lasting, err = p.lasting(ctx, lq, s, limit); err != nil {
			return out, err
		}
		lq.Starting = lq.Starting || out.Lasting > 0
	}
	entries, err := p.inStretch(ctx, lq, s)
	if err != nil {
		return out, err
	}
	h, err := p.hand(ctx, q.Recorded)
	if err != nil {
		return out, err
	}
	if out.Things, _, err = p.graded(ctx, entries, h); err != nil {
		return out, err
	}
	slices.SortStableFunc(out.Things, func(a, b Group) int {
		c := cmp.Compare(noDeadlineLast(ledger.Day(a.Lead().Record.When)), noDeadlineLast(ledger.Day(b.Lead().Record.When)))
		if order != ledger.Oldest {
			c = -c
		}
		return c
	})
	out.Things = slices.DeleteFunc(out.Things, func(g Group) bool { return (s.earlier || s.later) && !s.has(ledger.Day(g.Lead().Record.When)) })
	if s.earlier {
		out.Next = s.first.String()
	} else if order == ledger.Oldest {
		out.Things = out.Things[:min(len(out.Things), limit)]
	}
	return out, nil
}

// lasting counts what only lasts into the period of a query, if a stretch has it
// and it is more than so many records; else 0.
func (p *Picture) lasting(ctx context.Context, lq ledger.Query, s stretch, most int) (int, error) {
	if s.earlier || lq.Starting || lq.From == 0 {
		return 0, nil
	}
	lq.Order, lq.Limit = ledger.Newest, ledger.MaxLimit
	days, _, err := p.ledger.Days(ctx, lq)
	if err != nil {
		return 0, err
	}
	before := slices.IndexFunc(days, func(day casus.Date) bool { return day < lq.From }) // they come last, newest first
	if before < 0 || len(days)-before <= most {
		return 0, nil
	}
	return len(days) - before, nil
}

// Thing is one thing as it is told, and where its tellings cannot all be right.
type Thing struct {
	Group
	Contradictions []Contradiction `json:"contradictions"`
	// Corrections that analysts made of which records tell of this thing,
	// oldest first, also those that no longer count.
	Hand []ledger.Correction `json:"hand"`
}

// Thing finds the thing that a record tells of. The question's To is the last
// day that counts; Known and Recorded are the clocks. Of a thing that is told more
// often than mostTold, it is the tellings that are nearest in time.
func (p *Picture) Thing(ctx context.Context, id casus.RecordID, q Question) (Thing, error) {
	out := Thing{Contradictions: []Contradiction{}, Hand: []ledger.Correction{}}
	corrections, err := p.ledger.Corrections(ctx, ledger.CorrectionQuery{Recorded: q.Recorded})
	if err != nil {
		return out, err
	}
	h, err := p.hand(ctx, q.Recorded)
	if err != nil {
		return out, err
	}
	k, err := p.knowledge()
	if err != nil {
		return out, err
	}
	list, err := p.around(ctx, k, connected(id, h.ties), h.ties, q)
	if err != nil {
		return out, err
	}
	things, stands, err := p.gradedOf(ctx, k, list, h)
	if err != nil {
		return out, err
	}
	at := slices.IndexFunc(things, func(g Group) bool {
		return slices.ContainsFunc(g.Entries, func(e ledger.Entry) bool { return e.ID == id })
	})
	if at < 0 {
		return out, &casus.Error{Code: casus.NotFound, Input: string(id), Problem: "this record is not in the answers: it was rejected, or is not of the days asked about",
			Advice: "casus history tells how it has read."}
	}
	out.Group = things[at]
	met := map[*Contradiction]bool{}
	for _, e := range out.Entries {
		for _, stand := range stands[e.ID] {
			if !met[stand.in] {
				met[stand.in] = true
				out.Contradictions = append(out.Contradictions, *stand.in)
			}
		}
		for _, c := range ledger.OfSubject(corrections, string(e.ID)) {
			if bears := c.Action == ledger.Join || c.Action == ledger.Part || c.Action == ledger.Decide; bears && !slices.ContainsFunc(out.Hand, func(o ledger.Correction) bool { return o.Number == c.Number }) {
				out.Hand = append(out.Hand, c)
			}
		}
	}
	slices.SortFunc(out.Hand, func(a, b ledger.Correction) int { return cmp.Compare(a.Number, b.Number) })
	return out, nil
}

// Why is what stands behind a record.
type Why struct {
	Entry ledger.Entry `json:"entry"`
	// Line is the rule that made it as its file has it now; empty where the
	// reader of today has no such rule any more.
	Line string `json:"line,omitempty"`
	// Thing is what the record tells of, as all tell it, with its grade; nil where
	// the record is not in the answers, as when it was rejected.
	Thing *Thing `json:"thing,omitempty"`
}

// Why finds what stands behind a record. line finds a rule by its name, and may
// be nil. Where the question has clocks, a record that they do not show is
// casus.NotFound.
func (p *Picture) Why(ctx context.Context, id casus.RecordID, q Question, line func(language, rule string) (string, error)) (Why, error) {
	var out Why
	var err error
	if out.Entry, err = p.ledger.Record(ctx, id); err != nil {
		return out, err
	}
	thing, err := p.Thing(ctx, id, q)
	switch {
	case err == nil:
		out.Thing = &thing
		for _, e := range thing.Entries {
			if e.ID == id {
				out.Entry = e // as the clocks show it
			}
		}
	case casus.CodeOf(err) != casus.NotFound || q.To != 0 || !q.Known.IsZero() || !q.Recorded.IsZero():
		return out, err
	}
	if line == nil {
		return out, nil
	}
	if rule, err := line(out.Entry.Article.Language, out.Entry.Made.Rule); err == nil { // the record stands also where its rule is gone
		out.Line = strings.TrimSpace(rule)
	}
	return out, nil
}

// Corrections lists what analysts have said, oldest first.
func (p *Picture) Corrections(ctx context.Context, q ledger.CorrectionQuery) ([]ledger.Correction, error) {
	return p.ledger.Corrections(ctx, q)
}

// Completed checks a correction against what the picture shows, and fills in
// what an analyst may leave out: the rest of the group that records are told
// apart from, and the two sides of a contradiction that a record is in.
func (p *Picture) Completed(ctx context.Context, c ledger.Correction) (ledger.Correction, error) {
	switch {
	case c.Action == ledger.Join:
		if err := c.Check(); err != nil {
			return c, err
		}
		return c, p.joinable(ctx, c.Records)
	case c.Action == ledger.Part && len(c.Records) > 0 && len(c.Others) == 0:
		others, err := p.rest(ctx, c.Records)
		c.Others = others
		return c, err
	case c.Action == ledger.Decide && c.Record != "":
		list, err := p.contradicting(ctx, c.Record)
		if err != nil {
			return c, err
		}
		decided, err := decision(list, c.Record, Rivalry(c.About))
		c.Record, c.Records, c.Others, c.About = "", decided.Records, decided.Others, decided.About
		return c, err
	}
	return c, nil
}

// joinable tells what is wrong with joining records: those of different kinds
// are never one thing.
func (p *Picture) joinable(ctx context.Context, ids []casus.RecordID) error {
	var first ledger.Entry
	for i, id := range ids {
		e, err := p.ledger.Record(ctx, id)
		if err != nil {
			return err
		}
		if i == 0 {
			first = e
		}
		if e.Record.Kind() != first.Record.Kind() {
			return &casus.Error{Code: casus.Invalid, Input: string(id), Problem: fmt.Sprintf("this is a %s, and %s a %s: what is one thing is of one kind",
				e.Record.Kind(), first.ID, first.Record.Kind()), Advice: "Join records of one kind."}
		}
	}
	return nil
}

// rest lists the records that are grouped with these, without them: those that
// a parting tells them apart from.
func (p *Picture) rest(ctx context.Context, ids []casus.RecordID) ([]casus.RecordID, error) {
	thing, err := p.Thing(ctx, ids[0], Question{})
	if err != nil {
		return nil, err
	}
	var rest []casus.RecordID
	for _, e := range thing.Entries {
		if !slices.Contains(ids, e.ID) {
			rest = append(rest, e.ID)
		}
	}
	for _, id := range ids {
		if !slices.ContainsFunc(thing.Entries, func(e ledger.Entry) bool { return e.ID == id }) {
			return nil, &casus.Error{Code: casus.Invalid, Input: string(id), Problem: "this is not in one group with " + string(ids[0]), Advice: "Split one group at a time; casus group show lists it."}
		}
	}
	if len(rest) == 0 {
		return nil, &casus.Error{Code: casus.Invalid, Input: string(ids[0]), Problem: "there is nothing else in its group", Advice: "casus group show lists the group of a record."}
	}
	return rest, nil
}

// contradicting lists the contradictions that a record is in.
func (p *Picture) contradicting(ctx context.Context, id casus.RecordID) ([]Contradiction, error) {
	thing, err := p.Thing(ctx, id, Question{})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(thing.Contradictions, func(c Contradiction) bool { return c.sideOf([]casus.RecordID{id}) < 0 }), nil
}

// connected lists a record and those that analysts joined with it, directly or
// through others.
func connected(id casus.RecordID, ties ledger.Ties) []casus.RecordID {
	out := []casus.RecordID{id}
	for pairs := ties.Joined(); ; {
		n := len(out)
		for _, pair := range pairs {
			for i, a := range pair {
				if b := pair[1-i]; slices.Contains(out, a) && !slices.Contains(out, b) {
					out = append(out, b)
				}
			}
		}
		if len(out) == n {
			return out
		}
	}
}
