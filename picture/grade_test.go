package picture

import (
	"testing"

	"casus"
	"casus/ledger"
)

// TestCredibility counts independent origins for and against a thing.
func TestCredibility(t *testing.T) {
	origins := func(names ...string) (out []Origin) {
		for _, n := range names {
			out = append(out, Origin{Outlet: n})
		}
		return out
	}
	for _, c := range []struct {
		name    string
		status  casus.Status
		for_    []Origin
		against []Origin
		want    Credibility
	}{
		{"three origins confirm it", casus.Happened, origins("a", "b", "c"), nil, 1},
		{"two make it probable", casus.Happened, origins("a", "b"), nil, 2},
		{"one makes it possible", casus.Happened, origins("a"), nil, 3},
		{"three against one still probable", casus.Happened, origins("a", "b", "c"), origins("d"), 2},
		{"two against one are possible", casus.Happened, origins("a", "b"), origins("c"), 3},
		{"word against word", casus.Happened, origins("a"), origins("b"), 4},
		{"more against it than for it", casus.Happened, origins("a"), origins("b", "c"), 5},
		{"one who contradicts himself stands alone", casus.Happened, origins("a"), origins("a"), 3},
		{"what is only feared cannot be judged", casus.Possible, origins("a", "b", "c"), nil, 6},
	} {
		g := Group{Entries: []ledger.Entry{{Record: casus.Record{Status: c.status}}}, Origins: c.for_, Sure: 0.8}
		if got := credibility(g, c.against); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestReliabilityIsTheBestOfTheOrigins(t *testing.T) {
	grades := map[string]ledger.Reliability{"De Bode": "C", "rus": "E"}
	for want, origins := range map[ledger.Reliability][]Origin{"C": {{ID: "rus"}, {Outlet: "De Bode"}}, "E": {{ID: "rus"}}, "F": {{Outlet: "Nobody"}}} {
		if got := reliability(origins, grades); got != want {
			t.Errorf("%v: %s, want %s", origins, got, want)
		}
	}
}

func TestWhatIsHardlyOneThingConfirmsNothing(t *testing.T) {
	g := Group{Entries: []ledger.Entry{{Record: casus.Record{Status: casus.Happened}}}, Origins: []Origin{{Outlet: "a"}, {Outlet: "b"}, {Outlet: "c"}}, Sure: 0.79}
	if got := credibility(g, nil); got != 2 {
		t.Errorf("three who likely tell of one thing: %d, want 2", got)
	}
}
