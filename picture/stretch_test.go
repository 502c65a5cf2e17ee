package picture_test

import (
	"fmt"
	"slices"
	"testing"

	"casus"
	"casus/picture"
)

// quarrels are stories of many days: on each somebody is attacked, and two days
// later the attacker denies it, so that whatever day a page ends on it cuts
// through some.
func quarrels(t *testing.T, days int) *picture.Picture {
	t.Helper()
	var stories []told
	for i := range days {
		gang, town := casus.ActorID(fmt.Sprintf("gang-%d", i)), casus.ActorID(fmt.Sprintf("town-%d", i))
		on, later := day("2020-01-01").AddDays(i).String(), day("2020-01-01").AddDays(i+2).String()
		stories = append(stories,
			told{fmt.Sprintf("told-%d", i), on, []casus.Record{by(town, says(casus.Happened, on, attack(gang, town)))}},
			told{fmt.Sprintf("denied-%d", i), later, []casus.Record{by(gang, says(casus.Denied, later, attack(gang, town)))}})
	}
	return newPicture(t, nil, stories...)
}

func TestContradictionsComeInPages(t *testing.T) {
	p := quarrels(t, 900)
	name := func(c picture.Contradiction) string {
		return string(c.Sides[0].Entries[0].Article.ID + " " + c.Sides[1].Entries[0].Article.ID)
	}
	for _, q := range []picture.Question{{}, {From: day("2020-02-03"), To: day("2021-12-30")}} {
		whole, err := p.Contradictions(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		var want, got []string
		for _, c := range whole {
			want = append(want, name(c))
		}
		q.Limit = 25
		pages := 0
		for {
			list, next, err := p.ContradictionPage(t.Context(), q, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range list {
				got = append(got, name(c))
			}
			pages++
			if q.After = next; next == "" {
				break
			}
			if 4*len(list) < q.Limit {
				t.Errorf("a page that is not the last has %d", len(list))
			}
		}
		if len(want) < 600 || pages < 2 {
			t.Fatalf("%d contradictions on %d pages show nothing", len(want), pages)
		}
		slices.Sort(got) // those of a day may come in another order
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("the pages have %d contradictions, the whole has %d", len(got), len(want))
		}
	}
	if _, _, err := p.ContradictionPage(t.Context(), picture.Question{Limit: 5, After: "soon"}, nil); casus.CodeOf(err) != casus.Invalid {
		t.Errorf("a page after soon: %v", err)
	}
}

// A page of things is of those that begin on its days; what began before and
// lasts is on the last page.
func TestThingsComeInPages(t *testing.T) {
	p := quarrels(t, 300)
	for _, q := range []picture.Question{{}, {From: day("2020-03-01"), To: day("2020-09-30")}} {
		var got []string
		pages := 0
		for q.Limit = 40; ; pages++ {
			page, err := p.Things(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range page.Things {
				got = append(got, string(g.Entries[0].ID))
			}
			if q.After = page.Next; q.After == "" {
				break
			}
		}
		q.Order, q.Limit, q.After = "oldest", 10_000, ""
		whole, err := p.Things(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, g := range whole.Things {
			want = append(want, string(g.Entries[0].ID))
		}
		slices.Sort(got)
		slices.Sort(want)
		if pages < 3 || !slices.Equal(got, want) {
			t.Errorf("%d things on %d pages, %d in the whole", len(got), pages+1, len(want))
		}
	}
}

// What lasts into a period from before is left out, and counted, where it would
// crowd out what begins in it.
func TestThingsOfAPeriodCountWhatOnlyLasts(t *testing.T) {
	held := by("journalist", casus.Record{Status: casus.Ongoing, When: casus.Period{From: day("2019-01-01"), Precision: casus.PrecisionDay}, Body: &casus.Relation{Type: casus.Controls, Change: casus.Held, From: "gang", To: "town"}})
	stories := []told{{"begun", "2020-03-05", []casus.Record{by("town", says(casus.Happened, "2020-03-05", attack("gang", "town")))}}}
	for i := range 5 {
		stories = append(stories, told{fmt.Sprintf("held-%d", i), "2019-01-01", []casus.Record{held}})
	}
	p := newPicture(t, nil, stories...)
	for _, c := range []struct{ limit, things, lasting int }{{4, 1, 5}, {5, 2, 0}} {
		got, err := p.Things(t.Context(), picture.Question{From: day("2020-03-01"), To: day("2020-03-31"), Limit: c.limit})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Things) != c.things || got.Lasting != c.lasting || got.Next != "" {
			t.Errorf("limit %d: %d things, %d lasting, next %q; want %d and %d", c.limit, len(got.Things), got.Lasting, got.Next, c.things, c.lasting)
		}
	}
}
