package displacement

import (
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
		"move_rules:\n  max_move_speed: fast\n":                              `s.yml:2:19: max_move_speed cannot be "fast"`,
		"move_rules:\n  camp_movechance: 0.1\n  default_movechance: 3\n":     "s.yml:3: default_movechance: 3 is not a setting",
		"optimisations:\n  hasten: 0\n":                                      "s.yml:2: hasten: 0 is not a setting",
		"move_rules:\n  awareness_level: 0\n":                                "s.yml:2: awareness_level: 0 is not",
		"move_rules:\n  softening: .nan\n":                                   "s.yml:2: softening: NaN is not",
		"move_rules: [1]\n":                                                  "s.yml:1:13: there are no keys with values here",
		"a: b: c":                                                            "s.yml: is no YAML",
		"spawn_rules:\n  conflict_driven_spawning:\n    spawn_mode: magic\n": `s.yml:3:17: the mode "magic" is unknown`,
		"spawn_rules:\n  conflict_spawn_decay: [1, -2]\n":                    "s.yml:2: conflict_spawn_decay: it holds -2",
	} {
		if _, _, err := ReadSettings("s.yml", []byte(text), FleeCode()); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v\nwant %s", text, err, says)
		}
	}
}
