package displacement

import "cmp"

// state is all that the rules know of somebody: people in one state are a
// cohort. They are at a place (way is what they still mean to travel, or none)
// or on a link (place is none; the link is the first of way).
type state struct {
	place  int32
	way    int32
	along  distance // behind them on the link
	today  distance // travelled today, where a rule asks for it
	left   uint8    // hours of today that are left to travel in
	recent uint8    // how much they travelled lately, see recentUnit (Settings.AvoidShortStints)
	sort   sort     // who they are, where a rule asks for it
	fresh  bool     // they have not completed a link yet
}

// sort is who somebody is, as far as rules ask for it.
type sort uint8

const (
	ordinary sort = iota
	careful
	bold
	sorts // how many there are
)

// distance is a length in 64ths of a kilometre, so that states compare exactly.
type distance int32

const perKM = 64

func toDistance(km float64) distance { return distance(km*perKM + 0.5) }

// hours of a day. A link takes a whole number of them, the nearest one, so that
// those who began it at different places do not all come to be states of their own.
const hours = 24

// cohort is a number of people in one state.
type cohort struct {
	state
	n int32 // as many as an Outcome can tell of
}

// pool holds cohorts of different states, in the order in which they first
// came, on which nothing may depend: it is another on another number of cores. Its memory stays when it is emptied, so that a run soon allocates nothing.
type pool struct {
	cohorts []cohort
	slots   []int32 // open addressing: index into cohorts plus one, 0 for a free slot
	shift   uint    // 64 less the logarithm of len(slots)
}

// add puts n people in a state.
func (p *pool) add(s state, n int32) {
	if n == 0 {
		return
	}
	if 2*len(p.cohorts) >= len(p.slots) {
		p.grow()
	}
	slot := s.hash() >> p.shift
	for ; p.slots[slot] != 0; slot = (slot + 1) & uint64(len(p.slots)-1) {
		if c := &p.cohorts[p.slots[slot]-1]; c.state == s {
			c.n += n
			return
		}
	}
	p.cohorts = append(p.cohorts, cohort{s, n})
	p.slots[slot] = int32(len(p.cohorts))
}

// grow doubles the table and enters the cohorts anew.
func (p *pool) grow() {
	size := max(2*len(p.slots), 64)
	p.slots, p.shift = make([]int32, size), 64
	for ; size > 1; size /= 2 {
		p.shift--
	}
	for i := range p.cohorts {
		slot := p.cohorts[i].hash() >> p.shift
		for p.slots[slot] != 0 {
			slot = (slot + 1) & uint64(len(p.slots)-1)
		}
		p.slots[slot] = int32(i + 1)
	}
}

// empty takes everybody out.
func (p *pool) empty() {
	if len(p.cohorts) > 0 {
		p.cohorts = p.cohorts[:0]
		clear(p.slots)
	}
}

// compare puts states in an order, so that what must be done one after the other
// is done the same on any number of cores.
func (s *state) compare(t *state) int {
	fresh := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(s.place, t.place), cmp.Compare(s.way, t.way), cmp.Compare(s.along, t.along), cmp.Compare(s.today, t.today),
		cmp.Compare(s.left, t.left), cmp.Compare(s.recent, t.recent), cmp.Compare(s.sort, t.sort), fresh(s.fresh)-fresh(t.fresh))
}

// hash spreads states over 64 bits.
func (s *state) hash() uint64 {
	h := uint64(uint32(s.place))<<32 | uint64(uint32(s.way))
	h = (h ^ h>>29) * 0xbf58476d1ce4e5b9
	h ^= uint64(uint32(s.along))<<32 | uint64(uint32(s.today))
	h = (h ^ h>>31) * 0x94d049bb133111eb
	h ^= uint64(s.left) | uint64(s.recent)<<8 | uint64(s.sort)<<24
	if s.fresh {
		h ^= 1 << 16
	}
	return (h ^ h>>30) * 0x9e3779b97f4a7c15
}
