package displacement

import (
	"fmt"
	"slices"

	"casus"
)

// Check tells what an input has that no run can start from: the first thing
// found, as a casus.Error whose Input names it in the words of the input.
// Zones and closures past the last day are allowed, and have no effect.
func (in *Input) Check() error {
	if in.Days < 1 {
		return invalid("days", fmt.Sprintf("the period has %d days", in.Days), "Give it 1 or more.")
	}
	if len(in.Places) == 0 {
		return invalid("places", "there are none", "Name the places that people flee from and to.")
	}
	index := make(map[string]bool, len(in.Places))
	for _, p := range in.Places {
		if err := p.check(); err != nil {
			return err
		}
		if index[p.Name] {
			return invalid("place "+p.Name, "there are two of this name", "Give each its own name.")
		}
		index[p.Name] = true
	}
	if err := in.checkRoutes(index); err != nil {
		return err
	}
	if err := in.checkZones(index); err != nil {
		return err
	}
	if err := in.checkClosures(index); err != nil {
		return err
	}
	return in.checkChanges(index)
}

func (in *Input) checkChanges(places map[string]bool) error {
	for _, c := range in.Changes {
		switch name := "change of " + c.Place; {
		case !places[c.Place]:
			return noPlace(name, c.Place)
		case c.Day < 0:
			return invalid(name, fmt.Sprintf("it is on day %d", c.Day), "Days count from 0.")
		}
	}
	for _, l := range in.Leaving {
		name := "those who leave " + l.Place
		if !places[l.Place] {
			return noPlace(name, l.Place)
		}
		if i := slices.IndexFunc(l.People, func(n int) bool { return n < 0 }); i >= 0 {
			return invalid(name, fmt.Sprintf("they are %d on day %d", l.People[i], i), "Give 0 or more.")
		}
	}
	for _, h := range in.Hunger {
		if name := "hunger in " + h.Region; h.Day < 0 || !(h.Share >= 0 && h.Share <= 1) {
			return invalid(name, fmt.Sprintf("a share of %g on day %d", h.Share, h.Day), "Give a share from 0 to 1, and days from 0 on.")
		}
	}
	return nil
}

func (p *Place) check() error {
	switch {
	case p.Name == "":
		return invalid("places", "one has no name", "Name each place.")
	case p.Residents < 0 || p.Capacity < 0 || p.Present < 0 || p.PerDay < 0:
		return invalid("place "+p.Name, fmt.Sprintf("a number below nothing: residents %d, capacity %d, growing by %d a day, present %d", p.Residents, p.Capacity, p.PerDay, p.Present),
			"Give 0 for none; a capacity of 0 is one without bound.")
	case !(p.Careful >= 0 && p.Bold >= 0 && p.Careful+p.Bold <= 1+1e-9):
		return invalid("place "+p.Name, fmt.Sprintf("a share of %g is careful, one of %g bold", p.Careful, p.Bold), "Give shares from 0 to 1, together no more.")
	case p.Lat < -90 || p.Lat > 90 || p.Lon < -180 || p.Lon > 180:
		return invalid("place "+p.Name, fmt.Sprintf("latitude %g and longitude %g are not on Earth", p.Lat, p.Lon), "Give degrees, north and east positive.")
	}
	return nil
}

func (in *Input) checkRoutes(places map[string]bool) error {
	for _, r := range in.Routes {
		name := fmt.Sprintf("route %s – %s", r.A, r.B)
		switch {
		case !places[r.A]:
			return noPlace(name, r.A)
		case !places[r.B]:
			return noPlace(name, r.B)
		case r.A == r.B:
			return invalid(name, "it leads from a place to itself", "Take it out.")
		case !(r.KM > 0 && r.KM <= 40_000):
			return invalid(name, fmt.Sprintf("its length is %g km", r.KM), "Give its length in km, no longer than once around the Earth.")
		case !(r.MaxSpeed == 0 || r.MaxSpeed >= 1 && r.MaxSpeed <= 1e5):
			return invalid(name, fmt.Sprintf("its speed is %g km a day", r.MaxSpeed), "Give km a day, or 0 for the general speed.")
		case !(r.OnFoot >= 0 && r.OnFoot <= 1):
			return invalid(name, fmt.Sprintf("the chance of walking is %g", r.OnFoot), "Give a number from 0 to 1.")
		}
	}
	return nil
}

