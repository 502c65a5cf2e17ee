package picture_test

import (
	"fmt"
	"testing"

	"casus"
	"casus/picture"
)

// Of a situation with a limit there is what was told of last, as it is in the
// whole, and the rest is counted.
func TestASituationIsCutToWhatWasToldOfLast(t *testing.T) {
	var stories []told
	for i := range 6 {
		on := day("2021-07-01").AddDays(i).String()
		stories = append(stories, told{fmt.Sprintf("ties-%d", i), on, []casus.Record{says(casus.Ongoing, on, relation(casus.AlliedWith, "rus", casus.ActorID(fmt.Sprintf("ally-%d", i)), casus.Begins))}},
			told{fmt.Sprintf("holds-%d", i), on, []casus.Record{says(casus.Ongoing, on, relation(casus.Controls, "taliban", casus.ActorID(fmt.Sprintf("afg/town-%d", i)), casus.Begins))}})
	}
	p := newPicture(t, nil, stories...)
	whole, err := p.Situation(t.Context(), picture.Question{To: day("2021-08-01")})
	if err != nil || whole.Left != (picture.SituationLeft{}) {
		t.Fatalf("of the whole %+v is left, %v", whole.Left, err)
	}
	cut, err := p.Situation(t.Context(), picture.Question{To: day("2021-08-01"), Limit: 4})
	if err != nil {
		t.Fatal(err)
	}
	if want := (picture.SituationLeft{Relations: 8, Territory: 2}); cut.Left != want || len(cut.Relations) != 4 || len(cut.Territory) != 4 {
		t.Fatalf("%d relations, %d places, %+v left; want %+v", len(cut.Relations), len(cut.Territory), cut.Left, want)
	}
	for _, of := range cut.Territory {
		if of.Place < "afg/town-2" {
			t.Errorf("%s was not told of last", of.Place)
		}
		for _, all := range whole.Territory {
			if all.Place == of.Place && fmt.Sprint(all.Claims[0].Grade, all.Claims[0].Origins) != fmt.Sprint(of.Claims[0].Grade, of.Claims[0].Origins) {
				t.Errorf("%s is graded %v, in the whole %v", of.Place, of.Claims[0].Grade, all.Claims[0].Grade)
			}
		}
	}
}
