package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"casus"
	"casus/foresee/chart"
	"casus/foresee/displacement"
)

// fleeFolders is where a conflict's files lie, and by which settings it is run.
type fleeFolders struct {
	Flee       string `help:"Folder of a conflict as Flee reads it: sim_period.csv, locations.csv, routes.csv, conflicts.csv, closures.csv." required:"" placeholder:"DIR" type:"path"`
	Validation string `help:"Folder of what was counted: data_layout.csv and the files that it names." required:"" placeholder:"DIR" type:"path"`
	Settings   string `help:"File of settings, as Flee's simsetting.yml; what it leaves out is as in Flee." placeholder:"FILE" type:"path"`
	Hasten     *int   `help:"Let so many people move as one." placeholder:"K"`
	AsFlee     bool   `name:"as-flee" help:"With Flee's settings and its mistakes, to compare with it."`
}

// foreseeDisplacementCmd is "casus foresee displacement".
type foreseeDisplacementCmd struct {
	fleeFolders
	Days   *int    `help:"Run only the first days." placeholder:"N"`
	Seeds  *int    `help:"How many runs, each with luck of its own; 5, or 40 where settings are uncertain." placeholder:"N"`
	Seed   uint64  `help:"The first run's seed; the others follow." default:"1"`
	Vary   float64 `help:"In each run also turn the settings that no map tells by up to this share (0.2 is a fifth)." placeholder:"SHARE"`
	Out    string  `help:"Write the first run to this file, as Flee's out.csv." placeholder:"FILE" type:"path"`
	Export string  `help:"Write the people in each place by day, with their bands, to this file; its name ends in .csv or .geojson." placeholder:"FILE" type:"path"`
	Chart  string  `help:"Draw the camps by day, with bands and counts, to this file; its name ends in .svg or .png." placeholder:"FILE" type:"path"`
	format
}

// Help is printed by casus foresee displacement --help.
func (foreseeDisplacementCmd) Help() string {
	return `ARD is the average relative difference to what was counted (0: equal; half of it is the share of people in the wrong camp), raw and
after scaling to as many people as were counted. MASE below 1 is better than to guess that nothing changes after day 7 or 30.
What is printed is simulated. It is never mixed with the ledger.`
}

// settings returns the rules of movement that the flags ask for, with notes for a person.
func (c *fleeFolders) settings() (displacement.Settings, []displacement.Range, []string, error) {
	s := displacement.Default()
	if c.AsFlee {
		s = displacement.Flee()
	}
	var notes []string
	var ranges []displacement.Range
	if c.Settings != "" {
		data, err := os.ReadFile(c.Settings)
		if err != nil {
			return s, nil, nil, &casus.Error{Code: casus.Unreadable, Input: c.Settings, Problem: "cannot be read", Err: err, Advice: "Name a file of settings."}
		}
		base := displacement.FleeCode()
		if !c.AsFlee {
			base.Peer = displacement.Peer{}
		}
		if s, ranges, notes, err = displacement.ReadUncertain(c.Settings, data, base); err != nil {
			return s, nil, nil, err
		}
	}
	if c.Hasten != nil {
		if *c.Hasten < 1 {
			return s, nil, nil, &casus.Error{Code: casus.Invalid, Input: "--hasten " + strconv.Itoa(*c.Hasten), Problem: "nobody would move", Advice: "Give 1 to let all move for themselves, or more."}
		}
		s.Hasten = *c.Hasten
	}
	return s, ranges, notes, nil
}

