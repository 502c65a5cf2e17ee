package displacement

import "casus"

// Outcome is one run, by day: row t holds how things stand at the end of day t.
type Outcome struct {
	Start  casus.Date
	Days   int
	Names  []string // of the places, in the order of Input
	Seed   uint64
	People []int32 // displaced people at each place: Days rows of len(Names)

	OnTheWay  []int32 // people on links, by day
	Displaced []int32 // people at places and on links together, by day
	Waiting   []int32 // people who are to leave and no zone is there to leave from, by day
	Returned  []int32 // people who went home, since day 0, by day
	Debt      []int32 // people held back because counts had fallen (Peer.NobodyReturns), by day
}

// At returns the people at a place at the end of a day.
func (o *Outcome) At(day, place int) int {
	return int(o.People[day*len(o.Names)+place])
}

// Series returns the people at a place by day.
func (o *Outcome) Series(place int) []int {
	out := make([]int, o.Days)
	for day := range out {
		out[day] = o.At(day, place)
	}
	return out
}

// newOutcome makes room for a run, so that running allocates nothing.
func newOutcome(in *Input, seed uint64) *Outcome {
	o := &Outcome{Start: in.Start, Days: in.Days, Seed: seed, Names: make([]string, len(in.Places))}
	for i, p := range in.Places {
		o.Names[i] = p.Name
	}
	o.People = make([]int32, in.Days*len(in.Places))
	rows := make([]int32, 5*in.Days)
	for i, column := range []*[]int32{&o.OnTheWay, &o.Displaced, &o.Waiting, &o.Returned, &o.Debt} {
		*column = rows[i*in.Days : (i+1)*in.Days : (i+1)*in.Days]
	}
	return o
}
