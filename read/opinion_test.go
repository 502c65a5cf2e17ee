package read_test

import (
	"strings"
	"testing"

	"casus"
)

// To serenade has no frame; between
// two known actors the second opinion takes it for something, if a low bar will do.
func TestASecondOpinionIsAskedOnlyIfOneWants(t *testing.T) {
	const text = "Armenia serenaded Turkey on Monday."
	opinions := func(records []casus.Record) []casus.Record {
		var out []casus.Record
		for _, rec := range records {
			if strings.HasPrefix(rec.Made.Rule, "second opinion") {
				out = append(out, rec)
			}
		}
		return out
	}
	plain, asking := newReader(), newReader().WithSecondOpinion(0.01)
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
	if !ok || e.Source[0] != "arm" || e.Target[0] != "tur" || got[0].Made.Confidence < 0.01 {
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
