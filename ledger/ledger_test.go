package ledger_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"casus"
	"casus/ledger"
)

func FuzzParseCursor(f *testing.F) {
	for _, s := range []string{"", "0.1", "737972.12", "1.0", "-1.1", "1", "01.1", "99999999999.1", "1.1.1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ledger.ParseCursor(s)
		if err == nil && c.String() != s {
			t.Errorf("%q reads as %+v", s, c)
		}
		if err != nil && (casus.CodeOf(err) != casus.Invalid || c != ledger.Cursor{}) {
			t.Errorf("%q: %+v, %v", s, c, err)
		}
	})
}

func FuzzRecordNumber(f *testing.F) {
	for _, s := range []string{"", "r0123456789ab", "r0123456789AB", "r123", "x0123456789ab", "r+123456789ab"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ledger.RecordNumber(casus.RecordID(s))
		if err == nil && string(ledger.RecordID(n)) != s {
			t.Errorf("%q is number %d, which is %s", s, n, ledger.RecordID(n))
		}
	})
}

func TestMentionsAreWideAndKnowOffices(t *testing.T) {
	e := ledger.Entry{
		Record:  casus.Record{By: "rus/gov/mfa", Body: &casus.Event{Source: []casus.ActorID{"person/vladimir-putin"}, Target: []casus.ActorID{"rus/mil", "tjk"}}},
		ActsFor: map[casus.ActorID]casus.ActorID{"person/vladimir-putin": "rus/gov"},
	}
	var got []string
	for _, m := range ledger.Mentions(e) {
		got = append(got, fmt.Sprint(m.Actor, m.Roles))
	}
	want := []string{"rus/gov/mfa[by]", "rus/gov[by source]", "rus[by source target]", "person/vladimir-putin[source]", "rus/mil[target]", "tjk[target]"}
	if !slices.Equal(got, want) {
		t.Errorf("mentions are %q, want %q", got, want)
	}
}

func TestPlacesAreFoldedAndWide(t *testing.T) {
	got := ledger.Places(casus.Record{Where: []string{"afg/north", " Côte d’Ivoire", "afg"}})
	if want := []string{"afg/north", "afg", "cote d’ivoire"}; !slices.Equal(got, want) {
		t.Errorf("places are %q, want %q", got, want)
	}
}

// A person acts for whom he held an office on the day of the record, or of
// the article where the record has none.
func TestActsForGoesByTheDay(t *testing.T) {
	day := casus.NewDate(2021, time.August, 15)
	ghani := casus.Actor{ID: "person/ashraf-ghani", ActsFor: []casus.Office{{Actor: "afg/gov", To: day}}}
	said := casus.Record{Body: &casus.Claim{Speaker: ghani.ID}}
	for _, c := range []struct {
		when, published casus.Period
		want            casus.ActorID
	}{
		{casus.Day(day), casus.Day(day + 100), "afg/gov"},
		{casus.Day(day + 1), casus.Day(day), ""},
		{casus.Always, casus.Day(day), "afg/gov"},
		{casus.Always, casus.Day(day + 1), ""},
	} {
		said.When = c.when
		if got := ledger.ActsFor(said, c.published, []casus.Actor{ghani})[ghani.ID]; got != c.want {
			t.Errorf("on %s, published %s, he acts for %q, want %q", c.when, c.published, got, c.want)
		}
	}
}
