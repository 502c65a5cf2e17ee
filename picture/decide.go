package picture

import (
	"slices"
	"time"

	"casus"
	"casus/ledger"
)

// Decided is an analyst's word on which side of a contradiction is right.
type Decided struct {
	Side       int       `json:"side"` // the place in Sides, from 0
	By         string    `json:"by"`
	Reason     string    `json:"reason"`
	Recorded   time.Time `json:"recorded"`
	Correction int64     `json:"correction"` // by this number it is taken back
	// Since is how many of the records came after the decision: it was made
	// without them.
	Since int `json:"since"`
}

// judge puts down an analyst's decision on a contradiction, if there is one,
// and how far each side can be relied on.
func (c *Contradiction) judge(h hand) {
	for _, d := range h.decisions {
		if c.Decided = c.decidedBy(d); c.Decided != nil {
			break
		}
	}
	for i := range c.Sides {
		s := &c.Sides[i]
		var against []Origin
		for j, other := range c.Sides {
			if i != j && (c.Decided == nil || c.Decided.Side != i) {
				against = append(against, other.Origins...)
			}
		}
		s.Grade = Grade{reliability(s.Origins, h.grades), credibility(Group{Entries: s.Entries, Origins: s.Origins, Sure: c.Sure}, against)}
		if c.Decided != nil && c.Decided.Side != i {
			s.Grade.Credibility = max(s.Grade.Credibility, 5)
		}
	}
}

// decidedBy tells whether a decision is about this contradiction: it names a
// record of one side as right, and one of another as not.
func (c *Contradiction) decidedBy(d ledger.Correction) *Decided {
	if d.About != string(c.Rivalry) {
		return nil
	}
	side := c.sideOf(d.Records)
	if other := c.sideOf(d.Others); side < 0 || other < 0 || other == side {
		return nil
	}
	out := &Decided{Side: side, By: d.Author, Reason: d.Reason, Recorded: d.Recorded, Correction: d.Number}
	for _, s := range c.Sides {
		for _, e := range s.Entries {
			if !slices.Contains(d.Records, e.ID) && !slices.Contains(d.Others, e.ID) {
				out.Since++
			}
		}
	}
	return out
}

// sideOf is the first side that has one of these records, -1 for none.
func (c *Contradiction) sideOf(ids []casus.RecordID) int {
	return slices.IndexFunc(c.Sides, func(s Side) bool {
		return slices.ContainsFunc(s.Entries, func(e ledger.Entry) bool { return slices.Contains(ids, e.ID) })
	})
}

// decision is the correction by which an analyst says that the side of a record
// is right, to be given an author and a reason: for a contradiction that the
// record is in. Rivalry may be left out where it is in one only.
func decision(list []Contradiction, id casus.RecordID, rivalry Rivalry) (ledger.Correction, error) {
	var in []position
	for _, at := range positions(list)[id] {
		if rivalry == "" || at.in.Rivalry == rivalry {
			in = append(in, at)
		}
	}
	switch {
	case len(in) == 0:
		return ledger.Correction{}, &casus.Error{Code: casus.NotFound, Input: string(id), Problem: "this record contradicts no other, as far as Casus sees",
			Advice: "casus contradictions lists those that do."}
	case slices.ContainsFunc(in, func(at position) bool { return at.in.Rivalry != in[0].in.Rivalry }):
		return ledger.Correction{}, &casus.Error{Code: casus.Invalid, Input: string(id), Problem: "this record is in contradictions of several sorts",
			Advice: "Say in what: figures, status, blame, actors or dates (--rivalry)."}
	}
	c := ledger.Correction{Action: ledger.Decide, About: string(in[0].in.Rivalry), Seen: -1}
	add := func(to *[]casus.RecordID, e ledger.Entry) {
		if !slices.Contains(*to, e.ID) && !slices.Contains(c.Records, e.ID) {
			*to = append(*to, e.ID)
		}
	}
	for _, at := range in {
		for _, e := range at.in.Sides[at.side].Entries {
			add(&c.Records, e)
		}
	}
	for _, at := range in {
		for i, s := range at.in.Sides {
			for _, e := range s.Entries {
				if i != at.side {
					add(&c.Others, e)
				}
			}
		}
	}
	return c, nil
}

// Undecided leaves out the contradictions on which an analyst has decided.
func Undecided(list []Contradiction) []Contradiction {
	return slices.DeleteFunc(list, func(c Contradiction) bool { return c.Decided != nil })
}
