package displacement

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"casus"
)

// run runs an input with settings and one seed.
func run(t *testing.T, in *Input, s Settings) *Outcome {
	t.Helper()
	out, err := Run(context.Background(), in, s, 1)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// pair is one zone and one camp, so many km apart, with people who leave on day 0.
func pair(km float64, people int) *Input {
	return &Input{Days: 10, Places: []Place{{Name: "Zone", Country: "A", Residents: 1}, {Name: "Camp", Country: "B", Kind: Camp}},
		Routes: []Route{{A: "Zone", B: "Camp", KM: km}}, Zones: []Zone{{"Zone", 0, Never, 1}}, Arrivals: []int{people}}
}

// right are Flee's numbers without its mistakes: rules are told apart more easily
// by them than by what was calibrated.
func right() Settings {
	s := Flee()
	s.Peer = Peer{}
	return s
}

func still(s Settings) Settings {
	s.LeaveCamp = 0
	return s
}

func TestNobodyGoesFartherThanADay(t *testing.T) {
	for km, day := range map[float64]int{100: 0, 360: 0, 361: 0, 380: 1, 720: 1, 800: 2} {
		out := run(t, pair(km, 1000), still(right()))
		for d := range 4 {
			want := 0
			if d >= day {
				want = 1000
			}
			if got := out.At(d, 1); got != want {
				t.Errorf("%g km: %d people in the camp on day %d, want %d", km, got, d, want)
			}
		}
	}
}

// Two links of 300 km: Flee lets people go both in one day, we do not.
func TestADaysDistanceIsStrict(t *testing.T) {
	in := pair(300, 1000)
	in.Places = append(in.Places, Place{Name: "Far", Country: "B", Kind: Camp})
	in.Places[1].Kind = Hub
	in.Routes = append(in.Routes, Route{A: "Camp", B: "Far", KM: 300})
	in.Routes = in.Routes[:2]
	s := still(right())
	s.ZoneWeight = 0 // nobody turns back
	if got := run(t, in, s).At(0, 2); got != 0 {
		t.Errorf("%d people go 600 km on a day of 360", got)
	}
	if got := run(t, in, s).At(1, 2); got != 1000 {
		t.Errorf("%d people have gone 600 km after two days, want 1000", got)
	}
	s.Peer.FullDayAfterArrival = true
	if got := run(t, in, s).At(0, 2); got != 1000 {
		t.Errorf("as Flee %d people go 600 km on a day, want 1000", got)
	}
}

func TestClosuresClose(t *testing.T) {
	for _, c := range []Closure{{LinkClosed, "Zone", "Camp", 0, 4}, {LinkClosed, "Camp", "Zone", 0, 4}, {BorderClosed, "A", "B", 0, 4}, {PlaceClosed, "Camp", "", 0, 4}, {PlaceClosed, "Zone", "", 0, 4}} {
		in := pair(50, 100)
		in.Closures = []Closure{c}
		out := run(t, in, still(right()))
		if out.At(3, 1) != 0 || out.At(4, 1) != 100 {
			t.Errorf("%v: %d people in the camp on day 3 and %d on day 4, want 0 and 100", c, out.At(3, 1), out.At(4, 1))
		}
	}
	in := pair(50, 100)
	in.Closures = []Closure{{LinkClosed, "Zone", "Camp", 0, Never}}
	if got := run(t, in, right()).At(9, 1); got != 0 {
		t.Errorf("%d people come by a link that never opens", got)
	}
	if got := run(t, in, Flee()).At(9, 1); got == 0 {
		t.Error("as Flee nobody comes by a closed link")
	}
}

// Who is on a link when it closes comes back to where they began.
func TestAClosedLinkTurnsPeopleBack(t *testing.T) {
	in := pair(1000, 100)
	in.Closures = []Closure{{LinkClosed, "Zone", "Camp", 1, Never}}
	out := run(t, in, still(right()))
	if out.At(1, 0) != 0 || out.At(2, 0) != 100 || out.At(9, 1) != 0 {
		t.Errorf("in the zone are %d on day 1 and %d on day 2, in the camp %d at last; want 0, 100, 0", out.At(1, 0), out.At(2, 0), out.At(9, 1))
	}
}

func TestIntensityChangesDepartures(t *testing.T) {
	in := pair(50, 0)
	in.Places = append(in.Places, Place{Name: "Other", Residents: 1})
	in.Zones = []Zone{{"Zone", 0, 5, 1}, {"Zone", 5, Never, 3}, {"Other", 0, Never, 1}}
	in.Arrivals = []int{0, 0, 0, 10_000, 0, 0, 10_000}
	s := right()
	s.LeaveZone = 0 // so that origins can be counted
	out := run(t, in, s)
	before, after := float64(out.At(3, 0))/10_000, float64(out.At(6, 0)-out.At(5, 0))/10_000
	if math.Abs(before-0.5) > 0.02 || math.Abs(after-0.75) > 0.02 {
		t.Errorf("the zone's share is %.3f and then %.3f, want a half and then three quarters", before, after)
	}
}

func TestPeopleGoHomeWhenCountsFall(t *testing.T) {
	in := pair(50, 1000)
	in.Arrivals = []int{1000, 0, 0, -400, 0, 100}
	out := run(t, in, still(right()))
	if out.At(2, 1) != 1000 || out.At(3, 1) != 600 || out.Returned[3] != 400 || out.At(5, 1) != 700 {
		t.Errorf("in the camp %d, %d, %d, home %d; want 1000, 600, 700, 400", out.At(2, 1), out.At(3, 1), out.At(5, 1), out.Returned[3])
	}
	s := still(Flee())
	out = run(t, in, s)
	if out.At(3, 1) != 1000 || out.Debt[3] != 400 || out.At(6, 1) != 1000 || out.Debt[5] != 300 {
		t.Errorf("as Flee in the camp %d and %d, held back %d and %d; want 1000, 1000, 400, 300", out.At(3, 1), out.At(6, 1), out.Debt[3], out.Debt[5])
	}
	in.Arrivals = []int{10, -400}
	if out = run(t, in, still(right())); out.Displaced[9] != 0 {
		t.Errorf("%d people are left when more go home than fled", out.Displaced[9])
	}
}

func TestRedirectionIsObeyedUntilItEnds(t *testing.T) {
	in := pair(50, 1000)
	in.Places = append(in.Places, Place{Name: "Next", Country: "B", Kind: Camp})
	in.Routes = append(in.Routes, Route{A: "Next", B: "Camp", KM: 50, Forced: BToA})
	in.Closures = []Closure{{Kind: RedirectionOver, A: "Camp", B: "Next", From: 5}}
	in.Arrivals = []int{1000, 0, 0, 0, 0, 0, 500}
	out := run(t, in, still(right()))
	if out.At(2, 1) != 0 || out.At(2, 2) != 1000 || out.At(9, 1) != 500 || out.At(9, 2) != 1000 {
		t.Errorf("on day 2 %d and %d, on day 9 %d and %d; want 0 1000, 500 1000", out.At(2, 1), out.At(2, 2), out.At(9, 1), out.At(9, 2))
	}
}

func TestDay0CountsOnce(t *testing.T) {
	in := pair(50, 5000)
	in.Places[1].Capacity, in.Places[1].Present = 1000, 500
	in.Arrivals = []int{300, 0, 0, 100}
	ours, theirs := run(t, in, still(right())).At(9, 1), run(t, in, still(Flee())).At(9, 1)
	if ours != 900 || theirs != 500 {
		t.Errorf("%d people in a camp for 1000, and as Flee %d; want 900 and, its 500 counted twice, 500", ours, theirs)
	}
}

func TestWhereThereIsNoWay(t *testing.T) {
	in := pair(50, 1_000_000)
	in.Routes = nil
	if out := run(t, in, right()); out.At(9, 0) != 1_000_000 || out.OnTheWay[9] != 0 {
		t.Errorf("%d people stay in a place without a road, want the million", out.At(9, 0))
	}
	in = pair(50, 500)
	in.Places[0].Residents = 0
	if out := run(t, in, right()); out.Waiting[9] != 500 || out.Displaced[9] != 0 {
		t.Errorf("%d wait where nobody lives, and %d are displaced; want 500 and 0", out.Waiting[9], out.Displaced[9])
	}
	in = pair(50, 500)
	in.Zones[0].From = 4
	if out := run(t, in, still(right())); out.Waiting[3] != 500 || out.Waiting[4] != 0 || out.At(4, 1) != 500 {
		t.Errorf("%d wait before the fighting and %d after; want 500 and 0", out.Waiting[3], out.Waiting[4])
	}
	in = pair(50, 0)
	if out := run(t, in, right()); out.Displaced[9] != 0 {
		t.Errorf("%d are displaced where nobody flees", out.Displaced[9])
	}
}

func TestACampInConflictIsFledAndIsACampAgain(t *testing.T) {
	in := pair(50, 0)
	in.Places[1].Present, in.Places[1].Residents = 1000, 0
	in.Zones = []Zone{{"Camp", 2, 4, 1}}
	out := run(t, in, still(right()))
	if out.At(1, 1) != 1000 || out.At(2, 1) > 50 { // some turn back on the same day
		t.Errorf("in the camp %d and then %d; want 1000 and hardly anybody", out.At(1, 1), out.At(2, 1))
	}
	if out.At(9, 1) == 0 {
		t.Error("nobody comes back to a camp that is quiet again")
	}
}

// A town that becomes a camp keeps those who come; one that becomes a town again lets them go.
func TestAPlaceBecomesAnother(t *testing.T) {
	in := pair(50, 1000)
	in.Places[1].Kind = Town
	in.Places = append(in.Places, Place{Name: "Far", Country: "B", Kind: Camp})
	in.Routes = append(in.Routes, Route{A: "Camp", B: "Far", KM: 300})
	s := still(right())
	s.LeaveTown, s.ZoneWeight = 1, 0
	if out := run(t, in, s); out.At(5, 1) != 0 || out.At(9, 2) != 1000 {
		t.Errorf("%d people stay in a town that all leave, %d come to the camp", out.At(5, 1), out.At(9, 2))
	}
	in.Changes = []Change{{"Camp", Camp, 0}, {"Camp", Town, 6}}
	if out := run(t, in, s); out.At(5, 1) != 1000 || out.At(9, 1) != 0 || out.At(9, 2) != 1000 {
		t.Errorf("%d people in a camp, then %d; want 1000 and, when it is one no more, none", out.At(5, 1), out.At(9, 1))
	}
}

// Of two ways of one length that along a major route looks a quarter as long, and
// is travelled as long as the other.
func TestAMajorRouteIsPreferred(t *testing.T) {
	in := pair(300, 10_000)
	in.Places = append(in.Places, Place{Name: "Other", Country: "B", Kind: Camp})
	in.Routes = append(in.Routes, Route{A: "Zone", B: "Other", KM: 300, Major: true})
	s := still(right())
	s.Softening = 0.001
	out := run(t, in, s)
	if share := float64(out.At(9, 2)) / 10_000; math.Abs(share-0.8) > 0.02 {
		t.Errorf("%.3f take the major route, want 0.8", share)
	}
	s.MaxSpeed = 200
	if out = run(t, in, s); out.At(0, 2) != 0 || out.At(1, 2) == 0 {
		t.Error("300 km are not two days at 200 km a day on a major route")
	}
}

// Where half are hungry so many more leave, and from there; the share is known
// between two days too.
func TestHungerDrivesPeopleOut(t *testing.T) {
	in := pair(50, 1000)
	in.Places[0].Region, in.Places[0].Residents = "North", 1000
	in.Places = append(in.Places, Place{Name: "Quiet", Country: "A", Region: "South", Residents: 1000})
	in.Routes = append(in.Routes, Route{A: "Quiet", B: "Camp", KM: 50})
	s := still(right())
	s.LeaveTown = 0
	in.Hunger = []Hunger{{"South", 0, 1}}
	if out := run(t, in, s); math.Abs(float64(out.At(0, 1))-1000) > 0 {
		t.Errorf("%d of 1000 have left places that all leave", out.At(0, 1))
	}
	in.Hunger = []Hunger{{"South", 0, 0}, {"South", 4, 0.5}, {"South", 8, 0.5}}
	in.Arrivals = []int{0, 0, 10_000}
	out := run(t, in, s)
	// On day 2 a quarter is hungry: the quiet town sends 0.25 of 1.25, and a quarter of those goes on that day.
	if got := out.At(2, 2); math.Abs(float64(got)-10_000*0.2*0.75) > 120 {
		t.Errorf("%d people wait in the quiet town on day 2, want about 1500", got)
	}
	if got := out.At(9, 2); got > 40 {
		t.Errorf("%d people are still in the quiet town a week after", got)
	}
}

// Those who leave a certain place leave that one, whatever zones there are, and
// none is lost to rounding where several move as one.
func TestPeopleLeaveTheirPlace(t *testing.T) {
	in := pair(50, 0)
	in.Places = append(in.Places, Place{Name: "Quiet", Country: "A", Residents: 10})
	in.Leaving = []Leaving{{"Quiet", []int{0, 305, 300, 395}}}
	s := still(right())
	s.LeaveTown, s.Hasten = 0, 10
	out := run(t, in, s)
	if out.At(1, 2) != 300 || out.At(9, 2) != 1000 || out.At(9, 0) != 0 {
		t.Errorf("%d and then %d people from the quiet place; want 300 and 1000", out.At(1, 2), out.At(9, 2))
	}
	in.Leaving[0].People[0] = -1
	if err := in.Check(); err == nil || !strings.Contains(err.Error(), "those who leave Quiet: they are -1 on day 0") {
		t.Errorf("got %v", err)
	}
}

// Of two camps alike but for their draw, 4 to 1, the careful go to the better one
// 16 to 1 and the bold to both alike; nobody is lost.
func TestWhoPeopleAre(t *testing.T) {
	in := pair(50, 30_000)
	in.Home = "B"
	in.Places[1].Country = "C"
	in.Places = append(in.Places, Place{Name: "Other", Country: "B", Kind: Camp})
	in.Routes = append(in.Routes, Route{A: "Zone", B: "Other", KM: 50})
	s := still(right())
	s.ForeignWeight = 4
	share := func(careful, bold float64) float64 {
		in.Places[0].Careful, in.Places[0].Bold = careful, bold
		out := run(t, in, s)
		if out.Displaced[9] != 30_000 {
			t.Errorf("%d are displaced, want 30000", out.Displaced[9])
		}
		return float64(out.At(9, 1)) / 30_000
	}
	for _, c := range []struct {
		avoid, risk         bool
		careful, bold, want float64
	}{{false, false, 1, 0, 4. / 5}, {true, false, 1, 0, 16. / 17}, {true, true, 0, 1, 1. / 2}, {true, false, 0, 1, 4. / 5}, {true, true, 0.5, 0.25, 0.5*16/17 + 0.25/2 + 0.25*4/5}} {
		s.AvoidHazards, s.BoysTakeRisk = c.avoid, c.risk
		if got := share(c.careful, c.bold); math.Abs(got-c.want) > 0.012 {
			t.Errorf("%+v: a share of %.3f goes to the better camp, want %.3f", c, got, c.want)
		}
	}
}

func TestDeparturesByZone(t *testing.T) {
	for depart, want := range map[Departures]int{Constant: 500, ShareOfTown: 200} {
		in := pair(50, 0)
		in.Places[0].Residents = 20_000
		s := still(right())
		s.Depart, s.PerZoneDay = depart, 500
		if depart == ShareOfTown {
			s.PerZoneDay = 0.01
		}
		if got := int(run(t, in, s).Displaced[3]); got != 4*want {
			t.Errorf("%d displaced in four days, want %d", got, 4*want)
		}
	}
}

func TestWhatCannotRun(t *testing.T) {
	for says, spoil := range map[string]func(*Input, *Settings){
		`route Zone – Moon: there is no place "Moon"`:     func(in *Input, _ *Settings) { in.Routes[0].B = "Moon" },
		"hasten: 0 is not a setting":                      func(_ *Input, s *Settings) { s.Hasten = 0 },
		"place Camp: a number below nothing":              func(in *Input, _ *Settings) { in.Places[1].Capacity = -1 },
		"days: the period has 0 days":                     func(in *Input, _ *Settings) { in.Days = 0 },
		"places: there are none":                          func(in *Input, _ *Settings) { in.Places = nil },
		"zone Zone: its intensity is 0":                   func(in *Input, _ *Settings) { in.Zones[0].Intensity = 0 },
		"zone Zone: it ends on day 1 and begins on day 1": func(in *Input, _ *Settings) { in.Zones[0] = Zone{"Zone", 1, 1, 1} },
		"closure A – C: no place is in one":               func(in *Input, _ *Settings) { in.Closures = []Closure{{BorderClosed, "A", "C", 0, 1}} },
		"awareness_level: 0 is not":                       func(_ *Input, s *Settings) { s.Awareness = 0 },
	} {
		in, s := pair(50, 1), right()
		spoil(in, &s)
		if _, err := Run(context.Background(), in, s, 1); err == nil || !strings.Contains(err.Error(), says) || casus.CodeOf(err) != casus.Invalid {
			t.Errorf("%v, want %s", err, says)
		}
	}
}

func TestARunCanBeStopped(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := RunEnsemble(ctx, valley(), []Settings{right()}, 1, 3); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped run ends with %v", err)
	}
}

func TestFartherSightKeepsEverybody(t *testing.T) {
	for _, depth := range []int{1, 2, 3, 5} {
		s := right()
		s.Awareness, s.AvoidShortStints, s.StartOnFoot = depth, true, true
		out := run(t, valley(), s)
		if got := out.Displaced[59]; got != 300+12*500 {
			t.Errorf("looking %d links ahead %d people are displaced, want %d", depth, got, 300+12*500)
		}
	}
}
