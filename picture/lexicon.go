package picture

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"casus"
	"casus/ledger"
	"casus/ledger/fulltext"
)

// Lexicon is how people call actors, from reference data. It does not change
// once it is made.
type Lexicon struct {
	byName   map[string][]casus.ActorID // folded name -> ids, in the order given
	names    []string                   // the folded names, in the order given
	describe func(casus.ActorID) (casus.Actor, bool)
	facts    Facts
}

// Facts are what reference data hold beside names. They are no news: no record
// stands behind them, but a source.
type Facts struct {
	Offices     []OfficeHeld
	Governments []Government
}

// OfficeHeld is who holds an office, from when to when.
type OfficeHeld struct {
	Person casus.ActorID `json:"person"`
	casus.Office
	// Checked is the day on which an open end was last seen to be so; after it
	// nothing is known of the end.
	Checked casus.Date `json:"checked"`
	Source  string     `json:"source"`
}

// Government is who governs a place where that is a group with an id of its
// own, as the Taliban Afghanistan, from when to when.
type Government struct {
	Place  casus.ActorID `json:"place"`
	By     casus.ActorID `json:"by"`
	From   casus.Date    `json:"from"`
	To     casus.Date    `json:"to"`
	Source string        `json:"source"`
}

// WithFacts is a lexicon that also knows these facts.
func (l *Lexicon) WithFacts(f Facts) *Lexicon {
	with := *l
	with.facts = f
	return &with
}

// on are the facts of a day that concern some actors, heads of ids; nil is all.
func (f Facts) on(day casus.Date, concerns func(casus.ActorID) bool) Facts {
	out := Facts{Offices: []OfficeHeld{}, Governments: []Government{}}
	holds := func(from, to casus.Date) bool {
		return day == 0 && to == 0 || day != 0 && casus.Period{From: from, To: to}.Holds(day)
	}
	for _, o := range f.Offices {
		if holds(o.From, o.To) && concerns(o.Actor) {
			out.Offices = append(out.Offices, o)
		}
	}
	for _, g := range f.Governments {
		if holds(g.From, g.To) && (concerns(g.Place) || concerns(g.By)) {
			out.Governments = append(out.Governments, g)
		}
	}
	slices.SortStableFunc(out.Offices, func(a, b OfficeHeld) int { return strings.Compare(string(a.Actor), string(b.Actor)) })
	return out
}

// of are the facts that concern one actor and began by a day, the latest first;
// day zero is all of them.
func (f Facts) of(actor casus.ActorID, day casus.Date) Facts {
	out := Facts{Offices: []OfficeHeld{}, Governments: []Government{}}
	for _, o := range f.Offices {
		if (day == 0 || o.From <= day) && (o.Person == actor || o.Actor.Within(actor)) {
			out.Offices = append(out.Offices, o)
		}
	}
	for _, g := range f.Governments {
		if (day == 0 || g.From <= day) && (g.Place == actor || g.By.Within(actor)) {
			out.Governments = append(out.Governments, g)
		}
	}
	slices.SortStableFunc(out.Offices, func(a, b OfficeHeld) int { return cmp.Compare(b.From, a.From) })
	slices.SortStableFunc(out.Governments, func(a, b Government) int { return cmp.Compare(b.From, a.From) })
	return out
}

// NewLexicon makes a lexicon of names and the actors that they may mean, and
// of what is known of an actor.
func NewLexicon(names iter.Seq2[string, casus.ActorID], describe func(casus.ActorID) (casus.Actor, bool)) *Lexicon {
	l := &Lexicon{byName: map[string][]casus.ActorID{}, describe: describe}
	for name, id := range names {
		key := nameKey(name)
		ids, ok := l.byName[key]
		if !ok {
			l.names = append(l.names, key)
		}
		if !slices.Contains(ids, id) {
			l.byName[key] = append(ids, id)
		}
	}
	return l
}

// nameKey is the form in which names are compared: folded, with one kind of
// apostrophe and single spaces.
func nameKey(name string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(fulltext.Fold(name), "’", "'")), " ")
}

func (l *Lexicon) actor(id casus.ActorID) (casus.Actor, bool) {
	if l.describe == nil {
		return casus.Actor{}, false
	}
	return l.describe(id)
}

