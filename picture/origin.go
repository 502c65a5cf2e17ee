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
// copies and claims once.
type origins struct {
	*Picture
	first  map[casus.ArticleID]ledger.ArticleRef // of an article, the earliest of its copies
	claims map[casus.ArticleID][]ledger.Entry    // of an article
	found  map[casus.RecordID]Origin             // of an entry
	names  map[string]string                     // of publishers, see Lexicon.outlet
	// outlets are the names of outlets, by who asserts something and how the text names them.
	outlets map[[2]string]string
	kept    *keptState // which knows the copies; nil asks the ledger
}

func newOrigins(p *Picture) *origins {
	return &origins{Picture: p, first: map[casus.ArticleID]ledger.ArticleRef{}, claims: map[casus.ArticleID][]ledger.Entry{},
		found: map[casus.RecordID]Origin{}, names: map[string]string{}, outlets: map[[2]string]string{}}
}

// of returns an entry's origin. The organs of a state or group are one origin
// with it; a person who acts for nobody is one of their own. A news agency or
// newspaper that others cite is the origin only where it passes nobody's words
// on, and then the same as its own articles are.
func (o *origins) of(ctx context.Context, e ledger.Entry) (Origin, error) {
	if origin, met := o.found[e.ID]; met && e.ID != "" {
		return origin, nil
	}
	origin, err := o.workOut(ctx, e)
	if err == nil {
		o.found[e.ID] = origin
	}
	return origin, err
}

func (o *origins) workOut(ctx context.Context, e ledger.Entry) (Origin, error) {
	if by := e.Record.By; by != "" {
		k, err := o.knowledge()
		if err != nil {
			return Origin{}, err
		}
		outlet := o.outlet(k, e)
		if outlet == "" {
			return Origin{ID: k.side(by, e.ActsFor)}, nil
		}
		speaker, err := o.passedOn(ctx, k, e)
		if err != nil || speaker != "" {
			return Origin{ID: speaker}, err
		}
		return Origin{Outlet: outlet}, nil
	}
	if event, ok := e.Record.Body.(*casus.Event); ok && event.Type == casus.Accuse && len(event.Source) > 0 {
		k, err := o.knowledge()
		if err != nil {
			return Origin{}, err
		}
		return Origin{ID: k.side(event.Source[0], e.ActsFor)}, nil // an accusation is the accuser's word, whoever tells of it
	}
	first, err := o.earliest(ctx, e.Article)
	if err != nil {
		return Origin{}, err
	}
	if first.Publisher != "" {
		name, met := o.names[first.Publisher]
		if !met {
			name = o.lexicon.outlet(first.Publisher)
			o.names[first.Publisher] = name
		}
		return Origin{Outlet: name}, nil
	}
	return Origin{Outlet: string(first.ID)}, nil
}

// media is how reference data notes that an actor is one of the media.
const media = "media"

// outlet is the name of the news agency or newspaper that asserts an entry, ""
// where another asserts it.
func (o *origins) outlet(k *knowledge, e ledger.Entry) string {
	key := [2]string{string(e.Record.By), e.Record.ByAs}
	name, ok := o.outlets[key]
	if !ok {
		if a, known := o.lexicon.actor(e.Record.By); !known {
			if k.outlets.in(plain(e.Record.ByAs)) {
				name = e.Record.ByAs
			}
		} else if a.Note == media && len(a.Names) > 0 {
			name = a.Names[0]
		}
		o.outlets[key] = name
	}
	return name
}

// outlet is a publisher's name as reference data has it, if it is one of the
// media there.
func (l *Lexicon) outlet(publisher string) string {
	for _, id := range l.byName[nameKey(publisher)] {
		if a, ok := l.actor(id); ok && a.Note == media && len(a.Names) > 0 {
			return a.Names[0]
		}
	}
	return publisher
}

// passedOn is whose words an outlet passes on in an entry: the speaker of
// another claim in the same words; "" for nobody's.
func (o *origins) passedOn(ctx context.Context, k *knowledge, e ledger.Entry) (casus.ActorID, error) {
	claims, ok := o.claims[e.Article.ID]
	if !ok {
		var err error
		if claims, err = o.pages(ctx, ledger.Query{Article: e.Article.ID, Kinds: []casus.Kind{casus.KindClaim}}); err != nil {
			return "", err
		}
		o.claims[e.Article.ID] = claims
	}
	for _, c := range claims {
		speaker := c.Record.Body.(*casus.Claim).Speaker
		if speaker == e.Record.By || speaker == "" || !c.Record.Span.Overlaps(e.Record.Span) {
			continue
		}
		if a, ok := o.lexicon.actor(speaker); !ok || a.Note != media {
			return k.side(speaker, c.ActsFor), nil
		}
	}
	return "", nil
}

// meet asks for the copies of all articles at once that tell something in their
// own voice.
func (o *origins) meet(ctx context.Context, list []told) error {
	entries := make([]*ledger.Entry, len(list))
	for i := range list {
		entries[i] = &list[i].Entry
	}
	return o.meetEntries(ctx, entries)
}

func (o *origins) meetEntries(ctx context.Context, entries []*ledger.Entry) error {
	if err := o.meetClaims(ctx, entries); err != nil {
		return err
	}
	if o.kept != nil {
		for _, e := range entries {
			o.first[e.Article.ID] = o.kept.earliest(e.Article)
		}
		return nil
	}
	var ids []casus.ArticleID
	for _, e := range entries {
		if _, ok := o.first[e.Article.ID]; e.Record.By == "" && !ok {
			o.first[e.Article.ID] = e.Article
			ids = append(ids, e.Article.ID)
		}
	}
	if len(ids) < 2 { // one asks as well by itself
		for _, id := range ids {
			delete(o.first, id)
		}
		return nil
	}
	all, err := o.ledger.CopiesOf(ctx, ids)
	if err != nil {
		return err
	}
	for id, copies := range all {
		for _, c := range copies {
			if earlier(c.Article, o.first[id]) {
				o.first[id] = c.Article
			}
		}
	}
	return nil
}

// meetClaims asks for the claims of all articles at once in which an outlet passes
// something on.
func (o *origins) meetClaims(ctx context.Context, entries []*ledger.Entry) error {
	k, err := o.knowledge()
	if err != nil {
		return err
	}
	var ids []casus.ArticleID
	for _, e := range entries {
		if e.Record.By == "" || o.outlet(k, *e) == "" {
			continue
		}
		if _, met := o.claims[e.Article.ID]; !met {
			o.claims[e.Article.ID] = nil
			ids = append(ids, e.Article.ID)
		}
	}
	claims, err := o.ofArticles(ctx, ids, ledger.Query{Kinds: []casus.Kind{casus.KindClaim}, Order: ledger.Oldest})
	for _, c := range claims {
		o.claims[c.Article.ID] = append(o.claims[c.Article.ID], c)
	}
	return err
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
