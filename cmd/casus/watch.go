package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"casus"
	"casus/alert"
	"casus/alert/delivery"
	"casus/alert/outbox"
	"casus/ledger"
	"casus/ledger/sqlite"
	"casus/picture"
)

type watchCmd struct {
	Run   watchRunCmd   `cmd:"" default:"withargs" help:"Raise alerts as articles come into the ledger."`
	Check watchCheckCmd `cmd:"" help:"Look a rules file over, and show what each rule would have raised."`
}

type watchRunCmd struct {
	Rules    string        `arg:"" help:"The rules file (docs/USING.md says how one is written)." placeholder:"RULES"`
	Once     bool          `help:"Look once and stop, as from cron."`
	Every    time.Duration `help:"How often to look (default 10s)." default:"10s" placeholder:"TIME"`
	Read     []string      `help:"Also read what comes into this file or folder; may be given again." placeholder:"PATH" sep:"none"`
	Since    string        `help:"The first time, alert of what the desk had from this day on too, not only of what comes." placeholder:"DAY"`
	AsOf     string        `help:"Deadlines and drifts as of this day (default: today)." placeholder:"DAY"`
	Language string        `help:"Alerts in Dutch (nl) or English (en) (default: what the rules file says, else en)." placeholder:"CODE"`
	State    string        `help:"Keep what was raised and delivered in this file (default: RULES.state)." placeholder:"FILE"`
	JSON     bool          `name:"json" help:"Print alerts as JSON, one object a line."`
	Quiet    bool          `short:"q" help:"Do not print alerts; the other targets get them."`
}

