// Command casus reads the news about a contested region, keeps a ledger of it,
// and answers from the ledger. It is one binary that works offline; this
// package is the only place that knows every other.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"casus"
)

// version is set by the linker (-X main.version=…); see the Makefile.
var version = "dev"

func main() {
	os.Exit(Main())
}

// Main runs the command line of this process and returns its exit status.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
}

// cli is the whole command line. Each command is a type of its own file.
type cli struct {
	Ledger  string           `help:"The ledger's file (default: $CASUS_LEDGER, else casus.db here)." env:"CASUS_LEDGER" placeholder:"FILE" group:"Everywhere"`
	Version kong.VersionFlag `help:"Print the version and stop." group:"Everywhere"`

	Read           readCmd           `cmd:"" help:"Read articles into the ledger." group:"Articles in"`
	Timeline       timelineCmd       `cmd:"" help:"What happened, was said, promised and counted, by date." group:"Questions"`
	Show           showCmd           `cmd:"" help:"One actor: relations in force, commitments, deployments, statements, names." group:"Questions"`
	Said           saidCmd           `cmd:"" help:"What an actor said." group:"Questions"`
	Commitments    commitmentsCmd    `cmd:"" help:"Who is bound to do what, towards whom, by when." group:"Questions"`
	Flows          flowsCmd          `cmd:"" help:"Who moves from where to where, how many, why." group:"Questions"`
	Figures        figuresCmd        `cmd:"" help:"Numbers with their bounds, sources and dates." group:"Questions"`
	Situation      situationCmd      `cmd:"" help:"What held on a day: who holds what, relations, deployments, commitments." group:"Questions"`
	Diff           diffCmd           `cmd:"" help:"What changed between two days, in the world or in what we know." group:"Questions"`
	Brief          briefCmd          `cmd:"" help:"One page: what happened, was said, changed, is due, and where sources differ." group:"Questions"`
	Dyad           dyadCmd           `cmd:"" help:"How two actors deal with each other, week by week." group:"Questions"`
	Drift          driftCmd          `cmd:"" help:"The pairs that moved most in a period." group:"Questions"`
	Contradictions contradictionsCmd `cmd:"" help:"What sources tell in ways that cannot all be right." group:"Questions"`
	Find           findCmd           `cmd:"" help:"Articles with these words, in any of their forms." group:"Questions"`
	Article        articleCmd        `cmd:"" help:"One article with its records marked." group:"Questions"`
	Articles       articlesCmd       `cmd:"" help:"The articles in the ledger." group:"Questions"`
	Actors         actorsCmd         `cmd:"" help:"The actors that records name." group:"Questions"`
	Why            whyCmd            `cmd:"" help:"The sentence, the analysis and the rule behind a record." group:"Questions"`
	History        historyCmd        `cmd:"" help:"How one record has read, from when to when." group:"Questions"`
	Foresee        foreseeCmd        `cmd:"" help:"What if: who becomes bound to what, and where people would flee." group:"Foresight"`
	Watch          watchCmd          `cmd:"" help:"Alerts: hear of what your rules wait for." group:"Alerts"`
	Sources        sourcesCmd        `cmd:"" help:"Who publishes, and how reliable you hold them (Admiralty code)." group:"Corrections"`
	Group          groupCmd          `cmd:"" help:"Which records tell of one and the same thing: show, join, split." group:"Corrections"`
	Correct        correctCmd        `cmd:"" help:"Accept, reject or amend records; undo." group:"Corrections"`
	Upkeep         ledgerCmd         `cmd:"" name:"ledger" help:"Check, back up, restore and count the ledger." group:"Upkeep"`
	Serve          serveCmd          `cmd:"" help:"Show the ledger in a browser." group:"In the browser"`
	Lab            labCmd            `cmd:"" help:"Measure, train and generate." group:"For people who measure"`
}

// desk is what commands work with: where they read and write, and the clock.
type desk struct {
	ctx    context.Context
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	now    func() time.Time
	ledger string // the ledger's file
	named  bool   // the user named the ledger
	note   string // why an answer is empty, where that is known
}

// errFailed says that some inputs failed and were reported: exit status 1, no further words.
var errFailed = errors.New("some inputs failed")

// run parses the arguments, runs the command, and returns the exit status: 0
// for success, 1 where something failed, 2 where the command line is wrong.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var c cli
	exit := -1
	parser, err := kong.New(&c, kong.Name("casus"), kong.UsageOnError(),
		kong.Description("Casus reads the news about a contested region and keeps a ledger of it: who did what to whom, who says so, "+
			"who is bound, who moves, each record tied to the words that carry it."),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { exit = code }),
		kong.Vars{"version": "casus " + version}, kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		fmt.Fprintln(stderr, "casus:", err)
		return 2
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if exit >= 0 {
		return exit
	}
	if err != nil {
		fmt.Fprintln(stderr, "casus:", err)
		fmt.Fprintln(stderr, "Try: casus --help")
		return 2
	}
	d := &desk{ctx: ctx, stdin: stdin, stdout: stdout, stderr: stderr, now: time.Now, ledger: c.Ledger, named: c.Ledger != ""}
	if d.ledger == "" {
		d.ledger = "casus.db"
	}
	return d.report(command.Run(d))
}

// report prints what went wrong, if anything, in one line.
func (d *desk) report(err error) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errFailed):
		return 1
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(d.stderr, "casus: stopped; what was read is kept, and the next run goes on from here")
		return 1
	case errors.Is(err, syscall.EPIPE):
		return 1 // whoever read our output has gone; there is nobody to tell
	}
	fmt.Fprintln(d.stderr, "casus:", err)
	if casus.CodeOf(err) == casus.Internal {
		fmt.Fprintln(d.stderr, "This is a fault in Casus. Please report the line above with what you did.")
	}
	return 1
}
