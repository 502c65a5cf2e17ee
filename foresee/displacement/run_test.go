package displacement

import (
	"context"
	"reflect"
	"testing"
)

// valley is an invented country: fighting in Aldea, a town on the way, a camp
// across the border that is soon full and a larger one farther off.
func valley() *Input {
	return &Input{
		Days: 60,
		Places: []Place{
			{Name: "Aldea", Country: "Valle", Residents: 80_000},
			{Name: "Puente", Country: "Valle", Residents: 20_000},
			{Name: "Linde", Country: "Sierra", Kind: Camp, Capacity: 2_000},
			{Name: "Llano", Country: "Sierra", Kind: Camp, Capacity: 50_000, Present: 300},
		},
		Routes: []Route{
			{A: "Aldea", B: "Puente", KM: 60}, {A: "Puente", B: "Linde", KM: 90},
			{A: "Puente", B: "Llano", KM: 260}, {A: "Linde", B: "Llano", KM: 240},
		},
		Zones:    []Zone{{Place: "Aldea", From: 2, Until: Never, Intensity: 1}},
		Arrivals: []int{0, 0, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500},
	}
}

func TestNobodyIsLostAndNobodyIsMade(t *testing.T) {
	for name, s := range map[string]Settings{"ours": Default(), "Flee's": Flee()} {
		out, err := Run(context.Background(), valley(), s, 1)
		if err != nil {
			t.Fatal(err)
		}
		for day := range out.Days {
			sum := int(out.OnTheWay[day])
			for i := range out.Names {
				if out.At(day, i) < 0 {
					t.Fatalf("%s: %d people in %s on day %d", name, out.At(day, i), out.Names[i], day)
				}
				sum += out.At(day, i)
			}
			if want := 300 + 500*min(max(day-1, 0), 12); sum != want || int(out.Displaced[day]) != want {
				t.Fatalf("%s: %d people on day %d (%d by Displaced), want %d", name, sum, day, out.Displaced[day], want)
			}
		}
	}
}

func TestASeedIsARun(t *testing.T) {
	one, err := Run(context.Background(), valley(), Default(), 7)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := Run(context.Background(), valley(), Default(), 7)
	other, _ := Run(context.Background(), valley(), Default(), 8)
	if !reflect.DeepEqual(one, again) {
		t.Error("two runs with one seed differ")
	}
	if reflect.DeepEqual(one.People, other.People) {
		t.Error("two seeds give the same run")
	}
}
