package displacement

import "math"

// choose lets all who are at a place stay or take the road. Nothing that they
// decide makes a camp fuller before they arrive, but those who leave a camp make
// room. They choose first: they set out longest ago, and Flee goes by that.
func (w *world) choose() {
	w.round++
	w.folk, w.spare = w.spare, w.folk
	for _, inCamps := range []bool{true, false} {
		for i := range w.spare.cohorts {
			if c := &w.spare.cohorts[i]; w.camp[c.place] == inCamps {
				w.decide(c, w.leave[c.place])
			}
		}
	}
	w.spare.empty()
}

// key begins the draws of one cohort in this round.
func (w *world) key(s *state) {
	w.chance.key(w.day, w.round, s.hash())
}

// decide lets the people of a cohort leave with a chance each, and puts those
// who do on the road and the others among the folk.
func (w *world) decide(c *cohort, chance float64) {
	if c.way != none {
		w.follow(c.state, c.way, c.n)
		return
	}
	if w.sendOn[c.place] {
		chance = 1
	}
	w.key(&c.state)
	going := w.chance.binomial(c.n, chance)
	w.folk.add(c.state, c.n-going)
	if going > 0 {
		w.disperse(c.state, going)
	}
}

// disperse divides n people, all of whom leave, among the ways that they may take.
func (w *world) disperse(s state, n int64) {
	ways := w.paths.from[s.place]
	weights := w.weights[:len(ways)]
	total, last := w.weigh(ways, w.sendOn[s.place], weights)
	if last < 0 { // no way out
		w.folk.add(s, n)
		return
	}
	for i, way := range ways[:last+1] {
		if weights[i] == 0 {
			continue
		}
		take := n
		if i < last {
			take = w.chance.binomial(n, weights[i]/total)
		}
		total -= weights[i]
		if n -= take; take > 0 {
			w.follow(s, way, take)
		}
	}
}

// weigh fills in the weights of ways today, or of those by which people are sent
// on, and returns their sum and the last that weighs anything, or -1. Where
// every open way ends in a full place, all weigh the same.
func (w *world) weigh(ways []int32, sentOn bool, weights []float64) (total float64, last int) {
	last, best, anyOpen := -1, 0.0, false
	for i, way := range ways {
		weights[i] = 0
		if !w.open[way] || sentOn && !w.forced[way] {
			continue
		}
		anyOpen = true
		weights[i] = w.draw[way] * w.fullness(w.paths.dest[way])
		best = max(best, weights[i])
	}
	for i, way := range ways {
		switch {
		case !anyOpen:
			return 0, -1
		case best == 0 && w.open[way] && (!sentOn || w.forced[way]):
			weights[i] = 1
		case w.s.Pruning > 1 && weights[i] < best/w.s.Pruning:
			weights[i] = 0
		}
		if total += weights[i]; weights[i] > 0 {
			last = i
		}
	}
	return total, last
}

// fullness is what a place's crowding makes of the weight of ways to it.
func (w *world) fullness(place int32) float64 {
	room := w.room(place)
	if room == 1 || w.s.WeightPower == 1 {
		return room
	}
	return math.Pow(room, w.s.WeightPower)
}

// follow puts people on the first link of a way. Where that link is closed, or
// the way ends in a camp that has lost more than half its draw, they stay where
// they are and mean to go nowhere.
func (w *world) follow(s state, way int32, n int64) {
	dest := w.paths.dest[way]
	if w.closed[w.paths.first[way]] > 0 || w.camp[dest] && w.room(dest) < 0.5 {
		s.way = none
		w.folk.add(s, n)
		return
	}
	w.present[s.place] -= n
	s.place, s.way, s.along = none, way, 0
	w.moving.add(s, n)
}

// maxRounds bounds how many links one travels in a day: only Flee's rule, with
// links of no length to speak of between places that nobody stays at, comes near.
const maxRounds = 500

// travel moves all who are on the road, and lets those who arrive with time
// left choose again, until the day is over for everybody.
func (w *world) travel() {
	for i := range w.road.cohorts {
		w.moving.add(w.road.cohorts[i].state, w.road.cohorts[i].n)
	}
	w.road.empty()
	for round := 0; len(w.moving.cohorts) > 0; round++ {
		w.arrived.empty()
		w.round++
		for i := range w.moving.cohorts {
			w.advance(&w.moving.cohorts[i])
		}
		w.moving.empty()
		w.round++
		for i := range w.arrived.cohorts {
			c := &w.arrived.cohorts[i]
			if round == maxRounds {
				w.folk.add(c.state, c.n)
				continue
			}
			w.decide(c, w.leaveAgain(c))
		}
	}
}

// leaveAgain returns the chance that somebody who has just arrived goes on today.
func (w *world) leaveAgain(c *cohort) float64 {
	town := w.in.Places[c.place].Kind == Town && w.intensity[c.place] == 0
	if w.s.AvoidShortStints && town && (float64(c.recent)/recentUnit+float64(c.today)/float64(w.full))/2 < 0.5 {
		return 1
	}
	return w.leave[c.place]
}

// advance moves a cohort along its link by what is left of the day. Where days
// on a link are sometimes walked, it parts.
func (w *world) advance(c *cohort) {
	l := &w.links[w.paths.first[c.way]]
	if w.s.StartOnFoot && c.fresh {
		w.arrive(c.state, c.n, l, w.walk)
		return
	}
	walking := int64(0)
	if l.onFoot > 0 {
		w.key(&c.state)
		walking = w.chance.binomial(c.n, l.onFoot)
		w.arrive(c.state, walking, l, w.walk)
	}
	w.arrive(c.state, c.n-walking, l, l.speed)
}

// arrive moves n people at a speed and, if that is far enough, into the place
// at the end of the link: back where it began if the link has been closed.
func (w *world) arrive(s state, n int64, l *link, speed distance) {
	if n == 0 {
		return
	}
	left := uint8(0)
	if w.s.Peer.FullDayAfterArrival {
		s.along += speed
		s.today += speed
		if s.along <= l.length {
			w.road.add(s, n)
			return
		}
		if s.today -= s.along - l.length; s.today < speed {
			left = hours
		}
	} else {
		needed := hoursFor(l.length-s.along, speed)
		if needed > int(s.left) {
			s.along += speed * distance(s.left) / hours
			if w.s.AvoidShortStints {
				s.today += speed * distance(s.left) / hours
			}
			w.road.add(s, n)
			return
		}
		if w.s.AvoidShortStints {
			s.today += l.length - s.along
		}
		left = s.left - uint8(needed)
	}
	link, rest := w.paths.first[s.way], w.paths.next[s.way]
	if s.place = l.to; w.closed[link] > 0 {
		s.place, rest = l.from, none
	}
	s.way, s.along, s.fresh, s.left = rest, 0, false, left
	w.present[s.place] += n
	if left > 0 {
		w.arrived.add(s, n)
	} else {
		w.folk.add(s, n)
	}
}

// hoursFor returns how long a distance takes: the nearest whole number of
// hours, at least one.
func hoursFor(d, speed distance) int {
	return max(1, int((int64(d)*hours+int64(speed)/2)/int64(speed)))
}
