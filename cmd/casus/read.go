package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"casus"
	"casus/feed"
	"casus/ledger"
	"casus/ledger/sqlite"
	"casus/read"
)

type readCmd struct {
	Paths     []string `arg:"" name:"path" help:"Files, folders and archives (.txt .html .jsonl .zip .tar.gz); - is standard input."`
	Date      string   `help:"Date of publication of every article: YYYY-MM-DD, YYYY-MM or YYYY." placeholder:"DATE"`
	Publisher string   `help:"Publisher of every article." placeholder:"NAME"`
	URL       string   `name:"url" help:"Address of the article." placeholder:"URL"`
	Language  string   `help:"Language of every article (nl, en …), in place of the one that is detected." placeholder:"CODE"`
	JSON      bool     `name:"json" help:"Print the records, one JSON object a line (docs/RECORDS.md). They go to the ledger too only if --ledger or $CASUS_LEDGER names one."`
	Mentions  bool     `help:"With --json: print each record's mentions too, the other places where its article tells the same."`
	Actors    string   `help:"Also write the actors that the records name to FILE, one JSON object a line." placeholder:"FILE" type:"path"`
	Opinion   float64  `help:"Also write down events of verbs without a frame, where a second opinion is at least so sure of their type (above 0, to 1)." placeholder:"P"`
	Jobs      int      `help:"How many articles to read at once (default: the number of cores)." placeholder:"N"`
	Watch     string   `help:"Then raise the alerts of this rules file, as casus watch --once does." placeholder:"RULES"`
	Quiet     bool     `short:"q" help:"Print the summary only."`
}

// Help is printed by casus read --help.
func (readCmd) Help() string {
	return `Plain text may begin with " date 2021-07 …" or "Published: 5 July 2021". Dutch and English are read; other languages are
kept and reported as not read. Reading the same text twice changes nothing. The exit status is 1 if any input failed.`
}

// job is one article on its way from the feed to the ledger.
type job struct {
	item    feed.Item
	version string // of the reader, "" where the language is not read
	already bool   // this reader has read the text
	reading read.Reading
	sketch  ledger.Sketch
	err     error
	done    chan struct{}
	stored  *ledger.Receipt // nil while it is not stored
}

// articleReader reads articles and stores them, in the order in which they come.
type articleReader struct {
	*desk
	cmd    *readCmd
	reader *read.Reader
	ledger *sqlite.Ledger // nil where records are only printed
	out    *bufio.Writer
	tally  tally
	actors map[casus.ActorID]casus.Actor
	bar    *progress
	told   func(*job) error // hears of each job that is finished; may be nil
}

// Run reads the paths.
func (c *readCmd) Run(d *desk) error {
	date, err := parsePublished(c.Date)
	if err != nil {
		return err
	}
	if c.Opinion < 0 || c.Opinion > 1 {
		return &casus.Error{Code: casus.Invalid, Input: fmt.Sprintf("--opinion %g", c.Opinion), Problem: "is no probability", Advice: "Give a number above 0, to 1."}
	}
	r := &articleReader{desk: d, cmd: c, out: bufio.NewWriter(d.stdout), actors: map[casus.ActorID]casus.Actor{}}
	if !c.JSON || d.named {
		if r.ledger, err = openLedger(d, true); err != nil {
			return err
		}
		defer r.ledger.Close()
	}
	w, err := r.openWatch()
	if err != nil {
		return err
	}
	if w != nil {
		defer w.close()
	}
	if err := r.openReader(); err != nil {
		return err
	}
	r.bar = newProgress(d.stderr, !c.Quiet)
	err = r.all(func(ctx context.Context) iter.Seq[feed.Item] {
		return feed.Read(ctx, c.Paths, d.stdin, feed.Options{Date: date, Publisher: c.Publisher, URL: c.URL, Now: d.now})
	})
	r.bar.stop()
	if flush := r.out.Flush(); err == nil {
		err = flush
	}
	if err == nil && c.Actors != "" {
		err = writeActors(c.Actors, r.actors)
	}
	fmt.Fprintln(d.stderr, r.tally)
	if err == nil && w != nil {
		err = w.once()
	}
	if err == nil && r.tally.failed > 0 {
		err = errFailed
	}
	return err
}

