package foresee

import (
	"context"
	"errors"

	"casus/foresee/obligation"
	"casus/foresee/scenario"
)

// Desk lays scenarios that come as text beside one ledger. It is safe for
// concurrent use.
type Desk struct {
	Beside Beside
	Names  *scenario.Names
}

// Run tells what follows from a scenario. What is wrong with its text is told all at once.
func (d Desk) Run(ctx context.Context, text string) (Answer, error) {
	return d.run(ctx, "scenario", text)
}

// run calls the scenario by a name where it tells what is wrong.
func (d Desk) run(ctx context.Context, name, text string) (Answer, error) {
	s, err := scenario.Read(name, []byte(text), d.Names)
	if err != nil {
		return Answer{}, err
	}
	return Run(ctx, d.Beside, s)
}

// Compare runs two scenarios that come as text, and sets them side by side. What
// is wrong with them is told all at once, of the “first” and the “second”.
func (d Desk) Compare(ctx context.Context, first, second string) (Pair, error) {
	a, wrong := d.run(ctx, "first", first)
	b, also := d.run(ctx, "second", second)
	var mistakes, more scenario.Mistakes
	switch {
	case errors.As(wrong, &mistakes) && errors.As(also, &more):
		return Pair{}, append(mistakes, more...)
	case wrong != nil:
		return Pair{}, wrong
	case also != nil:
		return Pair{}, also
	}
	return Pair{obligation.Label, a, b, Compare(a, b)}, nil
}

// Draft writes a first draft of a scenario for a region as a person types it.
func (d Desk) Draft(ctx context.Context, region string, q DraftQuestion) (string, error) {
	actor, err := d.Beside.Picture.Resolve(ctx, region)
	if err != nil {
		return "", err
	}
	q.Region = actor.ID
	return Draft(ctx, d.Beside, q)
}
