package displacement

import "math"

// world is the state of one run: what is where today.
type world struct {
	*Model
	seed   uint64
	chance *chance // for what is not of one cohort
	day    int
	round  int
	side   int // of hand.arrived that is written in this phase; the other is read

	// By place.
	present   []int64
	residents []int64
	capacity  []float64 // in units of Settings.Hasten people; 0: without bound
	intensity []float64 // of the fighting; 0: none
	onset     []int     // the day on which the fighting began
	kind      []Kind
	hunger    []float64 // the share of people with too little to eat
	camp      []bool    // people stay there, and a full one is not entered
	spoilt    []bool    // a camp no longer, after fighting (Peer.ZoneMakesTown)
	leave     []float64 // the chance of leaving on a day
	sendOn    []bool    // all who come must go on, by a way in forced
	wanted    []float64 // by zone, its share of departures, not normed

	closed []int32     // by link: closures in force
	open   []bool      // by way: all its links are open
	forced []bool      // by way: it is a link by which people are sent on
	draw   [][]float64 // by sort of people and way: its weight, but for how full its end is

	rooms   []float64     // by place: how much of its draw it keeps, as of the phase's begin
	sums    [][][]float64 // by sort of people, place and way from there: the sum of the weights up to it, likewise
	lastWay [][]int       // by sort and place: the last way that weighs anything, or -1
	guides  [][][]int32   // by sort and place, for each of as many equal shares of the last sum as there are ways: a way not after the first that reaches beyond

	crew  crew
	pools [units]pool // by unit: those who choose or move in this phase

	walk, full distance // what one walks in a day, what one travels

	settled, waiting, returned, debt int64
	tooMany                          bool      // more people than a run can hold have been displaced
	campFolk                         []*cohort // scratch of inCamps
}

// newWorld makes a run ready for at most so many who work at it.
func newWorld(m *Model, seed uint64, hands int) *world {
	n := len(m.in.Places)
	w := &world{Model: m, seed: seed, chance: newChance(seed),
		present: make([]int64, n), residents: make([]int64, n), capacity: make([]float64, n), intensity: make([]float64, n),
		onset: make([]int, n), kind: make([]Kind, n), hunger: make([]float64, n), camp: make([]bool, n), spoilt: make([]bool, n), leave: make([]float64, n), sendOn: make([]bool, n),
		wanted: make([]float64, n), closed: make([]int32, len(m.links)), open: make([]bool, len(m.paths.first)), forced: make([]bool, len(m.paths.first)),
		rooms: make([]float64, n),
		walk:  toDistance(m.s.WalkSpeed), full: toDistance(m.s.MaxSpeed)}
	w.knowSorts()
	crew := make([]*hand, hands)
	for i := range crew {
		crew[i] = newHand(w)
	}
	w.crew.assemble(crew)
	k := int64(m.s.Hasten)
	w.key(present)
	for i, p := range m.in.Places {
		w.residents[i] = int64(p.Residents) / k
		w.capacity[i] = float64(int64(p.Capacity) / k)
		if m.s.IgnoreDay0 || p.Present == 0 {
			continue
		}
		there := int64(p.Present) / k
		w.settle(int32(i), there)
		if m.s.Peer.Day0Twice && w.capacity[i] > 0 {
			w.capacity[i] -= float64(there)
		}
	}
	return w
}

// knowSorts makes room for what each sort of people weighs the ways by: one for
// all where no rule asks who they are.
func (w *world) knowSorts() {
	n := 1
	if w.s.AvoidHazards {
		n = int(sorts)
	}
	for range n {
		sums, guides := make([][]float64, len(w.in.Places)), make([][]int32, len(w.in.Places))
		for i, ways := range w.paths.from {
			sums[i], guides[i] = make([]float64, len(ways)), make([]int32, len(ways))
		}
		w.sums, w.guides = append(w.sums, sums), append(w.guides, guides)
		w.draw, w.lastWay = append(w.draw, make([]float64, len(w.paths.first))), append(w.lastWay, make([]int, len(w.in.Places)))
	}
}

