package alert

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"casus"
	"casus/ledger"
	"casus/ontology"
	"casus/picture"
)

// Watcher raises alerts as articles come into a ledger. It holds nothing that
// changes.
type Watcher struct {
	ledger  ledger.Ledger
	picture *picture.Picture
	plover  *ontology.Plover
	rules   []resolved
	phrases *phrases
}

// New makes a watcher of rules that speaks a language (nl, en); name tells what
// actors are called, "" where it does not know. The second answer has the errors of rules whose names mean
// nobody or several, which are left out, with their place in the file; the
// third is what stopped it.
func New(ctx context.Context, l ledger.Ledger, p *picture.Picture, rules []Rule, language string, name func(casus.ActorID) string) (*Watcher, []error, error) {
	w := &Watcher{ledger: l, picture: p}
	var err error
	if w.plover, err = ontology.Open(); err != nil {
		return nil, nil, err
	}
	if w.phrases, err = newPhrases(language, name); err != nil {
		return nil, nil, err
	}
	var wrong []error
	for _, r := range rules {
		found, err := resolve(ctx, p, r)
		if casus.CodeOf(err) == casus.Invalid {
			wrong = append(wrong, err)
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		w.rules = append(w.rules, found)
	}
	return w, wrong, nil
}

// Rules are the rules at work.
func (w *Watcher) Rules() []Rule {
	out := make([]Rule, len(w.rules))
	for i, r := range w.rules {
		out[i] = r.Rule
	}
	return out
}

// Arrived evaluates the rules that wait for something in an article: alerts of
// records, first mentions and contradictions, in the order in which the
// articles came. The same thing may be in the answer more than once: see Seen.
func (w *Watcher) Arrived(ctx context.Context, articles []ledger.ArticleEntry) ([]Alert, error) {
	out, all, err := w.told(ctx, articles)
	if err != nil {
		return nil, err
	}
	differ, err := w.contradictions(ctx, all)
	return append(out, differ...), err
}

// told evaluates the rules on what articles tell, one by one. It returns their
// records too.
func (w *Watcher) told(ctx context.Context, articles []ledger.ArticleEntry) (out []Alert, all []ledger.Entry, err error) {
	articles = slices.Clone(articles)
	slices.SortFunc(articles, func(a, b ledger.ArticleEntry) int { return a.Recorded.Compare(b.Recorded) })
	for _, a := range articles {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		entries, err := w.entriesOf(ctx, a.ID)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, entries...)
		alerts, err := w.ofArticle(ctx, a, entries)
		if err != nil {
			return nil, nil, err
		}
		out = append(out, alerts...)
	}
	return out, all, nil
}

