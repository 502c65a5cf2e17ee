package refdata

import "testing"

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := Open(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFirstPlace is what the first look-up of a place costs after Open:
// unpacking and indexing the cities.
func BenchmarkFirstPlace(b *testing.B) {
	w, err := Open()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := openGazetteer(w.places, packedCities); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPlacesNamed(b *testing.B) {
	w, err := Open()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		w.PlacesNamed("Mazar-e-Sharif")
	}
}
