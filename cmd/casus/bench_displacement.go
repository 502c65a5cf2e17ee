package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

//go:embed bench_displacement.tsv
var fleeTable string

// fleeConflict is a conflict of other people's with what Flee reaches on it.
type fleeConflict struct {
	name, folder, counts, settings, hasten string
	ard, mase, seconds                     string
}

// displacement sets our errors beside Flee's on the conflicts that are known of
// it, as Flee and with our settings, and takes the times of everybody moving.
func (b *bench) displacement() error {
	if _, err := os.Stat(b.Conflicts); errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(b.stdout, "displacement: not measured, there are no conflicts in %s (--conflicts)\n", b.Conflicts)
		return nil
	}
	fmt.Fprintln(b.stdout, "displacement, mean of five runs    Flee ARD  as Flee  ours | Flee MASE30  as Flee  ours | CPU s of one run: Flee, ours (people as one in Flee: hasten)")
	var theirs, as, ours float64
	rows := fleeConflicts()
	for _, p := range rows {
		asFlee, err := b.conflict(p, "--seeds", "5", "--as-flee", "--hasten", p.hasten, "--settings", filepath.Join(b.Conflicts, p.settings))
		if err != nil {
			return err
		}
		own, err := b.conflict(p, "--seeds", "5")
		if err != nil {
			return err
		}
		one, err := b.conflict(p, "--seeds", "1")
		if err != nil {
			return err
		}
		fmt.Fprintf(b.stdout, "  %-32s %s     %.3f    %.3f | %s         %.2f     %.2f | %5s (%s), %.2f (1)\n", p.name, p.ard, asFlee.Fit.Rescaled, own.Fit.Rescaled,
			p.mase, asFlee.Fit.MASE30, own.Fit.MASE30, p.seconds, p.hasten, one.cost.cpu.Seconds())
		flee, err := strconv.ParseFloat(p.ard, 64)
		if err != nil {
			return fmt.Errorf("reading Flee's figures of %s: %w", p.name, err)
		}
		n := float64(len(rows))
		theirs, as, ours = theirs+flee/n, as+asFlee.Fit.Rescaled/n, ours+own.Fit.Rescaled/n
	}
	fmt.Fprintf(b.stdout, "  %-32s %.3f     %.3f    %.3f\n", "mean", theirs, as, ours)
	return b.everybody(rows)
}

// everybody takes the times of runs in which nobody stands for others.
func (b *bench) everybody(rows []fleeConflict) error {
	for _, p := range rows {
		if p.name != "mali" && p.name != "syria" {
			continue
		}
		for _, how := range [][]string{{"--seeds", "1"}, {"--seeds", "1", "--as-flee"}} {
			got, err := b.conflict(p, how...)
			if err != nil {
				return err
			}
			fmt.Fprintf(b.stdout, "%-58s %.2f s of processor time, peak %d MB\n", "all of "+p.name+" "+strings.Join(how, " "), got.cost.cpu.Seconds(), got.cost.peak>>20)
		}
		if p.name == "syria" {
			if err := b.twoCores(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// twoCores compares one core with two: on one run, on five (the default, which two
// cores cannot share out evenly), and on sixteen. The two take turns, and the quickest
// of each counts, since whatever else runs on the machine only ever takes time.
func (b *bench) twoCores(p fleeConflict) error {
	for _, c := range []struct{ seeds, turns int }{{1, 7}, {5, 3}, {16, 1}} {
		args := append(p.flags(b.Conflicts), "--seeds", strconv.Itoa(c.seeds))
		quickest := [2]cost{}
		for range c.turns {
			for cores := range quickest {
				took, err := b.once([]string{"GOMAXPROCS=" + strconv.Itoa(cores+1)}, args...)
				if err != nil {
					return err
				}
				if best := &quickest[cores]; best.wall == 0 || took.wall < best.wall {
					*best = took
				}
			}
		}
		one, two := quickest[0], quickest[1]
		fmt.Fprintf(b.stdout, "%-58s %.2f s on one core, %.2f s on two: %.2f times as quick (must 1.6, aim 1.9); processor time %.2f and %.2f s\n",
			fmt.Sprintf("all of %s, %s, the quickest of %d", p.name, plural(c.seeds, "run"), c.turns), one.wall.Seconds(), two.wall.Seconds(),
			one.wall.Seconds()/two.wall.Seconds(), one.cpu.Seconds(), two.cpu.Seconds())
	}
	return nil
}

// measured is an answer with what it took.
type measured struct {
	simulated
	cost cost
}

// oneCore has a run take no more than its own time: what a second core takes to
// wait for the first is not the run's.
const oneCore = "GOMAXPROCS=1"

// conflict runs casus foresee displacement on a conflict, on one core.
func (b *bench) conflict(p fleeConflict, flags ...string) (measured, error) {
	var out bytes.Buffer
	var got measured
	var err error
	if got.cost, err = b.run(&out, []string{oneCore}, append(append(p.flags(b.Conflicts), flags...), "--json")...); err != nil {
		return got, err
	}
	if err := json.Unmarshal(out.Bytes(), &got.simulated); err != nil {
		return got, fmt.Errorf("reading what casus foresee displacement printed of %s: %w", p.name, err)
	}
	return got, nil
}

func (p fleeConflict) flags(dir string) []string {
	return []string{"foresee", "displacement", "--flee", filepath.Join(dir, p.folder), "--validation", filepath.Join(dir, p.counts)}
}

// fleeConflicts reads the table of Flee's figures.
func fleeConflicts() []fleeConflict {
	var out []fleeConflict
	for line := range strings.Lines(fleeTable) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) == 8 && !strings.HasPrefix(line, "#") {
			out = append(out, fleeConflict{f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7]})
		}
	}
	return out
}
