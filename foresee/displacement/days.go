package displacement

import "math"

// displace adds today's newly displaced people, in the zones that they flee
// from, and returns by how many the counts fell, who are to be taken home.
func (w *world) displace() (returning int64) {
	w.key(outward)
	for i := range w.leaving {
		w.flee(w.leaving[i].place, w.leaving[i].n[w.day])
	}
	if w.s.Depart != FromCounts {
		w.displaceByZone()
		return 0
	}
	leaving := w.arrivals[w.day]
	switch {
	case w.s.Peer.NobodyReturns:
		leaving -= w.debt
		w.debt = max(-leaving, 0)
		leaving = max(leaving, 0)
	case leaving < 0:
		returning, leaving = -leaving, 0
	}
	w.waiting += leaving
	w.spread(w.waiting)
	return returning
}

// What the draws of a day are for that are not of one cohort.
const (
	outward uint64 = iota
	homeward
	present // who they are who are there on the first day
)

// key begins such draws: the round before the first is theirs.
func (w *world) key(what uint64) { w.chance.key(w.day, 0, what) }

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
		w.wanted[place] = w.wantedFrom(place)
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
	if n <= 0 {
		return
	}
	w.key(homeward)
	folk := w.inCamps()
	var there int64
	for _, c := range folk {
		there += int64(c.n)
	}
	n = min(n, there)
	for _, c := range folk {
		if n == 0 {
			break
		}
		// At least those whom the later cohorts are too few to give.
		here := int64(c.n)
		gone := min(max(w.chance.binomial(n, float64(here)/float64(there)), n-(there-here)), here)
		there -= here
		n -= gone
		c.n -= int32(gone)
		w.present[c.place] -= gone
		w.returned += gone
	}
}

// record writes down how things stand at the end of the day, in people.
func (w *world) record(o *Outcome, day int) {
	k := int64(w.s.Hasten)
	row := o.People[day*len(w.present):]
	var all int64
	for i, n := range w.present {
		row[i] = people(n * k)
		all += n
	}
	displaced := w.settled - w.returned
	o.OnTheWay[day] = people((displaced - all) * k)
	o.Displaced[day] = people(displaced * k)
	o.Waiting[day] = people(w.waiting * k)
	o.Returned[day] = people(w.returned * k)
	o.Debt[day] = people(w.debt * k)
}

// people narrows a count; more than two thousand million are written as that.
func people(n int64) int32 { return int32(min(n, math.MaxInt32)) }
