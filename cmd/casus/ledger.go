package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"casus"
	"casus/feed"
	"casus/ledger/sqlite"
)

type ledgerCmd struct {
	Check   ledgerCheckCmd   `cmd:"" help:"Look whether the ledger is whole, and name what is damaged."`
	Backup  ledgerBackupCmd  `cmd:"" help:"Write a copy of the ledger, also while others use it."`
	Restore ledgerRestoreCmd `cmd:"" help:"Put a backup in the ledger's place; the old file is kept."`
	Stats   ledgerStatsCmd   `cmd:"" help:"Count what the ledger holds."`
}

type ledgerCheckCmd struct {
	JSON bool `name:"json" help:"Print JSON."`
}

// Run checks the ledger: exit status 1 where something is damaged.
func (c *ledgerCheckCmd) Run(d *desk) error {
	damage, err := checkLedger(d)
	if err != nil {
		return err
	}
	if damage == nil {
		damage = []sqlite.Damage{}
	}
	g := grid{columns: []string{"where", "damage"}, empty: "The ledger is whole."}
	for _, found := range damage {
		g.rows = append(g.rows, []string{found.Where, found.What})
	}
	if err := d.print(format{JSON: c.JSON}, damage, g); err != nil {
		return err
	}
	if len(damage) > 0 {
		fmt.Fprintln(d.stderr, "casus: the ledger is damaged. Put a backup in its place (casus ledger restore FILE), or read the articles into a new one.")
		return errFailed
	}
	return nil
}

// checkLedger looks at the ledger, or at its file where that is too damaged to
// be opened.
func checkLedger(d *desk) ([]sqlite.Damage, error) {
	l, err := openLedger(d, false)
	if err == nil {
		defer l.Close()
		return l.Check(d.ctx)
	}
	if casus.CodeOf(err) != casus.Unreadable {
		return nil, err
	}
	damage, surveyed := sqlite.Survey(d.ctx, d.ledger)
	if surveyed != nil || len(damage) == 0 {
		return nil, err
	}
	return damage, nil
}

type ledgerBackupCmd struct {
	File string `arg:"" help:"The new file."`
}

// Run writes a backup.
func (c *ledgerBackupCmd) Run(d *desk) error {
	l, err := openLedger(d, false)
	if err != nil {
		return err
	}
	defer l.Close()
	if err := l.Backup(d.ctx, c.File); err != nil {
		return err
	}
	info, err := os.Stat(c.File)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(d.stdout, "%s: %d kB\n", c.File, info.Size()/1000)
	return err
}

type ledgerRestoreCmd struct {
	File string `arg:"" help:"The backup."`
}

// Run checks a backup and puts a copy of it in the ledger's place.
func (c *ledgerRestoreCmd) Run(d *desk) error {
	backup, err := sqlite.Open(d.ctx, c.File, sqlite.Options{Now: d.now, Similarity: alike, Identity: feed.Identity})
	if err != nil {
		return err
	}
	defer backup.Close()
	damage, err := backup.Check(d.ctx)
	if err != nil {
		return err
	}
	if len(damage) > 0 {
		return &casus.Error{Code: casus.Unreadable, Input: c.File, Problem: "this backup is damaged too (" + damage[0].Where + ": " + damage[0].What + ")",
			Advice: "The ledger was left as it is."}
	}
	kept, err := setAside(d.ledger)
	if err != nil {
		return err
	}
	if err := backup.Backup(d.ctx, d.ledger); err != nil {
		return err
	}
	_, err = fmt.Fprintf(d.stdout, "%s is now what %s was.%s\n", d.ledger, c.File, kept)
	return err
}

// setAside gives the ledger's file another name, with its log, so that nothing
// is lost; and says so.
func setAside(path string) (string, error) {
	if _, err := os.Stat(path); err != nil {
		return "", nil //nolint:nilerr // there is no ledger to keep
	}
	aside := path + ".before"
	for n := 2; ; n++ {
		if _, err := os.Stat(aside); err != nil {
			break
		}
		aside = fmt.Sprintf("%s.before-%d", path, n)
	}
	for _, part := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(path+part, aside+part); err != nil && !os.IsNotExist(err) {
			return "", &casus.Error{Code: casus.Unwritable, Input: path + part, Problem: "the old ledger cannot be set aside", Err: err}
		}
	}
	return " The old file is " + aside + ".", nil
}

type ledgerStatsCmd struct {
	JSON bool `name:"json" help:"Print JSON."`
}

// Run counts the ledger.
func (c *ledgerStatsCmd) Run(d *desk) error {
	l, err := openLedger(d, false)
	if err != nil {
		return err
	}
	defer l.Close()
	s, err := l.Stats(d.ctx)
	if err != nil {
		return err
	}
	g := grid{columns: []string{"what", "count"}}
	row := func(what string, count any) { g.rows = append(g.rows, []string{what, fmt.Sprint(count)}) }
	row("articles", s.Articles)
	row("from", s.First)
	row("to", s.Last)
	row("near-copies of another", s.Copies)
	row("characters", s.Characters)
	row("records that stand", s.Records)
	for _, kind := range casus.Kinds() {
		row("  "+string(kind), s.Kinds[kind])
	}
	row("superseded records", s.Superseded)
	row("readings", s.Readings)
	row("corrections", s.Corrections)
	row("bytes", s.Bytes)
	row("languages", counted(s.Languages))
	row("publishers", counted(s.Publishers))
	return d.print(format{JSON: c.JSON}, s, g)
}

// counted writes counts by name, most first.
func counted(counts map[string]int) string {
	names := make([]string, 0, len(counts))
	for name := range counts {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(a, b)
	})
	for i, name := range names {
		names[i] = fmt.Sprintf("%s %d", name, counts[name])
	}
	return strings.Join(names, ", ")
}
