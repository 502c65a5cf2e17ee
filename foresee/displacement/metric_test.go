package displacement

import (
	"encoding/json"
	"math"
	"testing"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-12 {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// Two camps over three days, worked by hand.
//
//	day   counted A B   simulated A B   |difference|   scaled to as many   |difference|
//	0         0     0        0    0       0     0         0      0           0     0
//	1        60    40       30   20      30    20        60     40           0     0
//	2       100   100       90   60      10    40       120     80          20    20
//
// Raw: (0 + 50/100 + 50/200) / 3 = 0.25. Scaled: (0 + 0 + 40/200) / 3 = 1/15.
func TestTheMetricByHand(t *testing.T) {
	counted := [][]float64{{0, 0}, {60, 40}, {100, 100}}
	simulated := [][]float64{{0, 0}, {30, 20}, {90, 60}}
	f := Compare([]string{"A", "B"}, simulated, counted)
	near(t, "raw ARD", f.Raw, 0.25)
	near(t, "ARD", f.Rescaled, 1.0/15)
	near(t, "raw ARD of A", f.Camps[0].Raw, (30.0/100+10.0/200)/3)
	near(t, "ARD of B", f.Camps[1].Rescaled, (20.0/200)/3)
	if !math.IsNaN(float64(f.MASE7)) || !math.IsNaN(float64(f.MASE30)) {
		t.Errorf("MASE is %v and %v of three days, want none", f.MASE7, f.MASE30)
	}
	if out, err := json.Marshal(f.MASE7); err != nil || string(out) != "null" {
		t.Errorf("a figure that is none is written %s (%v), want null", out, err)
	}
}

// One camp, 10 days: 0 people, then from day 1 on 10, 20 … 90. The run is 5 too
// many on each day from 1 on, but scaling to as many as were counted makes one
// camp right; so a second camp, counted and simulated as 100 on all days, keeps
// the scale near 1. Day 8 is 80 and day 9 is 90: the guess "as on day 7" (70) is
// off by 10 and 20, in the mean 15.
func TestScaledErrorByHand(t *testing.T) {
	var counted, simulated [][]float64
	wrong := 0.0
	for day := range 10 {
		n := 10 * float64(day)
		s := n + 5
		counted, simulated = append(counted, []float64{n, 100}), append(simulated, []float64{s, 100})
		wrong += math.Abs(s*(n+100)/(s+100) - n)
	}
	f := Compare([]string{"A", "B"}, simulated, counted)
	near(t, "MASE 7 of A", float64(f.Camps[0].MASE7), wrong/10/15)
	if !math.IsNaN(float64(f.Camps[1].MASE7)) {
		t.Errorf("B never changes, and yet its MASE is %v", f.Camps[1].MASE7)
	}
	near(t, "MASE 7 in all", float64(f.MASE7), wrong/10/15) // B has none and does not weigh
}

func TestAnEmptyRunErrsByOne(t *testing.T) {
	f := Compare([]string{"A"}, [][]float64{{0}, {0}}, [][]float64{{10}, {20}})
	near(t, "raw ARD", f.Raw, 1)
	near(t, "ARD", f.Rescaled, 1)
}

func TestMeanFit(t *testing.T) {
	m := MeanFit([]Fit{{Raw: 1, Rescaled: 0.2, Camps: []CampFit{{Name: "A", Raw: 1}}}, {Raw: 3, Rescaled: 0.4, Camps: []CampFit{{Name: "A", Raw: 2}}}})
	near(t, "raw", m.Raw, 2)
	near(t, "scaled", m.Rescaled, 0.3)
	near(t, "camp", m.Camps[0].Raw, 1.5)
}
