// Package picture answers an analyst's questions from a ledger: what happened,
// what held on a day, who said what, who owes what to whom, who moved where.
// It computes and does not render: its answers are plain values with a JSON
// form, which the command line prints and the web serves.
//
// Every line of an answer is a ledger.Entry: the record with its quote and
// span, its id, and the article behind it with title, publisher and date.
package picture

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"casus"
	"casus/ledger"
)

// Picture answers from one ledger. It may be shared between goroutines. What it
// keeps, if it is told to, is as the ledger is: see Keep.
type Picture struct {
	ledger    ledger.Ledger
	lexicon   *Lexicon
	knowledge func() (*knowledge, error) // read when it is first asked for
	kept      *kept
}

// New returns the picture of a ledger, with the names by which people call
// actors; nil knows only those that the ledger has.
func New(l ledger.Ledger, lexicon *Lexicon) *Picture {
	if lexicon == nil {
		lexicon = &Lexicon{}
	}
	return &Picture{ledger: l, lexicon: lexicon, knowledge: sync.OnceValues(readKnowledge), kept: &kept{}}
}

// Question narrows an answer; the zero value asks for all.
type Question struct {
	Actor, With string // as a person types them: an id or a name, see Resolve
	Place       string
	Kinds       []casus.Kind
	Type        string // see ledger.TypeOf
	Statuses    []casus.Status
	From, To    casus.Date // shares a day with this period; From == To is a day
	Starting    bool       // of that only what begins in it, see ledger.Query
	Known       time.Time  // see ledger.Query
	Recorded    time.Time
	Order       ledger.Order
	Limit       int
	After       string
}

// Answer is a list of records, and whom it is about where the question named
// somebody.
type Answer struct {
	Actor   *casus.Actor   `json:"actor,omitempty"`
	With    *casus.Actor   `json:"with,omitempty"`
	Entries []ledger.Entry `json:"entries"`
	Next    string         `json:"next,omitempty"` // the After of the next page
}

// Timeline lists records by the day of their valid time.
func (p *Picture) Timeline(ctx context.Context, q Question) (Answer, error) {
	return p.ask(ctx, q, func(*ledger.Query) {})
}

// Days lists the days of a Timeline's records, 0 for none, without reading them,
// and tells whether there are more than the question's limit.
func (p *Picture) Days(ctx context.Context, q Question) (days []casus.Date, more bool, err error) {
	lq, err := p.query(ctx, q)
	if err != nil {
		return nil, false, err
	}
	return p.ledger.Days(ctx, lq)
}

// Said lists what an actor said: claims of which it is the speaker.
func (p *Picture) Said(ctx context.Context, q Question) (Answer, error) {
	return p.ask(ctx, q, func(lq *ledger.Query) {
		lq.Kinds = []casus.Kind{casus.KindClaim}
		if lq.Actor != "" {
			lq.Roles = []ledger.Role{ledger.Speaker}
		}
	})
}

// Commitments lists commitments; Type is their state.
func (p *Picture) Commitments(ctx context.Context, q Question) (Answer, error) {
	return p.ask(ctx, q, func(lq *ledger.Query) { lq.Kinds = []casus.Kind{casus.KindCommitment} })
}

// Flows lists people on the move: Actor is where they come from and With where
// they go to, each an actor or place; either may be empty. Type is the cause.
func (p *Picture) Flows(ctx context.Context, q Question) (Answer, error) {
	return p.ask(ctx, q, func(lq *ledger.Query) {
		lq.Kinds = []casus.Kind{casus.KindFlow}
		if lq.Actor != "" {
			lq.Roles = []ledger.Role{ledger.Origin}
		}
		if lq.With != "" {
			lq.WithRoles = []ledger.Role{ledger.Destination}
		}
	})
}

// Figures lists numbers, those whose unit or counted thing has a word, if any.
func (p *Picture) Figures(ctx context.Context, of string, q Question) (Answer, error) {
	return p.ask(ctx, q, func(lq *ledger.Query) {
		lq.Kinds = []casus.Kind{casus.KindFigure}
		lq.Word = of
	})
}

func (p *Picture) ask(ctx context.Context, q Question, narrow func(*ledger.Query)) (Answer, error) {
	answer := Answer{Entries: []ledger.Entry{}}
	lq, err := p.resolved(ctx, q, &answer)
	if err != nil {
		return answer, err
	}
	narrow(&lq)
	page, err := p.ledger.Records(ctx, lq)
	if err != nil {
		return answer, err
	}
	answer.Entries, answer.Next = page.Entries, page.Next
	return answer, nil
}

// query is what a question asks of the ledger.
func (p *Picture) query(ctx context.Context, q Question) (ledger.Query, error) {
	return p.resolved(ctx, q, &Answer{})
}

// resolved is what a question asks of the ledger; the answer gets whom it is about.
func (p *Picture) resolved(ctx context.Context, q Question, answer *Answer) (ledger.Query, error) {
	lq := ledger.Query{Place: q.Place, Kinds: q.Kinds, Type: q.Type, Statuses: q.Statuses, From: q.From, To: q.To, Starting: q.Starting,
		Known: q.Known, Recorded: q.Recorded, Order: q.Order, Limit: q.Limit, After: q.After}
	for _, side := range []struct {
		typed string
		actor **casus.Actor
		id    *casus.ActorID
	}{{q.Actor, &answer.Actor, &lq.Actor}, {q.With, &answer.With, &lq.With}} {
		if side.typed == "" {
			continue
		}
		a, err := p.Resolve(ctx, side.typed)
		if err != nil {
			return lq, err
		}
		*side.actor, *side.id = &a, a.ID
	}
	return lq, nil
}

