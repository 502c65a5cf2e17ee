package picture_test

import (
	"context"
	"slices"
	"testing"

	"casus"
	"casus/ledger"
	"casus/ledger/memory"
	"casus/picture"
)

// The queue has what the reader was unsure of and nobody has judged, the most
// doubtful first.
func TestTheQueueHasTheMostDoubtfulFirst(t *testing.T) {
	unsure := func(confidence float64, rule string, status casus.Status, source casus.ActorID) casus.Record {
		r := says(status, "2021-07-01", &casus.Event{Type: casus.Aid, Source: []casus.ActorID{source}, Target: []casus.ActorID{"tjk"}})
		r.Made = casus.Made{Rule: rule, Confidence: confidence}
		return r
	}
	l := memory.New(nil, nil)
	for _, s := range []told{
		{"sure", "2021-07-01", []casus.Record{unsure(0.7, "r:1", casus.Happened, "rus")}},
		{"perhaps", "2021-07-01", []casus.Record{unsure(0.9, "r:1", casus.Possible, "rus")}},
		{"concluded", "2021-07-01", []casus.Record{unsure(0.7, "r:1"+casus.SourceConcluded, casus.Happened, "rus")}},
		{"weak", "2021-07-01", []casus.Record{unsure(0.5, "r:1", casus.Happened, "taliban")}},
		{"both", "2021-07-01", []casus.Record{unsure(0.5, "r:1"+casus.SourceConcluded, casus.Conditional, "rus")}},
	} {
		if _, err := l.Append(context.Background(), reading(s)); err != nil {
			t.Fatal(err)
		}
	}
	p, ctx := picture.New(l, lexicon()), context.Background()
	queue := func(q picture.Question) (articles []string, last picture.Review) {
		t.Helper()
		for {
			page, err := p.Review(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range page.Entries {
				articles = append(articles, string(e.Article.ID))
			}
			if q.After = page.Next; q.After == "" {
				return articles, page
			}
		}
	}
	for _, c := range []struct {
		q    picture.Question
		want []string
	}{
		{picture.Question{}, []string{"both", "weak", "concluded", "perhaps"}},
		{picture.Question{Limit: 1}, []string{"both", "weak", "concluded", "perhaps"}},
		{picture.Question{Limit: 3}, []string{"both", "weak", "concluded", "perhaps"}},
		{picture.Question{Actor: "Moskou"}, []string{"both", "concluded", "perhaps"}},
		{picture.Question{Kinds: []casus.Kind{casus.KindClaim}}, nil},
		{picture.Question{Statuses: []casus.Status{casus.Possible}}, []string{"perhaps"}},
	} {
		if got, last := queue(c.q); !slices.Equal(got, c.want) || last.Left != len(c.want) || last.More {
			t.Errorf("%+v: %v, %d left (%v), want %v", c.q, got, last.Left, last.More, c.want)
		}
	}

	// Who is judged leaves the queue, and comes back when that is taken back.
	first, err := p.Review(ctx, picture.Question{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	accepted, err := l.Correct(ctx, ledger.Correction{Action: ledger.Accept, Author: "Ann", Record: first.Entries[0].ID, Seen: -1})
	if err != nil {
		t.Fatal(err)
	}
	if got, last := queue(picture.Question{}); !slices.Equal(got, []string{"weak", "concluded", "perhaps"}) || last.Left != 3 {
		t.Errorf("after accepting one the queue is %v, %d left", got, last.Left)
	}
	if _, err := l.Correct(ctx, ledger.Correction{Action: ledger.Undo, Author: "Ann", Reason: "too soon", Undoes: accepted.Number}); err != nil {
		t.Fatal(err)
	}
	if got, _ := queue(picture.Question{}); len(got) != 4 || got[0] != "both" {
		t.Errorf("after taking that back the queue is %v", got)
	}
	for _, after := range []string{"x", "44:", "-1:", "3:x"} {
		if _, err := p.Review(ctx, picture.Question{After: after}); casus.CodeOf(err) != casus.Invalid {
			t.Errorf("after %q: %v", after, err)
		}
	}
}
