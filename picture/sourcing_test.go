package picture_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"casus"
	"casus/ledger"
	"casus/ledger/memory"
	"casus/picture"
)

// What an actor says of itself rests on its own word, what articles tell on the
// outlet's; a grade that an analyst gave goes with it.
func TestSourcesOnAnActor(t *testing.T) {
	l := memory.New(nil, nil)
	own := by("rus/gov", says(casus.Happened, "2021-07-02", did(casus.Assault, "", "geo/mil", "rus/mil")))
	for _, s := range []told{
		{"a", "2021-07-01", []casus.Record{says(casus.Happened, "2021-07-01", did(casus.Aid, "", "rus", "geo"))}},
		{"b", "2021-07-03", []casus.Record{own, says(casus.Happened, "2021-07-03", did(casus.Aid, "", "rus", "geo"))}},
		{"c", "2021-07-04", []casus.Record{says(casus.Happened, "2021-07-04", did(casus.Aid, "", "usa", "geo"))}},
	} {
		if _, err := l.Append(context.Background(), reading(s)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := l.Correct(context.Background(), ledger.Correction{Action: ledger.Grade, Author: "an analyst", Reason: "often right", Source: "De Bode", Reliability: "B", Seen: -1}); err != nil {
		t.Fatal(err)
	}
	got, err := picture.New(l, lexicon()).SourcesOn(context.Background(), picture.Question{Actor: "Rusland"})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, s := range got.Sources {
		lines = append(lines, fmt.Sprintf("%s %d %s %s", s.Origin, s.Records, s.Reliability, s.Latest.Record.When.From))
	}
	if want := []string{"De Bode 2 B 2021-07-03", "rus 1 F 2021-07-02"}; !slices.Equal(lines, want) || got.Counted != 3 || !got.Complete {
		t.Errorf("%q of %d (complete: %v), want %q of 3", lines, got.Counted, got.Complete, want)
	}
	if _, err := picture.New(l, lexicon()).SourcesOn(context.Background(), picture.Question{Actor: "nobody at all"}); casus.CodeOf(err) != casus.NotFound {
		t.Errorf("nobody has sources: %v", err)
	}
}

// A portrait has the offices of a body and its parts, and those of a person,
// that began by the day.
func TestAPortraitHasOfficesByDate(t *testing.T) {
	office := func(person casus.ActorID, role, from, to string) picture.OfficeHeld {
		o := picture.OfficeHeld{Person: person, Office: casus.Office{Actor: "geo/gov", Role: role, From: day(from)}}
		if to != "" {
			o.To = day(to)
		}
		return o
	}
	facts := picture.Facts{Offices: []picture.OfficeHeld{office("person/a", "president", "2004-01-25", "2013-11-17"), office("person/b", "president", "2013-11-17", ""),
		{Person: "person/c", Office: casus.Office{Actor: "rus/gov", Role: "president", From: day("2000-05-07")}}}}
	p := newPicture(t, lexicon().WithFacts(facts), told{"a", "2021-07-01", []casus.Record{says(casus.Happened, "2021-07-01", did(casus.Aid, "", "person/a", "geo")), says(casus.Happened, "2021-07-01", did(casus.Aid, "", "usa", "geo"))}})
	for _, c := range []struct {
		actor, asOf string
		want        []casus.ActorID
	}{{"geo", "", []casus.ActorID{"person/b", "person/a"}}, {"geo", "2010-01-01", []casus.ActorID{"person/a"}}, {"person/a", "", []casus.ActorID{"person/a"}}, {"usa", "", nil}} {
		q := picture.ShowQuestion{Actor: c.actor}
		if c.asOf != "" {
			q.AsOf = day(c.asOf)
		}
		portrait, err := p.Show(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		var got []casus.ActorID
		for _, o := range portrait.Offices {
			got = append(got, o.Person)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s on %q: %v, want %v", c.actor, c.asOf, got, c.want)
		}
	}
}
