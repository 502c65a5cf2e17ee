package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"

	"casus"
	"casus/ledger"
	"casus/ledger/sqlite"
	"casus/picture"
	"casus/read"
	"casus/refdata"
	"casus/web"
)

type serveCmd struct {
	Port int `help:"Port on 127.0.0.1; 0 takes a free one." default:"8317"`
}

// Run serves the page until it is stopped.
func (c *serveCmd) Run(d *desk) error {
	l, err := openLedger(d, true)
	if err != nil {
		return err
	}
	defer l.Close()
	corrections, err := l.Corrections(d.ctx, ledger.CorrectionQuery{})
	if err != nil {
		return err
	}
	lexicon, err := newLexicon(corrections)
	if err != nil {
		return err
	}
	reader, world, err := newReader(corrections...)
	if err != nil {
		return err
	}
	listen, err := new(net.ListenConfig).Listen(d.ctx, "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(c.Port)))
	if err != nil {
		return portInUse(c.Port, err)
	}
	server := &http.Server{
		Handler:           web.New(webOptions(d, l, lexicon, reader, world)),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	fmt.Fprintf(d.stdout, "Casus shows %s at http://%s (Ctrl-C stops it)\n", d.ledger, listen.Addr())
	return serveUntilDone(d.ctx, server, listen)
}

// webOptions are what the web shows of a ledger, and how it corrects it.
func webOptions(d *desk, l *sqlite.Ledger, lexicon *picture.Lexicon, reader *read.Reader, world *refdata.World) web.Options {
	return web.Options{Picture: picture.New(l, lexicon), Rules: reader, Names: callNames(world), Version: version, Now: d.now,
		Publishers: func(ctx context.Context) (map[string]int, error) {
			stats, err := l.Stats(ctx)
			return stats.Publishers, err
		},
		Correct: func(ctx context.Context, c ledger.Correction) (ledger.Correction, error) {
			if err := addable(world, c); err != nil {
				return c, err
			}
			return l.Correct(ctx, c)
		}}
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

func portInUse(port int, err error) error {
	e := &casus.Error{Code: casus.Unwritable, Input: "port " + strconv.Itoa(port), Problem: "cannot be listened on", Err: err,
		Advice: "Name another with --port."}
	if errors.Is(err, syscall.EADDRINUSE) {
		e.Problem, e.Err = "is in use, perhaps by another Casus", nil
	}
	return e
}
