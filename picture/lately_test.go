package picture_test

import (
	"fmt"
	"testing"

	"casus"
	"casus/picture"
)

// What lately tells is of its days, told as so, and said once.
func TestLately(t *testing.T) {
	attack := &casus.Event{Type: casus.Assault, Source: []casus.ActorID{"taliban"}, Target: []casus.ActorID{"afg/mil"}}
	pledge := func(from, to casus.ActorID) casus.Body {
		return &casus.Commitment{Debtor: from, Beneficiary: to, Duty: "het vuren staken", Basis: casus.Pledge, State: casus.InForce}
	}
	p := newPicture(t, nil,
		told{"a", "2021-07-05", []casus.Record{says(casus.Happened, "2021-07-04", attack)}},
		told{"b", "2021-07-06", []casus.Record{says(casus.Happened, "2021-07-04", attack)}},
		told{"denial", "2021-07-06", []casus.Record{says(casus.Denied, "2021-07-04", attack)}},
		told{"unknown", "2021-07-06", []casus.Record{says(casus.Happened, "2021-07-06", &casus.Event{Type: casus.Assault, Source: []casus.ActorID{"unknown"}, Target: []casus.ActorID{"tjk"}})}},
		told{"truce", "2021-07-06", []casus.Record{says(casus.Ongoing, "2021-07-06…", pledge("pak", "taliban")), says(casus.Ongoing, "2021-07-06…", pledge("taliban", "pak"))}},
		told{"later", "2021-08-06", []casus.Record{says(casus.Happened, "2021-08-06", &casus.Event{Type: casus.Consult, Source: []casus.ActorID{"rus"}, Target: []casus.ActorID{"tjk"}})}},
		told{"vague", "2021-07-06", []casus.Record{says(casus.Happened, "…2021-07-06", &casus.Event{Type: casus.Aid, Source: []casus.ActorID{"rus"}, Target: []casus.ActorID{"uzb"}})}},
	)
	got, err := p.Lately(t.Context(), picture.Question{From: day("2021-07-01"), To: day("2021-07-10")})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Happened) != 2 || len(got.Happened[0].Entries) != 2 || got.Happened[1].Entries[0].Article.ID != "unknown" {
		t.Errorf("happened: %+v", got.Happened)
	}
	if len(got.Promised) != 1 || got.Promised[0].State != casus.InForce {
		t.Errorf("one truce is promised as %+v", got.Promised)
	}
	if len(got.Differ) != 1 || got.Differ[0].Rivalry != picture.RivalStatus {
		t.Errorf("what is denied differs as %+v", got.Differ)
	}
	if !got.Whole {
		t.Error("all of seven articles was looked at")
	}
}

// The ground has rival claims first, the rest by the latest word, and is bounded.
func TestGround(t *testing.T) {
	var stories []told
	for i := range 150 {
		place := casus.ActorID(fmt.Sprintf("afg/place-%d", i))
		stories = append(stories, told{fmt.Sprintf("s%d", i), "2021-07-05", []casus.Record{says(casus.Happened, "2021-07-05…", relation(casus.Controls, "taliban", place, casus.Begins))}})
	}
	stories = append(stories,
		told{"a", "2021-07-01", []casus.Record{says(casus.Happened, "2021-07-01…", relation(casus.Controls, "taliban", "afg", casus.Begins))}},
		told{"b", "2021-07-01", []casus.Record{says(casus.Happened, "2021-07-01…", relation(casus.Controls, "usa", "afg", casus.Begins))}},
		told{"c", "2021-07-02", []casus.Record{says(casus.Happened, "2021-07-02…", relation(casus.DeploysIn, "rus", "tjk", casus.Begins))}},
		told{"d", "2021-07-02", []casus.Record{says(casus.Happened, "2021-07-02…", relation(casus.AlliedWith, "rus", "tjk", casus.Begins))}})
	got, err := newPicture(t, nil, stories...).Ground(t.Context(), picture.Question{To: day("2021-07-10")})
	if err != nil {
		t.Fatal(err)
	}
	if first := got.Territory[0]; first.Place != "afg" || !first.Rivalry || len(first.Claims) != 2 {
		t.Errorf("the first place is %+v", first)
	}
	if n := len(got.Territory); n < 100 || n > 130 {
		t.Errorf("%d places", n)
	}
	if len(got.Deployments) != 1 || got.Deployments[0].From != "rus" {
		t.Errorf("deployments: %+v", got.Deployments)
	}
}
