package casus

import "testing"

func TestIsCountry(t *testing.T) {
	for id, want := range map[ActorID]bool{"rus": true, "rus/mil": true, "afg": true, "zwe": true, "xkx/police": true,
		"afp": false, "rsf": false, "icc/prosecutor": false, "us ": false, //nolint:gocritic // that is the test
		"": false, "taliban": false, "person/rus": false, "gmt": false} {
		if got := id.IsCountry(); got != want {
			t.Errorf("%q: %v", id, got)
		}
	}
}
