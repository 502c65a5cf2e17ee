package displacement

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
	fresh  bool     // they have not completed a link yet
}

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
	n int64
}

// pool holds cohorts of different states, in the order in which they first
// came. Its memory stays when it is emptied, so that a run soon allocates nothing.
type pool struct {
	cohorts []cohort
	slots   []int32 // open addressing: index into cohorts plus one, 0 for a free slot
	shift   uint    // 64 less the logarithm of len(slots)
}

// add puts n people in a state.
func (p *pool) add(s state, n int64) {
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
	size := max(2*len(p.slots), 256)
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
	p.cohorts = p.cohorts[:0]
	clear(p.slots)
}

// hash spreads states over 64 bits.
func (s *state) hash() uint64 {
	h := uint64(uint32(s.place))<<32 | uint64(uint32(s.way))
	h = (h ^ h>>29) * 0xbf58476d1ce4e5b9
	h ^= uint64(uint32(s.along))<<32 | uint64(uint32(s.today))
	h = (h ^ h>>31) * 0x94d049bb133111eb
	h ^= uint64(s.left) | uint64(s.recent)<<8
	if s.fresh {
		h ^= 1 << 16
	}
	return (h ^ h>>30) * 0x9e3779b97f4a7c15
}
