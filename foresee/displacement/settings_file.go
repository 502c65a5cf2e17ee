package displacement

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"casus"
)

// entry is a setting as files write it: its group, its key, and where its value
// lies: a *float64, *int, *bool, *[]float64, or inverted (a bool that means the
// contrary).
type entry struct {
	group, key string
	value      any
}

// inverted is a flag that is set where the file says no.
type inverted struct{ flag *bool }

// entries lists what a settings file may say, in the order of writing.
func entries(s *Settings) []entry {
	return []entry{
		{"spawn_rules", "take_from_population", &s.TakeResidents},
		{"spawn_rules", "insert_day0", inverted{&s.IgnoreDay0}},
		{"spawn_rules", "sum_from_camps", inverted{&s.TotalOnly}},
		{"spawn_rules", "conflict_spawn_decay", &s.Decay},
		{"spawn_rules", "conflict_spawn_decay_interval", &s.DecayDays},
		{"spawn_rules", "displaced_per_conflict_day", &s.PerZoneDay},
		{"move_rules", "max_move_speed", &s.MaxSpeed},
		{"move_rules", "max_walk_speed", &s.WalkSpeed},
		{"move_rules", "conflict_movechance", &s.LeaveZone},
		{"move_rules", "default_movechance", &s.LeaveTown},
		{"move_rules", "camp_movechance", &s.LeaveCamp},
		{"move_rules", "idpcamp_movechance", &s.LeaveIDPCamp},
		{"move_rules", "forward_movechance", &s.LeaveHub},
		{"move_rules", "movechance_pop_base", &s.SizeBase},
		{"move_rules", "movechance_pop_scale_factor", &s.SizePower},
		{"move_rules", "foreign_weight", &s.ForeignWeight},
		{"move_rules", "camp_weight", &s.CampWeight},
		{"move_rules", "camp_capacity_power", &s.CapacityPull},
		{"move_rules", "conflict_weight", &s.ZoneWeight},
		{"move_rules", "awareness_level", &s.Awareness},
		{"move_rules", "softening", &s.Softening},
		{"move_rules", "distance_power", &s.DistancePower},
		{"move_rules", "weight_softening", &s.WeightSoftening},
		{"move_rules", "weight_power", &s.WeightPower},
		{"move_rules", "pruning_threshold", &s.Pruning},
		{"move_rules", "capacity_buffer", &s.CapacityBuffer},
		{"move_rules", "capacity_scaling", &s.CapacityScaling},
		{"move_rules", "avoid_short_stints", &s.AvoidShortStints},
		{"move_rules", "start_on_foot", &s.StartOnFoot},
		{"move_rules", "children_avoid_hazards", &s.AvoidHazards},
		{"move_rules", "boys_take_risk", &s.BoysTakeRisk},
		{"optimisations", "hasten", &s.Hasten},
	}
}

// ReadSettings reads a file of settings as Flee writes them (simsetting.yml):
// groups of keys; what is left out keeps its value in base. Of a setting that has a
// range it takes the middle. Notes name the keys that are not used here. Errors name file and line.
func ReadSettings(file string, data []byte, base Settings) (s Settings, notes []string, err error) {
	s, ranges, notes, err := ReadUncertain(file, data, base)
	for _, r := range ranges {
		notes = append(notes, fmt.Sprintf("%s: of %s the middle is taken", file, r))
	}
	return s, notes, err
}

