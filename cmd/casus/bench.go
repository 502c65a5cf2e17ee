package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"casus/feed"
)

type benchCmd struct {
	Samples   string        `help:"Folder of sample articles." default:"examples" type:"path"`
	Articles  int           `help:"Articles in the generated ledger." default:"100000"`
	Records   int           `help:"Records in it, about (default: ten an article)."`
	Times     int           `help:"How often each question is put to it, of another actor and day each time." default:"100"`
	Most      time.Duration `help:"Go on to the next question after this long." default:"20s"`
	Read      int           `help:"Articles to read for the reading speed." default:"200"`
	Runs      int           `help:"Runs of each question." default:"5"`
	Only      []string      `help:"Only these parts: start, reading, answers, commands, serving, appending, displacement."`
	Conflicts string        `help:"Folder of conflicts in the form of Flee, with what was counted." default:"../shared/data/displacement" type:"path"`
	Keep      string        `help:"Keep the generated ledger in this folder and use it again." default:".cache/bench" type:"path"`
}

// Help is printed by casus lab bench --help.
func (benchCmd) Help() string {
	return `Wall time as a user waits for it, processor time and peak resident memory as the operating system counts them, with the bars they are
held to. Making the ledger of 100,000 articles takes five to ten minutes the first time, and all the rest about as long;
--articles 5000 --times 20 gives a first idea in two.`
}

// Run prints the figures.
func (c *benchCmd) Run(d *desk) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding this binary: %w", err)
	}
	if _, err := os.Stat(c.Samples); err != nil {
		return unreadableSamples(c.Samples, err)
	}
	c.Articles = max(c.Articles, 1)
	if c.Records == 0 {
		c.Records = 10 * c.Articles
	}
	if err := os.MkdirAll(c.Keep, 0o755); err != nil {
		return unwritable(c.Keep, err)
	}
	b := &bench{desk: d, benchCmd: c, self: self, ledger: filepath.Join(c.Keep, fmt.Sprintf("bench-%d-%d.db", c.Articles, c.Records))}
	for _, part := range []struct {
		name    string
		measure func() error
	}{{"start", b.startUp}, {"reading", b.reading}, {"load", b.makeLedger}, {"answers", b.answers}, {"commands", b.questions}, {"serving", b.serving}, {"appending", b.appending}, {"displacement", b.displacement}} {
		if len(c.Only) > 0 && !slices.Contains(c.Only, part.name) && !(part.name == "load" && c.asksLedger()) {
			continue
		}
		if err := part.measure(); err != nil {
			return err
		}
	}
	return nil
}

// asksLedger tells whether one of the parts asked for needs the generated ledger.
func (c *benchCmd) asksLedger() bool {
	return slices.ContainsFunc(c.Only, func(part string) bool { return part != "start" && part != "reading" && part != "displacement" })
}

func unreadableSamples(path string, err error) error {
	return errors.Join(fmt.Errorf("%s: the sample articles cannot be read; name their folder with --samples", path), err)
}

// bench runs this binary as a user would and takes its figures.
type bench struct {
	*desk
	*benchCmd
	self   string
	ledger string
}

// cost is what one process took.
type cost struct {
	wall, cpu time.Duration
	peak      int64 // resident memory, bytes
}

// once runs the binary with arguments; what it prints is thrown away.
func (b *bench) once(env []string, args ...string) (cost, error) {
	return b.run(io.Discard, env, args...)
}

// run is once with what it prints written to out.
func (b *bench) run(out io.Writer, env []string, args ...string) (cost, error) {
	cmd := exec.CommandContext(b.ctx, b.self, args...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdout, cmd.Stderr = out, io.Discard
	start := time.Now()
	err := cmd.Run()
	took := cost{wall: time.Since(start)}
	if err != nil {
		return took, fmt.Errorf("running casus %s: %w", strings.Join(args, " "), err)
	}
	took.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if use, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		took.peak = use.Maxrss * 1024
	}
	return took, nil
}