// openWatch opens what is to raise alerts of what will be read, before it is
// read; nil where nobody asked, or where a watch is at work that will.
func (r *articleReader) openWatch() (*watch, error) {
	if r.cmd.Watch == "" {
		return nil, nil
	}
	if r.ledger == nil {
		return nil, &casus.Error{Code: casus.Invalid, Input: "--watch", Problem: "with --json there is no ledger to watch", Advice: "Name one with --ledger."}
	}
	w, err := newWatch(r.desk, r.ledger, &watchRunCmd{Rules: r.cmd.Watch, Once: true, Quiet: r.cmd.JSON})
	if casus.CodeOf(err) == casus.Conflict {
		fmt.Fprintln(r.stderr, err)
		return nil, nil
	}
	return w, err
}

// openReader opens the reader, who knows what the ledger's corrections add.
func (r *articleReader) openReader() (err error) {
	var corrections []ledger.Correction
	if r.ledger != nil {
		if corrections, err = r.ledger.Corrections(r.ctx, ledger.CorrectionQuery{}); err != nil {
			return err
		}
	}
	if r.reader, _, err = newReader(corrections...); err != nil {
		return err
	}
	if r.cmd.Opinion > 0 {
		r.reader = r.reader.WithSecondOpinion(r.cmd.Opinion)
	}
	return nil
}

// all runs a feed through as many readers as there are cores and stores what
// they bring in the feed's order, so that the same input gives the same ledger.
func (r *articleReader) all(items func(context.Context) iter.Seq[feed.Item]) error {
	ctx, cancel := context.WithCancel(r.ctx)
	defer cancel()
	workers := r.cmd.Jobs
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	work, ordered := make(chan *job), make(chan *job, max(2*workers, together))
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for j := range work {
				r.read(ctx, j)
				close(j.done)
			}
		})
	}
	go func() {
		defer close(ordered)
		defer close(work)
		for item := range items(ctx) {
			j := &job{item: item, done: make(chan struct{})}
			select {
			case ordered <- j:
			case <-ctx.Done():
				return
			}
			select {
			case work <- j:
			case <-ctx.Done():
				close(j.done)
				return
			}
		}
	}()
	err := r.store(ctx, ordered)
	cancel()
	for range ordered { // let the feed and the readers end
	}
	wg.Wait()
	if err == nil {
		err = r.ctx.Err()
	}
	return err
}

// together is how many articles are stored in one transaction at most.
const together = 64

// store takes the jobs in order and writes them down, those in one transaction
// that are ready when their turn comes; the first error that is not of one
// input stops everything.
func (r *articleReader) store(ctx context.Context, ordered <-chan *job) error {
	for next := <-ordered; next != nil; {
		<-next.done
		var jobs []*job
		jobs, next = ready(next, ordered)
		r.storeAll(ctx, jobs)
		for _, j := range jobs {
			if ctx.Err() != nil && j.stored == nil {
				return ctx.Err()
			}
			err := r.finish(ctx, j)
			if err == nil && r.told != nil {
				err = r.told(j)
			}
			if err != nil {
				return err
			}
			r.bar.add(r.tally.read)
		}
		if next == nil {
			next = <-ordered // nil where there are no more
		}
	}
	return nil
}

// ready takes the jobs that follow the first and are done, and the next one
// where it had to look at one that is not.
func ready(first *job, ordered <-chan *job) (jobs []*job, next *job) {
	jobs = []*job{first}
	for len(jobs) < together {
		select {
		case j := <-ordered:
			if j == nil {
				return jobs, nil
			}
			select {
			case <-j.done:
				jobs = append(jobs, j)
			default:
				return jobs, j
			}
		default:
			return jobs, nil
		}
	}
	return jobs, nil
}

