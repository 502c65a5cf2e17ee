package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"

	"casus"
	"casus/foresee"
	"casus/foresee/scenario"
	"casus/ledger"
	"casus/ontology"
	"casus/picture"
	"casus/refdata"
)

// foreseeCmd gathers what runs a ledger forward.
type foreseeCmd struct {
	Check   foreseeCheckCmd   `cmd:"" help:"Tell all that is wrong in scenario files, with line and column."`
	Run     foreseeRunCmd     `cmd:"" help:"What follows from a scenario: who becomes bound to what, and where people would flee."`
	Compare foreseeCompareCmd `cmd:"" help:"Two scenarios side by side."`
	New     foreseeNewCmd     `cmd:"" help:"Write a first draft of a scenario from the ledger."`

	Displacement foreseeDisplacementCmd `cmd:"" help:"Where people would flee, from a conflict's folder, and how near that comes to what was counted."`
	Calibrate    foreseeCalibrateCmd    `cmd:"" help:"Fit the settings of displacement to one conflict and report the error on others."`
}

// clauseFile is the flag of commands that read clauses.
type clauseFile struct {
	Clauses string `help:"Clauses of your own beside ours: a table in the form of refdata/clauses.tsv." placeholder:"FILE"`
}

// foreseeCheckCmd is "casus foresee check".
type foreseeCheckCmd struct {
	Files []string `arg:"" help:"Scenario files."`
}

// Run checks each file.
func (c *foreseeCheckCmd) Run(d *desk) error {
	names, _, err := scenarioNames("", nil)
	if err != nil {
		return err
	}
	failed := false
	for _, path := range c.Files {
		s, err := scenario.ReadFile(path, names)
		if err != nil {
			failed = true
			d.sayMistakes(err)
			continue
		}
		fmt.Fprintf(d.stdout, "%s: “%s”, %s; %s, %s, %s, %s\n", path, plainText(s.Name), s.Period,
			plural(len(s.Events), "event"), plural(len(s.Relations), "relation"), plural(len(s.Zones), "zone"), plural(len(s.Camps), "camp"))
	}
	if failed {
		return errFailed
	}
	return nil
}

// sayMistakes prints what is wrong with a scenario, a line for each mistake.
func (d *desk) sayMistakes(err error) {
	var mistakes scenario.Mistakes
	if !errors.As(err, &mistakes) {
		fmt.Fprintln(d.stderr, "casus:", err)
		return
	}
	for _, m := range mistakes {
		fmt.Fprintln(d.stderr, plainText(m.String()))
	}
}

// scenarioNames opens the reference data, with an analyst's clauses and actors, and
// the names that a scenario may use.
func scenarioNames(clauses string, corrections []ledger.Correction) (*scenario.Names, *refdata.World, error) {
	world, err := openWorld(corrections)
	if err != nil {
		return nil, nil, err
	}
	if clauses != "" {
		text, err := os.ReadFile(clauses)
		if err != nil {
			return nil, nil, &casus.Error{Code: casus.Unreadable, Input: clauses, Problem: "the clauses cannot be read", Err: err}
		}
		if world, err = world.AddClauses(clauses, string(text)); err != nil {
			return nil, nil, &casus.Error{Code: casus.Invalid, Input: "--clauses", Problem: err.Error(), Advice: "The head of refdata/clauses.tsv says what the columns hold."}
		}
	}
	plover, err := ontology.Open()
	if err != nil {
		return nil, nil, err
	}
	return scenario.NewNames(world, plover), world, nil
}

// foreseeRunCmd is "casus foresee run".
type foreseeRunCmd struct {
	format
	clauseFile
	File    string `arg:"" help:"A scenario file."`
	GeoJSON string `name:"geojson" help:"Write where people would be on the last day, and the ways of the map, to this file too." placeholder:"FILE"`
	All     bool   `help:"Also print the clauses that come near and do not bind."`
}

// Run prints what follows from a scenario.
func (c *foreseeRunCmd) Run(d *desk) error {
	answers, err := d.foresee(c.clauseFile, c.File)
	if err != nil {
		return err
	}
	answer := answers[0]
	if c.GeoJSON != "" {
		if err := writeFlightMap(c.GeoJSON, answer); err != nil {
			return err
		}
	}
	if c.JSON || c.CSV {
		return d.print(c.format, answer, foreseeGrid(answer))
	}
	return writeForesight(d.stdout, answer, c.All)
}