// ArticleAnswer is an article with its text and the records of the reading
// that stands, in the order of their spans.
type ArticleAnswer struct {
	Article ledger.ArticleEntry `json:"article"`
	Entries []ledger.Entry      `json:"entries"`
	Copies  []ledger.Copy       `json:"copies,omitempty"`
}

// Article returns one article by its id or hash, with the records that the
// question's clocks show. casus.NotFound where they do not show the article.
func (p *Picture) Article(ctx context.Context, idOrHash string, clock Question) (ArticleAnswer, error) {
	answer := ArticleAnswer{Entries: []ledger.Entry{}}
	var err error
	if answer.Article, err = p.ledger.Article(ctx, idOrHash); err != nil {
		return answer, err
	}
	if a := answer.Article; !clock.knows(a.Date, a.Known, a.Recorded) {
		return ArticleAnswer{}, notYet(a.ID)
	}
	if answer.Copies, err = p.ledger.Copies(ctx, answer.Article.ID); err != nil {
		return answer, err
	}
	q := ledger.Query{Article: answer.Article.ID, To: clock.To, Known: clock.Known, Recorded: clock.Recorded, Limit: ledger.MaxLimit}
	for {
		page, err := p.ledger.Records(ctx, q)
		if err != nil {
			return answer, err
		}
		answer.Entries = append(answer.Entries, page.Entries...)
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	slices.SortStableFunc(answer.Entries, func(a, b ledger.Entry) int {
		x, y := a.Record.Span, b.Record.Span
		if x.Start != y.Start {
			return x.Start - y.Start
		}
		if x.End != y.End {
			return x.End - y.End
		}
		return slices.Index(casus.Kinds(), a.Record.Kind()) - slices.Index(casus.Kinds(), b.Record.Kind())
	})
	return answer, nil
}

// Articles lists articles, latest publication first: those that the question's
// clocks show.
func (p *Picture) Articles(ctx context.Context, q ledger.ArticleQuery, clock Question) (ledger.ArticlePage, error) {
	out := ledger.ArticlePage{Articles: []ledger.ArticleEntry{}}
	limit, err := ledger.NormalLimit(q.Limit)
	if err != nil {
		return out, err
	}
	if after, err := ledger.ParseCursor(q.After); err != nil {
		return out, err
	} else if clock.To != 0 && (after.Number == 0 || after.Day > clock.To) {
		q.After = ledger.Cursor{Day: clock.To + 1, Number: 1}.String() // spares the keeper to walk over all that came later
	}
	for {
		q.Limit = limit - len(out.Articles)
		page, err := p.ledger.Articles(ctx, q)
		if err != nil {
			return out, err
		}
		for _, a := range page.Articles {
			if clock.knows(a.Date, a.Known, a.Recorded) {
				out.Articles = append(out.Articles, a)
			}
		}
		out.Next, q.After = page.Next, page.Next
		if page.Next == "" || len(out.Articles) == limit {
			return out, nil
		}
	}
}

// Find searches titles and texts of the articles that the question's clocks show.
func (p *Picture) Find(ctx context.Context, words string, limit int, clock Question) ([]ledger.Hit, error) {
	limit, err := ledger.NormalLimit(limit)
	if err != nil {
		return nil, err
	}
	for ask := limit; ; ask = min(4*ask, ledger.MaxLimit) {
		hits, err := p.ledger.Find(ctx, words, ask)
		if err != nil {
			return nil, err
		}
		all := len(hits)
		hits = slices.DeleteFunc(hits, func(h ledger.Hit) bool { return !clock.knows(h.Article.Date, h.Article.Known, time.Time{}) })
		if len(hits) >= limit || all < ask || ask == ledger.MaxLimit {
			return hits[:min(len(hits), limit)], nil
		}
	}
}

// Record returns one record with its article, for casus why.
func (p *Picture) Record(ctx context.Context, id casus.RecordID) (ledger.Entry, error) {
	return p.ledger.Record(ctx, id)
}

// Totals counts what is in the ledger.
func (p *Picture) Totals(ctx context.Context) (ledger.Totals, error) {
	return p.ledger.Totals(ctx)
}

// Actors lists actors that records name, most often named first, with what
// reference data and the ledger know of them.
func (p *Picture) Actors(ctx context.Context, q ledger.ActorQuery) ([]ledger.ActorEntry, error) {
	entries, err := p.ledger.Actors(ctx, q)
	for i, e := range entries {
		known, ok := p.lexicon.actor(e.ID)
		if !ok {
			continue
		}
		entries[i].Actor = joined(known, e.Actor)
	}
	return entries, err
}

// sideBySide does the parts of an answer at the same time, which takes half as long;
// each writes what no other reads. It returns all that failed; a fault of ours in one
// of them is an error too, for nobody could recover it from outside.
func sideBySide(parts ...func() error) error {
	failed := make([]error, len(parts))
	var all sync.WaitGroup
	for i, part := range parts {
		all.Go(func() {
			defer func() {
				if fault := recover(); fault != nil {
					failed[i] = fmt.Errorf("%v\n%s", fault, debug.Stack())
				}
			}()
			failed[i] = part()
		})
	}
	all.Wait()
	return errors.Join(failed...)
}

// shared does many small parts of an answer, by their numbers, on all cores: one for
// so many of them.
func shared(parts, each int, do func(i int) error) error {
	var next atomic.Int64
	hands := make([]func() error, min(runtime.GOMAXPROCS(0), 1+parts/each))
	for i := range hands {
		hands[i] = func() error {
			for at := int(next.Add(1)) - 1; at < parts; at = int(next.Add(1)) - 1 {
				if err := do(at); err != nil {
					return err
				}
			}
			return nil
		}
	}
	return sideBySide(hands...)
}