// ReadUncertain reads settings of which some may be uncertain: in place of a
// number stands [low, high], or {from: low, to: high, shape: even, ratio or middle}.
func ReadUncertain(file string, data []byte, base Settings) (s Settings, ranges []Range, notes []string, err error) {
	if len(data) > maxSettings {
		return base, nil, nil, &casus.Error{Code: casus.TooLarge, Input: file, Problem: "is too large for a file of settings", Advice: "Name the right file."}
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return base, nil, nil, &casus.Error{Code: casus.Invalid, Input: file, Problem: "is no YAML", Err: err, Advice: "Mend the line."}
	}
	s = base
	r := settingsReader{file: file, s: &s, lines: map[string]int{}, known: map[string]any{}, homePower: 0.5, sizePower: 0.1}
	for _, e := range entries(&s) {
		r.known[e.group+"."+e.key] = e.value
	}
	if len(doc.Content) > 0 {
		if err := r.groups(doc.Content[0]); err != nil {
			return base, nil, nil, err
		}
	}
	if r.stayClose {
		s.NearHomePower = r.homePower
	}
	if r.usePopulation {
		s.PopulationPull = r.sizePower
	}
	if s.BoysTakeRisk && !s.AvoidHazards {
		r.notes = append(r.notes, fmt.Sprintf("%s: boys_take_risk is not used without children_avoid_hazards", file))
	}
	if err := cmp.Or(s.Check(), CheckRanges(s, r.ranges)); err != nil {
		return s, nil, nil, r.place(err)
	}
	for _, x := range r.ranges {
		s.Set(x.Setting, x.At(0.5))
	}
	return s, r.ranges, r.notes, nil
}

// maxSettings bounds a file of settings, which has a page.
const maxSettings = 1 << 20

// settingsReader reads one file of settings.
type settingsReader struct {
	file  string
	s     *Settings
	known map[string]any // by group.key, where the value goes
	lines map[string]int // by key
	notes []string

	ranges []Range

	stayClose, usePopulation bool // two keys that switch a third on
	homePower, sizePower     float64
}

func (r *settingsReader) groups(n *yaml.Node) error {
	return r.pairs(n, func(group string, value *yaml.Node) error {
		switch group {
		case "log_levels":
			return nil
		case "spawn_rules", "move_rules", "optimisations":
			return r.pairs(value, func(key string, v *yaml.Node) error { return r.setting(group, key, v) })
		}
		r.notes = append(r.notes, fmt.Sprintf("%s:%d: the group %s is not used", r.file, value.Line, group))
		return nil
	})
}

// pairs calls f for the keys and values of a mapping; an empty one is none.
func (r *settingsReader) pairs(n *yaml.Node, f func(key string, value *yaml.Node) error) error {
	if n.Kind == yaml.ScalarNode && n.Value == "" {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		return r.fault(n, "there are no keys with values here", "Write it as simsetting.yml of Flee.")
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if err := f(n.Content[i].Value, n.Content[i+1]); err != nil {
			return err
		}
	}
	return nil
}

func (r *settingsReader) setting(group, key string, v *yaml.Node) error {
	r.lines[key] = v.Line
	var into any
	switch key {
	case "conflict_driven_spawning":
		return r.departures(v)
	case "stay_close_to_home":
		into = &r.stayClose
	case "home_distance_power":
		into = &r.homePower
	case "use_pop_for_loc_weight":
		into = &r.usePopulation
	case "pop_power_for_loc_weight":
		into = &r.sizePower
	default:
		into = r.known[group+"."+key]
	}
	switch into.(type) {
	case *float64, *int:
		if v.Kind != yaml.ScalarNode {
			return r.uncertain(key, v)
		}
	}
	var no bool
	negated, negate := into.(inverted)
	switch {
	case into == nil:
		var off bool
		if v.Decode(&off) != nil || off {
			r.notes = append(r.notes, fmt.Sprintf("%s:%d: the setting %s is not used", r.file, v.Line, key))
		}
		return nil
	case negate:
		into = &no
	}
	if err := v.Decode(into); err != nil {
		return r.fault(v, fmt.Sprintf("%s cannot be %q", key, v.Value), "Write a number, True or False, or a list in square brackets, as it needs.")
	}
	if negate {
		*negated.flag = !no
	}
	return nil
}