// Resolve finds the actor that a person means: by its id, or by a name in any
// capitals, that reference data has or, failing that, that a reading met: what
// articles call people is no match for what they are called. casus.Invalid where a name may mean several, listing them;
// casus.NotFound where nobody has it, with names that come near.
func (p *Picture) Resolve(ctx context.Context, typed string) (casus.Actor, error) {
	known, err := p.known(ctx, casus.ActorID(strings.ToLower(strings.TrimSpace(typed))))
	if err != nil || known.ID != "" {
		return known, err
	}
	candidates := slices.Clone(p.lexicon.byName[nameKey(typed)])
	if len(candidates) == 0 {
		stored, err := p.ledger.Actors(ctx, ledger.ActorQuery{Name: typed})
		if err != nil {
			return casus.Actor{}, err
		}
		for _, a := range stored {
			candidates = append(candidates, a.ID)
		}
	}
	switch len(candidates) {
	case 0:
		return casus.Actor{}, p.nobody(ctx, typed)
	case 1:
		return p.describe(ctx, candidates[0])
	}
	return casus.Actor{}, p.several(ctx, typed, candidates)
}

// known returns the actor with an id that reference data or the ledger has,
// or an actor without id.
func (p *Picture) known(ctx context.Context, id casus.ActorID) (casus.Actor, error) {
	if !id.Valid() {
		return casus.Actor{}, nil
	}
	if _, ok := p.lexicon.actor(id); ok {
		return p.describe(ctx, id)
	}
	stored, err := p.stored(ctx, id)
	if err != nil || stored == nil {
		return casus.Actor{}, err
	}
	return p.describe(ctx, id)
}

// stored is what the ledger has of exactly this actor; nil if nothing.
func (p *Picture) stored(ctx context.Context, id casus.ActorID) (*ledger.ActorEntry, error) {
	entries, err := p.ledger.Actors(ctx, ledger.ActorQuery{ID: id})
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	return &entries[0], nil
}

// describe tells what is known of an actor.
func (p *Picture) describe(ctx context.Context, id casus.ActorID) (casus.Actor, error) {
	actor, _ := p.lexicon.actor(id)
	actor.ID = id
	stored, err := p.stored(ctx, id)
	if err != nil || stored == nil {
		return actor, err
	}
	return joined(actor, stored.Actor), nil
}

// joined fills in what reference data does not know of an actor with what the
// readings brought. Their names only serve where it has none, as they have
// every phrase that an article used: "the delegation".
func joined(known, met casus.Actor) casus.Actor {
	if known.Kind == "" {
		known.Kind = met.Kind
	}
	if known.Note == "" {
		known.Note = met.Note
	}
	if len(known.Names) == 0 {
		known.Names = met.Names
	}
	return known
}

// several says whom a name may mean.
func (p *Picture) several(ctx context.Context, typed string, candidates []casus.ActorID) error {
	var list []string
	for _, id := range candidates {
		a, err := p.describe(ctx, id)
		if err != nil {
			return err
		}
		list = append(list, labelled(a))
	}
	return &casus.Error{Code: casus.Invalid, Input: typed, Problem: "this may be " + orList(list), Advice: "Give the id of the one that you mean."}
}

func labelled(a casus.Actor) string {
	if len(a.Names) == 0 {
		return string(a.ID)
	}
	return fmt.Sprintf("%s (%s)", a.ID, a.Names[0])
}

func orList(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " or " + list[len(list)-1]
}

// maxSuggestions bounds the names that an error offers.
const maxSuggestions = 5

// nobody says that nobody has a name, and which names come near.
func (p *Picture) nobody(ctx context.Context, typed string) error {
	stored, err := p.ledger.Actors(ctx, ledger.ActorQuery{Limit: ledger.MaxLimit})
	if err != nil {
		return err
	}
	names := slices.Clone(p.lexicon.names)
	for _, a := range stored {
		names = append(names, string(a.ID))
		for _, n := range a.Names {
			names = append(names, nameKey(n))
		}
	}
	advice := "See casus actors for those that the ledger names."
	if near := nearest(nameKey(typed), names); len(near) > 0 {
		advice = "Did you mean " + orList(near) + "?"
	}
	return &casus.Error{Code: casus.NotFound, Input: typed, Problem: "no actor has this id or name", Advice: advice}
}

// nearest returns the names within a small edit distance, nearest first.
func nearest(typed string, names []string) []string {
	type near struct {
		name     string
		distance int
	}
	limit := 1 + len([]rune(typed))/5
	var found []near
	for _, name := range names {
		if d := distance(typed, name, limit); d <= limit && !slices.ContainsFunc(found, func(n near) bool { return n.name == name }) {
			found = append(found, near{name, d})
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return a.distance - b.distance })
	var out []string
	for _, n := range found[:min(len(found), maxSuggestions)] {
		out = append(out, n.name)
	}
	return out
}

// distance is the Levenshtein distance of two names, or something above limit.
func distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > limit || len(y)-len(x) > limit {
		return limit + 1
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			change := diagonal
			if x[i] != y[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}
