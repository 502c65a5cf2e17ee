package casus_test

import (
	"encoding/json"
	"testing"
	"time"

	"casus"
)

func TestDatesKeepTheCivilCalendar(t *testing.T) {
	for _, s := range []string{"0001-01-01", "1969-12-31", "1970-01-01", "2000-02-29", "2021-07-05", "9999-12-31"} {
		d, err := casus.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		if d.String() != s {
			t.Errorf("%s comes back as %s", s, d)
		}
		if d.IsZero() {
			t.Errorf("%s is taken for no date", s)
		}
	}
	for _, s := range []string{"2021-02-30", "2021-7-5", "5 July 2021", "2021-07-05T00:00:00Z"} {
		if d, err := casus.ParseDate(s); err == nil {
			t.Errorf("%q is read as %s", s, d)
		}
	}
}

func TestADateIsThatOfTheClockThatShowsIt(t *testing.T) {
	amsterdam := time.FixedZone("+02:00", 2*60*60)
	if d := casus.DateOf(time.Date(2021, 7, 5, 0, 30, 0, 0, amsterdam)); d.String() != "2021-07-05" {
		t.Errorf("half past midnight on 5 July in Amsterdam is %s", d)
	}
}

func TestMonthsEndWhereTheyEnd(t *testing.T) {
	jan31 := casus.NewDate(2021, 1, 31)
	for n, want := range map[int]string{1: "2021-02-28", 2: "2021-03-31", -2: "2020-11-30", 13: "2022-02-28", 0: "2021-01-31"} {
		if got := jan31.AddMonths(n).String(); got != want {
			t.Errorf("31 January 2021 and %d months is %s, want %s", n, got, want)
		}
	}
}

func TestOpenEndsAreNull(t *testing.T) {
	p := casus.Period{From: casus.NewDate(2021, 7, 5), Precision: casus.PrecisionDay}
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"from":"2021-07-05","to":null,"precision":"day"}`; string(b) != want {
		t.Errorf("%s, want %s", b, want)
	}
	var back casus.Period
	if err := json.Unmarshal(b, &back); err != nil || back != p {
		t.Errorf("comes back as %v, %v", back, err)
	}
}

func TestPeriods(t *testing.T) {
	july := casus.Month(2021, 7)
	week := casus.Week(casus.NewDate(2021, 7, 4)) // a Sunday
	if week.String() != "2021-06-28…2021-07-04" {
		t.Errorf("the week of Sunday 4 July 2021 is %s", week)
	}
	if !week.Overlaps(july) || !july.Overlaps(week) {
		t.Error("the week of 4 July does not meet July")
	}
	if july.Overlaps(casus.Month(2021, 8)) {
		t.Error("July meets August")
	}
	if !july.Since().Overlaps(casus.Year(2030)) || july.Until().Overlaps(casus.Year(2022)) {
		t.Error("open ends do not reach as far as they are open")
	}
	for p, want := range map[casus.Period]string{
		casus.Year(2021):                     "2021",
		july:                                 "2021-07",
		july.Since():                         "2021-07-01…",
		july.Until():                         "…2021-07-31",
		casus.Always:                         "?",
		casus.Day(casus.NewDate(2021, 7, 5)): "2021-07-05",
	} {
		if p.String() != want {
			t.Errorf("%q, want %q", p.String(), want)
		}
	}
}

func TestActorIDs(t *testing.T) {
	for _, id := range []casus.ActorID{"rus", "rus/mil", "al-qaida", "person/vladimir-putin", "afg/gov/mfa", "m23"} {
		if !id.Valid() {
			t.Errorf("%s is refused", id)
		}
	}
	for _, id := range []casus.ActorID{"", "RUS", "rus/", "/mil", "rus//mil", "al--qaida", "-x", "x-", "person/a/b", "rus mil", "één"} {
		if id.Valid() {
			t.Errorf("%q is accepted", id)
		}
	}
	if !casus.ActorID("rus/mil").Within("rus") || casus.ActorID("russia").Within("rus") || casus.ActorID("rus").Within("rus/mil") {
		t.Error("Within does not follow the path")
	}
}
