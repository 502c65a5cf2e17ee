package displacement

import (
	"context"
	"math"
	"slices"
)

// Model is an Input made ready to run. It does not change: any number of runs
// may share it at once.
type Model struct {
	in       *Input
	s        Settings
	index    map[string]int32
	foreign  []bool
	links    []link
	paths    *paths
	closes   []closing
	days     []bool // on which zones, closures or ages change something
	arrivals []int64
	leaving  []leaving
	redirect []redirection
}

// closing is a Closure with its links found.
type closing struct {
	kind        ClosureKind
	links       []int32
	place       int32 // CampClosed
	from, until int
}

// leaving is a Leaving in units of Settings.Hasten people.
type leaving struct {
	place int32
	n     []int64 // by day
}

// redirection sends all who come to one place over one link.
type redirection struct {
	link  int32
	until int
}

// NewModel checks the input and the settings and finds the ways through the
// network. Its errors are casus.Error with code Invalid; Input.Check tells which.
func NewModel(in *Input, s Settings) (*Model, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	if err := in.Check(); err != nil {
		return nil, err
	}
	m := &Model{in: in, s: s, index: make(map[string]int32, len(in.Places)), foreign: make([]bool, len(in.Places))}
	home := in.Home
	if home == "" {
		home = in.Places[0].Country
	}
	for i, p := range in.Places {
		m.index[p.Name] = int32(i)
		m.foreign[i] = p.Country != home
	}
	m.joinPlaces()
	m.resolveClosures()
	m.countArrivals()
	m.findChanges()
	var err error
	m.paths, err = findPaths(in.Places, m.links, &m.s)
	return m, err
}

// joinPlaces makes the two links of each route.
func (m *Model) joinPlaces() {
	for _, r := range m.in.Routes {
		speed := r.MaxSpeed
		if speed == 0 {
			speed = m.s.MaxSpeed
		}
		a, b := m.index[r.A], m.index[r.B]
		there := link{from: a, to: b, length: max(1, toDistance(r.KM)), felt: max(1, toDistance(r.KM)), speed: toDistance(speed), onFoot: r.OnFoot}
		if r.Major {
			there.felt = max(1, there.length/4)
		}
		there.hours = int32(hoursFor(there.length, there.speed))
		back := there
		back.from, back.to = b, a
		m.links = append(m.links, there, back)
		n := int32(len(m.links))
		switch {
		case r.Forced == NotForced:
		case m.s.Peer.NoRedirection:
			if r.Forced == AToB {
				m.links = append(m.links, there)
			}
		case r.Forced == AToB:
			m.redirect = append(m.redirect, redirection{link: n - 2, until: m.redirectionEnd(r.A, r.B)})
		default:
			m.redirect = append(m.redirect, redirection{link: n - 1, until: m.redirectionEnd(r.B, r.A)})
		}
	}
}

// redirectionEnd returns the day on which nobody is sent on from a to b any more.
func (m *Model) redirectionEnd(a, b string) int {
	for _, c := range m.in.Closures {
		if c.Kind == RedirectionOver && c.A == a && c.B == b {
			return c.From
		}
	}
	return m.in.Days
}

// resolveClosures finds the links that each closure closes.
func (m *Model) resolveClosures() {
	for _, c := range m.in.Closures {
		k := closing{kind: c.Kind, place: none, from: c.From, until: c.Until}
		if c.Until == Never {
			k.until = m.in.Days
		}
		var closes func(l link) bool
		switch c.Kind {
		case BorderClosed:
			closes = func(l link) bool {
				a, b := m.in.Places[l.from].Country, m.in.Places[l.to].Country
				return a == c.A && b == c.B || a == c.B && b == c.A
			}
		case PlaceClosed:
			place := m.index[c.A]
			closes = func(l link) bool { return l.from == place || l.to == place }
		case LinkClosed:
			if m.s.Peer.OpenLinks {
				continue
			}
			a, b := m.index[c.A], m.index[c.B]
			closes = func(l link) bool { return l.from == a && l.to == b || l.from == b && l.to == a }
		case CampClosed:
			k.place = m.index[c.A]
			closes = func(link) bool { return false }
		case RedirectionOver:
			continue
		}
		for i, l := range m.links {
			if closes(l) {
				k.links = append(k.links, int32(i))
			}
		}
		m.closes = append(m.closes, k)
	}
}

// countArrivals turns people into units of Settings.Hasten people.
func (m *Model) countArrivals() {
	m.arrivals = m.inUnits(m.in.Arrivals)
	for _, l := range m.in.Leaving {
		m.leaving = append(m.leaving, leaving{m.index[l.Place], m.inUnits(l.People)})
	}
}

// inUnits turns people by day into units, so that no remainder is lost over the days.
func (m *Model) inUnits(byDay []int) []int64 {
	out := make([]int64, m.in.Days)
	k := float64(m.s.Hasten)
	var sum, before int64
	for day := range out {
		if day < len(byDay) {
			sum += int64(byDay[day])
		}
		now := int64(math.Floor(float64(sum) / k))
		out[day] = now - before
		before = now
	}
	return out
}

// findChanges marks the days on which weights must be worked out anew.
func (m *Model) findChanges() {
	m.days = make([]bool, m.in.Days+1)
	mark := func(day int) {
		if day >= 0 && day < m.in.Days {
			m.days[day] = true
		}
	}
	mark(0)
	for _, z := range m.in.Zones {
		mark(z.From)
		mark(z.Until)
		for i := range m.s.Decay {
			mark(z.From + i*m.s.DecayDays)
		}
	}
	for _, c := range m.closes {
		mark(c.from)
		mark(c.until)
	}
	for _, r := range m.redirect {
		mark(r.until)
	}
	for _, c := range m.in.Changes {
		mark(c.Day)
	}
	for i := 1; i < len(m.in.Hunger); i++ { // it changes on each day between two
		for day := m.in.Hunger[i-1].Day; day <= m.in.Hunger[i].Day && day < m.in.Days && m.in.Hunger[i-1].Region == m.in.Hunger[i].Region; day++ {
			mark(day)
		}
	}
	if slices.ContainsFunc(m.in.Places, func(p Place) bool { return p.PerDay != 0 }) && m.s.CapacityPull != 0 {
		for day := range m.days {
			m.days[day] = true
		}
	}
}

// Run runs the model once with a seed, on as many cores as there are. It stops
// early, with the context's error, when the context is done.
func (m *Model) Run(ctx context.Context, seed uint64) (*Outcome, error) {
	runs, err := runAll(ctx, []job{{m, seed}})
	if err != nil {
		return nil, err
	}
	return runs[0], nil
}

// Run makes an input ready and runs it once.
func Run(ctx context.Context, in *Input, s Settings, seed uint64) (*Outcome, error) {
	m, err := NewModel(in, s)
	if err != nil {
		return nil, err
	}
	return m.Run(ctx, seed)
}
