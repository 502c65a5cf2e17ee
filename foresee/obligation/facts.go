package obligation

import (
	"context"
	"slices"

	"casus"
	"casus/foresee/scenario"
	"casus/ledger"
	"casus/picture"
	"casus/refdata"
)

// Facts is what a scenario is laid beside.
type Facts struct {
	World *refdata.World
	// Reported are the ledger's acts that count beside the assumed ones.
	Reported []Act
	// Later are all acts that the ledger tells from the scenario's first day on,
	// whenever it learned of them: by them duties are told to be kept.
	Later []Act
	// Stationed are the forces abroad on the scenario's day, as the picture has them.
	Stationed []picture.Holding
	// Promises are the ledger's commitments that were open on that day, Told those
	// of any day, with what the ledger says became of them.
	Promises []ledger.Entry
	Told     []ledger.Entry
	// Articles are those behind all these records.
	Articles map[casus.RecordID]casus.ArticleID
}

// pageOfActs is how many records are asked for at once.
const pageOfActs = ledger.MaxLimit

// mostActs bounds how many records of one kind are read for one scenario.
const mostActs = 50_000

// lookBack is how many days before a scenario's period its ledger is asked for
// requests and accusations that bear on it.
const lookBack = 30

// Gather asks the picture for the facts beside a scenario.
func Gather(ctx context.Context, p *picture.Picture, world *refdata.World, s scenario.Scenario) (Facts, error) {
	f := Facts{World: world, Articles: map[casus.RecordID]casus.ArticleID{}}
	known := knownBy(s.KnownOn)
	if !s.Reported.IsOpen() {
		entries, err := records(ctx, p, picture.Question{Kinds: []casus.Kind{casus.KindEvent, casus.KindRelation},
			From: s.Reported.From, To: s.Reported.To, Starting: true, Known: known})
		if err != nil {
			return f, err
		}
		f.Reported = f.among(entries, s.Among)
	}
	later, err := records(ctx, p, picture.Question{Kinds: []casus.Kind{casus.KindEvent, casus.KindRelation},
		From: s.Period.From.AddDays(-lookBack), Starting: true})
	if err != nil {
		return f, err
	}
	f.Later = f.among(later, nil)
	situation, err := p.Situation(ctx, picture.Question{To: s.TrueOn, Known: known})
	if err != nil {
		return f, err
	}
	f.Promises = situation.Commitments
	for _, h := range situation.Relations {
		if h.Type == casus.DeploysIn || h.Type == casus.BasesIn {
			f.Stationed = append(f.Stationed, h)
			f.Articles[h.Evidence[0].ID] = h.Evidence[0].Article.ID
		}
	}
	f.Told, err = records(ctx, p, picture.Question{Kinds: []casus.Kind{casus.KindCommitment}})
	for _, e := range slices.Concat(f.Told, f.Promises) {
		f.Articles[e.ID] = e.Article.ID
	}
	return f, err
}

// among are the acts of entries that name one of some actors, of all where none is named.
func (f Facts) among(entries []ledger.Entry, actors []casus.ActorID) []Act {
	var out []Act
	for _, e := range entries {
		f.Articles[e.ID] = e.Article.ID
		a, ok := f.reported(e)
		if !ok {
			continue
		}
		sides := append(f.sides(a.Source, a), f.sides(a.Target, a)...)
		if len(actors) == 0 || slices.ContainsFunc(actors, func(id casus.ActorID) bool { return slices.Contains(sides, casus.ActorID(id.Head())) }) {
			out = append(out, a)
		}
	}
	byDay(out)
	return out
}

// records pages through a question's records, oldest first.
func records(ctx context.Context, p *picture.Picture, q picture.Question) ([]ledger.Entry, error) {
	q.Order, q.Limit = ledger.Oldest, pageOfActs
	var out []ledger.Entry
	for {
		page, err := p.Timeline(ctx, q)
		if err != nil {
			return nil, err
		}
		out = append(out, page.Entries...)
		if q.After = page.Next; q.After == "" || len(out) >= mostActs {
			return out, nil
		}
	}
}
