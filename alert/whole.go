package alert

import (
	"context"
	"slices"

	"casus"
	"casus/ledger"
	"casus/picture"
)

// How far around new records the tellings lie that may contradict them, in
// days: of what lasts, and of what happens. See picture's groups.
const (
	reachOfStates = 400
	reachOfEvents = 10
)

// contradictions evaluates the rules that wait for tellings that cannot all be
// right, of which one side is told by new records alone.
func (w *Watcher) contradictions(ctx context.Context, fresh []ledger.Entry) ([]Alert, error) {
	if len(fresh) == 0 || !slices.ContainsFunc(w.rules, func(r resolved) bool { return len(r.Contradiction) > 0 }) {
		return nil, nil
	}
	isNew := map[casus.ArticleID]bool{}
	for _, e := range fresh {
		isNew[e.Article.ID] = true
	}
	var questions []picture.Question
	for _, run := range runs(fresh) {
		questions = append(questions, picture.Question{From: run.From.AddDays(-reachOfEvents), To: run.To.AddDays(reachOfEvents)})
	}
	if slices.ContainsFunc(w.rules, func(r resolved) bool { return slices.Contains(r.Contradiction, picture.RivalStatus) }) { // states are in no other
		questions = append(questions, ofStates(fresh)...)
	}
	var out []Alert
	for _, q := range questions {
		list, err := w.picture.Contradictions(ctx, q)
		if err != nil {
			return nil, err
		}
		for i := len(list) - 1; i >= 0; i-- { // the latest thing last
			out = append(out, w.differ(list[i], isNew)...)
		}
	}
	return out, nil
}

// longestRun is how many days are looked at in one go: of a year at once, all that
// a large ledger has would be held in memory.
const longestRun = 10

// runs are the stretches of days, the earliest first, on which what new records
// tell begins: days that lie near each other are of one, so that a record that
// looks back ten years does not have all years between looked through.
func runs(fresh []ledger.Entry) []casus.Period {
	var days []casus.Date
	for _, e := range fresh {
		if day := ledger.Day(e.Record.When); day != 0 {
			days = append(days, day)
		}
	}
	slices.Sort(days)
	var out []casus.Period
	for _, day := range days {
		if n := len(out); n > 0 && day-out[n-1].To <= 2*reachOfEvents && day-out[n-1].From < longestRun {
			out[n-1].To = day
		} else {
			out = append(out, casus.Period{From: day, To: day})
		}
	}
	return out
}

// ofStates asks, for each pair of sides between whom new records tell that
// something lasts, what else is told to last between these two.
func ofStates(fresh []ledger.Entry) []picture.Question {
	var out []picture.Question
	at := map[[2]casus.ActorID]int{}
	for _, e := range fresh {
		day, sides := ledger.Day(e.Record.When), picture.Parties(e)
		if kind := e.Record.Kind(); kind != casus.KindRelation && kind != casus.KindCommitment || day == 0 || len(sides[0]) == 0 {
			continue
		}
		pair := [2]casus.ActorID{sides[0][0], ""}
		if len(sides[1]) > 0 {
			pair[1] = sides[1][0]
		}
		from, to := day.AddDays(-reachOfStates), day.AddDays(reachOfStates)
		i, met := at[pair]
		if !met {
			at[pair] = len(out)
			out = append(out, picture.Question{Kinds: []casus.Kind{casus.KindRelation, casus.KindCommitment}, Actor: string(pair[0]), With: string(pair[1]), From: from, To: to})
			continue
		}
		out[i].From, out[i].To = min(out[i].From, from), max(out[i].To, to)
	}
	return out
}

// differ are the alerts of one contradiction, one for each rule that waits for
// it. Its keys are the records of the sides that new articles brought.
func (w *Watcher) differ(c picture.Contradiction, isNew map[casus.ArticleID]bool) []Alert {
	var keys []string
	for i, side := range c.Sides {
		old := slices.ContainsFunc(side.Entries, func(e ledger.Entry) bool { return !isNew[e.Article.ID] })
		if old || i == 0 && sidesAllNew(c, isNew) {
			continue
		}
		for _, e := range side.Entries {
			keys = append(keys, key(string(c.Rivalry), string(e.ID)))
		}
	}
	if len(keys) == 0 {
		return nil
	}
	var out []Alert
	for i := range w.rules {
		r := &w.rules[i]
		if !slices.Contains(r.Contradiction, c.Rivalry) {
			continue
		}
		met := slices.ContainsFunc(c.Sides, func(s picture.Side) bool {
			return slices.ContainsFunc(s.Entries, func(e ledger.Entry) bool { return r.meets(e, w.plover) })
		})
		if met {
			out = append(out, newAlert(r.Name, OfContradiction, w.phrases.contradiction(c), firstOfSides(c), keys...))
		}
	}
	return out
}

