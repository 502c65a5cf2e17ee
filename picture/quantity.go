package picture

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"casus"
	"casus/ledger"
	"casus/ledger/fulltext"
)

// Quantity is something that is counted, as its sources give it over time: the
// same unit of the same thing with the same fate in the same place, or the same
// people on the same way. It is not said to be one count: those tellings that
// are of one moment are one of Things.
type Quantity struct {
	Kind casus.Kind `json:"kind"` // figure or flow
	// Of a figure: its unit, what is counted as its first telling writes it, and
	// what became of those counted, a name of words.tsv, "" where nothing is said.
	Unit  string   `json:"unit,omitempty"`
	Of    string   `json:"of,omitempty"`
	Fate  string   `json:"fate,omitempty"`
	Where []string `json:"where,omitempty"`
	// Of a flow.
	Group       casus.ActorID `json:"group,omitempty"`
	Origin      casus.ActorID `json:"origin,omitempty"`
	Destination casus.ActorID `json:"destination,omitempty"`
	Cause       casus.Cause   `json:"cause,omitempty"`

	Things  []Group  `json:"things"`  // the earliest first, graded; their entries have the bounds
	Origins []Origin `json:"origins"` // on whose word they rest, each once
}

// Quantities lists what is counted, that which rests on the word of most first. Of is a
// word of a figure's unit or of what it counts, or the beginning of a word of a
// flow's quote; "" is all. The question's limit counts, its order does not. Where
// there are more numbers than quantityRecords, it is those of the latest days, and
// next is the After of the days before.
func (p *Picture) Quantities(ctx context.Context, of string, q Question) (list []Quantity, next string, err error) {
	entries, next, err := p.counted(ctx, of, q)
	if err != nil {
		return nil, "", err
	}
	h, err := p.hand(ctx, q.Recorded)
	if err != nil {
		return nil, "", err
	}
	k, err := p.knowledge()
	if err != nil {
		return nil, "", err
	}
	things, _, err := p.gradedOf(ctx, k, slices.DeleteFunc(k.tellAll(entries), numberOfFlow(entries)), h)
	if err != nil {
		return nil, "", err
	}
	out := quantitiesOf(things)
	slices.SortStableFunc(out, func(a, b Quantity) int {
		return cmp.Or(cmp.Compare(len(b.Origins), len(a.Origins)), cmp.Compare(b.tellings(), a.tellings()), cmp.Compare(b.last(), a.last()))
	})
	return out[:min(len(out), cmp.Or(q.Limit, ledger.DefaultLimit))], next, nil
}

// quantityRecords is how many numbers are put together at once.
const quantityRecords = 900

// counted lists the figures and flows that a question about quantities is
// about, of its latest days where there are too many. Flows without any number are
// none of them.
func (p *Picture) counted(ctx context.Context, of string, q Question) (out []ledger.Entry, next string, err error) {
	last, err := pageEnd(q.After)
	if err != nil {
		return nil, "", err
	}
	q.After = ""
	s := stretch{}
	for _, kind := range []casus.Kind{casus.KindFigure, casus.KindFlow} {
		if len(q.Kinds) > 0 && !slices.Contains(q.Kinds, kind) {
			continue
		}
		lq, err := p.query(ctx, q)
		if err != nil {
			return nil, "", err
		}
		lq.Kinds = []casus.Kind{kind}
		if kind == casus.KindFigure {
			lq.Word = of
		}
		if s == (stretch{}) { // by the figures, of which there are more
			if s, err = p.stretchBefore(ctx, lq, last, quantityRecords); err != nil {
				return nil, "", err
			}
			if s.earlier {
				next = s.first.String()
			}
		}
		lq.From, lq.To, lq.Starting = s.first, s.last, lq.Starting || s.earlier
		entries, err := p.pages(ctx, lq)
		if err != nil {
			return nil, "", err
		}
		for _, e := range entries {
			_, _, bounded := boundsOf(e.Record)
			if bounded && (kind == casus.KindFigure || of == "" || hasOne(e.Record.Quote, words(of))) {
				out = append(out, e)
			}
		}
	}
	return out, next, nil
}

