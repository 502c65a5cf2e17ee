package picture

import (
	"cmp"
	"context"
	"slices"

	"casus"
	"casus/ledger"
)

// SayingQuestion asks for the records that tell of something by their words.
type SayingQuestion struct {
	// Any are the questions of which one must find a record. They differ in whom
	// and where only.
	Any []Question
	// Words are folded as fulltext.Fold does; of several in one the record must have
	// one, too.
	Words []string
	// Or are events whose words do not matter, by type and mode as "COERCE/restrict".
	Or []string
	// Wanted reads what a record says; only what it wants is listed.
	Wanted func(ledger.Entry) bool
}

// Saying lists the wanted records that the questions find, each once, oldest first.
// Where the picture keeps what its events say, only those are read whose quote has
// one of the words: of a year of a country a few of a hundred.
func (p *Picture) Saying(ctx context.Context, q SayingQuestion) ([]ledger.Entry, error) {
	var asked []ledger.Query
	for _, each := range q.Any {
		lq, err := p.query(ctx, each)
		if casus.CodeOf(err) == casus.NotFound { // whom no record names
			continue
		}
		if err != nil {
			return nil, err
		}
		asked = append(asked, lq)
	}
	if len(asked) == 0 {
		return nil, nil
	}
	v, err := p.view(ctx, Question{Recorded: asked[0].Recorded})
	if err != nil {
		return nil, err
	}
	var out []ledger.Entry
	if wanted := v.stemsOf(q.Words); wanted != nil {
		if out, err = v.saying(ctx, asked, wanted, q); err != nil {
			return nil, err
		}
		asked = withoutEvents(asked)
	}
	found := make([][]ledger.Entry, len(asked))
	err = shared(len(asked), 1, func(i int) error {
		all, err := p.pages(ctx, asked[i])
		found[i] = slices.DeleteFunc(all, func(e ledger.Entry) bool { return !q.Wanted(e) })
		return err
	})
	if err != nil {
		return nil, err
	}
	met := map[casus.RecordID]bool{}
	out = slices.DeleteFunc(slices.Concat(append(found, out)...), func(e ledger.Entry) bool {
		again := met[e.ID]
		met[e.ID] = true
		return again
	})
	slices.SortFunc(out, func(a, b ledger.Entry) int {
		return cmp.Or(compareDays(a, b), a.Recorded.Compare(b.Recorded), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

// withoutEvents are queries for all but the events that they ask for.
func withoutEvents(queries []ledger.Query) (out []ledger.Query) {
	for _, q := range queries {
		if len(q.Kinds) == 0 {
			q.Kinds = casus.Kinds()
		}
		q.Kinds = slices.DeleteFunc(slices.Clone(q.Kinds), func(k casus.Kind) bool { return k == casus.KindEvent })
		if len(q.Kinds) > 0 {
			out = append(out, q)
		}
	}
	return out
}

// stemsOf are the numbers that words have in what is kept, whatever the language, each at its place;
// nil where nothing is kept, or where a word is too short to be: see vocabulary.stems.
func (v *view) stemsOf(words []string) []bool {
	if v.kept == nil || !v.Picture.kept.mu.TryLock() { // who brings it up to date adds to the vocabulary
		return nil
	}
	defer v.Picture.kept.mu.Unlock()
	known := v.Picture.kept.keeper.words
	out := make([]bool, len(known.numbers))
	for _, word := range words {
		long := false
		for _, language := range []string{"nl", "en", ""} {
			known.terms.each(word, language, func(term string) {
				if len(term) > shortest {
					long = true
					if n, ok := known.numbers[term]; ok {
						out[n] = true
					}
				}
			})
		}
		if !long {
			return nil
		}
	}
	return out
}

// saying reads the events that one of some queries selects, and that have one of
// some words or are of one of some sorts.
func (v *view) saying(ctx context.Context, asked []ledger.Query, wanted []bool, question SayingQuestion) ([]ledger.Entry, error) {
	all := asked[0] // of anybody, anywhere
	all.Actor, all.With, all.Place, all.Kinds, all.Order, all.Limit = "", "", "", []casus.Kind{casus.KindEvent}, ledger.Oldest, 0
	all, err := all.Normal()
	if err != nil {
		return nil, err
	}
	var selects []func(*keptTelling) bool
	for _, q := range asked {
		q.Limit = 0
		if q, err = q.Normal(); err != nil {
			return nil, err
		}
		if len(q.Kinds) == 0 || slices.Contains(q.Kinds, casus.KindEvent) {
			selects = append(selects, v.kept.selector(casus.KindEvent, q))
		}
	}
	of, rows, _ := v.kept.find(all, -1)
	var numbers []int64
	for _, at := range rows {
		r := &of.rows[at]
		says := slices.ContainsFunc(v.kept.stems[r.stems:r.stems+uint32(r.stemmed)], func(n int32) bool { return int(n) < len(wanted) && wanted[n] }) ||
			slices.Contains(question.Or, v.kept.texts[r.sort]+"/"+v.kept.texts[r.mode])
		if says && slices.ContainsFunc(selects, func(selects func(*keptTelling) bool) bool { return selects(r) }) {
			numbers = append(numbers, r.number)
		}
	}
	slices.Sort(numbers)
	found, err := v.ledger.ByNumber(ctx, numbers)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(found, func(e ledger.Entry) bool { return !question.Wanted(e) }), nil
}
