package ledger_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"casus"
	"casus/ledger"
)

// An entry is written by hand as encoding/json writes its fields.
func TestEntriesAreWrittenAsTheirFieldsSay(t *testing.T) {
	type fields ledger.Entry // has no MarshalJSON
	moment := time.Date(2021, 7, 5, 12, 0, 0, 123456000, time.UTC)
	full := ledger.Entry{ID: "r000000000001", Record: casus.Record{Quote: `<“q”> & "q"`, Status: casus.Happened, Body: &casus.Claim{Speaker: "rus", Act: casus.Say}},
		Made:     casus.Made{Reader: "1", Rule: `a<b.tsv:3; x`, Confidence: 0.85},
		Mentions: []casus.Mention{{Span: casus.Span{Start: 1, End: 2}, Quote: "é\n"}, {Span: casus.Span{Start: 4, End: 9}, Quote: "&"}},
		Article: ledger.ArticleRef{ID: "a", Title: "T & U", Publisher: "P", URL: "https://x.example/?a=1&b=<2>", Language: "nl",
			Date: casus.Day(737976), Known: moment},
		ActsFor:  map[casus.ActorID]casus.ActorID{"person/b": "rus", "person/a": "usa/gov"},
		Recorded: moment, Superseded: moment.Add(time.Hour), Review: "accepted", Correction: 12}
	for _, e := range []ledger.Entry{full, {Record: casus.Record{Body: &casus.Event{}}}} {
		for _, html := range []bool{true, false} {
			var got, want bytes.Buffer
			write := func(to *bytes.Buffer, v any) {
				enc := json.NewEncoder(to)
				enc.SetEscapeHTML(html)
				if err := enc.Encode(v); err != nil {
					t.Fatal(err)
				}
			}
			write(&got, e)
			write(&want, fields(e))
			if got.String() != want.String() {
				t.Errorf("written as\n%snot\n%s", got.String(), want.String())
			}
		}
	}
}
