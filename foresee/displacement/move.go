package displacement

import (
	"math"
	"slices"
)

// sent are cohorts that a hand has put aside for the next who look after them, by unit.
type sent struct {
	n    int // since somebody asked
	unit [units][]cohort
}

// put puts people aside.
func (s *sent) put(c cohort) {
	unit := unitOf(&c.state)
	s.unit[unit] = append(s.unit[unit], c)
	s.n++
}

// count returns how many cohorts were put aside since it was last asked.
func (s *sent) count() int {
	n := s.n
	s.n = 0
	return n
}

// move moves what was put aside for a unit to a pool.
func (s *sent) move(p *pool, unit int) {
	for i := range s.unit[unit] {
		c := &s.unit[unit][i]
		p.add(c.state, c.n)
	}
	s.unit[unit] = s.unit[unit][:0]
}

// hand is one who works at a run: where those go whom it has dealt with. What
// it writes is its own until the phase is over.
type hand struct {
	*world
	chance *chance

	arrived  [2]sent // by world.side: who has come to a place with time left today
	tomorrow sent    // who goes nowhere any more today, as they wake up

	left, came []int64 // by place: people who left it and who came to it in this phase
	drawn      []int32 // by way of a place, all 0 between uses: people who take it
	taken      []int32 // the ways of drawn that are not 0

	_ [64]byte // so that two hands share no cache line
}

func newHand(w *world) *hand {
	n, widest := len(w.in.Places), 0
	for _, ways := range w.paths.from {
		widest = max(widest, len(ways))
	}
	const line = 8 // words of a cache line, for the same reason
	return &hand{world: w, chance: newChance(w.seed), left: make([]int64, n, n+line), came: make([]int64, n, n+line),
		drawn: make([]int32, widest, widest+2*line), taken: make([]int32, 0, widest+2*line)}
}

// unitOf is the unit that looks after people in a state.
func unitOf(s *state) int { return int(s.hash() >> 20 % units) }

// rise gathers those who slept in one unit.
func (h *hand) rise(unit int) {
	pool := &h.pools[unit]
	pool.empty()
	for _, other := range h.crew.hands {
		other.tomorrow.move(pool, unit)
	}
}

// leaveCamps lets those who are in camps stay or take the road. They choose
// before the others, for whom they make room: they set out longest ago, and
// Flee goes by that.
func (h *hand) leaveCamps(unit int) {
	for i := range h.pools[unit].cohorts {
		if c := &h.pools[unit].cohorts[i]; c.place != none && h.camp[c.place] {
			h.decide(c, h.leave[c.place])
		}
	}
}

// leaveTowns lets those in other places do so, and moves those who are on the road.
func (h *hand) leaveTowns(unit int) {
	for i := range h.pools[unit].cohorts {
		switch c := &h.pools[unit].cohorts[i]; {
		case c.place == none:
			h.advance(c.state, c.n, onRoad)
		case !h.camp[c.place]:
			h.decide(c, h.leave[c.place])
		}
	}
}

// goOn lets those who came to a place with time left choose again.
func (h *hand) goOn(unit int) {
	pool := &h.pools[unit]
	pool.empty()
	for _, other := range h.crew.hands {
		other.arrived[1-h.side].move(pool, unit)
	}
	for i := range pool.cohorts {
		if c := &pool.cohorts[i]; h.round == maxRounds {
			h.stay(c.state, c.n)
		} else {
			h.decide(c, h.leaveAgain(c))
		}
	}
}

// maxRounds bounds how many links one travels in a day: only Flee's rule, with
// links of no length to speak of between places that nobody stays at, comes near.
const maxRounds = 500

// origin tells how people came onto a link, so that no two draws have one key.
type origin int

const (
	atPlace  origin = iota // not on a link
	onRoad                 // they are on it since yesterday
	pursuing               // they follow the way that they chose before
	choosing               // they have just chosen the way
	origins                // how many there are
)

// key begins the draws of one cohort in this round.
func (h *hand) key(s *state, o origin) {
	h.chance.key(h.day, h.round*int(origins)+int(o), s.hash())
}

// decide lets the people of a cohort leave with a chance each, and puts those
// who do on the road.
func (h *hand) decide(c *cohort, chance float64) {
	if c.way != none {
		h.follow(c.state, c.way, c.n, pursuing)
		return
	}
	if h.sendOn[c.place] {
		chance = 1
	}
	h.key(&c.state, atPlace)
	going := int32(h.chance.binomial(int64(c.n), chance))
	h.stay(c.state, c.n-going)
	if going > 0 {
		h.disperse(c.state, going)
	}
}

// disperse divides n people, all of whom leave, among the ways that they may
// take: by a draw for each of them, or where they are many for each way.
func (h *hand) disperse(s state, n int32) {
	ways, sums := h.paths.from[s.place], h.sums[s.sort][s.place]
	last := h.lastWay[s.sort][s.place]
	if last < 0 { // no way out
		h.stay(s, n)
		return
	}
	if int(n) <= 2*(last+1) {
		h.disperseFew(s, n, ways, sums[:last+1])
		return
	}
	before := 0.0
	for i, way := range ways[:last+1] {
		weight := sums[i] - before
		if weight == 0 {
			continue
		}
		take := n
		if i < last {
			take = int32(h.chance.binomial(int64(n), weight/(sums[last]-before)))
		}
		before = sums[i]
		if n -= take; take > 0 {
			h.follow(s, way, take, choosing)
		}
	}
}