func sidesAllNew(c picture.Contradiction, isNew map[casus.ArticleID]bool) bool {
	for _, side := range c.Sides {
		if slices.ContainsFunc(side.Entries, func(e ledger.Entry) bool { return !isNew[e.Article.ID] }) {
			return false
		}
	}
	return true
}

func firstOfSides(c picture.Contradiction) []ledger.Entry {
	var out []ledger.Entry
	for _, side := range c.Sides {
		out = append(out, side.Entries[0])
	}
	return out
}

// Standing evaluates, as of a day, the rules that time alone may meet:
// deadlines and drifts. The same thing is in the answer on each of its days:
// see Seen.
func (w *Watcher) Standing(ctx context.Context, today casus.Date) ([]Alert, error) {
	out, err := w.deadlines(ctx, today)
	if err != nil {
		return nil, err
	}
	for i := range w.rules {
		if r := &w.rules[i]; r.Drift != nil {
			drifts, err := w.drifts(ctx, r, today)
			if err != nil {
				return nil, err
			}
			out = append(out, drifts...)
		}
	}
	return out, nil
}

func (w *Watcher) deadlines(ctx context.Context, today casus.Date) ([]Alert, error) {
	longest := -1
	for _, r := range w.rules {
		if r.Deadline != nil {
			longest = max(longest, *r.Deadline)
		}
	}
	if longest < 0 {
		return nil, nil
	}
	promises, err := w.picture.Due(ctx, picture.Question{To: today}, today, today.AddDays(longest))
	if err != nil {
		return nil, err
	}
	var out []Alert
	for _, p := range promises {
		left := int(p.Deadline - today)
		if p.Deadline == 0 || left < 0 || settled(p.State) {
			continue
		}
		var keys []string
		for _, e := range p.Entries {
			keys = append(keys, key(string(e.ID), p.Deadline.String()))
		}
		for i := range w.rules {
			r := &w.rules[i]
			if r.Deadline == nil || left > *r.Deadline || !slices.ContainsFunc(p.Entries, func(e ledger.Entry) bool { return r.meets(e, w.plover) }) {
				continue
			}
			out = append(out, newAlert(r.Name, OfDeadline, w.phrases.deadline(p, left), p.Entries[:1], keys...))
		}
	}
	return out, nil
}

// settled tells whether nothing is to come of a commitment any more.
func settled(s casus.State) bool {
	return slices.Contains([]casus.State{casus.Kept, casus.Broken, casus.Lapsed, casus.Rejected}, s)
}

// lastOfDrift is how many of the things that a drift is made of an alert shows.
const lastOfDrift = 3

// drifts evaluates a rule that waits for a pair to move. Its keys are the
// things of the period, so that a drift that goes on is told once.
func (w *Watcher) drifts(ctx context.Context, r *resolved, today casus.Date) ([]Alert, error) {
	list, err := w.picture.Drifting(ctx, picture.Question{From: today.AddDays(1 - r.Drift.Days), To: today})
	if err != nil {
		return nil, err
	}
	least, _ := r.Drift.AtLeast.Range()
	var out []Alert
	for _, d := range list {
		if d.Sure <= least || d.After == d.Before || !r.concerns(d.A, d.B) {
			continue
		}
		direction := "down"
		if d.After > d.Before {
			direction = "up"
		}
		var keys []string
		var entries []ledger.Entry
		for _, thing := range d.Things {
			keys = append(keys, key(string(d.A), string(d.B), direction, string(thing.Entries[0].ID)))
			entries = append(entries, thing.Entries[0])
		}
		slices.Reverse(entries)
		out = append(out, newAlert(r.Name, OfDrift, w.phrases.drift(d, r.Drift.Days), entries[:min(len(entries), lastOfDrift)], keys...))
	}
	return out, nil
}
