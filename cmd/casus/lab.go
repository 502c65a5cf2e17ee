package main

// labCmd gathers what people need who measure: see docs/EVALUATION.md.
type labCmd struct {
	Generate generateCmd `cmd:"" help:"Make a big ledger out of sample articles, for measuring."`
	Bench    benchCmd    `cmd:"" help:"Print start-up, reading, memory and question times of this binary."`
}