// settle puts n people at a place who have not travelled yet, and draws who they
// are where a rule asks for it.
func (w *world) settle(place int32, n int64) {
	w.present[place] += n
	w.settled += n
	if w.settled > math.MaxInt32 {
		w.tooMany = true
		return
	}
	p := &w.in.Places[place]
	var of [sorts]int64
	if w.s.AvoidHazards {
		of[careful] = w.chance.binomial(n, p.Careful)
		if w.s.BoysTakeRisk && p.Bold > 0 {
			of[bold] = w.chance.binomial(n-of[careful], min(p.Bold/(1-p.Careful), 1))
		}
	}
	of[ordinary] = n - of[careful] - of[bold]
	for who, n := range of {
		if n > 0 {
			w.crew.hands[0].tomorrow.put(cohort{state{place: place, way: none, left: hours, fresh: true, sort: sort(who)}, int32(n)})
		}
	}
}

// live runs one day: what changes, who must leave, who goes where. Those who
// have time left when they arrive choose again, in rounds, until the day is over
// for everybody.
func (w *world) live(day int) {
	w.day, w.round = day, 0
	if day > 0 {
		for i := range w.in.Places {
			w.capacity[i] += float64(w.in.Places[i].PerDay) / float64(w.s.Hasten)
		}
	}
	w.dawn()
	returning := w.displace()
	small := w.count(func(h *hand) int { return h.tomorrow.count() }) < worthSharing
	w.crew.do((*hand).rise, small)
	w.goHome(returning)
	w.look(w.days[day])
	w.round = 1
	w.crew.do((*hand).leaveCamps, small)
	w.countLeaving()
	w.look(false)
	w.round = 2
	w.crew.do((*hand).leaveTowns, small)
	for {
		w.countLeaving()
		w.countComing()
		arrived := w.count(func(h *hand) int { return h.arrived[w.side].count() })
		if arrived == 0 {
			return
		}
		w.look(false)
		w.round++
		w.side = 1 - w.side
		w.crew.do((*hand).goOn, arrived < worthSharing)
	}
}

// worthSharing is how many cohorts make a phase worth sharing between cores:
// some fifty microseconds of work, several times what sharing it costs.
const worthSharing = 300

// count returns the sum of a count over all hands.
func (w *world) count(of func(h *hand) int) int {
	sum := 0
	for _, h := range w.crew.hands {
		sum += of(h)
	}
	return sum
}

// countLeaving takes those who left their places in a phase out of the counts.
func (w *world) countLeaving() {
	for _, h := range w.crew.hands {
		for i, n := range h.left {
			w.present[i] -= n
		}
		clear(h.left)
	}
}

// countComing adds those who came to places.
func (w *world) countComing() {
	for _, h := range w.crew.hands {
		for i, n := range h.came {
			w.present[i] += n
		}
		clear(h.came)
	}
}

// look fixes for the next phase how full places are, and what each way weighs
// where that or the day has changed anything.
func (w *world) look(anew bool) {
	for i := range w.rooms {
		if room := w.room(int32(i)); room != w.rooms[i] {
			w.rooms[i] = room
			anew = true
		}
	}
	if !anew {
		return
	}
	for who := range w.sums {
		w.addUp(sort(who))
	}
}

// addUp sums up what the ways from each place weigh for a sort of people.
func (w *world) addUp(who sort) {
	for i, ways := range w.paths.from {
		sums, guide := w.sums[who][i], w.guides[who][i]
		_, w.lastWay[who][i] = w.weigh(ways, w.sendOn[i], who, sums)
		sum := 0.0
		for j, weight := range sums {
			sum += weight
			sums[j] = sum
		}
		way := int32(0)
		for j := range guide {
			// A little less than the share, so that rounding cannot make it too much.
			for share := sum * (float64(j)/float64(len(ways)) - 1e-9); sums[way] < share; {
				way++
			}
			guide[j] = way
		}
	}
}

