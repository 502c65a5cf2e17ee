package foresee

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus"
)

const asking = `casus-scenario: 1
name: asks
clock: {true-on: 2022-10-05}
period: {from: 2022-10-06, to: 2022-10-30}
events:
  - {date: 2022-10-10, type: ASSAULT, mode: explosives, source: taliban, target: kaz, place: kaz/almaty}
requests:
  - {date: 2022-10-10, from: kaz, to: csto}
decisions:
  - {date: 2022-10-11, by: csto, on: kaz, verdict: agreed}
`

const silent = `casus-scenario: 1
name: asks nobody
clock: {true-on: 2022-10-05}
period: {from: 2022-10-06, to: 2022-11-30}
events:
  - {date: 2022-10-10, type: ASSAULT, mode: explosives, source: taliban, target: kaz, place: kaz/almaty}
`

// TestWhatIsOnlyInOneScenarioIsTold lays a request and a decision beside none:
// which events and duties are only in one, and in what the same duty differs.
func TestWhatIsOnlyInOneScenarioIsTold(t *testing.T) {
	b, names := beside(t)
	pair, err := Desk{b, names}.Compare(t.Context(), asking, silent)
	if err != nil {
		t.Fatal(err)
	}
	c := pair.Comparison
	got := map[string]string{}
	for _, m := range slices.Concat(c.Events, c.Duties) {
		got[m.What] = strings.TrimSuffix(string(m.How)+" "+strings.Join(m.Differs, " "), " ")
		if (len(m.First) == 0) != (m.How == OnlySecond) || (len(m.Second) == 0) != (m.How == OnlyFirst) {
			t.Errorf("%+v", m)
		}
	}
	want := map[string]string{
		"2022-10-10 ASSAULT/explosives: taliban → kaz in kaz/almaty": "same",
		"2022-10-10 REQUEST/assist: kaz → csto":                      "first",
		"2022-10-11 AGREE: csto → kaz":                               "first",
		"csto/4 for kaz":                                             "differs state missing",
		"csto/2 for kaz":                                             "same",
		"csto/4a for kaz":                                            "first",
		"cis/12 for kaz":                                             "same",
		"un/2-4 for kaz":                                             "same",
		"un/51 for taliban":                                          "first",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	day := casus.NewDate
	if c.From != day(2022, 10, 6) || c.To != day(2022, 11, 30) || c.SharedFrom != day(2022, 10, 6) || c.SharedTo != day(2022, 10, 30) || len(c.Places) != 0 {
		t.Errorf("%s to %s, shared %s to %s, %d places", c.From, c.To, c.SharedFrom, c.SharedTo, len(c.Places))
	}
	if back := Compare(pair.Second, pair.First); len(back.Duties) != len(c.Duties) {
		t.Errorf("%d duties the other way round, %d this way", len(back.Duties), len(c.Duties))
	}
}

// TestPeopleAreComparedOnTheSameDay lays flights beside each other that begin on
// different days: what differs is told of the days that both play, from the bands
// of those days.
func TestPeopleAreComparedOnTheSameDay(t *testing.T) {
	first := Answer{Flight: &Flight{Start: 100, Days: 3, Places: []FlightEnd{
		{Place: "a", Name: "A", Band: Band{Low: []int{0, 10, 20}, Mid: []int{0, 15, 25}, High: []int{0, 20, 30}}},
		{Place: "b", Name: "B", Band: Band{Low: []int{0, 0, 0}, Mid: []int{0, 0, 1}, High: []int{0, 1, 2}}}}}}
	second := Answer{Flight: &Flight{Start: 101, Days: 3, Places: []FlightEnd{
		{Place: "a", Name: "A", Band: Band{Low: []int{20, 31, 0}, Mid: []int{21, 40, 0}, High: []int{22, 50, 0}}},
		{Place: "c", Name: "C", Band: Band{Low: []int{0, 7, 9}, Mid: []int{0, 8, 9}, High: []int{0, 9, 9}}}}}}
	first.Scenario.Period.From, first.Scenario.Period.To = 100, 102
	second.Scenario.Period.From, second.Scenario.Period.To = 101, 103
	c := Compare(first, second)
	want := []ComparedPlace{
		{Place: "a", Name: "A", More: []int{6, 15}, Overlap: []bool{true, false}}, // 10–20 beside 20–22, 20–30 beside 31–50
		{Place: "c", Name: "C", More: []int{0, 8}, Overlap: []bool{true, false}},
		{Place: "b", Name: "B", More: []int{0, -1}, Overlap: []bool{true, true}},
	}
	if diff := cmp.Diff(want, c.Places); diff != "" {
		t.Error(diff)
	}
	if c.From != 100 || c.To != 103 || c.SharedFrom != 101 || c.SharedTo != 102 {
		t.Errorf("%d to %d, shared %d to %d", c.From, c.To, c.SharedFrom, c.SharedTo)
	}
	rows := []Compared{
		{What: "people in a at the end", First: "25 (20–30)", Second: "0 (0–0)", Difference: "-25, bands apart"},
		{What: "people in b at the end", First: "1 (0–2)", Difference: "-1, bands meet"},
		{What: "people in c at the end", Second: "9 (9–9)", Difference: "+9, bands apart"},
	}
	if diff := cmp.Diff(rows, c.Rows); diff != "" {
		t.Error(diff)
	}

	// Days apart: nothing is told of people by day.
	second.Scenario.Period.From, second.Scenario.Period.To, second.Flight.Start = 200, 202, 200
	if c := Compare(first, second); c.SharedFrom != 0 || len(c.Places) != 3 || len(c.Places[0].More) != 0 {
		t.Errorf("%+v", c)
	}
}

// TestMistakesOfTwoScenariosAreToldOfEach names the scenario in which each is.
func TestMistakesOfTwoScenariosAreToldOfEach(t *testing.T) {
	b, names := beside(t)
	_, err := Desk{b, names}.Compare(t.Context(), strings.Replace(asking, "ASSAULT", "ASALT", 1), strings.Replace(silent, "2022-10-10", "2022-10-40", 1))
	if err == nil || !strings.Contains(err.Error(), "first:6:30: “ASALT” is not known here") || !strings.Contains(err.Error(), "second:6:12: “2022-10-40” is not a day") {
		t.Error(err)
	}
}

// TestAFlightTellsItsGround: zones and closures have their days and places, and
// everybody who is away is at a place or on the way.
func TestAFlightTellsItsGround(t *testing.T) {
	b, names := beside(t)
	s := written(t, names, fleeing+"camps: [{place: geo/tbilisi, capacity: 300}]\nborders: [{between: [arm, geo], closed: {from: 2026-01-05, to: 2026-01-06}}, {between: [arm/goris, geo/tbilisi], closed: 2026-01-09}]\n")
	a, err := Run(t.Context(), b, s)
	if err != nil {
		t.Fatal(err)
	}
	f := a.Flight
	day := casus.NewDate(2026, 1, 1)
	if z := f.Zones; len(z) != 1 || z[0].Place != "arm/goris" || z[0].From != day.AddDays(1) || z[0].To != day.AddDays(19) || z[0].Intensity != 1 || z[0].People < 1000 || z[0].Lat < 39 || z[0].Lat > 40 {
		t.Errorf("%+v", z)
	}
	if c := f.Closed; len(c) != 2 || !c[0].Border || c[1].Border || c[0].Between[1].Place != "geo" || c[0].From != day.AddDays(4) || c[0].To != day.AddDays(5) || c[1].Between[1].Name != "Tbilisi" {
		t.Errorf("%+v", f.Closed)
	}
	for day, away := range f.Away.Mid {
		if want := min(1000, max(0, day)*143); away > want+1 || away < want-7 {
			t.Errorf("%d are away on day %d, want about %d", away, day, want)
		}
		if f.Way.Mid[day] > away || f.Way.Low[day] > f.Way.High[day] {
			t.Errorf("%d of %d are on the way on day %d", f.Way.Mid[day], away, day)
		}
	}
	m := GeoJSON(a)
	kinds := map[any]int{}
	for _, f := range m.Features {
		kinds[f.Properties["kind"]]++
		if f.Properties["label"] != a.Label {
			t.Errorf("unmarked: %+v", f)
		}
	}
	if kinds["fighting"] != 1 || kinds["closed"] != 2 || kinds["camp"] != 2 { // a point and a line
		t.Errorf("%v", kinds)
	}
}