// uncertain reads the range of a setting.
func (r *settingsReader) uncertain(key string, v *yaml.Node) error {
	x := Range{Setting: key, Shape: Even}
	var ends []float64
	const advice = "Write a number, [low, high], or {from: low, to: high, shape: even}."
	switch {
	case v.Kind == yaml.SequenceNode && v.Decode(&ends) == nil && len(ends) == 2:
		x.Low, x.High = ends[0], ends[1]
	case v.Kind == yaml.MappingNode:
		var low, high *float64
		err := r.pairs(v, func(field string, v *yaml.Node) error {
			into, ok := map[string]any{"from": &low, "to": &high, "shape": &x.Shape}[field]
			if !ok || v.Decode(into) != nil {
				return r.fault(v, fmt.Sprintf("the range of %s cannot say %q", key, field), advice)
			}
			return nil
		})
		if err != nil {
			return err
		}
		if low == nil || high == nil {
			return r.fault(v, fmt.Sprintf("the range of %s lacks an end", key), advice)
		}
		x.Low, x.High = *low, *high
	default:
		return r.fault(v, fmt.Sprintf("the range of %s has not two numbers", key), advice)
	}
	r.ranges = append(r.ranges, x)
	return nil
}

// departures reads conflict_driven_spawning: False, or a mode and its rate.
func (r *settingsReader) departures(v *yaml.Node) error {
	var on bool
	if v.Decode(&on) == nil {
		if on {
			r.s.Depart = Constant
		}
		return nil
	}
	return r.pairs(v, func(key string, v *yaml.Node) error {
		if key != "spawn_mode" {
			return r.setting("spawn_rules", key, v)
		}
		mode, ok := map[string]Departures{"constant": Constant, "pop_ratio": ShareOfTown, "poisson": PoissonDraws}[strings.ToLower(v.Value)]
		if !ok {
			return r.fault(v, fmt.Sprintf("the mode %q is unknown", v.Value), "Write constant, pop_ratio or poisson.")
		}
		r.s.Depart = mode
		return nil
	})
}

func (r *settingsReader) fault(n *yaml.Node, problem, advice string) error {
	return &casus.Error{Code: casus.Invalid, Input: fmt.Sprintf("%s:%d:%d", r.file, n.Line, n.Column), Problem: problem, Advice: advice}
}

// place adds file and line to an error of Settings.Check, which names the key.
func (r *settingsReader) place(err error) error {
	var e *casus.Error
	if !errors.As(err, &e) {
		return err
	}
	line, ok := r.lines[e.Input]
	if !ok {
		return err
	}
	return &casus.Error{Code: e.Code, Input: fmt.Sprintf("%s:%d", r.file, line), Problem: e.Input + ": " + e.Problem, Advice: e.Advice}
}

// WriteSettings writes settings so that ReadSettings reads the same.
func WriteSettings(s Settings) []byte {
	var b strings.Builder
	group := ""
	for _, e := range entries(&s) {
		if e.group != group {
			group = e.group
			b.WriteString(group + ":\n")
		}
		fmt.Fprintf(&b, "  %s: %s\n", e.key, written(e.value))
		if e.key == "displaced_per_conflict_day" && s.Depart != FromCounts {
			mode := map[Departures]string{Constant: "constant", ShareOfTown: "pop_ratio", PoissonDraws: "poisson"}[s.Depart]
			fmt.Fprintf(&b, "  conflict_driven_spawning:\n    spawn_mode: %s\n", mode)
		}
		if e.key == "conflict_weight" {
			fmt.Fprintf(&b, "  stay_close_to_home: %v\n  home_distance_power: %v\n  use_pop_for_loc_weight: %v\n  pop_power_for_loc_weight: %v\n",
				s.NearHomePower != 0, s.NearHomePower, s.PopulationPull != 0, s.PopulationPull)
		}
	}
	return []byte(b.String())
}

func written(value any) string {
	switch v := value.(type) {
	case *float64:
		return strconv.FormatFloat(*v, 'g', -1, 64)
	case *int:
		return strconv.Itoa(*v)
	case *bool:
		return strconv.FormatBool(*v)
	case inverted:
		return strconv.FormatBool(!*v.flag)
	case *[]float64:
		parts := make([]string, len(*v))
		for i, x := range *v {
			parts[i] = strconv.FormatFloat(x, 'g', -1, 64)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return fmt.Sprint(value)
}