func (in *Input) checkZones(places map[string]bool) error {
	for _, z := range in.Zones {
		name := "zone " + z.Place
		switch {
		case !places[z.Place]:
			return noPlace(name, z.Place)
		case !(z.Intensity > 0):
			return invalid(name, fmt.Sprintf("its intensity is %g", z.Intensity), "Give a number above 0, or leave the zone out.")
		case z.From < 0:
			return invalid(name, fmt.Sprintf("it begins on day %d", z.From), "Days count from 0.")
		case z.Until != Never && z.Until <= z.From:
			return invalid(name, fmt.Sprintf("it ends on day %d and begins on day %d", z.Until, z.From), "Give an end after the beginning, or -1 for none.")
		}
	}
	return nil
}

func (in *Input) checkClosures(places map[string]bool) error {
	countries := map[string]bool{}
	for _, p := range in.Places {
		countries[p.Country] = true
	}
	for _, c := range in.Closures {
		name := fmt.Sprintf("closure %s – %s", c.A, c.B)
		switch {
		case c.Kind == BorderClosed && (!countries[c.A] || !countries[c.B]):
			return invalid(name, "no place is in one of the two countries", "Write the countries as the places have them.")
		case c.Kind != BorderClosed && !places[c.A]:
			return noPlace(name, c.A)
		case (c.Kind == LinkClosed || c.Kind == RedirectionOver) && !places[c.B]:
			return noPlace(name, c.B)
		case c.From < 0:
			return invalid(name, fmt.Sprintf("it begins on day %d", c.From), "Days count from 0.")
		case c.Until != Never && c.Until < c.From && c.Kind != RedirectionOver:
			return invalid(name, fmt.Sprintf("it ends on day %d and begins on day %d", c.Until, c.From), "Give an end after the beginning, or -1 for none.")
		}
	}
	return nil
}

// Check tells which setting no run can start from.
func (s *Settings) Check() error {
	for _, x := range []struct {
		name     string
		value    float64
		low, top float64
	}{
		{"max_move_speed", s.MaxSpeed, 1, 1e5}, {"max_walk_speed", s.WalkSpeed, 1, 1e5},
		{"conflict_movechance", s.LeaveZone, 0, 1}, {"default_movechance", s.LeaveTown, 0, 1}, {"camp_movechance", s.LeaveCamp, 0, 1},
		{"idpcamp_movechance", s.LeaveIDPCamp, 0, 1}, {"forward_movechance", s.LeaveHub, 0, 1},
		{"movechance_pop_base", s.SizeBase, 1e-9, 1e12}, {"movechance_pop_scale_factor", s.SizePower, -10, 10},
		{"foreign_weight", s.ForeignWeight, 0, 1e9}, {"camp_weight", s.CampWeight, 0, 1e9}, {"conflict_weight", s.ZoneWeight, 0, 1e9},
		{"camp_capacity_power", s.CapacityPull, -10, 10}, {"pop_power_for_loc_weight", s.PopulationPull, -10, 10}, {"home_distance_power", s.NearHomePower, -10, 10},
		{"softening", s.Softening, 0, 1e6}, {"distance_power", s.DistancePower, 0, 20}, {"weight_softening", s.WeightSoftening, 0, 1e9},
		{"weight_power", s.WeightPower, 0, 20}, {"awareness_level", float64(s.Awareness), 1, 12}, {"pruning_threshold", s.Pruning, 0, 1e12},
		{"capacity_buffer", s.CapacityBuffer, 0, 1}, {"capacity_scaling", s.CapacityScaling, 0, 1e9},
		{"displaced_per_conflict_day", s.PerZoneDay, 0, 1e9}, {"conflict_spawn_decay_interval", float64(s.DecayDays), 1, 1e6},
		{"hasten", float64(s.Hasten), 1, 1e9},
	} {
		if !(x.value >= x.low && x.value <= x.top) {
			return invalid(x.name, fmt.Sprintf("%g is not a setting that a run can start from", x.value), fmt.Sprintf("Give a number from %g to %g.", x.low, x.top))
		}
	}
	for _, d := range s.Decay {
		if !(d >= 0 && d <= 1e6) {
			return invalid("conflict_spawn_decay", fmt.Sprintf("it holds %g", d), "Give numbers of 0 or more.")
		}
	}
	return nil
}

func invalid(input, problem, advice string) error {
	return &casus.Error{Code: casus.Invalid, Input: input, Problem: problem, Advice: advice}
}

func noPlace(input, place string) error {
	return invalid(input, fmt.Sprintf("there is no place %q", place), "Name a place of the network, spelt the same.")
}
