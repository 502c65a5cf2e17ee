package displacement

import (
	"math"
	"reflect"
	"strings"
	"testing"
)

func TestSettingsAreRead(t *testing.T) {
	s, notes, err := ReadSettings("s.yml", []byte(`
log_levels: {agent: 0}
spawn_rules:
  take_from_population: True
  insert_day0: False
  conflict_spawn_decay: [1.0, 0.5]
move_rules:
  max_move_speed: 200
  stay_close_to_home: True
  use_pop_for_loc_weight: True
  pop_power_for_loc_weight: 0.3
  fixed_routes: True
  two_system: False
optimisations:
  hasten: 10
`), FleeCode())
	if err != nil {
		t.Fatal(err)
	}
	if !s.TakeResidents || !s.IgnoreDay0 || len(s.Decay) != 2 || s.MaxSpeed != 200 || s.NearHomePower != 0.5 || s.PopulationPull != 0.3 || s.Hasten != 10 {
		t.Errorf("read as %+v", s)
	}
	if s.CapacityBuffer != 0.9 || s.LeaveTown != 0.3 {
		t.Errorf("what the file leaves out is not as in Flee: %+v", s)
	}
	if len(notes) != 1 || !strings.Contains(notes[0], "s.yml:12: the setting fixed_routes is not used") {
		t.Errorf("the notes are %q", notes)
	}
}

func TestBadSettings(t *testing.T) {
	for text, says := range map[string]string{
		"move_rules:\n  max_move_speed: fast\n":                               `s.yml:2:19: max_move_speed cannot be "fast"`,
		"move_rules:\n  camp_movechance: 0.1\n  default_movechance: 3\n":      "s.yml:3: default_movechance: 3 is not a setting",
		"optimisations:\n  hasten: 0\n":                                       "s.yml:2: hasten: 0 is not a setting",
		"move_rules:\n  awareness_level: 0\n":                                 "s.yml:2: awareness_level: 0 is not",
		"move_rules:\n  softening: .nan\n":                                    "s.yml:2: softening: NaN is not",
		"move_rules: [1]\n":                                                   "s.yml:1:13: there are no keys with values here",
		"a: b: c":                                                             "s.yml: is no YAML",
		"spawn_rules:\n  conflict_driven_spawning:\n    spawn_mode: magic\n":  `s.yml:3:17: the mode "magic" is unknown`,
		"move_rules:\n  max_move_speed: [200]\n":                              "s.yml:2:19: the range of max_move_speed has not two numbers",
		"move_rules:\n  max_move_speed: [300, 200]\n":                         "s.yml:2: max_move_speed: its range goes from 300 to 200",
		"move_rules:\n  max_move_speed: {from: 200}\n":                        "s.yml:2:19: the range of max_move_speed lacks an end",
		"move_rules:\n  max_move_speed: {from: 200, till: 300}\n":             `the range of max_move_speed cannot say "till"`,
		"move_rules:\n  max_move_speed: {from: 200, to: 300, shape: round}\n": `s.yml:2: max_move_speed: the shape "round" of its range is unknown`,
		"move_rules:\n  weight_softening: {from: 0, to: 3, shape: ratio}\n":   "s.yml:2: weight_softening: its range begins at 0, from which no ratio",
		"move_rules:\n  default_movechance: [0.5, 1.5]\n":                     "s.yml:2: default_movechance: 1.5 is not a setting",
		"optimisations:\n  hasten: [1, 10]\n":                                 "s.yml:2: hasten: how many move as one is no uncertainty",
		"spawn_rules:\n  conflict_spawn_decay: [1, -2]\n":                     "s.yml:2: conflict_spawn_decay: it holds -2",
	} {
		if _, _, err := ReadSettings("s.yml", []byte(text), FleeCode()); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v\nwant %s", text, err, says)
		}
	}
}

func TestUncertainSettingsAreRead(t *testing.T) {
	text := "move_rules:\n  max_move_speed: [200, 360]\n  softening: {from: 1, to: 100, shape: ratio}\n  camp_weight: {from: 1, to: 3, shape: middle}\n  awareness_level: [1, 3]\n"
	s, ranges, notes, err := ReadUncertain("s.yml", []byte(text), FleeCode())
	if err != nil || len(notes) > 0 {
		t.Fatal(err, notes)
	}
	if s.MaxSpeed != 280 || math.Abs(s.Softening-10) > 1e-9 || s.CampWeight != 2 || s.Awareness != 2 {
		t.Errorf("the middle is %g, %g, %g, %d", s.MaxSpeed, s.Softening, s.CampWeight, s.Awareness)
	}
	want := []Range{{"max_move_speed", 200, 360, Even}, {"softening", 1, 100, ByRatio}, {"camp_weight", 1, 3, Middle}, {"awareness_level", 1, 3, Even}}
	if !reflect.DeepEqual(ranges, want) {
		t.Errorf("%v", ranges)
	}
}