// disperseFew draws the way of each of n people: the first whose sum is above
// the number drawn, looked for from where the guide points (Chen and Asau, AIIE
// Transactions 6 (1974)).
func (h *hand) disperseFew(s state, n int32, ways []int32, sums []float64) {
	guide := h.guides[s.sort][s.place]
	total, rows := sums[len(sums)-1], float64(len(guide))
	for range n {
		share := h.chance.float()
		u, i := share*total, int(guide[int(share*rows)])
		for i < len(sums)-1 && sums[i] <= u {
			i++
		}
		if h.drawn[i] == 0 {
			h.taken = append(h.taken, int32(i))
		}
		h.drawn[i]++
	}
	for _, i := range h.taken {
		take := h.drawn[i]
		h.drawn[i] = 0
		h.follow(s, ways[i], take, choosing)
	}
	h.taken = h.taken[:0]
}

// follow puts people on the first link of a way. Where that link is closed, or
// the way ends in a camp that has lost more than half its draw, they stay where
// they are and mean to go nowhere.
func (h *hand) follow(s state, way int32, n int32, o origin) {
	dest := h.paths.dest[way]
	if h.closed[h.paths.first[way]] > 0 || h.camp[dest] && h.rooms[dest] < 0.5 {
		s.way = none
		h.stay(s, n)
		return
	}
	h.left[s.place] += int64(n)
	s.place, s.way, s.along = none, way, 0
	h.advance(s, n, o)
}

// leaveAgain returns the chance that somebody who has just arrived goes on today.
func (h *hand) leaveAgain(c *cohort) float64 {
	town := h.kind[c.place] == Town && h.intensity[c.place] == 0
	if h.s.AvoidShortStints && town && (float64(c.recent)/recentUnit+float64(c.today)/float64(h.full))/2 < 0.5 {
		return 1
	}
	return h.leave[c.place]
}

// advance moves people along their link by what is left of the day. Where days
// on a link are sometimes walked, they part.
func (h *hand) advance(s state, n int32, o origin) {
	l := &h.links[h.paths.first[s.way]]
	if h.s.StartOnFoot && s.fresh {
		h.arrive(s, n, l, h.walk)
		return
	}
	walking := int32(0)
	if l.onFoot > 0 {
		// The draws of those who have just chosen go on in the stream of their choice.
		if o != choosing {
			h.key(&s, o)
		}
		walking = int32(h.chance.binomial(int64(n), l.onFoot))
		h.arrive(s, walking, l, h.walk)
	}
	h.arrive(s, n-walking, l, l.speed)
}

// arrive moves n people at a speed and, if that is far enough, into the place
// at the end of the link: back where it began if the link has been closed.
func (h *hand) arrive(s state, n int32, l *link, speed distance) {
	if n == 0 {
		return
	}
	left := uint8(0)
	if h.s.Peer.FullDayAfterArrival {
		s.along += speed
		s.today += speed
		if s.along <= l.length {
			h.stay(s, n)
			return
		}
		if s.today -= s.along - l.length; s.today < speed {
			left = hours
		}
	} else {
		needed := int(l.hours)
		if s.along > 0 || speed != l.speed {
			needed = hoursFor(l.length-s.along, speed)
		}
		if needed > int(s.left) {
			s.along += speed * distance(s.left) / hours
			if h.s.AvoidShortStints {
				s.today += speed * distance(s.left) / hours
			}
			h.stay(s, n)
			return
		}
		if h.s.AvoidShortStints {
			s.today += l.length - s.along
		}
		left = s.left - uint8(needed)
	}
	link, rest := h.paths.first[s.way], h.paths.next[s.way]
	if s.place = l.to; h.closed[link] > 0 {
		s.place, rest = l.from, none
	}
	s.way, s.along, s.fresh, s.left = rest, 0, false, left
	h.came[s.place] += int64(n)
	if left == 0 {
		h.stay(s, n)
		return
	}
	h.arrived[h.side].put(cohort{s, n})
}

// recentUnit is a full day's travel in the units of cohort.recent.
const recentUnit = 64

// stay lets people be where they are, at a place or on the road, until tomorrow,
// when everybody has a whole day again.
func (h *hand) stay(s state, n int32) {
	if n == 0 {
		return
	}
	if h.s.AvoidShortStints {
		recent := (float64(s.recent) + recentUnit*float64(s.today)/float64(h.full)) / 2
		s.recent = uint8(min(math.Round(recent), math.MaxUint8))
	}
	s.today, s.left = 0, hours
	h.tomorrow.put(cohort{s, n})
}

// hoursFor returns how long a distance takes: the nearest whole number of
// hours, at least one.
func hoursFor(d, speed distance) int {
	return max(1, int((int64(d)*hours+int64(speed)/2)/int64(speed)))
}

// inCamps returns those who are in camps this morning, in the order of their states.
func (w *world) inCamps() []*cohort {
	list := w.campFolk[:0]
	for unit := range w.pools {
		for i := range w.pools[unit].cohorts {
			if c := &w.pools[unit].cohorts[i]; c.place != none && w.camp[c.place] {
				list = append(list, c)
			}
		}
	}
	slices.SortFunc(list, func(a, b *cohort) int { return a.compare(&b.state) })
	w.campFolk = list
	return list
}
