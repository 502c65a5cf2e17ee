package alert

import (
	"strings"
	"testing"

	"casus"
	"casus/ledger"
	"casus/picture"
)

// Whatever a record is, both languages have words for it, and nothing is left
// to fill in.
func TestEveryRecordHasWords(t *testing.T) {
	n := 12.0
	var bodies []casus.Body
	for _, typ := range casus.EventTypes() {
		bodies = append(bodies, &casus.Event{Type: typ, Source: []casus.ActorID{"rus/mil", "person/bob-deen"}, Target: []casus.ActorID{}})
	}
	for _, act := range casus.Acts() {
		bodies = append(bodies, &casus.Claim{Speaker: "rus", Act: act})
	}
	for _, typ := range casus.RelationTypes() {
		for _, change := range []casus.Change{casus.Begins, casus.Ends, casus.Held} {
			bodies = append(bodies, &casus.Relation{Type: typ, From: "rus", To: "afg/kunduz", Change: change})
		}
	}
	for _, state := range casus.States() {
		bodies = append(bodies, &casus.Commitment{Debtor: "rus", Duty: "leave {state} [by then]", State: state, Basis: casus.Pledge})
	}
	for _, cause := range casus.Causes() {
		bodies = append(bodies, &casus.Flow{Group: "afg/civ", Destination: "tjk", Cause: cause}, &casus.Flow{Group: "afg/civ", Origin: "afg", High: &n, Cause: cause})
	}
	bodies = append(bodies, &casus.Figure{Low: &n, Unit: "soldiers", Of: "men", Approx: true}, &casus.Figure{Low: &n, High: &n, Unit: "gizmos"})
	for _, language := range []string{"nl", "en"} {
		p, err := newPhrases(language, func(id casus.ActorID) string { return map[casus.ActorID]string{"rus": "Russia"}[id] })
		if err != nil {
			t.Fatal(err)
		}
		for _, status := range casus.Statuses() {
			if _, ok := p.words["status "+string(status)]; !ok {
				t.Errorf("%s: no word for %s", language, status)
			}
		}
		for _, body := range bodies {
			got := p.record(ledger.Entry{Record: casus.Record{Status: casus.Happened, Body: body}})
			bare := strings.Replace(got, "leave {state} [by then]", "leave", 1)
			if bare == "" || strings.ContainsAny(bare, "{}[]") || strings.Contains(bare, "  ") || strings.HasPrefix(bare, " ") || strings.Contains(bare, "()") {
				t.Errorf("%s: %T %+v is %q", language, body, body, got)
			}
		}
	}
}

func TestEveryContradictionHasWords(t *testing.T) {
	for _, language := range []string{"nl", "en"} {
		p, err := newPhrases(language, func(casus.ActorID) string { return "" })
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range []picture.Rivalry{picture.RivalFigures, picture.RivalStatus, picture.RivalBlame, picture.RivalActors, picture.RivalDates} {
			for _, v := range []picture.Verdict{picture.SourcesDiffer, picture.ChangedOwnAccount} {
				if p.words["rivalry "+string(r)] == "" || p.words["verdict "+string(v)] == "" {
					t.Errorf("%s: no words for %s, %s", language, r, v)
				}
			}
		}
	}
}

func TestActorsAreCalled(t *testing.T) {
	p, err := newPhrases("en", func(id casus.ActorID) string {
		return map[casus.ActorID]string{"rus": "Russia", "rus/duma": "the Duma"}[id]
	})
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[casus.ActorID]string{"rus": "Russia", "rus/mil": "Russia (army)", "rus/gov/mfa": "Russia (foreign ministry)", "rus/duma": "the Duma",
		"rus/duma/left-wing": "the Duma (left wing)", "person/bob-deen": "Bob Deen", "isis-k": "isis-k", "isis-k/north": "isis-k/north"} {
		if got := p.called(id); got != want {
			t.Errorf("%s is called %q, want %q", id, got, want)
		}
	}
}

func TestABoundHolds(t *testing.T) {
	n := func(v float64) *float64 { return &v }
	for _, c := range []struct {
		written   string
		low, high *float64
		want      bool
	}{
		{">= 1000", n(1000), n(1000), true}, {"> 1000", n(1000), n(1000), false}, {">1000", n(1001), nil, true}, {">= 1000", nil, n(5000), false},
		{">= 1000", n(900), n(1100), false}, {"< 50", n(1), n(49), true}, {"< 50", n(1), n(50), false}, {"≤ 50", nil, n(50), true}, {"<= 50", n(1), nil, false}, {"> 2.5", n(2.6), nil, true},
	} {
		b, err := bound(Word{Text: c.written})
		if err != nil {
			t.Fatal(err)
		}
		if b.Holds(c.low, c.high) != c.want {
			t.Errorf("%s of %v to %v: want %v", c.written, c.low, c.high, c.want)
		}
	}
}

func TestATypeMeansTheKindThatSpellsItSo(t *testing.T) {
	for typed, want := range map[string][]casus.Kind{"REJECT": {casus.KindEvent}, "reject": {casus.KindClaim}, "Reject": {casus.KindEvent, casus.KindClaim},
		"conflict": {casus.KindFlow}, "Controls": {casus.KindRelation}, "nonsense": nil} {
		var got []casus.Kind
		for _, s := range sortsNamed(typed, casus.Kinds()) {
			got = append(got, s.Kind)
		}
		if len(got) != len(want) || len(got) > 0 && got[0] != want[0] {
			t.Errorf("%s is of %v, want %v", typed, got, want)
		}
	}
}
