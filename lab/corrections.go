package lab

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"casus"
	"casus/ledger"
)

// Correct makes n corrections of generated articles 0 to articles-1, as
// analysts would: most accept a record, some reject or amend one, a few merge
// actors that are seldom named, name an actor, grade a source, or take back what
// was corrected before. They must be stored in the ledger already.
func (g *Generator) Correct(ctx context.Context, into ledger.Ledger, articles, n int) error {
	random := rand.New(rand.NewPCG(g.seed, 1<<63))
	var stored []int64 // numbers of corrections that were not taken back
	for i := range n {
		c, err := g.correction(random, articles, &stored)
		if err != nil {
			return err
		}
		c.Author, c.Reason, c.Seen = []string{"Ann", "Ben", "Cas"}[random.IntN(3)], fmt.Sprintf("generated correction %d", i+1), -1
		done, err := into.Correct(ctx, c)
		if err != nil {
			return fmt.Errorf("storing generated correction %d (%s): %w", i+1, c.Action, err)
		}
		if c.Action != ledger.Undo {
			stored = append(stored, done.Number)
		}
	}
	return nil
}

// correction draws what to correct; of stored it takes out what it takes back.
func (g *Generator) correction(random *rand.Rand, articles int, stored *[]int64) (ledger.Correction, error) {
	switch dice := random.IntN(100); {
	case dice < 5 && len(*stored) > 0:
		list := *stored
		i := random.IntN(len(list))
		number := list[i]
		*stored = slices.Delete(list, i, i+1)
		return ledger.Correction{Action: ledger.Undo, Undoes: number}, nil
	case dice < 8:
		return ledger.Correction{Action: ledger.Alias, Actor: g.seldom(random), Names: []string{fmt.Sprintf("Alias %d", random.IntN(1000))}}, nil
	case dice < 10:
		s := g.samples[random.IntN(len(g.samples))].reading.Article
		return ledger.Correction{Action: ledger.Grade, Source: cmp.Or(s.Publisher, string(s.ID)), Reliability: ledger.Reliabilities()[random.IntN(6)]}, nil
	case dice < 12:
		if actor, to := g.seldom(random), g.seldom(random); !actor.Within(to) && !to.Within(actor) {
			return ledger.Correction{Action: ledger.Merge, Actor: actor, Into: to}, nil
		}
	}
	rec, err := g.record(random, articles)
	if err != nil {
		return ledger.Correction{}, err
	}
	switch dice := random.IntN(100); {
	case dice < 50:
		return ledger.Correction{Action: ledger.Accept, Record: rec.ID}, nil
	case dice < 75:
		return ledger.Correction{Action: ledger.Reject, Record: rec.ID}, nil
	}
	amended := rec
	amended.Status = casus.Statuses()[random.IntN(len(casus.Statuses()))]
	amended.When.From, amended.When.To = rec.When.From.AddDays(1), rec.When.To.AddDays(1)
	return ledger.Correction{Action: ledger.Amend, Record: rec.ID, Amended: &amended}, nil
}

// record draws a record of the articles, with its id.
func (g *Generator) record(random *rand.Rand, articles int) (casus.Record, error) {
	for {
		r, err := ledger.Prepare(g.Reading(random.IntN(articles)))
		if err != nil {
			return casus.Record{}, err
		}
		if len(r.Records) > 0 {
			return r.Records[random.IntN(len(r.Records))], nil
		}
	}
}

// seldom draws an actor of the second half of the cast.
func (g *Generator) seldom(random *rand.Rand) casus.ActorID {
	half := len(g.cast) / 2
	return g.cast[half+random.IntN(len(g.cast)-half)]
}
