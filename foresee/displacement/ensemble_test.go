package displacement

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"runtime"
	"sync"
	"testing"
	"time"
)

func TestCoresDoNotMatter(t *testing.T) {
	run := func(cores int) *Ensemble {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		e, err := RunEnsemble(context.Background(), valley(), []Settings{Default(), Flee()}, 3, 4)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	if one, two := run(1), run(2); !reflect.DeepEqual(one, two) {
		t.Error("an ensemble on two cores is another than on one")
	}
}

// plain is an invented country of a hundred places in rows and columns, with
// fighting in some, camps at two borders, and enough people on the roads that
// their days are worth sharing between cores.
func plain() *Input {
	in := &Input{Days: 15, Home: "Llanura", Arrivals: make([]int, 15)}
	name := func(row, column int) string { return fmt.Sprintf("%d-%d", row, column) }
	for row := range 10 {
		for column := range 10 {
			p := Place{Name: name(row, column), Country: "Llanura", Residents: 1000 * (row + column + 1), Careful: 0.5, Bold: 0.2}
			if row == 9 || column == 9 {
				p.Country, p.Kind, p.Residents, p.Capacity = "Sierra", Camp, 0, 2500
			}
			in.Places = append(in.Places, p)
			if row > 0 {
				in.Routes = append(in.Routes, Route{A: name(row-1, column), B: p.Name, KM: float64(30 + 7*column)})
			}
			if column > 0 {
				in.Routes = append(in.Routes, Route{A: name(row, column-1), B: p.Name, KM: float64(40 + 11*row), OnFoot: 0.1 * float64(row%3)})
			}
		}
	}
	for i := range 5 {
		in.Zones = append(in.Zones, Zone{Place: name(i, 2*i%7), From: 3 * i, Until: Never, Intensity: 1})
	}
	for day := range in.Arrivals {
		in.Arrivals[day] = 2000 - 300*(day%9)
	}
	return in
}

// Hands that work at one run, however many, make the same of it as one does, and
// so do hands that come when it is half done.
func TestHandsDoNotMatter(t *testing.T) {
	stints := Default()
	stints.AvoidShortStints, stints.StartOnFoot = true, true
	sorts := Default()
	sorts.AvoidHazards, sorts.BoysTakeRisk = true, true
	for name, s := range map[string]Settings{"ours": Default(), "Flee's": Flee(), "short stints": stints, "who people are": sorts} {
		m, err := NewModel(plain(), s)
		if err != nil {
			t.Fatal(err)
		}
		run := func(hands int, late time.Duration) *Outcome {
			w := newWorld(m, 5, hands)
			var wg sync.WaitGroup
			for i := 1; i < hands; i++ {
				id := w.crew.join()
				wg.Go(func() { time.Sleep(late); w.crew.help(id) })
			}
			out, err := w.run(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			wg.Wait()
			if hands > 1 && w.crew.phase.Load() == 0 {
				t.Errorf("%s: no phase was shared", name)
			}
			return out
		}
		alone := run(1, 0)
		for hands, late := range map[int]time.Duration{2: 0, 3: 5 * time.Millisecond} {
			if !reflect.DeepEqual(alone, run(hands, late)) {
				t.Errorf("%s: a run of %d hands is another than of one", name, hands)
			}
		}
	}
}

// More runs than cores, as many, and fewer: every seed gives the run that it gives alone.
func TestRunsBesideOthersAreAsAlone(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(3))
	for _, seeds := range []int{1, 4} {
		e, err := RunEnsemble(context.Background(), plain(), []Settings{Default()}, 9, seeds)
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range e.Runs {
			if alone, _ := Run(context.Background(), plain(), Default(), 9+uint64(i)); !reflect.DeepEqual(got, alone) {
				t.Errorf("run %d of %d differs", i, seeds)
			}
		}
	}
}

func TestRunStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := RunEnsemble(ctx, plain(), []Settings{Default()}, 1, 3); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestBands(t *testing.T) {
	e := &Ensemble{Days: 1, Names: []string{"a"}}
	for _, n := range []int32{50, 10, 40, 20, 30} {
		e.Runs = append(e.Runs, &Outcome{Days: 1, Names: e.Names, People: []int32{n}})
	}
	if got := e.Bands(0, 0, 0, 0.125, 0.5, 1); !reflect.DeepEqual(got, []float64{10, 15, 30, 50}) {
		t.Errorf("the bands are %v", got)
	}
	if got := e.Mean(0, 0); got != 30 {
		t.Errorf("the mean is %v", got)
	}
}

func TestRangesAround(t *testing.T) {
	base := Default()
	but := []Range{{"softening", 1, 2, Even}}
	ranges := Around(base, Knobs(), 0.2, but)
	if err := CheckRanges(base, append(ranges, but...)); err != nil {
		t.Fatal(err)
	}
	for _, r := range ranges {
		low, high := 0.8, 1.25
		if x := (*base.number(r.Setting).(*float64)); r.Low < x*low-1e-9 || r.High > x*high+1e-9 {
			t.Errorf("%s around %g", r, x)
		}
		if r.Setting == "softening" || r.Setting == "awareness_level" {
			t.Errorf("%s is turned", r.Setting)
		}
	}
	if len(ranges) < 8 {
		t.Errorf("%d settings are turned", len(ranges))
	}
}

// Of as many parts as there are runs each is drawn from once, whatever other
// ranges there are; the shapes are what they say.
func TestASampleSeesAllOfARange(t *testing.T) {
	const runs = 20
	ranges := []Range{{"max_move_speed", 200, 360, Even}, {"softening", 1, 100, ByRatio}, {"camp_weight", 2, 4, Middle}, {"awareness_level", 1, 4, Even}}
	sample := Sample(Default(), ranges, runs, 7)
	var speeds, softenings [runs]int
	depths := map[int]int{}
	below := 0
	for _, s := range sample {
		speeds[int((s.MaxSpeed-200)/160*runs)]++
		softenings[int(math.Log10(s.Softening)/2*runs)]++
		depths[s.Awareness]++
		if s.CampWeight < 2.5 {
			below++
		}
	}
	for i := range runs {
		if speeds[i] != 1 || softenings[i] != 1 {
			t.Errorf("part %d: %d speeds, %d softenings, want 1 of each", i, speeds[i], softenings[i])
		}
	}
	// A triangle has an eighth of its area in its first quarter: 2 or 3 of 20.
	if below < 2 || below > 3 {
		t.Errorf("%d of 20 are in the first quarter of a range whose middle is likely", below)
	}
	if !reflect.DeepEqual(depths, map[int]int{1: 5, 2: 5, 3: 5, 4: 5}) {
		t.Errorf("links ahead: %v, want each five times", depths)
	}
	if !reflect.DeepEqual(sample, Sample(Default(), ranges, runs, 7)) {
		t.Error("two samples of one seed differ")
	}
	alone := Sample(Default(), ranges[:1], runs, 7)
	other := Sample(Default(), ranges[:1], runs, 8)
	same := 0
	for i := range alone {
		if alone[i].MaxSpeed != sample[i].MaxSpeed {
			t.Error("another range changes what a setting takes")
		}
		if alone[i].MaxSpeed == other[i].MaxSpeed {
			same++
		}
	}
	if same == runs {
		t.Error("two seeds give the same sample")
	}
}

// Uncertain settings widen the bands beyond what luck makes of them.
func TestUncertainSettingsWidenTheBands(t *testing.T) {
	seeds := []uint64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	width := func(ranges ...Range) float64 {
		e, err := RunUncertain(context.Background(), valley(), right(), ranges, seeds)
		if err != nil {
			t.Fatal(err)
		}
		if len(e.Drawn(3)) != len(ranges) {
			t.Errorf("the fourth run took %v", e.Drawn(3))
		}
		band := e.Bands(20, 3, 0.05, 0.95)
		return band[1] - band[0]
	}
	luck, both := width(), width(Range{"default_movechance", 0.05, 0.6, Even}, Range{"camp_movechance", 0.001, 0.05, ByRatio})
	if both < 3*luck {
		t.Errorf("the band is %.0f wide by luck and %.0f with uncertain settings", luck, both)
	}
}

// Counts that come from a known setting are fitted by calibration: the error
// shrinks, and the same call finds the same settings.
func TestCalibrateFindsItsWay(t *testing.T) {
	in := valley()
	truth, base := right(), right()
	truth.LeaveTown, truth.CapacityScaling = 0.6, 2
	out := run(t, in, truth)
	counts := &Counts{Camps: []string{"Linde", "Llano"}, Series: make([]Series, 2)}
	in.Start = 700_000
	for i := range counts.Series {
		for day := range in.Days {
			counts.Series[i] = append(counts.Series[i], Point{in.Start.AddDays(day), float64(out.At(day, 2+i))})
		}
	}
	calibrate := func() (Settings, float64) {
		s, fit, err := Calibrate(context.Background(), []*Conflict{{Input: in, Counts: counts}}, base, Knobs(), Search{Trials: 60, Seeds: 1})
		if err != nil {
			t.Fatal(err)
		}
		return s, fit
	}
	before := Compare(counts.Camps, run(t, in, base).Table(counts.Camps), counts.Table(in)).Rescaled
	first, after := calibrate()
	again, _ := calibrate()
	if !reflect.DeepEqual(first, again) {
		t.Error("two calibrations differ")
	}
	if after > before/2 || math.IsNaN(after) {
		t.Errorf("the error is %.3f before and %.3f after", before, after)
	}
}
