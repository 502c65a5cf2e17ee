package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"casus"
	"casus/foresee/displacement"
)

// foreseeCalibrateCmd is "casus foresee calibrate".
type foreseeCalibrateCmd struct {
	fleeFolders
	Also   []string `help:"Further conflicts to report the error on, which the settings are not fitted to: the two folders with a comma between; several with colons between." sep:":" placeholder:"DIR,DIR"`
	With   []string `help:"Further conflicts to fit the settings to, written the same." sep:":" placeholder:"DIR,DIR"`
	Trials int      `help:"How many settings to try." default:"200"`
	Seeds  int      `help:"Runs of each setting on each conflict." default:"2"`
	Out    string   `help:"Write the settings to this file, to use with --settings." placeholder:"FILE" type:"path"`
	format
}

// Help is printed by casus foresee calibrate --help.
func (foreseeCalibrateCmd) Help() string {
	return `Turns the settings that no map tells (how readily people leave, how much distance, camps and fighting weigh) until the average
relative difference is small on one conflict, and says how far off the same settings are on others. An error on a conflict that the
settings were fitted to says little about the next one: look at the others.`
}

// calibrated is one conflict before and after.
type calibrated struct {
	Conflict string  `json:"conflict"`
	Fitted   bool    `json:"fitted"` // the settings were fitted to it
	Before   float64 `json:"ard_before"`
	After    float64 `json:"ard_after"`
	conflict *displacement.Conflict
}

// Run fits the settings and prints the errors.
func (c *foreseeCalibrateCmd) Run(d *desk) error {
	if c.Seeds < 1 || c.Trials < 1 {
		return &casus.Error{Code: casus.Invalid, Input: fmt.Sprintf("--seeds %d --trials %d", c.Seeds, c.Trials), Problem: "there is nothing to try", Advice: "Give 1 or more of each."}
	}
	base, ranges, notes, err := c.settings()
	if err != nil {
		return err
	}
	for _, r := range ranges {
		notes = append(notes, "the search begins in the middle of "+r.String())
	}
	for _, note := range notes {
		fmt.Fprintln(d.stderr, "Note:", note)
	}
	rows, err := c.read(base)
	if err != nil {
		return err
	}
	var fitted []*displacement.Conflict
	for _, r := range rows {
		if r.Fitted {
			fitted = append(fitted, r.conflict)
		}
	}
	best, _, err := displacement.Calibrate(d.ctx, fitted, base, displacement.Knobs(), displacement.Search{Trials: c.Trials, Seeds: c.Seeds})
	if err != nil {
		return err
	}
	g := grid{columns: []string{"conflict", "", "ARD before", "ARD after"}}
	for i := range rows {
		r := &rows[i]
		if r.Before, err = errorOf(d, r.conflict, base, c.Seeds); err != nil {
			return err
		}
		if r.After, err = errorOf(d, r.conflict, best, c.Seeds); err != nil {
			return err
		}
		g.rows = append(g.rows, []string{r.Conflict, map[bool]string{true: "fitted", false: "not seen"}[r.Fitted], fraction(r.Before), fraction(r.After)})
	}
	text := displacement.WriteSettings(best)
	if c.Out != "" {
		if err := d.writeFile(c.Out, func(w io.Writer) error { _, err := w.Write(text); return err }); err != nil {
			return err
		}
	} else {
		g.more = string(text)
	}
	return d.print(c.format, map[string]any{"conflicts": rows, "settings": string(text)}, g)
}

// read reads the conflict, those beside it, and those to report on.
func (c *foreseeCalibrateCmd) read(s displacement.Settings) ([]calibrated, error) {
	rows := []calibrated{{Conflict: conflictName(c.Flee), Fitted: true}}
	folders := [][2]string{{c.Flee, c.Validation}}
	for i, pair := range append(append([]string{}, c.With...), c.Also...) {
		flee, validation, ok := strings.Cut(pair, ",")
		if !ok {
			return nil, &casus.Error{Code: casus.Invalid, Input: pair, Problem: "is one folder, not two", Advice: "Write the conflict's folder, a comma, and the folder of its counts."}
		}
		rows = append(rows, calibrated{Conflict: conflictName(flee), Fitted: i < len(c.With)})
		folders = append(folders, [2]string{flee, validation})
	}
	for i, f := range folders {
		var err error
		if rows[i].conflict, err = displacement.ReadFleeFolders(f[0], f[1], s); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// conflictName is the name of a conflict's folder, or of the one around it
// where that is only called input.
func conflictName(folder string) string {
	name := filepath.Base(folder)
	if strings.HasPrefix(name, "input") {
		name = filepath.Base(filepath.Dir(folder))
	}
	return name
}

// errorOf returns the mean rescaled ARD of some runs.
func errorOf(d *desk, c *displacement.Conflict, s displacement.Settings, seeds int) (float64, error) {
	e, err := displacement.RunEnsemble(d.ctx, c.Input, []displacement.Settings{s}, 1, seeds)
	if err != nil {
		return 0, err
	}
	return displacement.MeanFit(e.Fits(c.Input, c.Counts)).Rescaled, nil
}
