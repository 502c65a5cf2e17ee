package picture

import (
	"cmp"
	"context"
	"slices"
	"time"

	"casus"
	"casus/ledger"
)

// stretch is a part of a question's period that is worked out at once: the latest
// days that together have enough records. Of a large ledger an answer is given in
// pages, from the last day back, each of one stretch or more.
type stretch struct {
	first, last casus.Date // 0 is open
	earlier     bool       // the period goes on before it
	later       bool       // … and after it
}

// has tells whether a thing of a day is of the stretch. What has no day is of the
// earliest.
func (s stretch) has(day casus.Date) bool {
	if day == 0 {
		return !s.earlier
	}
	return (s.first == 0 || s.first <= day) && (s.last == 0 || day <= s.last)
}

// stretchBefore finds the stretch of a query's period that ends on a day, 0 for
// the period's own end, with so many records that begin in it, or somewhat fewer:
// on the first of a year there may be a thousand, of which no more is said than the
// year. Only where a stretch would hardly have any without such a day, it has more.
func (p *Picture) stretchBefore(ctx context.Context, lq ledger.Query, last casus.Date, records int) (stretch, error) {
	s := stretch{first: lq.From, last: lq.To}
	if last != 0 && (lq.To == 0 || last < lq.To) {
		s.last, s.later = last, true
	}
	lq.To, lq.Order, lq.Limit, lq.After = s.last, ledger.Newest, records, ""
	lq.Starting = lq.From != 0 || lq.To != 0 // what only lasts then is of the earliest stretch
	days, further, err := p.ledger.Days(ctx, lq)
	if err == nil && further && days[len(days)-1] > lq.From {
		s.first, s.earlier = days[len(days)-1], true
		if slices.Index(days, s.first) >= records/2 {
			s.first++
		}
	}
	return s, err
}

// pageEnd reads where the page before ended: with the day before this one ends.
func pageEnd(after string) (casus.Date, error) {
	day, err := time.Parse(time.DateOnly, after)
	if after == "" {
		return 0, nil
	}
	if err != nil {
		return 0, &casus.Error{Code: casus.Invalid, Input: after, Problem: "this is not the place where a page ended", Advice: "Give what the page before named as next."}
	}
	return casus.DateOf(day) - 1, nil
}

// margins lists what lies so near a stretch that it may be of one thing with what
// is in it: of each kind as far as two tellings may be apart.
func (p *Picture) margins(ctx context.Context, lq ledger.Query, s stretch, kinds []casus.Kind) ([]ledger.Entry, error) {
	var out []ledger.Entry
	for _, kind := range kinds {
		if len(lq.Kinds) > 0 && !slices.Contains(lq.Kinds, kind) {
			continue
		}
		for _, side := range []struct {
			there    bool
			from, to casus.Date
		}{{s.earlier, s.first.AddDays(-farthest(kind)), s.first - 1}, {s.later, s.last + 1, s.last.AddDays(farthest(kind))}} {
			near := lq
			near.Kinds, near.Starting = []casus.Kind{kind}, true
			near.From, near.To = max(lq.From, side.from), side.to
			if lq.To != 0 {
				near.To = min(lq.To, side.to)
			}
			if !side.there || near.From > near.To {
				continue
			}
			more, err := p.pages(ctx, near)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
		}
	}
	return out, nil
}

// once leaves out entries that came before in a list.
func once(list []ledger.Entry) []ledger.Entry {
	met := make(map[casus.RecordID]bool, len(list))
	return slices.DeleteFunc(list, func(e ledger.Entry) bool {
		again := met[e.ID]
		met[e.ID] = true
		return again
	})
}

// compareDays orders entries by their days.
func compareDays(a, b ledger.Entry) int {
	return cmp.Compare(ledger.Day(a.Record.When), ledger.Day(b.Record.When))
}

// inStretch lists what a query has in a stretch, and what may be of one thing
// with that, oldest first.
func (p *Picture) inStretch(ctx context.Context, lq ledger.Query, s stretch) ([]ledger.Entry, error) {
	part := lq
	part.From, part.To, part.Starting = s.first, s.last, lq.Starting || s.earlier
	entries, err := p.pages(ctx, part)
	if err != nil || !s.earlier && !s.later {
		return entries, err
	}
	beside, err := p.margins(ctx, lq, s, []casus.Kind{casus.KindEvent, casus.KindClaim, casus.KindFigure, casus.KindFlow})
	entries = once(append(entries, beside...))
	slices.SortStableFunc(entries, compareDays)
	return entries, err
}