// storeAll stores several jobs in one transaction, to the first that could not
// be read. Where that fails it leaves each to be stored by itself, so that
// those before the one at fault are kept.
func (r *articleReader) storeAll(ctx context.Context, jobs []*job) {
	var those []*job
	var readings []ledger.Reading
	for _, j := range jobs {
		if j.err != nil && j.item.Err == nil {
			break
		}
		if j.item.Err == nil && !j.already {
			those, readings = append(those, j), append(readings, j.toStore())
		}
	}
	if r.ledger == nil || len(those) < 2 {
		return
	}
	receipts, err := r.ledger.AppendAll(ctx, readings)
	if err != nil {
		return
	}
	for i, j := range those {
		j.stored = &receipts[i]
	}
}

// toStore is what the ledger is to keep of a job.
func (j *job) toStore() ledger.Reading {
	return ledger.Reading{Article: j.item.Article, Reader: j.version, Records: j.reading.Records, Actors: j.reading.Actors, Sketch: j.sketch}
}

// read does the work of one job that needs no order. A text that makes the
// reader panic fails by itself.
func (r *articleReader) read(ctx context.Context, j *job) {
	defer func() {
		if fault := recover(); fault != nil {
			j.item.Err = &casus.Error{Code: casus.Internal, Input: j.item.Input, Problem: "Casus cannot read it, which is a fault in Casus",
				Err: fmt.Errorf("%v at %s", fault, panickedAt())}
		}
	}()
	if j.item.Err != nil {
		return
	}
	if r.cmd.Language != "" {
		j.item.Article.Language = r.cmd.Language
	}
	a := j.item.Article
	if r.reader.Reads(a.Language) {
		if j.version, j.err = r.reader.Version(a.Language); j.err != nil {
			return
		}
	}
	if r.ledger != nil && !r.cmd.JSON {
		if j.already, j.err = r.ledger.HasRead(ctx, a.Hash, j.version); j.err != nil || j.already {
			return
		}
	}
	if r.ledger != nil {
		if j.sketch, j.err = sketchOf(a.Text); j.err != nil {
			return
		}
	}
	if j.version != "" {
		j.reading, j.err = r.reader.Read(a)
	}
}

// panickedAt is where this project's code panicked, for whoever mends it.
func panickedAt() string {
	var callers [64]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(3, callers[:])])
	for frame, more := frames.Next(); more; frame, more = frames.Next() {
		if strings.HasPrefix(frame.Function, "casus/") {
			return fmt.Sprintf("%s:%d", frame.Function, frame.Line)
		}
	}
	return "a place that is not known"
}

// finish reports one job, and stores it if need be.
func (r *articleReader) finish(ctx context.Context, j *job) error {
	if j.item.Err != nil {
		r.fail(j.item.Err)
		return nil //nolint:nilerr // it is told; the others are read
	}
	if j.err != nil {
		return fmt.Errorf("reading %s: %w", j.item.Input, j.err)
	}
	for _, note := range j.item.Notes {
		r.say("%s: %s", j.item.Input, note)
	}
	for _, dropped := range j.reading.Dropped {
		r.say("%s: a record was left out, which is a fault in Casus: %v", j.item.Input, dropped)
	}
	if j.already {
		r.tally.already++
		return nil
	}
	if j.version == "" {
		r.tally.notRead++
		r.say("%s: %s", j.item.Input, notRead(j.item.Article.Language))
	}
	if r.ledger != nil {
		if err := r.append(ctx, j); err != nil {
			return err
		}
	} else {
		r.tally.read++
		r.tally.records += len(j.reading.Records)
	}
	return r.print(j)
}

func (r *articleReader) append(ctx context.Context, j *job) error {
	a := j.item.Article
	if j.stored == nil {
		receipt, err := r.ledger.Append(ctx, j.toStore())
		if err != nil {
			return err
		}
		j.stored = &receipt
	}
	receipt := j.stored
	switch receipt.Outcome {
	case ledger.Already:
		r.tally.already++
	default:
		r.tally.read++
		r.tally.records += receipt.Records
	}
	if receipt.ID != a.ID && receipt.Outcome == ledger.New {
		r.say("%s: another text has the id %s, so this one is %s", j.item.Input, a.ID, receipt.ID)
	}
	if len(receipt.Copies) > 0 && receipt.Outcome == ledger.New {
		r.say("%s: a near-copy of %s; both are kept and linked", j.item.Input, receipt.Copies[0])
	}
	return nil
}