// Run simulates a conflict and prints how near it comes to what was counted.
func (c *foreseeDisplacementCmd) Run(d *desk) error {
	if c.Seeds != nil && *c.Seeds < 1 || c.Vary < 0 || c.Vary >= 1 {
		return &casus.Error{Code: casus.Invalid, Input: "--seeds or --vary", Problem: "there is nothing to run", Advice: "Give 1 run or more, and a share from 0 up to 1."}
	}
	s, ranges, notes, err := c.settings()
	if err != nil {
		return err
	}
	conflict, err := displacement.ReadFleeFolders(c.Flee, c.Validation, s)
	if err != nil {
		return err
	}
	if err := shorten(conflict.Input, c.Days); err != nil {
		return err
	}
	if c.Vary > 0 {
		ranges = append(ranges, displacement.Around(s, displacement.Knobs(), c.Vary, ranges)...)
	}
	ensemble, err := displacement.RunUncertain(d.ctx, conflict.Input, s, ranges, c.seeds(len(ranges) > 0))
	if err != nil {
		return err
	}
	for _, note := range append(notes, conflict.Notes...) {
		fmt.Fprintln(d.stderr, "Note:", note)
	}
	if err := c.write(d, conflict, ensemble); err != nil {
		return err
	}
	answer := newSimulated(conflict, ensemble)
	return d.print(c.format, answer, answer.grid())
}

// How many runs there are where nobody says: with uncertain settings more, so
// that all of each range is seen.
const certainRuns, uncertainRuns = 5, 40

// seeds are the seeds of the runs.
func (c *foreseeDisplacementCmd) seeds(uncertain bool) []uint64 {
	n := certainRuns
	switch {
	case c.Seeds != nil:
		n = *c.Seeds
	case uncertain:
		n = uncertainRuns
	}
	out := make([]uint64, n)
	for i := range out {
		out[i] = c.Seed + uint64(i)
	}
	return out
}

// shorten cuts a period to its first days.
func shorten(in *displacement.Input, days *int) error {
	if days == nil {
		return nil
	}
	if *days < 1 || *days > in.Days {
		return &casus.Error{Code: casus.Invalid, Input: "--days " + strconv.Itoa(*days), Problem: fmt.Sprintf("the period has %d days", in.Days), Advice: fmt.Sprintf("Give 1 to %d.", in.Days)}
	}
	in.Days = *days
	return nil
}

// write writes the files that were asked for.
func (c *foreseeDisplacementCmd) write(d *desk, conflict *displacement.Conflict, e *displacement.Ensemble) error {
	in, counts := conflict.Input, conflict.Counts
	if c.Out != "" {
		if err := d.writeFile(c.Out, func(w io.Writer) error { return displacement.WriteOutCSV(w, conflict, e.Runs[0]) }); err != nil {
			return err
		}
	}
	if c.Export != "" {
		form := displacement.WriteDays
		switch filepath.Ext(c.Export) {
		case ".csv":
		case ".geojson":
			form = displacement.WriteGeoJSON
		default:
			return &casus.Error{Code: casus.Unsupported, Input: "--export " + c.Export, Problem: "its name tells no format", Advice: "End it in .csv or .geojson."}
		}
		if err := d.writeFile(c.Export, func(w io.Writer) error { return form(w, in, e, counts) }); err != nil {
			return err
		}
	}
	if c.Chart == "" {
		return nil
	}
	picture := chart.Picture{Title: "Displaced people by camp: " + conflictName(c.Flee), Places: counts.Camps, Input: in, Ensemble: e, Counts: counts}
	return d.writeFile(c.Chart, func(w io.Writer) error { return picture.Write(w, strings.TrimPrefix(filepath.Ext(c.Chart), ".")) })
}

