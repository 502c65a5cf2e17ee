package main

import (
	"context"

	"casus/foresee"
	"casus/foresee/scenario"
)

// foreseer lays the scenarios that the web hands over beside the ledger.
type foreseer struct {
	beside foresee.Beside
	names  *scenario.Names
}

// Run tells what follows from a scenario.
func (f foreseer) Run(ctx context.Context, text string) (foresee.Answer, error) {
	s, err := scenario.Read("scenario", []byte(text), f.names)
	if err != nil {
		return foresee.Answer{}, err
	}
	return foresee.Run(ctx, f.beside, s)
}

// Draft writes a first draft of a scenario.
func (f foreseer) Draft(ctx context.Context, region string, q foresee.DraftQuestion) (string, error) {
	actor, err := f.beside.Picture.Resolve(ctx, region)
	if err != nil {
		return "", err
	}
	q.Region = actor.ID
	return foresee.Draft(ctx, f.beside, q)
}