// dawn works out what is another than yesterday.
func (w *world) dawn() {
	if !w.days[w.day] {
		return
	}
	w.changePlaces()
	w.changeZones()
	w.closeRoutes()
	w.describePlaces()
	w.weighWays()
}

// changePlaces sets what each place is today, and how hungry its people are.
func (w *world) changePlaces() {
	for i, p := range w.in.Places {
		w.kind[i], w.hunger[i] = p.Kind, w.hungry(p.Region)
	}
	for _, c := range w.in.Changes {
		if c.Day <= w.day {
			w.kind[w.index[c.Place]] = c.Kind
		}
	}
}

// hungry returns the share of a region's people who have too little to eat today.
func (w *world) hungry(region string) float64 {
	var before *Hunger
	for i := range w.in.Hunger {
		h := &w.in.Hunger[i]
		switch {
		case h.Region != region:
		case h.Day > w.day && before == nil:
			return h.Share
		case h.Day > w.day:
			return before.Share + (h.Share-before.Share)*float64(w.day-before.Day)/float64(h.Day-before.Day)
		default:
			before = h
		}
	}
	if before == nil {
		return 0
	}
	return before.Share
}

// changeZones sets each place's fighting of today.
func (w *world) changeZones() {
	for i := range w.in.Places {
		now := w.fighting(int32(i))
		was := w.intensity[i]
		switch {
		case now > 0 && was == 0:
			w.onset[i] = w.day
		case now > 0 && w.s.Peer.FixedIntensity:
			now = was
		case now == 0 && was > 0 && w.s.Peer.ZoneMakesTown:
			w.spoilt[i] = true
		}
		w.intensity[i] = now
	}
}

// fighting returns the highest intensity of the zones at a place today.
func (w *world) fighting(place int32) float64 {
	now := 0.0
	for i := range w.in.Zones {
		z := &w.in.Zones[i]
		if z.From <= w.day && (w.day < z.Until || z.Until == Never) && w.index[z.Place] == place {
			now = max(now, z.Intensity)
		}
	}
	return now
}

// closeRoutes counts for each link the closures in force today.
func (w *world) closeRoutes() {
	clear(w.closed)
	for i := range w.closes {
		c := &w.closes[i]
		if c.from > w.day || w.day >= c.until {
			continue
		}
		for _, l := range c.links {
			w.closed[l]++
		}
	}
	for i, first := range w.paths.first {
		// A way's rest is an earlier way, so it is known by now.
		next := w.paths.next[i]
		w.open[i] = w.closed[first] == 0 && (next == none || w.open[next])
	}
}

// campClosed tells whether a camp is a town today.
func (w *world) campClosed(place int32) bool {
	for i := range w.closes {
		if c := &w.closes[i]; c.place == place && c.from <= w.day && w.day < c.until {
			return true
		}
	}
	return false
}

// describePlaces sets how people leave each place and where they are sent on.
func (w *world) describePlaces() {
	for i := range w.in.Places {
		kind, place := w.kind[i], int32(i)
		w.camp[i] = (kind == Camp || kind == IDPCamp) && !w.spoilt[i] && !w.campClosed(place)
		w.leave[i] = w.chanceToLeave(place)
		w.sendOn[i] = false
		w.wanted[i] = w.wantedFrom(place)
	}
	for _, r := range w.redirect {
		// The ways of one link come first, in the order of the links.
		from := w.links[r.link].from
		w.forced[r.link] = w.day < r.until && w.closed[r.link] == 0
		w.sendOn[from] = w.sendOn[from] || w.forced[r.link]
	}
}

