package picture

import (
	"math"
	"strings"
	"testing"
)

// TestLikely holds the words to the standard's ranges, in both languages.
func TestLikely(t *testing.T) {
	for _, c := range []struct {
		probability float64
		en, nl      string
	}{
		{0, "almost no chance", "vrijwel uitgesloten"}, {0.05, "almost no chance", "vrijwel uitgesloten"},
		{0.06, "very unlikely", "zeer onwaarschijnlijk"}, {0.3, "unlikely", "onwaarschijnlijk"},
		{0.5, "roughly even chance", "ongeveer even waarschijnlijk als niet"}, {0.6, "likely", "waarschijnlijk"},
		{0.81, "very likely", "zeer waarschijnlijk"}, {0.96, "almost certain", "vrijwel zeker"}, {1, "almost certain", "vrijwel zeker"},
	} {
		got := likely(c.probability)
		if got.In("en") != c.en || got.In("nl") != c.nl || got.In("tg") != c.en {
			t.Errorf("%.2f: %s, %s; want %s, %s", c.probability, got.In("en"), got.In("nl"), c.en, c.nl)
		}
		if from, to := got.Range(); c.probability > 0.01 && c.probability < 0.99 && (c.probability < from || c.probability > to) {
			t.Errorf("%.2f is not within %.2f to %.2f", c.probability, from, to)
		}
	}
}

func TestTheLikelihoodsAreWhole(t *testing.T) {
	list, err := readDegrees(likelihoodTable)
	if err != nil || len(list) != 7 || list[0].from != 0.01 || list[6].to != 0.99 {
		t.Errorf("%v, %v", list, err)
	}
	if _, err := readDegrees(strings.Replace(likelihoodTable, "20\t45", "25\t45", 1)); err == nil {
		t.Error("a gap between two ranges is no fault")
	}
	for _, code := range strings.Split("A B C D E F 1 2 3 4 5 6", " ") {
		if Admiralty(code, "en") == "" || Admiralty(code, "nl") == "" {
			t.Errorf("%s has no words in one of the languages", code)
		}
	}
}

// TestStudentSurely compares with the tables of Student's distribution: the
// one-sided 95 and 99 percent points.
func TestStudentSurely(t *testing.T) {
	for _, c := range []struct{ t, freedom, want float64 }{{0, 5, 0.5}, {2.353, 3, 0.95}, {4.541, 3, 0.99}, {1.812, 10, 0.95}, {2.358, 120, 0.99}, {-1.812, 10, 0.95}} {
		if got := studentSurely(c.t, c.freedom); math.Abs(got-c.want) > 0.0005 {
			t.Errorf("t %.3f with %.0f degrees of freedom: %.4f, want %.4f", c.t, c.freedom, got, c.want)
		}
	}
}
