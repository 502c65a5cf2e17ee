package picture

import (
	"context"
	"fmt"
	"slices"

	"casus"
	"casus/ledger"
)

// view is from what one answer about tellings is worked out: what the picture
// keeps, or where it keeps nothing or the question asks for more, the ledger
// itself. The tellings of two views are not compared.
type view struct {
	*Picture
	k       *knowledge
	kept    *keptState               // nil asks the ledger
	numbers map[casus.RecordID]int64 // of the tellings that were kept
}

// view is the view for a question that asks as of a moment of the ledger's clock.
func (p *Picture) view(ctx context.Context, q Question) (*view, error) {
	v, err := p.plainView()
	if err != nil || !q.Recorded.IsZero() {
		return v, err
	}
	v.kept, err = p.keptNow(ctx)
	return v, err
}

// plainView is the view that asks the ledger.
func (p *Picture) plainView() (*view, error) {
	k, err := p.knowledge()
	return &view{Picture: p, k: k, numbers: map[casus.RecordID]int64{}}, err
}

// of makes tellings of entries; they are not prepared to be compared.
func (v *view) of(entries []ledger.Entry) []told {
	out := make([]told, len(entries))
	for i, e := range entries {
		out[i].Entry = e
	}
	return out
}

// all lists what a query selects, oldest first.
func (v *view) all(ctx context.Context, q ledger.Query) ([]told, error) {
	q.Order, q.After = ledger.Oldest, ""
	if v.kept == nil {
		entries, err := v.pages(ctx, q)
		return v.of(entries), err
	}
	out, _, err := v.find(q, -1)
	return out, err
}

// page lists what a query's first page has, and tells whether there are more.
func (v *view) page(ctx context.Context, q ledger.Query) ([]told, bool, error) {
	if v.kept == nil {
		page, err := v.ledger.Records(ctx, q)
		return v.of(page.Entries), page.Next != "", err
	}
	most, err := ledger.NormalLimit(q.Limit)
	if err != nil {
		return nil, false, err
	}
	return v.find(q, most)
}

func (v *view) find(q ledger.Query, most int) ([]told, bool, error) {
	q.Limit = 0
	q, err := q.Normal()
	if err != nil {
		return nil, false, err
	}
	of, rows, more := v.kept.find(q, most)
	list, err := v.tellings(of, rows)
	return list, more, err
}

// tellings are rows of what is kept.
func (v *view) tellings(of *keptKind, rows []int32) ([]told, error) {
	out := make([]told, len(rows))
	err := shared(len(rows), worthSharing, func(i int) error {
		out[i] = v.kept.told(v.k, of, rows[i])
		return nil
	})
	for i := range out {
		v.numbers[out[i].ID] = out[i].number
	}
	return out, err
}

// onceTold leaves out tellings that came before in a list.
func onceTold(list []told) []told {
	met := make(map[casus.RecordID]bool, len(list))
	return slices.DeleteFunc(list, func(t told) bool {
		again := met[t.ID]
		met[t.ID] = true
		return again
	})
}

// together adds what queries have on their first pages to a list, each once.
func (v *view) together(ctx context.Context, list []told, queries []ledger.Query) ([]told, error) {
	for _, q := range queries {
		page, _, err := v.page(ctx, q)
		if err != nil {
			return nil, err
		}
		list = append(list, page...)
	}
	return onceTold(list), nil
}

// groups sorts tellings into things; see Picture.groups.
func (v *view) groups(ctx context.Context, list []told, h hand) ([]Group, error) {
	return v.groupsBy(ctx, v.k, v.prepared(list), v.origins(), h)
}

// prepared are tellings as they can be compared.
func (v *view) prepared(list []told) []told {
	if v.kept != nil {
		return list
	}
	entries := make([]ledger.Entry, len(list))
	for i := range list {
		entries[i] = list[i].Entry
	}
	return v.k.tellAll(entries)
}

// origins finds origins; what is kept knows the copies of articles.
func (v *view) origins() *origins {
	o := newOrigins(v.Picture)
	o.kept = v.kept
	return o
}

// fill reads the entries of lists that were kept from the ledger, all at once.
func (v *view) fill(ctx context.Context, lists ...[]ledger.Entry) error {
	if v.kept == nil {
		return nil
	}
	var numbers []int64
	for _, list := range lists {
		for i := range list {
			numbers = append(numbers, v.numbers[list[i].ID])
		}
	}
	slices.Sort(numbers)
	found, err := v.ledger.ByNumber(ctx, slices.Compact(numbers))
	if err != nil {
		return err
	}
	full := make(map[casus.RecordID]*ledger.Entry, len(found))
	for i := range found {
		full[found[i].ID] = &found[i]
	}
	for _, list := range lists {
		for i := range list {
			e := full[list[i].ID]
			if e == nil {
				return fmt.Errorf("record %s is kept and not in the ledger", list[i].ID)
			}
			list[i] = *e
		}
	}
	return nil
}

// inDays puts tellings in the order of their days.
func inDays(list []told) {
	slices.SortStableFunc(list, func(a, b told) int { return compareDays(a.Entry, b.Entry) })
}