// wantedFrom is a place's share of those who leave their homes, not normed.
func (w *world) wantedFrom(place int32) float64 {
	return float64(max(w.residents[place], 0)) * (w.intensity[place]*w.decay(place) + w.hunger[place])
}

func (w *world) chanceToLeave(place int32) float64 {
	kind := w.kind[place]
	chance := w.s.LeaveTown
	switch {
	case w.intensity[place] > 0:
		chance = w.s.LeaveZone
	case kind == Hub || kind == Marker:
		return w.s.LeaveHub
	case w.camp[place] && kind == Camp:
		chance = w.s.LeaveCamp
	case w.camp[place]:
		chance = w.s.LeaveIDPCamp
	}
	if w.s.SizePower != 0 {
		size := max(float64(w.residents[place]), w.capacity[place])
		chance *= math.Pow(size/w.s.SizeBase, w.s.SizePower)
	}
	return w.hunger[place] + (1-w.hunger[place])*chance
}

// decay returns by how much a zone's age has dulled it.
func (w *world) decay(place int32) float64 {
	if len(w.s.Decay) == 0 || w.intensity[place] == 0 {
		return 1
	}
	return w.s.Decay[min((w.day-w.onset[place])/w.s.DecayDays, len(w.s.Decay)-1)]
}

// weighWays works out each way's weight, but for how full its end is.
func (w *world) weighWays() {
	for i, dest := range w.paths.dest {
		a, near := w.attraction(dest), 1.0
		if w.s.NearHomePower != 0 {
			from, to := &w.in.Places[w.links[w.paths.first[i]].from], &w.in.Places[dest]
			near = 1 / math.Pow(max(1, GreatCircle(from.Lat, from.Lon, to.Lat, to.Lon)), w.s.NearHomePower)
		}
		for who, draw := range w.draw {
			draw[i] = math.Pow((w.s.WeightSoftening+[...]float64{ordinary: a, careful: a * a, bold: 1}[who]*near)*w.paths.nearer[i], w.s.WeightPower)
			if !w.open[i] {
				draw[i] = 0
			}
		}
	}
}

// attraction returns the draw of a place on those who choose where to go.
func (w *world) attraction(place int32) float64 {
	a := 1.0
	if w.foreign[place] {
		a *= w.s.ForeignWeight
	} else {
		a *= 1 - w.hunger[place]*w.hunger[place]
	}
	if w.camp[place] {
		a *= w.s.CampWeight
		if w.s.CapacityPull != 0 && w.capacity[place] > 0 {
			a *= math.Pow(w.capacity[place]*float64(w.s.Hasten)/10_000, w.s.CapacityPull)
		}
	} else if w.s.PopulationPull != 0 {
		a *= math.Pow(max(1, float64(w.residents[place])), w.s.PopulationPull)
	}
	if w.intensity[place] > 0 {
		a *= math.Pow(w.s.ZoneWeight, w.decay(place)*w.intensity[place])
	}
	return a
}

// room returns how much of its draw a place keeps with so many people in it: 1
// far below its capacity, 0 at it.
func (w *world) room(place int32) float64 {
	c := w.capacity[place] * w.s.CapacityScaling
	n := float64(w.present[place])
	switch buffer := w.s.CapacityBuffer * c; {
	case c < 1 || n <= buffer:
		return 1
	case n >= c:
		return 0
	default:
		return 1 - (n-buffer)/(c-buffer)
	}
}

// weigh fills in the weights of ways today, or of those by which people are sent
// on, and returns their sum and the last that weighs anything, or -1. Where
// every open way ends in a full place, all weigh the same.
func (w *world) weigh(ways []int32, sentOn bool, who sort, weights []float64) (total float64, last int) {
	last, best, anyOpen := -1, 0.0, false
	for i, way := range ways {
		weights[i] = 0
		if !w.open[way] || sentOn && !w.forced[way] {
			continue
		}
		anyOpen = true
		weights[i] = w.draw[who][way] * w.fullness(w.paths.dest[way])
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
