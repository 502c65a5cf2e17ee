package displacement

import (
	"context"
	"math"
	"reflect"
	"runtime"
	"testing"
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

func TestVaryStaysNear(t *testing.T) {
	base := Default()
	for _, s := range Vary(base, Knobs(), 0.2, 50) {
		if err := s.Check(); err != nil {
			t.Fatal(err)
		}
		if ratio := s.Softening / base.Softening; ratio < 0.8 || ratio > 1.25 {
			t.Errorf("softening is turned by %.2f", ratio)
		}
		if s.Awareness != base.Awareness {
			t.Error("a whole number is turned")
		}
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
