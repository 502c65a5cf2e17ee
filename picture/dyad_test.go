package picture_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"casus"
	"casus/ledger"
	"casus/picture"
)

// weekly tells one event between Russia and Georgia in each of some weeks.
func weekly(first string, weeks int, body casus.Body) []told {
	var out []told
	for i := range weeks {
		d := day(first).AddDays(7 * i)
		out = append(out, told{fmt.Sprintf("%s-%d", first, i), d.String(), []casus.Record{says(casus.Happened, d.String(), body)}})
	}
	return out
}

func between(sort casus.EventType, source, target casus.ActorID) casus.Body {
	return &casus.Event{Type: sort, Source: []casus.ActorID{source}, Target: []casus.ActorID{target}}
}

func TestADyadTurnsFromTradeToWar(t *testing.T) {
	stories := append(weekly("2008-02-04", 8, between(casus.Cooperate, "rus", "geo")), weekly("2008-06-02", 8, between(casus.Assault, "rus/mil", "geo/mil"))...)
	stories = append(stories, told{"no deed", "2008-08-20", []casus.Record{says(casus.Denied, "2008-08-20", between(casus.Aid, "rus", "geo"))}},
		told{"others", "2008-08-20", []casus.Record{says(casus.Happened, "2008-08-20", between(casus.Aid, "usa", "geo"))}})
	d, err := newPicture(t, lexicon(), stories...).Dyad(context.Background(), "Rusland", "Georgië", picture.Question{})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Weeks) != 25 || d.Weeks[0].Index != 9.5 || d.Weeks[0].Material != 9.5 || d.Weeks[0].Verbal != 0 || d.Weeks[24].Index != -9 || d.Weeks[10].Events != 0 {
		t.Errorf("%d weeks: %+v … %+v", len(d.Weeks), d.Weeks[0], d.Weeks[len(d.Weeks)-1])
	}
	if !d.Enough || len(d.Changes) != 1 || d.Changes[0].Week != day("2008-06-02") || d.Changes[0].From > day("2008-06-02") || d.Changes[0].Before != 9.5 || d.Changes[0].After != -9 {
		t.Errorf("changes: %+v (enough: %v), want one by June from 9.5 to -9", d.Changes, d.Enough)
	}
	few, err := newPicture(t, lexicon(), stories[:5]...).Dyad(context.Background(), "rus", "geo", picture.Question{})
	if err != nil || few.Enough || len(few.Changes) != 0 {
		t.Errorf("five weeks are too few to tell: %+v, %v", few.Changes, err)
	}
}

func TestDriftNamesThePairThatMoved(t *testing.T) {
	stories := append(weekly("2008-05-05", 4, between(casus.Cooperate, "rus", "geo")), weekly("2008-06-02", 4, between(casus.Assault, "rus/mil", "geo/mil"))...)
	for i, s := range weekly("2008-05-05", 8, between(casus.Consult, "usa", "geo")) {
		s.id = fmt.Sprint("usa", i)
		stories = append(stories, s)
	}
	list, err := newPicture(t, lexicon(), stories...).Drifting(context.Background(), picture.Question{From: day("2008-06-01"), To: day("2008-06-30")})
	if err != nil || len(list) != 2 {
		t.Fatalf("%+v, %v", list, err)
	}
	if d := list[0]; d.A != "geo" || d.B != "rus" || d.Before != 9.5 || d.After != -9 || d.Events != [2]int{4, 4} || d.Surely < 3 {
		t.Errorf("most moved %+v", d)
	}
	if d := list[1]; d.After != d.Before || d.Surely != 0 {
		t.Errorf("the United States moved: %+v", d)
	}
}

