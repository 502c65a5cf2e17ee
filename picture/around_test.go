package picture_test

import (
	"fmt"
	"testing"

	"casus"
	"casus/picture"
)

// TestThingOfMany asks for a thing that is told hundreds of times, with days and
// without: the answer has many tellings of it, and is bounded.
func TestThingOfMany(t *testing.T) {
	for _, when := range []string{"2021-07-05…", "?"} {
		var stories []told
		for i := range 250 {
			stories = append(stories, told{fmt.Sprintf("s%d", i), "2021-07-05", []casus.Record{
				says(casus.Happened, when, relation(casus.Hosts, "tjk", "afg/mil", casus.Held)),
			}})
		}
		stories = append(stories, told{"other", "2021-07-05", []casus.Record{says(casus.Happened, when, relation(casus.Hosts, "uzb", "afg/mil", casus.Held))}})
		p := newPicture(t, nil, stories...)
		all, err := p.Timeline(t.Context(), picture.Question{Kinds: []casus.Kind{casus.KindRelation}, Actor: "tjk"})
		if err != nil {
			t.Fatal(err)
		}
		asked := all.Entries[len(all.Entries)-1].ID
		thing, err := p.Thing(t.Context(), asked, picture.Question{})
		if err != nil {
			t.Fatal(err)
		}
		here := false
		for _, e := range thing.Entries {
			here = here || e.ID == asked
			if rel := e.Record.Body.(*casus.Relation); rel.From != "tjk" {
				t.Errorf("%q: %s is told as the same thing", when, rel.From)
			}
		}
		if n := len(thing.Entries); !here || n < 50 || n > 100 {
			t.Errorf("%q: %d tellings, with the one asked about: %t", when, n, here)
		}
	}
}
