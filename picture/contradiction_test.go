package picture_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"casus"
	"casus/picture"
)

func fled(low, high float64) casus.Body {
	f := &casus.Flow{Group: "afg/mil", Origin: "afg", Destination: "tjk", Cause: casus.CauseConflict}
	if low > 0 {
		f.Low = &low
	}
	if high > 0 {
		f.High = &high
	}
	return f
}

func by(speaker casus.ActorID, r casus.Record) casus.Record {
	r.By = speaker
	return r
}

func attack(source, target casus.ActorID) casus.Body {
	return &casus.Event{Type: casus.Assault, Source: []casus.ActorID{source}, Target: []casus.ActorID{target}}
}

// TestContradictions tells small stories and says what cannot all be right in
// them: the rivalry, the verdict, and whose word stands on each side.
func TestContradictions(t *testing.T) {
	for _, c := range []struct {
		name    string
		stories []told
		want    []string
	}{
		{"two counts of one flight", []told{
			{"a", "2021-07-05", []casus.Record{by("tjk/gov", says(casus.Happened, "2021-07-05", fled(1037, 1037)))}},
			{"b", "2021-07-06", []casus.Record{by("afg/mil", says(casus.Happened, "2021-07-05", fled(300, 300)))}},
		}, []string{"figures, sources differ: tjk | afg"}},
		{"one outlet corrects itself", []told{
			{"a", "2021-07-05", []casus.Record{says(casus.Happened, "2021-07-05", fled(1600, 0))}},
			{"b", "2021-07-08", []casus.Record{says(casus.Happened, "2021-07-05", fled(1037, 1037))}},
		}, []string{"figures, changed own account: De Bode | De Bode"}},
		{"more than a thousand and 1,037 can both be", []told{
			{"a", "2021-07-05", []casus.Record{by("tjk", says(casus.Happened, "2021-07-05", fled(1000, 0)))}},
			{"b", "2021-07-06", []casus.Record{by("afg", says(casus.Happened, "2021-07-05", fled(1037, 1037)))}},
		}, nil},
		{"fifteen are not the hundred thousand", []told{
			{"a", "2021-07-05", []casus.Record{by("tjk", says(casus.Happened, "2021-07-05", fled(15, 15)))}},
			{"b", "2021-07-06", []casus.Record{by("afg", says(casus.Happened, "2021-07-05", fled(100_417, 100_417)))}},
		}, nil},
		{"as many, a month later, is another flight", []told{
			{"a", "2021-07-05", []casus.Record{by("tjk", says(casus.Happened, "2021-07-05", fled(1000, 1000)))}},
			{"b", "2021-08-05", []casus.Record{by("afg", says(casus.Happened, "2021-08-04", fled(200, 200)))}},
		}, nil},
		{"told, and denied", []told{
			{"a", "2021-07-05", []casus.Record{by("arm", says(casus.Happened, "2021-07-05", attack("aze/mil", "arm")))}},
			{"b", "2021-07-05", []casus.Record{by("aze/gov", says(casus.Denied, "2021-07-05", attack("aze/mil", "arm")))}},
		}, []string{"status, sources differ: arm | aze"}},
		{"each says that the other attacked", []told{
			{"a", "2021-07-05", []casus.Record{by("arm", says(casus.Happened, "2021-07-05", attack("aze/mil", "arm/mil")))}},
			{"b", "2021-07-05", []casus.Record{by("aze", says(casus.Happened, "2021-07-05", attack("arm/mil", "aze/mil")))}},
		}, []string{"blame, sources differ: arm | aze"}},
		{"a fight of both sides is no quarrel over who began", []told{
			{"a", "2021-07-05", []casus.Record{says(casus.Happened, "2021-07-05", attack("aze/mil", "arm/mil"))}},
			{"b", "2021-07-05", []casus.Record{says(casus.Happened, "2021-07-05", attack("arm/mil", "aze/mil"))}},
		}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			list, err := newPicture(t, nil, c.stories...).Contradictions(context.Background(), picture.Question{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, each := range list {
				var sides []string
				for _, side := range each.Sides {
					sides = append(sides, fmt.Sprint(side.Origins[0]))
				}
				got = append(got, fmt.Sprintf("%s, %s: %s", each.Rivalry, each.Verdict, strings.Join(sides, " | ")))
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