// A week with many events lies in a narrower stretch than one with a single
// event; where there is but one event in all, nothing is known of its level.
func TestAWeekOfADyadLiesBetweenBounds(t *testing.T) {
	dyad := func(stories []told) picture.Dyad {
		t.Helper()
		d, err := newPicture(t, lexicon(), stories...).Dyad(context.Background(), "rus", "geo", picture.Question{})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	support, request := between(casus.Support, "rus", "geo"), between(casus.Request, "rus", "geo") // of 5 and 0 points
	stories := append(weekly("2008-02-04", 6, support), weekly("2008-02-07", 6, request)...)
	stories = append(stories, told{"alone", "2008-04-14", []casus.Record{says(casus.Happened, "2008-04-14", request)}})
	weeks := dyad(stories).Weeks
	two, none, one := weeks[0], weeks[7], weeks[10]
	// Within the weeks the variance is 12.5, of 6 degrees of freedom, of which Student's table has 1.943.
	if two.Events != 2 || math.Abs(two.Low-(2.5-4.857)) > 0.002 || math.Abs(two.High-(2.5+4.857)) > 0.002 {
		t.Errorf("two events lie in %v to %v", two.Low, two.High)
	}
	if one.Events != 1 || math.Abs(one.Low+6.870) > 0.002 || math.Abs(one.High-6.870) > 0.002 {
		t.Errorf("one event lies in %v to %v", one.Low, one.High)
	}
	if two.Words != 2 || two.Deeds != 0 || none.Words != 0 {
		t.Errorf("%d words and %d deeds, then %d words", two.Words, two.Deeds, none.Words)
	}
	if none.Events != 0 || none.Low != 0 || none.High != 0 {
		t.Errorf("a week without events has %+v", none)
	}
	if only := dyad(weekly("2008-02-04", 1, between(casus.Cooperate, "rus", "geo"))).Weeks[0]; only.Low != -10 || only.High != 10 {
		t.Errorf("one event in all lies in %v to %v", only.Low, only.High)
	}
}

// A pair drifts as its dyad does, whomever else one asks about: what one does to
// two at once counts for both, also where another tells of one of them alone.
func TestAPairDriftsAsItsDyad(t *testing.T) {
	both := &casus.Event{Type: casus.Assault, Source: []casus.ActorID{"rus"}, Target: []casus.ActorID{"geo", "usa"}}
	var stories []told
	for i := range 9 {
		on := day("2008-05-04").AddDays(7 * i).String()
		stories = append(stories,
			told{fmt.Sprint("a", i), on, []casus.Record{says(casus.Happened, on, both)}},
			told{fmt.Sprint("0", i), on, []casus.Record{says(casus.Happened, on, between(casus.Assault, "rus", "geo"))}},
			told{fmt.Sprint("d", i), on, []casus.Record{says(casus.Happened, on, between(casus.Consult, "usa", "geo"))}})
	}
	p := newPicture(t, lexicon(), stories...)
	from, start, to := day("2008-05-02"), day("2008-06-01"), day("2008-06-30")
	all, err := p.Drifting(t.Context(), picture.Question{From: start, To: to})
	if err != nil || len(all) != 3 {
		t.Fatalf("%d pairs, %v", len(all), err)
	}
	for _, d := range all {
		alone, err := p.Drifting(t.Context(), picture.Question{From: start, To: to, Actor: string(d.A), With: string(d.B)})
		at := slices.IndexFunc(alone, func(o picture.Drift) bool { return o.A == d.A && o.B == d.B })
		if err != nil || at < 0 || alone[at].Before != d.Before || alone[at].After != d.After || alone[at].Events != d.Events {
			t.Errorf("of all %s and %s move %v to %v, alone %+v, %v", d.A, d.B, d.Before, d.After, alone, err)
		}
		dyad, err := p.Dyad(t.Context(), string(d.A), string(d.B), picture.Question{From: from, To: to})
		if err != nil {
			t.Fatal(err)
		}
		var things [2]int
		for _, w := range dyad.Weeks {
			for _, g := range w.Things {
				if day := ledger.Day(g.Entries[0].Record.When); day >= start {
					things[1]++
				} else {
					things[0]++
				}
			}
		}
		if things != d.Events {
			t.Errorf("%s and %s have %v things, their dyad %v", d.A, d.B, d.Events, things)
		}
	}
}
