package picture

import (
	"context"
	"slices"
	"strings"

	"casus"
	"casus/ledger"
)

// Sift narrows a timeline by what only the articles behind its records tell.
type Sift struct {
	Publisher string // of the record's article, whatever its capitals
	Language  string // of the record's article: nl also takes nl-BE
	Origins   int    // at least so many origins tell of the thing, of those that the question finds; up to 1 is any
}

// Of how many parts of a timeline one page of a sifted one is picked at most, and how
// many records a part has: to find who else tells of something takes longer.
const siftedParts, siftedPart, siftedTold = 1, 600, 60

// Sifted is Timeline of what a sift lets through. Of a large ledger a page may have
// few, or none, and others after it.
func (p *Picture) Sifted(ctx context.Context, q Question, s Sift) (Answer, error) {
	if s.Publisher == "" && s.Language == "" && s.Origins < 2 {
		return p.Timeline(ctx, q)
	}
	answer := Answer{Entries: []ledger.Entry{}}
	lq, err := p.resolved(ctx, q, &answer)
	if err != nil {
		return answer, err
	}
	most, err := ledger.NormalLimit(q.Limit)
	if err != nil {
		return answer, err
	}
	for part := 0; part < siftedParts && len(answer.Entries) < most; part++ {
		if lq.Limit = siftedPart; s.Origins > 1 {
			lq.Limit = siftedTold
		}
		page, err := p.ledger.Records(ctx, lq)
		if err != nil {
			return answer, err
		}
		at, err := p.sift(ctx, lq, page.Entries, s)
		if err != nil {
			return answer, err
		}
		if room := most - len(answer.Entries); len(at) > room { // the page ends with the last that has room
			at = at[:room]
			lq.Limit = at[room-1] + 1
			if page, err = p.ledger.Records(ctx, lq); err != nil {
				return answer, err
			}
		}
		for _, i := range at {
			answer.Entries = append(answer.Entries, page.Entries[i])
		}
		if answer.Next = page.Next; page.Next == "" {
			break
		}
		lq.After = page.Next
	}
	return answer, nil
}

// sift finds the places in a list of the entries that a sift lets through.
func (p *Picture) sift(ctx context.Context, lq ledger.Query, list []ledger.Entry, s Sift) ([]int, error) {
	var told map[casus.RecordID]bool
	if s.Origins > 1 {
		var err error
		if told, err = p.toldBy(ctx, lq, list, s.Origins); err != nil {
			return nil, err
		}
	}
	var out []int
	for i, e := range list {
		base, _, _ := strings.Cut(e.Article.Language, "-")
		switch {
		case s.Publisher != "" && !strings.EqualFold(e.Article.Publisher, strings.TrimSpace(s.Publisher)):
		case s.Language != "" && !strings.EqualFold(base, s.Language) && !strings.EqualFold(e.Article.Language, s.Language):
		case told != nil && !told[e.ID]:
		default:
			out = append(out, i)
		}
	}
	return out, nil
}

// toldBy finds those of a query's entries that tell of a thing of which so many
// origins tell.
func (p *Picture) toldBy(ctx context.Context, lq ledger.Query, list []ledger.Entry, origins int) (map[casus.RecordID]bool, error) {
	around := stretch{earlier: true, later: true}
	for _, e := range list {
		if day := ledger.Day(e.Record.When); day != 0 {
			if around.first == 0 || day < around.first {
				around.first = day
			}
			around.last = max(around.last, day)
		}
	}
	all := slices.Clone(list)
	if around.first != 0 {
		lq.After, lq.Limit, lq.Starting = "", 0, true
		beside, err := p.inStretch(ctx, lq, around)
		if err != nil {
			return nil, err
		}
		all = once(append(all, beside...))
	}
	h, err := p.hand(ctx, lq.Recorded)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, compareDays)
	things, err := p.groups(ctx, all, h)
	out := map[casus.RecordID]bool{}
	for _, g := range things {
		for _, e := range g.Entries {
			out[e.ID] = len(g.Origins) >= origins
		}
	}
	return out, err
}
