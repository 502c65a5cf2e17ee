package obligation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casus"
	"casus/refdata"
)

// match is an act laid beside a clause, for one of those to whom it is done.
type match struct {
	victim    casus.ActorID
	attackers []casus.ActorID // whose act it is, without the victim
	place     casus.ActorID
	met       []Condition
}

// matches are the ways in which an act meets a clause; where it meets none though
// it comes near, why tells what fails first.
func (f Facts) matches(c refdata.Clause, a Act) (out []match, why string) {
	if !triggered(c, a) {
		return nil, ""
	}
	sources, targets := f.sides(a.Source, a), f.targets(a)
	on := f.partiesOn(c, a.Date)
	for _, victim := range targets {
		m, reason := f.matchOne(c, a, on, sources, victim)
		if m != nil {
			out = append(out, *m)
		} else if why == "" {
			why = reason
		}
	}
	if len(out) > 0 {
		why = ""
	}
	return out, why
}

// targets are the sides to which an act is done: its targets', or whose land it
// happens in where it names none.
func (f Facts) targets(a Act) []casus.ActorID {
	if out := f.sides(a.Target, a); len(out) > 0 {
		return out
	}
	if a.Place != "" {
		return []casus.ActorID{f.landOf(a.Place)}
	}
	return nil
}

// triggered tells whether an act is of a sort that a clause is about. What
// follows from a duty triggers only clauses that say so, or that do not ask.
func triggered(c refdata.Clause, a Act) bool {
	for _, need := range c.Needs {
		if of, ok := strings.CutPrefix(need, "follows:"); ok && (a.Origin != Follows || of != "" && of != string(a.clause)) {
			return false
		}
	}
	return slices.ContainsFunc(c.Triggers, func(t refdata.Trigger) bool { return t.Covers(a.Type, a.Mode, a.Relation, a.Change) })
}

// matchOne lays an act beside a clause for one to whom it is done. reason is
// empty where the clause has nothing to do with them.
func (f Facts) matchOne(c refdata.Clause, a Act, on parties, sources []casus.ActorID, victim casus.ActorID) (m *match, reason string) {
	if len(f.ever(c, victim)) == 0 && !on.has(victim) && !slices.Contains(c.Whom, string(victim)) && !slices.Contains(c.Whom, "any") {
		return nil, ""
	}
	if !c.InForce.Holds(a.Date) {
		return nil, notInForce(c, a.Date)
	}
	if reason = f.whomFails(c, a, on, victim); reason != "" {
		return nil, reason
	}
	m = &match{victim: victim, place: a.Place}
	for _, s := range sources {
		if s != victim && f.whoFits(c, on, s) {
			m.attackers = append(m.attackers, s)
		}
	}
	if len(m.attackers) == 0 {
		return nil, whoFails(c, sources, victim)
	}
	condition, reason := f.where(c, a, on, victim)
	if reason != "" {
		return nil, reason
	}
	m.met = append(m.met, Condition{fmt.Sprintf("%s %s, a party on that day", kindOf(a), victim), a.What(), a.Cite()})
	if on.has(victim) && c.Body() != "" {
		m.met = append(m.met, Condition{string(victim) + " is a member of " + string(c.Body()), "on " + a.Date.String(), "refdata/memberships.tsv"})
	} else if !on.has(victim) {
		m.met[0].Condition = strings.TrimSuffix(m.met[0].Condition, ", a party on that day")
	}
	if condition.Condition != "" {
		m.met = append(m.met, condition)
	}
	return m, ""
}

// kindOf names an act's sort for people, up to whom it is done to.
func kindOf(a Act) string {
	switch {
	case a.Relation != "":
		return string(a.Change) + " " + string(a.Relation) + " of"
	case a.armed():
		return "an armed attack on"
	case a.Type == casus.Request:
		return "a request to"
	}
	return strings.TrimSuffix(string(a.Type)+"/"+a.Mode, "/") + " towards"
}

func notInForce(c refdata.Clause, day casus.Date) string {
	if c.InForce.From > day {
		return "in force only from " + c.InForce.From.String()
	}
	return "no longer in force after " + c.InForce.To.String()
}

// whomFails tells why a clause does not protect somebody on a day.
func (f Facts) whomFails(c refdata.Clause, a Act, on parties, victim casus.ActorID) string {
	if slices.Contains(c.Whom, "any") || slices.Contains(c.Whom, string(victim)) || slices.Contains(c.Whom, "party") && on.has(victim) {
		return ""
	}
	for _, held := range f.ever(c, victim) {
		switch {
		case held.To != 0 && held.To < a.Date:
			return fmt.Sprintf("%s is no party any more: it left on %s", victim, held.To)
		case held.From > a.Date:
			return fmt.Sprintf("%s is no party yet: it joins on %s", victim, held.From)
		}
	}
	return string(victim) + " is not protected by it"
}

func (f Facts) whoFits(c refdata.Clause, on parties, who casus.ActorID) bool {
	for _, w := range c.Who {
		switch {
		case w == "any", w == string(who), (w == "party" || w == "other") && on.has(who), w == "outsider" && !on.has(who):
			return true
		}
	}
	return false
}

func whoFails(c refdata.Clause, sources []casus.ActorID, victim casus.ActorID) string {
	switch {
	case !slices.ContainsFunc(sources, func(s casus.ActorID) bool { return s != victim }):
		return fmt.Sprintf("no attack from outside: %s does it to its own side", ids(sources))
	case slices.Contains(c.Who, "outsider"):
		return ids(sources) + " is a party itself, and the clause is about attacks from outside"
	}
	return ids(sources) + " is not whom it is about"
}

// where checks the places of a clause. An act without a place is taken to happen
// in the land of the one it is done to, and the condition says so.
func (f Facts) where(c refdata.Clause, a Act, on parties, victim casus.ActorID) (Condition, string) {
	if len(c.Where) == 0 {
		return Condition{}, ""
	}
	place, told := a.Place, "in "+string(a.Place)
	if place == "" {
		place, told = victim, "no place is given: taken to be in "+string(victim)
		for _, t := range a.Target {
			if _, ok := f.World.Place(t); ok && t.Within(victim) {
				place, told = t, "in "+string(t)
				break
			}
		}
	}
	for _, w := range c.Where {
		if reason := f.outside(w, place, on, victim); reason != "" {
			return Condition{}, reason
		}
	}
	return Condition{"within the area of " + strings.Join(c.Where, ", "), told, a.Cite()}, ""
}

// outside tells why a place is not where one word of a clause wants it.
func (f Facts) outside(word string, place casus.ActorID, on parties, victim casus.ActorID) string {
	land := f.landOf(place)
	prefix, rest, _ := strings.Cut(word, ":")
	id := casus.ActorID(rest)
	switch {
	case word == "home" && land != victim:
		return fmt.Sprintf("%s is not on the territory of %s", place, victim)
	case word == "territory" && !on.has(land):
		return fmt.Sprintf("outside the treaty's area: %s is not the territory of a party", place)
	case prefix == "in" && !place.Within(id) && land != id:
		return fmt.Sprintf("outside the treaty's area: %s is not in %s", place, id)
	case prefix == "not" && place.Within(id):
		return fmt.Sprintf("outside the treaty's area: %s is left out of it", place)
	case prefix == "north":
		degrees, _ := strconv.ParseFloat(rest, 64) // refdata has read it
		if p, ok := f.World.Place(place); ok && p.Located && p.Lat < degrees {
			return fmt.Sprintf("outside the treaty's area: %s lies south of %s° N", place, rest)
		}
	}
	return ""
}
