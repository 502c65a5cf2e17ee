package obligation

import (
	"slices"
	"strings"

	"casus"
	"casus/refdata"
)

// How many days before and after an act a request or a decision counts for it.
const (
	daysBefore = 30
	daysAfter  = 90
)

// needs looks for the requests and decisions that a clause asks for.
func (t *tracer) needs(n *Node, c refdata.Clause) {
	for _, need := range c.Needs {
		switch body, vote := strings.CutPrefix(need, "vote:"); {
		case need == "request":
			t.needRequest(n, c)
		case vote:
			t.needDecision(n, c, casus.ActorID(body))
		}
	}
}

func (t *tracer) needRequest(n *Node, c refdata.Clause) {
	on := t.facts.partiesOn(c, n.date)
	for _, a := range t.acts {
		if a.callsForHelp() && !a.Alleged && len(a.Concluded) == 0 && near(a.Date, n.date) && slices.Contains(t.facts.sides(a.Source, a), n.Beneficiary) && t.addressed(c, on, a) {
			n.Met = append(n.Met, Condition{"a request of " + string(n.Beneficiary), a.What(), a.Cite()})
			return
		}
	}
	n.State = Waits
	to := c.Instrument
	if body := c.Body(); body != "" {
		to = string(body)
	}
	n.Missing = append(n.Missing, "a request of "+string(n.Beneficiary)+" to "+to)
}

// callsForHelp tells whether an act is a request for help; one without a mode
// may be.
func (a Act) callsForHelp() bool {
	return a.Type == casus.Request && (a.Mode == "" || a.Mode == "assist")
}

// addressed tells whether a request goes to a clause's body or to a party.
func (t *tracer) addressed(c refdata.Clause, on parties, a Act) bool {
	own := t.facts.sides(a.Source, a)
	return slices.ContainsFunc(t.facts.sides(a.Target, a), func(id casus.ActorID) bool {
		if id == c.Body() {
			return true
		}
		// A party that is asked is asked by the treaties that the two have alone; an
		// alliance is asked itself.
		return c.Body() == "" && on.has(id) && !slices.Contains(own, id)
	})
}

func near(day, of casus.Date) bool {
	return day >= of.AddDays(-daysBefore) && day <= of.AddDays(daysAfter)
}

// verdict is what a body decided: an act or a promise of the ledger says so.
type verdict struct {
	act     *Act
	refused bool
	what    string
	cite    string
}

func (t *tracer) needDecision(n *Node, c refdata.Clause, body casus.ActorID) {
	switch v := t.decision(c, body, n.Beneficiary, n.date); {
	case v.act == nil && v.cite == "":
		if n.State == Binds {
			n.State = Waits
		}
		n.Missing = append(n.Missing, "the decision of "+string(body))
	case v.refused:
		n.State = Refused
		n.Missing = append(n.Missing, "the decision of "+string(body)+": refused ("+v.what+"; "+v.cite+")")
	default:
		n.Met = append(n.Met, Condition{"the decision of " + string(body), v.what, v.cite})
	}
}

// decision finds what a body decided on somebody's case: an AGREE or REJECT of
// the body, a REJECT of a member where it decides by consensus, or the ledger's
// word that its clause was triggered.
func (t *tracer) decision(c refdata.Clause, body, victim casus.ActorID, day casus.Date) verdict {
	on := t.facts.partiesOn(c, day)
	var agreed verdict
	for i, a := range t.acts {
		if a.Alleged || len(a.Concluded) > 0 || a.Date < day.AddDays(-3) || a.Date > day.AddDays(daysAfter) || a.Type != casus.Agree && a.Type != casus.Reject {
			continue
		}
		sources, targets := t.facts.sides(a.Source, a), t.facts.sides(a.Target, a)
		decides := slices.Contains(sources, body) && (len(targets) == 0 || slices.Contains(targets, victim))
		vetoes := a.Type == casus.Reject && a.Origin == Assumed && slices.ContainsFunc(sources, on.has) && !a.ofParliament() &&
			(slices.Contains(targets, victim) || slices.Contains(targets, body))
		if decides || vetoes {
			v := verdict{&t.acts[i], a.Type == casus.Reject, a.What(), a.Cite()}
			if v.refused {
				return v
			}
			agreed = v
		}
	}
	if agreed.act != nil {
		return agreed
	}
	return t.toldTriggered(body, day)
}

// ofParliament tells whether an act is a parliament's, which decides for its state alone.
func (a Act) ofParliament() bool {
	return slices.ContainsFunc(a.Source, func(id casus.ActorID) bool { return strings.HasSuffix(string(id), "/leg") })
}

// toldTriggered finds a commitment of the body that the ledger calls triggered,
// within the time whose reports count.
func (t *tracer) toldTriggered(body casus.ActorID, day casus.Date) verdict {
	for _, e := range t.facts.Told {
		c, ok := e.Record.Body.(*casus.Commitment)
		told := e.Record.When.From
		if ok && !t.scenario.Reported.IsOpen() && c.State == casus.Triggered && c.Debtor.Within(body) && t.scenario.Reported.Holds(told) &&
			told >= day.AddDays(-3) && told <= day.AddDays(daysAfter) {
			return verdict{what: told.String() + " told as triggered: “" + e.Record.Quote + "”", cite: string(e.ID)}
		}
	}
	return verdict{}
}

// debtor is one who owes, with its own law's word on sending forces abroad.
func (t *tracer) debtor(n *Node, c refdata.Clause, id casus.ActorID) Debtor {
	d := Debtor{Actor: id}
	if !slices.ContainsFunc(c.Acts, func(a refdata.OwedAct) bool { return a.Type == casus.Aid && !a.Not }) || id == n.Beneficiary {
		return d
	}
	rule, ok := t.facts.World.ApprovalOf(id, n.date)
	if !ok {
		return d
	}
	for _, a := range t.acts {
		if (a.Type == casus.Agree || a.Type == casus.Reject) && near(a.Date, n.date) &&
			slices.ContainsFunc(a.Source, func(s casus.ActorID) bool { return s.Within(rule.Body) }) {
			if a.Type == casus.Reject {
				d.Missing = append(d.Missing, "the word of "+string(rule.Body)+": refused ("+a.Cite()+")")
			} else {
				d.Met = append(d.Met, Condition{"the word of " + string(rule.Body), a.What(), a.Cite()})
			}
			return d
		}
	}
	d.Missing = append(d.Missing, "the word of "+string(rule.Body)+" before forces go abroad ("+rule.Source+")")
	return d
}
