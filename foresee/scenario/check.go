package scenario

import (
	"slices"

	"casus"
)

// maxDays bounds a scenario's period: ten years.
const maxDays = 3660

// check looks for what is wrong between parts that are right by themselves.
func (r *reader) check(s *Scenario) {
	if s.Name == "" && len(r.mistakes) == 0 {
		r.at(Position{1, 1}, "the scenario has no name", "Write name: and a few words.")
	}
	p := s.Period
	if p.From == 0 || p.To == 0 || p.From > p.To {
		return // told already
	}
	if int(p.To-p.From) > maxDays {
		r.at(Position{1, 1}, "the period is longer than ten years", "Shorten it.")
	}
	for _, e := range s.Events {
		r.inPeriod(e.Position, e.Date, p)
	}
	for _, rel := range s.Relations {
		r.inPeriod(rel.Position, rel.Date, p)
	}
	for _, b := range s.Borders {
		r.within(b.Position, b.Closed, p)
	}
	for _, z := range s.Zones {
		r.within(z.Position, z.Days, p)
	}
	for _, f := range s.Fleeing {
		r.within(f.Position, f.Days, p)
		r.fleesZone(f, s.Zones)
	}
	r.camps(s)
	r.allPersons(s)
}

// mostPersons bounds all who flee and are displaced in one scenario: the engine counts in 31 bits.
const mostPersons = 1_000_000_000

func (r *reader) allPersons(s *Scenario) {
	sum := 0
	for _, f := range append(s.Fleeing[:len(s.Fleeing):len(s.Fleeing)], s.Displaced...) {
		if sum += f.Persons; sum > mostPersons {
			r.at(f.Position, "more than a billion people flee in this scenario", "Is there a digit too many?")
			return
		}
	}
}

func (r *reader) inPeriod(at Position, d casus.Date, p casus.Period) {
	if d != 0 && !p.Holds(d) {
		r.at(at, d.String()+" is outside the scenario's period, "+p.String(), "Move the day, or widen the period.")
	}
}

func (r *reader) within(at Position, days, p casus.Period) {
	r.inPeriod(at, days.From, p)
	if days.To != days.From {
		r.inPeriod(at, days.To, p)
	}
}

// fleesZone refuses those who flee from where there is no conflict in those days.
func (r *reader) fleesZone(f Fleeing, zones []Zone) {
	if f.Days.IsOpen() || slices.ContainsFunc(zones, func(z Zone) bool {
		return z.Days.Overlaps(f.Days) && (f.From == "" || z.Place == f.From)
	}) {
		return
	}
	from := "anywhere"
	if f.From != "" {
		from = "in " + string(f.From)
	}
	r.at(f.Position, "people flee in "+f.Days.String()+", and there is no zone of conflict "+from+" in those days", "Add the zone, or move the days.")
}

// camps refuses a camp that stands twice, and one that lies in a zone of
// conflict: people would flee to where they flee from.
func (r *reader) camps(s *Scenario) {
	for i, c := range s.Camps {
		if c.Place == "" {
			continue
		}
		if slices.ContainsFunc(s.Camps[:i], func(o Camp) bool { return o.Place == c.Place }) {
			r.at(c.Position, "the camp "+string(c.Place)+" stands here twice", "Leave one of the two out.")
		}
		for _, z := range s.Zones {
			if z.Place == c.Place {
				r.at(c.Position, "the camp "+string(c.Place)+" lies in a zone of conflict", "Give another place, or take the zone away.")
				break
			}
		}
	}
}
