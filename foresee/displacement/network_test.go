package displacement

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
)

func TestGreatCircle(t *testing.T) {
	// A quarter of a meridian, and a degree of longitude at 60° north.
	near := func(got, want float64) {
		if math.Abs(got-want) > 0.01 {
			t.Errorf("%.3f km, want %.3f", got, want)
		}
	}
	near(GreatCircle(0, 10, 90, 10), math.Pi/2*earthKM)
	near(GreatCircle(5, 7, 5, 7), 0)
	near(GreatCircle(0, 179, 0, -179), 2*math.Pi/180*earthKM)
}

// Four towns along a road and one beside it: each is joined to the next, and no
// route passes over a town.
func TestNetworkJoinsNeighbours(t *testing.T) {
	places := []Place{{Name: "a", Lon: 0}, {Name: "b", Lon: 1}, {Name: "c", Lon: 2}, {Name: "d", Lon: 3}, {Name: "e", Lon: 2, Lat: 1.5}}
	given := []Route{{A: "c", B: "b", KM: 300}}
	routes := Network(places, 1.5, given)
	got := map[string]float64{}
	for _, r := range routes {
		got[r.A+r.B] = r.KM
	}
	degree := math.Pi / 180 * earthKM
	want := map[string]float64{"cb": 300, "ab": 1.5 * degree, "cd": 1.5 * degree, "ce": 1.5 * 1.5 * degree}
	for name, km := range want {
		if math.Abs(got[name]-km) > 0.01 {
			t.Errorf("%s is %.2f km, want %.2f", name, got[name], km)
		}
	}
	if len(got) != len(want) || len(given) != 1 {
		t.Errorf("the routes are %v", got)
	}
}

func TestNetworkHangsTogether(t *testing.T) {
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(seed, 4))
		places := make([]Place, 2+rng.IntN(60))
		for i := range places {
			places[i] = Place{Name: strconv.Itoa(i), Lat: 40 + math.Floor(rng.Float64()*20)/4, Lon: 20 + math.Floor(rng.Float64()*20)/4}
		}
		reached := map[string]bool{"0": true}
		routes := Network(places, Detour, nil)
		for range places {
			for _, r := range routes {
				if reached[r.A] || reached[r.B] {
					reached[r.A], reached[r.B] = true, true
				}
				if !(r.KM >= 1) {
					t.Fatalf("a route of %g km", r.KM)
				}
			}
		}
		if len(reached) != len(places) {
			t.Fatalf("seed %d: %d of %d places hang together", seed, len(reached), len(places))
		}
	}
}

func TestAnalystsRoutes(t *testing.T) {
	places := []Place{{Name: "a"}, {Name: "b", Lon: 1}}
	routes, err := ReadRoutes("own.csv", []byte("#name1,name2,distance\nb,a,150\n"), places)
	if err != nil {
		t.Fatal(err)
	}
	if got := Network(places, Detour, routes); len(got) != 1 || got[0] != (Route{A: "b", B: "a", KM: 150}) {
		t.Errorf("the routes are %v", got)
	}
	if _, err := ReadRoutes("own.csv", []byte("a,c,9\n"), places); err == nil || err.Error() == "" {
		t.Error("a route to no place is read")
	}
}
