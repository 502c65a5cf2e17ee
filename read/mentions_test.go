package read_test

import (
	"testing"

	"casus"
)

// What an article tells three times is one record, which knows all three places.
func TestAThingToldAgainIsOneRecordWithItsMentions(t *testing.T) {
	const text = "Russia attacked Ukraine on Monday. Nobody was hurt in Kyiv. Russia attacked Ukraine on Monday, the ministry said. " +
		"Russia attacked Ukraine on Monday."
	got, err := newReader().Read(article("en", "2024-03-05", text))
	if err != nil {
		t.Fatal(err)
	}
	var found []casus.Record
	for _, rec := range got.Records {
		if e, ok := rec.Body.(*casus.Event); ok && e.Type == casus.Assault && rec.By == "" {
			found = append(found, rec)
		}
	}
	if len(found) != 1 {
		t.Fatalf("want one attack in the article's own voice:\n%s", told(got.Records))
	}
	first, last := found[0].Span, found[0].Mentions
	if first.Start != 0 || len(last) != 1 || last[0].Start <= first.End || last[0].Quote != found[0].Quote {
		t.Errorf("told at %v, again at %+v", first, last)
	}
	if err := found[0].Validate(text); err != nil {
		t.Error(err)
	}
}
