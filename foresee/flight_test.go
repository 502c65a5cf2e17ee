package foresee

import (
	"slices"
	"strings"
	"testing"
	"time"

	"casus"
	"casus/foresee/displacement"
	"casus/foresee/obligation"
	"casus/foresee/scenario"
	"casus/ledger/memory"
	"casus/ontology"
	"casus/picture"
	"casus/refdata"
)

func beside(t *testing.T) (Beside, *scenario.Names) {
	t.Helper()
	world, err := refdata.Open()
	if err != nil {
		t.Fatal(err)
	}
	plover, err := ontology.Open()
	if err != nil {
		t.Fatal(err)
	}
	return Beside{picture.New(memory.New(time.Now, nil), nil), world}, scenario.NewNames(world, plover)
}

func written(t *testing.T, names *scenario.Names, more string) scenario.Scenario {
	t.Helper()
	s, err := scenario.Read("t.yaml", []byte("casus-scenario: 1\nname: t\nclock: {true-on: 2026-01-01}\nperiod: {from: 2026-01-01, to: 2026-01-20}\n"+more), names)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const fleeing = "zones: [{place: arm/goris, days: {from: 2026-01-02, to: 2026-01-20}}]\nfleeing: [{days: {from: 2026-01-02, to: 2026-01-08}, persons: 1000}]\nseeds: [1, 2]\n"

// TestNobodyIsLost: all who flee are somewhere, or on the way, on every day
// after they have left.
func TestNobodyIsLost(t *testing.T) {
	b, names := beside(t)
	a, err := Run(t.Context(), b, written(t, names, fleeing+"camps: [{place: arm/yerevan, capacity: 0}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	n, err := networkOf(b.World, a.Scenario, 1.4)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0
	for _, people := range n.input.Arrivals {
		sum += people
	}
	if sum != 1000 || n.input.Arrivals[0] != 0 || n.input.Arrivals[1] != 143 || n.input.Arrivals[7] != 142 {
		t.Errorf("%d leave: %v", sum, n.input.Arrivals)
	}
	low, high := a.Flight.OnTheWay, a.Flight.OnTheWay
	for _, e := range a.Flight.Places {
		low, high = low+e.Low[19], high+e.High[19]
	}
	if low > 1000 || high < 900 || a.Label != obligation.Label {
		t.Errorf("between %d and %d of 1000 are somewhere; label %q", low, high, a.Label)
	}
}

// TestPeopleFleeFromTheirZone: those who flee from one of two zones are not spread
// over both.
func TestPeopleFleeFromTheirZone(t *testing.T) {
	b, names := beside(t)
	s := written(t, names, "zones: [{place: arm/goris, days: {from: 2026-01-02, to: 2026-01-20}}, {place: arm/yerevan, days: {from: 2026-01-02, to: 2026-01-20}}]\n"+
		"fleeing: [{from: arm/goris, days: {from: 2026-01-02, to: 2026-01-03}, persons: 901}, {days: 2026-01-05, persons: 100}]\n")
	n, err := networkOf(b.World, s, 1.3)
	if err != nil {
		t.Fatal(err)
	}
	if len(n.input.Leaving) != 1 || n.input.Leaving[0].Place != "arm/goris" || n.input.Leaving[0].People[1] != 451 || n.input.Leaving[0].People[2] != 450 {
		t.Errorf("from Goris %+v", n.input.Leaving)
	}
	if n.input.Arrivals[1] != 0 || n.input.Arrivals[4] != 100 {
		t.Errorf("from any zone %v", n.input.Arrivals)
	}
	still := displacement.Default()
	still.LeaveZone = 0
	out, err := displacement.Run(t.Context(), &n.input, still, 1)
	if err != nil {
		t.Fatal(err)
	}
	// Yerevan has fifty times the people of Goris, and so nearly all of the hundred.
	goris, yerevan := out.At(6, n.at("arm/goris")), out.At(6, n.at("arm/yerevan"))
	if goris < 901 || goris+yerevan != 1001 {
		t.Errorf("%d are displaced in Goris and %d in Yerevan, want 901 and more, 100 and less", goris, yerevan)
	}
}

// TestAZoneWithoutPeople: nobody can flee from where nobody lives; beside a zone
// with people that is a note, and with a number of its own it is none.
func TestAZoneWithoutPeople(t *testing.T) {
	b, names := beside(t)
	const zone, town = "{place: afg/torkham, days: {from: 2026-01-02, to: 2026-01-20}%s}", "{place: arm/goris, days: {from: 2026-01-02, to: 2026-01-20}}"
	const who, camp = "fleeing: [{days: 2026-01-03, persons: 100}]\n", "camps: [{place: pak/peshawar, capacity: 0}]\n"
	run := func(zones, who string) (*Answer, error) {
		a, err := Run(t.Context(), b, written(t, names, "zones: ["+zones+"]\n"+who+camp))
		return &a, err
	}
	empty := strings.Replace(zone, "%s", "", 1)
	if _, err := run(empty, who); err == nil || !strings.Contains(err.Error(), "t.yaml:5:9: nobody is known to live in afg/torkham, so nobody can flee from there. Write people:") {
		t.Errorf("an empty zone: %v", err)
	}
	for _, c := range []struct {
		zones, who string
		note       bool
	}{{empty + ", " + town, who, true}, {strings.Replace(zone, "%s", ", people: 900", 1), who, false}, {empty, strings.Replace(who, "days", "from: afg/torkham, days", 1), false}} {
		a, err := run(c.zones, c.who)
		if err != nil {
			t.Errorf("%s: %v", c.zones, err)
			continue
		}
		if told := slices.Contains(a.Flight.Notes, "nobody lives in afg/torkham: the fighting there drives nobody out"); told != c.note || a.Flight.Away.Mid[19] < 99 {
			t.Errorf("%s: notes %q, %d away", c.zones, a.Flight.Notes, a.Flight.Away.Mid[19])
		}
	}
}

// TestUncertainSettingsAreTold: ranges give more runs, and the notes name them.
func TestUncertainSettingsAreTold(t *testing.T) {
	b, names := beside(t)
	text := strings.Replace(fleeing, "seeds: [1, 2]\n", "", 1)
	a, err := Run(t.Context(), b, written(t, names, text+"camps: [{place: arm/yerevan, capacity: 0}]\nengine: {max_move_speed: [50, 360], softening: {from: 1, to: 100, shape: ratio}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if a.Flight.Runs != uncertainSeeds || len(a.Flight.Uncertain) != 2 ||
		!strings.Contains(a.Flight.Notes[0], "over seeds and over max_move_speed 50 to 360, softening 1 to 100 (ratio)") {
		t.Errorf("%d runs, %v, %q", a.Flight.Runs, a.Flight.Uncertain, a.Flight.Notes)
	}
}

// TestTheSameScenarioGivesTheSameAnswer: a seed is a run.
func TestTheSameScenarioGivesTheSameAnswer(t *testing.T) {
	b, names := beside(t)
	s := written(t, names, fleeing+"camps: [{place: arm/yerevan, capacity: 0}]\n")
	first, err := Run(t.Context(), b, s)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Run(t.Context(), b, s)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range Compare(first, second).Rows {
		if r.First != r.Second {
			t.Errorf("%s: %s, then %s", r.What, r.First, r.Second)
		}
	}
	if m := GeoJSON(first); m.Label != obligation.Label || len(m.Features) < 2 {
		t.Errorf("a map of %d features, %q", len(m.Features), m.Label)
	}
}

// TestWhatCannotBeIsToldWithItsLine asks for what the engine cannot do.
func TestWhatCannotBeIsToldWithItsLine(t *testing.T) {
	b, names := beside(t)
	for more, want := range map[string]string{
		"engine: {speed: 3}\n":                                                    "t.yaml:8:10: there is no setting “speed”",
		"engine: {hasten: 0}\n":                                                   "t.yaml:8:10: hasten: 0 is not a setting",
		"engine: {detour: 0.5}\n":                                                 "t.yaml:8:10: a detour of 0.5 is not from 1 to 10",
		"engine: {detour: [1, 2]}\n":                                              "t.yaml:8:10: detour has a range. Give one number",
		"engine: {softening: 9, max_move_speed: [300, 200]}\n":                    "t.yaml:8:24: max_move_speed: its range goes from 300 to 200. Write the smaller number first",
		"engine: {default_movechance: {from: 0.1, to: 2}}\n":                      "t.yaml:8:10: default_movechance: 2 is not a setting",
		"engine: {softening: {from: 1, to: 2, shape: flat}}\n":                    "the shape \"flat\" of its range is unknown. Write even, ratio or middle",
		"camps: [{place: central-asia, capacity: 1}]\nborders: []\n":              "",
		"borders: [{between: [arm/yerevan, fra/paris], closed: 2026-01-03}]\n":    "t.yaml:8:11: arm/yerevan or fra/paris is not in the network",
		"camps: [{place: nagorno-karabakh, capacity: 10}]\n":                      "where nagorno-karabakh lies is not known. Name a town near it",
		"borders: [{between: [arm, geo], closed: 2026-01-03}]\ndisplaced: []\n":   "",
		"displaced: [{date: 2026-01-01, persons: 5, in: arm/kapan}]\ncamps: []\n": "",
	} {
		_, err := Run(t.Context(), b, written(t, names, fleeing+more))
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want) || casus.CodeOf(err) != casus.Invalid) {
			t.Errorf("%q: got %v, want %q", more, err, want)
		}
	}
}

// TestADraftOfNothingIsAScenario: an empty ledger gives a draft to fill in.
func TestADraftOfNothingIsAScenario(t *testing.T) {
	b, names := beside(t)
	text, err := Draft(t.Context(), b, DraftQuestion{Region: "afg", AsOf: casus.NewDate(2026, 1, 1), Days: 10, Back: 10})
	if err != nil {
		t.Fatal(err)
	}
	s, err := scenario.Read("draft.yaml", []byte(text), names)
	if err != nil || s.Moves() || !strings.Contains(text, "# no fighting or change of control is told") {
		t.Errorf("%v\n%s", err, text)
	}
	if _, err := Draft(t.Context(), b, DraftQuestion{Region: "afg"}); casus.CodeOf(err) != casus.Invalid {
		t.Errorf("a draft without a day: %v", err)
	}
}