// runs measures a command several times after one run that is not counted.
func (b *bench) runs(args ...string) ([]cost, error) {
	var out []cost
	for i := range b.Runs + 1 {
		took, err := b.once(nil, args...)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			out = append(out, took)
		}
	}
	slices.SortFunc(out, func(a, b cost) int { return int(a.wall - b.wall) })
	return out, nil
}

func (b *bench) line(what string, costs []cost) {
	median, worst := costs[len(costs)/2], costs[len(costs)-1-len(costs)/20]
	fmt.Fprintf(b.stdout, "%-58s median %6.0f ms  p95 %6.0f ms  peak %4d MB\n", what,
		ms(median.wall), ms(worst.wall), median.peak>>20)
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func (b *bench) startUp() error {
	costs, err := b.runs("--version")
	if err != nil {
		return err
	}
	b.line("start-up (casus --version)", costs)
	return nil
}

// reading reads copies of the samples, each made another text by a last line,
// with one processor.
func (b *bench) reading() error {
	dir, err := os.MkdirTemp("", "casus-bench-")
	if err != nil {
		return fmt.Errorf("making a folder to read from: %w", err)
	}
	defer os.RemoveAll(dir)
	texts := filepath.Join(dir, "texts")
	if err := os.Mkdir(texts, 0o755); err != nil {
		return fmt.Errorf("making a folder to read from: %w", err)
	}
	words, err := writeCopies(b.ctx, b.Samples, texts, b.Read)
	if err != nil {
		return err
	}
	one := []string{"GOMAXPROCS=1"}
	few, err := b.once(one, "read", "--quiet", "--jobs", "1", "--ledger", filepath.Join(dir, "few.db"), filepath.Join(texts, "0000.txt"))
	if err != nil {
		return err
	}
	all, err := b.once(one, "read", "--quiet", "--jobs", "1", "--ledger", filepath.Join(dir, "all.db"), texts)
	if err != nil {
		return err
	}
	took := (all.cpu - few.cpu).Seconds()
	fmt.Fprintf(b.stdout, "%-58s %.1f articles of 400 words a second and core (%d words in %.1f s of processor time), peak %d MB\n",
		"reading into a ledger", float64(words)/400/took, words, took, all.peak>>20)
	fmt.Fprintf(b.stdout, "%-58s %.0f ms\n", "reading one article, start-up and models included", ms(few.wall))
	return nil
}

// writeCopies writes n texts into dir, made of the samples, and counts their words.
func writeCopies(ctx context.Context, samples, dir string, n int) (words int, err error) {
	var texts []string
	for item := range feed.Read(ctx, []string{samples}, nil, feed.Options{}) {
		if item.Err == nil {
			texts = append(texts, " date "+item.Article.Date.From.String()+" "+item.Article.Text)
		}
	}
	if len(texts) == 0 {
		return 0, fmt.Errorf("%s: no sample articles there", samples)
	}
	for i := range n {
		text := texts[i%len(texts)] + "\n\nBericht " + strconv.Itoa(i) + ".\n"
		words += len(strings.Fields(text))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.txt", i)), []byte(text), 0o600); err != nil {
			return 0, fmt.Errorf("writing a copy to read: %w", err)
		}
	}
	return words, nil
}

// questions asks a big generated ledger, each a process of its own.
func (b *bench) questions() error {
	for _, q := range [][]string{
		{"timeline", "--actor", "rus"},
		{"show", "taliban", "--as-of", "2021-07-09"},
		{"situation", "--as-of", "2021-07-09"},
		{"find", "grens", "troepen"},
	} {
		costs, err := b.runs(append([]string{"--ledger", b.ledger}, q...)...)
		if err != nil {
			return err
		}
		b.line("casus "+strings.Join(q, " "), costs)
	}
	return nil
}