// foresee runs scenarios beside the ledger, which stays as it is: nothing that
// is assumed is written to it.
func (d *desk) foresee(own clauseFile, files ...string) ([]foresee.Answer, error) {
	var out []foresee.Answer
	l, err := openLedger(d, false)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	corrections, err := l.Corrections(d.ctx, ledger.CorrectionQuery{})
	if err != nil {
		return nil, err
	}
	names, world, err := scenarioNames(own.Clauses, corrections)
	if err != nil {
		return nil, err
	}
	lexicon, err := newLexicon(corrections)
	if err != nil {
		return nil, err
	}
	beside := foresee.Beside{Picture: picture.New(l, lexicon), World: world}
	for _, path := range files {
		s, err := scenario.ReadFile(path, names)
		if err != nil {
			d.sayMistakes(err)
			return nil, errFailed
		}
		answer, err := foresee.Run(d.ctx, beside, s)
		if err != nil {
			return nil, err
		}
		out = append(out, answer)
	}
	return out, nil
}

// foreseeCompareCmd is "casus foresee compare".
type foreseeCompareCmd struct {
	format
	clauseFile
	First  string `arg:"" help:"A scenario file."`
	Second string `arg:"" help:"Another."`
}

// Run prints two scenarios side by side.
func (c *foreseeCompareCmd) Run(d *desk) error {
	answers, err := d.foresee(c.clauseFile, c.First, c.Second)
	if err != nil {
		return err
	}
	comparison := foresee.Compare(answers[0], answers[1])
	if !c.JSON && !c.CSV {
		fmt.Fprintf(d.stdout, "%s\n  first   %s (%s)\n  second  %s (%s)\n\n", comparison.Label, plainText(comparison.First), c.First, plainText(comparison.Second), c.Second)
	}
	g := grid{columns: []string{"what", "same", "first", "second"}, empty: "Nothing follows from either."}
	flee := slices.ContainsFunc(comparison.Rows, func(r foresee.Compared) bool { return r.Difference != "" })
	if flee {
		g.columns = append(g.columns, "difference")
	}
	for _, r := range comparison.Rows {
		same := ""
		if r.First == r.Second {
			same = "="
		}
		row := []string{r.What, same, r.First, r.Second, r.Difference}
		g.rows = append(g.rows, row[:len(g.columns)])
	}
	return d.print(c.format, comparison, g)
}

// foreseeNewCmd is "casus foresee new".
type foreseeNewCmd struct {
	AsOf   string `help:"The ledger's day; what happened before it goes into the draft." placeholder:"DAY" required:""`
	Region string `help:"A country, a region or a group of states: Afghanistan, arm, central-asian-states." placeholder:"PLACE" required:""`
	Known  string `help:"Only what the desk knew by the end of this day." placeholder:"DAY"`
	Days   int    `help:"How many days the scenario plays." default:"60"`
	Back   int    `help:"How many days back to look for fighting." default:"30"`
	Out    string `help:"Write the draft to this file; it must not be there." placeholder:"FILE"`
}

// Run writes a draft.
func (c *foreseeNewCmd) Run(d *desk) error {
	asOf, err := parseDay("--as-of", c.AsOf)
	if err != nil {
		return err
	}
	known, err := endOfDay("--known", c.Known)
	if err != nil {
		return err
	}
	_, world, err := scenarioNames("", nil)
	if err != nil {
		return err
	}
	var text string
	err = askKnowing(d, true, func(p *picture.Picture) error {
		region, err := p.Resolve(d.ctx, c.Region)
		if err != nil {
			return err
		}
		text, err = foresee.Draft(d.ctx, foresee.Beside{Picture: p, World: world},
			foresee.DraftQuestion{Region: region.ID, AsOf: asOf, Known: known, Days: c.Days, Back: c.Back})
		return err
	})
	if err != nil || c.Out == "" {
		fmt.Fprint(d.stdout, text)
		return err
	}
	f, err := os.OpenFile(c.Out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err == nil {
		_, err = f.WriteString(text)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return &casus.Error{Code: casus.Unwritable, Input: c.Out, Problem: "the draft cannot be written", Err: err, Advice: "Give a file that is not there yet."}
	}
	return nil
}

// writeFlightMap writes the map of a flight as GeoJSON.
func writeFlightMap(path string, a foresee.Answer) error {
	if a.Flight == nil {
		return &casus.Error{Code: casus.Invalid, Input: "--geojson " + path, Problem: "nobody flees in this scenario", Advice: "Give it zones and fleeing."}
	}
	data, err := json.MarshalIndent(foresee.GeoJSON(a), "", " ")
	if err == nil {
		err = os.WriteFile(path, append(data, '\n'), 0o644)
	}
	if err != nil {
		return &casus.Error{Code: casus.Unwritable, Input: path, Problem: "the map cannot be written", Err: err}
	}
	return nil
}
