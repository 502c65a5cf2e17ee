package picture_test

import (
	"fmt"
	"testing"

	"casus"
	"casus/picture"
)

// Pages of a sifted timeline have all that the sift lets through, in its order,
// each once, however many records lie between.
func TestASiftedTimelineComesInPages(t *testing.T) {
	var stories []told
	for i := range 460 {
		on := day("2021-01-01").AddDays(i / 2).String()
		sort := casus.Consult
		if i%23 == 0 {
			sort = casus.Assault // and the next story tells of it too
		}
		body := between(sort, "rus", "geo")
		if i%23 == 1 {
			body = between(casus.Assault, "rus", "geo")
			on = day("2021-01-01").AddDays((i - 1) / 2).String()
		}
		stories = append(stories, told{fmt.Sprintf("s%03d", i), on, []casus.Record{by(casus.ActorID(fmt.Sprintf("person/p%d", i%7)), says(casus.Happened, on, body))}})
	}
	p := newPicture(t, nil, stories...)
	q := picture.Question{Type: string(casus.Assault)}
	whole, err := p.Sifted(t.Context(), q, picture.Sift{Language: "nl", Publisher: "DE BODE"})
	if err != nil || len(whole.Entries) != 40 || whole.Next != "" {
		t.Fatalf("%d, next %q, %v", len(whole.Entries), whole.Next, err)
	}
	q.Type, q.Limit = "", 7
	want, err := p.Sifted(t.Context(), picture.Question{}, picture.Sift{Origins: 2})
	if err != nil || len(want.Entries) < 40 {
		t.Fatalf("%d told by two, %v", len(want.Entries), err)
	}
	var got []casus.RecordID
	for pages := 0; pages == 0 || q.After != ""; pages++ {
		page, err := p.Sifted(t.Context(), q, picture.Sift{Origins: 2})
		if err != nil || len(page.Entries) > 7 || pages > 200 {
			t.Fatalf("page %d of %d, %v", pages, len(page.Entries), err)
		}
		for _, e := range page.Entries {
			got = append(got, e.ID)
		}
		q.After = page.Next
	}
	for i, e := range want.Entries {
		if i >= len(got) || got[i] != e.ID {
			t.Fatalf("at %d of %d: not %s", i, len(got), e.ID)
		}
	}
	if none, err := p.Sifted(t.Context(), picture.Question{}, picture.Sift{Language: "en"}); err != nil || len(none.Entries) != 0 || none.Next != "" {
		t.Errorf("%d in English, next %q, %v", len(none.Entries), none.Next, err)
	}
}