// writeFile makes a file; one that could not be written whole is taken away.
func (d *desk) writeFile(path string, write func(io.Writer) error) error {
	out, err := os.Create(path)
	if err != nil {
		return unwritable(path, err)
	}
	if err := errors.Join(write(out), out.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	fmt.Fprintln(d.stderr, path)
	return nil
}

// simulated is the answer of casus foresee displacement.
type simulated struct {
	Simulated bool               `json:"simulated"` // always true: this is no report
	Start     casus.Date         `json:"start"`
	Days      int                `json:"days"`
	Runs      []displacement.Fit `json:"runs"`
	Fit       displacement.Fit   `json:"fit"` // the mean of the runs
	Camps     []simulatedCamp    `json:"camps"`
	Displaced int                `json:"displaced"`  // on the last day, in the first run
	OnTheWay  int                `json:"on_the_way"` // the same
	Waiting   int                `json:"waiting"`    // the same; people who are to leave while no zone is there to leave from

	Uncertain []displacement.Range `json:"uncertain,omitempty"` // settings that each run draws anew
	Drawn     []map[string]float64 `json:"drawn,omitempty"`     // what each run drew
}

// simulatedCamp is a camp on the last day.
type simulatedCamp struct {
	Name    string  `json:"name"`
	Counted int     `json:"counted"`
	Mean    float64 `json:"mean"`
	Low     float64 `json:"low"` // nine in ten runs lie from Low to High
	High    float64 `json:"high"`
}

func newSimulated(c *displacement.Conflict, e *displacement.Ensemble) simulated {
	fits, last, first := e.Fits(c.Input, c.Counts), e.Days-1, e.Runs[0]
	out := simulated{Simulated: true, Start: e.Start, Days: e.Days, Runs: fits, Fit: displacement.MeanFit(fits),
		Displaced: int(first.Displaced[last]), OnTheWay: int(first.OnTheWay[last]), Waiting: int(first.Waiting[last]), Uncertain: e.Ranges}
	for i := range e.Runs {
		if len(e.Ranges) > 0 {
			out.Drawn = append(out.Drawn, e.Drawn(i))
		}
	}
	for i, name := range c.Counts.Camps {
		place := slices.Index(e.Names, name)
		band := e.Bands(last, place, 0.05, 0.95)
		out.Camps = append(out.Camps, simulatedCamp{name, c.Counts.Series[i].On(e.Start.AddDays(last)), e.Mean(last, place), band[0], band[1]})
	}
	return out
}

// grid sets the camps out as a table, all of them together in the last row.
func (s simulated) grid() grid {
	g := grid{columns: []string{"camp", "counted", "simulated", "from", "to", "ARD raw", "ARD", "MASE 7", "MASE 30"}, empty: "No camp was counted."}
	counted, mean := 0, 0.0
	for i, camp := range s.Camps {
		fit := s.Fit.Camps[i]
		counted += camp.Counted
		mean += camp.Mean
		g.rows = append(g.rows, []string{camp.Name, strconv.Itoa(camp.Counted), whole(camp.Mean), whole(camp.Low), whole(camp.High),
			fraction(fit.Raw), fraction(fit.Rescaled), fraction(float64(fit.MASE7)), fraction(float64(fit.MASE30))})
	}
	g.rows = append(g.rows, []string{"all", strconv.Itoa(counted), whole(mean), "", "",
		fraction(s.Fit.Raw), fraction(s.Fit.Rescaled), fraction(float64(s.Fit.MASE7)), fraction(float64(s.Fit.MASE30))})
	g.more = fmt.Sprintf("Simulated, not reported: the last of %d days, the mean of %s and where nine in ten of them lie. "+
		"%d people displaced, %d of them on the way.", s.Days, plural(len(s.Runs), "run"), s.Displaced, s.OnTheWay)
	for i, r := range s.Uncertain {
		g.more += map[bool]string{true: "\nUncertain, and drawn anew in each run: ", false: ", "}[i == 0] + r.String()
	}
	if len(s.Uncertain) > 0 {
		g.more += "."
	}
	if s.Waiting > 0 {
		g.more += fmt.Sprintf(" %d wait: no zone of fighting is there for them to come from.", s.Waiting)
	}
	return g
}

func whole(x float64) string { return strconv.FormatFloat(math.Round(x), 'f', 0, 64) }

// fraction writes a figure to three decimals, and a line where there is none.
func fraction(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "–"
	}
	return strconv.FormatFloat(x, 'f', 3, 64)
}