// print writes the job's records in the contract's form.
func (r *articleReader) print(j *job) error {
	for _, a := range j.reading.Actors {
		r.actors[a.ID] = merge(r.actors[a.ID], a)
		for _, o := range a.ActsFor { // whom a person acts for is an actor of the file too
			if _, ok := r.actors[o.Actor]; !ok {
				r.actors[o.Actor] = casus.Actor{ID: o.Actor, Kind: casus.ActorInstitution, Names: []string{string(o.Actor)}}
			}
		}
	}
	if !r.cmd.JSON {
		return nil
	}
	for _, rec := range j.reading.Records {
		line, err := r.line(rec)
		if err != nil {
			return err
		}
		if _, err := r.out.Write(append(line, '\n')); err != nil {
			return fmt.Errorf("writing records: %w", err)
		}
	}
	return nil
}

// line is a record in the contract's form, with its mentions if they are asked for.
func (r *articleReader) line(rec casus.Record) ([]byte, error) {
	line, err := rec.MarshalJSON()
	if err != nil || !r.cmd.Mentions || len(rec.Mentions) == 0 {
		return line, err
	}
	mentions, err := json.Marshal(rec.Mentions)
	if err != nil {
		return nil, err
	}
	return slices.Concat(line[:len(line)-1], []byte(`,"mentions":`), mentions, []byte("}")), nil
}

// say prints a remark on an input, above the progress line.
func (r *articleReader) say(format string, args ...any) {
	if r.cmd.Quiet {
		return
	}
	r.bar.line(fmt.Sprintf(format, args...))
}

// fail prints what is wrong with an input.
func (r *articleReader) fail(err error) {
	r.tally.failed++
	r.bar.line("casus: " + err.Error())
}

// tally counts what became of the inputs.
type tally struct{ read, already, notRead, failed, records int }

// String is the summary that ends every run.
func (t tally) String() string {
	parts := []string{fmt.Sprintf("%s read, %s", plural(t.read, "article"), plural(t.records, "record"))}
	if t.already > 0 {
		parts = append(parts, fmt.Sprintf("%d there already", t.already))
	}
	if t.notRead > 0 {
		parts = append(parts, fmt.Sprintf("%d of them kept but not read (other languages)", t.notRead))
	}
	parts = append(parts, fmt.Sprintf("%d failed", t.failed))
	return strings.Join(parts, "; ")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// merge adds the names and offices of b to a.
func merge(a, b casus.Actor) casus.Actor {
	if a.ID == "" {
		return b
	}
	for _, n := range b.Names {
		if !slices.Contains(a.Names, n) {
			a.Names = append(a.Names, n)
		}
	}
	for _, o := range b.ActsFor {
		if !slices.Contains(a.ActsFor, o) {
			a.ActsFor = append(a.ActsFor, o)
		}
	}
	return a
}

func writeActors(path string, actors map[casus.ActorID]casus.Actor) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".casus-*")
	if err != nil {
		return unwritable(path, err)
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	if err = encodeActors(f, actors); err == nil {
		err = f.Close()
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return unwritable(path, err)
	}
	return nil
}

func encodeActors(w io.Writer, actors map[casus.ActorID]casus.Actor) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, id := range sortedKeys(actors) {
		if err := enc.Encode(actors[id]); err != nil {
			return err
		}
	}
	return nil
}

func unwritable(path string, err error) error {
	return &casus.Error{Code: casus.Unwritable, Input: path, Problem: "cannot be written", Err: err, Advice: "Name another file."}
}

// notRead says why a text in a language was only kept. Where the language
// could not be told, the feed has said so already.
func notRead(language string) string {
	if language == "und" || language == "" {
		return "kept but not read; Casus reads Dutch and English"
	}
	return "kept but not read: its language is " + language + ", and Casus reads Dutch and English"
}
