package picture

import (
	"context"
	"slices"

	"casus"
	"casus/ledger"
)

// Origin is whose word a record rests on, so that the same word told by many
// counts once: a speaker ("person/bob-deen", "rus/gov/mod" as "rus"), whoever
// relays it, or the outlet that tells it in its own voice.
//
// Articles that are near-copies of one another come from one desk: their
// origin is that of the copy that was published first.
type Origin struct {
	ID casus.ActorID `json:"id,omitempty"` // the speaker, where there is one
	// Outlet is the publisher of an article that says it itself, or of the
	// first of its copies; its id where it names no publisher.
	Outlet string `json:"outlet,omitempty"`
}

// String is the origin as people read it.
func (o Origin) String() string {
	if o.ID != "" {
		return string(o.ID)
	}
	return o.Outlet
}

// origins finds the origins of entries. It asks the ledger for an article's
// copies once.
type origins struct {
	ledger ledger.Ledger
	first  map[casus.ArticleID]ledger.ArticleRef // of an article, the earliest of its copies
}

func newOrigins(l ledger.Ledger) *origins {
	return &origins{ledger: l, first: map[casus.ArticleID]ledger.ArticleRef{}}
}

// of returns an entry's origin. The organs of a state or group are one origin
// with it; a person who acts for nobody is one of their own.
func (o *origins) of(ctx context.Context, e ledger.Entry) (Origin, error) {
	if by := e.Record.By; by != "" {
		return Origin{ID: sideOf(by, e.ActsFor)}, nil
	}
	first, err := o.earliest(ctx, e.Article)
	if err != nil {
		return Origin{}, err
	}
	if first.Publisher != "" {
		return Origin{Outlet: first.Publisher}, nil
	}
	return Origin{Outlet: string(first.ID)}, nil
}

// sideOf is the state, group or person that an actor speaks or acts for.
func sideOf(id casus.ActorID, actsFor map[casus.ActorID]casus.ActorID) casus.ActorID {
	if office := actsFor[id]; office != "" {
		id = office
	}
	if id.IsPerson() {
		return id
	}
	return casus.ActorID(id.Head())
}

func (o *origins) earliest(ctx context.Context, a ledger.ArticleRef) (ledger.ArticleRef, error) {
	if first, ok := o.first[a.ID]; ok {
		return first, nil
	}
	copies, err := o.ledger.Copies(ctx, a.ID)
	if err != nil {
		return a, err
	}
	first := a
	for _, c := range copies {
		if earlier(c.Article, first) {
			first = c.Article
		}
	}
	o.first[a.ID] = first
	return first, nil
}

// earlier orders articles by publication, undated ones last, then by id.
func earlier(a, b ledger.ArticleRef) bool {
	x, y := ledger.Day(a.Date), ledger.Day(b.Date)
	if x != y {
		return y == 0 || x != 0 && x < y
	}
	return a.ID < b.ID
}

// all returns the different origins of entries, in the order in which they
// are met.
func (o *origins) all(ctx context.Context, entries []ledger.Entry) ([]Origin, error) {
	var out []Origin
	for _, e := range entries {
		origin, err := o.of(ctx, e)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, origin) {
			out = append(out, origin)
		}
	}
	return out, nil
}