// Run watches a ledger.
func (c *watchRunCmd) Run(d *desk) error {
	if c.Every < 100*time.Millisecond {
		return &casus.Error{Code: casus.Invalid, Input: "--every " + c.Every.String(), Problem: "this is too often", Advice: "Write a time from 100ms on, as 10s or 5m."}
	}
	l, err := openLedger(d, len(c.Read) > 0)
	if err != nil {
		return err
	}
	defer l.Close()
	w, err := newWatch(d, l, c)
	if err != nil {
		return err
	}
	defer w.close()
	if c.Once {
		return w.once()
	}
	if err := w.untilStopped(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// watch is a ledger being watched by the rules of a file.
type watch struct {
	*desk
	cmd     *watchRunCmd
	ledger  *sqlite.Ledger
	path    string // the ledger's whole path, by which the outbox knows it
	outbox  *outbox.Outbox
	courier *delivery.Courier
	folders *folders
	tellMu  sync.Mutex
	since   casus.Date // from which the first run alerts too; none is from now
	asOf    casus.Date // the day for deadlines and drifts; none is today

	// What the rules file said when it was read last.
	rules    fileStamp
	failed   int // what is wrong with it
	watcher  *alert.Watcher
	names    int // rules at work
	targets  []delivery.Target
	standing casus.Date // the day for which deadlines and drifts were looked at
}

// newWatch opens the outbox and reads the rules.
func newWatch(d *desk, l *sqlite.Ledger, c *watchRunCmd) (*watch, error) {
	path, err := filepath.Abs(d.ledger)
	if err != nil {
		return nil, err
	}
	w := &watch{desk: d, cmd: c, ledger: l, path: path, folders: newFolders(c.Read, c.Once)}
	if w.since, err = parseDay("--since", c.Since); err != nil {
		return nil, err
	}
	if w.asOf, err = parseDay("--as-of", c.AsOf); err != nil {
		return nil, err
	}
	if c.State == "" {
		c.State = c.Rules + ".state"
	}
	data, err := readRules(c.Rules) // before the outbox, which a wrong name should not make
	if err != nil {
		return nil, err
	}
	if w.outbox, err = outbox.Open(d.ctx, c.State, d.now); err != nil {
		return nil, err
	}
	w.courier = &delivery.Courier{Outbox: w.outbox, Now: d.now, First: time.Second, Longest: time.Hour, Tries: 3, Patience: 5 * time.Second, Tell: w.tell}
	if err := w.take(data); err != nil {
		w.close()
		return nil, err
	}
	if err := w.begin(); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

func (w *watch) close() { w.outbox.Close() }

// tell prints a line on what goes on beside the alerts.
func (w *watch) tell(line string) {
	w.tellMu.Lock()
	defer w.tellMu.Unlock()
	fmt.Fprintln(w.stderr, plainText(line))
}

func readRules(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, &casus.Error{Code: casus.Unreadable, Input: path, Problem: "the rules cannot be read", Err: cause(err),
			Advice: "Name a rules file; examples/watch.rules is one."}
	}
	return data, nil
}

// cause is what is wrong, without the path that an error of a file says again.
func cause(err error) error {
	if p, ok := errors.AsType[*os.PathError](err); ok {
		return p.Err
	}
	return err
}

// take reads the rules: those that are right go to work, what is wrong with
// others is told with line and column.
func (w *watch) take(data []byte) error {
	w.rules = stampOf(w.cmd.Rules)
	rules, wrong := alert.Parse(w.cmd.Rules, data)
	watcher, language, unresolved, err := newWatcher(w.ctx, w.ledger, rules, w.cmd.Language)
	if err != nil {
		return err
	}
	targets, unusable := w.targetsOf(rules.Targets, language)
	for _, err := range alert.InOrder(slices.Concat(wrong, unresolved, unusable)) {
		w.tell("casus: " + err.Error())
	}
	w.failed = len(wrong) + len(unresolved) + len(unusable)
	w.watcher, w.names, w.targets, w.standing = watcher, len(watcher.Rules()), targets, 0
	var names []string
	for _, t := range targets {
		names = append(names, t.Name())
	}
	return w.outbox.Introduce(w.ctx, names)
}

// newWatcher makes a watcher with the names of reference data and of the
// ledger's corrections, which speaks the language that was asked for, else that
// of the rules file, else English.
func newWatcher(ctx context.Context, l ledger.Ledger, rules alert.Rules, asked string) (w *alert.Watcher, language string, unresolved []error, err error) {
	if language, err = choice("--language", asked, []string{"nl", "en"}); err != nil {
		return nil, "", nil, err
	}
	language = cmp.Or(language, rules.Language, "en")
	corrections, err := l.Corrections(ctx, ledger.CorrectionQuery{})
	if err != nil {
		return nil, "", nil, err
	}
	lexicon, err := newLexicon(corrections)
	if err != nil {
		return nil, "", nil, err
	}
	world, err := openWorld(corrections)
	if err != nil {
		return nil, "", nil, err
	}
	w, unresolved, err = alert.New(ctx, l, picture.New(l, lexicon), rules.Rules, language, namer(world, language))
	return w, language, unresolved, err
}

// targetsOf makes the targets of a rules file, whose paths are from its folder,
// with the terminal in front. Those that cannot be used are in the errors.
func (w *watch) targetsOf(list []alert.Target, language string) (out []delivery.Target, errs []error) {
	if !w.cmd.Quiet {
		out = append(out, newTerminal(w.stdout, w.cmd.JSON, language))
	}
	beside := func(path string) string {
		if filepath.IsAbs(path) {
			return path
		}
		return filepath.Join(filepath.Dir(w.cmd.Rules), path)
	}
	for _, t := range list {
		switch t.Kind {
		case alert.ToFile:
			out = append(out, delivery.NewFile(t.Name, beside(t.Path.Text)))
		case alert.ToFeed:
			out = append(out, delivery.NewFeed(t.Name, beside(t.Path.Text), t.Name))
		case alert.ToWebhook:
			hook, err := webhookOf(t, beside, w.now)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			out = append(out, hook)
		}
	}
	return out, errs
}

// webhookOf makes a webhook with its secret from the environment or a file.
func webhookOf(t alert.Target, beside func(string) string, now func() time.Time) (*delivery.Webhook, error) {
	at, secret := t.SecretEnv, os.Getenv(t.SecretEnv.Text)
	if t.SecretEnv.Text == "" {
		at = t.SecretFile
		data, err := os.ReadFile(beside(at.Text))
		if err != nil {
			return nil, &casus.Error{Code: casus.Unreadable, Input: at.At.String(), Problem: "the secret cannot be read from " + at.Text, Err: cause(err)}
		}
		secret = string(data)
	} else if secret == "" {
		return nil, &casus.Error{Code: casus.Invalid, Input: at.At.String(), Problem: "the variable " + at.Text + " is empty or not set", Advice: "Set it to the webhook's secret."}
	}
	hook, err := delivery.NewWebhook(t.Name, t.URL.Text, secret, now)
	if err != nil {
		return nil, &casus.Error{Code: casus.Invalid, Input: at.At.String(), Problem: "the secret in " + at.Text + " is of no use", Err: err, Advice: "Make one with: openssl rand -hex 32"}
	}
	return hook, nil
}

// begin decides, for a ledger that was never looked through with these rules,
// from where on it is: from now, or from --since.
func (w *watch) begin() error {
	_, known, err := w.outbox.Looked(w.ctx, w.path)
	if err != nil || known {
		return err
	}
	all, err := alert.Came(w.ctx, w.ledger, time.Time{})
	if err != nil {
		return err
	}
	var last time.Time
	var old []ledger.ArticleEntry
	for _, a := range all {
		if a.Recorded.After(last) {
			last = a.Recorded
		}
		if w.since != 0 && casus.DateOf(a.Known.UTC()) >= w.since {
			old = append(old, a)
		}
	}
	if w.since == 0 && len(all) > 0 {
		w.tell(fmt.Sprintf("%s: watched from now on; of the %s that are there no alert is raised (--since DAY does that)", w.ledgerName(), plural(len(all), "article")))
	}
	return w.raise(old, last)
}

func (w *watch) ledgerName() string { return w.desk.ledger }

// look reads what came into the folders, looks through what came into the
// ledger, and raises alerts.
func (w *watch) look() error {
	if err := w.folders.read(w.desk, w.ledger); err != nil {
		return err
	}
	looked, _, err := w.outbox.Looked(w.ctx, w.path)
	if err != nil {
		return err
	}
	fresh, err := alert.Came(w.ctx, w.ledger, looked)
	if err != nil {
		return err
	}
	for _, a := range fresh {
		if a.Recorded.After(looked) {
			looked = a.Recorded
		}
	}
	return w.raise(fresh, looked)
}

// raise raises the alerts of articles that came, and of what the day brings
// where it is another day or something came.
func (w *watch) raise(fresh []ledger.ArticleEntry, looked time.Time) error {
	today := cmp.Or(w.asOf, casus.DateOf(w.now()))
	if len(fresh) == 0 && w.standing == today {
		return nil
	}
	alerts, err := w.watcher.Arrived(w.ctx, fresh)
	if err != nil {
		return err
	}
	standing, err := w.watcher.Standing(w.ctx, today)
	if err != nil {
		return err
	}
	if _, err := w.outbox.Raise(w.ctx, w.path, looked, append(alerts, standing...)); err != nil {
		return err
	}
	w.standing = today
	return nil
}

// once looks once and delivers what it can. Rules with a mistake and bad
// inputs are a failure, though the rest was done.
func (w *watch) once() error {
	if err := w.look(); err != nil {
		return err
	}
	if err := w.courier.Once(w.ctx, w.targets); err != nil {
		return err
	}
	if w.failed+w.folders.failed > 0 {
		return errFailed
	}
	return nil
}

// untilStopped looks again and again. When the rules file changes it is read
// again and the couriers begin anew.
func (w *watch) untilStopped() error {
	for {
		w.tell(fmt.Sprintf("watching %s by %s; Ctrl-C stops", w.ledgerName(), plural(w.names, "rule")))
		data, err := w.untilChanged()
		if err != nil {
			return err
		}
		if err := w.take(data); err != nil {
			return err
		}
		w.tell(w.cmd.Rules + ": changed, and read again")
	}
}

// untilChanged watches until the rules file has another text, and returns that.
func (w *watch) untilChanged() (data []byte, err error) {
	ctx, stop := context.WithCancel(w.ctx)
	var wg sync.WaitGroup
	failures := make(chan error, len(w.targets))
	var more []chan struct{}
	for _, t := range w.targets {
		signal := make(chan struct{}, 1)
		more = append(more, signal)
		wg.Go(func() { failures <- w.courier.Run(ctx, t, signal) })
	}
	defer func() {
		stop()
		wg.Wait()
	}()
	ticks := time.NewTicker(w.cmd.Every)
	defer ticks.Stop()
	for {
		if data, changed := w.changed(); changed {
			return data, nil
		}
		if err := w.look(); err != nil {
			return nil, err
		}
		for _, signal := range more {
			select {
			case signal <- struct{}{}:
			default: // it has not looked since the last
			}
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case err := <-failures:
			if err != nil {
				return nil, err
			}
		case <-ticks.C:
		}
	}
}

// changed returns the rules file's text where it changed. A file that is away
// is being saved, or gone; the rules that were in it stay at work.
func (w *watch) changed() ([]byte, bool) {
	now := stampOf(w.cmd.Rules)
	if now == w.rules || now == (fileStamp{}) {
		return nil, false
	}
	data, err := readRules(w.cmd.Rules)
	return data, err == nil
}

// fileStamp tells whether a file changed.
type fileStamp struct {
	size     int64
	modified time.Time
}

// stampOf is the stamp of a file; the zero one where it cannot be seen.
func stampOf(path string) fileStamp {
	info, err := os.Stat(path)
	if err != nil {
		return fileStamp{}
	}
	return fileStamp{info.Size(), info.ModTime()}
}
