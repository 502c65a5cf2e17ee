package main

import (
	"fmt"

	"casus/feed"
	"casus/ledger"
)

// sketchOf is what makes near-copies of a text findable in the ledger.
func sketchOf(text string) (ledger.Sketch, error) {
	s := feed.NewSketch(text)
	data, err := s.MarshalBinary()
	if err != nil {
		return ledger.Sketch{}, fmt.Errorf("keeping a sketch: %w", err)
	}
	return ledger.Sketch{Bands: s.Bands(), Data: data}, nil
}

// alike compares two sketches as the ledger keeps them, 0 to 1; 0 where they are
// not of one agency text, or are no sketches.
func alike(a, b []byte) float64 {
	var x, y feed.Sketch
	if x.UnmarshalBinary(a) != nil || y.UnmarshalBinary(b) != nil {
		return 0
	}
	if s := x.Similarity(y); s >= feed.CopyThreshold {
		return s
	}
	return 0
}
