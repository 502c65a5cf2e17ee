package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"casus"
	"casus/alert"
	"casus/feed"
	"casus/foresee"
	"casus/foresee/scenario"
	"casus/ledger"
	"casus/ledger/sqlite"
	"casus/ontology"
	"casus/picture"
	"casus/refdata"
	"casus/web"
)

type serveCmd struct {
	Port         int    `help:"Port on 127.0.0.1; 0 takes a free one." default:"8317"`
	Listen       string `help:"Listen here instead, as 0.0.0.0:8317, for others too: with a password, and TLS or --insecure." placeholder:"HOST:PORT"`
	Token        string `help:"The password that others give." env:"CASUS_TOKEN" placeholder:"PASSWORD"`
	PasswordFile string `help:"Read the password from this file instead." placeholder:"FILE"`
	Cert         string `help:"The certificate for TLS, PEM." placeholder:"FILE"`
	Key          string `help:"Its key, PEM." placeholder:"FILE"`
	Rules        string `help:"Show in the desk what the rules of this file would raise (see casus watch)." placeholder:"FILE"`
	ReadOnly     bool   `help:"Only show the ledger: take no corrections and no files."`
	Insecure     bool   `help:"Listen for others without TLS: on a network that nobody else reads, or behind a proxy that has TLS."`
}

// Run serves the page until it is stopped.
func (c *serveCmd) Run(d *desk) error {
	access, err := c.access()
	if err != nil {
		return err
	}
	l, err := openLedger(d, !c.ReadOnly)
	if err != nil {
		return err
	}
	defer l.Close()
	address := cmp.Or(c.Listen, net.JoinHostPort("127.0.0.1", strconv.Itoa(c.Port)))
	answerFast()
	listen, err := new(net.ListenConfig).Listen(d.ctx, "tcp", address)
	if err != nil {
		return portInUse(cmp.Or(c.Listen, "port "+strconv.Itoa(c.Port)), err)
	}
	options, err := webOptions(d, l, c.Rules)
	if err != nil {
		return err
	}
	options.Access = access
	if c.ReadOnly || !writable(d.ledger) {
		options.Correct, options.Import = nil, nil
	}
	_, stop := warmUp(d.ctx, l, options)
	defer stop()
	server := web.NewServer(options)
	scheme := "http"
	if access.TLS {
		scheme = "https"
		pair, err := tls.LoadX509KeyPair(c.Cert, c.Key)
		if err != nil {
			return errors.Join(&casus.Error{Code: casus.Unreadable, Input: c.Cert, Problem: "the certificate and its key cannot be used", Err: err,
				Advice: "Give the two files of one pair, PEM, with --cert and --key."}, listen.Close())
		}
		listen = tls.NewListener(listen, &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}})
	}
	fmt.Fprintf(d.stdout, "Casus shows %s at %s://%s (Ctrl-C stops it)\n", d.ledger, scheme, listen.Addr())
	return serveUntilDone(d.ctx, server, listen)
}

// warmUp has a ledger remember what answers need, and its picture keep what they
// are worked out from, beside what else goes on. done is closed when both are there;
// stop ends it all.
func warmUp(ctx context.Context, l *sqlite.Ledger, options web.Options) (done <-chan struct{}, stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	there := make(chan struct{})
	var warming sync.WaitGroup
	warm := func(do func(context.Context) error) {
		if err := do(ctx); err != nil && ctx.Err() == nil {
			cmp.Or(options.Log, slog.Default()).Warn("answers are slower than they could be", "error", err)
		}
	}
	warming.Go(func() { warm(options.Picture.Keep) })
	warming.Go(func() { warm(l.Warm) })
	go func() { warming.Wait(); close(there) }()
	return there, func() { cancel(); warming.Wait() }
}

// answerFast has memory swept less often than Go does by itself, which costs an
// answer a fifth of its time, and no more held than serveMemory.
func answerFast() {
	debug.SetGCPercent(300)
	debug.SetMemoryLimit(serveMemory)
}

// serveMemory is about how many bytes of memory the server takes for answers
// before it spends more time on giving it back: soft, beside the ledger's caches.
const serveMemory = 352 << 20

// access works out who may come in, and refuses what would leave the door open.
func (c *serveCmd) access() (web.Access, error) {
	a := web.Access{Password: c.Token, TLS: c.Cert != ""}
	refused := func(problem, advice string) (web.Access, error) {
		return a, &casus.Error{Code: casus.Invalid, Input: cmp.Or(c.Listen, "serve"), Problem: problem, Advice: advice}
	}
	if c.PasswordFile != "" {
		text, err := os.ReadFile(c.PasswordFile)
		if err != nil {
			return a, &casus.Error{Code: casus.Unreadable, Input: c.PasswordFile, Problem: "the password file cannot be read", Err: err, Advice: "Check its path and permissions."}
		}
		a.Password = strings.TrimRight(string(text), "\r\n")
	}
	switch {
	case c.PasswordFile != "" && c.Token != "":
		return refused("the password is given twice", "Leave out --token or --password-file.")
	case c.PasswordFile != "" && a.Password == "":
		return refused("there is no password in "+c.PasswordFile, "Write one on its first line.")
	case a.Password != "" && len(a.Password) < shortestPassword:
		return refused(fmt.Sprintf("the password is shorter than %d characters", shortestPassword), "Take a longer one, such as "+web.NewPassword()+".")
	case (c.Cert == "") != (c.Key == ""):
		return refused("TLS needs a certificate and its key", "Give both --cert and --key.")
	case c.Listen == "" || onlyHere(c.Listen):
		return a, nil
	case a.Password == "":
		return refused("others would come in without a password", "Give one with --password-file or --token.")
	case !a.TLS && !c.Insecure:
		return refused("the password would cross the network readable", "Give --cert and --key, or say --insecure where nobody else reads the network.")
	}
	return a, nil
}

