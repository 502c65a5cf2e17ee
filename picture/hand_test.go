package picture_test

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"testing"
	"time"

	"casus"
	"casus/ledger"
	"casus/ledger/memory"
	"casus/picture"
)

// newDesk is newPicture with the ledger at hand, and the ids of the stories' first
// records by the stories' names.
func newDesk(t *testing.T, stories ...told) (ledger.Ledger, *picture.Picture, map[string]casus.RecordID) {
	t.Helper()
	l := memory.New(nil, nil)
	ids := map[string]casus.RecordID{}
	for _, s := range stories {
		r := reading(s)
		if _, err := l.Append(context.Background(), r); err != nil {
			t.Fatal(err)
		}
		page, err := l.Records(context.Background(), ledger.Query{Article: r.Article.ID})
		if err != nil {
			t.Fatal(err)
		}
		ids[s.id] = page.Entries[len(page.Entries)-1].ID
	}
	return l, picture.New(l, nil), ids
}

func correct(t *testing.T, l ledger.Ledger, c ledger.Correction) ledger.Correction {
	t.Helper()
	c.Author, c.Reason, c.Seen = "Ann", "I looked", -1
	stored, err := l.Correct(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	return stored
}

// grouped writes the things of a ledger by the articles that tell them: "a b | c".
func grouped(t *testing.T, p *picture.Picture, recorded time.Time) string {
	t.Helper()
	answer, err := p.Things(context.Background(), picture.Question{Recorded: recorded, Order: ledger.Oldest})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, g := range answer.Things {
		var names []string
		for _, e := range g.Entries {
			names = append(names, string(e.Article.ID))
		}
		sort.Strings(names)
		out = append(out, strings.Join(names, " "))
	}
	sort.Strings(out)
	return strings.Join(out, " | ")
}

func TestAnalystsJoinAndPartThings(t *testing.T) {
	one := func(id, published string) told {
		return told{id, published, []casus.Record{says(casus.Happened, "2021-07-05", attack("taliban", "afg"))}}
	}
	far := told{"far", "2021-09-01", []casus.Record{says(casus.Happened, "2021-08-20", attack("islamic-state", "tjk"))}}
	claim := told{"claim", "2021-07-05", []casus.Record{says(casus.Happened, "2021-07-05", &casus.Claim{Speaker: "afg", Act: casus.Say})}}
	l, p, ids := newDesk(t, one("a", "2021-07-05"), one("b", "2021-07-06"), one("c", "2021-07-07"), far, claim)
	of := func(names ...string) (out []casus.RecordID) {
		for _, n := range names {
			out = append(out, ids[n])
		}
		return out
	}
	const untouched = "a b c | claim | far"
	if got := grouped(t, p, time.Time{}); got != untouched {
		t.Fatalf("untouched: %s, want %s", got, untouched)
	}
	part := correct(t, l, ledger.Correction{Action: ledger.Part, Records: of("a"), Others: of("b", "c")})
	join := correct(t, l, ledger.Correction{Action: ledger.Join, Records: of("b", "far")})
	correct(t, l, ledger.Correction{Action: ledger.Join, Records: of("c", "claim")}) // kinds differ: it does nothing
	again := correct(t, l, ledger.Correction{Action: ledger.Join, Records: of("a", "c")})
	undo := correct(t, l, ledger.Correction{Action: ledger.Undo, Undoes: again.Number})
	correct(t, l, ledger.Correction{Action: ledger.Undo, Undoes: part.Number})
	for _, c := range []struct {
		name string
		at   time.Time
		want string
	}{
		{"before anybody said anything", part.Recorded.Add(-1), untouched},
		{"one is told apart from two", part.Recorded, "a | b c | claim | far"},
		{"one of these two is joined with a far one", join.Recorded, "a | b c far | claim"},
		{"the first is joined again with one: it is with all", again.Recorded, "a b c far | claim"},
		{"that is taken back", undo.Recorded, "a | b c far | claim"},
		{"the parting is taken back too", time.Time{}, "a b c far | claim"},
	} {
		if got := grouped(t, p, c.at); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// What was joined stays joined when a newer reader makes the same records anew.
func TestJoiningsOutliveReadings(t *testing.T) {
	a := told{"a", "2021-07-05", []casus.Record{says(casus.Happened, "2021-07-05", attack("taliban", "afg"))}}
	b := told{"b", "2021-08-05", []casus.Record{says(casus.Happened, "2021-08-05", attack("taliban", "afg"))}}
	l, p, ids := newDesk(t, a, b)
	correct(t, l, ledger.Correction{Action: ledger.Join, Records: []casus.RecordID{ids["a"], ids["b"]}})
	newer := reading(a)
	newer.Reader = "2"
	newer.Records = append(newer.Records, reading(told{"a", "2021-07-05", []casus.Record{says(casus.Happened, "2021-07-05", fled(10, 10))}}).Records...)
	if _, err := l.Append(context.Background(), newer); err != nil {
		t.Fatal(err)
	}
	if got := grouped(t, p, time.Time{}); got != "a | a b" {
		t.Errorf("after a newer reader: %s", got)
	}
	thing, err := p.Thing(context.Background(), ids["b"], picture.Question{})
	if err != nil || len(thing.Entries) != 2 || thing.Likely != "almost certain" || fmt.Sprint(thing.Corrections) != "[1]" || len(thing.Hand) != 1 {
		t.Errorf("the thing is %+v, %v", thing, err)
	}
}

func TestAnalystsDecideContradictions(t *testing.T) {
	l, p, ids := newDesk(t,
		told{"a", "2021-07-05", []casus.Record{by("tjk/gov", says(casus.Happened, "2021-07-05", fled(1037, 1037)))}},
		told{"b", "2021-07-06", []casus.Record{by("afg/mil", says(casus.Happened, "2021-07-05", fled(300, 300)))}})
	grades := func() (out string, decided *picture.Decided) {
		list, err := p.Contradictions(context.Background(), picture.Question{})
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		thing, err := p.Thing(context.Background(), ids["b"], picture.Question{})
		if err != nil || len(thing.Contradictions) != 1 {
			t.Fatal(thing, err)
		}
		return fmt.Sprintf("%s %s, thing %s", list[0].Sides[0].Grade, list[0].Sides[1].Grade, thing.Grade), list[0].Decided
	}
	if got, decided := grades(); got != "F4 F4, thing F4" || decided != nil {
		t.Errorf("word against word: %s, %+v", got, decided)
	}
	decision, err := p.Completed(context.Background(), ledger.Correction{Action: ledger.Decide, Record: ids["b"]})
	if err != nil {
		t.Fatal(err)
	}
	stored := correct(t, l, decision)
	correct(t, l, ledger.Correction{Action: ledger.Grade, Source: "afg", Reliability: "B"})
	if got, decided := grades(); got != "F5 B3, thing F5" || decided == nil || decided.Side != 1 || decided.By != "Ann" || decided.Since != 0 {
		t.Errorf("decided for the second: %s, %+v", got, decided)
	}
	correct(t, l, ledger.Correction{Action: ledger.Undo, Undoes: stored.Number})
	if got, decided := grades(); got != "F4 B4, thing F4" || decided != nil {
		t.Errorf("taken back: %s, %+v", got, decided)
	}
	if _, err := p.Completed(context.Background(), ledger.Correction{Action: ledger.Decide, Record: ids["a"], About: string(picture.RivalDates)}); casus.CodeOf(err) != casus.NotFound {
		t.Errorf("no such contradiction: %v", err)
	}
}