// entriesOf returns the records of an article in the order of its text.
func (w *Watcher) entriesOf(ctx context.Context, id casus.ArticleID) ([]ledger.Entry, error) {
	var out []ledger.Entry
	q := ledger.Query{Article: id, Limit: ledger.MaxLimit}
	for {
		page, err := w.ledger.Records(ctx, q)
		if err != nil {
			return nil, err
		}
		out = append(out, page.Entries...)
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	slices.SortStableFunc(out, func(a, b ledger.Entry) int {
		x, y := a.Record.Span, b.Record.Span
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

// ofArticle evaluates one article.
func (w *Watcher) ofArticle(ctx context.Context, a ledger.ArticleEntry, entries []ledger.Entry) ([]Alert, error) {
	var copies []ledger.Copy
	if a.Copies > 0 {
		var err error
		if copies, err = w.ledger.Copies(ctx, a.ID); err != nil {
			return nil, err
		}
	}
	past := firsts{ledger: w.ledger, before: a.Recorded.Add(-time.Microsecond), known: map[string]bool{}}
	var out []Alert
	for _, e := range entries {
		for i := range w.rules {
			r := &w.rules[i]
			if r.Deadline != nil || len(r.Contradiction) > 0 || r.Drift != nil || !r.meets(e, w.plover) {
				continue
			}
			if r.First == "" {
				out = append(out, newAlert(r.Name, OfRecord, w.phrases.record(e), []ledger.Entry{e}, recordKeys(e, copies)...))
				continue
			}
			alerts, err := w.first(ctx, r, e, &past)
			if err != nil {
				return nil, err
			}
			out = append(out, alerts...)
		}
	}
	return out, nil
}

// recordKeys name a record by its id, and by its words and what it makes of
// them in its article and each near-copy: a wire story is told once.
func recordKeys(e ledger.Entry, copies []ledger.Copy) []string {
	keys := []string{string(e.ID)}
	if len(copies) == 0 {
		return keys
	}
	sum := sha256.Sum256([]byte(key(string(e.Record.Kind()), ledger.TypeOf(e.Record), string(e.Record.Status), e.Record.Quote, listed(e.Record.Actors()))))
	says := hex.EncodeToString(sum[:8])
	keys = append(keys, key("copy", string(e.Article.ID), says))
	for _, c := range copies {
		keys = append(keys, key("copy", string(c.Article.ID), says))
	}
	return keys
}

// firsts asks what the ledger had before an article came.
type firsts struct {
	ledger ledger.Ledger
	before time.Time
	known  map[string]bool // answers, by question
}

// none tells whether no record answered a query before.
func (f *firsts) none(ctx context.Context, name string, q ledger.Query) (bool, error) {
	if none, ok := f.known[name]; ok {
		return none, nil
	}
	q.Recorded, q.Limit = f.before, 1
	page, err := f.ledger.Records(ctx, q)
	if err != nil {
		return false, err
	}
	f.known[name] = len(page.Entries) == 0
	return f.known[name], nil
}

// first evaluates a rule that waits for a first time on a record that meets
// its conditions.
func (w *Watcher) first(ctx context.Context, r *resolved, e ledger.Entry, past *firsts) ([]Alert, error) {
	var out []Alert
	if r.First == FirstActor {
		for _, id := range r.ofInterest(e) {
			none, err := past.none(ctx, key("actor", string(id)), ledger.Query{Actor: id})
			if err != nil {
				return nil, err
			}
			if none {
				out = append(out, newAlert(r.Name, OfFirst, w.phrases.firstActor(id, e), []ledger.Entry{e}, key("actor", string(id))))
			}
		}
		return out, nil
	}
	sides := picture.Parties(e)
	for _, a := range sides[0] {
		for _, b := range sides[1] {
			if a == b || !r.concerns(a, b) {
				continue
			}
			alert, err := w.firstBetween(ctx, r, e, a, b, past)
			if err != nil {
				return nil, err
			}
			if alert != nil && !slices.ContainsFunc(out, func(o Alert) bool { return o.ID == alert.ID }) {
				out = append(out, *alert)
			}
		}
	}
	return out, nil
}

// firstBetween is the alert of the first record, or the first of its type,
// between two sides; nil where there was one before.
func (w *Watcher) firstBetween(ctx context.Context, r *resolved, e ledger.Entry, a, b casus.ActorID, past *firsts) (*Alert, error) {
	name, says := key("pair", string(min(a, b)), string(max(a, b))), w.phrases.firstPair(a, b, e)
	questions := []ledger.Query{{Actor: a, Roles: doers(), With: b, WithRoles: others()}, {Actor: b, Roles: doers(), With: a, WithRoles: others()}}
	if r.First == FirstType {
		name, says = key("type", string(e.Record.Kind()), ledger.TypeOf(e.Record), string(a), string(b)), w.phrases.firstType(a, b, e)
		questions = questions[:1]
		questions[0].Kinds, questions[0].Type = []casus.Kind{e.Record.Kind()}, ledger.TypeOf(e.Record)
	}
	for i, q := range questions {
		asked := name
		if i > 0 {
			asked = key("back", name)
		}
		none, err := past.none(ctx, asked, q)
		if err != nil || !none {
			return nil, err
		}
	}
	out := newAlert(r.Name, OfFirst, says, []ledger.Entry{e}, name)
	return &out, nil
}

// ofInterest are the actors that a record names whose first time the rule
// waits for: those that it names, or else everybody.
func (r *resolved) ofInterest(e ledger.Entry) []casus.ActorID {
	mentions := ledger.Mentions(e)
	return slices.DeleteFunc(e.Record.Actors(), func(id casus.ActorID) bool {
		return id == unknown || !hasPart(e, rolesOf(mentions, id)) || len(r.actors) > 0 && !slices.ContainsFunc(r.actors, func(a casus.ActorID) bool { return id.Within(a) || e.ActsFor[id].Within(a) })
	})
}

// unknown is the actor of deeds that nobody is named for.
const unknown = casus.ActorID("unknown")

// concerns tells whether two sides are the rule's pair, or one of them one of
// its actors, where it names any.
func (r *resolved) concerns(a, b casus.ActorID) bool {
	if a == unknown || b == unknown {
		return false
	}
	// A person stands for somebody here; that the record names them was seen.
	is := func(side, named casus.ActorID) bool { return named.IsPerson() || named.Within(side) }
	if len(r.pair) > 0 && !(is(a, r.pair[0]) && is(b, r.pair[1]) || is(a, r.pair[1]) && is(b, r.pair[0])) {
		return false
	}
	return len(r.actors) == 0 || slices.ContainsFunc(r.actors, func(id casus.ActorID) bool { return is(a, id) || is(b, id) })
}
