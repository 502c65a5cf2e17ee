package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"casus"
	"casus/ledger"
	"casus/picture"
	"casus/refdata"
)

type actorsAddCmd struct {
	signed
	ID    string   `arg:"" help:"The new actor's id: lower-case words joined by slashes, as in sdn/joint-force or person/noor-rahimi."`
	Names []string `arg:"" name:"name" help:"What articles call it; the first is the one shown."`
	Kind  string   `help:"What it is: state, armed-group, alliance, organisation, institution, population or person." placeholder:"KIND"`
}

// Run adds an actor.
func (c *actorsAddCmd) Run(d *desk) error {
	correction, err := c.correction(ledger.AddActor)
	if err != nil {
		return err
	}
	correction.Actor, correction.Names, correction.Kind = casus.ActorID(c.ID), c.Names, casus.ActorKind(c.Kind)
	return d.correctActors(func(_ ledger.Ledger, w *refdata.World) ([]ledger.Correction, error) {
		return []ledger.Correction{correction}, addable(w, correction)
	})
}

// addable tells what is wrong with adding an actor: it is known, or cannot be
// called so. Other corrections add nobody.
func addable(w *refdata.World, c ledger.Correction) error {
	if c.Action != ledger.AddActor {
		return nil
	}
	if _, known := w.Actor(c.Actor); known {
		return &casus.Error{Code: casus.Conflict, Input: string(c.Actor), Problem: "this actor is known already", Advice: "To give it further names: casus actors alias."}
	}
	_, err := w.With([]casus.Actor{{ID: c.Actor, Kind: c.Kind, Names: c.Names}})
	return err
}

type actorsAliasCmd struct {
	signed
	Actor string   `arg:"" help:"The actor, by its id or a name."`
	Names []string `arg:"" name:"name" help:"What articles call it too."`
}

// Run gives an actor further names.
func (c *actorsAliasCmd) Run(d *desk) error {
	correction, err := c.correction(ledger.Alias)
	if err != nil {
		return err
	}
	correction.Names = c.Names
	return d.correctActors(func(l ledger.Ledger, _ *refdata.World) ([]ledger.Correction, error) {
		correction.Actor, err = d.resolve(l, c.Actor)
		return []ledger.Correction{correction}, err
	})
}

type actorsMergeCmd struct {
	signed
	Actor string `arg:"" help:"The actor that is no other, by its id or a name."`
	Into  string `arg:"" help:"Whom it is: by this id both answer."`
}

// Run merges two actors.
func (c *actorsMergeCmd) Run(d *desk) error {
	correction, err := c.correction(ledger.Merge)
	if err != nil {
		return err
	}
	return d.correctActors(func(l ledger.Ledger, _ *refdata.World) ([]ledger.Correction, error) {
		if correction.Actor, err = d.resolve(l, c.Actor); err != nil {
			return nil, err
		}
		correction.Into, err = d.resolve(l, c.Into)
		return []ledger.Correction{correction}, err
	})
}

type actorsSplitCmd struct {
	signed
	Actor  string   `arg:"" help:"The actor that the records name, by its id or a name."`
	Into   string   `arg:"" help:"Whom they mean, by its id or a name; an id may be new."`
	Record []string `help:"A record that means another; may be given again." placeholder:"ID"`
	Name   string   `help:"A name that means another: all records whose words hold it, and all articles to come." placeholder:"NAME"`
}

// Run splits records, or those with a name, off an actor.
func (c *actorsSplitCmd) Run(d *desk) error {
	correction, err := c.correction(ledger.Split)
	if err != nil {
		return err
	}
	return d.correctActors(func(l ledger.Ledger, _ *refdata.World) ([]ledger.Correction, error) {
		if correction.Actor, err = d.resolve(l, c.Actor); err != nil {
			return nil, err
		}
		if correction.Into, err = d.resolveOrNew(l, c.Into); err != nil {
			return nil, err
		}
		for _, id := range c.Record {
			correction.Records = append(correction.Records, casus.RecordID(id))
		}
		if c.Name == "" {
			return []ledger.Correction{correction}, nil
		}
		return c.withName(d.ctx, l, correction)
	})
}

// withName adds to a split the records that stand and hold the name, and
// gives the name to whom it means.
func (c *actorsSplitCmd) withName(ctx context.Context, l ledger.Ledger, split ledger.Correction) ([]ledger.Correction, error) {
	for after := ""; ; {
		page, err := l.Records(ctx, ledger.Query{Actor: split.Actor, Limit: ledger.MaxLimit, After: after})
		if err != nil {
			return nil, err
		}
		for _, e := range page.Entries {
			if strings.Contains(e.Record.Quote, c.Name) && !slices.Contains(split.Records, e.ID) {
				split.Records = append(split.Records, e.ID)
			}
		}
		if after = page.Next; after == "" {
			break
		}
	}
	name := ledger.Correction{Action: ledger.Alias, Author: split.Author, Reason: split.Reason, Seen: -1, Actor: split.Into, Names: []string{c.Name}}
	if len(split.Records) == 0 {
		return []ledger.Correction{name}, nil
	}
	return []ledger.Correction{name, split}, nil
}

// correctActors opens the ledger and the world, has corrections made of them,
// and stores these in their order.
func (d *desk) correctActors(corrections func(ledger.Ledger, *refdata.World) ([]ledger.Correction, error)) error {
	l, err := openLedger(d, false)
	if err != nil {
		return err
	}
	defer l.Close()
	earlier, err := l.Corrections(d.ctx, ledger.CorrectionQuery{})
	if err != nil {
		return err
	}
	world, err := openWorld(earlier)
	if err != nil {
		return err
	}
	list, err := corrections(l, world)
	if err != nil {
		return err
	}
	for _, c := range list {
		stored, err := l.Correct(d.ctx, c)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(d.stdout, "Correction %d: %s. To take it back: casus actors undo %d\n", stored.Number, describe(stored), stored.Number); err != nil {
			return err
		}
	}
	return nil
}

// resolve finds the actor that the user means, as the questions do.
func (d *desk) resolve(l ledger.Ledger, name string) (casus.ActorID, error) {
	corrections, err := l.Corrections(d.ctx, ledger.CorrectionQuery{})
	if err != nil {
		return "", err
	}
	lexicon, err := newLexicon(corrections)
	if err != nil {
		return "", err
	}
	actor, err := picture.New(l, lexicon).Resolve(d.ctx, name)
	return actor.ID, err
}

// resolveOrNew is resolve, or an id that nobody has yet.
func (d *desk) resolveOrNew(l ledger.Ledger, name string) (casus.ActorID, error) {
	id, err := d.resolve(l, name)
	if err != nil && casus.ActorID(name).Valid() && casus.CodeOf(err) == casus.NotFound {
		return casus.ActorID(name), nil
	}
	return id, err
}
