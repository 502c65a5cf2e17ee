package picture_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"casus"
	"casus/picture"
)

func counts(n float64, unit, of string) casus.Body {
	return &casus.Figure{Low: &n, High: &n, Unit: unit, Of: of, AsWritten: "artikel"}
}

func in(place string, r casus.Record) casus.Record {
	r.Where = []string{place}
	return r
}

// TestQuantities tells counts of different days and places, and says which are
// of one quantity.
func TestQuantities(t *testing.T) {
	stories := []told{
		{"a", "2021-07-05", []casus.Record{by("tjk/gov", says(casus.Happened, "2021-07-05", fled(1037, 1037)))}},
		{"b", "2021-07-06", []casus.Record{by("afg/mil", says(casus.Happened, "2021-07-05", fled(300, 300)))}},
		{"c", "2021-09-06", []casus.Record{says(casus.Happened, "2021-09-05", fled(2000, 0))}},
		{"d", "2021-07-05", []casus.Record{in("afg", says(casus.Happened, "2021-07-04", counts(100, "districts", "districten")))}},
		{"e", "2021-08-05", []casus.Record{in("afg", by("taliban", says(casus.Happened, "2021-08-04", counts(200, "districts", "districts"))))}},
		{"f", "2021-11-05", []casus.Record{in("ukr", says(casus.Happened, "2021-11-04", counts(3, "districts", "districts")))}},
		{"g", "2021-08-05", []casus.Record{in("afg", says(casus.Happened, "2021-08-04", counts(4, "days", "nachten")))}},
		{"h", "2021-08-05", []casus.Record{says(casus.Happened, "2021-08-04", counts(20, "persons", "mensen")), says(casus.Happened, "2021-08-04", &casus.Flow{Group: "ref", Origin: "irn", Cause: casus.CauseUnknown})}},
		{"i", "2021-10-06", []casus.Record{says(casus.Happened, "2021-10-06", counts(50, "persons", "mensen"))}},
	}
	p := newPicture(t, nil, stories...)
	for _, c := range []struct {
		name string
		of   string
		q    picture.Question
		want []string // what is counted: its bounds by day, and on how many words it rests
	}{
		{"all", "", picture.Question{}, []string{
			"afg/mil: 1037-1037 300-300 2000-; 3", "districts: 100-100 200-200; 2", "districts: 3-3; 1", "persons: 50-50; 1", "days: 4-4; 1", "persons: 20-20; 1"}},
		{"by a word", "districts", picture.Question{}, []string{"districts: 100-100 200-200; 2", "districts: 3-3; 1"}},
		{"of a kind", "", picture.Question{Kinds: []casus.Kind{casus.KindFlow}}, []string{"afg/mil: 1037-1037 300-300 2000-; 3"}},
		{"of what begins in a time", "", picture.Question{From: day("2021-09-01"), Starting: true}, []string{"districts: 3-3; 1", "persons: 50-50; 1", "afg/mil: 2000-; 1"}},
		{"in a place", "", picture.Question{Place: "ukr"}, []string{"districts: 3-3; 1"}},
		{"the first", "", picture.Question{Limit: 1}, []string{"afg/mil: 1037-1037 300-300 2000-; 3"}},
		{"none", "tanks", picture.Question{}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			list, _, err := p.Quantities(t.Context(), c.of, c.q)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, q := range list {
				got = append(got, saidOf(q))
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("%d quantities:\n%s\nwant\n%s", len(got), strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func saidOf(q picture.Quantity) string {
	out := q.Unit + string(q.Group) + ":"
	for _, g := range q.Things {
		for _, e := range g.Entries {
			var low, high *float64
			switch b := e.Record.Body.(type) {
			case *casus.Figure:
				low, high = b.Low, b.High
			case *casus.Flow:
				low, high = b.Low, b.High
			}
			out += " " + bound(low) + "-" + bound(high)
		}
	}
	return fmt.Sprintf("%s; %d", out, len(q.Origins))
}

func bound(n *float64) string {
	if n == nil {
		return ""
	}
	return fmt.Sprint(*n)
}

func TestACalendarHasADayForEachDeadline(t *testing.T) {
	p := newPicture(t, nil,
		told{"a", "2021-07-01", []casus.Record{says(casus.Planned, "2021-07-01", owes("rus", "geo", "to leave; all of it, "+strings.Repeat("é", 60), casus.Deal, casus.InForce, "2021-08-31"))}},
		told{"b", "2021-07-01", []casus.Record{says(casus.Planned, "2021-07-01", owes("usa", "afg", "to help", casus.Pledge, casus.InForce, ""))}})
	list, err := p.Promises(t.Context(), picture.Question{To: day("2021-12-31")})
	if err != nil {
		t.Fatal(err)
	}
	got := picture.Calendar(list, time.Date(2021, 12, 31, 12, 0, 0, 0, time.UTC))
	if n := strings.Count(got, "BEGIN:VEVENT\r\n"); n != 1 {
		t.Errorf("%d events for one deadline", n)
	}
	unfolded := strings.ReplaceAll(got, "\r\n ", "")
	for _, line := range []string{"DTSTART;VALUE=DATE:20210831\r\n", `SUMMARY:rus owes geo: to leave\; all of it\, é`, "DTSTAMP:20211231T120000Z\r\n", "END:VCALENDAR\r\n"} {
		if !strings.Contains(unfolded, line) {
			t.Errorf("%q is not in\n%s", line, got)
		}
	}
	for line := range strings.SplitSeq(got, "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d bytes: %s", len(line), line)
		}
	}
}

// Of a period, commitments that were made in it can be asked for alone.
func TestCommitmentsOfATime(t *testing.T) {
	p := newPicture(t, nil,
		told{"a", "2020-07-01", []casus.Record{says(casus.Happened, "2020-07-01…", owes("rus", "geo", "to leave", casus.Deal, casus.InForce, ""))}},
		told{"b", "2021-07-01", []casus.Record{says(casus.Happened, "2021-07-01…", owes("usa", "afg", "to help", casus.Pledge, casus.InForce, ""))}})
	for starting, want := range map[bool]int{false: 2, true: 1} {
		list, err := p.Promises(t.Context(), picture.Question{From: day("2021-01-01"), To: day("2021-12-31"), Starting: starting})
		if err != nil || len(list) != want {
			t.Errorf("starting %t: %d commitments (%v), want %d", starting, len(list), err, want)
		}
	}
}
