package foresee

import (
	"context"

	"casus/foresee/obligation"
	"casus/foresee/scenario"
	"casus/picture"
	"casus/refdata"
)

// Beside is what a scenario is laid beside: a ledger's picture and reference data.
type Beside struct {
	Picture *picture.Picture
	World   *refdata.World
}

// Answer is what follows from a scenario.
type Answer struct {
	Label       string            `json:"label"` // obligation.Label, always
	Scenario    scenario.Scenario `json:"scenario"`
	Obligations obligation.Answer `json:"obligations"`
	// Flight is where people would go, absent where the scenario has no zones or
	// nobody who flees.
	Flight *Flight `json:"flight,omitempty"`
}

// Run tells what follows from a scenario. Its errors name the line of the
// scenario where that is at fault.
func Run(ctx context.Context, b Beside, s scenario.Scenario) (Answer, error) {
	out := Answer{Label: obligation.Label, Scenario: s}
	facts, err := obligation.Gather(ctx, b.Picture, b.World, s)
	if err != nil {
		return out, err
	}
	if out.Obligations, err = obligation.Trace(ctx, facts, s); err != nil {
		return out, err
	}
	if s.Moves() {
		out.Flight, err = flight(ctx, b, s)
	}
	return out, err
}