// shortestPassword is how long a password is at least.
const shortestPassword = 12

// onlyHere tells whether an address is of this machine alone.
func onlyHere(address string) bool {
	host, _, err := net.SplitHostPort(address)
	ip, _ := netip.ParseAddr(host)
	return err == nil && (host == "localhost" || ip.IsLoopback())
}

// writable tells whether this process may write to the ledger's file.
func writable(file string) bool {
	f, err := os.OpenFile(file, os.O_WRONLY, 0)
	if err == nil {
		err = f.Close()
	}
	return err == nil
}

// webOptions are what the web shows of a ledger, how it corrects it, and what the
// rules of a file would raise, if one is named.
func webOptions(d *desk, l *sqlite.Ledger, rules string) (web.Options, error) {
	corrections, err := l.Corrections(d.ctx, ledger.CorrectionQuery{})
	if err != nil {
		return web.Options{}, err
	}
	lexicon, err := newLexicon(corrections)
	if err != nil {
		return web.Options{}, err
	}
	reader, world, err := newReader(corrections...)
	if err != nil {
		return web.Options{}, err
	}
	imports := &importer{desk: d, ledger: l}
	formats, err := feed.Formats()
	if err != nil {
		formats = nil // the page then says nothing of them; reading will say what is wrong
	}
	plover, err := ontology.Open()
	if err != nil {
		return web.Options{}, err
	}
	shown := picture.New(l, lexicon)
	options := web.Options{Picture: shown, Rules: reader, Names: callNames(world), Version: version, Now: d.now,
		Import: imports.take, Formats: formats, Locate: locate(world),
		Publishers: l.Publishers,
		State: func(ctx context.Context) (string, error) {
			mark, err := l.Mark(ctx)
			return fmt.Sprint(mark), err
		},
		Foresight: foresee.Desk{Beside: foresee.Beside{Picture: shown, World: world}, Names: scenario.NewNames(world, plover)},
		Correct: func(ctx context.Context, c ledger.Correction) (ledger.Correction, error) {
			if err := addable(world, c); err != nil {
				return c, err
			}
			return l.Correct(ctx, c)
		}}
	if rules != "" {
		if _, err := readRules(rules); err != nil { // now, and not first when somebody looks
			return options, err
		}
		options.Alerts = alertsOf(rules, l, options.Picture, world)
	}
	return options, nil
}

// alertsOf tells what the rules of a file would raise in a ledger. The file is
// read each time, so that a rule that was changed is seen at once.
func alertsOf(path string, l ledger.Ledger, p *picture.Picture, world *refdata.World) web.Alerts {
	return func(ctx context.Context, q web.AlertsQuestion, soFar func(alert.Outlook)) (alert.Outlook, error) {
		name := filepath.Base(path) // where it lies is nobody's business who looks from elsewhere
		out := alert.Outlook{File: name, AsOf: q.AsOf, Days: q.Days, Wrong: []string{}}
		data, err := readRules(path)
		if err != nil {
			return out, err
		}
		rules, wrong := alert.Parse(name, data)
		w, unresolved, err := alert.New(ctx, l, p, rules.Rules, q.Language, namer(world, q.Language))
		if err != nil {
			return out, err
		}
		for _, err := range alert.InOrder(append(wrong, unresolved...)) {
			out.Wrong = append(out.Wrong, err.Error())
		}
		tell := func(alerts []alert.Alert, articles int) {
			out.Articles, out.Rules = articles, w.PerRule(alerts, q.Limit)
			soFar(out)
		}
		_, _, err = w.Replay(ctx, q.Days, q.AsOf, tell)
		return out, err
	}
}

// callNames returns what each language calls the actors of reference data: the
// first name that a language has for an actor.
func callNames(w *refdata.World) func(language string) map[casus.ActorID]string {
	byLanguage := map[string]map[casus.ActorID]string{}
	for _, language := range []string{"nl", "en"} {
		names := map[casus.ActorID]string{}
		for _, a := range w.Aliases(language) {
			if _, ok := names[a.ID]; !ok && (a.Class == refdata.Name || a.Class == refdata.PlaceName) {
				names[a.ID] = a.Text
			}
		}
		byLanguage[language] = names
	}
	return func(language string) map[casus.ActorID]string { return byLanguage[language] }
}

// serveUntilDone serves until ctx ends, then lets running requests finish.
func serveUntilDone(ctx context.Context, server *http.Server, listen net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listen) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return fmt.Errorf("stopping the server: %w", err)
	}
	return nil
}

func portInUse(address string, err error) error {
	e := &casus.Error{Code: casus.Unwritable, Input: address, Problem: "cannot be listened on", Err: err,
		Advice: "Name another with --port."}
	if errors.Is(err, syscall.EADDRINUSE) {
		e.Problem, e.Err = "is in use, perhaps by another Casus", nil
	}
	return e
}
