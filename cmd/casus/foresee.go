package main

// foreseeCmd gathers what runs a ledger forward.
type foreseeCmd struct {
	Displacement foreseeDisplacementCmd `cmd:"" help:"Where people would flee, from a conflict's folder, and how near that comes to what was counted."`
	Calibrate    foreseeCalibrateCmd    `cmd:"" help:"Fit the settings of displacement to one conflict and report the error on others."`
}
