package main

import (
	"casus/lab"
)

// labObligationsCmd is "casus lab obligations".
type labObligationsCmd struct {
	clauseFile
	Cases string `help:"The folder of cases." default:"lab/obligations" placeholder:"DIR"`
	JSON  bool   `name:"json" help:"Print JSON: what came of each case."`
}

// Help is printed by casus lab obligations --help.
func (labObligationsCmd) Help() string {
	return `Runs scenarios whose outcome is known and prints which come out as they must. docs/EVALUATION.md has the form of a case.`
}

// Run scores the cases; it fails where one does not come out.
func (c *labObligationsCmd) Run(d *desk) error {
	names, world, err := scenarioNames(c.Clauses, nil)
	if err != nil {
		return err
	}
	cases, err := lab.ReadObligationCases(c.Cases, names)
	if err != nil {
		return err
	}
	scores, err := lab.ScoreObligations(d.ctx, world, cases)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(d.stdout, scores)
	}
	if err := lab.WriteObligationScores(d.stdout, scores); err != nil {
		return err
	}
	for _, s := range scores {
		if len(s.Missed) > 0 {
			return errFailed
		}
	}
	return nil
}
