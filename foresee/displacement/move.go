package displacement

import "math"

// choose lets all who are at a place stay or take the road. Nothing that they
// decide makes a camp fuller before they arrive.
func (w *world) choose() {
	w.folk = merge(w.folk)
	rest := w.arrived[:0]
	w.startRound()
	for i := range w.folk {
		c := w.folk[i]
		w.keyPlace(c.place)
		rest = w.decide(c, w.leave[c.place], rest)
	}
	w.folk, w.arrived = rest, w.folk[:0]
}

// startRound begins draws that no earlier ones share their luck with.
func (w *world) startRound() {
	w.round++
	w.keyed = none
}

// keyPlace begins the draws of a place in this round; its cohorts, which stand
// together, draw one after the other.
func (w *world) keyPlace(place int32) {
	if w.keyed != place {
		w.chance.key(w.day, w.round, int(place))
		w.keyed = place
	}
}

// decide lets a cohort leave with a chance each, puts those who do on the road
// and appends those who do not to rest.
func (w *world) decide(c cohort, chance float64, rest []cohort) []cohort {
	if c.way != none {
		return w.follow(c, c.way, rest)
	}
	if to := w.sendOn[c.place]; to != none {
		return w.follow(c, to, rest)
	}
	going := w.chance.binomial(c.n, chance)
	if stay := c.n - going; stay > 0 {
		s := c
		s.n = stay
		rest = append(rest, s)
	}
	if c.n = going; going > 0 {
		rest = w.disperse(c, rest)
	}
	return rest
}

// disperse divides a cohort, all of whom leave, among the ways that they may take.
func (w *world) disperse(c cohort, rest []cohort) []cohort {
	ways := w.paths.from[c.place]
	weights := w.weights[:len(ways)]
	total, last := w.weigh(ways, weights)
	if last < 0 { // no way out
		return append(rest, c)
	}
	left := c.n
	for i, way := range ways[:last+1] {
		if weights[i] == 0 {
			continue
		}
		part := c
		if part.n = left; i < last {
			part.n = w.chance.binomial(left, weights[i]/total)
		}
		total -= weights[i]
		if left -= part.n; part.n > 0 {
			rest = w.follow(part, way, rest)
		}
	}
	return rest
}

// weigh fills in the weights of ways today and returns their sum and the last
// that weighs anything, or -1. Where every open way ends in a full place, all
// weigh the same.
func (w *world) weigh(ways []int32, weights []float64) (total float64, last int) {
	last, best, anyOpen := -1, 0.0, false
	for i, way := range ways {
		weights[i] = 0
		if !w.open[way] {
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
		case best == 0 && w.open[way]:
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

// follow puts a cohort on the first link of a way. Where that link is closed,
// or the way ends in a camp that is more than half full up, they stay where
// they are and mean to go nowhere.
func (w *world) follow(c cohort, way int32, rest []cohort) []cohort {
	dest := w.paths.dest[way]
	if w.closed[w.paths.first[way]] > 0 || w.camp[dest] && w.room(dest) < 0.5 {
		c.way = none
		return append(rest, c)
	}
	w.present[c.place] -= c.n
	c.place, c.way, c.km = none, way, 0
	w.moving = append(w.moving, c)
	return rest
}

// maxLinksADay bounds how many links one travels in a day: only links of no
// length to speak of, between places that nobody stays at, come near.
const maxLinksADay = 500

// travel moves all who are on the road, and lets those who arrive with time
// left choose again, until the day is over for everybody.
func (w *world) travel() {
	w.moving, w.road = append(w.moving, w.road...), w.road[:0]
	for round := 0; len(w.moving) > 0; round++ {
		w.moving = merge(w.moving)
		w.arrived = w.arrived[:0]
		w.startRound()
		for i := range w.moving {
			w.advance(w.moving[i])
		}
		w.moving = w.moving[:0]
		w.arrived = merge(w.arrived)
		w.startRound()
		for i := range w.arrived {
			c := w.arrived[i]
			if round == maxLinksADay {
				w.folk = append(w.folk, c)
				continue
			}
			w.keyPlace(c.place)
			w.folk = w.decide(c, w.leaveAgain(&c), w.folk)
		}
	}
}

// leaveAgain returns the chance that somebody who has just arrived goes on today.
func (w *world) leaveAgain(c *cohort) float64 {
	town := w.in.Places[c.place].Kind == Town && w.intensity[c.place] == 0
	if w.s.AvoidShortStints && town && (float64(c.recent)/recentUnit+c.today/w.s.MaxSpeed)/2 < 0.5 {
		return 1
	}
	return w.leave[c.place]
}

// advance moves a cohort along its link by what is left of the day. Where days
// on a link are sometimes walked, it parts.
func (w *world) advance(c cohort) {
	l := &w.links[w.paths.first[c.way]]
	if w.s.StartOnFoot && c.fresh {
		w.arrive(c, l, w.s.WalkSpeed)
		return
	}
	if l.onFoot > 0 {
		w.keyPlace(int32(len(w.in.Places)) + w.paths.first[c.way])
		walking := c
		walking.n = w.chance.binomial(c.n, l.onFoot)
		if c.n -= walking.n; walking.n > 0 {
			w.arrive(walking, l, w.s.WalkSpeed)
		}
	}
	if c.n > 0 {
		w.arrive(c, l, l.speed)
	}
}

// arrive moves a cohort at a speed and, if that is far enough, into the place
// at the end of the link: back where it began if the link has been closed.
func (w *world) arrive(c cohort, l *link, speed float64) {
	step := speed
	if !w.s.Peer.FullDayAfterArrival {
		step *= c.left
	}
	c.km += step
	c.today += step
	if c.km < l.km || c.km == l.km && w.s.Peer.FullDayAfterArrival {
		w.road = append(w.road, c)
		return
	}
	over := c.km - l.km
	c.today -= over
	c.left = over / speed
	link, rest := w.paths.first[c.way], w.paths.next[c.way]
	if c.place = l.to; w.closed[link] > 0 {
		c.place, rest = l.from, none
	}
	c.way, c.km, c.fresh = rest, 0, false
	w.present[c.place] += c.n
	if c.today < speed && c.left > 0 {
		w.arrived = append(w.arrived, c)
	} else {
		w.folk = append(w.folk, c)
	}
}
