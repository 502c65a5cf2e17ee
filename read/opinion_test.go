package read_test

import (
	"strings"
	"testing"

	"casus"
)

// To readmit has no frame (should it get one, take another such verb); between
// two known actors the second opinion takes it for a concession.
func TestASecondOpinionIsAskedOnlyIfOneWants(t *testing.T) {
	const text = "Armenia readmitted Turkey on Monday."
	opinions := func(records []casus.Record) []casus.Record {
		var out []casus.Record
		for _, rec := range records {
			if strings.HasPrefix(rec.Made.Rule, "second opinion") {
				out = append(out, rec)
			}
		}
		return out
	}
	plain, asking := newReader(), newReader().WithSecondOpinion(0.3)
	without, err := plain.Read(article("en", "2024-03-05", text))
	if err != nil {
		t.Fatal(err)
	}
	if got := opinions(without.Records); len(got) > 0 {
		t.Errorf("nobody asked: %s", told(got))
	}
	with, err := asking.Read(article("en", "2024-03-05", text))
	if err != nil {
		t.Fatal(err)
	}
	got := opinions(with.Records)
	if len(got) != 1 {
		t.Fatalf("want one event by second opinion: %s", told(with.Records))
	}
	e, ok := got[0].Body.(*casus.Event)
	if !ok || e.Type != casus.Concede || e.Source[0] != "arm" || e.Target[0] != "tur" || got[0].Made.Confidence < 0.3 {
		t.Errorf("%s, sure for %.2f", told(got), got[0].Made.Confidence)
	}
	if with.Version == without.Version {
		t.Errorf("both readers call themselves %s", with.Version)
	}
	sure, err := newReader().WithSecondOpinion(1).Read(article("en", "2024-03-05", text))
	if err != nil {
		t.Fatal(err)
	}
	if got := opinions(sure.Records); len(got) > 0 {
		t.Errorf("not sure enough: %s", told(got))
	}
}
