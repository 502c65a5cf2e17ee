package foresee

import (
	"context"

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
	s, err := scenario.Read("scenario", []byte(text), d.Names)
	if err != nil {
		return Answer{}, err
	}
	return Run(ctx, d.Beside, s)
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
