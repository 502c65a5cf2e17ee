package frames

import (
	"strings"

	"casus"
)

func (x *scene) commitment(c *clause, f *Frame, m Make) {
	speaker := x.speaker(c)
	debtors := c.role(m.roleOr("debtor", agentRole), f, x.gram, true, speaker)
	to := c.role(m.roleOr("to", targetRole), f, x.gram, true, speaker)
	if m.Mutual {
		debtors = c.role(m.roleOr("debtor", partyRole), f, x.gram, true, speaker)
		to = debtors
	}
	switch {
	case len(to) == 0 && len(debtors) > 1:
		to = debtors // what several undertake they owe each other
	case len(to) == 0 && len(debtors) == 1:
		if other, ok := x.partners[x.sideOf(debtors[0])]; ok {
			to = []casus.ActorID{other}
		}
	case len(debtors) == 0 && len(to) == 1 && speaker != "":
		debtors = without([]casus.ActorID{speaker}, to)
	}
	dutyAt := c.phrase(m.roleOr("duty", Role{{"inf"}, {"that"}, {"patient"}}), f)
	if dutyAt < 0 || m.Mutual {
		dutyAt = c.pred
	}
	n := 0
	for _, debtor := range debtors {
		for _, owed := range to {
			if debtor == owed || n >= mostPairs {
				continue
			}
			rec, ok := x.base(c, f, m)
			if !ok {
				return
			}
			x.dateCommitment(&rec, casus.Basis(m.What[0]), casus.State(m.What[1]))
			duty, deadline := x.duty(dutyAt)
			rec.Body = &casus.Commitment{Debtor: debtor, Beneficiary: owed, Duty: duty, Deadline: deadline,
				Basis: casus.Basis(m.What[0]), State: casus.State(m.What[1])}
			x.out = append(x.out, rec)
			n++
		}
	}
}

// dateCommitment gives a commitment the status and the time of its binding: a
// truce or a treaty holds from then on, a promise or a deal is still to be
// done, an offer may be. Its deadline is not its time.
func (x *scene) dateCommitment(rec *casus.Record, basis casus.Basis, state casus.State) {
	if rec.When.From == 0 {
		rec.When = x.moments.unsaid(casus.Happened)
	}
	if rec.Status != casus.Happened && rec.Status != casus.Ongoing && rec.Status != casus.Planned {
		return
	}
	switch state {
	case casus.InForce:
		rec.Status = casus.Planned
		if basis == casus.Ceasefire || basis == casus.Treaty {
			rec.Status = casus.Ongoing
		}
	case casus.Offered:
		rec.Status = casus.Possible
	default:
		return
	}
	if rec.When.From != 0 {
		rec.When = rec.When.Since()
	}
}

// duty returns the words that say what is owed, and by when.
func (x *scene) duty(w int) (string, casus.Date) {
	first, last := x.s.bounds(w, func(k int) bool { return x.s.rel(k) != "punct" && x.s.rel(k) != "parataxis" })
	for first < last && (x.s.rel(first) == "mark" || x.s.rel(first) == "punct") {
		first++
	}
	text := strings.Join(strings.Fields(x.words(x.s.span(first, last))), " ")
	return text, x.moments.deadline(x.s.index, first, last)
}
