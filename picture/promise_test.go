package picture_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"casus"
	"casus/picture"
)

func owes(debtor, beneficiary casus.ActorID, duty string, basis casus.Basis, state casus.State, deadline string) casus.Body {
	c := &casus.Commitment{Debtor: debtor, Beneficiary: beneficiary, Duty: duty, Basis: basis, State: state}
	if deadline != "" {
		c.Deadline = day(deadline)
	}
	return c
}

func did(sort casus.EventType, mode string, source, target casus.ActorID) casus.Body {
	e := &casus.Event{Type: sort, Mode: mode, Source: []casus.ActorID{source}}
	if target != "" {
		e.Target = []casus.ActorID{target}
	}
	return e
}

// TestPromises tells what was promised and what came after, and says what became
// of it by the end of 2021.
func TestPromises(t *testing.T) {
	withdraw := says(casus.Planned, "2021-07-01", owes("rus", "geo", "to withdraw its troops", casus.Deal, casus.InForce, "2021-08-31"))
	truce := says(casus.Happened, "2021-07-01", owes("aze", "arm", "to hold their fire", casus.Ceasefire, casus.InForce, ""))
	for _, c := range []struct {
		name    string
		stories []told
		want    string // state, whether overdue, and the moves that do not count
	}{
		{"nothing came of it, and the day has passed", []told{{"a", "2021-07-01", []casus.Record{withdraw}}}, "in-force overdue"},
		{"a withdrawal by the deadline keeps it", []told{{"a", "2021-07-01", []casus.Record{withdraw}},
			{"b", "2021-08-20", []casus.Record{says(casus.Happened, "2021-08-20", did(casus.Retreat, "withdraw", "rus/mil", "geo"))}}}, "kept"},
		{"one after the deadline does not", []told{{"a", "2021-07-01", []casus.Record{withdraw}},
			{"b", "2021-09-20", []casus.Record{says(casus.Happened, "2021-09-20", did(casus.Retreat, "withdraw", "rus/mil", "geo"))}}},
			"in-force overdue; it withdrew, but after the deadline"},
		{"one that is only planned does not", []told{{"a", "2021-07-01", []casus.Record{withdraw}},
			{"b", "2021-08-20", []casus.Record{says(casus.Planned, "2021-08-20", did(casus.Retreat, "withdraw", "rus/mil", "geo"))}}}, "in-force overdue"},
		{"somebody else's does not", []told{{"a", "2021-07-01", []casus.Record{withdraw}},
			{"b", "2021-08-20", []casus.Record{says(casus.Happened, "2021-08-20", did(casus.Retreat, "withdraw", "usa/mil", "afg"))}}}, "in-force overdue"},
		{"an accusation does not break a truce", []told{{"a", "2021-07-01", []casus.Record{truce}},
			{"b", "2021-07-03", []casus.Record{by("arm/gov", says(casus.Happened, "2021-07-02", did(casus.Assault, "", "aze/mil", "arm/mil")))}}},
			"in-force; it attacked, as arm says alone"},
		{"nor does the victim's word that it is broken", []told{{"a", "2021-07-01", []casus.Record{truce}},
			{"b", "2021-07-03", []casus.Record{by("arm/gov", says(casus.Happened, "2021-07-02", owes("aze", "arm", "to hold their fire", casus.Ceasefire, casus.Broken, "")))}}},
			"in-force; told so"},
		{"an attack that independent origins tell of does", []told{{"a", "2021-07-01", []casus.Record{truce}},
			{"b", "2021-07-03", []casus.Record{by("arm/gov", says(casus.Happened, "2021-07-02", did(casus.Assault, "", "aze/mil", "arm/mil")))}},
			{"c", "2021-07-03", []casus.Record{by("rus/gov/mod", says(casus.Happened, "2021-07-02", did(casus.Assault, "", "aze/mil", "arm/mil")))}}}, "broken"},
	} {
		t.Run(c.name, func(t *testing.T) {
			list, err := newPicture(t, nil, c.stories...).Promises(context.Background(), picture.Question{To: day("2021-12-31")})
			if err != nil || len(list) == 0 {
				t.Fatalf("%d promises, %v", len(list), err)
			}
			got := string(list[0].State)
			if list[0].Overdue {
				got += " overdue"
			}
			for _, m := range list[0].Moves {
				if !m.Counts {
					got += "; " + m.How
				}
			}
			if got != c.want {
				t.Errorf("it is %q, want %q", got, c.want)
			}
		})
	}
}

