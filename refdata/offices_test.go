package refdata

import (
	"slices"
	"strings"
	"testing"
	"time"

	"casus"
)

func day(t testing.TB, s string) casus.Date {
	t.Helper()
	d, err := casus.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// ids writes what World returns as one string, separated by spaces.
func ids(found []casus.ActorID) string {
	var out []string
	for _, id := range found {
		out = append(out, string(id))
	}
	return strings.Join(out, " ")
}

func TestOfficesHaveTheirHolderOfTheDay(t *testing.T) {
	w := open(t)
	for _, c := range []struct {
		actor casus.ActorID
		role  string
		on    string
		want  string
	}{
		{"rus", "president", "2009-06-01", "person/dmitry-medvedev"},
		{"rus", "president", "2013-06-01", "person/vladimir-putin"},
		{"rus", "prime-minister", "2009-06-01", "person/vladimir-putin"},
		{"afg", "president", "2013-06-01", "person/hamid-karzai"},
		{"afg", "president", "2016-06-01", "person/ashraf-ghani"},
		{"usa", "foreign-minister", "2021-01-10", "person/mike-pompeo"},
		{"usa", "foreign-minister", "2021-06-01", "person/antony-blinken"},
		{"arm", "prime-minister", "2022-06-01", "person/nikol-pashinyan"},
		{"kaz", "head-of-state", "2015-06-01", "person/nursultan-nazarbayev"},
		{"kaz", "head-of-state", "2022-06-01", "person/kassym-jomart-tokayev"},
		{"usa", "head-of-government", "2022-06-01", "person/joe-biden"}, // a president without a prime minister
		{"gbr", "head-of-government", "2022-09-20", "person/liz-truss"},
		{"rus/gov/mfa", "foreign-minister", "2022-06-01", "person/sergey-lavrov"},
		{"rus", "president", "1950-01-01", ""},
	} {
		if got := ids(w.HoldersOf(c.actor, c.role, day(t, c.on))); got != c.want {
			t.Errorf("%s of %s on %s: got %q, want %q", c.role, c.actor, c.on, got, c.want)
		}
	}
}

func TestKabulIsGovernedByTheTalibanSinceAugust2021(t *testing.T) {
	w := open(t)
	for on, want := range map[string]string{
		"1998-01-01": "taliban", "2013-06-01": "", "2021-08-14": "", "2021-08-15": "taliban", "2024-01-01": "taliban", "": "taliban",
	} {
		if got := ids(w.GovernedBy("afg", day(t, on))); got != want {
			t.Errorf("afg on %q: governed by %q, want %q", on, got, want)
		}
	}
	before := ids(w.HoldersOf("afg", "foreign-minister", day(t, "2021-06-01")))
	after := ids(w.HoldersOf("afg", "foreign-minister", day(t, "2022-06-01")))
	if before != "person/mohammad-haneef-atmar" || after != "person/amir-khan-muttaqi" {
		t.Errorf("foreign minister before: %q, after: %q", before, after)
	}
}

func TestAWarIsFoughtByKnownActors(t *testing.T) {
	w := open(t)
	for _, war := range w.Wars() {
		for _, id := range war.Parties {
			if _, known := w.Actor(casus.ActorID(id.Head())); !known {
				t.Errorf("the war of %s: %s is in no table of actors", war.Held, id)
			}
		}
		if len(war.Places) == 0 || war.Held.From == 0 {
			t.Errorf("the war of %v has no place or no first day", war.Parties)
		}
	}
}

func TestAlliancesHaveTheirMembersOfTheDay(t *testing.T) {
	w := open(t)
	for _, c := range []struct {
		alliance, member casus.ActorID
		on               string
		want             bool
	}{
		{"csto", "uzb", "2005-12-31", false}, {"csto", "uzb", "2006-09-01", true},
		{"csto", "uzb", "2012-06-01", true}, {"csto", "uzb", "2013-01-01", false},
		{"csto", "arm", "2022-01-10", true}, {"csto", "kaz", "2022-01-10", true},
		{"eu", "gbr", "2020-01-31", true}, {"eu", "gbr", "2020-02-01", false},
		{"nato", "fin", "2023-04-03", false}, {"nato", "fin", "2023-04-04", true},
		{"eaeu", "kgz", "2016-01-01", true}, {"eaeu", "uzb", "2024-01-01", false},
		{"sco", "ind", "2016-01-01", false}, {"sco", "ind", "2018-01-01", true},
	} {
		on := day(t, c.on)
		if got := slices.Contains(w.Members(c.alliance, on), c.member); got != c.want {
			t.Errorf("%s in %s on %s: %v, want %v", c.member, c.alliance, c.on, got, c.want)
		}
		if got := slices.Contains(w.MemberOf(c.member, on), c.alliance); got != c.want {
			t.Errorf("%s on %s: member of %s is %v, want %v", c.member, c.on, c.alliance, got, c.want)
		}
	}
}

func TestASingleHolderOfficeHasOneHolderAtATime(t *testing.T) {
	w := open(t)
	terms := w.Terms()
	for i, a := range terms {
		if !w.roles[a.Role].Single {
			continue
		}
		for _, b := range terms[:i] {
			// The day of handing over belongs to both.
			shorter := casus.Period{From: b.From.AddDays(1), To: b.To.AddDays(-1)}
			held := casus.Period{From: a.From, To: a.To}
			if a.Actor == b.Actor && a.Role == b.Role && a.From != b.To && held.Overlaps(shorter) {
				t.Errorf("%s of %s: %s %s–%s and %s %s–%s", a.Role, a.Actor, a.Person, a.From, a.To, b.Person, b.From, b.To)
			}
		}
	}
}

func TestATermBeginsSomewhereAndAnOpenEndWasChecked(t *testing.T) {
	for _, term := range open(t).Terms() {
		if term.From == 0 {
			t.Errorf("%s, %s of %s: no first day", term.Person, term.Role, term.Actor)
		}
		if term.To == 0 && (term.AsOf == 0 || term.AsOf < term.From) {
			t.Errorf("%s, %s of %s: open end without a day on which it was checked", term.Person, term.Role, term.Actor)
		}
	}
}

func TestOfficesAreThoseOfKnownActors(t *testing.T) {
	w := open(t)
	for _, term := range w.Terms() {
		if !isKnown(w, term.Actor) {
			t.Errorf("%s, %s: %s is no actor nor an organ of one", term.Person, term.Role, term.Actor)
		}
	}
}

// Old checks are no mistake, but somebody should look: run with -v.
func TestOfficesToCheckAgain(t *testing.T) {
	old := casus.DateOf(time.Now()).AddMonths(-24)
	for _, term := range open(t).Terms() {
		if term.To == 0 && term.AsOf < old {
			t.Logf("%s, %s of %s: last checked %s", term.Person, term.Role, term.Actor, term.AsOf)
		}
	}
}