// numberOfFlow tells which figures only repeat the number of a flow in the same
// words: they are counted there.
func numberOfFlow(entries []ledger.Entry) func(told) bool {
	flows := map[casus.ArticleID][]casus.Record{}
	for _, e := range entries {
		if e.Record.Kind() == casus.KindFlow {
			flows[e.Article.ID] = append(flows[e.Article.ID], e.Record)
		}
	}
	return func(t told) bool {
		return t.Record.Kind() == casus.KindFigure && slices.ContainsFunc(flows[t.Article.ID], func(r casus.Record) bool {
			low, high, _ := boundsOf(t.Record)
			l, h, _ := boundsOf(r)
			return r.Span.Overlaps(t.Record.Span) && (low == l || high == h)
		})
	}
}

// quantitiesOf puts the things that count the same together, in the order of
// the first of each.
func quantitiesOf(things []Group) []Quantity {
	things = slices.SortedStableFunc(slices.Values(things), func(a, b Group) int {
		return cmp.Compare(ledger.Anchor(a.Entries[0]), ledger.Anchor(b.Entries[0]))
	})
	var out []Quantity
	at := map[string]int{}
	for _, g := range things {
		key, ok := quantityKey(g.of[0])
		i, met := at[key]
		if !ok || !met {
			i = len(out)
			out = append(out, newQuantity(g.of[0]))
		}
		if ok {
			at[key] = i
		}
		out[i].Things = append(out[i].Things, g)
		for _, o := range g.Origins {
			if !slices.Contains(out[i].Origins, o) {
				out[i].Origins = append(out[i].Origins, o)
			}
		}
	}
	return out
}

// quantityKey is what all tellings of a quantity have in common, false for a
// figure of nothing in particular ("200 people"), which is like no other. What
// is counted in a unit of its own ("districts") needs no further word.
func quantityKey(t *told) (string, bool) {
	switch b := t.Record.Body.(type) {
	case *casus.Flow:
		return strings.Join([]string{"flow", headPart(b.Group), headPart(b.Origin), headPart(b.Destination)}, "\x00"), b.Origin != "" || b.Destination != ""
	case *casus.Figure:
		land, counted, fate := landOf(t), []string{}, fateOfCounted(t)
		if t.people || slices.Contains(measures(), b.Unit) {
			for _, w := range fulltext.Words(b.Of, t.Article.Language) {
				counted = append(counted, w.Term)
			}
			slices.Sort(counted)
		}
		return strings.Join([]string{"figure", b.Unit, fate, land, strings.Join(counted, " ")}, "\x00"), land != "" || len(counted) > 1
	}
	return "", false
}

// fateOfCounted is what became of those that a figure counts; a week or a
// kilometre has no fate.
func fateOfCounted(t *told) string {
	if b, ok := t.Record.Body.(*casus.Figure); ok && slices.Contains(measures(), b.Unit) {
		return ""
	}
	return t.fate
}

// landOf is the widest place with an id that a telling names, else the widest
// as it is written; "" for none.
func landOf(t *told) string {
	land := ""
	for i, place := range t.Record.Where {
		if byID := place == strings.ToLower(place); byID || land == "" {
			land = t.where[i].Head()
		}
	}
	return land
}

// measures are the units of docs/RECORDS.md that say how much of something
// there is, and not of what.
func measures() []string {
	return []string{"percent", "usd", "eur", "km", "km2", "m", "hectares", "degrees", "tonnes", "years", "months", "weeks", "days", "hours"}
}

// headPart is an actor with its first part: afg/mil for afg/mil/army.
func headPart(id casus.ActorID) string {
	parts := strings.SplitN(string(id), "/", 3)
	return strings.Join(parts[:min(2, len(parts))], "/")
}

func newQuantity(t *told) Quantity {
	q := Quantity{Kind: t.Record.Kind(), Where: t.Record.Where, Fate: fateOfCounted(t), Things: []Group{}, Origins: []Origin{}}
	switch b := t.Record.Body.(type) {
	case *casus.Flow:
		q.Group, q.Origin, q.Destination, q.Cause = b.Group, b.Origin, b.Destination, b.Cause
	case *casus.Figure:
		q.Unit, q.Of = b.Unit, b.Of
	}
	return q
}

func (q Quantity) tellings() (n int) {
	for _, g := range q.Things {
		n += len(g.Entries)
	}
	return n
}

func (q Quantity) last() casus.Date { return ledger.Anchor(q.Things[len(q.Things)-1].Entries[0]) }
