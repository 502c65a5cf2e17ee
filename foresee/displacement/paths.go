package displacement

import (
	"fmt"
	"math"

	"casus"
)

// link is one direction of a route.
type link struct {
	from, to int32
	length   distance
	felt     distance // the length as it seems to those who choose a way
	speed    distance // a day
	onFoot   float64  // chance that a day is walked
	hours    int32    // for the whole link at its speed
}

// paths are all the ways that people may choose: from each place every way
// without a place twice, up to Settings.Awareness links long. The rest of a way
// after its first link is itself a way, so one number says where somebody on
// the road is going: which link now, and which way after it.
type paths struct {
	first  []int32    // the first link
	next   []int32    // the way after that link, or none
	dest   []int32    // the place at the end
	length []distance // in all, as felt
	nearer []float64  // (Softening + km)^-DistancePower

	from [][]int32 // by place: the ways that people may choose there
}

// none stands for no way, no link, no place.
const none = int32(-1)

// maxPaths bounds memory: more ways than this from all places together is a
// network that nobody overlooks.
const maxPaths = 2_000_000

// findPaths lists the ways over links. A way of n links is a link and a way of
// n-1 links that begins where the link ends and does not come back.
func findPaths(places []Place, links []link, s *Settings) (*paths, error) {
	p := &paths{from: make([][]int32, len(places))}
	var depth []int // links, not counting those that end in a marker
	begins := make([][]int32, len(places))
	depthOf := func(l link) int {
		if places[l.to].Kind == Marker {
			return 0
		}
		return 1
	}
	for i, l := range links {
		begins[l.from] = append(begins[l.from], p.add(int32(i), none, l.to, l.felt))
		depth = append(depth, depthOf(l))
	}
	for begin := 0; begin < len(p.first); {
		end := len(p.first)
		// Ways of one link more than those in [begin, end).
		ends := begins
		begins = make([][]int32, len(places))
		for i, l := range links {
			for _, rest := range ends[l.to] {
				d := depth[rest] + depthOf(l)
				if d > s.Awareness || p.visits(links, rest, l.from) {
					continue
				}
				if len(p.first) >= maxPaths {
					return nil, &casus.Error{Code: casus.TooLarge, Input: "awareness",
						Problem: fmt.Sprintf("with %d links ahead there are more than %d ways through this network", s.Awareness, maxPaths),
						Advice:  "Look fewer links ahead."}
				}
				begins[l.from] = append(begins[l.from], p.add(int32(i), rest, p.dest[rest], l.felt+p.length[rest]))
				depth = append(depth, d)
			}
		}
		begin = end
	}
	p.nearer = make([]float64, len(p.first))
	for i, length := range p.length {
		p.nearer[i] = math.Pow(s.Softening+float64(length)/perKM, -s.DistancePower)
		if origin := links[p.first[i]].from; places[p.dest[i]].Kind != Marker {
			p.from[origin] = append(p.from[origin], int32(i))
		}
	}
	return p, nil
}

func (p *paths) add(first, next, dest int32, length distance) int32 {
	p.first = append(p.first, first)
	p.next = append(p.next, next)
	p.dest = append(p.dest, dest)
	p.length = append(p.length, length)
	return int32(len(p.first) - 1)
}

// visits tells whether the way passes or ends at a place.
func (p *paths) visits(links []link, way, place int32) bool {
	for ; way != none; way = p.next[way] {
		if l := links[p.first[way]]; l.from == place || l.to == place {
			return true
		}
	}
	return false
}