func TestPromisesAreAsOfADay(t *testing.T) {
	withdraw := says(casus.Planned, "2021-07-01", owes("rus", "geo", "to withdraw its troops", casus.Deal, casus.InForce, "2021-08-31"))
	p := newPicture(t, nil, told{"a", "2021-07-01", []casus.Record{withdraw}},
		told{"b", "2021-08-20", []casus.Record{says(casus.Happened, "2021-08-20", did(casus.Retreat, "withdraw", "rus/mil", "geo"))}})
	var got []string
	for _, on := range []string{"2021-06-01", "2021-07-15", "2021-08-20"} {
		list, err := p.Promises(context.Background(), picture.Question{To: day(on)})
		if err != nil {
			t.Fatal(err)
		}
		for _, each := range list {
			got = append(got, fmt.Sprint(on, " ", each.State))
		}
	}
	if want := "2021-07-15 in-force, 2021-08-20 kept"; strings.Join(got, ", ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

// What is due soon is what Promises says of it, without the rest.
func TestDueIsWhatIsDueOfAllPromises(t *testing.T) {
	owes := func(debtor, to casus.ActorID, duty, deadline string) casus.Body {
		return &casus.Commitment{Debtor: debtor, Beneficiary: to, Duty: duty, Deadline: day(deadline), Basis: casus.Pledge, State: casus.InForce}
	}
	var stories []told
	for i, c := range []casus.Body{owes("usa", "afg", "leave", "2021-09-11"), owes("usa/mil", "afg", "leave", "2021-09-20"), owes("usa", "tjk", "pay", ""), owes("rus", "tjk", "help", "2021-12-31"),
		owes("chn", "kaz", "pay", "2021-09-12")} {
		stories = append(stories, told{string(rune('a' + i)), "2021-07-05", []casus.Record{says(casus.Happened, "2021-07-05…", c)}})
	}
	p := newPicture(t, lexicon(), stories...)
	all, err := p.Promises(context.Background(), picture.Question{To: day("2021-09-01")})
	if err != nil {
		t.Fatal(err)
	}
	var want []casus.Date
	for _, promise := range all {
		if promise.Deadline >= day("2021-09-11") && promise.Deadline <= day("2021-09-15") {
			want = append(want, promise.Deadline)
		}
	}
	due, err := p.Due(context.Background(), picture.Question{To: day("2021-09-01")}, day("2021-09-11"), day("2021-09-15"))
	if err != nil {
		t.Fatal(err)
	}
	var got []casus.Date
	for _, promise := range due {
		got = append(got, promise.Deadline)
	}
	if len(want) != 2 || !slices.Equal(got, want) {
		t.Errorf("due are %v, want %v", got, want)
	}
}

// With a limit come those that were told of last, each with all that was ever
// told of it.
func TestTheLatestPromisesAreWhole(t *testing.T) {
	var stories []told
	for i, pair := range [][2]casus.ActorID{{"rus", "kaz"}, {"aze", "arm"}, {"chn", "vnm"}, {"geo", "blr"}, {"tur", "syr"}} {
		made := fmt.Sprintf("2021-0%d-01", i+1)
		stories = append(stories, told{string(pair[0]), made, []casus.Record{says(casus.Happened, made, owes(pair[0], pair[1], "to hold its fire", casus.Ceasefire, casus.InForce, ""))}})
	}
	stories = append(stories, told{"again", "2021-06-01", []casus.Record{says(casus.Happened, "2021-06-01", owes("rus", "kaz", "to hold its fire", casus.Ceasefire, casus.Broken, ""))}})
	p := newPicture(t, nil, stories...)
	list, err := p.Promises(context.Background(), picture.Question{To: day("2021-12-31"), Limit: 2})
	if err != nil || len(list) != 2 {
		t.Fatalf("%d promises, %v", len(list), err)
	}
	slices.SortFunc(list, func(a, b picture.Promise) int { return strings.Compare(string(a.State), string(b.State)) })
	if c := list[0].Entries[0].Record.Body.(*casus.Commitment); c.Debtor != "rus" || list[0].State != casus.Broken || len(list[0].Entries) != 2 {
		t.Errorf("the one told of last is of %s, %s, told %d times", c.Debtor, list[0].State, len(list[0].Entries))
	}
	if c := list[1].Entries[0].Record.Body.(*casus.Commitment); c.Debtor != "tur" {
		t.Errorf("the one before is of %s", c.Debtor)
	}
}

// Page by page come all promises, each once, though it is told of again on a later
// day: on the page of its last telling.
func TestPagesOfPromisesHaveEachOnce(t *testing.T) {
	pairs := [][2]casus.ActorID{{"rus", "kaz"}, {"aze", "arm"}, {"chn", "vnm"}, {"geo", "blr"}, {"tur", "syr"}, {"irn", "irq"}, {"ind", "pak"}}
	var stories []told
	for i := range 21 {
		on := day("2021-03-01").AddDays(i / 2).String()
		pair := pairs[i%len(pairs)]
		stories = append(stories, told{fmt.Sprint("story-", i), on, []casus.Record{says(casus.Happened, on, owes(pair[0], pair[1], "to hold its fire", casus.Ceasefire, casus.InForce, ""))}})
	}
	p := newPicture(t, nil, stories...)
	q := picture.Question{From: day("2021-03-01"), To: day("2021-12-31"), Starting: true}
	whole, err := p.Promises(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	var want, got []casus.RecordID
	for _, promise := range whole {
		want = append(want, promise.Entries[0].ID)
	}
	for _, from := range []casus.Date{0, q.From} {
		q.From, q.Limit, q.After, got = from, 2, "", nil
		pages := 0
		for next := ""; pages == 0 || next != ""; pages++ {
			q.After = next
			var list []picture.Promise
			if list, next, err = p.PromisePage(t.Context(), q); err != nil || pages > 20 {
				t.Fatalf("%d pages, %v", pages, err)
			}
			for _, promise := range list {
				got = append(got, promise.Entries[0].ID)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) || pages < 3 {
			t.Errorf("in %d pages %d promises, %v; want %d, %v", pages, len(got), got, len(want), want)
		}
	}
}
