package displacement

import "math"

// displace adds today's newly displaced people, in the zones that they flee
// from, or takes home those by whom the counts fell.
func (w *world) displace() {
	w.key(&state{place: none, way: none})
	if w.s.Depart != FromCounts {
		w.displaceByZone()
		return
	}
	leaving := w.arrivals[w.day]
	switch {
	case w.s.Peer.NobodyReturns:
		leaving -= w.debt
		w.debt = max(-leaving, 0)
		leaving = max(leaving, 0)
	case leaving < 0:
		w.goHome(-leaving)
		leaving = 0
	}
	w.waiting += leaving
	w.spread(w.waiting)
}

// spread draws the origins of n people among the zones, by residents and
// intensity. Without a zone they wait for one.
func (w *world) spread(n int64) {
	total := 0.0
	for _, wanted := range w.wanted {
		total += wanted
	}
	if total <= 0 || n <= 0 {
		return
	}
	w.waiting = 0
	for i, wanted := range w.wanted {
		from := n
		if total > wanted {
			from = w.chance.binomial(n, wanted/total)
		}
		total -= wanted
		n -= from
		w.flee(int32(i), from)
	}
}

// flee makes residents of a place displaced people who are still there.
func (w *world) flee(place int32, n int64) {
	if n <= 0 {
		return
	}
	if w.s.TakeResidents {
		w.residents[place] -= n
		w.wanted[place] = max(float64(w.residents[place]), 0) * w.intensity[place] * w.decay(place)
	}
	w.settle(place, n)
}

// displaceByZone lets each zone itself say how many leave it.
func (w *world) displaceByZone() {
	for i, intensity := range w.intensity {
		if intensity == 0 {
			continue
		}
		rate := w.s.PerZoneDay * intensity / float64(w.s.Hasten)
		switch w.s.Depart {
		case ShareOfTown:
			rate = w.s.PerZoneDay * intensity * float64(max(w.residents[i], 0))
		case PoissonDraws:
			rate = float64(w.chance.poisson(rate))
		}
		n := int64(rate)
		if w.s.TakeResidents {
			n = min(n, w.residents[i])
		}
		w.flee(int32(i), n)
	}
}

// goHome takes n people out of the camps, who return to where they are no
// longer counted: each camp's share is drawn by how many are in it, since the
// sum of counts does not tell which camp they left.
func (w *world) goHome(n int64) {
	var there int64
	for i := range w.folk.cohorts {
		if c := &w.folk.cohorts[i]; w.camp[c.place] {
			there += c.n
		}
	}
	n = min(n, there)
	for i := range w.folk.cohorts {
		c := &w.folk.cohorts[i]
		if n == 0 || !w.camp[c.place] {
			continue
		}
		// At least those whom the later cohorts are too few to give.
		gone := min(max(w.chance.binomial(n, float64(c.n)/float64(there)), n-(there-c.n)), c.n)
		there -= c.n
		n -= gone
		c.n -= gone
		w.present[c.place] -= gone
		w.returned += gone
	}
}

// recentUnit is a full day's travel in the units of cohort.recent.
const recentUnit = 64

// sleep ends the day: tomorrow everybody has a whole day again.
func (w *world) sleep() {
	for _, list := range []*pool{&w.folk, &w.road} {
		for i := range list.cohorts {
			s := list.cohorts[i].state
			if w.s.AvoidShortStints {
				recent := (float64(s.recent) + recentUnit*float64(s.today)/float64(w.full)) / 2
				s.recent = uint8(min(math.Round(recent), math.MaxUint8))
			}
			s.today, s.left = 0, hours
			w.spare.add(s, list.cohorts[i].n)
		}
		*list, w.spare = w.spare, *list
		w.spare.empty()
	}
}

// record writes down how things stand at the end of the day, in people.
func (w *world) record(o *Outcome, day int) {
	k := int64(w.s.Hasten)
	row := o.People[day*len(w.present):]
	var all, road int64
	for i, n := range w.present {
		row[i] = people(n * k)
		all += n
	}
	for i := range w.road.cohorts {
		road += w.road.cohorts[i].n
	}
	o.OnTheWay[day] = people(road * k)
	o.Displaced[day] = people((all + road) * k)
	o.Waiting[day] = people(w.waiting * k)
	o.Returned[day] = people(w.returned * k)
	o.Debt[day] = people(w.debt * k)
}

// people narrows a count; more than two thousand million are written as that.
func people(n int64) int32 { return int32(min(n, math.MaxInt32)) }
