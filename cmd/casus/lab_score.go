package main

import "casus/lab"

// labScoreCmd is "casus lab score".
type labScoreCmd struct {
	Gold   string `help:"The folder of gold records: ARTICLE.jsonl and actors.jsonl, at any depth." required:"" placeholder:"DIR"`
	Pred   string `help:"The predicted records, as casus read --json prints them." required:"" placeholder:"FILE"`
	Actors string `help:"The predictor's actors, as casus read --actors writes them." placeholder:"FILE"`
	JSON   bool   `name:"json" help:"Print JSON."`
}

// Help is printed by casus lab score --help.
func (labScoreCmd) Help() string {
	return `A predicted record stands for a gold one of its article and kind where their spans share 30 % of the shorter; pairs are made one to
one, the best first. "span" counts these, "full" those whose key fields are right as well. docs/EVALUATION.md has the rules.`
}

// Run prints the scores.
func (c *labScoreCmd) Run(d *desk) error {
	gold, err := lab.ReadGold(c.Gold)
	if err != nil {
		return err
	}
	if c.Actors != "" {
		if err := gold.AddActors(c.Actors); err != nil {
			return err
		}
	}
	predictions, err := lab.ReadPredictions(c.Pred)
	if err != nil {
		return err
	}
	scores := gold.Score(predictions)
	if c.JSON {
		return scores.WriteJSON(d.stdout)
	}
	return scores.WriteText(d.stdout)
}
