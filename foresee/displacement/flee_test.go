package displacement

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// given is where other people's conflicts lie beside the repository.
const given = "../../../shared/data/displacement"

// published is a conflict for which ../shared/DISPLACEMENT.md gives Flee's error.
type published struct {
	name, input, counts string
	settings            string // the file that the figure was reached with
	hasten              int
	ard                 float64
}

// six are the conflicts of the bars. The first five are Flee's own, with the
// settings that it ships with. The last is FabFlee's; its published figure is
// met with FabFlee's classic125.yml and not with Flee's settings (0.25).
func six() []published {
	own := func(input, counts string, hasten int, ard float64) published {
		return published{input, filepath.Join(given, "conflict_input", input), filepath.Join(given, "conflict_validation", counts),
			filepath.Join(given, "simsetting_default.yml"), hasten, ard}
	}
	fab := filepath.Join(given, "fabflee_validation", "flee3_validation")
	nigeria := filepath.Join(fab, "SWEEP", "nigeria2016")
	return []published{
		own("mali", "mali2012", 1, 0.317), own("burundi", "burundi2015", 1, 0.544), own("car", "car2013", 10, 0.387),
		own("ssudan", "ssudan2014", 10, 0.566), own("syria", "syria2013", 50, 0.279),
		{"nigeria2016", filepath.Join(nigeria, "input_csv"), filepath.Join(nigeria, "source_data"), filepath.Join(fab, "classic125.yml"), 50, 0.168},
	}
}

// needGiven skips a test where the conflicts are not there.
func needGiven(t testing.TB) {
	t.Helper()
	if _, err := os.Stat(given); err != nil {
		t.Skip("no conflicts beside the repository (../shared/data/displacement)")
	}
}

func (p published) read(t testing.TB, s Settings) *Conflict {
	t.Helper()
	c, err := ReadFlee(os.DirFS(p.input), os.DirFS(p.counts), s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// meanError returns the mean rescaled ARD of some seeds.
func meanError(t testing.TB, c *Conflict, s Settings, seeds int) float64 {
	t.Helper()
	e, err := RunEnsemble(context.Background(), c.Input, []Settings{s}, 1, seeds)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, fit := range e.Fits(c.Input, c.Counts) {
		sum += fit.Rescaled
	}
	return sum / float64(len(e.Runs))
}

func TestAsFleeIsAsFlee(t *testing.T) {
	needGiven(t)
	for _, p := range six() {
		data, err := os.ReadFile(p.settings)
		if err != nil {
			t.Fatal(err)
		}
		s, _, err := ReadSettings(p.settings, data, FleeCode())
		if err != nil {
			t.Fatal(err)
		}
		s.Hasten = p.hasten
		got := meanError(t, p.read(t, s), s, 5)
		t.Logf("%-12s %.3f, published %.3f", p.name, got, p.ard)
		if math.Abs(got-p.ard) > 0.01 {
			t.Errorf("%s: the error is %.3f, Flee's %.3f", p.name, got, p.ard)
		}
	}
}

func TestOurSettingsErrLessThanFlee(t *testing.T) {
	needGiven(t)
	if testing.Short() {
		t.Skip("half a minute of runs")
	}
	ours, theirs := 0.0, 0.0
	for _, p := range six() {
		s := Default()
		s.Hasten = 100 // for speed: the error changes by a hundredth
		got := meanError(t, p.read(t, s), s, 1)
		t.Logf("%-12s %.3f, Flee %.3f", p.name, got, p.ard)
		ours += got / 6
		theirs += p.ard / 6
	}
	t.Logf("mean %.3f, Flee %.3f", ours, theirs)
	if ours > 0.25 { // the bar is Flee's 0.377, the aim 0.30; EVALUATION has 0.21
		t.Errorf("the mean error over six conflicts is %.3f, Flee's %.3f", ours, theirs)
	}
}
