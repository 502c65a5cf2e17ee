package picture

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"casus"
	"casus/ledger"
)

// Review is the queue of the records that wait for somebody to judge them: a
// page of them, the most doubtful first, and how many there are.
type Review struct {
	Actor   *casus.Actor   `json:"actor,omitempty"`
	Entries []ledger.Entry `json:"entries"`
	Next    string         `json:"next,omitempty"` // the After of the next page
	// Left is how many wait, this page's included, whatever page it is; where More
	// is true there are more, and counting stopped there.
	Left int  `json:"left"`
	More bool `json:"more,omitempty"`
}

// Review lists the records that nobody has judged and of which the reader was
// unsure, the most doubtful first (ledger.Doubt) and of one class of doubt the
// newest; the question's order is not looked at. With a kind, an actor or a
// period it is the queue of these alone.
func (p *Picture) Review(ctx context.Context, q Question) (Review, error) {
	out := Review{Entries: []ledger.Entry{}}
	limit, err := ledger.NormalLimit(q.Limit)
	if err != nil {
		return out, err
	}
	class, after, err := reviewCursor(q.After)
	if err != nil {
		return out, err
	}
	answer := Answer{}
	q.After, q.Order = "", ledger.Newest
	lq, err := p.resolved(ctx, q, &answer)
	if err != nil {
		return out, err
	}
	out.Actor = answer.Actor
	if out.Left, out.More, err = p.waiting(ctx, lq); err != nil {
		return out, err
	}
	for lq.Doubt, lq.After = class, after; lq.Doubt > 0; lq.Doubt, lq.After = lq.Doubt-1, "" {
		lq.Limit = limit - len(out.Entries)
		page, err := p.ledger.Records(ctx, lq)
		if err != nil {
			return out, err
		}
		out.Entries = append(out.Entries, page.Entries...)
		if page.Next != "" || len(out.Entries) == limit {
			out.Next = reviewNext(lq.Doubt, page.Next)
			break
		}
	}
	return out, nil
}

// reviewCursor reads where a page of the queue ended: the class of doubt, and
// the place in it.
func reviewCursor(after string) (class int, within string, err error) {
	if after == "" {
		return ledger.MaxDoubt, "", nil
	}
	number, within, ok := strings.Cut(after, ":")
	class, err = strconv.Atoi(number)
	if !ok || err != nil || class < 0 || class > ledger.MaxDoubt {
		return 0, "", &casus.Error{Code: casus.Invalid, Input: after, Problem: "this is not the place where a page ended", Advice: "Give what the page before named as next."}
	}
	return class, within, nil
}

// reviewNext writes what reviewCursor reads: where a page ended in a class, which
// is done where its own page had no next.
func reviewNext(class int, within string) string {
	if within == "" {
		class--
	}
	if class == 0 {
		return ""
	}
	return fmt.Sprintf("%d:%s", class, within)
}

// mostCounted is how far the waiting are counted: nobody judges more in a day.
const mostCounted = 1000

// waiting counts the records that a question's queue has, up to mostCounted.
func (p *Picture) waiting(ctx context.Context, lq ledger.Query) (n int, more bool, err error) {
	for lq.Doubt = ledger.MaxDoubt; lq.Doubt > 0; lq.Doubt-- {
		if lq.Limit = mostCounted - n; lq.Limit == 0 {
			return n, true, nil // perhaps exactly so many; nobody counts on
		}
		days, further, err := p.ledger.Days(ctx, lq)
		if err != nil {
			return n, false, err
		}
		n += len(days)
		if further {
			return n, true, nil
		}
	}
	return n, false, nil
}
